import { join, relative, sep } from "node:path";
import { sourceOf } from "../../course/pair/index.ts";
import type { Source } from "../notebook/read.ts";
import { relinked } from "../render/links.ts";

/**
 * Leads from a slide to its section of the notebook: to the heading above its first cell, by the name that JupyterLab gives to
 * headings. Where a notebook is not opened by Jupyter, such a link leads to the file.
 */
export function notebookLink(source: Source, fromFolder: string): (cellId: string) => string {
  const file = address(fromFolder, source.path);
  const sections = new Map<string, string>();
  let heading: string | undefined;
  for (const cell of source.cells) {
    if (cell.cell_type === "markdown") heading = wordsOf(/^#{1,6}\s+(.+?)\s*#*$/m.exec(sourceOf(cell))?.[1]) ?? heading;
    if (heading !== undefined) sections.set(cell.id, heading);
  }
  return cellId => {
    const section = sections.get(cellId);
    return section === undefined ? file : `${file}#${encodeURIComponent(section.replaceAll(" ", "-"))}`;
  };
}

/** The links of a notebook, as a deck in another folder has them. */
export function linksFrom({ folder }: Source, fromFolder: string): (html: string) => string {
  return html => relinked(html, file => address(fromFolder, join(folder, file)));
}

function address(fromFolder: string, path: string): string {
  return encodeURI(relative(fromFolder, path).split(sep).join("/"));
}

/** A heading as it is shown: without the marks of code and emphasis. */
function wordsOf(heading: string | undefined): string | undefined {
  return heading?.replace(/[*`]/g, "");
}

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Cell, type Notebook, sourceOf } from "./notebook.ts";

/** A picture that a Markdown text takes from its own cell: `![](attachment:NAME.png)`. */
const NAMED = /\]\(attachment:([\w-]+\.png)\)/g;

/**
 * The notebook with the pictures that its texts name, as attachments of their cells: so it shows them wherever it is copied
 * to. A script has no place for them; they lie in a folder beside it.
 *
 * @param folder where `NAME.png` lies
 * @throws Error when a picture is not there
 */
export async function withPictures(notebook: Notebook, folder: string): Promise<Notebook> {
  return { ...notebook, cells: await Promise.all(notebook.cells.map(cell => attached(cell, folder))) };
}

async function attached(cell: Cell, folder: string): Promise<Cell> {
  if (cell.cell_type !== "markdown") return cell;
  const names = [...sourceOf(cell).matchAll(NAMED)].map(([, name]) => name as string);
  if (names.length === 0) return cell;
  const pictures = names.map(async name => {
    const picture = await readFile(join(folder, name));
    return [name, { "image/png": picture.toString("base64") }] as const;
  });
  return { ...cell, attachments: Object.fromEntries(await Promise.all(pictures)) };
}

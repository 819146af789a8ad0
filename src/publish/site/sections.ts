import { type Cell, sourceOf } from "../../course/pair/index.ts";
import { escapeHtml } from "../render/escape.ts";

/** A part of a page below a heading. */
export interface Section {
  /** What an address names it by. */
  anchor: string;
  level: number;
  heading: string;
  /** What is said and done there, without formulas' signs: for search. */
  text: string;
}

/** The sections of a page, in order; cells before the first heading belong to it. */
export function sectionsOf(cells: readonly Cell[]): Section[] {
  const sections: Section[] = [];
  const anchors = new Set<string>();
  for (const cell of cells) {
    const parts =
      cell.cell_type === "markdown" ? splitAtHeadings(sourceOf(cell)) : [{ level: 0, heading: "", text: "" }];
    for (const { level, heading, text } of parts) {
      if (level > 0) sections.push({ anchor: fresh(anchors, heading), level, heading: plain(heading), text: "" });
      const last = sections.at(-1);
      const said = cell.cell_type === "code" ? sourceOf(cell) : plain(text);
      if (last !== undefined && cell.cell_type !== "raw") last.text = `${last.text} ${said}`.trim();
    }
  }
  return sections;
}

/** Gives the headings in a page's HTML the anchors of its sections, each with a link to itself. */
export function anchored(html: string, sections: readonly Section[]): string {
  let at = 0;
  return html.replace(/<h([1-6])>([\s\S]*?)<\/h\1>/g, (whole, level: string, inner: string) => {
    const section = sections[at];
    if (section === undefined || section.level !== Number(level)) return whole;
    at++;
    const { anchor, heading } = section;
    const link = `<a class="anchor" href="#${anchor}" aria-label="Link to ${escapeHtml(heading)}">#</a>`;
    return `<h${level} id="${anchor}">${inner} ${link}</h${level}>`;
  });
}

function splitAtHeadings(text: string): { level: number; heading: string; text: string }[] {
  const parts = [{ level: 0, heading: "", text: "" }];
  let isCode = false;
  for (const line of text.split("\n")) {
    if (/^\s*(```|~~~)/.test(line)) isCode = !isCode;
    const [, marks = "", heading = ""] = (!isCode && /^ {0,3}(#{1,6})\s+(.+?)\s*#*$/.exec(line)) || [];
    if (marks !== "") parts.push({ level: marks.length, heading, text: "" });
    else (parts.at(-1) as { text: string }).text += `${line}\n`;
  }
  return parts;
}

function fresh(taken: Set<string>, heading: string): string {
  const name =
    plain(heading)
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, "-")
      .replace(/^-|-$/g, "") || "section";
  let anchor = name;
  for (let i = 2; taken.has(anchor); i++) anchor = `${name}-${i}`;
  taken.add(anchor);
  return anchor;
}

/** Markdown as a reader would say it: marks go, displayed formulas go, short ones stay as words. */
export function plain(markdown: string): string {
  return markdown
    .replace(/<[^>]*>/g, " ")
    .replace(/\$\$[\s\S]*?\$\$/g, " ")
    .replace(/\$([^$]*)\$/g, (_, tex: string) => spoken(tex))
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/[*_`|]+|^\s*[-#>]+\s|-{3,}/gm, " ")
    .replace(/\s+/g, " ")
    .trim();
}

function spoken(tex: string): string {
  return tex
    .replace(/\\(mathcal|mathbb|mathrm|mathbf|operatorname|text|lVert|rVert|left|right|quad|,|;|!)\b\*?/g, " ")
    .replace(/\\mid\b/g, "|")
    .replace(/\\([A-Za-z]+)/g, " $1 ")
    .replace(/[{}\\]/g, "");
}

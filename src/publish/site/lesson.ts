import type { Cell } from "../../course/pair/index.ts";
import { mathRules } from "../look/fonts.ts";
import type { Source } from "../notebook/read.ts";
import { renderCell } from "../render/cell.ts";
import { escapeHtml } from "../render/escape.ts";
import type { Page } from "../render/page.ts";
import type { Lesson } from "./course.ts";
import { framed } from "./frame.ts";
import { between, type Links, toPages } from "./links.ts";
import { anchored, type Section } from "./sections.ts";

/** What stands around a lesson. */
export interface Around {
  course: string;
  previous?: Lesson | undefined;
  next?: Lesson | undefined;
  /** The places of what belongs to the lesson. */
  deck?: string | undefined;
  notebook: string;
  links: Links;
}

/** The lesson as a page: its cells one below the other, what it has to offer above, its neighbours below. */
export function lessonDocument(lesson: Lesson, page: Page, sections: readonly Section[], around: Around): string {
  const { source } = lesson;
  const cells = readCells(source).map(cell => {
    const html = renderCell(cell, page);
    return html === "" ? "" : `<section class="cell ${cell.cell_type}" id="${cellAnchor(cell.id)}">${html}</section>`;
  });
  const body = toPages(anchored(cells.join("\n"), sections), lesson.page, source.path, around.links);
  return framed({
    at: lesson.page,
    title: `${source.title} · ${around.course}`,
    summary: lesson.question || source.title,
    course: around.course,
    aside: contents(sections),
    main: [offers(lesson, around), `<article>${body}</article>`, neighbours(lesson, around)].join("\n"),
    style: body.includes('class="katex') ? mathRules() : "",
    content: page.figures.length + Object.keys(page.widgets).length > 0 ? contentPlace(lesson) : undefined,
  });
}

/** What a reader is meant to see: notes are for the lecturer. */
export function readCells({ cells }: Source): Cell[] {
  return cells.filter(({ metadata }) => (metadata.slideshow as { slide_type?: string })?.slide_type !== "notes");
}

/** The place of what a lesson's page draws. It is loaded when the first of it comes into view, so the text is there at once. */
export function contentPlace({ page }: Lesson): string {
  return page.replace(/\.html$/, ".data.js");
}

/** What leads to a cell: slides do. */
export function cellAnchor(id: string): string {
  return `cell-${encodeURIComponent(id)}`;
}

function offers({ page, kind }: Lesson, { deck, notebook }: Around): string {
  const to = (place: string) => escapeHtml(between(page, place));
  const slides = deck === undefined ? "" : `<a href="${to(deck)}">Slides</a>`;
  const name = kind === "lesson" ? "Notebook" : "Notebook to work in";
  return `<nav class="offers" aria-label="This lesson in other forms">${slides}<a href="${to(notebook)}" download>${name}</a></nav>`;
}

function contents(sections: readonly Section[]): string {
  const entries = sections
    .filter(({ level }) => level === 2)
    .map(({ anchor, heading }) => `<li><a href="#${anchor}">${escapeHtml(heading)}</a></li>`);
  if (entries.length === 0) return "";
  return `<nav class="contents" aria-label="Sections"><details open><summary>On this page</summary><ul>${entries.join("")}</ul></details></nav>`;
}

function neighbours({ page }: Lesson, { previous, next }: Around): string {
  const link = (other: Lesson | undefined, rel: string, word: string) =>
    other === undefined
      ? "<span></span>"
      : `<a rel="${rel}" href="${escapeHtml(between(page, other.page))}"><small>${word}</small>${escapeHtml(`${other.number} · ${other.title}`)}</a>`;
  return `<nav class="neighbours" aria-label="Lessons before and after">${link(previous, "prev", "Previous")}${link(next, "next", "Next")}</nav>`;
}

import type { Cell } from "../../course/pair/index.ts";
import { mathRules } from "../look/fonts.ts";
import { renderCell } from "../render/cell.ts";
import { escapeHtml } from "../render/escape.ts";
import { renderMarkdown } from "../render/markdown.ts";
import { resolverOf } from "../render/output.ts";
import type { Page } from "../render/page.ts";
import { type Course, type Lesson, partsOf } from "./course.ts";
import { framed } from "./frame.ts";
import { between, type Links, toPages } from "./links.ts";
import { anchored, sectionsOf } from "./sections.ts";

export const HOME = "index.html";
export const GLOSSARY = "glossary.html";
/** The parts of the index that are a page of their own; the table of lessons becomes cards. */
const WORDS = ["Notation", "Glossary"];
const CARDS = "The lessons";

/** The first page: what the course is, a card for each lesson, and what else the index says. */
export function homeDocument(course: Course, page: Page, covers: ReadonlyMap<Lesson, string>, links: Links): string {
  const parts = partsOf(course.index);
  const rest = [...parts].filter(([name]) => name !== "" && name !== CARDS && !WORDS.includes(name));
  const list = (lessons: readonly Lesson[]) =>
    `<ul class="cards">${lessons.map(lesson => card(lesson, covers.get(lesson), page)).join("\n")}</ul>`;
  const main = [
    text(parts.get("") ?? [], page, links, HOME),
    `<h2 id="lessons">The lessons</h2>${list(course.lessons)}`,
    course.homework.length === 0 ? "" : `<h2 id="homework">Homework</h2>${list(course.homework)}`,
    hasWords(course) ? `<p class="more"><a href="${GLOSSARY}">Notation and glossary</a></p>` : "",
    text(
      rest.flatMap(([, cells]) => cells),
      page,
      links,
      HOME,
    ),
  ].join("\n");
  return document(HOME, course, course.index.title, main);
}

/** The letters and words of the course. */
export function glossaryDocument(course: Course, page: Page, links: Links): string {
  const main = `<h1>Notation and glossary</h1>${text(wordCells(course), page, links, GLOSSARY)}`;
  return document(GLOSSARY, course, "Notation and glossary", main);
}

export function hasWords(course: Course): boolean {
  return wordCells(course).length > 0;
}

export function wordCells({ index }: Course): Cell[] {
  const parts = partsOf(index);
  return WORDS.flatMap(name => parts.get(name) ?? []).filter(({ cell_type }) => cell_type === "markdown");
}

function document(at: string, course: Course, title: string, main: string): string {
  const { title: name } = course.index;
  return framed({
    at,
    title: title === name ? name : `${title} · ${name}`,
    summary: title,
    course: name,
    main,
    style: main.includes('class="katex') ? mathRules() : "",
  });
}

/** What is to be read; the index's code tries a machine that a page does not have. */
function text(cells: readonly Cell[], page: Page, links: Links, at: string): string {
  const read = cells.filter(({ cell_type }) => cell_type === "markdown");
  const html = read.map(cell => renderCell(cell, page)).join("\n");
  return toPages(anchored(html, sectionsOf(read)), at, page.source.path, links);
}

function card({ number, title, question, page: place }: Lesson, cover: string | undefined, page: Page): string {
  const picture = cover === undefined ? "" : `<img src="${escapeHtml(between(HOME, cover))}" alt="" loading="lazy">`;
  const asked = question === "" ? "" : `<div class="question">${renderMarkdown(question, resolverOf(page))}</div>`;
  return `<li><a class="card" href="${escapeHtml(between(HOME, place))}"><span class="cover">${picture}</span><strong><span class="number">${number}</span> ${escapeHtml(title)}</strong>${asked}</a></li>`;
}

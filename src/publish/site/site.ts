import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { writeDeck } from "../deck/deck.ts";
import type { Figure, Still } from "../figures/figure.ts";
import { buildFor, fileOf } from "../figures/plotly.ts";
import { mathFonts, textFonts } from "../look/fonts.ts";
import { errorsIn, wasNeverRun } from "../notebook/read.ts";
import { newPage, packedContent } from "../render/page.ts";
import { missingStills } from "../stills/missing.ts";
import { type Course, type Lesson, readCourse } from "./course.ts";
import { coverOf } from "./cover.ts";
import { MARK, replaceFolder } from "./folder.ts";
import { SHARED } from "./frame.ts";
import { GLOSSARY, glossaryDocument, HOME, hasWords, homeDocument, wordCells } from "./home.ts";
import { cellAnchor, contentPlace, lessonDocument, readCells } from "./lesson.ts";
import { type Links, toPages } from "./links.ts";
import { type Entry, entriesOf, searchScript } from "./search.ts";
import { sectionsOf } from "./sections.ts";

/** What an export made. */
export interface ExportedSite {
  pages: { place: string; bytes: number }[];
  /** What the author should know, with the page that it is about. */
  warnings: string[];
}

/** What the pages of a site have in common, gathered while they are written. */
interface Work {
  folder: string;
  course: Course;
  figures: Figure[];
  /** All HTML: the formulas in it say which fonts the site carries. */
  html: string[];
  entries: Entry[];
  /** The place of the picture of each lesson. */
  covers: Map<Lesson, string>;
  made: ExportedSite;
}

/**
 * Writes a course as a folder of pages that work from files and from any server, and ask nobody else for anything.
 *
 * @param from the folder of the course: `index.ipynb`, `lectures/`, `homework/release/`
 * @param only parts of lessons' names; by default all
 * @throws Error that says what to do, where the course cannot be read or a lesson was never run
 */
export async function exportSite(from: string, target: string, only: readonly string[] = []): Promise<ExportedSite> {
  const course = await readCourse(from, only);
  for (const { source } of course.lessons)
    if (wasNeverRun(source))
      throw new Error(`${source.path} was never run, so its page would have no results. Run it first.`);
  const made: ExportedSite = { pages: [], warnings: [] };
  await replaceFolder(target, async folder => {
    const work: Work = { ...{ folder, course, made }, ...{ figures: [], html: [], entries: [], covers: new Map() } };
    await put(folder, MARK, "Latent's site: `latent site` may replace this folder.\n");
    const { lessons, homework } = course;
    for (const list of [lessons, homework])
      for (const [i, lesson] of list.entries()) await writeLesson(work, lesson, list[i - 1], list[i + 1]);
    await writeHome(work);
    await writeShared(work);
  });
  return made;
}

async function writeLesson(work: Work, lesson: Lesson, previous?: Lesson, next?: Lesson): Promise<void> {
  const { course, made, folder } = work;
  const { source, page: place } = lesson;
  const stills = await missingStills(source.cells);
  const page = newPage(source, stills);
  const sections = sectionsOf(readCells(source));
  const beside = (ending: string) => place.replace(/\.html$/, ending);
  const deck = lesson.kind === "lesson" ? beside(".slides.html") : undefined;
  const html = lessonDocument(lesson, page, sections, {
    ...{ course: course.index.title, previous, next, deck, notebook: beside(".ipynb") },
    links: linksOf(work, source.name),
  });
  await putPage(work, place, html);
  const content = packedContent(page);
  if (Object.keys(content).length > 0)
    await put(folder, contentPlace(lesson), `globalThis.latentContent = ${JSON.stringify(content)};\n`);
  await copyFile(source.path, join(folder, beside(".ipynb")));
  if (deck !== undefined) await writeLessonDeck(work, lesson, stills);
  work.figures.push(...page.figures);
  work.entries.push(...entriesOf(place, lesson.source.title, sections));
  const cover = coverOf(source, stills);
  if (cover !== undefined) {
    work.covers.set(lesson, beside(`.cover${cover.ending}`));
    await put(folder, beside(`.cover${cover.ending}`), cover.content);
  }
  made.warnings.push(...[...page.warnings, ...errorsIn(source)].map(warning => `${source.name}: ${warning}`));
}

async function writeLessonDeck(work: Work, lesson: Lesson, stills: ReadonlyMap<unknown, Still>): Promise<void> {
  const { folder, made } = work;
  const page = lesson.page.slice(lesson.page.lastIndexOf("/") + 1);
  const deck = await writeDeck(lesson.source, stills, {
    outputDir: dirname(join(folder, lesson.page)),
    linkOf: id => `${page}#${cellAnchor(id)}`,
    // What leads nowhere was said for the page.
    relink: html => toPages(html, lesson.page, lesson.source.path, { ...linksOf(work, ""), lost: () => {} }),
  });
  made.pages.push({ place: lesson.page.replace(/\.html$/, ".slides.html"), bytes: deck.bytes });
}

async function writeHome(work: Work): Promise<void> {
  const { course, covers, made } = work;
  const page = newPage(course.index);
  const links = linksOf(work, "index");
  await putPage(work, HOME, homeDocument(course, page, covers, links));
  if (!hasWords(course)) return;
  await putPage(work, GLOSSARY, glossaryDocument(course, page, links));
  work.entries.push(...entriesOf(GLOSSARY, "Notation and glossary", sectionsOf(wordCells(course))));
  made.warnings.push(...page.warnings.map(warning => `index: ${warning}`));
}

async function writeShared({ folder, figures, html, entries }: Work): Promise<void> {
  await put(folder, SHARED.fonts, `${textFonts()}\n${mathFonts(html.join("\n"))}\n`);
  await put(folder, SHARED.search, searchScript(entries));
  if (figures.length > 0) await put(folder, SHARED.plotly, await readFile(fileOf(buildFor(figures))));
}

function linksOf({ course, made }: Work, name: string): Links {
  const { index, lessons, homework } = course;
  const pages = new Map([...lessons, ...homework].map(({ source, page }) => [source.path, page]));
  pages.set(index.path, HOME);
  const lost = (link: string) => made.warnings.push(`${name}: a link leads to ${link}, which is not in the site`);
  return { pages, lost };
}

async function putPage({ folder, html, made }: Work, place: string, text: string): Promise<void> {
  html.push(text);
  made.pages.push({ place, bytes: Buffer.byteLength(text) });
  await put(folder, place, text);
}

async function put(folder: string, place: string, content: string | Uint8Array): Promise<void> {
  const path = join(folder, place);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
}

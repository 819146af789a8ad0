import { readdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { type Cell, sourceOf } from "../../course/pair/index.ts";
import { readSource, type Source } from "../notebook/read.ts";

/** A notebook that becomes a page of the site. */
export interface Lesson {
  source: Source;
  /** As in its file's name: "07". Empty where there is none. */
  number: string;
  /** Its title without "Lesson 07 ·". */
  title: string;
  /** One line below the title on the first page. */
  question: string;
  /** The page's place in the site. */
  page: string;
  kind: "lesson" | "homework";
}

/** What a site is made of. */
export interface Course {
  /** The first page: what the course is, how it is used, its letters and words. */
  index: Source;
  lessons: Lesson[];
  homework: Lesson[];
}

const FOLDERS = { lesson: "lessons", homework: "homework" } as const;

/**
 * Reads a course: `index.ipynb`, `lectures/*.ipynb` and, if there is any, `homework/release/*.ipynb`.
 *
 * @param only parts of lessons' names; by default all lessons and the homework
 * @throws Error that says what is missing
 */
export async function readCourse(folder: string, only: readonly string[] = []): Promise<Course> {
  const index = await readSource(join(folder, "index.ipynb"));
  const questions = questionsOf(index);
  const wanted = (name: string) => only.length === 0 || only.some(part => name.includes(part));
  const names = (await notebooksIn(join(folder, "lectures"))).filter(wanted);
  if (names.length === 0) throw new Error(`${join(folder, "lectures")} has no such lesson: ${only.join(", ")}.`);
  const lessons = await Promise.all(
    names.map(async name => lessonOf(await readSource(join(folder, "lectures", name)), "lesson", questions.get(name))),
  );
  const sheets = only.length === 0 ? await notebooksIn(join(folder, "homework", "release")) : [];
  const homework = await Promise.all(
    sheets.map(async name => lessonOf(await readSource(join(folder, "homework", "release", name)), "homework")),
  );
  return { index, lessons, homework };
}

/** The cells of the index by the heading of the second level that they stand below; what comes before the first has "". */
export function partsOf({ cells }: Source): Map<string, Cell[]> {
  const parts = new Map<string, Cell[]>();
  let name = "";
  for (const cell of cells) {
    if (cell.cell_type === "markdown") name = /^##\s+(.+?)\s*$/m.exec(sourceOf(cell))?.[1] ?? name;
    parts.set(name, [...(parts.get(name) ?? []), cell]);
  }
  return parts;
}

function lessonOf(source: Source, kind: Lesson["kind"], question = ""): Lesson {
  const number = /^\d+/.exec(source.name)?.[0] ?? "";
  const title = source.title.replace(/^(Lesson|Homework)\s+\d+\s*[·:.–-]\s*/, "");
  return { ...{ source, kind, number, title, question }, page: `${FOLDERS[kind]}/${source.name}.html` };
}

/** The index has a table with a row for each lesson: number, link, question. */
function questionsOf({ cells }: Source): Map<string, string> {
  const rows = cells.flatMap(cell => [...sourceOf(cell).matchAll(/\]\(([^)]+\.ipynb)\)\s*\|\s*([^|]+?)\s*\|/g)]);
  return new Map(rows.map(([, file = "", question = ""]) => [basename(decodeURI(file)), question]));
}

async function notebooksIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
  return names.filter(name => name.endsWith(".ipynb")).sort();
}

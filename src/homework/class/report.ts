import { join } from "node:path";
import { readIfPresent } from "../../course/pair/index.ts";
import { writeAtomically } from "../../setup/temporary.ts";
import type { CellFault, QuestionResult } from "../judge/result.ts";
import { type Course, entriesOf } from "./course.ts";

/** What a student is graded with: `graded/<assignment>/<student>.json`. */
export interface Report {
  student: string;
  assignment: string;
  questions: QuestionResult[];
  /** Questions that a person grades. */
  manual: ManualQuestion[];
  /** Automatic points: earned, and there to be earned. */
  earned: number;
  points: number;
  cells: CellFault[];
  notes: string[];
  /** What the compiler says of the types; it costs no points. */
  types: string[];
  /** Why the submission was not graded; it has no points then. */
  refused?: string;
  handedIn?: string;
  printed: string;
  /** Which layers kept the code in. */
  isolation: string;
  /** Of the submission and of the assignment that it was graded by: the same again needs no second time. */
  key: string;
}

export interface ManualQuestion {
  id: string;
  points: number;
  /** As it was handed out: nothing to grade. */
  untouched: boolean;
  answer: string;
}

export async function readReport(course: Course, assignment: string, student: string): Promise<Report | undefined> {
  const text = await readIfPresent(pathOf(course, assignment, student));
  return text === undefined ? undefined : (JSON.parse(text) as Report);
}

export async function writeReport(course: Course, report: Report): Promise<void> {
  await writeAtomically(pathOf(course, report.assignment, report.student), `${JSON.stringify(report, null, 1)}\n`);
}

/** All that were graded, by student. */
export async function reportsOf(course: Course, assignment: string): Promise<Report[]> {
  const names = (await entriesOf(course.graded(assignment))).filter(name => name.endsWith(".json"));
  const reports = names.sort().map(name => readReport(course, assignment, name.replace(/\.json$/, "")));
  return (await Promise.all(reports)).filter(report => report !== undefined);
}

function pathOf(course: Course, assignment: string, student: string): string {
  return join(course.graded(assignment), `${student}.json`);
}

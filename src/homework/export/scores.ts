import { type Course, entriesOf } from "../class/course.ts";
import { type Report, reportsOf } from "../class/report.ts";
import { type Person, readRoster } from "../class/roster.ts";
import { type GivenByHand, givenByHand } from "../gradebook/gradebook.ts";

/** What a gradebook shows of one student. */
export interface Score {
  student: string;
  person: Person;
  /** Points by question. */
  questions: Map<string, number>;
  /** Automatic points and those that a person gave. */
  total: number;
  /** All that can be had. */
  points: number;
  /** What people wrote to cells, by their ids. */
  comments: Readonly<Record<string, string>>;
  /** Questions that were answered, and that nobody has graded yet: they count 0. */
  open: string[];
  report: Report;
}

const NOTHING: GivenByHand = { marks: {}, comments: {} };

/** The scores of an assignment; what people gave comes from nbgrader's database, where there is one. */
export async function scoresOf(course: Course, assignment: string): Promise<Score[]> {
  const [reports, roster] = await Promise.all([reportsOf(course, assignment), readRoster(course)]);
  const byHand = (await entriesOf(course.folder)).includes("gradebook.db")
    ? await givenByHand(course, assignment)
    : new Map<string, GivenByHand>();
  return reports.map(report => scoreOf(report, roster[report.student] ?? {}, byHand.get(report.student) ?? NOTHING));
}

function scoreOf(report: Report, person: Person, { marks, comments }: GivenByHand): Score {
  const questions = new Map<string, number>();
  for (const { id, earned } of report.questions) questions.set(id, marks[id] ?? earned);
  for (const { id } of report.manual) questions.set(id, marks[id] ?? 0);
  const total = [...questions.values()].reduce((sum, value) => sum + value, 0);
  const points = [...report.questions, ...report.manual].reduce((sum, question) => sum + question.points, 0);
  const open = report.manual.filter(({ id, untouched }) => !untouched && marks[id] === undefined).map(({ id }) => id);
  return { student: report.student, person, questions, total, points, comments, open, report };
}

import { type Course, entriesOf } from "../class/course.ts";
import { type Report, reportsOf } from "../class/report.ts";
import { type Person, readRoster } from "../class/roster.ts";
import { handScores } from "../gradebook/gradebook.ts";

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
  report: Report;
}

/** The scores of an assignment; what people graded comes from nbgrader's database, where there is one. */
export async function scoresOf(course: Course, assignment: string): Promise<Score[]> {
  const [reports, roster] = await Promise.all([reportsOf(course, assignment), readRoster(course)]);
  const byHand = (await entriesOf(course.folder)).includes("gradebook.db")
    ? await handScores(course, assignment)
    : new Map();
  return reports.map(report => {
    const own: ReadonlyMap<string, number> = byHand.get(report.student) ?? new Map();
    const questions = new Map<string, number>();
    for (const { id, earned } of report.questions) questions.set(id, own.get(id) ?? earned);
    for (const { id } of report.manual) questions.set(id, own.get(id) ?? 0);
    const total = [...questions.values()].reduce((sum, value) => sum + value, 0);
    const points = [...report.questions, ...report.manual].reduce((sum, question) => sum + question.points, 0);
    return { student: report.student, person: roster[report.student] ?? {}, questions, total, points, report };
  });
}

import { fromCsv, type Row, toCsv } from "./csv.ts";
import type { Score } from "./scores.ts";

/**
 * A gradebook in one of the forms that are asked for.
 * With `into`, the platform's own table, its rows are filled; without it a table of all students is made.
 */
type Form = (assignment: string, scores: readonly Score[], options?: FormOptions) => string;

export interface FormOptions {
  into?: string;
  /** Who handed in after it is named as late, in a column of its own; what follows from it is the teacher's to decide. */
  due?: Date;
}

export const FORMS: Readonly<Record<"csv" | "canvas" | "moodle", Form>> = { csv, canvas, moodle };

export function isForm(name: string): name is keyof typeof FORMS {
  return Object.hasOwn(FORMS, name);
}

/** Students that a platform's table has no row for: their grades do not go into it. */
export function notIn(form: keyof typeof FORMS, into: string, scores: readonly Score[]): string[] {
  const there = new Set(fromCsv(into).rows.flatMap(row => STUDENTS_OF[form](row)));
  return scores.map(({ student }) => student).filter(student => !there.has(student));
}

/** The ids by which a row of each form may name its student. */
const STUDENTS_OF: Readonly<Record<keyof typeof FORMS, (row: Row) => string[]>> = {
  csv: row => [row.student ?? ""],
  canvas: row => CANVAS.slice(1, 4).map(column => row[column] ?? ""),
  moodle: row => [row.Identifier?.replace("Participant ", "") ?? ""],
};

/** One row a student, one column a question. */
function csv(assignment: string, scores: readonly Score[], { due }: FormOptions = {}): string {
  const questions = [...new Set(scores.flatMap(score => [...score.questions.keys()]))];
  const rows = scores.map(({ student, person, questions: own, total, points, open, report }) => ({
    student,
    name: person.name ?? "",
    assignment,
    ...Object.fromEntries(questions.map(id => [id, own.get(id) ?? 0])),
    total,
    points,
    handed_in: report.handedIn ?? "",
    late: due === undefined ? "" : lateness(report.handedIn, due),
    note: report.refused ?? (open.length > 0 ? `not graded yet: ${open.join(", ")}` : ""),
  }));
  return toCsv(rows, ["student", "name", "assignment", ...questions, "total", "points", "handed_in", "late", "note"]);
}

const HOUR = 3_600_000;

function lateness(handedIn: string | undefined, due: Date): string {
  if (handedIn === undefined) return "unknown";
  const hours = (new Date(handedIn).getTime() - due.getTime()) / HOUR;
  return hours > 0 ? `${hours.toFixed(1)} h` : "";
}

const CANVAS = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"];

/** Canvas's gradebook: a row of possible points, and a column "Assignment (id)" where the table has one. */
function canvas(assignment: string, scores: readonly Score[], { into }: FormOptions = {}): string {
  const table = into === undefined ? made(scores) : fromCsv(into);
  const column = table.columns.find(name => name === assignment || name.startsWith(`${assignment} (`)) ?? assignment;
  const possible = scores[0]?.points ?? 0;
  const byId = new Map(scores.map(score => [score.student, score]));
  const rows = table.rows.map(row => ({ ...row, ...cell(column, row, byId, possible) }));
  return toCsv(rows, [...table.columns, ...(table.columns.includes(column) ? [] : [column])]);
}

function made(scores: readonly Score[]): { rows: Row[]; columns: string[] } {
  const possible = { Student: "    Points Possible", ID: "", "SIS User ID": "", "SIS Login ID": "", Section: "" };
  const students = scores.map(({ student, person }) => ({ ...possible, Student: person.name ?? student, ID: student }));
  return { rows: [possible, ...students], columns: CANVAS };
}

function cell(column: string, row: Row, byId: ReadonlyMap<string, Score>, possible: number): Row {
  if (row.Student?.trim() === "Points Possible") return { [column]: String(possible) };
  const score = STUDENTS_OF.canvas(row).flatMap(id => byId.get(id) ?? [])[0];
  return score === undefined ? {} : { [column]: String(score.total) };
}

const MOODLE = ["Identifier", "Full name", "Grade", "Maximum grade", "Feedback comments"];

/** Moodle's grading worksheet; "Participant 12345" is the number in the folders of its zip. */
function moodle(_assignment: string, scores: readonly Score[], { into }: FormOptions = {}): string {
  const byId = new Map(scores.map(score => [score.student, score]));
  if (into === undefined) {
    const rows = scores.map(score => ({
      Identifier: `Participant ${score.student}`,
      "Full name": score.person.name ?? "",
      ...worksheetCells(score),
    }));
    return toCsv(rows, MOODLE);
  }
  const { rows, columns } = fromCsv(into);
  const filled = rows.map(row => {
    const score = STUDENTS_OF.moodle(row).flatMap(id => byId.get(id) ?? [])[0];
    return score === undefined ? row : { ...row, ...worksheetCells(score) };
  });
  return toCsv(filled, [...columns, ...["Grade", "Feedback comments"].filter(name => !columns.includes(name))]);
}

function worksheetCells({ total, points, report }: Score): Row {
  const comment =
    report.refused ?? report.questions.map(({ id, earned, points: of }) => `${id}: ${earned} of ${of}`).join("; ");
  return { Grade: String(total), "Maximum grade": String(points), "Feedback comments": comment };
}

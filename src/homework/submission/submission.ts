import { createHash } from "node:crypto";
import type { Assignment } from "../assignment/assignment.ts";
import { type AssignmentCell, isNamed, type NamedCell } from "../assignment/cell.ts";
import { studentSource } from "../assignment/notebook.ts";
import { DEFAULT_LIMIT, type Runnable, type RunnableCell } from "../judge/submission.ts";
import { SubmissionRefused, type Submitted, type SubmittedCell } from "./notebook.ts";

/** A submission beside its assignment. */
export interface Submission {
  runnable: Runnable;
  /** What the student wrote in each answer and manual cell that is there. */
  answers: ReadonlyMap<string, string>;
  /** Answer and manual cells that are as they were handed out. */
  untouched: readonly string[];
  /** What the grader found and mended, for the report. */
  notes: string[];
  /** The same for submissions that run the same code. */
  key: string;
}

/**
 * Lays a submission beside its assignment: tests and given cells are the assignment's own, wherever and whatever they are in
 * the submission.
 *
 * @throws SubmissionRefused when it is of another assignment
 */
export function submissionOf(assignment: Assignment, submitted: Submitted): Submission {
  const known = new Map(assignment.cells.filter(isNamed).map((cell, i) => [cell.id, { cell, place: i }] as const));
  refuseOthers(assignment, submitted, known);
  const notes: string[] = [];
  const cells = withoutDoubles(submitted.cells, known, notes);
  notes.push(...lockedNotes(cells, known));
  const answers = new Map(
    cells.flatMap(cell =>
      isAnswer(known.get(cell.id ?? "")?.cell) ? [[cell.id as string, cell.source] as const] : [],
    ),
  );
  for (const { cell } of known.values())
    if (isAnswer(cell) && !answers.has(cell.id)) notes.push(`The answer cell ${cell.id} is missing.`);
  const untouched = [...known.values()].flatMap(({ cell }) =>
    isAnswer(cell) && same(answers.get(cell.id), studentSource(cell)) ? [cell.id] : [],
  );
  const runnable = order(assignment, cells, known);
  const key = createHash("sha256").update(JSON.stringify(runnable)).digest("hex");
  return { runnable, answers, untouched, notes, key };
}

type Known = ReadonlyMap<string, { cell: NamedCell; place: number }>;

function isAnswer(cell: AssignmentCell | undefined): boolean {
  return cell?.role === "answer" || cell?.role === "manual";
}

function same(a: string | undefined, b: string): boolean {
  return a?.trim() === b.trim();
}

function refuseOthers({ name }: Assignment, { assignment, cells }: Submitted, known: Known): void {
  if (assignment !== undefined && assignment !== name)
    throw new SubmissionRefused(`The notebook is of the assignment ${assignment}, not of ${name}.`);
  if (!cells.some(({ id }) => id !== undefined && known.has(id)))
    throw new SubmissionRefused(
      `No cell of the notebook is of ${name}: is it of another assignment, or were its cells copied into a new notebook? Its cells have lost their ids.`,
    );
}

/** Of cells with the same id the first is the one; its copies count as cells that the student has added. */
function withoutDoubles(cells: readonly SubmittedCell[], known: Known, notes: string[]): SubmittedCell[] {
  const seen = new Set<string>();
  return cells.map(({ id, ...cell }) => {
    if (id === undefined || !known.has(id)) return cell;
    if (!seen.has(id)) {
      seen.add(id);
      return { ...cell, id };
    }
    notes.push(`There are two cells ${id}; both run in their order, and the first counts as the answer.`);
    return cell;
  });
}

function lockedNotes(cells: readonly SubmittedCell[], known: Known): string[] {
  const there = new Map(cells.flatMap(cell => (cell.id === undefined ? [] : [[cell.id, cell] as const])));
  return [...known.values()].flatMap(({ cell }) => {
    if (isAnswer(cell)) return [];
    const found = there.get(cell.id);
    if (found === undefined) return [`The cell ${cell.id} was deleted; the assignment's own was used.`];
    return same(found.source, studentSource(cell))
      ? []
      : [`The cell ${cell.id} was edited; the assignment's own was used.`];
  });
}

/** A cell in line, with its place in the assignment where it has one. */
type Placed = RunnableCell & { place: number };

function order(assignment: Assignment, cells: readonly SubmittedCell[], known: Known): Runnable {
  const line: Placed[] = [];
  const tests = new Map<string, number>();
  for (const { id, type, source } of cells) {
    const own = id === undefined ? undefined : known.get(id);
    if ((own?.cell.type ?? type) !== "code") continue;
    if (own?.cell.role === "tests") tests.set(own.cell.id, line.length);
    else line.push(placed(own?.cell, own?.place ?? -1, source));
  }
  for (const { cell, place } of known.values())
    if (cell.role === "given" && cell.type === "code" && !line.some(({ id }) => id === cell.id))
      line.splice(behind(line, place), 0, placed(cell, place, cell.source));
  const [imports] = assignment.cells.filter(({ type }) => type === "code");
  const first = imports === undefined || isNamed(imports) ? [] : [placed(undefined, -1, imports.source)];
  const questions = [...known.values()].filter(({ cell }) => cell.role === "tests");
  const before = questions.map(({ cell, place }) => [
    cell.id,
    first.length + Math.max(tests.get(cell.id) ?? 0, behind(line, place)),
  ]);
  return { cells: [...first, ...line].map(({ place: _, ...cell }) => cell), before: Object.fromEntries(before) };
}

/** Where a cell belongs that the submission lacks: behind all that stand before it in the assignment. */
function behind(line: readonly Placed[], place: number): number {
  return line.findLastIndex(other => other.place >= 0 && other.place < place) + 1;
}

function placed(cell: NamedCell | undefined, place: number, source: string): Placed {
  const limit = cell?.seconds === undefined ? DEFAULT_LIMIT : cell.seconds * 1000;
  return { ...(cell && { id: cell.id }), place, limit, source: cell?.role === "given" ? cell.source : source };
}

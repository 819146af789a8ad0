import { createHash } from "node:crypto";
import { type Cell, formatNotebook, type Notebook, notebookMetadata, toLines } from "../../course/pair/index.ts";
import type { Assignment } from "./assignment.ts";
import { type AssignmentCell, isLocked, isNamed } from "./cell.ts";
import { CODE_STUB, TEXT_STUB, withoutHiddenTests, withoutSolutions } from "./regions.ts";

/** The notebook that a teacher keeps and nbgrader's generate_assignment reads: with solutions and hidden tests. */
export function sourceNotebook(assignment: Assignment): string {
  return formatNotebook(toNotebook(assignment, ({ source }) => source));
}

/** The notebook that students get: no solution, no hidden test, locked cells with nbgrader's checksum. */
export function studentNotebook(assignment: Assignment): string {
  const notebook = toNotebook(assignment, studentSource);
  for (const cell of notebook.cells) {
    const nbgrader = cell.metadata.nbgrader as Record<string, unknown> | undefined;
    if (nbgrader) nbgrader.checksum = checksum(cell, nbgrader);
  }
  return formatNotebook(notebook);
}

/** What a student finds in a cell. */
export function studentSource({ role, source, type }: AssignmentCell): string {
  if (role === "tests") return withoutHiddenTests(source);
  if (role === "answer" || role === "manual") return withoutSolutions(source, type === "code" ? CODE_STUB : TEXT_STUB);
  return source;
}

function toNotebook({ name, cells }: Assignment, sourceOf: (cell: AssignmentCell) => string): Notebook {
  const made = cells.map((cell, i) => toNotebookCell(cell, sourceOf(cell), cellId(cell, i)));
  // Names the assignment, so that a notebook of another one is known as such.
  return { cells: made, metadata: { ...notebookMetadata, latent: { homework: name } }, nbformat: 4, nbformat_minor: 5 };
}

function cellId(cell: AssignmentCell, i: number): string {
  return isNamed(cell) ? cell.id : createHash("sha256").update(`${i}\n${cell.source}`).digest("hex").slice(0, 8);
}

function toNotebookCell(cell: AssignmentCell, source: string, id: string): Cell {
  const metadata = { ...cell.metadata, ...(isNamed(cell) && { nbgrader: nbgraderOf(cell) }), ...locks(cell) };
  const common = { cell_type: cell.type, id, metadata, source: toLines(source) };
  return cell.type === "code" ? { ...common, execution_count: null, outputs: [] } : common;
}

/** Version 3 of nbgrader's cell metadata. */
function nbgraderOf({ id, role, points, type }: AssignmentCell): Record<string, unknown> {
  const grade = role === "tests" || role === "manual";
  const solution = role === "answer" || role === "manual";
  const common = { grade, grade_id: id, locked: role === "given" || role === "tests", schema_version: 3, solution };
  return { ...common, task: false, cell_type: type, ...(grade && { points }) };
}

function locks(cell: AssignmentCell): Record<string, unknown> {
  return isLocked(cell) ? { deletable: false, editable: false } : {};
}

/** What nbgrader's `utils.compute_checksum` computes: a locked cell that was edited is known by it. */
function checksum({ cell_type, source }: Cell, nbgrader: Record<string, unknown>): string {
  const text = typeof source === "string" ? source : source.join("");
  const python = (flag: unknown) => (flag ? "True" : "False");
  const { grade, solution, locked, grade_id, points } = nbgrader;
  const parts = [text, cell_type, python(grade), python(solution), python(locked), String(grade_id)];
  if (grade) parts.push(Number.isInteger(points) ? `${points}.0` : String(points));
  return createHash("md5").update(parts.join("")).digest("hex");
}

import { type Notebook, sourceOf } from "../../course/pair/index.ts";
import type { Role } from "../assignment/cell.ts";

/** A file that cannot be graded as it is. The message says why, and what to do. */
export class SubmissionRefused extends Error {
  override readonly name = "SubmissionRefused";
}

/** A cell of a submission: of what it came with, only what grading reads. */
export interface SubmittedCell {
  type: string;
  /** The id in the assignment, or undefined for a cell that the student has added. */
  id?: string;
  source: string;
  /** What nbgrader's metadata says that it is for. */
  role?: Role;
  points?: number;
}

export interface Submitted {
  /** The assignment that the notebook says it is of, where it does. */
  assignment?: string;
  cells: SubmittedCell[];
}

const MOST_MB = 100;

/**
 * Reads a notebook from whatever program has saved it: with line ends of Windows, a byte order mark, with ids and nbgrader's
 * metadata or without one of them.
 *
 * @throws SubmissionRefused when it is no notebook
 */
export function submittedNotebook(bytes: Buffer): Submitted {
  const mb = bytes.length / 2 ** 20;
  if (mb > MOST_MB)
    throw new SubmissionRefused(
      `The file has ${mb.toFixed(0)} MB; clear the outputs of its cells, save, and hand it in again.`,
    );
  const notebook = parsed(bytes);
  const cells = notebook.cells.map(cell => {
    const { nbgrader } = (cell.metadata ?? {}) as { nbgrader?: Graded };
    const id = nbgrader?.grade_id ?? cell.id;
    return {
      type: String(cell.cell_type),
      source: textOf(cell),
      ...(typeof id === "string" && { id }),
      ...roleOf(nbgrader),
    };
  });
  const { latent } = (notebook.metadata ?? {}) as { latent?: { homework?: unknown } };
  return { cells, ...(typeof latent?.homework === "string" && { assignment: latent.homework }) };
}

/** nbgrader's metadata of a cell, as far as they are read. */
interface Graded {
  grade_id?: unknown;
  grade?: unknown;
  solution?: unknown;
  points?: unknown;
}

function roleOf(nbgrader: Graded | undefined): { role?: Role; points?: number } {
  if (nbgrader === undefined) return {};
  const { grade, solution, points } = nbgrader;
  const role = grade ? (solution ? "manual" : "tests") : solution ? "answer" : "given";
  return { role, ...(typeof points === "number" && { points }) };
}

function parsed(bytes: Buffer): Notebook {
  const text = bytes.toString("utf8").replace(/^\uFEFF/, "");
  if (text.trim() === "") throw new SubmissionRefused("The file is empty.");
  let notebook: unknown;
  try {
    notebook = JSON.parse(text);
  } catch (error) {
    throw new SubmissionRefused(`The file is no notebook (${(error as Error).message}). Hand in the .ipynb itself.`);
  }
  if (!isNotebook(notebook))
    throw new SubmissionRefused("The file is JSON, but no notebook of nbformat 4. Hand in the .ipynb itself.");
  return notebook;
}

function isNotebook(value: unknown): value is Notebook {
  const { nbformat, cells } = (value ?? {}) as { nbformat?: unknown; cells?: unknown };
  return nbformat === 4 && Array.isArray(cells) && cells.every(cell => typeof cell === "object" && cell !== null);
}

function textOf(cell: Notebook["cells"][number]): string {
  const { source } = cell as { source?: unknown };
  if (typeof source === "string" || (Array.isArray(source) && source.every(line => typeof line === "string")))
    return sourceOf(cell).replace(/\r\n?/g, "\n");
  return "";
}

import { randomInt } from "node:crypto";
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { type Assignment, pointsOf } from "../assignment/assignment.ts";
import type { AssignmentCell, Role } from "../assignment/cell.ts";
import { CODE_STUB, TEXT_STUB } from "../assignment/regions.ts";
import { typeErrors } from "../class/types.ts";
import type { Result } from "../judge/result.ts";
import { GraderFailed, gradeAll } from "../pool/pool.ts";
import { isIsolated, type Layers, NO_LAYERS } from "../sandbox/layers.ts";
import { SubmissionRefused, type Submitted, submittedNotebook } from "../submission/notebook.ts";
import { submissionOf } from "../submission/submission.ts";

/** What a student learns before handing in. */
export interface Validation {
  assignment: string;
  result: Result;
  /** Cells that are as they were handed out. */
  unanswered: string[];
  /** What the compiler says of the types; it costs no points. */
  types: string[];
  points: number;
}

/**
 * Runs the tests that a student's notebook shows, as the grader would run them.
 *
 * @throws SubmissionRefused when the file is no notebook of an assignment
 * @throws GraderFailed when the judge failed, whatever the notebook does
 */
export async function validate(path: string, layers: Layers): Promise<Validation> {
  const submitted = submittedNotebook(await readFile(path));
  const assignment = visibleAssignment(submitted, basename(path, ".ipynb"));
  const { key, runnable } = submissionOf(assignment, { cells: submitted.cells });
  const types = typeErrors([{ key, runnable }]);
  // A student's own code on the student's own machine: isolated where that costs nothing.
  const within = isIsolated(layers) ? layers : NO_LAYERS;
  const results: Result[] = [];
  const options = { layers: within, seed: randomInt(2 ** 31), jobs: 1 };
  const failures = await gradeAll(assignment, [{ key, runnable }], options, async (_, one) => {
    results.push(one);
  });
  const [result] = results;
  if (result === undefined) throw new GraderFailed(failures.get(key) ?? "The judge gave no result.");
  return {
    assignment: assignment.name,
    result,
    unanswered: unanswered(submitted),
    types: (await types).get(key) ?? [],
    points: pointsOf(assignment),
  };
}

/** Answer cells of a notebook that still hold what was handed out. */
export function unanswered({ cells }: Submitted): string[] {
  const stub = CODE_STUB.split("\n").at(-1) as string;
  return cells.flatMap(({ role, id, source }) => {
    if (id === undefined || (role !== "answer" && role !== "manual")) return [];
    return source.includes(stub) || source.trim() === "" || source.includes(TEXT_STUB) ? [id] : [];
  });
}

/** The assignment as far as a student's notebook shows it. */
export function visibleAssignment(submitted: Submitted, name: string): Assignment {
  const cells = submitted.cells.map(({ type, id, source, role, points }): AssignmentCell => {
    const common = { type: type as AssignmentCell["type"], source, metadata: {} };
    return { ...common, ...(role && id && { role: role as Role, id }), ...(points !== undefined && { points }) };
  });
  if (!cells.some(({ role }) => role === "tests"))
    throw new SubmissionRefused("The notebook has no test cell of a homework: is it the one that was handed out?");
  return { name: submitted.assignment ?? name, cells };
}

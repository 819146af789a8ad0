import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { type PercentCell, parsePercent } from "../../course/pair/index.ts";
import { compile } from "../../typescript/cell/index.ts";
import { type AssignmentCell, isNamed, type NamedCell, type Role } from "./cell.ts";
import { CODE_STUB, hasSolution, withoutHiddenTests, withoutSolutions } from "./regions.ts";

/** An assignment as its source defines it. */
export interface Assignment {
  /** `01-pca-and-sparse`: the name of its script, its folder and its notebook. */
  name: string;
  cells: readonly AssignmentCell[];
}

/** An assignment that cannot be made from its source; the message says which cell, and what it lacks. */
export class AssignmentFault extends Error {
  override readonly name = "AssignmentFault";
}

const ROLES: readonly string[] = ["given", "answer", "tests", "manual"] satisfies Role[];

/**
 * Reads the script of an assignment.
 *
 * @throws AssignmentFault when a cell's role, id or points are not what notebooks/homework/README.md asks for
 */
export async function readAssignment(path: string): Promise<Assignment> {
  return assignmentOf(basename(path).replace(/\.ts$/, ""), await readFile(path, "utf8"));
}

/** {@link readAssignment} of a text. */
export function assignmentOf(name: string, script: string): Assignment {
  if (!/^[\w-]+$/.test(name)) throw new AssignmentFault(`"${name}": a name is of letters, digits, "-" and "_".`);
  const cells = parsePercent(script).map(toCell);
  const seen = new Set<string>();
  for (const { id } of cells.filter(isNamed)) {
    if (seen.has(id)) throw new AssignmentFault(`Two cells have the id "${id}".`);
    seen.add(id);
  }
  if (!cells.some(({ points }) => points)) throw new AssignmentFault(`${name} has no cell with points.`);
  return { name, cells };
}

function toCell({ type, source, metadata: { homework, ...metadata } }: PercentCell): AssignmentCell {
  const cell = { type, source, metadata };
  if (homework === undefined) return cell;
  const named = { ...cell, ...(homework as Partial<AssignmentCell>) };
  if (named.role === undefined || !ROLES.includes(named.role))
    throw new AssignmentFault(`A role is one of ${ROLES.join(", ")}, not "${named.role}": ${firstLine(source)}`);
  if (named.id === undefined || !/^[\w-]{1,60}$/.test(named.id))
    throw new AssignmentFault(`A cell with a role has an id of letters, digits, "-", "_": ${firstLine(source)}`);
  return checked(named as NamedCell);
}

function checked(cell: NamedCell): NamedCell {
  const { role, id, type, points, source } = cell;
  const fault = (what: string) => new AssignmentFault(`${id}: ${what}`);
  const graded = role === "tests" || role === "manual";
  if (graded && !(typeof points === "number" && points > 0)) throw fault("a cell that is graded has points above 0.");
  if (!graded && points !== undefined) throw fault(`points stand at the tests of an ${role} cell, not at itself.`);
  if (type !== "code" && role !== "manual" && role !== "given") throw fault(`a cell with ${role} is code.`);
  if (role === "answer" && !hasSolution(source)) throw fault("an answer has a line // BEGIN SOLUTION.");
  try {
    withoutHiddenTests(withoutSolutions(source, CODE_STUB));
  } catch (error) {
    throw fault((error as Error).message);
  }
  return cell;
}

function firstLine(source: string): string {
  return source.split("\n", 1)[0] ?? "";
}

/** What the student's names are: those that answer cells declare at their top level. */
export function answeredNames({ cells }: Assignment): string[] {
  const answers = cells.filter(({ role, type }) => role === "answer" || (role === "manual" && type === "code"));
  return [...new Set(answers.flatMap(({ source }) => compile(source).declares))];
}

/** The cells that earn points by themselves, in order. */
export function testsOf({ cells }: Assignment): (NamedCell & { points: number })[] {
  return cells.filter((cell): cell is NamedCell & { points: number } => cell.role === "tests");
}

export function pointsOf({ cells }: Assignment): number {
  return cells.reduce((sum, { points = 0 }) => sum + points, 0);
}

import type { PercentCell } from "../../course/pair/index.ts";

/** What a cell is for. A cell without a role is text or code that belongs to the student. */
export type Role = "given" | "answer" | "tests" | "manual";

export interface AssignmentCell {
  type: PercentCell["type"];
  source: string;
  /** Metadata other than `homework`. */
  metadata: Record<string, unknown>;
  role?: Role;
  /** Where it has a role: its name in the notebook and the gradebook. */
  id?: string;
  /** Of `tests` and `manual`. */
  points?: number;
  /** Computing time that the tests, or the answer, may take. */
  seconds?: number;
}

/** A cell that has a role. */
export type NamedCell = AssignmentCell & { role: Role; id: string };

export function isNamed(cell: AssignmentCell): cell is NamedCell {
  return cell.role !== undefined && cell.id !== undefined;
}

/** Whether the student may not edit it. */
export function isLocked({ role }: AssignmentCell): boolean {
  return role === "given" || role === "tests";
}

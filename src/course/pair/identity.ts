import { createHash } from "node:crypto";
import { type Cell, sourceOf } from "./notebook.ts";
import type { PercentCell } from "./percent.ts";

/** The old cell that each new cell continues, or undefined for one that is new. */
export function match(cells: readonly PercentCell[], old: readonly Cell[]): (Cell | undefined)[] {
  const matched: (Cell | undefined)[] = [];
  const left = new Set(old);
  for (const cell of cells) {
    const same = old.find(candidate => left.has(candidate) && sameText(cell, candidate));
    if (same) left.delete(same);
    matched.push(same);
  }
  return matched.map((found, i) => found ?? edited(cells, old, matched, left, i));
}

/** An edited cell is the one that still stands behind the same neighbour and has the same type. */
function edited(
  cells: readonly PercentCell[],
  old: readonly Cell[],
  matched: (Cell | undefined)[],
  left: Set<Cell>,
  i: number,
): Cell | undefined {
  const before = i === 0 ? -1 : old.indexOf(matched[i - 1] as Cell);
  const candidate = i > 0 && before < 0 ? undefined : old[before + 1];
  if (!candidate || !left.has(candidate) || candidate.cell_type !== cells[i]?.type) return undefined;
  left.delete(candidate);
  matched[i] = candidate;
  return candidate;
}

export function sameText(cell: PercentCell, old: Cell): boolean {
  return cell.type === old.cell_type && cell.source === sourceOf(old);
}

/** An id for a new cell from its text: the same script always makes the same notebook. */
export function freshId(cell: PercentCell, taken: ReadonlySet<string>): string {
  for (let salt = 0; ; salt++) {
    const id = createHash("sha256").update(`${salt}\n${cell.type}\n${cell.source}`).digest("hex").slice(0, 8);
    if (!taken.has(id)) return id;
  }
}

import type { Cell } from "../../course/pair/index.ts";
import type { Still } from "../figures/figure.ts";
import { PLOTLY } from "../notebook/outputs.ts";
import { outputsOf, type Source } from "../notebook/read.ts";
import { stillAddress } from "../render/output.ts";

/** The picture that stands for a lesson: the first figure of the cell tagged `cover`, or of the whole lesson. */
export function coverOf({ cells }: Source, stills: ReadonlyMap<unknown, Still>): string | undefined {
  const chosen = [...cells].sort((a, b) => Number(isCover(b)) - Number(isCover(a)));
  for (const { data = {} } of chosen.flatMap(cell => outputsOf(cell))) {
    const value = data[PLOTLY];
    const still = value === undefined ? undefined : stillAddress(data, stills.get(value));
    if (still !== undefined) return still;
  }
  return undefined;
}

function isCover({ metadata }: Cell): boolean {
  return (metadata as { tags?: string[] }).tags?.includes("cover") ?? false;
}

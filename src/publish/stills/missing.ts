import type { Cell } from "../../course/pair/index.ts";
import type { Still } from "../figures/figure.ts";
import { PLOTLY } from "../notebook/outputs.ts";
import { outputsOf } from "../notebook/read.ts";
import { withPlotly } from "./draw.ts";

/** Stills for the figures of cells that the notebook stores without one; none where there is no Chromium. */
export async function missingStills(cells: readonly Cell[]): Promise<ReadonlyMap<unknown, Still>> {
  const bare = cells
    .flatMap(cell => outputsOf(cell))
    .flatMap(({ data = {} }) => (data[PLOTLY] && !data["image/svg+xml"] && !data["image/png"] ? [data[PLOTLY]] : []));
  if (bare.length === 0) return new Map();
  const drawn = (await withPlotly(draw => draw(bare))) ?? [];
  return new Map(drawn.map((still, i) => [bare[i], slim(still)]));
}

/** Lines where they take fewer bytes than dots. */
function slim({ svg, png }: Still): Still {
  if (svg !== undefined && svg.length <= (png?.length ?? Number.POSITIVE_INFINITY)) return { svg };
  return { ...(png !== undefined && { png }) };
}

import { busy } from "./busy.ts";
import { cells } from "./cells.ts";
import { completion } from "./completion.ts";
import { growth } from "./growth.ts";
import type { Measure } from "./measure.ts";
import { output } from "./output.ts";
import { respawn } from "./respawn.ts";
import { start } from "./start.ts";
import { types } from "./types.ts";

export { FULL, type Plan, QUICK } from "./measure.ts";

export const MEASURES: Readonly<Record<string, Measure>> = {
  start,
  cells,
  completion,
  busy,
  respawn,
  output,
  growth,
  types,
};

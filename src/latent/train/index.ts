export { type BatchOptions, batches } from "./batches.ts";
export { type EachWords, each } from "./each.ts";
export { minimize } from "./minimize.ts";
export { type Progress, type ProgressWords, progress } from "./progress.ts";
export { turn } from "./turn.ts";

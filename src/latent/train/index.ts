export { type BatchOptions, batches } from "./batches.ts";
export { minimize } from "./minimize.ts";
export { turn } from "./turn.ts";

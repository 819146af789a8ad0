export { type BatchOptions, batches } from "./batches.ts";
export { minimize } from "./minimize.ts";
export { permutation, uniform } from "./random.ts";
export { steps } from "./steps.ts";

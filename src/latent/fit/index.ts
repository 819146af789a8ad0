export { type Checkpointing, type FitOptions, fit } from "./fit.ts";
export type { Epoch, History } from "./history.ts";
export type { Loss } from "./objective.ts";
export { EngineCannotTrain } from "./stepper.ts";
export type { EarlyStopping } from "./stopping.ts";

export type { Checkpointing } from "./checkpoint.ts";
export { fit } from "./fit.ts";
export type { Epoch, History } from "./history.ts";
export type { Batch, Data, Loss, Scalars } from "./objective.ts";
export type { FitOptions } from "./options.ts";
export { LossIsNaN } from "./run.ts";
export { EngineCannotTrain } from "./stepper.ts";
export type { EarlyStopping } from "./stopping.ts";

/**
 * What a lesson imports: `import { tf, data, linalg, train, plot, check } from "latent"`.
 *
 * @module
 */

export { type Check, CheckFailed, check, type Expected } from "./check/index.ts";
export * as classical from "./classical/index.ts";
export {
  CheckpointError,
  type CompiledStep,
  compile,
  constant,
  type Generator,
  GraphFailure,
  generator,
  learningRate,
  StepRefused,
  setLearningRate,
} from "./compile/index.ts";
export * as data from "./data/index.ts";
export type { HostKernel, MimeBundle } from "./display/host.ts";
export { show } from "./display/show.ts";
export { EngineMissingError, type EngineRoute } from "./engine/load.ts";
export { engineReady, engineRoute } from "./engine/ready.ts";
export { tf } from "./engine/tf.ts";
export * as exercise from "./exercise/index.ts";
export { EngineCannotTrain, type FitOptions, fit, type History, LossIsNaN } from "./fit/index.ts";
export * as linalg from "./linalg/index.ts";
export * as models from "./models/index.ts";
export * as plot from "./plot/index.ts";
export * as train from "./train/index.ts";

/**
 * What a lesson imports: `import { tf, data, linalg, train, plot, check } from "latent"`.
 *
 * @module
 */

export { type Check, CheckFailed, check, type Expected } from "./check/index.ts";
export * as classical from "./classical/index.ts";
export {
  CheckpointError,
  type Clip,
  type CompiledStep,
  type CompileOptions,
  compile,
  constant,
  type Generator,
  GraphFailure,
  generator,
  type Inputs,
  learningRate,
  loadWeights,
  restartOptimizer,
  type SaveWeightsOptions,
  type Schedule,
  StepRefused,
  saveWeights,
  setLearningRate,
  type TrainingOptions,
  type Weighted,
} from "./compile/index.ts";
export * as data from "./data/index.ts";
export type { HostKernel, MimeBundle } from "./display/host.ts";
export { type ReadableBundle, show } from "./display/show.ts";
export { EngineMissingError, type EngineRoute } from "./engine/load.ts";
export { engineReady, engineRoute } from "./engine/ready.ts";
export { tf } from "./engine/tf.ts";
export * as exercise from "./exercise/index.ts";
export * as explore from "./explore/index.ts";
export {
  type Batch,
  type Checkpointing,
  type Data,
  type EarlyStopping,
  EngineCannotTrain,
  type Epoch,
  type FitOptions,
  fit,
  type History,
  type Loss,
  LossIsNaN,
  type Scalars,
} from "./fit/index.ts";
export * as linalg from "./linalg/index.ts";
export * as models from "./models/index.ts";
export * as plot from "./plot/index.ts";
export * as train from "./train/index.ts";
export * as widgets from "./widgets/index.ts";

export { type CompiledStep, type CompileOptions, compile, type Inputs, type TrainingOptions } from "./compile.ts";
export type { Compiled, Schedule } from "./compiled.ts";
export { constant } from "./constant.ts";
export { GraphFailure, StepRefused } from "./errors.ts";
export { bitCrossEntropy } from "./losses.ts";
export { layerNormalization } from "./normalization.ts";
export { Generator, generator } from "./random.ts";
export { CheckpointError } from "./safetensors.ts";
export { type Clip, learningRate, setLearningRate } from "./training.ts";

import type { tf } from "../engine/tf.ts";
import { expectKeys, type Keys } from "../options/keys.ts";
import { kind } from "../options/kind.ts";
import { Compiled } from "./compiled.ts";
import { nativeBackend } from "./native.ts";
import type { Generator } from "./random.ts";
import { restoreState, saveState } from "./state.ts";
import { type Clip, expectOptimizer, type Schedule, trainingStep, unrolled } from "./training.ts";

/** Arguments of a compiled step: tensors as the step takes them; for a scalar a number will do. */
export type Inputs<In extends readonly tf.Tensor[]> = { [K in keyof In]: In[K] | number };

export interface CompileOptions {
  /**
   * Steps in one call. Each input then holds the rows of all steps one after the other, `[stepsPerCall · batch, …]`, and the
   * step sees `batch` of them at a time. With an optimizer the call returns the mean of the steps' losses, without one what
   * the last step returned.
   *
   * @defaultValue 1
   */
  stepsPerCall?: number;
  /**
   * Where tfjs' own functions of random numbers, and with them layers such as dropout, draw from in this step. Without it a
   * step that calls them is refused.
   */
  random?: Generator;
}

export interface TrainingOptions extends CompileOptions {
  /** Any of tfjs' optimizers. Its learning rate may be changed between steps, see `setLearningRate`. */
  optimizer: tf.Optimizer;
  /**
   * The variables to change.
   *
   * @defaultValue all trainable ones that the loss depends on
   */
  variables?: tf.Variable[];
  /** Limits of the gradients. */
  clip?: Clip;
  /**
   * The learning rate of step 0, 1, 2, and so on. SGD, momentum, Adam and RMSProp take it.
   *
   * @defaultValue the optimizer's own
   */
  learningRate?: Schedule;
}

/** What `fit` lets its steps read besides. */
export interface Given {
  /** Tensors from outside that never change, as `constant` marks them for every step. */
  constants?: readonly tf.Tensor[];
  /** Whether it looks itself for numbers of JavaScript that change. */
  unwatched?: boolean;
}

const KEYS: Keys<TrainingOptions> & Record<keyof Given, true> = {
  optimizer: true,
  variables: true,
  clip: true,
  learningRate: true,
  stepsPerCall: true,
  random: true,
  constants: true,
  unwatched: true,
};

/** A step as one TensorFlow graph: call it like the function it was made from. */
export interface CompiledStep<In extends readonly tf.Tensor[], Out> {
  (...inputs: Inputs<In>): Out;
  /** What is behind the call: variables, state, graphs. */
  readonly program: Compiled;
  /** Traces the step for inputs of these shapes without running it; a call does so by itself. */
  prepare(...inputs: Inputs<In>): void;
  /**
   * Writes variables and optimizer's state to a safetensors file, which is there whole or not at all.
   *
   * @throws CheckpointError when the step was neither called nor prepared, so that it is not known which variables it has
   */
  save(path: string): void;
  /**
   * Puts back what `save` wrote, in this process or another: the next steps are the same. Variables are found by their
   * names; those without one in the order in which they were made, whichever of them the step uses first. The step must
   * have been called or prepared before.
   *
   * @throws CheckpointError when the file is damaged or of another step; nothing has changed then
   */
  restore(path: string): void;
  /** Releases the graphs. Variables keep their values. Otherwise that happens when nothing refers to the step any more. */
  dispose(): void;
}

/**
 * Makes any step in plain tfjs one TensorFlow graph, so that a call costs one call of TensorFlow: `tf.function` for
 * TensorFlow.js. The step is run under a recorder at its first call for each shape of inputs, twice, and from then on the
 * graph runs instead; a few later calls look whether the step is still the same. What it prints or counts in JavaScript
 * follows these runs and not the calls. It may read its arguments, variables, and tensors marked `constant`; it may assign variables, take
 * gradients and step optimizers; it may return a tensor, an array or an object of tensors, or nothing.
 *
 * With an `optimizer`, `step` is a loss `(…inputs) => scalar`, and a call lowers it once and returns its value before that.
 * Variables and the optimizer's state can be read and assigned between calls as ever: they are fetched when looked at.
 *
 * Without the native engine the step runs eagerly, with the same result within rounding.
 *
 * @throws StepRefused at the first call, when the step reads values, draws numbers in JavaScript, or uses a tensor from
 *   outside; the message names the line and the remedy
 * @throws GraphFailure when TensorFlow fails in a call; the message names the author's line
 */
export function compile<In extends tf.Tensor[]>(
  loss: (...inputs: In) => tf.Scalar,
  options: TrainingOptions,
): CompiledStep<In, number>;
export function compile<In extends tf.Tensor[], Out>(
  step: (...inputs: In) => Out,
  options?: CompileOptions,
): CompiledStep<In, Out>;
export function compile<In extends tf.Tensor[]>(
  step: (...inputs: In) => unknown,
  options: CompileOptions & Partial<TrainingOptions> & Given = {},
): CompiledStep<In, unknown> {
  if (typeof step !== "function")
    throw new TypeError(`compile takes a step, a function of tensors; it got ${kind(step)}.`);
  expectKeys(options, "compile", KEYS, { steps: "stepsPerCall", rate: "learningRate" });
  const { optimizer, stepsPerCall = 1, learningRate, random, constants, unwatched, ...limits } = options;
  expectOptimizer(optimizer, "compile");
  if (!Number.isInteger(stepsPerCall) || stepsPerCall < 1)
    throw new RangeError(`stepsPerCall of compile is a whole number of 1 or more, got ${stepsPerCall}.`);
  const single = optimizer ? trainingStep(step, { ...limits, ...(learningRate && { learningRate }), optimizer }) : step;
  const whole = unrolled(single, stepsPerCall, optimizer !== undefined);
  const program = new Compiled(nativeBackend(), whole, { schedule: learningRate, constants, random, unwatched });
  const call = optimizer
    ? (...inputs: Inputs<In>) => program.number(inputs)
    : (...inputs: Inputs<In>) => program.call(inputs);
  return Object.assign(call, {
    program,
    prepare: (...inputs: Inputs<In>) => program.prepare(inputs),
    save: (path: string) => saveState(path, program),
    restore: (path: string) => void restoreState(path, program),
    dispose: () => program.dispose(),
  });
}

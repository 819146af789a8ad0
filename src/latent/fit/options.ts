import { type Clip, expectOptimizer, type Schedule } from "../compile/training.ts";
import { tf } from "../engine/tf.ts";
import { expectKeys, type Keys } from "../options/keys.ts";
import { kind } from "../options/kind.ts";
import { expectSeed } from "../random/uniform.ts";
import type { Checkpointing } from "./checkpoint.ts";
import type { Epoch } from "./history.ts";
import type { Scalars } from "./objective.ts";
import type { EarlyStopping } from "./stopping.ts";

export interface FitOptions<N extends string = string> {
  /** Passes over the data. */
  epochs: number;
  /**
   * Rows in a batch; the last batch of an epoch has what is left.
   *
   * @defaultValue 128
   */
  batchSize?: number;
  /** Any of tfjs' optimizers; a layers model brings its own. */
  optimizer?: tf.Optimizer;
  /**
   * Fixes the order of the rows, anew in each epoch, and what layers such as dropout draw.
   *
   * @defaultValue 0
   */
  seed?: number;
  /** Tensors like the data, on which the loss is measured after each epoch. */
  validationData?: tf.Tensor | readonly tf.Tensor[];
  earlyStopping?: EarlyStopping;
  checkpoint?: Checkpointing;
  clip?: Clip;
  /**
   * The learning rate of step 0, 1, 2, and so on.
   *
   * @defaultValue the optimizer's own
   */
  learningRate?: Schedule;
  /**
   * Numbers of the loss that change while it is trained, each a function of the step 0, 1, 2, …: the loss gets their
   * present values as tensors, in one object behind the batch. `scalars: { beta: step => Math.min(1, step / 1000) }` goes
   * with `(x, { beta }) => …`. A plain `let beta` would be written into the compiled step as it is at the beginning.
   * Validation has the values of the last step.
   */
  scalars?: Scalars<N>;
  /**
   * The variables to change.
   *
   * @defaultValue all trainable ones that the loss depends on
   */
  variables?: tf.Variable[];
  /** Called after each epoch, with its number from 1. */
  onEpoch?: (epoch: Epoch, number: number) => void | Promise<void>;
  /** Where the lesson keeps weights of a finished training, for an engine that cannot train this model. */
  weights?: string;
}

const KEYS: Keys<FitOptions> = {
  epochs: true,
  batchSize: true,
  optimizer: true,
  seed: true,
  validationData: true,
  earlyStopping: true,
  checkpoint: true,
  clip: true,
  learningRate: true,
  scalars: true,
  variables: true,
  onEpoch: true,
  weights: true,
};
const RENAMED = {
  batch: "batchSize",
  size: "batchSize",
  validation: "validationData",
  rate: "learningRate",
  callbacks: "onEpoch",
};

/** @throws TypeError or RangeError when an option is missing or cannot be, with what it should be */
export function expectOptions(options: FitOptions | undefined): asserts options is FitOptions {
  if (typeof options !== "object" || options === null)
    throw new TypeError(
      "fit needs options, at least epochs and an optimizer: fit(loss, data, { epochs: 10, optimizer }).",
    );
  expectKeys(options, "fit", KEYS, RENAMED);
  for (const check of checks) check(options);
}

const checks: ((options: FitOptions) => void)[] = [
  ({ epochs }) => expectWhole(epochs, "epochs", "epochs: 10 passes over the data ten times"),
  ({ batchSize }) =>
    batchSize === undefined || expectWhole(batchSize, "batchSize", "it is the number of rows in a batch"),
  ({ optimizer }) => expectOptimizer(optimizer, "fit"),
  ({ seed }) => seed === undefined || expectSeed(seed),
  ({ learningRate }) =>
    expectFunction(learningRate, "learningRate", "step => rate; for one rate, give it to the optimizer"),
  ({ onEpoch }) => expectFunction(onEpoch, "onEpoch", "(epoch, number) => …"),
  ({ earlyStopping }) => earlyStopping === undefined || expectStopping(earlyStopping),
  ({ clip }) => clip === undefined || expectClip(clip),
  ({ checkpoint }) => checkpoint === undefined || expectPath(checkpoint),
  ({ variables }) => variables === undefined || expectVariables(variables),
  ({ scalars }) => scalars === undefined || expectScalars(scalars),
];

function expectWhole(value: unknown, name: string, meaning: string): void {
  if (Number.isSafeInteger(value) && (value as number) >= 1) return;
  throw new RangeError(`fit needs ${name} as a whole number of 1 or more, got ${shown(value)}: ${meaning}.`);
}

function expectFunction(value: unknown, name: string, form: string): void {
  if (value !== undefined && typeof value !== "function")
    throw new TypeError(`${name} of fit is a function, ${form}; it got ${shown(value)}.`);
}

function expectStopping({ patience, minDelta = 0 }: EarlyStopping): void {
  if (typeof patience !== "number" || !(patience >= 1))
    throw new RangeError(`earlyStopping of fit needs patience, a number of epochs from 1, got ${shown(patience)}.`);
  if (typeof minDelta !== "number" || Number.isNaN(minDelta))
    throw new RangeError(`minDelta of earlyStopping is a number, got ${shown(minDelta)}.`);
}

function expectClip(clip: Clip): void {
  for (const name of ["norm", "value"] as const) {
    const limit = clip[name];
    if (limit !== undefined && !(limit > 0))
      throw new RangeError(`clip.${name} of fit is a number above 0, got ${shown(limit)}.`);
  }
}

function expectPath({ path }: Checkpointing): void {
  if (typeof path !== "string" || path === "")
    throw new TypeError(
      `checkpoint of fit needs the path of a file, such as "weights/model.safetensors"; got ${shown(path)}.`,
    );
}

function expectVariables(variables: readonly tf.Variable[]): void {
  if (!Array.isArray(variables) || variables.length === 0)
    throw new TypeError("variables of fit is a list of at least one tf.variable.");
  variables.forEach((variable: unknown, i) => {
    if (!(variable instanceof tf.Variable))
      throw new TypeError(`variables[${i}] of fit is no tf.variable: ${kind(variable)}.`);
    if (variable.isDisposed) throw new TypeError(`variables[${i}] of fit, [${variable.shape}], was disposed.`);
  });
}

function expectScalars(scalars: Scalars): void {
  for (const [name, value] of Object.entries(scalars)) {
    if (typeof value !== "function" && typeof value !== "number")
      throw new TypeError(`scalars.${name} of fit is a function of the step, or a number; it is ${kind(value)}.`);
  }
}

function shown(value: unknown): string {
  return typeof value === "number" ? String(value) : kind(value);
}

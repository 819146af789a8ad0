import { tf } from "../engine/tf.ts";
import { kind } from "../options/kind.ts";

/** What is trained on: a tensor, or several with as many rows in each. */
export type Data = tf.Tensor | readonly tf.Tensor[] | [];

/** Numbers that change from step to step, by name: a function of the step, counted from 0, or a number. */
export type Scalars<N extends string = string> = Record<N, number | ((step: number) => number)>;

/** A batch of one tensor: of its rank, if that is known. */
// biome-ignore lint/suspicious/noExplicitAny: of a tensor whose rank is not known the author says which one it is
type Part<T> = T extends tf.Tensor<infer R> ? (tf.Rank extends R ? any : tf.Tensor<R>) : any;

/** The batch of each tensor of the data, in their order. */
export type Batch<D> = D extends tf.Tensor
  ? [Part<D>]
  : D extends readonly unknown[]
    ? number extends D["length"]
      ? // biome-ignore lint/suspicious/noExplicitAny: of a list of unknown length the author says what is in it
        any[]
      : { -readonly [K in keyof D]: Part<D[K]> }
    : never;

/**
 * A loss of one batch: `(x, y, …) => scalar`, one argument for each tensor of the data. Where `fit` is given `scalars`, their
 * present values come last: `(x, y, { beta }) => …`.
 */
// biome-ignore lint/suspicious/noExplicitAny: a loss of any data
export type Loss<D = any, N extends string = never> = (...batch: Arguments<Batch<D>, N>) => tf.Scalar;

/** Without scalars, or with none that are known by name, the batch alone. */
type Arguments<B extends unknown[], N extends string> = [N] extends [never]
  ? B
  : string extends N
    ? B
    : number extends B["length"]
      ? B
      : [...B, Record<N, tf.Scalar>];

/** A loss as it is called here: the batch, then the scalars if there are any. */
export type AnyLoss = (...batch: unknown[]) => tf.Scalar;

/** What is minimised: the loss of a batch while training, and the same when only measuring. */
export interface Objective {
  readonly training: AnyLoss;
  readonly measuring: AnyLoss;
  /** What else a compiled layers model asks to be measured, by its name there: of a batch, in place of the loss. */
  readonly metrics: Readonly<Record<string, AnyLoss>>;
  /** The optimizer that a compiled layers model brings. */
  readonly optimizer: tf.Optimizer | undefined;
  /** The variables that training changes, as far as they are trainable; all that the loss depends on when undefined. */
  readonly variables: tf.Variable[] | undefined;
}

/** tfjs-layers' model after `compile`: fields that are private there. */
interface CompiledModel {
  optimizer?: tf.Optimizer;
  lossFunctions?: ((target: tf.Tensor, output: tf.Tensor) => tf.Tensor)[];
  /** "loss", and then a name for each of the tensors below. */
  metricsNames: string[];
  metricsTensors: [(target: tf.Tensor, output: tf.Tensor) => tf.Tensor, output: number][];
  calculateLosses(): tf.Scalar[];
  apply(inputs: tf.Tensor | tf.Tensor[], options: { training: boolean }): tf.Tensor | tf.Tensor[];
  weights: { val: tf.Variable }[];
  inputs: unknown[];
  /** A sequential model keeps what it compiled in a model inside of it. */
  model?: CompiledModel;
}

/** A loss as it is, or the loss of a layers model. */
export function objective(what: AnyLoss | tf.LayersModel): Objective {
  if (typeof what === "function")
    return { training: what, measuring: what, metrics: {}, optimizer: undefined, variables: undefined };
  if (typeof (what as Partial<tf.LayersModel> | undefined)?.predict !== "function")
    throw new TypeError(`fit trains a loss, (x, y, …) => scalar, or a layers model; it got ${kind(what)}.`);
  const outer = what as unknown as CompiledModel;
  const model = outer.model ?? outer;
  const { optimizer, lossFunctions } = model;
  if (!optimizer || !lossFunctions)
    throw new TypeError("The model has no loss yet: call model.compile({ optimizer, loss }) before fit.");
  return {
    training: modelLoss(model, lossFunctions, true),
    measuring: modelLoss(model, lossFunctions, false),
    metrics: modelMetrics(model),
    optimizer,
    // All of them: which are trainable may change in the middle of a training, when a layer is frozen.
    variables: model.weights.map(({ val }) => val),
  };
}

/** The model's inputs come first in a batch, then the targets; an autoencoder's inputs are its targets. */
function modelLoss(
  model: CompiledModel,
  losses: NonNullable<CompiledModel["lossFunctions"]>,
  training: boolean,
): AnyLoss {
  return (...batch) => {
    const { targets, outputs } = forward(model, batch as tf.Tensor[], training);
    const terms = losses.map((loss, i) => tf.mean(loss(targets[i] as tf.Tensor, outputs[i] as tf.Tensor)) as tf.Scalar);
    return tf.addN([...terms, ...model.calculateLosses()]) as tf.Scalar;
  };
}

function modelMetrics(model: CompiledModel): Record<string, AnyLoss> {
  return Object.fromEntries(
    model.metricsTensors.map(([metric, output], i) => [
      model.metricsNames[i + 1] as string,
      (...batch) => {
        const { targets, outputs } = forward(model, batch as tf.Tensor[], false);
        return tf.mean(metric(targets[output] as tf.Tensor, outputs[output] as tf.Tensor)) as tf.Scalar;
      },
    ]),
  );
}

/** The targets of a batch and the model's outputs for it. */
function forward(
  model: CompiledModel,
  batch: tf.Tensor[],
  training: boolean,
): { targets: tf.Tensor[]; outputs: tf.Tensor[] } {
  const inputs = model.inputs.length;
  const outputs = [model.apply(inputs === 1 ? (batch[0] as tf.Tensor) : batch.slice(0, inputs), { training })].flat();
  return { targets: batch.length > inputs ? batch.slice(inputs) : batch, outputs };
}

import { tf } from "../engine/tf.ts";

/** A loss of one batch: `(x, y, …) => scalar`, one argument for each tensor of the data. */
// biome-ignore lint/suspicious/noExplicitAny: the author narrows the rank of each argument, and parameters do not vary with Tensor
export type Loss = (...batch: any[]) => tf.Scalar;

/** What is minimised: the loss of a batch while training, and the same when only measuring. */
export interface Objective {
  readonly training: Loss;
  readonly measuring: Loss;
  /** The optimizer that a compiled layers model brings. */
  readonly optimizer: tf.Optimizer | undefined;
  /** The variables that training changes; all that the loss depends on when undefined. */
  readonly variables: tf.Variable[] | undefined;
}

/** tfjs-layers' model after `compile`: fields that are private there. */
interface CompiledModel {
  optimizer?: tf.Optimizer;
  lossFunctions?: ((target: tf.Tensor, output: tf.Tensor) => tf.Tensor)[];
  calculateLosses(): tf.Scalar[];
  apply(inputs: tf.Tensor | tf.Tensor[], options: { training: boolean }): tf.Tensor | tf.Tensor[];
  trainableWeights: { val: tf.Variable }[];
  inputs: unknown[];
  /** A sequential model keeps what it compiled in a model inside of it. */
  model?: CompiledModel;
}

/** A loss as it is, or the loss of a layers model. */
export function objective(what: Loss | tf.LayersModel): Objective {
  if (typeof what === "function")
    return { training: what, measuring: what, optimizer: undefined, variables: undefined };
  const outer = what as unknown as CompiledModel;
  const model = outer.model ?? outer;
  const { optimizer, lossFunctions } = model;
  if (!optimizer || !lossFunctions)
    throw new TypeError("The model has no loss yet: call model.compile({ optimizer, loss }) before fit.");
  return {
    training: modelLoss(model, lossFunctions, true),
    measuring: modelLoss(model, lossFunctions, false),
    optimizer,
    variables: model.trainableWeights.map(({ val }) => val),
  };
}

/** The model's inputs come first in a batch, then the targets; an autoencoder's inputs are its targets. */
function modelLoss(model: CompiledModel, losses: NonNullable<CompiledModel["lossFunctions"]>, training: boolean): Loss {
  const inputs = model.inputs.length;
  return (...batch: tf.Tensor[]) => {
    const outputs = [model.apply(inputs === 1 ? (batch[0] as tf.Tensor) : batch.slice(0, inputs), { training })].flat();
    const targets = batch.length > inputs ? batch.slice(inputs) : batch;
    const terms = losses.map((loss, i) => tf.mean(loss(targets[i] as tf.Tensor, outputs[i] as tf.Tensor)) as tf.Scalar);
    return tf.addN([...terms, ...model.calculateLosses()]) as tf.Scalar;
  };
}

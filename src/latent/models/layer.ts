import type { Tensor, Variable } from "@tensorflow/tfjs-node";
import { tf } from "../engine/tf.ts";

/** A part of a model: a function with variables. Any object of this form can take the place of a part. */
export interface Layer<In extends Tensor = Tensor, Out extends Tensor = Tensor> {
  apply(x: In): Out;
  variables: Variable[];
  /** The fully connected layers that it consists of, where it consists of nothing else. */
  dense?: readonly DenseLayer[];
}

/** A fully connected layer as numbers, for those who compute it without tensors: `activation(x · weights + bias)`. */
export interface DenseLayer {
  /** `[inputs, outputs]`. */
  weights: Variable;
  /** `[outputs]`. */
  bias: Variable;
  activation: Activation;
}

/** `elu` is a for a > 0 and eᵃ − 1 below: Clevert, Unterthiner & Hochreiter 2015, arXiv:1511.07289. */
export type Activation = "linear" | "relu" | "elu" | "sigmoid" | "tanh";

/** `activation` of every element of `x`. */
export function activate<T extends Tensor>(x: T, activation: Activation): T {
  switch (activation) {
    case "linear":
      return x;
    case "relu":
      return tf.relu(x);
    case "elu":
      return tf.elu(x);
    case "sigmoid":
      return tf.sigmoid(x);
    case "tanh":
      return tf.tanh(x);
  }
}

/** Layers one after the other. */
export function chain<T extends Tensor>(...layers: Layer<T, T>[]): Layer<T, T> {
  const dense = layers.flatMap(layer => layer.dense ?? []);
  return {
    apply: x => tf.tidy(() => layers.reduce((value, layer) => layer.apply(value), x)),
    variables: layers.flatMap(layer => layer.variables),
    ...(layers.every(layer => layer.dense !== undefined) && { dense }),
  };
}

import type { Tensor1D, Tensor2D, Variable } from "@tensorflow/tfjs-node";
import { tf } from "../engine/tf.ts";
import type { Initial } from "./initial.ts";
import { type Activation, activate, chain, type Layer } from "./layer.ts";

/** A fully connected layer: `activation(x · weights + bias)`, `[b, inputs]` to `[b, outputs]`. */
export interface Dense extends Layer<Tensor2D, Tensor2D> {
  /** `[inputs, outputs]`. */
  weights: Variable;
  /** `[outputs]`. */
  bias: Variable;
}

/**
 * A fully connected layer with biases of 0.
 *
 * @param law how the weights are drawn: by default He's law for relu and elu, and Glorot's for the others
 */
export function dense(
  make: Initial,
  inputs: number,
  outputs: number,
  activation: Activation = "linear",
  law: "he" | "glorot" = activation === "relu" || activation === "elu" ? "he" : "glorot",
): Dense {
  const weights = make[law]([inputs, outputs]);
  const bias = make.constant([outputs], 0);
  const apply = (x: Tensor2D): Tensor2D =>
    tf.tidy(() =>
      activate(tf.add(tf.matMul(x, weights as unknown as Tensor2D), bias as unknown as Tensor1D), activation),
    );
  const variables = [weights, bias];
  return { apply, variables, weights, bias, dense: [{ weights, bias, activation }] };
}

/** Fully connected layers of `sizes`, `activation` after each but the last, which has `last`. */
export function denseStack(
  make: Initial,
  sizes: readonly number[],
  activation: Activation,
  last: Activation = "linear",
): Layer<Tensor2D, Tensor2D> {
  expectSizes(sizes);
  const layers = sizes.slice(1).map((outputs, i) => {
    const isLast = i === sizes.length - 2;
    return dense(make, sizes[i] as number, outputs, isLast ? last : activation);
  });
  return chain<Tensor2D>(...layers);
}

/** @throws RangeError when a size is no whole number of 1 or more, or there are fewer than two */
export function expectSizes(sizes: readonly number[]): void {
  if (sizes.length >= 2 && sizes.every(size => Number.isInteger(size) && size >= 1)) return;
  throw new RangeError(`A network needs two or more sizes, whole numbers from 1, inputs first; got [${sizes}].`);
}

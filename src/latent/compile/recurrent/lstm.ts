import type { tf } from "../../engine/tf.ts";
import { isNested } from "../nested.ts";
import { ownOperations } from "../own-operations.ts";
import { lstmByOperation, NATIVE_GATES } from "./by-operation.ts";
import { type Activation, sigmoid } from "./gates.ts";
import { lstmStepByStep } from "./step-by-step.ts";

/** Weights of an LSTM with `u` units, columns in Keras' order of gates: input, forget, cell, output. */
export interface LstmWeights {
  /** `[features, 4u]` */
  kernel: tf.Tensor2D;
  /** `[u, 4u]` */
  recurrent: tf.Tensor2D;
  /** `[4u]` */
  bias: tf.Tensor1D;
}

export interface LstmOptions {
  /** The outputs of all steps, `[batch, time, u]`; else the last alone, `[batch, u]`. */
  sequences?: boolean;
  /** The input is one vector for all of this many steps, `[batch, features]`: it is projected once. */
  repeat?: number;
  /**
   * The function of the three gates.
   *
   * @defaultValue sigmoid
   */
  gate?: Activation;
}

/**
 * A long short-term memory over `x` `[batch, time, features]`, from a zero state, with its backward pass by hand, so that
 * all inputs are projected in one product, and so are the gradients of the weights. With the native engine all of time is
 * one operation of ours and its gradient another; elsewhere, and where a gradient is differentiated again, it is the steps
 * one after the other. Both give the same numbers within rounding. Source of the cell: Hochreiter & Schmidhuber 1997,
 * doi:10.1162/neco.1997.9.8.1735, with forget gates (Gers et al. 2000), as in Keras.
 */
export function lstm(x: tf.Tensor, weights: LstmWeights, options: LstmOptions = {}): tf.Tensor {
  const { gate = sigmoid } = options;
  const byOperation = ownOperations() && NATIVE_GATES.includes(gate) && !isNested();
  return byOperation ? lstmByOperation(x, weights, options) : lstmStepByStep(x, weights, options);
}

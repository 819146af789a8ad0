import { tf } from "../../engine/tf.ts";
import { nativeBackend, runOp } from "../native.ts";

/** A function of each element whose derivative follows from its value. */
export interface Activation {
  readonly of: (x: tf.Tensor) => tf.Tensor;
  /** The gradient before the function, from its value `y` and the gradient `dy` behind it. */
  readonly back: (y: tf.Tensor, dy: tf.Tensor) => tf.Tensor;
}

const T = { T: { type: "float32" } } as const;

export const sigmoid: Activation = {
  of: x => tf.sigmoid(x),
  back: (y, dy) => (nativeBackend() ? runOp("SigmoidGrad", T, [y, dy]) : tf.mul(dy, tf.mul(y, tf.sub(1, y)))),
};

export const tanh: Activation = {
  of: x => tf.tanh(x),
  back: (y, dy) => (nativeBackend() ? runOp("TanhGrad", T, [y, dy]) : tf.mul(dy, tf.sub(1, tf.square(y)))),
};

/** clip(0.2 x + 0.5, 0, 1): the gate of tfjs' LSTM layers unless another is given. */
export const hardSigmoid: Activation = {
  of: x => tf.clipByValue(tf.add(tf.mul(x, 0.2), 0.5), 0, 1),
  back: (y, dy) => tf.mul(dy, tf.mul(tf.cast(tf.logicalAnd(tf.greater(y, 0), tf.less(y, 1)), "float32"), 0.2)),
};

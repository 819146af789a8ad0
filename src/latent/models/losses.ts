import type { Scalar, Tensor, Tensor1D } from "@tensorflow/tfjs-node";
import { bitCrossEntropy } from "../compile/losses.ts";
import { tf } from "../engine/tf.ts";

/** Sum over all but the first dimension: one number an example, `[b]`. */
export function perExample(x: Tensor): Tensor1D {
  return tf.tidy(() => tf.sum(tf.reshape(x, [x.shape[0] as number, -1]), 1));
}

/** Squared error of each example, summed over its entries, `[b]`; in squared units of the data. */
export function squaredError(output: Tensor, target: Tensor): Tensor1D {
  return tf.tidy(() => perExample(tf.squaredDifference(output, target)));
}

/**
 * −log p(target) in nats of each example, `[b]`, under independent Bernoulli pixels with the given logits:
 * `Σ softplus(l) − t l`. For grey targets its least value is their entropy and not 0.
 */
export function bernoulliCrossEntropy(logits: Tensor, target: Tensor): Tensor1D {
  return tf.tidy(() => perExample(bitCrossEntropy(target, logits)));
}

/** −log p(class) in nats of each row, `[…]`, from logits and one-hot classes `[…, classes]`. */
export function softmaxCrossEntropy<T extends Tensor>(logits: Tensor, classes: Tensor): T {
  return tf.tidy(() => tf.neg(tf.sum(tf.mul(classes, tf.logSoftmax(logits)), -1))) as T;
}

/** Mean over the examples. */
export const average = (x: Tensor): Scalar => tf.mean(x);

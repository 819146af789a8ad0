import type { Scalar, Tensor, Tensor1D } from "@tensorflow/tfjs-node";
import { expectTensor } from "../compile/inputs.ts";
import { bitCrossEntropy } from "../compile/losses.ts";
import { tf } from "../engine/tf.ts";

/** Sum over all but the first dimension: one number an example, `[b]`. */
export function perExample(x: Tensor): Tensor1D {
  return tf.tidy(() => tf.sum(tf.reshape(x, [x.shape[0] as number, -1]), 1));
}

/**
 * Squared error of each example, summed over its entries, `[b]`; in squared units of the data.
 *
 * @param labels what should come out, `[b, …]`
 * @param predictions what came out, of the same shape
 * @throws RangeError when the shapes differ
 */
export function squaredError(labels: Tensor, predictions: Tensor): Tensor1D {
  expectSameShape("squaredError", labels, predictions, "predictions");
  return tf.tidy(() => perExample(tf.squaredDifference(predictions, labels)));
}

/**
 * −log p(labels) in nats of each example, `[b]`, under independent Bernoulli pixels with the given logits:
 * `Σ softplus(l) − t l`. For grey labels its least value is their entropy and not 0.
 *
 * @param labels the pixels, 0 … 1, `[b, …]`
 * @param logits of the same shape
 * @throws RangeError when the shapes differ
 */
export function bernoulliCrossEntropy(labels: Tensor, logits: Tensor): Tensor1D {
  expectSameShape("bernoulliCrossEntropy", labels, logits, "logits");
  return tf.tidy(() => perExample(bitCrossEntropy(labels, logits)));
}

/**
 * −log p(class) in nats of each row, `[…]`.
 *
 * @param labels one-hot classes `[…, classes]`
 * @param logits of the same shape
 * @throws RangeError when the shapes differ
 */
export function softmaxCrossEntropy<T extends Tensor>(labels: Tensor, logits: Tensor): T {
  expectSameShape("softmaxCrossEntropy", labels, logits, "logits");
  return tf.tidy(() => tf.neg(tf.sum(tf.mul(labels, tf.logSoftmax(logits)), -1))) as T;
}

/** tfjs would repeat labels of another shape until they fit: ten class numbers against ten logits a row, for instance. */
function expectSameShape(who: string, labels: Tensor, others: Tensor, what: string): void {
  expectTensor(labels, `labels of ${who}`);
  expectTensor(others, `${what} of ${who}`);
  if (String(labels.shape) === String(others.shape)) return;
  throw new RangeError(
    `${who}(labels, ${what}) needs both in one shape; labels are [${labels.shape}], ${what} [${others.shape}].`,
  );
}

/** Mean over the examples. */
export const average = (x: Tensor): Scalar => tf.mean(x);

import { tf } from "../engine/tf.ts";
import { runOps } from "./native.ts";
import { isNested } from "./nested.ts";
import { ownOperations } from "./own-operations.ts";

/**
 * Layer normalisation over the last dimension, with its gradient by hand: `(x − mean) / √(variance + epsilon) · gain + offset`.
 * `x` is `[…, d]`, gain and offset `[d]`. Source: Ba, Kiros & Hinton 2016, arXiv:1607.06450.
 */
export function layerNormalization<T extends tf.Tensor>(x: T, gain: tf.Tensor, offset: tf.Tensor, epsilon = 1e-5): T {
  const width = x.shape.at(-1) as number;
  const rows = (tensor: tf.Tensor): tf.Tensor2D => tf.reshape(tensor, [-1, width]);
  if (isNested()) return tf.tidy(() => spelledOut(x, gain, offset, epsilon)) as T;
  const normalise = ownOperations() ? byOperations(epsilon) : byHand(epsilon);
  return tf.tidy(() => tf.reshape(normalise(rows(x), gain, offset), x.shape)) as T;
}

type Normalise = (...inputs: tf.Tensor[]) => tf.Tensor;

/** `LatentNormalize` and `LatentNormalizeGrad` of `src/native`. */
function byOperations(epsilon: number): Normalise {
  return tf.customGrad((...args) => {
    const [input, scale, shift, save] = args as unknown as [
      ...[tf.Tensor, tf.Tensor, tf.Tensor],
      (saved: tf.Tensor[]) => void,
    ];
    const results = runOps("LatentNormalize", { epsilon }, [input, scale, shift], 3);
    const [value, standard, inverse] = results as [tf.Tensor, tf.Tensor, tf.Tensor];
    save([standard, inverse, scale]);
    const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]) =>
      runOps("LatentNormalizeGrad", { added: false }, [dy, ...saved, tf.scalar(0)], 3);
    return { value, gradFunc };
  });
}

/** The same in operations of TensorFlow. */
export function byHand(epsilon: number): Normalise {
  return tf.customGrad((...args) => {
    const [input, scale, shift, save] = args as unknown as [
      tf.Tensor2D,
      tf.Tensor1D,
      tf.Tensor1D,
      (saved: tf.Tensor[]) => void,
    ];
    const centred = tf.sub(input, tf.mean(input, 1, true));
    const inverse = tf.rsqrt(tf.add(tf.mean(tf.square(centred), 1, true), epsilon));
    const standard = tf.mul(centred, inverse);
    save([standard, inverse, scale]);
    const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]): tf.Tensor[] =>
      gradients(dy as tf.Tensor2D, saved as [tf.Tensor2D, tf.Tensor2D, tf.Tensor1D]);
    return { value: tf.add(tf.mul(standard, scale), shift), gradFunc };
  });
}

function spelledOut(x: tf.Tensor, gain: tf.Tensor, offset: tf.Tensor, epsilon: number): tf.Tensor {
  const centred = tf.sub(x, tf.mean(x, -1, true));
  const inverse = tf.rsqrt(tf.add(tf.mean(tf.square(centred), -1, true), epsilon));
  return tf.add(tf.mul(tf.mul(centred, inverse), gain), offset);
}

/** Of the input, the gain and the offset. Means over a row are products with the gain, which is faster than a reduction. */
function gradients(dy: tf.Tensor2D, [standard, inverse, gain]: [tf.Tensor2D, tf.Tensor2D, tf.Tensor1D]): tf.Tensor[] {
  const column: tf.Tensor2D = tf.reshape(tf.div(gain, gain.size), [-1, 1]);
  const weighted = tf.mul(dy, standard);
  const along: tf.Tensor2D = tf.matMul(weighted, column);
  const mean: tf.Tensor2D = tf.matMul(dy, column);
  const dx = tf.mul(tf.sub(tf.sub(tf.mul(dy, gain), tf.mul(standard, along)), mean), inverse);
  return [dx, tf.sum(weighted, 0), tf.sum(dy, 0)];
}

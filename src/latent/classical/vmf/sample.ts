import type { Tensor2D } from "@tensorflow/tfjs-node";
import { tf } from "../../engine/tf.ts";
import type { Random } from "../../random/random.ts";
import { sampleOneMinusCosine } from "./cosine.ts";

/** Uniform points on the unit sphere in m dimensions, one a row, `[count, m]`: normal draws scaled to length 1. */
export function uniformOnSphere(count: number, m: number, random: Random): Tensor2D {
  return tf.tidy(() => toUnitLength(random.normal([count, m]) as Tensor2D));
}

/** Each row of `x` `[b, m]` divided by its length. A row of zeros stays zero. */
export function toUnitLength(x: Tensor2D): Tensor2D {
  const square = tf.sum(tf.square(x), 1, true);
  return tf.mul(x, tf.rsqrt(tf.maximum(square, 1e-20)));
}

/**
 * One draw of the von Mises–Fisher distribution for each row: density ∝ exp(κ µᵀz) on the unit sphere in m dimensions.
 * Differentiable with respect to `mean` and `kappa`; the gradient is right for every m (see {@link sampleOneMinusCosine}).
 *
 * @param mean directions µ of length 1, `[b, m]`, m ≥ 2
 * @param kappa concentrations κ > 0, `[b, 1]`
 * @returns points of the sphere, `[b, m]`
 * @throws RangeError when the shapes do not belong together
 */
export function sampleVmf(mean: Tensor2D, kappa: Tensor2D, random: Random): Tensor2D {
  const [rows, m] = mean.shape;
  if (m < 2 || kappa.shape[0] !== rows || kappa.shape[1] !== 1) {
    throw new RangeError(`sampleVmf needs µ [b, m ≥ 2] and κ [b, 1]; got [${mean.shape}] and [${kappa.shape}].`);
  }
  const y = sampleOneMinusCosine(m, kappa, random);
  // The floor keeps the square root's gradient finite at w = ±1.
  const sine = tf.sqrt(tf.maximum(tf.mul(y, tf.sub(2, y)), 1e-10));
  const around = toUnitLength(random.normal([rows, m - 1]) as Tensor2D);
  const aboutFirstAxis: Tensor2D = tf.concat([tf.sub(1, y), tf.mul(sine, around)], 1);
  return reflect(aboutFirstAxis, mean);
}

/**
 * Householder's reflection that takes the first axis e₁ to `mean`, row by row. Where `mean` is e₁ the points stay: the
 * usual form divides by |e₁ − µ|, which is 0 there, and gives NaN.
 */
function reflect(points: Tensor2D, mean: Tensor2D): Tensor2D {
  const [rows, m] = mean.shape;
  const first = tf.oneHot(tf.zeros([rows], "int32"), m, 1, 0, "float32");
  const axis = tf.sub(first, mean);
  const scale = tf.div(tf.sum(tf.mul(axis, points), 1, true), tf.maximum(tf.sum(tf.square(axis), 1, true), 1e-10));
  return tf.sub(points, tf.mul(tf.mul(2, scale), axis));
}

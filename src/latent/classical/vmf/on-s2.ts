import type { Tensor } from "@tensorflow/tfjs-node";
import { tf } from "../../engine/tf.ts";

/** Below this κ power series: the formulas are small differences of like numbers there. */
const SMALL = 0.8;

/** Coefficients of κ⁰, κ², κ⁴, …, from coth κ = 1/κ + κ/3 − κ³/45 + … (DLMF 4.33.5), which converges up to π. */
const RATIO = [1 / 3, -1 / 45, 2 / 945, -1 / 4725, 2 / 93555];
const SLOPE = [1 / 3, -1 / 15, 2 / 189, -1 / 675, 2 / 10395];
const DIVERGENCE = [1 / 6, -1 / 60, 1 / 567, -1 / 5400, 1 / 51975];

/** The ratio A(κ) = coth κ − 1/κ of every element of `kappa`, 1 − A, and the KL to the uniform distribution in nats. */
export function onS2(kappa: Tensor): { ratio: { value: Tensor; deficit: Tensor }; kl: Tensor } {
  const { large, decay, tail } = largeOnes(kappa);
  const series = tf.mul(kappa, polynomial(RATIO, kappa));
  const deficit = tf.where(isSmall(kappa), tf.sub(1, series), tf.sub(tf.div(1, large), tf.mul(2, tail)));
  const ratio = { value: tf.where(isSmall(kappa), series, tf.sub(1, deficit)), deficit };
  // κ coth κ − 1 + log(κ / sinh κ)
  const logarithm = tf.sub(tf.log(tf.mul(2, large)), tf.log1p(tf.neg(decay)));
  const formula = tf.add(tf.sub(tf.mul(tf.mul(2, large), tail), 1), logarithm);
  return { ratio, kl: tf.where(isSmall(kappa), tf.mul(tf.square(kappa), polynomial(DIVERGENCE, kappa)), formula) };
}

/** A′(κ) = 1/κ² − 1/sinh² κ. */
export function slopeOnS2(kappa: Tensor): Tensor {
  const { large, tail } = largeOnes(kappa);
  const formula = tf.sub(tf.div(1, tf.square(large)), tf.mul(4, tf.mul(tail, tf.add(tail, 1))));
  return tf.where(isSmall(kappa), polynomial(SLOPE, kappa), formula);
}

const isSmall = (kappa: Tensor): Tensor => tf.less(kappa, SMALL);

/** e^{−2κ} and 1 / (e^{2κ} − 1) where κ is not small; elsewhere those of {@link SMALL}, which nobody takes. */
function largeOnes(kappa: Tensor): { large: Tensor; decay: Tensor; tail: Tensor } {
  const large = tf.maximum(kappa, SMALL);
  const decay = tf.exp(tf.mul(-2, large));
  return { large, decay, tail: tf.div(decay, tf.sub(1, decay)) };
}

/** Σ coefficients[i] κ^{2i}. */
function polynomial(coefficients: readonly number[], kappa: Tensor): Tensor {
  const square = tf.square(kappa);
  return coefficients.reduceRight<Tensor>((sum, each) => tf.add(tf.mul(sum, square), each), tf.scalar(0));
}

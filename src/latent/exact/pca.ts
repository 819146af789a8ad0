import type { Tensor1D, Tensor2D } from "@tensorflow/tfjs-node";
import { tf } from "../engine/tf.ts";
import { eigh } from "../linalg/eigh.ts";
import { svd } from "../linalg/svd.ts";
import { read } from "./read.ts";

/** Principal components of a data set; `encode` and `decode` are the linear autoencoder that they make. */
export interface Pca {
  /** Mean of the data, `[d]`. */
  mean: Tensor1D;
  /** The first k principal directions, `[d, k]`: orthonormal columns, largest variance first. Signs are arbitrary. */
  components: Tensor2D;
  /** Variance of the data along each component, `[k]`, largest first, in squared units of the data (sums over n, not n − 1). */
  variances: Tensor1D;
  /** Variance along all directions: the sum of all d variances, in squared units of the data. */
  totalVariance: number;
  /** Codes `[n, k]` of `x` `[n, d]`. */
  encode(x: Tensor2D): Tensor2D;
  /** Examples `[n, d]` from codes `[n, k]`. */
  decode(codes: Tensor2D): Tensor2D;
  /** Squared error of each example of `x` `[n, d]` after encoding and decoding, summed over its d entries: `[n]`. */
  error(x: Tensor2D): Tensor1D;
}

/**
 * Principal component analysis of `x` `[n, d]` with k components, exact (no iteration, no random numbers): eigenvectors of
 * the covariance where n ≥ d, else singular vectors. Pearson 1901, doi:10.1080/14786440109462720. The mean squared error
 * that is left is the sum of the variances of the d − k directions that are dropped (Eckart & Young 1936).
 *
 * @throws RangeError when k is not between 1 and min(n, d)
 */
export function pca(x: Tensor2D, k: number): Pca {
  const [n, d] = x.shape;
  if (!Number.isInteger(k) || k < 1 || k > Math.min(n, d)) {
    throw new RangeError(`pca of ${n} examples with ${d} entries has 1 to ${Math.min(n, d)} components, got k = ${k}.`);
  }
  const [mean, components, variances, total] = tf.tidy(() => {
    const mean: Tensor1D = tf.mean(x, 0);
    const centred: Tensor2D = tf.sub(x, mean);
    const { directions, variances } = n >= d ? byCovariance(centred) : bySingularValues(centred);
    const total = tf.sum(tf.sum(tf.square(centred), 1));
    return [mean, tf.slice(directions, [0, 0], [d, k]), tf.slice(variances, 0, k), total];
  });
  const encode = (x: Tensor2D): Tensor2D => tf.tidy(() => tf.matMul(tf.sub(x, mean), components));
  const decode = (codes: Tensor2D): Tensor2D => tf.tidy(() => tf.add(tf.matMul(codes, components, false, true), mean));
  const error = (x: Tensor2D): Tensor1D => tf.tidy(() => tf.sum(tf.squaredDifference(decode(encode(x)), x), 1));
  const totalVariance = (read(() => [total])[0]?.[0] as number) / n;
  return { mean, components, variances, totalVariance, encode, decode, error };
}

interface Spectrum {
  directions: Tensor2D;
  variances: Tensor1D;
}

/**
 * The engine's eigenvectors have lengths and its eigenvalues sums that are wrong in the 6th digit (float32); vectors of
 * length 1 and their Rayleigh quotients vᵀCv are right to the 7th.
 */
function byCovariance(centred: Tensor2D): Spectrum {
  const covariance: Tensor2D = tf.div(tf.matMul(centred, centred, true), centred.shape[0]);
  const { vectors } = eigh(covariance);
  const directions: Tensor2D = tf.div(vectors, tf.norm(vectors, "euclidean", 0, true));
  return { directions, variances: tf.relu(tf.sum(tf.mul(directions, tf.matMul(covariance, directions)), 0)) };
}

function bySingularValues(centred: Tensor2D): Spectrum {
  const { s, v } = svd(centred);
  return { directions: v, variances: tf.div(tf.square(s), centred.shape[0]) };
}

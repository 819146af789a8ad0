import type { Tensor1D, Tensor2D, Tensor3D } from "@tensorflow/tfjs-node";
import { tf } from "../engine/tf.ts";
import { inverseCholesky } from "../linalg/cholesky.ts";

/** The covariances of k Gaussians in d dimensions. */
export type Covariances =
  | { kind: "full"; values: Tensor3D }
  | { kind: "diagonal"; values: Tensor2D }
  | { kind: "spherical"; values: Tensor1D };

/** log N(x; mean, covariance) in nats of each example and Gaussian: `[n, k]` from `x` `[n, d]` and `means` `[k, d]`. */
export function logGaussians(x: Tensor2D, means: Tensor2D, covariances: Covariances): Tensor2D {
  const [k, d] = means.shape;
  const { whiten, logDeterminants } = whitening(covariances, d);
  // differences first: |x|² − 2 xᵀm + |m|² would lose what |x|² has more digits than the distance
  const distances = Array.from({ length: k }, (_, i) =>
    tf.tidy(() => tf.sum(tf.square(whiten(tf.sub(x, tf.slice(means, [i, 0], [1, d])), i)), 1)),
  );
  const constant = tf.add(logDeterminants, d * Math.log(2 * Math.PI));
  return tf.mul(-0.5, tf.add(tf.stack(distances, 1), constant));
}

/** What makes a Gaussian's covariance the identity, and log |C|, `[k]`. */
interface Whitening {
  /** Differences `[n, d]` from the mean of Gaussian i, so that their squared lengths are Mahalanobis'. */
  whiten(differences: Tensor2D, i: number): Tensor2D;
  logDeterminants: Tensor1D;
}

function whitening(covariances: Covariances, d: number): Whitening {
  const { kind, values } = covariances;
  if (kind === "full") {
    const { inverses, logDeterminants } = inverseCholesky(values);
    const whiten = (x: Tensor2D, i: number): Tensor2D => tf.matMul(x, inverses[i] as Tensor2D, false, true);
    return { whiten, logDeterminants };
  }
  const precisions = tf.rsqrt(values);
  const sum = kind === "diagonal" ? tf.sum(tf.log(values), 1) : tf.mul(d, tf.log(values));
  const whiten = (x: Tensor2D, i: number): Tensor2D => tf.mul(x, tf.slice(precisions, [i], [1]));
  return { whiten, logDeterminants: sum as Tensor1D };
}

/** Means `[k, d]` and covariances of the examples weighted by responsibilities. */
export interface Moments {
  means: Tensor2D;
  values: Covariances["values"];
}

/**
 * Means and covariances of `x` `[n, d]` weighted by `responsibilities` `[n, k]`, whose column sums are `counts` `[k]`.
 * `extra` `[d]` is added to the variances. In two passes: about the first estimate of a mean, sums are of small numbers.
 */
export function estimateMoments(
  kind: Covariances["kind"],
  x: Tensor2D,
  responsibilities: Tensor2D,
  counts: Tensor1D,
  extra: Tensor1D,
): Moments {
  const [n, d] = x.shape;
  const k = counts.shape[0];
  const about = tf.div(tf.matMul(responsibilities, x, true), tf.expandDims(counts, 1)) as Tensor2D;
  const each = Array.from({ length: k }, (_, i) =>
    tf.tidy((): [Tensor1D, Tensor1D | Tensor2D] => {
      const shares = tf.div(tf.slice(responsibilities, [0, i], [n, 1]), tf.slice(counts, i, 1));
      const first = tf.slice(about, [i, 0], [1, d]) as Tensor2D;
      const mean = tf.add(first, tf.sum(tf.mul(tf.sub(x, first), shares), 0)) as Tensor2D;
      return [tf.reshape(mean, [d]), spreadOf(kind, tf.sub(x, mean), shares as Tensor2D, extra)];
    }),
  );
  const values = tf.stack(each.map(([, spread]) => spread));
  return {
    means: tf.stack(each.map(([mean]) => mean)) as Tensor2D,
    values: (kind === "spherical" ? tf.mean(values, 1) : values) as Covariances["values"],
  };
}

/** Variances `[d]`, or the covariance `[d, d]` if full, of `centred` `[n, d]` with `shares` `[n, 1]`. */
function spreadOf(
  kind: Covariances["kind"],
  centred: Tensor2D,
  shares: Tensor2D,
  extra: Tensor1D,
): Tensor1D | Tensor2D {
  if (kind !== "full") return tf.add(tf.sum(tf.mul(tf.square(centred), shares), 0), extra);
  return tf.add(tf.matMul(tf.mul(centred, shares) as Tensor2D, centred, true), tf.mul(tf.eye(extra.shape[0]), extra));
}

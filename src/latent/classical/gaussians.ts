import type { Tensor, Tensor1D, Tensor2D, Tensor3D } from "@tensorflow/tfjs-node";
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
  const { squaredLengths, logDeterminants } = whitening(covariances, d);
  // differences first: |x|² − 2 xᵀm + |m|² would lose what |x|² has more digits than the distance
  const distances = Array.from({ length: k }, (_, i) => {
    return tf.tidy(() => squaredLengths(tf.sub(x, tf.slice(means, [i, 0], [1, d])), i));
  });
  const constant = tf.add(logDeterminants, d * Math.log(2 * Math.PI));
  return tf.mul(-0.5, tf.add(tf.stack(distances, 1), constant));
}

/** What makes a Gaussian's covariance the identity, and log |C|, `[k]`. */
interface Whitening {
  /** Mahalanobis' squared lengths `[n]` of differences `[n, d]` from the mean of Gaussian i. */
  squaredLengths(differences: Tensor2D, i: number): Tensor1D;
  logDeterminants: Tensor1D;
}

function whitening({ kind, values }: Covariances, d: number): Whitening {
  if (kind === "full") {
    const { inverses, logDeterminants } = inverseCholesky(values);
    const squaredLengths = (x: Tensor2D, i: number): Tensor1D =>
      tf.sum(tf.square(tf.matMul(x, inverses[i] as Tensor2D, false, true)), 1);
    return { squaredLengths, logDeterminants };
  }
  const precisions = kind === "diagonal" ? tf.div(1, values) : tf.tile(tf.expandDims(tf.div(1, values), 1), [1, d]);
  const sum = kind === "diagonal" ? tf.sum(tf.log(values), 1) : tf.mul(d, tf.log(values));
  const squaredLengths = (x: Tensor2D, i: number): Tensor1D => {
    const precision = tf.slice(precisions as Tensor2D, [i, 0], [1, d]);
    return tf.squeeze(tf.matMul(tf.square(x), precision, false, true), [1]);
  };
  return { squaredLengths, logDeterminants: sum as Tensor1D };
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
    tf.tidy((): [Tensor2D, Tensor] => {
      const shares = tf.div(tf.slice(responsibilities, [0, i], [n, 1]), tf.slice(counts, i, 1)) as Tensor2D;
      const first = tf.slice(about, [i, 0], [1, d]) as Tensor2D;
      const centred = tf.sub(x, first) as Tensor2D;
      const correction = tf.matMul(shares, centred, true) as Tensor2D; // what rounding cost the first estimate
      return [tf.add(first, correction) as Tensor2D, spreadOf(kind, centred, shares, correction, extra)];
    }),
  );
  const values = tf.stack(each.map(([, spread]) => spread));
  return {
    means: tf.concat(
      each.map(([mean]) => mean),
      0,
    ) as Tensor2D,
    values: (kind === "spherical" ? tf.mean(values, 1) : values) as Covariances["values"],
  };
}

/** Variances `[d]`, or the covariance `[d, d]` if full, of rows `[n, d]` with `shares` `[n, 1]` about their mean `[1, d]`. */
function spreadOf(
  kind: Covariances["kind"],
  rows: Tensor2D,
  shares: Tensor2D,
  mean: Tensor2D,
  extra: Tensor1D,
): Tensor1D | Tensor2D {
  if (kind === "full") {
    const squares = tf.sub(tf.matMul(tf.mul(rows, shares) as Tensor2D, rows, true), tf.matMul(mean, mean, true));
    return tf.add(squares, tf.mul(tf.eye(extra.shape[0]), extra));
  }
  const squares = tf.sub(tf.matMul(shares, tf.square(rows), true), tf.square(mean));
  return tf.add(tf.relu(tf.squeeze(squares, [0])), extra);
}

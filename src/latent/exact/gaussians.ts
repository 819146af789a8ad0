import type { Tensor1D, Tensor2D, Tensor3D } from "@tensorflow/tfjs-node";
import { tf } from "../engine/tf.ts";
import { runNative } from "../linalg/native.ts";

/** The covariances of k Gaussians in d dimensions. */
export type Covariances =
  | { kind: "full"; values: Tensor3D }
  | { kind: "diagonal"; values: Tensor2D }
  | { kind: "spherical"; values: Tensor1D };

/** log N(x; mean, covariance) in nats of each example and Gaussian: `[n, k]` from `x` `[n, d]` and `means` `[k, d]`. */
export function logGaussians(x: Tensor2D, means: Tensor2D, covariances: Covariances): Tensor2D {
  const d = x.shape[1];
  const { distances, logDeterminants } = mahalanobis(x, means, covariances);
  return tf.mul(-0.5, tf.add(distances, tf.add(logDeterminants, d * Math.log(2 * Math.PI))));
}

/** (x − m)ᵀ C⁻¹ (x − m), `[n, k]`, and log |C|, `[k]`. */
interface Mahalanobis {
  distances: Tensor2D;
  logDeterminants: Tensor1D;
}

function mahalanobis(x: Tensor2D, means: Tensor2D, covariances: Covariances): Mahalanobis {
  const [k, d] = means.shape;
  if (covariances.kind === "full") return ofFull(x, means, covariances.values);
  const variances: Tensor2D =
    covariances.kind === "diagonal" ? covariances.values : tf.tile(tf.reshape(covariances.values, [k, 1]), [1, d]);
  const precision = tf.div(1, variances) as Tensor2D;
  const weighted = tf.mul(means, precision) as Tensor2D;
  const squares = tf.matMul(tf.square(x), precision, false, true);
  const products = tf.matMul(x, weighted, false, true);
  const distances = tf.add(tf.sub(squares, tf.mul(2, products)), tf.sum(tf.mul(means, weighted), 1)) as Tensor2D;
  return { distances, logDeterminants: tf.sum(tf.log(variances), 1) };
}

/** By Cholesky's factor C = L Lᵀ: the distance is |L⁻¹ (x − m)|². */
function ofFull(x: Tensor2D, means: Tensor2D, covariances: Tensor3D): Mahalanobis {
  const [k, d] = means.shape;
  const [factor] = runNative("Cholesky", {}, [covariances], 1) as [Tensor3D];
  const identity = tf.tile(tf.expandDims(tf.eye(d), 0), [k, 1, 1]);
  const [inverse] = runNative("MatrixTriangularSolve", { lower: true, adjoint: false }, [factor, identity], 1) as [
    Tensor3D,
  ];
  const whitened = tf.unstack(inverse).map((root, i) => {
    const centred: Tensor2D = tf.sub(x, tf.slice(means, [i, 0], [1, d]));
    return tf.tidy(() => tf.sum(tf.square(tf.matMul(centred, root as Tensor2D, false, true)), 1));
  });
  const diagonal = tf.sum(tf.mul(factor, tf.eye(d)), 2);
  return { distances: tf.stack(whitened, 1) as Tensor2D, logDeterminants: tf.mul(2, tf.sum(tf.log(diagonal), 1)) };
}

/**
 * Covariances of the examples weighted by `responsibilities` `[n, k]` about `means` `[k, d]`; `counts` `[k]` are the
 * column sums of the responsibilities. `extra` is added to every variance.
 */
export function estimateCovariances(
  kind: Covariances["kind"],
  x: Tensor2D,
  responsibilities: Tensor2D,
  means: Tensor2D,
  counts: Tensor1D,
  extra: number,
): Covariances["values"] {
  if (kind === "full") return estimateFull(x, responsibilities, means, counts, extra);
  const squares = tf.div(tf.matMul(responsibilities, tf.square(x), true), tf.expandDims(counts, 1));
  const diagonal: Tensor2D = tf.add(tf.relu(tf.sub(squares, tf.square(means))), extra);
  return kind === "diagonal" ? diagonal : tf.mean(diagonal, 1);
}

function estimateFull(
  x: Tensor2D,
  responsibilities: Tensor2D,
  means: Tensor2D,
  counts: Tensor1D,
  extra: number,
): Tensor3D {
  const [k, d] = means.shape;
  const ridge = tf.mul(extra, tf.eye(d));
  const each = Array.from({ length: k }, (_, i) =>
    tf.tidy(() => {
      const centred = tf.sub(x, tf.slice(means, [i, 0], [1, d])) as Tensor2D;
      const weighted = tf.mul(centred, tf.slice(responsibilities, [0, i], [x.shape[0], 1])) as Tensor2D;
      return tf.add(tf.div(tf.matMul(weighted, centred, true), tf.slice(counts, i, 1)), ridge);
    }),
  );
  return tf.stack(each) as Tensor3D;
}

import type { Tensor1D, Tensor2D, Tensor3D } from "@tensorflow/tfjs-node";
import { tf } from "../engine/tf.ts";
import { isNative, runNative } from "./native.ts";
import { type PlainInverse, plainInverseCholesky } from "./plain.ts";

export interface InverseCholesky {
  /** L⁻¹ `[d, d]` of each matrix C = L Lᵀ: lower triangular, so |L⁻¹ x|² = xᵀ C⁻¹ x. */
  inverses: Tensor2D[];
  /** log |C| of each, `[k]`. */
  logDeterminants: Tensor1D;
}

/**
 * The inverses of Cholesky's factors of positive definite matrices `[k, d, d]`: float32 by TensorFlow's `Cholesky` and
 * `MatrixTriangularSolve`, or without the native engine float64 in plain JavaScript.
 *
 * @throws RangeError when a matrix is not positive definite
 */
export function inverseCholesky(matrices: Tensor3D): InverseCholesky {
  return isNative() ? natively(matrices) : plainly(matrices);
}

function natively(matrices: Tensor3D): InverseCholesky {
  const [k, d] = matrices.shape;
  const [factor] = cholesky(matrices) as [Tensor3D];
  const identity = tf.tile(tf.expandDims(tf.eye(d), 0), [k, 1, 1]);
  const [inverse] = runNative("MatrixTriangularSolve", { lower: true, adjoint: false }, [factor, identity], 1) as [
    Tensor3D,
  ];
  const diagonal = tf.sum(tf.mul(factor, tf.eye(d)), 2);
  return { inverses: tf.unstack(inverse) as Tensor2D[], logDeterminants: tf.mul(2, tf.sum(tf.log(diagonal), 1)) };
}

function cholesky(matrices: Tensor3D): unknown[] {
  try {
    return runNative("Cholesky", {}, [matrices], 1);
  } catch (cause) {
    throw notPositiveDefinite(cause);
  }
}

function plainly(matrices: Tensor3D): InverseCholesky {
  const [k, d] = matrices.shape;
  const values = matrices.dataSync();
  const each = Array.from({ length: k }, (_, i): PlainInverse => {
    const found = plainInverseCholesky(values.subarray(i * d * d, (i + 1) * d * d), d);
    if (found === undefined) throw notPositiveDefinite();
    return found;
  });
  return {
    inverses: each.map(({ inverse }) => tf.tensor2d(Float32Array.from(inverse), [d, d])),
    logDeterminants: tf.tensor1d(each.map(({ logDeterminant }) => logDeterminant)),
  };
}

function notPositiveDefinite(cause?: unknown): RangeError {
  return new RangeError("A covariance matrix is not positive definite: add something to its diagonal.", { cause });
}

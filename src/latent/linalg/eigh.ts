import type { Tensor, Tensor1D, Tensor2D } from "@tensorflow/tfjs-node";
import { tf } from "../engine/tf.ts";
import { isNative, runNative } from "./native.ts";
import { plainEigen } from "./plain.ts";

export interface Eigen {
  /** Eigenvalues, largest first, `[d]`, in the units of the matrix. */
  values: Tensor1D;
  /** Eigenvectors `[d, d]`: column i has length 1 and belongs to `values[i]`. Its sign is arbitrary. */
  vectors: Tensor2D;
}

/**
 * Eigenvalues and orthonormal eigenvectors of a symmetric matrix `[d, d]`, **largest eigenvalue first** (the order of
 * principal components; NumPy's `eigh` has the smallest first). float32, by TensorFlow's `SelfAdjointEigV2`, which reads
 * the lower triangle only, or without the native engine by ml-matrix, in float64.
 *
 * @throws RangeError when the matrix is not square or a number is not finite
 */
export function eigh(symmetric: Tensor2D): Eigen {
  const [rows, columns] = symmetric.shape;
  if (rows !== columns) throw new RangeError(`eigh needs a square matrix, got [${rows}, ${columns}].`);
  if (!isNative()) return plainly(symmetric, rows);
  return tf.tidy(() => {
    const [values, vectors] = natively(symmetric);
    return { values: tf.reverse(values as Tensor1D), vectors: tf.reverse(vectors as Tensor2D, 1) };
  });
}

function natively(symmetric: Tensor2D): Tensor[] {
  try {
    return runNative("SelfAdjointEigV2", { compute_v: true }, [symmetric], 2);
  } catch (cause) {
    const bad = symmetric.dataSync().find(value => !Number.isFinite(value));
    if (bad === undefined) throw cause;
    throw new RangeError(`eigh needs finite numbers, got ${bad}.`, { cause });
  }
}

function plainly(symmetric: Tensor2D, n: number): Eigen {
  const { values, vectors } = plainEigen(symmetric.dataSync(), n);
  return { values: tf.tensor1d(Float32Array.from(values)), vectors: tf.tensor2d(Float32Array.from(vectors), [n, n]) };
}

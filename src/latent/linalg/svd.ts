import type { Tensor1D, Tensor2D } from "@tensorflow/tfjs-node";
import { tf } from "../engine/tf.ts";
import { isNative, runNative } from "./native.ts";
import { plainOrthonormal, plainSvd } from "./plain.ts";

export interface Svd {
  /** Left singular vectors `[m, r]`, r = min(m, n); orthonormal columns. */
  u: Tensor2D;
  /** Singular values `[r]`, largest first. */
  s: Tensor1D;
  /** Right singular vectors `[n, r]`; orthonormal columns. */
  v: Tensor2D;
}

/**
 * Thin singular value decomposition of `a` `[m, n]`: `a = u · diag(s) · vᵀ`. float32, by TensorFlow's `Svd`, or
 * without the native engine by ml-matrix, in float64.
 */
export function svd(a: Tensor2D): Svd {
  if (!isNative()) return plainly(a);
  return tf.tidy(() => {
    const [s, u, v] = runNative("Svd", { compute_uv: true, full_matrices: false }, [a], 3);
    return { u: u as Tensor2D, s: s as Tensor1D, v: v as Tensor2D };
  });
}

/**
 * An orthonormal basis `[m, n]` of the space that the columns of `a` `[m, n]` span (m ≥ n, columns independent): the Q of
 * its QR decomposition. float32, by TensorFlow's `Qr`, or without the native engine by ml-matrix, in float64.
 */
export function orthonormal(a: Tensor2D): Tensor2D {
  const [m, n] = a.shape;
  if (!isNative()) return tf.tensor2d(Float32Array.from(plainOrthonormal(a.dataSync(), m, n)), [m, n]);
  return tf.tidy(() => runNative("Qr", { full_matrices: false }, [a], 2)[0] as Tensor2D);
}

function plainly(a: Tensor2D): Svd {
  const [m, n] = a.shape;
  const { u, s, v } = plainSvd(a.dataSync(), m, n);
  const matrix = (values: Float64Array, rows: number): Tensor2D =>
    tf.tensor2d(Float32Array.from(values), [rows, s.length]);
  return { u: matrix(u, m), s: tf.tensor1d(Float32Array.from(s)), v: matrix(v, n) };
}

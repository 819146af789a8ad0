import type { Tensor1D, Tensor2D } from "@tensorflow/tfjs-node";
import { tf } from "../engine/tf.ts";
import { isNative, runNative } from "./native.ts";
import { columnsOf, fromColumns, orthonormalColumns, plainSvd } from "./plain/index.ts";

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
 * without the native engine in plain TypeScript.
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
 * its QR decomposition. float32, by TensorFlow's `Qr`, or without the native engine in plain TypeScript.
 */
export function orthonormal(a: Tensor2D): Tensor2D {
  const [m, n] = a.shape;
  if (!isNative()) return tf.tensor2d(fromColumns(orthonormalColumns(columnsOf(a.dataSync(), m, n))), [m, n]);
  return tf.tidy(() => runNative("Qr", { full_matrices: false }, [a], 2)[0] as Tensor2D);
}

/** A wide matrix is decomposed by way of its transpose: u and v change places. */
function plainly(a: Tensor2D): Svd {
  const [m, n] = a.shape;
  if (m < n) {
    const transposed = tf.transpose(a) as Tensor2D;
    const { u, s, v } = plainly(transposed);
    transposed.dispose();
    return { u: v, s, v: u };
  }
  const { u, s, v } = plainSvd(columnsOf(a.dataSync(), m, n));
  return {
    u: tf.tensor2d(fromColumns(u), [m, n]),
    s: tf.tensor1d(Float32Array.from(s)),
    v: tf.tensor2d(fromColumns(v), [n, n]),
  };
}

import type { Tensor1D, Tensor2D } from "@tensorflow/tfjs-node";
import { tf } from "../engine/tf.ts";
import { runNative } from "./native.ts";

export interface Svd {
  /** Left singular vectors `[m, r]`, r = min(m, n); orthonormal columns. */
  u: Tensor2D;
  /** Singular values `[r]`, largest first. */
  s: Tensor1D;
  /** Right singular vectors `[n, r]`; orthonormal columns. */
  v: Tensor2D;
}

/** Thin singular value decomposition of `a` `[m, n]`: `a = u · diag(s) · vᵀ`. float32, by TensorFlow's `Svd`. */
export function svd(a: Tensor2D): Svd {
  return tf.tidy(() => {
    const [s, u, v] = runNative("Svd", { compute_uv: true, full_matrices: false }, [a], 3);
    return { u: u as Tensor2D, s: s as Tensor1D, v: v as Tensor2D };
  });
}

/**
 * An orthonormal basis `[m, n]` of the space that the columns of `a` `[m, n]` span (m ≥ n, columns independent): the Q of
 * its QR decomposition. float32, by TensorFlow's `Qr`.
 */
export function orthonormal(a: Tensor2D): Tensor2D {
  return tf.tidy(() => runNative("Qr", { full_matrices: false }, [a], 2)[0] as Tensor2D);
}

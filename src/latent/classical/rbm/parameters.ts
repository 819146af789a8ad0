import type { Tensor1D, Tensor2D } from "@tensorflow/tfjs-node";
import { tf } from "../../engine/tf.ts";

/**
 * The parameters of a restricted Boltzmann machine with binary units:
 * `p(v, h) ∝ exp( vᵀ W h + aᵀ v + bᵀ h )`, n visible units v and m hidden units h.
 */
export interface RbmParameters {
  /** W `[n, m]`. */
  weights: Tensor2D;
  /** a `[n]`. */
  visibleBias: Tensor1D;
  /** b `[m]`. */
  hiddenBias: Tensor1D;
}

/**
 * Free energy F(v) = −aᵀv − Σ softplus(b + Wᵀv) of each row of `v` `[k, n]`, `[k]`: p(v) = e^{−F(v)} / Z.
 * Salakhutdinov, Mnih & Hinton 2007, doi:10.1145/1273496.1273596.
 */
export function freeEnergy({ weights, visibleBias, hiddenBias }: RbmParameters, v: Tensor2D): Tensor1D {
  const input = tf.add(tf.matMul(v, weights), hiddenBias);
  return tf.neg(tf.add(tf.sum(tf.mul(v, visibleBias), 1), tf.sum(tf.softplus(input), 1)));
}

import type { Tensor, Tensor2D } from "@tensorflow/tfjs-node";
import { tf } from "../../engine/tf.ts";
import type { Random } from "../../random/random.ts";
import { besselRatioTensor, klToUniformTensor } from "./tensors.ts";

/** Proposals for each draw. Wood's are accepted in two cases of three or more, so none of 16 in 1 draw of 10⁷. */
const PROPOSALS = 16;

export interface WoodDraw {
  /** 1 − w `[b, 1]`, w = µᵀz; differentiable with respect to κ at a fixed proposal, which is **not** the whole gradient. */
  oneMinusCosine: Tensor2D;
  /**
   * log q(w; κ) − log r(w; κ), up to a constant, `[b, 1]`: target over proposal. Its gradient times f(w) is the term
   * that the gradient of E[f(w)] lacks.
   */
  logRatio: Tensor2D;
}

/**
 * The sampler of Ulrich 1984 and Wood 1994 for w = µᵀz, as the hyperspherical VAE uses it (Davidson et al. 2018,
 * algorithm 2), for each κ of `kappa` `[b, 1]`: a proposal that depends on κ, and rejection.
 *
 * Differentiating the accepted draw alone is biased for m ≠ 3 (13 % low at m = 5, κ = 2), because which proposals are
 * accepted depends on κ too. The right gradient of E[f(w)] adds E[ f(w) · ∂ logRatio / ∂κ ] (Naesseth et al. 2017,
 * arXiv:1610.05683). {@link sampleOneMinusCosine} needs no such term.
 */
export function woodProposal(m: number, kappa: Tensor2D, random: Random): WoodDraw {
  const accepted = tf.customGrad(x => ({
    value: tf.tidy(() => firstAccepted(m, x as Tensor2D, random)),
    gradFunc: dy => tf.zerosLike(dy as Tensor),
  }));
  const share = accepted(kappa) as Tensor2D;
  const b = shape(m, kappa);
  const scale = tf.sub(1, tf.mul(tf.sub(1, b), share));
  const y = tf.div(tf.mul(tf.mul(2, b), share), scale) as Tensor2D;
  const logDensity = tf.add(
    tf.neg(tf.mul(kappa, y)),
    tf.mul((m - 3) / 2, tf.log(tf.maximum(tf.mul(y, tf.sub(2, y)), 1e-12))),
  );
  // κ A − KL is the logarithm of the density's normaliser; −κ belongs to −κ y = κ w − κ.
  const logZ = tf.sub(tf.sub(tf.mul(kappa, besselRatioTensor(m, kappa)), klToUniformTensor(m, kappa)), kappa);
  const logStretch = tf.sub(tf.log(b), tf.mul(2, tf.log(scale)));
  return { oneMinusCosine: y, logRatio: tf.add(tf.sub(logDensity, logZ), logStretch) as Tensor2D };
}

/** Wood's b = (m − 1) / (2κ + √(4κ² + (m − 1)²)): 1 at κ = 0, small where the distribution is narrow. */
function shape(m: number, kappa: Tensor2D): Tensor2D {
  const root = tf.sqrt(tf.add(tf.mul(4, tf.square(kappa)), (m - 1) ** 2));
  return tf.div(m - 1, tf.add(tf.mul(2, kappa), root));
}

/**
 * The first accepted of {@link PROPOSALS} draws of Beta((m−1)/2, (m−1)/2), `[b, 1]`. Such a draw is (1 + t)/2 with t a
 * coordinate of a uniform point of S^{m−1}, so normal numbers are all that it needs.
 */
function firstAccepted(m: number, kappa: Tensor2D, random: Random): Tensor2D {
  const [rows] = kappa.shape;
  const points = random.normal([PROPOSALS, rows, m]);
  const first = tf.slice(points, [0, 0, 0], [PROPOSALS, rows, 1]);
  const t = tf.div(first, tf.norm(points, "euclidean", -1, true));
  const share = tf.div(tf.add(1, t), 2); // [proposals, b, 1]
  const b = shape(m, kappa);
  const y = tf.div(tf.mul(tf.mul(2, b), share), tf.sub(1, tf.mul(tf.sub(1, b), share)));
  const mode = tf.div(tf.sub(1, b), tf.add(1, b)); // x₀
  // κ w + (m−1) log(1 − x₀ w) minus the same at x₀, with w = 1 − y
  const gap = tf.sub(tf.sub(1, mode), y);
  const narrowing = tf.div(tf.mul(mode, gap), tf.sub(1, tf.square(mode)));
  const excess = tf.add(tf.mul(kappa, gap), tf.mul(m - 1, tf.log1p(tf.neg(narrowing))));
  const accepted = tf.greaterEqual(excess, tf.log(tf.sub(1, random.uniform([PROPOSALS, rows, 1]))));
  const choice = tf.oneHot(tf.argMax(tf.cast(accepted, "int32"), 0), PROPOSALS, 1, 0, "float32"); // [b, 1, proposals]
  return tf.reshape(tf.sum(tf.mul(tf.transpose(choice, [2, 0, 1]), share), 0), [rows, 1]);
}

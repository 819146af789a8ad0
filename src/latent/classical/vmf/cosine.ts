import type { Tensor, Tensor2D } from "@tensorflow/tfjs-node";
import { tf } from "../../engine/tf.ts";
import type { Random } from "../../random/random.ts";
import { gaussLegendre } from "../quadrature.ts";
import { besselRatioTensor } from "./tensors.ts";
import { woodProposal } from "./wood.ts";

/**
 * Draws 1 − w, where w = µᵀz is the cosine between a von Mises–Fisher variable on S^{m−1} and its mean direction, for
 * each κ of `kappa` `[b, 1]`. The gradient with respect to κ is exact for every m: the one of the inverse distribution
 * function. (1 − w and not w, because for large κ float32 has no digits left for w near 1.)
 *
 * On S² the inverse is a formula: `w = 1 + log(u + (1 − u) e^{−2κ}) / κ`. Elsewhere w comes from Wood's rejection, and
 * its gradient is −∂F/∂κ / q: implicit reparameterisation (Figurnov, Mohamed & Mnih 2018, arXiv:1805.08498).
 */
export function sampleOneMinusCosine(m: number, kappa: Tensor2D, random: Random): Tensor2D {
  if (m === 3) return inverseOnS2(kappa, tf.sub(1, random.uniform(kappa.shape)) as Tensor2D);
  const draw = tf.customGrad((x, save) => {
    const value = woodProposal(m, x as Tensor2D, random).oneMinusCosine;
    (save as (tensors: Tensor[]) => void)([x as Tensor, value]);
    const gradFunc = (dy: Tensor, [k, y]: Tensor[]): Tensor =>
      tf.mul(dy, implicitSlope(m, k as Tensor2D, y as Tensor2D));
    return { value, gradFunc };
  });
  return draw(kappa) as Tensor2D;
}

/** 1 − w on S² from `u` `[b, 1]`, uniform on (0, 1]. */
function inverseOnS2(kappa: Tensor2D, u: Tensor2D): Tensor2D {
  const tail = tf.mul(tf.sub(1, u), tf.exp(tf.mul(-2, kappa)));
  return tf.neg(tf.div(tf.log(tf.add(u, tail)), kappa));
}

/**
 * d(1 − w)/dκ at a fixed value of the distribution function F(w; κ), for `kappa` and `y` = 1 − w of shape `[b, 1]`:
 * (∂F/∂κ) / q(w) with q(t) ∝ (1 − t²)^{(m−3)/2} e^{κt} and ∂F/∂κ = ∫ (t − A_m) q(t) dt from −1 to w. With t = cos θ the
 * integrand is smooth; it is integrated from the pole that is nearer to w, because over the whole sphere it adds up to 0.
 */
export function implicitSlope(m: number, kappa: Tensor2D, y: Tensor2D): Tensor2D {
  return tf.tidy(() => {
    const { nodes, weights } = gaussLegendre(NODES);
    const far = tf.greater(y, 1); // nearer to −µ than to µ
    const sign = tf.where(far, tf.fill(y.shape, -1), tf.onesLike(y));
    const fromPole = tf.maximum(tf.where(far, tf.sub(2, y), y), 1e-7);
    const end = tf.mul(2, tf.asin(tf.sqrt(tf.div(fromPole, 2)))); // the angle at w
    const angle = tf.mul(end, tf.tensor2d([nodes])) as Tensor2D;
    const drop = tf.mul(2, tf.mul(tf.sin(tf.div(tf.sub(end, angle), 2)), tf.sin(tf.div(tf.add(end, angle), 2))));
    const width = tf.mul(m - 2, tf.log(tf.div(tf.sin(angle), tf.sin(end))));
    const logRatio = tf.add(tf.mul(tf.mul(sign, kappa), drop), width); // of q(t) sin θ to q(w) sin θ_w
    const ratio = tf.exp(tf.minimum(logRatio, 60)); // no draw is so unlikely; the bound keeps float32 finite
    const offset = tf.sub(1, tf.mul(sign, besselRatioTensor(m, kappa)));
    const centred = tf.sub(offset, tf.mul(2, tf.square(tf.sin(tf.div(angle, 2))))); // ±(t − A)
    const integral = tf.sum(tf.mul(tf.mul(centred, ratio), tf.tensor2d([weights])), 1, true);
    return tf.neg(tf.mul(tf.mul(integral, end), tf.sin(end))) as Tensor2D;
  });
}

const NODES = 32;

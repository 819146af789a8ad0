import type { Tensor } from "@tensorflow/tfjs-node";
import { tf } from "../../engine/tf.ts";
import { onS2, slopeOnS2 } from "./on-s2.ts";

/** Orders climbed before the asymptotic formula; in float32 twenty are enough for all m ≥ 2. */
const CLIMB = 20;

/**
 * {@link besselRatio} of every element of `kappa`, as tensor operations: for use inside a training step. Its gradient is
 * A′ = 1 − A² − (m − 1) A / κ, in closed form. float32: about 6 digits for κ from 10⁻³ to 10⁵, 3 or more of the gradient for every κ.
 */
export function besselRatioTensor<T extends Tensor>(m: number, kappa: T): T {
  const withGradient = tf.customGrad((x, save) => {
    const { value, deficit } = parts(m, x as Tensor).ratio;
    (save as (tensors: Tensor[]) => void)([x as Tensor, deficit]);
    return { value, gradFunc: (dy: Tensor, saved: Tensor[]) => tf.mul(dy, slope(m, ...(saved as [Tensor, Tensor]))) };
  });
  return withGradient(kappa) as T;
}

/**
 * {@link klToUniform} of every element of `kappa` in nats, as tensor operations. Its gradient is κ A′, in closed form, so
 * no Bessel function is differentiated. float32: absolute error at most about 10⁻⁵ for κ up to 10⁵.
 */
export function klToUniformTensor<T extends Tensor>(m: number, kappa: T): T {
  const withGradient = tf.customGrad((x, save) => {
    const { ratio, kl } = parts(m, x as Tensor);
    (save as (tensors: Tensor[]) => void)([x as Tensor, ratio.deficit]);
    const gradFunc = (dy: Tensor, [k, deficit]: Tensor[]): Tensor =>
      tf.mul(dy, tf.mul(k as Tensor, slope(m, k as Tensor, deficit as Tensor)));
    return { value: kl, gradFunc };
  });
  return withGradient(kappa) as T;
}

/** On S² all of it is a formula. */
const parts = (m: number, kappa: Tensor): { ratio: Ratio; kl: Tensor } => (m === 3 ? onS2(kappa) : climb(m, kappa));

/**
 * A′ = D (2 − D) − (m − 1)(1 − D) / κ with D = 1 − A. Near κ = 0 and for large κ or m that is a small difference of like
 * numbers: there its power series, and the derivative of {@link asymptotic}.
 */
function slope(m: number, kappa: Tensor, deficit: Tensor): Tensor {
  if (m === 3) return slopeOnS2(kappa);
  const spread = tf.div(tf.mul(m - 1, tf.sub(1, deficit)), tf.maximum(kappa, 1e-3));
  const exact = tf.sub(tf.mul(deficit, tf.sub(2, deficit)), spread);
  const series = tf.sub(1 / m, tf.mul(tf.square(kappa), 3 / (m * m * (m + 2))));
  const root = hypot(m / 2 - 1, kappa);
  return tf.where(
    tf.greater(root, FAR),
    asymptoticSlope(m / 2 - 1, root),
    tf.where(tf.less(kappa, 0.05), series, exact),
  );
}

/** From this root on, two corrections give 4 digits or more, which the difference no longer has. */
const FAR = 40;

/** With p = 1 / root and t = v p: A′ = p t / (1 + t) + p² (½ − t²) + p³ (¼ − 23 t² / 8 + 25 t⁴ / 8). */
function asymptoticSlope(v: number, root: Tensor): Tensor {
  const p = tf.div(1, root);
  const t = tf.mul(v, p);
  const t2 = tf.square(t);
  const third = tf.add(0.25, tf.mul(t2, tf.sub(tf.mul(25 / 8, t2), 23 / 8)));
  const rest = tf.add(tf.sub(0.5, t2), tf.mul(p, third));
  return tf.mul(p, tf.add(tf.div(t, tf.add(1, t)), tf.mul(p, rest)));
}

/** A ratio of Bessel functions and 1 minus it: each is kept because near 1 (near 0) the other has lost its digits. */
interface Ratio {
  value: Tensor;
  deficit: Tensor;
}

/**
 * The recurrence of `bessel.ts` in float32. The KL is κ A − (L(κ) − L(0)) with L = log(I_v(κ) / κ^v), v = m/2 − 1, and is
 * put together from terms that are small where it is small: nothing of the size of L is ever subtracted.
 */
function climb(m: number, kappa: Tensor): { ratio: Ratio; kl: Tensor } {
  const top = m / 2 - 1 + CLIMB;
  const root = hypot(top, kappa);
  let ratio = asymptotic(top, kappa, root);
  let growth = debye(top, kappa, root);
  for (let order = top; order > m / 2 - 0.5; order--) {
    const rise = tf.mul(kappa, ratio.value);
    const scale = tf.add(2 * order, rise);
    growth = tf.add(growth, tf.log1p(tf.div(rise, 2 * order)));
    ratio = {
      value: tf.div(kappa, scale),
      deficit: tf.div(tf.sub(2 * order, tf.mul(kappa, ratio.deficit)), scale),
    };
  }
  // κ − (root − top), of which growth holds the rest
  const rest = tf.div(tf.mul(kappa, tf.add(top, tf.div(top * top, tf.add(root, kappa)))), tf.add(root, top));
  return { ratio, kl: tf.sub(tf.sub(rest, tf.mul(kappa, ratio.deficit)), growth) };
}

/** I_{v+1} / I_v for a large order v: Debye's expansions of I′ and I divided by each other, two corrections. */
function asymptotic(v: number, kappa: Tensor, root: Tensor): Ratio {
  const sum = tf.add(root, v);
  const square = tf.square(root);
  const second = tf.div(tf.sub(1, tf.div(5 * v * v, square)), tf.mul(4, root));
  const correction = tf.mul(tf.div(kappa, tf.mul(2, square)), tf.add(1, second));
  const deficit = tf.div(tf.add(v, tf.div(v * v, tf.add(root, kappa))), sum);
  return { value: tf.sub(tf.div(kappa, sum), correction), deficit: tf.add(deficit, correction) };
}

/** L(κ) − L(0) − (root − v) for a large order v by Debye's expansion (DLMF 10.41.3), root = √(v² + κ²). */
function debye(v: number, kappa: Tensor, root: Tensor): Tensor {
  const rise = tf.div(tf.square(kappa), tf.add(root, v)); // root − v
  const power = tf.add(tf.mul(v, tf.log1p(tf.div(rise, 2 * v))), tf.mul(0.5, tf.log1p(tf.div(rise, v))));
  const series = (t: Tensor | number): Tensor => {
    const t2 = tf.square(t);
    const u1 = tf.div(tf.mul(t, tf.sub(3, tf.mul(5, t2))), 24 * v);
    const u2 = tf.div(tf.mul(t2, tf.add(81, tf.mul(t2, tf.sub(tf.mul(385, t2), 462)))), 1152 * v * v);
    return tf.log1p(tf.add(u1, u2));
  };
  return tf.sub(tf.sub(series(tf.div(v, root)), series(1)), power);
}

const hypot = (a: number, b: Tensor): Tensor => tf.sqrt(tf.add(tf.square(b), a * a));

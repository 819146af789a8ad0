import { asymptoticRatio } from "./debye.ts";

/** How many orders the recurrences below climb before an asymptotic formula is good to 15 digits. */
const CLIMB = 80;

/** The ratio of modified Bessel functions A_v(κ) = I_{v+1}(κ) / I_v(κ) and what cannot be had from it without loss. */
export interface Ratio {
  value: number;
  /** 1 − A, which keeps its digits where A is near 1. */
  deficit: number;
  /** κ² dA/dκ. */
  slope: number;
}

/** One step down from order v: the ratio at v − 1. */
interface Step extends Ratio {
  /** dA/dκ; where κ is small, `slope` has lost it. */
  derivative: number;
}

/**
 * A_{v−1} = κ / (2v + κ A_v), downwards, where it is stable (Amos 1974, "Computation of modified Bessel functions and their
 * ratios"), with the same recurrence for 1 − A and its derivative for dA/dκ: nothing is the small difference of large terms.
 */
function down(v: number, kappa: number, { value, deficit, slope }: Ratio): Step {
  const scale = 2 * v + kappa * value;
  const below = kappa / scale;
  return {
    value: below,
    deficit: (2 * v - kappa * deficit) / scale,
    slope: below * below * (2 * v - slope),
    derivative: (2 * v - slope) / scale / scale,
  };
}

/** The ratio at v = m/2 − 1. `visit` is called with each order v on the way and κ A_v there. */
function climb(m: number, kappa: number, visit?: (v: number, rise: number) => void): Step {
  const top = m / 2 - 1 + CLIMB;
  let ratio: Ratio = asymptoticRatio(top, kappa);
  for (let v = top; v > m / 2; v--) {
    visit?.(v, kappa * ratio.value);
    ratio = down(v, kappa, ratio);
  }
  visit?.(m / 2, kappa * ratio.value);
  return down(m / 2, kappa, ratio);
}

/**
 * The mean cosine E[µᵀz] of a von Mises–Fisher variable on the sphere S^{m−1} in m dimensions: the ratio of modified Bessel
 * functions `A_m(κ) = I_{m/2}(κ) / I_{m/2−1}(κ)`. About 14 digits for every m ≥ 2, κ ≥ 0.
 *
 * @throws RangeError when m is no whole number ≥ 2 or κ is no finite number ≥ 0
 */
export function besselRatio(m: number, kappa: number): number {
  expectSphere(m, kappa);
  return climb(m, kappa).value;
}

/** A′_m(κ), the variance of µᵀz: 1/m at κ = 0, about (m − 1) / 2κ² for large κ. About 12 digits. Errors as {@link besselRatio}. */
export function besselRatioSlope(m: number, kappa: number): number {
  expectSphere(m, kappa);
  return climb(m, kappa).derivative;
}

/**
 * `κ A − (L(κ) − L(0))` with L(κ) = log( I_v(κ) / κ^v ), v = m/2 − 1: the divergence of von Mises and Fisher's distribution
 * from the uniform one. Put together from terms that are small where it is small, or of its own size: L itself, which is
 * near κ, does not occur.
 */
export function divergence(m: number, kappa: number): number {
  expectSphere(m, kappa);
  if (kappa < 0.01 * m) return nearUniform(m, kappa * kappa);
  const top = m / 2 - 1 + CLIMB;
  const root = Math.hypot(top, kappa);
  const { logGrowth } = asymptoticRatio(top, kappa);
  let growth = logGrowth; // of I_top(κ) / κ^top, less root − top
  const { value, deficit } = climb(m, kappa, (v, rise) => {
    growth += Math.log1p(rise / (2 * v));
  });
  // κ A − (root − top), from A where that is small and from 1 − A where κ and root nearly cancel
  const low = kappa * value - kappa * (kappa / (root + top));
  const high = (kappa / (root + top)) * (top + (top * top) / (root + kappa)) - kappa * deficit;
  return (kappa < m ? low : high) - growth;
}

/** The first terms of its power series. */
function nearUniform(m: number, square: number): number {
  const [second, third] = [1.5 / (m * (m + 2)), 10 / (3 * m * m * (m + 2) * (m + 4))];
  return (square / (2 * m)) * (1 - square * (second - square * third));
}

export function expectSphere(m: number, kappa: number): void {
  if (!Number.isInteger(m) || m < 2) throw new RangeError(`The sphere lies in m ≥ 2 dimensions, got m = ${m}.`);
  if (!(kappa >= 0 && kappa < Number.POSITIVE_INFINITY)) {
    throw new RangeError(`The concentration κ is a number ≥ 0, got ${kappa}.`);
  }
}

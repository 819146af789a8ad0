/** How many orders the recurrences below climb before an asymptotic formula is good to 12 digits. */
const CLIMB = 80;

/**
 * The ratio of modified Bessel functions `A_m(κ) = I_{m/2}(κ) / I_{m/2−1}(κ)`: the mean cosine E[µᵀz] of a von
 * Mises–Fisher variable on the sphere S^{m−1} in m dimensions. About 12 digits for every m ≥ 2, κ ≥ 0.
 *
 * The recurrence r_{v−1} = κ / (2v + κ r_v) runs downwards, where it is stable (Amos 1974, "Computation of modified
 * Bessel functions and their ratios"), from Debye's expansion at a high order.
 *
 * @throws RangeError when m is no whole number ≥ 2 or κ is negative
 */
export function besselRatio(m: number, kappa: number): number {
  expectSphere(m, kappa);
  let ratio = ratioAt(m / 2 + CLIMB, kappa);
  for (let order = m / 2 + CLIMB; order > m / 2 - 0.5; order--) ratio = kappa / (2 * order + kappa * ratio);
  return ratio;
}

/**
 * `log( I_v(κ) / κ^v )` with v = m/2 − 1: the part of the normaliser of a von Mises–Fisher density that depends on κ.
 * Finite at κ = 0 and free of overflow; about 12 digits.
 *
 * @throws RangeError as {@link besselRatio}
 */
export function logScaledBessel(m: number, kappa: number): number {
  expectSphere(m, kappa);
  const top = m / 2 - 1 + CLIMB;
  let ratio = ratioAt(top, kappa); // I_{top+1} / I_top
  let log = debye(top, kappa);
  for (let order = top; order > m / 2 - 0.5; order--) {
    const scale = 2 * order + kappa * ratio; // I_{order−1} / I_order = scale / κ
    log += Math.log(scale);
    ratio = kappa / scale;
  }
  return log;
}

/** I_{v+1} / I_v for a large order v. */
const ratioAt = (v: number, kappa: number): number => kappa * Math.exp(debye(v + 1, kappa) - debye(v, kappa));

/** `log( I_v(κ) / κ^v )` by Debye's uniform expansion for large v (DLMF 10.41.3), four corrections. */
function debye(v: number, kappa: number): number {
  const root = Math.hypot(v, kappa);
  const t = v / root;
  const u = [
    (t * (3 - 5 * t ** 2)) / 24,
    (t ** 2 * (81 - 462 * t ** 2 + 385 * t ** 4)) / 1152,
    (t ** 3 * (30_375 - 369_603 * t ** 2 + 765_765 * t ** 4 - 425_425 * t ** 6)) / 414_720,
    t ** 4 *
      (4_465_125 - 94_121_676 * t ** 2 + 349_922_430 * t ** 4 - 446_185_740 * t ** 6 + 185_910_725 * t ** 8) *
      (1 / 39_813_120),
  ];
  const series = u.reduce((sum, term, k) => sum + term / v ** (k + 1), 1);
  return root - v * Math.log(v + root) - 0.5 * Math.log(2 * Math.PI * root) + Math.log(series);
}

export function expectSphere(m: number, kappa: number): void {
  if (!Number.isInteger(m) || m < 2) throw new RangeError(`The sphere lies in m ≥ 2 dimensions, got m = ${m}.`);
  if (!(kappa >= 0)) throw new RangeError(`The concentration κ is a number ≥ 0, got ${kappa}.`);
}

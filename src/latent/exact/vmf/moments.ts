import { besselRatio, logScaledBessel } from "./bessel.ts";

/** `log |S^{m−1}|`: the logarithm of the area of the unit sphere in m dimensions. */
export function logSphereArea(m: number): number {
  return Math.LN2 + (m / 2) * Math.log(Math.PI) - logGammaHalf(m);
}

/** `log C_m(κ)`: the density of vMF(µ, κ) at z is `C_m(κ) exp(κ µᵀz)` on the unit sphere in m dimensions. */
export function logNormalizer(m: number, kappa: number): number {
  return -(m / 2) * Math.log(2 * Math.PI) - logScaledBessel(m, kappa);
}

/**
 * KL( vMF(µ, κ) ‖ uniform ) in nats on the unit sphere in m dimensions: `κ A_m(κ) + log C_m(κ) + log |S^{m−1}|`.
 * Davidson et al. 2018, "Hyperspherical variational auto-encoders", arXiv:1804.00891, eq. (14).
 *
 * @throws RangeError when m is no whole number ≥ 2 or κ is negative
 */
export function klToUniform(m: number, kappa: number): number {
  return kappa * besselRatio(m, kappa) + logNormalizer(m, kappa) + logSphereArea(m);
}

/** d KL / dκ = κ A′_m(κ). Errors as {@link klToUniform}. */
export function klSlope(m: number, kappa: number): number {
  return kappa * besselRatioSlope(m, kappa);
}

/** A′_m(κ) = 1 − A² − (m − 1) A / κ: the variance of µᵀz. */
export function besselRatioSlope(m: number, kappa: number): number {
  if (kappa === 0) return 1 / m;
  const a = besselRatio(m, kappa);
  return 1 - a * a - ((m - 1) * a) / kappa;
}

/** Differential entropy of vMF(µ, κ) in nats: `log |S^{m−1}|` at κ = 0. Errors as {@link klToUniform}. */
export function entropy(m: number, kappa: number): number {
  return -kappa * besselRatio(m, kappa) - logNormalizer(m, kappa);
}

/** log Γ(m/2) for whole m ≥ 1, exact up to rounding: from Γ(½) = √π or Γ(1) = 1 upwards. */
function logGammaHalf(m: number): number {
  let log = m % 2 === 1 ? 0.5 * Math.log(Math.PI) : 0;
  for (let x = m % 2 === 1 ? 0.5 : 1; x < m / 2; x++) log += Math.log(x);
  return log;
}

import { besselRatio, besselRatioSlope, divergence } from "./bessel.ts";

/**
 * `log |S^{m−1}|`: the logarithm of the area of the unit sphere in m dimensions.
 *
 * @throws RangeError when m is no whole number ≥ 1
 */
export function logSphereArea(m: number): number {
  if (!Number.isInteger(m) || m < 1) throw new RangeError(`A sphere lies in m ≥ 1 dimensions, got m = ${m}.`);
  return Math.LN2 + (m / 2) * Math.log(Math.PI) - logGammaHalf(m);
}

/**
 * `log C_m(κ)`: the density of vMF(µ, κ) at z is `C_m(κ) exp(κ µᵀz)` on the unit sphere in m dimensions. About −κ for large
 * κ. Errors as {@link klToUniform}.
 */
export function logNormalizer(m: number, kappa: number): number {
  return klToUniform(m, kappa) - kappa * besselRatio(m, kappa) - logSphereArea(m);
}

/**
 * KL( vMF(µ, κ) ‖ uniform ) in nats on the unit sphere in m dimensions: `κ A_m(κ) + log C_m(κ) + log |S^{m−1}|`, without the
 * cancellation of these terms. About 12 digits for every m ≥ 2, κ ≥ 0.
 * Davidson et al. 2018, "Hyperspherical variational auto-encoders", arXiv:1804.00891, eq. (14).
 *
 * @throws RangeError when m is no whole number ≥ 2 or κ is no finite number ≥ 0
 */
export function klToUniform(m: number, kappa: number): number {
  return divergence(m, kappa);
}

/** d KL / dκ = κ A′_m(κ). Errors as {@link klToUniform}. */
export function klSlope(m: number, kappa: number): number {
  return kappa * besselRatioSlope(m, kappa);
}

/** Differential entropy of vMF(µ, κ) in nats: `log |S^{m−1}|` at κ = 0. Errors as {@link klToUniform}. */
export function entropy(m: number, kappa: number): number {
  return logSphereArea(m) - klToUniform(m, kappa);
}

/** log Γ(m/2) for whole m ≥ 1, exact up to rounding: from Γ(½) = √π or Γ(1) = 1 upwards. */
function logGammaHalf(m: number): number {
  let log = m % 2 === 1 ? 0.5 * Math.log(Math.PI) : 0;
  for (let x = m % 2 === 1 ? 0.5 : 1; x < m / 2; x++) log += Math.log(x);
  return log;
}

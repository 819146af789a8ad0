/** Probabilistic PCA fitted by maximum likelihood to data with a known covariance. */
export interface ProbabilisticPca {
  /** σ², the variance of the noise: the mean of the variances that the k components leave. */
  noise: number;
  /** Mean log-likelihood of the data that the covariance was taken of, in nats per example. */
  logLikelihood: number;
  /** Length of each column of W = U (Λ − σ²I)^{1/2}, k numbers. */
  scales: number[];
}

/**
 * Probabilistic PCA `x = W z + µ + ε`, z ~ N(0, I), ε ~ N(0, σ² I), in closed form from the eigenvalues of the covariance.
 * Tipping & Bishop 1999, doi:10.1111/1467-9868.00196, eqs. (7), (8). The evidence bound of a linear VAE reaches this
 * value (Lucas et al. 2019, arXiv:1911.02469).
 *
 * @param variances all d eigenvalues, largest first. (scikit-learn divides the covariance by n − 1, we by n.)
 * @param k components, 0 ≤ k < d
 * @param noise σ²; by default its maximum-likelihood value
 * @throws RangeError when k is out of range, σ² is not positive, or the variances are not numbers from large to small
 */
export function probabilisticPca(variances: ArrayLike<number>, k: number, noise?: number): ProbabilisticPca {
  const d = variances.length;
  if (!Number.isInteger(k) || k < 0 || k >= d) throw new RangeError(`k is 0 to ${d - 1} here, got ${k}.`);
  const all = Array.from(variances);
  const slack = 1e-5 * Math.abs(all[0] as number); // float32 eigenvalues of like size may change places
  const wrong = all.findIndex((value, i) => !(Number.isFinite(value) && value <= (all[i - 1] ?? value) + slack));
  if (wrong >= 0) {
    throw new RangeError(`The variances are numbers, from large to small: number ${wrong} is ${all[wrong]}.`);
  }
  const tail = all.slice(k).reduce((sum, value) => sum + value, 0);
  const sigma2 = noise ?? tail / (d - k);
  if (!(sigma2 > 0)) throw new RangeError(`The noise needs a variance above 0, got ${sigma2}: take fewer components.`);
  const kept = all.slice(0, k).map(value => Math.max(value, sigma2)); // a direction below the noise has W = 0
  const logDeterminant = kept.reduce((sum, value) => sum + Math.log(value), 0) + (d - k) * Math.log(sigma2);
  const trace = kept.reduce((sum, value, i) => sum + (all[i] as number) / value, 0) + tail / sigma2;
  return {
    noise: sigma2,
    logLikelihood: -0.5 * (d * Math.log(2 * Math.PI) + logDeterminant + trace),
    scales: kept.map(value => Math.sqrt(value - sigma2)),
  };
}

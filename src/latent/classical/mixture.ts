import type { Tensor1D, Tensor2D, Tensor3D } from "@tensorflow/tfjs-node";
import { tf } from "../engine/tf.ts";
import { rowsOf } from "./frame.ts";
import { type Covariances, estimateMoments, logGaussians } from "./gaussians.ts";
import { kMeans, memberships } from "./kmeans.ts";
import { columnScales, commonScale, type Scales, standardized } from "./scales.ts";

export interface MixtureOptions {
  /** Number of Gaussians. */
  components: number;
  /** `full`: any ellipsoid; `diagonal`: axes along the coordinates; `spherical`: one variance a component. */
  covariance: "full" | "diagonal" | "spherical";
  /** Fixes the first responsibilities (k-means). */
  seed: number;
  /**
   * Most iterations of EM.
   *
   * @defaultValue 100
   */
  iterations?: number;
  /**
   * EM ends when the mean log-likelihood rises by less, in nats per example.
   *
   * @defaultValue 0.001
   */
  tolerance?: number;
  /**
   * Added to every variance, in squared units of the data.
   *
   * @defaultValue 10⁻⁴ of the variance of each column; for `spherical`, of their mean
   */
  regularization?: number;
}

export interface Mixture {
  /** Share of each component, `[k]`. */
  weights: Tensor1D;
  /** `[k, d]`. */
  means: Tensor2D;
  /** `[k, d, d]` if full, `[k, d]` if diagonal, `[k]` if spherical. */
  covariances: Covariances["values"];
  /** Mean log-likelihood of the examples after each iteration, in nats. Without regularization it never falls. */
  history: number[];
  /** Log-density in nats of each row of `x` `[·, d]`. */
  logDensity(x: Tensor2D): Tensor1D;
  /** Probability of each component for each row of `x`, `[·, k]`. */
  responsibilities(x: Tensor2D): Tensor2D;
  /** Frees weights, means and covariances. */
  dispose(): void;
}

interface Parameters {
  logWeights: Tensor1D;
  means: Tensor2D;
  covariances: Covariances;
}

/** Of the data's variance. Less, and float32 finds covariances of correlated columns not positive definite. */
const REGULARIZATION = 1e-4;

/**
 * A mixture of Gaussians fitted to `x` `[n, d]` by expectation maximisation, from the clusters of k-means.
 * Dempster, Laird & Rubin 1977, doi:10.1111/j.2517-6161.1977.tb01600.x. Where the data lie and how large they are, or for
 * `full` and `diagonal` how large each column is, makes no difference.
 *
 * @throws RangeError when there are more components than examples, x holds NaN or infinity, or a component collapses onto
 * a point or a plane: raise `regularization`
 */
export function gaussianMixture(x: Tensor2D, options: MixtureOptions): Mixture {
  const { components, covariance, seed, iterations = 100, tolerance = 1e-3, regularization } = options;
  expectSensible(options);
  const rows = rowsOf(x, "x");
  const clusters = kMeans(x, { clusters: components, seed, restarts: 1 });
  const scales = covariance === "spherical" ? commonScale(rows) : columnScales(rows);
  const fit: Fit = {
    ...{ kind: covariance, scales, x: standardized(rows, scales) },
    extra: tf.tensor1d(
      scales.scale.map(s => (regularization === undefined ? REGULARIZATION : regularization / (s * s))),
    ),
  };
  const first = memberships(clusters.labels, components);
  const { parameters, history } = expectationMaximization(fit, first, iterations, tolerance);
  clusters.dispose();
  tf.dispose([fit.x, fit.extra]);
  return fitted(parameters, history, scales);
}

function expectSensible({ covariance, regularization, iterations = 1 }: MixtureOptions): void {
  if (!["full", "diagonal", "spherical"].includes(covariance)) {
    throw new RangeError(`covariance is "full", "diagonal" or "spherical", got ${JSON.stringify(covariance)}.`);
  }
  if (regularization !== undefined && !(regularization >= 0 && regularization < Number.POSITIVE_INFINITY)) {
    throw new RangeError(`regularization is a number from 0, got ${regularization}.`);
  }
  if (!Number.isInteger(iterations) || iterations < 1) {
    throw new RangeError(`iterations is a whole number from 1, got ${iterations}.`);
  }
}

/** What is fitted, to which standardised data. */
interface Fit {
  kind: Covariances["kind"];
  scales: Scales;
  /** `[n, d]`. */
  x: Tensor2D;
  /** Added to the variances, `[d]`. */
  extra: Tensor1D;
}

function expectationMaximization(
  fit: Fit,
  first: Tensor2D,
  iterations: number,
  tolerance: number,
): { parameters: Parameters; history: number[] } {
  let parameters = maximize(fit, first);
  first.dispose();
  const history: number[] = [];
  for (let iteration = 0; iteration < iterations; iteration++) {
    const { responsibilities, logLikelihood } = expect(fit, parameters);
    history.push(logLikelihood);
    const settled = logLikelihood - (history.at(-2) ?? Number.NEGATIVE_INFINITY) < tolerance;
    if (!settled) {
      tf.dispose([parameters.logWeights, parameters.means, parameters.covariances.values]);
      parameters = maximize(fit, responsibilities);
    }
    responsibilities.dispose();
    if (settled) break;
  }
  return { parameters, history };
}

function fitted(parameters: Parameters, history: number[], scales: Scales): Mixture {
  const within = (x: Tensor2D): Tensor2D => standardized(rowsOf(x, "x"), scales);
  const shown = {
    weights: tf.tidy(() => tf.exp(parameters.logWeights)),
    means: inUnits(parameters.means, scales),
    covariances: tf.tidy(() => covariancesInUnits(parameters.covariances, scales)),
  };
  const { logWeights, means, covariances } = parameters;
  return {
    ...shown,
    history,
    dispose: () => tf.dispose([...Object.values(shown), logWeights, means, covariances.values]),
    logDensity: x => tf.tidy(() => tf.sub(tf.logSumExp(joint(within(x), parameters), 1), scales.logVolume)),
    responsibilities: x => tf.tidy(() => tf.softmax(joint(within(x), parameters))),
  };
}

/** In float64, because a centre far away leaves float32 no digits for the sum on the way. */
function inUnits(means: Tensor2D, { centre, scale }: Scales): Tensor2D {
  const d = centre.length;
  const values = means.dataSync().map((value, i) => value * (scale[i % d] as number) + (centre[i % d] as number));
  return tf.tensor2d(values, means.shape);
}

function covariancesInUnits({ kind, values }: Covariances, { scale }: Scales): Covariances["values"] {
  const squares = tf.tensor1d(scale.map(s => s * s));
  if (kind === "diagonal") return tf.mul(values, squares) as Tensor2D;
  if (kind === "spherical") return tf.mul(values, tf.slice(squares, 0, 1)) as Tensor1D;
  const [rows, columns] = [tf.tensor2d(scale, [scale.length, 1]), tf.tensor2d(scale, [1, scale.length])];
  return tf.mul(tf.mul(values, rows), columns) as Tensor3D;
}

/** log p(x, component), `[n, k]`. */
function joint(x: Tensor2D, { logWeights, means, covariances }: Parameters): Tensor2D {
  return tf.add(logGaussians(x, means, covariances), logWeights);
}

function expect({ x, scales }: Fit, parameters: Parameters): { responsibilities: Tensor2D; logLikelihood: number } {
  const [responsibilities, mean] = tf.tidy(() => {
    const log = joint(x, parameters);
    return [tf.softmax(log), tf.mean(tf.logSumExp(log, 1))];
  });
  const [logLikelihood] = mean.dataSync() as Float32Array;
  mean.dispose();
  if (!Number.isFinite(logLikelihood)) {
    throw new RangeError("A component has collapsed onto a point or a plane: raise `regularization` or take fewer.");
  }
  return { responsibilities, logLikelihood: (logLikelihood as number) - scales.logVolume };
}

function maximize({ kind, x, extra }: Fit, responsibilities: Tensor2D): Parameters {
  const [logWeights, means, values] = tf.tidy(() => {
    const counts: Tensor1D = tf.maximum(tf.sum(responsibilities, 0), 1e-6);
    const { means, values } = estimateMoments(kind, x, responsibilities, counts, extra);
    return [tf.log(tf.div(counts, x.shape[0])) as Tensor1D, means, values];
  });
  return { logWeights, means, covariances: { kind, values } as Covariances };
}

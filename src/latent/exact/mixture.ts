import type { Tensor1D, Tensor2D } from "@tensorflow/tfjs-node";
import { tf } from "../engine/tf.ts";
import { type Covariances, estimateCovariances, logGaussians } from "./gaussians.ts";
import { kMeans, memberships } from "./kmeans.ts";

export interface MixtureOptions {
  /** Number of Gaussians. */
  components: number;
  /** `full`: any ellipsoid; `diagonal`: axes along the coordinates; `spherical`: one variance a component. */
  covariance: "full" | "diagonal" | "spherical";
  /** Fixes the first responsibilities (k-means). */
  seed: number;
  /** Most iterations of EM. 100 without it. */
  iterations?: number;
  /** EM ends when the mean log-likelihood rises by less, in nats per example. 10⁻³ without it. */
  tolerance?: number;
  /** Added to every variance, in squared units of the data. 10⁻⁴ without it: float32 needs more than 10⁻⁶. */
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
}

interface Parameters {
  logWeights: Tensor1D;
  means: Tensor2D;
  covariances: Covariances;
}

/**
 * A mixture of Gaussians fitted to `x` `[n, d]` by expectation maximisation, from the clusters of k-means.
 * Dempster, Laird & Rubin 1977, doi:10.1111/j.2517-6161.1977.tb01600.x.
 *
 * @throws RangeError when there are more components than examples
 * @throws Error from TensorFlow's Cholesky decomposition when a full covariance degenerates; raise `regularization`
 */
export function gaussianMixture(x: Tensor2D, options: MixtureOptions): Mixture {
  const { components, seed, iterations = 100, tolerance = 1e-3 } = options;
  const clusters = kMeans(x, { clusters: components, seed, restarts: 1 });
  clusters.centroids.dispose();
  const first = memberships(clusters.labels, components);
  let parameters = maximize(x, first, options);
  first.dispose();
  const history: number[] = [];
  for (let iteration = 0; iteration < iterations; iteration++) {
    const { responsibilities, logLikelihood } = expect(x, parameters);
    history.push(logLikelihood);
    if (logLikelihood - (history.at(-2) ?? Number.NEGATIVE_INFINITY) < tolerance) {
      responsibilities.dispose();
      break;
    }
    tf.dispose([parameters.logWeights, parameters.means, parameters.covariances.values]);
    parameters = maximize(x, responsibilities, options);
    responsibilities.dispose();
  }
  return fitted(parameters, history);
}

function fitted(parameters: Parameters, history: number[]): Mixture {
  return {
    weights: tf.tidy(() => tf.exp(parameters.logWeights)),
    means: parameters.means,
    covariances: parameters.covariances.values,
    history,
    logDensity: x => tf.tidy(() => tf.logSumExp(joint(x, parameters), 1)),
    responsibilities: x => tf.tidy(() => tf.softmax(joint(x, parameters))),
  };
}

/** log p(x, component), `[n, k]`. */
function joint(x: Tensor2D, { logWeights, means, covariances }: Parameters): Tensor2D {
  return tf.add(logGaussians(x, means, covariances), logWeights);
}

function expect(x: Tensor2D, parameters: Parameters): { responsibilities: Tensor2D; logLikelihood: number } {
  const [responsibilities, mean] = tf.tidy(() => {
    const log = joint(x, parameters);
    return [tf.softmax(log), tf.mean(tf.logSumExp(log, 1))];
  });
  const [logLikelihood] = mean.dataSync();
  mean.dispose();
  return { responsibilities, logLikelihood: logLikelihood as number };
}

function maximize(x: Tensor2D, responsibilities: Tensor2D, options: MixtureOptions): Parameters {
  const { covariance, regularization = 1e-4 } = options;
  const [logWeights, means, values] = tf.tidy(() => {
    const counts: Tensor1D = tf.maximum(tf.sum(responsibilities, 0), 1e-6);
    const means: Tensor2D = tf.div(tf.matMul(responsibilities, x, true), tf.expandDims(counts, 1));
    const values = estimateCovariances(covariance, x, responsibilities, means, counts, regularization);
    return [tf.log(tf.div(counts, x.shape[0])) as Tensor1D, means, values];
  });
  return { logWeights, means, covariances: { kind: covariance, values } as Covariances };
}

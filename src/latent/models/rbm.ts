import type { Scalar, Tensor1D, Tensor2D, Variable } from "@tensorflow/tfjs-node";
import { freeEnergy, type RbmParameters } from "../classical/rbm/parameters.ts";
import { tf } from "../engine/tf.ts";
import { expectKeys, type Keys } from "../options/keys.ts";
import type { Random } from "../random/random.ts";
import { expectSizes } from "./dense.ts";
import { initial } from "./initial.ts";
import { average } from "./losses.ts";

/** A restricted Boltzmann machine with binary units: n visible, m hidden. Its parameters are variables. */
export interface Rbm extends RbmParameters {
  /** p(h = 1 | v), `[k, m]` from `[k, n]`: exact, the hidden units are independent given the visible ones. */
  hiddenGiven(v: Tensor2D): Tensor2D;
  /** p(v = 1 | h), `[k, n]` from `[k, m]`. */
  visibleGiven(h: Tensor2D): Tensor2D;
  /** `gibbsSteps` steps of Gibbs sampling from each row of `v`: hidden units, then visible ones. Binary, `[k, n]`. */
  gibbs(v: Tensor2D, random: Random, gibbsSteps: number): Tensor2D;
  /** Mean F(data) − F(sample): its gradient, `sample` held fixed, is minus the statistics' difference that CD follows. */
  energyGap(data: Tensor2D, sample: Tensor2D): Scalar;
  variables: Variable[];
  /** Frees the variables; the machine cannot be used any more. */
  dispose(): void;
}

export interface RbmOptions {
  visible: number;
  hidden: number;
  /** Fixes the first weights: normal, standard deviation 0.01 (Hinton 2010, "A practical guide", section 8). */
  seed: number;
}

/** A restricted Boltzmann machine (Smolensky 1986; Hinton 2002, doi:10.1162/089976602760128018). */
export function rbm({ visible, hidden, seed }: RbmOptions): Rbm {
  expectSizes([visible, hidden]);
  const make = initial(seed);
  return rbmOf(make.normal([visible, hidden], 0.01), make.constant([visible], 0), make.constant([hidden], 0));
}

/** A restricted Boltzmann machine of given variables: `weights` `[n, m]` and biases `[n]`, `[m]`. */
export function rbmOf(weights: Variable, visibleBias: Variable, hiddenBias: Variable): Rbm {
  const parameters = { weights, visibleBias, hiddenBias } as unknown as RbmParameters;
  const { weights: w, visibleBias: a, hiddenBias: b } = parameters;
  const hiddenGiven = (v: Tensor2D): Tensor2D => tf.tidy(() => tf.sigmoid(tf.add(tf.matMul(v, w), b)));
  const visibleGiven = (h: Tensor2D): Tensor2D => tf.tidy(() => tf.sigmoid(tf.add(tf.matMul(h, w, false, true), a)));
  const gibbs = (v: Tensor2D, random: Random, gibbsSteps: number): Tensor2D =>
    tf.tidy(() => {
      let sample = v;
      for (let step = 0; step < gibbsSteps; step++) {
        sample = random.bernoulli(visibleGiven(random.bernoulli(hiddenGiven(sample))));
      }
      return sample.clone();
    });
  const energyGap = (data: Tensor2D, sample: Tensor2D): Scalar =>
    tf.tidy(() => tf.sub(average(freeEnergy(parameters, data)), average(freeEnergy(parameters, sample))));
  const variables = [weights, visibleBias, hiddenBias];
  const dispose = (): void => tf.dispose(variables);
  return { ...parameters, hiddenGiven, visibleGiven, gibbs, energyGap, variables, dispose };
}

/** Means over examples that the gradient of log p compares between data and model. */
export interface Statistics {
  /** E[v hᵀ] `[n, m]`. */
  weights: Tensor2D;
  /** E[v] `[n]`. */
  visibleBias: Tensor1D;
  /** E[h] `[m]`. */
  hiddenBias: Tensor1D;
}

/** The statistics of the rows of `v` `[k, n]`, hidden units at their probabilities. */
export function statistics({ hiddenGiven }: Rbm, v: Tensor2D): Statistics {
  const [weights, visibleBias, hiddenBias] = tf.tidy(() => {
    const h = hiddenGiven(v);
    return [
      tf.div(tf.matMul(v, h, true), v.shape[0]) as Tensor2D,
      tf.mean(v, 0) as Tensor1D,
      tf.mean(h, 0) as Tensor1D,
    ];
  });
  return { weights, visibleBias, hiddenBias };
}

export interface ContrastiveOptions {
  /**
   * Steps of Gibbs sampling: the k of CD-k.
   *
   * @defaultValue 1
   */
  gibbsSteps?: number;
  /** Step length of the parameters; a compiled step takes it as a tensor, so that it can change. */
  learningRate: number | Scalar;
  random: Random;
}

const KEYS: Keys<ContrastiveOptions> = { gibbsSteps: true, learningRate: true, random: true };
const RENAMED = { steps: "gibbsSteps", k: "gibbsSteps", rate: "learningRate" };

/**
 * One step of contrastive divergence, CD-k: the chain starts at the data (Hinton 2002). Changes the variables.
 *
 * @returns mean squared difference of data and chain, summed over the units of an example: falls, but is no likelihood
 */
export function contrastiveStep(model: Rbm, data: Tensor2D, options: ContrastiveOptions): Scalar {
  expectKeys(options, "contrastiveStep", KEYS, RENAMED);
  const { gibbsSteps = 1, learningRate, random } = options;
  return tf.tidy(() => {
    const sample = model.gibbs(data, random, gibbsSteps);
    ascend(model, data, sample, learningRate);
    return average(tf.sum(tf.squaredDifference(data, sample), 1));
  });
}

/**
 * One step of persistent contrastive divergence: the chain goes on from where it was, in the variable `chain` `[k, n]`.
 * Tieleman 2008, doi:10.1145/1390156.1390290. Changes `chain` and the model's variables.
 *
 * @returns mean F(data) − F(chain), 0 on average when the model fits
 */
export function persistentStep(model: Rbm, data: Tensor2D, chain: Variable, options: ContrastiveOptions): Scalar {
  expectKeys(options, "persistentStep", KEYS, RENAMED);
  const { gibbsSteps = 1, learningRate, random } = options;
  return tf.tidy(() => {
    const sample = model.gibbs(chain as unknown as Tensor2D, random, gibbsSteps);
    const gap = model.energyGap(data, sample);
    ascend(model, data, sample, learningRate);
    chain.assign(sample);
    return gap;
  });
}

/**
 * Parameters += learning rate · (statistics of the data − statistics of the sample). Added to the weights one product after
 * the other, which a compiled step does as it computes them: that of the weights is by far the largest tensor, and each pass
 * over it counts.
 */
function ascend(model: Rbm, data: Tensor2D, sample: Tensor2D, learningRate: number | Scalar): void {
  const [weights, visibleBias, hiddenBias] = model.variables as [Variable, Variable, Variable];
  const [up, down] = [data, sample].map(({ shape: [rows] }) => tf.div(learningRate, rows)) as [Scalar, Scalar];
  const raised = tf.mul(model.hiddenGiven(data), up) as Tensor2D;
  const lowered = tf.mul(model.hiddenGiven(sample), tf.neg(down)) as Tensor2D;
  const visibleChange = tf.sub(tf.mul(tf.sum(data, 0), up), tf.mul(tf.sum(sample, 0), down));
  weights.assign(tf.add(tf.add(weights, tf.matMul(data, raised, true)), tf.matMul(sample, lowered, true)));
  visibleBias.assign(tf.add(visibleBias, visibleChange));
  hiddenBias.assign(tf.add(hiddenBias, tf.add(tf.sum(raised, 0), tf.sum(lowered, 0))));
}

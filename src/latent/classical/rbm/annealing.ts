import type { Tensor1D, Tensor2D } from "@tensorflow/tfjs-node";
import { tf } from "../../engine/tf.ts";
import type { Random } from "../../random/random.ts";
import { read } from "../read.ts";
import type { RbmParameters } from "./parameters.ts";

export interface AnnealingOptions {
  /** Inverse temperatures from 0 to 1, rising. {@link annealingSchedule} makes them. */
  temperatures: readonly number[];
  /**
   * Independent chains.
   *
   * @defaultValue 100
   */
  chains?: number;
  random: Random;
  /**
   * Visible biases a₀ `[n]` of the machine without weights at which the chains start. Those of {@link dataBias} bring chains
   * for images far sooner to where the machine's probability is.
   *
   * @defaultValue zeros
   */
  baseBias?: Tensor1D;
}

export interface AnnealedEstimate {
  /** Estimate of log Z. */
  logPartition: number;
  /** log Z ± 3 standard errors of Z: from `low` to `high`. `low` is −∞ where the error exceeds the estimate. */
  low: number;
  high: number;
}

/**
 * log Z of a restricted Boltzmann machine by annealed importance sampling: chains go from a machine without weights, whose Z
 * is known, to this one. Neal 2001, doi:10.1023/A:1008923215028; Salakhutdinov & Murray 2008,
 * doi:10.1145/1390156.1390266.
 *
 * @throws RangeError when the temperatures do not rise from 0 to 1
 */
export function annealedLogPartition(rbm: RbmParameters, options: AnnealingOptions): AnnealedEstimate {
  const { temperatures, chains = 100, random } = options;
  expectSchedule(temperatures);
  const [visible, hidden] = rbm.weights.shape;
  const base = options.baseBias ?? tf.zeros([visible]);
  let v: Tensor2D = tf.tidy(() => random.bernoulli(tf.tile(tf.expandDims(tf.sigmoid(base), 0), [chains, 1])));
  let logWeights: Tensor1D = tf.zeros([chains]);
  for (let i = 1; i < temperatures.length; i++) {
    const [next, sum] = tf.tidy(() => {
      const [from, to] = [temperatures[i - 1] as number, temperatures[i] as number];
      const step = tf.sub(logUnnormalized(rbm, base, v, to), logUnnormalized(rbm, base, v, from));
      return [gibbs(rbm, base, v, to, random), tf.add(logWeights, step) as Tensor1D];
    });
    tf.dispose([v, logWeights]);
    [v, logWeights] = [next, sum];
  }
  const [logs, start] = read(() => [logWeights, tf.sum(tf.softplus(base))]) as [Float32Array, Float32Array];
  tf.dispose(v);
  if (!options.baseBias) base.dispose();
  return summarize(Array.from(logs), (start[0] as number) + hidden * Math.LN2);
}

/** Biases `[n]` of independent units with the means of `data` `[k, n]`, kept off 0 and 1 as by five more examples of each. */
export function dataBias(data: Tensor2D): Tensor1D {
  const pseudo = 5;
  return tf.tidy(() => {
    const on = tf.add(tf.sum(data, 0), pseudo);
    return tf.sub(tf.log(on), tf.log(tf.sub(data.shape[0] + 2 * pseudo, on)));
  });
}

/** log p*(v) at inverse temperature β: (1 − β) a₀ᵀv + β aᵀv + Σ softplus(β (b + Wᵀv)). */
function logUnnormalized(rbm: RbmParameters, base: Tensor1D, v: Tensor2D, beta: number): Tensor1D {
  const input = tf.mul(beta, tf.add(tf.matMul(v, rbm.weights), rbm.hiddenBias));
  return tf.add(tf.sum(tf.mul(v, between(base, rbm.visibleBias, beta)), 1), tf.sum(tf.softplus(input), 1));
}

/** One step of Gibbs sampling of the machine at β: hidden units, then visible ones. */
function gibbs(rbm: RbmParameters, base: Tensor1D, v: Tensor2D, beta: number, random: Random): Tensor2D {
  const input = tf.mul(beta, tf.add(tf.matMul(v, rbm.weights), rbm.hiddenBias));
  const h = random.bernoulli(tf.sigmoid(input));
  const back = tf.mul(beta, tf.matMul(h, rbm.weights, false, true));
  return random.bernoulli(tf.sigmoid(tf.add(back, between(base, rbm.visibleBias, beta))) as Tensor2D);
}

const between = (base: Tensor1D, bias: Tensor1D, beta: number): Tensor1D =>
  tf.add(tf.mul(1 - beta, base), tf.mul(beta, bias));

function summarize(logs: number[], start: number): AnnealedEstimate {
  const most = Math.max(...logs);
  const weights = logs.map(log => Math.exp(log - most));
  const mean = weights.reduce((sum, w) => sum + w, 0) / weights.length;
  const variance = weights.reduce((sum, w) => sum + (w - mean) ** 2, 0) / Math.max(1, weights.length - 1);
  const error = 3 * Math.sqrt(variance / weights.length);
  const log = (z: number): number => start + most + (z > 0 ? Math.log(z) : Number.NEGATIVE_INFINITY);
  return { logPartition: log(mean), low: log(mean - error), high: log(mean + error) };
}

/**
 * Inverse temperatures for {@link annealedLogPartition}: `count` of them, closer together towards 1, in the proportions of
 * Salakhutdinov & Murray's programs (1/29 of the steps up to 0.5, 8/29 up to 0.9, 20/29 up to 1).
 */
export function annealingSchedule(count: number): number[] {
  const parts = [
    [0, 0.5, 1 / 29],
    [0.5, 0.9, 8 / 29],
    [0.9, 1, 20 / 29],
  ] as const;
  const rising = parts.flatMap(([from, to, share]) => {
    const steps = Math.max(1, Math.round(share * count));
    return Array.from({ length: steps }, (_, i) => from + ((to - from) * i) / steps);
  });
  return [...rising, 1];
}

function expectSchedule(temperatures: readonly number[]): void {
  const rises = temperatures.every((beta, i) => i === 0 || beta > (temperatures[i - 1] as number));
  if (!rises || temperatures[0] !== 0 || temperatures.at(-1) !== 1) {
    throw new RangeError("The temperatures must rise from 0 to 1; annealingSchedule(1000) makes such a list.");
  }
}

import type { Tensor1D, Tensor2D } from "@tensorflow/tfjs-node";
import { tf } from "../../engine/tf.ts";
import { read } from "../read.ts";
import { freeEnergy, type RbmParameters } from "./parameters.ts";

/** More binary units than this cannot be enumerated in a lesson: 2²⁰ states take seconds, each unit more doubles that. */
const MOST_UNITS = 20;
/** Entries of the largest matrix at once: 64 MB. */
const CHUNK = 2 ** 24;

/**
 * log Z of a restricted Boltzmann machine, exact: the sum over all 2^k states of the smaller layer, the other layer summed
 * in closed form. float32 in the parts, float64 in the sum: about 6 digits.
 *
 * @throws RangeError when both layers have more than 20 units; estimate it with {@link annealedLogPartition}
 */
export function exactLogPartition(rbm: RbmParameters): number {
  const [visible, hidden] = rbm.weights.shape;
  const units = Math.min(visible, hidden);
  if (units > MOST_UNITS) {
    throw new RangeError(
      `2^${units} states are too many to enumerate (at most 2^${MOST_UNITS}); annealedLogPartition estimates log Z.`,
    );
  }
  const machine = hidden <= visible ? withLayersExchanged(rbm) : rbm;
  const rows = Math.min(2 ** units, Math.max(1, 2 ** Math.floor(Math.log2(CHUNK / Math.max(visible, hidden)))));
  const logs: number[] = [];
  for (let first = 0; first < 2 ** units; first += rows) {
    const [log] = read(() => [tf.logSumExp(tf.neg(freeEnergy(machine, binaryStates(first, rows, units))))]);
    logs.push(log?.[0] as number);
  }
  if (machine !== rbm) machine.weights.dispose();
  const most = Math.max(...logs);
  return most + Math.log(logs.reduce((sum, log) => sum + Math.exp(log - most), 0));
}

/** The same machine with its layers exchanged: log Z is the same. */
function withLayersExchanged({ weights, visibleBias, hiddenBias }: RbmParameters): RbmParameters {
  return { weights: tf.transpose(weights), visibleBias: hiddenBias, hiddenBias: visibleBias };
}

/** The binary digits of `first`, `first` + 1, …, one number a row, lowest digit first: `[count, units]`. */
export function binaryStates(first: number, count: number, units: number): Tensor2D {
  return tf.tidy(() => {
    const numbers: Tensor2D = tf.expandDims(tf.range(first, first + count, 1, "int32"), 1);
    const digits = tf.tensor1d(
      Array.from({ length: units }, (_, i) => 2 ** i),
      "int32",
    );
    return tf.cast(tf.mod(tf.floorDiv(numbers, digits), 2), "float32") as Tensor2D;
  });
}

/** log p(v) in nats of each row of `v` `[k, n]`, `[k]`, given log Z, exact or estimated. */
export function logProbability(rbm: RbmParameters, v: Tensor2D, logPartition: number): Tensor1D {
  return tf.tidy(() => tf.sub(tf.neg(freeEnergy(rbm, v)), logPartition));
}

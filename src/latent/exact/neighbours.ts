import type { Tensor2D } from "@tensorflow/tfjs-node";
import { tf } from "../engine/tf.ts";
import { read } from "./read.ts";

/** Entries of the largest matrix that are held at once: 64 MB. */
const CHUNK = 2 ** 24;

/** The nearest rows of each row, the row itself first. */
export interface Neighbours {
  /** `[n][k]`. */
  indices: number[][];
  /** Euclidean distances in the units of the data, rising, `[n][k]`. */
  distances: number[][];
}

/**
 * The k nearest rows of `among` `[n, d]` for each row of `x` `[q, d]` by Euclidean distance: exact, by comparing all.
 *
 * @throws RangeError when k is not between 1 and n
 */
export function nearestNeighbours(x: Tensor2D, among: Tensor2D, k: number): Neighbours {
  const [n] = among.shape;
  const [q, d] = x.shape;
  if (!Number.isInteger(k) || k < 1 || k > n)
    throw new RangeError(`${n} examples have 1 to ${n} neighbours, got ${k}.`);
  const result: Neighbours = { indices: [], distances: [] };
  const rows = Math.max(1, Math.floor(CHUNK / Math.max(n, k * d)));
  for (let start = 0; start < q; start += rows) {
    const [values, indices] = read(() => {
      const part: Tensor2D = tf.slice(x, [start, 0], [Math.min(rows, q - start), d]);
      const squares = tf.add(tf.sum(tf.square(part), 1, true), tf.sum(tf.square(among), 1));
      const { indices } = tf.topk(tf.sub(tf.mul(2, tf.matMul(part, among, false, true)), squares), k);
      // The distances again, as differences: those from the squares lose their digits where they are small.
      const near = tf.reshape(tf.gather(among, tf.reshape(indices, [-1])), [-1, k, d]);
      return [tf.sqrt(tf.sum(tf.squaredDifference(near, tf.expandDims(part, 1)), 2)), indices];
    });
    for (let i = 0; i < (values as Float32Array).length; i += k) {
      result.indices.push(Array.from((indices as Int32Array).subarray(i, i + k)));
      result.distances.push(Array.from((values as Float32Array).subarray(i, i + k)));
    }
  }
  return result;
}

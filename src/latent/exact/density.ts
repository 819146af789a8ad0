import type { Tensor1D, Tensor2D } from "@tensorflow/tfjs-node";
import { tf } from "../engine/tf.ts";

/** Entries of the distance matrix that are held at once: 64 MB. */
const CHUNK = 2 ** 24;

/**
 * Log-density in nats at each row of `x` `[q, d]` of a kernel density estimate: the mean of Gaussians of standard
 * deviation `bandwidth` about every row of `examples` `[n, d]` (Rosenblatt 1956, Parzen 1962). `[q]`.
 *
 * @param bandwidth in the units of the data
 * @throws RangeError when the bandwidth is not positive or the rows have different lengths
 */
export function kernelLogDensity(examples: Tensor2D, x: Tensor2D, bandwidth: number): Tensor1D {
  const [n, d] = examples.shape;
  const [q] = x.shape;
  if (!(bandwidth > 0)) throw new RangeError(`A bandwidth is a number above 0, got ${bandwidth}.`);
  if (x.shape[1] !== d) throw new RangeError(`The examples have ${d} entries and the points ${x.shape[1]}.`);
  const constant = Math.log(n) + d * Math.log(bandwidth * Math.sqrt(2 * Math.PI));
  const rows = Math.max(1, Math.floor(CHUNK / n));
  return tf.tidy(() => {
    const parts: Tensor1D[] = [];
    for (let start = 0; start < q; start += rows) {
      const part: Tensor2D = tf.slice(x, [start, 0], [Math.min(rows, q - start), d]);
      parts.push(tf.tidy(() => logMeanKernel(examples, part, bandwidth)));
    }
    return tf.sub(tf.concat1d(parts), constant);
  });
}

/** log Σ exp(−|x − e|² / 2h²) for each row of `x`. */
function logMeanKernel(examples: Tensor2D, x: Tensor2D, bandwidth: number): Tensor1D {
  const squares = tf.add(tf.sum(tf.square(x), 1, true), tf.sum(tf.square(examples), 1));
  const distances = tf.relu(tf.sub(squares, tf.mul(2, tf.matMul(x, examples, false, true))));
  return tf.logSumExp(tf.div(distances, -2 * bandwidth * bandwidth), 1);
}

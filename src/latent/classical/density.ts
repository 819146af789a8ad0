import type { Tensor, Tensor1D, Tensor2D } from "@tensorflow/tfjs-node";
import { tf } from "../engine/tf.ts";
import { type Rows, rowsOf } from "./frame.ts";
import { type Near, nearestOf } from "./neighbours.ts";
import { type Distances, visitDistances } from "./pairs.ts";

/**
 * Log-density in nats at each row of `x` `[q, d]` of a kernel density estimate: the mean of Gaussians of standard
 * deviation `bandwidth` about every row of `examples` `[n, d]` (Rosenblatt 1956, Parzen 1962). `[q]`. Right to the last
 * digits of float32 wherever the data lie and however narrow the kernels are. Differentiable in both, in float32.
 *
 * @param bandwidth in the units of the data
 * @throws RangeError when the bandwidth is not a positive number, the rows have different lengths, or a number is not
 * finite
 */
export function kernelLogDensity(examples: Tensor2D, x: Tensor2D, bandwidth: number): Tensor1D {
  if (!(bandwidth > 0 && bandwidth < Number.POSITIVE_INFINITY)) {
    throw new RangeError(`A bandwidth is a number above 0, got ${bandwidth}.`);
  }
  const [kernels, points] = [rowsOf(examples, "examples"), rowsOf(x, "x")];
  if (points.d !== kernels.d) {
    throw new RangeError(`The examples have ${kernels.d} entries and the points ${points.d}.`);
  }
  const density = tf.customGrad((x, examples, save) => {
    (save as (tensors: Tensor[]) => void)([x as Tensor, examples as Tensor]);
    const gradFunc = (dy: Tensor, [at, about]: Tensor[]): Tensor[] =>
      slopes(dy as Tensor1D, at as Tensor2D, about as Tensor2D, bandwidth);
    return { value: tf.tensor1d(logDensities(kernels, points, bandwidth)), gradFunc };
  });
  return density(x, examples) as Tensor1D;
}

function logDensities(kernels: Rows, points: Rows, bandwidth: number): Float32Array {
  const { n, d } = kernels;
  const constant = Math.log(n) + d * Math.log(bandwidth * Math.sqrt(2 * Math.PI));
  const likely = (Math.sqrt(d) + 6) / (d + 6); // Higham & Mary 2019, doi:10.1137/18M1226312
  const densities = new Float32Array(points.n);
  visitDistances(points, kernels, distances => {
    densities[distances.row] = logSum(distances, 2 * bandwidth * bandwidth, likely) - constant;
  });
  return densities;
}

/** Gradients for the points and for the examples, `dy` being that of the densities: each pair pulls by its share. */
function slopes(dy: Tensor1D, x: Tensor2D, examples: Tensor2D, bandwidth: number): Tensor[] {
  return tf.tidy(() => {
    const centre = tf.mean(examples, 0);
    const [at, about] = [tf.sub(x, centre) as Tensor2D, tf.sub(examples, centre) as Tensor2D];
    const products = tf.matMul(at, about, false, true);
    const closeness = tf.sub(products, tf.div(tf.sum(tf.square(about), 1), 2));
    const shares = tf.mul(tf.softmax(tf.div(closeness, bandwidth ** 2)), tf.expandDims(dy, 1)) as Tensor2D;
    const pull = tf.sub(tf.matMul(shares, about), tf.mul(tf.expandDims(dy, 1), at));
    const back = tf.sub(tf.matMul(shares, at, true), tf.mul(tf.expandDims(tf.sum(shares, 0), 1), about));
    return [tf.div(pull, bandwidth ** 2), tf.div(back, bandwidth ** 2)];
  });
}

/** What the error of one term may add to the logarithm, in nats. */
const TOLERANCE = 3e-6;

/**
 * log Σ exp(−|x − e|² / 2h²). A term that is large enough to count and whose estimate is not good enough is measured
 * exactly. `likely`: share of the largest possible error that rounding errors, which have both signs, come to in practice.
 */
function logSum(distances: Distances, width: number, likely: number): number {
  const { estimates, errors, exact } = distances;
  const [{ square: nearest }] = nearestOf(distances, 1) as [Near];
  let sum = 0;
  for (let j = 0; j < estimates.length; j++) {
    const error = (likely * (errors[j] as number)) / width;
    let excess = ((estimates[j] as number) - nearest) / width;
    if (error > TOLERANCE && Math.min(1, error) * Math.exp(error - excess) > TOLERANCE) {
      excess = (exact(j) - nearest) / width;
    }
    sum += Math.exp(-excess);
  }
  return Math.log(sum) - nearest / width;
}

import type { Tensor1D, Tensor2D, Tensor3D } from "@tensorflow/tfjs-node";
import { tf } from "../engine/tf.ts";
import { uniform } from "../train/random.ts";
import { read } from "./read.ts";
import { type Data, spreadOut } from "./spread.ts";

export interface KMeansOptions {
  /** Number of clusters. */
  clusters: number;
  /** Fixes the first centroids. */
  seed: number;
  /** Runs from different first centroids; the one with the least inertia is kept. 10 without it. */
  restarts?: number;
  /** Most iterations of a run. 300 without it. */
  iterations?: number;
}

export interface KMeans {
  /** `[clusters, d]`. */
  centroids: Tensor2D;
  /** The cluster of each example, n numbers. */
  labels: Int32Array;
  /** Sum of the squared distances of all examples to their centroid. */
  inertia: number;
  /** The inertia at each iteration of the run that was kept. It never rises. */
  history: number[];
  /** The cluster of each row of `x` `[·, d]`. */
  assign(x: Tensor2D): Int32Array;
}

/**
 * k-means: Lloyd's algorithm (1957, published 1982, doi:10.1109/TIT.1982.1056489) from k-means++ centroids (Arthur &
 * Vassilvitskii 2007), until no example changes its cluster. All restarts run side by side, as one matrix product.
 *
 * @param x examples `[n, d]`
 * @throws RangeError when there are more clusters than examples
 */
export function kMeans(x: Tensor2D, { clusters, seed, restarts = 10, iterations = 300 }: KMeansOptions): KMeans {
  const [n] = x.shape;
  if (!Number.isInteger(clusters) || clusters < 1 || clusters > n) {
    throw new RangeError(`${n} examples make 1 to ${n} clusters, got ${clusters}.`);
  }
  const data: Data = { x, squares: tf.tidy(() => tf.sum(tf.square(x), 1, true)) };
  let centroids = spreadOut(data, clusters, restarts, uniform(seed));
  let labels: Int32Array = new Int32Array(0);
  const history: number[][] = Array.from({ length: restarts }, () => []);
  for (let iteration = 0; iteration < iterations; iteration++) {
    const next = assignAll(data, centroids);
    for (const [restart, inertia] of next.inertias.entries()) history[restart]?.push(inertia);
    const settled = labels.length > 0 && next.labels.every((label, i) => label === labels[i]);
    labels = next.labels;
    if (settled) break;
    const moved = means(x, next, centroids);
    centroids.dispose();
    centroids = moved;
  }
  data.squares.dispose();
  return bestOf({ centroids, labels, history });
}

/** All restarts; `labels` `[n · restarts]` has the restarts of an example side by side. */
interface Runs {
  centroids: Tensor3D;
  labels: Int32Array;
  history: number[][];
}

function bestOf({ centroids: all, labels, history }: Runs): KMeans {
  const restarts = history.length;
  const inertias = history.map(values => values.at(-1) as number);
  const best = inertias.indexOf(Math.min(...inertias));
  const centroids = tf.tidy(() => tf.squeeze(tf.slice(all, [best, 0, 0], [1, -1, -1]), [0]) as Tensor2D);
  all.dispose();
  const own = (history[best] as number[]).slice();
  while (own.length > 2 && own.at(-1) === own.at(-2)) own.pop(); // it waited for the other restarts
  return {
    centroids,
    labels: labels.filter((_, i) => i % restarts === best),
    inertia: inertias[best] as number,
    history: own,
    assign: x => read(() => [tf.argMax(closeness(x, centroids), 1)])[0] as Int32Array,
  };
}

interface Assignment {
  labels: Int32Array;
  /** Squared distance of each example to its centroid, in the order of `labels`. */
  distances: Float32Array;
  inertias: number[];
}

/** xᵀc − |c|²/2 of each example and centroid, `[n, centroids]`: largest for the nearest. */
function closeness(x: Tensor2D, centroids: Tensor2D): Tensor2D {
  return tf.sub(tf.matMul(x, centroids, false, true), tf.div(tf.sum(tf.square(centroids), 1), 2));
}

function assignAll({ x, squares }: Data, centroids: Tensor3D): Assignment {
  const [restarts, clusters, d] = centroids.shape;
  const [labels, distances] = read(() => {
    const scores = tf.reshape(closeness(x, tf.reshape(centroids, [-1, d])), [-1, restarts, clusters]);
    const distances = tf.relu(tf.sub(squares, tf.mul(2, tf.max(scores, 2))));
    return [tf.argMax(scores, 2), distances];
  }) as [Int32Array, Float32Array];
  const inertias = new Array<number>(restarts).fill(0);
  for (let i = 0; i < distances.length; i++) {
    inertias[i % restarts] = (inertias[i % restarts] as number) + (distances[i] as number); // in float64
  }
  return { labels, distances, inertias };
}

/** The mean of each cluster of each restart, `[restarts, clusters, d]`. */
function means(x: Tensor2D, { labels, distances }: Assignment, centroids: Tensor3D): Tensor3D {
  const [restarts, clusters] = centroids.shape;
  const sizes = new Float32Array(restarts * clusters);
  const slot = (i: number): number => (i % restarts) * clusters + (labels[i] as number);
  for (let i = 0; i < labels.length; i++) sizes[slot(i)] = (sizes[slot(i)] as number) + 1;
  for (let empty = sizes.indexOf(0); empty >= 0; empty = sizes.indexOf(0)) {
    const far = farthest(distances, Math.floor(empty / clusters), restarts, i => (sizes[slot(i)] as number) > 1);
    sizes[slot(far)] = (sizes[slot(far)] as number) - 1;
    labels[far] = empty % clusters;
    sizes[empty] = 1;
  }
  return tf.tidy(() => {
    const members = tf.reshape(memberships(labels, clusters), [-1, restarts * clusters]) as Tensor2D;
    const sums = tf.matMul(members, x, true);
    return tf.reshape(tf.div(sums, tf.tensor2d(sizes, [restarts * clusters, 1])), centroids.shape);
  });
}

/**
 * The example of a restart that is farthest from its centroid, of those that `mayMove`: where a cluster that lost all its
 * examples starts again. A cluster's only example stays, else the search for empty clusters would not end.
 */
function farthest(distances: Float32Array, restart: number, restarts: number, mayMove: (i: number) => boolean): number {
  let [best, most] = [restart, -1];
  for (let i = restart; i < distances.length; i += restarts) {
    if ((distances[i] as number) > most && mayMove(i)) [best, most] = [i, distances[i] as number];
  }
  return best;
}

/** The clusters of `labels` as a matrix `[n, clusters]` of zeros and ones. */
export function memberships(labels: Int32Array, clusters: number): Tensor2D {
  return tf.tidy(() => {
    const own: Tensor1D = tf.tensor1d(labels, "int32");
    return tf.cast(tf.equal(tf.expandDims(own, 1), tf.range(0, clusters, 1, "int32")), "float32") as Tensor2D;
  });
}

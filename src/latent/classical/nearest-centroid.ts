import type { Tensor2D, Tensor3D } from "@tensorflow/tfjs-node";
import { runOps } from "../compile/native.ts";
import { ownOperations } from "../compile/own-operations.ts";
import { tf } from "../engine/tf.ts";
import { read } from "./read.ts";

/** Examples in their frame. */
export interface Data {
  /** `[n, d]`. */
  x: Tensor2D;
  /** The squared length of each, `[n, 1]`. */
  squares: Tensor2D;
  /** What `x` and `squares` hold. */
  values: Float32Array;
  lengths: Float32Array;
}

export interface Assignment {
  /** `[n · restarts]`, the restarts of an example side by side. */
  labels: Int32Array;
  /** Squared distance of each example to its centroid, in the order of `labels`. */
  distances: Float64Array;
  /** Sum of the distances of each restart. */
  inertias: number[];
}

/** An estimate whose error may be a larger share of it than this is not used. */
const SHARE = 1e-4;
/** Of the squares that a distance is the difference of: what float32 may lose. */
const LOSS = 2 ** -21;

/** So many columns at most are quicker, or as quick, to subtract than to multiply. */
const DIRECT = 64;

/** Whether distances of these rows are sums of squared differences, by an operation of ours: no digits are lost then. */
export function isDirect({ shape }: Tensor2D): boolean {
  return shape[1] <= DIRECT && ownOperations();
}

/**
 * The nearest of `centroids` `[restarts, clusters, d]` for each example and restart: by a matrix product, and in float64
 * where an example is so near, compared with its length, that the product has lost the digits.
 */
export function assignAll(data: Data, centroids: Tensor3D): Assignment {
  return isDirect(data.x) ? bySubtraction(data, centroids) : byProduct(data, centroids);
}

function bySubtraction({ x }: Data, centroids: Tensor3D): Assignment {
  const [restarts, clusters, d] = centroids.shape;
  const attributes = { group: { int: clusters } };
  const [labels, estimates] = read(() => runOps("LatentNearest", attributes, [x, tf.reshape(centroids, [-1, d])], 2));
  const distances = new Float64Array(estimates as Float32Array);
  const inertias = Array.from({ length: restarts }, (_, restart) => {
    let sum = 0;
    for (let i = restart; i < distances.length; i += restarts) sum += distances[i] as number;
    return sum;
  });
  return { labels: labels as Int32Array, distances, inertias };
}

function byProduct(data: Data, centroids: Tensor3D): Assignment {
  const [restarts, clusters, d] = centroids.shape;
  const [labels, estimates] = read(() => {
    const flat = tf.reshape(centroids, [-1, d]) as Tensor2D;
    const halves = tf.div(tf.sum(tf.square(flat), 1), 2);
    const closeness = tf.sub(tf.matMul(data.x, flat, false, true), halves); // largest for the nearest
    const scores = tf.reshape(closeness, [-1, restarts, clusters]);
    const own = tf.argMax(scores, 2);
    return [own, tf.sub(data.squares, tf.mul(2, tf.max(scores, 2)))];
  }) as [Int32Array, Float32Array];
  const distances = new Float64Array(estimates);
  const points = centroids.dataSync() as Float32Array;
  const inertias = new Array<number>(restarts).fill(0);
  for (let i = 0; i < distances.length; i++) {
    const row = Math.floor(i / restarts);
    const restart = i % restarts;
    if (!((distances[i] as number) * SHARE > 4 * (data.lengths[row] as number) * LOSS)) {
      const first = restart * clusters;
      const { label, distance } = nearest(data.values, row, points, first, clusters, d);
      labels[i] = label;
      distances[i] = distance;
    }
    inertias[restart] = (inertias[restart] as number) + (distances[i] as number);
  }
  return { labels, distances, inertias };
}

/** The nearest of `clusters` rows of `points` from row `first` on. */
function nearest(values: Float32Array, row: number, points: Float32Array, first: number, clusters: number, d: number) {
  let [label, distance] = [0, Number.POSITIVE_INFINITY];
  for (let cluster = 0; cluster < clusters; cluster++) {
    let sum = 0;
    for (let column = 0, p = row * d, q = (first + cluster) * d; column < d; column++, p++, q++) {
      const difference = (values[p] as number) - (points[q] as number);
      sum += difference * difference;
    }
    if (sum < distance) [label, distance] = [cluster, sum];
  }
  return { label, distance };
}

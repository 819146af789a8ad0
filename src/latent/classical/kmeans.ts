import type { Tensor1D, Tensor2D, Tensor3D } from "@tensorflow/tfjs-node";
import { runOp } from "../compile/native.ts";
import { ownOperations } from "../compile/own-operations.ts";
import { tf } from "../engine/tf.ts";
import { uniform } from "../random/uniform.ts";
import { type Frame, frameOf, placed, type Rows, rowsOf, unframed } from "./frame.ts";
import { type Assignment, assignAll, type Data } from "./nearest-centroid.ts";
import { spreadOut } from "./spread.ts";

export interface KMeansOptions {
  /** Number of clusters. */
  clusters: number;
  /** Fixes the first centroids. */
  seed: number;
  /**
   * Runs from different first centroids; the one with the least inertia is kept.
   *
   * @defaultValue 10
   */
  restarts?: number;
  /**
   * Most iterations of a run.
   *
   * @defaultValue 300
   */
  iterations?: number;
}

export interface KMeans {
  /** `[clusters, d]`. */
  centroids: Tensor2D;
  /** The cluster of each example, n numbers: that of the nearest of `centroids`. */
  labels: Int32Array;
  /** Sum of the squared distances of all examples to their centroid. */
  inertia: number;
  /** The inertia at each iteration of the run that was kept. It never rises. */
  history: number[];
  /** The cluster of each row of `x` `[·, d]`. */
  assign(x: Tensor2D): Int32Array;
  /** Frees the centroids. */
  dispose(): void;
}

/**
 * k-means: Lloyd's algorithm (1957, published 1982, doi:10.1109/TIT.1982.1056489) from k-means++ centroids (Arthur &
 * Vassilvitskii 2007), until no example changes its cluster. All restarts run side by side, as one matrix product. Where
 * the data lie and how large they are makes no difference.
 *
 * @param x examples `[n, d]`
 * @throws RangeError when there are more clusters than examples, restarts or iterations are no whole number ≥ 1, or x
 * holds NaN or infinity
 */
export function kMeans(x: Tensor2D, { clusters, seed, restarts = 10, iterations = 300 }: KMeansOptions): KMeans {
  const rows = rowsOf(x, "x");
  if (!Number.isInteger(clusters) || clusters < 1 || clusters > rows.n) {
    throw new RangeError(`${rows.n} examples make 1 to ${rows.n} clusters, got ${clusters}.`);
  }
  for (const [name, value] of Object.entries({ restarts, iterations })) {
    if (!Number.isInteger(value) || value < 1) throw new RangeError(`${name} is a whole number from 1, got ${value}.`);
  }
  const frame = frameOf(rows);
  const data = dataOf(rows, frame);
  const runs = run(data, spreadOut(data, clusters, restarts, uniform(seed)), iterations);
  tf.dispose([data.x, data.squares]);
  return bestOf(runs, frame);
}

function dataOf(rows: Rows, frame: Frame): Data {
  const { x, squares } = placed(rows, frame);
  const lengths = new Float32Array(squares);
  return { x, squares: tf.tensor2d(lengths, [rows.n, 1]), values: x.dataSync() as Float32Array, lengths };
}

/** All restarts; `labels` `[n · restarts]` has the restarts of an example side by side. */
interface Runs {
  centroids: Tensor3D;
  labels: Int32Array;
  history: number[][];
}

function run(data: Data, first: Tensor3D, iterations: number): Runs {
  const history: number[][] = Array.from({ length: first.shape[0] }, () => []);
  let centroids = first;
  for (let iteration = 0, before: Int32Array | undefined; ; iteration++) {
    const now = assignAll(data, centroids);
    now.inertias.forEach((inertia, restart) => {
      history[restart]?.push(inertia);
    });
    // the labels are always those of the centroids that are returned
    const settled = before !== undefined && areEqual(now.labels, before);
    if (settled || iteration === iterations) return { centroids, labels: now.labels, history };
    const moved = means(data.x, now, centroids);
    centroids.dispose();
    centroids = moved;
    before = now.labels;
  }
}

function areEqual(a: Int32Array, b: Int32Array): boolean {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

function columnOf(labels: Int32Array, columns: number, column: number): Int32Array {
  const picked = new Int32Array(labels.length / columns);
  for (let i = 0, at = column; i < picked.length; i++, at += columns) picked[i] = labels[at] as number;
  return picked;
}

function bestOf({ centroids: all, labels, history }: Runs, { centre, scale }: Frame): KMeans {
  const restarts = history.length;
  const inertias = history.map(values => values.at(-1) as number);
  const best = inertias.indexOf(Math.min(...inertias));
  const unit = scale * scale;
  const framed = tf.tidy(() => tf.squeeze(tf.slice(all, [best, 0, 0], [1, -1, -1]), [0]) as Tensor2D);
  all.dispose();
  const own = (history[best] as number[]).map(inertia => inertia * unit);
  while (own.length > 2 && own.at(-1) === own.at(-2)) own.pop(); // it waited for the other restarts
  const centroids = unframed(framed, { centre, scale });
  return {
    centroids,
    labels: columnOf(labels, restarts, best),
    inertia: (inertias[best] as number) * unit,
    history: own,
    assign: x => assign(x, framed, { centre, scale }),
    dispose: () => tf.dispose([centroids, framed]),
  };
}

/** As the run itself assigns: in the frame, where no digits are lost. */
function assign(x: Tensor2D, framed: Tensor2D, frame: Frame): Int32Array {
  const rows = rowsOf(x, "x");
  const [clusters, d] = framed.shape;
  if (rows.d !== d) throw new RangeError(`The centroids have ${d} entries and the rows ${rows.d}.`);
  const data = dataOf(rows, frame);
  const all = tf.reshape(framed, [1, clusters, d]) as Tensor3D;
  const { labels } = assignAll(data, all);
  tf.dispose([data.x, data.squares, all]);
  return labels;
}

/** The mean of each cluster of each restart, `[restarts, clusters, d]`. */
function means(x: Tensor2D, assignment: Assignment, centroids: Tensor3D): Tensor3D {
  const [restarts, clusters] = centroids.shape;
  const labels = assignment.labels.slice(); // some may move to a cluster that lost all its examples
  const { distances } = assignment;
  const sizes = new Float32Array(restarts * clusters);
  const slot = (i: number): number => (i % restarts) * clusters + (labels[i] as number);
  for (let i = 0; i < labels.length; i++) sizes[slot(i)] = (sizes[slot(i)] as number) + 1;
  for (let empty = sizes.indexOf(0); empty >= 0; empty = sizes.indexOf(0)) {
    const far = farthest(distances, Math.floor(empty / clusters), restarts, i => (sizes[slot(i)] as number) > 1);
    sizes[slot(far)] = (sizes[slot(far)] as number) - 1;
    labels[far] = empty % clusters;
    sizes[empty] = 1;
  }
  if (ownOperations()) {
    const groups = tf.tensor2d(labels, [labels.length / restarts, restarts], "int32");
    const moved = runOp("LatentGroupMeans", { count: { int: clusters } }, [x, groups]);
    groups.dispose();
    return moved as Tensor3D;
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
function farthest(distances: Float64Array, restart: number, restarts: number, mayMove: (i: number) => boolean): number {
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

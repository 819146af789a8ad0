import type { Tensor2D, Tensor3D } from "@tensorflow/tfjs-node";
import { runOp } from "../compile/native.ts";
import { tf } from "../engine/tf.ts";
import { type Data, isDirect } from "./nearest-centroid.ts";
import { read } from "./read.ts";

/**
 * First centroids of k-means for each of `restarts` runs, `[restarts, clusters, d]`: k-means++ (Arthur & Vassilvitskii
 * 2007) draws each with a probability proportional to its squared distance from those before; of 2 + log(clusters) such
 * draws the best is kept, as the authors advise.
 */
export function spreadOut(data: Data, clusters: number, restarts: number, random: () => number): Tensor3D {
  const [n, d] = data.x.shape;
  const chosen = Array.from({ length: restarts }, () => [Math.floor(n * random())]);
  const candidates = 2 + Math.floor(Math.log(clusters));
  let nearest = distancesTo(data, chosen.flat());
  for (let cluster = 1; cluster < clusters; cluster++) {
    const drawn = draw(nearest, restarts, candidates, random);
    const options = distancesTo(data, drawn);
    const best = bestOf(nearest, options, restarts, candidates);
    nearest = nearest.map((distance, i) => {
      const option = Math.floor(i / restarts) * restarts * candidates + (best[i % restarts] as number);
      return Math.min(distance, options[option] as number);
    });
    for (const [restart, rows] of chosen.entries()) rows.push(drawn[best[restart] as number] as number);
  }
  return tf.tidy(() => tf.reshape(tf.gather(data.x, tf.tensor1d(chosen.flat(), "int32")), [restarts, clusters, d]));
}

/** Squared distances of all examples to each of `rows`, `[n, rows]`. */
function distancesTo({ x, squares: own }: Data, rows: number[]): Float32Array {
  const [distances] = read(() => {
    const points: Tensor2D = tf.gather(x, tf.tensor1d(rows, "int32"));
    if (isDirect(x)) return [runOp("LatentDistances", {}, [x, points])];
    const squares = tf.add(own, tf.sum(tf.square(points), 1));
    return [tf.relu(tf.sub(squares, tf.mul(2, tf.matMul(x, points, false, true))))];
  });
  return distances as Float32Array;
}

/** For each restart the column of `options` `[n, restarts · candidates]` that leaves the least potential. */
function bestOf(nearest: Float32Array, options: Float32Array, restarts: number, candidates: number): number[] {
  const columns = restarts * candidates;
  const left = new Float64Array(columns);
  for (let i = 0; i < options.length; i++) {
    const column = i % columns;
    const own = nearest[((i - column) / columns) * restarts + Math.floor(column / candidates)] as number;
    left[column] = (left[column] as number) + Math.min(own, options[i] as number);
  }
  return Array.from({ length: restarts }, (_, restart) => {
    const own = left.subarray(restart * candidates, (restart + 1) * candidates);
    return restart * candidates + own.indexOf(Math.min(...own));
  });
}

/** `candidates` examples for each restart, with probability proportional to `weights` `[n, restarts]`. */
function draw(weights: Float32Array, restarts: number, candidates: number, random: () => number): number[] {
  const n = weights.length / restarts;
  const drawn: number[] = [];
  for (let restart = 0; restart < restarts; restart++) {
    const sums = new Float64Array(n);
    let total = 0;
    for (let i = 0; i < n; i++) {
      total += weights[i * restarts + restart] as number;
      sums[i] = total;
    }
    for (let j = 0; j < candidates; j++)
      drawn.push(total > 0 ? above(sums, random() * total) : Math.floor(n * random()));
  }
  return drawn;
}

/** The first index whose sum exceeds `level`. */
function above(sums: Float64Array, level: number): number {
  let [low, high] = [0, sums.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sums[middle] as number) > level) high = middle;
    else low = middle + 1;
  }
  return low;
}

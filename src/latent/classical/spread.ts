import type { Tensor2D, Tensor3D } from "@tensorflow/tfjs-node";
import { tf } from "../engine/tf.ts";
import type { Data } from "./nearest-centroid.ts";
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
  let nearest = tf.tidy(() => distancesTo(data, chosen.flat()));
  for (let cluster = 1; cluster < clusters; cluster++) {
    const drawn = draw(nearest.dataSync() as Float32Array, restarts, candidates, random);
    const { best, left } = keepBest(data, nearest, drawn, candidates);
    nearest.dispose();
    nearest = left;
    for (const [restart, rows] of chosen.entries()) {
      rows.push(drawn[restart * candidates + (best[restart] as number)] as number);
    }
  }
  nearest.dispose();
  return tf.tidy(() => tf.reshape(tf.gather(data.x, tf.tensor1d(chosen.flat(), "int32")), [restarts, clusters, d]));
}

/** Squared distances of all examples to each of `rows`, `[n, rows]`. */
function distancesTo({ x, squares: own }: Data, rows: number[]): Tensor2D {
  const points: Tensor2D = tf.gather(x, tf.tensor1d(rows, "int32"));
  const squares = tf.add(own, tf.sum(tf.square(points), 1));
  return tf.relu(tf.sub(squares, tf.mul(2, tf.matMul(x, points, false, true))));
}

/** For each restart the candidate that leaves the least potential, and the distances `[n, restarts]` that it leaves. */
function keepBest(
  data: Data,
  nearest: Tensor2D,
  drawn: number[],
  candidates: number,
): { best: Int32Array; left: Tensor2D } {
  const [n, restarts] = nearest.shape;
  const [best, left] = tf.tidy(() => {
    const distances = tf.reshape(distancesTo(data, drawn), [n, restarts, candidates]);
    const options = tf.minimum(distances, tf.expandDims(nearest, 2));
    const best = tf.argMin(tf.sum(options, 0), 1);
    const chosen = tf.oneHot(best, candidates, 1, 0, "float32"); // [restarts, candidates], candidates ≥ 2
    return [best, tf.sum(tf.mul(options, chosen), 2) as Tensor2D];
  });
  return { best: read(() => [best])[0] as Int32Array, left };
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

import type { Tensor2D, Tensor3D } from "@tensorflow/tfjs-node";
import { runOp, runOps } from "../compile/native.ts";
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
  const elect = isDirect(data.x) ? electAtOnce : electByProduct;
  let nearest = distancesTo(data, chosen.flat());
  for (let cluster = 1; cluster < clusters; cluster++) {
    const drawn = draw(nearest, restarts, candidates, random);
    const { best, left } = elect(data, drawn, nearest, candidates);
    nearest = left;
    for (let restart = 0; restart < restarts; restart++) {
      chosen[restart]?.push(drawn[restart * candidates + (best[restart] as number)] as number);
    }
  }
  return tf.tensor3d(rowsAt(data, chosen.flat()), [restarts, clusters, d]);
}

/** The examples at `rows`, one after the other: copied here, which is quicker than to ask the engine for a few of them. */
function rowsAt({ values, x }: Data, rows: readonly number[]): Float32Array {
  const d = x.shape[1];
  const picked = new Float32Array(rows.length * d);
  rows.forEach((row, i) => {
    picked.set(values.subarray(row * d, (row + 1) * d), i * d);
  });
  return picked;
}

/** Squared distances of all examples to each of `rows`, `[n, rows]`. */
function distancesTo(data: Data, rows: readonly number[]): Float32Array {
  const { x, squares: own } = data;
  const [distances] = read(() => {
    const points: Tensor2D = tf.tensor2d(rowsAt(data, rows), [rows.length, x.shape[1]]);
    if (isDirect(x)) return [runOp("LatentDistances", {}, [x, points])];
    const squares = tf.add(own, tf.sum(tf.square(points), 1));
    return [tf.relu(tf.sub(squares, tf.mul(2, tf.matMul(x, points, false, true))))];
  });
  return distances as Float32Array;
}

interface Election {
  /** Which of its candidates each restart takes: the one that leaves the least sum of distances. */
  best: ArrayLike<number>;
  /** Squared distances of all examples to the nearest centroid with it, `[n, restarts]`. */
  left: Float32Array;
}

function electAtOnce(data: Data, drawn: number[], nearest: Float32Array, candidates: number): Election {
  const [n, d] = data.x.shape;
  const [best, left] = read(() => {
    const points = tf.tensor2d(rowsAt(data, drawn), [drawn.length, d]);
    const before = tf.tensor2d(nearest, [n, drawn.length / candidates]);
    return runOps("LatentElection", { candidates: { int: candidates } }, [data.x, points, before], 2);
  });
  return { best: best as Int32Array, left: left as Float32Array };
}

function electByProduct(data: Data, drawn: number[], nearest: Float32Array, candidates: number): Election {
  const options = distancesTo(data, drawn);
  const best = bestOf(nearest, options, drawn.length / candidates, candidates);
  const restarts = best.length;
  const left = new Float32Array(nearest.length);
  for (let at = 0; at < left.length; at++) {
    const option = at * candidates + (best[at % restarts] as number);
    left[at] = Math.min(nearest[at] as number, options[option] as number);
  }
  return { best, left };
}

/** For each restart which of its columns of `options` `[n, restarts · candidates]` leaves the least sum of distances. */
function bestOf(nearest: Float32Array, options: Float32Array, restarts: number, candidates: number): number[] {
  const left = new Float64Array(restarts * candidates);
  for (let own = 0, option = 0; option < options.length; ) {
    for (let column = 0; column < left.length; own++) {
      const before = nearest[own] as number;
      for (const end = column + candidates; column < end; column++, option++) {
        left[column] = (left[column] as number) + Math.min(options[option] as number, before);
      }
    }
  }
  return Array.from({ length: restarts }, (_, restart) => {
    const own = left.subarray(restart * candidates, (restart + 1) * candidates);
    return own.indexOf(Math.min(...own));
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

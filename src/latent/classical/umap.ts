import { createRequire } from "node:module";
import type { Tensor2D } from "@tensorflow/tfjs-node";
import type * as umapJs from "umap-js";
import { tf } from "../engine/tf.ts";
import { uniform } from "../random/uniform.ts";
import { turn } from "../train/turn.ts";
import { nearestNeighbours } from "./neighbours.ts";

const require = createRequire(import.meta.url);

export interface UmapOptions {
  /** Fixes the embedding. */
  seed: number;
  /**
   * How many near examples each is kept close to: few show the fine structure, many the coarse.
   *
   * @defaultValue 15
   */
  neighbours?: number;
  /**
   * How close points may come, in units of the picture.
   *
   * @defaultValue 0.1
   */
  distance?: number;
  /**
   * Passes of the optimisation.
   *
   * @defaultValue umap-js' choice, 200 to 500
   */
  epochs?: number;
}

/**
 * A picture of `x` `[n, d]` in the plane, `[n, 2]`, in which near examples stay near: UMAP (McInnes, Healy & Melville 2018,
 * arXiv:1802.03426) by the library umap-js, on exact neighbours. Distances between far groups mean little.
 *
 * @throws RangeError when there are not more examples than neighbours, an option is out of range, or x is not finite
 * @throws the interrupt's reason when the cell is stopped
 */
export async function umap(x: Tensor2D, options: UmapOptions): Promise<Tensor2D> {
  const { seed, neighbours = 15, distance = 0.1, epochs } = options;
  const [n] = x.shape;
  if (n <= neighbours)
    throw new RangeError(`${neighbours} neighbours need more than ${neighbours} examples, got ${n}.`);
  expectInRange("neighbours", neighbours, 2);
  if (epochs !== undefined) expectInRange("epochs", epochs, 1);
  if (!(distance >= 0 && distance <= 1)) throw new RangeError(`distance is a number 0 … 1, got ${distance}.`);
  const { UMAP } = require("umap-js") as typeof umapJs; // loaded when first used
  const model = new UMAP({
    nNeighbors: neighbours,
    minDist: distance,
    random: uniform(seed),
    ...(epochs !== undefined && { nEpochs: epochs }),
  });
  const near = nearestNeighbours(x, x, neighbours);
  model.setPrecomputedKNN(near.indices, near.distances);
  const steps = model.initializeFit(x.arraySync());
  for (let step = 0; step < steps; step++) {
    model.step();
    await turn();
  }
  return tf.tensor2d(model.getEmbedding(), [n, 2]);
}

function expectInRange(name: string, value: number, least: number): void {
  if (!Number.isInteger(value) || value < least) {
    throw new RangeError(`${name} is a whole number from ${least}, got ${value}.`);
  }
}

import type { Tensor } from "@tensorflow/tfjs-node";
import { tf } from "../engine/tf.ts";
import { expectKeys, type Keys } from "../options/keys.ts";
import { permutation, uniform } from "../random/uniform.ts";

export interface BatchOptions {
  /** Rows in a batch; the last batch of an epoch has what is left. */
  batchSize: number;
  /** Passes over all rows, each in a new random order. */
  epochs: number;
  /** Fixes the orders. */
  seed: number;
}

const KEYS: Keys<BatchOptions> = { batchSize: true, epochs: true, seed: true };

/**
 * Mini-batches for a training loop: `for (const batch of train.batches(images, { batchSize: 500, epochs: 3, seed: 1 }))`.
 * Each batch holds `batchSize` random rows of `examples` `[n, …]` and is disposed when the loop asks for the next one.
 *
 * @throws RangeError when `batchSize` is not a positive whole number
 */
export function* batches<T extends Tensor>(examples: T, options: BatchOptions): Generator<T, void, undefined> {
  expectKeys(options, "train.batches", KEYS, { size: "batchSize", batch: "batchSize" });
  const { batchSize, epochs, seed } = options;
  if (!Number.isInteger(batchSize) || batchSize < 1)
    throw new RangeError(`train.batches needs batchSize, a whole number of 1 or more; got ${batchSize}.`);
  const n = examples.shape[0] as number;
  const random = uniform(seed);
  for (let epoch = 0; epoch < epochs; epoch++) {
    const order = permutation(n, random);
    for (let start = 0; start < n; start += batchSize) {
      const batch = tf.tidy(() => tf.gather(examples, tf.tensor1d(order.subarray(start, start + batchSize), "int32")));
      try {
        yield batch;
      } finally {
        batch.dispose();
      }
    }
  }
}

import type { Tensor } from "@tensorflow/tfjs-node";
import { tf } from "../engine/tf.ts";
import { permutation, uniform } from "../random/uniform.ts";

export interface BatchOptions {
  /** Rows in a batch; the last batch of an epoch has what is left. */
  size: number;
  /** Passes over all rows, each in a new random order. */
  epochs: number;
  /** Fixes the orders. */
  seed: number;
}

/**
 * Mini-batches for a training loop: `for (const batch of train.batches(images, { size: 500, epochs: 3, seed: 1 }))`.
 * Each batch holds `size` random rows of `examples` `[n, …]` and is disposed when the loop asks for the next one.
 *
 * @throws RangeError when `size` is not a positive whole number
 */
export function* batches<T extends Tensor>(
  examples: T,
  { size, epochs, seed }: BatchOptions,
): Generator<T, void, undefined> {
  if (!Number.isInteger(size) || size < 1) throw new RangeError(`A batch needs a size of 1 or more, got ${size}.`);
  const n = examples.shape[0] as number;
  const random = uniform(seed);
  for (let epoch = 0; epoch < epochs; epoch++) {
    const order = permutation(n, random);
    for (let start = 0; start < n; start += size) {
      const batch = tf.tidy(() => tf.gather(examples, tf.tensor1d(order.subarray(start, start + size), "int32")));
      try {
        yield batch;
      } finally {
        batch.dispose();
      }
    }
  }
}

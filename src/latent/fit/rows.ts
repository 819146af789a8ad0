import { constant } from "../compile/constant.ts";
import { tf } from "../engine/tf.ts";
import { permutation, uniform } from "../train/random.ts";

/** How many rows the tensors have, which must be the same in all. */
export function rowsOf(tensors: readonly tf.Tensor[]): number {
  const counts = tensors.map(({ shape }) => shape[0] ?? 0);
  const [rows = 0] = counts;
  if (rows === 0 || counts.some(count => count !== rows))
    throw new RangeError(`The data need as many rows in each tensor, and at least one; got ${counts.join(", ")}.`);
  return rows;
}

/** A loss of rows of the data, by their numbers: the data stay where the step runs. */
export function onRows(
  loss: (...batch: tf.Tensor[]) => tf.Scalar,
  data: readonly tf.Tensor[],
): (rows: tf.Tensor1D) => tf.Scalar {
  for (const tensor of data) constant(tensor);
  return rows => loss(...data.map(tensor => tf.gather(tensor, rows)));
}

/** The numbers of the rows of each batch of an epoch. The order depends on seed and epoch alone. */
export function* batches(
  rows: number,
  size: number,
  order: { seed: number; epoch: number } | undefined,
): Generator<Int32Array> {
  const mixed = order && Math.imul(order.seed + 1, 0x9e3779b1) ^ Math.imul(order.epoch, 0x85ebca6b);
  const numbers =
    mixed === undefined ? Int32Array.from({ length: rows }, (_, i) => i) : permutation(rows, uniform(mixed));
  for (let at = 0; at < rows; at += size) yield numbers.subarray(at, at + size);
}

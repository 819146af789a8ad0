import { expectTensor } from "../compile/inputs.ts";
import { tf } from "../engine/tf.ts";
import { kind } from "../options/kind.ts";
import { permutation, uniform } from "../random/uniform.ts";
import type { AnyLoss } from "./objective.ts";

/** A loss of the rows of these numbers; behind them come the values of the scalars. */
export type LossOfRows = (rows: tf.Tensor1D, ...scalars: tf.Scalar[]) => tf.Scalar;

/**
 * How many rows the tensors have, which must be the same in all.
 *
 * @param what names them in an error: "data", "validation"
 */
export function rowsOf(tensors: readonly tf.Tensor[], what: string): number {
  if (tensors.length === 0)
    throw new TypeError(`The ${what} are an empty list: fit needs a tensor to take batches of.`);
  for (const [i, tensor] of tensors.entries()) expectTensor(tensor, `Part ${i + 1} of the ${what}`);
  const counts = tensors.map(({ shape }) => shape[0] ?? 0);
  const [rows = 0] = counts;
  if (rows === 0 || counts.some(count => count !== rows))
    throw new RangeError(`The ${what} need as many rows in each tensor, and at least one; got ${counts.join(", ")}.`);
  return rows;
}

/** A loss of rows of the data, by their numbers: the data stay where the step runs. */
export function onRows(loss: AnyLoss, data: readonly tf.Tensor[], names: readonly string[]): LossOfRows {
  return (rows, ...scalars) => {
    const batch = data.map(tensor => tf.gather(tensor, rows));
    const named = names.map((name, i) => [name, scalars[i]] as const);
    const value: unknown = names.length === 0 ? loss(...batch) : loss(...batch, Object.fromEntries(named));
    expectScalar(value);
    return value;
  };
}

function expectScalar(value: unknown): asserts value is tf.Scalar {
  if (value instanceof Promise) {
    value.catch(() => undefined); // what it fails with says less than the error below
    throw new TypeError("The loss is an async function: write it without await, values are read after a step.");
  }
  if (!(value instanceof tf.Tensor))
    throw new TypeError(`The loss has to return a tensor of one number; it returned ${kind(value)}.`);
  if (value.rank !== 0)
    throw new TypeError(
      `The loss has to return a tensor of one number; it returned one of [${value.shape}]: use tf.mean.`,
    );
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

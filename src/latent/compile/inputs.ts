import { tf } from "../engine/tf.ts";
import { kind, remedy } from "../options/kind.ts";

/** An argument of a compiled step. */
export type Input = tf.Tensor | number;

/**
 * Runs `use` on the arguments as tensors; numbers become scalars for as long as it runs.
 *
 * @throws TypeError when an argument is neither a tensor nor a number, or was disposed
 */
export function withTensors<R>(inputs: readonly Input[], use: (tensors: tf.Tensor[]) => R): R {
  inputs.forEach(expectInput);
  const made: tf.Tensor[] = [];
  const tensors = inputs.map(input => {
    if (typeof input !== "number") return input;
    const scalar = tf.scalar(input);
    made.push(scalar);
    return scalar;
  });
  try {
    return use(tensors);
  } finally {
    for (const scalar of made) scalar.dispose();
  }
}

function expectInput(input: unknown, i: number): void {
  if (typeof input !== "number") expectTensor(input, `Argument ${i + 1} of the step`, ", or a number for a scalar");
}

/**
 * @param what names the value in the error, as the beginning of a sentence
 * @param or what else would do, behind "a tensor"
 * @throws TypeError when `value` is no tensor, or a disposed one
 */
export function expectTensor(value: unknown, what: string, or = ""): asserts value is tf.Tensor {
  if (!(value instanceof tf.Tensor))
    throw new TypeError(`${what} has to be a tensor${or}; it is ${kind(value)}.${remedy(value)}`);
  const { isDisposed, shape } = value as tf.Tensor;
  if (isDisposed)
    throw new TypeError(`${what}, a tensor [${shape}], was disposed; tf.keep or tf.clone keeps one alive.`);
}

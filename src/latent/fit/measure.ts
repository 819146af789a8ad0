import { type CompiledStep, compile } from "../compile/compile.ts";
import { StepRefused } from "../compile/errors.ts";
import { type Generator, generator } from "../compile/random.ts";
import { tf } from "../engine/tf.ts";
import type { AnyLoss } from "./objective.ts";
import { batches, onRows, rowsOf } from "./rows.ts";

/** The loss of data that are not trained on. */
export class Measure {
  readonly #rows: number;
  readonly #size: number;
  readonly #seed: number;
  readonly #random: Generator;
  readonly #step: CompiledStep<[tf.Tensor1D, ...tf.Scalar[]], tf.Scalar>;

  /** @param names of the scalars that the loss is handed behind a batch */
  constructor(
    loss: AnyLoss,
    data: readonly tf.Tensor[],
    { size, seed, names }: { size: number; seed: number; names: readonly string[] },
  ) {
    this.#rows = rowsOf(data, "validation data");
    this.#size = size;
    this.#seed = seed;
    this.#random = generator(seed);
    this.#step = compile(onRows(loss, data, names), {
      constants: data,
      random: this.#random,
      unwatched: true,
    } as object);
  }

  /** The mean over all rows. What the loss draws at random is the same each time. */
  loss(scalars: readonly number[]): number {
    this.#random.reset(this.#seed);
    let sum = 0;
    for (const rows of batches(this.#rows, this.#size, undefined)) {
      const numbers = tf.tensor1d(rows, "int32");
      try {
        sum += this.#of(numbers, scalars) * rows.length;
      } finally {
        numbers.dispose();
      }
    }
    return sum / this.#rows;
  }

  dispose(): void {
    this.#step.dispose();
    this.#random.dispose();
  }

  #of(rows: tf.Tensor1D, scalars: readonly number[]): number {
    const { program } = this.#step;
    try {
      return program.number([rows, ...scalars]);
    } catch (error) {
      if (!(error instanceof StepRefused) || program.mode === "eager") throw error;
      program.runEagerly(error.message);
      return program.number([rows, ...scalars]);
    }
  }
}

import { type CompiledStep, compile } from "../compile/compile.ts";
import { StepRefused } from "../compile/errors.ts";
import { tf } from "../engine/tf.ts";
import type { Loss } from "./objective.ts";
import { batches, onRows, rowsOf } from "./rows.ts";

type LossOfRows = (rows: tf.Tensor1D) => tf.Scalar;

/** The loss of data that are not trained on. */
export class Measure {
  readonly #rows: number;
  readonly #size: number;
  readonly #loss: LossOfRows;
  readonly #compiled: CompiledStep<[tf.Tensor1D], tf.Scalar>;
  #step: LossOfRows;

  constructor(loss: Loss, data: readonly tf.Tensor[], size: number) {
    this.#rows = rowsOf(data);
    this.#size = size;
    this.#loss = onRows(loss, data);
    this.#compiled = compile(this.#loss);
    this.#step = this.#compiled;
  }

  /** The mean over all rows. */
  loss(): number {
    let sum = 0;
    for (const rows of batches(this.#rows, this.#size, undefined)) {
      tf.tidy(() => {
        sum += (this.#run(tf.tensor1d(rows, "int32")).dataSync()[0] as number) * rows.length;
      });
    }
    return sum / this.#rows;
  }

  dispose(): void {
    this.#compiled.dispose();
  }

  #run(rows: tf.Tensor1D): tf.Scalar {
    try {
      return this.#step(rows);
    } catch (error) {
      if (!(error instanceof StepRefused)) throw error;
      this.#step = this.#loss;
      return this.#step(rows);
    }
  }
}

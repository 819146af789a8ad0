import { type CompiledStep, compile, type TrainingOptions } from "../compile/compile.ts";
import { StepRefused } from "../compile/errors.ts";
import { trainingStep } from "../compile/training.ts";
import { tf } from "../engine/tf.ts";

/** The engine has not all operations that a model's gradient needs. */
export class EngineCannotTrain extends Error {
  override readonly name = "EngineCannotTrain";
}

type LossOfRows = (rows: tf.Tensor1D) => tf.Scalar;

/** One step after the other of a training, compiled where that can be. */
export class Stepper {
  readonly #loss: LossOfRows;
  readonly #options: TrainingOptions;
  readonly #weights: string | undefined;
  readonly #step: CompiledStep<[tf.Tensor1D], number>;
  #reason: string | undefined;

  /** @param weights where finished weights lie, for the message of an engine that cannot train */
  constructor(loss: LossOfRows, options: TrainingOptions, weights: string | undefined) {
    this.#loss = loss;
    this.#options = options;
    this.#weights = weights;
    this.#step = compile(loss, options);
  }

  get mode(): "graph" | "eager" {
    return this.#reason === undefined ? this.#step.program.mode : "eager";
  }

  /** Why steps are not compiled although the engine could. */
  get reason(): string | undefined {
    return this.#reason;
  }

  get program(): CompiledStep<[tf.Tensor1D], number>["program"] {
    return this.#step.program;
  }

  /** Traces the step for batches like this one; from a refusal on, steps are eager. */
  prepare(rows: Int32Array): void {
    try {
      this.#step.prepare(...indices(rows));
    } catch (error) {
      this.#refusal(error);
    }
  }

  /** Takes one step on the rows of these numbers and returns the loss before it. */
  take(rows: Int32Array): number {
    const [numbers] = indices(rows);
    try {
      return this.#reason === undefined ? this.#compiled(numbers) : this.#eager(numbers);
    } catch (error) {
      throw this.#translated(error);
    } finally {
      numbers.dispose();
    }
  }

  dispose(): void {
    this.#step.dispose();
  }

  #compiled(numbers: tf.Tensor1D): number {
    try {
      return this.#step(numbers);
    } catch (error) {
      this.#refusal(error);
      return this.#eager(numbers);
    }
  }

  #eager(numbers: tf.Tensor1D): number {
    return tf.tidy(() => (trainingStep(this.#loss, this.#options)(numbers) as tf.Scalar).dataSync()[0] as number);
  }

  #refusal(error: unknown): void {
    if (!(error instanceof StepRefused)) throw error;
    this.#reason = error.message;
  }

  /** tfjs names the kernel that a backend lacks. */
  #translated(error: unknown): unknown {
    const [, kernel] =
      /Kernel '(\w+)' not registered for backend/.exec(error instanceof Error ? error.message : "") ?? [];
    if (kernel === undefined) return error;
    const stored =
      this.#weights === undefined ? "the lesson's stored weights" : `the lesson's stored weights, ${this.#weights}`;
    return new EngineCannotTrain(
      `The engine ${tf.getBackend()} has no ${kernel}, which the gradient of this model needs. Use ${stored}, or set up the ` +
        "native engine: `npm start -- doctor` says how.",
      { cause: error },
    );
  }
}

function indices(rows: Int32Array): [tf.Tensor1D] {
  return [tf.tensor1d(rows, "int32")];
}

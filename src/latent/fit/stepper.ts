import { type CompiledStep, compile, type Given, type TrainingOptions } from "../compile/compile.ts";
import type { Compiled } from "../compile/compiled.ts";
import { StepRefused } from "../compile/errors.ts";
import { tf } from "../engine/tf.ts";
import type { LossOfRows } from "./rows.ts";

/** The engine has not all operations that a model's gradient needs. */
export class EngineCannotTrain extends Error {
  override readonly name = "EngineCannotTrain";
}

/** One step after the other of a training, compiled where that can be. */
export class Stepper {
  readonly #step: CompiledStep<[tf.Tensor1D, ...tf.Scalar[]], number>;
  readonly #weights: string | undefined;
  #taken = false;

  /** @param weights where finished weights lie, for the message of an engine that cannot train */
  constructor(loss: LossOfRows, options: TrainingOptions & Given, weights: string | undefined) {
    this.#step = compile(loss, options);
    this.#weights = weights;
  }

  /** What is behind the steps: variables, optimizer, mode, and why they are not compiled although the engine could. */
  get program(): Compiled {
    return this.#step.program;
  }

  /** Finds out which variables the steps have, for batches like this one; from a refusal on, steps are eager. */
  prepare(rows: Int32Array, scalars: readonly number[]): void {
    this.#orEagerly(() => this.#on(rows, numbers => this.#step.prepare(numbers, ...scalars)));
  }

  /** Takes one step on the rows of these numbers and returns the loss before it. */
  take(rows: Int32Array, scalars: readonly number[]): number {
    const loss = this.#orEagerly(() => this.#on(rows, numbers => this.#step(numbers, ...scalars)));
    this.#taken = true;
    return loss;
  }

  /**
   * Looks whether the loss would still be traced as it was.
   *
   * @throws StepRefused when it uses a number of JavaScript that has changed
   */
  expectUnchanged(rows: Int32Array, scalars: readonly number[]): void {
    this.#on(rows, numbers => this.program.expectUnchanged([numbers, ...scalars]));
  }

  dispose(): void {
    this.#step.dispose();
  }

  #on<R>(rows: Int32Array, use: (numbers: tf.Tensor1D) => R): R {
    const numbers = tf.tensor1d(rows, "int32");
    try {
      return use(numbers);
    } catch (error) {
      throw this.#translated(error);
    } finally {
      numbers.dispose();
    }
  }

  /** A step that cannot be compiled runs eagerly; one that was, and changed since, has trained with what is no more. */
  #orEagerly<R>(run: () => R): R {
    try {
      return run();
    } catch (error) {
      if (!(error instanceof StepRefused) || this.#taken) throw error;
      this.program.runEagerly(error.message);
      return run();
    }
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

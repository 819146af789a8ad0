import { existsSync } from "node:fs";
import { setImmediate as nextTurn } from "node:timers/promises";
import { restoreState, saveState } from "../compile/state.ts";
import { hostKernel } from "../display/host.ts";
import type { tf } from "../engine/tf.ts";
import type { FitOptions } from "./fit.ts";
import type { Epoch, History } from "./history.ts";
import { Measure } from "./measure.ts";
import type { Objective } from "./objective.ts";
import { Progress, type Standing } from "./progress.ts";
import { batches, onRows, rowsOf } from "./rows.ts";
import { Stepper } from "./stepper.ts";
import { Stopper } from "./stopping.ts";

/** How long training may hold the event loop before the kernel gets a turn to answer; in milliseconds. */
const TURN_MS = 20;

/** One training, from the first step to the last. */
export class Run {
  readonly #options: FitOptions;
  readonly #size: number;
  readonly #rows: number;
  readonly #stepper: Stepper;
  readonly #measure: Measure | undefined;
  readonly #progress = new Progress();
  readonly #epochs: Epoch[] = [];
  readonly #losses: number[] = [];
  readonly #validations: { step: number; loss: number }[] = [];
  readonly #signal: AbortSignal | undefined = hostKernel()?.signal;
  #turn = performance.now();
  #seconds = 0;
  #taken = 0;
  #step = 0;

  constructor(
    objective: Objective,
    data: readonly tf.Tensor[],
    validation: readonly tf.Tensor[] | undefined,
    options: FitOptions,
  ) {
    const optimizer = options.optimizer ?? objective.optimizer;
    if (!optimizer) throw new TypeError("fit needs an optimizer, such as tf.train.adam(1e-3).");
    const { batch = 128 } = options;
    if (!Number.isInteger(batch) || batch < 1) throw new RangeError(`A batch needs 1 row or more, got ${batch}.`);
    this.#options = options;
    this.#rows = rowsOf(data);
    this.#size = Math.min(batch, this.#rows);
    const variables = options.variables ?? objective.variables;
    const training = { ...options, optimizer, ...(variables && { variables }) };
    this.#stepper = new Stepper(onRows(objective.training, data), training, options.weights);
    this.#measure = validation && new Measure(objective.measuring, validation, this.#size);
  }

  async train(): Promise<History> {
    const { epochs, earlyStopping, onEpoch } = this.#options;
    this.#resume();
    let stopper: Stopper | undefined;
    let stoppedEarly = false;
    for (let number = this.#epochs.length + 1; number <= epochs && !stoppedEarly; number++) {
      const epoch = await this.#epoch(number);
      this.#save();
      await onEpoch?.(epoch, number);
      if (earlyStopping) {
        stopper ??= new Stopper(earlyStopping, this.#trained());
        stoppedEarly = stopper.enough(epoch.validation ?? epoch.loss);
      }
    }
    stopper?.finish();
    this.#progress.finish(this.#standing(stoppedEarly ? "stopped early" : ""));
    return this.#history(stoppedEarly);
  }

  dispose(): void {
    this.#stepper.dispose();
    this.#measure?.dispose();
  }

  async #epoch(number: number): Promise<Epoch> {
    let sum = 0;
    for (const rows of batches(this.#rows, this.#size, { seed: this.#options.seed ?? 0, epoch: number })) {
      await this.#giveTurn();
      const before = performance.now();
      const loss = this.#stepper.take(rows);
      // The first step also traces and loads the graph.
      if (this.#taken++ > 0) this.#seconds += (performance.now() - before) / 1000;
      this.#step++;
      this.#losses.push(loss);
      sum += loss * rows.length;
      this.#progress.show(() => this.#standing(""));
    }
    const epoch: Epoch = { loss: sum / this.#rows };
    if (this.#measure) {
      epoch.validation = this.#measure.loss();
      this.#validations.push({ step: this.#step, loss: epoch.validation });
    }
    this.#epochs.push(epoch);
    return epoch;
  }

  /** Lets the kernel answer now and then, and stops between two steps when the cell is interrupted. */
  async #giveTurn(): Promise<void> {
    if (performance.now() - this.#turn > TURN_MS) {
      await nextTurn();
      this.#turn = performance.now();
    }
    if (!this.#signal?.aborted) return;
    this.#progress.finish(this.#standing("interrupted; the weights are those of the last step"));
    this.#signal.throwIfAborted();
  }

  #standing(note: string): Standing {
    const { epochs } = this.#options;
    return {
      epoch: Math.min(this.#epochs.length + 1, epochs),
      epochs,
      step: this.#step,
      steps: epochs * Math.ceil(this.#rows / this.#size),
      speed: this.#seconds > 0 ? (this.#taken - 1) / this.#seconds : 0,
      losses: this.#losses,
      validations: this.#validations,
      note: [note, this.#stepper.reason === undefined ? "" : `eager: ${this.#stepper.reason}`]
        .filter(Boolean)
        .join("; "),
    };
  }

  #history(stoppedEarly: boolean): History {
    const { mode, reason } = this.#stepper;
    const common = { epochs: this.#epochs, steps: this.#step, seconds: this.#seconds, mode, stoppedEarly };
    return reason === undefined ? common : { ...common, reason };
  }

  /** Variables whose best values early stopping keeps. */
  #trained(): tf.Variable[] {
    const { variables } = this.#stepper.program;
    return variables.length > 0 ? variables.filter(({ trainable }) => trainable) : (this.#options.variables ?? []);
  }

  #save(): void {
    const { checkpoint } = this.#options;
    if (checkpoint)
      saveState(checkpoint.path, this.#stepper.program, {
        epochs: JSON.stringify(this.#epochs),
        step: String(this.#step),
      });
  }

  #resume(): void {
    const { checkpoint, seed = 0 } = this.#options;
    if (!checkpoint?.resume || !existsSync(checkpoint.path)) return;
    const [first] = batches(this.#rows, this.#size, { seed, epoch: 1 });
    this.#stepper.prepare(first as Int32Array);
    const metadata = restoreState(checkpoint.path, this.#stepper.program);
    this.#epochs.push(...(JSON.parse(metadata.epochs ?? "[]") as Epoch[]));
    this.#step = Number(metadata.step ?? 0);
  }
}

import { setImmediate as nextTurn } from "node:timers/promises";
import { stateOf } from "../compile/optimizer-state.ts";
import { type Generator, generator, generatorStates } from "../compile/random.ts";
import { expectOptimizer, learningRate } from "../compile/training.ts";
import { hostKernel } from "../display/host.ts";
import type { tf } from "../engine/tf.ts";
import { Checkpoint } from "./checkpoint.ts";
import type { Epoch, History } from "./history.ts";
import { Measure } from "./measure.ts";
import type { AnyLoss, Objective } from "./objective.ts";
import type { FitOptions } from "./options.ts";
import { Progress, type TrainingStatus } from "./progress.ts";
import { batches, onRows, rowsOf } from "./rows.ts";
import { Stepper } from "./stepper.ts";
import { Stopper } from "./stopping.ts";

/** How long training may hold the event loop before the kernel gets a turn to answer; in milliseconds. */
const TURN_MS = 20;
/** The share of the time that looking for numbers that have changed may take. */
const LOOKING = 0.05;

/** The loss of a training, or of its validation data, is not a number any more. */
export class LossIsNaN extends Error {
  override readonly name = "LossIsNaN";
}

/** One training, from the first step to the last. */
export class Run {
  readonly #options: FitOptions;
  readonly #data: readonly tf.Tensor[];
  readonly #validation: readonly tf.Tensor[] | undefined;
  readonly #size: number;
  readonly #rows: number;
  readonly #random: Generator;
  readonly #stepper: Stepper;
  readonly #measure: Measure | undefined;
  readonly #metrics: [name: string, measure: Measure][];
  readonly #stopper: Stopper | undefined;
  readonly #checkpoint: Checkpoint | undefined;
  readonly #progress = new Progress();
  readonly #epochs: Epoch[] = [];
  readonly #losses: number[] = [];
  readonly #validations: { step: number; loss: number }[] = [];
  readonly #signal: AbortSignal | undefined = hostKernel()?.signal;
  #turn = performance.now();
  #began = performance.now();
  #looking = 0;
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
    expectOptimizer(optimizer, "fit");
    const { batchSize = 128, seed = 0, earlyStopping, checkpoint, scalars = {}, weights } = options;
    const names = Object.keys(scalars);
    if (names.length > 0 && objective.optimizer)
      throw new TypeError("scalars are handed to a loss (x, y, { beta }) => …; a layers model's loss takes none.");
    this.#options = options;
    this.#data = data;
    this.#validation = validation;
    this.#rows = rowsOf(data, "data");
    this.#size = Math.min(batchSize, this.#rows);
    if (validation) {
      rowsOf(validation, "validation data");
      if (validation.length !== data.length)
        throw new TypeError(`The data are ${data.length} tensors, the validation data ${validation.length}.`);
    }
    const variables = options.variables ?? objective.variables;
    this.#random = generator(seed);
    const { clip, learningRate } = options;
    const training = {
      optimizer,
      ...(clip && { clip }),
      ...(learningRate && { learningRate }),
      ...(variables && { variables }),
      constants: data,
      random: this.#random,
      unwatched: true,
    };
    this.#stepper = new Stepper(onRows(objective.training, data, names), training, weights);
    const measure = (loss: AnyLoss) => new Measure(loss, validation ?? data, { size: this.#size, seed, names });
    this.#measure = validation && measure(objective.measuring);
    this.#metrics = Object.entries(objective.metrics).map(([name, metric]) => [name, measure(metric)]);
    this.#stopper = earlyStopping && new Stopper(earlyStopping);
    this.#checkpoint = checkpoint && new Checkpoint(checkpoint, this.#stepper.program);
  }

  async train(): Promise<History> {
    const { epochs, onEpoch } = this.#options;
    this.#resume();
    const done = this.#epochs.length;
    for (let number = done + 1; number <= epochs && !this.#stopper?.enough; number++) {
      this.#expectData();
      if (number > done + 1) this.#look(number === done + 2);
      const epoch = await this.#epoch(number);
      this.#stopper?.watch(epoch.validation ?? epoch.loss, this.#modelVariables());
      this.#save();
      refuseNaN(epoch.validation, `validation loss after epoch ${number}`, VALIDATION);
      const before = this.#mark();
      await onEpoch?.(epoch, number);
      if (this.#mark().some((value, i) => value !== before[i])) this.#save();
    }
    if (this.#data.every(({ isDisposed }) => !isDisposed)) this.#look(true);
    this.#stopper?.finish();
    const stoppedEarly = this.#stopper?.enough ?? false;
    this.#progress.finish(this.#status(stoppedEarly ? "stopped early" : ""));
    return this.#history(stoppedEarly);
  }

  dispose(): void {
    this.#progress.breakOff(() => this.#status(""));
    this.#stepper.dispose();
    this.#measure?.dispose();
    for (const [, metric] of this.#metrics) metric.dispose();
    this.#stopper?.dispose();
    this.#random.dispose();
  }

  /** The caller's tensors may have been disposed in the meantime. */
  #expectData(): void {
    rowsOf(this.#data, "data");
    if (this.#validation) rowsOf(this.#validation, "validation data");
  }

  async #epoch(number: number): Promise<Epoch> {
    let sum = 0;
    for (const rows of this.#batches(number)) {
      await this.#giveTurn();
      const before = performance.now();
      const loss = this.#stepper.take(rows, this.#scalars(this.#step));
      // The first step also traces and loads the graph.
      if (this.#taken++ > 0) this.#seconds += (performance.now() - before) / 1000;
      this.#step++;
      this.#losses.push(loss);
      refuseNaN(loss, `loss of step ${this.#step} (epoch ${number})`, TRAINING);
      sum += loss * rows.length;
      this.#progress.show(() => this.#status(""));
    }
    const epoch: Epoch = { loss: sum / this.#rows };
    if (this.#measure) {
      epoch.validation = this.#measure.loss(this.#scalars(this.#step - 1));
      this.#validations.push({ step: this.#step, loss: epoch.validation });
    }
    if (this.#metrics.length > 0)
      epoch.metrics = Object.fromEntries(this.#metrics.map(([name, metric]) => [name, metric.loss([])]));
    this.#epochs.push(epoch);
    return epoch;
  }

  #batches(epoch: number): Iterable<Int32Array> {
    return batches(this.#rows, this.#size, { seed: this.#options.seed ?? 0, epoch });
  }

  #scalars(step: number): number[] {
    const all = Object.entries(this.#options.scalars ?? {});
    return all.map(([name, scalar]) => {
      const value = typeof scalar === "number" ? scalar : scalar(step);
      if (typeof value === "number" && !Number.isNaN(value)) return value;
      throw new TypeError(`scalars.${name} has to give a number for step ${step}; it gave ${String(value)}.`);
    });
  }

  /** Looks whether the loss would be traced as it was; unless it has to be now, only if there is time. */
  #look(now: boolean): void {
    const start = performance.now();
    if (!now && this.#looking > LOOKING * (start - this.#began)) return;
    const [first] = this.#batches(1);
    this.#stepper.expectUnchanged(first as Int32Array, this.#scalars(Math.max(0, this.#step - 1)));
    this.#looking += performance.now() - start;
  }

  /** Lets the kernel answer now and then, and stops between two steps when the cell is interrupted. */
  async #giveTurn(): Promise<void> {
    if (performance.now() - this.#turn > TURN_MS) {
      await nextTurn();
      this.#turn = performance.now();
    }
    if (!this.#signal?.aborted) return;
    this.#progress.finish(this.#status("interrupted; the weights are those of the last step"));
    this.#signal.throwIfAborted();
  }

  #status(note: string): TrainingStatus {
    const { epochs } = this.#options;
    const { reason } = this.#stepper.program;
    return {
      epoch: Math.min(this.#epochs.length + 1, epochs),
      epochs,
      step: this.#step,
      steps: epochs * Math.ceil(this.#rows / this.#size),
      speed: this.#seconds > 0 ? (this.#taken - 1) / this.#seconds : 0,
      losses: this.#losses,
      validations: this.#validations,
      note: [note, reason === undefined ? "" : `eager: ${reason}`].filter(Boolean).join("; "),
    };
  }

  #history(stoppedEarly: boolean): History {
    const { mode, reason } = this.#stepper.program;
    const common = { epochs: this.#epochs, steps: this.#step, seconds: this.#seconds, mode, stoppedEarly };
    return reason === undefined ? common : { ...common, reason };
  }

  /** The variables of what is trained: neither an optimizer's nor a generator's. */
  #modelVariables(): tf.Variable[] {
    const { variables, optimizers } = this.#stepper.program;
    const kept = new Set(optimizers.flatMap(stateOf).map(({ variable }) => variable));
    return variables.filter(variable => !kept.has(variable) && !generatorStates.has(variable));
  }

  /** What changes when somebody assigns a variable or a learning rate between two steps. */
  #mark(): unknown[] {
    const { variables, optimizers } = this.#stepper.program;
    return [...variables.map(({ dataId }) => dataId), ...optimizers.map(learningRate)];
  }

  #save(): void {
    const progress = { epochs: this.#epochs, step: this.#step, watched: this.#stopper?.watched };
    this.#checkpoint?.save(progress, this.#stopper?.values ?? new Map());
  }

  #resume(): void {
    if (!this.#checkpoint?.isThere) return;
    const [first] = this.#batches(1);
    this.#stepper.prepare(first as Int32Array, this.#scalars(0));
    const { progress, best } = this.#checkpoint.restore();
    this.#epochs.push(...progress.epochs);
    this.#step = progress.step;
    if (this.#stopper && progress.watched) this.#stopper.resume(progress.watched, best);
    else for (const value of best.values()) value.dispose();
  }
}

const TRAINING =
  "The weights cannot be used any more; a checkpoint holds those of the epoch before. Lower the learning rate, limit the " +
  "gradients with clip: { norm: 1 }, and look for log(0), √ of a negative number and 0/0 in the loss, and NaN in the data.";
const VALIDATION = "Look for NaN in the validation data, and for log(0), √ of a negative number and 0/0 in the loss.";

function refuseNaN(loss: number | undefined, what: string, remedy: string): void {
  if (Number.isNaN(loss)) throw new LossIsNaN(`The ${what} is NaN. ${remedy}`);
}

import { tf } from "../engine/tf.ts";

export interface EarlyStopping {
  /** Epochs without improvement after which training ends. */
  patience: number;
  /**
   * By how much the loss has to fall to count as improvement.
   *
   * @defaultValue 0
   */
  minDelta?: number;
  /**
   * Whether the weights of the best epoch are put back at the end.
   *
   * @defaultValue true
   */
  restoreBest?: boolean;
}

/** Where a watched training stands: its least loss, and how many epochs ago that was. */
export interface Watched {
  readonly best: number;
  readonly since: number;
}

/** Watches a loss and keeps the best values of a model's variables, also of those that are not trained. */
export class Stopper {
  readonly #options: EarlyStopping;
  #best = Number.POSITIVE_INFINITY;
  #since = 0;
  #values: Map<tf.Variable, tf.Tensor> = new Map();

  constructor(options: EarlyStopping) {
    this.#options = options;
  }

  get watched(): Watched {
    return { best: this.#best, since: this.#since };
  }

  /** The best values so far, if they are to be put back. */
  get values(): ReadonlyMap<tf.Variable, tf.Tensor> {
    return this.#values;
  }

  /** Whether it was one epoch too many without improvement. */
  get enough(): boolean {
    return this.#since >= this.#options.patience;
  }

  /** Goes on where another training was; the tensors are the stopper's from now on. */
  resume({ best, since }: Watched, values: ReadonlyMap<tf.Variable, tf.Tensor>): void {
    this.dispose();
    this.#best = best;
    this.#since = since;
    this.#values = new Map(values);
  }

  /** Takes the loss of one more epoch, after which the variables are as they are. */
  watch(loss: number, variables: readonly tf.Variable[]): void {
    const { minDelta = 0, restoreBest = true } = this.#options;
    if (!(loss < this.#best - minDelta)) {
      this.#since++;
      return;
    }
    this.#best = loss;
    this.#since = 0;
    this.dispose();
    if (restoreBest) this.#values = new Map(variables.map(variable => [variable, tf.keep(variable.clone())]));
  }

  /** Puts the best values back, if they were to be kept. */
  finish(): void {
    for (const [variable, value] of this.#values) if (!variable.isDisposed) variable.assign(value);
    this.dispose();
  }

  dispose(): void {
    for (const value of this.#values.values()) value.dispose();
    this.#values = new Map();
  }
}

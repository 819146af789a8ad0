import type { tf } from "../engine/tf.ts";

export interface EarlyStopping {
  /** Epochs without improvement after which training ends. */
  patience: number;
  /** By how much the loss has to fall to count as improvement; 0 unless given. */
  minDelta?: number;
  /** Whether the weights of the best epoch are put back at the end; true unless given. */
  restoreBest?: boolean;
}

/** Watches a loss and keeps the best weights. */
export class Stopper {
  readonly #options: EarlyStopping;
  readonly #variables: readonly tf.Variable[];
  #best = Number.POSITIVE_INFINITY;
  #since = 0;
  #weights: tf.Tensor[] = [];

  constructor(options: EarlyStopping, variables: readonly tf.Variable[]) {
    this.#options = options;
    this.#variables = variables;
  }

  /** Takes the loss of one more epoch; true when that was one too many without improvement. */
  enough(loss: number): boolean {
    const { patience, minDelta = 0, restoreBest = true } = this.#options;
    if (loss < this.#best - minDelta) {
      this.#best = loss;
      this.#since = 0;
      if (restoreBest) this.#keep();
      return false;
    }
    this.#since++;
    return this.#since >= patience;
  }

  /** Puts the best weights back, if they were to be kept. */
  finish(): void {
    this.#weights.forEach((weights, i) => void this.#variables[i]?.assign(weights));
    this.dispose();
  }

  dispose(): void {
    for (const weights of this.#weights) weights.dispose();
    this.#weights = [];
  }

  #keep(): void {
    this.dispose();
    this.#weights = this.#variables.map(variable => variable.clone());
  }
}

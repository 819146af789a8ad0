import { randomUUID } from "node:crypto";
import { type HostKernel, hostKernel, tslabWriter } from "../display/host.ts";
import type { ReadableBundle } from "../display/show.ts";
import { curves } from "../plot/curves.ts";
import { frame } from "./frame.ts";

export interface ProgressWords {
  /** Steps that the loop will make. */
  steps: number;
  /** Title of the curve that stays: the finding. */
  title: string;
  /** What a step returns, with the unit: "squared error per image". */
  y: string;
  /** Draws the curve in powers of ten. */
  log?: boolean;
}

/** Milliseconds between two pictures of a running loop. */
const PAUSE = 250;

/** A loop that is watched; see {@link progress}. */
export class Progress {
  readonly values: number[] = [];
  readonly #words: ProgressWords;
  readonly #kernel: HostKernel | undefined = hostKernel();
  readonly #id: string = randomUUID();
  readonly #start: number = performance.now();
  #next = 0;
  #shown = false;

  constructor(words: ProgressWords) {
    this.#words = words;
  }

  /** Counts a step that returned `value`. */
  step(value: number): void {
    this.values.push(value);
    const now = performance.now();
    if (this.#kernel === undefined || now < this.#next) return;
    this.#next = now + PAUSE;
    this.#put(frame(this.values, { ...this.#words, seconds: (now - this.#start) / 1000 }));
  }

  /** Puts the whole curve where the bar was. It holds no times: the same numbers make the same notebook. */
  end(): void {
    const { title, y, log = false } = this.#words;
    const figure = curves({ [y]: this.values }, { title, x: "step", y, log });
    if (this.#kernel) this.#put(figure.bundle());
    else if (tslabWriter()) figure.show();
  }

  #put(bundle: ReadableBundle): void {
    const options = { display_id: this.#id };
    if (this.#shown) this.#kernel?.update?.(bundle, undefined, options);
    else this.#kernel?.display(bundle, undefined, options);
    this.#shown = true;
  }
}

/**
 * Watches a training loop: a bar, the time that is left and the curve so far, four times a second below the cell, and in
 * the end the whole curve as a figure. Stock tslab shows the figure alone; where there is no notebook nothing is shown.
 *
 *     const live = train.progress({ steps: 900, title: "The error falls", y: "squared error per image" });
 *     for (const batch of batches) live.step(await train.minimize(adam, () => loss(batch)));
 *     live.end();
 */
export function progress(words: ProgressWords): Progress {
  return new Progress(words);
}

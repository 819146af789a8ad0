import { hostKernel, tslabWriter } from "../display/host.ts";
import { curves } from "../plot/curves.ts";
import { brief, Place, type Standing } from "../progress/index.ts";

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

/** A loop that is watched; see {@link progress}. */
export class Progress {
  readonly values: number[] = [];
  readonly #words: ProgressWords;
  readonly #place = new Place();
  readonly #start: number = performance.now();

  constructor(words: ProgressWords) {
    this.#words = words;
  }

  /** Counts a step that returned `value`. */
  step(value: number): void {
    this.values.push(value);
    this.#place.show(() => standing(this.values, this.#words, (performance.now() - this.#start) / 1000));
  }

  /** Puts the whole curve where the bar was. It holds no times: the same numbers make the same notebook. */
  end(): void {
    const { title, y, log = false } = this.#words;
    const figure = curves({ [y]: this.values }, { title, x: "step", y, log });
    if (hostKernel()) this.#place.end(figure.bundle());
    else if (tslabWriter()) figure.show();
  }
}

/** Where a watched loop stands after so many seconds. */
export function standing(
  values: readonly number[],
  { steps, y, log }: Omit<ProgressWords, "title">,
  seconds: number,
): Standing {
  const done = values.length;
  return {
    ...{ words: [`step ${done} of ${steps}`, `${y} ${brief(values.at(-1) as number)}`], done, total: steps },
    rate: { perSecond: done / seconds, unit: "steps" },
    curve: { values, total: steps, log, words: `${y} over ${done} steps` },
  };
}

/**
 * Watches a training loop: a bar, steps a second, the time that is left and the curve so far, up to ten times a second below the
 * cell, and in the end the whole curve as a figure. Inside another loop that is watched it stands below that one's bar and leaves
 * nothing. Stock tslab shows the figure alone; where there is no notebook nothing is shown.
 *
 *     const live = train.progress({ steps: 900, title: "The error falls", y: "squared error per image" });
 *     for (const batch of batches) live.step(await train.minimize(adam, () => loss(batch)));
 *     live.end();
 */
export function progress(words: ProgressWords): Progress {
  return new Progress(words);
}

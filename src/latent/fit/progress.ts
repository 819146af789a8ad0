import { brief, Place, type Standing } from "../progress/index.ts";

/** Where a training stands. */
export interface TrainingStatus {
  readonly epoch: number;
  readonly epochs: number;
  /** Steps done and to do, over all epochs. */
  readonly step: number;
  readonly steps: number;
  /** Steps a second, lately. */
  readonly speed: number;
  readonly losses: readonly number[];
  readonly validations: readonly { step: number; loss: number }[];
  readonly note: string;
}

/** Shows a training below its cell while it runs. */
export class Progress {
  readonly #place = new Place();

  show(status: () => TrainingStatus): void {
    this.#place.show(() => standing(status(), true));
  }

  /** The last picture stays in the notebook: without times, which differ from run to run. */
  finish(status: TrainingStatus): void {
    this.#place.end(standing(status, false));
  }

  /** A training that failed leaves how far it came. */
  breakOff(status: () => TrainingStatus): void {
    this.#place.breakOff(() => standing(status(), false));
  }
}

function standing(status: TrainingStatus, isLive: boolean): Standing {
  const { step, steps, speed, losses, validations } = status;
  const marks = validations.map(({ step, loss }) => ({ step, value: loss }));
  return {
    ...{ words: words(status), done: step, total: steps },
    ...(isLive && { rate: { perSecond: speed, unit: "steps" } }),
    curve: { values: losses, total: steps, marks, words: `Loss over ${losses.length} steps` },
  };
}

function words({ epoch, epochs, step, steps, losses, validations, note }: TrainingStatus): string[] {
  const said = [`epoch ${epoch} of ${epochs}`, `step ${step} of ${steps}`];
  const [loss, validation] = [losses.at(-1), validations.at(-1)];
  if (loss !== undefined) said.push(`loss ${brief(loss)}`);
  if (validation) said.push(`validation ${brief(validation.loss)}`);
  return note === "" ? said : [...said, note];
}

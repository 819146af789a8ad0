import { randomUUID } from "node:crypto";
import { escapeHtml } from "../display/escape.ts";
import { hostKernel, type MimeBundle } from "../display/host.ts";
import { curve } from "./curve.ts";

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

/** The part of Latent's kernel that changes what was shown. */
interface Screen {
  display(bundle: MimeBundle, metadata: MimeBundle, options: { display_id: string }): void;
  update(bundle: MimeBundle, metadata: MimeBundle, options: { display_id: string }): void;
}

/** Between two updates of the cell, in milliseconds. */
const PERIOD_MS = 250;

/** Shows a training below its cell while it runs. Without Latent's kernel it is quiet. */
export class Progress {
  readonly #screen = hostKernel() as unknown as Screen | undefined;
  readonly #id = { display_id: randomUUID() };
  #shown = Number.NEGATIVE_INFINITY;

  /** Shows where the training stands, at most four times a second. */
  show(status: () => TrainingStatus): void {
    if (!this.#screen || performance.now() - this.#shown < PERIOD_MS) return;
    this.#put(bundle(status(), true));
  }

  /** The last picture stays in the notebook: without times, which differ from run to run. */
  finish(status: TrainingStatus): void {
    if (this.#screen) this.#put(bundle(status, false));
  }

  #put(shown: MimeBundle): void {
    if (this.#shown === Number.NEGATIVE_INFINITY) this.#screen?.display(shown, {}, this.#id);
    else this.#screen?.update(shown, {}, this.#id);
    this.#shown = performance.now();
  }
}

function bundle(status: TrainingStatus, live: boolean): MimeBundle {
  const words = sentence(status, live);
  const bar = `<progress value="${status.step}" max="${status.steps}" style="width: 340px"></progress>`;
  const image = curve(status);
  const html = `<div>${live ? `${bar}<br>` : ""}<code>${escapeHtml(words)}</code>${image}</div>`;
  return { "text/html": html, "text/plain": words };
}

function sentence(
  { epoch, epochs, step, steps, speed, losses, validations, note }: TrainingStatus,
  live: boolean,
): string {
  const parts = [`epoch ${epoch} of ${epochs}`, `step ${step} of ${steps}`];
  const loss = losses.at(-1);
  if (loss !== undefined) parts.push(`loss ${brief(loss)}`);
  const validation = validations.at(-1);
  if (validation) parts.push(`validation ${brief(validation.loss)}`);
  if (live && speed > 0) parts.push(`${brief(speed)} steps/s`, `${duration((steps - step) / speed)} left`);
  return note === "" ? parts.join(" · ") : `${parts.join(" · ")} · ${note}`;
}

function brief(value: number): string {
  return String(Number(value.toPrecision(4)));
}

function duration(seconds: number): string {
  const whole = Math.ceil(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

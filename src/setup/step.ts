import type { Places } from "./places.ts";

/** What every step is given; nothing of the set-up is kept in module variables. */
export interface Job {
  readonly places: Places;
  /** Aborted by Ctrl-C; a step then ends its programs and leaves nothing half-installed. */
  readonly signal: AbortSignal;
  readonly progress: Progress;
  /** Nothing may be fetched; what is missing is said. */
  readonly offline?: boolean;
}

export interface Step {
  readonly name: string;
  isDone(job: Job): Promise<boolean>;
  /** Returns a sentence that the user should read, where there is one. */
  run(job: Job): Promise<string | undefined>;
}

export interface Progress {
  started(name: string): void;
  /** What the running step is doing, and how much of it is done, from 0 to 1, where that is known. */
  advanced(words: string, fraction?: number): void;
  finished(name: string, seconds: number): void;
  failed(name: string): void;
  said(sentence: string): void;
}

/** For whoever does not watch. */
export const silent: Progress = { started() {}, advanced() {}, finished() {}, failed() {}, said() {} };

/** Runs what is not done yet, in order; the first failure ends it. */
export async function runSteps(steps: readonly Step[], job: Job): Promise<void> {
  for (const step of steps) {
    if (await step.isDone(job)) continue;
    const start = performance.now();
    job.progress.started(step.name);
    let sentence: string | undefined;
    try {
      sentence = await step.run(job);
    } catch (error) {
      job.progress.failed(step.name);
      throw error;
    }
    job.progress.finished(step.name, (performance.now() - start) / 1000);
    if (sentence !== undefined) job.progress.said(sentence);
  }
}

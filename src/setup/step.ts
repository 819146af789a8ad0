import type { Places } from "./places.ts";

/** What every step is given; nothing of the set-up is kept in module variables. */
export interface Job {
  readonly places: Places;
  /** Aborted by Ctrl-C; a step then ends its programs and leaves nothing half-installed. */
  readonly signal: AbortSignal;
}

export interface Step {
  readonly name: string;
  isDone(job: Job): Promise<boolean>;
  run(job: Job): Promise<void>;
}

export interface Progress {
  started(name: string): void;
  finished(name: string, seconds: number): void;
  failed(name: string): void;
}

/** Runs what is not done yet, in order; the first failure ends it. */
export async function runSteps(steps: readonly Step[], job: Job, progress: Progress): Promise<void> {
  for (const step of steps) {
    if (await step.isDone(job)) continue;
    const start = performance.now();
    progress.started(step.name);
    try {
      await step.run(job);
    } catch (error) {
      progress.failed(step.name);
      throw error;
    }
    progress.finished(step.name, (performance.now() - start) / 1000);
  }
}

import { type Job, type Progress, runSteps, type Step } from "../setup/index.ts";
import { ownPlaces } from "./places.ts";

// The line stands while the step runs, and gets its time when it ended.
export const progress: Progress = {
  started: name => void process.stderr.write(`Latent: ${name} … `),
  finished: (_name, seconds) => void process.stderr.write(`${seconds.toFixed(1)} s\n`),
  failed: () => void process.stderr.write("failed\n"),
};

/** Runs the steps that are not done yet; Ctrl-C ends their programs and removes what they had begun. */
export async function setUp(steps: readonly Step[]): Promise<void> {
  await untilInterrupted(async signal => {
    const job: Job = { places: ownPlaces(), signal };
    await runSteps(steps, job, progress);
  });
}

async function untilInterrupted(action: (signal: AbortSignal) => Promise<void>): Promise<void> {
  const interruption = new AbortController();
  const interrupt = (): void => interruption.abort();
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  // Not once: Ctrl-C comes twice, from the terminal and from npm, and the second must not cut the tidying short.
  for (const name of signals) process.on(name, interrupt);
  try {
    await action(interruption.signal);
  } finally {
    for (const name of signals) process.off(name, interrupt);
  }
}

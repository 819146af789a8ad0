import { type LiveLine, liveLine } from "../../scripts/live-line.mjs";
import { type Job, type Progress, runSteps, type Step } from "../setup/index.ts";
import { ownPlaces } from "./places.ts";
import type { Around } from "./verb.ts";

/** Each step is a line of its own, which moves while it runs and gets its time when it ended. */
function shownProgress(): Progress {
  let line: LiveLine | undefined;
  return {
    started: name => {
      line = liveLine(name);
    },
    advanced: (words, fraction) => line?.advance(words, fraction),
    finished: (_name, seconds) => line?.end(`${seconds.toFixed(1)} s`),
    failed: () => line?.end("failed"),
    said: sentence => void process.stderr.write(`Latent: ${sentence}\n`),
  };
}

/** Runs the steps that are not done yet; Ctrl-C ends their programs and removes what they had begun. */
export async function setUp(steps: readonly Step[], { offline }: Around = { offline: false }): Promise<void> {
  await untilInterrupted(async signal => {
    const job: Job = { places: ownPlaces(), signal, offline, progress: shownProgress() };
    await runSteps(steps, job);
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

import { Worker } from "node:worker_threads";
import { hide } from "./globals.ts";
import type { Execution } from "./state.ts";

/** Shared words of the two threads: how many interrupts the main thread has heard. */
export const WORD = { heard: 0 } as const;

/** The side thread calls this on the main thread, between any two of its steps. */
export const FLUSH = "$$flush";

/** What the side thread tells the main thread. */
export interface Interrupt {
  count: number;
  /** The cell that is meant. */
  cell: string;
}

/**
 * Starts the side thread, which lives while the main thread loops: it stops it, and lets out text that is held back.
 * The main thread hears an interrupt as a message too, at once where it is idle and after the termination where it
 * was busy, and settles the cell: a termination behind an `await` settles nothing by itself.
 */
export function startSideThread(execution: Execution): void {
  const shared = new Int32Array(new SharedArrayBuffer(4));
  const side = new Worker(new URL("./side_thread.js", import.meta.url), {
    workerData: shared,
    execArgv: [],
    stdout: false,
    stderr: false,
  });
  side.unref();
  side.on("message", ({ count, cell }: Interrupt) => {
    Atomics.store(shared, WORD.heard, count);
    Atomics.notify(shared, WORD.heard);
    // By now the termination may have ended the cell, and the next one may run: it was not meant.
    if (execution.running?.id === cell) execution.running.interrupt();
  });
  hide(FLUSH, () => execution.events.flush());
  execution.events.askForFlush = () => side.postMessage(FLUSH);
}

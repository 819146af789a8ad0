import { Worker } from "node:worker_threads";
import type { Execution } from "./state.ts";

/** Shared words of the main thread and the worker: how many interrupts were asked for, and how many were heard. */
export const WORD = { heard: 0 } as const;

/** What the worker tells the main thread. */
export interface Interrupt {
  count: number;
  /** The cell that is meant. */
  cell: string;
}

/**
 * Starts the worker thread that stops a busy main thread. The main thread hears the same interrupt as a message, at
 * once where it is idle and after the termination where it was busy, and settles the cell: a termination behind an
 * `await` settles nothing by itself.
 */
export function listenForInterrupts(execution: Execution): void {
  const shared = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(new URL("./interrupt_worker.js", import.meta.url), {
    workerData: shared,
    execArgv: [],
    stdout: false,
    stderr: false,
  });
  worker.unref();
  worker.on("message", ({ count, cell }: Interrupt) => {
    Atomics.store(shared, WORD.heard, count);
    Atomics.notify(shared, WORD.heard);
    // By now the termination may have ended the cell, and the next one may run: it was not meant.
    if (execution.running?.id === cell) execution.running.interrupt();
  });
}

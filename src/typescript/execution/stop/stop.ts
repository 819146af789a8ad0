import type inspector from "node:inspector";
import { performance, URL } from "../../intrinsics.ts";
import { hide } from "../hide.ts";
import { plainStack } from "../stack.ts";
import type { Execution } from "../state.ts";

/**
 * How a stop reaches the main thread. The side thread asks it, by an evaluation that V8 runs between any two steps,
 * what it is doing, and terminates it only where it runs code of the author's: a termination that arrives while nothing
 * runs ends whatever runs next, and that may be the kernel's own reading of a request (tried: cells were lost).
 */
export const STOP = "$$stop";
export const STOPPED = "$$stopped";
const SPIN = "$$spin";

/** What the side thread is told: a termination is wanted, or the cell is settled already. */
export type Answer = "terminate" | "settled";

/** What frames of this room, of node, of V8's builtins and of an evaluation contain. */
const OURS = [new URL("../..", import.meta.url).href, "node:", "(<anonymous>)", "at <anonymous>:"];

/** The stop is rarely more than a millisecond away; a main thread must not wait for one that never comes. */
const LONGEST_WAIT_MS = 1000;

export function provideStops(execution: Execution): void {
  const settle = (cell: string) => {
    if (execution.running?.id === cell) execution.running.interrupt();
    else execution.stoppedBefore = cell;
  };
  hide(STOP, (cell: string): Answer => {
    // One is on its way: a second would find the thread idle.
    if (execution.stopComing) return "settled";
    // Of the cell that is meant nothing runs: it has ended, and another one runs, or it has not begun.
    const other = execution.running !== undefined && execution.running.id !== cell;
    if (other || execution.inHost || !runsAuthorsCode()) {
      settle(cell);
      return "settled";
    }
    execution.stopComing = true;
    return "terminate";
  });
  // A termination behind an `await`, or in a timer, settles nothing by itself.
  hide(STOPPED, (cell: string) => {
    execution.stopComing = false;
    execution.recover();
    settle(cell);
  });
  hide(SPIN, () => {
    const latest = performance.now() + LONGEST_WAIT_MS;
    while (execution.stopComing && performance.now() < latest);
  });
}

/**
 * Called where code of the author's ends: if a stop was promised to the side thread and has not come, it is taken
 * here, in code that is there for that, and not by what the kernel does next.
 */
export function takeComingStop(execution: Execution, session: inspector.Session): void {
  if (!execution.stopComing) return;
  session.post("Runtime.evaluate", { expression: `${SPIN}()` }, () => {
    execution.stopComing = false;
  });
}

/**
 * Whether code of the author's, or of a library, stands on the stack. Reading the next request is JavaScript of node's
 * and of the kernel's: a termination there would lose that request (seen).
 */
function runsAuthorsCode(): boolean {
  const frames = plainStack().match(/^ +at .*$/gm) ?? [];
  return frames.some(frame => !OURS.some(part => frame.includes(part)));
}

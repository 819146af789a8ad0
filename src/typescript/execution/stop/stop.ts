import type inspector from "node:inspector";
import { hide } from "../hide.ts";
import type { Execution } from "../state.ts";
import { insisted } from "../undisturbed.ts";
import { holdAfterPromise, provideSpin } from "./coming.ts";
import { isLoading, Patience } from "./loading.ts";
import { isOurs, originsOnStack } from "./origins.ts";
import { AGAIN, type Answer, STOP, STOPPED } from "./questions.ts";
import { settle, settled } from "./settle.ts";

export function provideStops(execution: Execution, session: inspector.Session): void {
  const stopped = (cell: string): Answer => {
    execution.recover();
    settled(execution);
    settle(execution, session, cell);
    return "wait";
  };
  const patience = new Patience();
  const unlessLoading = (cell: string, origins: readonly string[]): Answer => {
    if (!isLoading(origins, isOurs) || !patience.lasts(cell)) return terminate(execution);
    // What it does behind the load does not come any more.
    if (execution.running) execution.stopped.add(execution.running.id);
    return "loading";
  };
  const stop = (cell: string, sent: number): Answer => {
    if (execution.stop === "coming") return stopped(cell);
    if (isOfAnother(execution, cell)) {
      execution.stoppedBefore = cell;
      return "over";
    }
    const origins = stackWithAuthors(execution);
    if (origins) return execution.taken < sent ? "later" : unlessLoading(cell, origins);
    settle(execution, session, cell);
    return "wait";
  };
  const again = (cell: string): Answer => {
    if (execution.stop === "none") return "over";
    if (execution.stop === "coming") return stopped(cell);
    const origins = stackWithAuthors(execution);
    if (origins) return unlessLoading(cell, origins);
    // A termination may have dropped the turn in which the cell was to end.
    settle(execution, session, cell);
    return "wait";
  };
  hide(STOP, (cell: string, sent: number) => insisted(() => stop(cell, sent)));
  hide(AGAIN, (cell: string) => insisted(() => again(cell)));
  // A termination behind an `await`, or in a timer, settles nothing by itself.
  hide(STOPPED, (cell: string) => insisted(() => stopped(cell)));
  provideSpin(execution);
}

/** The cell that is meant has ended or has not begun, and another one runs. Without a cell, all that is left is meant. */
function isOfAnother({ running }: Execution, cell: string): boolean {
  return running !== undefined && running.id !== cell;
}

function terminate(execution: Execution): Answer {
  execution.stop = "coming";
  // With what is on the stack, the cell is over whose timer or await it was.
  execution.stopped.add(execution.owner);
  if (execution.running) execution.stopped.add(execution.running.id);
  execution.hit = execution.handling;
  const { owner } = execution;
  execution.hookStack.loosen();
  // What is printed until then is still that cell's.
  execution.owner = owner;
  holdAfterPromise(execution);
  return "terminate";
}

/**
 * The scripts on the stack, where code of the author's or of a library is among them. Reading the next request is
 * JavaScript of node's and of the kernel's: a termination there would lose that request (seen).
 */
function stackWithAuthors({ inHost }: Execution): string[] | undefined {
  const origins = inHost ? [] : originsOnStack();
  return origins.every(isOurs) ? undefined : origins;
}

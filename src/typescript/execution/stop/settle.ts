import type inspector from "node:inspector";
import { AbortController, Error, Reflect } from "../../intrinsics.ts";
import type { Execution } from "../state.ts";
import { inTurn } from "../turn.ts";
import { undisturbed } from "../undisturbed.ts";
import { takeComingStop } from "./coming.ts";
import { clearTimers } from "./timers.ts";

const { abort } = AbortController.prototype;

/** The termination has happened: a handler that was on the stack, or a module that was loading, has left without its end. */
export function settled(execution: Execution): void {
  for (const forget of execution.terminated) forget();
  execution.hit?.end(true);
  execution.hit = undefined;
}

/**
 * From here on nothing of the cell comes back. That it is over is said in the next turn of the event loop, so that
 * `abort` listeners are code of the author's like any other and a loop in them can be stopped as well.
 */
export function settle(execution: Execution, session: inspector.Session, cell: string): void {
  execution.stop = "settling";
  if (execution.running?.id === cell) execution.stopped.add(cell);
  inTurn(() => finish(execution, session, cell));
}

function finish(execution: Execution, session: inspector.Session, cell: string): void {
  const { running } = execution;
  execution.hookStack.mend();
  if (running?.id === cell) {
    const { aborter } = running;
    execution.owner = cell;
    if (!aborter.signal.aborted) Reflect.apply(abort, aborter, [new Error("the cell was stopped")]);
    takeComingStop(execution, session);
    running.interrupt();
  } else if (cell === "") undisturbed(() => stopBackground(execution));
  else execution.stoppedBefore = cell;
  if (execution.stop === "settling") execution.stop = "none";
  execution.stopIsOver(cell);
}

/** With no cell running, an interrupt means what ended cells have left: timers, and what awaits. */
function stopBackground(execution: Execution): void {
  if (execution.running !== undefined) return;
  execution.epoch++;
  const count = clearTimers(execution);
  if (count > 0)
    execution.events.print(
      execution.owner,
      "stderr",
      `Stopped ${count} timer${count > 1 ? "s" : ""} of earlier cells.\n`,
    );
}

import type inspector from "node:inspector";
import { Reflect } from "../../intrinsics.ts";
import type { Execution, Line } from "../state.ts";
import { undisturbed } from "../undisturbed.ts";
import { takeComingStop } from "./coming.ts";

export type Callback = (...args: unknown[]) => unknown;

/** The line of what runs now. */
export function currentLine({ owner, epoch }: Execution): Line {
  return { cell: owner, epoch };
}

/** Whether a line goes on no more: its cell was stopped, or all that went on in the background. */
export function isOver({ stopped, epoch }: Execution, line: Line): boolean {
  return line.epoch !== epoch || undisturbed(() => stopped.has(line.cell));
}

/** A function that is called later, in the line in which it was given; of a line that is over it is not called. */
export function inLine(execution: Execution, session: inspector.Session, callback: Callback): Callback {
  const line = currentLine(execution);
  return function owned(this: unknown, ...args) {
    if (isOver(execution, line)) return undefined;
    execution.owner = line.cell;
    const result = Reflect.apply(callback, this, args);
    takeComingStop(execution, session);
    return result;
  };
}

import type inspector from "node:inspector";
import { HOST } from "../../cell/host_names.ts";
import { Promise } from "../../intrinsics.ts";
import { hide } from "../hide.ts";
import type { Execution, Line } from "../state.ts";
import { type Callback, currentLine, inLine, isOver } from "./lines.ts";
import { trackTimers } from "./timers.ts";

/**
 * Keeps output with the cell that caused it: a timer, an `await` or a callback that comes back brings its cell with it.
 * Of a cell that was stopped nothing comes back.
 */
export function trackOwners(execution: Execution, session: inspector.Session): void {
  trackTimers(execution, session);
  // Between `$$alive` and `$$resumed` nothing runs: the value passes by here.
  let passing: unknown;
  hide(HOST.paused, () => currentLine(execution));
  hide(HOST.alive, (line: Line, value: unknown) => {
    if (isOver(execution, line)) return false;
    execution.owner = line.cell;
    passing = value;
    return true;
  });
  hide(HOST.resumed, () => {
    const value = passing;
    passing = undefined;
    return value;
  });
  hide(HOST.never, () => new Promise(() => {}));
  hide(HOST.owned, (given: unknown) =>
    typeof given === "function" ? inLine(execution, session, given as Callback) : given,
  );
}

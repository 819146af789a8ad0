import { process, setTimeout } from "../intrinsics.ts";
import type { Memory } from "../messages.ts";
import { lookForReplaced } from "./replaced.ts";
import type { Execution } from "./state.ts";
import { inTurn } from "./turn.ts";

/**
 * Calls what libraries want done between two cells, in a turn of its own: the front process has heard by then that the cell
 * is done, and nothing of the author's is on the stack.
 */
export function restAfterCell(execution: Execution): void {
  inTurn(() => {
    const { inHost } = execution;
    execution.inHost = true;
    for (const call of execution.betweenCells) call();
    execution.inHost = inHost;
    pause.refresh();
  });
}

/** Not behind every cell of many that run one after the other. */
const PAUSE_MS = 20;
const pause = setTimeout(lookForReplaced, PAUSE_MS).unref();

const {
  memoryUsage: { rss },
  resourceUsage,
} = process;

/** The memory of this process, now and at its highest. */
export function memory(): Memory {
  return { resident: rss(), peak: resourceUsage().maxRSS * 1024 };
}

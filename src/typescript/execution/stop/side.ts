import { Worker } from "node:worker_threads";
import { URL } from "../../intrinsics.ts";
import { hide } from "../hide.ts";
import type { Execution } from "../state.ts";
import { provideStops } from "./stop.ts";

/** The side thread calls this on the main thread, between any two of its steps. */
export const FLUSH = "$$flush";

/**
 * Starts the side thread, which lives while the main thread loops: it stops it, and lets out text that is held back.
 * Calls `ready` when it listens: its start needs turns of the main thread, so no cell may run before.
 */
export function startSideThread(execution: Execution, ready: () => void): void {
  provideStops(execution);
  hide(FLUSH, () => execution.events.flush());
  const side = new Worker(new URL("./side_thread.js", import.meta.url), { execArgv: [], stdout: false, stderr: false });
  side.unref();
  side.once("message", ready);
  execution.events.askForFlush = () => side.postMessage(FLUSH);
}

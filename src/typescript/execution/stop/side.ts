import { Worker } from "node:worker_threads";
import { Promise, URL } from "../../intrinsics.ts";

/** The side thread calls this on the main thread, between any two of its steps. */
export const FLUSH = "$$flush";

/** The thread that lives while the main thread loops. */
export interface SideThread {
  thread: Worker;
  listening: Promise<void>;
}

export function startSideThread(): SideThread {
  const thread = new Worker(new URL("./side_thread.js", import.meta.url), {
    execArgv: [],
    stdout: false,
    stderr: false,
  });
  thread.unref();
  const listening = new Promise<void>(resolve => thread.once("message", () => resolve()));
  return { thread, listening };
}

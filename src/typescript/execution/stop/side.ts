import { Worker } from "node:worker_threads";
import { Int32Array, Promise, SharedArrayBuffer, URL } from "../../intrinsics.ts";

/** The side thread calls this on the main thread, between any two of its steps. */
export const FLUSH = "$$flush";

/** A cell has started a child that runs beside it. */
export interface Started {
  pid: number;
  cell: string;
}

/** The stop of a cell is over, and the main thread in its event loop. */
export interface Over {
  over: string;
}

/** The thread that lives while the main thread loops. */
export interface SideThread {
  thread: Worker;
  listening: Promise<void>;
  /** Not 0 from the moment that an interrupt is here until it is dealt with. */
  asked: Int32Array;
}

export function startSideThread(): SideThread {
  const asked = new Int32Array(new SharedArrayBuffer(4));
  const thread = new Worker(new URL("./side_thread.js", import.meta.url), {
    execArgv: [],
    workerData: asked,
    stdout: false,
    stderr: false,
  });
  thread.unref();
  const listening = new Promise<void>(resolve => thread.once("message", () => resolve()));
  return { thread, listening, asked };
}

import inspector from "node:inspector";
import { Socket } from "node:net";
import { createInterface } from "node:readline";
import { parentPort, workerData } from "node:worker_threads";
import { FD } from "../messages.ts";
import { FLUSH, type Interrupt, WORD } from "./side.ts";

/** How long an idle main thread may take to hear a message before it counts as busy. */
const PATIENCE_MS = 4;
/** How long text may be held back while the main thread is busy. */
const HELD_MS = 25;

const shared = workerData as Int32Array;
const session = new inspector.Session();
session.connectToMainThread();

let asked = 0;
const pipe = new Socket({ fd: FD.control, readable: true, writable: false });
createInterface({ input: pipe }).on("line", interrupt);
// The main thread may be in an endless loop and never see that the front process is gone: this thread does.
pipe.on("close", () => process.kill(process.pid, "SIGKILL"));

function interrupt(cell: string): void {
  const count = ++asked;
  parentPort?.postMessage({ count, cell } satisfies Interrupt);
  Atomics.wait(shared, WORD.heard, count - 1, PATIENCE_MS);
  if (Atomics.load(shared, WORD.heard) < count) session.post("Runtime.terminateExecution");
}

parentPort?.on("message", () => {
  setTimeout(() => session.post("Runtime.evaluate", { expression: `${FLUSH}()` }), HELD_MS);
});

import inspector from "node:inspector";
import { Socket } from "node:net";
import { createInterface } from "node:readline";
import { parentPort } from "node:worker_threads";
import { FD } from "../../messages.ts";
import { endProcessesOf, ownMark } from "../../processes.ts";
import { FLUSH } from "./side.ts";
import { type Answer, STOP, STOPPED } from "./stop.ts";

/** How long text may be held back while the main thread is busy. */
const HELD_MS = 25;

const session = new inspector.Session();
session.connectToMainThread();

let stopping = false;
/** A stop that was asked for while another was on its way. */
let next: string | undefined;

const pipe = new Socket({ fd: FD.control, readable: true, writable: false });
createInterface({ input: pipe }).on("line", interrupt);
// The main thread may be in an endless loop and never see that the front process is gone: this thread does.
pipe.on("close", () => {
  endProcessesOf(process.pid, ownMark());
  process.kill(process.pid, "SIGKILL");
});

/**
 * One stop at a time, and nothing else meanwhile: an evaluation that reaches the main thread together with a
 * termination is what the termination ends, and the author's code below it goes on (seen).
 */
function interrupt(cell: string): void {
  if (stopping) {
    next = cell;
    return;
  }
  stopping = true;
  next = undefined;
  const argument = JSON.stringify(cell);
  onMain(`${STOP}(${argument})`, answer => {
    if (answer === ("terminate" satisfies Answer))
      session.post("Runtime.terminateExecution", () => onMain(`${STOPPED}(${argument})`, stopped));
    else stopped();
  });
}

function stopped(): void {
  stopping = false;
  if (next !== undefined) interrupt(next);
}

function flush(): void {
  if (stopping) setTimeout(flush, HELD_MS);
  else onMain(`${FLUSH}()`);
}

function onMain(expression: string, take?: (value: unknown) => void): void {
  session.post("Runtime.evaluate", { expression, returnByValue: true }, (_error, evaluated) => {
    take?.((evaluated as inspector.Runtime.EvaluateReturnType | undefined)?.result.value);
  });
}

parentPort?.postMessage("listening");
parentPort?.on("message", () => setTimeout(flush, HELD_MS));

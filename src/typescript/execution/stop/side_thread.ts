import inspector from "node:inspector";
import { Socket } from "node:net";
import { createInterface } from "node:readline";
import { parentPort } from "node:worker_threads";
import { FD } from "../../messages.ts";
import { endProcessesOf, ownMark } from "../../processes.ts";
import { FLUSH } from "./side.ts";
import { AGAIN, type Answer, STOP, STOPPED } from "./stop.ts";

/** How long text may be held back while the main thread is busy. */
const HELD_MS = 25;
/** A cell that was stopped says so in a moment; after this the main thread is asked what keeps it. */
const AGAIN_MS = 400;
const SOON_MS = 10;

const session = new inspector.Session();
session.connectToMainThread();

let stopping = false;
/** A stop that was asked for while another was on its way. */
let next: string | undefined;
let again: NodeJS.Timeout | undefined;

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
  if (stopping) next = cell;
  else ask(STOP, cell);
}

function ask(what: typeof STOP | typeof AGAIN, cell: string): void {
  stopping = true;
  // Of the stop before, which this one is about as well.
  clearTimeout(again);
  const argument = JSON.stringify(cell);
  onMain(`${what}(${argument})`, answer => {
    if (answer === ("terminate" satisfies Answer))
      session.post("Runtime.terminateExecution", () => onMain(`${STOPPED}(${argument})`, () => asked(AGAIN, cell)));
    else if (answer === ("wait" satisfies Answer)) asked(AGAIN, cell);
    else if (answer === ("over" satisfies Answer)) asked();
    // Nobody was there to answer: the main thread has only just started.
    else asked(what, cell, SOON_MS);
  });
}

function asked(then?: typeof STOP | typeof AGAIN, cell = "", delay = AGAIN_MS): void {
  stopping = false;
  const waiting = next;
  next = undefined;
  if (waiting !== undefined) ask(STOP, waiting);
  else if (then !== undefined) again = setTimeout(() => ask(then, cell), delay);
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

import inspector from "node:inspector";
import { Socket } from "node:net";
import { createInterface } from "node:readline";
import { parentPort, workerData } from "node:worker_threads";
import { FD } from "../../messages.ts";
import { endProcessesOf, ownMark } from "../../processes.ts";
import { FLUSH, type Over, type Started } from "./side.ts";
import { type Interrupt, interruptChildren, type Starters } from "./side_children.ts";
import { AGAIN, type Answer, STOP, STOPPED } from "./stop.ts";

/** How long text may be held back while the main thread is busy. */
const HELD_MS = 25;
/** A cell that was stopped says so in a moment; after this the main thread is asked what keeps it. */
const AGAIN_MS = 400;
const SOON_MS = 10;
/** Most stops are over before the first: reading the table of processes would hold them up. */
const CHILDREN_MS = { first: 10, next: 300 };

const session = new inspector.Session();
session.connectToMainThread();

type Question = typeof STOP | typeof AGAIN | typeof STOPPED;

const starters: Starters = new Map();
let stopping = false;
/** A stop that was asked for while another was on its way. */
let next: string | undefined;
let latest: Interrupt | undefined;
let toChildren: NodeJS.Timeout | undefined;
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
  Atomics.store(workerData as Int32Array, 0, 1);
  clearTimeout(toChildren);
  latest = { cell, isOver: false, heard: new Set() };
  toChildren = setTimeout(tellChildren, CHILDREN_MS.first, latest);
  if (stopping) next = cell;
  else ask(STOP, cell);
}

/** Also those that the cell starts before the stop has reached it. */
function tellChildren(stop: Interrupt): void {
  interruptChildren(stop, starters);
  if (!stop.isOver) toChildren = setTimeout(tellChildren, CHILDREN_MS.next, stop);
}

function isOver(): void {
  Atomics.store(workerData as Int32Array, 0, 0);
  if (latest) latest.isOver = true;
}

function over(cell: string): void {
  if (latest?.cell !== cell || stopping) return;
  isOver();
  clearTimeout(again);
}

function ask(what: Question, cell: string): void {
  stopping = true;
  // Of the stop before, which this one is about as well.
  clearTimeout(again);
  const argument = JSON.stringify(cell);
  onMain(`${what}(${argument})`, answer => {
    if (answer === ("terminate" satisfies Answer)) session.post("Runtime.terminateExecution", () => ask(STOPPED, cell));
    else if (answer === ("wait" satisfies Answer)) asked(AGAIN, cell);
    else if (answer === ("over" satisfies Answer)) asked();
    // Nobody answered: the main thread has only just started, or the termination has met the question.
    else asked(what, cell, SOON_MS);
  });
}

function asked(then?: Question, cell = "", delay = AGAIN_MS): void {
  stopping = false;
  const waiting = next;
  next = undefined;
  if (then === undefined) isOver();
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
parentPort?.on("message", (message: typeof FLUSH | Started | Over) => {
  if (message === FLUSH) setTimeout(flush, HELD_MS);
  else if ("over" in message) over(message.over);
  else starters.set(message.pid, message.cell);
});

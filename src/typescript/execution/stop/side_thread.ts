import inspector from "node:inspector";
import { Socket } from "node:net";
import { createInterface } from "node:readline";
import { parentPort, workerData } from "node:worker_threads";
import { FD, type InterruptMessage } from "../../messages.ts";
import { endProcessesOf, ownMark } from "../../processes.ts";
// Of the main thread's own files only these: what they need would be loaded once more, in this thread (3 MB).
import { AGAIN, type Answer, STOP, STOPPED } from "./questions.ts";
import { FLUSH, type Over, type Started } from "./side.ts";
import { type Interrupt, interruptChildren, type Starters } from "./side_children.ts";

/** How long text may be held back while the main thread is busy. */
const HELD_MS = 25;
/** A cell that was stopped says so in a moment; after this the main thread is asked what keeps it. */
const AGAIN_MS = 400;
const SOON_MS = 10;
/** How often it is asked again where a package is loading. */
const LOADING_MS = 50;
/** How often it is asked again where a request is on its way. In an endless loop it will not be taken. */
const MOST_TIMES = 20;
/** Most stops are over before the first: reading the table of processes would hold them up. */
const CHILDREN_MS = { first: 10, next: 300 };

const session = new inspector.Session();
session.connectToMainThread();

type Question = typeof STOP | typeof AGAIN | typeof STOPPED;

const starters: Starters = new Map();
let stopping = false;
/** The cell that was over before the main thread's answer arrived here. */
let overBefore: string | undefined;
/** A stop that was asked for while another was on its way. */
let next: InterruptMessage | undefined;
/** Interrupts that the front process waits for. */
let unanswered = 0;
let latest: Interrupt | undefined;
let toChildren: NodeJS.Timeout | undefined;
let again: NodeJS.Timeout | undefined;

const pipe = new Socket({ fd: FD.control, readable: true, writable: true });
// A front process that is gone reads nothing: `close` says so.
pipe.on("error", () => {});
createInterface({ input: pipe }).on("line", line => interrupt(JSON.parse(line) as InterruptMessage));
// The main thread may be in an endless loop and never see that the front process is gone: this thread does.
pipe.on("close", () => {
  endProcessesOf(process.pid, ownMark());
  process.kill(process.pid, "SIGKILL");
});

/**
 * One stop at a time, and nothing else meanwhile: an evaluation that reaches the main thread together with a
 * termination is what the termination ends, and the author's code below it goes on (seen).
 */
function interrupt(message: InterruptMessage): void {
  const { cell } = message;
  unanswered++;
  Atomics.store(workerData as Int32Array, 0, 1);
  clearTimeout(toChildren);
  latest = { cell, isOver: false, heard: new Map() };
  toChildren = setTimeout(tellChildren, CHILDREN_MS.first, latest);
  if (stopping) next = message;
  else ask(STOP, cell, message.sent);
}

/** Also those that the cell starts before the stop has reached it. */
function tellChildren(stop: Interrupt): void {
  interruptChildren(stop, starters);
  if (!stop.isOver) toChildren = setTimeout(tellChildren, CHILDREN_MS.next, stop);
}

function isOver(): void {
  Atomics.store(workerData as Int32Array, 0, 0);
  if (latest) latest.isOver = true;
  pipe.write(".".repeat(unanswered));
  unanswered = 0;
}

function over(cell: string): void {
  if (stopping) overBefore = cell;
  if (latest?.cell !== cell || stopping) return;
  isOver();
  clearTimeout(again);
}

function ask(what: Question, cell: string, sent = 0, times = 0): void {
  stopping = true;
  overBefore = undefined;
  // Of the stop before, which this one is about as well.
  clearTimeout(again);
  onMain(`${what}(${JSON.stringify(cell)}, ${times < MOST_TIMES ? sent : 0})`, answer => {
    if (answer === ("terminate" satisfies Answer)) session.post("Runtime.terminateExecution", () => ask(STOPPED, cell));
    else if (answer === ("wait" satisfies Answer)) asked(() => ask(AGAIN, cell), AGAIN_MS);
    else if (answer === ("loading" satisfies Answer)) asked(() => ask(what, cell, sent, times), LOADING_MS);
    else if (answer === ("over" satisfies Answer)) asked();
    else if (answer === ("later" satisfies Answer)) asked(() => ask(what, cell, sent, times + 1), SOON_MS);
    // Nobody answered: the main thread has only just started, or the termination has met the question.
    else asked(() => ask(what, cell, sent, times), SOON_MS);
  });
}

function asked(then?: () => void, delay = 0): void {
  stopping = false;
  const waiting = next;
  next = undefined;
  if (waiting !== undefined) ask(STOP, waiting.cell, waiting.sent);
  else if (then === undefined || overBefore === latest?.cell) isOver();
  else again = setTimeout(then, delay);
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

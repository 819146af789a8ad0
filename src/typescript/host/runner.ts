import type { Cell, CommMessage, Host, Memory, Outcome } from "../../interpreter/index.ts";
import { type EventMessage, type RunRequest, toOutput } from "../messages.ts";
import { signal } from "../processes.ts";
import { Child } from "./child.ts";
import { exitFailure, exitNote } from "./ends.ts";

interface Pending {
  request: RunRequest;
  resolve: (outcome: Outcome) => void;
  /** Set once the process took the cell; one that ended before that has lost nothing of it. */
  began: boolean;
  /** How many processes the cell was sent to. */
  sent: number;
  interrupts: number;
  /** Set once the reader was asked for patience. */
  askedToWait: boolean;
}

/** Native code (a long matrix product, a synchronous download) cannot be stopped from outside: after this we say so. */
const NATIVE_PATIENCE_MS = 1000;
const NATIVE_NOTE =
  "Stopping: waiting for native code to return. Interrupt once more to end the process; its variables are lost then.\n";
const CHILD_NOTE = "Stopping: waiting for a child process to end. Interrupt once more to kill it.\n";

/** A cell that met a dying process goes to the next one. Processes that all die before they take it are no accident. */
const MOST_SENT = 3;

/** Runs cells in the execution process, and starts a new one where it ended. */
export class Runner {
  readonly #host: Host;
  #child: Child | undefined;
  /** Whether the present process came up; one that did not is not started again before the next cell. */
  #ready = false;
  #pending: Pending | undefined;
  /** Comm messages that the process has not dealt with yet, by the id of the request. */
  readonly #comms = new Map<string, () => void>();
  /** The cell that native output is shown in. */
  #latest = "";
  #stopping = false;
  #memory: Memory | undefined;
  #gone: () => void = () => {};

  constructor(host: Host) {
    this.#host = host;
    this.#child = this.#spawn();
  }

  run({ id, code, executionCount, silent, allowStdin, userExpressions }: Cell): Promise<Outcome> {
    const count = silent ? 0 : executionCount;
    const request: RunRequest = { type: "run", cell: id, code, count, silent, allowStdin, userExpressions };
    return new Promise(resolve => {
      this.#pending = { request, resolve, began: false, sent: 0, interrupts: 0, askedToWait: false };
      this.#send(this.#pending);
    });
  }

  get memory(): Memory | undefined {
    return this.#memory;
  }

  get processorMs(): number | undefined {
    return this.#child?.processorMs;
  }

  interrupt(): void {
    const pending = this.#pending;
    this.#child?.interrupt(pending?.request.cell ?? "");
    if (pending === undefined) return;
    if (pending.askedToWait) this.#insist(pending);
    else if (pending.interrupts++ === 0) this.#askToWaitLater(pending);
  }

  comm(requestId: string, { type: kind, buffers, ...message }: CommMessage): Promise<void> {
    if (this.#child === undefined) {
      // Nobody can take it: the protocol wants it closed at once.
      const { commId } = message;
      if (kind === "comm_open")
        this.#host.output(requestId, { type: "comm_close", commId, data: {}, metadata: {}, buffers: [] });
      return Promise.resolve();
    }
    this.#child.send({ type: "comm", cell: requestId, kind, ...message }, buffers);
    return new Promise(resolve => this.#comms.set(requestId, resolve));
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    const gone = new Promise<void>(resolve => {
      this.#gone = resolve;
    });
    if (this.#child === undefined) return;
    this.#child.kill("the kernel leaves");
    await gone;
  }

  #spawn(): Child {
    this.#ready = false;
    const child: Child = new Child({
      event: (event, buffers) => this.#take(child, event, buffers),
      native: (name, text) => this.#host.output(this.#latest, { type: "stream", name, text }),
      exit: how => this.#exited(how),
    });
    return child;
  }

  #send(pending: Pending): void {
    pending.sent++;
    this.#child ??= this.#spawn();
    this.#child.send(pending.request);
  }

  #take(child: Child, event: EventMessage, buffers: Uint8Array[]): void {
    switch (event.type) {
      case "ready":
        this.#ready = true;
        break;
      case "began":
        this.#latest = event.cell;
        if (this.#pending?.request.cell === event.cell) this.#pending.began = true;
        break;
      case "done": {
        const { cell, failure, userExpressions = {} } = event;
        this.#memory = event.memory;
        void child.drained().then(() => this.#settle(cell, failure ?? { status: "ok", userExpressions }));
        break;
      }
      case "handled":
        this.#handled(event.cell);
        break;
      case "input":
        void this.#host
          .input(event.cell, event.prompt, event.password)
          .then(value => child.answer(value === undefined ? {} : { value }));
        break;
      default:
        this.#host.output(event.cell, toOutput(event, buffers));
    }
  }

  #handled(requestId: string): void {
    this.#comms.get(requestId)?.();
    this.#comms.delete(requestId);
  }

  #settle(id: string, outcome: Outcome): void {
    if (this.#pending?.request.cell !== id) return;
    const { resolve } = this.#pending;
    this.#pending = undefined;
    resolve(outcome);
  }

  #askToWaitLater(pending: Pending): void {
    setTimeout(() => {
      if (this.#pending !== pending) return;
      pending.askedToWait = true;
      const text = this.#child?.children().length ? CHILD_NOTE : NATIVE_NOTE;
      this.#host.output(pending.request.cell, { type: "stream", name: "stderr", text });
    }, NATIVE_PATIENCE_MS).unref();
  }

  /** Interrupted once more: a child that ignores SIGINT is killed; where there is none, the process itself. */
  #insist(pending: Pending): void {
    const children = this.#child?.children() ?? [];
    if (children.length === 0) this.#child?.kill("it was interrupted twice");
    for (const pid of children) signal(pid, "SIGKILL");
    pending.askedToWait = false;
    this.#askToWaitLater(pending);
  }

  /** The process ended by itself: its cell gets an error, and a new process takes the next one. */
  #exited(how: string): void {
    this.#child = undefined;
    this.#gone();
    for (const id of this.#comms.keys()) this.#handled(id);
    if (this.#stopping) return;
    const cameUp = this.#ready;
    if (cameUp) this.#child = this.#spawn();
    const pending = this.#pending;
    // Between two cells no error can say it: the last cell's output does.
    if (cameUp && !pending?.began)
      this.#host.output(this.#latest, { type: "stream", name: "stderr", text: exitNote(how) });
    this.#host.lost(this.#latest);
    if (pending === undefined) return;
    const canGoOn = cameUp && !pending.began && pending.interrupts === 0 && pending.sent < MOST_SENT;
    if (canGoOn) this.#send(pending);
    else this.#settle(pending.request.cell, exitFailure(how));
  }
}

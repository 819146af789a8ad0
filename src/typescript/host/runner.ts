import type { Cell, CommMessage, Failure, Host, Outcome } from "../../interpreter/index.ts";
import type { EventMessage } from "../messages.ts";
import { Child } from "./child.ts";

interface Pending {
  id: string;
  resolve: (outcome: Outcome) => void;
  interrupts: number;
  /** Set once the reader was told that native code holds the cell. */
  toldToWait: boolean;
}

/** Native code (a long matrix product, a synchronous download) cannot be stopped from outside: after this we say so. */
const NATIVE_PATIENCE_MS = 1000;
const WAIT_NOTE =
  "Stopping: waiting for native code to return. Interrupt once more to end the process; its variables are lost then.\n";

type EventOf<Type extends EventMessage["type"]> = Extract<EventMessage, { type: Type }>;
type CellEvent = EventOf<"done" | "handled" | "input" | "comm_open" | "comm_msg" | "comm_close">;

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
  #gone: () => void = () => {};

  constructor(host: Host) {
    this.#host = host;
    this.#child = this.#spawn();
  }

  run({ id, code, executionCount, silent, allowStdin, userExpressions }: Cell): Promise<Outcome> {
    this.#latest = id;
    return new Promise(resolve => {
      this.#pending = { id, resolve, interrupts: 0, toldToWait: false };
      this.#child ??= this.#spawn();
      const count = silent ? 0 : executionCount;
      this.#child.send({ type: "run", cell: id, code, count, silent, allowStdin, userExpressions });
    });
  }

  interrupt(): void {
    const pending = this.#pending;
    this.#child?.interrupt(pending?.id ?? "");
    if (pending === undefined) return;
    if (pending.toldToWait) {
      this.#child?.kill();
      return;
    }
    if (pending.interrupts++ === 0) setTimeout(() => this.#tellToWait(pending), NATIVE_PATIENCE_MS).unref();
  }

  comm(requestId: string, { type: kind, buffers, ...message }: CommMessage): Promise<void> {
    if (this.#child === undefined) return Promise.resolve();
    this.#child.send({ type: "comm", cell: requestId, kind, ...message }, buffers);
    return new Promise(resolve => this.#comms.set(requestId, resolve));
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    const gone = new Promise<void>(resolve => {
      this.#gone = resolve;
    });
    if (this.#child === undefined) return;
    this.#child.kill();
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

  #take(child: Child, event: EventMessage, buffers: Uint8Array[]): void {
    switch (event.type) {
      case "ready":
        this.#ready = true;
        break;
      case "done":
      case "handled":
      case "input":
      case "comm_open":
      case "comm_msg":
      case "comm_close":
        this.#takeOfCell(child, event, buffers);
        break;
      case "stream": {
        const { cell, name, text = Buffer.from(buffers[0] ?? []).toString("latin1") } = event;
        this.#host.output(cell, { type: "stream", name, text });
        break;
      }
      default: {
        const { cell, ...output } = event;
        this.#host.output(cell, output);
      }
    }
  }

  #takeOfCell(child: Child, event: CellEvent, buffers: Uint8Array[]): void {
    switch (event.type) {
      case "done": {
        const { cell, failure, userExpressions = {} } = event;
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
      default: {
        const { cell, ...message } = event;
        this.#host.output(cell, { ...message, buffers });
      }
    }
  }

  #handled(requestId: string): void {
    this.#comms.get(requestId)?.();
    this.#comms.delete(requestId);
  }

  #settle(id: string, outcome: Outcome): void {
    if (this.#pending?.id !== id) return;
    const { resolve } = this.#pending;
    this.#pending = undefined;
    resolve(outcome);
  }

  #tellToWait(pending: Pending): void {
    if (this.#pending !== pending) return;
    pending.toldToWait = true;
    this.#host.output(pending.id, { type: "stream", name: "stderr", text: WAIT_NOTE });
  }

  /** The process ended by itself: its cell gets an error, and a new process takes the next one. */
  #exited(how: string): void {
    this.#child = undefined;
    this.#gone();
    for (const id of this.#comms.keys()) this.#handled(id);
    if (this.#stopping) return;
    if (this.#ready) this.#child = this.#spawn();
    if (this.#pending !== undefined) this.#settle(this.#pending.id, exitFailure(how));
  }
}

function exitFailure(how: string): Failure {
  const evalue = `the process that runs the cells ended (${how}); the next cell starts in a new one, the variables are gone`;
  return { status: "error", ename: "ProcessExited", evalue, traceback: [`ProcessExited: ${evalue}`] };
}

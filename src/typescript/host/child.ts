import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import type { Socket } from "node:net";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { type Answer, type EventMessage, FD, type InterruptMessage, type RequestMessage } from "../messages.ts";
import { BrokenFrame, encodeFrame, FrameReader } from "../pipe_frames.ts";
import { processorMs } from "../proc.ts";
import { endProcessesOf, MARK, processesOf } from "../processes.ts";
import { howItEnded } from "./ends.ts";
import { NativeLog } from "./native_log.ts";

const ENTRY = fileURLToPath(new URL("../execution/main.js", import.meta.url));

const FLAGS = [
  // A termination inside a timer callback leaves node's hook stack unbalanced; with the check on, node aborts.
  "--no-force-async-hooks-checks",
  // import.meta.resolve(specifier, parent): imports of cells are resolved from the notebook's folder.
  "--experimental-import-meta-resolve",
  // module.register is deprecated from Node 26 on, and what takes its place is not there before Node 22.
  "--disable-warning=DEP0205",
];

/** What a dead process wrote last is in its pipes already; something that still holds them may keep them open. */
const GRACE_MS = 100;
/** The reason that V8 prints when it gives up stands within this much of the end. */
const TAIL = 16_384;

export interface ChildListener {
  event: (event: EventMessage, buffers: Uint8Array[]) => void;
  /** What native code or a child process wrote to file descriptor 1 or 2. */
  native: (name: "stdout" | "stderr", text: string) => void;
  /** Called once, when the process is gone with all that it had started. */
  exit: (how: string) => void;
}

/** What is shown in a place of its own, so that what was written before it must stand before it. */
const PLACED: ReadonlySet<EventMessage["type"]> = new Set(["execute_result", "display_data", "error"]);

/** The execution process as the front process sees it. */
export class Child {
  readonly #process: ChildProcess;
  readonly #listener: ChildListener;
  readonly #stderr: NativeLog;
  readonly #mark = randomUUID();
  #nativeReads = 0;
  /** Events behind one that waits for native output, in their order. */
  readonly #events: [event: EventMessage, buffers: Uint8Array[]][] = [];
  #sent = 0;
  #interrupts = 0;
  /** Requests that wait until the interrupts before them are dealt with. */
  #waiting: Buffer[] = [];
  #stderrTail = "";
  /** Why we ended it, where we did. */
  #endedBecause: string | undefined;
  #hasExited = false;

  constructor(listener: ChildListener) {
    this.#listener = listener;
    const env = { ...process.env, [MARK]: `${process.env[MARK] ?? ""} ${this.#mark}`.trim() };
    // Detached: a Ctrl-C for the group reaches the front process only, and it decides what to stop.
    this.#process = spawn(process.execPath, [...FLAGS, ENTRY], {
      detached: true,
      env,
      stdio: ["ignore", "pipe", "pipe", "pipe", "pipe", "pipe", "pipe"],
    });
    this.#stderr = new NativeLog(text => listener.native("stderr", text));
    this.#native("stdout", text => listener.native("stdout", text));
    this.#native("stderr", text => {
      this.#stderrTail = (this.#stderrTail + text).slice(-TAIL);
      this.#stderr.write(text);
    });
    this.#readEvents();
    this.#readControl();
    for (const fd of [FD.requests, FD.answers]) this.#onlyWrite(fd);
    this.#process.once("error", error => this.#exited(error.message));
    this.#process.once("exit", (code, signal) => this.#whenDrained(code, signal));
  }

  /** A request that met a termination would be lost, so none is on its way while an interrupt is. */
  send(request: RequestMessage, buffers: readonly Uint8Array[] = []): void {
    this.#waiting.push(encodeFrame({ ...request }, buffers));
    if (this.#interrupts === 0) this.#sendWaiting();
  }

  /** Answers the question that the main thread waits for. */
  answer(answer: Answer): void {
    this.#pipe(FD.answers).write(`${JSON.stringify(answer)}\n`);
  }

  /** Stops `cell`, or where that has just ended whatever still keeps the main thread busy. */
  interrupt(cell: string): void {
    this.#interrupts++;
    this.#pipe(FD.control).write(`${JSON.stringify({ cell, sent: this.#sent } satisfies InterruptMessage)}\n`);
  }

  /** Settles once native output that was written before now has been passed on. */
  async drained(): Promise<void> {
    for (let before = -1; before !== this.#nativeReads; ) {
      before = this.#nativeReads;
      await new Promise(resolve => setImmediate(resolve));
    }
    this.#stderr.flush();
  }

  /** Ends the process and all that it has started. */
  kill(because: string): void {
    this.#endedBecause ??= because;
    const { pid } = this.#process;
    if (pid !== undefined && !this.#hasExited) endProcessesOf(pid, this.#mark, () => this.#process.kill("SIGKILL"));
  }

  /** Processor time of the process so far, in milliseconds. */
  get processorMs(): number | undefined {
    const { pid } = this.#process;
    return pid === undefined || this.#hasExited ? undefined : processorMs(pid);
  }

  /** The processes in its group, which an interrupt is for as well. */
  children(): number[] {
    const { pid } = this.#process;
    if (pid === undefined || this.#hasExited) return [];
    return processesOf(pid, this.#mark).flatMap(row => (row.group === pid ? row.pid : []));
  }

  #sendWaiting(): void {
    for (const frame of this.#waiting.splice(0)) {
      this.#sent++;
      this.#pipe(FD.requests).write(frame);
    }
  }

  #readControl(): void {
    const pipe = this.#pipe(FD.control);
    pipe.on("error", () => {});
    pipe.setEncoding("latin1").on("data", (text: string) => {
      // Each byte stands for one interrupt, so that no piece of a message has to wait for the rest.
      this.#interrupts -= text.length;
      if (this.#interrupts < 0 || /[^.]/.test(text)) this.#misused(FD.control);
      else if (this.#interrupts === 0) this.#sendWaiting();
    });
  }

  #readEvents(): void {
    const reader = new FrameReader();
    const pipe = this.#pipe(FD.events);
    pipe.on("data", (piece: Buffer) => {
      if (this.#endedBecause !== undefined) return;
      try {
        for (const { head, buffers } of reader.push(piece)) this.#heard(head as unknown as EventMessage, buffers);
      } catch (error) {
        if (!(error instanceof BrokenFrame)) throw error;
        this.#misused(FD.events, error);
      }
    });
    // A process that lives can say nothing any more: it closed the descriptor.
    pipe.once("end", () => setTimeout(() => this.#hasExited || this.#misused(FD.events), GRACE_MS).unref());
  }

  #heard(event: EventMessage, buffers: Uint8Array[]): void {
    if (this.#events.push([event, buffers]) === 1) this.#passOn();
  }

  /** Two pipes have no order: where it matters, the other one is read first. */
  #passOn(): void {
    for (let [first] = this.#events; first !== undefined; [first] = this.#events) {
      const next = first;
      if (PLACED.has(next[0].type)) {
        void this.drained().then(() => {
          if (this.#events[0] !== next) return;
          this.#pass();
          this.#passOn();
        });
        return;
      }
      this.#pass();
    }
  }

  #pass(): void {
    const next = this.#events.shift();
    if (next !== undefined) this.#listener.event(...next);
  }

  /** Writes to a process that has just died fail; its exit says so. What comes back was not written by us. */
  #onlyWrite(fd: number): void {
    this.#pipe(fd).on("error", () => {});
    this.#pipe(fd).on("data", () => this.#misused(fd));
  }

  #misused(fd: number, error?: unknown): void {
    const detail = error instanceof Error ? `: ${error.message}` : "";
    this.kill(
      `file descriptor ${fd}, which belongs to the kernel, was written or closed by the notebook's code${detail}`,
    );
  }

  /** What it had started ends with it, and what it wrote has arrived: its pipes are closed, or silent for a while. */
  #whenDrained(code: number | null, signal: NodeJS.Signals | null): void {
    this.#hasExited = true;
    if (this.#process.pid !== undefined) endProcessesOf(this.#process.pid, this.#mark);
    const exited = () => this.#exited(this.#endedBecause ?? howItEnded(code, signal, this.#stderrTail));
    const streams = this.#process.stdio;
    const silence = setTimeout(() => {
      for (const stream of streams) stream?.destroy();
    }, GRACE_MS);
    for (const fd of [1, 2, FD.events]) this.#pipe(fd).on("data", () => silence.refresh());
    this.#process.once("close", () => {
      clearTimeout(silence);
      exited();
    });
  }

  #exited(how: string): void {
    this.#hasExited = true;
    this.#stderr.flush();
    while (this.#events.length > 0) this.#pass();
    this.#listener.exit(how);
  }

  #pipe(fd: number): Socket {
    return this.#process.stdio[fd] as Socket;
  }

  #native(name: "stdout" | "stderr", pass: (text: string) => void): void {
    const stream = this.#process[name] as Readable;
    stream.setEncoding("utf8").on("data", (text: string) => {
      this.#nativeReads++;
      pass(text);
    });
  }
}

import { type ChildProcess, spawn } from "node:child_process";
import type { Socket } from "node:net";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { type Answer, type EventMessage, FD, type RequestMessage } from "../messages.ts";
import { encodeFrame, FrameReader } from "../pipe_frames.ts";
import { NativeLog } from "./native_log.ts";

const ENTRY = fileURLToPath(new URL("../execution/main.js", import.meta.url));

const FLAGS = [
  // A termination inside a timer callback leaves node's hook stack unbalanced; with the check on, node aborts.
  "--no-force-async-hooks-checks",
  // import.meta.resolve(specifier, parent): imports of cells are resolved from the notebook's folder.
  "--experimental-import-meta-resolve",
];

export interface ChildListener {
  event: (event: EventMessage, buffers: Uint8Array[]) => void;
  /** What native code or a child process wrote to file descriptor 1 or 2. */
  native: (name: "stdout" | "stderr", text: string) => void;
  exit: (how: string) => void;
}

/** The execution process as the front process sees it. */
export class Child {
  readonly #process: ChildProcess;
  readonly #stderr: NativeLog;
  #nativeReads = 0;

  constructor(listener: ChildListener) {
    // Detached: a Ctrl-C for the group reaches the front process only, and it decides what to stop.
    this.#process = spawn(process.execPath, [...FLAGS, ENTRY], {
      detached: true,
      stdio: ["ignore", "pipe", "pipe", "pipe", "pipe", "pipe", "pipe"],
    });
    this.#stderr = new NativeLog(text => listener.native("stderr", text));
    const reader = new FrameReader();
    this.#pipe(FD.events).on("data", (piece: Buffer) => {
      for (const { head, buffers } of reader.push(piece)) listener.event(head as unknown as EventMessage, buffers);
    });
    this.#native("stdout", text => listener.native("stdout", text));
    this.#native("stderr", text => this.#stderr.write(text));
    // Writes to a process that has just died fail; its exit tells.
    for (const fd of [FD.control, FD.requests, FD.answers]) this.#pipe(fd).on("error", () => {});
    this.#process.once("error", error => listener.exit(error.message));
    // `close`, not `exit`: what the process wrote last has arrived by then.
    this.#process.once("close", (code, signal) => listener.exit(signal ? `signal ${signal}` : `exit code ${code}`));
  }

  send(request: RequestMessage, buffers: readonly Uint8Array[] = []): void {
    this.#pipe(FD.requests).write(encodeFrame({ ...request }, buffers));
  }

  /** Answers the question that the main thread waits for. */
  answer(answer: Answer): void {
    this.#pipe(FD.answers).write(`${JSON.stringify(answer)}\n`);
  }

  /** Stops `cell`, or where that has just ended whatever still keeps the main thread busy. */
  interrupt(cell: string): void {
    this.#pipe(FD.control).write(`${cell}\n`);
  }

  /** Settles once native output that was written before now has been passed on. */
  async drained(): Promise<void> {
    for (let before = -1; before !== this.#nativeReads; ) {
      before = this.#nativeReads;
      await new Promise(resolve => setImmediate(resolve));
    }
    this.#stderr.flush();
  }

  kill(): void {
    this.#process.kill("SIGKILL");
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

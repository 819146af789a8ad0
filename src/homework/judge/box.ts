import type { ChildProcess } from "node:child_process";
import type { Duplex, Writable } from "node:stream";
import { type Frame, FrameReader, MOST_ANSWER_TEXT, toBytes } from "../box/frames.ts";
import { CALLBACKS, REQUESTS } from "../box/messages.ts";
import { endBox } from "../sandbox/start.ts";
import { limitTime } from "./clock.ts";
import { lastChild } from "./process_time.ts";

/** What is kept of a box's standard output and error, characters each; the rest is dropped as it comes. */
const MOST_OUTPUT = 20_000;

/** What comes of a request: a frame of the box, or why there will be none. */
export type Outcome = { frame: Frame; spent: number } | { ended: string };

type Said = { frame: Frame } | { ended: string };

/** The trusted side of one box: one request at a time, its time, its end. */
export class Box {
  readonly #child: ChildProcess;
  #waiting: ((outcome: Said) => void) | undefined;
  #ended: string | undefined;
  #printed = "";
  /** The process behind bubblewrap, once it has started. */
  #pid: number | undefined;

  constructor(child: ChildProcess) {
    this.#child = child;
    const reader = new FrameReader(MOST_ANSWER_TEXT);
    child.stdout?.on("data", (chunk: Buffer) => this.#print(chunk));
    child.stderr?.on("data", (chunk: Buffer) => this.#print(chunk));
    this.#pipe(REQUESTS).on("data", (chunk: Buffer) => this.#take(reader, chunk));
    for (const pipe of [REQUESTS, CALLBACKS])
      this.#pipe(pipe).on("error", () => this.end("the process closed its pipe"));
    child.on("error", error => this.end(error.message));
    child.on("exit", (code, signal) => this.end(whyLeft(code, signal)));
  }

  get printed(): string {
    return this.#printed;
  }

  get ended(): string | undefined {
    return this.#ended;
  }

  /** Sends a request, or the answer to a callback, and waits for what the box says; ends it when `limit` ms are spent. */
  async ask(
    frame: Frame | undefined,
    limit: number,
    on: typeof REQUESTS | typeof CALLBACKS = REQUESTS,
  ): Promise<Outcome> {
    if (this.#ended !== undefined) return { ended: this.#ended };
    const said = new Promise<Said>(resolve => {
      this.#waiting = resolve;
    });
    if (frame !== undefined) (this.#pipe(on) as Writable).write(toBytes(frame));
    this.#pid ??= frame === undefined ? undefined : lastChild(this.#child.pid as number);
    const pid = this.#pid ?? (this.#child.pid as number);
    const stop = limitTime(pid, limit, () => this.end(`it was stopped at its time limit`));
    const outcome = await said;
    const spent = stop();
    return "frame" in outcome ? { ...outcome, spent } : outcome;
  }

  end(why: string): void {
    if (this.#ended !== undefined) return;
    this.#ended = why;
    endBox(this.#child);
    this.#settle({ ended: why });
  }

  #take(reader: FrameReader, chunk: Buffer): void {
    if (this.#ended !== undefined) return;
    try {
      for (const frame of reader.take(chunk)) {
        // What nobody has asked for was written by the student's code.
        if (this.#waiting === undefined) this.end("it wrote an unexpected message on the grader's pipe");
        else this.#settle({ frame });
      }
    } catch (error) {
      this.end((error as Error).message);
    }
  }

  #settle(outcome: Said): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    waiting?.(outcome);
  }

  #print(chunk: Buffer): void {
    if (this.#printed.length < MOST_OUTPUT) this.#printed += chunk.toString().slice(0, MOST_OUTPUT);
  }

  #pipe(descriptor: number): Duplex {
    return this.#child.stdio[descriptor] as unknown as Duplex;
  }
}

function whyLeft(code: number | null, signal: NodeJS.Signals | null): string {
  const OUT_OF_MEMORY = [134, 137]; // SIGABRT of V8, SIGKILL of the system, as bubblewrap hands them on
  if (signal === "SIGABRT" || OUT_OF_MEMORY.includes(code ?? 0)) return "the process ran out of memory";
  return signal ? `the process was ended by ${signal}` : `the process left with code ${code}`;
}

import { writeSync } from "node:fs";
import { Buffer, Number, performance, type Uint8Array } from "../intrinsics.ts";
import { type EventMessage, FD } from "../messages.ts";
import { encodeFrame } from "../pipe_frames.ts";
import { inTurn } from "./turn.ts";
import { insisted } from "./undisturbed.ts";

type StreamName = "stdout" | "stderr";

/** Of what is printed within this time most is held back a little, so that 100,000 lines are few writes. */
const TOGETHER_MS = 20;
/** The first lines go out at once: the next step may be native code, which lets no side thread in until it is done. */
const AT_ONCE = 16;
const MOST_HELD = 64 * 1024;
/** A string of JSON can have 512 MB, and one character of a text may take six of them. */
const LONGEST = 16 * 1024 * 1024;

/**
 * Tells the front process what happens, in order. The writes block until the pipe took them all: output cannot pile
 * up in memory, and an interrupt cannot cut a frame in two. Text is gathered: the first lines after a pause go out at
 * once, what follows goes out with the next event, the next pause or, where the thread is kept busy, by the side thread.
 */
export class Events {
  /** Asks for a `flush` soon, also if this thread gets into a loop; set once the side thread is there. */
  askForFlush: () => void = () => {};
  #asked = false;
  #text = "";
  #cell = "";
  #name: StreamName = "stdout";
  #since = Number.NEGATIVE_INFINITY;
  #printed = 0;

  tell(message: EventMessage, buffers: readonly Uint8Array[] = []): void {
    this.flush();
    writeFully(
      FD.events,
      insisted(() => encodeFrame({ ...message }, buffers)),
    );
  }

  print(cell: string, name: StreamName, text: string): void {
    if (this.#text !== "" && (this.#cell !== cell || this.#name !== name)) this.flush();
    this.#cell = cell;
    this.#name = name;
    this.#text += text;
    if (this.#text.length > MOST_HELD || this.#goesAtOnce()) this.flush();
    else if (!this.#asked) {
      this.#asked = true;
      inTurn(() => this.flush());
      this.askForFlush();
    }
  }

  /** The side thread may call this between any two calls above: the text is taken before the first of them here. */
  flush(): void {
    const text = this.#text;
    this.#text = "";
    this.#asked = false;
    if (text === "") return;
    const head = { cell: this.#cell, name: this.#name };
    for (let at = 0; at < text.length; at += LONGEST)
      writeFully(
        FD.events,
        insisted(() => encodeStream(head, text.slice(at, at + LONGEST))),
      );
  }

  #goesAtOnce(): boolean {
    const now = performance.now();
    if (now - this.#since > TOGETHER_MS) {
      this.#since = now;
      this.#printed = 0;
    }
    return this.#printed++ < AT_ONCE;
  }
}

/** ASCII goes as it is: that is half the work of JSON, here and on the other side. */
function encodeStream(head: { cell: string; name: StreamName }, text: string): Buffer {
  const isAscii = Buffer.byteLength(text) === text.length;
  if (isAscii) return encodeFrame({ type: "stream", ...head }, [Buffer.from(text, "latin1")]);
  return encodeFrame({ type: "stream", ...head, text });
}

function writeFully(fd: number, bytes: Buffer): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(fd, bytes, at);
}

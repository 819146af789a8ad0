import { writeSync } from "node:fs";
import { Buffer, JSON, Number, performance, type Uint8Array } from "../intrinsics.ts";
import { type EventMessage, FD } from "../messages.ts";
import { encodeFrame, wellFormed } from "../pipe_frames.ts";
import { inTurn } from "./turn.ts";
import { insisted } from "./undisturbed.ts";

type StreamName = "stdout" | "stderr";

/** Of what is printed within this time most is held back a little, so that 100,000 lines are few writes. */
const TOGETHER_MS = 20;
/** The first lines go out at once: the next step may be native code, which lets no side thread in until it is done. */
const AT_ONCE = 16;
const MOST_HELD = 64 * 1024;
/** The front process cuts no text in two: one message of more than this would make a front end stutter. */
const LONGEST = 1024 * 1024;

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
    for (let at = 0; at < text.length; ) {
      const end = endOfPiece(text, at);
      const piece = end - at === text.length ? text : insisted(() => text.slice(at, end));
      writeFully(
        FD.events,
        insisted(() => encodeStream(head, piece)),
      );
      at = end;
    }
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

/** Not in the middle of a character. */
function endOfPiece(text: string, at: number): number {
  const end = at + LONGEST;
  if (end >= text.length) return text.length;
  const unit = insisted(() => text.charCodeAt(end - 1));
  return unit >= 0xd800 && unit <= 0xdbff ? end - 1 : end;
}

/** The text goes as the JSON that a front end gets: the front process reads none of it. */
function encodeStream(head: { cell: string; name: StreamName }, text: string): Buffer {
  const json = Buffer.from(wellFormed(JSON.stringify(text)));
  return encodeFrame({ type: "stream", ...head }, [json.subarray(1, -1)]);
}

function writeFully(fd: number, bytes: Buffer): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(fd, bytes, at);
}

import { Array, Buffer, Error, JSON, Number, type Uint8Array } from "./intrinsics.ts";
/** One message on a pipe between the front and the execution process: a JSON head, then its binary buffers. */
export interface Frame {
  head: Record<string, unknown>;
  buffers: Uint8Array[];
}

const WORD = 4;
const PREFIX = 2 * WORD;
/** Begins each frame, so that bytes which something else wrote on the pipe are noticed at once ("LTNT"). */
const MAGIC = 0x544e544c;
const PLAIN = { list: [0] };
const PLAIN_TEXT = JSON.stringify(PLAIN);

/** The pipe carried bytes that are no frame of ours. What follows cannot be read either. */
export class BrokenFrame extends Error {
  override readonly name = "BrokenFrame";
}

/** [magic][length of all that follows][length of the head][head][buffers], all words little-endian with 32 bits. */
export function encodeFrame(head: Record<string, unknown>, buffers: readonly Uint8Array[] = []): Buffer {
  const sizes = buffers.map(buffer => buffer.byteLength);
  // A cell may have replaced what makes JSON (`Array.prototype.toJSON = …`).
  if (JSON.stringify(PLAIN) !== PLAIN_TEXT) throw new BrokenFrame("JSON is not written as it is");
  const json = Buffer.from(wellFormed(JSON.stringify(buffers.length === 0 ? head : { ...head, $buffers: sizes })));
  const size = WORD + json.length + sizes.reduce((sum, each) => sum + each, 0);
  const words = Buffer.alloc(PREFIX + WORD);
  words.writeUInt32LE(MAGIC, 0);
  words.writeUInt32LE(size, WORD);
  words.writeUInt32LE(json.length, PREFIX);
  const frame = Buffer.concat([words, json, ...buffers]);
  // `...` steps with an iterator, which a cell may have replaced as well.
  if (frame.length !== PREFIX + size) throw new BrokenFrame("a frame that is not whole");
  return frame;
}

/**
 * Half a character (`"😀"[0]`) becomes the replacement character, as on a terminal: a notebook file that holds one cannot
 * be written by Python. JSON writes nothing else as \\ud8.. to \\udf...
 */
export function wellFormed(json: string): string {
  if (!json.includes("\\ud")) return json;
  return json.replace(/(?<!\\)((?:\\\\)*)\\ud[89a-f][0-9a-f]{2}/g, "$1\ufffd");
}

/** Puts the frames together again from the pieces that a pipe delivers. */
export class FrameReader {
  #pieces: Buffer[] = [];
  #length = 0;

  /** Takes a piece; yields the frames that are now whole. Throws `BrokenFrame` behind the last that is. */
  *push(piece: Buffer): Generator<Frame> {
    this.#pieces.push(piece);
    this.#length += piece.length;
    for (let size = this.#nextSize(); size !== undefined && this.#length >= PREFIX + size; size = this.#nextSize()) {
      const all = this.#joined();
      this.#pieces = [all.subarray(PREFIX + size)];
      this.#length -= PREFIX + size;
      yield decodeFrame(all.subarray(PREFIX, PREFIX + size));
    }
  }

  #nextSize(): number | undefined {
    if (this.#length < PREFIX) return undefined;
    const [first] = this.#pieces;
    const words = first !== undefined && first.length >= PREFIX ? first : this.#joined();
    if (words.readUInt32LE(0) !== MAGIC) throw new BrokenFrame("bytes that the kernel did not write");
    return words.readUInt32LE(WORD);
  }

  #joined(): Buffer {
    const [first] = this.#pieces;
    const all = this.#pieces.length === 1 && first !== undefined ? first : Buffer.concat(this.#pieces);
    this.#pieces = [all];
    return all;
  }
}

function decodeFrame(bytes: Buffer): Frame {
  const length = bytes.readUInt32LE(0);
  const { $buffers = [], ...head } = parseHead(bytes.toString("utf8", WORD, WORD + length));
  let at = WORD + length;
  if (!areSizes($buffers, bytes.length - at)) throw new BrokenFrame("buffers of other sizes");
  const buffers = $buffers.map(size => {
    at += size;
    return bytes.subarray(at - size, at);
  });
  return { head, buffers };
}

function areSizes(given: unknown, all: number): given is number[] {
  if (!Array.isArray(given) || !given.every(size => Number.isInteger(size) && size >= 0)) return false;
  return given.reduce((sum, each) => sum + each, 0) === all;
}

function parseHead(text: string): { $buffers?: unknown } & Record<string, unknown> {
  const head = parsed(text);
  if (head === null || typeof head !== "object") throw new BrokenFrame("a head that is no object");
  return head as ReturnType<typeof parseHead>;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new BrokenFrame("a head that is not JSON", { cause });
  }
}

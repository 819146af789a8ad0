import { Buffer, JSON, type Uint8Array } from "./intrinsics.ts";
/** One message on a pipe between the front and the execution process: a JSON head, then its binary buffers. */
export interface Frame {
  head: Record<string, unknown>;
  buffers: Uint8Array[];
}

const WORD = 4;

/** [length of all that follows][length of the head][head][buffers], lengths as little-endian 32-bit words. */
export function encodeFrame(head: Record<string, unknown>, buffers: readonly Uint8Array[] = []): Buffer {
  const sizes = buffers.map(buffer => buffer.byteLength);
  const json = Buffer.from(JSON.stringify(buffers.length === 0 ? head : { ...head, $buffers: sizes }));
  const size = WORD + json.length + sizes.reduce((sum, each) => sum + each, 0);
  const words = Buffer.alloc(2 * WORD);
  words.writeUInt32LE(size, 0);
  words.writeUInt32LE(json.length, WORD);
  return Buffer.concat([words, json, ...buffers]);
}

/** Puts the frames together again from the pieces that a pipe delivers. */
export class FrameReader {
  #pieces: Buffer[] = [];
  #length = 0;

  /** Takes a piece; returns the frames that are now whole. */
  push(piece: Buffer): Frame[] {
    this.#pieces.push(piece);
    this.#length += piece.length;
    const frames: Frame[] = [];
    for (let size = this.#nextSize(); size !== undefined && this.#length >= WORD + size; size = this.#nextSize()) {
      const all = this.#joined();
      frames.push(decodeFrame(all.subarray(WORD, WORD + size)));
      this.#pieces = [all.subarray(WORD + size)];
      this.#length -= WORD + size;
    }
    return frames;
  }

  #nextSize(): number | undefined {
    if (this.#length < WORD) return undefined;
    const [first] = this.#pieces;
    return (first !== undefined && first.length >= WORD ? first : this.#joined()).readUInt32LE(0);
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
  const { $buffers = [], ...head } = JSON.parse(bytes.toString("utf8", WORD, WORD + length)) as {
    $buffers?: number[];
  } & Record<string, unknown>;
  let at = WORD + length;
  const buffers = $buffers.map(size => {
    at += size;
    return bytes.subarray(at - size, at);
  });
  return { head, buffers };
}

/**
 * Frames between the judge and a box: length of the JSON text, length of the bytes, both 32 bits, then the two. JSON and raw
 * bytes, no structured clone: nothing but plain data can come out of a frame, whoever wrote it.
 */

/** What a frame may take; more ends the box. */
const MOST_BYTES = 64 * 2 ** 20;
const HEADER = 8;

/** A message as it travels: JSON, and the bytes of its typed arrays. */
export interface Frame {
  json: string;
  bytes: Buffer;
}

export function toBytes({ json, bytes }: Frame): Buffer {
  const text = Buffer.from(json);
  const header = Buffer.alloc(HEADER);
  header.writeUInt32LE(text.length, 0);
  header.writeUInt32LE(bytes.length, 4);
  return Buffer.concat([header, text, bytes]);
}

/**
 * What the JSON of an answer may take. Twenty bytes of it may become an object of a hundred in the judge, so whoever fills a frame
 * with brackets could end the judge; 400,000 numbers fit, and typed arrays and tensors travel as bytes.
 */
export const MOST_ANSWER_TEXT: number = 8 * 2 ** 20;

/** Takes chunks as they come, and gives the frames that are complete. */
export class FrameReader {
  #chunks: Buffer[] = [];
  #length = 0;
  readonly #mostText: number;

  constructor(mostText: number = MOST_BYTES) {
    this.#mostText = mostText;
  }

  /** @throws RangeError when a frame is larger than allowed */
  take(chunk: Buffer): Frame[] {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    const frames: Frame[] = [];
    for (let frame = this.#next(); frame !== undefined; frame = this.#next()) frames.push(frame);
    return frames;
  }

  #next(): Frame | undefined {
    if (this.#length < HEADER) return undefined;
    const all = this.#joinedIfComplete();
    if (all === undefined) return undefined;
    const [text, blob] = [all.readUInt32LE(0), all.readUInt32LE(4)];
    const end = HEADER + text + blob;
    this.#chunks = [all.subarray(end)];
    this.#length = all.length - end;
    return { json: all.toString("utf8", HEADER, HEADER + text), bytes: all.subarray(HEADER + text, end) };
  }

  /** Joins what has come once the frame is whole, so that a large one is not copied with each chunk. */
  #joinedIfComplete(): Buffer | undefined {
    const [first] = this.#chunks as [Buffer];
    const head = first.length >= HEADER ? first : Buffer.concat(this.#chunks);
    const text = head.readUInt32LE(0);
    const size = text + head.readUInt32LE(4);
    if (size > MOST_BYTES) throw new RangeError(`a message of ${size} bytes; at most ${MOST_BYTES} are taken`);
    if (text > this.#mostText)
      throw new RangeError(`a message with ${text} bytes of lists and text; at most ${this.#mostText} are taken`);
    if (this.#length < HEADER + size) return undefined;
    return this.#chunks.length === 1 ? first : Buffer.concat(this.#chunks);
  }
}

import { DataError } from "../errors.ts";

const PIXELS = 784;
const BYTES = PIXELS / 8;
/** A line of an .amat file: 784 digits, 783 spaces between them, a line feed. */
const LINE = 2 * PIXELS;
const [ZERO, ONE] = [0x30, 0x31];

/**
 * Packs Larochelle's text format, one line of 784 digits 0 or 1 an image, into 98 bytes an image: row by row, the most
 * significant bit first.
 *
 * @throws DataError when the text has another form
 */
export function packAmat(text: Buffer): Buffer {
  if (text.length === 0 || text.length % LINE !== 0) throw new DataError(`lines of ${LINE} bytes were expected`);
  const packed = Buffer.alloc((text.length / LINE) * BYTES);
  for (let at = 0, pixel = 0; at < text.length; at += 2, pixel++) {
    const digit = text[at] as number;
    if (digit !== ZERO && digit !== ONE) throw new DataError(`byte ${at} is neither 0 nor 1`);
    if (digit === ONE) packed[pixel >> 3] = (packed[pixel >> 3] as number) | (0x80 >> (pixel & 7));
  }
  return packed;
}

/** The pixels of packed images, 0 or 1, 784 an image; a line of 784 pixels is a whole number of bytes. */
export function unpackBits(packed: Uint8Array): Uint8Array {
  if (packed.length % BYTES !== 0) throw new DataError(`${packed.length} bytes are no whole number of images`);
  const pixels = new Uint8Array(packed.length * 8);
  for (let i = 0; i < pixels.length; i++) pixels[i] = ((packed[i >> 3] as number) >> (7 - (i & 7))) & 1;
  return pixels;
}

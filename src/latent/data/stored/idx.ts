import { DataError } from "../errors.ts";

/** Images of one IDX file: `count` images of `rows` × `columns` bytes, one after the other, row by row. */
export interface IdxImages {
  count: number;
  rows: number;
  columns: number;
  /** `count · rows · columns` grey levels, 0 (background) to 255 (ink). */
  pixels: Uint8Array;
}

const IMAGES = 2051;
const LABELS = 2049;

/**
 * Decodes an unpacked IDX file of images (four big-endian 32-bit numbers, then the pixels).
 *
 * @throws DataError when the magic number or the length is wrong
 */
export function decodeImages(file: Buffer): IdxImages {
  expectMagic(file, IMAGES, "images");
  const [count, rows, columns] = [file.readUInt32BE(4), file.readUInt32BE(8), file.readUInt32BE(12)];
  expectLength(file, 16 + count * rows * columns);
  return { count, rows, columns, pixels: file.subarray(16) };
}

/**
 * Decodes an unpacked IDX file of labels: one byte an example.
 *
 * @throws DataError when the magic number or the length is wrong
 */
export function decodeLabels(file: Buffer): Uint8Array {
  expectMagic(file, LABELS, "labels");
  expectLength(file, 8 + file.readUInt32BE(4));
  return new Uint8Array(file.subarray(8));
}

function expectMagic(file: Buffer, magic: number, what: string): void {
  const found = file.length >= 16 ? file.readUInt32BE(0) : undefined;
  if (found !== magic) throw new DataError(`An IDX file of ${what} begins with ${magic}; this one with ${found}.`);
}

function expectLength(file: Buffer, length: number): void {
  if (file.length !== length)
    throw new DataError(`The IDX header promises ${length} bytes; the file has ${file.length}.`);
}

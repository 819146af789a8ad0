import { type Digits, toImages } from "./digits.ts";
import { DataError } from "./errors.ts";
import { expectSha256, readDataFile } from "./files.ts";
import { digits8x8Set } from "./sets.ts";

const COUNT = 1797;
const SIZE = 64;
/** Of the 1797 · 64 grey levels in row order, followed by the 1797 labels. */
const CONTENT_SHA256 = "87ff0c9e40dc7e2c0e34e7257799c2e3f3aec1a016363bb11cad869ec428a826";

/**
 * The 1,797 handwritten digits of 8×8 pixels from UCI (scikit-learn's `load_digits`), grey levels 0 … 16 divided by 16.
 * Small enough that exact answers take milliseconds.
 *
 * @throws DataError when the file is absent or damaged
 */
export async function digits8x8(): Promise<Digits> {
  const { table, source } = digits8x8Set.files;
  const content = parse((await readDataFile(digits8x8Set, [table, source])).toString("latin1"));
  expectSha256(content, CONTENT_SHA256, digits8x8Set.title);
  const pixels = content.subarray(0, COUNT * SIZE);
  return { images: toImages(pixels, COUNT, 16), labels: content.slice(COUNT * SIZE), width: 8, height: 8 };
}

/** Grey levels, then labels; lines that begin with no digit are a header or a comment. */
function parse(text: string): Uint8Array {
  const rows = text.split("\n").filter(line => /^\s*\d/.test(line));
  if (rows.length !== COUNT)
    throw new DataError(`${digits8x8Set.title} has ${COUNT} rows; this file has ${rows.length}.`);
  const content = new Uint8Array(COUNT * (SIZE + 1));
  rows.forEach((line, row) => {
    const numbers = line.split(",").map(Number);
    if (numbers.length !== SIZE + 1)
      throw new DataError(`Row ${row + 1} has ${numbers.length} numbers, not ${SIZE + 1}.`);
    content.set(numbers.slice(0, SIZE), row * SIZE);
    content[COUNT * SIZE + row] = numbers[SIZE] as number;
  });
  return content;
}

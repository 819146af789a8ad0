import { labelsOf, numbersOf, readCsv } from "./csv.ts";
import type { Digits } from "./digits.ts";
import { matrix } from "./matrix.ts";
import { digits8x8File } from "./sets/included.ts";
import { readIncluded } from "./stored/included.ts";

const PIXELS = 64;
const FULL_INK = 16;

/**
 * The 1,797 handwritten digits of 8×8 pixels from UCI (scikit-learn's `load_digits`), grey levels 0 … 16 divided by 16.
 * Small enough that exact answers take milliseconds. They come with the library.
 *
 * @throws DataError when the library's file is gone or was changed
 */
export async function digits8x8(): Promise<Digits> {
  const table = readCsv(await readIncluded(digits8x8File), digits8x8File.title);
  const grey = numbersOf(table, 0, PIXELS).map(level => level / FULL_INK);
  const images = await matrix(grey, table.rows.length);
  return { images, labels: labelsOf(table, PIXELS), width: 8, height: 8, source: "original" };
}

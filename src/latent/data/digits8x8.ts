import { type Digits, toImages } from "./digits.ts";
import { drawnDigits8x8 } from "./drawn/digits8x8.ts";
import { noticeOf } from "./drawn/notice.ts";
import { DataAbsent } from "./errors.ts";
import { COUNT, digits8x8Set, SIZE } from "./sets/digits8x8.ts";
import { readDataFile } from "./stored/files.ts";

/**
 * The 1,797 handwritten digits of 8×8 pixels from UCI (scikit-learn's `load_digits`), grey levels 0 … 16 divided by 16.
 * Small enough that exact answers take milliseconds. Where the file cannot be had 1,797 drawn digits come instead: the
 * cell shows a notice, and `source` says `drawn`.
 *
 * @throws DataError when the file of `$LATENT_DATA` is damaged
 */
export async function digits8x8(): Promise<Digits> {
  try {
    const content = await readDataFile(digits8x8Set, digits8x8Set.files.digits);
    const images = await toImages(content.subarray(0, COUNT * SIZE), COUNT, 16);
    return { images, labels: Uint8Array.from(content.subarray(COUNT * SIZE)), width: 8, height: 8, source: "original" };
  } catch (error) {
    if (!(error instanceof DataAbsent)) throw error;
    noticeOf(error, "The set of 8×8 digits");
    return drawnDigits8x8({ count: COUNT, seed: 8 });
  }
}

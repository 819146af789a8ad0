import { type Digits, toImages } from "../digits.ts";
import { type DrawnOptions, drawPixels } from "./digits.ts";

const FINE = 32;
const COARSE = 8;
const BLOCK = FINE / COARSE;
const HALF_INK = 128;

/**
 * Drawn digits of 8×8 pixels, made as UCI made theirs: a black and white image of 32×32, of which every 4×4 block is
 * counted: grey levels 0 … 16, divided by 16.
 *
 * @throws RangeError when `count` or `seed` is no whole number in its range
 */
export async function drawnDigits8x8({ count = 1797, seed = 1 }: DrawnOptions = {}): Promise<Digits> {
  const { pixels, labels, slant, thickness, style } = drawPixels(count, seed, { size: FINE, box: 30, centre: "box" });
  const drawing = { slant, thickness: thickness.map(width => width / BLOCK), style };
  const images = await toImages(counted(pixels, count), count, BLOCK * BLOCK);
  return { images, labels, width: COARSE, height: COARSE, source: "drawn", drawing };
}

function counted(pixels: Uint8Array, count: number): Uint8Array {
  const counts = new Uint8Array(count * COARSE * COARSE);
  for (let at = 0; at < pixels.length; at++) {
    if ((pixels[at] as number) < HALF_INK) continue;
    const column = Math.floor((at % FINE) / BLOCK);
    const row = Math.floor(at / FINE / BLOCK); // of all images below each other: 8 rows an image
    const block = row * COARSE + column;
    counts[block] = (counts[block] as number) + 1;
  }
  return counts;
}

import type { Tensor2D } from "@tensorflow/tfjs-node";

/** Images `[m, side²]` of values 0 … 1 as the page reads them, a byte for each pixel. */
export function pageImages(images: Tensor2D): Uint8Array {
  return Uint8Array.from(images.dataSync(), value => Math.round(255 * Math.min(1, Math.max(0, value))));
}

/** Width and height of square images of so many pixels. */
export function sideOf(pixels: number, who: string): number {
  const side = Math.sqrt(pixels);
  if (!Number.isInteger(side) || side === 0)
    throw new TypeError(`${who} shows square images; these have ${pixels} numbers.`);
  return side;
}

/** Examples for a page: up to `most` images with values 0 … 1, and their labels, if there are any. */
export function expectExamples(
  { images, labels }: { images: Tensor2D; labels?: ArrayLike<number> | undefined },
  who: string,
  most = 30,
): number {
  const [count, pixels] = images.shape;
  if (images.rank !== 2 || count < 1 || count > most)
    throw new RangeError(`${who} needs images [m, side²], m from 1 to ${most}; got [${images.shape}].`);
  if (labels !== undefined && labels.length !== count)
    throw new RangeError(`${who} needs a label for each image; got ${labels.length} for ${count}.`);
  return sideOf(pixels, who);
}

import type { Tensor2D } from "@tensorflow/tfjs-node";
import { tf } from "../engine/tf.ts";

/** Images with the digit that each shows. */
export interface Digits {
  /** One image a row, `[n, height · width]`, float32: 0 is background, 1 is full ink. */
  images: Tensor2D;
  /** The digit of each image, n numbers 0 … 9. */
  labels: Uint8Array;
  width: number;
  height: number;
}

/** Turns grey levels 0 … `full` into the images of {@link Digits}. */
export function toImages(pixels: Uint8Array, count: number, full: number): Tensor2D {
  const size = pixels.length / count;
  const scaled = new Float32Array(pixels.length);
  for (let i = 0; i < pixels.length; i++) scaled[i] = (pixels[i] as number) / full;
  return tf.tensor2d(scaled, [count, size]);
}

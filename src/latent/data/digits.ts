import type { Tensor2D } from "@tensorflow/tfjs-node";
import { engineReady } from "../engine/ready.ts";
import { tf } from "../engine/tf.ts";
import { matrix } from "./matrix.ts";

/** Grey images of one size. */
export interface Images {
  /** One image a row, `[n, height · width]`, float32: 0 is background, 1 is full ink. */
  images: Tensor2D;
  width: number;
  height: number;
}

/** Images with the class that each shows. */
export interface LabelledImages extends Images {
  /** The class of each image, n numbers 0 … 9: for digits the digit itself. */
  labels: Uint8Array;
}

/** Images of digits, and whether they are the published ones. */
export interface Digits extends LabelledImages {
  /** `drawn`: by this library, because the published images could not be had. Figures then differ from the papers'. */
  source: "original" | "drawn";
  /** How each digit was drawn, where it was: the ground truth of its shape. */
  drawing?: Drawing;
}

/** What was chosen for each drawn digit: one number an image. */
export interface Drawing {
  /** Pixels to the right a pixel upward: 0 upright, positive leaning right, negative leaning left. */
  slant: Float32Array;
  /** Width of the pen in pixels. */
  thickness: Float32Array;
  /** Which of the digit's shapes, from 0: a 7 with or without a bar. */
  style: Uint8Array;
}

/** A part of MNIST or Fashion-MNIST that nobody asked for: its images are `[0, 784]`. */
export async function noImages(): Promise<LabelledImages> {
  await engineReady();
  return { images: tf.zeros([0, 28 * 28]), labels: new Uint8Array(0), width: 28, height: 28 };
}

/** Turns grey levels 0 … `full` into images, one a row. */
export async function toImages(pixels: Uint8Array, count: number, full: number): Promise<Tensor2D> {
  const scaled = new Float32Array(pixels.length);
  for (let i = 0; i < pixels.length; i++) scaled[i] = (pixels[i] as number) / full;
  return matrix(scaled, count);
}

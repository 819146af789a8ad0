import type { Tensor2D } from "@tensorflow/tfjs-node";
import { tf } from "../engine/tf.ts";
import { uniform } from "../random/uniform.ts";
import { type Images, toImages } from "./digits.ts";
import { binarizedMnistSet } from "./sets/binarized.ts";
import { unpackBits } from "./stored/bits.ts";
import { readDataFile } from "./stored/files.ts";
import type { DataFile } from "./stored/packing.ts";

/** MNIST binarised once and for all: 50,000, 10,000 and 10,000 images of zeros and ones. */
export interface BinarizedMnist {
  train: Images;
  valid: Images;
  /** MNIST's test images in the order of their labels; the labels themselves do not come with the set. */
  test: Images;
}

/**
 * Larochelle's static binarisation, on which most published likelihoods in nats were measured. Not comparable with
 * those of a {@link dynamicBinary} one.
 *
 * @throws DataError when it cannot be had or is damaged
 */
export async function binarizedMnist(): Promise<BinarizedMnist> {
  const { train, valid, test } = binarizedMnistSet.files;
  return { train: await part(train), valid: await part(valid), test: await part(test) };
}

async function part(file: DataFile): Promise<Images> {
  const bits = await readDataFile(binarizedMnistSet, file);
  return { images: await toImages(unpackBits(bits), bits.length / 98, 1), width: 28, height: 28 };
}

/** Images whose grey levels 0 … 255 are at least `level` (128: half ink) become 1, all others 0. Always the same. */
export function threshold(images: Tensor2D, level: number = 128): Tensor2D {
  return tf.tidy(() => tf.cast(tf.greaterEqual(images, (level - 0.5) / 255), "float32"));
}

/**
 * Dynamic binarisation: `const draw = dynamicBinary(seed)`, then `draw(images)` makes each pixel p 1 with probability p,
 * anew at every call (p > u, u uniform on [0, 1)). The same seed gives the same bits on every machine and engine. Training
 * on it is what Burda et al. 2016 (arXiv:1509.00519) and the hyperspherical VAE's authors do.
 */
export function dynamicBinary(seed: number): (images: Tensor2D) => Tensor2D {
  const random = uniform(seed);
  return images => {
    const pixels = Float32Array.from(images.dataSync(), p => (p > random() ? 1 : 0));
    return tf.tensor2d(pixels, images.shape);
  };
}

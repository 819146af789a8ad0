import type { LabelledImages } from "./digits.ts";
import { idxImages, type MnistOptions, type TrainAndTest } from "./idx-images.ts";
import { fashionMnistSet } from "./sets/mnist.ts";

export interface FashionMnist extends TrainAndTest<LabelledImages> {
  /** What each label 0 … 9 stands for. */
  classes: readonly string[];
}

const CLASSES = [
  "T-shirt/top",
  "trouser",
  "pullover",
  "dress",
  "coat",
  "sandal",
  "shirt",
  "sneaker",
  "bag",
  "ankle boot",
] as const;

/**
 * Fashion-MNIST (Xiao, Rasul and Vollgraf 2017, arXiv:1708.07747): 28×28 grey pictures of ten kinds of clothes, pixels /
 * 255. Without options the first 10,000 training images and all 10,000 test images.
 *
 * @throws DataError when it cannot be had or is damaged; RangeError when more is asked for than there is
 */
export async function fashionMnist(options: MnistOptions = {}): Promise<FashionMnist> {
  return { ...(await idxImages(fashionMnistSet, options)), classes: CLASSES };
}

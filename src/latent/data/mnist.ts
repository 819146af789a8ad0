import { type Digits, noImages } from "./digits.ts";
import { drawnDigits } from "./drawn/digits.ts";
import { noticeOf } from "./drawn/notice.ts";
import { DataAbsent } from "./errors.ts";
import { idxImages, type MnistOptions, type TrainAndTest } from "./idx-images.ts";
import { mnistSet } from "./sets/mnist.ts";
import { expectAtMost } from "./sizes.ts";

/** MNIST, or the drawn digits that stand in for it. */
export interface Mnist extends TrainAndTest<Digits> {
  source: Digits["source"];
}

/** Two seeds that no lesson uses, so that the stand-ins for training and test share no digit. */
const SEEDS = { train: 60_000, test: 10_000 };

/**
 * MNIST: 28×28 handwritten digits, pixels / 255. Without options the first 10,000 training images and all 10,000 test
 * images: what the lessons call "10,000 MNIST digits". Where MNIST is neither on this machine nor to be fetched the same
 * number of {@link drawnDigits} comes instead: the cell shows a notice, and `source` says `drawn`.
 *
 * @throws DataError when a file of `$LATENT_DATA` is damaged; RangeError when more is asked for than there is
 */
export async function mnist(options: MnistOptions = {}): Promise<Mnist> {
  try {
    const { train, test } = await idxImages(mnistSet, options);
    return { train: { ...train, source: "original" }, test: { ...test, source: "original" }, source: "original" };
  } catch (error) {
    if (!(error instanceof DataAbsent)) throw error;
    noticeOf(error, "MNIST");
    return standIns(options);
  }
}

async function standIns({ train = 10_000, test = 10_000 }: MnistOptions): Promise<Mnist> {
  return {
    train: await standIn(train, 60_000, SEEDS.train, "training"),
    test: await standIn(test, 10_000, SEEDS.test, "test"),
    source: "drawn",
  };
}

async function standIn(count: number, there: number, seed: number, name: string): Promise<Digits> {
  if (count === 0) return { ...(await noImages()), source: "drawn" };
  expectAtMost(count, there, `The ${name} part of MNIST`);
  return drawnDigits({ count, seed });
}

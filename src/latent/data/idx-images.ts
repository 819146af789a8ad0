import { type LabelledImages, noImages, toImages } from "./digits.ts";
import { DataError } from "./errors.ts";
import type { IdxFiles } from "./sets/mnist.ts";
import { expectAtMost } from "./sizes.ts";
import { readDataFile } from "./stored/files.ts";
import { decodeImages, decodeLabels } from "./stored/idx.ts";
import type { DataFile, DataSet } from "./stored/packing.ts";

export interface MnistOptions {
  /** Training images to take from the front, at most 60,000; with 0 their files are not read. */
  train?: number;
  /** Test images to take from the front, at most 10,000; with 0 their files are not read. */
  test?: number;
}

export interface TrainAndTest<T> {
  train: T;
  test: T;
}

/** The first images of a set in MNIST's format, pixels / 255. */
export async function idxImages(
  set: DataSet<IdxFiles>,
  { train = 10_000, test = 10_000 }: MnistOptions,
): Promise<TrainAndTest<LabelledImages>> {
  const { trainImages, trainLabels, testImages, testLabels } = set.files;
  return {
    train: await part(set, trainImages, trainLabels, train, "training"),
    test: await part(set, testImages, testLabels, test, "test"),
  };
}

async function part(
  set: DataSet,
  imageFile: DataFile,
  labelFile: DataFile,
  wanted: number,
  name: string,
): Promise<LabelledImages> {
  if (wanted === 0) return noImages();
  const { count, rows, columns, pixels } = decodeImages(await readDataFile(set, imageFile));
  const labels = decodeLabels(await readDataFile(set, labelFile));
  const what = `The ${name} part of ${set.title}`;
  if (labels.length !== count) throw new DataError(`${what} has ${count} images and ${labels.length} labels.`);
  expectAtMost(wanted, count, what);
  const images = await toImages(pixels.subarray(0, wanted * rows * columns), wanted, 255);
  return { images, labels: labels.slice(0, wanted), width: columns, height: rows };
}

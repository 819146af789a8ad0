import { type Digits, toImages } from "./digits.ts";
import { DataError } from "./errors.ts";
import { readDataFile } from "./files.ts";
import { decodeImages, decodeLabels } from "./idx.ts";
import { type DataFile, mnistSet } from "./sets.ts";

export interface MnistOptions {
  /** Training images to take from the front, at most 60,000. */
  train?: number;
  /** Test images to take from the front, at most 10,000. */
  test?: number;
}

/**
 * MNIST: 28×28 handwritten digits, pixels / 255. Without options the first 10,000 training images and all 10,000 test
 * images: what the lessons call "10,000 MNIST digits".
 *
 * @throws DataError when the files are absent or damaged; RangeError when more is asked for than there is
 */
export async function mnist({
  train = 10_000,
  test = 10_000,
}: MnistOptions = {}): Promise<{ train: Digits; test: Digits }> {
  const { trainImages, trainLabels, testImages, testLabels } = mnistSet.files;
  return { train: await part(trainImages, trainLabels, train), test: await part(testImages, testLabels, test) };
}

async function part(imageFile: DataFile, labelFile: DataFile, wanted: number): Promise<Digits> {
  const { count, rows, columns, pixels } = decodeImages(await readDataFile(mnistSet, [imageFile]));
  const labels = decodeLabels(await readDataFile(mnistSet, [labelFile]));
  if (labels.length !== count)
    throw new DataError(`${imageFile.name} has ${count} images and ${labels.length} labels.`);
  if (!Number.isInteger(wanted) || wanted < 1 || wanted > count) {
    throw new RangeError(`${imageFile.name} has ${count} images; ${wanted} cannot be taken from it.`);
  }
  const images = toImages(pixels.subarray(0, wanted * rows * columns), wanted, 255);
  return { images, labels: labels.slice(0, wanted), width: columns, height: rows };
}

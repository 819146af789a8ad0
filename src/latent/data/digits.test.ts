import assert from "node:assert/strict";
import { test } from "node:test";
import { whereEngine, withoutData } from "../../testkit/needs.ts";

const { skip: noEngine, loaded } = await whereEngine(() => import("../index.ts"));
const { data, linalg, tf } = loaded;
const skip = noEngine || withoutData();

/** Sum of grey levels 0 … `full` of images whose pixels were divided by `full`. */
function greySum(pixels: ArrayLike<number>, full: number): number {
  let sum = 0;
  for (let i = 0; i < pixels.length; i++) sum += Math.round((pixels[i] as number) * full);
  return sum;
}

test("all of MNIST has the known sums, first labels and counts", { skip }, async () => {
  const { train, test } = await data.mnist({ train: 60_000 });
  assert.deepEqual(train.images.shape, [60_000, 784]);
  assert.deepEqual(test.images.shape, [10_000, 784]);
  assert.equal(greySum(train.images.dataSync(), 255), 1_567_298_545);
  assert.equal(greySum(test.images.dataSync(), 255), 264_923_200);
  assert.deepEqual([...train.labels.subarray(0, 10)], [5, 0, 4, 1, 9, 2, 1, 3, 1, 4]);
  assert.deepEqual([...test.labels.subarray(0, 10)], [7, 2, 1, 0, 4, 1, 4, 9, 5, 9]);
  assert.deepEqual(counts(train.labels), [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949]);
  assert.deepEqual([train.width, train.height], [28, 28]);
  tf.dispose([train.images, test.images]);
});

test("without options MNIST is the first 10,000 training and all test images", { skip }, async () => {
  const { train, test } = await data.mnist();
  assert.deepEqual([train.images.shape, train.labels.length], [[10_000, 784], 10_000]);
  assert.deepEqual([test.images.shape, test.labels.length], [[10_000, 784], 10_000]);
  assert.equal(greySum(train.images.slice([0, 0], [1, 784]).dataSync(), 255), 27_525);
  tf.dispose([train.images, test.images]);
});

test("more images than MNIST has cannot be taken", { skip }, async () => {
  await assert.rejects(data.mnist({ train: 60_001 }), /has 60000 images; 60001 cannot be taken/);
  await assert.rejects(data.mnist({ test: 0 }), RangeError);
});

test("the 8×8 digits have the known counts, mean and spectrum", { skip }, async () => {
  const { images, labels } = await data.digits8x8();
  assert.deepEqual(counts(labels), [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]);
  assert.equal(greySum(images.dataSync(), 16) / (1797 * 64), 4.884164579855314);
  const x = images.sub(images.mean(0)) as typeof images;
  const values = Array.from(linalg.eigh(tf.matMul(x, x, true).div(1797)).values.dataSync());
  const tail = (k: number) => values.slice(k).reduce((sum, value) => sum + value, 0);
  close(tail(0), 4.693276);
  close(tail(2), 3.355253);
  close(tail(10), 1.228574);
  close(tail(30), 0.192024);
});

function counts(labels: Uint8Array): number[] {
  return Array.from({ length: 10 }, (_, digit) => labels.filter(label => label === digit).length);
}

/** Equal to six decimals, give or take the rounding of 64 float32 eigenvalues. */
function close(ours: number, expected: number): void {
  assert.ok(Math.abs(ours - expected) < 2e-5, `${ours} is not ${expected}`);
}

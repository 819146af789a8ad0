import assert from "node:assert/strict";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import type { Tensor2D } from "@tensorflow/tfjs-node";
import { whereEngine, withoutData } from "../../testkit/needs.ts";

const { skip: noEngine, loaded } = await whereEngine(() => import("../index.ts"));
const { data, linalg, tf } = loaded;
const skip = noEngine || withoutData();

/** Fashion-MNIST's training images are 25 MB: a data folder may go without them. */
const noFashion =
  skip ||
  (existsSync(join(process.env.LATENT_DATA as string, "fashion-mnist", "train-images-idx3-ubyte.gz"))
    ? false
    : "LATENT_DATA has no training images of Fashion-MNIST");

/** Sum of grey levels 0 … `full` of images whose pixels were divided by `full`. */
function greySum(pixels: ArrayLike<number>, full: number): number {
  let sum = 0;
  for (let i = 0; i < pixels.length; i++) sum += Math.round((pixels[i] as number) * full);
  return sum;
}

/** Grey sums of the first and the last image. */
function ends(images: Tensor2D, full: number): [number, number] {
  const [n, size] = images.shape;
  const sum = (row: number) => greySum(images.slice([row, 0], [1, size]).dataSync(), full);
  return [sum(0), sum(n - 1)];
}

function counts(labels: Uint8Array, classes = 10): number[] {
  return Array.from({ length: classes }, (_, label) => labels.filter(each => each === label).length);
}

test("all of MNIST has the known sums, first labels and counts", { skip }, async () => {
  const { train, test, source } = await data.mnist({ train: 60_000 });
  assert.equal(source, "original");
  assert.deepEqual(train.images.shape, [60_000, 784]);
  assert.deepEqual(test.images.shape, [10_000, 784]);
  assert.equal(greySum(train.images.dataSync(), 255), 1_567_298_545);
  assert.equal(greySum(test.images.dataSync(), 255), 264_923_200);
  assert.deepEqual(ends(train.images, 255), [27_525, 20_920]);
  assert.deepEqual(ends(test.images, 255), [18_454, 41_833]);
  assert.deepEqual([...train.labels.subarray(0, 10)], [5, 0, 4, 1, 9, 2, 1, 3, 1, 4]);
  assert.deepEqual([...test.labels.subarray(0, 10)], [7, 2, 1, 0, 4, 1, 4, 9, 5, 9]);
  assert.deepEqual(counts(train.labels), [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949]);
  assert.deepEqual(counts(test.labels), [980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009]);
  assert.deepEqual([train.width, train.height], [28, 28]);
  tf.dispose([train.images, test.images]);
});

test("without options MNIST is the first 10,000 training and all test images", { skip }, async () => {
  const { train, test } = await data.mnist();
  assert.deepEqual([train.images.shape, train.labels.length], [[10_000, 784], 10_000]);
  assert.deepEqual([test.images.shape, test.labels.length], [[10_000, 784], 10_000]);
  assert.equal(ends(train.images, 255)[0], 27_525);
  tf.dispose([train.images, test.images]);
});

test("more images than MNIST has cannot be taken", { skip }, async () => {
  await assert.rejects(data.mnist({ train: 60_001 }), /has 60000 images; 60001 cannot be taken/);
  await assert.rejects(data.mnist({ test: -1 }), RangeError);
});

test("thresholded at 128, the known share of MNIST's test pixels is on", { skip }, async () => {
  const { train, test } = await data.mnist({ train: 1 });
  const on = data.threshold(test.images);
  assert.equal((greySum(on.dataSync(), 1) / (10_000 * 784)).toFixed(6), "0.134229");
  tf.dispose([train.images, test.images, on]);
});

test("Fashion-MNIST has the known sums, first labels and counts", { skip: noFashion }, async () => {
  const { train, test, classes } = await data.fashionMnist({ train: 60_000 });
  assert.equal(greySum(train.images.dataSync(), 255), 3_431_114_169);
  assert.equal(greySum(test.images.dataSync(), 255), 573_469_082);
  assert.deepEqual(ends(train.images, 255), [76_247, 16_684]);
  assert.deepEqual(ends(test.images, 255), [33_456, 24_390]);
  assert.deepEqual([...train.labels.subarray(0, 10)], [9, 0, 0, 3, 0, 2, 7, 2, 5, 5]);
  assert.deepEqual([...test.labels.subarray(0, 10)], [9, 2, 1, 1, 6, 1, 4, 6, 5, 7]);
  assert.deepEqual(counts(train.labels), Array(10).fill(6000));
  assert.deepEqual(counts(test.labels), Array(10).fill(1000));
  assert.equal(classes[train.labels[0] as number], "ankle boot");
  tf.dispose([train.images, test.images]);
});

test("where only the test images are asked for, only their files are read", { skip: noFashion }, async t => {
  const before = { ...process.env };
  const folder = mkdtempSync(join(tmpdir(), "latent-data-"));
  t.after(() => {
    process.env = before;
    rmSync(folder, { recursive: true });
  });
  mkdirSync(join(folder, "fashion-mnist"));
  for (const name of ["t10k-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte.gz"]) {
    const at = (base: string) => join(base, "fashion-mnist", name);
    copyFileSync(at(before.LATENT_DATA as string), at(folder));
  }
  process.env = { ...before, LATENT_DATA: folder, LATENT_OFFLINE: "1", LATENT_CACHE: join(folder, "cache") };
  const { train, test } = await data.fashionMnist({ train: 0, test: 3 });
  assert.deepEqual(
    [train.images.shape, test.images.shape, [...test.labels]],
    [
      [0, 784],
      [3, 784],
      [9, 2, 1],
    ],
  );
  tf.dispose([train.images, test.images]);
});

test("the static binarised MNIST has the known ones in all and in its first and last images", { skip }, async () => {
  const { train, valid, test } = await data.binarizedMnist();
  const facts = [train, valid, test].map(({ images }) => [
    images.shape[0],
    greySum(images.dataSync(), 1),
    ...ends(images, 1),
  ]);
  assert.deepEqual(facts, [
    [50_000, 5_118_041, 123, 119],
    [10_000, 1_028_036, 90, 137],
    [10_000, 1_038_896, 147, 116],
  ]);
  tf.dispose([train.images, valid.images, test.images]);
});

test("the 8×8 digits have the known counts, mean and spectrum", { skip: noEngine }, async () => {
  const { images, labels, source } = await data.digits8x8();
  assert.equal(source, "original");
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

test("ECG5000 has the known counts, ranges and first values", { skip }, async () => {
  const { train, test } = await data.ecg5000();
  assert.deepEqual(
    [train.beats.shape, test.beats.shape],
    [
      [500, 140],
      [4500, 140],
    ],
  );
  assert.deepEqual(counts(train.labels, 6), [0, 292, 177, 10, 19, 2]);
  assert.deepEqual(counts(test.labels, 6), [0, 2627, 1590, 86, 175, 22]);
  assert.deepEqual(first(train.beats, 3), [-0.11252183, -2.8272038, -3.7738969].map(Math.fround));
  assert.deepEqual(first(test.beats, 3), [3.6908442, 0.71141435, -2.1140915].map(Math.fround));
  assert.deepEqual(range(train.beats), [-5.7976446, 4.0581274].map(Math.fround));
  assert.deepEqual(range(test.beats), [-7.0903741, 7.4021031].map(Math.fround));
});

test("names are 29,494 distinct ones, or all 32,033, of 2 to 15 letters", { skip: noEngine }, async () => {
  const names = await data.names();
  assert.deepEqual([names.length, ...names.slice(0, 3)], [29_494, "emma", "olivia", "ava"]);
  assert.equal((await data.names({ distinct: false })).length, 32_033);
  assert.ok(names.every(name => /^[a-z]{2,15}$/.test(name)));
});

test("penguins are 344 objects, 11 of them with something missing", { skip: noEngine }, async () => {
  const penguins = await data.penguins();
  assert.deepEqual(penguins[0], {
    species: "Adelie",
    island: "Torgersen",
    bill_length_mm: 39.1,
    bill_depth_mm: 18.7,
    flipper_length_mm: 181,
    body_mass_g: 3750,
    sex: "male",
    year: 2007,
  });
  const species = (name: string) => penguins.filter(each => each.species === name).length;
  assert.deepEqual(["Adelie", "Gentoo", "Chinstrap"].map(species), [152, 124, 68]);
  assert.equal(penguins.filter(each => Object.values(each).includes(null)).length, 11);
  assert.equal(penguins.filter(each => each.body_mass_g === null).length, 2);
});

test("the red wines have the known qualities", { skip: noEngine }, async () => {
  const { features, columns, labels } = await data.wineQuality();
  assert.deepEqual([features.shape, columns.length, columns[0]], [[1599, 11], 11, "fixed acidity"]);
  assert.deepEqual(counts(labels, 9), [0, 0, 0, 10, 53, 681, 638, 199, 18]);
  assert.deepEqual(first(features, 2), [7.4, 0.7].map(Math.fround));
});

test("of the thyroid patients 93 of 3,772 are anomalies", { skip }, async () => {
  const { features, columns, labels } = await data.thyroid();
  assert.deepEqual(
    [features.shape, columns],
    [
      [3772, 6],
      ["age", "TSH", "T3", "TT4", "T4U", "FTI"],
    ],
  );
  assert.deepEqual(counts(labels, 2), [3679, 93]);
  assert.deepEqual(range(features), [0, 1]);
});

function first(rows: Tensor2D, count: number): number[] {
  return [...rows.slice([0, 0], [1, count]).dataSync()];
}

function range(rows: Tensor2D): number[] {
  return [rows.min().dataSync()[0] as number, rows.max().dataSync()[0] as number];
}

/** Equal to six decimals, give or take the rounding of 64 float32 eigenvalues. */
function close(ours: number, expected: number): void {
  assert.ok(Math.abs(ours - expected) < 2e-5, `${ours} is not ${expected}`);
}

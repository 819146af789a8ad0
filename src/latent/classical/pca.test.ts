import assert from "node:assert/strict";
import { before, test } from "node:test";
import { withoutData } from "../../testkit/needs.ts";
import { generator } from "../compile/random.ts";
import type { Digits } from "../data/digits.ts";
import { digits8x8 } from "../data/digits8x8.ts";
import { mnist } from "../data/mnist.ts";
import { tf } from "../engine/tf.ts";
import { auroc } from "./auroc.ts";
import { pca } from "./pca.ts";
import { probabilisticPca } from "./ppca.ts";

const near = (actual: number, expected: number, tolerance: number) =>
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual} is not within ${tolerance} of ${expected}`);
const mean = (x: tf.Tensor): number => tf.mean(x).dataSync()[0] as number;

let digits: Digits;
let variances: number[];
const skip = withoutData();
before(async () => {
  digits = await digits8x8();
  variances = Array.from(pca(digits.images, 64).variances.dataSync());
});

test("the error that k components leave on the 8×8 digits is the sum of the dropped variances", () => {
  near(pca(digits.images, 1).totalVariance, 4.693276, 1e-6);
  for (const [k, left] of [
    [2, 3.355253],
    [3, 2.8017],
    [5, 2.135612],
    [8, 1.530448],
    [10, 1.228574],
    [16, 0.706796],
    [20, 0.496065],
    [30, 0.192024],
  ] as const) {
    near(
      variances.slice(k).reduce((sum, value) => sum + value, 0),
      left,
      2e-6,
    );
    near(mean(pca(digits.images, k).error(digits.images)), left, 3e-6);
  }
});

test("the numbers that lessons 06 and 13 derive from the variances are right", () => {
  for (const [noise, error] of [
    [0.01, 0.350602],
    [0.05, 1.054466],
    [0.1, 1.548615],
  ] as const) {
    near(
      variances.reduce((sum, value) => sum + (value * noise) / (value + noise), 0),
      error,
      1e-6,
    );
  }
  const active = [0.01, 0.05, 0.1, 0.2, 0.3].map(noise => variances.filter(value => value > noise).length);
  assert.deepEqual(active, [39, 18, 12, 7, 4]);
});

test("codes of as many components as entries give the examples back", () => {
  const { encode, decode } = pca(digits.images, 64);
  assert.ok(mean(tf.squaredDifference(decode(encode(digits.images)), digits.images)) < 1e-11);
});

test("with fewer examples than entries the components are the same as those of the covariance", () => {
  tf.tidy(() => {
    const few: tf.Tensor2D = tf.slice(digits.images, [0, 0], [40, 64]);
    const values = pca(few, 39).variances;
    const centred = tf.sub(few, tf.mean(few, 0));
    near(values.sum().dataSync()[0] as number, (tf.sum(tf.square(centred)).dataSync()[0] as number) / 40, 1e-5);
    assert.ok(mean(pca(few, 39).error(few)) < 1e-9);
  });
});

test("a few components of many columns are the first of all of them, orthonormal, with the data's variances", () => {
  const x = tf.mul(tf.randomNormal([900, 240], 0, 1, "float32", 1), tf.linspace(1, 3, 240)) as tf.Tensor2D;
  const [few, all] = [pca(x, 20), pca(x, 240)];
  const [own, whole] = [few.variances.dataSync(), all.variances.dataSync()];
  own.forEach((variance, i) => {
    near(variance, whole[i] as number, 1e-6 * (whole[0] as number));
  });
  const skew = tf.sub(tf.matMul(few.components, few.components, true), tf.eye(20));
  near(tf.max(tf.abs(skew)).dataSync()[0] as number, 0, 1e-6);
  const kept = tf.mean(tf.square(few.encode(x)), 0).dataSync();
  own.forEach((variance, i) => {
    near(kept[i] as number, variance, 2e-6 * (own[0] as number));
  });
});

test("more components than there are is refused, with the range", () => {
  assert.throws(() => pca(tf.zeros([3, 5]), 4), /1 to 3 components, got k = 4/);
});

test("the log-likelihood of probabilistic PCA is that of its Gaussian, and the digits have the known ones", () => {
  // scikit-learn's, which fits another σ² (covariance over n − 1): 0.005702, 17.451942, 27.277295
  for (const [k, expected] of [
    [2, 0.005707],
    [10, 17.451947],
    [20, 27.2773],
  ] as const) {
    near(probabilisticPca(variances, k).logLikelihood, expected, 1e-5);
  }
  const { noise, scales } = probabilisticPca([3, 2, 0.5, 0.1], 1, 0.4);
  assert.equal(noise, 0.4);
  near(scales[0] as number, Math.sqrt(2.6), 1e-12);
  const { logLikelihood } = probabilisticPca([3, 2, 0.5, 0.1], 1, 0.4);
  const terms = Math.log(3) + 1 + 3 * Math.log(0.4) + 2.6 / 0.4 + 4 * Math.log(2 * Math.PI);
  near(logLikelihood, -terms / 2, 1e-12);
});

test("probabilistic PCA with the maximum-likelihood σ² beats every other σ²", () => {
  const best = probabilisticPca(variances, 10);
  for (const factor of [0.9, 1.1]) {
    assert.ok(probabilisticPca(variances, 10, factor * best.noise).logLikelihood < best.logLikelihood);
  }
  assert.throws(() => probabilisticPca([1, 0, 0], 1), /variance above 0/);
});

test("on 10,000 MNIST digits 30 components leave 13.97 on the test images, and a tail as long as the training error", {
  skip,
}, async () => {
  const { train, test } = await mnist();
  const { error, totalVariance } = pca(train.images, 30);
  near(totalVariance, 52.752, 1e-3);
  near(mean(error(test.images)), 13.97, 0.005);
  near(mean(error(train.images)), 13.94, 0.005);
});

test("a component analysis of one digit tells it from the others: mean AUROC 95.45 % over the ten digits", {
  skip,
}, async () => {
  const { train, test } = await mnist();
  const published = [99.16, 99.86, 92.28, 94.9, 95.33, 96.66, 98.18, 96.7, 85.12, 96.27];
  const scores = published.map((_, digit) => {
    const own = Array.from(train.labels.keys()).filter(i => train.labels[i] === digit);
    const model = pca(tf.gather(train.images, tf.tensor1d(own, "int32")), 30);
    const anomalous = Array.from(test.labels, label => label !== digit);
    return 100 * auroc(model.error(test.images).dataSync() as Float32Array, anomalous);
  });
  scores.forEach((score, digit) => {
    near(score, published[digit] as number, 0.01);
  });
  near(scores.reduce((a, b) => a + b) / 10, 95.45, 0.005);
});

test("a principal analysis leaves no tensors behind but those that it returns", () => {
  const x = generator(1).normal([50, 6]) as tf.Tensor2D;
  const before = tf.memory().numTensors;
  pca(x, 2).error(x);
  assert.equal(tf.memory().numTensors - before, 4);
});

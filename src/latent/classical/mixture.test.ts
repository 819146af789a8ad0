import assert from "node:assert/strict";
import { before, test } from "node:test";
import { generator } from "../compile/random.ts";
import { digits8x8 } from "../data/digits8x8.ts";
import { tf } from "../engine/tf.ts";
import { kernelLogDensity } from "./density.ts";
import { gaussianMixture } from "./mixture.ts";
import { pca } from "./pca.ts";

const near = (actual: number, expected: number, tolerance: number) =>
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual} is not within ${tolerance} of ${expected}`);
const mean = (x: tf.Tensor): number => tf.mean(x).dataSync()[0] as number;

let train: tf.Tensor2D;
let held: tf.Tensor2D;
before(async () => {
  const { images } = await digits8x8();
  train = tf.slice(images, [0, 0], [1500, 64]);
  held = tf.slice(images, [1500, 0], [297, 64]);
});

test("one spherical Gaussian gives the held-out digits −7.46 nats, ten give 7.7", () => {
  const one = gaussianMixture(train, { components: 1, covariance: "spherical", seed: 1 });
  near(mean(one.logDensity(held)), -7.4616, 1e-3);
  const ten = gaussianMixture(train, { components: 10, covariance: "spherical", seed: 1 });
  near(mean(ten.logDensity(held)), 7.69, 0.25);
});

test("without regularization the log-likelihood never falls during EM, for every kind of covariance", () => {
  const codes = pca(train, 8).encode(train);
  for (const covariance of ["full", "diagonal", "spherical"] as const) {
    const options = { components: 5, covariance, seed: 2, tolerance: 1e-4, regularization: 0 };
    const { history } = gaussianMixture(codes, options);
    assert.ok(history.length > 3, covariance);
    history.slice(1).forEach((value, i) => {
      assert.ok(value >= (history[i] as number) - 1e-5, `${covariance}: ${history[i]} fell to ${value}`);
    });
  }
});

test("a mixture in one dimension has a density that integrates to 1 and finds its two Gaussians", () => {
  const noise = generator(1).normal([4000, 1]);
  const x = tf.concat([tf.sub(tf.mul(noise.slice(0, 1000), 0.5), 3), tf.add(noise.slice(1000), 2)]) as tf.Tensor2D;
  for (const covariance of ["full", "diagonal", "spherical"] as const) {
    const { weights, means, covariances, logDensity } = gaussianMixture(x, { components: 2, covariance, seed: 1 });
    const order = (means.dataSync()[0] as number) < 0 ? [0, 1] : [1, 0];
    const at = (values: tf.Tensor): number[] => order.map(i => values.dataSync()[i] as number);
    near(at(weights)[0] as number, 0.25, 0.01);
    near(at(means)[0] as number, -3, 0.1);
    near(at(means)[1] as number, 2, 0.1);
    near(at(covariances)[0] as number, 0.25, 0.05);
    near(at(covariances)[1] as number, 1, 0.1);
    const grid = tf.linspace(-10, 10, 4001).expandDims(1) as tf.Tensor2D;
    near(
      tf
        .sum(tf.exp(logDensity(grid)))
        .mul(20 / 4000)
        .dataSync()[0] as number,
      1,
      1e-4,
    );
  }
});

test("a full covariance has the density of a Gaussian computed by hand", () => {
  const x = tf.tensor2d([0, 0, 2, 1, -2, -1, 1, -1, -1, 1, 0.5, 0.5], [6, 2]);
  const { logDensity } = gaussianMixture(x, { components: 1, covariance: "full", seed: 1, regularization: 0 });
  const m = 0.5 / 6; // the mean of both coordinates
  const rows = x.arraySync();
  const moment = (i: 0 | 1, j: 0 | 1) =>
    rows.reduce((sum, row) => sum + ((row[i] as number) - m) * ((row[j] as number) - m), 0) / 6;
  const [a, b, c] = [moment(0, 0), moment(0, 1), moment(1, 1)];
  const determinant = a * c - b * b;
  const distance = (c * m * m - 2 * b * m * m + a * m * m) / determinant;
  const expected = -Math.log(2 * Math.PI) - 0.5 * Math.log(determinant) - 0.5 * distance;
  near(logDensity(tf.zeros([1, 2])).dataSync()[0] as number, expected, 1e-5);
});

test("the responsibilities of each example sum to 1", () => {
  const { responsibilities } = gaussianMixture(train, { components: 3, covariance: "diagonal", seed: 1 });
  const sums = tf.sum(responsibilities(held), 1);
  assert.ok((tf.max(tf.abs(tf.sub(sums, 1))).dataSync()[0] as number) < 1e-5);
});

test("a kernel density in one dimension integrates to 1", () => {
  const grid = tf.linspace(-8, 8, 3201).expandDims(1) as tf.Tensor2D;
  const density = tf.exp(kernelLogDensity(generator(1).normal([300, 1]) as tf.Tensor2D, grid, 0.3));
  near(
    tf
      .sum(density)
      .mul(16 / 3200)
      .dataSync()[0] as number,
    1,
    1e-3,
  );
});

test("the kernel density of held-out digits is the one that a sum in float64 gives, and is largest at bandwidth 0.15", () => {
  // scikit-learn's KernelDensity says 11.4, 19.4, 27.2, 35.3 here: its tree stops early, a plain sum does not.
  const expected = [
    [0.25, 11.405795],
    [0.2, 18.989641],
    [0.15, 23.16265],
    [0.1, 8.687776],
  ] as const;
  for (const [bandwidth, value] of expected) near(mean(kernelLogDensity(train, held, bandwidth)), value, 1e-3);
});

test("a bandwidth of 0 is refused, and so are rows of another length", () => {
  assert.throws(() => kernelLogDensity(train, held, 0), /above 0, got 0/);
  assert.throws(() => kernelLogDensity(train, tf.zeros([1, 3]), 1), /64 entries and the points 3/);
});

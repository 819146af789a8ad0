import assert from "node:assert/strict";
import { before, test } from "node:test";
import { withoutData } from "../../testkit/needs.ts";
import type { Digits } from "../data/digits.ts";
import { digits8x8 } from "../data/digits8x8.ts";
import { mnist } from "../data/mnist.ts";
import { tf } from "../engine/tf.ts";
import { clusterAccuracy, normalizedMutualInformation } from "./agreement.ts";
import { kMeans } from "./kmeans.ts";

const near = (actual: number, expected: number, tolerance: number) =>
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual} is not within ${tolerance} of ${expected}`);

let digits: Digits;
const skip = withoutData();
before(async () => {
  digits = await digits8x8();
});

test("on the 8×8 digits the best of 20 runs has inertia 2.533 an image and shares 0.74 of the labels' information", () => {
  const { inertia, labels } = kMeans(digits.images, { clusters: 10, seed: 1, restarts: 20 });
  near(inertia / 1797, 2.5328, 0.002);
  near(normalizedMutualInformation(digits.labels, labels), 0.742, 0.03);
});

test("the inertia never rises, and ends at the sum of squared distances to the nearest centroid", () => {
  const { history, inertia, centroids, assign, labels } = kMeans(digits.images, { clusters: 10, seed: 3, restarts: 2 });
  assert.ok(history.length > 5);
  history.slice(1).forEach((value, i) => {
    assert.ok(value <= (history[i] as number) * (1 + 1e-7), `${history[i]} rose to ${value}`);
  });
  const own = tf.gather(centroids, tf.tensor1d(labels, "int32"));
  // Summed here: tfjs' own sum of 115,000 numbers is off by 5e-5 on WebAssembly, which adds one after the other.
  const squares = tf.squaredDifference(own, digits.images).dataSync() as Float32Array;
  near(inertia / squares.reduce((sum, square) => sum + square, 0), 1, 1e-5);
  assert.deepEqual(assign(digits.images), labels);
});

test("the same seed gives the same clusters", () => {
  const run = () => kMeans(digits.images, { clusters: 4, seed: 9, restarts: 1 }).labels;
  assert.deepEqual(run(), run());
});

test("well-separated groups are found whatever the seed", () => {
  const x = tf.tensor2d([0, 0, 0, 1, 9, 9, 9, 8, -9, 9, -9, 8], [6, 2]);
  for (let seed = 0; seed < 8; seed++) {
    const { labels, inertia } = kMeans(x, { clusters: 3, seed, restarts: 1 });
    assert.equal(clusterAccuracy([0, 0, 1, 1, 2, 2], labels), 1);
    near(inertia, 1.5, 1e-5);
  }
});

test("one cluster, as many clusters as examples, and equal examples all work", () => {
  const x = tf.tensor2d([1, 2, 4], [3, 1]);
  near(kMeans(x, { clusters: 1, seed: 1 }).inertia, 14 / 3, 1e-5);
  near(kMeans(x, { clusters: 3, seed: 1 }).inertia, 0, 1e-5);
  const equal = kMeans(tf.ones([5, 2]), { clusters: 3, seed: 1 });
  assert.equal(equal.inertia, 0);
  assert.ok(Array.from(equal.centroids.dataSync()).every(value => value === 1));
});

test("more clusters than examples is refused", () => {
  assert.throws(() => kMeans(tf.zeros([2, 2]), { clusters: 3, seed: 1 }), /1 to 2 clusters, got 3/);
});

test("on the 10,000 MNIST test images four restarts give accuracy 0.54 and information 0.50", { skip }, async () => {
  const { test } = await mnist({ train: 1 });
  const { labels } = kMeans(test.images, { clusters: 10, seed: 1, restarts: 4, iterations: 100 });
  near(clusterAccuracy(test.labels, labels), 0.54, 0.03);
  near(normalizedMutualInformation(test.labels, labels), 0.5, 0.03);
});

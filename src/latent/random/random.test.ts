import assert from "node:assert/strict";
import { test } from "node:test";
import { tf } from "../engine/tf.ts";
import { seeded } from "./index.ts";

test("the same seed gives the same numbers, and another seed gives others", () => {
  const draw = (seed: number) => Array.from(seeded(seed).normal([5]).dataSync());
  assert.deepEqual(draw(3), draw(3));
  assert.notDeepEqual(draw(3), draw(4));
});

test("two draws of one source differ", () => {
  const random = seeded(1);
  assert.notDeepEqual(random.uniform([4]).dataSync(), random.uniform([4]).dataSync());
});

test("the draws have the moments of their distributions", () => {
  const random = seeded(1);
  const n = 200_000;
  const moments = (x: tf.Tensor) => [x.mean().dataSync()[0] as number, tf.moments(x).variance.dataSync()[0] as number];
  const [normalMean, normalVariance] = moments(random.normal([n])) as [number, number];
  assert.ok(Math.abs(normalMean) < 4 / Math.sqrt(n) && Math.abs(normalVariance - 1) < 0.02);
  const [uniformMean, uniformVariance] = moments(random.uniform([n])) as [number, number];
  assert.ok(Math.abs(uniformMean - 0.5) < 0.003 && Math.abs(uniformVariance - 1 / 12) < 0.001);
  const coins = random.bernoulli(tf.fill([n], 0.3));
  assert.ok(Math.abs((coins.mean().dataSync()[0] as number) - 0.3) < 0.005);
  assert.deepEqual([...new Set(coins.dataSync())].sort(), [0, 1]);
});

test("a probability of 0 never and of 1 always gives 1", () => {
  const random = seeded(1);
  assert.equal(
    random
      .bernoulli(tf.zeros([10_000]))
      .sum()
      .dataSync()[0],
    0,
  );
  assert.equal(
    random
      .bernoulli(tf.ones([10_000]))
      .sum()
      .dataSync()[0],
    10_000,
  );
});

test("a seed that is no whole number is refused", () => {
  assert.throws(() => seeded(0.5), /whole number from 0/);
});

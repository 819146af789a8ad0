import assert from "node:assert/strict";
import { test } from "node:test";
import { generator } from "../../compile/random.ts";
import { barsAndStripes } from "../../data/bars-and-stripes.ts";
import { tf } from "../../engine/tf.ts";
import {
  annealedLogPartition,
  annealingSchedule,
  binaryStates,
  dataBias,
  exactLogPartition,
  freeEnergy,
  logProbability,
  type RbmParameters,
} from "./index.ts";

const near = (actual: number, expected: number, tolerance: number) =>
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual} is not within ${tolerance} of ${expected}`);

function machine(visible: number, hidden: number, seed: number, size = 1): RbmParameters {
  const random = generator(seed);
  return {
    weights: tf.mul(size, random.normal([visible, hidden])) as tf.Tensor2D,
    visibleBias: tf.mul(size, random.normal([visible])) as tf.Tensor1D,
    hiddenBias: tf.mul(size, random.normal([hidden])) as tf.Tensor1D,
  };
}

test("log Z is the logarithm of the sum of e^−energy over all states of both layers", () => {
  for (const [n, m] of [
    [4, 3],
    [3, 5],
  ] as const) {
    const rbm = machine(n, m, n);
    const [w, a, b] = [rbm.weights.arraySync(), rbm.visibleBias.arraySync(), rbm.hiddenBias.arraySync()];
    const bit = (code: number, i: number) => (code >> i) & 1;
    let z = 0;
    for (let v = 0; v < 2 ** n; v++) {
      for (let h = 0; h < 2 ** m; h++) {
        let minusEnergy = 0;
        for (let i = 0; i < n; i++) minusEnergy += bit(v, i) * (a[i] as number);
        for (let j = 0; j < m; j++) minusEnergy += bit(h, j) * (b[j] as number);
        for (let i = 0; i < n; i++) {
          for (let j = 0; j < m; j++) minusEnergy += bit(v, i) * bit(h, j) * (w[i]?.[j] as number);
        }
        z += Math.exp(minusEnergy);
      }
    }
    near(exactLogPartition(rbm), Math.log(z), 1e-5);
  }
});

test("the probabilities of all visible states sum to 1", () => {
  const rbm = machine(10, 6, 1);
  const log = logProbability(rbm, binaryStates(0, 1024, 10), exactLogPartition(rbm));
  near(tf.sum(tf.exp(log)).dataSync()[0] as number, 1, 1e-5);
});

test("without weights and biases log Z is the number of units times log 2, also with 16 hidden units", () => {
  const zero = (visible: number, hidden: number): RbmParameters => machine(visible, hidden, 1, 0);
  near(exactLogPartition(zero(30, 16)), 46 * Math.LN2, 1e-4);
});

test("too many units to enumerate are refused, with the way out", () => {
  assert.throws(() => exactLogPartition(machine(30, 21, 1)), /2\^21 states are too many.*annealedLogPartition/);
});

test("annealing finds log Z within its three standard errors", () => {
  const rbm = machine(20, 8, 3, 0.6);
  const exact = exactLogPartition(rbm);
  const { logPartition, low, high } = annealedLogPartition(rbm, {
    temperatures: annealingSchedule(500),
    random: generator(1),
  });
  assert.ok(low <= exact && exact <= high, `${exact} is not in ${low} … ${high}`);
  near(logPartition, exact, 0.2);
});

test("a machine without weights is annealed exactly, from any base", () => {
  const rbm = { ...machine(6, 4, 1), weights: tf.zeros([6, 4]) as tf.Tensor2D };
  const { logPartition } = annealedLogPartition(rbm, {
    temperatures: [0, 1],
    random: generator(1),
    baseBias: rbm.visibleBias,
  });
  near(logPartition, exactLogPartition(rbm), 1e-5);
});

test("the biases of data have its means, and stay finite where a unit is always on or off", () => {
  const data = tf.tensor2d(Array.from({ length: 1000 }, (_, i) => [i % 4 === 0 ? 1 : 0, 1, 0]));
  const means = tf.sigmoid(dataBias(data)).dataSync();
  near(means[0] as number, 0.25, 0.005);
  near(means[1] as number, 1005 / 1010, 1e-5);
  near(means[2] as number, 5 / 1010, 1e-5);
});

test("a schedule rises from 0 to 1, and one that does not is refused", () => {
  const schedule = annealingSchedule(1000);
  assert.equal(schedule[0], 0);
  assert.equal(schedule.at(-1), 1);
  assert.ok(Math.abs(schedule.length - 1000) < 5);
  const temperatures = [0, 0.5, 0.5, 1];
  assert.throws(
    () => annealedLogPartition(machine(2, 2, 1), { temperatures, random: generator(1) }),
    /rise from 0 to 1/,
  );
});

test("bars and stripes have 6, 14 and 30 patterns, each once", () => {
  for (const [size, count, best] of [
    [2, 6, -1.7918],
    [3, 14, -2.6391],
    [4, 30, -3.4012],
  ] as const) {
    const patterns = barsAndStripes(size);
    assert.deepEqual(patterns.shape, [count, size * size]);
    assert.equal(new Set(patterns.arraySync().map(String)).size, count);
    near(-Math.log(count), best, 5e-5);
  }
});

test("annealing leaves no tensors behind", () => {
  const rbm = machine(5, 3, 1);
  freeEnergy(rbm, tf.zeros([1, 5])).dispose();
  const random = generator(1);
  const before = tf.memory().numTensors;
  annealedLogPartition(rbm, { temperatures: annealingSchedule(20), random });
  exactLogPartition(rbm);
  assert.equal(tf.memory().numTensors, before);
});

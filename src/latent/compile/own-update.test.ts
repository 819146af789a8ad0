import assert from "node:assert/strict";
import { test } from "node:test";
import { tf } from "../engine/tf.ts";
import { compile } from "./index.ts";
import { requireNative } from "./native.ts";
import { stateOf } from "./optimizer-state.ts";
import { ownOperations } from "./own-operations.ts";
import { trace } from "./trace.ts";

const skip = !ownOperations() && "the engine has no operations of ours";
const numbers = (tensor: tf.Tensor): number[] => Array.from(tensor.dataSync());
const random = (shape: number[], seed: number) => tf.randomNormal(shape, 0, 1, "float32", seed);
/** More numbers than one core takes at a time, and a rest that fills no vector. */
const SHAPE = [131, 257];

/** Lowers the distance of the weights from a target; the weights change at each step. */
function training(...weights: tf.Variable[]) {
  const targets = weights.map((weight, i) => random(weight.shape, 7 + i).variable(false));
  const loss = () =>
    tf.addN(weights.map((weight, i) => tf.mean(tf.squaredDifference(weight, targets[i] as tf.Tensor)))) as tf.Scalar;
  return { loss, step: compile(loss, { optimizer: tf.train.adam(0.01) }) };
}

test("Adam's update in place is the eager one, for weights of every size", { skip }, () => {
  const shapes = [SHAPE, [784], [3], [], [1, 1, 5]];
  const [eager, compiled] = [1, 2].map(() => shapes.map((shape, i) => random(shape, 20 + i).variable()));
  const optimizer = tf.train.adam(0.01);
  const { loss } = training(...(eager as tf.Variable[]));
  for (let i = 0; i < 20; i++) optimizer.minimize(loss, false, eager);
  const { step } = training(...(compiled as tf.Variable[]));
  for (let i = 0; i < 20; i++) step();
  for (const [i, weight] of (compiled as tf.Variable[]).entries()) {
    const expected = numbers(eager?.[i] as tf.Tensor);
    for (const [j, value] of numbers(weight).entries()) {
      const right = expected[j] as number;
      // Each step may round its weight otherwise.
      assert.ok(
        Math.abs(value - right) < 20 * 2 ** -23 * (1 + Math.abs(right)),
        `${weight.shape}: ${value} for ${right}`,
      );
    }
  }
});

const holders: Record<string, (weight: tf.Variable) => tf.Tensor> = {
  "a clone that nobody has read": weight => weight.clone(),
  "a clone that was read": weight => {
    weight.dataSync();
    return weight.clone();
  },
  "a reshaped one": weight => tf.reshape(weight, [-1]),
  "a variable made from it": weight => tf.variable(weight, false),
  "what another compiled step returned": weight => compile(() => weight.clone())() as tf.Tensor,
  "a variable that another compiled step assigned": weight => {
    const other = tf.variable(tf.zerosLike(weight), false);
    compile(() => other.assign(weight))();
    return other;
  },
};
for (const [what, hold] of Object.entries(holders)) {
  test(`Adam writes over no value that somebody else holds: ${what}`, { skip }, () => {
    const start = random(SHAPE, 1);
    const before = numbers(start);
    const weight = tf.variable(start);
    const { step } = training(weight);
    step();
    assert.deepEqual(numbers(start), before, "the tensor that the variable was made from");
    for (let i = 0; i < 3; i++) {
      const expected = numbers(weight.clone());
      const held = hold(weight);
      step();
      assert.deepEqual(numbers(held), expected);
      step();
      assert.deepEqual(numbers(held), expected);
      assert.notDeepEqual(numbers(weight), expected);
    }
  });
}

test("a step that copies its weights, returns them and changes them by Adam keeps the three apart", { skip }, () => {
  const online = random(SHAPE, 1).variable();
  const slow = random(SHAPE, 2).variable(false);
  const optimizer = tf.train.adam(0.01);
  const step = compile(() => {
    slow.assign(online);
    const before = online.clone();
    optimizer.minimize(() => tf.mean(tf.square(online)) as tf.Scalar);
    return before;
  });
  const kept: { tensor: tf.Tensor; expected: number[] }[] = [];
  for (let i = 0; i < 4; i++) {
    const expected = numbers(online.clone());
    kept.push({ tensor: step() as tf.Tensor, expected });
    assert.deepEqual(numbers(slow), expected);
    assert.notDeepEqual(numbers(online), expected);
    for (const { tensor, expected } of kept) assert.deepEqual(numbers(tensor), expected);
  }
});

test("several steps of Adam in one call are the same steps one by one", { skip }, () => {
  const run = (stepsPerCall: number) => {
    const weight = random([16, 64], 1).variable();
    const loss = (x: tf.Tensor2D) => tf.mean(tf.square(tf.matMul(x, weight as tf.Tensor2D))) as tf.Scalar;
    const step = compile(loss, { optimizer: tf.train.adam(0.1), stepsPerCall });
    const x = random([24, 16], 2) as tf.Tensor2D;
    const rows = 4 * stepsPerCall;
    for (let at = 0; at < 24; at += rows) step(tf.slice(x, [at, 0], [rows, 16]));
    return numbers(weight);
  };
  const one = run(1);
  for (const together of [2, 3, 6])
    for (const [i, value] of run(together).entries()) assert.ok(Math.abs(value - (one[i] as number)) < 1e-5);
});

test("a step that fails leaves weights and moments as they were, and the next goes on from them", { skip }, () => {
  const [weight, twin] = [random([5, 300], 1).variable(), random([5, 300], 1).variable()];
  const of = (one: tf.Variable) => {
    const loss = (rows: tf.Tensor1D) => tf.mean(tf.square(tf.gather(one, rows))) as tf.Scalar;
    return compile(loss, { optimizer: tf.train.adam(0.01) });
  };
  const [failing, whole] = [of(weight), of(twin)];
  const good = tf.tensor1d([0, 4], "int32");
  for (let i = 0; i < 3; i++) {
    failing(good);
    whole(good);
    const before = numbers(weight);
    assert.throws(() => failing(tf.tensor1d([0, 9], "int32")), /9/);
    assert.deepEqual(numbers(weight), before);
  }
  failing(good);
  whole(good);
  assert.deepEqual(numbers(weight), numbers(twin));
});

test("moments fade to 0, and not into the smallest numbers, which a processor takes a hundred times as long for", {
  skip,
}, () => {
  const weight = tf.variable(tf.ones([300]));
  const optimizer = tf.train.adam(1e-3);
  const step = compile((x: tf.Scalar) => tf.sum(tf.mul(weight, x)) as tf.Scalar, { optimizer });
  step(tf.scalar(1));
  // A gradient of 0 leaves 0.9 of the mean at each step; 32 bits have all their digits down to 1.2e-38.
  const means = stateOf(optimizer).find(({ field }) => field === "accumulatedFirstMoment")?.variable as tf.Variable;
  for (let i = 0; i < 850; i++) step(tf.scalar(0));
  assert.ok(
    numbers(means).every(mean => mean === 0 || mean > 1.17e-38),
    `${numbers(means)[0]}`,
  );
  for (let i = 0; i < 50; i++) step(tf.scalar(0));
  assert.ok(numbers(means).every(mean => mean === 0));
});

test("each weight more makes the graph longer by as much as the one before: none waits for all others", {
  skip,
}, () => {
  const inputsOf = (count: number, steps: number): number => {
    const weights = Array.from({ length: count }, (_, i) => random([3], i).variable());
    const optimizer = tf.train.adam(0.01);
    const loss = () => tf.addN(weights.map(weight => tf.sum(tf.square(weight)))) as tf.Scalar;
    const step = () => {
      for (let i = 0; i < steps; i++) optimizer.minimize(loss, false, weights);
    };
    const { recorder, writes } = trace(requireNative("this test"), step, []);
    return recorder.graph.written(writes).flatMap(({ inputs }) => inputs).length;
  };
  for (const steps of [1, 3]) {
    const [few, more, most] = [20, 30, 40].map(count => inputsOf(count, steps)) as [number, number, number];
    assert.equal(most - more, more - few, `${steps} steps: ${few}, ${more}, ${most} inputs`);
    assert.ok(more - few > 0);
  }
});

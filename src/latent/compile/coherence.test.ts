import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, rmSync, truncateSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { tf } from "../engine/tf.ts";
import { CheckpointError, compile, constant, generator, learningRate, setLearningRate } from "./index.ts";

test("a variable read after a compiled step has the value of that step", () => {
  const count = tf.variable(tf.scalar(0));
  const step = compile(() => count.assign(tf.add(count, 1)));
  step();
  assert.equal(number(count), 1);
  step();
  step();
  assert.equal(number(count), 3);
});

test("a variable assigned between two steps is the one that the next step sees", () => {
  const count = tf.variable(tf.scalar(0));
  const step = compile(() => count.assign(tf.add(count, 1)));
  step();
  count.assign(tf.scalar(10));
  step();
  assert.equal(number(count), 11);
});

test("a clone taken between two steps keeps the value it was taken at", () => {
  const count = tf.variable(tf.scalar(0));
  const step = compile(() => count.assign(tf.add(count, 1)));
  step();
  const unread = count.clone();
  step();
  number(count);
  const read = count.clone();
  step();
  assert.deepEqual([number(unread), number(read), number(count)], [1, 2, 3]);
});

test("two compiled steps share a variable", () => {
  const count = tf.variable(tf.scalar(1));
  const add = compile(() => count.assign(tf.add(count, 1)));
  const double = compile(() => count.assign(tf.mul(count, 2)));
  add();
  double();
  double();
  add();
  assert.equal(number(count), 9);
});

test("variables made from one tensor are not one variable", () => {
  const zero = tf.scalar(0);
  const [a, b] = [tf.variable(zero), tf.variable(zero)];
  const step = compile(() => a.assign(tf.add(a, 1)));
  step();
  assert.deepEqual([number(a), number(b), number(zero)], [1, 0, 0]);
});

test("what a step reads after an assignment is what it assigned", () => {
  const a = tf.variable(tf.scalar(1));
  const b = tf.variable(tf.scalar(1));
  const step = compile(() => {
    a.assign(tf.add(a, b));
    b.assign(tf.mul(a, 10));
    return { a: tf.mul(a, 1), sum: tf.add(a, b) };
  });
  const { a: seen, sum } = step();
  assert.deepEqual([number(seen), number(sum), number(a), number(b)], [2, 22, 2, 20]);
});

test("tracing changes no variable, also when the step is refused", () => {
  const count = tf.variable(tf.scalar(5));
  const step = compile(() => {
    count.assign(tf.add(count, 1));
    return count.dataSync();
  });
  assert.throws(() => step());
  assert.equal(number(count), 5);
  compile(() => count.assign(tf.add(count, 1))).prepare();
  assert.equal(number(count), 5);
});

test("weights and optimizer's state can be read after the step was disposed", () => {
  const weight = tf.variable(tf.scalar(1));
  const step = compile(() => tf.square(weight) as tf.Scalar, { optimizer: tf.train.sgd(0.25) });
  step();
  step.dispose();
  assert.equal(number(weight), 0.5);
  assert.throws(() => step(), /disposed/);
});

test("a step makes one graph for each shape of its inputs, over the same variables", () => {
  const weight = tf.variable(tf.zeros([3, 1]));
  const optimizer = tf.train.momentum(0.1, 0.9);
  const loss = (x: tf.Tensor2D) => tf.mean(tf.square(tf.sub(tf.matMul(x, weight), 1))) as tf.Scalar;
  const step = compile(loss, { optimizer });
  const batches = [tf.ones([4, 3]), tf.ones([4, 3]), tf.ones([2, 3]), tf.ones([4, 3])] as tf.Tensor2D[];
  const compiled = batches.map(batch => step(batch));
  assert.equal(Object.keys(step.program.graphs).length, 2);
  weight.assign(tf.zeros([3, 1]));
  const eager = tf.train.momentum(0.1, 0.9);
  const expected = batches.map(batch => tf.tidy(() => number(eager.minimize(() => loss(batch), true) as tf.Scalar)));
  for (const [i, value] of expected.entries()) assert.ok(Math.abs((compiled[i] as number) - value) < 1e-6, `step ${i}`);
});

test("the same seed draws the same numbers, eager or compiled, and other numbers at each draw", () => {
  const draw = (seed: number, compiled: boolean) => {
    const random = generator(seed);
    const numbers = () =>
      tf.concat([random.normal([2], 1, 2), random.uniform([2], -1, 1), random.bernoulli(tf.fill([2], 0.5))]);
    const step = compiled ? compile(numbers) : numbers;
    return [Array.from(step().dataSync()), Array.from(step().dataSync())];
  };
  assert.deepEqual(draw(7, true), draw(7, false));
  assert.deepEqual(draw(7, true), draw(7, true));
  assert.notDeepEqual(draw(7, true), draw(8, true));
  const [first, second] = draw(7, true);
  assert.notDeepEqual(first, second);
});

test("numbers drawn in a compiled step have the mean and deviation that were asked for", () => {
  const random = generator(3);
  const step = compile(() => tf.moments(random.normal([100_000], 2, 3)));
  const { mean, variance } = step();
  assert.ok(Math.abs(number(mean) - 2) < 0.05 && Math.abs(number(variance) - 9) < 0.2);
});

test("a learning rate that was set, or comes from a schedule, holds from the next step on without a new graph", () => {
  for (const make of [() => tf.train.sgd(1), () => tf.train.momentum(1, 0)]) {
    const weight = tf.variable(tf.scalar(0));
    const optimizer = make();
    const loss = () => tf.mul(weight, -1) as tf.Scalar;
    const step = compile(loss, { optimizer });
    step();
    setLearningRate(optimizer, 0.5);
    step();
    assert.equal(number(weight), 1.5);
    assert.equal(learningRate(optimizer), 0.5);
    const scheduled = compile(loss, { optimizer: make(), learningRate: step => 1 / 2 ** step });
    weight.assign(tf.scalar(0));
    for (let i = 0; i < 3; i++) scheduled();
    assert.equal(number(weight), 1.75);
  }
});

test("a learning rate that was set also reaches an optimizer that is traced as it is", () => {
  const weight = tf.variable(tf.scalar(0));
  const optimizer = tf.train.adagrad(1, 1);
  const step = compile(() => tf.mul(weight, -1) as tf.Scalar, { optimizer });
  step();
  const first = number(weight);
  setLearningRate(optimizer, 0);
  step();
  assert.equal(number(weight), first);
  assert.throws(
    () => compile(() => tf.mul(weight, -1) as tf.Scalar, { optimizer, learningRate: () => 1 })(),
    /schedule cannot reach Adagrad/,
  );
});

test("gradients are clipped together by their norm, and one by one by value", () => {
  const weight = tf.variable(tf.tensor1d([0, 0]));
  const loss = () => tf.sum(tf.mul(weight, [-3, -4])) as tf.Scalar;
  compile(loss, { optimizer: tf.train.sgd(1), clip: { norm: 1 } })();
  const [a = 0, b = 0] = weight.dataSync();
  assert.ok(Math.abs(a - 0.6) < 1e-6 && Math.abs(b - 0.8) < 1e-6);
  weight.assign(tf.zeros([2]));
  compile(loss, { optimizer: tf.train.sgd(1), clip: { value: 3.5 } })();
  assert.deepEqual([...weight.dataSync()], [3, 3.5]);
});

test("several steps in one call are the same steps one by one, on data that stay in the graph", () => {
  const data = constant(tf.randomNormal([40, 3], 0, 1, "float32", 1)) as tf.Tensor2D;
  const rows = [...Array(20).keys()];
  const run = (stepsPerCall: number) => {
    const weight = tf.variable(tf.ones([3, 1]));
    const loss = (indices: tf.Tensor1D) => tf.mean(tf.square(tf.matMul(tf.gather(data, indices), weight))) as tf.Scalar;
    const step = compile(loss, { optimizer: tf.train.adam(0.1), stepsPerCall });
    for (let at = 0; at < 20; at += 5 * stepsPerCall) {
      const indices = tf.tensor1d(rows.slice(at, at + 5 * stepsPerCall), "int32");
      step(indices);
    }
    return [...weight.dataSync()];
  };
  const one = run(1);
  for (const [i, value] of run(4).entries()) assert.ok(Math.abs(value - (one[i] as number)) < 1e-6);
});

test("state saved in the middle of a training and restored gives the same next steps", () => {
  const folder = mkdtempSync(join(tmpdir(), "latent-state-"));
  try {
    const file = join(folder, "state.safetensors");
    const random = generator(5);
    const weight = tf.variable(tf.ones([4, 2]));
    const loss = (x: tf.Tensor2D) =>
      tf.mean(tf.square(tf.add(tf.matMul(x, weight), random.normal([3, 2])))) as tf.Scalar;
    const step = compile(loss, { optimizer: tf.train.adam(0.1) });
    const x = tf.ones([3, 4]) as tf.Tensor2D;
    const run = () => Array.from({ length: 5 }, () => step(x));
    run();
    step.save(file);
    const first = run();
    step.restore(file);
    assert.deepEqual(run(), first);
    assert.deepEqual(readdirSync(folder), ["state.safetensors"]);
    truncateSync(file, 100);
    const before = [...weight.dataSync()];
    assert.throws(() => step.restore(file), CheckpointError);
    assert.deepEqual([...weight.dataSync()], before);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

function number(tensor: tf.Tensor): number {
  return tensor.dataSync()[0] as number;
}

import assert from "node:assert/strict";
import { test } from "node:test";
import { tf } from "../engine/tf.ts";
import { bitCrossEntropy, compile, constant, generator } from "./index.ts";
import { spelledOut } from "./losses.ts";
import { narrowed, spreadOf } from "./lowering.ts";
import { requireNative, runOps } from "./native.ts";
import { ownOperations } from "./own-operations.ts";
import { trace } from "./trace.ts";

const skip = ownOperations() ? false : "the engine was built without operations of ours";
/** Fewer than a vector, a vector and a bit, and so many that the cores share them. */
const SHAPES = [[1], [3, 7], [67], [130, 1000]];

function problem(shape: number[]) {
  const labels = tf.randomUniform(shape, 0, 1, "float32", 1);
  const logits = tf.randomNormal(shape, 0, 3, "float32", 2);
  const outer = constant(tf.randomNormal(shape, 0, 1, "float32", 3));
  const results = (entropy: typeof spelledOut, z: tf.Tensor = labels, x: tf.Tensor = logits): tf.Tensor[] => [
    entropy(z, x),
    ...tf.grads((z, x) => tf.sum(tf.mul(outer, entropy(z, x))))([z, x]),
  ];
  return { labels, logits, results };
}

test("the operation of the cross entropy has the value and gradients of what it stands for", { skip }, () => {
  for (const shape of SHAPES) {
    const { labels, logits, results } = problem(shape);
    const theirs = results(spelledOut);
    const step = compile((z: tf.Tensor, x: tf.Tensor) => results(bitCrossEntropy, z, x));
    for (const ours of [results(bitCrossEntropy), step(labels, logits)])
      for (const [i, tensor] of theirs.entries()) assertNear(ours[i] as tf.Tensor, tensor, `${shape}, result ${i}`);
  }
});

test("the gradient of the operation of the cross entropy is its difference", { skip }, () => {
  const logits = tf.linspace(-6, 6, 37);
  const labels = tf.linspace(0, 1, 37);
  const [slope] = tf.grads((x: tf.Tensor) => bitCrossEntropy(labels, x))([logits]) as [tf.Tensor];
  const at = (step: number) => bitCrossEntropy(labels, tf.add(logits, step));
  assertNear(slope, tf.div(tf.sub(at(0.01), at(-0.01)), 0.02), "slope", 2e-4);
});

test("the cross entropy of logits without end is exact, and NaN goes through", { skip }, () => {
  const entropy = (label: number, logit: number) =>
    bitCrossEntropy(tf.tensor1d([label]), tf.tensor1d([logit])).dataSync()[0] as number;
  assert.equal(entropy(0, 1e30), Math.fround(1e30));
  assert.equal(entropy(1, -200), 200);
  assert.ok(entropy(1, 200) < 1e-37);
  assert.ok(Math.abs(entropy(1, 15) / Math.log1p(Math.exp(-15)) - 1) < 1e-2, `${entropy(1, 15)}`);
  assert.ok(Number.isNaN(entropy(0.5, Number.NaN)));
  assert.ok(Number.isNaN(entropy(Number.NaN, 1)));
});

test("bernoulli draws what a comparison with the uniform numbers gives, bit by bit, eager and compiled", {
  skip,
}, () => {
  for (const seed of [0, 7, -5, 2 ** 31 - 1]) {
    for (const shape of SHAPES) {
      const [ours, theirs, third] = [generator(seed), generator(seed), generator(seed)];
      const probabilities = tf.randomUniform(shape, -0.1, 1.1, "float32", 4);
      const step = compile((p: tf.Tensor) => third.bernoulli(p));
      for (let draw = 0; draw < 3; draw++) {
        const expected = tf.cast(tf.less(theirs.uniform(shape), probabilities), "float32").dataSync();
        assert.deepEqual(ours.bernoulli(probabilities).dataSync(), expected);
        assert.deepEqual(step(probabilities).dataSync(), expected);
      }
      step.dispose();
    }
  }
});

test("a probability that is no number draws 0, and one of whole numbers is taken as it is", { skip }, () => {
  const random = generator(1);
  assert.deepEqual([...random.bernoulli(tf.fill([9], Number.NaN)).dataSync()], Array(9).fill(0));
  assert.deepEqual([...random.bernoulli(tf.tensor1d([0, 1, 1, 0, 1], "int32")).dataSync()], [0, 1, 1, 0, 1]);
});

test("the operations refuse shapes that do not fit", { skip }, () => {
  assert.throws(() => runOps("LatentCrossEntropy", {}, [tf.zeros([2, 3]), tf.zeros([3, 2])], 2), /different shapes/);
  const seed = tf.tensor1d([1, 2, 3], "int32");
  assert.throws(() => runOps("LatentBernoulli", {}, [tf.zeros([2]), seed], 1), /a seed of two numbers/);
});

test("a tile spreads where it repeats what has size 1, and nowhere else", () => {
  const x = (shape: number[]) => ({ node: "x", shape, dtype: 1 });
  assert.deepEqual(spreadOf("Tile", [x([2, 1])], [2, 3]), x([2, 1]));
  assert.equal(spreadOf("Tile", [x([2, 2])], [2, 4]), undefined);
  assert.equal(spreadOf("Tile", [x([3])], [2, 3]), undefined);
  assert.equal(spreadOf("Relu", [x([2, 1])], [2, 1]), undefined);
});

test("the compiled gradient of a mean spreads nothing over a tensor that it only multiplies", { skip }, () => {
  const backend = requireNative("this test");
  const step = (x: tf.Tensor) => tf.grad((x: tf.Tensor) => tf.mean(tf.exp(x)))(x);
  const { recorder, outputs } = trace(backend, step, [tf.zeros([50, 40])]);
  const inputs = outputs.flatMap(name => recorder.graph.node(name)?.inputs ?? []);
  assert.deepEqual(inputs.map(name => recorder.graph.node(name)?.op).sort(), ["Exp", "Mul"]);
});

test("a factor that was spread over a whole tensor is used as it was, and two of them are not", () => {
  const small = { node: "small", shape: [2, 1], dtype: 1 };
  const spread = { node: "spread", shape: [2, 3], dtype: 1, spreads: small };
  const whole = { node: "whole", shape: [2, 3], dtype: 1 };
  assert.deepEqual(narrowed("Mul", [spread, whole], [2, 3]), [small, whole]);
  assert.deepEqual(narrowed("Mul", [whole, spread], [2, 3]), [whole, small]);
  assert.deepEqual(narrowed("Add", [spread, whole], [2, 3]), [spread, whole]);
  assert.deepEqual(narrowed("Mul", [spread, { ...whole, shape: [1, 3] }], [2, 3])[0], spread);
  assert.deepEqual(narrowed("Mul", [spread, spread], [2, 3]), [small, spread]);
});

function assertNear(actual: tf.Tensor, expected: tf.Tensor, what: string, tolerance = 3e-6): void {
  assert.deepEqual(actual.shape, expected.shape);
  const [ours, theirs] = [actual.dataSync(), expected.dataSync()];
  for (const [i, value] of theirs.entries()) {
    const off = Math.abs((ours[i] as number) - value);
    assert.ok(off <= tolerance * (1 + Math.abs(value)), `${what}: ${ours[i]} instead of ${value}`);
  }
}

import assert from "node:assert/strict";
import { test } from "node:test";
import { collector } from "../engine/chosen.ts";
import { tf } from "../engine/tf.ts";
import { compile, constant } from "./index.ts";
import { nativeBackend } from "./native.ts";

const turn = () => new Promise(resolve => setTimeout(resolve, 1));

/** Tensors and graphs that are there after all that nobody holds was freed. */
async function living(): Promise<{ tensors: number; graphs: number | undefined }> {
  for (let i = 0; i < 4; i++) {
    await turn();
    collector.rest();
    collector.collect();
  }
  await turn();
  return { tensors: tf.memory().numTensors, graphs: nativeBackend()?.binding.getNumOfSavedModels() };
}

function training() {
  const weight = tf.variable(tf.randomNormal([4, 2], 0, 1, "float32", 1));
  const x = tf.randomNormal([8, 4], 0, 1, "float32", 2) as tf.Tensor2D;
  const mask = constant(tf.tensor1d([1, 0, 1, 1]).reshape([1, 4]));
  const loss = (rows: tf.Tensor2D) => rows.mul(mask).matMul<tf.Tensor2D>(weight).square().mean() as tf.Scalar;
  return { weight, x, step: compile(loss, { optimizer: tf.train.adam(0.1) }) };
}

test("a training that nobody holds any more is gone whole: weights, optimizer's state and graph", async () => {
  const before = await living();
  await (async () => {
    const { x, step } = training();
    for (let i = 0; i < 3; i++) step(x); // the weights' values are in the graph alone now
  })();
  assert.deepEqual(await living(), before);
});

test("a step that is held goes on as without collections", async () => {
  const [plain, collected] = [training(), training()];
  for (let i = 0; i < 5; i++) {
    assert.equal(collected.step(collected.x), plain.step(plain.x));
    await living();
  }
  assert.deepEqual([...collected.weight.dataSync()], [...plain.weight.dataSync()]);
});

test("a clone of a weight keeps the value that it had, when step and weight are gone", async () => {
  const before = await living();
  const { clone, value } = await (async () => {
    const { weight, x, step } = training();
    step(x);
    const value = [...weight.dataSync()];
    step(x);
    weight.assign(tf.tensor2d(value, [4, 2]));
    return { clone: weight.clone(), value };
  })();
  assert.equal((await living()).tensors, before.tensors + 1);
  assert.deepEqual([...clone.dataSync()], value);
  const unread = await (async () => {
    const { weight, x, step } = training();
    step(x);
    return weight.clone(); // of a value that nobody has fetched yet
  })();
  await living();
  assert.deepEqual([...unread.dataSync()].map(Number.isFinite), Array(8).fill(true));
  assert.notDeepEqual(
    [...unread.dataSync()],
    value.map(() => 0),
  );
  clone.dispose();
  unread.dispose();
  assert.deepEqual(await living(), before);
});

test("a step does not keep the variables that it does not use", async () => {
  const weight = tf.variable(tf.ones([4, 2]));
  const step = compile((x: tf.Tensor2D) => x.matMul(weight));
  const x = tf.ones([2, 4]) as tf.Tensor2D;
  const before = await living();
  await (async () => {
    tf.variable(tf.ones([3])); // there while the step is traced
    step.prepare(x);
  })();
  assert.equal((await living()).tensors, before.tensors);
  step.dispose();
  x.dispose();
});

test("what steps return is freed like any other tensor", async () => {
  const step = compile((x: tf.Tensor1D) => [x.add(1), x.reshape([2, 2])]);
  const x = tf.tensor1d([1, 2, 3, 4]);
  const before = await living();
  const kept = (() => {
    for (let i = 0; i < 10; i++) step(x);
    return step(x)[1] as tf.Tensor;
  })();
  assert.equal((await living()).tensors, before.tensors + 1);
  assert.deepEqual(kept.arraySync(), [
    [1, 2],
    [3, 4],
  ]);
});

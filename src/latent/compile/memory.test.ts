import assert from "node:assert/strict";
import { test } from "node:test";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { tf } from "../engine/tf.ts";
import { compile } from "./index.ts";
import { nativeBackend } from "./native.ts";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

const full = process.env.LATENT_FULL === "1";
const MB = 2 ** 20;

function residentMegabytes(): number {
  collect();
  return process.memoryUsage().rss / MB;
}

/** Least squares: megabytes per unit of x. */
function slope(points: { x: number; y: number }[]): number {
  const mean = (pick: (point: { x: number; y: number }) => number) =>
    points.reduce((sum, point) => sum + pick(point), 0) / points.length;
  const [x, y] = [mean(point => point.x), mean(point => point.y)];
  return mean(point => (point.x - x) * (point.y - y)) / mean(point => (point.x - x) ** 2);
}

function model(units: number) {
  const variables = [
    tf.variable(tf.randomNormal([784, units], 0, 0.05, "float32", 1)),
    tf.variable(tf.zeros([units])),
    tf.variable(tf.randomNormal([units, 784], 0, 0.05, "float32", 2)),
  ] as const;
  const [inward, bias, outward] = variables;
  const loss = (x: tf.Tensor2D) =>
    tf.losses.meanSquaredError(x, tf.matMul(tf.relu(tf.add(tf.matMul(x, inward), bias)), outward)) as tf.Scalar;
  return { variables: [...variables], loss, x: tf.randomUniform([32, 784], 0, 1, "float32", 3) as tf.Tensor2D };
}

test("steps of a compiled training leave no tensors and no memory behind", () => {
  const steps = full ? 10_000 : 1_000;
  const { loss, x } = model(32);
  const step = compile(loss, { optimizer: tf.train.adam(1e-3) });
  for (let i = 0; i < 500; i++) step(x);
  const tensors = tf.memory().numTensors;
  const points = [{ x: 0, y: residentMegabytes() }];
  for (let i = 1; i <= steps; i++) {
    step(x);
    if (i % (steps / 10) === 0) points.push({ x: i, y: residentMegabytes() });
  }
  assert.equal(tf.memory().numTensors, tensors);
  const rise = slope(points) * steps;
  assert.ok(rise < 4, `${rise.toFixed(2)} MB over ${steps} steps`);
  step.dispose();
});

test("compiling and disposing leaves no graph and little memory behind", { timeout: 600_000 }, async () => {
  const compiles = full ? 200 : 20;
  const { variables, loss, x } = model(256);
  const binding = nativeBackend()?.binding;
  const loaded = binding?.getNumOfSavedModels();
  const once = () => {
    const optimizer = tf.train.adam(1e-3);
    const step = compile(loss, { optimizer, variables });
    step(x);
    step.dispose();
    optimizer.dispose();
  };
  for (let i = 0; i < (full ? 60 : 10); i++) once();
  // What the test before left is collected at some moment of this one (seen): it must not be among those counted.
  for (let i = 0; i < 3; i++) {
    collect();
    await new Promise(resolve => setImmediate(resolve));
  }
  const tensors = tf.memory().numTensors;
  const points: { x: number; y: number }[] = [];
  for (let i = 1; i <= compiles; i++) {
    once();
    if (i % 5 === 0) points.push({ x: i, y: residentMegabytes() });
  }
  assert.equal(tf.memory().numTensors, tensors);
  assert.equal(binding?.getNumOfSavedModels(), loaded);
  const perCompile = slope(points);
  // The bound of 0.05 MB is for 200 compiles: over few, the allocator's own steps are larger than that.
  const bound = full ? 0.05 : 1;
  assert.ok(perCompile <= bound, `${perCompile.toFixed(3)} MB a compile`);
});

test("a step that nobody refers to any more releases its graph", async () => {
  const binding = nativeBackend()?.binding;
  const before = binding?.getNumOfSavedModels() as number;
  for (let i = 0; i < 5; i++) compile((x: tf.Tensor) => tf.add(x, i))(tf.scalar(1)).dispose();
  for (let i = 0; i < 50 && (binding?.getNumOfSavedModels() as number) > before; i++) {
    collect();
    await new Promise(resolve => setTimeout(resolve, 10));
  }
  assert.equal(binding?.getNumOfSavedModels(), before);
});

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { tf } from "../engine/tf.ts";
import { compile } from "./index.ts";

interface Fixture {
  x: number[];
  y: number[];
  start: number[][];
  optimizers: Record<string, { losses: number[]; weights: number[][] }>;
}

/** Written by `npm run bench keras-fixture`. */
const file = new URL("../../../src/latent/compile/fixtures/keras-optimizers.json", import.meta.url);
const { x, y, start, optimizers } = JSON.parse(readFileSync(file, "utf8")) as Fixture;

const ours: Record<string, () => tf.Optimizer> = {
  Adam: () => tf.train.adam(0.01),
  RMSProp: () => tf.train.rmsprop(0.01),
  "RMSProp with momentum": () => tf.train.rmsprop(0.003, 0.9, 0.5),
  momentum: () => tf.train.momentum(0.05, 0.9),
  "Nesterov momentum": () => tf.train.momentum(0.05, 0.9, true),
};
const shapes = [[6, 5], [5], [5, 4], [4]];

for (const [name, theirs] of Object.entries(optimizers)) {
  test(`50 compiled steps of ${name} have Keras' losses and weights`, () => {
    const variables = start.map((values, i) => tf.variable(tf.tensor(values, shapes[i])));
    const [w1, b1, w2, b2] = variables as [tf.Tensor2D, tf.Tensor1D, tf.Tensor2D, tf.Tensor1D] & tf.Variable[];
    const optimizer = ours[name]?.();
    assert.ok(optimizer, `no optimizer for ${name}`);
    const step = compile(
      (input: tf.Tensor2D, target: tf.Tensor2D) => {
        const hidden = tf.tanh(tf.add(tf.matMul(input, w1), b1)) as tf.Tensor2D;
        return tf.mean(tf.square(tf.sub(tf.add(tf.matMul(hidden, w2), b2), target))) as tf.Scalar;
      },
      { optimizer },
    );
    const [input, target] = [tf.tensor2d(x, [16, 6]), tf.tensor2d(y, [16, 4])];
    assertClose(
      theirs.losses.map(() => step(input, target)),
      theirs.losses,
      "losses",
    );
    for (const [i, weights] of theirs.weights.entries())
      assertClose([...(variables[i] as tf.Variable).dataSync()], weights, `weight ${i}`);
    step.dispose();
  });
}

function assertClose(actual: number[], expected: number[], what: string): void {
  const largest = Math.max(...expected.map(Math.abs));
  const off = Math.max(...expected.map((value, i) => Math.abs(value - (actual[i] as number))));
  assert.ok(off <= 1e-4 * largest, `${what}: off by ${off / largest} of the largest`);
}

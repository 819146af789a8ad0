import assert from "node:assert/strict";
import { test } from "node:test";
import { tf } from "../engine/tf.ts";
import { bitCrossEntropy, layerNormalization } from "./index.ts";
import { runOps } from "./native.ts";
import { byHand } from "./normalization.ts";
import { ownOperations } from "./own-operations.ts";

test("layerNormalization has the value and gradients of its definition", () => {
  const inputs = [
    tf.randomNormal([3, 4, 5], 1, 2, "float32", 1),
    tf.randomNormal([5], 1, 1, "float32", 2),
    tf.randomNormal([5], 0, 1, "float32", 3),
  ];
  const weights = tf.randomNormal([3, 4, 5], 0, 1, "float32", 4);
  const defined = (x: tf.Tensor, gain: tf.Tensor, offset: tf.Tensor) => {
    const { mean, variance } = tf.moments(x, -1, true);
    return tf.add(tf.mul(tf.div(tf.sub(x, mean), tf.sqrt(tf.add(variance, 1e-5))), gain), offset);
  };
  assertSameGradients(
    inputs,
    (...args) => tf.mul(layerNormalization(...(args as [tf.Tensor, tf.Tensor, tf.Tensor])), weights),
    (...args) => tf.mul(defined(...(args as [tf.Tensor, tf.Tensor, tf.Tensor])), weights),
  );
});

test("the operations of layer normalisation have the value and gradients of what they stand for", {
  skip: ownOperations() ? false : "the engine was built without operations of ours",
}, () => {
  for (const [rows, width] of [
    [1, 3],
    [40, 37],
    [700, 64], // more than one stretch of rows
  ] as const) {
    const inputs = [
      tf.randomNormal([rows, width], 5, 2, "float32", 1),
      tf.randomNormal([width], 1, 1, "float32", 2),
      tf.randomNormal([width], 0, 1, "float32", 3),
    ];
    const weights = tf.randomNormal([rows, width], 0, 1, "float32", 4);
    const tolerance = 1e-6 * rows + 2e-5;
    assertSameGradients(inputs, weighted(weights, normalise), weighted(weights, byHand(1e-5)), tolerance);
  }
  const refused = () => runOps("LatentNormalize", { epsilon: 1 }, [tf.ones([2, 3]), tf.ones([2]), tf.ones([3])], 3);
  assert.throws(refused, /a gain and an offset for each/);
});

const normalise: Function = (x, gain, offset) =>
  layerNormalization(x as tf.Tensor, gain as tf.Tensor, offset as tf.Tensor);
const weighted =
  (weights: tf.Tensor, f: Function): Function =>
  (...inputs) =>
    tf.mul(f(...inputs), weights);

test("bitCrossEntropy has the value and gradients of its definition, and is finite for logits of any size", () => {
  const labels = tf.tensor1d([0, 1, 0.3, 1, 0]);
  const logits = tf.tensor1d([0, 0, 2, -3, 1]);
  const defined = (z: tf.Tensor, x: tf.Tensor) => {
    const p = tf.sigmoid(x);
    return tf.neg(tf.add(tf.mul(z, tf.log(p)), tf.mul(tf.sub(1, z), tf.log(tf.sub(1, p)))));
  };
  assertSameGradients(
    [labels, logits],
    (z, x) => bitCrossEntropy(z as tf.Tensor, x as tf.Tensor),
    (z, x) => defined(z as tf.Tensor, x as tf.Tensor),
  );
  assert.deepEqual([...bitCrossEntropy(tf.tensor1d([0, 1]), tf.tensor1d([200, -200])).dataSync()], [200, 200]);
});

type Function = (...inputs: tf.Tensor[]) => tf.Tensor;

function assertSameGradients(inputs: tf.Tensor[], ours: Function, defined: Function, tolerance = 2e-5): void {
  const all = (f: Function) => [f(...inputs), ...tf.grads(f)(inputs)];
  const expected = all(defined);
  for (const [i, tensor] of all(ours).entries()) {
    const off = tf.max(tf.abs(tf.sub(tensor, expected[i] as tf.Tensor))).dataSync()[0] as number;
    assert.ok(off < tolerance, `result ${i} is off by ${off}`);
  }
}

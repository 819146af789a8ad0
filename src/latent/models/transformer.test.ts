import assert from "node:assert/strict";
import { test } from "node:test";
import { compile } from "../compile/index.ts";
import { tf } from "../engine/tf.ts";
import { uniform } from "../random/uniform.ts";
import { attention, initial, layerNormalization, lstmAutoencoder, transformerAutoencoder } from "./index.ts";

const near = (actual: number, expected: number, tolerance: number) =>
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual} is not within ${tolerance} of ${expected}`);
const scalar = (x: tf.Tensor): number => x.dataSync()[0] as number;

/** The chain of lesson 09: rows of transition probabilities and the stationary distribution. */
const CHAIN = [
  [0.7, 0.1, 0.1, 0.1],
  [0.1, 0.1, 0.7, 0.1],
  [0.1, 0.1, 0.1, 0.7],
  [0.4, 0.4, 0.1, 0.1],
];
const STATIONARY = [0.414798, 0.165919, 0.199552, 0.219731];

function draw(probabilities: number[], random: () => number): number {
  let left = random();
  const index = probabilities.findIndex(p => {
    left -= p;
    return left < 0;
  });
  return index < 0 ? probabilities.length - 1 : index;
}

function sequences(count: number, length: number, seed: number): tf.Tensor2D {
  const random = uniform(seed);
  const rows = Array.from({ length: count }, () => {
    const row = [draw(STATIONARY, random)];
    while (row.length < length) row.push(draw(CHAIN[row.at(-1) as number] as number[], random));
    return row;
  });
  return tf.tensor2d(rows, [count, length], "int32");
}

test("every row of an attention pattern sums to 1, and the causal one is exactly 0 on the future", () => {
  const make = initial(1);
  const x = make.normal([3, 7, 8], 1) as unknown as tf.Tensor3D;
  for (const causal of [false, true]) {
    const pattern = attention(make, { width: 8, heads: 2, causal }).pattern(x);
    assert.deepEqual(pattern.shape, [3, 2, 7, 7]);
    const off = tf.max(tf.abs(tf.sub(tf.sum(pattern, -1), 1)));
    assert.ok(scalar(off) < 1e-5);
    const future = tf.sub(1, tf.linalg.bandPart(tf.ones([7, 7]), -1, 0));
    assert.equal(scalar(tf.sum(tf.mul(pattern, future))) === 0, causal);
  }
});

test("with the causal mask a change of a later token changes no earlier code: it leaks exactly 0", () => {
  const model = transformerAutoencoder({ vocabulary: 4, timeSteps: 6, causal: true, seed: 1 });
  const one = tf.tensor2d([[0, 1, 2, 3, 0, 1]], [1, 6], "int32");
  const two = tf.tensor2d([[0, 1, 2, 3, 2, 2]], [1, 6], "int32");
  const difference = tf.abs(tf.sub(model.encode(one), model.encode(two)));
  assert.equal(scalar(tf.max(tf.slice(difference, [0, 0, 0], [1, 4, 32]))), 0);
  assert.ok(scalar(tf.max(difference)) > 0.01);
});

test("attention is softmax(QKᵀ/√d)V: one head by hand gives the same", () => {
  const make = initial(2);
  const layer = attention(make, { width: 4, heads: 1 });
  const x = make.normal([1, 3, 4], 1) as unknown as tf.Tensor3D;
  const [wq, bq, wk, bk, wv, bv, wo, bo] = layer.variables as unknown as tf.Tensor2D[];
  assert.ok(wq && bq && wk && bk && wv && bv && wo && bo);
  const rows = tf.reshape(x, [3, 4]) as tf.Tensor2D;
  const [q, k, v] = [tf.add(tf.matMul(rows, wq), bq), tf.add(tf.matMul(rows, wk), bk), tf.add(tf.matMul(rows, wv), bv)];
  const mixed = tf.matMul(tf.softmax(tf.div(tf.matMul(q, k, false, true), 2)), v);
  const expected = tf.add(tf.matMul(mixed as tf.Tensor2D, wo), bo);
  assert.ok(scalar(tf.max(tf.abs(tf.sub(tf.reshape(layer.apply(x), [3, 4]), expected)))) < 1e-5);
});

test("layer normalisation gives every position mean 0 and variance 1", () => {
  const x = tf.add(initial(1).normal([2, 3, 64], 5), 4) as tf.Tensor3D;
  const { mean, variance } = tf.moments(layerNormalization(initial(1), 64).apply(x), -1);
  assert.ok(scalar(tf.max(tf.abs(mean))) < 1e-5);
  assert.ok(scalar(tf.max(tf.abs(tf.sub(variance, 1)))) < 1e-4);
});

test("heads that do not divide the width are refused", () => {
  assert.throws(() => attention(initial(1), { width: 8, heads: 3 }), /3 heads do not divide a width of 8/);
});

test("the loss sees the masked tokens only, and hides them from the encoder", () => {
  const model = transformerAutoencoder({ vocabulary: 4, timeSteps: 4, seed: 1 });
  const tokens = tf.tensor2d([[0, 1, 2, 3]], [1, 4], "int32");
  const masked = tf.tensor2d([[0, 1, 0, 0]]);
  const hidden = tf.tensor2d([[0, 4, 2, 3]], [1, 4], "int32");
  const log = tf.logSoftmax(model.decode(model.encode(hidden))).arraySync() as number[][][];
  near(scalar(model.loss(tokens, masked)), -(log[0]?.[1]?.[1] as number), 1e-5);
});

test("a transformer with two layers learns the Markov chain towards the Bayes loss of 0.754 nats", () => {
  const full = Boolean(process.env.LATENT_FULL);
  const model = transformerAutoencoder({ vocabulary: 4, timeSteps: 16, seed: 1 });
  const data = sequences(4000, 16, 1);
  const random = uniform(2);
  const step = compile((x: tf.Tensor2D, masked: tf.Tensor2D) => model.loss(x, masked), {
    optimizer: tf.train.adam(full ? 1e-3 : 5e-3),
  });
  const oneInside = (count: number): tf.Tensor2D => {
    const places = Int32Array.from({ length: count }, () => 1 + Math.floor(14 * random()));
    return tf.oneHot(tf.tensor1d(places, "int32"), 16, 1, 0, "float32") as tf.Tensor2D;
  };
  for (let i = 0; i < (full ? 3000 : 80); i++) {
    tf.tidy(() => {
      step(tf.slice(data, [(i * 100) % 4000, 0], [100, 16]) as tf.Tensor2D, oneInside(100));
    });
  }
  const held = sequences(4000, 16, 9);
  const loss = scalar(model.loss(held, oneInside(4000)));
  // 1.318 nats without the neighbours; 0.754 with both, exactly
  assert.ok(full ? Math.abs(loss - 0.754) < 0.05 : loss < 1.25, `${loss}`);
});

test("the LSTM autoencoder has the shapes of its parts, and its code depends on the order", () => {
  const model = lstmAutoencoder({ timeSteps: 5, features: 3, units: 8, code: 2, seed: 1 });
  const x = initial(4).normal([2, 5, 3], 1) as unknown as tf.Tensor3D;
  const codes = model.encode(x);
  assert.deepEqual(codes.shape, [2, 2]);
  assert.deepEqual(model.decode(codes).shape, [2, 5, 3]);
  const turned = model.encode(tf.reverse(x, 1));
  assert.ok(scalar(tf.max(tf.abs(tf.sub(codes, turned)))) > 1e-3);
});

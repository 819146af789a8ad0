import assert from "node:assert/strict";
import { test } from "node:test";
import type { Tensor, Tensor2D } from "@tensorflow/tfjs-node";
import { whereEngine } from "../../testkit/needs.ts";

const { skip, loaded } = await whereEngine(() => import("../index.ts"));
const { linalg, tf } = loaded;

function close(ours: Tensor | number[], expected: Tensor | number[], tolerance = 1e-5): void {
  const numbers = (value: Tensor | number[]) => Array.from(Array.isArray(value) ? value : value.dataSync());
  const wanted = numbers(expected);
  const worst = Math.max(...numbers(ours).map((value, i) => Math.abs(value - (wanted[i] as number))));
  assert.ok(worst <= tolerance, `differs by ${worst}: ${ours} and ${expected}`);
}

function random(shape: [number, number], seed: number): Tensor2D {
  return tf.randomNormal(shape, 0, 1, "float32", seed);
}

test("eigh gives eigenvalues from the largest, and C u = λ u for each column", { skip }, () => {
  const a = random([6, 6], 1);
  const c: Tensor2D = a.add(a.transpose());
  const { values, vectors } = linalg.eigh(c);
  const sorted = [...values.dataSync()].sort((p, q) => q - p);
  assert.deepEqual([...values.dataSync()], sorted);
  close(tf.matMul(c, vectors), vectors.mul(values));
  close(tf.matMul(vectors, vectors, true), tf.eye(6));
});

test("eigh of a known matrix", { skip }, () => {
  close(
    linalg.eigh(
      tf.tensor2d([
        [2, 1],
        [1, 2],
      ]),
    ).values,
    [3, 1],
  );
});

test("eigh refuses a matrix that is not square", { skip }, () => {
  assert.throws(() => linalg.eigh(tf.zeros([2, 3])), /square matrix, got \[2, 3\]/);
});

test("eigh of a matrix that holds NaN or infinity says so", { skip }, () => {
  assert.throws(() => linalg.eigh(tf.fill([3, 3], Number.NaN)), /eigh needs finite numbers, got NaN/);
});

test("svd multiplies back to the matrix, singular values from the largest", { skip }, () => {
  const a = random([5, 3], 2);
  const { u, s, v } = linalg.svd(a);
  assert.deepEqual([u.shape, s.shape, v.shape], [[5, 3], [3], [3, 3]]);
  close(tf.matMul(u.mul(s), v, false, true), a);
});

test("orthonormal keeps the span", { skip }, () => {
  const a = random([7, 3], 3);
  const q = linalg.orthonormal(a);
  close(tf.matMul(q, q, true), tf.eye(3));
  close(tf.matMul(q, tf.matMul(q, a, true)), a);
});

/** Two planes of ℝ⁴ whose principal angles are `first` and `second`, in degrees. */
function planes(first: number, second: number): [Tensor2D, Tensor2D] {
  const [a, b] = [first, second].map(angle => (angle * Math.PI) / 180) as [number, number];
  const turned = [
    [Math.cos(a), 0],
    [0, Math.cos(b)],
    [Math.sin(a), 0],
    [0, Math.sin(b)],
  ];
  return [
    tf.tensor2d([
      [1, 0],
      [0, 1],
      [0, 0],
      [0, 0],
    ]),
    tf.tensor2d(turned),
  ];
}

for (const [first, second] of [
  [90, 0],
  [60, 30],
  [45, 44],
  [2, 1],
  [0.01, 0.001],
  [89.99, 0.01],
] as const) {
  test(`planes at ${first}° and ${second}° have these principal angles, in any basis`, { skip }, () => {
    const [a, b] = planes(first, second);
    const mixed: Tensor2D = tf.matMul(
      b,
      tf.tensor2d([
        [2, 1],
        [-1, 3],
      ]),
    );
    close(linalg.principalAngles(a, b), [first, second], 2e-4);
    close(linalg.principalAngles(a, mixed), [first, second], 2e-4);
  });
}

test("a space inside a larger one has only angles of 0°", { skip }, () => {
  const a = random([9, 4], 4);
  close(linalg.principalAngles(a, a.slice([0, 1], [9, 2])), [0, 0], 1e-4);
});

test("principal angles between spaces of different dimensions around them are refused", { skip }, () => {
  assert.throws(() => linalg.principalAngles(random([4, 2], 5), random([5, 2], 6)), /\[4, 2\], \[5, 2\]/);
  assert.throws(() => linalg.principalAngles(random([4, 1], 5), random([4, 2], 6)), RangeError);
});

test("linear algebra leaves no tensors behind but its results", { skip }, () => {
  const a = random([5, 5], 7);
  const before = tf.memory().numTensors;
  linalg.principalAngles(a, a);
  assert.equal(tf.memory().numTensors, before);
  tf.dispose(Object.values(linalg.eigh(a)));
  assert.equal(tf.memory().numTensors, before);
});

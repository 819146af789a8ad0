import assert from "node:assert/strict";
import { test } from "node:test";
import { tf } from "../../engine/tf.ts";
import { besselRatio, besselRatioSlope, klSlope, klToUniform } from "./index.ts";
import { besselRatioTensor, klToUniformTensor } from "./tensors.ts";

const M = 3;
/** From 10⁻⁶ to 10⁵, and around the place where the series ends. */
const kappa = tf.tensor1d([...Array.from({ length: 111 }, (_, i) => 10 ** (i / 10 - 6)), 0.7999, 0.8, 0.8001, 1]);

function assertDigits(ours: tf.Tensor, exact: (kappa: number) => number, within: number): void {
  const values = ours.dataSync();
  for (const [i, k] of kappa.dataSync().entries()) {
    const off = Math.abs((values[i] as number) / exact(k) - 1);
    assert.ok(off <= within, `κ = ${k}: ${values[i]} for ${exact(k)}`);
  }
}

test("on S² the ratio and the KL have five digits for every κ, however small", () => {
  assertDigits(besselRatioTensor(M, kappa), k => besselRatio(M, k), 2e-6);
  assertDigits(klToUniformTensor(M, kappa), k => klToUniform(M, k), 5e-6);
});

test("on S² their slopes have nearly five digits for every κ", () => {
  const slopes = (of: (x: tf.Tensor) => tf.Tensor) => tf.grad(x => tf.sum(of(x)))(kappa);
  assertDigits(
    slopes(x => besselRatioTensor(M, x)),
    k => besselRatioSlope(M, k),
    2e-5,
  );
  assertDigits(
    slopes(x => klToUniformTensor(M, x)),
    k => klSlope(M, k),
    2e-5,
  );
});

test("at κ = 0 all of them are what the uniform distribution has, and NaN stays NaN", () => {
  const at = tf.tensor1d([0, Number.NaN]);
  assert.deepEqual([...besselRatioTensor(M, at).dataSync()], [0, Number.NaN]);
  assert.deepEqual([...klToUniformTensor(M, at).dataSync()], [0, Number.NaN]);
  assert.deepEqual(
    [
      ...tf
        .grad(x => tf.sum(klToUniformTensor(M, x)))(at)
        .dataSync(),
    ],
    [0, Number.NaN],
  );
  const [slope, undefinedSlope] = tf
    .grad(x => tf.sum(besselRatioTensor(M, x)))(at)
    .dataSync();
  assert.ok(Math.abs((slope as number) - 1 / 3) < 1e-6);
  assert.ok(Number.isNaN(undefinedSlope));
});

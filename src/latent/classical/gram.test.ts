import assert from "node:assert/strict";
import { test } from "node:test";
import { runOps } from "../compile/native.ts";
import { ownOperations } from "../compile/own-operations.ts";
import { tf } from "../engine/tf.ts";

const skip = ownOperations() ? false : "the engine was built without operations of ours";

test("the operation of PCA has the products of centred columns and their sums, for tables of any shape", {
  skip,
}, () => {
  for (const [rows, columns] of [
    [1, 1],
    [7, 3],
    [200, 130],
    [97, 300],
  ] as const) {
    const x = tf.randomNormal([rows, columns], 3, 2, "float32", rows);
    const centre = tf.randomNormal([columns], 3, 0.1, "float32", columns);
    const [products, sums] = runOps("LatentGram", {}, [x, centre], 2) as [tf.Tensor, tf.Tensor];
    const centred = tf.sub(x, centre) as tf.Tensor2D;
    assertNear(products, tf.matMul(centred, centred, true), 1e-5 * rows);
    assertNear(sums, tf.sum(centred, 0), 1e-5 * rows);
    assertNear(products, tf.transpose(products), 0);
  }
});

test("NaN goes through the operation, and a centre of another length is refused", { skip }, () => {
  const [products] = runOps("LatentGram", {}, [tf.tensor2d([[1, Number.NaN]]), tf.zeros([2])], 2) as [tf.Tensor];
  assert.deepEqual([...products.dataSync()].map(Number.isNaN), [false, true, true, true]);
  assert.throws(() => runOps("LatentGram", {}, [tf.zeros([3, 2]), tf.zeros([3])], 2), /for each of its columns/);
});

function assertNear(actual: tf.Tensor, expected: tf.Tensor, tolerance: number): void {
  assert.deepEqual(actual.shape, expected.shape);
  const off = tf.max(tf.abs(tf.sub(actual, expected))).dataSync()[0] as number;
  assert.ok(off <= tolerance, `off by ${off}`);
}

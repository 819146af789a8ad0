import assert from "node:assert/strict";
import { test } from "node:test";
import type { Tensor2D } from "@tensorflow/tfjs-node";
import { ownOperations } from "../compile/own-operations.ts";
import { tf } from "../engine/tf.ts";
import { eigh } from "./eigh.ts";
import { leadingByTridiagonal } from "./tridiagonal.ts";

const skip = ownOperations() ? false : "the engine was built without operations of ours";

const normal = (rows: number, columns: number, seed: number): Tensor2D =>
  tf.randomNormal([rows, columns], 0, 1, "float32", seed);
const products = (x: Tensor2D): Tensor2D => tf.matMul(x, x, true);

/** A band of `beside` along a diagonal of Wilkinson's kind: its eigenvalues come in pairs that differ by 10⁻¹⁵ or less. */
function wilkinson(blocks: number, size: number, beside: number): Tensor2D {
  const n = blocks * size;
  const values = new Float32Array(n * n);
  for (let i = 0; i < n; i++) {
    values[i * n + i] = Math.abs((i % size) - (size - 1) / 2);
    if (i > 0) values[i * n + i - 1] = i % size === 0 ? beside : 1;
  }
  return tf.tensor2d(values, [n, n]);
}

/** Of whole numbers, on and beside the diagonal, where differences vanish altogether. */
function banded(n: number, entries: (i: number) => [number, number]): Tensor2D {
  const values = new Float32Array(n * n);
  for (let i = 0; i < n; i++) {
    const [on, beside] = entries(i);
    values[i * n + i] = on;
    if (i + 1 < n) values[(i + 1) * n + i] = beside;
  }
  return tf.tensor2d(values, [n, n]);
}

const matrices: Record<string, [() => Tensor2D, number]> = {
  "the covariance of noise": [() => tf.div(products(normal(2000, 300, 1)), 2000), 30],
  "more rows than are worth sharing, and no whole vectors of them": [() => products(normal(140, 133, 2)), 133],
  "rank 7 of 100": [() => products(normal(7, 100, 3)), 30],
  "equal eigenvalues": [() => tf.eye(60), 60],
  "no eigenvalue but 0": [() => tf.zeros([40, 40]), 10],
  "only ones": [() => tf.ones([50, 50]), 20],
  "one row": [() => tf.tensor2d([[-3]]), 1],
  "two rows": [() => tf.tensor2d([1, 2, 2, -5], [2, 2]), 2],
  "three rows": [() => tf.tensor2d([1, 2, 0, 2, -5, 1, 0, 1, 1], [3, 3]), 3],
  "a diagonal": [() => tf.diag(tf.range(0, 50)) as Tensor2D, 20],
  "negative eigenvalues": [() => tf.neg(products(normal(100, 90, 4))), 90],
  "numbers of 10³⁶": [() => tf.mul(products(normal(100, 60, 5)), 1e34), 20],
  "numbers of 10⁻³⁵": [() => tf.mul(products(normal(100, 60, 5)), 1e-37), 20],
  "pairs of eigenvalues closer than float64 can tell": [() => wilkinson(1, 101, 1), 60],
  "two ones, of which the half way between bounds is a diagonal entry": [() => tf.ones([2, 2]), 2],
  "pairs of ones beside each other": [() => banded(16, i => [1, 1 - (i % 2)]), 16],
  "second differences": [() => banded(40, () => [2, -1]), 40],
  "ten eigenvalues each within 10⁻¹³": [() => wilkinson(10, 21, 1e-7), 100],
};

/** The largest of |A v − λ v| as a share of the largest |λ|, and of |vᵀv' − δ|, summed in float64. */
function errors(matrix: Float32Array, values: Float32Array, vectors: Float32Array): { residual: number; skew: number } {
  const [k, n] = [values.length, vectors.length / values.length];
  const v = (i: number, j: number): number => vectors[i * k + j] as number;
  const sum = (term: (i: number) => number): number => {
    let total = 0;
    for (let i = 0; i < n; i++) total += term(i);
    return total;
  };
  let [residual, skew] = [0, 0];
  for (let j = 0; j < k; j++) {
    for (let row = 0; row < n; row++) {
      const product = sum(i => (matrix[Math.max(row, i) * n + Math.min(row, i)] as number) * v(i, j));
      residual = Math.max(residual, Math.abs(product - (values[j] as number) * v(row, j)));
    }
    for (let other = 0; other <= j; other++) {
      skew = Math.max(skew, Math.abs(sum(i => v(i, j) * v(i, other)) - Number(other === j)));
    }
  }
  return { residual, skew };
}

for (const [what, [make, k]] of Object.entries(matrices)) {
  test(`the leading eigenvectors of a matrix with ${what} are right to float32's last digit`, { skip }, () => {
    tf.tidy(() => {
      const matrix = make();
      const expected = eigh(matrix).values.dataSync() as Float32Array;
      const size = Math.max(...expected.map(Math.abs));
      const { values, vectors } = leadingByTridiagonal(matrix, k);
      const found = values.dataSync() as Float32Array;
      const { residual, skew } = errors(matrix.dataSync() as Float32Array, found, vectors.dataSync() as Float32Array);
      assert.ok(residual <= 1e-7 * size, `residual ${residual / size}`);
      assert.ok(skew <= 2e-7, `not orthonormal by ${skew}`);
      found.forEach((value, i) => {
        assert.ok(i === 0 || value <= (found[i - 1] as number), "largest first");
        assert.ok(Math.abs(value - (expected[i] as number)) <= 1e-4 * size, `${value}, not ${expected[i]}`);
      });
    });
  });
}

test("the trace of a matrix is the sum of its eigenvalues to the 7th digit", { skip }, () => {
  tf.tidy(() => {
    const matrix = products(normal(400, 200, 6));
    const numbers = matrix.dataSync();
    let trace = 0;
    for (let i = 0; i < 200; i++) trace += numbers[i * 200 + i] as number;
    const values = leadingByTridiagonal(matrix, 200).values.dataSync() as Float32Array;
    const sum = values.reduce((total, value) => total + value, 0);
    assert.ok(Math.abs(sum / trace - 1) <= 1e-7, `${sum}, not ${trace}`);
  });
});

test("matrices that are not square or not finite are refused, and so are more eigenvectors than there are", {
  skip,
}, () => {
  assert.throws(() => leadingByTridiagonal(tf.zeros([2, 3]), 1), /square matrix/);
  assert.throws(() => leadingByTridiagonal(tf.zeros([2, 2]), 3), /1 to n eigenvectors/);
  assert.throws(() => leadingByTridiagonal(tf.zeros([0, 0]), 1), /1 to n eigenvectors/);
  for (const bad of [Number.NaN, Number.POSITIVE_INFINITY]) {
    assert.throws(() => leadingByTridiagonal(tf.fill([9, 9], bad), 1), /finite numbers/);
  }
});

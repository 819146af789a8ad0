import assert from "node:assert/strict";
import { test } from "node:test";
import { uniform } from "../random/uniform.ts";
import { leadingEigen } from "./leading.ts";
import { plainEigen, plainInverseCholesky, plainOrthonormal, plainSvd } from "./plain.ts";

/** A matrix `[m, n]` of random numbers −1 … 1, row by row. */
function random(m: number, n: number, seed = 1): Float64Array {
  const next = uniform(seed);
  return Float64Array.from({ length: m * n }, () => 2 * next() - 1);
}

const column = (matrix: Float64Array, n: number, j: number): Float64Array => matrix.filter((_, at) => at % n === j);
const columns = (matrix: Float64Array, n: number): Float64Array[] =>
  Array.from({ length: n }, (_, j) => column(matrix, n, j));

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, i) => sum + value * (b[i] as number), 0);
}

function expectOrthonormal(vectors: Float64Array[]): void {
  vectors.forEach((a, i) => {
    vectors.forEach((b, j) => {
      assert.ok(Math.abs(dot(a, b) - (i === j ? 1 : 0)) < 1e-12, `${i}, ${j}: ${dot(a, b)}`);
    });
  });
}

/** The matrix Σ values[i] vectors[i] vectors[i]ᵀ, row by row. */
function composed(values: ArrayLike<number>, vectors: Float64Array[]): Float64Array {
  const n = vectors[0]?.length as number;
  const matrix = new Float64Array(n * n);
  vectors.forEach((v, k) => {
    matrix.forEach((sum, at) => {
      matrix[at] = sum + (values[k] as number) * (v[Math.floor(at / n)] as number) * (v[at % n] as number);
    });
  });
  return matrix;
}

function expectClose(ours: ArrayLike<number>, expected: ArrayLike<number>): void {
  assert.equal(ours.length, expected.length);
  const size = Math.max(1, ...Array.from(expected, Math.abs));
  for (let i = 0; i < ours.length; i++) {
    const [a, b] = [ours[i] as number, expected[i] as number];
    assert.ok(Math.abs(a - b) < 1e-13 * size, `${i}: ${a}, not ${b}`);
  }
}

const spectra: Record<string, number[]> = {
  "different ones": [5, 3, 2.5, 1, 0.1, -0.2, -4],
  "repeated ones": [2, 2, 2, 1, 1, 0, 0],
  "nothing but zeros": [0, 0, 0, 0],
  "very different sizes": [1e6, 1, 1e-6, 1e-9],
  "a single one": [7],
};
for (const [what, values] of Object.entries(spectra)) {
  test(`a symmetric matrix whose eigenvalues are ${what} gives them back with its vectors`, () => {
    const n = values.length;
    const matrix = composed(values, columns(plainOrthonormal(random(n, n), n, n), n));
    const found = plainEigen(matrix, n);
    expectClose(found.values, values);
    expectOrthonormal(columns(found.vectors, n));
    expectClose(composed(found.values, columns(found.vectors, n)), matrix);
  });
}

test("a diagonal matrix needs no turning, and only the lower triangle is read", () => {
  const { values, vectors } = plainEigen([1, 99, 0, 3], 2);
  assert.deepEqual([...values], [3, 1]);
  assert.deepEqual([...vectors].map(Math.abs), [0, 1, 1, 0]);
});

test("a number that is not finite is named, and nothing runs for ever", () => {
  for (const bad of [Number.NaN, Number.POSITIVE_INFINITY]) {
    assert.throws(() => plainEigen([1, 0, bad, 1], 2), /eigh needs finite numbers, got (NaN|Infinity)/);
    assert.throws(() => plainSvd([1, bad, 1, 2], 2, 2), /svd needs finite numbers/);
    assert.throws(() => plainOrthonormal([1, bad, 1, 2], 2, 2), /orthonormal needs finite numbers/);
  }
});

for (const [what, m, n, dependent] of [
  ["of full rank", 9, 4, false],
  ["that is wide", 4, 9, false],
  ["with a column that depends on the others", 9, 4, true],
] as const) {
  test(`the singular values and vectors of a matrix ${what} multiply back to it`, () => {
    const a = random(m, n, 2);
    if (dependent) for (let i = 0; i < m; i++) a[i * n + 2] = (a[i * n] as number) - 2 * (a[i * n + 1] as number);
    const { u, s, v } = plainSvd(a, m, n);
    const r = Math.min(m, n);
    const [left, right] = [columns(u, r), columns(v, r)];
    expectOrthonormal(left);
    expectOrthonormal(right);
    assert.deepEqual(
      [...s],
      [...s].sort((p, q) => q - p),
    );
    const again = a.map((_, at) =>
      s.reduce((sum, value, k) => {
        return sum + value * (left[k]?.[Math.floor(at / n)] as number) * (right[k]?.[at % n] as number);
      }, 0),
    );
    expectClose(again, a);
    if (dependent) assert.ok((s[3] as number) < 1e-14);
  });
}

test("columns that are nearly dependent still give an orthonormal basis", () => {
  const hilbert = Float64Array.from({ length: 64 }, (_, at) => 1 / (Math.floor(at / 8) + (at % 8) + 1));
  expectOrthonormal(columns(plainOrthonormal(hilbert, 8, 8), 8));
});

test("the inverse of Cholesky's factor turns its matrix into the identity; a matrix that has none says so", () => {
  const matrix = composed([5, 2, 0.5], columns(plainOrthonormal(random(3, 3), 3, 3), 3));
  const found = plainInverseCholesky(matrix, 3);
  assert.ok(found);
  assert.ok(Math.abs(found.logDeterminant - Math.log(5)) < 1e-12);
  const rows = [0, 3, 6].map(at => found.inverse.subarray(at, at + 3));
  const whitened = rows.flatMap(p =>
    rows.map(q => p.reduce((sum, x, i) => sum + x * dot(matrix.subarray(3 * i, 3 * i + 3), q), 0)),
  );
  expectClose(whitened, [1, 0, 0, 0, 1, 0, 0, 0, 1]);
  assert.equal(plainInverseCholesky([1, 2, 2, 1], 2), undefined);
});

const n = 60;
const counted = Array.from({ length: n }, (_, i) => i);
const leadingSpectra: Record<string, number[]> = {
  "falling by a tenth each": counted.map(i => 0.9 ** i),
  "nearly level": counted.map(i => 100 - i),
  "all equal": counted.map(() => 3),
  "in groups of five equal ones": counted.map(i => 50 - Math.floor(i / 5)),
  "zero but for three": counted.map(i => Math.max(0, 3 - i)),
  "all zero": counted.map(() => 0),
  "mostly negative": counted.map(i => 5 - i),
  "one of 10¹² above others": counted.map(i => (i === 0 ? 1e12 : 1 + 1 / i)),
};
for (const [what, values] of Object.entries(leadingSpectra)) {
  test(`the leading eigenvectors are those of the whole decomposition where eigenvalues are ${what}`, () => {
    const matrix = composed(values, columns(plainOrthonormal(random(n, n, 4), n, n), n));
    for (const k of [1, 3, 14]) {
      const found = leadingEigen(matrix, n, k);
      expectClose(found.values, plainEigen(matrix, n).values.subarray(0, k));
      const vectors = columns(found.vectors, k);
      expectOrthonormal(vectors);
      const largest = Math.max(...values.map(Math.abs), 1);
      vectors.forEach((vector, i) => {
        const image = vector.map((_, row) => dot(matrix.subarray(row * n, (row + 1) * n), vector));
        const residual = image.map((value, row) => value - (found.values[i] as number) * (vector[row] as number));
        assert.ok(Math.sqrt(dot(residual, residual)) < 1e-9 * largest, `${i} of ${k}`);
      });
    }
  });
}

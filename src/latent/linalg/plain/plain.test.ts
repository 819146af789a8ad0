import assert from "node:assert/strict";
import { test } from "node:test";
import { uniform } from "../../train/random.ts";
import { orthonormalColumns, plainEigen, plainSvd } from "./index.ts";

/** n columns of m random numbers −1 … 1. */
function random(m: number, n: number, seed = 1): Float64Array[] {
  const next = uniform(seed);
  return Array.from({ length: n }, () => Float64Array.from({ length: m }, () => 2 * next() - 1));
}

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

/** The matrix A = Σ values[i] vectors[i] vectors[i]ᵀ, row by row. */
function composed(values: ArrayLike<number>, vectors: Float64Array[]): Float64Array {
  const n = vectors.length;
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
    assert.ok(
      Math.abs((ours[i] as number) - (expected[i] as number)) < 1e-13 * size,
      `${i}: ${ours[i]}, not ${expected[i]}`,
    );
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
    const matrix = composed(values, orthonormalColumns(random(n, n)));
    const found = plainEigen(matrix, n);
    expectClose(found.values, values);
    expectOrthonormal(found.vectors);
    expectClose(composed(found.values, found.vectors), matrix);
  });
}

test("a diagonal matrix needs no turning, and only the lower triangle is read", () => {
  const { values, vectors } = plainEigen([1, 99, 0, 3], 2);
  assert.deepEqual([...values], [3, 1]);
  assert.deepEqual(
    vectors.map(vector => [...vector].map(Math.abs)),
    [
      [0, 1],
      [1, 0],
    ],
  );
});

test("eigenvalues of a matrix of 120 rows add up to its trace", () => {
  const columns = random(120, 120, 3);
  const matrix = Float64Array.from({ length: 120 * 120 }, (_, at) => {
    return dot(columns[Math.floor(at / 120)] as Float64Array, columns[at % 120] as Float64Array);
  });
  const { values, vectors } = plainEigen(matrix, 120);
  const trace = columns.reduce((sum, column) => sum + dot(column, column), 0);
  assert.ok(Math.abs(values.reduce((sum, value) => sum + value, 0) / trace - 1) < 1e-12);
  expectOrthonormal(vectors);
});

test("a matrix with NaN ends with an error", () => {
  assert.throws(() => plainEigen([1, 0, Number.NaN, 1], 2), /finite|converge/);
  assert.throws(() => plainSvd([Float64Array.of(1, Number.NaN), Float64Array.of(1, 2)]), /converge/);
});

for (const [what, dependent] of [
  ["of full rank", false],
  ["with a column that depends on the others", true],
] as const) {
  test(`the singular values and vectors of a matrix ${what} multiply back to it`, () => {
    const columns = random(9, 4, 2);
    if (dependent) columns[2] = (columns[0] as Float64Array).map((value, i) => value - 2 * (columns[1]?.[i] as number));
    const { u, s, v } = plainSvd(columns.map(column => column.slice()));
    expectOrthonormal(u);
    expectOrthonormal(v);
    assert.deepEqual(
      [...s],
      [...s].sort((a, b) => b - a),
    );
    columns.forEach((column, j) => {
      const again = column.map((_, i) =>
        s.reduce((sum, value, k) => sum + value * (u[k]?.[i] as number) * (v[k]?.[j] as number), 0),
      );
      expectClose(again, column);
    });
    if (dependent) assert.ok((s[3] as number) < 1e-14);
  });
}

test("a matrix that is nearly tridiagonal keeps its small numbers", () => {
  const matrix = [1, 1, 1e-10, 1, 2, 0.5, 1e-10, 0.5, 3];
  const { values, vectors } = plainEigen(matrix, 3);
  expectClose(composed(values, vectors), matrix);
});

test("columns that are nearly dependent still give an orthonormal basis", () => {
  const hilbert = Array.from({ length: 8 }, (_, j) => Float64Array.from({ length: 8 }, (_, i) => 1 / (i + j + 1)));
  expectOrthonormal(orthonormalColumns(hilbert));
});

import { addScaled, dot, scale } from "./vectors.ts";

/** A symmetric matrix A as Q T Qᵀ with T tridiagonal. */
export interface Tridiagonal {
  /** T's diagonal, n numbers. */
  diagonal: Float64Array;
  /** T's off-diagonal, n − 1 numbers. */
  beside: Float64Array;
  /** The columns of Q, each of length 1. */
  vectors: Float64Array[];
}

/**
 * Householder's reduction: reflection k makes zeros of all of column k below the off-diagonal. Golub and Van Loan, Matrix
 * Computations, 8.3.1. Destroys `rows`, the n rows of the matrix.
 */
export function tridiagonalize(rows: Float64Array[]): Tridiagonal {
  const n = rows.length;
  const reflections: (Float64Array | undefined)[] = [];
  for (let k = 0; k < n - 2; k++) {
    const reflection = reflectionOf(rows, k);
    reflections.push(reflection);
    if (reflection) reflectBothSides(rows, reflection, k + 1);
  }
  const diagonal = Float64Array.from(rows, (row, i) => row[i] as number);
  const beside = Float64Array.from(rows.slice(1), (row, i) => row[i] as number);
  return { diagonal, beside, vectors: productOf(reflections, n) };
}

/** The unit vector whose reflection maps column k, from its row k + 1 on, to a multiple of that row's axis. */
function reflectionOf(rows: readonly Float64Array[], k: number): Float64Array | undefined {
  const v = Float64Array.from(rows, (row, i) => (i > k ? (row[k] as number) : 0));
  const length = Math.sqrt(dot(v, v));
  if (length === 0) return undefined;
  const first = v[k + 1] as number;
  v[k + 1] = first + (first < 0 ? -length : length); // the sign without cancellation
  scale(v, 1 / Math.sqrt(dot(v, v)));
  return v;
}

/** H A H for H = I − 2 v vᵀ: A − v wᵀ − w vᵀ with w = 2 (A v − (vᵀ A v) v). v is 0 before index `from`. */
function reflectBothSides(rows: readonly Float64Array[], v: Float64Array, from: number): void {
  const w = Float64Array.from(rows, row => dot(row, v));
  addScaled(w, -dot(v, w), v);
  scale(w, 2);
  rows.forEach((row, i) => {
    addScaled(row, -(w[i] as number), v);
    if (i >= from) addScaled(row, -(v[i] as number), w);
  });
}

/** The columns of H₀ H₁ H₂ …. */
function productOf(reflections: readonly (Float64Array | undefined)[], n: number): Float64Array[] {
  const columns = Array.from({ length: n }, (_, i) => {
    const column = new Float64Array(n);
    column[i] = 1;
    return column;
  });
  for (const v of reflections.toReversed()) {
    if (v) for (const column of columns) addScaled(column, -2 * dot(v, column), v);
  }
  return columns;
}

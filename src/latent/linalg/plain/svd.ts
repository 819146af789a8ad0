import { addScaled, dot, rotate, scale } from "./vectors.ts";

/** Singular values, largest first, with vectors of length 1. */
export interface PlainSvd {
  u: Float64Array[];
  s: Float64Array;
  v: Float64Array[];
}

const SWEEPS = 60;
const EPSILON = 1e-15;

/**
 * Thin singular value decomposition of a matrix of n columns and m ≥ n rows in float64, by Hestenes' one-sided Jacobi
 * method: pairs of columns are turned until all are orthogonal; their lengths are the singular values. Golub and Van Loan,
 * Matrix Computations, 8.6.3. Destroys `columns`.
 *
 * @throws Error when it does not converge, as with NaN
 */
export function plainSvd(columns: Float64Array[]): PlainSvd {
  const n = columns.length;
  const v = columns.map((_, i) => Float64Array.from({ length: n }, (_, j) => (i === j ? 1 : 0)));
  let sweeps = 0;
  while (sweep(columns, v)) {
    if (++sweeps > SWEEPS) throw new Error("svd did not converge: does the matrix hold NaN or infinity?");
  }
  const lengths = columns.map(column => Math.sqrt(dot(column, column)));
  const order = [...lengths.keys()].sort((i, j) => (lengths[j] as number) - (lengths[i] as number));
  return {
    u: orthonormalColumns(order.map(i => columns[i] as Float64Array)),
    s: Float64Array.from(order, i => lengths[i] as number),
    v: order.map(i => v[i] as Float64Array),
  };
}

/** Turns every pair of columns that is not orthogonal; whether there was one. */
function sweep(columns: readonly Float64Array[], v: readonly Float64Array[]): boolean {
  let turned = false;
  for (let i = 0; i < columns.length; i++) {
    for (let j = i + 1; j < columns.length; j++) {
      const [a, b] = [columns[i] as Float64Array, columns[j] as Float64Array];
      const [aa, bb, ab] = [dot(a, a), dot(b, b), dot(a, b)];
      if (Math.abs(ab) <= EPSILON * Math.sqrt(aa * bb)) continue;
      turned = true;
      const cot = (aa - bb) / (2 * ab); // of twice the angle
      const tan = (cot < 0 ? -1 : 1) / (Math.abs(cot) + Math.hypot(1, cot));
      const c = 1 / Math.hypot(1, tan);
      rotate(a, b, c, c * tan);
      rotate(v[i] as Float64Array, v[j] as Float64Array, c, c * tan);
    }
  }
  return turned;
}

/**
 * Gram and Schmidt's orthonormal basis of the same span, each column made orthogonal twice, which is enough for float64
 * (Giraud et al. 2005). Where a column depends on the earlier ones, an axis takes its place. Destroys `columns`.
 */
export function orthonormalColumns(columns: Float64Array[]): Float64Array[] {
  const largest = Math.max(...columns.map(column => Math.sqrt(dot(column, column))));
  const done: Float64Array[] = [];
  for (const column of columns) {
    if (!makeOrthonormal(column, done, 1e-14 * largest)) fillWithAxis(column, done);
    done.push(column);
  }
  return done;
}

/** Whether more than `least` of the column was left beside the others. */
function makeOrthonormal(column: Float64Array, others: readonly Float64Array[], least: number): boolean {
  for (let times = 0; times < 2; times++) {
    for (const other of others) addScaled(column, -dot(column, other), other);
    const length = Math.sqrt(dot(column, column));
    if (!(length > least * (times === 0 ? 1 : 0))) return false;
    scale(column, 1 / length);
  }
  return true;
}

function fillWithAxis(column: Float64Array, others: readonly Float64Array[]): void {
  for (let axis = 0; axis < column.length; axis++) {
    column.fill(0);
    column[axis] = 1;
    if (makeOrthonormal(column, others, 0.5 / Math.sqrt(column.length))) return;
  }
}

import { type Tridiagonal, tridiagonalize } from "./tridiagonal.ts";
import { rotate } from "./vectors.ts";

/** Eigenvalues, largest first, and their eigenvectors. */
export interface PlainEigen {
  values: Float64Array;
  /** n vectors of length 1, the i-th of them belongs to `values[i]`. */
  vectors: Float64Array[];
}

/** An eigenvalue that needs more steps than this is not known to exist; two are usual. */
const STEPS = 60;

/**
 * Eigenvalues and eigenvectors of a symmetric matrix in float64: tridiagonal first, then implicit QR steps. Golub and Van
 * Loan, Matrix Computations, 8.3. 64×64 takes milliseconds, 784×784 seconds. Reads the lower triangle only.
 *
 * @param matrix n · n numbers, row by row
 * @throws Error when it does not converge, as with NaN
 */
export function plainEigen(matrix: ArrayLike<number>, n: number): PlainEigen {
  const at = (i: number, j: number) => matrix[i > j ? i * n + j : j * n + i] as number;
  const rows = Array.from({ length: n }, (_, i) => Float64Array.from({ length: n }, (_, j) => at(i, j)));
  const { diagonal, beside, vectors } = diagonalize(tridiagonalize(rows));
  if (beside.some(Number.isNaN) || diagonal.some(Number.isNaN)) throw new Error("eigh needs finite numbers.");
  const order = [...diagonal.keys()].sort((i, j) => (diagonal[j] as number) - (diagonal[i] as number));
  return {
    values: Float64Array.from(order, i => diagonal[i] as number),
    vectors: order.map(i => vectors[i] as Float64Array),
  };
}

/** QR steps on ever smaller parts, until nothing is left beside the diagonal. */
function diagonalize(t: Tridiagonal): Tridiagonal {
  const { beside } = t;
  let steps = 0;
  for (let last = beside.length; last > 0; ) {
    if (isNegligible(t, last - 1)) {
      beside[last - 1] = 0;
      last--;
      steps = 0;
      continue;
    }
    let first = last - 1;
    while (first > 0 && !isNegligible(t, first - 1)) first--;
    qrStep(t, first, last);
    if (++steps > STEPS) throw new Error("eigh did not converge: does the matrix hold NaN or infinity?");
  }
  return t;
}

function isNegligible({ diagonal, beside }: Tridiagonal, i: number): boolean {
  const around = Math.abs(diagonal[i] as number) + Math.abs(diagonal[i + 1] as number);
  return Math.abs(beside[i] as number) <= Number.EPSILON * around || Math.abs(beside[i] as number) < 1e-300;
}

/** One implicit QR step with Wilkinson's shift on rows `first` … `last`: a bulge is chased down the diagonal. */
function qrStep({ diagonal, beside, vectors }: Tridiagonal, first: number, last: number): void {
  let x = (diagonal[first] as number) - shift(diagonal, beside, last);
  let z = beside[first] as number;
  for (let k = first; k < last; k++) {
    const r = Math.hypot(x, z);
    const [c, s] = r === 0 ? [1, 0] : [x / r, z / r];
    if (k > first) beside[k - 1] = r;
    const [a, b, d] = [diagonal[k] as number, beside[k] as number, diagonal[k + 1] as number];
    diagonal[k] = c * c * a + 2 * c * s * b + s * s * d;
    diagonal[k + 1] = s * s * a - 2 * c * s * b + c * c * d;
    beside[k] = (c * c - s * s) * b + c * s * (d - a);
    if (k + 1 < last) {
      x = beside[k] as number;
      z = s * (beside[k + 1] as number);
      beside[k + 1] = c * (beside[k + 1] as number);
    }
    rotate(vectors[k] as Float64Array, vectors[k + 1] as Float64Array, c, s);
  }
}

/** The eigenvalue of the last 2×2 block that is nearer to its last number. */
function shift(diagonal: Float64Array, beside: Float64Array, last: number): number {
  const [a, b, d] = [diagonal[last - 1] as number, beside[last - 1] as number, diagonal[last] as number];
  const half = (a - d) / 2;
  return d - (b * b) / (half + (half < 0 ? -1 : 1) * Math.hypot(half, b));
}

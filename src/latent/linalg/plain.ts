import { createRequire } from "node:module";
import type * as ml from "ml-matrix";

const require = createRequire(import.meta.url);

/** Loaded at the first use: native TensorFlow has its own. */
const matrices = (): typeof ml => require("ml-matrix") as typeof ml;

/** A matrix's numbers, row by row. */
type Numbers = ArrayLike<number>;

export interface PlainEigen {
  /** Largest first. */
  values: Float64Array;
  /** `[n, n]` row by row: column i has length 1 and belongs to `values[i]`. */
  vectors: Float64Array;
}

/**
 * Eigenvalues and eigenvectors of a symmetric matrix `[n, n]` in float64. Reads the lower triangle only. 64×64 takes 3 ms,
 * 300×300 a quarter of a second, 784×784 five seconds.
 *
 * @throws RangeError when a number is not finite
 */
export function plainEigen(matrix: Numbers, n: number): PlainEigen {
  expectFinite(matrix, "eigh");
  const { EigenvalueDecomposition } = matrices();
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(symmetric(matrix, n), {
    assumeSymmetric: true,
  });
  const order = [...realEigenvalues.keys()].sort((i, j) => (realEigenvalues[j] ?? 0) - (realEigenvalues[i] ?? 0));
  return {
    values: Float64Array.from(order, i => realEigenvalues[i] as number),
    vectors: Float64Array.from({ length: n * n }, (_, at) => {
      return eigenvectorMatrix.get(Math.floor(at / n), order[at % n] as number);
    }),
  };
}

export interface PlainSvd {
  /** `[m, r]` row by row, r = min(m, n). */
  u: Float64Array;
  /** Largest first. */
  s: Float64Array;
  /** `[n, r]` row by row. */
  v: Float64Array;
}

/**
 * Thin singular value decomposition of a matrix `[m, n]` in float64.
 *
 * @throws RangeError when a number is not finite
 */
export function plainSvd(matrix: Numbers, m: number, n: number): PlainSvd {
  expectFinite(matrix, "svd");
  const { Matrix, SingularValueDecomposition } = matrices();
  const a = Matrix.from1DArray(m, n, Array.from(matrix));
  const tall = m < n ? a.transpose() : a;
  const { leftSingularVectors, diagonal, rightSingularVectors } = new SingularValueDecomposition(tall);
  const [left, right] = [leftSingularVectors, rightSingularVectors].map(each => Float64Array.from(each.to1DArray()));
  const s = Float64Array.from(diagonal);
  return m < n
    ? { u: right as Float64Array, s, v: left as Float64Array }
    : { u: left as Float64Array, s, v: right as Float64Array };
}

/**
 * An orthonormal basis `[m, n]`, row by row, of the columns of a matrix `[m, n]`, m ≥ n: the Q of its QR decomposition.
 *
 * @throws RangeError when a number is not finite
 */
export function plainOrthonormal(matrix: Numbers, m: number, n: number): Float64Array {
  expectFinite(matrix, "orthonormal");
  const { Matrix, QrDecomposition } = matrices();
  const { orthogonalMatrix } = new QrDecomposition(Matrix.from1DArray(m, n, Array.from(matrix)));
  return Float64Array.from(orthogonalMatrix.to1DArray());
}

export interface PlainInverse {
  /** L⁻¹ `[n, n]` row by row, lower triangular. */
  inverse: Float64Array;
  /** log |L Lᵀ|. */
  logDeterminant: number;
}

/**
 * The inverse of Cholesky's factor L of a positive definite matrix `[n, n]`, of which the lower triangle is read; undefined
 * where it is none.
 */
export function plainInverseCholesky(matrix: Numbers, n: number): PlainInverse | undefined {
  const { CholeskyDecomposition, inverse } = matrices();
  const cholesky = new CholeskyDecomposition(symmetric(matrix, n));
  if (!cholesky.isPositiveDefinite()) return undefined;
  const { lowerTriangularMatrix } = cholesky;
  return {
    inverse: Float64Array.from(inverse(lowerTriangularMatrix).to1DArray()),
    logDeterminant: 2 * lowerTriangularMatrix.diagonal().reduce((sum, value) => sum + Math.log(value), 0),
  };
}

/** The matrix whose lower triangle is that of `matrix`: rounding may have made the upper one another. */
function symmetric(matrix: Numbers, n: number): ml.Matrix {
  const { Matrix } = matrices();
  const result = new Matrix(n, n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      result.set(i, j, matrix[i * n + j] as number);
      result.set(j, i, matrix[i * n + j] as number);
    }
  }
  return result;
}

function expectFinite(matrix: Numbers, name: string): void {
  for (let i = 0; i < matrix.length; i++) {
    if (!Number.isFinite(matrix[i])) throw new RangeError(`${name} needs finite numbers, got ${matrix[i]}.`);
  }
}

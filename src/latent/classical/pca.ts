import type { Scalar, Tensor1D, Tensor2D } from "@tensorflow/tfjs-node";
import { runOps } from "../compile/native.ts";
import { ownOperations } from "../compile/own-operations.ts";
import { tf } from "../engine/tf.ts";
import { eigh } from "../linalg/eigh.ts";
import { leadingEigen } from "../linalg/leading.ts";
import { isNative } from "../linalg/native.ts";
import { plainEigen } from "../linalg/plain.ts";
import { svd } from "../linalg/svd.ts";
import { leadingByTridiagonal } from "../linalg/tridiagonal.ts";
import { type Rows, rowsOf } from "./frame.ts";
import { read } from "./read.ts";
import { columnMeans } from "./scales.ts";

/** Principal components of a data set; `encode` and `decode` are the linear autoencoder that they make. */
export interface Pca {
  /** Mean of the data, `[d]`. */
  mean: Tensor1D;
  /** The first k principal directions, `[d, k]`: orthonormal columns, largest variance first. Signs are arbitrary. */
  components: Tensor2D;
  /** Variance of the data along each component, `[k]`, largest first, in squared units of the data (sums over n, not n − 1). */
  variances: Tensor1D;
  /** Variance along all directions: the sum of all d variances, in squared units of the data. */
  totalVariance: number;
  /** Codes `[n, k]` of `x` `[n, d]`. */
  encode(x: Tensor2D): Tensor2D;
  /** Examples `[n, d]` from codes `[n, k]`. */
  decode(codes: Tensor2D): Tensor2D;
  /** Squared error of each example of `x` `[n, d]` after encoding and decoding, summed over its d entries: `[n]`. */
  error(x: Tensor2D): Tensor1D;
  /** Frees mean, components and variances. */
  dispose(): void;
}

/**
 * Principal component analysis of `x` `[n, d]` with k components, exact (no random numbers). Pearson 1901,
 * doi:10.1080/14786440109462720. The mean squared error that is left is the sum of the variances of the d − k directions
 * that are dropped (Eckart & Young 1936). In float64 where that is quick (1,800 rows of 64 numbers); else in float32 from
 * the covariance's eigenvectors or, where n < d, from singular vectors, with errors of about 10⁻⁷ of the largest variance.
 *
 * @throws RangeError when k is not between 1 and min(n, d), or x holds NaN or infinity
 */
export function pca(x: Tensor2D, k: number): Pca {
  if (x.rank !== 2) throw new RangeError(`pca needs a matrix [n, d], got [${x.shape}].`);
  const [n, d] = x.shape;
  if (!Number.isInteger(k) || k < 1 || k > Math.min(n, d)) {
    throw new RangeError(`pca of ${n} examples with ${d} entries has 1 to ${Math.min(n, d)} components, got k = ${k}.`);
  }
  const { rest, ...found } = isSmall(n, d) ? inFloat64(x, k) : byEngine(x, k);
  const { mean, components } = found;
  const centred = (x: Tensor2D): Tensor2D => tf.sub(tf.sub(x, mean), tf.tensor1d(rest));
  const project = (x: Tensor2D): Tensor2D => tf.matMul(x, components);
  const back = (codes: Tensor2D): Tensor2D => tf.matMul(codes, components, false, true);
  return {
    ...found,
    encode: x => tf.tidy(() => project(centred(x))),
    decode: codes => tf.tidy(() => tf.add(tf.add(back(codes), tf.tensor1d(rest)), mean)),
    error: x =>
      tf.tidy(() => {
        const difference = centred(x); // without the mean, which has digits that the errors lack
        return tf.sum(tf.squaredDifference(back(project(difference)), difference), 1);
      }),
    dispose: () => tf.dispose([found.mean, found.components, found.variances]),
  };
}

interface Spectrum {
  mean: Tensor1D;
  /** What the mean's float32 lacks, d numbers. */
  rest: number[];
  /** `[d, k]`. */
  components: Tensor2D;
  /** `[k]`. */
  variances: Tensor1D;
  totalVariance: number;
}

/** Up to this size float64 takes a tenth of a second. */
const SMALL = { columns: 160, products: 1e8 };

function isSmall(n: number, d: number): boolean {
  return d <= SMALL.columns && n * d * d <= SMALL.products;
}

/** All in float64: the digits of the least variance are there also where the largest is 10¹⁰ times as large. */
function inFloat64(x: Tensor2D, k: number): Spectrum {
  const rows = rowsOf(x, "x");
  const { d } = rows;
  const mean = columnMeans(rows);
  const { values, vectors } = plainEigen(covarianceOf(rows, mean), d);
  const positive = values.map(value => Math.max(0, value));
  return {
    mean: tf.tensor1d(mean),
    rest: mean.map(value => value - Math.fround(value)),
    components: tf.tidy(() => tf.slice(tf.tensor2d(Float32Array.from(vectors), [d, d]), [0, 0], [d, k])),
    variances: tf.tensor1d(Float32Array.from(positive.subarray(0, k))),
    totalVariance: positive.reduce((sum, value) => sum + value, 0),
  };
}

/** `[d, d]` row by row; the lower triangle. */
function covarianceOf({ values, n, d }: Rows, mean: readonly number[]): Float64Array {
  const covariance = new Float64Array(d * d);
  const centred = new Float64Array(d);
  for (let row = 0; row < n; row++) {
    for (let i = 0; i < d; i++) centred[i] = (values[row * d + i] as number) - (mean[i] as number);
    for (let i = 0; i < d; i++) {
      const own = (centred[i] as number) / n;
      for (let j = 0, at = i * d; j <= i; j++, at++) {
        covariance[at] = (covariance[at] as number) + own * (centred[j] as number);
      }
    }
  }
  return covariance;
}

/** By the engine, in float32. The mean is taken twice: the mean of what is left is what the first one's rounding cost. */
function byEngine(x: Tensor2D, k: number): Spectrum {
  const [n, d] = x.shape;
  const byGram = n >= d && ownOperations();
  const { mean, rest, total, matrix } = tf.tidy(() => (byGram ? covarianceByGram(x) : centredRows(x)));
  try {
    const [[sum], lacking] = read(() => [tf.clone(total), tf.clone(rest)]) as [Float32Array, Float32Array];
    expectFinite(sum as number, x);
    const [components, variances] = tf.tidy(() => (byGram ? leadingOf(matrix, k) : leading(matrix, k)));
    return { mean, rest: [...lacking], components, variances, totalVariance: sum as number };
  } catch (error) {
    mean.dispose();
    throw error;
  } finally {
    tf.dispose([rest, total, matrix]);
  }
}

/** Mean and variances of data, and what the components are found from: the covariance `[d, d]` or the centred rows. */
type Moments = {
  mean: Tensor1D;
  rest: Tensor1D;
  /** The sum of all variances. */
  total: Scalar;
  matrix: Tensor2D;
};

function centredRows(x: Tensor2D): Moments {
  const mean: Tensor1D = tf.mean(x, 0);
  const nearly = tf.sub(x, mean) as Tensor2D;
  const rest: Tensor1D = tf.mean(nearly, 0);
  const matrix = tf.sub(nearly, rest) as Tensor2D;
  return { mean, rest, total: tf.div(tf.sum(tf.sum(tf.square(matrix), 1)), x.shape[0]), matrix };
}

/** By the operation of `src/native` that centres and multiplies at once; what the mean lacks is taken off afterwards. */
function covarianceByGram(x: Tensor2D): Moments {
  const [n, d] = x.shape;
  const mean: Tensor1D = tf.mean(x, 0);
  const [products, sums] = runOps("LatentGram", {}, [tf.cast(x, "float32"), mean], 2) as [Tensor2D, Tensor1D];
  const rest: Tensor1D = tf.div(sums, n);
  const matrix: Tensor2D = tf.sub(tf.div(products, n), tf.mul(tf.expandDims(rest, 1), rest));
  const diagonal = tf.gather(tf.reshape(matrix, [-1]), tf.range(0, d * d, d + 1, "int32"));
  return { mean, rest, total: tf.sum(diagonal), matrix };
}

function expectFinite(sum: number, x: Tensor2D): void {
  if (Number.isFinite(sum)) return;
  rowsOf(x, "x"); // says which number it is
  throw new RangeError("The variance of x is too large for float32: divide x by a constant.");
}

/** The first k directions `[d, k]` of centred data, and the variances along them `[k]`. */
function leading(centred: Tensor2D, k: number): [Tensor2D, Tensor1D] {
  const [n, d] = centred.shape;
  if (!isNative() && 4 * k <= d) return byLanczos(centred, k);
  const covariance = (): Tensor2D => tf.div(tf.matMul(centred, centred, true), n);
  return first(n >= d ? byCovariance(covariance()) : bySingularValues(centred), k);
}

/** The same of a covariance, where the operations of ours are there. */
function leadingOf(covariance: Tensor2D, k: number): [Tensor2D, Tensor1D] {
  if (4 * k > covariance.shape[0]) return first(byCovariance(covariance), k);
  const { values, vectors } = leadingByTridiagonal(covariance, k);
  return [vectors, tf.relu(values)];
}

/** All principal directions `[d, ·]` and the variances along them. */
interface Directions {
  directions: Tensor2D;
  variances: Tensor1D;
}

function first({ directions, variances }: Directions, k: number): [Tensor2D, Tensor1D] {
  return [tf.slice(directions, [0, 0], [directions.shape[0], k]), tf.slice(variances, 0, k)];
}

/** Without native TensorFlow all eigenvectors of 784 × 784 take seconds, and a few of them half a second. */
function byLanczos(centred: Tensor2D, k: number): [Tensor2D, Tensor1D] {
  const [n, d] = centred.shape;
  const covariance = tf.div(tf.matMul(centred, centred, true), n);
  const { values, vectors } = leadingEigen(covariance.dataSync(), d, k);
  return [
    tf.tensor2d(Float32Array.from(vectors), [d, k]),
    tf.tensor1d(Float32Array.from(values, value => Math.max(0, value))),
  ];
}

/**
 * The engine's eigenvectors have lengths and its eigenvalues sums that are wrong in the 6th digit (float32); vectors of
 * length 1 and their Rayleigh quotients vᵀCv are right to the 7th.
 */
function byCovariance(covariance: Tensor2D): Directions {
  const { vectors } = eigh(covariance);
  const directions: Tensor2D = tf.div(vectors, tf.norm(vectors, "euclidean", 0, true));
  return { directions, variances: tf.relu(tf.sum(tf.mul(directions, tf.matMul(covariance, directions)), 0)) };
}

function bySingularValues(centred: Tensor2D): Directions {
  const { s, v } = svd(centred);
  return { directions: v, variances: tf.div(tf.square(s), centred.shape[0]) };
}

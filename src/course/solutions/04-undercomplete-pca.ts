// %% idea="what all solutions share"
import { linalg, tf } from "latent";

/** The eigenvector with the j-th largest eigenvalue, j from 1, `[d]`. */
function eigenvector(covariance: tf.Tensor2D, j: number): tf.Tensor1D {
  return linalg
    .eigh(covariance)
    .vectors.slice([0, j - 1], [-1, 1])
    .as1D();
}

/** All eigenvalues of the covariance, largest first. */
function eigenvaluesOf(rows: tf.Tensor2D, divisor = rows.shape[0]): number[] {
  const centred: tf.Tensor2D = tf.sub(rows, rows.mean(0));
  return Array.from(linalg.eigh(tf.matMul(centred, centred, true).div(divisor)).values.dataSync());
}

const total = (list: number[]) => list.reduce((sum, value) => sum + value, 0);

// %% exercise="1" idea="right"
export function smallestError(rows: tf.Tensor2D, k: number): number {
  const centred: tf.Tensor2D = tf.sub(rows, rows.mean(0));
  const { values } = linalg.eigh(tf.matMul(centred, centred, true).div(rows.shape[0]));
  return Array.from(values.dataSync())
    .slice(k)
    .reduce((sum, value) => sum + value, 0);
}

// %% exercise="1" idea="not centred" says="Centre first"
export function notCentred(rows: tf.Tensor2D, k: number): number {
  const { values } = linalg.eigh(tf.matMul(rows, rows, true).div(rows.shape[0]));
  return total(Array.from(values.dataSync()).slice(k));
}

// %% exercise="1" idea="what is kept" says="the variance that the code keeps"
export function keepsInsteadOfLoses(rows: tf.Tensor2D, k: number): number {
  return total(eigenvaluesOf(rows).slice(0, k));
}

// %% exercise="1" idea="divided by N − 1" says="Divide by N"
export function sampleCovariance(rows: tf.Tensor2D, k: number): number {
  return total(eigenvaluesOf(rows, rows.shape[0] - 1).slice(k));
}

// %% exercise="1" idea="summed over the points" says="return the average"
export function summed(rows: tf.Tensor2D, k: number): number {
  return total(eigenvaluesOf(rows, 1).slice(k));
}

// %% exercise="1" idea="tail from k + 2" says="expected"
export function oneTooFew(rows: tf.Tensor2D, k: number): number {
  return total(eigenvaluesOf(rows).slice(k + 1));
}

// %% exercise="1" idea="smallest first, as in NumPy" says="the variance that the code keeps"
export function smallestFirst(rows: tf.Tensor2D, k: number): number {
  return total(
    eigenvaluesOf(rows)
      .toReversed()
      .slice(rows.shape[1] - k),
  );
}

// %% exercise="1" idea="variances of the coordinates" says="expected"
export function sortedDiagonal(rows: tf.Tensor2D, k: number): number {
  const variances = Array.from(tf.moments(rows, 0).variance.dataSync());
  return total(variances.sort((a, b) => b - a).slice(k));
}

// %% exercise="1" idea="share of the variance" says="That is a share"
export function share(rows: tf.Tensor2D, k: number): number {
  const values = eigenvaluesOf(rows);
  return total(values.slice(k)) / total(values);
}

// %% exercise="1" idea="a tensor and no number" says="A tensor is no number yet"
export function stillTensor(rows: tf.Tensor2D, k: number): number {
  return tf.scalar(smallestError(rows, k)) as unknown as number;
}

// %% exercise="1" idea="a constant" says="the same for every question"
export function constantError(): number {
  return 1.5;
}

// %% exercise="2" idea="right"
export function angleBetween(a: tf.Tensor2D, b: tf.Tensor2D): number {
  const [p, q] = [linalg.orthonormal(a), linalg.orthonormal(b)];
  const inside: tf.Tensor2D = tf.matMul(p, q, true);
  const outside: tf.Tensor2D = tf.sub(q, tf.matMul(p, inside)); // what sticks out of the span of a
  const [sine] = linalg.svd(outside).s.dataSync(); // the largest
  return (Math.asin(Math.min(1, sine)) * 180) / Math.PI;
}

// %% exercise="2" idea="smallest angle" says="That is the smallest"
export function smallestAngle(a: tf.Tensor2D, b: tf.Tensor2D): number {
  const [cosine] = linalg.svd(tf.matMul(linalg.orthonormal(a), linalg.orthonormal(b), true)).s.dataSync();
  return (Math.acos(Math.min(1, cosine)) * 180) / Math.PI; // the largest cosine belongs to the smallest angle
}

// %% exercise="2" idea="radians" says="in radians"
export function inRadians(a: tf.Tensor2D, b: tf.Tensor2D): number {
  const cosines = linalg.svd(tf.matMul(linalg.orthonormal(a), linalg.orthonormal(b), true)).s.dataSync();
  return Math.acos(cosines[cosines.length - 1]);
}

// %% exercise="2" idea="sine" says="That is the sine"
export function sineOfAngle(a: tf.Tensor2D, b: tf.Tensor2D): number {
  const [p, q] = [linalg.orthonormal(a), linalg.orthonormal(b)];
  return linalg.svd(tf.sub(q, tf.matMul(p, tf.matMul(p, q, true)))).s.dataSync()[0];
}

// %% exercise="2" idea="cosine" says="That is the cosine"
export function cosineOfAngle(a: tf.Tensor2D, b: tf.Tensor2D): number {
  const cosines = linalg.svd(tf.matMul(linalg.orthonormal(a), linalg.orthonormal(b), true)).s.dataSync();
  return cosines[cosines.length - 1];
}

// %% exercise="2" idea="columns not orthonormal" says="NaN comes from"
export function notOrthonormal(a: tf.Tensor2D, b: tf.Tensor2D): number {
  const [largest] = linalg.svd(tf.matMul(a, b, true)).s.dataSync();
  return (Math.acos(1 + largest) * 180) / Math.PI;
}

// %% exercise="2" idea="angle between first columns" says="expected"
export function firstColumns(a: tf.Tensor2D, b: tf.Tensor2D): number {
  const [u, v] = [a, b].map(matrix => matrix.slice([0, 0], [-1, 1]).flatten());
  return (Math.acos(u.dot(v).div(u.norm().mul(v.norm())).dataSync()[0]) * 180) / Math.PI;
}

// %% exercise="3" idea="right"
export function principalAxes(decoder: tf.Tensor2D, alpha: number) {
  const { s, v } = linalg.svd(decoder); // decoder = W₂ᵀ: its right singular vectors are W₂'s left ones
  return { variances: Array.from(s.dataSync(), value => alpha / (1 - value * value)), directions: v };
}

// %% exercise="3" idea="singular values" says="Those are sᵢ:"
export function singularValues(decoder: tf.Tensor2D) {
  const { s, v } = linalg.svd(decoder);
  return { variances: Array.from(s.dataSync()), directions: v };
}

// %% exercise="3" idea="squared singular values" says="Those are sᵢ²"
export function squares(decoder: tf.Tensor2D) {
  const { s, v } = linalg.svd(decoder);
  return { variances: Array.from(s.dataSync(), value => value * value), directions: v };
}

// %% exercise="3" idea="formula without the square" says="Square sᵢ first"
export function withoutSquare(decoder: tf.Tensor2D, alpha: number) {
  const { s, v } = linalg.svd(decoder);
  return { variances: Array.from(s.dataSync(), value => alpha / (1 - value)), directions: v };
}

// %% exercise="3" idea="the decoder's rows as axes" says="expected"
export function rowsAsAxes(decoder: tf.Tensor2D, alpha: number) {
  const { s } = linalg.svd(decoder);
  const rows = decoder.div(tf.norm(decoder, "euclidean", 1, true));
  return { variances: Array.from(s.dataSync(), value => alpha / (1 - value * value)), directions: rows.transpose() };
}

// %% exercise="3" idea="ascending, as in NumPy" says="The largest eigenvalue comes first"
export function ascending(decoder: tf.Tensor2D, alpha: number) {
  const { variances, directions } = principalAxes(decoder, alpha);
  return { variances: variances.toReversed(), directions: directions.reverse(1) };
}

// %% exercise="3" idea="the other singular vectors" says="Expected is the shape"
export function leftVectors(decoder: tf.Tensor2D, alpha: number) {
  const { s, u } = linalg.svd(decoder);
  return { variances: Array.from(s.dataSync(), value => alpha / (1 - value * value)), directions: u };
}

// %% exercise="4" idea="right"
export function wayDown(covariance: tf.Tensor2D, kept: number[]) {
  const size = covariance.shape[0];
  const forgotten = Array.from({ length: size }, (_, i) => i + 1).filter(i => !kept.includes(i));
  const { vectors } = linalg.eigh(covariance);
  const u = (j: number): tf.Tensor1D => vectors.slice([0, j - 1], [size, 1]).as1D();
  return { from: u(Math.max(...kept)), to: u(Math.min(...forgotten)) }; // least kept, most forgotten
}

// %% exercise="4" idea="gives up the best" says="Give up the kept one"
export function givesUpTheBest(covariance: tf.Tensor2D, kept: number[]) {
  return { ...wayDown(covariance, kept), from: eigenvector(covariance, Math.min(...kept)) };
}

// %% exercise="4" idea="turns to the weakest" says="Turn to the lost one"
export function turnsToTheWeakest(covariance: tf.Tensor2D, kept: number[]) {
  const size = covariance.shape[0];
  const weakest = Array.from({ length: size }, (_, i) => size - i).find(j => !kept.includes(j)) as number;
  return { ...wayDown(covariance, kept), to: eigenvector(covariance, weakest) };
}

// %% exercise="4" idea="takes kept as sorted" says="come in any order"
export function takesKeptAsSorted(covariance: tf.Tensor2D, kept: number[]) {
  return { ...wayDown(covariance, kept), from: eigenvector(covariance, kept.at(-1) as number) };
}

// %% exercise="4" idea="from and to exchanged" says="That raises the error"
export function exchanged(covariance: tf.Tensor2D, kept: number[]) {
  const { from, to } = wayDown(covariance, kept);
  return { from: to, to: from };
}

// %% exercise="4" idea="counts from 0" says="begin at 1"
export function countsFromZero(covariance: tf.Tensor2D, kept: number[]) {
  const next = Math.min(covariance.shape[0], Math.max(...kept) + 1);
  return { from: eigenvector(covariance, next), to: eigenvector(covariance, 1) };
}

// %% exercise="4" idea="not of length 1" says="expected"
export function notOfLengthOne(covariance: tf.Tensor2D, kept: number[]) {
  const { from, to } = wayDown(covariance, kept);
  return { from: from.mul(2).as1D(), to };
}

// %% exercise="4" idea="rows instead of columns" says="expected"
export function rowsOfVectors(covariance: tf.Tensor2D) {
  const { vectors } = linalg.eigh(covariance);
  return { from: vectors.slice([3, 0], [1, -1]).as1D(), to: vectors.slice([0, 0], [1, -1]).as1D() };
}

// %% exercise="5" idea="right"
export function sweepsNeeded(eigenvalues: number[], k: number, factor: number): number {
  const sorted = eigenvalues.toSorted((a, b) => b - a);
  return Math.ceil(Math.log(factor) / Math.log(sorted[k - 1] / sorted[k]));
}

// %% exercise="5" idea="rounded down" says="not down"
export function roundedDown(eigenvalues: number[], k: number, factor: number): number {
  return sweepsNeeded(eigenvalues, k, factor) - 1;
}

// %% exercise="5" idea="not rounded" says="expected"
export function notRounded(eigenvalues: number[], k: number, factor: number): number {
  const sorted = eigenvalues.toSorted((a, b) => b - a);
  return Math.log(factor) / Math.log(sorted[k - 1] / sorted[k]);
}

// %% exercise="5" idea="the first gap" says="the gap between"
export function firstGap(eigenvalues: number[], _k: number, factor: number): number {
  return sweepsNeeded(eigenvalues, 1, factor);
}

// %% exercise="5" idea="counts from 0" says="stands at index 0"
export function gapAfterNext(eigenvalues: number[], k: number, factor: number): number {
  return sweepsNeeded(eigenvalues, k + 1, factor);
}

// %% exercise="5" idea="takes them as sorted" says="expected"
export function takenAsSorted(eigenvalues: number[], k: number, factor: number): number {
  return Math.ceil(Math.log(factor) / Math.log(eigenvalues[k - 1] / eigenvalues[k]));
}

// %% exercise="5" idea="two bases" says="expected"
export function twoBases(eigenvalues: number[], k: number, factor: number): number {
  const sorted = eigenvalues.toSorted((a, b) => b - a);
  return Math.ceil(Math.log10(factor) / Math.log(sorted[k - 1] / sorted[k]));
}

// %% idea="what all solutions share"
import { linalg, tf } from "latent";

/** The eigenvector with the j-th largest eigenvalue, j from 1, `[d]`. */
function eigenvector(covariance: tf.Tensor2D, j: number): tf.Tensor1D {
  return linalg
    .eigh(covariance)
    .vectors.slice([0, j - 1], [-1, 1])
    .as1D();
}

// %% exercise="1" idea="right"
export function smallestError(covariance: tf.Tensor2D, k: number): number {
  const eigenvalues = Array.from(linalg.eigh(covariance).values.dataSync());
  return eigenvalues.slice(k).reduce((sum, value) => sum + value, 0); // λ of k + 1 and all that follow
}

// %% exercise="1" idea="what is kept" says="That is what the code keeps"
export function keepsInsteadOfLoses(covariance: tf.Tensor2D, k: number): number {
  const eigenvalues = Array.from(linalg.eigh(covariance).values.dataSync());
  return eigenvalues.slice(0, k).reduce((sum, value) => sum + value, 0);
}

// %% exercise="1" idea="tail from k + 2" says="You left one eigenvalue out"
export function oneTooFew(covariance: tf.Tensor2D, k: number): number {
  return linalg
    .eigh(covariance)
    .values.slice(k + 1)
    .sum()
    .dataSync()[0];
}

// %% exercise="1" idea="tail from k" says="You counted one too many"
export function oneTooMany(covariance: tf.Tensor2D, k: number): number {
  return linalg
    .eigh(covariance)
    .values.slice(k - 1)
    .sum()
    .dataSync()[0];
}

// %% exercise="1" idea="smallest first, as in NumPy" says="eigh puts the largest first"
export function smallestFirst(covariance: tf.Tensor2D, k: number): number {
  const size = covariance.shape[0];
  return linalg
    .eigh(covariance)
    .values.slice(0, size - k)
    .sum()
    .dataSync()[0];
}

// %% exercise="1" idea="variances of pixels" says="Those are variances of pixels"
export function variancesOfPixels(covariance: tf.Tensor2D, k: number): number {
  const size = covariance.shape[0];
  return covariance.mul(tf.eye(size)).sum(0).slice(k).sum().dataSync()[0];
}

// %% exercise="1" idea="share of the variance" says="That is a share"
export function share(covariance: tf.Tensor2D, k: number): number {
  const { values } = linalg.eigh(covariance);
  return values.slice(k).sum().div(values.sum()).dataSync()[0];
}

// %% exercise="1" idea="a tensor and no number" says="A tensor is no number yet"
export function stillTensor(covariance: tf.Tensor2D, k: number): number {
  return linalg.eigh(covariance).values.slice(k).sum() as unknown as number;
}

// %% exercise="1" idea="a constant" says="the same for every question"
export function constantError(): number {
  return 1.5;
}

// %% exercise="2" idea="right"
export function largestAngle(a: tf.Tensor2D, b: tf.Tensor2D): number {
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

// %% exercise="3" idea="the decoder's rows as axes" says="the directions are not"
export function rowsAsAxes(decoder: tf.Tensor2D, alpha: number) {
  const { s } = linalg.svd(decoder);
  const rows = decoder.div(tf.norm(decoder, "euclidean", 1, true));
  return { variances: Array.from(s.dataSync(), value => alpha / (1 - value * value)), directions: rows.transpose() };
}

// %% exercise="3" idea="the other singular vectors" says="Your code stopped"
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

// %% exercise="4" idea="gives up the best" says="a better one to give up"
export function givesUpTheBest(covariance: tf.Tensor2D, kept: number[]) {
  return { ...wayDown(covariance, kept), from: eigenvector(covariance, Math.min(...kept)) };
}

// %% exercise="4" idea="turns to the next" says="a better one to turn to"
export function turnsToTheNext(covariance: tf.Tensor2D, kept: number[]) {
  return { ...wayDown(covariance, kept), to: eigenvector(covariance, 3) };
}

// %% exercise="4" idea="from and to exchanged" says="That leads up"
export function exchanged(covariance: tf.Tensor2D, kept: number[]) {
  const { from, to } = wayDown(covariance, kept);
  return { from: to, to: from };
}

// %% exercise="4" idea="counts from 0" says="begin at 1"
export function countsFromZero(covariance: tf.Tensor2D, kept: number[]) {
  return { from: eigenvector(covariance, Math.max(...kept) + 1), to: eigenvector(covariance, 1) };
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

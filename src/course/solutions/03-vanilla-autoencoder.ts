// %% idea="what all solutions share"
import { linalg, tf } from "latent";

interface Omega {
  w1: tf.Tensor2D;
  b1: tf.Tensor1D;
  w2: tf.Tensor2D;
  b2: tf.Tensor1D;
}

/** x Wᵀ + b: a layer of formulas on images that are rows. */
function layer(x: tf.Tensor2D, w: tf.Tensor2D, b: tf.Tensor1D): tf.Tensor2D {
  return tf.add(tf.matMul(x, w, false, true), b);
}

/** Entropy of each pixel in nats; 0 for pure paper and ink. */
function entropies(x: tf.Tensor2D): tf.Tensor2D {
  const part = (p: tf.Tensor) => p.mul(p.maximum(1e-30).log());
  return tf.neg(part(x).add(part(tf.sub(1, x))));
}

/** Inverse of a symmetric matrix. */
function inverted(a: tf.Tensor2D): tf.Tensor2D {
  const { values, vectors } = linalg.eigh(a);
  return tf.matMul(vectors.div(values), vectors, false, true);
}

/** The blocks of a covariance: visible, hidden, and hidden against visible. */
function blocks(covariance: tf.Tensor2D, hidden: number) {
  const visible = covariance.shape[0] - hidden;
  const v: tf.Tensor2D = covariance.slice([0, 0], [visible, visible]);
  const t: tf.Tensor2D = covariance.slice([visible, visible], [hidden, hidden]);
  const k: tf.Tensor2D = covariance.slice([visible, 0], [hidden, visible]);
  return { v, t, k };
}

function trace(a: tf.Tensor): number {
  return a
    .mul(tf.eye(a.shape[0] as number))
    .sum()
    .dataSync()[0] as number;
}

// %% exercise="1" idea="right"
export function autoencoder({ w1, b1, w2, b2 }: Record<"w1" | "w2", tf.Tensor2D> & Record<"b1" | "b2", tf.Tensor1D>) {
  const layer = (x: tf.Tensor2D, w: tf.Tensor2D, b: tf.Tensor1D): tf.Tensor2D =>
    tf.add(tf.matMul(x, w, false, true), b); // W x + b, for images that are rows
  const encode = (x: tf.Tensor2D): tf.Tensor2D => tf.relu(layer(x, w1, b1));
  const decode = (z: tf.Tensor2D): tf.Tensor2D => tf.sigmoid(layer(z, w2, b2));
  return { encode, decode };
}

// %% exercise="1" idea="linear code" says="The code is not rectified"
export function linearCode({ w1, b1, w2, b2 }: Omega) {
  return {
    encode: (x: tf.Tensor2D) => layer(x, w1, b1),
    decode: (z: tf.Tensor2D) => tf.sigmoid(layer(z, w2, b2)),
  };
}

// %% exercise="1" idea="sigmoid on the code" says="That is σ in the encoder"
export function sigmoidCode({ w1, b1, w2, b2 }: Omega) {
  return {
    encode: (x: tf.Tensor2D) => tf.sigmoid(layer(x, w1, b1)),
    decode: (z: tf.Tensor2D) => tf.sigmoid(layer(z, w2, b2)),
  };
}

// %% exercise="1" idea="logits as outputs" says="Those are logits"
export function logitsOut({ w1, b1, w2, b2 }: Omega) {
  return {
    encode: (x: tf.Tensor2D) => tf.relu(layer(x, w1, b1)),
    decode: (z: tf.Tensor2D) => layer(z, w2, b2),
  };
}

// %% exercise="1" idea="no bias in the encoder" says="b₁ is missing"
export function withoutFirstBias({ w1, w2, b2 }: Omega) {
  return {
    encode: (x: tf.Tensor2D): tf.Tensor2D => tf.relu(tf.matMul(x, w1, false, true)),
    decode: (z: tf.Tensor2D) => tf.sigmoid(layer(z, w2, b2)),
  };
}

// %% exercise="1" idea="no bias in the decoder" says="b₂ is missing"
export function withoutSecondBias({ w1, b1, w2 }: Omega) {
  return {
    encode: (x: tf.Tensor2D) => tf.relu(layer(x, w1, b1)),
    decode: (z: tf.Tensor2D): tf.Tensor2D => tf.sigmoid(tf.matMul(z, w2, false, true)),
  };
}

// %% exercise="1" idea="matrices not transposed for rows" says="Your code stopped"
export function columnsForRows({ w1, b1, w2, b2 }: Omega) {
  return {
    encode: (x: tf.Tensor2D): tf.Tensor2D => tf.relu(tf.add(tf.matMul(x, w1), b1)),
    decode: (z: tf.Tensor2D): tf.Tensor2D => tf.sigmoid(tf.add(tf.matMul(z, w2), b2)),
  };
}

// %% exercise="1" idea="tied weights" says="expected"
export function tied({ w1, b1, b2 }: Omega) {
  return {
    encode: (x: tf.Tensor2D) => tf.relu(layer(x, w1, b1)),
    decode: (z: tf.Tensor2D): tf.Tensor2D => tf.sigmoid(tf.add(tf.matMul(z, w1), b2)),
  };
}

// %% exercise="2" idea="right"
export function aboveFloor(logged: number, x: tf.Tensor2D): number {
  const part = (p: tf.Tensor) => p.mul(p.maximum(1e-30).log()); // 0 log 0 = 0
  const entropies = tf.neg(part(x).add(part(tf.sub(1, x)))); // of each pixel, in nats
  const floor = entropies.sum(1).mean().dataSync()[0] as number; // of an image
  return logged * x.shape[1] - floor;
}

// %% exercise="2" idea="no floor" says="Subtract the floor"
export function noFloor(logged: number, x: tf.Tensor2D): number {
  return logged * x.shape[1];
}

// %% exercise="2" idea="a pixel, not an image" says="That is per pixel"
export function aPixel(logged: number, x: tf.Tensor2D): number {
  return logged - (entropies(x).mean().dataSync()[0] as number);
}

// %% exercise="2" idea="floor of all images" says="Average the floor over the images"
export function floorOfAll(logged: number, x: tf.Tensor2D): number {
  return logged * x.shape[1] - (entropies(x).sum().dataSync()[0] as number);
}

// %% exercise="2" idea="floor a pixel" says="Your floor is a mean over pixels"
export function floorOfAPixel(logged: number, x: tf.Tensor2D): number {
  return logged * x.shape[1] - (entropies(x).mean().dataSync()[0] as number);
}

// %% exercise="2" idea="bits" says="Your floor is in bits"
export function inBits(logged: number, x: tf.Tensor2D): number {
  return logged * x.shape[1] - (entropies(x).div(Math.LN2).sum(1).mean().dataSync()[0] as number);
}

// %% exercise="2" idea="0 log 0" says="NaN comes from"
export function zeroLogZero(logged: number, x: tf.Tensor2D): number {
  const y = tf.sub(1, x);
  const entropy = tf.neg(x.mul(x.log()).add(y.mul(y.log())));
  return logged * x.shape[1] - (entropy.sum(1).mean().dataSync()[0] as number);
}

// %% exercise="2" idea="a constant" says="expected"
export function constantAbove(): number {
  return 2;
}

// %% exercise="3" idea="right"
export function firstStep(weights: number[], gradient: number[], rate: number): number[] {
  return weights.map((w, i) => {
    const g = gradient[i] as number;
    const [m, v] = [(0.1 * g) / (1 - 0.9), (0.001 * g * g) / (1 - 0.999)];
    return w - (rate * m) / Math.sqrt(v); // of length η, however large g is
  });
}

// %% exercise="3" idea="gradient descent" says="That is gradient descent's step"
export function gradientDescent(weights: number[], gradient: number[], rate: number): number[] {
  return weights.map((w, i) => w - rate * (gradient[i] as number));
}

// %% exercise="3" idea="uphill" says="That leads up"
export function uphill(weights: number[], gradient: number[], rate: number): number[] {
  return weights.map((w, i) => w + rate * Math.sign(gradient[i] as number));
}

// %% exercise="3" idea="no correction of the bias" says="Correct the bias"
export function uncorrected(weights: number[], gradient: number[], rate: number): number[] {
  return weights.map((w, i) => {
    const g = gradient[i] as number;
    return w - (rate * 0.1 * g) / Math.sqrt(0.001 * g * g);
  });
}

// %% exercise="3" idea="no root" says="take its root"
export function withoutRoot(weights: number[], gradient: number[], rate: number): number[] {
  return weights.map((w, i) => w - rate / (gradient[i] as number));
}

// %% exercise="3" idea="weights as they were" says="expected"
export function unmoved(weights: number[]): number[] {
  return weights;
}

// %% exercise="3" idea="the step alone" says="expected"
export function stepAlone(_: number[], gradient: number[], rate: number): number[] {
  return gradient.map(g => -rate * Math.sign(g));
}

// %% exercise="4" idea="right"
export function untold(covariance: tf.Tensor2D, hidden: number): number {
  const n = covariance.shape[0] - hidden; // how many are visible
  const v: tf.Tensor2D = covariance.slice([0, 0], [n, n]);
  const t: tf.Tensor2D = covariance.slice([n, n], [hidden, hidden]);
  const k: tf.Tensor2D = covariance.slice([n, 0], [hidden, n]);
  const { values, vectors } = linalg.eigh(v);
  const inverse: tf.Tensor2D = tf.matMul(vectors.div(values), vectors, false, true); // V⁻¹
  const told: tf.Tensor2D = tf.matMul(tf.matMul(k, inverse), k, false, true); // A Kᵀ, as A V = K
  return t.sub(told).mul(tf.eye(hidden)).sum().dataSync()[0] as number;
}

// %% exercise="4" idea="a constant's error" says="That is a constant's error"
export function aConstant(covariance: tf.Tensor2D, hidden: number): number {
  return trace(blocks(covariance, hidden).t);
}

// %% exercise="4" idea="what is told" says="That is what the visible tell"
export function whatIsTold(covariance: tf.Tensor2D, hidden: number): number {
  const { v, k } = blocks(covariance, hidden);
  return trace(tf.matMul(tf.matMul(k, inverted(v)), k, false, true));
}

// %% exercise="4" idea="mean over the hidden" says="that is their mean"
export function meanOverHidden(covariance: tf.Tensor2D, hidden: number): number {
  const { v, t, k } = blocks(covariance, hidden);
  return trace(t.sub(tf.matMul(tf.matMul(k, inverted(v)), k, false, true))) / hidden;
}

// %% exercise="4" idea="covariances as the map" says="A is K V⁻¹, not K"
export function covariancesAsMap(covariance: tf.Tensor2D, hidden: number): number {
  const { t, k } = blocks(covariance, hidden);
  return trace(t.sub(tf.matMul(k, k, false, true)));
}

// %% exercise="4" idea="hidden and visible exchanged" says="expected"
export function exchanged(covariance: tf.Tensor2D, hidden: number): number {
  const { v, t, k } = blocks(covariance, hidden);
  return trace(v.sub(tf.matMul(tf.matMul(k, inverted(t), true), k)));
}

// %% exercise="4" idea="each pixel on its own" says="expected"
export function eachOnItsOwn(covariance: tf.Tensor2D, hidden: number): number {
  const { v, t, k } = blocks(covariance, hidden);
  const variances = v.mul(tf.eye(v.shape[0])).sum(0);
  return trace(t) - (k.square().div(variances).sum().dataSync()[0] as number);
}

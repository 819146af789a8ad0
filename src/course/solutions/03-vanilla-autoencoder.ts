// %% idea="what all solutions share"
import { linalg, tf } from "latent";

interface Omega {
  w1: tf.Tensor2D;
  b1: tf.Tensor1D;
  w2: tf.Tensor2D;
  b2: tf.Tensor1D;
}

interface Decoder {
  w2: tf.Tensor2D;
  b2: tf.Tensor1D;
}

/** The codes with one number set, counted from 0. A number that is not there is nowhere set. */
function withNumber(z: tf.Tensor2D, index: number, value: number): tf.Tensor2D {
  const columns = tf.unstack(z, 1).map((column, i) => (i === index ? tf.fill([z.shape[0]], value) : column));
  return tf.stack(columns, 1) as tf.Tensor2D;
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

// %% exercise="1" idea="tied weights" says="weights of its own"
export function tied({ w1, b1, b2 }: Omega) {
  return {
    encode: (x: tf.Tensor2D) => tf.relu(layer(x, w1, b1)),
    decode: (z: tf.Tensor2D): tf.Tensor2D => tf.sigmoid(tf.add(tf.matMul(z, w1), b2)),
  };
}

// %% exercise="1" idea="as many images as pixels" says="Your code stopped"
export function columnsAsImages({ w1, b1, w2, b2 }: Omega) {
  const flipped = (x: tf.Tensor2D, w: tf.Tensor2D, b: tf.Tensor1D): tf.Tensor2D =>
    tf.add(tf.matMul(w, x).transpose(), b);
  return {
    encode: (x: tf.Tensor2D) => tf.relu(flipped(x, w1, b1)),
    decode: (z: tf.Tensor2D) => tf.sigmoid(flipped(z, w2, b2)),
  };
}

// %% exercise="1" idea="input taken for the identity" says="Expected is the shape"
export function ignoresInput({ w1, b1, w2, b2 }: Omega) {
  return {
    encode: (): tf.Tensor2D => tf.relu(tf.add(w1.transpose(), b1)),
    decode: (): tf.Tensor2D => tf.sigmoid(tf.add(w2.transpose(), b2)),
  };
}

// %% exercise="1" idea="a flat code" says="Expected is the shape"
export function flatCode(omega: Omega) {
  const { encode, decode } = autoencoder(omega);
  return { encode: (x: tf.Tensor2D) => encode(x).flatten(), decode };
}

// %% exercise="1" idea="the decoder ignores its code" says="expected"
export function ignoresCode(omega: Omega) {
  const { encode, decode } = autoencoder(omega);
  return { encode, decode: (z: tf.Tensor2D) => decode(tf.onesLike(z)) };
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

// %% exercise="2" idea="two images of four pixels always" says="expected"
export function twoImagesOfFour(logged: number, x: tf.Tensor2D): number {
  return 4 * logged - (entropies(x).sum().dataSync()[0] as number) / 2;
}

// %% exercise="2" idea="a constant" says="expected"
export function constantAbove(): number {
  return 2;
}

// %% exercise="3" idea="right"
export function bestConstant(x: tf.Tensor2D, loss: "squared" | "absolute" | "cross-entropy"): tf.Tensor1D {
  if (loss !== "absolute") return x.mean(0); // for cross-entropy: Σ (c − x) / (c (1 − c)) = 0, so the mean as well
  const [n, d] = x.shape;
  const sorted = tf.topk(x.transpose(), n).values; // [d, n]
  return sorted.slice([0, (n - 1) / 2], [d, 1]).as1D(); // as many above as below
}

// %% exercise="3" idea="the mean always" says="lie on each side"
export function meanAlways(x: tf.Tensor2D): tf.Tensor1D {
  return x.mean(0);
}

// %% exercise="3" idea="the median always" says="best for absolute errors only"
export function medianAlways(x: tf.Tensor2D): tf.Tensor1D {
  return bestConstant(x, "absolute");
}

// %% exercise="3" idea="the median for cross-entropy" says="set its derivative to 0"
export function medianForCrossEntropy(x: tf.Tensor2D, loss: string): tf.Tensor1D {
  return bestConstant(x, loss === "squared" ? "squared" : "absolute");
}

// %% exercise="3" idea="black and white for cross-entropy" says="need not be 0 or 1"
export function blackAndWhite(x: tf.Tensor2D, loss: "squared" | "absolute" | "cross-entropy"): tf.Tensor1D {
  const best = bestConstant(x, loss);
  return loss === "cross-entropy" ? best.round() : best;
}

// %% exercise="3" idea="the image in the middle, unsorted" says="expected"
export function imageInTheMiddle(x: tf.Tensor2D, loss: "squared" | "absolute" | "cross-entropy"): tf.Tensor1D {
  const middle = (x.shape[0] - 1) / 2;
  return loss === "absolute" ? x.slice([middle, 0], [1, x.shape[1]]).as1D() : x.mean(0);
}

// %% exercise="3" idea="one grey for all pixels" says="Expected is the shape"
export function oneGrey(x: tf.Tensor2D): tf.Tensor1D {
  return x.mean().as1D();
}

// %% exercise="3" idea="the image between the extremes" says="expected"
export function betweenExtremes(x: tf.Tensor2D, loss: "squared" | "absolute" | "cross-entropy"): tf.Tensor1D {
  return loss === "absolute" ? x.max(0).add(x.min(0)).div(2) : x.mean(0);
}

// %% exercise="4" idea="right"
export function change(z: tf.Tensor2D, unit: number, value: number, { w2, b2 }: Decoder): tf.Tensor2D {
  const old: tf.Tensor2D = tf.add(tf.matMul(z, w2, false, true), b2); // logits, [N, d]
  const column = w2.slice([0, unit - 1], [w2.shape[0], 1]).as1D(); // wᵢ, [d]
  const number = z.slice([0, unit - 1], [z.shape[0], 1]); // zᵢ, [N, 1]
  const moved: tf.Tensor2D = tf.add(old, tf.mul(tf.sub(value, number), column));
  return tf.sub(tf.sigmoid(moved), tf.sigmoid(old));
}

// %% exercise="4" idea="change of the logits" says="Those are the logits"
export function changeOfLogits(z: tf.Tensor2D, unit: number, value: number, { w2, b2 }: Decoder): tf.Tensor2D {
  return tf.sub(layer(withNumber(z, unit - 1, value), w2, b2), layer(z, w2, b2));
}

// %% exercise="4" idea="the new output" says="That is the new output"
export function newOutput(z: tf.Tensor2D, unit: number, value: number, { w2, b2 }: Decoder): tf.Tensor2D {
  return tf.sigmoid(layer(withNumber(z, unit - 1, value), w2, b2));
}

// %% exercise="4" idea="old minus new" says="not old minus new"
export function oldMinusNew(z: tf.Tensor2D, unit: number, value: number, decoder: Decoder): tf.Tensor2D {
  return tf.neg(change(z, unit, value, decoder));
}

// %% exercise="4" idea="adds the value" says="Set the number"
export function adds(z: tf.Tensor2D, unit: number, value: number, { w2, b2 }: Decoder): tf.Tensor2D {
  const column = w2.slice([0, unit - 1], [w2.shape[0], 1]).as1D();
  const old = layer(z, w2, b2);
  return tf.sub(tf.sigmoid(tf.add(old, tf.mul(column, value))), tf.sigmoid(old));
}

// %% exercise="4" idea="forgets the other numbers" says="Keep the other numbers"
export function forgetsOthers(z: tf.Tensor2D, unit: number, value: number, { w2, b2 }: Decoder): tf.Tensor2D {
  const alone = withNumber(tf.zerosLike(z), unit - 1, value);
  return tf.sub(tf.sigmoid(layer(alone, w2, b2)), tf.sigmoid(layer(z, w2, b2)));
}

// %% exercise="4" idea="counts from 0" says="counted from 1"
export function countsFromZero(z: tf.Tensor2D, unit: number, value: number, { w2, b2 }: Decoder): tf.Tensor2D {
  return tf.sub(tf.sigmoid(layer(withNumber(z, unit, value), w2, b2)), tf.sigmoid(layer(z, w2, b2)));
}

// %% exercise="4" idea="σ of the change" says="expected"
export function sigmoidOfChange(z: tf.Tensor2D, unit: number, value: number, decoder: Decoder): tf.Tensor2D {
  return tf.sigmoid(changeOfLogits(z, unit, value, decoder));
}

// %% exercise="4" idea="0 taken for nothing" says="expected"
export function zeroIsNothing(z: tf.Tensor2D, unit: number, value: number, decoder: Decoder): tf.Tensor2D {
  return value ? change(z, unit, value, decoder) : tf.zeros([z.shape[0], decoder.w2.shape[0]]);
}

// %% exercise="4" idea="the row of a unit" says="expected"
export function rowForColumn(z: tf.Tensor2D, unit: number, value: number, { w2, b2 }: Decoder): tf.Tensor2D {
  const { shape } = w2;
  return change(z, unit, value, { w2: w2.reshape([shape[1], shape[0]]).transpose(), b2 });
}

// %% exercise="5" idea="right"
export function leastError(covariance: tf.Tensor2D, hidden: number): number {
  const n = covariance.shape[0] - hidden; // how many are visible
  const v: tf.Tensor2D = covariance.slice([0, 0], [n, n]);
  const t: tf.Tensor2D = covariance.slice([n, n], [hidden, hidden]);
  const k: tf.Tensor2D = covariance.slice([n, 0], [hidden, n]);
  const { values, vectors } = linalg.eigh(v);
  const inverse: tf.Tensor2D = tf.matMul(vectors.div(values), vectors, false, true); // V⁻¹
  const predicted: tf.Tensor2D = tf.matMul(tf.matMul(k, inverse), k, false, true); // A Kᵀ, as A V = K
  return t.sub(predicted).mul(tf.eye(hidden)).sum().dataSync()[0] as number;
}

// %% exercise="5" idea="a constant's error" says="That is a constant's error"
export function aConstant(covariance: tf.Tensor2D, hidden: number): number {
  return trace(blocks(covariance, hidden).t);
}

// %% exercise="5" idea="what is predicted" says="That is what the visible pixels predict"
export function whatIsPredicted(covariance: tf.Tensor2D, hidden: number): number {
  const { v, k } = blocks(covariance, hidden);
  return trace(tf.matMul(tf.matMul(k, inverted(v)), k, false, true));
}

// %% exercise="5" idea="mean over the hidden" says="that is their mean"
export function meanOverHidden(covariance: tf.Tensor2D, hidden: number): number {
  const { v, t, k } = blocks(covariance, hidden);
  return trace(t.sub(tf.matMul(tf.matMul(k, inverted(v)), k, false, true))) / hidden;
}

// %% exercise="5" idea="covariances as the map" says="A is K V⁻¹, not K"
export function covariancesAsMap(covariance: tf.Tensor2D, hidden: number): number {
  const { t, k } = blocks(covariance, hidden);
  return trace(t.sub(tf.matMul(k, k, false, true)));
}

// %% exercise="5" idea="hidden and visible exchanged" says="expected"
export function exchanged(covariance: tf.Tensor2D, hidden: number): number {
  const { v, t, k } = blocks(covariance, hidden);
  return trace(v.sub(tf.matMul(tf.matMul(k, inverted(t), true), k)));
}

// %% exercise="5" idea="each pixel on its own" says="expected"
export function eachOnItsOwn(covariance: tf.Tensor2D, hidden: number): number {
  const { v, t, k } = blocks(covariance, hidden);
  const variances = v.mul(tf.eye(v.shape[0])).sum(0);
  return trace(t) - (k.square().div(variances).sum().dataSync()[0] as number);
}

// %% exercise="5" idea="predicts from the other hidden pixels too" says="hidden pixels are not known either"
export function fromAllOthers(covariance: tf.Tensor2D, hidden: number): number {
  const size = covariance.shape[0];
  const diagonal = inverted(covariance)
    .mul(tf.eye(size))
    .sum(0)
    .slice([size - hidden], [hidden]);
  return tf.sum(tf.div(1, diagonal)).dataSync()[0] as number;
}

// %% exercise="5" idea="three visible pixels always" says="expected"
export function threeVisible(covariance: tf.Tensor2D): number {
  return covariance.shape[0] > 3 ? leastError(covariance, covariance.shape[0] - 3) : 0;
}

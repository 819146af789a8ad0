// %% idea="what all solutions share"
import { tf } from "latent";

const total = (list: number[]) => list.reduce((sum, value) => sum + value, 0);
const between = (sizes: number[]) => total(sizes.slice(1).map((units, i) => units * (sizes[i] as number)));

/** All parameters of a mirrored autoencoder. */
const countAll = (sizes: number[]) => 2 * between(sizes) + total(sizes.slice(1)) + total(sizes.slice(0, -1));

/** The narrowest layer behind the input. */
const narrowest = (sizes: number[]) => Math.min(...sizes.slice(1));
const lostBehind = (eigenvalues: number[], k: number) => total(eigenvalues.toSorted((a, b) => b - a).slice(k));

type Matrices = tf.Tensor2D[];

/** Lengths of the gradients, with a slope of one's own. */
function lengthsWith(
  slope: (h: tf.Tensor2D, isLast: boolean) => tf.Tensor2D,
  weights: Matrices,
  x: tf.Tensor2D,
  target: tf.Tensor2D,
) {
  const h = [x];
  for (const w of weights) h.push(tf.sigmoid(tf.matMul(h.at(-1) as tf.Tensor2D, w)));
  let back: tf.Tensor2D = tf.mul(tf.sub(h.at(-1) as tf.Tensor2D, target), 2 / x.shape[0]);
  return weights
    .map((_, i) => weights.length - 1 - i)
    .map(l => {
      const delta: tf.Tensor2D = tf.mul(back, slope(h[l + 1] as tf.Tensor2D, l === weights.length - 1));
      back = tf.matMul(delta, weights[l] as tf.Tensor2D, false, true);
      return tf.norm(tf.matMul(h[l] as tf.Tensor2D, delta, true)).dataSync()[0] as number;
    })
    .toReversed();
}

// %% exercise="1" idea="right"
export function parameters(sizes: number[]): number {
  const path = [...sizes, ...sizes.toReversed().slice(1)]; // down to the code and up again
  return path.slice(1).reduce((sum, units, i) => sum + units * (path[i] as number) + units, 0);
}

// %% exercise="1" idea="no biases" says="biases as well"
export function withoutBiases(sizes: number[]): number {
  return 2 * between(sizes);
}

// %% exercise="1" idea="the encoder alone" says="the encoder alone"
export function encoderAlone(sizes: number[]): number {
  return between(sizes) + total(sizes.slice(1));
}

// %% exercise="1" idea="twice the encoder" says="as many numbers as came in"
export function twiceTheEncoder(sizes: number[]): number {
  return 2 * (between(sizes) + total(sizes.slice(1)));
}

// %% exercise="1" idea="tied weights" says="weights of its own"
export function tied(sizes: number[]): number {
  return countAll(sizes) - between(sizes);
}

// %% exercise="1" idea="biases of the input too" says="The input layer has no biases"
export function biasesOfTheInput(sizes: number[]): number {
  return 2 * (between(sizes) + total(sizes));
}

// %% exercise="1" idea="one bias a layer" says="Each unit has a bias"
export function oneBiasEach(sizes: number[]): number {
  return 2 * (between(sizes) + sizes.length - 1);
}

// %% exercise="1" idea="the encoder's weights alone" says="expected"
export function weightsOfEncoder(sizes: number[]): number {
  return between(sizes);
}

// %% exercise="1" idea="the code twice" says="expected"
export function codeTwice(sizes: number[]): number {
  const path = [...sizes, ...sizes.toReversed()];
  return between(path) + total(path.slice(1));
}

// %% exercise="1" idea="no biases of the output" says="The output has biases"
export function outputWithoutBiases(sizes: number[]): number {
  return countAll(sizes) - (sizes[0] as number);
}

// %% exercise="1" idea="biases of the encoder only" says="expected"
export function biasesOfEncoder(sizes: number[]): number {
  return 2 * between(sizes) + total(sizes.slice(1));
}

// %% exercise="2" idea="right"
export function fairWidth(sizes: number[]): number {
  const count = (sizes: number[]) => {
    const path = [...sizes, ...sizes.toReversed().slice(1)];
    return path.slice(1).reduce((sum, units, i) => sum + units * (path[i] as number) + units, 0);
  };
  const [d, k] = [sizes[0] as number, sizes.at(-1) as number];
  const left = count(sizes) - k - d; // for hidden units: weights to d and k on both sides, a bias on each
  return Math.floor(left / (2 * (d + k) + 2));
}

// %% exercise="2" idea="rounded up" says="Round down"
export function roundedUp(sizes: number[]): number {
  return fairWidth(sizes) + 1;
}

// %% exercise="2" idea="biases of code and output forgotten" says="take the outer biases off"
export function withoutOuterBiases(sizes: number[]): number {
  return Math.floor(countAll(sizes) / (2 * ((sizes[0] as number) + (sizes.at(-1) as number)) + 2));
}

// %% exercise="2" idea="sum of the widths" says="sum of the hidden widths"
export function sumOfWidths(sizes: number[]): number {
  return total(sizes.slice(1, -1));
}

// %% exercise="2" idea="the widest layer" says="the widest hidden layer"
export function widest(sizes: number[]): number {
  return Math.max(...sizes.slice(1, -1));
}

// %% exercise="2" idea="not rounded" says="A whole number"
export function notRounded(sizes: number[]): number {
  const [d, k] = [sizes[0] as number, sizes.at(-1) as number];
  return (countAll(sizes) - k - d) / (2 * (d + k) + 2);
}

// %% exercise="2" idea="one side only" says="counts on both sides"
export function oneSide(sizes: number[]): number {
  const [d, k] = [sizes[0] as number, sizes.at(-1) as number];
  return Math.floor((countAll(sizes) - k - d) / (d + k + 1));
}

// %% exercise="2" idea="the code left out" says="expected"
export function withoutTheCode(sizes: number[]): number {
  return Math.floor(countAll(sizes) / (2 * (sizes[0] as number)));
}

// %% exercise="2" idea="biases of the code forgotten" says="take the outer biases off"
export function withoutBiasesOfCode(sizes: number[]): number {
  const [d, k] = [sizes[0] as number, sizes.at(-1) as number];
  return Math.floor((countAll(sizes) - d) / (2 * (d + k) + 2));
}

// %% exercise="2" idea="biases of the hidden units forgotten" says="expected"
export function withoutHiddenBiases(sizes: number[]): number {
  const [d, k] = [sizes[0] as number, sizes.at(-1) as number];
  return Math.floor((countAll(sizes) - k - d) / (2 * (d + k)));
}

// %% exercise="2" idea="the nearest width" says="has more parameters"
export function nearest(sizes: number[]): number {
  return Math.round(notRounded(sizes));
}

// %% exercise="2" idea="weights alone on both sides" says="not equally many"
export function weightsAlone(sizes: number[]): number {
  return Math.floor(between(sizes) / ((sizes[0] as number) + (sizes.at(-1) as number)));
}

// %% exercise="2" idea="the mean hidden width" says="expected"
export function meanWidth(sizes: number[]): number {
  const hidden = sizes.slice(1, -1);
  return Math.round(total(hidden) / hidden.length);
}

// %% exercise="3" idea="right"
export function linearError(eigenvalues: number[], sizes: number[]): number {
  const k = Math.min(...sizes.slice(1)); // the rank of the product
  return eigenvalues
    .toSorted((a, b) => b - a)
    .slice(k)
    .reduce((sum, value) => sum + value, 0);
}

// %% exercise="3" idea="the code decides" says="The code is not always the narrowest"
export function codeDecides(eigenvalues: number[], sizes: number[]): number {
  return lostBehind(eigenvalues, sizes.at(-1) as number);
}

// %% exercise="3" idea="the first layer decides" says="The first layer is not always"
export function firstLayerDecides(eigenvalues: number[], sizes: number[]): number {
  return lostBehind(eigenvalues, sizes[1] as number);
}

// %% exercise="3" idea="the first or the last decides" says="The layers between count too"
export function endsDecide(eigenvalues: number[], sizes: number[]): number {
  return lostBehind(eigenvalues, Math.min(sizes[1] as number, sizes.at(-1) as number));
}

// %% exercise="3" idea="the hidden layers decide, not the code" says="expected"
export function codeLeftOut(eigenvalues: number[], sizes: number[]): number {
  return lostBehind(eigenvalues, Math.min(...sizes.slice(1, -1)));
}

// %% exercise="3" idea="the widest layer decides" says="The rank is at most"
export function widestDecides(eigenvalues: number[], sizes: number[]): number {
  return lostBehind(eigenvalues, Math.max(...sizes.slice(1)));
}

// %% exercise="3" idea="not sorted" says="come in any order"
export function notSorted(eigenvalues: number[], sizes: number[]): number {
  return total(eigenvalues.slice(narrowest(sizes)));
}

// %% exercise="3" idea="what is kept" says="what the code keeps"
export function kept(eigenvalues: number[], sizes: number[]): number {
  return total(eigenvalues) - lostBehind(eigenvalues, narrowest(sizes));
}

// %% exercise="3" idea="a share" says="expected"
export function shareLost(eigenvalues: number[], sizes: number[]): number {
  return lostBehind(eigenvalues, narrowest(sizes)) / total(eigenvalues);
}

// %% exercise="3" idea="smallest first" says="The smallest eigenvalues are lost"
export function smallestFirst(eigenvalues: number[], sizes: number[]): number {
  return total(eigenvalues.toSorted((a, b) => a - b).slice(narrowest(sizes)));
}

// %% exercise="3" idea="the mean per number" says="expected"
export function perNumber(eigenvalues: number[], sizes: number[]): number {
  return linearError(eigenvalues, sizes) / eigenvalues.length;
}

// %% exercise="3" idea="the next eigenvalue only" says="expected"
export function nextOnly(eigenvalues: number[], sizes: number[]): number {
  return eigenvalues.toSorted((a, b) => b - a)[narrowest(sizes)] as number;
}

// %% exercise="3" idea="each layer loses" says="expected"
export function eachLayerLoses(eigenvalues: number[], sizes: number[]): number {
  return total(sizes.slice(1).map(k => lostBehind(eigenvalues, k)));
}

// %% exercise="4" idea="right"
export function gradientsByLayer(weights: tf.Tensor2D[], x: tf.Tensor2D, target: tf.Tensor2D): number[] {
  const loss = (...matrices: tf.Tensor[]): tf.Scalar => {
    const output = matrices.reduce((h, w) => tf.sigmoid(tf.matMul(h as tf.Tensor2D, w as tf.Tensor2D)), x as tf.Tensor);
    return tf.mean(tf.sum(tf.squaredDifference(output, target), 1));
  };
  return tf
    .grads(loss)(weights)
    .map(gradient => tf.norm(gradient).dataSync()[0] as number);
}

// %% exercise="4" idea="no slope" says="Each layer multiplies"
export function noSlope(weights: Matrices, x: tf.Tensor2D, target: tf.Tensor2D): number[] {
  return lengthsWith(h => tf.onesLike(h), weights, x, target);
}

// %% exercise="4" idea="slope at the output of the unit" says="h is s(a) already"
export function slopeTwice(weights: Matrices, x: tf.Tensor2D, target: tf.Tensor2D): number[] {
  return lengthsWith(h => tf.mul(tf.sigmoid(h), tf.sub(1, tf.sigmoid(h))), weights, x, target);
}

// %% exercise="4" idea="the unit for its slope" says="not h."
export function unitForSlope(weights: Matrices, x: tf.Tensor2D, target: tf.Tensor2D): number[] {
  return lengthsWith(h => h, weights, x, target);
}

// %% exercise="4" idea="last layer first" says="First layer first"
export function lastFirst(weights: Matrices, x: tf.Tensor2D, target: tf.Tensor2D): number[] {
  return gradientsByLayer(weights, x, target).toReversed();
}

// %% exercise="4" idea="summed over the rows" says="Average over the rows"
export function summedOverRows(weights: Matrices, x: tf.Tensor2D, target: tf.Tensor2D): number[] {
  return gradientsByLayer(weights, x, target).map(length => length * x.shape[0]);
}

// %% exercise="4" idea="half of the square" says="has a 2"
export function halfSquare(weights: Matrices, x: tf.Tensor2D, target: tf.Tensor2D): number[] {
  return gradientsByLayer(weights, x, target).map(length => length / 2);
}

// %% exercise="4" idea="root mean square" says="no root mean square"
export function rootMeanSquare(weights: Matrices, x: tf.Tensor2D, target: tf.Tensor2D): number[] {
  return gradientsByLayer(weights, x, target).map((length, l) => length / Math.sqrt((weights[l] as tf.Tensor2D).size));
}

// %% exercise="4" idea="the square of the length" says="the squared length"
export function squaredLength(weights: Matrices, x: tf.Tensor2D, target: tf.Tensor2D): number[] {
  return gradientsByLayer(weights, x, target).map(length => length ** 2);
}

// %% exercise="4" idea="averaged over the entries of a row too" says="expected"
export function meanOfEntries(weights: Matrices, x: tf.Tensor2D, target: tf.Tensor2D): number[] {
  return gradientsByLayer(weights, x, target).map(length => length / target.shape[1]);
}

// %% exercise="4" idea="a quarter for each slope" says="expected"
export function quarterSlope(weights: Matrices, x: tf.Tensor2D, target: tf.Tensor2D): number[] {
  return lengthsWith(h => tf.fill(h.shape, 0.25), weights, x, target);
}

// %% exercise="4" idea="no slope at the output" says="expected"
export function noSlopeAtTheOutput(weights: Matrices, x: tf.Tensor2D, target: tf.Tensor2D): number[] {
  return lengthsWith((h, isLast) => (isLast ? tf.onesLike(h) : tf.mul(h, tf.sub(1, h))), weights, x, target);
}

// %% exercise="4" idea="a mean over the inputs" says="expected"
export function meanOverInputs(weights: Matrices, x: tf.Tensor2D, target: tf.Tensor2D): number[] {
  return gradientsByLayer(weights, x, target).map(
    (length, l) => length / Math.sqrt((weights[l] as tf.Tensor2D).shape[0]),
  );
}

// %% idea="what all solutions share"
import { models, tf } from "latent";

const added = (numbers: number[]) => numbers.reduce((sum, value) => sum + value, 0);
const multiplied = (numbers: number[]) => numbers.reduce((product, value) => product * value, 1);
const numberOf = (tensor: tf.Tensor) => tensor.dataSync()[0] as number;

/** µ + σ ε with any σ, `[S, N, k]`. */
function drawsWith(sigma: tf.Tensor, mean: tf.Tensor2D, epsilon: tf.Tensor): tf.Tensor3D {
  return tf.add(mean, tf.mul(sigma, epsilon));
}

interface Outputs {
  x: tf.Tensor2D;
  logits: tf.Tensor2D;
  mean: tf.Tensor2D;
  logVariance: tf.Tensor2D;
}

/** Mean over the images of the cross-entropy and of the KL term, both summed over what an image has of them. */
function termsOf({ x, logits, mean, logVariance }: Outputs): [reconstruction: number, kl: number] {
  const entries = tf.sub(tf.add(tf.square(mean), tf.exp(logVariance)), tf.add(1, logVariance));
  return [
    numberOf(tf.mean(models.bernoulliCrossEntropy(x, logits))),
    numberOf(tf.mean(tf.mul(0.5, tf.sum(entries, 1)))),
  ];
}

/** The KL term of each code as a function of λ / (γ s²). */
function byRatio(lambda: number[], threshold: number, kl: (ratio: number) => number): number[] {
  return lambda.map(value => kl(value / threshold));
}
const used = (ratio: number) => Math.max(0, Math.log(ratio) / 2);

/** Mean of the diagonal: log q(z | x) of the image that was drawn from. */
function ownDensity(logs: tf.Tensor2D): number {
  return numberOf(tf.sum(tf.mul(logs, tf.eye(logs.shape[0])))) / logs.shape[0];
}

/** Mean over the draws of log Σ q(z | x), the sum over `axis`. */
function summedDensity(logs: tf.Tensor2D, axis: number): number {
  return numberOf(tf.mean(tf.logSumExp(logs, axis)));
}

// %% exercise="1" idea="right"
export function drawsOf(mean: tf.Tensor2D, logVariance: tf.Tensor2D, epsilon: tf.Tensor3D): tf.Tensor3D {
  const sigma = tf.exp(tf.mul(0.5, logVariance));
  return tf.add(mean, tf.mul(sigma, epsilon));
}

// %% exercise="1" idea="σ² for σ" says="scaled by σ."
export function byVariance(mean: tf.Tensor2D, logVariance: tf.Tensor2D, epsilon: tf.Tensor3D): tf.Tensor3D {
  return drawsWith(tf.exp(logVariance), mean, epsilon);
}

// %% exercise="1" idea="log σ² for σ" says="there is an exponential"
export function byLogarithm(mean: tf.Tensor2D, logVariance: tf.Tensor2D, epsilon: tf.Tensor3D): tf.Tensor3D {
  return drawsWith(logVariance, mean, epsilon);
}

// %% exercise="1" idea="the ½ turned into a 2" says="σ = e^(½ log σ²)"
export function byDouble(mean: tf.Tensor2D, logVariance: tf.Tensor2D, epsilon: tf.Tensor3D): tf.Tensor3D {
  return drawsWith(tf.exp(tf.mul(2, logVariance)), mean, epsilon);
}

// %% exercise="1" idea="root of the logarithm" says="NaN comes from"
export function byRoot(mean: tf.Tensor2D, logVariance: tf.Tensor2D, epsilon: tf.Tensor3D): tf.Tensor3D {
  return drawsWith(tf.sqrt(logVariance), mean, epsilon);
}

// %% exercise="1" idea="moved before it is scaled" says="Scale the noise first"
export function movedFirst(mean: tf.Tensor2D, logVariance: tf.Tensor2D, epsilon: tf.Tensor3D): tf.Tensor3D {
  return tf.mul(tf.exp(tf.mul(0.5, logVariance)), tf.add(mean, epsilon));
}

// %% exercise="1" idea="one noise for all draws" says="noise of its own"
export function oneNoise(mean: tf.Tensor2D, logVariance: tf.Tensor2D, epsilon: tf.Tensor3D): tf.Tensor3D {
  const first = tf.tile(epsilon.slice([0, 0, 0], [1, -1, -1]), [epsilon.shape[0], 1, 1]);
  return drawsWith(tf.exp(tf.mul(0.5, logVariance)), mean, first);
}

// %% exercise="1" idea="without noise" says="µ without noise"
export function withoutNoise(mean: tf.Tensor2D, _logVariance: tf.Tensor2D, epsilon: tf.Tensor3D): tf.Tensor3D {
  return drawsWith(tf.scalar(0), mean, epsilon);
}

// %% exercise="1" idea="one draw for each image" says="Expected is the shape"
export function firstDraw(mean: tf.Tensor2D, logVariance: tf.Tensor2D, epsilon: tf.Tensor3D): tf.Tensor2D {
  const first: tf.Tensor2D = tf.reshape(epsilon.slice([0, 0, 0], [1, -1, -1]), mean.shape);
  return tf.add(mean, tf.mul(tf.exp(tf.mul(0.5, logVariance)), first));
}

// %% exercise="2" idea="right"
export function lossOf({ x, logits, mean, logVariance }: Outputs, gamma: number): number {
  const kl = tf.mul(0.5, tf.sub(tf.add(tf.square(mean), tf.exp(logVariance)), tf.add(1, logVariance)));
  const ofImages = tf.add(models.bernoulliCrossEntropy(x, logits), tf.mul(gamma, tf.sum(kl, 1)));
  return tf.mean(ofImages).dataSync()[0] as number;
}

// %% exercise="2" idea="mean over the pixels" says="Sum over the pixels"
export function meanOfPixels(outputs: Outputs, gamma: number): number {
  const [reconstruction, kl] = termsOf(outputs);
  return reconstruction / outputs.x.shape[1] + gamma * kl;
}

// %% exercise="2" idea="mean over the codes" says="Sum over the codes"
export function meanOfCodes(outputs: Outputs, gamma: number): number {
  const [reconstruction, kl] = termsOf(outputs);
  return reconstruction + (gamma * kl) / outputs.mean.shape[1];
}

// %% exercise="2" idea="sum over the images" says="Average over the images"
export function sumOfImages(outputs: Outputs, gamma: number): number {
  const [reconstruction, kl] = termsOf(outputs);
  return outputs.x.shape[0] * (reconstruction + gamma * kl);
}

// %% exercise="2" idea="γ before both terms" says="weight of the KL term alone"
export function weighedBoth(outputs: Outputs, gamma: number): number {
  const [reconstruction, kl] = termsOf(outputs);
  return gamma * (reconstruction + kl);
}

// %% exercise="2" idea="γ before the other term" says="γ on the other term"
export function weighedOther(outputs: Outputs, gamma: number): number {
  const [reconstruction, kl] = termsOf(outputs);
  return gamma * reconstruction + kl;
}

// %% exercise="2" idea="the KL term subtracted" says="The KL term is added"
export function subtracted(outputs: Outputs, gamma: number): number {
  const [reconstruction, kl] = termsOf(outputs);
  return reconstruction - gamma * kl;
}

// %% exercise="2" idea="the bound" says="expected"
export function boundOf(outputs: Outputs, gamma: number): number {
  const [reconstruction, kl] = termsOf(outputs);
  return -reconstruction - gamma * kl;
}

// %% exercise="2" idea="logarithm of the sigmoid" says="stay with logits"
export function throughSigmoid(outputs: Outputs, gamma: number): number {
  const { x, logits } = outputs;
  const xHat = tf.sigmoid(logits);
  const ink = tf.mul(x, tf.log(xHat));
  const paper = tf.mul(tf.sub(1, x), tf.log(tf.sub(1, xHat)));
  return -numberOf(tf.mean(tf.sum(tf.add(ink, paper), 1))) + gamma * termsOf(outputs)[1];
}

// %% exercise="2" idea="squared error" says="expected"
export function bySquares(outputs: Outputs, gamma: number): number {
  const errors = models.squaredError(outputs.x, tf.sigmoid(outputs.logits));
  return numberOf(tf.mean(errors)) + gamma * termsOf(outputs)[1];
}

// %% exercise="3" idea="right"
export function gammaOf(image: number[], k: number, a: number, b: number): number {
  const d = image.reduce((product, size) => product * size, 1);
  return b / k / (a / d);
}

// %% exercise="3" idea="the program's own weights" says="means, over different numbers"
export function ownWeights(_image: number[], _k: number, a: number, b: number): number {
  return b / a;
}

// %% exercise="3" idea="without a and b" says="own weights a and b"
export function withoutWeights(image: number[], k: number): number {
  return multiplied(image) / k;
}

// %% exercise="3" idea="the inverse" says="That is the inverse"
export function inverseGamma(image: number[], k: number, a: number, b: number): number {
  return (k * a) / (b * multiplied(image));
}

// %% exercise="3" idea="times the codes" says="averaged over k codes"
export function timesCodes(image: number[], k: number, a: number, b: number): number {
  return (b * k * multiplied(image)) / a;
}

// %% exercise="3" idea="KL taken as a sum" says="a mean here, not a sum"
export function klAsSum(image: number[], _k: number, a: number, b: number): number {
  return (b * multiplied(image)) / a;
}

// %% exercise="3" idea="the factor of the KL term" says="when the factor of L_R is 1"
export function factorOfKl(_image: number[], k: number, _a: number, b: number): number {
  return b / k;
}

// %% exercise="3" idea="height and width alone" says="The channels"
export function withoutChannels(image: number[], k: number, a: number, b: number): number {
  return (b * multiplied(image.slice(0, 2))) / (k * a);
}

// %% exercise="3" idea="MNIST's 784" says="expected"
export function alwaysMnist(_image: number[], k: number, a: number, b: number): number {
  return (784 * b) / (k * a);
}

// %% exercise="3" idea="sizes added" says="expected"
export function sizesAdded(image: number[], k: number, a: number, b: number): number {
  return (b * added(image)) / (k * a);
}

// %% exercise="4" idea="right"
export function klOfCodes(lambda: number[], s2: number, gamma: number): number[] {
  return lambda.map(value => Math.max(0, 0.5 * Math.log(value / (gamma * s2))));
}

// %% exercise="4" idea="without the threshold" says="Below the threshold"
export function withoutThreshold(lambda: number[], s2: number, gamma: number): number[] {
  return byRatio(lambda, gamma * s2, ratio => Math.log(ratio) / 2);
}

// %% exercise="4" idea="γ forgotten" says="γ s², not s²"
export function withoutGamma(lambda: number[], s2: number): number[] {
  return byRatio(lambda, s2, used);
}

// %% exercise="4" idea="γ on the other side" says="expected"
export function gammaTurned(lambda: number[], s2: number, gamma: number): number[] {
  return byRatio(lambda, s2 / gamma, used);
}

// %% exercise="4" idea="times γ" says="not γ times it"
export function timesGamma(lambda: number[], s2: number, gamma: number): number[] {
  return byRatio(lambda, gamma * s2, ratio => gamma * used(ratio));
}

// %% exercise="4" idea="without the half" says="Where is the ½?"
export function withoutHalf(lambda: number[], s2: number, gamma: number): number[] {
  return byRatio(lambda, gamma * s2, ratio => 2 * used(ratio));
}

// %% exercise="4" idea="bits" says="in bits"
export function inBits(lambda: number[], s2: number, gamma: number): number[] {
  return byRatio(lambda, gamma * s2, ratio => used(ratio) / Math.LN2);
}

// %% exercise="4" idea="variance of the mean" says="That is Var µ"
export function varianceOfMean(lambda: number[], s2: number, gamma: number): number[] {
  return byRatio(lambda, gamma * s2, ratio => Math.max(0, 1 - 1 / ratio));
}

// %% exercise="4" idea="sorted" says="Keep the order"
export function sortedByKl(lambda: number[], s2: number, gamma: number): number[] {
  return klOfCodes(lambda, s2, gamma).sort((a, b) => b - a);
}

// %% exercise="4" idea="all the same" says="expected"
export function sameForAll(lambda: number[], s2: number, gamma: number): number[] {
  const mean = added(klOfCodes(lambda, s2, gamma)) / lambda.length;
  return lambda.map(() => mean);
}

// %% exercise="5" idea="right"
export function informationOf(logs: tf.Tensor2D): number {
  const n = logs.shape[0];
  const own = tf.sum(tf.mul(logs, tf.eye(n)), 1); // log q(z | x) of the image that was drawn from
  const all = tf.sub(tf.logSumExp(logs, 1), Math.log(n)); // log q(z)
  return tf.mean(tf.sub(own, all)).dataSync()[0] as number;
}

// %% exercise="5" idea="logarithm of densities that are 0" says="use tf.logSumExp"
export function underflowing(logs: tf.Tensor2D): number {
  return ownDensity(logs) - numberOf(tf.mean(tf.log(tf.mean(tf.exp(logs), 1))));
}

// %% exercise="5" idea="sum for the mean" says="subtract log N"
export function sumForMean(logs: tf.Tensor2D): number {
  return ownDensity(logs) - summedDensity(logs, 1);
}

// %% exercise="5" idea="log N with the other sign" says="log N has the other sign"
export function otherSign(logs: tf.Tensor2D): number {
  return ownDensity(logs) - (summedDensity(logs, 1) + Math.log(logs.shape[0]));
}

// %% exercise="5" idea="mean of the logarithms" says="not of their logarithms"
export function meanOfLogarithms(logs: tf.Tensor2D): number {
  return ownDensity(logs) - numberOf(tf.mean(logs));
}

// %% exercise="5" idea="over the rows" says="average over its columns"
export function overRows(logs: tf.Tensor2D): number {
  return ownDensity(logs) - (summedDensity(logs, 0) - Math.log(logs.shape[0]));
}

// %% exercise="5" idea="without the image itself" says="expected"
export function withoutItself(logs: tf.Tensor2D): number {
  const n = logs.shape[0];
  const others: tf.Tensor2D = tf.sub(logs, tf.mul(1e6, tf.eye(n)));
  return ownDensity(logs) - (summedDensity(others, 1) - Math.log(n - 1));
}

// %% exercise="5" idea="sum over the draws" says="do not sum"
export function sumOverDraws(logs: tf.Tensor2D): number {
  return logs.shape[0] * informationOf(logs);
}

// %% exercise="5" idea="turned round" says="Turn it round"
export function turnedRound(logs: tf.Tensor2D): number {
  return -informationOf(logs);
}

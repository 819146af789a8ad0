// %% idea="what all solutions share"
import { tf } from "latent";

/** ŷ − y of a softmax regression without biases, `[n, C]`. */
function residual(x: tf.Tensor2D, y: tf.Tensor2D, W: tf.Tensor2D): tf.Tensor2D {
  const a: tf.Tensor2D = tf.matMul(x, W, false, true);
  return tf.sub(tf.softmax(a), y);
}

/** Images of each class, `[C, 1]`, and how many of them have ink at each pixel, `[C, d]`. */
function inkCounts(x: tf.Tensor2D, y: tf.Tensor2D) {
  const K: tf.Tensor2D = tf.matMul(y, x, true);
  return { N: y.sum(0).expandDims(1), K };
}

/** Divides by the sum. */
function normalised(p: number[]): number[] {
  const all = p.reduce((sum, value) => sum + value, 0);
  return p.map(value => value / all);
}

function entropy(p: number[]): number {
  return -p.reduce((sum, value) => sum + (value === 0 ? 0 : value * Math.log(value)), 0);
}

// %% exercise="1" idea="right"
export function softmaxGradient(x: tf.Tensor2D, y: tf.Tensor2D, W: tf.Tensor2D): tf.Tensor2D {
  const scores: tf.Tensor2D = tf.matMul(x, W, false, true);
  const residual: tf.Tensor2D = tf.sub(tf.softmax(scores), y);
  return tf.matMul(residual, x, true).div(x.shape[0]); // residual times input, mean over the rows
}

// %% exercise="1" idea="y − ŷ" says="The sign is turned"
export function turnedSign(x: tf.Tensor2D, y: tf.Tensor2D, W: tf.Tensor2D): tf.Tensor2D {
  return softmaxGradient(x, y, W).neg();
}

// %% exercise="1" idea="sum over the pairs" says="asks for the mean"
export function summed(x: tf.Tensor2D, y: tf.Tensor2D, W: tf.Tensor2D): tf.Tensor2D {
  return tf.matMul(residual(x, y, W), x, true);
}

// %% exercise="1" idea="mean over pairs and classes" says="number of pairs, not of entries"
export function meanOfEntries(x: tf.Tensor2D, y: tf.Tensor2D, W: tf.Tensor2D): tf.Tensor2D {
  return tf.matMul(residual(x, y, W), x, true).div(y.size);
}

// %% exercise="1" idea="pixels first" says="transpose it"
export function pixelsFirst(x: tf.Tensor2D, y: tf.Tensor2D, W: tf.Tensor2D): tf.Tensor2D {
  return tf.matMul(x, residual(x, y, W), true).div(x.shape[0]);
}

// %% exercise="1" idea="scores for probabilities" says="not probabilities yet"
export function withoutSoftmax(x: tf.Tensor2D, y: tf.Tensor2D, W: tf.Tensor2D): tf.Tensor2D {
  const a: tf.Tensor2D = tf.matMul(x, W, false, true);
  const off: tf.Tensor2D = tf.sub(a, y);
  return tf.matMul(off, x, true).div(x.shape[0]);
}

// %% exercise="1" idea="mean over the classes" says="number of pairs, not of classes"
export function meanOverClasses(x: tf.Tensor2D, y: tf.Tensor2D, W: tf.Tensor2D): tf.Tensor2D {
  return tf.matMul(residual(x, y, W), x, true).div(y.shape[1]);
}

// %% exercise="1" idea="four pairs always" says="expected"
export function fourPairs(x: tf.Tensor2D, y: tf.Tensor2D, W: tf.Tensor2D): tf.Tensor2D {
  return tf.matMul(residual(x, y, W), x, true).div(4);
}

// %% exercise="1" idea="classes squared" says="expected"
export function classesSquared(x: tf.Tensor2D, y: tf.Tensor2D, W: tf.Tensor2D): tf.Tensor2D {
  return tf.matMul(residual(x, y, W), x, true).div(y.shape[1] ** 2);
}

// %% exercise="1" idea="a flat vector" says="Expected is the shape"
export function flatGradient(x: tf.Tensor2D, y: tf.Tensor2D, W: tf.Tensor2D): tf.Tensor {
  return softmaxGradient(x, y, W).flatten();
}

// %% exercise="1" idea="the residual alone" says="Expected is the shape"
export function residualAlone(x: tf.Tensor2D, y: tf.Tensor2D, W: tf.Tensor2D): tf.Tensor2D {
  return residual(x, y, W);
}

// %% exercise="2" idea="right"
export function inkShares(x: tf.Tensor2D, y: tf.Tensor2D): tf.Tensor2D {
  const N = y.sum(0).expandDims(1); // images of each class, [C, 1]
  const K: tf.Tensor2D = tf.matMul(y, x, true); // how many of them have ink, [C, d]
  return tf.div(K.add(1), N.add(2)); // one image with ink and one without are added
}

// %% exercise="2" idea="without Laplace's rule" says="two images are missing"
export function plainShares(x: tf.Tensor2D, y: tf.Tensor2D): tf.Tensor2D {
  const { N, K } = inkCounts(x, y);
  return tf.div(K, N);
}

// %% exercise="2" idea="one image added" says="Two images are added"
export function oneAdded(x: tf.Tensor2D, y: tf.Tensor2D): tf.Tensor2D {
  const { N, K } = inkCounts(x, y);
  return tf.div(K.add(1), N.add(1));
}

// %% exercise="2" idea="as many as there are classes" says="A pixel has 2 values"
export function classesAdded(x: tf.Tensor2D, y: tf.Tensor2D): tf.Tensor2D {
  const { N, K } = inkCounts(x, y);
  return tf.div(K.add(1), N.add(y.shape[1]));
}

// %% exercise="2" idea="share of all images" says="a share within its class"
export function shareOfAll(x: tf.Tensor2D, y: tf.Tensor2D): tf.Tensor2D {
  return tf.div(inkCounts(x, y).K.add(1), x.shape[0] + 2);
}

// %% exercise="2" idea="a flat vector" says="Expected is the shape"
export function flatShares(x: tf.Tensor2D, y: tf.Tensor2D): tf.Tensor {
  return inkShares(x, y).flatten();
}

// %% exercise="2" idea="classes that have images" says="expected"
export function withoutEmptyClasses(x: tf.Tensor2D, y: tf.Tensor2D): tf.Tensor2D {
  const { N, K } = inkCounts(x, y);
  return tf.where(tf.greater(N, 0), tf.div(K.add(1), N.add(2)), 0);
}

// %% exercise="2" idea="a constant" says="expected"
export function alwaysHalf(x: tf.Tensor2D, y: tf.Tensor2D): tf.Tensor2D {
  return tf.fill([y.shape[1], x.shape[1]], 0.5);
}

// %% exercise="3" idea="right"
export function drawImages(theta: tf.Tensor1D, count: number): tf.Tensor2D {
  return tf.cast(tf.less(tf.randomUniform([count, theta.size]), theta), "float32"); // a toss for each pixel of each image
}

// %% exercise="3" idea="the mean image" says="probabilities, not images"
export function meanImage(theta: tf.Tensor1D, count: number): tf.Tensor2D {
  return tf.tile(theta.expandDims(0), [count, 1]);
}

// %% exercise="3" idea="the most probable image" says="the most probable one"
export function mostProbable(theta: tf.Tensor1D, count: number): tf.Tensor2D {
  return tf.tile(theta.greater(0.5).toFloat().expandDims(0), [count, 1]);
}

// %% exercise="3" idea="above θ instead of below" says="Ink and paper are exchanged"
export function above(theta: tf.Tensor1D, count: number): tf.Tensor2D {
  return tf.cast(tf.greater(tf.randomUniform([count, theta.size]), theta), "float32");
}

// %% exercise="3" idea="one toss an image" says="each needs its own toss"
export function oneTossAnImage(theta: tf.Tensor1D, count: number): tf.Tensor2D {
  return tf.cast(tf.less(tf.randomUniform([count, 1]), theta), "float32");
}

// %% exercise="3" idea="one image, many times" says="expected"
export function oneImage(theta: tf.Tensor1D, count: number): tf.Tensor2D {
  return tf.tile(tf.cast(tf.less(tf.randomUniform([1, theta.size]), theta), "float32"), [count, 1]);
}

// %% exercise="3" idea="Gaussian noise" says="expected"
export function gaussianNoise(theta: tf.Tensor1D, count: number): tf.Tensor2D {
  return tf.cast(tf.greater(tf.add(theta, tf.randomNormal([count, theta.size], 0, 0.35)), 0.5), "float32");
}

// %% exercise="3" idea="2,000 images always" says="expected"
export function twoThousand(theta: tf.Tensor1D): tf.Tensor2D {
  return drawImages(theta, 2000);
}

// %% exercise="3" idea="a wider uniform" says="expected"
export function widerUniform(theta: tf.Tensor1D, count: number): tf.Tensor2D {
  return tf.cast(tf.less(tf.randomUniform([count, theta.size], -0.05, 1.05), theta), "float32");
}

// %% exercise="3" idea="first and last pixel share a toss" says="expected"
export function sharedToss(theta: tf.Tensor1D, count: number): tf.Tensor2D {
  const tosses = tf.unstack(tf.randomUniform([count, theta.size]), 1);
  const shared = tf.stack([...tosses.slice(0, -1), tosses[0] as tf.Tensor], 1);
  return tf.cast(tf.less(shared, theta), "float32");
}

// %% exercise="3" idea="few images, many times" says="expected"
export function fewImages(theta: tf.Tensor1D, count: number): tf.Tensor2D {
  const few = drawImages(theta, 400);
  return tf.tile(few, [Math.ceil(count / 400), 1]).slice([0, 0], [count, theta.size]);
}

// %% exercise="4" idea="right"
export function lowestLoss(joint: number[][]): number {
  const shares = joint.map(row => row.reduce((sum, value) => sum + value, 0)); // p(x)
  const H = (p: number[]) => -p.reduce((sum, v) => sum + (v === 0 ? 0 : v * Math.log(v)), 0); // 0 log 0 = 0
  return H(joint.flat()) - H(shares); // H(x, y) − H(x) = H(y | x)
}

// %% exercise="4" idea="zero" says="only where x determines y"
export function zero(): number {
  return 0;
}

// %% exercise="4" idea="joint entropy" says="need not explain x"
export function jointEntropy(joint: number[][]): number {
  return entropy(joint.flat());
}

// %% exercise="4" idea="entropy of y" says="may look at x"
export function entropyOfY(joint: number[][]): number {
  return entropy(joint[0].map((_, y) => joint.reduce((sum, row) => sum + row[y], 0)));
}

// %% exercise="4" idea="x given y" says="the other way round"
export function theOtherWay(joint: number[][]): number {
  return jointEntropy(joint) - entropyOfY(joint);
}

// %% exercise="4" idea="0 log 0" says="NaN comes from"
export function zeroLogZero(joint: number[][]): number {
  const H = (p: number[]) => -p.reduce((sum, value) => sum + value * Math.log(value), 0);
  return H(joint.flat()) - H(joint.map(row => row.reduce((sum, value) => sum + value, 0)));
}

// %% exercise="4" idea="three x and two y always" says="expected"
export function threeAndTwo(joint: number[][]): number {
  return lowestLoss([0, 1, 2].map(x => [0, 1].map(y => joint[x]?.[y] ?? 0)));
}

// %% exercise="4" idea="bits" says="asks for nats"
export function inBits(joint: number[][]): number {
  return lowestLoss(joint) / Math.LN2;
}

// %% exercise="4" idea="each x counted alike" says="how often it comes"
export function unweighted(joint: number[][]): number {
  return joint.reduce((sum, row) => sum + entropy(normalised(row)), 0) / joint.length;
}

// %% exercise="5" idea="right"
export function posterior(pixels: (number | null)[], theta: number[][], prior: number[]): number[] {
  const factor = (on: number | null, p: number) => (on === null ? 1 : on ? p : 1 - p);
  const joint = prior.map((p, c) => pixels.reduce<number>((all, on, j) => all * factor(on, theta[c][j]), p));
  const whole = joint.reduce((sum, value) => sum + value, 0); // p(x_v)
  return joint.map(value => value / whole);
}

// %% exercise="5" idea="covered is paper" says="Covered is not paper"
export function coveredIsPaper(pixels: (number | null)[], theta: number[][], prior: number[]): number[] {
  return posterior(
    pixels.map(on => on ?? 0),
    theta,
    prior,
  );
}

// %% exercise="5" idea="covered is ink" says="Covered is not ink"
export function coveredIsInk(pixels: (number | null)[], theta: number[][], prior: number[]): number[] {
  return posterior(
    pixels.map(on => on ?? 1),
    theta,
    prior,
  );
}

// %% exercise="5" idea="no prior" says="The prior is missing"
export function withoutPrior(pixels: (number | null)[], theta: number[][]): number[] {
  return posterior(
    pixels,
    theta,
    theta.map(() => 1),
  );
}

// %% exercise="5" idea="not divided" says="divide by its sum"
export function notDivided(pixels: (number | null)[], theta: number[][], prior: number[]): number[] {
  const factor = (on: number | null, p: number) => (on === null ? 1 : on ? p : 1 - p);
  return prior.map((p, c) => pixels.reduce<number>((all, on, j) => all * factor(on, theta[c][j]), p));
}

// %% exercise="5" idea="0 taken for null" says="0 is paper, not covered"
export function zeroIsCovered(pixels: (number | null)[], theta: number[][], prior: number[]): number[] {
  return posterior(
    pixels.map(on => on || null),
    theta,
    prior,
  );
}

// %% exercise="5" idea="every second pixel is covered" says="expected"
export function everySecond(pixels: (number | null)[], theta: number[][], prior: number[]): number[] {
  return posterior(
    pixels.map((on, j) => (j % 2 === 0 ? (on ?? 0) : null)),
    theta,
    prior,
  );
}

// %% exercise="5" idea="the class alone" says="Expected are"
export function mostProbableClass(pixels: (number | null)[], theta: number[][], prior: number[]): number[] {
  const p = posterior(pixels, theta, prior);
  return [p.indexOf(Math.max(...p))];
}

// %% exercise="5" idea="the prior only" says="expected"
export function priorOnly(_pixels: (number | null)[], _theta: number[][], prior: number[]): number[] {
  return prior;
}

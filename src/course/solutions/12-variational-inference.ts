// %% idea="what all solutions share"
import { linalg, tf } from "latent";

const added = (numbers: number[]) => numbers.reduce((sum, value) => sum + value, 0);

/** log ∫ e^logs over nodes of these widths, largest logarithm first. */
function logIntegral(logs: number[], widths: number[]): number {
  const largest = Math.max(...logs);
  return largest + Math.log(added(logs.map((value, i) => (widths[i] as number) * Math.exp(value - largest))));
}

/** The trapezoidal rule's width of each node. */
function trapezoid(nodes: number[]): number[] {
  return nodes.map((node, i) => ((nodes[i + 1] ?? node) - (nodes[i - 1] ?? node)) / 2);
}

/** The inverse of a symmetric matrix. */
function inverse(matrix: tf.Tensor2D): tf.Tensor2D {
  const { values, vectors } = linalg.eigh(matrix);
  return tf.matMul(tf.div(vectors, values), vectors, false, true);
}

/** Mean and covariance with `prior` on the diagonal of M and `scale` before its inverse. */
function posteriorWith(x: tf.Tensor2D, w: tf.Tensor2D, b: tf.Tensor, prior: number, scale: number) {
  const k = w.shape[1];
  const m = inverse(tf.add(tf.matMul(w, w, true), tf.mul(prior, tf.eye(k))));
  const mean: tf.Tensor2D = tf.matMul(tf.matMul(tf.sub(x, b) as tf.Tensor2D, w), m);
  return { mean, covariance: tf.mul(scale, m) as tf.Tensor2D };
}

interface Posterior {
  mean: tf.Tensor2D;
  covariance: tf.Tensor2D;
}

// %% exercise="1" idea="right"
export function divergenceFromPrior(mean: tf.Tensor2D, logVariance: tf.Tensor2D): tf.Tensor1D {
  const terms = tf.sub(tf.add(tf.square(mean), tf.exp(logVariance)), tf.add(1, logVariance));
  return tf.mul(0.5, tf.sum(terms, 1));
}

// %% exercise="1" idea="averaged over the dimensions" says="do not average"
export function averagedDivergence(mean: tf.Tensor2D, logVariance: tf.Tensor2D): tf.Tensor1D {
  const terms = tf.sub(tf.add(tf.square(mean), tf.exp(logVariance)), tf.add(1, logVariance));
  return tf.mul(0.5, tf.mean(terms, 1));
}

// %% exercise="1" idea="logVariance taken for the variance" says="NaN comes from"
export function varianceItself(mean: tf.Tensor2D, logVariance: tf.Tensor2D): tf.Tensor1D {
  const terms = tf.sub(tf.add(tf.square(mean), logVariance), tf.add(1, tf.log(logVariance)));
  return tf.mul(0.5, tf.sum(terms, 1));
}

// %% exercise="1" idea="logVariance taken for log σ" says="not log σ."
export function logDeviation(mean: tf.Tensor2D, logVariance: tf.Tensor2D): tf.Tensor1D {
  const terms = tf.sub(tf.add(tf.square(mean), tf.exp(tf.mul(2, logVariance))), tf.add(1, tf.mul(2, logVariance)));
  return tf.mul(0.5, tf.sum(terms, 1));
}

// %% exercise="1" idea="the other sign" says="never negative"
export function turnedSign(mean: tf.Tensor2D, logVariance: tf.Tensor2D): tf.Tensor1D {
  const terms = tf.sub(tf.add(1, logVariance), tf.add(tf.square(mean), tf.exp(logVariance)));
  return tf.mul(0.5, tf.sum(terms, 1));
}

// %% exercise="1" idea="without the half" says="Where is the ½?"
export function withoutHalf(mean: tf.Tensor2D, logVariance: tf.Tensor2D): tf.Tensor1D {
  return tf.sum(tf.sub(tf.add(tf.square(mean), tf.exp(logVariance)), tf.add(1, logVariance)), 1);
}

// %% exercise="1" idea="from the prior to q" says="D(prior ‖ q)"
export function reversed(mean: tf.Tensor2D, logVariance: tf.Tensor2D): tf.Tensor1D {
  const terms = tf.add(tf.div(tf.add(1, tf.square(mean)), tf.exp(logVariance)), tf.sub(logVariance, 1));
  return tf.mul(0.5, tf.sum(terms, 1));
}

// %% exercise="1" idea="the mean forgotten" says="expected"
export function withoutMean(_mean: tf.Tensor2D, logVariance: tf.Tensor2D): tf.Tensor1D {
  return tf.mul(0.5, tf.sum(tf.sub(tf.exp(logVariance), tf.add(1, logVariance)), 1));
}

// %% exercise="1" idea="one number for all" says="Expected is the shape"
export function summedOverRows(mean: tf.Tensor2D, logVariance: tf.Tensor2D): tf.Tensor1D {
  const terms = tf.sub(tf.add(tf.square(mean), tf.exp(logVariance)), tf.add(1, logVariance));
  return tf.mul(0.5, tf.sum(terms)) as unknown as tf.Tensor1D;
}

// %% exercise="1" idea="without the −1" says="from itself must be 0"
export function withoutOne(mean: tf.Tensor2D, logVariance: tf.Tensor2D): tf.Tensor1D {
  return tf.mul(0.5, tf.sum(tf.sub(tf.add(tf.square(mean), tf.exp(logVariance)), logVariance), 1));
}

// %% exercise="1" idea="in bits" says="the natural logarithm"
export function divergenceInBits(mean: tf.Tensor2D, logVariance: tf.Tensor2D): tf.Tensor1D {
  return tf.div(divergenceFromPrior(mean, logVariance), Math.LN2);
}

// %% exercise="1" idea="plus log σ²" says="− log σ²"
export function plusLogVariance(mean: tf.Tensor2D, logVariance: tf.Tensor2D): tf.Tensor1D {
  return tf.add(divergenceFromPrior(mean, logVariance), tf.sum(logVariance, 1));
}

// %% exercise="2" idea="right"
export function evidenceOnGrid(nodes: number[], logJoint: number[]): number {
  const largest = Math.max(...logJoint);
  const terms = logJoint.map((value, i) => {
    const width = ((nodes[i + 1] ?? nodes[i]) - (nodes[i - 1] ?? nodes[i])) / 2;
    return width * Math.exp(value - largest);
  });
  return largest + Math.log(terms.reduce((sum, term) => sum + term, 0));
}

// %% exercise="2" idea="logarithm of a sum of zeros" says="take out the largest"
export function underflows(nodes: number[], logJoint: number[]): number {
  const widths = trapezoid(nodes);
  return Math.log(added(logJoint.map((value, i) => (widths[i] as number) * Math.exp(value))));
}

// %% exercise="2" idea="mean over the nodes" says="has a width at each node."
export function meanOverNodes(_nodes: number[], logJoint: number[]): number {
  const even = logJoint.map(() => 1 / logJoint.length);
  return logIntegral(logJoint, even);
}

// %% exercise="2" idea="sum without widths" says="a sum without the widths"
export function withoutWidths(_nodes: number[], logJoint: number[]): number {
  const ones = logJoint.map(() => 1);
  return logIntegral(logJoint, ones);
}

// %% exercise="2" idea="nodes taken as equally spaced" says="expected"
export function evenNodes(nodes: number[], logJoint: number[]): number {
  const width = ((nodes.at(-1) as number) - (nodes[0] as number)) / (nodes.length - 1);
  const widths = nodes.map((_, i) => (i > 0 && i < nodes.length - 1 ? width : width / 2));
  return logIntegral(logJoint, widths);
}

// %% exercise="2" idea="each width twice" says="Half of each width"
export function doubleWidths(nodes: number[], logJoint: number[]): number {
  const widths = trapezoid(nodes).map(width => 2 * width);
  return logIntegral(logJoint, widths);
}

// %% exercise="2" idea="rectangles" says="left end of each step"
export function rectangles(nodes: number[], logJoint: number[]): number {
  const widths = nodes.map((node, i) => (nodes[i + 1] ?? node) - node);
  return logIntegral(logJoint, widths);
}

// %% exercise="2" idea="rectangles from the right" says="expected"
export function rectanglesFromRight(nodes: number[], logJoint: number[]): number {
  const widths = nodes.map((node, i) => node - (nodes[i - 1] ?? node));
  return logIntegral(logJoint, widths);
}

// %% exercise="2" idea="without the largest logarithm" says="Add the largest logarithm again"
export function withoutLargest(nodes: number[], logJoint: number[]): number {
  return logIntegral(logJoint, trapezoid(nodes)) - Math.max(...logJoint);
}

// %% exercise="2" idea="the ends count in full" says="expected"
export function fullEnds(nodes: number[], logJoint: number[]): number {
  const end = (i: number) => i === 0 || i === nodes.length - 1;
  const widths = trapezoid(nodes).map((width, i) => (end(i) ? 2 * width : width));
  return logIntegral(logJoint, widths);
}

// %% exercise="2" idea="the largest term" says="expected"
export function largestTerm(_nodes: number[], logJoint: number[]): number {
  return Math.max(...logJoint);
}

// %% exercise="3" idea="right"
export function gapOfBestPeak(shares: number[]): number {
  return -Math.log(Math.max(...shares));
}

// %% exercise="3" idea="log of the number of peaks" says="not on their number"
export function countsPeaks(shares: number[]): number {
  return Math.log(shares.length);
}

// %% exercise="3" idea="the smallest peak" says="the one with the largest share"
export function smallestPeak(shares: number[]): number {
  return -Math.log(Math.min(...shares));
}

// %% exercise="3" idea="entropy of the shares" says="entropy"
export function entropyOfShares(shares: number[]): number {
  return -shares.reduce((sum, share) => sum + share * Math.log(share), 0);
}

// %% exercise="3" idea="bits" says="in bits"
export function gapInBits(shares: number[]): number {
  return -Math.log2(Math.max(...shares));
}

// %% exercise="3" idea="the mass that q misses" says="take a logarithm"
export function missedMass(shares: number[]): number {
  return 1 - Math.max(...shares);
}

// %% exercise="3" idea="the other sign" says="never negative"
export function negativeGap(shares: number[]): number {
  return Math.log(Math.max(...shares));
}

// %% exercise="3" idea="the first peak" says="in any order"
export function firstPeak(shares: number[]): number {
  return -Math.log(shares[0] as number);
}

// %% exercise="3" idea="weighted by the share" says="expected"
export function weightedGap(shares: number[]): number {
  const most = Math.max(...shares);
  return -most * Math.log(most);
}

// %% exercise="3" idea="logarithm of the mass that q misses" says="expected"
export function logOfMissed(shares: number[]): number {
  return -Math.log(1 - Math.max(...shares));
}

// %% exercise="4" idea="right"
export function boundOfDraws(logWeights: tf.Tensor2D): tf.Tensor1D {
  return tf.sub(tf.logSumExp(logWeights, 1), Math.log(logWeights.shape[1]));
}

// %% exercise="4" idea="exponentials of very low numbers" says="use tf.logSumExp"
export function vanishing(logWeights: tf.Tensor2D): tf.Tensor1D {
  return tf.log(tf.mean(tf.exp(logWeights), 1));
}

// %% exercise="4" idea="mean of the logarithms" says="L₁"
export function firstBound(logWeights: tf.Tensor2D): tf.Tensor1D {
  return tf.mean(logWeights, 1);
}

// %% exercise="4" idea="sum of the weights" says="divide by K"
export function sumOfWeights(logWeights: tf.Tensor2D): tf.Tensor1D {
  return tf.logSumExp(logWeights, 1);
}

// %% exercise="4" idea="over the points" says="Average over the draws"
export function overPoints(logWeights: tf.Tensor2D): tf.Tensor1D {
  return tf.sub(tf.logSumExp(logWeights, 0), Math.log(logWeights.shape[0]));
}

// %% exercise="4" idea="divided after the logarithm" says="inside the logarithm"
export function dividedLogarithm(logWeights: tf.Tensor2D): tf.Tensor1D {
  return tf.div(tf.logSumExp(logWeights, 1), logWeights.shape[1]);
}

// %% exercise="4" idea="the largest weight" says="the largest weight alone"
export function largestWeight(logWeights: tf.Tensor2D): tf.Tensor1D {
  return tf.max(logWeights, 1);
}

// %% exercise="4" idea="one bound for all points" says="Expected is the shape"
export function meanBound(logWeights: tf.Tensor2D): tf.Tensor1D {
  return tf.mean(tf.sub(tf.logSumExp(logWeights, 1), Math.log(logWeights.shape[1]))) as unknown as tf.Tensor1D;
}

// %% exercise="4" idea="divided by the number of points" says="not of points"
export function dividedByPoints(logWeights: tf.Tensor2D): tf.Tensor1D {
  return tf.sub(tf.logSumExp(logWeights, 1), Math.log(logWeights.shape[0]));
}

// %% exercise="4" idea="without the largest logarithm" says="Add the largest logarithm again"
export function relativeBound(logWeights: tf.Tensor2D): tf.Tensor1D {
  return tf.log(tf.mean(tf.exp(tf.sub(logWeights, tf.max(logWeights, 1, true))), 1));
}

// %% exercise="5" idea="right"
export function posteriorOf(x: tf.Tensor2D, w: tf.Tensor2D, b: tf.Tensor1D, s2: number): Posterior {
  const m: tf.Tensor2D = tf.add(tf.matMul(w, w, true), tf.mul(s2, tf.eye(w.shape[1])));
  const { values, vectors } = linalg.eigh(m);
  const inverse: tf.Tensor2D = tf.matMul(tf.div(vectors, values), vectors, false, true);
  const encoded: tf.Tensor2D = tf.matMul(tf.sub(x, b) as tf.Tensor2D, w);
  return { mean: tf.matMul(encoded, inverse), covariance: tf.mul(s2, inverse) };
}

// %% exercise="5" idea="without the prior" says="The prior is missing"
export function leastSquares(x: tf.Tensor2D, w: tf.Tensor2D, b: tf.Tensor1D, s2: number): Posterior {
  return posteriorWith(x, w, b, 0, s2);
}

// %% exercise="5" idea="I in place of s² I" says="s² I, not I"
export function unitNoise(x: tf.Tensor2D, w: tf.Tensor2D, b: tf.Tensor1D, s2: number): Posterior {
  return posteriorWith(x, w, b, 1, s2);
}

// %% exercise="5" idea="covariance without s²" says="The covariance is s² M⁻¹"
export function withoutNoiseScale(x: tf.Tensor2D, w: tf.Tensor2D, b: tf.Tensor1D, s2: number): Posterior {
  return posteriorWith(x, w, b, s2, 1);
}

// %% exercise="5" idea="offset forgotten" says="Subtract b"
export function withoutOffset(x: tf.Tensor2D, w: tf.Tensor2D, _b: tf.Tensor1D, s2: number): Posterior {
  return posteriorWith(x, w, tf.scalar(0), s2, s2);
}

// %% exercise="5" idea="M taken as diagonal" says="expected"
export function diagonalOnly(x: tf.Tensor2D, w: tf.Tensor2D, b: tf.Tensor1D, s2: number): Posterior {
  const m = tf.add(tf.sum(tf.square(w), 0), s2);
  const mean: tf.Tensor2D = tf.div(tf.matMul(tf.sub(x, b) as tf.Tensor2D, w), m);
  return { mean, covariance: tf.diag(tf.div(s2, m)) as tf.Tensor2D };
}

// %% exercise="5" idea="s for s²" says="expected"
export function deviationForVariance(x: tf.Tensor2D, w: tf.Tensor2D, b: tf.Tensor1D, s2: number): Posterior {
  return posteriorWith(x, w, b, Math.sqrt(s2), Math.sqrt(s2));
}

// %% exercise="5" idea="s² squared" says="already the square"
export function squaredTwice(x: tf.Tensor2D, w: tf.Tensor2D, b: tf.Tensor1D, s2: number): Posterior {
  return posteriorWith(x, w, b, s2 * s2, s2 * s2);
}

// %% exercise="5" idea="the mean of x for b" says="expected"
export function centredByData(x: tf.Tensor2D, w: tf.Tensor2D, _b: tf.Tensor1D, s2: number): Posterior {
  return posteriorWith(x, w, tf.mean(x, 0), s2, s2);
}

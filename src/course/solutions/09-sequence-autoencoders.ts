// %% idea="what all solutions share"
import { tf } from "latent";

const sum = (list: readonly number[]) => list.reduce((a, b) => a + b, 0);
const entropy = (q: readonly number[]) => -sum(q.map(v => (v > 0 ? v * Math.log(v) : 0)));

/** The stationary distribution, by many steps of the chain that stays where it is every second time: periods do not matter. */
function stationaryOf(p: number[][]): number[] {
  let q = p.map(() => 1 / p.length);
  for (let i = 0; i < 5000; i++) q = q.map((mass, b) => (mass + sum(q.map((value, a) => value * p[a][b]))) / 2);
  return q;
}

function powerOf(p: number[][], n: number): number[][] {
  let result = p.map((_, a) => p.map((_, b) => Number(a === b)));
  for (let i = 0; i < n; i++) result = result.map(row => p.map((_, b) => sum(row.map((value, c) => value * p[c][b]))));
  return result;
}

const toUnit = (list: number[]) => list.map(value => value / sum(list));
const rateOf = (p: number[][]) => sum(stationaryOf(p).map((chance, a) => chance * entropy(p[a])));

/** 0 on and below the diagonal, the rest `above`. */
const lateScores = (length: number, above: number) =>
  tf.sub(1, tf.linalg.bandPart(tf.ones([length, length]), -1, 0)).mul(above);

interface Places {
  left: number;
  i: number;
  right: number;
  j: number;
}

/** How an output changes with each position, by a measure of one's own: `[T, m]` to a number for each of T. */
function measuredBy(measure: (moved: tf.Tensor) => tf.Tensor) {
  return (f: (x: tf.Tensor2D) => tf.Tensor2D, x: tf.Tensor2D): number[][] => {
    const [T, d] = x.shape;
    const columns = Array.from({ length: T }, (_, s) => {
      const change = tf.ones([1, d]).pad([
        [s, T - 1 - s],
        [0, 0],
      ]);
      const sizes = measure(tf.sub(f(tf.add(x, change)), f(x))).dataSync();
      return Array.from(sizes, size => Number(Math.abs(size) > 1e-4));
    });
    return columns.map((_, t) => columns.map(column => column[t]));
  };
}

// %% exercise="1" idea="right"
export function entropyRate(p: number[][]): number {
  const sum = (list: number[]) => list.reduce((a, b) => a + b, 0);
  let q = p.map(() => 1 / p.length);
  // Half of the mass stays at each step: the same limit, and no period keeps it from being reached.
  for (let i = 0; i < 5000; i++) q = q.map((mass, b) => (mass + sum(q.map((value, a) => value * p[a][b]))) / 2);
  const logs = (row: number[]) => row.map(v => (v > 0 ? v * Math.log(v) : 0));
  return -sum(q.map((chance, a) => chance * sum(logs(p[a]))));
}

// %% exercise="1" idea="all rows count the same" says="Weight each row"
export function unweighted(p: number[][]): number {
  return sum(p.map(entropy)) / p.length;
}

// %% exercise="1" idea="summed over the rows" says="return a weighted mean"
export function summedRows(p: number[][]): number {
  return sum(p.map(entropy));
}

// %% exercise="1" idea="in bits" says="return nats"
export function inBits(p: number[][]): number {
  return rateOf(p) / Math.LN2;
}

// %% exercise="1" idea="entropy of a single token" says="without its predecessor"
export function singleToken(p: number[][]): number {
  return entropy(stationaryOf(p));
}

// %% exercise="1" idea="sign forgotten" says="mind the sign"
export function negative(p: number[][]): number {
  return -rateOf(p);
}

// %% exercise="1" idea="0 ln 0" says="NaN comes from"
export function zeroLogZero(p: number[][]): number {
  return -sum(stationaryOf(p).flatMap((chance, a) => p[a].map(v => chance * v * Math.log(v))));
}

// %% exercise="1" idea="a tensor and no number" says="A tensor is no number yet"
export function rateAsTensor(p: number[][]): number {
  return tf.scalar(rateOf(p)) as unknown as number;
}

// %% exercise="2" idea="right"
export function attend(q: tf.Tensor2D, k: tf.Tensor2D, v: tf.Tensor2D, causal: boolean): tf.Tensor2D {
  const scores = tf.matMul(q, k, false, true).div(Math.sqrt(q.shape[1]));
  const past = tf.linalg.bandPart(tf.onesLike(scores), -1, 0);
  const seen = causal ? scores.add(tf.sub(past, 1).mul(1e9)) : scores;
  return tf.matMul(tf.softmax(seen) as tf.Tensor2D, v);
}

// %% exercise="2" idea="not scaled" says="Divide the scores by"
export function unscaled(q: tf.Tensor2D, k: tf.Tensor2D, v: tf.Tensor2D, causal: boolean): tf.Tensor2D {
  return attend(q.mul(Math.sqrt(q.shape[1])) as tf.Tensor2D, k, v, causal);
}

// %% exercise="2" idea="divided by d" says="expected"
export function dividedByWidth(q: tf.Tensor2D, k: tf.Tensor2D, v: tf.Tensor2D, causal: boolean): tf.Tensor2D {
  return attend(q.div(Math.sqrt(q.shape[1])) as tf.Tensor2D, k, v, causal);
}

// %% exercise="2" idea="no mask" says="The causal mask is missing"
export function neverCausal(q: tf.Tensor2D, k: tf.Tensor2D, v: tf.Tensor2D, _causal: boolean): tf.Tensor2D {
  return attend(q, k, v, false);
}

// %% exercise="2" idea="masked after the softmax" says="expected"
export function maskedAfter(q: tf.Tensor2D, k: tf.Tensor2D, v: tf.Tensor2D, causal: boolean): tf.Tensor2D {
  const weights = tf.softmax(tf.matMul(q, k, false, true).div(Math.sqrt(q.shape[1]))) as tf.Tensor2D;
  return tf.matMul(causal ? tf.linalg.bandPart(weights, -1, 0) : weights, v);
}

// %% exercise="2" idea="masked scores are 0" says="expected"
export function zeroScores(q: tf.Tensor2D, k: tf.Tensor2D, v: tf.Tensor2D, causal: boolean): tf.Tensor2D {
  const scores = tf.matMul(q, k, false, true).div(Math.sqrt(q.shape[1]));
  const seen = causal ? scores.mul(tf.linalg.bandPart(tf.onesLike(scores), -1, 0)) : scores;
  return tf.matMul(tf.softmax(seen) as tf.Tensor2D, v);
}

// %% exercise="2" idea="softmax over the queries" says="of each query add up to 1"
export function otherAxis(q: tf.Tensor2D, k: tf.Tensor2D, v: tf.Tensor2D, causal: boolean): tf.Tensor2D {
  const scores = tf.matMul(q, k, false, true).div(Math.sqrt(q.shape[1]));
  const seen = causal ? scores.add(lateScores(q.shape[0], -1e9)) : scores;
  return tf.matMul(tf.softmax(seen.transpose()).transpose() as tf.Tensor2D, v);
}

// %% exercise="2" idea="sees the future" says="That sees the future"
export function futureOnly(q: tf.Tensor2D, k: tf.Tensor2D, v: tf.Tensor2D, causal: boolean): tf.Tensor2D {
  const scores = tf.matMul(q, k, false, true).div(Math.sqrt(q.shape[1]));
  const seen = causal ? scores.add(lateScores(q.shape[0], -1e9).transpose()) : scores;
  return tf.matMul(tf.softmax(seen) as tf.Tensor2D, v);
}

// %% exercise="2" idea="the weights, not the mixed values" says="Expected is the shape"
export function weightsOnly(q: tf.Tensor2D, k: tf.Tensor2D, v: tf.Tensor2D, causal: boolean): tf.Tensor2D {
  const pattern = attend(q, k, tf.eye(v.shape[0]), causal);
  return tf.concat([pattern, tf.zeros([v.shape[0], v.shape[1] + 1])], 1) as tf.Tensor2D;
}

// %% exercise="3" idea="right"
export function maskedToken(
  p: number[][],
  { left, i, right, j }: { left: number; i: number; right: number; j: number },
): number[] {
  const sum = (list: number[]) => list.reduce((a, b) => a + b, 0);
  let before = p.map((_, b) => Number(b === left)); // of each token, i steps after left
  for (let n = 0; n < i; n++) before = before.map((_, b) => sum(before.map((chance, a) => chance * p[a][b])));
  let after = p.map((_, b) => Number(b === right)); // of right, j steps after each token
  for (let n = 0; n < j; n++) after = after.map((_, b) => sum(p[b].map((chance, c) => chance * after[c])));
  const parts = before.map((chance, b) => chance * after[b]);
  return parts.map(part => part / sum(parts));
}

// %% exercise="3" idea="not normalised" says="must add up to 1"
export function notNormalised(p: number[][], { left, i, right, j }: Places): number[] {
  const [before, after] = [powerOf(p, i), powerOf(p, j)];
  return p.map((_, b) => before[left][b] * after[b][right]);
}

// %% exercise="3" idea="left neighbour only" says="on the right as well"
export function leftOnly(p: number[][], { left, i }: Places): number[] {
  return powerOf(p, i)[left];
}

// %% exercise="3" idea="right neighbour only" says="on the left as well"
export function rightOnly(p: number[][], { right, j }: Places): number[] {
  return toUnit(powerOf(p, j).map(row => row[right]));
}

// %% exercise="3" idea="as if both were next to it" says="The distances matter"
export function ignoresDistances(p: number[][], { left, right }: Places): number[] {
  return toUnit(p.map((row, b) => p[left][b] * row[right]));
}

// %% exercise="3" idea="from the right token backwards" says="from the masked token to the right one"
export function wrongDirection(p: number[][], { left, i, right, j }: Places): number[] {
  const [before, after] = [powerOf(p, i), powerOf(p, j)];
  return toUnit(p.map((_, b) => before[left][b] * after[right][b]));
}

// %% exercise="3" idea="the mean of the two predictions" says="expected"
export function meanOfBoth(p: number[][], { left, i, right, j }: Places): number[] {
  const back = toUnit(powerOf(p, j).map(row => row[right]));
  return powerOf(p, i)[left].map((chance, b) => (chance + back[b]) / 2);
}

// %% exercise="3" idea="distances exchanged" says="expected"
export function exchangedDistances(p: number[][], { left, i, right, j }: Places): number[] {
  return maskedToken(p, { left, i: j + 1, right, j: i });
}

// %% exercise="3" idea="a tensor and no list" says="A tensor is no list yet"
export function asTensor(p: number[][], seen: Places): number[] {
  return tf.tensor1d(maskedToken(p, seen)) as unknown as number[];
}

// %% exercise="4" idea="right"
export function codeNeeded(p: number[][], T: number, noise: number): number[] {
  const sum = (list: number[]) => list.reduce((a, b) => a + b, 0);
  const entropy = (q: number[]) => -sum(q.map(v => (v > 0 ? v * Math.log(v) : 0)));
  let q = p.map(() => 1 / p.length);
  for (let i = 0; i < 5000; i++) q = q.map((mass, b) => (mass + sum(q.map((value, a) => value * p[a][b]))) / 2);
  const information = entropy(q) + (T - 1) * sum(q.map((chance, a) => chance * entropy(p[a])));
  return [information, Math.ceil((2 * information) / Math.log(1 + 1 / noise ** 2))];
}

// %% exercise="4" idea="rounded down" says="not down"
export function roundedDown(p: number[][], T: number, noise: number): number[] {
  const [information, numbers] = codeNeeded(p, T, noise) as [number, number];
  return [information, numbers - 1];
}

// %% exercise="4" idea="not rounded" says="no half number"
export function notRounded(p: number[][], T: number, noise: number): number[] {
  const information = entropy(stationaryOf(p)) + (T - 1) * rateOf(p);
  return [information, (2 * information) / Math.log(1 + 1 / noise ** 2)];
}

// %% exercise="4" idea="nats against bits" says="bits with bits"
export function mixedUnits(p: number[][], T: number, noise: number): number[] {
  const [information, numbers] = notRounded(p, T, noise) as [number, number];
  return [information, Math.ceil(numbers * Math.LN2)];
}

// %% exercise="4" idea="tokens taken as independent" says="Use the entropy rate"
export function independent(p: number[][], T: number, noise: number): number[] {
  const information = T * entropy(stationaryOf(p));
  return [information, Math.ceil((2 * information) / Math.log(1 + 1 / noise ** 2))];
}

// %% exercise="4" idea="the first token like all others" says="has no predecessor"
export function firstLikeOthers(p: number[][], T: number, noise: number): number[] {
  const information = T * rateOf(p);
  return [information, Math.ceil((2 * information) / Math.log(1 + 1 / noise ** 2))];
}

// %% exercise="4" idea="the half is missing" says="Mind the ½"
export function withoutHalf(p: number[][], T: number, noise: number): number[] {
  const [information, numbers] = notRounded(p, T, noise) as [number, number];
  return [information, Math.ceil(numbers / 2)];
}

// %% exercise="4" idea="a number for each token" says="expected"
export function oneForEach(p: number[][], T: number, noise: number): number[] {
  return [codeNeeded(p, T, noise)[0] as number, T];
}

// %% exercise="4" idea="the numbers alone" says="expected"
export function numbersAlone(p: number[][], T: number, noise: number): number[] {
  return codeNeeded(p, T, noise).slice(1);
}

// %% exercise="5" idea="right"
export function whoSeesWhom(f: (x: tf.Tensor2D) => tf.Tensor2D, x: tf.Tensor2D): number[][] {
  const [T, d] = x.shape;
  const before = f(x);
  const columns = Array.from({ length: T }, (_, s) => {
    const change = tf.randomNormal([1, d]).pad([
      [s, T - 1 - s],
      [0, 0],
    ]);
    const moved = tf
      .sub(f(tf.add(x, change)), before)
      .abs()
      .max(1);
    return Array.from(moved.dataSync(), size => Number(size > 1e-5));
  });
  return columns.map((_, t) => columns.map(column => column[t]));
}

// %% exercise="5" idea="transposed" says="Rows are outputs"
export function transposed(f: (x: tf.Tensor2D) => tf.Tensor2D, x: tf.Tensor2D): number[][] {
  const table = whoSeesWhom(f, x);
  return table.map((_, s) => table.map(row => row[s]));
}

// %% exercise="5" idea="taken as causal" says="Not every network is causal"
export function takenAsCausal(_f: (x: tf.Tensor2D) => tf.Tensor2D, x: tf.Tensor2D): number[][] {
  const all = Array.from({ length: x.shape[0] }, (_, t) => t);
  return all.map(t => all.map(s => Number(s <= t)));
}

// %% exercise="5" idea="each sees itself" says="Its own position"
export function seesItself(f: (x: tf.Tensor2D) => tf.Tensor2D, x: tf.Tensor2D): number[][] {
  return whoSeesWhom(f, x).map((row, t) => row.map((value, s) => (s === t ? 1 : value)));
}

// %% exercise="5" idea="1 for what is not seen" says="1 stands for"
export function inverted(f: (x: tf.Tensor2D) => tf.Tensor2D, x: tf.Tensor2D): number[][] {
  return whoSeesWhom(f, x).map(row => row.map(value => 1 - value));
}

// %% exercise="5" idea="only earlier positions tried" says="Try the later positions"
export function onlyEarlier(f: (x: tf.Tensor2D) => tf.Tensor2D, x: tf.Tensor2D): number[][] {
  return whoSeesWhom(f, x).map((row, t) => row.map((value, s) => (s <= t ? value : 0)));
}

// %% exercise="5" idea="only the first number of a position changed" says="change each"
export function firstChanged(f: (x: tf.Tensor2D) => tf.Tensor2D, x: tf.Tensor2D): number[][] {
  const [T, d] = x.shape;
  const columns = Array.from({ length: T }, (_, s) => {
    const change = tf.oneHot(tf.tensor1d([s * d], "int32"), T * d).reshape([T, d]);
    const moved = tf
      .sub(f(tf.add(x, change)), f(x))
      .abs()
      .max(1);
    return Array.from(moved.dataSync(), size => Number(size > 1e-5));
  });
  return columns.map((_, t) => columns.map(column => column[t]));
}

// %% exercise="5" idea="only the first number of an output read" says="all numbers of an output"
export function firstRead(f: (x: tf.Tensor2D) => tf.Tensor2D, x: tf.Tensor2D): number[][] {
  return measuredBy(moved => moved.slice([0, 0], [-1, 1]).flatten())(f, x);
}

// %% exercise="5" idea="sums of an output compared" says="In a sum the changes cancel"
export function sumsCompared(f: (x: tf.Tensor2D) => tf.Tensor2D, x: tf.Tensor2D): number[][] {
  return measuredBy(moved => moved.sum(1))(f, x);
}

// %% exercise="5" idea="only rises of an output counted" says="expected"
export function risesCounted(f: (x: tf.Tensor2D) => tf.Tensor2D, x: tf.Tensor2D): number[][] {
  return measuredBy(moved => moved.max(1).relu())(f, x);
}

// %% exercise="5" idea="sizes of the changes" says="expected"
export function sizesOfChanges(f: (x: tf.Tensor2D) => tf.Tensor2D, x: tf.Tensor2D): number[][] {
  return whoSeesWhom(f, x).map(row => row.map(value => 0.37 * value));
}

// %% idea="what all solutions share"
import { classical, linalg, tf } from "latent";

interface Probed {
  codes: tf.Tensor2D;
  values: number[];
}
interface Coder {
  encode(x: tf.Tensor2D): tf.Tensor2D;
  decode(z: tf.Tensor2D): tf.Tensor2D;
}
interface Ends {
  a: tf.Tensor2D;
  b: tf.Tensor2D;
}
type Change = "rotated" | "shifted" | "scaled" | "sheared" | "bent";
type Measure = "probe" | "neighbours" | "CKA";

const average = (list: number[]) => list.reduce((sum, value) => sum + value, 0) / list.length;
const withIntercept = (z: tf.Tensor2D): tf.Tensor2D => tf.concat([z, tf.ones([z.shape[0], 1])], 1);

/** Least squares without an intercept, read at other rows. */
function predictions(z: tf.Tensor2D, y: number[], at: tf.Tensor2D): number[] {
  const { u, s, v } = linalg.svd(z);
  const right: tf.Tensor2D = tf.matMul(u, tf.tensor2d(y, [y.length, 1]), true);
  return Array.from(tf.matMul(at, tf.matMul(v.div(s), right)).dataSync());
}

const squaredMisses = (found: number[], y: number[]) => average(found.map((value, i) => (value - (y[i] ?? 0)) ** 2));
const varianceOf = (y: number[]) => average(y.map(value => (value - average(y)) ** 2));

/** Distance of each row of `a` to its nearest row of `b`. */
function toNearest(a: tf.Tensor2D, b: tf.Tensor2D): number[] {
  return classical.nearestNeighbours(a, b, 1).distances.map(row => row[0] as number);
}

/** Rows from a to b in equal steps, both ends included. */
function straight(a: tf.Tensor2D, b: tf.Tensor2D, steps: number): tf.Tensor2D {
  const shares = Array.from({ length: steps + 1 }, (_, i) => i / steps);
  return tf.concat(shares.map(t => tf.add(tf.mul(a, 1 - t), tf.mul(b, t)))) as tf.Tensor2D;
}

/** What stays as it was, of each measure. */
const kept: Record<Measure, Change[]> = {
  probe: ["rotated", "shifted", "scaled", "sheared"],
  neighbours: ["rotated", "shifted", "scaled"],
  CKA: ["rotated", "shifted", "scaled"],
};

// %% exercise="1" idea="right"
export function readable(training: Probed, fresh: Probed): number {
  const ones = (z: tf.Tensor2D): tf.Tensor2D => tf.concat([z, tf.ones([z.shape[0], 1])], 1);
  const { u, s, v } = linalg.svd(ones(training.codes));
  const values = tf.tensor2d(training.values, [training.values.length, 1]);
  const weights: tf.Tensor2D = tf.matMul(v.div(s), tf.matMul(u, values, true)); // w, then b
  const found = tf.matMul(ones(fresh.codes), weights).as1D();
  const wanted = tf.tensor1d(fresh.values);
  const error = tf.mean(tf.squaredDifference(found, wanted));
  return 1 - (error.div(tf.moments(wanted).variance).dataSync()[0] as number);
}

// %% exercise="1" idea="no intercept" says="needs an intercept"
export function throughZero(training: Probed, fresh: Probed): number {
  const found = predictions(training.codes, training.values, fresh.codes);
  return 1 - squaredMisses(found, fresh.values) / varianceOf(fresh.values);
}

// %% exercise="1" idea="measured on the training codes" says="Measure on the new codes"
export function onTraining(training: Probed): number {
  const z = withIntercept(training.codes);
  return 1 - squaredMisses(predictions(z, training.values, z), training.values) / varianceOf(training.values);
}

// %% exercise="1" idea="what is left" says="the share that is left"
export function shareLeft(training: Probed, fresh: Probed): number {
  return 1 - readable(training, fresh);
}

// %% exercise="1" idea="variance of the training values" says="variance of the new values"
export function otherVariance(training: Probed, fresh: Probed): number {
  const found = predictions(withIntercept(training.codes), training.values, withIntercept(fresh.codes));
  return 1 - squaredMisses(found, fresh.values) / varianceOf(training.values);
}

// %% exercise="1" idea="mean squared error" says="expected"
export function onlyTheError(training: Probed, fresh: Probed): number {
  const found = predictions(withIntercept(training.codes), training.values, withIntercept(fresh.codes));
  return squaredMisses(found, fresh.values);
}

// %% exercise="1" idea="variance with n − 1" says="expected"
export function sampleVariance(training: Probed, fresh: Probed): number {
  const n = fresh.values.length;
  return 1 - ((1 - readable(training, fresh)) * (n - 1)) / n;
}

// %% exercise="1" idea="squared correlation" says="expected"
export function correlation(training: Probed, fresh: Probed): number {
  const found = predictions(withIntercept(training.codes), training.values, withIntercept(fresh.codes));
  const [a, b] = [found.map(v => v - average(found)), fresh.values.map(v => v - average(fresh.values))];
  const product = average(a.map((value, i) => value * (b[i] as number)));
  return product ** 2 / (varianceOf(found) * varianceOf(fresh.values));
}

// %% exercise="1" idea="fitted to the new codes" says="expected"
export function fittedAnew(_training: Probed, fresh: Probed): number {
  return readable(fresh, fresh);
}

// %% exercise="1" idea="variance of what is missed" says="expected"
export function onlyTheScatter(training: Probed, fresh: Probed): number {
  const found = predictions(withIntercept(training.codes), training.values, withIntercept(fresh.codes));
  return 1 - varianceOf(found.map((value, i) => value - (fresh.values[i] as number))) / varianceOf(fresh.values);
}

// %% exercise="1" idea="centred by the mean of the new codes" says="expected"
export function centredAnew(training: Probed, fresh: Probed): number {
  const centred = (z: tf.Tensor2D): tf.Tensor2D => tf.sub(z, tf.mean(z, 0));
  const middle = average(training.values);
  const off = training.values.map(value => value - middle);
  const found = predictions(centred(training.codes), off, centred(fresh.codes)).map(value => value + middle);
  return 1 - squaredMisses(found, fresh.values) / varianceOf(fresh.values);
}

// %% exercise="2" idea="right"
export function failures(real: tf.Tensor2D, drawn: tf.Tensor2D, radius: number): number[] {
  const far = (from: tf.Tensor2D, to: tf.Tensor2D) => {
    const { distances } = classical.nearestNeighbours(from, to, 1);
    return distances.filter(([nearest]) => (nearest as number) > radius).length / from.shape[0];
  };
  return [far(drawn, real), far(real, drawn)];
}

// %% exercise="2" idea="in the other order" says="Holes first"
export function otherOrder(real: tf.Tensor2D, drawn: tf.Tensor2D, radius: number): number[] {
  return failures(real, drawn, radius).toReversed();
}

// %% exercise="2" idea="far from some code" says="take the nearest"
export function farFromSome(real: tf.Tensor2D, drawn: tf.Tensor2D, radius: number): number[] {
  const far = (a: tf.Tensor2D, b: tf.Tensor2D) => {
    const distances = classical.nearestNeighbours(a, b, b.shape[0]).distances;
    return distances.filter(row => (row.at(-1) as number) > radius).length / a.shape[0];
  };
  return [far(drawn, real), far(real, drawn)];
}

// %% exercise="2" idea="the shares within" says="within the radius"
export function within(real: tf.Tensor2D, drawn: tf.Tensor2D, radius: number): number[] {
  return failures(real, drawn, radius).map(share => 1 - share);
}

// %% exercise="2" idea="counts" says="return shares"
export function counts(real: tf.Tensor2D, drawn: tf.Tensor2D, radius: number): number[] {
  const [holes, missed] = failures(real, drawn, radius) as [number, number];
  return [holes * drawn.shape[0], missed * real.shape[0]];
}

// %% exercise="2" idea="the first number of a code alone" says="expected"
export function firstNumber(real: tf.Tensor2D, drawn: tf.Tensor2D, radius: number): number[] {
  const [some, others] = [real, drawn].map(z => z.slice([0, 0], [-1, 1])) as [tf.Tensor2D, tf.Tensor2D];
  const [holes = 0] = failures(some, others, radius);
  return [holes, holes];
}

// %% exercise="2" idea="squared distance" says="expected"
export function squaredDistance(real: tf.Tensor2D, drawn: tf.Tensor2D, radius: number): number[] {
  return failures(real, drawn, Math.sqrt(radius));
}

// %% exercise="2" idea="one direction for both" says="the other direction"
export function oneDirection(real: tf.Tensor2D, drawn: tf.Tensor2D, radius: number): number[] {
  const [holes] = failures(real, drawn, radius) as [number, number];
  return [holes, holes];
}

// %% exercise="2" idea="percent" says="expected"
export function inPercent(real: tf.Tensor2D, drawn: tf.Tensor2D, radius: number): number[] {
  return failures(real, drawn, radius).map(share => 100 * share);
}

// %% exercise="2" idea="distance to the mean of the codes" says="expected"
export function fromTheMean(real: tf.Tensor2D, drawn: tf.Tensor2D, radius: number): number[] {
  const middle = (z: tf.Tensor2D): tf.Tensor2D => tf.mean(z, 0, true);
  const far = (list: number[]) => list.filter(distance => distance > radius).length / list.length;
  return [far(toNearest(drawn, middle(real))), far(toNearest(real, middle(drawn)))];
}

// %% exercise="2" idea="both as shares of the drawn codes" says="expected"
export function ofTheDrawn(real: tf.Tensor2D, drawn: tf.Tensor2D, radius: number): number[] {
  const [holes, missed] = failures(real, drawn, radius) as [number, number];
  return [holes, (missed * real.shape[0]) / drawn.shape[0]];
}

// %% exercise="2" idea="among themselves" says="expected"
export function amongThemselves(real: tf.Tensor2D, drawn: tf.Tensor2D, radius: number): number[] {
  const lonely = (z: tf.Tensor2D) =>
    average(classical.nearestNeighbours(z, z, 2).distances.map(row => Number((row[1] as number) > radius)));
  return [lonely(drawn), lonely(real)];
}

// %% exercise="3" idea="right"
export function alongPath(coder: Coder, { a, b }: Ends, steps: number, examples: tf.Tensor2D): number[] {
  const [start, end] = [coder.encode(a), coder.encode(b)];
  const shares = Array.from({ length: steps + 1 }, (_, i) => i / steps);
  const codes = shares.map(t => tf.add(tf.mul(start, 1 - t), tf.mul(end, t)));
  const images = coder.decode(tf.concat(codes) as tf.Tensor2D);
  return classical.nearestNeighbours(images, examples, 1).distances.map(([nearest]) => nearest as number);
}

// %% exercise="3" idea="blend of the pixels" says="not pixels"
export function pixelBlend(_coder: Coder, { a, b }: Ends, steps: number, examples: tf.Tensor2D): number[] {
  return toNearest(straight(a, b, steps), examples);
}

// %% exercise="3" idea="blend of the decoded ends" says="not decoded images"
export function decodedBlend(
  { encode, decode }: Coder,
  { a, b }: Ends,
  steps: number,
  examples: tf.Tensor2D,
): number[] {
  return toNearest(straight(decode(encode(a)), decode(encode(b)), steps), examples);
}

// %% exercise="3" idea="codes of a blend" says="Encode first"
export function codesOfBlend(
  { encode, decode }: Coder,
  { a, b }: Ends,
  steps: number,
  examples: tf.Tensor2D,
): number[] {
  return toNearest(decode(encode(straight(a, b, steps))), examples);
}

// %% exercise="3" idea="distance between codes" says="not codes"
export function betweenCodes({ encode }: Coder, { a, b }: Ends, steps: number, examples: tf.Tensor2D): number[] {
  return toNearest(straight(encode(a), encode(b), steps), encode(examples));
}

// %% exercise="3" idea="reconstructed examples" says="expected"
export function toReconstructed(coder: Coder, ends: Ends, steps: number, examples: tf.Tensor2D): number[] {
  return alongPath(coder, ends, steps, coder.decode(coder.encode(examples)));
}

// %% exercise="3" idea="image of the nearest code" says="expected"
export function ofNearestCode(
  { encode, decode }: Coder,
  { a, b }: Ends,
  steps: number,
  examples: tf.Tensor2D,
): number[] {
  const codes = straight(encode(a), encode(b), steps);
  const { indices } = classical.nearestNeighbours(codes, encode(examples), 1);
  const near = tf.gather(
    examples,
    indices.map(([i]) => i as number),
  );
  return Array.from(tf.norm(tf.sub(decode(codes), near), "euclidean", 1).dataSync());
}

// %% exercise="3" idea="to the example that is nearest to the start" says="expected"
export function nearestToStart(
  { encode, decode }: Coder,
  { a, b }: Ends,
  steps: number,
  examples: tf.Tensor2D,
): number[] {
  const images = decode(straight(encode(a), encode(b), steps));
  const { indices } = classical.nearestNeighbours(images.slice([0, 0], [1, -1]), examples, 1);
  return toNearest(images, examples.slice([indices[0]?.[0] ?? 0, 0], [1, -1]));
}

// %% exercise="3" idea="to the ends" says="expected"
export function toTheEnds({ encode, decode }: Coder, { a, b }: Ends, steps: number): number[] {
  return toNearest(decode(straight(encode(a), encode(b), steps)), tf.concat([a, b]) as tf.Tensor2D);
}

// %% exercise="3" idea="squared distances" says="expected"
export function squaredAlong(coder: Coder, ends: Ends, steps: number, examples: tf.Tensor2D): number[] {
  return alongPath(coder, ends, steps, examples).map(distance => distance ** 2);
}

// %% exercise="3" idea="from b to a" says="Begin at a"
export function backwards(coder: Coder, { a, b }: Ends, steps: number, examples: tf.Tensor2D): number[] {
  return alongPath(coder, { a: b, b: a }, steps, examples);
}

// %% exercise="3" idea="mean distance" says="expected"
export function meanDistance(
  { encode, decode }: Coder,
  { a, b }: Ends,
  steps: number,
  examples: tf.Tensor2D,
): number[] {
  const path = decode(straight(encode(a), encode(b), steps));
  return classical.nearestNeighbours(path, examples, examples.shape[0]).distances.map(average);
}

// %% exercise="3" idea="without the ends" says="numbers, not"
export function withoutEnds(coder: Coder, ends: Ends, steps: number, examples: tf.Tensor2D): number[] {
  return alongPath(coder, ends, steps, examples).slice(1, -1);
}

// %% exercise="3" idea="one step too few" says="numbers, not"
export function oneTooFew(coder: Coder, ends: Ends, steps: number, examples: tf.Tensor2D): number[] {
  return alongPath(coder, ends, steps - 1, examples);
}

// %% exercise="4" idea="right"
export function staysSame(changes: Change[], measure: Measure): number[] {
  const changesIt: Record<Measure, Change[]> = {
    probe: ["bent"], // new weights undo every invertible linear change
    neighbours: ["sheared", "bent"],
    CKA: ["sheared", "bent"],
  };
  return changes.map(change => (changesIt[measure].includes(change) ? 0 : 1));
}

// %% exercise="4" idea="a probe minds a shear" says="which undo a shear"
export function probeMindsShear(changes: Change[], measure: Measure): number[] {
  const changed = (change: Change) => measure === "probe" && change === "sheared";
  return changes.map(change => (kept[measure].includes(change) && !changed(change) ? 1 : 0));
}

// %% exercise="4" idea="neighbours survive a shear" says="which distance is smaller"
export function neighboursSurvive(changes: Change[], measure: Measure): number[] {
  const same = (change: Change) => measure === "neighbours" && change === "sheared";
  return changes.map(change => (kept[measure].includes(change) || same(change) ? 1 : 0));
}

// %% exercise="4" idea="CKA survives a shear" says="CKA notices"
export function ckaSurvives(changes: Change[], measure: Measure): number[] {
  const same = (change: Change) => measure === "CKA" && change === "sheared";
  return changes.map(change => (kept[measure].includes(change) || same(change) ? 1 : 0));
}

// %% exercise="4" idea="CKA survives tanh" says="expected"
export function ckaSurvivesTanh(changes: Change[], measure: Measure): number[] {
  const same = (change: Change) => measure === "CKA" && change === "bent";
  return changes.map(change => (kept[measure].includes(change) || same(change) ? 1 : 0));
}

// %% exercise="4" idea="CKA minds the scale" says="expected"
export function ckaMindsScale(changes: Change[], measure: Measure): number[] {
  const changed = (change: Change) => measure === "CKA" && change === "scaled";
  return changes.map(change => (kept[measure].includes(change) && !changed(change) ? 1 : 0));
}

// %% exercise="4" idea="CKA minds a shift" says="expected"
export function ckaMindsShift(changes: Change[], measure: Measure): number[] {
  const changed = (change: Change) => measure === "CKA" && change === "shifted";
  return changes.map(change => (kept[measure].includes(change) && !changed(change) ? 1 : 0));
}

// %% exercise="4" idea="neighbours mind the scale" says="expected"
export function neighboursMindScale(changes: Change[], measure: Measure): number[] {
  const changed = (change: Change) => measure === "neighbours" && change === "scaled";
  return changes.map(change => (kept[measure].includes(change) && !changed(change) ? 1 : 0));
}

// %% exercise="4" idea="a probe undoes tanh" says="expected"
export function probeUndoesTanh(changes: Change[], measure: Measure): number[] {
  const same = (change: Change) => measure === "probe" && change === "bent";
  return changes.map(change => (kept[measure].includes(change) || same(change) ? 1 : 0));
}

// %% exercise="4" idea="neighbours survive tanh" says="expected"
export function neighboursSurviveTanh(changes: Change[], measure: Measure): number[] {
  const same = (change: Change) => measure === "neighbours" && change === "bent";
  return changes.map(change => (kept[measure].includes(change) || same(change) ? 1 : 0));
}

// %% exercise="4" idea="only a rotation changes nothing" says="expected"
export function onlyRotation(changes: Change[]): number[] {
  return changes.map(change => (change === "rotated" ? 1 : 0));
}

// %% exercise="5" idea="right"
export function unnoticed(mean: tf.Tensor1D, axes: tf.Tensor2D, distance: number): tf.Tensor1D {
  const first = axes.slice([0, 0], [-1, 1]).as1D();
  return tf.add(mean, first.mul(distance));
}

// %% exercise="5" idea="the mean" says="go away from it"
export function theMean(mean: tf.Tensor1D): tf.Tensor1D {
  return mean.clone();
}

// %% exercise="5" idea="at right angles to the axes" says="At right angles"
export function atRightAngles(mean: tf.Tensor1D, axes: tf.Tensor2D, distance: number): tf.Tensor1D {
  const start = tf.ones([1, mean.shape[0]]) as tf.Tensor2D;
  const outside: tf.Tensor2D = tf.sub(start, tf.matMul(tf.matMul(start, axes), axes, false, true));
  return tf.add(mean, outside.div(outside.norm()).mul(distance).as1D());
}

// %% exercise="5" idea="starts at zero" says="Start at the mean"
export function fromZero(_mean: tf.Tensor1D, axes: tf.Tensor2D, distance: number): tf.Tensor1D {
  return axes.slice([0, 0], [-1, 1]).as1D().mul(distance);
}

// %% exercise="5" idea="one length along the axis" says="along it"
export function oneLength(mean: tf.Tensor1D, axes: tf.Tensor2D): tf.Tensor1D {
  return tf.add(mean, axes.slice([0, 0], [-1, 1]).as1D());
}

// %% exercise="5" idea="further along the mean" says="expected"
export function alongTheMean(mean: tf.Tensor1D, _axes: tf.Tensor2D, distance: number): tf.Tensor1D {
  return tf.mul(mean, tf.add(1, tf.div(distance, mean.norm())));
}

// %% exercise="5" idea="squared distance" says="expected"
export function squareOfIt(mean: tf.Tensor1D, axes: tf.Tensor2D, distance: number): tf.Tensor1D {
  return unnoticed(mean, axes, distance ** 2);
}

// %% exercise="5" idea="a row instead of a column" says="expected"
export function pixelAxis(mean: tf.Tensor1D, _axes: tf.Tensor2D, distance: number): tf.Tensor1D {
  return tf.add(
    mean,
    tf
      .oneHot(tf.tensor1d([0], "int32"), mean.shape[0])
      .as1D()
      .mul(distance),
  );
}

// %% exercise="5" idea="all axes at once, each for the whole distance" says="expected"
export function allAxes(mean: tf.Tensor1D, axes: tf.Tensor2D, distance: number): tf.Tensor1D {
  return tf.add(mean, tf.sum(axes, 1).mul(distance)) as tf.Tensor1D;
}

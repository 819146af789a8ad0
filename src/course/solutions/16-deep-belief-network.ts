// %% idea="what all solutions share"
import { classical, data, tf } from "latent";

type Rbm = classical.rbm.RbmParameters;
type Below = Pick<Rbm, "weights" | "visibleBias">;

const added = (list: number[]) => list.reduce((sum, value) => sum + value, 0);
const at = (list: number[], i: number) => list[i] as number;
const up = (h: tf.Tensor2D, { weights, hiddenBias }: Rbm): tf.Tensor2D =>
  tf.sigmoid(tf.add(tf.matMul(h, weights), hiddenBias));
const down = (h: tf.Tensor2D, { weights, visibleBias }: Rbm): tf.Tensor2D =>
  tf.sigmoid(tf.add(tf.matMul(h, weights, false, true), visibleBias));

/** vᵀl of every row and every code, [N, K], and Σ log(1 + e^l) of every code, [K]. */
function partsOfLogGiven(v: tf.Tensor2D, { weights, visibleBias }: Below, codes: tf.Tensor2D) {
  const logits: tf.Tensor2D = tf.add(tf.matMul(codes, weights, false, true), visibleBias);
  return { linear: tf.matMul(v, logits, false, true), normaliser: tf.sum(tf.softplus(logits), 1) };
}

/** −F(h, y) of every row and every label, [N, C]. */
function minusEnergies(h: tf.Tensor2D, machine: Rbm): tf.Tensor2D {
  const [n, m] = h.shape;
  const classes = machine.weights.shape[0] - m;
  const of = (y: number) => {
    const label = tf.tile(data.oneHot([y], classes), [n, 1]);
    return tf.neg(classical.rbm.freeEnergy(machine, tf.concat([h, label], 1) as tf.Tensor2D));
  };
  return tf.transpose(tf.stack(Array.from({ length: classes }, (_, y) => of(y)))) as tf.Tensor2D;
}

/** log q(h | v) of every row and every code, [N, K]. */
function logPosterior(r: tf.Tensor2D, codes: tf.Tensor2D): tf.Tensor2D {
  const off = tf.matMul(tf.log(tf.sub(1, r)) as tf.Tensor2D, tf.sub(1, codes) as tf.Tensor2D, false, true);
  return tf.add(tf.matMul(tf.log(r), codes, false, true), off);
}

interface Cascade {
  logGiven: tf.Tensor2D;
  logPrior: tf.Tensor1D;
  codes: tf.Tensor2D;
}

// %% exercise="1" idea="right"
export function upDown(v: tf.Tensor2D, machines: classical.rbm.RbmParameters[]): tf.Tensor2D {
  let h = v;
  for (const { weights, hiddenBias } of machines) h = tf.sigmoid(tf.add(tf.matMul(h, weights), hiddenBias));
  for (const { weights, visibleBias } of [...machines].reverse())
    h = tf.sigmoid(tf.add(tf.matMul(h, weights, false, true), visibleBias));
  return h;
}

// %% exercise="1" idea="only the lowest machine" says="Go through all machines"
export function lowestOnly(v: tf.Tensor2D, machines: Rbm[]): tf.Tensor2D {
  const lowest = machines[0] as Rbm;
  return down(up(v, lowest), lowest);
}

// %% exercise="1" idea="no biases on the way down" says="The way down has biases too."
export function downWithoutBias(v: tf.Tensor2D, machines: Rbm[]): tf.Tensor2D {
  const above = machines.reduce(up, v);
  return machines.reduceRight((h, { weights }) => tf.sigmoid(tf.matMul(h, weights, false, true)), above);
}

// %% exercise="1" idea="no biases on the way up" says="The way up has biases too."
export function upWithoutBias(v: tf.Tensor2D, machines: Rbm[]): tf.Tensor2D {
  const above = machines.reduce((h, { weights }) => tf.sigmoid(tf.matMul(h, weights)), v);
  return machines.reduceRight(down, above);
}

// %% exercise="1" idea="logits in place of probabilities" says="expected a tensor"
export function logitsOnly(v: tf.Tensor2D, machines: Rbm[]): tf.Tensor2D {
  const above = machines.reduce<tf.Tensor2D>((h, r) => tf.add(tf.matMul(h, r.weights), r.hiddenBias), v);
  return machines.reduceRight<tf.Tensor2D>(
    (h, r) => tf.add(tf.matMul(h, r.weights, false, true), r.visibleBias),
    above,
  );
}

// %% exercise="1" idea="down in the order of the way up" says="stopped with an error"
export function downInTheSameOrder(v: tf.Tensor2D, machines: Rbm[]): tf.Tensor2D {
  return machines.reduce(down, machines.reduce(up, v));
}

// %% exercise="1" idea="states of 0 and 1 on the way" says="expected a tensor"
export function rounded(v: tf.Tensor2D, machines: Rbm[]): tf.Tensor2D {
  const above = machines.reduce((h, r) => tf.round(up(h, r)), v);
  return machines.reduceRight(down, above);
}

// %% exercise="2" idea="right"
interface First {
  weights: tf.Tensor2D;
  visibleBias: tf.Tensor1D;
}
export function cascade(v: tf.Tensor2D, below: First, codes: tf.Tensor2D, energies: tf.Tensor1D): tf.Tensor1D {
  const logits: tf.Tensor2D = tf.add(tf.matMul(codes, below.weights, false, true), below.visibleBias);
  const given = tf.sub(tf.matMul(v, logits, false, true), tf.sum(tf.softplus(logits), 1));
  return tf.logSumExp(tf.add(given, tf.logSoftmax(tf.neg(energies))), 1);
}

// %% exercise="2" idea="p(v | h) is not normalised" says="subtract Σ log(1 + e^l)"
export function unnormalisedGiven(v: tf.Tensor2D, below: Below, codes: tf.Tensor2D, energies: tf.Tensor1D) {
  const { linear } = partsOfLogGiven(v, below, codes);
  return tf.logSumExp(tf.add(linear, tf.logSoftmax(tf.neg(energies))), 1);
}

// %% exercise="2" idea="p₂ is not normalised" says="divide by its Z"
export function unnormalisedPrior(v: tf.Tensor2D, below: Below, codes: tf.Tensor2D, energies: tf.Tensor1D) {
  const { linear, normaliser } = partsOfLogGiven(v, below, codes);
  return tf.logSumExp(tf.sub(tf.sub(linear, normaliser), energies), 1);
}

// %% exercise="2" idea="the energy with the wrong sign" says="A low free energy means a likely code"
export function turnedEnergy(v: tf.Tensor2D, below: Below, codes: tf.Tensor2D, energies: tf.Tensor1D) {
  const { linear, normaliser } = partsOfLogGiven(v, below, codes);
  return tf.logSumExp(tf.add(tf.sub(linear, normaliser), tf.logSoftmax(energies)), 1);
}

// %% exercise="2" idea="the mean of the logarithms" says="Average probabilities, not logarithms."
export function meanOfLogarithms(v: tf.Tensor2D, below: Below, codes: tf.Tensor2D, energies: tf.Tensor1D) {
  const { linear, normaliser } = partsOfLogGiven(v, below, codes);
  return tf.sum(tf.mul(tf.sub(linear, normaliser), tf.softmax(tf.neg(energies))), 1);
}

// %% exercise="2" idea="all codes equally likely" says="expected a tensor"
export function uniformCodes(v: tf.Tensor2D, below: Below, codes: tf.Tensor2D, energies: tf.Tensor1D) {
  const { linear, normaliser } = partsOfLogGiven(v, below, codes);
  return tf.sub(tf.logSumExp(tf.sub(linear, normaliser), 1), Math.log(energies.size));
}

// %% exercise="2" idea="the probability, not its logarithm" says="expected a tensor"
export function probabilityItself(v: tf.Tensor2D, below: Below, codes: tf.Tensor2D, energies: tf.Tensor1D) {
  const { linear, normaliser } = partsOfLogGiven(v, below, codes);
  return tf.exp(tf.logSumExp(tf.add(tf.sub(linear, normaliser), tf.logSoftmax(tf.neg(energies))), 1));
}

// %% exercise="3" idea="right"
export function changeByExtraUnits(extra: number[]): [logZ: number, logP: number] {
  return [extra.reduce((sum, c) => sum + Math.log(1 + Math.exp(c)), 0), 0];
}

// %% exercise="3" idea="the sum of the biases" says="A unit is on or off"
export function sumOfBiases(extra: number[]) {
  return [added(extra), 0];
}

// %% exercise="3" idea="two states each" says="That holds for biases of 0."
export function twoStatesEach(extra: number[]) {
  return [extra.length * Math.log(2), 0];
}

// %% exercise="3" idea="log p falls by as much" says="p stays"
export function falls(extra: number[]) {
  const rise = added(extra.map(c => Math.log(1 + Math.exp(c))));
  return [rise, -rise];
}

// %% exercise="3" idea="nothing changes" says="still multiplies Z"
export function nothing(_extra: number[]) {
  return [0, 0];
}

// %% exercise="3" idea="terms added in place of factors" says="expected ["
export function addedTerms(extra: number[]) {
  return [Math.log(added(extra.map(c => 1 + Math.exp(c)))), 0];
}

// %% exercise="3" idea="the other order" says="expected ["
export function otherOrder(extra: number[]) {
  return [0, added(extra.map(c => Math.log(1 + Math.exp(c))))];
}

// %% exercise="4" idea="right"
export function classOf(h: tf.Tensor2D, machine: classical.rbm.RbmParameters): tf.Tensor2D {
  const [n, m] = h.shape;
  const count = machine.weights.shape[0] - m;
  const logits = Array.from({ length: count }, (_, y) => {
    const label = tf.tile(data.oneHot([y], count), [n, 1]);
    return tf.neg(classical.rbm.freeEnergy(machine, tf.concat([h, label], 1) as tf.Tensor2D));
  });
  return tf.softmax(tf.transpose(tf.stack(logits))) as tf.Tensor2D;
}

// %% exercise="4" idea="the energy with the wrong sign" says="A low free energy means a likely class"
export function leastLikely(h: tf.Tensor2D, machine: Rbm): tf.Tensor2D {
  return tf.softmax(tf.neg(minusEnergies(h, machine)));
}

// %% exercise="4" idea="the labels' biases forgotten" says="The labels have biases too."
export function withoutLabelBias(h: tf.Tensor2D, machine: Rbm): tf.Tensor2D {
  const bias = tf.slice(machine.visibleBias, [h.shape[1]]);
  return tf.softmax(tf.sub(minusEnergies(h, machine), bias));
}

// %% exercise="4" idea="not normalised" says="Normalise over the classes."
export function notNormalised(h: tf.Tensor2D, machine: Rbm): tf.Tensor2D {
  return minusEnergies(h, machine);
}

// %% exercise="4" idea="logarithms" says="expected a tensor"
export function logarithms(h: tf.Tensor2D, machine: Rbm): tf.Tensor2D {
  return tf.logSoftmax(minusEnergies(h, machine));
}

// %% exercise="4" idea="the labels in front of the code" says="expected a tensor"
export function labelsFirst(h: tf.Tensor2D, machine: Rbm): tf.Tensor2D {
  const [n, m] = h.shape;
  const count = machine.weights.shape[0] - m;
  const of = (y: number) =>
    classical.rbm.freeEnergy(machine, tf.concat([tf.tile(data.oneHot([y], count), [n, 1]), h], 1) as tf.Tensor2D);
  const energies = Array.from({ length: count }, (_, y) => of(y));
  return tf.softmax(tf.neg(tf.transpose(tf.stack(energies)))) as tf.Tensor2D;
}

// %% exercise="4" idea="normalised over the examples" says="expected a tensor"
export function overTheExamples(h: tf.Tensor2D, machine: Rbm): tf.Tensor2D {
  return tf.transpose(tf.softmax(tf.transpose(minusEnergies(h, machine)) as tf.Tensor2D)) as tf.Tensor2D;
}

// %% exercise="5" idea="right"
interface Parts {
  logGiven: tf.Tensor2D;
  logPrior: tf.Tensor1D;
  codes: tf.Tensor2D;
}
export function boundOf({ logGiven, logPrior, codes }: Parts, up: tf.Tensor2D): tf.Tensor1D {
  const off = tf.matMul(tf.log(tf.sub(1, up)) as tf.Tensor2D, tf.sub(1, codes) as tf.Tensor2D, false, true);
  const logQ = tf.add(tf.matMul(tf.log(up), codes, false, true), off);
  return tf.sum(tf.mul(tf.exp(logQ), tf.sub(tf.add(logGiven, logPrior), logQ)), 1);
}

// %% exercise="5" idea="without the entropy" says="The entropy of q is missing"
export function withoutEntropy({ logGiven, logPrior, codes }: Cascade, up: tf.Tensor2D): tf.Tensor1D {
  return tf.sum(tf.mul(tf.exp(logPosterior(up, codes)), tf.add(logGiven, logPrior)), 1);
}

// %% exercise="5" idea="log q with the wrong sign" says="The sign of log q is turned."
export function turnedEntropy({ logGiven, logPrior, codes }: Cascade, up: tf.Tensor2D): tf.Tensor1D {
  const logQ = logPosterior(up, codes);
  return tf.sum(tf.mul(tf.exp(logQ), tf.add(tf.add(logGiven, logPrior), logQ)), 1);
}

// %% exercise="5" idea="log p(v) itself" says="the bound is a mean under q"
export function evidenceItself({ logGiven, logPrior }: Cascade, _up: tf.Tensor2D): tf.Tensor1D {
  return tf.logSumExp(tf.add(logGiven, logPrior), 1);
}

// %% exercise="5" idea="without the second machine" says="p₂(h) is missing."
export function withoutPrior({ logGiven, codes }: Cascade, up: tf.Tensor2D): tf.Tensor1D {
  const logQ = logPosterior(up, codes);
  return tf.sum(tf.mul(tf.exp(logQ), tf.sub(logGiven, logQ)), 1);
}

// %% exercise="5" idea="averaged over the codes" says="add up over the codes"
export function averagedOverCodes({ logGiven, logPrior, codes }: Cascade, up: tf.Tensor2D): tf.Tensor1D {
  const logQ = logPosterior(up, codes);
  return tf.mean(tf.mul(tf.exp(logQ), tf.sub(tf.add(logGiven, logPrior), logQ)), 1);
}

// %% exercise="5" idea="only the units that are on" says="expected a tensor"
export function onUnitsOnly({ logGiven, logPrior, codes }: Cascade, up: tf.Tensor2D): tf.Tensor1D {
  const logQ = tf.matMul(tf.log(up), codes, false, true);
  return tf.sum(tf.mul(tf.exp(logQ), tf.sub(tf.add(logGiven, logPrior), logQ)), 1);
}

// %% exercise="6" idea="right"
type BeyondQuestions = Record<
  "trainError" | "heldError" | "normal" | "anomalous" | "clean" | "noisy" | "restored",
  number[]
> & { counts: number[][] };
export function beyondSupervision(q: BeyondQuestions): number[] {
  const model = q.heldError.indexOf(Math.min(...q.heldError));
  const pairs = q.anomalous.flatMap(high => q.normal.map(low => (high > low ? 1 : 0) as number));
  const auroc = pairs.reduce((sum, one) => sum + one, 0) / pairs.length;
  const loss = q.restored.reduce((sum, value, i) => sum + (value - (q.clean[i] as number)) ** 2, 0);
  const [both, other] = q.counts[1] as [number, number];
  return [model, auroc, loss, both / (both + other)];
}

// %% exercise="6" idea="the lowest training error" says="the training error does not choose"
export function byTrainingError(q: BeyondQuestions) {
  return beyondSupervision(q).with(0, q.trainError.indexOf(Math.min(...q.trainError)));
}

// %% exercise="6" idea="the AUROC the other way round" says="should be the higher one"
export function turnedAuroc(q: BeyondQuestions) {
  const right = beyondSupervision(q);
  return right.with(1, 1 - at(right, 1));
}

// %% exercise="6" idea="the noisy image as target" says="the target is the clean image"
export function noisyTarget(q: BeyondQuestions) {
  return beyondSupervision(q).with(2, added(q.restored.map((value, i) => (value - at(q.noisy, i)) ** 2)));
}

// %% exercise="6" idea="p(x | y)" says="that is p(x | y)"
export function otherCondition(q: BeyondQuestions) {
  const column = q.counts.map(row => at(row, 0));
  return beyondSupervision(q).with(3, at(column, 1) / added(column));
}

// %% exercise="6" idea="p(x, y)" says="expected ["
export function jointProbability(q: BeyondQuestions) {
  return beyondSupervision(q).with(3, at(q.counts[1] as number[], 0) / added(q.counts.flat()));
}

// %% exercise="6" idea="an error per pixel" says="expected ["
export function perPixel(q: BeyondQuestions) {
  const right = beyondSupervision(q);
  return right.with(2, at(right, 2) / q.clean.length);
}

// %% exercise="7" idea="right"
type VanillaQuestions = Record<"sizes" | "y" | "yHat" | "omega" | "codes" | "classes", number[]> & { alpha: number };
export function theAutoencoder(q: VanillaQuestions): number[] {
  const code = Math.min(...q.sizes);
  const square = q.y.reduce((sum, value, i) => sum + (value - (q.yHat[i] as number)) ** 2, 0);
  const norm = q.omega.reduce((sum, w) => sum + Math.abs(w), 0);
  const count = q.sizes.slice(1).reduce((sum, m, i) => sum + ((q.sizes[i] as number) + 1) * m, 0);
  const away = q.codes.map(Math.abs);
  return [code, square + q.alpha * norm, count, q.classes[away.indexOf(Math.min(...away))] as number];
}

// %% exercise="7" idea="the width of the input" says="the code is the narrowest layer"
export function widthOfInput(q: VanillaQuestions) {
  return theAutoencoder(q).with(0, at(q.sizes, 0));
}

// %% exercise="7" idea="a squared penalty" says="adds up absolute values"
export function squaredPenalty(q: VanillaQuestions) {
  const square = added(q.y.map((value, i) => (value - at(q.yHat, i)) ** 2));
  return theAutoencoder(q).with(1, square + q.alpha * added(q.omega.map(w => w * w)));
}

// %% exercise="7" idea="no biases counted" says="layers have biases"
export function weightsOnly(q: VanillaQuestions) {
  return theAutoencoder(q).with(2, added(q.sizes.slice(1).map((m, i) => at(q.sizes, i) * m)));
}

// %% exercise="7" idea="the smallest code" says="a distance has no sign"
export function smallestCode(q: VanillaQuestions) {
  return theAutoencoder(q).with(3, at(q.classes, q.codes.indexOf(Math.min(...q.codes))));
}

// %% exercise="7" idea="the error alone" says="expected ["
export function withoutPenalty(q: VanillaQuestions) {
  return theAutoencoder(q).with(1, added(q.y.map((value, i) => (value - at(q.yHat, i)) ** 2)));
}

// %% exercise="7" idea="the position of the nearest code" says="expected ["
export function positionOfNearest(q: VanillaQuestions) {
  const away = q.codes.map(Math.abs);
  return theAutoencoder(q).with(3, away.indexOf(Math.min(...away)));
}

// %% exercise="8" idea="right"
type KindsQuestions = { lambda: number[] } & Record<"c" | "alpha" | "layers" | "width" | "filter" | "stride", number>;
export function kindsOfAutoencoders(q: KindsQuestions): number[] {
  const sorted = [...q.lambda].sort((a, b) => b - a);
  const tail = sorted.slice(2).reduce((sum, value) => sum + value, 0);
  const shrunk = Math.sign(q.c) * Math.max(Math.abs(q.c) - q.alpha, 0);
  return [tail, shrunk, 0.25 ** q.layers, Math.floor((q.width - q.filter) / q.stride) + 1];
}

// %% exercise="8" idea="eigenvalues in the order given" says="sort the eigenvalues first"
export function unsorted(q: KindsQuestions) {
  return kindsOfAutoencoders(q).with(0, added(q.lambda.slice(2)));
}

// %% exercise="8" idea="shifted, not shrunk" says="never past it"
export function shifted(q: KindsQuestions) {
  return kindsOfAutoencoders(q).with(1, q.c - q.alpha);
}

// %% exercise="8" idea="a slope of 1" says="the steepest slope of a sigmoid is ¼"
export function slopeOfOne(q: KindsQuestions) {
  return kindsOfAutoencoders(q).with(2, 1);
}

// %% exercise="8" idea="the filter's width forgotten" says="subtract its width"
export function filterForgotten(q: KindsQuestions) {
  return kindsOfAutoencoders(q).with(3, Math.floor(q.width / q.stride) + 1);
}

// %% exercise="8" idea="what the code keeps" says="expected ["
export function keptVariance(q: KindsQuestions) {
  return kindsOfAutoencoders(q).with(0, added([...q.lambda].sort((a, b) => b - a).slice(0, 2)));
}

// %% exercise="8" idea="a slope of one half" says="expected ["
export function slopeOfHalf(q: KindsQuestions) {
  return kindsOfAutoencoders(q).with(2, 0.5 ** q.layers);
}

// %% exercise="9" idea="right"
type CodesQuestions = Record<"scores" | "codes" | "drawn", number[]> &
  Record<"inputs" | "code" | "radius" | "mean" | "logVariance" | "epsilon", number>;
export function fromSequencesToCodes(q: CodesQuestions): number[] {
  const weights = q.scores.map(score => Math.exp(score));
  const attention = (weights[0] as number) / weights.reduce((sum, weight) => sum + weight, 0);
  const far = q.drawn.filter(z => q.codes.every(code => Math.abs(z - code) > q.radius));
  const z = q.mean + Math.exp(q.logVariance / 2) * q.epsilon;
  return [attention, (q.inputs + 1) * q.code, far.length / q.drawn.length, z];
}

// %% exercise="9" idea="shares of the scores" says="attention takes the softmax"
export function sharesOfScores(q: CodesQuestions) {
  return fromSequencesToCodes(q).with(0, at(q.scores, 0) / added(q.scores));
}

// %% exercise="9" idea="the decoder too" says="the decoder stays behind"
export function decoderToo(q: CodesQuestions) {
  return fromSequencesToCodes(q).with(1, (q.inputs + 1) * q.code + (q.code + 1) * q.inputs);
}

// %% exercise="9" idea="the share near a code" says="that is the share near a code"
export function shareNear(q: CodesQuestions) {
  const right = fromSequencesToCodes(q);
  return right.with(2, 1 - at(right, 2));
}

// %% exercise="9" idea="the variance in place of σ" says="σ is the root of the variance"
export function varianceForSigma(q: CodesQuestions) {
  return fromSequencesToCodes(q).with(3, q.mean + Math.exp(q.logVariance) * q.epsilon);
}

// %% exercise="9" idea="the mean, without noise" says="expected ["
export function withoutNoise(q: CodesQuestions) {
  return fromSequencesToCodes(q).with(3, q.mean);
}

// %% exercise="9" idea="the encoder's biases forgotten" says="expected ["
export function encoderWithoutBiases(q: CodesQuestions) {
  return fromSequencesToCodes(q).with(1, q.inputs * q.code);
}

// %% exercise="10" idea="right"
type VariationalQuestions = Record<"likelihood" | "lambda", number[]> &
  Record<"error" | "gamma" | "s2" | "mean" | "logVariance" | "longitude" | "latitude", number>;
export function variationalInference(q: VariationalQuestions): number[] {
  const p = q.likelihood.reduce((sum, value) => sum + value, 0) / q.likelihood.length;
  const kl = (q.mean ** 2 + Math.exp(q.logVariance) - 1 - q.logVariance) / 2;
  const [c, half] = [Math.cos(q.latitude), q.longitude / 2];
  const x = (2 * Math.SQRT2 * c * Math.sin(half)) / Math.sqrt(1 + c * Math.cos(half));
  const used = q.lambda.filter(value => value > q.gamma * q.s2).length;
  return [Math.log(p), q.error + q.gamma * kl, x, used];
}

// %% exercise="10" idea="the mean of the logarithms" says="average first, then the logarithm"
export function logarithmFirst(q: VariationalQuestions) {
  return variationalInference(q).with(0, added(q.likelihood.map(Math.log)) / q.likelihood.length);
}

// %% exercise="10" idea="γ forgotten" says="γ is the weight of the KL term"
export function gammaForgotten(q: VariationalQuestions) {
  const kl = (q.mean ** 2 + Math.exp(q.logVariance) - 1 - q.logVariance) / 2;
  return variationalInference(q).with(1, q.error + kl);
}

// %% exercise="10" idea="the whole longitude in the numerator" says="take half the longitude"
export function wholeLongitude(q: VariationalQuestions) {
  const right = variationalInference(q);
  return right.with(2, (at(right, 2) * Math.sin(q.longitude)) / Math.sin(q.longitude / 2));
}

// %% exercise="10" idea="a limit without γ" says="the weight γ raises the limit"
export function limitWithoutGamma(q: VariationalQuestions) {
  return variationalInference(q).with(3, q.lambda.filter(value => value > q.s2).length);
}

// %% exercise="10" idea="the sum of the likelihoods" says="expected ["
export function sumOfLikelihoods(q: VariationalQuestions) {
  return variationalInference(q).with(0, Math.log(added(q.likelihood)));
}

// %% exercise="10" idea="the KL subtracted" says="expected ["
export function subtracted(q: VariationalQuestions) {
  const right = variationalInference(q);
  return right.with(1, 2 * q.error - at(right, 1));
}

// %% exercise="11" idea="right"
type BoltzmannQuestions = { weights: number[][] } & Record<
  "visibleBias" | "hiddenBias" | "v" | "h" | "sample" | "Q" | "p1",
  number[]
>;
export function otherMethods(q: BoltzmannQuestions): number[] {
  const dot = (a: number[], b: number[]) => a.reduce((sum, value, i) => sum + value * (b[i] as number), 0);
  const column = (j: number) => q.weights.map(row => row[j] as number);
  const soft = q.hiddenBias.map((b, j) => Math.log(1 + Math.exp(b + dot(q.v, column(j)))));
  const energy = -dot(q.visibleBias, q.v) - soft.reduce((sum, value) => sum + value, 0);
  const input = (q.visibleBias[0] as number) + dot(q.weights[0] as number[], q.h);
  const ratios = q.Q.map((share, i) => Math.log(share / (q.p1[i] as number)));
  return [energy, 1 / (1 + Math.exp(-input)), (q.sample[0] as number) - (q.v[0] as number), dot(q.Q, ratios)];
}

// %% exercise="11" idea="the free energy with the wrong sign" says="F is minus a logarithm"
export function turnedFreeEnergy(q: BoltzmannQuestions) {
  const right = otherMethods(q);
  return right.with(0, -at(right, 0));
}

// %% exercise="11" idea="the hidden bias on the way down" says="the visible bias counts"
export function hiddenBiasDown(q: BoltzmannQuestions) {
  const input = at(q.hiddenBias, 0) + added((q.weights[0] as number[]).map((w, j) => w * at(q.h, j)));
  return otherMethods(q).with(1, 1 / (1 + Math.exp(-input)));
}

// %% exercise="11" idea="the gradient of log p" says="the sign is turned"
export function turnedGradient(q: BoltzmannQuestions) {
  return otherMethods(q).with(2, at(q.v, 0) - at(q.sample, 0));
}

// %% exercise="11" idea="the other divergence" says="the mean is taken over Q"
export function otherDivergence(q: BoltzmannQuestions) {
  return otherMethods(q).with(3, added(q.p1.map((p, i) => p * Math.log(p / at(q.Q, i)))));
}

// %% exercise="11" idea="without the hidden units" says="expected ["
export function visiblePartOnly(q: BoltzmannQuestions) {
  return otherMethods(q).with(0, -added(q.v.map((on, i) => on * at(q.visibleBias, i))));
}

// %% exercise="11" idea="a state in place of a probability" says="expected ["
export function roundedProbability(q: BoltzmannQuestions) {
  const right = otherMethods(q);
  return right.with(1, Math.round(at(right, 1)));
}

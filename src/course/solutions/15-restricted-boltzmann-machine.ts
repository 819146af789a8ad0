// %% idea="what all solutions share"
import { classical, tf } from "latent";

const { binaryStates } = classical.rbm;
const added = (numbers: number[]) => numbers.reduce((sum, value) => sum + value, 0);
const numberIn = (scalar: tf.Tensor) => scalar.dataSync()[0] as number;
const logistic = (c: number) => 1 / (1 + Math.exp(-c));

interface Machine {
  w: tf.Tensor2D;
  a: tf.Tensor1D;
  b: tf.Tensor1D;
}
interface Uniform {
  hidden: tf.Tensor2D;
  visible: tf.Tensor2D;
}

const inputs = (v: tf.Tensor2D, w: tf.Tensor2D, b: tf.Tensor): tf.Tensor2D => tf.add(tf.matMul(v, w), b);
const bias = (v: tf.Tensor2D, a: tf.Tensor1D): tf.Tensor1D => tf.sum(tf.mul(v, a), 1);

/** Probabilities of the hidden units, or of the visible ones. */
const up = ({ w, b }: Machine, v: tf.Tensor2D): tf.Tensor2D => tf.sigmoid(inputs(v, w, b));
const down = ({ w, a }: Machine, h: tf.Tensor2D): tf.Tensor2D => tf.sigmoid(tf.add(tf.matMul(h, w, false, true), a));
const below = (u: tf.Tensor2D, p: tf.Tensor2D): tf.Tensor2D => tf.cast(tf.less(u, p), "float32");

/** A step with these hidden values of the data and of the samples. */
function stepped(
  { w }: Machine,
  v: tf.Tensor2D,
  h: tf.Tensor2D,
  sample: tf.Tensor2D,
  found: tf.Tensor2D,
  rate: number,
): tf.Tensor2D {
  const gap = tf.sub(tf.matMul(v, h, true), tf.matMul(sample, found, true));
  return tf.add(w, tf.mul(rate / v.shape[0], gap));
}

/** Logarithms of the terms of Z, one for each state of the hidden units. */
function terms(w: tf.Tensor2D, a: tf.Tensor1D, b: tf.Tensor): tf.Tensor1D {
  const h = binaryStates(0, 2 ** w.shape[1], w.shape[1]);
  const visible = tf.sum(tf.softplus(tf.add(tf.matMul(h, w, false, true), a)), 1);
  return tf.add(visible, tf.sum(tf.mul(h, b), 1));
}

/** Probability of h′ = 0 given v, and of v given h = 1, for all v. */
function byState(w: number[]): { off: number[]; p: number[] } {
  const states = Array.from({ length: 2 ** w.length }, (_, code) => w.map((_, i) => (code >> i) & 1));
  const off = states.map(v => logistic(-added(w.map((wi, i) => wi * ((v[i] as number) - 0.5)))));
  const p = states.map(v => w.reduce((product, wi, i) => product * logistic(v[i] ? wi / 2 : -wi / 2), 1));
  return { off, p };
}

// %% exercise="1" idea="right"
export function freeEnergyOf(v: tf.Tensor2D, w: tf.Tensor2D, a: tf.Tensor1D, b: tf.Tensor1D): tf.Tensor1D {
  const c: tf.Tensor2D = tf.add(tf.matMul(v, w), b);
  return tf.neg(tf.add(tf.sum(tf.mul(v, a), 1), tf.sum(tf.softplus(c), 1)));
}

// %% exercise="1" idea="the other sign" says="The sign is turned"
export function turnedEnergy(v: tf.Tensor2D, w: tf.Tensor2D, a: tf.Tensor1D, b: tf.Tensor1D): tf.Tensor1D {
  return tf.add(bias(v, a), tf.sum(tf.softplus(inputs(v, w, b)), 1));
}

// %% exercise="1" idea="averaged over the hidden units" says="do not average"
export function averagedEnergy(v: tf.Tensor2D, w: tf.Tensor2D, a: tf.Tensor1D, b: tf.Tensor1D): tf.Tensor1D {
  return tf.neg(tf.add(bias(v, a), tf.mean(tf.softplus(inputs(v, w, b)), 1)));
}

// %% exercise="1" idea="energy at the hidden probabilities" says="energy at h = p(h | v)"
export function energyOfMeans(v: tf.Tensor2D, w: tf.Tensor2D, a: tf.Tensor1D, b: tf.Tensor1D): tf.Tensor1D {
  const c = inputs(v, w, b);
  return tf.neg(tf.add(bias(v, a), tf.sum(tf.mul(c, tf.sigmoid(c)), 1)));
}

// %% exercise="1" idea="energy of the best hidden state" says="the best h"
export function energyOfBest(v: tf.Tensor2D, w: tf.Tensor2D, a: tf.Tensor1D, b: tf.Tensor1D): tf.Tensor1D {
  return tf.neg(tf.add(bias(v, a), tf.sum(tf.relu(inputs(v, w, b)), 1)));
}

// %% exercise="1" idea="without the visible biases" says="The visible biases are missing"
export function withoutVisible(v: tf.Tensor2D, w: tf.Tensor2D, _a: tf.Tensor1D, b: tf.Tensor1D): tf.Tensor1D {
  return tf.neg(tf.sum(tf.softplus(inputs(v, w, b)), 1));
}

// %% exercise="1" idea="without the hidden biases" says="The hidden biases are missing"
export function withoutHidden(v: tf.Tensor2D, w: tf.Tensor2D, a: tf.Tensor1D, _b: tf.Tensor1D): tf.Tensor1D {
  return tf.neg(tf.add(bias(v, a), tf.sum(tf.softplus(tf.matMul(v, w)), 1)));
}

// %% exercise="1" idea="one number for all" says="Expected is the shape"
export function meanEnergy(v: tf.Tensor2D, w: tf.Tensor2D, a: tf.Tensor1D, b: tf.Tensor1D): tf.Tensor1D {
  const energies = tf.add(bias(v, a), tf.sum(tf.softplus(inputs(v, w, b)), 1));
  return tf.neg(tf.mean(energies)) as unknown as tf.Tensor1D;
}

// %% exercise="2" idea="right"
export function logPartition(w: tf.Tensor2D, a: tf.Tensor1D, b: tf.Tensor1D): number {
  const m = w.shape[1];
  const h = classical.rbm.binaryStates(0, 2 ** m, m);
  const visible = tf.sum(tf.softplus(tf.add(tf.matMul(h, w, false, true), a)), 1);
  return tf.logSumExp(tf.add(visible, tf.sum(tf.mul(h, b), 1))).dataSync()[0];
}

// %% exercise="2" idea="logarithm of an overflowing sum" says="take out the largest"
export function overflows(w: tf.Tensor2D, a: tf.Tensor1D, b: tf.Tensor1D): number {
  return Math.log(added(Array.from(terms(w, a, b).dataSync()).map(Math.exp)));
}

// %% exercise="2" idea="mean over the states" says="do not average"
export function meanOfStates(w: tf.Tensor2D, a: tf.Tensor1D, b: tf.Tensor1D): number {
  return numberIn(tf.logSumExp(terms(w, a, b))) - w.shape[1] * Math.LN2;
}

// %% exercise="2" idea="without the hidden biases" says="The hidden biases are missing"
export function partitionWithoutHidden(w: tf.Tensor2D, a: tf.Tensor1D, _b: tf.Tensor1D): number {
  return numberIn(tf.logSumExp(terms(w, a, tf.scalar(0))));
}

// %% exercise="2" idea="the largest term" says="largest term alone"
export function largestTerm(w: tf.Tensor2D, a: tf.Tensor1D, b: tf.Tensor1D): number {
  return numberIn(tf.max(terms(w, a, b)));
}

// %% exercise="2" idea="a machine without weights" says="without weights"
export function withoutWeights(_w: tf.Tensor2D, a: tf.Tensor1D, b: tf.Tensor1D): number {
  return numberIn(tf.add(tf.sum(tf.softplus(a)), tf.sum(tf.softplus(b))));
}

// %% exercise="2" idea="sum of the logarithms" says="before the logarithm"
export function sumOfLogs(w: tf.Tensor2D, a: tf.Tensor1D, b: tf.Tensor1D): number {
  return numberIn(tf.sum(terms(w, a, b)));
}

// %% exercise="2" idea="without the visible biases" says="expected"
export function partitionWithoutVisible(w: tf.Tensor2D, a: tf.Tensor1D, b: tf.Tensor1D): number {
  return numberIn(tf.logSumExp(terms(w, tf.zerosLike(a), b)));
}

// %% exercise="2" idea="a tensor" says="read it with dataSync()"
export function unread(w: tf.Tensor2D, a: tf.Tensor1D, b: tf.Tensor1D): number {
  return tf.logSumExp(terms(w, a, b)) as unknown as number;
}

// %% exercise="3" idea="right"
export function newWeights(machine: Machine, v: tf.Tensor2D, u: Uniform, rate: number): tf.Tensor2D {
  const { w, a, b } = machine;
  const hidden = (v: tf.Tensor2D): tf.Tensor2D => tf.sigmoid(tf.add(tf.matMul(v, w), b));
  const h: tf.Tensor2D = tf.cast(tf.less(u.hidden, hidden(v)), "float32");
  const visible = tf.sigmoid(tf.add(tf.matMul(h, w, false, true), a));
  const sample: tf.Tensor2D = tf.cast(tf.less(u.visible, visible), "float32");
  const gap = tf.sub(tf.matMul(v, hidden(v), true), tf.matMul(sample, hidden(sample), true));
  return tf.add(w, tf.mul(rate / v.shape[0], gap));
}

// %% exercise="3" idea="the other sign" says="data minus samples"
export function descends(machine: Machine, v: tf.Tensor2D, u: Uniform, rate: number): tf.Tensor2D {
  const sample = below(u.visible, down(machine, below(u.hidden, up(machine, v))));
  return stepped(machine, v, up(machine, v), sample, up(machine, sample), -rate);
}

// %% exercise="3" idea="summed over the batch" says="Average over the batch"
export function summedStep(machine: Machine, v: tf.Tensor2D, u: Uniform, rate: number): tf.Tensor2D {
  const sample = below(u.visible, down(machine, below(u.hidden, up(machine, v))));
  return stepped(machine, v, up(machine, v), sample, up(machine, sample), rate * v.shape[0]);
}

// %% exercise="3" idea="visible probabilities as a sample" says="a probability is no sample"
export function undrawnVisible(machine: Machine, v: tf.Tensor2D, u: Uniform, rate: number): tf.Tensor2D {
  const sample = down(machine, below(u.hidden, up(machine, v)));
  return stepped(machine, v, up(machine, v), sample, up(machine, sample), rate);
}

// %% exercise="3" idea="hidden probabilities on the way down" says="Draw the hidden units"
export function undrawnHidden(machine: Machine, v: tf.Tensor2D, u: Uniform, rate: number): tf.Tensor2D {
  const sample = below(u.visible, down(machine, up(machine, v)));
  return stepped(machine, v, up(machine, v), sample, up(machine, sample), rate);
}

// %% exercise="3" idea="drawn hidden units of the data" says="The statistics take p(h | v)"
export function drawnStatistics(machine: Machine, v: tf.Tensor2D, u: Uniform, rate: number): tf.Tensor2D {
  const h = below(u.hidden, up(machine, v));
  const sample = below(u.visible, down(machine, h));
  return stepped(machine, v, h, sample, up(machine, sample), rate);
}

// %% exercise="3" idea="hidden units of the data for the samples" says="need their own p(h | v)"
export function sharedHidden(machine: Machine, v: tf.Tensor2D, u: Uniform, rate: number): tf.Tensor2D {
  const sample = below(u.visible, down(machine, below(u.hidden, up(machine, v))));
  return stepped(machine, v, up(machine, v), sample, up(machine, v), rate);
}

// %% exercise="3" idea="on where the number is above" says="expected"
export function above(machine: Machine, v: tf.Tensor2D, u: Uniform, rate: number): tf.Tensor2D {
  const over = (u: tf.Tensor2D, p: tf.Tensor2D): tf.Tensor2D => tf.cast(tf.greater(u, p), "float32");
  const sample = over(u.visible, down(machine, over(u.hidden, up(machine, v))));
  return stepped(machine, v, up(machine, v), sample, up(machine, sample), rate);
}

// %% exercise="3" idea="the step alone" says="expected"
export function stepAlone(machine: Machine, v: tf.Tensor2D, u: Uniform, rate: number): tf.Tensor2D {
  const sample = below(u.visible, down(machine, below(u.hidden, up(machine, v))));
  return tf.sub(stepped(machine, v, up(machine, v), sample, up(machine, sample), rate), machine.w);
}

// %% exercise="4" idea="right"
export function logProbabilities(energies: number[], logWeights: number[], logZ0: number): number[] {
  const largest = Math.max(...logWeights);
  const sum = logWeights.reduce((total, value) => total + Math.exp(value - largest), 0);
  const logZ = logZ0 + largest + Math.log(sum / logWeights.length);
  return energies.map(energy => -energy - logZ);
}

// %% exercise="4" idea="weights that overflow" says="take out the largest"
export function overflowing(energies: number[], logWeights: number[], logZ0: number): number[] {
  const mean = added(logWeights.map(Math.exp)) / logWeights.length;
  return energies.map(energy => -energy - logZ0 - Math.log(mean));
}

// %% exercise="4" idea="mean of the logarithms" says="mean of the logarithms"
export function meanOfLogs(energies: number[], logWeights: number[], logZ0: number): number[] {
  return energies.map(energy => -energy - logZ0 - added(logWeights) / logWeights.length);
}

// %% exercise="4" idea="sum of the weights" says="by their number"
export function sumOfWeights(energies: number[], logWeights: number[], logZ0: number): number[] {
  const sum = numberIn(tf.logSumExp(tf.tensor1d(logWeights)));
  return energies.map(energy => -energy - logZ0 - sum);
}

// %% exercise="4" idea="the largest weight" says="the largest weight alone"
export function largestWeight(energies: number[], logWeights: number[], logZ0: number): number[] {
  return energies.map(energy => -energy - logZ0 - Math.max(...logWeights));
}

// %% exercise="4" idea="Z₀ on the wrong side" says="log Z₀ is added to it"
export function turnedBase(energies: number[], logWeights: number[], logZ0: number): number[] {
  const ratio = numberIn(tf.logSumExp(tf.tensor1d(logWeights))) - Math.log(logWeights.length);
  return energies.map(energy => -energy + logZ0 - ratio);
}

// %% exercise="4" idea="log Z added" says="is subtracted, not added"
export function addedLogZ(energies: number[], logWeights: number[], logZ0: number): number[] {
  const ratio = numberIn(tf.logSumExp(tf.tensor1d(logWeights))) - Math.log(logWeights.length);
  return energies.map(energy => -energy + logZ0 + ratio);
}

// %% exercise="4" idea="Z₀ forgotten" says="expected"
export function withoutBase(energies: number[], logWeights: number[], _logZ0: number): number[] {
  const ratio = numberIn(tf.logSumExp(tf.tensor1d(logWeights))) - Math.log(logWeights.length);
  return energies.map(energy => -energy - ratio);
}

// %% exercise="5" idea="right"
export function stepsUntilChange(w: number[]): number {
  const sigma = (c: number) => 1 / (1 + Math.exp(-c));
  let change = 0;
  for (let code = 0; code < 2 ** w.length; code++) {
    const v = w.map((_, i) => (code >> i) & 1);
    const probability = w.reduce((product, wi, i) => product * sigma(v[i] ? wi / 2 : -wi / 2), 1);
    const input = w.reduce((sum, wi, i) => sum + wi * (v[i] - 0.5), 0);
    change += probability * sigma(-input);
  }
  return 1 / change;
}

// %% exercise="5" idea="the chance of staying" says="not of staying"
export function chanceOfStaying(w: number[]): number {
  const { off, p } = byState(w);
  return 1 / (1 - added(off.map((value, i) => value * (p[i] as number))));
}

// %% exercise="5" idea="the chance itself" says="1 over it"
export function chanceOfChange(w: number[]): number {
  const { off, p } = byState(w);
  return added(off.map((value, i) => value * (p[i] as number)));
}

// %% exercise="5" idea="mean field" says="the mean of σ is not σ of the mean"
export function meanField(w: number[]): number {
  return 1 / logistic(-added(w.map(wi => wi * (logistic(wi / 2) - 0.5))));
}

// %% exercise="5" idea="all states alike" says="Give each v its probability"
export function evenStates(w: number[]): number {
  const { off } = byState(w);
  return off.length / added(off);
}

// %% exercise="5" idea="the last step not counted" says="counts as well"
export function stepsBefore(w: number[]): number {
  const { off, p } = byState(w);
  return 1 / added(off.map((value, i) => value * (p[i] as number))) - 1;
}

// %% exercise="5" idea="half steps" says="half steps"
export function halfSteps(w: number[]): number {
  const { off, p } = byState(w);
  return 2 / added(off.map((value, i) => value * (p[i] as number)));
}

// %% exercise="5" idea="e to the sum of the weights" says="expected"
export function exponential(w: number[]): number {
  return Math.exp(added(w.map(Math.abs)) / 2);
}

// %% idea="what all solutions share"
import { tf } from "latent";

interface Layer {
  weights: tf.Tensor;
  bias: tf.Tensor;
}

interface Curve {
  labels: number[];
  accuracy: number[];
}

type Weights = tf.Tensor2D[];

const copyOf = ({ weights, bias }: Layer): Layer => ({ weights: tf.variable(weights), bias: tf.variable(bias) });
const zeroHead = (inputs: number, classes: number): Layer => ({
  weights: tf.zeros([inputs, classes]),
  bias: tf.zeros([classes]),
});
const outputsOf = (layers: Layer[]): number => layers[layers.length - 1]?.bias.shape[0] ?? 0;
const largest = (a: tf.Tensor, b: tf.Tensor): number => a.sub(b).abs().max().dataSync()[0] ?? 0;
const meanOf = (numbers: number[]) => numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
const squares = (numbers: number[]) => {
  const mean = meanOf(numbers);
  return numbers.reduce((sum, value) => sum + (value - mean) ** 2, 0);
};
const minus = (a: number[], b: number[]) => a.map((value, i) => value - (b[i] as number));

const stepped = (weights: Weights, gradients: Weights, rateOf: (i: number) => number): Weights =>
  weights.map((w, i): tf.Tensor2D => tf.sub(w, tf.mul(gradients[i] as tf.Tensor2D, rateOf(i))));

// %% exercise="1" idea="right"
export function classifierFrom(encoder: Layer[], classes: number): Layer[] {
  const copies: Layer[] = encoder.map(({ weights, bias }) => ({
    weights: tf.variable(weights),
    bias: tf.variable(bias),
  }));
  const inputs = copies[copies.length - 1]?.bias.shape[0] ?? 0; // the code's dimension
  return [...copies, { weights: tf.zeros([inputs, classes]), bias: tf.zeros([classes]) }];
}

// %% exercise="1" idea="shared variables" says="copy them"
export function sharedVariables(encoder: Layer[], classes: number): Layer[] {
  return [...encoder, zeroHead(outputsOf(encoder), classes)];
}

// %% exercise="1" idea="no head" says="The head is missing"
export function noHead(encoder: Layer[], _classes: number): Layer[] {
  return encoder.map(copyOf);
}

// %% exercise="1" idea="the head below" says="stands behind"
export function headBelow(encoder: Layer[], classes: number): Layer[] {
  return [zeroHead(outputsOf(encoder), classes), ...encoder.map(copyOf)];
}

// %% exercise="1" idea="weights alone" says="expected"
export function weightsAlone(encoder: Layer[], classes: number): Layer[] {
  const copies = encoder.map(({ weights, bias }) => copyOf({ weights, bias: tf.zerosLike(bias) }));
  return [...copies, zeroHead(outputsOf(encoder), classes)];
}

// %% exercise="1" idea="the last layer alone" says="expected"
export function lastLayerAlone(encoder: Layer[], classes: number): Layer[] {
  return [...encoder.slice(-1).map(copyOf), zeroHead(outputsOf(encoder), classes)];
}

// %% exercise="1" idea="ten classes" says="expected"
export function tenClasses(encoder: Layer[], _classes: number): Layer[] {
  return classifierFrom(encoder, 10);
}

// %% exercise="1" idea="a random head" says="expected"
export function randomHead(encoder: Layer[], classes: number): Layer[] {
  const head = { weights: tf.randomNormal([outputsOf(encoder), classes]), bias: tf.zeros([classes]) };
  return [...encoder.map(copyOf), head];
}

// %% exercise="1" idea="an untrained encoder" says="expected"
export function untrained(encoder: Layer[], classes: number): Layer[] {
  const fresh = encoder.map(({ weights, bias }) => ({ weights: tf.zerosLike(weights), bias: tf.zerosLike(bias) }));
  return [...fresh, zeroHead(outputsOf(encoder), classes)];
}

// %% exercise="2" idea="right"
export function movedLayers(before: Layer[], after: Layer[]): number[] {
  const change = (a: tf.Tensor, b: tf.Tensor) => a.sub(b).abs().max().dataSync()[0] ?? 0;
  return before.flatMap(({ weights, bias }, i) => {
    const now = after[i] as Layer;
    return change(weights, now.weights) > 0 || change(bias, now.bias) > 0 ? [i + 1] : [];
  });
}

// %% exercise="2" idea="weights alone" says="A layer has a bias"
export function byWeights(before: Layer[], after: Layer[]): number[] {
  return before.flatMap(({ weights }, i) => (largest(weights, (after[i] as Layer).weights) > 0 ? [i + 1] : []));
}

// %% exercise="2" idea="biases alone" says="Look at the weights too"
export function byBiases(before: Layer[], after: Layer[]): number[] {
  return before.flatMap(({ bias }, i) => (largest(bias, (after[i] as Layer).bias) > 0 ? [i + 1] : []));
}

// %% exercise="2" idea="sums of differences" says="look at each number"
export function bySums(before: Layer[], after: Layer[]): number[] {
  const sum = (a: tf.Tensor, b: tf.Tensor) => a.sub(b).sum().dataSync()[0] ?? 0;
  return before.flatMap(({ weights, bias }, i) => {
    const now = after[i] as Layer;
    return sum(weights, now.weights) !== 0 || sum(bias, now.bias) !== 0 ? [i + 1] : [];
  });
}

// %% exercise="2" idea="lengths compared" says="look at each number"
export function byLengths(before: Layer[], after: Layer[]): number[] {
  const squares = (w: tf.Tensor) => w.square().sum().dataSync()[0];
  return before.flatMap(({ weights, bias }, i) => {
    const now = after[i] as Layer;
    return squares(weights) !== squares(now.weights) || squares(bias) !== squares(now.bias) ? [i + 1] : [];
  });
}

// %% exercise="2" idea="the largest number compared" says="look at each number"
export function byLargest(before: Layer[], after: Layer[]): number[] {
  const most = (w: tf.Tensor) => w.max().dataSync()[0];
  return before.flatMap(({ weights, bias }, i) => {
    const now = after[i] as Layer;
    return most(weights) !== most(now.weights) || most(bias) !== most(now.bias) ? [i + 1] : [];
  });
}

// %% exercise="2" idea="the first number compared" says="expected"
export function byFirst(before: Layer[], after: Layer[]): number[] {
  const first = (w: tf.Tensor) => w.dataSync()[0];
  return before.flatMap(({ weights, bias }, i) => {
    const now = after[i] as Layer;
    return first(weights) !== first(now.weights) || first(bias) !== first(now.bias) ? [i + 1] : [];
  });
}

// %% exercise="2" idea="a tolerance" says="look at each number"
export function withTolerance(before: Layer[], after: Layer[]): number[] {
  return before.flatMap(({ weights, bias }, i) => {
    const now = after[i] as Layer;
    return largest(weights, now.weights) > 0.01 || largest(bias, now.bias) > 0.01 ? [i + 1] : [];
  });
}

// %% exercise="2" idea="no absolute value" says="take absolute values"
export function withoutAbs(before: Layer[], after: Layer[]): number[] {
  const rise = (a: tf.Tensor, b: tf.Tensor) => b.sub(a).max().dataSync()[0] ?? 0;
  return before.flatMap(({ weights, bias }, i) => {
    const now = after[i] as Layer;
    return rise(weights, now.weights) > 0 || rise(bias, now.bias) > 0 ? [i + 1] : [];
  });
}

// %% exercise="2" idea="counted from 0" says="Count layers from 1"
export function fromZero(before: Layer[], after: Layer[]): number[] {
  return movedLayers(before, after).map(i => i - 1);
}

// %% exercise="2" idea="the frozen ones" says="Those did not move"
export function theFrozen(before: Layer[], after: Layer[]): number[] {
  const moved = movedLayers(before, after);
  return before.map((_, i) => i + 1).filter(i => !moved.includes(i));
}

// %% exercise="2" idea="other objects" says="expected"
export function otherObjects(before: Layer[], after: Layer[]): number[] {
  return before.flatMap((layer, i) => (layer !== after[i] ? [i + 1] : []));
}

// %% exercise="2" idea="from the first that moved on" says="expected"
export function allAbove(before: Layer[], after: Layer[]): number[] {
  const [first = 1] = movedLayers(before, after);
  return before.map((_, i) => i + 1).filter(i => i >= first);
}

// %% exercise="2" idea="both must move" says="expected"
export function bothMust(before: Layer[], after: Layer[]): number[] {
  return byWeights(before, after).filter(i => byBiases(before, after).includes(i));
}

// %% exercise="3" idea="right"
export function layerwiseStep(weights: Weights, gradients: Weights, rate: number, factor: number): Weights {
  const last = weights.length - 1;
  return weights.map((w, i): tf.Tensor2D => {
    const own = rate / factor ** (last - i);
    return tf.sub(w, tf.mul(gradients[i] as tf.Tensor2D, own));
  });
}

// %% exercise="3" idea="the lowest fastest" says="has the largest rate"
export function lowestFastest(weights: Weights, gradients: Weights, rate: number, factor: number): Weights {
  return stepped(weights, gradients, i => rate / factor ** i);
}

// %% exercise="3" idea="the head divided too" says="has the rate itself"
export function headDivided(weights: Weights, gradients: Weights, rate: number, factor: number): Weights {
  return stepped(weights, gradients, i => rate / factor ** (weights.length - i));
}

// %% exercise="3" idea="one rate" says="a rate of its own"
export function oneRate(weights: Weights, gradients: Weights, rate: number, _factor: number): Weights {
  return stepped(weights, gradients, () => rate);
}

// %% exercise="3" idea="uphill" says="against the gradient"
export function uphill(weights: Weights, gradients: Weights, rate: number, factor: number): Weights {
  return stepped(weights, gradients, i => -rate / factor ** (weights.length - 1 - i));
}

// %% exercise="3" idea="all below frozen" says="layers below move too"
export function onlyTheHead(weights: Weights, gradients: Weights, rate: number, _factor: number): Weights {
  return stepped(weights, gradients, i => (i === weights.length - 1 ? rate : 0));
}

// %% exercise="3" idea="divided once" says="Divide again"
export function dividedOnce(weights: Weights, gradients: Weights, rate: number, factor: number): Weights {
  return stepped(weights, gradients, i => (i === weights.length - 1 ? rate : rate / factor));
}

// %% exercise="3" idea="multiplied" says="expected"
export function multiplied(weights: Weights, gradients: Weights, rate: number, factor: number): Weights {
  return stepped(weights, gradients, i => rate * factor ** (weights.length - 1 - i));
}

// %% exercise="3" idea="the update alone" says="expected"
export function updateAlone(weights: Weights, gradients: Weights, rate: number, factor: number): Weights {
  const zeros = weights.map((w): tf.Tensor2D => tf.zerosLike(w));
  return stepped(zeros, gradients, i => rate / factor ** (weights.length - 1 - i));
}

// %% exercise="4" idea="right"
export function pairedDifference(a: number[], b: number[]): number[] {
  const differences = a.map((value, s) => value - (b[s] as number));
  const mean = differences.reduce((sum, value) => sum + value, 0) / differences.length;
  const sum = differences.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const deviation = Math.sqrt(sum / (differences.length - 1));
  return [mean, deviation / Math.sqrt(differences.length)];
}

// %% exercise="4" idea="unpaired" says="take differences first"
export function ignoringPairs(a: number[], b: number[]): number[] {
  const variance = (squares(a) + squares(b)) / (a.length - 1);
  return [meanOf(a) - meanOf(b), Math.sqrt(variance / a.length)];
}

// %% exercise="4" idea="the deviation" says="divide by √S"
export function theDeviation(a: number[], b: number[]): number[] {
  const d = minus(a, b);
  return [meanOf(d), Math.sqrt(squares(d) / (d.length - 1))];
}

// %% exercise="4" idea="divided by S" says="divides by S − 1"
export function populationDeviation(a: number[], b: number[]): number[] {
  const d = minus(a, b);
  return [meanOf(d), Math.sqrt(squares(d)) / d.length];
}

// %% exercise="4" idea="b − a" says="not b − a"
export function otherSign(a: number[], b: number[]): number[] {
  return pairedDifference(b, a);
}

// %% exercise="4" idea="absolute differences" says="has a sign"
export function withoutSigns(a: number[], b: number[]): number[] {
  const sizes = minus(a, b).map(Math.abs);
  return pairedDifference(
    sizes,
    sizes.map(() => 0),
  );
}

// %% exercise="4" idea="S for its root" says="expected"
export function byCount(a: number[], b: number[]): number[] {
  const d = minus(a, b);
  return [meanOf(d), Math.sqrt(squares(d) / (d.length - 1)) / d.length];
}

// %% exercise="4" idea="a variance" says="expected"
export function theVariance(a: number[], b: number[]): number[] {
  const [mean, error] = pairedDifference(a, b) as [number, number];
  return [mean, error ** 2];
}

// %% exercise="4" idea="a ratio" says="expected"
export function ratioOfMeans(a: number[], b: number[]): number[] {
  return [meanOf(a) / meanOf(b), pairedDifference(a, b)[1] as number];
}

// %% exercise="5" idea="right"
export function labelsSaved({ labels, accuracy }: Curve, target: number, few: number): number {
  const i = accuracy.findIndex((_, i) => (accuracy[i + 1] as number) >= target); // target lies between i and i + 1
  const [n0, n1] = labels.slice(i, i + 2).map(Math.log) as [number, number];
  const [a0, a1] = accuracy.slice(i, i + 2) as [number, number];
  const needed = n0 + ((n1 - n0) * (target - a0)) / (a1 - a0);
  return Math.exp(needed) / few;
}

// %% exercise="5" idea="a straight axis" says="interpolate log n"
export function straightAxis({ labels, accuracy }: Curve, target: number, few: number): number {
  const i = accuracy.findIndex((_, i) => (accuracy[i + 1] as number) >= target);
  const [n0, n1] = labels.slice(i, i + 2) as [number, number];
  const [a0, a1] = accuracy.slice(i, i + 2) as [number, number];
  return (n0 + ((n1 - n0) * (target - a0)) / (a1 - a0)) / few;
}

// %% exercise="5" idea="the next point" says="that is the next one"
export function nextPoint({ labels, accuracy }: Curve, target: number, few: number): number {
  return (labels[accuracy.findIndex(value => value >= target)] as number) / few;
}

// %% exercise="5" idea="the point before" says="the one before"
export function pointBefore({ labels, accuracy }: Curve, target: number, few: number): number {
  return (labels[accuracy.findIndex(value => value >= target) - 1] as number) / few;
}

// %% exercise="5" idea="a number of labels" says="divide by few"
export function numberOfLabels(curve: Curve, target: number, few: number): number {
  return labelsSaved(curve, target, few) * few;
}

// %% exercise="5" idea="how many more" says="not how many more"
export function howManyMore(curve: Curve, target: number, few: number): number {
  return labelsSaved(curve, target, few) * few - few;
}

// %% exercise="5" idea="one line through all" says="expected"
export function oneLine({ labels, accuracy }: Curve, target: number, few: number): number {
  const ends = (list: number[]) => [list[0], list[list.length - 1]] as number[];
  return labelsSaved({ labels: ends(labels), accuracy: ends(accuracy) }, target, few);
}

// %% exercise="5" idea="the nearest point" says="expected"
export function nearestPoint({ labels, accuracy }: Curve, target: number, few: number): number {
  const off = accuracy.map(value => Math.abs(value - target));
  return (labels[off.indexOf(Math.min(...off))] as number) / few;
}

// %% exercise="5" idea="the share of labels" says="expected"
export function shareOfLabels(curve: Curve, target: number, few: number): number {
  return 1 / labelsSaved(curve, target, few);
}

// %% exercise="6" idea="right"
export function numbersThatMove(sizes: number[], classes: number, frozen: number): number {
  const all = [...sizes, classes];
  const layers = all.slice(1).map((outputs, i) => ((all[i] as number) + 1) * outputs); // weights and biases
  return layers.slice(frozen).reduce((sum, count) => sum + count, 0);
}

// %% exercise="6" idea="no biases" says="Biases move too"
export function noBiases(sizes: number[], classes: number, frozen: number): number {
  const all = [...sizes, classes];
  const layers = all.slice(1).map((outputs, i) => (all[i] as number) * outputs);
  return layers.slice(frozen).reduce((sum, count) => sum + count, 0);
}

// %% exercise="6" idea="no head" says="The head moves too"
export function withoutHead(sizes: number[], classes: number, frozen: number): number {
  const head = ((sizes[sizes.length - 1] as number) + 1) * classes;
  return numbersThatMove(sizes, classes, frozen) - head;
}

// %% exercise="6" idea="what stands still" says="stand still"
export function standStill(sizes: number[], classes: number, frozen: number): number {
  return numbersThatMove(sizes, classes, 0) - numbersThatMove(sizes, classes, frozen);
}

// %% exercise="6" idea="all of it" says="the whole network"
export function wholeNetwork(sizes: number[], classes: number, _frozen: number): number {
  return numbersThatMove(sizes, classes, 0);
}

// %% exercise="6" idea="the head alone" says="expected"
export function headAlone(sizes: number[], classes: number, _frozen: number): number {
  return numbersThatMove(sizes, classes, sizes.length - 1);
}

// %% exercise="6" idea="one layer frozen, whatever is asked" says="expected"
export function oneFrozen(sizes: number[], classes: number, _frozen: number): number {
  return numbersThatMove(sizes, classes, 1);
}

// %% exercise="6" idea="the last layers frozen" says="not the last"
export function lastFrozen(sizes: number[], classes: number, frozen: number): number {
  const all = [...sizes, classes];
  const layers = all.slice(1).map((outputs, i) => ((all[i] as number) + 1) * outputs);
  return layers.slice(0, -frozen).reduce((sum, count) => sum + count, 0);
}

// %% exercise="6" idea="a layer too few frozen" says="expected"
export function tooFew(sizes: number[], classes: number, frozen: number): number {
  return numbersThatMove(sizes, classes, frozen - 1);
}

// %% exercise="6" idea="a bias for each input" says="expected"
export function biasOfInputs(sizes: number[], classes: number, frozen: number): number {
  const all = [...sizes, classes];
  const layers = all.slice(1).map((outputs, i) => (all[i] as number) * (outputs + 1));
  return layers.slice(frozen).reduce((sum, count) => sum + count, 0);
}

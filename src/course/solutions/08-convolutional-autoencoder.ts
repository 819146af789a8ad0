// %% idea="what all solutions share"
const upTo = (n: number) => Array.from({ length: n }, (_, i) => i); // 0, 1, … n − 1
const total = (numbers: number[]) => numbers.reduce((a, b) => a + b, 0);

interface Sizes {
  m: number;
  t: number;
  q: number;
}

// %% exercise="1" idea="right"
export function geometry(side: number, layers: { m: number; t: number; q: number }[]): number[][] {
  let [s, field, step] = [side, 1, 1]; // step: pixels between the places of two neighbouring units
  return layers.map(({ m, t, q }) => {
    s = Math.floor((s + q - m) / t) + 1;
    field += (m - 1) * step;
    step *= t;
    return [s, field];
  });
}

// %% exercise="1" idea="rounded up" says="Round down"
export function roundedUp(side: number, layers: Sizes[]): number[][] {
  let s = side;
  return geometry(side, layers).map(([, field], i) => {
    s = Math.ceil((s + layers[i].q - layers[i].m) / layers[i].t) + 1;
    return [s, field];
  });
}

// %% exercise="1" idea="one place too few" says="Add 1"
export function onePlaceTooFew(side: number, layers: Sizes[]): number[][] {
  let s = side;
  return geometry(side, layers).map(([, field], i) => {
    s = Math.floor((s + layers[i].q - layers[i].m) / layers[i].t);
    return [s, field];
  });
}

// %% exercise="1" idea="padding at both ends" says="expected"
export function paddedTwice(side: number, layers: Sizes[]): number[][] {
  const doubled = layers.map(layer => ({ ...layer, q: 2 * layer.q }));
  return geometry(side, doubled);
}

// %% exercise="1" idea="each layer sees the image" says="expected"
export function eachFromTheImage(side: number, layers: Sizes[]): number[][] {
  return geometry(side, layers).map(([, field], i) => {
    const { m, t, q } = layers[i];
    return [Math.floor((side + q - m) / t) + 1, field];
  });
}

// %% exercise="1" idea="fields without strides" says="a product of strides apart"
export function withoutStrides(side: number, layers: Sizes[]): number[][] {
  return geometry(side, layers).map(([s], i) => [s, 1 + total(layers.slice(0, i + 1).map(({ m }) => m - 1))]);
}

// %% exercise="1" idea="the rule from the last layer down, used upwards" says="expected"
export function fromTheLast(side: number, layers: Sizes[]): number[][] {
  let field = 1;
  return geometry(side, layers).map(([s], i) => {
    field = (field - 1) * layers[i].t + layers[i].m;
    return [s, field];
  });
}

// %% exercise="1" idea="the own stride too" says="expected"
export function ownStrideToo(side: number, layers: Sizes[]): number[][] {
  let [field, step] = [1, 1];
  return geometry(side, layers).map(([s], i) => {
    step *= layers[i].t;
    field += (layers[i].m - 1) * step;
    return [s, field];
  });
}

// %% exercise="1" idea="m for m − 1" says="m − 1 steps apart"
export function wholeFilters(side: number, layers: Sizes[]): number[][] {
  let [field, step] = [1, 1];
  return geometry(side, layers).map(([s], i) => {
    field += layers[i].m * step;
    step *= layers[i].t;
    return [s, field];
  });
}

// %% exercise="1" idea="field first" says="expected"
export function fieldFirst(side: number, layers: Sizes[]): number[][] {
  return geometry(side, layers).map(([s, field]) => [field, s]);
}

// %% exercise="1" idea="the last layer only" says="Expected is the shape"
export function lastOnly(side: number, layers: Sizes[]): number[] {
  return geometry(side, layers).at(-1) as number[];
}

// %% exercise="2" idea="right"
export function parameters(side: number, channels: number[], k: number): number {
  let [count, s, inputs] = [0, side, 1];
  for (const outputs of channels) {
    count += 2 * 9 * inputs * outputs; // a filter down, a filter up
    count += outputs + inputs; // a bias for each map that comes out, down and up
    [s, inputs] = [Math.ceil(s / 2), outputs];
  }
  const units = s * s * inputs;
  return count + (units * k + k) + (k * units + units);
}

// %% exercise="2" idea="no biases" says="Count the biases"
export function noBiases(side: number, channels: number[], k: number): number {
  const units = channels.reduce(s => Math.ceil(s / 2), side) ** 2 * (channels.at(-1) as number);
  return parameters(side, channels, k) - total(channels) - total([1, ...channels.slice(0, -1)]) - k - units;
}

// %% exercise="2" idea="twice the encoder" says="In the decoder too"
export function twiceTheEncoder(side: number, channels: number[], k: number): number {
  return noBiases(side, channels, k) + 2 * (total(channels) + k);
}

// %% exercise="2" idea="no bias of the output" says="The output has a bias"
export function noBiasOfOutput(side: number, channels: number[], k: number): number {
  return parameters(side, channels, k) - 1;
}

// %% exercise="2" idea="no biases of the code" says="The code has biases"
export function noBiasesOfCode(side: number, channels: number[], k: number): number {
  return parameters(side, channels, k) - k;
}

// %% exercise="2" idea="transposed convolutions without biases" says="expected"
export function transposedWithout(side: number, channels: number[], k: number): number {
  return parameters(side, channels, k) - total([1, ...channels.slice(0, -1)]);
}

// %% exercise="2" idea="one filter for all input channels" says="expected"
export function oneFilterForAll(side: number, channels: number[], k: number): number {
  const inputs = [1, ...channels];
  return parameters(side, channels, k) - 2 * total(channels.map((outputs, i) => 9 * (inputs[i] - 1) * outputs));
}

// %% exercise="2" idea="sides rounded down" says="Sides round up"
export function roundedDown(side: number, channels: number[], k: number): number {
  const last = channels.at(-1) as number;
  const up = channels.reduce(s => Math.ceil(s / 2), side) ** 2 * last;
  const down = channels.reduce(s => Math.floor(s / 2), side) ** 2 * last;
  return parameters(side, channels, k) - (up - down) * (2 * k + 1);
}

// %% exercise="2" idea="the encoder alone" says="expected"
export function encoderAlone(side: number, channels: number[], k: number): number {
  return noBiases(side, channels, k) / 2 + total(channels) + k;
}

// %% exercise="2" idea="a bias for each pixel" says="expected"
export function biasForEachPixel(side: number, channels: number[], k: number): number {
  let [count, s, inputs] = [noBiases(side, channels, k) + k, side, 1];
  for (const outputs of channels) {
    count += inputs * s * s; // up
    [s, inputs] = [Math.ceil(s / 2), outputs];
    count += outputs * s * s; // down
  }
  return count + inputs * s * s;
}

// %% exercise="2" idea="no dense layers" says="expected"
export function noDenseLayers(side: number, channels: number[]): number {
  const units = channels.reduce(s => Math.ceil(s / 2), side) ** 2 * (channels.at(-1) as number);
  return parameters(side, channels, 0) - units;
}

// %% exercise="3" idea="right"
export function convolutionMatrix(filter: number[], t: number, n: number): number[][] {
  const rows = Math.floor((n - filter.length) / t) + 1;
  return Array.from({ length: rows }, (_, i) => Array.from({ length: n }, (_, u) => filter[u - t * i] ?? 0));
}

// %% exercise="3" idea="the transpose" says="That is the transpose"
export function transposeOfIt(filter: number[], t: number, n: number): number[][] {
  const a = convolutionMatrix(filter, t, n);
  return upTo(n).map(u => a.map(row => row[u]));
}

// %% exercise="3" idea="flipped filter" says="Do not flip"
export function flippedFilter(filter: number[], t: number, n: number): number[][] {
  return convolutionMatrix(filter.toReversed(), t, n);
}

// %% exercise="3" idea="rows one apart" says="expected"
export function oneApart(filter: number[], t: number, n: number): number[][] {
  return convolutionMatrix(filter, t, n).map((_, i) => upTo(n).map(u => filter[u - i] ?? 0));
}

// %% exercise="3" idea="stride 1" says="That is stride 1"
export function strideOne(filter: number[], _t: number, n: number): number[][] {
  return convolutionMatrix(filter, 1, n);
}

// %% exercise="3" idea="rows that stick out" says="no filter sticks out"
export function sticksOut(filter: number[], t: number, n: number): number[][] {
  return upTo(Math.ceil(n / t)).map(i => upTo(n).map(u => filter[u - t * i] ?? 0));
}

// %% exercise="3" idea="around the corner" says="expected"
export function aroundTheCorner(filter: number[], t: number, n: number): number[][] {
  return upTo(Math.ceil(n / t)).map(i => upTo(n).map(u => filter[(u - t * i + n) % n] ?? 0));
}

// %% exercise="3" idea="square" says="expected"
export function square(filter: number[], t: number, n: number): number[][] {
  return upTo(n).map(i => upTo(n).map(u => filter[u - t * i] ?? 0));
}

// %% exercise="4" idea="right"
export function ofConstantMap(filter: number[], t: number): number[] {
  const sums: number[] = Array(t).fill(0); // σ_r
  for (const [a, weight] of filter.entries()) sums[a % t] += weight;
  return sums;
}

// %% exercise="4" idea="counts" says="do not count them"
export function counts(filter: number[], t: number): number[] {
  return upTo(t).map(r => filter.filter((_, a) => a % t === r).length);
}

// %% exercise="4" idea="means" says="expected"
export function means(filter: number[], t: number): number[] {
  const stamps = counts(filter, t);
  return ofConstantMap(filter, t).map((sum, r) => sum / Math.max(1, stamps[r]));
}

// %% exercise="4" idea="the sum of all" says="Not all weights reach"
export function sumOfAll(filter: number[], t: number): number[] {
  return upTo(t).map(() => total(filter));
}

// %% exercise="4" idea="blocks of neighbours" says="expected"
export function blocks(filter: number[], t: number): number[] {
  return upTo(t).map(r => total(filter.slice(r * t, r * t + t)));
}

// %% exercise="4" idea="one place later" says="Begin with"
export function onePlaceLater(filter: number[], t: number): number[] {
  const [first, ...others] = ofConstantMap(filter, t);
  return [...others, first];
}

// %% exercise="4" idea="flipped" says="not flipped"
export function flipped(filter: number[], t: number): number[] {
  return ofConstantMap(filter.toReversed(), t);
}

// %% exercise="4" idea="overlaps do not add up" says="they add up"
export function firstCopyOnly(filter: number[], t: number): number[] {
  return upTo(t).map(r => filter[r] ?? 0);
}

// %% exercise="5" idea="right"
export function asTransposed(filter: number[], t: number): number[] {
  const m = filter.length;
  const places = Array.from({ length: m + t - 1 }, (_, k) =>
    filter.filter((_, a) => k + a >= m - 1 && k + a <= m + t - 2),
  );
  return places.map(weights => weights.reduce((sum, weight) => sum + weight, 0));
}

// %% exercise="5" idea="in the other order" says="The last weight reaches"
export function otherOrder(filter: number[], t: number): number[] {
  return asTransposed(filter, t).toReversed();
}

// %% exercise="5" idea="the filter alone" says="expected"
export function filterAlone(filter: number[], t: number): number[] {
  return upTo(filter.length + t - 1).map(k => filter.toReversed()[k] ?? 0);
}

// %% exercise="5" idea="means" says="Sums, not means"
export function meansOfWeights(filter: number[], t: number): number[] {
  return asTransposed(filter, t).map(value => value / t);
}

// %% exercise="5" idea="each weight repeated" says="do not repeat"
export function eachRepeated(filter: number[], t: number): number[] {
  const repeated = filter.toReversed().flatMap(weight => upTo(t).map(() => weight));
  return upTo(filter.length + t - 1).map(k => repeated[k]);
}

// %% exercise="5" idea="zeros between" says="expected"
export function zerosBetween(filter: number[], t: number): number[] {
  const spread = filter.toReversed().flatMap(weight => [weight, ...upTo(t - 1).map(() => 0)]);
  return upTo(filter.length + t - 1).map(k => spread[k] ?? 0);
}

// %% exercise="5" idea="the whole sum everywhere" says="fewer than t weights"
export function wholeSum(filter: number[], t: number): number[] {
  return upTo(filter.length + t - 1).map(() => total(filter));
}

// %% exercise="5" idea="the filter as it is" says="expected"
export function asItIs(filter: number[]): number[] {
  return filter;
}

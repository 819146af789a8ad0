// %% idea="what all solutions share"
import { tf } from "latent";

const logSinhOver = (kappa: number) => kappa + Math.log1p(-Math.exp(-2 * kappa)) - Math.log(2 * kappa);
const cosineMean = (kappa: number) => 1 / Math.tanh(kappa) - 1 / kappa;
const numbersOf = (tensor: tf.Tensor) => Array.from(tensor.dataSync());

/** A KL term of each κ, 0 at κ = 0. */
function ofEach(kappas: number[], f: (kappa: number) => number): number[] {
  return kappas.map(kappa => (kappa === 0 ? 0 : f(kappa)));
}

function cosineOf(kappa: tf.Tensor, t: tf.Tensor): tf.Tensor {
  const tail = tf.mul(tf.sub(1, t), tf.exp(tf.mul(-2, kappa)));
  return tf.add(1, tf.div(tf.log(tf.add(t, tail)), kappa));
}

/** Draws around e₁, `[N, 3]`. */
function around(w: tf.Tensor, angle: tf.Tensor, radius?: tf.Tensor): tf.Tensor {
  const r = radius ?? tf.sqrt(tf.maximum(tf.sub(1, tf.square(w)), 0));
  return tf.concat([w, tf.mul(r, tf.cos(angle)), tf.mul(r, tf.sin(angle))], 1);
}

/** y − factor · a (aᵀy) / length, a = e₁ − µ. */
function mirrored(y: tf.Tensor, mu: tf.Tensor2D, { factor = 2, floor = 1e-10, root = false } = {}): tf.Tensor2D {
  const a = tf.sub(tf.tensor2d([[1, 0, 0]]), mu);
  const square = tf.sum(tf.square(a), 1, true);
  const length = tf.maximum(root ? tf.sqrt(square) : square, floor);
  const along = tf.div(tf.sum(tf.mul(a, y), 1, true), length);
  return tf.sub(y, tf.mul(tf.mul(factor, along), a));
}

type Angles = (longitude: number, latitude: number) => [number, number];

/** A map of the angles of each row of z, `[N, 2]`. */
function byAngles(z: tf.Tensor2D, place: Angles): tf.Tensor2D {
  const rows = z.arraySync() as [number, number, number][];
  return tf.tensor2d(rows.map(([x, y, north]) => place(Math.atan2(y, x), Math.asin(north))));
}

function mapOf(longitude: number, latitude: number): [number, number] {
  const d = Math.sqrt(1 + Math.cos(latitude) * Math.cos(longitude / 2));
  const x = (2 * Math.SQRT2 * Math.cos(latitude) * Math.sin(longitude / 2)) / d;
  return [x, (Math.SQRT2 * Math.sin(latitude)) / d];
}

/** The code of each point of the map, its angles changed by `then`. */
function backBy(places: tf.Tensor2D, then: Angles): tf.Tensor2D {
  const rows = (places.arraySync() as [number, number][]).map(([x, y]) => {
    const h = Math.sqrt(1 - (x * x) / 16 - (y * y) / 4);
    const [longitude, latitude] = then(2 * Math.atan2(h * x, 4 * h * h - 2), Math.asin(h * y));
    const level = Math.cos(latitude);
    return [level * Math.cos(longitude), level * Math.sin(longitude), Math.sin(latitude)];
  });
  return tf.tensor2d(rows);
}

/** The mean over the images of f(κ) µ. */
function meanBy(mu: tf.Tensor2D, kappa: number[], f: (kappa: number) => number): number[] {
  return numbersOf(tf.mean(tf.mul(mu, tf.tensor2d(kappa.map(k => [f(k)]))), 0));
}

// %% exercise="1" idea="right"
export function klTerms(kappas: number[]): number[] {
  return kappas.map(kappa => {
    if (kappa === 0) return 0;
    const logSinh = kappa + Math.log1p(-Math.exp(-2 * kappa)) - Math.log(2);
    return kappa / Math.tanh(kappa) - 1 + Math.log(kappa) - logSinh;
  });
}

// %% exercise="1" idea="the formula as it stands" says="sinh overflows"
export function asItStands(kappas: number[]): number[] {
  return kappas.map(kappa => kappa / Math.tanh(kappa) - 1 + Math.log(kappa / Math.sinh(kappa)));
}

// %% exercise="1" idea="0/0 at κ = 0" says="Right except at κ = 0"
export function notAtZero(kappas: number[]): number[] {
  return kappas.map(kappa => kappa * cosineMean(kappa) - logSinhOver(kappa));
}

// %% exercise="1" idea="log M added" says="log M is subtracted"
export function addedLog(kappas: number[]): number[] {
  return ofEach(kappas, kappa => kappa * cosineMean(kappa) + logSinhOver(kappa));
}

// %% exercise="1" idea="all draws at the mean" says="The mean cosine is A"
export function atTheMean(kappas: number[]): number[] {
  return ofEach(kappas, kappa => kappa - logSinhOver(kappa));
}

// %% exercise="1" idea="the other direction" says="the mean is taken over q"
export function otherDirection(kappas: number[]): number[] {
  return ofEach(kappas, logSinhOver);
}

// %% exercise="1" idea="bits" says="in bits"
export function inBits(kappas: number[]): number[] {
  return ofEach(kappas, kappa => (kappa * cosineMean(kappa) - logSinhOver(kappa)) / Math.LN2);
}

// %% exercise="1" idea="entropy" says="That is the entropy"
export function entropies(kappas: number[]): number[] {
  const terms = ofEach(kappas, kappa => kappa * cosineMean(kappa) - logSinhOver(kappa));
  return terms.map(kl => Math.log(4 * Math.PI) - kl);
}

// %% exercise="1" idea="large κ only" says="expected"
export function largeOnly(kappas: number[]): number[] {
  return ofEach(kappas, kappa => Math.log(2 * kappa) - 1);
}

// %% exercise="1" idea="κ kept below 700" says="expected"
export function clamped(kappas: number[]): number[] {
  return ofEach(kappas, kappa => {
    const k = Math.min(kappa, 700);
    return k * cosineMean(k) - logSinhOver(k);
  });
}

// %% exercise="2" idea="right"
export function drawsOf(mu: tf.Tensor2D, kappa: tf.Tensor2D, t: tf.Tensor2D, angle: tf.Tensor2D): tf.Tensor2D {
  const w = tf.add(1, tf.div(tf.log(tf.add(t, tf.mul(tf.sub(1, t), tf.exp(tf.mul(-2, kappa))))), kappa));
  const radius = tf.sqrt(tf.maximum(tf.sub(1, tf.square(w)), 0));
  const y = tf.concat([w, tf.mul(radius, tf.cos(angle)), tf.mul(radius, tf.sin(angle))], 1);
  const a = tf.sub(tf.tensor2d([[1, 0, 0]]), mu);
  const along = tf.div(tf.sum(tf.mul(a, y), 1, true), tf.maximum(tf.sum(tf.square(a), 1, true), 1e-10));
  return tf.sub(y, tf.mul(tf.mul(2, along), a));
}

// %% exercise="2" idea="no floor" says="give the denominator a floor"
export function withoutFloor(mu: tf.Tensor2D, kappa: tf.Tensor2D, t: tf.Tensor2D, angle: tf.Tensor2D): tf.Tensor2D {
  return mirrored(around(cosineOf(kappa, t), angle), mu, { floor: 0 });
}

// %% exercise="2" idea="e^κ in float32" says="use the form with"
export function overflowing(mu: tf.Tensor2D, kappa: tf.Tensor2D, t: tf.Tensor2D, angle: tf.Tensor2D): tf.Tensor2D {
  const [low, high] = [tf.exp(tf.neg(kappa)), tf.exp(kappa)];
  const w = tf.div(tf.log(tf.add(low, tf.mul(t, tf.sub(high, low)))), kappa);
  return mirrored(around(w, angle), mu);
}

// %% exercise="2" idea="around e₁" says="carry them to µ"
export function aroundPole(_mu: tf.Tensor2D, kappa: tf.Tensor2D, t: tf.Tensor2D, angle: tf.Tensor2D): tf.Tensor {
  return around(cosineOf(kappa, t), angle);
}

// %% exercise="2" idea="a projection" says="twice as far"
export function projected(mu: tf.Tensor2D, kappa: tf.Tensor2D, t: tf.Tensor2D, angle: tf.Tensor2D): tf.Tensor2D {
  return mirrored(around(cosineOf(kappa, t), angle), mu, { factor: 1 });
}

// %% exercise="2" idea="length for its square" says="not by ‖a‖"
export function byLength(mu: tf.Tensor2D, kappa: tf.Tensor2D, t: tf.Tensor2D, angle: tf.Tensor2D): tf.Tensor2D {
  return mirrored(around(cosineOf(kappa, t), angle), mu, { root: true });
}

// %% exercise="2" idea="uniform cosine" says="2t − 1 is uniform"
export function uniformCosine(mu: tf.Tensor2D, _kappa: tf.Tensor2D, t: tf.Tensor2D, angle: tf.Tensor2D): tf.Tensor2D {
  return mirrored(around(tf.sub(tf.mul(2, t), 1), angle), mu);
}

// %% exercise="2" idea="radius squared" says="radius is √(1 − w²)"
export function squaredRadius(mu: tf.Tensor2D, kappa: tf.Tensor2D, t: tf.Tensor2D, angle: tf.Tensor2D): tf.Tensor2D {
  const w = cosineOf(kappa, t);
  return mirrored(around(w, angle, tf.sub(1, tf.square(w))), mu);
}

// %% exercise="2" idea="without noise" says="expected"
export function onlyMeans(mu: tf.Tensor2D): tf.Tensor2D {
  return mu;
}

// %% exercise="3" idea="right"
export function onMap(z: tf.Tensor2D): tf.Tensor2D {
  const rows = z.arraySync() as [number, number, number][];
  const places = rows.map(([a, b, c]) => {
    const [half, level] = [Math.atan2(b, a) / 2, Math.hypot(a, b)]; // λ/2 and cos φ
    const d = Math.sqrt(1 + level * Math.cos(half));
    return [(2 * Math.SQRT2 * level * Math.sin(half)) / d, (Math.SQRT2 * c) / d];
  });
  return tf.tensor2d(places);
}

// %% exercise="3" idea="Lambert alone" says="this maps half a sphere"
export function lambertAlone(z: tf.Tensor2D): tf.Tensor2D {
  return byAngles(z, (longitude, latitude) => {
    const root = Math.sqrt(2 / (1 + Math.cos(latitude) * Math.cos(longitude)));
    return [root * Math.cos(latitude) * Math.sin(longitude), root * Math.sin(latitude)];
  });
}

// %% exercise="3" idea="x not doubled" says="In the end x is doubled"
export function notDoubled(z: tf.Tensor2D): tf.Tensor2D {
  return byAngles(z, (longitude, latitude) => {
    const [x, y] = mapOf(longitude, latitude);
    return [x / 2, y];
  });
}

// %% exercise="3" idea="longitude not halved" says="is halved before"
export function notHalved(z: tf.Tensor2D): tf.Tensor2D {
  return byAngles(z, (longitude, latitude) => mapOf(2 * longitude, latitude));
}

// %% exercise="3" idea="arctangent of the quotient" says="use atan2"
export function arctangent(z: tf.Tensor2D): tf.Tensor2D {
  return byAngles(z, (longitude, latitude) => mapOf(Math.atan(Math.tan(longitude)), latitude));
}

// %% exercise="3" idea="columns exchanged" says="x comes first"
export function exchanged(z: tf.Tensor2D): tf.Tensor2D {
  return tf.reverse(onMap(z), 1);
}

// %% exercise="3" idea="angles as places" says="project them"
export function anglesAsPlaces(z: tf.Tensor2D): tf.Tensor2D {
  return byAngles(z, (longitude, latitude) => [longitude, latitude]);
}

// %% exercise="3" idea="angle from the pole" says="North is z₃"
export function fromThePole(z: tf.Tensor2D): tf.Tensor2D {
  return byAngles(z, (longitude, latitude) => mapOf(longitude, Math.PI / 2 - latitude));
}

// %% exercise="3" idea="first two coordinates" says="expected"
export function fromAbove(z: tf.Tensor2D): tf.Tensor2D {
  return z.slice([0, 0], [-1, 2]);
}

// %% exercise="4" idea="right"
export function fromMap(places: tf.Tensor2D): tf.Tensor2D {
  const rows = places.arraySync() as [number, number][];
  const codes = rows.map(([x, y]) => {
    const h = Math.sqrt(1 - (x * x) / 16 - (y * y) / 4);
    const longitude = 2 * Math.atan2(h * x, 4 * h * h - 2);
    const level = Math.sqrt(1 - (h * y) ** 2);
    return [level * Math.cos(longitude), level * Math.sin(longitude), h * y];
  });
  return tf.tensor2d(codes);
}

// %% exercise="4" idea="half the longitude" says="double it"
export function halfLongitude(places: tf.Tensor2D): tf.Tensor2D {
  return backBy(places, (longitude, latitude) => [longitude / 2, latitude]);
}

// %% exercise="4" idea="height taken from y" says="the height above the equator is not y"
export function heightFromY(places: tf.Tensor2D): tf.Tensor2D {
  return backBy(places, (longitude, latitude) => {
    const [, y] = mapOf(longitude, latitude);
    return [longitude, Math.asin(Math.max(-1, Math.min(1, y / Math.SQRT2)))];
  });
}

// %% exercise="4" idea="east for west" says="East and west"
export function eastForWest(places: tf.Tensor2D): tf.Tensor2D {
  return backBy(places, (longitude, latitude) => [-longitude, latitude]);
}

// %% exercise="4" idea="north for south" says="North and south"
export function northForSouth(places: tf.Tensor2D): tf.Tensor2D {
  return backBy(places, (longitude, latitude) => [longitude, -latitude]);
}

// %% exercise="4" idea="angles for codes" says="not their angles"
export function anglesForCodes(places: tf.Tensor2D): tf.Tensor2D {
  return byAngles(fromMap(places), (longitude, latitude) => [longitude, latitude]);
}

// %% exercise="4" idea="x not halved" says="expected"
export function notNarrowed(places: tf.Tensor2D): tf.Tensor2D {
  return fromMap(tf.mul(places, tf.tensor2d([[0.5, 1]])) as tf.Tensor2D);
}

// %% exercise="5" idea="right"
export function meanOfDraws(mu: tf.Tensor2D, kappa: number[]): number[] {
  const rows = mu.arraySync() as [number, number, number][];
  const lengths = kappa.map(k => 1 / Math.tanh(k) - 1 / k); // of the mean of each q
  return [0, 1, 2].map(
    axis => rows.reduce((sum, row, i) => sum + (lengths[i] as number) * (row[axis] as number), 0) / rows.length,
  );
}

// %% exercise="5" idea="mean of the means" says="shorter than µ"
export function meanOfMeans(mu: tf.Tensor2D, kappa: number[]): number[] {
  return meanBy(mu, kappa, () => 1);
}

// %% exercise="5" idea="back onto the sphere" says="leave it there"
export function ontoSphere(mu: tf.Tensor2D, kappa: number[]): number[] {
  const mean = meanBy(mu, kappa, cosineMean);
  return mean.map(value => value / Math.hypot(...mean));
}

// %% exercise="5" idea="large κ only" says="holds for large κ only"
export function forLargeKappa(mu: tf.Tensor2D, kappa: number[]): number[] {
  return meanBy(mu, kappa, k => 1 - 1 / k);
}

// %% exercise="5" idea="weighted by κ" says="counts the same"
export function weightedByKappa(mu: tf.Tensor2D, kappa: number[]): number[] {
  const total = kappa.reduce((sum, k) => sum + k, 0);
  return meanBy(mu, kappa, k => (kappa.length * k * cosineMean(k)) / total);
}

// %% exercise="5" idea="sum" says="do not sum"
export function summed(mu: tf.Tensor2D, kappa: number[]): number[] {
  return meanBy(mu, kappa, k => kappa.length * cosineMean(k));
}

// %% exercise="5" idea="two points" says="the mean of two points"
export function twoPoints(mu: tf.Tensor2D, kappa: number[]): number[] {
  return meanBy(mu, kappa, Math.tanh);
}

// %% exercise="5" idea="the prior's mean" says="expected"
export function priorsMean(): number[] {
  return [0, 0, 0];
}

// %% idea="what all solutions share"
import { linalg, tf } from "latent";

type Restore = (x: tf.Tensor2D) => tf.Tensor2D;

/** The symmetric matrix that does `share` to each eigenvalue of `matrix`. */
function onEigenvalues(matrix: tf.Tensor2D, share: (value: tf.Tensor) => tf.Tensor): tf.Tensor2D {
  const { values, vectors } = linalg.eigh(matrix);
  return tf.matMul(tf.mul(vectors, share(values)), vectors, false, true);
}

const inverse = (matrix: tf.Tensor2D) => onEigenvalues(matrix, values => values.reciprocal());
const perImage = (y: tf.Tensor2D, x: tf.Tensor2D) => y.sub(x).square().sum(1).mean().dataSync()[0];

// %% exercise="1" idea="right"
export function wienerFilter(covariance: tf.Tensor2D, sigma2: number): tf.Tensor2D {
  const { values, vectors } = linalg.eigh(covariance);
  const shrunk = values.div(values.add(sigma2)); // λ / (λ + σ²): W has the axes of C
  return tf.matMul(tf.mul(vectors, shrunk), vectors, false, true);
}

// %% exercise="1" idea="what is taken away" says="I − W"
export function takenAway(covariance: tf.Tensor2D, sigma2: number): tf.Tensor2D {
  return onEigenvalues(covariance, values => tf.div(sigma2, values.add(sigma2)));
}

// %% exercise="1" idea="the inverse alone" says="multiply by C"
export function inverseAlone(covariance: tf.Tensor2D, sigma2: number): tf.Tensor2D {
  return inverse(covariance.add(tf.eye(covariance.shape[0]).mul(sigma2)));
}

// %% exercise="1" idea="the variance squared" says="Take sigma2 as it is"
export function squaredVariance(covariance: tf.Tensor2D, sigma2: number): tf.Tensor2D {
  return wienerFilter(covariance, sigma2 * sigma2);
}

// %% exercise="1" idea="its root" says="Take no root"
export function rootOfVariance(covariance: tf.Tensor2D, sigma2: number): tf.Tensor2D {
  return wienerFilter(covariance, Math.sqrt(sigma2));
}

// %% exercise="1" idea="keep or drop" says="PCA keeps or drops"
export function keepOrDrop(covariance: tf.Tensor2D, sigma2: number): tf.Tensor2D {
  return onEigenvalues(covariance, values => values.greater(sigma2).cast("float32"));
}

// %% exercise="1" idea="copy" says="expected"
export function copy(covariance: tf.Tensor2D): tf.Tensor2D {
  return tf.eye(covariance.shape[0]);
}

// %% exercise="1" idea="entry by entry" says="matrix by matrix"
export function entryByEntry(covariance: tf.Tensor2D, sigma2: number): tf.Tensor2D {
  return covariance.div(covariance.add(tf.eye(covariance.shape[0]).mul(sigma2)));
}

// %% exercise="2" idea="right"
export function denoisingLoss(
  restore: (x: tf.Tensor2D) => tf.Tensor2D,
  clean: tf.Tensor2D,
  noise: tf.Tensor2D,
): number {
  const output = restore(clean.add(noise)); // damaged goes in
  return output.sub(clean).square().sum(1).mean().dataSync()[0]; // clean is the target
}

// %% exercise="2" idea="the input as target" says="Wrong target"
export function inputAsTarget(restore: Restore, clean: tf.Tensor2D, noise: tf.Tensor2D): number {
  const seen: tf.Tensor2D = clean.add(noise);
  return perImage(restore(seen), seen);
}

// %% exercise="2" idea="no corruption" says="never saw the noise"
export function noCorruption(restore: Restore, clean: tf.Tensor2D): number {
  return perImage(restore(clean), clean);
}

// %% exercise="2" idea="nothing restored" says="before restoring"
export function nothingRestored(_: Restore, clean: tf.Tensor2D, noise: tf.Tensor2D): number {
  return perImage(clean.add(noise), clean);
}

// %% exercise="2" idea="the noise as target" says="not with the noise"
export function noiseAsTarget(restore: Restore, clean: tf.Tensor2D, noise: tf.Tensor2D): number {
  return perImage(restore(clean.add(noise)), noise);
}

// %% exercise="2" idea="mean over pixels too" says="mean over both"
export function meanOfAll(restore: Restore, clean: tf.Tensor2D, noise: tf.Tensor2D): number {
  return restore(clean.add(noise)).sub(clean).square().mean().dataSync()[0];
}

// %% exercise="2" idea="sum over images too" says="That is the sum: average"
export function sumOfAll(restore: Restore, clean: tf.Tensor2D, noise: tf.Tensor2D): number {
  return restore(clean.add(noise)).sub(clean).square().sum().dataSync()[0];
}

// %% exercise="2" idea="a length" says="Square the differences"
export function meanLength(restore: Restore, clean: tf.Tensor2D, noise: tf.Tensor2D): number {
  return tf.mean(tf.norm(tf.sub(restore(clean.add(noise)), clean), "euclidean", 1)).dataSync()[0];
}

// %% exercise="2" idea="a constant" says="the same for every question"
export function constantLoss(): number {
  return 3;
}

// %% exercise="3" idea="right"
export function afterTraining(
  eigenvalues: number[],
  sigma2: number,
  target: "clean image" | "noisy input" | "second noisy copy",
): number[] {
  const noise = eigenvalues.length * sigma2; // d σ²
  if (target === "noisy input") return [0, noise]; // W = I
  const least = eigenvalues.reduce((sum, value) => sum + (value * sigma2) / (value + sigma2), 0);
  return [target === "clean image" ? least : least + noise, least];
}

// %% exercise="3" idea="the target makes no difference for the map" says="the map copies"
export function sameMap(eigenvalues: number[], sigma2: number, target: string): number[] {
  return afterTraining(eigenvalues, sigma2, target === "noisy input" ? "clean image" : (target as "clean image"));
}

// %% exercise="3" idea="a perfect loss is a perfect map" says="does not mean that the noise is gone"
export function perfectLoss(eigenvalues: number[], sigma2: number, target: string): number[] {
  return target === "noisy input" ? [0, 0] : afterTraining(eigenvalues, sigma2, target as "clean image");
}

// %% exercise="3" idea="the copy is as good as clean, also in the loss" says="stays in the loss"
export function noFloor(eigenvalues: number[], sigma2: number, target: string): number[] {
  return afterTraining(eigenvalues, sigma2, target === "noisy input" ? target : "clean image");
}

// %% exercise="3" idea="the copy's noise is learnt" says="does not learn the copy's noise"
export function learnsNoise(eigenvalues: number[], sigma2: number, target: string): number[] {
  const [loss, error] = afterTraining(eigenvalues, sigma2, target as "clean image") as [number, number];
  return target === "second noisy copy" ? [loss, loss] : [loss, error];
}

// %% exercise="3" idea="the noise of one pixel" says="all d pixels count"
export function onePixel(eigenvalues: number[], sigma2: number, target: string): number[] {
  const [, least] = afterTraining(eigenvalues, sigma2, "clean image") as [number, number];
  if (target === "noisy input") return [0, sigma2];
  return target === "clean image" ? [least, least] : [least + sigma2, least];
}

// %% exercise="3" idea="error first" says="Loss first, error second"
export function errorFirst(eigenvalues: number[], sigma2: number, target: string): number[] {
  return afterTraining(eigenvalues, sigma2, target as "clean image").toReversed();
}

// %% exercise="4" idea="right"
export function unmask(moments: tf.Tensor2D, share: number): tf.Tensor2D {
  const own = moments.mul(tf.eye(moments.shape[0])); // diag M
  const seen: tf.Tensor2D = moments.mul(1 - share).add(own.mul(share)); // E[x̃ x̃ᵀ] / (1 − ν)
  const { values, vectors } = linalg.eigh(seen);
  const inverse: tf.Tensor2D = tf.matMul(vectors.div(values), vectors, false, true);
  return tf.matMul(moments, inverse); // E[x x̃ᵀ] = (1 − ν) M: the factor cancels
}

// %% exercise="4" idea="all pixels in pairs" says="Mind the diagonal"
export function noDiagonal(moments: tf.Tensor2D, share: number): tf.Tensor2D {
  return tf.matMul(moments.mul(1 - share), inverse(moments.mul((1 - share) ** 2)));
}

// %% exercise="4" idea="Wiener's map" says="for Gaussian noise"
export function asGaussian(moments: tf.Tensor2D, share: number): tf.Tensor2D {
  return tf.matMul(moments, inverse(moments.add(tf.eye(moments.shape[0]).mul(share))));
}

// %% exercise="4" idea="kept and masked exchanged" says="expected"
export function exchanged(moments: tf.Tensor2D, share: number): tf.Tensor2D {
  return unmask(moments, 1 - share);
}

// %% exercise="4" idea="cross moments as if nothing were masked" says="(1 − ν) M"
export function crossMomentsOfClean(moments: tf.Tensor2D, share: number): tf.Tensor2D {
  return unmask(moments, share).div(1 - share);
}

// %% exercise="4" idea="transposed" says="Images are columns"
export function transposed(moments: tf.Tensor2D, share: number): tf.Tensor2D {
  return tf.transpose(unmask(moments, share));
}

// %% exercise="4" idea="copy" says="That copies"
export function copyMasked(moments: tf.Tensor2D): tf.Tensor2D {
  return tf.eye(moments.shape[0]);
}

// %% exercise="4" idea="second moments that keep all pairs" says="That copies"
export function allPairs(moments: tf.Tensor2D, share: number): tf.Tensor2D {
  return tf.matMul(moments.mul(1 - share), inverse(moments.mul(1 - share)));
}

// %% exercise="5" idea="right"
export function fromExamples(examples: tf.Tensor2D, seen: tf.Tensor2D, sigma2: number) {
  const apart = examples.sub(seen).square().sum(1); // squared distances, [n]
  const shares = tf.softmax(apart.div(-2 * sigma2)).as2D(1, -1); // p(example | x̃), [1, n]
  const restored: tf.Tensor2D = tf.matMul(shares, examples);
  return { restored, score: restored.sub(seen).div(sigma2) as tf.Tensor2D };
}

// %% exercise="5" idea="σ² instead of 2σ²" says="A Gaussian has 2σ²"
export function withoutTheTwo(examples: tf.Tensor2D, seen: tf.Tensor2D, sigma2: number) {
  const { restored } = fromExamples(examples, seen, sigma2 / 2);
  return { restored, score: restored.sub(seen).div(sigma2) as tf.Tensor2D };
}

// %% exercise="5" idea="divided by σ" says="not by its root"
export function dividedByDeviation(examples: tf.Tensor2D, seen: tf.Tensor2D, sigma2: number) {
  const { restored } = fromExamples(examples, seen, sigma2);
  return { restored, score: restored.sub(seen).div(Math.sqrt(sigma2)) as tf.Tensor2D };
}

// %% exercise="5" idea="the step as score" says="divided by σ²"
export function stepAsScore(examples: tf.Tensor2D, seen: tf.Tensor2D, sigma2: number) {
  const { restored } = fromExamples(examples, seen, sigma2);
  return { restored, score: restored.sub(seen) as tf.Tensor2D };
}

// %% exercise="5" idea="away from the data" says="points to the data"
export function awayFromData(examples: tf.Tensor2D, seen: tf.Tensor2D, sigma2: number) {
  const { restored, score } = fromExamples(examples, seen, sigma2);
  return { restored, score: score.neg() as tf.Tensor2D };
}

// %% exercise="5" idea="the nearest example" says="expected"
export function nearestExample(examples: tf.Tensor2D, seen: tf.Tensor2D, sigma2: number) {
  const nearest = examples.sub(seen).square().sum(1).argMin().dataSync()[0];
  const restored: tf.Tensor2D = examples.slice([nearest, 0], [1, -1]);
  return { restored, score: restored.sub(seen).div(sigma2) as tf.Tensor2D };
}

// %% exercise="5" idea="the mean of all examples" says="expected"
export function meanOfExamples(examples: tf.Tensor2D, seen: tf.Tensor2D, sigma2: number) {
  const restored: tf.Tensor2D = examples.mean(0, true);
  return { restored, score: restored.sub(seen).div(sigma2) as tf.Tensor2D };
}

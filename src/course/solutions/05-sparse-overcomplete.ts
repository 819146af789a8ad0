// %% idea="what all solutions share"
import { linalg, tf } from "latent";

/** Each number t closer to 0, and 0 within t of it. */
function softThreshold(v: tf.Tensor, t: number): tf.Tensor {
  return tf.sign(v).mul(tf.relu(tf.abs(v).sub(t)));
}

/** Proximal gradient for |x − Dz|² + α|z|₁, from z = 0. */
function manySteps(dictionary: tf.Tensor2D, x: tf.Tensor1D, alpha: number, steps: number, eta = 0.01): number[] {
  const [rows, target] = [dictionary.arraySync() as number[][], Array.from(x.dataSync())];
  let z = new Array<number>(dictionary.shape[1]).fill(0);
  for (let step = 0; step < steps; step++) {
    const left = rows.map((row, i) => target[i] - row.reduce((sum, entry, j) => sum + entry * z[j], 0));
    z = z.map((value, j) => {
      const v = value + 2 * eta * rows.reduce((sum, row, i) => sum + row[j] * left[i], 0);
      return Math.sign(v) * Math.max(0, Math.abs(v) - eta * alpha);
    });
  }
  return z;
}

// %% exercise="1" idea="right"
export function sparseCode(dictionary: tf.Tensor2D, x: tf.Tensor1D, alpha: number): number[] {
  const responses = Array.from(dictionary.transpose().dot(x).dataSync()); // Dᵀx
  return responses.map(value => Math.sign(value) * Math.max(0, Math.abs(value) - alpha / 2));
}

// %% exercise="1" idea="threshold α" says="The threshold is α/2"
export function wholePenalty(dictionary: tf.Tensor2D, x: tf.Tensor1D, alpha: number): number[] {
  return Array.from(softThreshold(dictionary.transpose().dot(x), alpha).dataSync());
}

// %% exercise="1" idea="hard threshold" says="What is left on shrinks too"
export function hardThreshold(dictionary: tf.Tensor2D, x: tf.Tensor1D, alpha: number): number[] {
  const responses = Array.from(dictionary.transpose().dot(x).dataSync());
  return responses.map(value => (Math.abs(value) > alpha / 2 ? value : 0));
}

// %% exercise="1" idea="ReLU" says="Negative numbers count by their size"
export function onlyPositive(dictionary: tf.Tensor2D, x: tf.Tensor1D, alpha: number): number[] {
  return Array.from(
    tf
      .relu(
        dictionary
          .transpose()
          .dot(x)
          .sub(alpha / 2),
      )
      .dataSync(),
  );
}

// %% exercise="1" idea="no penalty" says="Those are the responses"
export function responsesOnly(dictionary: tf.Tensor2D, x: tf.Tensor1D): number[] {
  return Array.from(dictionary.transpose().dot(x).dataSync());
}

// %% exercise="1" idea="penalty on squares" says="That penalty is on squares"
export function ridge(dictionary: tf.Tensor2D, x: tf.Tensor1D, alpha: number): number[] {
  return Array.from(
    dictionary
      .transpose()
      .dot(x)
      .div(1 + alpha)
      .dataSync(),
  );
}

// %% exercise="1" idea="shrunk, never zero" says="What is below α/2 becomes 0"
export function neverZero(dictionary: tf.Tensor2D, x: tf.Tensor1D, alpha: number): number[] {
  const responses = Array.from(dictionary.transpose().dot(x).dataSync());
  return responses.map(value => value - (Math.sign(value) * alpha) / 2);
}

// %% exercise="1" idea="dictionary not transposed" says="expected"
export function notTransposed(dictionary: tf.Tensor2D, x: tf.Tensor1D, alpha: number): number[] {
  return Array.from(softThreshold(dictionary.dot(x), alpha / 2).dataSync());
}

// %% exercise="1" idea="a tensor" says="A tensor is no list yet"
export function stillTensor(dictionary: tf.Tensor2D, x: tf.Tensor1D, alpha: number): number[] {
  return softThreshold(dictionary.transpose().dot(x), alpha / 2) as unknown as number[];
}

// %% exercise="2" idea="right"
export function jumpsAt(variance: number, ratios: number[]): number[] {
  const c = (2 / 3) * Math.sqrt(2 / 3); // α_c / λ for r = 1
  return ratios.map(ratio => (c * variance) / Math.sqrt(ratio)); // |w₁| + r|w₂| ≥ 2√(r p)
}

// %% exercise="2" idea="equal penalties" says="That is for equal penalties"
export function equalPenalties(variance: number, ratios: number[]): number[] {
  const c = (2 / 3) * Math.sqrt(2 / 3); // α_c / λ for r = 1
  return ratios.map(() => c * variance);
}

// %% exercise="2" idea="ratio without the root" says="the root of r counts"
export function withoutRoot(variance: number, ratios: number[]): number[] {
  const c = (2 / 3) * Math.sqrt(2 / 3); // α_c / λ for r = 1
  return ratios.map(ratio => (c * variance) / ratio);
}

// %% exercise="2" idea="root upside down" says="earlier, not later"
export function upsideDown(variance: number, ratios: number[]): number[] {
  const c = (2 / 3) * Math.sqrt(2 / 3); // α_c / λ for r = 1
  return ratios.map(ratio => c * variance * Math.sqrt(ratio));
}

// %% exercise="2" idea="mean of both" says="The mean of both"
export function meanPenalty(variance: number, ratios: number[]): number[] {
  const c = (2 / 3) * Math.sqrt(2 / 3); // α_c / λ for r = 1
  return ratios.map(ratio => (2 * c * variance) / (1 + ratio));
}

// %% exercise="2" idea="where the minimum ends" says="There the minimum ends"
export function endOfMinimum(variance: number, ratios: number[]): number[] {
  return ratios.map(ratio => (4 * variance) / Math.sqrt(27 * ratio));
}

// %% exercise="2" idea="penalty for squares" says="which do not jump"
export function squares(variance: number, ratios: number[]): number[] {
  return ratios.map(ratio => variance / Math.sqrt(ratio));
}

// %% exercise="2" idea="a constant" says="expected"
export function constantPenalty(): number[] {
  return [0.5443];
}

// %% exercise="3" idea="right"
export function meetsCondition(weights: number[], slopes: number[], alpha: number): number[] {
  return weights.map((weight, i) => {
    const slope = slopes[i] as number;
    if (weight === 0) return Math.abs(slope) <= alpha ? 1 : 0;
    return Math.abs(slope + alpha * Math.sign(weight)) < 1e-6 ? 1 : 0;
  });
}

// %% exercise="3" idea="sign" says="Mind the sign"
export function signOfSlope(weights: number[], slopes: number[], alpha: number): number[] {
  return meetsCondition(
    weights,
    slopes.map(slope => -slope),
    alpha,
  );
}

// %% exercise="3" idea="zeros always" says="At ω = 0 it depends"
export function zerosAlways(weights: number[], slopes: number[], alpha: number): number[] {
  return meetsCondition(weights, slopes, alpha).map((answer, i) => (weights[i] === 0 ? 1 : answer));
}

// %% exercise="3" idea="slope 0" says="the slope of E is not 0"
export function flat(_: number[], slopes: number[]): number[] {
  return slopes.map(slope => (slope === 0 ? 1 : 0));
}

// %% exercise="3" idea="slope within α everywhere" says="must be exactly"
export function withinEverywhere(_: number[], slopes: number[], alpha: number): number[] {
  return slopes.map(slope => (Math.abs(slope) <= alpha ? 1 : 0));
}

// %% exercise="3" idea="zeros never" says="expected"
export function zerosNever(weights: number[], slopes: number[], alpha: number): number[] {
  return meetsCondition(weights, slopes, alpha).map((answer, i) => (weights[i] === 0 ? 0 : answer));
}

// %% exercise="3" idea="one answer for all" says="Expected is a list"
export function oneForAll(weights: number[], slopes: number[], alpha: number): number[] {
  return Math.min(...meetsCondition(weights, slopes, alpha)) as unknown as number[];
}

// %% exercise="4" idea="right"
export function overcompleteCode(dictionary: tf.Tensor2D, x: tf.Tensor1D, alpha: number): number[] {
  const [rows, target] = [dictionary.arraySync() as number[][], Array.from(x.dataSync())];
  const eta = 0.45 / linalg.svd(dictionary).s.dataSync()[0] ** 2;
  let z = new Array<number>(dictionary.shape[1]).fill(0);
  for (let step = 0; step < 5000; step++) {
    const left = rows.map((row, i) => target[i] - row.reduce((sum, entry, j) => sum + entry * z[j], 0)); // x − Dz
    z = z.map((value, j) => {
      const v = value + 2 * eta * rows.reduce((sum, row, i) => sum + row[j] * left[i], 0);
      return Math.sign(v) * Math.max(0, Math.abs(v) - eta * alpha); // the soft threshold
    });
  }
  return z;
}

// %% exercise="4" idea="one threshold" says="orthonormal columns"
export function oneThreshold(dictionary: tf.Tensor2D, x: tf.Tensor1D, alpha: number): number[] {
  return Array.from(softThreshold(dictionary.transpose().dot(x), alpha / 2).dataSync());
}

// %% exercise="4" idea="pseudo-inverse" says="expected"
export function shortestCode(dictionary: tf.Tensor2D, x: tf.Tensor1D): number[] {
  const { u, s, v } = linalg.svd(dictionary);
  return Array.from(v.div(s).dot(u.transpose().dot(x)).dataSync());
}

// %% exercise="4" idea="responses" says="Those are the responses"
export function plainResponses(dictionary: tf.Tensor2D, x: tf.Tensor1D): number[] {
  return Array.from(dictionary.transpose().dot(x).dataSync());
}

// %% exercise="4" idea="too few steps" says="expected"
export function tooFewSteps(dictionary: tf.Tensor2D, x: tf.Tensor1D, alpha: number): number[] {
  return manySteps(dictionary, x, alpha, 5);
}

// %% exercise="4" idea="twice the penalty" says="expected"
export function twiceThePenalty(dictionary: tf.Tensor2D, x: tf.Tensor1D, alpha: number): number[] {
  return manySteps(dictionary, x, 2 * alpha, 5000);
}

// %% exercise="4" idea="step too long" says="expected"
export function stepTooLong(dictionary: tf.Tensor2D, x: tf.Tensor1D, alpha: number): number[] {
  return manySteps(dictionary, x, alpha, 20, 2);
}

// %% exercise="4" idea="threshold α/2 in each step" says="expected"
export function wholeThreshold(dictionary: tf.Tensor2D, x: tf.Tensor1D, alpha: number): number[] {
  return manySteps(dictionary, x, alpha / 2 / 0.01, 3000);
}

// %% exercise="5" idea="right"
export function unitsInUse(eigenvalues: number[], alphas: number[]): number[] {
  const jump = (2 / 3) * Math.sqrt(2 / 3); // α_c / λ
  return alphas.map(alpha => eigenvalues.filter(value => jump * value > alpha).length);
}

// %% exercise="5" idea="α against λ" says="not with λ"
export function againstVariance(eigenvalues: number[], alphas: number[]): number[] {
  return alphas.map(alpha => eigenvalues.filter(value => value > alpha).length);
}

// %% exercise="5" idea="where the minimum ends" says="At 0.7698 λ the minimum ends"
export function wherever(eigenvalues: number[], alphas: number[]): number[] {
  return alphas.map(alpha => eigenvalues.filter(value => (4 / Math.sqrt(27)) * value > alpha).length);
}

// %% exercise="5" idea="those that go" says="given up"
export function thoseThatGo(eigenvalues: number[], alphas: number[]): number[] {
  return unitsInUse(eigenvalues, alphas).map(kept => eigenvalues.length - kept);
}

// %% exercise="5" idea="all" says="expected"
export function all(eigenvalues: number[], alphas: number[]): number[] {
  return alphas.map(() => eigenvalues.length);
}

// %% exercise="5" idea="eigenvalues taken as sorted" says="expected"
export function takenAsSorted(eigenvalues: number[], alphas: number[]): number[] {
  const jump = (2 / 3) * Math.sqrt(2 / 3);
  return alphas.map(alpha => {
    const first = eigenvalues.findIndex(value => jump * value <= alpha);
    return first < 0 ? eigenvalues.length : first;
  });
}

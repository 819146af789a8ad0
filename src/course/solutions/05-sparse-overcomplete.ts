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
export function wholePrice(dictionary: tf.Tensor2D, x: tf.Tensor1D, alpha: number): number[] {
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

// %% exercise="1" idea="no price" says="Those are the responses"
export function responsesOnly(dictionary: tf.Tensor2D, x: tf.Tensor1D): number[] {
  return Array.from(dictionary.transpose().dot(x).dataSync());
}

// %% exercise="1" idea="price on squares" says="That price is on squares"
export function ridge(dictionary: tf.Tensor2D, x: tf.Tensor1D, alpha: number): number[] {
  return Array.from(
    dictionary
      .transpose()
      .dot(x)
      .div(1 + alpha)
      .dataSync(),
  );
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
export function jumpPrice(variance: number, ratio: number): number {
  return ((2 / 3) * Math.sqrt(2 / 3) * variance) / Math.sqrt(ratio); // |w₁| + r|w₂| ≥ 2√(r p)
}

// %% exercise="2" idea="equal prices" says="That is for equal prices"
export function equalPrices(variance: number): number {
  return (2 / 3) * Math.sqrt(2 / 3) * variance;
}

// %% exercise="2" idea="ratio without the root" says="the root of r counts"
export function withoutRoot(variance: number, ratio: number): number {
  return ((2 / 3) * Math.sqrt(2 / 3) * variance) / ratio;
}

// %% exercise="2" idea="root upside down" says="earlier, not later"
export function upsideDown(variance: number, ratio: number): number {
  return (2 / 3) * Math.sqrt(2 / 3) * variance * Math.sqrt(ratio);
}

// %% exercise="2" idea="mean of the prices" says="The mean of the prices"
export function meanPrice(variance: number, ratio: number): number {
  return ((2 / 3) * Math.sqrt(2 / 3) * variance * 2) / (1 + ratio);
}

// %% exercise="2" idea="where the valley ends" says="There the valley ends"
export function endOfValley(variance: number, ratio: number): number {
  return ((4 / Math.sqrt(27)) * variance) / Math.sqrt(ratio);
}

// %% exercise="2" idea="price for squares" says="which does not jump"
export function squares(variance: number, ratio: number): number {
  return variance / Math.sqrt(ratio);
}

// %% exercise="2" idea="a constant" says="the same for every question"
export function constantPrice(): number {
  return 0.5443;
}

// %% exercise="3" idea="right"
export function slopeOfPrice(codes: tf.Tensor2D, rho: number, beta: number): tf.Tensor2D {
  const mean = codes.mean(0);
  const slope = mean.sub(rho).div(mean.mul(tf.sub(1, mean))); // of the divergence, [k]
  return tf.mul(tf.onesLike(codes), slope.mul(beta / codes.shape[0]));
}

// %% exercise="3" idea="1/n forgotten" says="moves the mean by 1/n"
export function withoutShare(codes: tf.Tensor2D, rho: number, beta: number): tf.Tensor2D {
  return slopeOfPrice(codes, rho, beta * codes.shape[0]);
}

// %% exercise="3" idea="sign" says="must be pushed down"
export function wrongSign(codes: tf.Tensor2D, rho: number, beta: number): tf.Tensor2D {
  return slopeOfPrice(codes, rho, -beta);
}

// %% exercise="3" idea="price of each number" says="First the mean, then the price"
export function ofEachNumber(codes: tf.Tensor2D, rho: number, beta: number): tf.Tensor2D {
  const slope = codes.sub(rho).div(codes.mul(tf.sub(1, codes)));
  return slope.mul(beta / codes.shape[0]);
}

// %% exercise="3" idea="first term only" says="The second term is missing"
export function firstTerm(codes: tf.Tensor2D, rho: number, beta: number): tf.Tensor2D {
  return tf.mul(tf.onesLike(codes), tf.div((-rho * beta) / codes.shape[0], codes.mean(0)));
}

// %% exercise="3" idea="slope of the mean, one row" says="Expected are 6 numbers"
export function oneRow(codes: tf.Tensor2D, rho: number, beta: number): tf.Tensor2D {
  return slopeOfPrice(codes, rho, beta).slice([0, 0], [1, -1]);
}

// %% exercise="3" idea="mean over the units" says="expected"
export function meanOfRows(codes: tf.Tensor2D, rho: number, beta: number): tf.Tensor2D {
  return slopeOfPrice(codes.transpose(), rho, beta).transpose();
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

// %% exercise="4" idea="pseudo-inverse" says="That code has no price"
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

// %% exercise="4" idea="twice the price" says="expected"
export function twiceThePrice(dictionary: tf.Tensor2D, x: tf.Tensor1D, alpha: number): number[] {
  return manySteps(dictionary, x, 2 * alpha, 5000);
}

// %% exercise="4" idea="step too long" says="expected"
export function stepTooLong(dictionary: tf.Tensor2D, x: tf.Tensor1D, alpha: number): number[] {
  return manySteps(dictionary, x, alpha, 20, 2);
}

// %% exercise="5" idea="right"
export function drivingImages(encoder: tf.Tensor2D): tf.Tensor2D {
  const rows: tf.Tensor2D = encoder.transpose();
  return rows.div(rows.square().sum(1, true).sqrt());
}

// %% exercise="5" idea="columns" says="one image a row is asked"
export function columnsOfUnits(encoder: tf.Tensor2D): tf.Tensor2D {
  return drivingImages(encoder).transpose();
}

// %% exercise="5" idea="the weights" says="Those are the weights"
export function weights(encoder: tf.Tensor2D): tf.Tensor2D {
  return encoder.transpose();
}

// %% exercise="5" idea="the other end" says="That drives it the least"
export function otherEnd(encoder: tf.Tensor2D): tf.Tensor2D {
  return drivingImages(encoder).neg();
}

// %% exercise="5" idea="one length for all" says="not all together"
export function oneLength(encoder: tf.Tensor2D): tf.Tensor2D {
  return encoder.transpose().div(encoder.norm());
}

// %% exercise="5" idea="largest pixel" says="the largest pixel 1"
export function largestPixel(encoder: tf.Tensor2D): tf.Tensor2D {
  const rows: tf.Tensor2D = encoder.transpose();
  return rows.div(rows.abs().max(1, true));
}

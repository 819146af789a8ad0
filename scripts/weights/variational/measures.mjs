// What the trainings of variational autoencoders share: a falling rate, and log p(x) of test digits.
import { models, tf } from "latent";

/** Falls from 1 to 0 as half a cosine wave, while `share` of the steps goes from 0 to 1. */
export function halfCosine(share) {
  return 0.5 + 0.5 * Math.cos(Math.PI * share);
}

export const meanOf = tensor => tf.mean(tensor).dataSync()[0];

/** Says log p(x) of `bits` by importance samples, `draws` for each digit, `batchSize` digits at once. */
export function reportLogEvidence(model, bits, { draws, batchSize, random, log }) {
  const bounds = tf
    .split(bits, bits.shape[0] / batchSize)
    .map(part => meanOf(models.importanceBound(model, part, draws, random)));
  const logEvidence = bounds.reduce((sum, bound) => sum + bound, 0) / bounds.length;
  log(`the same digits: log p(x) ${logEvidence.toFixed(2)} nats an image, by ${draws} importance samples`);
}

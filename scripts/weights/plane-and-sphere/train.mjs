// N-VAE and S-VAE of lesson 14, 784-256-128-d and back: all 60,000 digits, new bits in each step, one plan for both.
import { existsSync, rmSync, statSync } from "node:fs";
import { compile, data, generator, models, saveWeights, tf, train as training } from "latent";
import { halfCosine, meanOf, reportLogEvidence } from "../variational/measures.mjs";

const IMAGES = 60_000;
const LONG = { epochs: 120, batchSize: 200, rate: 3e-3, seed: 14 };
/** At d = 2 rate and batches are those of the authors' public example; by the other plan S is 1.4 nats above N there. */
const PLANS = { 2: { epochs: 40, batchSize: 64, rate: 1e-3, seed: 14, falls: false }, 5: LONG, 10: LONG };
/** Draws for log p(x), as in the paper's table 1, for so many test digits at once. */
const TEST = { draws: 500, batchSize: 2000 };

/** The training script of the model of `family` ("vae" or "svae") whose codes have d free dimensions. */
export const trainingOf = (family, d) => async places => {
  const { source, ...mnist } = await data.mnist({ train: IMAGES, test: 10_000 });
  if (source !== "original") throw new Error("These weights are of MNIST, and MNIST is not to be had here.");
  const plan = PLANS[d];
  const model = models[family]({ inputs: 784, latent: d, seed: plan.seed });
  const log = places.openLog({
    about: `${family} 784-256-128-${d}, relu, ${JSON.stringify(plan)}`,
    resume: existsSync(places.checkpoint),
  });
  if (!fitted(model, mnist.train.images, { ...places, plan, log })) return;
  saveWeights(places.path, model, { precision: "float16" });
  models.trained(`14-${family}-${d}`, model); // as the lesson has it: rounded
  report(model, mnist.test.images, log);
  log(`${statSync(places.path).size} bytes`);
  rmSync(places.checkpoint, { force: true });
};

/** False where the time is up before the last epoch: the next run goes on from the checkpoint. */
function fitted(model, images, { plan, checkpoint, timeIsUp, log }) {
  const { epochs, batchSize, rate, seed, falls = true } = plan;
  const steps = Math.floor(IMAGES / batchSize); // of an epoch
  const random = generator(seed);
  const optimizer = tf.train.adam(rate);
  const learningRate = step => rate * halfCosine(step / (steps * epochs));
  const step = compile(x => model.loss(random.bernoulli(x), random), { optimizer, ...(falls && { learningRate }) });
  step.prepare(tf.zeros([batchSize, 784]));
  if (existsSync(checkpoint)) step.restore(checkpoint);
  for (let epoch = 1 + Math.round(optimizer.iterations / steps); epoch <= epochs; epoch++) {
    let sum = 0;
    for (const batch of training.batches(images, { batchSize, epochs: 1, seed: 1000 * seed + epoch }))
      if (batch.shape[0] === batchSize) sum += step(batch);
    step.save(checkpoint);
    log(`epoch ${epoch}, step ${optimizer.iterations}: ELBO ${(-sum / steps).toFixed(2)} nats on training digits`);
    if (timeIsUp() && epoch < epochs) {
      log("the time is up; the next run goes on here");
      return false;
    }
  }
  return true;
}

/** The bound, its terms, and log p(x) by importance samples, on all test digits binarised once, in float16 weights. */
function report(model, images, log) {
  const random = generator(1);
  const bits = random.bernoulli(images);
  const { reconstruction, divergence } = model.bound(bits, random);
  const [right, kl] = [reconstruction, divergence].map(meanOf);
  const words = `reconstruction ${right.toFixed(2)}, KL ${kl.toFixed(2)}, ELBO ${(right - kl).toFixed(2)} nats an image`;
  log(`${bits.shape[0]} test digits, binarised once: ${words}`);
  reportLogEvidence(model, bits, { ...TEST, random, log });
}

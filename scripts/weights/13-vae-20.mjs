// The variational autoencoder 784-256-128-20 of lesson 13, with γ = 1, on all 60,000 digits: each step draws new bits.
import { existsSync, rmSync, statSync } from "node:fs";
import { compile, data, generator, models, saveWeights, tf, train as training } from "latent";
import { halfCosine, meanOf, reportLogEvidence } from "./variational/measures.mjs";

const LATENT = 20;
const IMAGES = 60_000;
const PLAN = { epochs: 50, batchSize: 200, rate: 3e-3, seed: 13 };
const STEPS = IMAGES / PLAN.batchSize; // of an epoch
/** The test: each fifth test digit, so that both halves of the set count alike, and so many draws for log p(x). */
const TEST = { every: 5, draws: 500, batchSize: 500 };

export async function train({ path, checkpoint, openLog, timeIsUp }) {
  const { source, ...mnist } = await data.mnist({ train: IMAGES, test: 10_000 });
  if (source !== "original") throw new Error("These weights are of MNIST, and MNIST is not to be had here.");
  const model = models.vae({ inputs: 784, latent: LATENT, seed: PLAN.seed });
  const random = generator(PLAN.seed);
  const optimizer = tf.train.adam(PLAN.rate);
  const learningRate = step => PLAN.rate * halfCosine(step / (STEPS * PLAN.epochs));
  const step = compile(x => model.loss(random.bernoulli(x), random), { optimizer, learningRate });
  step.prepare(tf.zeros([PLAN.batchSize, 784]));
  const resume = existsSync(checkpoint);
  if (resume) step.restore(checkpoint);
  const log = openLog({ about: `784-256-128-${LATENT}, relu, ${JSON.stringify(PLAN)}`, resume });
  for (let epoch = 1 + Math.round(optimizer.iterations / STEPS); epoch <= PLAN.epochs; epoch++) {
    const { batchSize, seed } = PLAN;
    let sum = 0;
    for (const batch of training.batches(mnist.train.images, { batchSize, epochs: 1, seed: 1000 * seed + epoch }))
      sum += step(batch);
    step.save(checkpoint);
    log(`epoch ${epoch}, step ${optimizer.iterations}: ELBO ${(-sum / STEPS).toFixed(2)} nats on training digits`);
    if (timeIsUp() && epoch < PLAN.epochs) return log("the time is up; the next run goes on here");
  }
  saveWeights(path, model, { precision: "float16" });
  models.trained(`13-vae-${LATENT}`, model);
  report(model, mnist.test.images, log);
  log(`${statSync(path).size} bytes`);
  rmSync(checkpoint, { force: true });
}

/** The bound, its KL term, and log p(x) by importance samples, on test digits binarised once, in float16 weights. */
function report(model, images, log) {
  const random = generator(1);
  const rows = tf.range(0, 10_000, TEST.every, "int32");
  const bits = random.bernoulli(tf.gather(images, rows));
  const { reconstruction, divergence } = model.bound(bits, random);
  const [right, kl] = [reconstruction, divergence].map(meanOf);
  log(
    `${bits.shape[0]} test digits, binarised once: ELBO ${(right - kl).toFixed(2)}, KL ${kl.toFixed(2)} nats an image`,
  );
  reportLogEvidence(model, bits, { ...TEST, random, log });
}

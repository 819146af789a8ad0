// The autoencoder 784-1000-500-250-30 of Hinton and Salakhutdinov (2006), for lesson 07: trained on all 60,000 digits.
// The stored weights took their first 12 epochs under a plan of 40 epochs with small batches, as their log says.
import { existsSync, rmSync, statSync } from "node:fs";
import { compile, data, models, saveWeights, tf } from "latent";
import { permutation, uniform } from "../../dist/latent/random/uniform.js";

const SIZES = [784, 1000, 500, 250, 30];
const IMAGES = 60_000;
const PLAN = {
  ...{ activation: "elu", epochs: 32, rate: 2e-3, warmUp: 300, seed: 7 },
  /** Small batches find the way, large ones have less noise. */
  ...{ batchSize: 100, largeFrom: 13, largeBatchSize: 200 },
  ...{ warped: 0.75, warp: 0.04 },
};

export async function train({ path, checkpoint, openLog, timeIsUp }) {
  const { source, ...mnist } = await data.mnist({ train: IMAGES, test: 10_000 });
  if (source !== "original") throw new Error("These weights are of MNIST, and MNIST is not to be had here.");
  const model = models.deepAutoencoder({ sizes: SIZES, activation: PLAN.activation, seed: PLAN.seed });
  const loss = x => tf.mean(models.squaredError(x, model.decode(model.encode(x)))); // logistic outputs, squared error
  const optimizer = tf.train.adam(PLAN.rate);
  const step = compile(loss, { optimizer, learningRate: at => PLAN.rate * warmUpThenCosine(at) });
  step.prepare(tf.zeros([PLAN.batchSize, 784]));
  const resume = existsSync(checkpoint);
  if (resume) step.restore(checkpoint);
  const log = openLog({ about: `${SIZES.join("-")}, ${JSON.stringify(PLAN)}`, resume });
  if (resume) log(`the plan: ${JSON.stringify(PLAN)}`);
  const batches = batchesOf(await mnist.train.images.data());
  for (let epoch = 1 + Math.round(epochsAt(optimizer.iterations)); epoch <= PLAN.epochs; epoch++) {
    let sum = 0;
    for (const batch of batches(epoch)) {
      sum += step(batch) * batch.shape[0];
      batch.dispose();
    }
    step.save(checkpoint);
    log(`epoch ${epoch}, step ${optimizer.iterations}: training error ${(sum / IMAGES).toFixed(3)}`);
    if (timeIsUp() && epoch < PLAN.epochs) return log("the time is up; the next run goes on here");
  }
  saveWeights(path, model, { precision: "float16" });
  const before = errorOf(loss, mnist.test.images);
  models.trained("07-deep-30", model);
  log(`test error ${before.toFixed(4)} in float32, ${errorOf(loss, mnist.test.images).toFixed(4)} in float16`);
  log(`${statSync(path).size} bytes`);
  rmSync(checkpoint);
}

const batchSizeOf = epoch => (epoch < PLAN.largeFrom ? PLAN.batchSize : PLAN.largeBatchSize);

/** How many epochs are behind after so many steps. */
function epochsAt(steps) {
  const [small, large] = [IMAGES / PLAN.batchSize, IMAGES / PLAN.largeBatchSize]; // steps of an epoch
  const withSmall = Math.min(steps, small * (PLAN.largeFrom - 1));
  return withSmall / small + (steps - withSmall) / large;
}

/** Rises to 1 in a straight line, then falls to 0 as half a cosine wave. */
function warmUpThenCosine(step) {
  return Math.min(1, (step + 1) / PLAN.warmUp) * (0.5 + 0.5 * Math.cos((Math.PI * epochsAt(step)) / PLAN.epochs));
}

/**
 * Batches of an epoch in an order of its own. Some images are warped a little; their share falls from `warped` in the first
 * epoch to almost none in the last, which is trained on the digits as they are.
 */
function batchesOf(pixels) {
  return function* (epoch) {
    const random = uniform(1000 * PLAN.seed + epoch);
    const order = permutation(IMAGES, random);
    const share = PLAN.warped * (1 - (epoch - 1) / PLAN.epochs);
    const size = batchSizeOf(epoch);
    for (let start = 0; start < IMAGES; start += size) {
      const rows = new Float32Array(size * 784);
      for (let i = 0; i < size; i++) {
        const image = pixels.subarray(784 * order[start + i], 784 * (order[start + i] + 1));
        if (random() < share) warp(image, rows.subarray(784 * i, 784 * (i + 1)), random);
        else rows.set(image, 784 * i);
      }
      yield tf.tensor2d(rows, [size, 784]);
    }
  };
}

/** Draws `image` through a random linear map about its middle (turned, slanted, stretched), by bilinear interpolation. */
function warp(image, into, random) {
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const [a, b, c, d] = [1, 0, 0, 1].map(entry => entry + PLAN.warp * normal());
  for (let y = 0; y < 28; y++) {
    for (let x = 0; x < 28; x++) {
      const [right, down] = [x - 13.5, y - 13.5];
      into[28 * y + x] = between(image, a * right + b * down + 13.5, c * right + d * down + 13.5);
    }
  }
}

/** The grey level at a place between pixels; paper outside. */
function between(image, x, y) {
  const [left, top] = [Math.floor(x), Math.floor(y)];
  if (left < 0 || left > 26 || top < 0 || top > 26) return 0;
  const [u, v, at] = [x - left, y - top, 28 * top + left];
  const above = (1 - u) * image[at] + u * image[at + 1];
  const below = (1 - u) * image[at + 28] + u * image[at + 29];
  return (1 - v) * above + v * below;
}

/** Mean over the images, a thousand at a time. */
function errorOf(loss, images) {
  const parts = tf.split(images, images.shape[0] / 1000);
  const errors = parts.map(part => tf.tidy(() => loss(part).dataSync()[0]));
  tf.dispose(parts);
  return errors.reduce((sum, error) => sum + error, 0) / errors.length;
}

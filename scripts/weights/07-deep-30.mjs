// The autoencoder 784-1000-500-250-30 of Hinton and Salakhutdinov (2006), for lesson 07: trained on all 60,000 digits.
import { existsSync, rmSync, statSync } from "node:fs";
import { compile, data, models, saveWeights, tf } from "latent";
import { permutation, uniform } from "../../dist/latent/random/uniform.js";

const SIZES = [784, 1000, 500, 250, 30];
const IMAGES = 60_000;
const PLAN = {
  ...{ activation: "elu", epochs: 40, batchSize: 100, rate: 2e-3, warmUp: 300, seed: 7 },
  ...{ warped: 0.75, warp: 0.04 },
};

export async function train({ path, checkpoint, openLog, timeIsUp }) {
  const { source, ...mnist } = await data.mnist({ train: IMAGES, test: 10_000 });
  if (source !== "original") throw new Error("These weights are of MNIST, and MNIST is not to be had here.");
  const model = models.deepAutoencoder({ sizes: SIZES, activation: PLAN.activation, seed: PLAN.seed });
  const loss = x => tf.mean(models.squaredError(x, model.decode(model.encode(x)))); // logistic outputs, squared error
  const steps = (PLAN.epochs * IMAGES) / PLAN.batchSize;
  const optimizer = tf.train.adam(PLAN.rate);
  const step = compile(loss, { optimizer, learningRate: at => PLAN.rate * warmUpThenCosine(at, steps) });
  step.prepare(tf.zeros([PLAN.batchSize, 784]));
  const resume = existsSync(checkpoint);
  if (resume) step.restore(checkpoint);
  const log = openLog({ about: `${SIZES.join("-")}, ${JSON.stringify(PLAN)}`, resume });
  const batches = batchesOf(await mnist.train.images.data());
  for (let epoch = 1 + (optimizer.iterations * PLAN.batchSize) / IMAGES; epoch <= PLAN.epochs; epoch++) {
    let sum = 0;
    for (const batch of batches(epoch)) {
      sum += step(batch);
      batch.dispose();
    }
    step.save(checkpoint);
    log(`epoch ${epoch}, step ${optimizer.iterations}: training error ${((sum * PLAN.batchSize) / IMAGES).toFixed(3)}`);
    if (timeIsUp() && epoch < PLAN.epochs) return log("the time is up; the next run goes on here");
  }
  saveWeights(path, model, { precision: "float16" });
  const before = errorOf(loss, mnist.test.images);
  models.trained("07-deep-30", model);
  log(`test error ${before.toFixed(4)} in float32, ${errorOf(loss, mnist.test.images).toFixed(4)} in float16`);
  log(`${statSync(path).size} bytes`);
  rmSync(checkpoint);
}

/** Rises to 1 in a straight line, then falls to 0 as half a cosine wave. */
function warmUpThenCosine(step, steps) {
  return Math.min(1, (step + 1) / PLAN.warmUp) * (0.5 + 0.5 * Math.cos((Math.PI * step) / steps));
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
    for (let start = 0; start < IMAGES; start += PLAN.batchSize) {
      const rows = new Float32Array(PLAN.batchSize * 784);
      for (let i = 0; i < PLAN.batchSize; i++) {
        const image = pixels.subarray(784 * order[start + i], 784 * (order[start + i] + 1));
        if (random() < share) warp(image, rows.subarray(784 * i, 784 * (i + 1)), random);
        else rows.set(image, 784 * i);
      }
      yield tf.tensor2d(rows, [PLAN.batchSize, 784]);
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

// The deep belief network 784-500-500-2000 of Hinton, Osindero & Teh 2006 on 60,000 digits, layer by layer with CD-1, then
// fine-tuned as a classifier, for lesson 16. The plan was fixed beforehand; the test digits only measure.
import { statSync } from "node:fs";
import { compile, data, fit, generator, models, saveWeights, tf, train as training } from "latent";

const SIZES = [784, 500, 500, 2000];
const IMAGES = 60_000;
const LAYERS = { epochs: 15, batchSize: 100, rate: 0.1, seed: 16 };
const LABELS = { epochs: 30, batchSize: 100, rate: 1e-3, seed: 16 };

export async function train({ path, openLog }) {
  const { source, ...mnist } = await data.mnist({ train: IMAGES, test: 10_000 });
  if (source !== "original") throw new Error("These weights are of MNIST, and MNIST is not to be had here.");
  const log = openLog({
    about: `${SIZES.join("-")}: layers ${JSON.stringify(LAYERS)}, labels ${JSON.stringify(LABELS)}`,
  });
  const network = models.dbn({ sizes: SIZES, seed: LAYERS.seed });
  let codes = mnist.train.images;
  for (const [i, machine] of network.layers.entries()) {
    const error = await pretrain(machine, codes);
    log(`machine ${i + 1}: ${error.toFixed(2)} squared error of one step down and up, in the last epoch`);
    codes = machine.hiddenGiven(codes);
  }
  const classifier = models.classifierFrom(network, 10, LABELS.seed);
  await fineTune(classifier, mnist, log);
  saveWeights(path, classifier, { precision: "float16" });
  models.trained("16-deep-belief", classifier);
  log(`in float16: ${percent(classifier, mnist.test)} of the test digits are wrong; ${statSync(path).size} bytes`);
}

/** Contrastive divergence, the rate falling in a straight line; the mean error of the last epoch. */
async function pretrain(machine, v) {
  const { epochs, batchSize, rate, seed } = LAYERS;
  const random = generator(seed);
  const inEpoch = IMAGES / batchSize;
  const step = compile((batch, learningRate) => models.contrastiveStep(machine, batch, { learningRate, random }));
  const errors = [];
  for (const batch of training.batches(v, { batchSize, epochs, seed })) {
    const falling = rate * (1 - errors.length / (epochs * inEpoch));
    errors.push(tf.tidy(() => step(batch, tf.scalar(falling)).dataSync()[0]));
  }
  step.dispose();
  return errors.slice(-inEpoch).reduce((sum, value) => sum + value, 0) / inEpoch;
}

async function fineTune(classifier, { train, test }, log) {
  const { epochs, rate, ...options } = LABELS;
  const steps = (epochs * IMAGES) / options.batchSize;
  log(`before any label: ${percent(classifier, test)} of the test digits are wrong`);
  await fit(classifier.loss, [train.images, data.oneHot(train.labels, 10)], {
    ...options,
    epochs,
    optimizer: tf.train.adam(rate),
    learningRate: step => rate * (1 - step / steps),
    onEpoch: ({ loss }, epoch) =>
      log(`epoch ${epoch}: ${loss.toFixed(4)} nats on training digits; ${percent(classifier, test)} wrong of the test`),
  });
}

const percent = (classifier, { images, labels }) => `${(100 * classifier.errorRate(images, labels)).toFixed(2)} %`;

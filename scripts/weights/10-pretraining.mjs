// The encoder 784-256-256-256 of lesson 10: three denoising autoencoders with tied weights, one on the codes of the other.
import { statSync } from "node:fs";
import { compile, data, generator, models, saveWeights, tf, train as training } from "latent";

const SIZES = [784, 256, 256, 256];
const PLAN = { images: 10_000, masked: 0.25, epochs: 50, batchSize: 100, rate: 2e-3, seed: 10 };

export async function train({ path, openLog }) {
  const { source, ...mnist } = await data.mnist({ train: PLAN.images, test: 10_000 });
  if (source !== "original") throw new Error("These weights are of MNIST, and MNIST is not to be had here.");
  const log = openLog({ about: `${SIZES.join("-")}, sigmoid, tied, ${JSON.stringify(PLAN)}` });
  const make = models.initial(PLAN.seed);
  const layers = SIZES.slice(1).map((outputs, i) => models.dense(make, SIZES[i], outputs, "sigmoid"));
  const biases = SIZES.slice(0, -1).map(size => make.constant([size], 0)); // of the decoders
  const random = generator(PLAN.seed);
  let [seen, unseen] = [mnist.train.images, mnist.test.images];
  for (const [i, layer] of layers.entries()) {
    const loss = clean => denoisingLoss(layer, biases[i], clean, random);
    const last = trainLayer(loss, seen);
    log(
      `layer ${i + 1}: ${last.steps} steps, ${last.loss.toFixed(2)} nats in the last epoch, ${onTest(loss, unseen)} on test digits`,
    );
    [seen, unseen] = [layer.apply(seen), layer.apply(unseen)];
  }
  const variables = [...layers.flatMap(layer => layer.variables), ...biases];
  saveWeights(path, variables, { precision: "float16" });
  models.trained("10-pretraining", variables);
  const first = clean => denoisingLoss(layers[0], biases[0], clean, random);
  log(`layer 1 in float16: ${onTest(first, mnist.test.images)} nats on test digits; ${statSync(path).size} bytes`);
}

/** The layer sees its input with a share of the entries masked and restores it through its own transposed weights. */
function denoisingLoss(layer, bias, clean, random) {
  const masked = tf.mul(clean, random.bernoulli(tf.fill(clean.shape, 1 - PLAN.masked)));
  const logits = tf.add(tf.matMul(layer.apply(masked), layer.weights, false, true), bias);
  return models.average(models.bernoulliCrossEntropy(clean, logits));
}

function trainLayer(loss, images) {
  const { epochs, batchSize, rate, seed } = PLAN;
  const inEpoch = PLAN.images / batchSize;
  const steps = epochs * inEpoch;
  const step = compile(loss, { optimizer: tf.train.adam(rate), learningRate: at => rate * (1 - (0.9 * at) / steps) });
  const losses = [];
  for (const batch of training.batches(images, { batchSize, epochs, seed })) losses.push(step(batch));
  step.dispose();
  return { steps, loss: losses.slice(-inEpoch).reduce((sum, value) => sum + value, 0) / inEpoch };
}

const onTest = (loss, images) => tf.tidy(() => loss(images).dataSync()[0]).toFixed(2);

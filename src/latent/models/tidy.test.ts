import assert from "node:assert/strict";
import { test } from "node:test";
import { leftBy } from "../../testkit/left.ts";
import { generator } from "../compile/index.ts";
import { tf } from "../engine/tf.ts";
import * as models from "./index.ts";

const x = tf.randomUniform([4, 6], 0, 1, "float32", 1) as tf.Tensor2D;
const random = generator(1);
const coder = models.denseAutoencoder({ inputs: 6, code: 2, seed: 1 });
const gaussian = models.vae({ inputs: 6, hidden: [5], latent: 2, seed: 1 });
const spherical = models.svae({ inputs: 6, hidden: [5], latent: 2, seed: 1 });
const machine = models.rbm({ visible: 6, hidden: 3, seed: 1 });
const belief = models.dbn({ sizes: [6, 3, 2], seed: 1 });
const classes = models.mlp({ sizes: [6, 4, 3], seed: 1 });
const [b, q, v] = [coder.encode(x), gaussian.encode(x), spherical.encode(x)];
const one = tf.oneHot(tf.tensor1d([0, 1, 2, 0], "int32"), 3) as tf.Tensor2D;
const chain = tf.variable(tf.ones([4, 6]), false);
const images = tf.ones([2, 8, 8, 1]) as tf.Tensor4D;
const conv = models.convAutoencoder({ side: 8, channels: [2], code: 3, seed: 1 });
const sequences = tf.ones([2, 3, 4]) as tf.Tensor3D;
const attention = models.attention(models.initial(1), { width: 4, heads: 2, causal: true });
const normalization = models.layerNormalization(models.initial(1), 4);

/** What the user calls, and how many tensors it hands out. */
const calls: Record<string, [() => unknown, number]> = {
  "autoencoder.encode": [() => coder.encode(x), 1],
  "autoencoder.decode": [() => coder.decode(b), 1],
  "autoencoder.loss": [() => coder.loss(x), 1],
  "vae.encode": [() => gaussian.encode(x), 2],
  "vae.sample": [() => gaussian.sample(q, random), 1],
  "vae.decode": [() => gaussian.decode(q.mean), 1],
  "vae.bound": [() => gaussian.bound(x, random), 2],
  "vae.loss": [() => gaussian.loss(x, random), 1],
  "vae.loss with a tensor for gamma": [() => gaussian.loss(x, random, tf.scalar(1)), 2],
  "vae.logWeight": [() => gaussian.logWeight(x, random), 1],
  "svae.encode": [() => spherical.encode(x), 2],
  "svae.sample": [() => spherical.sample(v, random), 1],
  "svae.bound": [() => spherical.bound(x, random), 2],
  "svae.loss": [() => spherical.loss(x, random), 1],
  importanceBound: [() => models.importanceBound(gaussian, x, 3, random), 1],
  sampleGaussian: [() => models.sampleGaussian(q, random), 1],
  gaussianDivergence: [() => models.gaussianDivergence(q), 1],
  squaredError: [() => models.squaredError(x, x), 1],
  bernoulliCrossEntropy: [() => models.bernoulliCrossEntropy(x, x), 1],
  softmaxCrossEntropy: [() => models.softmaxCrossEntropy(one, one), 1],
  perExample: [() => models.perExample(images), 1],
  "rbm.gibbs": [() => machine.gibbs(x, random, 2), 1],
  "rbm.energyGap": [() => machine.energyGap(x, x), 1],
  "rbm statistics": [() => models.statistics(machine, x), 3],
  contrastiveStep: [() => models.contrastiveStep(machine, x, { learningRate: 0.1, random }), 1],
  persistentStep: [() => models.persistentStep(machine, x, chain, { learningRate: 0.1, random }), 1],
  "dbn.up": [() => belief.up(x), 1],
  "dbn.sample": [() => belief.sample(3, random, 2), 1],
  "mlp.logits": [() => classes.logits(x), 1],
  "mlp.loss": [() => classes.loss(x, one), 1],
  "mlp.errorRate": [() => classes.errorRate(x, [0, 1, 2, 0]), 0],
  "dense.apply": [() => models.dense(models.initial(1), 6, 2, "relu").apply(x), 3],
  "convAutoencoder.encode": [() => conv.encode(tf.reshape(images, [2, 64])), 2],
  "convolution.apply": [() => models.convolution(models.initial(1), 1, 2, "relu").apply(images), 3],
  "attention.apply": [() => attention.apply(sequences), 1],
  "layerNormalization.apply": [() => normalization.apply(sequences), 1],
};
for (const [what, [call, handed]] of Object.entries(calls)) {
  test(`${what} leaves nothing behind that its caller cannot reach`, async () => {
    assert.equal(await leftBy(tf, call), handed);
  });
}

test("an error rate of rows and labels that are not as many is refused", () => {
  assert.throws(() => classes.errorRate(x, [0, 1]), /a label for each row: 4 rows, 2 labels/);
});

test("gamma and the learning rate of a contrastive step are numbers or tensors", () => {
  const loss = (gamma: number | tf.Scalar) => gaussian.loss(x, generator(3), gamma).dataSync()[0];
  assert.equal(loss(tf.scalar(0.5)), loss(0.5));
  const moved = (learningRate: number | tf.Scalar) => {
    const model = models.rbm({ visible: 6, hidden: 3, seed: 2 });
    models.contrastiveStep(model, x, { learningRate, random: generator(4) });
    return [...model.weights.dataSync()];
  };
  assert.deepEqual(moved(tf.scalar(0.5)), moved(0.5));
});

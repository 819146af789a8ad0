import assert from "node:assert/strict";
import { test } from "node:test";
import { withoutData } from "../../testkit/needs.ts";
import {
  annealedLogPartition,
  annealingSchedule,
  binaryStates,
  dataBias,
  exactLogPartition,
  logProbability,
} from "../classical/rbm/index.ts";
import { compile, generator } from "../compile/index.ts";
import { barsAndStripes } from "../data/bars-and-stripes.ts";
import { digits8x8 } from "../data/digits8x8.ts";
import { mnist } from "../data/mnist.ts";
import { tf } from "../engine/tf.ts";
import {
  classifierFrom,
  contrastiveStep,
  dbn,
  initial,
  persistentStep,
  type Rbm,
  rbm,
  rbmOf,
  stack,
  statistics,
  tiedAbove,
} from "./index.ts";

const skip = withoutData();
const scalar = (x: tf.Tensor): number => x.dataSync()[0] as number;
const largest = (x: tf.Tensor): number => scalar(tf.max(tf.abs(x)));

function lively(visible: number, hidden: number, seed: number): Rbm {
  const make = initial(seed);
  return rbmOf(make.normal([visible, hidden], 1), make.normal([visible], 1), make.normal([hidden], 1));
}

test("the gradient of F(data) − F(sample) is the difference of contrastive divergence's statistics", () => {
  const model = lively(8, 5, 1);
  const random = generator(1);
  const data = random.bernoulli(tf.fill([20, 8], 0.4)) as tf.Tensor2D;
  const sample = model.gibbs(data, random, 1);
  const { grads } = tf.variableGrads(() => model.energyGap(data, sample), model.variables);
  const [w, a, b] = model.variables.map(variable => grads[variable.name]) as [tf.Tensor, tf.Tensor, tf.Tensor];
  const [of, found] = [statistics(model, data), statistics(model, sample)];
  assert.ok(largest(tf.add(w, tf.sub(of.weights, found.weights))) < 1e-5);
  assert.ok(largest(tf.add(a, tf.sub(of.visibleBias, found.visibleBias))) < 1e-5);
  assert.ok(largest(tf.add(b, tf.sub(of.hiddenBias, found.hiddenBias))) < 1e-5);
});

test("the conditionals are those of the joint distribution, by enumeration", () => {
  const model = lively(4, 3, 2);
  const [v, h] = [binaryStates(0, 16, 4), binaryStates(0, 8, 3)];
  const joint = tf.add(
    tf.add(tf.matMul(tf.matMul(v, model.weights), h, false, true), tf.matMul(v, tf.expandDims(model.visibleBias, 1))),
    tf.matMul(h, tf.expandDims(model.hiddenBias, 1)).transpose(),
  );
  const givenV = tf.matMul(tf.softmax(joint), h);
  assert.ok(largest(tf.sub(givenV, model.hiddenGiven(v))) < 1e-5);
  const givenH = tf.matMul(tf.softmax(joint.transpose()), v);
  assert.ok(largest(tf.sub(givenH, model.visibleGiven(h))) < 1e-5);
});

test("long Gibbs sampling has the exact mean of every visible unit", () => {
  const model = lively(4, 3, 3);
  const states = binaryStates(0, 16, 4);
  const p = tf.exp(logProbability(model, states, exactLogPartition(model)));
  const exact = tf.matMul(tf.expandDims(p, 0) as tf.Tensor2D, states);
  const samples = model.gibbs(tf.zeros([20_000, 4]), generator(1), 60);
  assert.ok(largest(tf.sub(tf.mean(samples, 0), exact)) < 0.02);
});

test("persistent chains teach bars and stripes 3 × 3 to a mean log-likelihood above −2.9, near the best of −2.639", () => {
  const data = barsAndStripes(3);
  const model = rbm({ visible: 9, hidden: 12, seed: 1 });
  const chain = tf.variable(tf.zeros([140, 9]));
  const random = generator(1);
  const step = compile((x: tf.Tensor2D) =>
    persistentStep(model, x, chain, { learningRate: 0.1, gibbsSteps: 5, random }),
  );
  for (let i = 0; i < 4000; i++) step(data).dispose();
  const reached = scalar(tf.mean(logProbability(model, data, exactLogPartition(model))));
  assert.ok(reached > -2.9 && reached < -2.639, `${reached}`);
});

test("contrastive divergence learns the digits: the chain's distance from the data falls", async () => {
  const { images } = await digits8x8();
  const data = tf.cast(tf.greater(images, 0.5), "float32") as tf.Tensor2D;
  const model = rbm({ visible: 64, hidden: 32, seed: 1 });
  const random = generator(1);
  const step = compile((x: tf.Tensor2D) => contrastiveStep(model, x, { learningRate: 0.2, random }));
  const first = scalar(step(data));
  let last = first;
  for (let i = 0; i < 150; i++) last = scalar(step(data));
  assert.ok(last < 0.7 * first, `${first} → ${last}`);
});

test("a machine with the transposed weights on top leaves log p(v) unchanged, by enumeration", () => {
  const below = lively(6, 4, 5);
  const above = tiedAbove(below);
  const [v, h] = [binaryStates(0, 64, 6), binaryStates(0, 16, 4)];
  const alone = logProbability(below, v, exactLogPartition(below));
  const logTop = logProbability(above, h, exactLogPartition(above));
  const logits = tf.log(below.visibleGiven(h));
  const others = tf.log(tf.sub(1, below.visibleGiven(h)));
  const given = tf.add(tf.matMul(v, logits, false, true), tf.matMul(tf.sub(1, v), others as tf.Tensor2D, false, true));
  const stacked = tf.logSumExp(tf.add(given, logTop), 1);
  assert.ok(largest(tf.sub(stacked, alone)) < 1e-4);
});

test("a deep belief network goes up and down in its shapes, samples are probabilities, a classifier starts at its up pass", () => {
  const network = dbn({ sizes: [9, 6, 4], seed: 1 });
  const x = barsAndStripes(3);
  assert.deepEqual(network.up(x).shape, [14, 4]);
  assert.deepEqual(network.up(x, 1).shape, [14, 6]);
  assert.deepEqual(network.up(x, 0).dataSync(), x.dataSync());
  const samples = network.sample(5, generator(1), 10);
  assert.deepEqual(samples.shape, [5, 9]);
  assert.ok(largest(tf.sub(samples, 0.5)) <= 0.5);
  assert.equal(stack([network.layers[0] as Rbm]).up(x).shape[1], 6);
  const model = classifierFrom(network, 3, 1);
  assert.deepEqual(model.logits(x).shape, [14, 3]);
  assert.equal(model.variables.length, 6);
  const [w, b] = model.variables.slice(-2) as [tf.Variable, tf.Variable];
  const expected = tf.add(tf.matMul(network.up(x), w as unknown as tf.Tensor2D), b);
  assert.ok(largest(tf.sub(model.logits(x), expected)) < 1e-6);
});

test("a machine without units is refused", () => {
  assert.throws(() => rbm({ visible: 0, hidden: 3, seed: 1 }), /whole numbers from 1/);
  assert.throws(() => dbn({ sizes: [4], seed: 1 }), /two or more sizes/);
});

test("in full: 20 hidden units on 10,000 binarised MNIST digits by CD-1 give the test images more than −172 nats, and annealing agrees with log Z", {
  skip: skip || (process.env.LATENT_FULL ? false : "a minute: npm run test:full runs it"),
}, async () => {
  const { train, test } = await mnist();
  const binary = (x: tf.Tensor) => tf.cast(tf.greater(x, 0.5), "float32") as tf.Tensor2D;
  const data = binary(train.images);
  const model = rbm({ visible: 784, hidden: 20, seed: 1 });
  const random = generator(1);
  const step = compile((x: tf.Tensor2D) => contrastiveStep(model, x, { learningRate: 0.1, random }));
  for (let i = 0; i < 12_000; i++) {
    const batch = tf.slice(data, [(i * 100) % 10_000, 0], [100, 784]) as tf.Tensor2D;
    step(batch).dispose();
    batch.dispose();
  }
  const exact = exactLogPartition(model);
  const reached = scalar(tf.mean(logProbability(model, binary(test.images), exact)));
  assert.ok(reached > -172, `${reached}`);
  const { low, high } = annealedLogPartition(model, {
    temperatures: annealingSchedule(14_500),
    baseBias: dataBias(data),
    random: generator(2),
  });
  assert.ok(low <= exact && exact <= high, `${exact} is not in ${low} … ${high}`);
});

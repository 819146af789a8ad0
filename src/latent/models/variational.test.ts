import assert from "node:assert/strict";
import { before, test } from "node:test";
import { pca } from "../classical/pca.ts";
import { probabilisticPca } from "../classical/ppca.ts";
import { klToUniform } from "../classical/vmf/index.ts";
import { compile, generator } from "../compile/index.ts";
import { digits8x8 } from "../data/digits8x8.ts";
import { tf } from "../engine/tf.ts";
import { gaussianDivergence, importanceBound, sampleGaussian, svae, vae } from "./index.ts";

const near = (actual: number, expected: number, tolerance: number) =>
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual} is not within ${tolerance} of ${expected}`);
const scalar = (x: tf.Tensor): number => x.dataSync()[0] as number;

let digits: tf.Tensor2D;
before(async () => {
  digits = (await digits8x8()).images;
});

test("the closed KL of Gaussians is that of 200,000 draws within 0.01 nats", () => {
  tf.tidy(() => {
    const q = {
      mean: tf.tile(tf.tensor2d([[0.7, -0.3]]), [200_000, 1]),
      deviation: tf.tile(tf.tensor2d([[0.5, 1.4]]), [200_000, 1]),
    };
    const z = sampleGaussian(q, generator(1));
    const log = (x: tf.Tensor, mean: tf.Tensor | number, deviation: tf.Tensor | number) =>
      tf.sub(tf.mul(-0.5, tf.square(tf.div(tf.sub(x, mean), deviation))), tf.log(deviation));
    const ratio = tf.sum(tf.sub(log(z, q.mean, q.deviation), log(z, 0, 1)), 1);
    const byHand = 0.5 * (0.49 + 0.25 - 1 - Math.log(0.25) + 0.09 + 1.96 - 1 - Math.log(1.96));
    near(scalar(gaussianDivergence(q)), byHand, 1e-5);
    near(scalar(tf.mean(ratio)), byHand, 0.01);
  });
});

test("shapes: a Gaussian code has the latent size, a spherical one lies on a sphere one dimension up", () => {
  const random = generator(1);
  const x = tf.fill([5, 64], 0.5) as tf.Tensor2D;
  const gaussian = vae({ inputs: 64, latent: 2, hidden: [16], seed: 1 });
  const q = gaussian.encode(x);
  assert.deepEqual(
    [q.mean.shape, q.deviation.shape],
    [
      [5, 2],
      [5, 2],
    ],
  );
  assert.deepEqual(gaussian.decode(gaussian.sample(q, random)).shape, [5, 64]);
  const spherical = svae({ inputs: 64, latent: 2, hidden: [16], seed: 1 });
  const s = spherical.encode(x);
  assert.deepEqual(
    [s.mean.shape, s.kappa.shape],
    [
      [5, 3],
      [5, 1],
    ],
  );
  const lengths = tf.norm(spherical.sample(s, random), "euclidean", 1).dataSync();
  for (const length of lengths) near(length, 1, 1e-5);
});

test("the spherical model's divergence is the closed KL to the uniform, and its weights average to it", () => {
  const model = svae({ inputs: 4, latent: 4, hidden: [8], seed: 3 });
  const x = tf.tile(tf.tensor2d([[0.1, 0.9, 0.4, 0]]), [40_000, 1]) as tf.Tensor2D;
  tf.tidy(() => {
    const { kappa } = model.encode(x);
    const { reconstruction, divergence } = model.bound(x, generator(1));
    near(scalar(divergence), klToUniform(5, scalar(kappa)), 1e-5);
    const weight = tf.mean(model.logWeight(x, generator(1)));
    near(scalar(weight), scalar(tf.mean(tf.sub(reconstruction, divergence))), 0.02);
  });
});

test("γ weighs the divergence in the loss", () => {
  const model = vae({ inputs: 4, latent: 2, hidden: [], seed: 3 });
  const x = tf.fill([10, 4], 0.5) as tf.Tensor2D;
  const at = (gamma: number) => scalar(model.loss(x, generator(5), gamma));
  const divergence = scalar(tf.mean(model.bound(x, generator(5)).divergence));
  near(at(3) - at(1), 2 * divergence, 1e-4);
});

test("Gaussian and spherical models learn the digits in 80 compiled steps", () => {
  for (const make of [vae, svae]) {
    const model = make({ inputs: 64, latent: 2, hidden: [32], seed: 1 });
    const random = generator(1);
    const step = compile((x: tf.Tensor2D) => model.loss(x, random), { optimizer: tf.train.adam(1e-2) });
    const first = step(digits);
    let last = first;
    for (let i = 0; i < 80; i++) last = step(digits);
    assert.ok(last < first - 10 && Number.isFinite(last), `${make.name}: ${first} → ${last}`);
  }
});

test("the compiled spherical model takes the same steps as the eager one", () => {
  const few = tf.slice(digits, [0, 0], [100, 64]) as tf.Tensor2D;
  const run = (compiled: boolean): number[] => {
    const model = svae({ inputs: 64, latent: 4, hidden: [16], seed: 1 });
    const random = generator(1);
    const optimizer = tf.train.sgd(1e-3);
    const loss = (x: tf.Tensor2D) => model.loss(x, random);
    const step = compiled
      ? compile(loss, { optimizer })
      : (x: tf.Tensor2D) => scalar(optimizer.minimize(() => loss(x), true) as tf.Scalar);
    return Array.from({ length: 10 }, () => step(few));
  };
  const eager = run(false);
  run(true).forEach((value, i) => {
    near(value / (eager[i] as number), 1, 1e-4);
  });
});

test("L₁ ≤ L₅ ≤ L₅₀ ≤ log p(x), and a linear model's bound comes to the log-likelihood of probabilistic PCA", () => {
  const analysis = pca(digits, 64);
  const centred = tf.sub(digits, analysis.mean) as tf.Tensor2D;
  const { noise, logLikelihood } = probabilisticPca(analysis.variances.dataSync(), 10);
  const model = vae({ inputs: 64, latent: 10, hidden: [], likelihood: { variance: noise }, seed: 1 });
  const random = generator(1);
  const rate = (i: number) => (i < 800 ? 1e-2 : 1e-3);
  const step = compile((x: tf.Tensor2D) => model.loss(x, random), {
    optimizer: tf.train.adam(1e-2),
    learningRate: rate,
  });
  for (let i = 0; i < 1500; i++) step(centred);
  const at = (k: number) => scalar(tf.mean(importanceBound(model, centred, k, generator(9))));
  const [one, five, fifty] = [at(1), at(5), at(50)];
  assert.ok(one <= five && five <= fifty && fifty <= logLikelihood + 0.02, `${one} ${five} ${fifty} ${logLikelihood}`);
  const bound = Array.from({ length: 20 }, () => scalar(model.loss(centred, random)));
  near(-bound.reduce((a, b) => a + b) / 20, logLikelihood, 0.25);
});

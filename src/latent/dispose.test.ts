import assert from "node:assert/strict";
import { test } from "node:test";
import { leftBy } from "../testkit/left.ts";
import { classical, models, tf } from "./index.ts";

const x = tf.randomUniform([40, 3], 0, 1, "float32", 1) as tf.Tensor2D;
const mixture = (covariance: "full" | "diagonal" | "spherical") => () =>
  classical.gaussianMixture(x, { components: 2, covariance, seed: 1, iterations: 5 });

const made: Record<string, () => { dispose(): void }> = {
  "an autoencoder": () => models.denseAutoencoder({ inputs: 3, code: 2, seed: 1 }),
  "a deep autoencoder": () => models.deepAutoencoder({ sizes: [3, 4, 2], seed: 1 }),
  "an LSTM autoencoder": () => models.lstmAutoencoder({ timeSteps: 3, features: 2, units: 2, code: 2, seed: 1 }),
  "a Boltzmann machine": () => models.rbm({ visible: 3, hidden: 2, seed: 1 }),
  "a belief network": () => models.dbn({ sizes: [3, 2, 2], seed: 1 }),
  "principal components": () => classical.pca(x, 2),
  "k-means": () => classical.kMeans(x, { clusters: 2, seed: 1 }),
  "a full mixture": mixture("full"),
  "a diagonal mixture": mixture("diagonal"),
  "a spherical mixture": mixture("spherical"),
};
for (const [what, make] of Object.entries(made)) {
  test(`${what} holds tensors, and none after dispose`, async () => {
    make().dispose(); // the engine keeps a few of its own from the first call
    assert.ok((await leftBy(tf, make)) > 0);
    assert.equal(await leftBy(tf, () => make().dispose()), 0);
  });
}

import assert from "node:assert/strict";
import { test } from "node:test";
import { compile, fit, generator, models, tf, train } from "../index.ts";
import { expectKeys } from "./keys.ts";

const x = tf.ones([4, 2]) as tf.Tensor2D;
const w = tf.variable(tf.ones([2, 1]));
const loss = (batch: tf.Tensor2D): tf.Scalar => tf.mean(tf.matMul(batch, w as tf.Tensor));
const optimizer = tf.train.sgd(0.1);
const machine = models.rbm({ visible: 2, hidden: 2, seed: 1 });
const chain = tf.variable(tf.ones([4, 2]), false);
const random = generator(1);
const use: Record<string, (options: object) => unknown> = {
  fit: options => fit(loss, x, { epochs: 1, optimizer, ...options } as never),
  "train.batches": options => train.batches(x, { epochs: 1, seed: 1, ...options } as never).next(),
  compile: options => compile(loss, { optimizer, ...options } as never),
  contrastiveStep: options => models.contrastiveStep(machine, x, { learningRate: 0.1, random, ...options } as never),
  persistentStep: options =>
    models.persistentStep(machine, x, chain, { learningRate: 0.1, random, ...options } as never),
  lstmAutoencoder: options => models.lstmAutoencoder({ features: 2, seed: 1, ...options } as never),
  transformerAutoencoder: options => models.transformerAutoencoder({ vocabulary: 2, seed: 1, ...options } as never),
};

/** A function, a name for one of its options from elsewhere, and its own. */
const renamed: [string, string, string][] = [
  ["fit", "batch", "batchSize"],
  ["fit", "size", "batchSize"],
  ["fit", "validation", "validationData"],
  ["fit", "rate", "learningRate"],
  ["train.batches", "size", "batchSize"],
  ["train.batches", "batch", "batchSize"],
  ["compile", "steps", "stepsPerCall"],
  ["compile", "rate", "learningRate"],
  ["contrastiveStep", "steps", "gibbsSteps"],
  ["contrastiveStep", "rate", "learningRate"],
  ["persistentStep", "steps", "gibbsSteps"],
  ["lstmAutoencoder", "steps", "timeSteps"],
  ["transformerAutoencoder", "steps", "timeSteps"],
];
for (const [who, wrong, right] of renamed) {
  test(`${who} refuses ${wrong} and names ${right}`, async () => {
    const says = new RegExp(`^TypeError: ${who} has no option ${wrong}: it is called ${right}\\.`);
    await assert.rejects(async () => await use[who]?.({ [wrong]: 1 }), says);
  });
}

for (const who of Object.keys(use)) {
  test(`${who} refuses an option that it does not have, also one of every object, and lists its own`, async () => {
    for (const key of ["epoch", "toString"]) {
      const says = new RegExp(`^TypeError: ${who} has no option ${key}\\. It has \\w+, \\w+`);
      await assert.rejects(async () => await use[who]?.({ [key]: 1 }), says);
    }
  });
}

test("options that are no object are refused", () => {
  for (const options of [undefined, null, 3]) {
    assert.throws(() => expectKeys(options as never, "fit", {}), /^TypeError: fit takes its options as an object/);
  }
});

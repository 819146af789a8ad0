import assert from "node:assert/strict";
import { test } from "node:test";
import { whereEngine } from "../../testkit/needs.ts";

const { skip, loaded } = await whereEngine(async () => ({
  ...(await import("../index.ts")),
  ...(await import("./training.ts")),
}));
const { tf, trainingStep } = loaded;

test("an eager step takes its learning rate from the schedule", { skip }, () => {
  const rates = [0.5, 0.25, 0.125];
  for (const optimizer of [tf.train.sgd(9), tf.train.adam(9)]) {
    const weight = tf.variable(tf.scalar(0));
    const step = trainingStep(() => weight.mul(1), { optimizer, learningRate: i => rates[i] as number });
    for (const _ of rates) tf.tidy(() => step() as never);
    const [reached] = weight.dataSync(); // the slope is 1, so each step is as long as its rate
    assert.ok(Math.abs((reached as number) + 0.875) < 1e-5, `${optimizer.getClassName()}: ${reached}`);
  }
});

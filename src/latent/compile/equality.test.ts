import assert from "node:assert/strict";
import { test } from "node:test";
import { tf } from "../engine/tf.ts";
import { compile } from "./index.ts";

const STEPS = 50;
const TOLERANCE = 1e-4;
/** Each problem has its own width, depth, activation and loss. */
const PROBLEMS = process.env.LATENT_FULL === "1" ? 8 : 2;

const optimizers: Record<string, () => tf.Optimizer> = {
  SGD: () => tf.train.sgd(0.05),
  momentum: () => tf.train.momentum(0.02, 0.9),
  "Nesterov momentum": () => tf.train.momentum(0.02, 0.9, true),
  Adam: () => tf.train.adam(1e-3),
  RMSProp: () => tf.train.rmsprop(1e-3),
  "RMSProp with momentum": () => tf.train.rmsprop(1e-3, 0.9, 0.5),
  Adagrad: () => tf.train.adagrad(0.01),
  Adadelta: () => tf.train.adadelta(0.1),
  Adamax: () => tf.train.adamax(1e-3),
};

for (const [name, make] of Object.entries(optimizers)) {
  test(`${STEPS} compiled steps of ${name} equal ${STEPS} eager steps on random small models`, () => {
    for (let seed = 1; seed <= PROBLEMS; seed++) {
      const { loss, variables, batch } = randomProblem(seed);
      const start = variables.map(variable => variable.clone());
      const eager = eagerLosses(make(), () => loss(batch));
      const trained = variables.map(variable => variable.dataSync());
      for (const [i, variable] of variables.entries()) variable.assign(start[i] as tf.Tensor);
      const step = compile(loss, { optimizer: make() });
      const compiled = Array.from({ length: STEPS }, () => step(batch));
      assertClose(compiled, eager, `losses of problem ${seed}`);
      variables.forEach((variable, i) => {
        assertClose(variable.dataSync(), trained[i] as Float32Array, `weight ${i} of problem ${seed}`);
      });
      step.dispose();
    }
  });
}

test("equality holds when the optimizer goes back and forth between eager and compiled steps", () => {
  const { loss, variables, batch } = randomProblem(4);
  const start = variables.map(variable => variable.clone());
  const eager = eagerLosses(tf.train.adam(1e-2), () => loss(batch));
  for (const [i, variable] of variables.entries()) variable.assign(start[i] as tf.Tensor);
  const optimizer = tf.train.adam(1e-2);
  const step = compile(loss, { optimizer });
  const mixed = Array.from({ length: STEPS }, (_, i) =>
    i % 10 < 5 ? step(batch) : eagerStep(optimizer, () => loss(batch)),
  );
  assertClose(mixed, eager, "losses");
  assert.equal(optimizer.iterations, STEPS);
});

/** A small model of random width, depth and activation, a random regression for it, and a random loss. */
function randomProblem(seed: number) {
  const pick = <T>(...choices: T[]): T => choices[(seed * 7919) % choices.length] as T;
  const width = 3 + ((seed * 5) % 7);
  const activation = pick(tf.relu, tf.tanh, tf.sigmoid, tf.elu, tf.softplus);
  const sizes = Array.from({ length: 2 + (seed % 3) }, (_, i) => (i === 0 ? 6 : width));
  const variables = [...sizes.slice(1), 4].flatMap((size, i) => [
    tf.variable(tf.randomNormal([sizes[i] as number, size], 0, 0.5, "float32", seed * 10 + i)),
    tf.variable(tf.randomNormal([size], 0, 0.1, "float32", seed * 10 + i + 5)),
  ]);
  const batch = tf.randomNormal([16, 6], 0, 1, "float32", seed) as tf.Tensor2D;
  const target = (x: tf.Tensor2D) => tf.sin(tf.mul(tf.slice(x, [0, 0], [-1, 4]), 2));
  const error = pick(
    (y: tf.Tensor, t: tf.Tensor) => tf.losses.meanSquaredError(t, y),
    (y: tf.Tensor, t: tf.Tensor) => tf.losses.sigmoidCrossEntropy(tf.sigmoid(t), y),
    (y: tf.Tensor, t: tf.Tensor) => tf.losses.softmaxCrossEntropy(tf.softmax(t), y),
    (y: tf.Tensor, t: tf.Tensor) => tf.losses.huberLoss(t, y),
  );
  const model = (x: tf.Tensor2D) => {
    let hidden: tf.Tensor = x;
    for (let i = 0; i < variables.length; i += 2) {
      hidden = tf.add(tf.matMul(hidden, variables[i] as tf.Tensor), variables[i + 1] as tf.Tensor);
      if (i + 2 < variables.length) hidden = activation(hidden as tf.Tensor2D);
    }
    return hidden;
  };
  return { loss: (x: tf.Tensor2D) => error(model(x), target(x)) as tf.Scalar, variables, batch };
}

function eagerLosses(optimizer: tf.Optimizer, loss: () => tf.Scalar): number[] {
  return Array.from({ length: STEPS }, () => eagerStep(optimizer, loss));
}

function eagerStep(optimizer: tf.Optimizer, loss: () => tf.Scalar): number {
  return tf.tidy(() => (optimizer.minimize(loss, true) as tf.Scalar).dataSync()[0] as number);
}

/** Within the tolerance of the largest expected value. */
function assertClose(actual: ArrayLike<number>, expected: ArrayLike<number>, what: string): void {
  const largest = Math.max(...Array.from(expected, Math.abs));
  const off = Math.max(...Array.from(expected, (value, i) => Math.abs(value - (actual[i] as number))));
  assert.ok(off <= TOLERANCE * largest, `${what}: off by ${off / largest} of the largest value`);
}

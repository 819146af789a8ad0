import assert from "node:assert/strict";
import { test } from "node:test";
import { tf } from "../engine/tf.ts";
import * as models from "../models/index.ts";
import { bitCrossEntropy, compile, constant, layerNormalization } from "./index.ts";
import { lstm } from "./recurrent/lstm.ts";

// P(w) = Σ (df/dx)² of f(x, w): its slope in w goes through the second derivatives of f. It is compared with differences of
// P, which need the first derivatives alone.
type Of = (x: tf.Tensor) => tf.Tensor;

const smooth: Record<string, Of> = {
  acosh: x => tf.acosh(tf.add(x, 3)),
  asin: x => tf.asin(tf.div(x, 4)),
  asinh: x => tf.asinh(x),
  atan: x => tf.atan(x),
  atanh: x => tf.atanh(tf.div(x, 4)),
  atan2: x => tf.atan2(x, tf.add(tf.square(x), 1)),
  cos: x => tf.cos(x),
  cosh: x => tf.cosh(x),
  cumsum: x => tf.square(tf.cumsum(x, 1)),
  div: x => tf.div(x, tf.add(1, tf.square(x))),
  elu: x => tf.elu(x),
  erf: x => tf.erf(x),
  exp: x => tf.exp(x),
  expm1: x => tf.expm1(x),
  leakyRelu: x => tf.leakyRelu(tf.square(x)),
  log: x => tf.log(tf.add(x, 3)),
  log1p: x => tf.log1p(tf.square(x)),
  logSoftmax: x => tf.mul(tf.logSoftmax(x), x),
  logSumExp: x => tf.logSumExp(x, 1),
  matMul: x => tf.matMul(tf.tanh(x), tf.tanh(x), false, true),
  max: x => tf.max(tf.square(x), 1),
  mean: x => tf.square(tf.mean(tf.square(x), 1)),
  min: x => tf.min(tf.exp(x), 1),
  mish: x => tf.mul(x, tf.tanh(tf.softplus(x))),
  moments: x => tf.moments(tf.square(x), 1).variance,
  norm: x => tf.norm(tf.add(x, 3), 2, 1),
  pow: x => tf.pow(tf.add(tf.square(x), 1), 1.5),
  prelu: x => tf.prelu(tf.tanh(x), tf.scalar(0.3)),
  reciprocal: x => tf.reciprocal(tf.add(x, 3)),
  relu: x => tf.square(tf.relu(x)),
  relu6: x => tf.square(tf.relu6(x)),
  rsqrt: x => tf.rsqrt(tf.add(1, tf.square(x))),
  selu: x => tf.square(tf.selu(x)),
  "selu alone": x => tf.selu(x),
  sigmoid: x => tf.sigmoid(x),
  "sigmoid of sigmoid": x => tf.sigmoid(tf.mul(tf.sigmoid(x), 3)),
  sin: x => tf.sin(x),
  sinh: x => tf.sinh(x),
  softmax: x => tf.square(tf.softmax(x)),
  softplus: x => tf.softplus(x),
  sqrt: x => tf.sqrt(tf.add(1, tf.square(x))),
  squaredDifference: x => tf.square(tf.squaredDifference(x, tf.tanh(x))),
  sum: x => tf.square(tf.sum(tf.square(x), 0)),
  tan: x => tf.tan(tf.div(x, 4)),
  tanh: x => tf.tanh(x),
  where: x => tf.where(tf.greater(x, 0), tf.exp(x), tf.square(x)),
  "tf.losses.sigmoidCrossEntropy": x => tf.losses.sigmoidCrossEntropy(tf.fill(x.shape, 0.3), x),
  "tf.losses.softmaxCrossEntropy": x => tf.losses.softmaxCrossEntropy(tf.fill(x.shape, 0.25), x),
  "tf.losses.huberLoss": x => tf.losses.huberLoss(tf.zerosLike(x), x),
  bitCrossEntropy: x => bitCrossEntropy(tf.fill(x.shape, 0.3), x),
  "bitCrossEntropy, in its labels": x => bitCrossEntropy(tf.sigmoid(x), tf.sin(x)),
  layerNormalization: x => layerNormalization(tf.sin(x), tf.tensor1d([1, 2, 3, 4]), tf.zeros([4])),
  lstm: x => lstm(tf.reshape(x, [1, 3, 4]), cell(4), { sequences: true }),
  "lstm of a repeated input": x => lstm(x, cell(4), { repeat: 2 }),
  "a layer of LSTM": x => recurrent.apply(tf.reshape(x, [1, 3, 4])) as tf.Tensor,
  conv2d: x => tf.sigmoid(tf.conv2d(image(x), filter, 1, "same")),
  "conv2d with a filter that depends on x": x => {
    const weights = tf.tanh(tf.slice(tf.reshape(x, [12]), 0, 4));
    return tf.sigmoid(tf.conv2d(image(x), tf.reshape(weights, [2, 2, 1, 1]) as tf.Tensor4D, 1, "same"));
  },
  avgPool: x => tf.square(tf.avgPool(tf.reshape(tf.sin(x), [1, 3, 4, 1]) as tf.Tensor4D, 2, 1, "same")),
  batchNorm: x => tf.batchNorm(x, tf.mean(x, 0), tf.moments(x, 0).variance, tf.zeros([4]), tf.ones([4])),
  "models.dense": x => net.apply(x as tf.Tensor2D),
};

const image = (x: tf.Tensor) => tf.reshape(x, [1, 3, 4, 1]) as tf.Tensor4D;
const values = (count: number) => Float32Array.from({ length: count }, (_, i) => Math.sin(2 * i + 1));
const constants = { kernel: values(64), recurrent: values(64), bias: values(16) };
const cell = (features: number) => ({
  kernel: tf.tensor2d(constants.kernel, [features, 16]),
  recurrent: tf.tensor2d(constants.recurrent, [4, 16]),
  bias: tf.tensor1d(constants.bias),
});
const filterOf = values(4);
const filter = tf.variable(tf.tensor4d(filterOf, [2, 2, 1, 1]), false) as unknown as tf.Tensor4D;
const recurrent = tf.layers.lstm({
  units: 3,
  inputShape: [3, 4],
  kernelInitializer: tf.initializers.glorotUniform({ seed: 1 }),
});
recurrent.apply(tf.zeros([1, 3, 4]));
const net = models.denseStack(models.initial(1), [4, 3, 2], "tanh", "sigmoid");

const x = tf.tensor2d([0.31, -0.52, 0.83, 1.24, -1.15, 0.46, -0.27, 0.68, 0.94, -0.73, 1.42, -1.33], [3, 4]);
const scale = tf.tensor2d(
  Float32Array.from({ length: 12 }, (_, i) => 0.6 + 0.05 * i),
  [3, 4],
);

/** P(w), by first derivatives. */
function penalty(of: Of, w: tf.Tensor, at: tf.Tensor): tf.Scalar {
  const slope = tf.grad(z => tf.sum(of(tf.mul(tf.mul(z, w), scaled))));
  return tf.sum(tf.square(slope(at))) as tf.Scalar;
}

const scaled = tf.variable(scale, false);

for (const [name, of] of Object.entries(smooth)) {
  test(`second derivatives are right, eager and compiled: ${name}`, () => {
    const at = (w: number) => tf.tidy(() => penalty(of, tf.scalar(w), x).dataSync()[0] as number);
    const slopes = [0.02, 0.04].map(h => (at(1 + h) - at(1 - h)) / (2 * h)) as [number, number];
    const expected = (4 * slopes[0] - slopes[1]) / 3; // Richardson: the error falls with the fourth power of the step
    const slope = (a: tf.Tensor) => tf.grad(w => penalty(of, w, a))(tf.scalar(1));
    const size = Math.max(0.05, Math.abs(expected));
    for (const [how, step] of [
      ["eager", slope],
      ["compiled", compile(slope)],
    ] as const) {
      const found = tf.tidy(() => step(x).dataSync()[0] as number);
      assert.ok(Math.abs(found - expected) < 0.02 * size, `${how}: ${found}, expected ${expected}`);
    }
  });
}

test("a third derivative is right", () => {
  const third = tf.grad(tf.grad(tf.grad(z => tf.tanh(z))) as never) as (z: tf.Tensor) => tf.Tensor;
  const t = Math.tanh(0.5);
  const expected = (1 - t * t) * (6 * t * t - 2);
  for (const step of [third, compile(third)])
    assert.ok(Math.abs((step(tf.scalar(0.5)).dataSync()[0] as number) - expected) < 1e-4);
});

test("a gradient penalty trains compiled as it does eagerly", () => {
  const losses = [true, false].map(compiled => {
    const critic = models.denseStack(models.initial(3), [4, 6, 1], "tanh");
    const loss = (a: tf.Tensor2D) => {
      const slope = tf.grad(z => tf.sum(critic.apply(z as tf.Tensor2D)))(a);
      return tf.mean(tf.square(tf.sub(tf.norm(slope, 2, 1), 1))) as tf.Scalar;
    };
    const step = compile(loss, { optimizer: tf.train.adam(0.05), variables: critic.variables });
    if (!compiled) step.program.runEagerly("for the test");
    return Array.from({ length: 8 }, () => step(x));
  }) as [number[], number[]];
  assert.ok((losses[0].at(-1) as number) < 0.7 * (losses[0][0] as number));
  losses[0].forEach((loss, i) => void assert.ok(Math.abs(loss / (losses[1][i] as number) - 1) < 1e-3));
});

test("a gradient by hand that saves what it computed is refused under a second gradient, and works under one", () => {
  const hidden = tf.customGrad((...args) => {
    const [z, save] = args as unknown as [tf.Tensor, (saved: tf.Tensor[]) => void];
    const twice = tf.mul(z, 2);
    save([twice]);
    return { value: tf.square(z), gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => tf.mul(dy, saved[0] as tf.Tensor) };
  });
  const slope = tf.grad(z => hidden(z));
  assert.equal(slope(tf.scalar(3)).dataSync()[0], 6);
  assert.throws(() => tf.grad(z => slope(z))(tf.scalar(3)), /second derivative goes through a gradient by hand/);
});

test("a loss that is only a comparison has no gradient, and tfjs says so", () => {
  const w = tf.variable(tf.scalar(1));
  const loss = () => tf.mean(tf.cast(tf.greater(w, 0), "float32")) as tf.Scalar;
  assert.throws(() => tf.variableGrads(loss, [w]), /Cannot find a connection/);
});

test("a weight that acts through the mask of a rectifier alone has the gradient 0, as in eager steps", () => {
  const x = constant(tf.tensor2d([[-1, 2, 3]]));
  const bent = (input: tf.Tensor) => tf.grad(y => tf.sum(tf.grad(z => tf.relu(z))(y)))(input);
  assert.deepEqual(Array.from((compile(bent)(x) as tf.Tensor).dataSync()), Array.from(bent(x).dataSync()));
  const trained = (isCompiled: boolean): number[] => {
    const [weight, bias] = [tf.variable(tf.tensor2d([[0.5], [-0.2], [0.4]])), tf.variable(tf.tensor1d([0.1]))];
    const layer = (input: tf.Tensor) => tf.relu(tf.add(tf.matMul(input as tf.Tensor2D, weight as tf.Tensor2D), bias));
    const optimizer = tf.train.momentum(0.05, 0.9);
    const steps = [() => tf.mean(layer(x)), () => tf.mean(tf.square(tf.grad(z => tf.sum(layer(z)))(x)))].map(of => {
      const step = () => optimizer.minimize(() => of() as tf.Scalar) as unknown as undefined;
      return isCompiled ? compile(step) : step;
    });
    for (const step of steps) for (let i = 0; i < 3; i++) step();
    return Array.from(bias.dataSync());
  };
  const [eager, compiled] = [trained(false), trained(true)] as [number[], number[]];
  assert.ok(Math.abs((eager[0] as number) - (compiled[0] as number)) < 1e-6, `${compiled} for ${eager}`);
});

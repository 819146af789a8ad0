import assert from "node:assert/strict";
import { before, test } from "node:test";
import { withoutData } from "../../testkit/needs.ts";
import { pca } from "../classical/pca.ts";
import { compile } from "../compile/index.ts";
import { digits8x8 } from "../data/digits8x8.ts";
import { mnist } from "../data/mnist.ts";
import { tf } from "../engine/tf.ts";
import { batches } from "../train/batches.ts";
import {
  activate,
  autoencoder,
  convAutoencoder,
  convolution,
  deepAutoencoder,
  dense,
  denseAutoencoder,
  denseStack,
  initial,
  lstmAutoencoder,
  mlp,
  parameterCount,
  transposedConvolution,
} from "./index.ts";

const skip = withoutData();
const near = (actual: number, expected: number, tolerance: number) =>
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual} is not within ${tolerance} of ${expected}`);
const scalar = (x: tf.Tensor): number => x.dataSync()[0] as number;

let digits: tf.Tensor2D;
let labels: Uint8Array;
before(async () => {
  ({ images: digits, labels } = await digits8x8());
});

/** The loss of `data` before and after `steps` compiled steps of Adam on all of it. */
function fall<T extends tf.Tensor>(loss: (x: T) => tf.Scalar, data: T, steps: number, rate = 1e-2): [number, number] {
  const before = scalar(loss(data));
  const step = compile(loss, { optimizer: tf.train.adam(rate) });
  for (let i = 0; i < steps; i++) step(data);
  return [before, scalar(loss(data))];
}

test("the same seed gives the same weights, another seed others, and He's and Glorot's variances are right", () => {
  const draw = (seed: number) => Array.from(initial(seed).glorot([3, 4]).dataSync());
  assert.deepEqual(draw(1), draw(1));
  assert.notDeepEqual(draw(1), draw(2));
  const spread = (x: tf.Tensor) => scalar(tf.moments(x).variance);
  near(spread(initial(1).glorot([300, 200])), 2 / 500, 1e-4);
  near(spread(initial(1).he([300, 200])), 2 / 300, 1e-4);
  near(spread(initial(1).he([3, 3, 40, 60])), 2 / 360, 1e-4);
});

test("elu units are the identity above 0 and go to −1 below, and their weights are drawn by He's law as those of relu", () => {
  const values = Array.from(activate(tf.tensor1d([-30, -1, 0, 2]), "elu").dataSync());
  for (const [i, value] of [-1, Math.exp(-1) - 1, 0, 2].entries()) near(values[i] as number, value, 1e-6);
  const drawn = (activation: "elu" | "relu") => Array.from(dense(initial(1), 3, 4, activation).weights.dataSync());
  assert.deepEqual(drawn("elu"), drawn("relu"));
});

test("the convolutional autoencoder has 105,247 parameters and keeps the shape of the images", () => {
  const model = convAutoencoder({ seed: 1 });
  assert.equal(parameterCount(model.variables), 105_247);
  assert.deepEqual(model.encode(tf.zeros([2, 784])).shape, [2, 30]);
  assert.deepEqual(model.decode(tf.zeros([2, 30])).shape, [2, 784]);
});

test("a deep autoencoder mirrors its sizes", () => {
  const model = deepAutoencoder({ sizes: [784, 256, 64, 30], seed: 1 });
  const way = 784 * 256 + 256 + 256 * 64 + 64 + 64 * 30 + 30;
  const back = 30 * 64 + 64 + 64 * 256 + 256 + 256 * 784 + 784;
  assert.equal(parameterCount(model.variables), way + back);
  assert.deepEqual(model.decode(model.encode(tf.zeros([3, 784]))).shape, [3, 784]);
});

test("the transposed convolution is the transposed of the convolution: ⟨Ax, y⟩ = ⟨x, Aᵀy⟩", () => {
  for (const side of [8, 7]) {
    const make = initial(3);
    const a = convolution(make, 2, 3, "linear");
    const b = transposedConvolution(make, 3, 2, side, "linear");
    b.filter.assign(a.filter); // [3, 3, in, out] of one is [3, 3, out, in] of the other
    const x = make.normal([4, side, side, 2], 1) as unknown as tf.Tensor4D;
    const y = make.normal([4, 4, 4, 3], 1) as unknown as tf.Tensor4D;
    const left = scalar(tf.sum(tf.mul(a.apply(x), y)));
    near(scalar(tf.sum(tf.mul(x, b.apply(y)))) / left, 1, 1e-4);
  }
});

test("each autoencoder learns the 8×8 digits: its loss falls by more than a quarter in 60 compiled steps", () => {
  const rows = tf.reshape(digits, [1797, 8, 8]) as tf.Tensor3D;
  const lstm = lstmAutoencoder({ timeSteps: 8, features: 8, seed: 1 });
  const output = "squared";
  const flat = {
    dense: denseAutoencoder({ inputs: 64, code: 16, output, seed: 1 }),
    deep: deepAutoencoder({ sizes: [64, 32, 8], output, seed: 1 }),
    elu: deepAutoencoder({ sizes: [64, 32, 8], activation: "elu", output, seed: 1 }),
    conv: convAutoencoder({ side: 8, channels: [8, 16], code: 8, output, seed: 1 }),
  };
  const falls = Object.entries(flat).map(([name, { loss }]) => [name, ...fall(x => loss(x), digits, 60)] as const);
  for (const [name, start, end] of [...falls, ["lstm", ...fall(x => lstm.loss(x), rows, 60)] as const]) {
    assert.ok(end < 0.75 * start, `${name}: ${start} → ${end}`);
  }
});

test("a linear autoencoder comes to the error of PCA and not below", () => {
  const centred = tf.sub(digits, tf.mean(digits, 0)) as tf.Tensor2D;
  const model = denseAutoencoder({ inputs: 64, code: 10, output: "squared", seed: 1 });
  const [, end] = fall(x => model.loss(x), centred, 1500, 3e-3);
  const best = scalar(tf.mean(pca(digits, 10).error(digits)));
  assert.ok(end >= best - 1e-4 && end < 1.03 * best, `${end} against ${best}`);
});

test("a regulariser is added to the loss, and a target other than the input makes it a denoising autoencoder", () => {
  const make = initial(1);
  const parts = {
    encoder: denseStack(make, [4, 2], "linear"),
    decoder: denseStack(make, [2, 4], "linear"),
    output: "squared" as const,
  };
  const x = tf.ones([3, 4]) as tf.Tensor2D;
  const plain = autoencoder(parts);
  const lasso = autoencoder({
    ...parts,
    regularizer: (_, variables) => tf.addN(variables.map(v => tf.sum(tf.abs(v)))) as tf.Scalar,
  });
  const absolute = plain.variables.reduce((sum, v) => sum + scalar(tf.sum(tf.abs(v))), 0);
  near(scalar(lasso.loss(x)) - scalar(plain.loss(x)), absolute, 1e-4);
  const clean = tf.zeros([3, 4]) as tf.Tensor2D;
  near(scalar(plain.loss(x, clean)), scalar(tf.sum(tf.square(plain.decode(plain.encode(x))))) / 3, 1e-5);
});

test("the Bernoulli loss of grey pixels is the cross-entropy by definition, in nats an image", () => {
  const model = denseAutoencoder({ inputs: 6, code: 2, seed: 1 });
  const x = tf.tensor2d([[0, 0.2, 0.5, 0.7, 1, 1]]);
  const p = Array.from(model.decode(model.encode(x)).dataSync());
  const by = Array.from(x.dataSync()).reduce(
    (sum, t, i) => sum - t * Math.log(p[i] as number) - (1 - t) * Math.log(1 - (p[i] as number)),
    0,
  );
  near(scalar(model.loss(x)), by, 1e-5);
});

test("a multilayer perceptron learns the digits, and its gradient agrees with a finite difference", () => {
  const model = mlp({ sizes: [64, 32, 10], seed: 1 });
  const classes = tf.oneHot(tf.tensor1d(Int32Array.from(labels), "int32"), 10, 1, 0, "float32") as tf.Tensor2D;
  const x = digits;
  const bias = model.variables.at(-1) as tf.Variable;
  const slope = tf.variableGrads(() => model.loss(x, classes), [bias]).grads[bias.name]?.dataSync()[3] as number;
  const at = (shift: number) => {
    const old = bias.clone();
    bias.assign(tf.add(bias, tf.mul(shift, tf.oneHot(tf.scalar(3, "int32"), 10, 1, 0, "float32"))));
    const value = scalar(model.loss(x, classes));
    bias.assign(old);
    return value;
  };
  near(slope, (at(1e-2) - at(-1e-2)) / 2e-2, 1e-4);
  const step = compile((x: tf.Tensor2D, y: tf.Tensor2D) => model.loss(x, y), { optimizer: tf.train.adam(1e-2) });
  for (let i = 0; i < 150; i++) step(x, classes);
  assert.ok(model.errorRate(x, labels) < 0.02);
});

test("sizes that make no network are refused", () => {
  assert.throws(() => mlp({ sizes: [10], seed: 1 }), /two or more sizes/);
  assert.throws(() => deepAutoencoder({ sizes: [10, 0], seed: 1 }), /whole numbers from 1/);
});

test("in full: on 10,000 MNIST digits the convolutional autoencoder comes to a squared error of 5.4 ± 0.8 on the test images", {
  skip: skip || (process.env.LATENT_FULL ? false : "a minute: npm run test:full runs it"),
}, async () => {
  const { train, test } = await mnist();
  const model = convAutoencoder({ seed: 1 });
  const step = compile((x: tf.Tensor2D) => model.loss(x), { optimizer: tf.train.adam(1e-3) });
  for (const batch of batches(train.images, { batchSize: 100, epochs: 30, seed: 1 })) step(batch);
  const parts = Array.from({ length: 10 }, (_, i) =>
    tf.tidy(() => {
      const x = tf.slice(test.images, [1000 * i, 0], [1000, 784]) as tf.Tensor2D;
      return scalar(tf.mean(tf.sum(tf.squaredDifference(model.decode(model.encode(x)), x), 1)));
    }),
  );
  const error = parts.reduce((a, b) => a + b) / 10;
  near(error, 5.4, 0.8);
});

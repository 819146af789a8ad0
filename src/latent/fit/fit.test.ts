import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { tf } from "../engine/tf.ts";
import { EngineCannotTrain, fit } from "./index.ts";

const kernel = Symbol.for("latent.kernel");

/** A line of 50 points, and a straight model of it. */
function line() {
  const x = tf.randomNormal([50, 2], 0, 1, "float32", 1) as tf.Tensor2D;
  const y = tf.add(tf.matMul(x, tf.tensor2d([[2], [-1]])), 0.5) as tf.Tensor2D;
  const weight = tf.variable(tf.zeros([2, 1]));
  const bias = tf.variable(tf.zeros([1]));
  const loss = (a: tf.Tensor2D, b: tf.Tensor2D) =>
    tf.losses.meanSquaredError(b, tf.add(tf.matMul(a, weight), bias)) as tf.Scalar;
  return { data: [x, y], loss, variables: [weight, bias] };
}

test("fit lowers a loss written eagerly, in one graph call a step", async () => {
  const { data, loss } = line();
  const { epochs, steps, mode, stoppedEarly } = await fit(loss, data, {
    epochs: 20,
    batchSize: 10,
    optimizer: tf.train.sgd(0.1),
  });
  assert.equal(steps, 100);
  assert.equal(mode, "graph");
  assert.equal(stoppedEarly, false);
  assert.ok((epochs[19]?.loss as number) < 1e-3 * (epochs[0]?.loss as number));
});

test("the same seed gives the same training; another engine the same within rounding", async () => {
  const run = async () => {
    const { data, loss } = line();
    const [x] = data as [tf.Tensor];
    const validation = data.map(tensor => tf.slice(tensor, 0, 7));
    const history = await fit(loss, data, {
      epochs: 5,
      batchSize: 16,
      seed: 3,
      optimizer: tf.train.adam(0.05),
      validationData: validation,
    });
    x.dispose();
    return history;
  };
  const native = await run();
  assert.deepEqual((await run()).epochs, native.epochs);
  await tf.setBackend("cpu");
  try {
    const other = await run();
    assert.equal(other.mode, "eager");
    for (const [i, { loss, validation = 0 }] of other.epochs.entries()) {
      assert.ok(Math.abs(loss / (native.epochs[i]?.loss as number) - 1) < 1e-4);
      assert.ok(Math.abs(validation / (native.epochs[i]?.validation as number) - 1) < 1e-4);
    }
  } finally {
    await tf.setBackend("tensorflow");
  }
});

test("a layers model trains as with model.fit", async () => {
  const glorot = (seed: number) => tf.initializers.glorotUniform({ seed });
  const model = tf.sequential({
    layers: [
      tf.layers.dense({
        inputShape: [2],
        units: 8,
        activation: "tanh",
        kernelInitializer: glorot(1),
        kernelRegularizer: "l1l2",
      }),
      tf.layers.dense({ units: 1, kernelInitializer: glorot(2) }),
    ],
  });
  const { data } = line();
  const [x, y] = data as [tf.Tensor, tf.Tensor];
  const start = model.getWeights().map(weight => weight.clone());
  model.compile({ optimizer: tf.train.adam(0.01), loss: "meanSquaredError" });
  const theirs = await model.fit(x, y, { epochs: 10, batchSize: 50, verbose: 0 });
  model.setWeights(start);
  model.compile({ optimizer: tf.train.adam(0.01), loss: "meanSquaredError" });
  const ours = await fit(model, [x, y], { epochs: 10, batchSize: 50 });
  assert.equal(ours.mode, "graph");
  for (const [i, loss] of (theirs.history.loss as number[]).entries())
    assert.ok(Math.abs((ours.epochs[i]?.loss as number) / loss - 1) < 1e-4, `epoch ${i}`);
});

test("the metrics of model.compile are in the history, as model.evaluate measures them, also of several outputs", async () => {
  const x = tf.randomNormal([90, 4], 0, 1, "float32", 1) as tf.Tensor2D;
  const classes = tf.oneHot(tf.argMax(tf.slice(x, [0, 0], [90, 3]), 1), 3).toFloat() as tf.Tensor2D;
  const number = tf.sum(x, 1, true) as tf.Tensor2D;
  const [x2, classes2, number2] = [x, classes, number].map(tensor => tf.slice(tensor, 0, 33)) as [
    tf.Tensor2D,
    tf.Tensor2D,
    tf.Tensor2D,
  ];

  const one = tf.sequential({ layers: [tf.layers.dense({ inputShape: [4], units: 3, activation: "softmax" })] });
  one.compile({ optimizer: tf.train.adam(0.1), loss: "categoricalCrossentropy", metrics: ["accuracy"] });
  const trained = await fit(one, [x, classes], { epochs: 3, batchSize: 16 });
  const [, accuracy] = one.evaluate(x, classes) as tf.Scalar[];
  near(trained.epochs[2]?.metrics, { acc: accuracy?.dataSync()[0] });
  const validated = await fit(one, [x, classes], { epochs: 1, validationData: [x2, classes2] });
  near(validated.epochs[0]?.metrics, { acc: (one.evaluate(x2, classes2) as tf.Scalar[])[1]?.dataSync()[0] });

  const input = tf.input({ shape: [4] });
  const layer = (units: number, name: string) => tf.layers.dense({ units, name }).apply(input) as tf.SymbolicTensor;
  const two = tf.model({ inputs: input, outputs: [layer(3, "kind"), layer(1, "size")] });
  two.compile({ optimizer: "sgd", loss: "meanSquaredError", metrics: { kind: "accuracy", size: "mae" } });
  const both = await fit(two, [x, classes, number], { epochs: 2, validationData: [x2, classes2, number2] });
  const names = two.metricsNames.slice(1);
  // Before these, tfjs gives a running sum of the losses.
  const evaluated = (two.evaluate(x2, [classes2, number2]) as tf.Scalar[]).slice(-names.length);
  near(both.epochs[1]?.metrics, Object.fromEntries(names.map((name, i) => [name, evaluated[i]?.dataSync()[0]])));
  assert.equal(
    (await fit(line().loss, line().data, { epochs: 1, optimizer: tf.train.sgd(0) })).epochs[0]?.metrics,
    undefined,
  );

  function near(ours: Record<string, number> | undefined, theirs: Record<string, number | undefined>) {
    assert.deepEqual(Object.keys(ours ?? {}), Object.keys(theirs));
    for (const [name, value] of Object.entries(theirs))
      assert.ok(Math.abs((ours?.[name] as number) - (value as number)) < 1e-5, `${name}: ${ours?.[name]}, ${value}`);
  }
});

test("a step that cannot be compiled trains eagerly, and the history says why", async () => {
  const { data, loss } = line();
  const noisy = (a: tf.Tensor2D, b: tf.Tensor2D) => tf.add(loss(a, b), Math.random() * 0) as tf.Scalar;
  const optimizer = tf.train.sgd(0.1);
  const { mode, reason, steps } = await fit(noisy, data, { epochs: 2, batchSize: 25, optimizer, validationData: data });
  assert.equal(mode, "eager");
  assert.equal(steps, 4);
  assert.match(reason ?? "", /Math\.random draws.*fit\.test/);
});

test("early stopping ends the training and puts the best weights back", async () => {
  const { data, loss, variables } = line();
  const seen: { loss: number; weight: number }[] = [];
  const history = await fit(loss, data, {
    epochs: 50,
    batchSize: 50,
    optimizer: tf.train.sgd(0.1),
    learningRate: step => (step < 5 ? 0.1 : -0.1),
    validationData: data,
    earlyStopping: { patience: 3 },
    onEpoch: ({ validation }) => {
      seen.push({ loss: validation as number, weight: variables[0]?.dataSync()[0] as number });
    },
  });
  assert.equal(history.stoppedEarly, true);
  assert.equal(history.epochs.length, 8);
  const best = seen.reduce((a, b) => (b.loss < a.loss ? b : a));
  assert.equal(variables[0]?.dataSync()[0], best.weight);
});

test("a training that stopped goes on from its checkpoint as if it had not", async () => {
  const folder = mkdtempSync(join(tmpdir(), "latent-fit-"));
  try {
    const run = async (epochs: number, path: string, resume: boolean) => {
      const { data, loss } = line();
      return await fit(loss, data, {
        epochs,
        batchSize: 16,
        optimizer: tf.train.adam(0.05),
        checkpoint: { path, resume },
      });
    };
    const whole = await run(6, join(folder, "whole"), false);
    const path = join(folder, "part");
    await run(3, path, true);
    assert.deepEqual((await run(6, path, true)).epochs, whole.epochs);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("an interrupt stops between two steps and keeps the weights; timers run meanwhile", async () => {
  const { data, loss, variables } = line();
  const aborter = new AbortController();
  const shown: string[] = [];
  const show = ({ "text/plain": words }: Record<string, string>) => void shown.push(words as string);
  Object.assign(globalThis, { [kernel]: { display: show, update: show, signal: aborter.signal } });
  try {
    let ticks = 0;
    const timer = setInterval(() => {
      ticks++;
      if (ticks === 20) aborter.abort(new Error("stopped"));
    }, 5);
    const training = fit(loss, data, { epochs: 1e6, batchSize: 10, optimizer: tf.train.sgd(0.01) });
    await assert.rejects(training, /stopped/);
    clearInterval(timer);
    assert.notEqual(variables[0]?.dataSync()[0], 0);
    assert.match(shown.at(-1) ?? "", /interrupted; the weights are those of the last step/);
  } finally {
    Reflect.deleteProperty(globalThis, kernel);
  }
});

test("the cell shows bar, curve, speed and time left; what stays at the end holds no times", async () => {
  const { data, loss } = line();
  const shown: Record<string, string>[] = [];
  const show = (bundle: Record<string, string>) => void shown.push(bundle);
  Object.assign(globalThis, { [kernel]: { display: show, update: show, signal: undefined } });
  try {
    let started = Number.POSITIVE_INFINITY; // of the second epoch: the first traces
    await fit(loss, data, {
      epochs: 1e6,
      batchSize: 10,
      optimizer: tf.train.sgd(0.01),
      validationData: data,
      earlyStopping: { patience: 1, minDelta: Number.NEGATIVE_INFINITY },
      onEpoch: (_, number) => {
        started = Math.min(started, performance.now());
        if (performance.now() - started > 700) throw new Error(`enough after ${number}`);
      },
    }).catch(() => undefined);
    assert.doesNotMatch(
      shown.at(-1)?.["text/html"] ?? "",
      /steps\/s|left|<progress/,
      "it failed, and its place says how far it came",
    );
    const live = shown.at(-2) ?? {};
    assert.match(
      live["text/plain"] ?? "",
      /epoch \d+ of 1000000 · step \d+ of 5000000 · loss \S+ · validation \S+ · \S+ steps\/s · .* left/,
    );
    assert.match(
      live["text/html"] ?? "",
      /<progress .*<img alt="Loss over \d+ steps" src="data:image\/svg\+xml;base64,/,
    );
    await fit(loss, data, { epochs: 2, batchSize: 10, optimizer: tf.train.sgd(0.01) });
    assert.doesNotMatch(shown.at(-1)?.["text/html"] ?? "", /steps\/s|left|<progress/);
  } finally {
    Reflect.deleteProperty(globalThis, kernel);
  }
});

test("an engine without the gradient is told apart from a mistake, and the stored weights are named", async () => {
  await tf.setBackend("cpu");
  const gradient = tf.getKernel("Conv2DBackpropFilter", "cpu");
  tf.unregisterKernel("Conv2DBackpropFilter", "cpu");
  try {
    const filter = tf.variable(tf.ones([3, 3, 1, 1])) as tf.Variable<tf.Rank.R4>;
    const loss = (x: tf.Tensor4D) => tf.mean(tf.conv2d(x, filter, 1, "same")) as tf.Scalar;
    await assert.rejects(
      fit(loss, tf.ones([2, 4, 4, 1]), { epochs: 1, optimizer: tf.train.sgd(0.1), weights: "notebooks/weights/conv" }),
      (error: Error) => error instanceof EngineCannotTrain && /notebooks\/weights\/conv/.test(error.message),
    );
  } finally {
    tf.registerKernel(gradient);
    await tf.setBackend("tensorflow");
  }
});

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { leftBy } from "../../testkit/left.ts";
import { compile, generator } from "../compile/index.ts";
import { engineReady, engineRoute } from "../engine/ready.ts";
import { tf } from "../engine/tf.ts";
import { type FitOptions, fit } from "./index.ts";

// What fit offers, in graph mode and in eager mode: this file also runs on WebAssembly, by its own last test.
await engineReady();
const modes = engineRoute === "native" ? (["graph", "eager"] as const) : (["eager"] as const);
const folder = mkdtempSync(join(tmpdir(), "latent-parity-"));
after(() => rmSync(folder, { recursive: true }));

const x = tf.randomNormal([48, 2], 0, 1, "float32", 1) as tf.Tensor2D;
const y = tf.add(tf.matMul(x, tf.tensor2d([[2], [-1]])), 0.5) as tf.Tensor2D; // biome-ignore format: a matrix
const [far, away] = [tf.mul(x, 3) as tf.Tensor2D, tf.add(tf.mul(y, 3), 1) as tf.Tensor2D];

/** Something in which a step cannot be a graph. */
const inMode = (mode: "graph" | "eager") => (mode === "eager" && engineRoute === "native" ? Math.random() : 0);

const glorot = (seed: number) => tf.initializers.glorotUniform({ seed });
const makers = {
  adam: () => tf.train.adam(0.05),
  sgd: () => tf.train.sgd(0.05),
  momentum: () => tf.train.momentum(0.02, 0.9),
  nesterov: () => tf.train.momentum(0.02, 0.9, true),
  rmsprop: () => tf.train.rmsprop(0.01),
  "rmsprop centered": () => tf.train.rmsprop(0.01, 0.9, 0.1, 1e-7, true),
  adagrad: () => tf.train.adagrad(0.1),
  adadelta: () => tf.train.adadelta(0.05),
  adamax: () => tf.train.adamax(0.02),
};

/** Dropout, noise and batch normalisation: random numbers and state that is not trained. */
function layers(mode: "graph" | "eager", optimizer: tf.Optimizer = makers.adam()): tf.Sequential {
  const model = tf.sequential({
    layers: [
      tf.layers.dense({ inputShape: [2], units: 6, activation: "relu", kernelInitializer: glorot(1) }),
      tf.layers.batchNormalization({ momentum: 0.8 }),
      tf.layers.dropout({ rate: 0.2 }),
      tf.layers.dense({ units: 1, kernelInitializer: glorot(2) }),
    ],
  });
  const loss = (a: tf.Tensor, b: tf.Tensor) => tf.add(tf.losses.meanSquaredError(a, b), inMode(mode) * 0);
  model.compile({ optimizer, loss: loss as never });
  return model;
}

/** The least with random numbers. */
function small(mode: "graph" | "eager", optimizer: tf.Optimizer): tf.Sequential {
  const model = tf.sequential({
    layers: [
      tf.layers.dropout({ rate: 0.2, inputShape: [2] }),
      tf.layers.dense({ units: 1, kernelInitializer: glorot(2) }),
    ],
  });
  const loss = (a: tf.Tensor, b: tf.Tensor) => tf.add(tf.losses.meanSquaredError(a, b), inMode(mode) * 0);
  model.compile({ optimizer, loss: loss as never });
  return model;
}

const values = (model: tf.LayersModel): number[] => model.getWeights().flatMap(weight => Array.from(weight.dataSync()));

function near(actual: readonly number[], expected: readonly number[], tolerance = 1e-4): void {
  assert.equal(actual.length, expected.length);
  for (const [i, value] of actual.entries()) {
    const off = Math.abs(value - (expected[i] as number));
    assert.ok(off <= tolerance * Math.max(1, Math.abs(expected[i] as number)), `${i}: ${value} for ${expected[i]}`);
  }
}

for (const mode of modes) {
  for (const [name, make] of Object.entries(makers)) {
    test(`${mode}: a training with ${name} that stopped after any epoch goes on as if it had not`, async () => {
      const run = async (epochs: number, path: string) => {
        const model = name === "adam" ? layers(mode) : small(mode, make());
        const options = { epochs, batchSize: 24, seed: 3, checkpoint: { path, resume: true } };
        const history = await fit(model, [x, y], options);
        assert.equal(history.mode, mode);
        return { model, history };
      };
      const path = (what: string) => join(folder, `${mode}-${name}-${what}`);
      const epochs = name === "adam" ? 4 : 2;
      const whole = await run(epochs, path("whole"));
      for (let stop = 1; stop < epochs; stop++) {
        await run(stop, path(`part${stop}`));
        const again = await run(epochs, path(`part${stop}`));
        assert.deepEqual(again.history.epochs, whole.history.epochs);
        assert.equal(again.history.steps, whole.history.steps);
        assert.deepEqual(values(again.model), values(whole.model));
      }
      assert.ok(readdirSync(folder).every(file => !file.endsWith(".part")));
    });
  }

  test(`${mode}: early stopping puts back what is trained and what is not, as it was after the best epoch`, async () => {
    const model = layers(mode);
    const seen: number[] = [];
    const { stoppedEarly, epochs } = await fit(model, [x, y], {
      epochs: 60,
      batchSize: 16,
      learningRate: step => (step < 20 ? 0.05 : 0.5),
      validationData: [far, away],
      earlyStopping: { patience: 3 },
      onEpoch: () => void seen.push(...values(model)),
    });
    assert.ok(stoppedEarly);
    const losses = epochs.map(({ validation = Number.NaN }) => validation);
    const best = losses.indexOf(Math.min(...losses));
    assert.ok(best < losses.length - 1);
    const size = values(model).length;
    assert.deepEqual(values(model), seen.slice(best * size, (best + 1) * size));
    near([(model.evaluate(far, away) as tf.Scalar).dataSync()[0] as number], [losses[best] as number]);
  });

  test(`${mode}: early stopping of a resumed training knows the best epoch, its weights, and how long ago it was`, async () => {
    const options: FitOptions = {
      epochs: 40,
      batchSize: 16,
      learningRate: step => (step < 12 ? 0.05 : 0.5),
      validationData: [far, away],
      earlyStopping: { patience: 3 },
    };
    const whole = layers(mode);
    const one = await fit(whole, [x, y], options);
    assert.ok(one.stoppedEarly && one.epochs.length < 40);
    const path = join(folder, `${mode}-patience`);
    for (let epochs = 2; epochs <= one.epochs.length + 4; epochs += 4) {
      const model = layers(mode);
      const part = await fit(model, [x, y], { ...options, epochs, checkpoint: { path, resume: true } });
      assert.deepEqual(part.epochs, one.epochs.slice(0, epochs));
      if (epochs < one.epochs.length) continue;
      assert.equal(part.stoppedEarly, true);
      assert.deepEqual(values(model), values(whole));
    }
  });

  test(`${mode}: a learning rate that was changed by hand goes on after resuming`, async () => {
    const run = async (epochs: number, path: string) => {
      const weight = tf.variable(tf.zeros([2, 1]));
      const optimizer = makers.sgd();
      const loss = (a: tf.Tensor2D, b: tf.Tensor2D) =>
        tf.losses.meanSquaredError(b, tf.add(tf.matMul(a, weight), inMode(mode) * 0)) as tf.Scalar;
      const onEpoch = (_: unknown, number: number) => (optimizer as never as Rated).setLearningRate(0.05 / number);
      const options = {
        epochs,
        batchSize: 16,
        optimizer,
        onEpoch,
        checkpoint: { path: join(folder, path), resume: true },
      };
      return (await fit(loss, [x, y], options)).epochs;
    };
    const whole = await run(4, `${mode}-rate-whole`);
    await run(2, `${mode}-rate`);
    assert.deepEqual(await run(4, `${mode}-rate`), whole);
  });

  test(`${mode}: scalars reach the loss as tensors, each step with its own`, async () => {
    const weight = tf.variable(tf.scalar(0));
    const seen: number[] = [];
    const loss = (_: tf.Tensor2D, { beta, one }: { beta: tf.Scalar; one: tf.Scalar }) =>
      tf.add(tf.mul(weight, 0), tf.add(tf.mul(beta, one), inMode(mode) * 0)) as tf.Scalar;
    const { epochs } = await fit(loss, x, {
      epochs: 3,
      batchSize: 24,
      optimizer: makers.sgd(),
      scalars: { beta: step => step, one: 1 },
      validationData: x,
      onEpoch: ({ validation = Number.NaN }) => void seen.push(validation),
    });
    assert.deepEqual(epochs.map(({ loss }) => loss), [0.5, 2.5, 4.5]); // biome-ignore format: one line
    assert.deepEqual(seen, [1, 3, 5]);
  });

  test(`${mode}: limits, schedules and chosen variables do the same`, async () => {
    const [a, b] = [tf.variable(tf.ones([2, 1])), tf.variable(tf.ones([1]))];
    const loss = (p: tf.Tensor2D, q: tf.Tensor2D) =>
      tf.losses.meanSquaredError(q, tf.add(tf.add(tf.matMul(p, a), b), inMode(mode) * 0)) as tf.Scalar;
    await fit(loss, [x, y], {
      epochs: 2,
      batchSize: 24,
      optimizer: makers.adam(),
      clip: { norm: 0.1, value: 0.05 },
      learningRate: step => 0.1 / (step + 1),
      variables: [a],
    });
    assert.deepEqual([...b.dataSync()], [1]);
    const moved = [...a.dataSync()];
    near(moved, [1.2083, 0.7917], 0.01);
  });

  test(`${mode}: a layer that is frozen in the middle of a training stays, and the others have their own moments`, async () => {
    const run = async (freeze: boolean) => {
      const model = layers(mode);
      const [first] = model.layers as [tf.Sequential["layers"][0]];
      let frozen: number[] = [];
      await fit(model, [x, y], {
        epochs: 4,
        batchSize: 16,
        onEpoch: (_, number) => {
          if (number === 2 && freeze) first.trainable = false;
          if (number === 2) frozen = first.getWeights().flatMap(weight => [...weight.dataSync()]);
        },
      });
      const now = first.getWeights().flatMap(weight => [...weight.dataSync()]);
      assert.equal(String(now) === String(frozen), freeze);
      assert.ok(values(model).every(Number.isFinite));
    };
    await run(true);
    await run(false);
  });

  test(`${mode}: a field of the optimizer that changes is heeded`, async () => {
    const weight = tf.variable(tf.scalar(0));
    const optimizer = tf.train.adam(1) as unknown as tf.Optimizer & { beta1: number };
    const loss = (_: tf.Tensor2D) => tf.mul(weight, 1 + inMode(mode) * 0) as tf.Scalar;
    const reached: number[] = [];
    await fit(loss, x, {
      epochs: 4,
      batchSize: 48,
      optimizer,
      onEpoch: (_, number) => {
        reached.push(weight.dataSync()[0] as number);
        if (number === 2) optimizer.beta1 = 0;
      },
    });
    const expected = [-1, -2, -3.2346, -4.525]; // moments of a slope of 1, corrected for 0.9³ and 0.9² · 0
    near(reached.slice(0, 2), expected.slice(0, 2), 1e-3);
    assert.ok(Math.abs((reached[2] as number) - (reached[1] as number)) > 1.1, String(reached));
  });

  test(`${mode}: dropout draws another mask at each step, and the same ones from the same seed`, async () => {
    const run = async (seed: number) => {
      const weight = tf.variable(tf.zeros([2, 1]));
      const loss = (p: tf.Tensor2D, q: tf.Tensor2D) => {
        const noisy = tf.add(tf.dropout(p, 0.5), tf.randomNormal([p.shape[0], 2], 0, 0.1));
        return tf.losses.meanSquaredError(
          q,
          tf.add(tf.matMul(noisy as tf.Tensor2D, weight), inMode(mode) * 0),
        ) as tf.Scalar;
      };
      const { epochs, mode: as } = await fit(loss, [x, y], {
        epochs: 3,
        batchSize: 48,
        optimizer: makers.adam(),
        seed,
      });
      assert.equal(as, mode);
      return epochs.map(one => one.loss);
    };
    assert.deepEqual(await run(1), await run(1));
    assert.notDeepEqual(await run(1), await run(2));
    const ones = tf.ones([20, 1]);
    const masks = new Set<number>();
    const zero = tf.variable(tf.scalar(1));
    const loss = (p: tf.Tensor2D) =>
      tf.sum(tf.mul(tf.mul(tf.dropout(p, 0.5), zero), 1 + inMode(mode) * 0)) as tf.Scalar;
    const { epochs } = await fit(loss, ones, { epochs: 12, optimizer: tf.train.sgd(0) });
    for (const one of epochs) masks.add(one.loss);
    assert.ok(masks.size > 3, [...masks].join(" "));
  });

  test(`${mode}: nothing is left behind, whether a training ends, is refused, or fails`, async () => {
    const weight = tf.variable(tf.zeros([2, 1]));
    const model = layers(mode);
    const loss = (p: tf.Tensor2D, q: tf.Tensor2D) =>
      tf.losses.meanSquaredError(q, tf.add(tf.matMul(p, weight), inMode(mode) * 0)) as tf.Scalar;
    const common = { epochs: 3, batchSize: 20, validationData: [x, y], earlyStopping: { patience: 1 } };
    const optimizer = makers.sgd();
    let step = 0;
    const fails = (p: tf.Tensor2D, q: tf.Tensor2D) => {
      if (step++ > 4) throw new Error("the loss fails");
      return tf.mul(loss(p, q), inMode(mode) === 0 ? 1 : Math.random() + 1) as tf.Scalar;
    };
    const failsInside = (p: tf.Tensor2D, q: tf.Tensor2D) => {
      const all = tf.square(tf.matMul(p, weight));
      tf.keep(tf.sigmoid(all)).dispose();
      throw new Error(`the loss fails after ${loss(p, q).rank}`);
    };
    const onEpoch = () => {
      throw new Error("the callback fails");
    };
    const trainings: Record<string, () => Promise<unknown>> = {
      "a loss": () => fit(loss, [x, y], { ...common, optimizer }),
      "a layers model": () => fit(model, [x, y], common),
      "a checkpoint": () =>
        fit(loss, [x, y], { ...common, optimizer, checkpoint: { path: join(folder, `${mode}-left`), resume: true } }),
      "a loss that fails at once": () => fit(failsInside, [x, y], { ...common, optimizer }),
      "a loss that fails later": () => fit(fails, [x, y], { ...common, optimizer }),
      "a callback that fails": () => fit(loss, [x, y], { ...common, optimizer, onEpoch }),
      "a callback that fails under a model": () => fit(model, [x, y], { ...common, onEpoch }),
      "options that are refused": () => fit(loss, [x, y], { ...common, optimizer, epochs: -1 }),
      "validation data that are refused": () => fit(loss, [x, y], { ...common, optimizer, validationData: [x] }),
      "a file that is another's": () =>
        fit(model, [x, y], { ...common, checkpoint: { path: join(folder, `${mode}-left`), resume: true } }),
    };
    await fit(model, [x, y], common); // the optimizer's state is made in the first step, and stays
    for (const [what, run] of Object.entries(trainings)) {
      const left = await leftBy(tf, () => run().catch(() => undefined));
      assert.equal(left, 0, what);
    }
  });

  test(`${mode}: a step that fails has changed nothing`, () => {
    const table = tf.variable(tf.ones([4, 2]));
    const random = generator(1);
    const optimizer = makers.adam();
    const forced = inMode(mode);
    const loss = (rows: tf.Tensor1D) => tf.sum(tf.add(tf.gather(table, rows), random.normal([2, 2]))) as tf.Scalar;
    const step = compile(loss, { optimizer });
    if (forced !== 0) step.program.runEagerly("for the test");
    step(tf.tensor1d([0, 1], "int32"));
    const state = () => step.program.variables.flatMap(variable => Array.from(variable.dataSync()));
    const before = [optimizer.iterations, ...state()];
    if (engineRoute === "native") {
      assert.throws(() => step(tf.tensor1d([0, 9], "int32")));
      assert.deepEqual([optimizer.iterations, ...state()], before);
    }
    step(tf.tensor1d([2, 3], "int32"));
    assert.notDeepEqual([optimizer.iterations, ...state()], before);
  });
}

interface Rated {
  setLearningRate(rate: number): void;
}

test("graph mode and eager mode train alike, on dropout and noise too", { skip: modes.length < 2 }, async () => {
  const run = async (mode: "graph" | "eager") => {
    const model = layers(mode);
    const { epochs } = await fit(model, [x, y], { epochs: 3, batchSize: 20, seed: 5, validationData: [far, away] });
    return [...epochs.flatMap(({ loss, validation = Number.NaN }) => [loss, validation]), ...values(model)];
  };
  near(await run("graph"), await run("eager"), 1e-3);
});

test("a file of one mode is gone on with in the other", { skip: modes.length < 2 }, async () => {
  const run = (mode: "graph" | "eager", epochs: number) =>
    fit(layers(mode), [x, y], { epochs, batchSize: 16, checkpoint: { path: join(folder, "both"), resume: true } });
  await run("graph", 1);
  await run("eager", 2);
  const { epochs, mode } = await run("graph", 3);
  assert.equal(mode, "graph");
  const whole = await fit(layers("graph"), [x, y], { epochs: 3, batchSize: 16 });
  near(epochs.map(one => one.loss), whole.epochs.map(one => one.loss), 1e-3); // biome-ignore format: one line
});

test("WebAssembly offers the same", { skip: engineRoute !== "native" }, () => {
  const env = { ...process.env, LATENT_ENGINE: "wasm", NODE_TEST_CONTEXT: "" };
  const own = fileURLToPath(import.meta.url);
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--enable-source-maps", own], {
    env,
    encoding: "utf8",
  });
  assert.equal(status, 0, `${stdout}\n${stderr}`.split("\n").filter(line => /not ok|rror/.test(line)).join("\n")); // biome-ignore format: one line
});

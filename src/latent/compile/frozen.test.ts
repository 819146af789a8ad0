import assert from "node:assert/strict";
import { test } from "node:test";
import { tf } from "../engine/tf.ts";
import { fit } from "../fit/index.ts";
import { compile, generator, StepRefused } from "./index.ts";

const x = tf.ones([4, 2]) as tf.Tensor2D;
const weight = () => tf.variable(tf.ones([2, 1]));

test("a number of JavaScript that differs each time is refused with its line, and with what to write instead", () => {
  let calls = 0;
  const draws: Record<string, () => number> = {
    "a counter": () => ++calls,
    "a clock": () => performance.now(),
    "numbers of one's own": () => crypto.getRandomValues(new Uint32Array(1))[0] as number,
  };
  for (const [what, draw] of Object.entries(draws)) {
    const says = /number of JavaScript that changed from \S+ to \S+ .*frozen\.test\.[jt]s:\d+.*generator\(seed\)/s;
    assert.throws(() => compile((a: tf.Tensor) => tf.mul(a, draw()))(x), says, what);
  }
});

test("a number that the author changes after the first call is refused at the second", () => {
  let beta = 0;
  const step = compile((a: tf.Tensor) => tf.mul(a, beta));
  step(x);
  beta = 0.5;
  assert.throws(() => step(x), /changed from 0 to 0\.5 since it was compiled \(at .*frozen\.test/);
});

test("so are a list of numbers, and a choice", () => {
  const weights = [1, 2];
  let squared = false;
  const listed = compile((a: tf.Tensor) => tf.mul(a, weights));
  const chosen = compile((a: tf.Tensor) => (squared ? tf.square(a) : tf.neg(a)));
  for (const step of [listed, chosen]) step(x);
  [weights[0], squared] = [5, true];
  assert.throws(() => listed(x), /numbers of JavaScript that changed/);
  assert.throws(() => chosen(x), /another way \(Neg became Square\).*a choice in JavaScript/);
});

test("what stays the same is no number that changed: generators, optimizers, layers that are built in the first call", () => {
  const [random, layer, w] = [generator(1), tf.layers.dense({ units: 1 }), weight()];
  const applied = compile((a: tf.Tensor2D) => tf.add(layer.apply(a) as tf.Tensor, random.normal([4, 1])));
  const loss = (a: tf.Tensor2D) => tf.mean(tf.square(tf.add(tf.matMul(a, w), random.normal([4, 1])))) as tf.Scalar;
  const trained = compile(loss, { optimizer: tf.train.adagrad(0.1), clip: { norm: 1 } });
  for (let i = 0; i < 20; i++) {
    assert.ok(applied(x).dataSync().every(Number.isFinite));
    assert.ok(Number.isFinite(trained(x)));
  }
});

test("fit refuses a number that onEpoch changes, with the line and the way to pass it", async () => {
  const w = weight();
  for (const change of [1, 3]) {
    let beta = 0;
    const loss = (a: tf.Tensor2D) => tf.add(tf.mean(tf.matMul(a, w)), tf.mul(tf.sum(tf.square(w)), beta)) as tf.Scalar;
    const onEpoch = (_: unknown, number: number) => {
      if (number === change) beta = 0.25;
    };
    await assert.rejects(
      fit(loss, x, { epochs: 4, optimizer: tf.train.sgd(0.1), onEpoch }),
      (error: unknown) =>
        error instanceof StepRefused &&
        /changed from 0 to 0\.25 .*frozen\.test.*scalars: \{ beta: step => … \}/s.test(error.message),
    );
  }
});

test("fit goes on eagerly where a number differs each time", async () => {
  const w = weight();
  let calls = 0;
  const loss = (a: tf.Tensor2D) => tf.mul(tf.mean(tf.matMul(a, w)), ++calls % 2) as tf.Scalar;
  const { mode, reason } = await fit(loss, x, { epochs: 2, optimizer: tf.train.sgd(0.1) });
  assert.equal(mode, "eager");
  assert.match(reason ?? "", /changed from 1 to 0 from one run to the next/);
});

test("a field of the optimizer, and which variables are trainable, are looked at in each call", () => {
  const w = tf.variable(tf.scalar(0));
  const optimizer = tf.train.adam(1) as unknown as tf.Optimizer & { beta1: number; beta2: number };
  const step = compile(() => tf.mul(w, 1) as tf.Scalar, { optimizer });
  step();
  step();
  const twin = tf.variable(tf.scalar(0));
  const eager = tf.train.adam(1) as unknown as typeof optimizer;
  const eagerly = () => void eager.minimize(() => tf.mul(twin, 1) as tf.Scalar, false, [twin]);
  eagerly();
  eagerly();
  for (const one of [optimizer, eager]) one.beta1 = 0.2;
  step();
  eagerly();
  const [a = 0, b = 1] = [w, twin].map(({ dataSync }, i) => dataSync.call([w, twin][i] as tf.Variable)[0] as number);
  assert.ok(Math.abs(a / b - 1) < 1e-4, `${a} ${b}`);
  const other = tf.variable(tf.scalar(1));
  const both = compile(() => tf.add(w, other) as tf.Scalar, { optimizer: tf.train.sgd(1) });
  both();
  w.trainable = false;
  const before = w.dataSync()[0];
  both();
  assert.deepEqual([w.dataSync()[0], other.dataSync()[0]], [before, -1]);
});

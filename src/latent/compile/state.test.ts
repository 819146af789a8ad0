import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { tf } from "../engine/tf.ts";
import { CheckpointError, compile, generator, learningRate, setLearningRate } from "./index.ts";
import { lastingNames } from "./names.ts";

const folder = mkdtempSync(join(tmpdir(), "latent-state-"));
after(() => rmSync(folder, { recursive: true }));
const number = (tensor: tf.Tensor): number => tensor.dataSync()[0] as number;

test("names that tfjs numbers are the same in another process", () => {
  const here = ["3", "17", "dense_Dense1/kernel", "dense_Dense4/kernel", "dense_Dense4/bias", "code/kernel", "beta"];
  const there = [
    "21",
    "40",
    "dense_Dense7/kernel",
    "dense_Dense9/kernel",
    "dense_Dense9/bias",
    "code/kernel_2",
    "beta",
  ];
  const [ours, theirs] = [lastingNames(here), lastingNames(there)];
  assert.deepEqual(
    here.map(name => ours.get(name)),
    there.map(name => theirs.get(name)),
  );
  assert.equal(new Set(ours.values()).size, here.length);
});

test("a save before the step has run is refused, and so is a restore", () => {
  const step = compile(() => tf.scalar(1));
  assert.throws(() => step.save(join(folder, "nothing")), /nothing to write.*call the step, or its prepare/);
  const weight = tf.variable(tf.scalar(1));
  const other = compile(() => tf.mul(weight, 1));
  other();
  other.save(join(folder, "one"));
  assert.throws(() => compile(() => tf.mul(weight, 1)).restore(join(folder, "one")), /call the step, or its prepare/);
});

for (const mode of ["graph", "eager"] as const) {
  test(`${mode}: a file is put back by names, whichever variable the step uses first`, () => {
    const path = join(folder, `${mode}-names`);
    const made = (first: "a" | "b", named: string) => {
      const [a, b] = [0, 0].map((value, i) => {
        return tf.variable(tf.scalar(value), true, named ? `${named}${mode}${"ab"[i]}` : undefined);
      }) as [tf.Variable, tf.Variable];
      const loss = () =>
        (first === "a" ? tf.add(tf.mul(a, 1), tf.mul(b, 2)) : tf.add(tf.mul(b, 2), tf.mul(a, 1))) as tf.Scalar;
      const step = compile(loss, { optimizer: tf.train.adam(0.1) });
      if (mode === "eager") step.program.runEagerly("for the test");
      return { a, b, step };
    };
    const one = made("a", "");
    one.step();
    one.a.assign(tf.scalar(5));
    one.step.save(path);
    const other = made("b", "");
    other.step.prepare();
    assert.equal(number(other.a), 0);
    other.step.restore(path);
    assert.deepEqual([number(other.a), number(other.b)], [5, number(one.b)]);
    assert.equal(other.step(), one.step());
    const named = made("a", "named");
    named.step();
    assert.throws(() => named.step.restore(path), /has no named.*a, which the step has/);
  });

  test(`${mode}: a file of a step with other variables is refused by name, and nothing changes`, () => {
    const [a, b] = [tf.variable(tf.ones([2]), true, `${mode}-w`), tf.variable(tf.ones([3]), true, `${mode}-v`)];
    const steps = [() => tf.sum(a), () => tf.add(tf.sum(a), tf.sum(b))].map(loss => {
      const step = compile(loss as () => tf.Scalar, { optimizer: tf.train.momentum(0.1, 0.9) });
      if (mode === "eager") step.program.runEagerly("for the test");
      step();
      return step;
    });
    const [small, large] = steps as [(typeof steps)[0], (typeof steps)[0]];
    small.save(join(folder, `${mode}-small`));
    large.save(join(folder, `${mode}-large`));
    const before = [...a.dataSync(), ...b.dataSync()];
    assert.throws(() => large.restore(join(folder, `${mode}-small`)), CheckpointError);
    assert.throws(
      () => small.restore(join(folder, `${mode}-large`)),
      new RegExp(`${mode}-v.*no variable of this step`),
    );
    assert.deepEqual([...a.dataSync(), ...b.dataSync()], before);
  });

  test(`${mode}: what is put back has the counts, the learning rate and the random numbers`, () => {
    const random = generator(4);
    const weight = tf.variable(tf.zeros([2]));
    const optimizer = tf.train.adam(0.5);
    const loss = () => tf.sum(tf.square(tf.add(weight, random.normal([2])))) as tf.Scalar;
    const step = compile(loss, { optimizer });
    if (mode === "eager") step.program.runEagerly("for the test");
    step();
    setLearningRate(optimizer, 0.125);
    step.save(join(folder, `${mode}-all`));
    const next = [step(), step()];
    setLearningRate(optimizer, 9);
    step.restore(join(folder, `${mode}-all`));
    assert.equal(learningRate(optimizer), 0.125);
    assert.equal(optimizer.iterations, 1);
    assert.deepEqual([step(), step()], next);
  });
}

test("an optimizer goes on after a step that was refused when its state had been made", () => {
  for (const make of [() => tf.train.adagrad(0.1), () => tf.train.adam(0.1), () => tf.train.adamax(0.1)]) {
    const weight = tf.variable(tf.ones([2]));
    const optimizer = make();
    const loss = () => tf.sum(tf.square(weight)) as tf.Scalar;
    const refused = compile(() => {
      optimizer.minimize(loss);
      return tf.sum(weight).dataSync();
    });
    assert.throws(() => refused(), /reads the values/);
    assert.deepEqual([...weight.dataSync()], [1, 1]);
    optimizer.minimize(loss);
    assert.ok(number(weight) < 1);
    const before = number(weight);
    compile(loss, { optimizer })();
    assert.ok(number(weight) < before);
  }
});

test("a layer that was built in a step that was refused can be used", () => {
  const layer = tf.layers.dense({ units: 2 });
  const x = tf.ones([1, 3]);
  assert.throws(() => compile((a: tf.Tensor) => (layer.apply(a) as tf.Tensor).dataSync())(x), /reads the values/);
  assert.equal((layer.apply(x) as tf.Tensor).dataSync().length, 2);
});

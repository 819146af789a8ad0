import assert from "node:assert/strict";
import { test } from "node:test";
import { tf } from "../engine/tf.ts";
import { compile } from "./index.ts";
import { ownOperations } from "./own-operations.ts";

// TensorFlow's operation takes 0.999 from 1 in 32 bits: its moments differ from the eager ones in the fifth digit.
const skip = !ownOperations() && "the engine has no operations of ours";
const numbers = (tensor: tf.Tensor): number[] => Array.from(tensor.dataSync());

function assertNear(actual: tf.Tensor, expected: tf.Tensor, tolerance: number): void {
  const right = numbers(expected);
  for (const [i, value] of numbers(actual).entries()) {
    const other = right[i] as number;
    const isNear = Math.abs(value - other) <= tolerance * (1 + Math.abs(other));
    assert.ok(isNear || Object.is(value, other), `${value} instead of ${other}`);
  }
}

/** Takes eager and compiled steps that hand the optimizer these gradients, from the same weights. */
function bothWays(
  make: () => tf.Optimizer,
  gradients: (weights: tf.Variable[], times: number) => { name: string; tensor: tf.Tensor }[],
  steps = 3,
): [eager: tf.Variable[], compiled: tf.Variable[]] {
  const fresh = () => [0, 1].map(i => tf.variable(tf.linspace(0.5 + i, 1 + i, 4)));
  const [eager, compiled] = [fresh(), fresh()];
  const [first, second] = [make(), make()];
  const step = compile((times: tf.Scalar) => {
    second.applyGradients(gradients(compiled, 1).map(one => ({ ...one, tensor: tf.mul(one.tensor, times) })));
  });
  for (let i = 0; i < steps; i++) {
    tf.tidy(() => first.applyGradients(gradients(eager, 1)));
    step(tf.scalar(1));
  }
  return [eager, compiled];
}

const cases: Record<string, { make?: () => tf.Optimizer; gradient: number[]; tolerance?: number }> = {
  "numbers as usual": { gradient: [0.1, -2, 3e-3, 40] },
  "a second moment that remembers long": { make: () => tf.train.adam(0.01, 0.9, 0.99999), gradient: [1, -2, 0.3, 4] },
  "gradients whose square is no number": { gradient: [2e19, -1e30, 3e38, 1] },
  "gradients that are none, or infinite": { gradient: [Number.NaN, Infinity, -Infinity, 1] },
  "no epsilon, and no gradient": { make: () => tf.train.adam(0.01, 0.9, 0.999, 1e-30), gradient: [1, 0, -1e-10, 2] },
};
for (const [what, { make = () => tf.train.adam(0.01), gradient, tolerance = 1e-6 }] of Object.entries(cases)) {
  test(`a compiled step of Adam is the eager one for ${what}`, { skip }, () => {
    const [eager, compiled] = bothWays(make, ([weight]) => [
      { name: (weight as tf.Variable).name, tensor: tf.tensor1d(gradient) },
    ]);
    assertNear(compiled[0] as tf.Tensor, eager[0] as tf.Tensor, tolerance);
  });
}

test("a gradient of one number is spread over the weight, as tfjs does it", { skip }, () => {
  const [eager, compiled] = bothWays(
    () => tf.train.adam(0.01),
    weights => weights.map(({ name }, i) => ({ name, tensor: tf.tensor1d([i + 1]) })),
  );
  for (const i of [0, 1]) assertNear(compiled[i] as tf.Tensor, eager[i] as tf.Tensor, 1e-6);
});

test("a weight that is named twice is changed twice", { skip }, () => {
  const weight = tf.variable(tf.scalar(1));
  const twin = tf.variable(tf.scalar(1));
  const list = ({ name }: tf.Variable) => [1, -3].map(slope => ({ name, tensor: tf.scalar(slope) }));
  const [eager, compiled] = [tf.train.adam(0.1), tf.train.adam(0.1)];
  const step = compile(() => compiled.applyGradients(list(twin)));
  for (let i = 0; i < 3; i++) {
    tf.tidy(() => eager.applyGradients(list(weight)));
    step();
  }
  assertNear(twin, weight, 1e-6);
});

test("a weight that is the gradient of another is taken as it is when its turn comes", { skip }, () => {
  const crossed = ([a, b]: tf.Variable[]) => [
    { name: (a as tf.Variable).name, tensor: b as tf.Tensor },
    { name: (b as tf.Variable).name, tensor: a as tf.Tensor },
  ];
  const [eager, compiled] = [0, 1].map(() => [tf.variable(tf.scalar(0.5)), tf.variable(tf.scalar(-2))]);
  const [first, second] = [tf.train.adam(0.1), tf.train.adam(0.1)];
  const step = compile(() => second.applyGradients(crossed(compiled as tf.Variable[])));
  for (let i = 0; i < 3; i++) {
    tf.tidy(() => first.applyGradients(crossed(eager as tf.Variable[])));
    step();
  }
  // In turn is TensorFlow's operation; the other order gives 0.009 more.
  for (const i of [0, 1]) assertNear(compiled?.[i] as tf.Tensor, eager?.[i] as tf.Tensor, 1e-5);
});

test("an optimizer that knows a weight by another shape says so, and nothing is lost", { skip }, () => {
  const optimizer = tf.train.adam(0.1);
  const other = tf.variable(tf.ones([2]), true, "adam-other");
  const lossOf = (weight: tf.Variable) => () =>
    tf.add(tf.sum(tf.square(tf.sub(weight, 3))), tf.sum(tf.square(tf.sub(other, 3)))) as tf.Scalar;
  const old = tf.variable(tf.ones([3]), true, "adam-anew");
  compile(lossOf(old), { optimizer })();
  old.dispose();
  const anew = tf.variable(tf.ones([4]), true, "adam-anew");
  const before = numbers(other.clone());
  assert.throws(() => compile(lossOf(anew), { optimizer })(), /has \[3\] .* adam-anew is \[4\].*[\s\S]*new optimizer/);
  assert.deepEqual([numbers(anew), numbers(other)], [[1, 1, 1, 1], before]);
  anew.dispose();
});

test("moments that are set from outside are the ones that the next compiled step goes on from", { skip }, async () => {
  const run = async (compiled: boolean): Promise<number[]> => {
    const weight = tf.variable(tf.scalar(1));
    const optimizer = tf.train.adam(0.1);
    const loss = () => tf.square(tf.sub(weight, 3)) as tf.Scalar;
    const step = compiled ? compile(loss, { optimizer }) : () => void optimizer.minimize(loss, false, [weight]);
    for (let i = 0; i < 3; i++) step();
    const saved = await optimizer.getWeights();
    const kept = saved.map(({ name, tensor }) => ({ name, tensor: tensor.clone() }));
    for (let i = 0; i < 4; i++) step();
    await optimizer.setWeights(kept);
    for (let i = 0; i < 4; i++) step();
    return numbers(weight);
  };
  const [eager, compiled] = [await run(false), await run(true)];
  assert.ok(Math.abs((eager[0] as number) - (compiled[0] as number)) < 1e-5, `${compiled} instead of ${eager}`);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { tf } from "../../engine/tf.ts";
import { compile, constant } from "../index.ts";
import { runOps } from "../native.ts";
import { ownOperations } from "../own-operations.ts";
import { lstmByOperation } from "./by-operation.ts";
import { type Activation, hardSigmoid, sigmoid } from "./gates.ts";
import { type LstmOptions, lstm } from "./lstm.ts";
import { lstmStepByStep } from "./step-by-step.ts";

const skip = ownOperations() ? false : "the engine was built without operations of ours";
const gates: Record<string, Activation> = { sigmoid, "hard sigmoid": hardSigmoid };
type Form = typeof lstm;

/** Sizes that fill vectors and blocks of rows, and sizes that do not; one step; one sequence. */
const SIZES = [
  { batch: 7, time: 5, features: 6, units: 5 },
  { batch: 13, time: 3, features: 4, units: 32 },
  { batch: 1, time: 1, features: 2, units: 17 },
];

function problem({ batch, time, features, units }: (typeof SIZES)[number], options: LstmOptions) {
  const drawn = (shape: number[], seed: number) => tf.randomNormal(shape, 0, 0.6, "float32", seed);
  const x = drawn(options.repeat === undefined ? [batch, time, features] : [batch, features], 1);
  const weights = [drawn([features, 4 * units], 2), drawn([units, 4 * units], 3), drawn([4 * units], 4)];
  const outer = constant(drawn(options.sequences ? [batch, time, units] : [batch, units], 5));
  const apply = (form: Form) => (x: tf.Tensor, k: tf.Tensor, r: tf.Tensor, b: tf.Tensor) =>
    form(x, { kernel: k, recurrent: r, bias: b } as never, options);
  const loss =
    (form: Form) =>
    (...inputs: tf.Tensor[]) =>
      tf.sum(tf.mul(outer, apply(form)(...(inputs as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor])))) as tf.Scalar;
  /** Outputs and gradients. */
  const results = (form: Form, given: tf.Tensor[] = [x, ...weights]) => [
    apply(form)(...(given as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor])),
    ...tf.grads(loss(form))(given),
  ];
  return { inputs: [x, ...weights], loss, results };
}

for (const [name, gate] of Object.entries(gates)) {
  for (const sequences of [true, false]) {
    for (const repeats of [true, false]) {
      const title = `${name}, ${sequences ? "all outputs" : "the last output"}, ${repeats ? "one vector for all steps" : "a sequence"}`;
      test(`the operation of an LSTM has the value and gradients of its steps: ${title}`, { skip }, () => {
        for (const size of SIZES) {
          const { results } = problem(size, { gate, sequences, ...(repeats && { repeat: size.time }) });
          assertNear(results(lstmByOperation), results(lstmStepByStep));
        }
      });
    }
  }
}

test("the gradients of the operation of an LSTM are its differences", { skip }, () => {
  for (const options of [{ sequences: true }, { repeat: 3, sequences: false }]) {
    const { inputs, loss } = problem({ batch: 3, time: 3, features: 2, units: 5 }, options);
    const f = loss(lstmByOperation);
    const slopes = tf.grads(f)(inputs);
    for (const [i, input] of inputs.entries()) {
      const direction = tf.randomNormal(input.shape, 0, 1, "float32", 10 + i);
      const at = (step: number) =>
        f(...inputs.map((one, j) => (j === i ? tf.add(one, tf.mul(direction, step)) : one))).dataSync()[0] as number;
      const difference = (at(1e-2) - at(-1e-2)) / 2e-2;
      const [slope] = tf.sum(tf.mul(direction, slopes[i] as tf.Tensor)).dataSync();
      assert.ok(
        Math.abs((slope as number) - difference) < 2e-3 * (1 + Math.abs(difference)),
        `${slope}, ${difference}`,
      );
    }
  }
});

test("a compiled step has the LSTM as one operation and its gradient as another, and NaN goes through both", {
  skip,
}, () => {
  const { inputs, results } = problem(SIZES[0] as (typeof SIZES)[number], { sequences: true });
  const step = compile((...given: tf.Tensor[]) => results(lstm, given));
  assertNear(step(...inputs), results(lstmStepByStep));
  const [operations] = Object.values(step.program.graphs) as [number];
  assert.ok(operations < 60, `${operations} operations`);
  const [x, ...weights] = inputs as [tf.Tensor, ...tf.Tensor[]];
  const spoilt = step(tf.mul(x, NaN), ...weights);
  for (const tensor of spoilt) assert.ok([...tensor.dataSync()].every(Number.isNaN));
});

test("the operation of an LSTM refuses shapes that do not fit", { skip }, () => {
  const attributes = { time: { int: 2 }, repeated: false, hard: false };
  const call = (projected: number[], recurrent: number[]) =>
    runOps("LatentLstm", attributes, [tf.zeros(projected), tf.zeros(recurrent), tf.zeros([12])], 5);
  assert.throws(() => call([4, 3, 12], [3, 12]), /shapes .* do not fit/);
  assert.throws(() => call([4, 2, 12], [4, 12]), /shapes .* do not fit/);
  assert.throws(() => call([4, 2, 12], [36]), /needs a time and a recurrent kernel/);
});

function assertNear(actual: (tf.Tensor | undefined)[], expected: (tf.Tensor | undefined)[]): void {
  assert.equal(actual.length, expected.length);
  for (const [i, tensor] of expected.entries()) {
    const [ours, theirs] = [actual[i]?.dataSync(), tensor?.dataSync()] as [Float32Array, Float32Array];
    assert.deepEqual(actual[i]?.shape, tensor?.shape);
    const scale = Math.max(...theirs.map(Math.abs));
    const off = Math.max(...theirs.map((value, j) => Math.abs(value - (ours[j] as number))));
    assert.ok(off <= 3e-6 * scale, `result ${i} is off by ${off} of ${scale}`);
  }
}

import assert from "node:assert/strict";
import { test } from "node:test";
import { engineRoute } from "../../engine/ready.ts";
import { tf } from "../../engine/tf.ts";
import { compile, constant } from "../index.ts";
import { hardSigmoid } from "./gates.ts";
import { lstm } from "./lstm.ts";

const glorot = (seed: number) => tf.initializers.glorotUniform({ seed });

function layer(gate: "sigmoid" | "hardSigmoid", inputShape: number[], returnSequences: boolean, seed: number) {
  return tf.layers.lstm({
    units: 5,
    inputShape,
    returnSequences,
    recurrentActivation: gate,
    kernelInitializer: glorot(seed),
    recurrentInitializer: glorot(seed + 1),
  });
}

for (const gate of ["sigmoid", "hardSigmoid"] as const) {
  for (const sequences of [true, false]) {
    test(`lstm has the value and gradients of tfjs' layer: ${gate}, ${sequences ? "all outputs" : "the last output"}`, () => {
      const x = tf.randomNormal([3, 4, 2], 0, 2, "float32", 1);
      const model = tf.sequential({ layers: [layer(gate, [4, 2], sequences, 3)] });
      const variables = model.trainableWeights.map(weight => (weight as unknown as { val: tf.Variable }).val);
      const [kernel, recurrent, bias] = variables as unknown as [tf.Tensor2D, tf.Tensor2D, tf.Tensor1D];
      const target = constant(tf.randomNormal(sequences ? [3, 4, 5] : [3, 5], 0, 1, "float32", 2));
      const loss = (y: tf.Tensor) => tf.losses.meanSquaredError(target, y) as tf.Scalar;
      const theirs = tf.variableGrads(() => loss(model.apply(x) as tf.Tensor), variables);
      const x0 = tf.variable(x);
      const step = compile(() => {
        const options = { sequences, ...(gate === "hardSigmoid" && { gate: hardSigmoid }) };
        const { value, grads } = tf.variableGrads(
          () => loss(lstm(tf.mul(x0, 1), { kernel, recurrent, bias }, options)),
          variables,
        );
        return [value, ...Object.values(grads)];
      });
      const ours = step() as tf.Tensor[];
      const expected = [theirs.value, ...Object.values(theirs.grads)];
      for (const [i, tensor] of expected.entries()) assertNear(ours[i] as tf.Tensor, tensor);
    });
  }
}

test("a layers model with LSTM, RepeatVector and TimeDistributed trains compiled as it does eagerly", () => {
  const model = tf.sequential({
    layers: [
      layer("sigmoid", [4, 2], false, 1),
      tf.layers.repeatVector({ n: 4 }),
      layer("hardSigmoid", [4, 5], true, 3),
      tf.layers.timeDistributed({ layer: tf.layers.dense({ units: 2, kernelInitializer: glorot(5) }) }),
    ],
  });
  const start = model.getWeights().map(weight => weight.clone());
  const x = tf.randomNormal([8, 4, 2], 0, 1, "float32", 1);
  const loss = () => tf.losses.meanSquaredError(x0, model.apply(x0) as tf.Tensor) as tf.Scalar;
  const x0 = tf.variable(x, false);
  const optimizer = tf.train.adam(0.01);
  const eager = Array.from({ length: 10 }, () =>
    tf.tidy(() => (optimizer.minimize(loss, true) as tf.Scalar).dataSync()[0] as number),
  );
  model.setWeights(start);
  const step = compile(loss, { optimizer: tf.train.adam(0.01) });
  const compiled = Array.from({ length: 10 }, () => step());
  for (const [i, value] of eager.entries())
    assert.ok(Math.abs((compiled[i] as number) / value - 1) < 1e-4, `step ${i}`);
  if (engineRoute === "wasm") return; // no graph there
  const [[shapes, operations]] = Object.entries(step.program.graphs) as [[string, number]];
  assert.equal(shapes, "");
  assert.ok(operations < 800, `${operations} operations`);
});

function assertNear(actual: tf.Tensor, expected: tf.Tensor): void {
  assert.deepEqual(actual.shape, expected.shape);
  const scale = Math.max(...Array.from(expected.dataSync(), Math.abs));
  const off = tf.max(tf.abs(tf.sub(actual, expected))).dataSync()[0] as number;
  assert.ok(off <= 1e-5 * scale, `off by ${off} of ${scale}`);
}

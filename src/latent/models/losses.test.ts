import assert from "node:assert/strict";
import { test } from "node:test";
import { tf } from "../engine/tf.ts";
import { bernoulliCrossEntropy, softmaxCrossEntropy, squaredError } from "./losses.ts";

const labels = tf.tensor2d([
  [1, 0, 0],
  [0, 0, 1],
]);
const logits = tf.tensor2d([
  [2, -1, 0.5],
  [0.3, 1, -2],
]);

function near(actual: tf.Tensor, expected: readonly number[]): void {
  const values = Array.from(actual.dataSync());
  assert.equal(values.length, expected.length);
  values.forEach((value, i) => void assert.ok(Math.abs(value - (expected[i] as number)) < 1e-5, `${values}`));
}

test("losses take labels first and then logits, as tfjs' own do, and their values are those of the definition", () => {
  const [y, l] = [labels.arraySync(), logits.arraySync()];
  const softmax = l.map((row, i) => {
    const log = Math.log(row.reduce((sum, value) => sum + Math.exp(value), 0));
    return row.reduce((sum, value, j) => sum - (y[i]?.[j] as number) * (value - log), 0);
  });
  const bernoulli = l.map((row, i) =>
    row.reduce((sum, value, j) => sum + Math.log1p(Math.exp(value)) - (y[i]?.[j] as number) * value, 0),
  );
  near(softmaxCrossEntropy(labels, logits), softmax);
  near(bernoulliCrossEntropy(labels, logits), bernoulli);
  near(tf.mean(softmaxCrossEntropy(labels, logits)), [
    tf.losses.softmaxCrossEntropy(labels, logits).dataSync()[0] as number,
  ]);
  near(squaredError(labels, logits), [1 + 1 + 0.25, 0.09 + 1 + 9]);
});

test("with labels and logits exchanged, cross-entropies are other numbers", () => {
  for (const loss of [bernoulliCrossEntropy, softmaxCrossEntropy]) {
    const [right, wrong] = [loss(labels, logits), loss(logits, labels)].map(t => t.dataSync()) as [
      Float32Array,
      Float32Array,
    ];
    assert.ok(right.every((value, i) => Math.abs(value - (wrong[i] as number)) > 0.01)); // rounding is 1e-6
  }
});

for (const loss of [squaredError, bernoulliCrossEntropy, softmaxCrossEntropy]) {
  test(`${loss.name} refuses labels that would be repeated until they fit, and what is no tensor`, () => {
    const square = tf.ones([3, 3]);
    assert.throws(() => loss(tf.tensor1d([0, 2, 1]), square), /needs both in one shape; labels are \[3\].* \[3,3\]/);
    assert.throws(() => loss(tf.ones([3, 1]), square), /\[3,1\].* \[3,3\]/);
    const bytes = Uint8Array.from([0, 2, 1]) as unknown as tf.Tensor;
    assert.throws(() => loss(bytes, square), /labels of \w+ has to be a tensor; it is a Uint8Array/);
  });
}

import assert from "node:assert/strict";
import { test } from "node:test";
import { tf } from "../engine/tf.ts";
import { fused } from "./fused.ts";
import type { Node } from "./graph.ts";
import { compile, layerNormalization } from "./index.ts";
import { requireNative } from "./native.ts";
import { ownOperations } from "./own-operations.ts";
import { type Step, trace } from "./trace.ts";

const skip = ownOperations() ? false : "the engine was built without operations of ours";
const normal = (shape: number[], seed: number) => tf.randomNormal(shape, 0, 0.5, "float32", seed);

function written(step: Step, inputs: readonly tf.Tensor[]): Record<string, number> {
  const { recorder, outputs, writes } = trace(requireNative("this test"), step, inputs);
  const counts: Record<string, number> = {};
  for (const { op } of recorder.graph.written([...outputs, ...writes])) counts[op] = (counts[op] ?? 0) + 1;
  return counts;
}

function assertAsEager(step: Step, inputs: readonly tf.Tensor[]): void {
  const [ours, theirs] = [compile(step)(...inputs), step(...inputs)] as [tf.Tensor[], tf.Tensor[]];
  for (const [i, tensor] of theirs.entries()) {
    assert.deepEqual(ours[i]?.shape, tensor.shape);
    const off = tf.max(tf.div(tf.abs(tf.sub(ours[i] as tf.Tensor, tensor)), tf.add(1, tf.abs(tensor))));
    assert.ok((off.dataSync()[0] as number) <= 1e-4, `result ${i}: off by ${off.dataSync()[0]}`);
  }
}

/** Of `[…, width]`: a layer for each place. */
function onPlaces(x: tf.Tensor, w: tf.Tensor): tf.Tensor {
  const rows = tf.matMul(tf.reshape(x, [-1, w.shape[0] as number]), w);
  return tf.reshape(rows, [...x.shape.slice(0, -1), w.shape[1] as number]);
}

/** Two blocks of a transformer without attention, and their gradients. */
const blocks: Step = (...inputs: tf.Tensor[]) => {
  const loss = (...[x, v, w, gain, offset]: tf.Tensor[]) => {
    const [up, down] = [v, w] as [tf.Tensor, tf.Tensor];
    const norm = (of: tf.Tensor) => layerNormalization(of, gain as tf.Tensor, offset as tf.Tensor);
    let y = x as tf.Tensor;
    for (let i = 0; i < 2; i++) y = tf.add(y, onPlaces(tf.relu(onPlaces(norm(y), up)), down));
    return tf.mean(tf.square(y));
  };
  return [loss(...inputs), ...tf.grads(loss)(inputs)];
};

for (const shape of [
  [50, 6],
  [10, 5, 6],
  [2, 5, 5, 6],
])
  test(`what goes past the layers of a block is added within them, forwards and backwards, in a tensor of [${shape}]`, {
    skip,
  }, () => {
    const inputs = [normal(shape, 1), normal([6, 9], 2), normal([9, 6], 3), normal([6], 4), normal([6], 5)];
    assertAsEager(blocks, inputs);
    const { Add, LatentNormalizeGrad } = written(blocks, inputs);
    assert.deepEqual([Add, LatentNormalizeGrad], [2, 2]); // of gain and offset, which both blocks have
  });

test("a gradient of a normalisation that is used besides its sum is added to apart", { skip }, () => {
  const [x, gain, offset] = [normal([8, 6], 1), normal([6], 2), normal([6], 3)];
  const step: Step = (...inputs: tf.Tensor[]) => {
    const [of = x, g = gain, o = offset] = inputs;
    const gradient = tf.grad((y: tf.Tensor) => tf.sum(tf.square(layerNormalization(y, g, o))))(of);
    return [tf.add(gradient, tf.sin(of)), gradient];
  };
  assertAsEager(step, [x, gain, offset]);
  assert.equal(written(step, [x, gain, offset]).Add, 1);
});

test("a sum that needs another result of the same operation stays apart from it: it would wait for itself", {
  skip,
}, () => {
  const [x, gain, offset] = [normal([6, 6], 1), normal([6], 2), normal([6], 3)];
  const step: Step = (...inputs: tf.Tensor[]) => {
    const loss = (...[of, g, o]: tf.Tensor[]) =>
      tf.sum(tf.square(layerNormalization(of as tf.Tensor, g as tf.Tensor, o as tf.Tensor)));
    const [ofRows, ofGain] = tf.grads(loss)(inputs) as [tf.Tensor, tf.Tensor];
    return [tf.add(ofRows, tf.mul(inputs[0] as tf.Tensor, tf.sin(ofGain))), ofGain];
  };
  assertAsEager(step, [x, gain, offset]);
  assert.equal(written(step, [x, gain, offset]).Add, 1);
});

test("other results of what became a sum are those of the sum, also where two sums would wait for each other", () => {
  const node = (name: string, inputs: string[], product?: string): Node => ({
    ...{ name, op: "apart", inputs, attributes: [], origin: undefined },
    ...(product && { fusions: [{ product, op: "together", attributes: [], inputs: inputs.slice(1) }] }),
  });
  const names = (nodes: Node[], roots: string[]): string[] =>
    fused(new Map(nodes.map(one => [one.name, one])), roots, () => []).map(({ name, op, inputs }) =>
      [name, op, ...inputs].join(" "),
    );
  const graph = [node("made", []), node("other", []), node("sum", ["made", "other"], "made"), node("more", ["made:1"])];
  assert.deepEqual(names(graph, ["sum", "more"]), ["other apart", "sum together other", "more apart sum:1"]);
  const crossed = [
    ...[node("a", []), node("b", []), node("x", ["b:1"]), node("y", ["a:2"])],
    ...[node("first", ["a", "x"], "a"), node("second", ["b", "y"], "b")],
  ];
  const together = names(crossed, ["first", "second"]).filter(name => name.includes("together"));
  assert.deepEqual(together, ["first together x"]);
});

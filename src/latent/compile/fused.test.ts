import assert from "node:assert/strict";
import { test } from "node:test";
import { tf } from "../engine/tf.ts";
import { fused } from "./fused.ts";
import type { Node } from "./graph.ts";
import { compile } from "./index.ts";
import { requireNative } from "./native.ts";
import { ownOperations } from "./own-operations.ts";
import { type Step, trace } from "./trace.ts";

const skip = ownOperations() ? false : "the engine was built without operations of ours";
const normal = (shape: [number, number], seed: number) => tf.randomNormal(shape, 0, 1, "float32", seed) as tf.Tensor2D;

/** How many nodes of these operations a step is written as, whatever of its products is transposed. */
function written(step: Step, inputs: readonly tf.Tensor[], ops = ["LatentMatMul", "Add", "ReluGrad"]): number[] {
  const { recorder, outputs, writes } = trace(requireNative("this test"), step, inputs);
  const names = recorder.graph
    .written([...outputs, ...writes])
    .map(({ op }) => op.replace(/(?<=^LatentMatMul)[AB]+$/, ""));
  return ops.map(op => names.filter(name => name === op).length);
}

/** Compares a compiled step with the same in plain TensorFlow.js. */
function assertAsEager(step: Step, inputs: readonly tf.Tensor[]): void {
  const [ours, theirs] = [compile(step)(...inputs), step(...inputs)] as [tf.Tensor[], tf.Tensor[]];
  for (const [i, tensor] of theirs.entries()) {
    const off = tf.max(tf.div(tf.abs(tf.sub(ours[i] as tf.Tensor, tensor)), tf.add(1, tf.abs(tensor))));
    assert.ok((off.dataSync()[0] as number) <= 1e-4, `result ${i}: off by ${off.dataSync()[0]}`);
  }
}

/** The value of `loss` and its gradients. */
function withGradients(loss: (...of: tf.Tensor2D[]) => tf.Tensor): (...of: tf.Tensor2D[]) => tf.Tensor[] {
  return (...inputs) => [loss(...inputs), ...tf.grads((...of: tf.Tensor[]) => loss(...(of as tf.Tensor2D[])))(inputs)];
}

test("the gradient of a rectified layer is masked by the product that it is", { skip }, () => {
  const step = withGradients((x, v, w, u) => {
    const hidden = tf.relu(tf.matMul(tf.relu(tf.matMul(x, v)), w));
    return tf.mean(tf.square(tf.matMul(hidden as tf.Tensor2D, u)));
  });
  for (const [rows, width] of [
    [1, 1],
    [27, 30],
    [130, 65],
    [40, 600],
  ] as const) {
    const w = tf.div(normal([width, width], 2), Math.sqrt(width)) as tf.Tensor2D;
    const inputs = [normal([rows, 9], 1), normal([9, width], 3), w, normal([width, 5], 4)];
    assertAsEager(step, inputs);
    assert.deepEqual(written(step, inputs), [12, 0, 0]);
  }
});

test("what a product is added to is a part of it, also where another sum is", { skip }, () => {
  const step = (x: tf.Tensor2D, v: tf.Tensor2D, w: tf.Tensor2D): tf.Tensor[] => {
    const bias = tf.ones([x.shape[1]]);
    const once = tf.add(x, tf.add(tf.matMul(x, v), bias));
    return [tf.add(tf.relu(tf.matMul(once as tf.Tensor2D, w)), once)];
  };
  const inputs = [normal([50, 70], 1), normal([70, 70], 2), normal([70, 70], 3)];
  assertAsEager(step, inputs);
  assert.deepEqual(written(step, inputs), [2, 0, 0]);
});

test("the sigmoid of a product is a part of it, with its bias, unless the product is used besides", { skip }, () => {
  const layer = (x: tf.Tensor2D, w: tf.Tensor2D) => tf.add(tf.matMul(x, w), tf.ones([w.shape[1]]));
  const inputs = [normal([37, 40], 1), tf.mul(normal([40, 65], 2), 3) as tf.Tensor2D, normal([65, 40], 3)] as const;
  const step = (x: tf.Tensor2D, w: tf.Tensor2D, u: tf.Tensor2D): tf.Tensor[] => [
    tf.sigmoid(layer(tf.sigmoid(layer(x, w)) as tf.Tensor2D, u)),
  ];
  assertAsEager(step as Step, inputs);
  assert.deepEqual(written(step as Step, inputs, ["LatentMatMul", "Sigmoid"]), [2, 0]);
  const besides = (x: tf.Tensor2D, w: tf.Tensor2D): tf.Tensor[] => {
    const logits = layer(x, w);
    return [tf.sigmoid(logits), logits];
  };
  assertAsEager(besides as Step, [inputs[0], inputs[1]]);
  assert.deepEqual(written(besides as Step, [inputs[0], inputs[1]], ["LatentMatMul", "Sigmoid"]), [1, 1]);
  const gradients = withGradients((x, w) => tf.mean(tf.sigmoid(layer(x, w))));
  assertAsEager(gradients, [inputs[0], inputs[1]]);
});

test("the gradient of what goes through three layers is added up by their products", { skip }, () => {
  const step = withGradients((x, q, k, v) => {
    const [a, b, c] = [tf.matMul(x, q), tf.matMul(x, k), tf.matMul(x, v)];
    return tf.sum(tf.mul(tf.sin(a), tf.mul(tf.cos(b), tf.tanh(c))));
  });
  const inputs = [normal([33, 20], 1), normal([20, 40], 2), normal([20, 40], 3), normal([20, 40], 4)];
  assertAsEager(step, inputs);
  assert.deepEqual(written(step, inputs), [12, 0, 0]);
});

test("a product that is used besides is computed once, and what it is added to has the same bits", { skip }, () => {
  const inputs = [normal([37, 1100], 1), normal([1100, 50], 2), normal([37, 50], 3)] as const;
  const sum = (x: tf.Tensor2D, w: tf.Tensor2D, y: tf.Tensor2D): tf.Tensor => tf.add(tf.matMul(x, w), y);
  const both = (x: tf.Tensor2D, w: tf.Tensor2D, y: tf.Tensor2D): tf.Tensor[] => {
    const product = tf.matMul(x, w);
    return [tf.add(product, y), product];
  };
  assertAsEager(both, inputs);
  assert.deepEqual([written(both, inputs), written(sum, inputs)], [[1, 1, 0], [1, 0, 0]]); // biome-ignore format: one line
  const [apart, together] = [compile(both)(...inputs)[0] as tf.Tensor, compile(sum)(...inputs)];
  assert.deepEqual(together.dataSync(), apart.dataSync());
});

test("of two products the one that nothing else needs adds the other, and neither where it is added to itself", {
  skip,
}, () => {
  const inputs = [normal([6, 7], 1), normal([7, 7], 2), normal([7, 7], 3)];
  const step = (x: tf.Tensor2D, v: tf.Tensor2D, w: tf.Tensor2D): tf.Tensor[] => {
    const [first, second] = [tf.matMul(x, v), tf.matMul(x, w)];
    return [tf.add(first, second), tf.exp(second), tf.add(tf.matMul(x, tf.add(v, w)), tf.scalar(1))];
  };
  assertAsEager(step, inputs);
  assert.deepEqual(written(step, inputs), [3, 2, 0]);
  const twice = (x: tf.Tensor2D, v: tf.Tensor2D): tf.Tensor[] => {
    const product = tf.matMul(x, v);
    return [tf.add(product, product)];
  };
  assertAsEager(twice, inputs.slice(0, 2));
  assert.deepEqual(written(twice, inputs.slice(0, 2)), [1, 1, 0]);
});

test("no gradient passes a feature that is no number, and one that is none itself is seen", { skip }, () => {
  const step = withGradients((x, v, w) => tf.sum(tf.matMul(tf.relu(tf.matMul(x, v)) as tf.Tensor2D, w)));
  const of = (w: number): number[] => {
    const x = tf.tensor2d([[Number.NaN], [-1], [2]]);
    return [...(compile(step)(x, tf.ones([1, 1]), tf.fill([1, 1], w))[1] as tf.Tensor).dataSync()].map(one => one + 0);
  };
  assert.deepEqual(of(-3), [0, 0, -3]);
  assert.deepEqual(of(Number.NaN), [Number.NaN, Number.NaN, Number.NaN]);
});

test("a variable to which a product is added changes in place, and its sum is right where it is used besides", {
  skip,
}, () => {
  const [x, y] = [normal([4, 3], 1), normal([3, 5], 2)];
  for (const isUsed of [false, true]) {
    const weight = tf.variable(tf.ones([4, 5]));
    const step = (a: tf.Tensor2D, b: tf.Tensor2D): tf.Tensor[] => {
      const changed = tf.add(weight, tf.matMul(a, b));
      weight.assign(changed as tf.Tensor<tf.Rank>);
      return isUsed ? [changed, tf.neg(weight)] : [];
    };
    assert.deepEqual(written(step, [x, y], ["LatentMatMul", "Add", "AssignAddVariableOp"]), [1, isUsed ? 1 : 0, 1]);
    const compiled = compile(step);
    for (let i = 1; i <= 3; i++) {
      const results = compiled(x, y);
      const expected = tf.add(1, tf.mul(i, tf.matMul(x, y)));
      const all = isUsed ? [weight, results[0] as tf.Tensor, tf.neg(results[1] as tf.Tensor)] : [weight];
      for (const one of all) assert.ok((tf.max(tf.abs(tf.sub(one, expected))).dataSync()[0] as number) < 1e-5);
    }
  }
});

test("the gradient of a bias comes with that of the weights, and both are right", { skip }, () => {
  const step = withGradients((x, w, b, u) => tf.mean(tf.square(tf.matMul(tf.relu(tf.add(tf.matMul(x, w), tf.reshape(b, [-1]))) as tf.Tensor2D, u)))); // biome-ignore format: one line
  for (const [rows, inner, columns] of [
    [1, 3, 16],
    [60, 9, 130],
    [1100, 70, 33],
    [40, 784, 257],
  ] as const) {
    const inputs = [
      normal([rows, inner], 1),
      tf.div(normal([inner, columns], 2), Math.sqrt(inner)) as tf.Tensor2D, // the sums are about 1
      normal([1, columns], 3),
      tf.div(normal([columns, 4], 4), Math.sqrt(columns)) as tf.Tensor2D,
    ];
    assertAsEager(step, inputs);
    assert.deepEqual(written(step, inputs, ["LatentMatMulASums", "LatentColumnSums"]), [1, 0], `${rows}, ${columns}`);
  }
});

test("sums that the product itself needs, that are an output, or that two products share, are right", { skip }, () => {
  const around = (x: tf.Tensor2D, y: tf.Tensor2D): tf.Tensor[] => {
    const sums = tf.sum(y, 0);
    return [tf.matMul(tf.add(x, tf.mean(sums)) as tf.Tensor2D, y, true)];
  };
  const inputs = [normal([50, 20], 1), normal([50, 40], 2)] as const;
  assertAsEager(around as Step, inputs);
  const crossed = (x: tf.Tensor2D, y: tf.Tensor2D): tf.Tensor[] => {
    const p = tf.matMul(tf.add(x, tf.mean(tf.sum(y, 0))) as tf.Tensor2D, tf.add(x, 1) as tf.Tensor2D, true);
    const q = tf.matMul(tf.add(y, tf.mean(tf.sum(tf.add(x, 1), 0))) as tf.Tensor2D, y, true);
    return [p, q, tf.sum(y, 0)];
  };
  assertAsEager(crossed as Step, inputs);
  const shared = (x: tf.Tensor2D, y: tf.Tensor2D): tf.Tensor[] => [
    tf.matMul(x, y, true),
    tf.matMul(tf.sin(x) as tf.Tensor2D, y, true),
    tf.sum(y, 0),
    tf.mul(tf.sum(y, 0), tf.sum(y, 0)),
  ];
  assertAsEager(shared as Step, inputs);
});

test("a product that something waits for stays, and whoever is fused waits for what both waited for", () => {
  const node = (name: string, inputs: string[], product?: string): Node => ({
    ...{ name, op: "apart", inputs, attributes: [], origin: undefined },
    ...(product && { fusions: [{ product, op: "together", attributes: [], inputs: ["a", "other"] }] }),
  });
  const graph = [node("a", []), node("other", []), node("product", ["a", "^a"]), node("sum", ["product", "other", "^other"], "product")]; // biome-ignore format: one line
  const names = (nodes: Node[], roots: string[]): string[] =>
    fused(new Map(nodes.map(one => [one.name, one])), roots, () => []).map(({ name, op, inputs }) => [name, op, ...inputs].join(" ")); // biome-ignore format: one line
  assert.deepEqual(names(graph, ["sum"]), ["a apart", "other apart", "sum together a other ^a ^other"]);
  assert.equal(names(graph, ["sum", "product"]).length, 4);
  assert.equal(names([...graph, node("gate", ["^product"])], ["sum", "gate"]).length, 5);
});

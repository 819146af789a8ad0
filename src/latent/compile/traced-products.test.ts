import assert from "node:assert/strict";
import { test } from "node:test";
import { tf } from "../engine/tf.ts";
import { compile } from "./index.ts";
import { type Binding, requireNative } from "./native.ts";
import { ownOperations } from "./own-operations.ts";
import { swap } from "./swap.ts";

const skip = ownOperations() ? false : "the engine was built without operations of ours";

/** What is computed at once while `body` runs. */
function executed(body: () => void): string[] {
  const backend = requireNative("This test");
  const { binding } = backend;
  const operations: string[] = [];
  const executeOp: Binding["executeOp"] = (op, ...rest) => {
    operations.push(op);
    return binding.executeOp(op, ...rest);
  };
  const undo = swap(backend, "binding", Object.create(binding, { executeOp: { value: executeOp } }));
  try {
    body();
  } finally {
    undo();
  }
  return operations;
}

test("while a step is traced its products are computed by ours, each way round, and afterwards by TensorFlow", {
  skip,
}, () => {
  const [a, b] = [tf.randomNormal([5, 3], 0, 1, "float32", 1), tf.randomNormal([3, 4], 0, 1, "float32", 2)];
  const [at, bt] = [tf.transpose(a), tf.transpose(b)];
  const eager = tf.matMul(a, b);
  const step = (...[p, q, pt, qt]: tf.Tensor[]) => {
    const products = [
      tf.matMul(p as tf.Tensor, q as tf.Tensor),
      tf.matMul(pt as tf.Tensor, q as tf.Tensor, true),
      tf.matMul(p as tf.Tensor, qt as tf.Tensor, false, true),
      tf.matMul(pt as tf.Tensor, qt as tf.Tensor, true, true),
    ];
    return products;
  };
  const before = tf.memory().numTensors;
  const compiled = compile(step);
  let results: tf.Tensor[] = [];
  const tracing = executed(() => {
    results = compiled(a, b, at, bt) as tf.Tensor[];
  });
  for (const name of ["LatentMatMul", "LatentMatMulA", "LatentMatMulB", "LatentMatMulAB"])
    assert.ok(tracing.includes(name), `${name} of ${tracing}`);
  assert.ok(!tracing.includes("BatchMatMulV2"));
  assert.equal(tf.memory().numTensors, before + results.length);
  for (const one of results) {
    assert.deepEqual(one.shape, [5, 4]);
    assert.ok((tf.max(tf.abs(tf.sub(one, eager))).dataSync()[0] as number) < 1e-5);
  }
  assert.ok(executed(() => tf.matMul(a, b)).includes("BatchMatMulV2"));
});

test("a product of more axes, or of whole numbers, is TensorFlow's in a trace as well", { skip }, () => {
  const [x, y] = [tf.ones([2, 3, 4]), tf.ones([2, 4, 5])];
  const operations = executed(() => compile((p: tf.Tensor, q: tf.Tensor) => tf.matMul(p, q))(x, y));
  assert.ok(operations.includes("BatchMatMulV2"));
  const whole = tf.tensor2d([1, 2, 3, 4], [2, 2], "int32");
  const product = compile((p: tf.Tensor2D) => tf.matMul(p, p))(whole) as tf.Tensor;
  assert.deepEqual([...product.dataSync()], [7, 10, 15, 22]);
});

test("a layer that is built within the step begins with the weights of an eager one", { skip }, () => {
  const build = () => tf.layers.dense({ units: 3, kernelInitializer: tf.initializers.orthogonal({ seed: 4 }) });
  const [eager, traced] = [build(), build()];
  const x = tf.ones([2, 5]);
  const expected = eager.apply(x) as tf.Tensor;
  const got = compile((input: tf.Tensor) => traced.apply(input) as tf.Tensor)(x) as tf.Tensor;
  assert.ok((tf.max(tf.abs(tf.sub(expected, got))).dataSync()[0] as number) < 1e-5);
  const [w, v] = [eager, traced].map(layer => layer.getWeights()[0]?.dataSync() as Float32Array);
  assert.ok(w?.every((value, i) => Math.abs(value - (v?.[i] as number)) < 1e-5));
});

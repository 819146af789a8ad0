import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { tf } from "../engine/tf.ts";
import { attend, spelledOut } from "./attention.ts";
import { Graph } from "./graph.ts";
import { compile } from "./index.ts";
import { lower } from "./lowering.ts";
import { attributes, DT, nativeBackend, requireNative, runOps } from "./native.ts";
import { ownOperations } from "./own-operations.ts";

const skip = ownOperations() ? false : "the engine was built without operations of ours";
const normal = (shape: number[], seed: number) => tf.randomNormal(shape, 0, 1, "float32", seed);

function assertNear(ours: tf.Tensor, theirs: tf.Tensor, what: string, tolerance = 1e-4): void {
  assert.deepEqual(ours.shape, theirs.shape, what);
  const off = tf.max(tf.div(tf.abs(tf.sub(ours, theirs)), tf.add(1, tf.abs(theirs)))).dataSync()[0] as number;
  assert.ok(off <= tolerance, `${what}: off by ${off}`);
}

/** A layer of a network, with all that a compiled step makes one operation of. */
const layer = (x: tf.Tensor2D, w: tf.Tensor2D, b: tf.Tensor1D): tf.Tensor => tf.relu(tf.add(tf.matMul(x, w), b));
/** Its value and gradients. */
const results = (x: tf.Tensor2D, w: tf.Tensor2D, b: tf.Tensor1D): tf.Tensor[] => [
  layer(x, w, b),
  ...tf.grads((...of: tf.Tensor[]) =>
    tf.sum(tf.sin(layer(of[0] as tf.Tensor2D, of[1] as tf.Tensor2D, of[2] as tf.Tensor1D))),
  )([x, w, b]),
];

test("a compiled layer and its gradients are those of TensorFlow, whatever the sizes", { skip }, () => {
  for (const [rows, inner, columns] of [
    [1, 1, 1],
    [3, 5, 7],
    [100, 784, 30],
    [257, 33, 65],
    [64, 1500, 16],
  ] as const) {
    // biome-ignore format: one line
    const x = tf.div(normal([rows, inner], 1), Math.sqrt(inner)) as tf.Tensor2D; // the sums are about 1
    const [w, b] = [normal([inner, columns], 2) as tf.Tensor2D, normal([columns], 3) as tf.Tensor1D];
    const [ours, theirs] = [compile(results)(x, w, b), results(x, w, b)];
    for (const [i, tensor] of theirs.entries())
      assertNear(ours[i] as tf.Tensor, tensor, `${rows}, ${inner}, ${columns}: result ${i}`);
  }
});

test("a product that is used with a bias, rectified and as it is gives each of them what it is", { skip }, () => {
  const [a, b, bias] = [normal([9, 12], 4) as tf.Tensor2D, normal([12, 20], 5) as tf.Tensor2D, normal([20], 6)];
  const step = (x: tf.Tensor2D, y: tf.Tensor2D, z: tf.Tensor): tf.Tensor[] => {
    const product = tf.matMul(x, y);
    const shifted = tf.add(product, z);
    const twice = tf.add(shifted, tf.neg(shifted.sum(0)));
    return [product, shifted, tf.relu(product), tf.relu(shifted), twice, tf.relu(tf.relu(twice))];
  };
  const ours = compile(step)(a, b, bias);
  for (const [i, tensor] of step(a, b, bias).entries()) assertNear(ours[i] as tf.Tensor, tensor, `result ${i}`);
});

test("NaN and infinity go through a product", { skip }, () => {
  const x = tf.tensor2d([[1, Number.NaN], [Number.POSITIVE_INFINITY, 1], [2, 3]]); // biome-ignore format: a matrix
  const step = compile((a: tf.Tensor2D) => tf.relu(tf.matMul(a, tf.ones([2, 3]))));
  const values = (step(x) as tf.Tensor2D).arraySync();
  assert.deepEqual(values[0]?.map(Number.isNaN), [true, true, true]);
  assert.deepEqual(values.slice(1), [[Infinity, Infinity, Infinity], [5, 5, 5]]); // biome-ignore format: a matrix
});

test("an empty product is nothing, and without terms it is its bias", { skip }, () => {
  const multiply = (a: number[], b: number[], bias?: tf.Tensor) =>
    runOps(
      "LatentMatMul",
      { has_bias: bias !== undefined, rectified: false, masked: false, added: false, squashed: false },
      [tf.zeros(a), tf.zeros(b), bias ?? tf.scalar(0), tf.scalar(0)],
      1,
    )[0] as tf.Tensor;
  assert.deepEqual(multiply([0, 3], [3, 4]).shape, [0, 4]);
  assert.deepEqual(multiply([2, 0], [0, 2], tf.tensor1d([1, 2])).arraySync(), [[1, 2], [1, 2]]); // biome-ignore format: a matrix
  assert.throws(() => multiply([2, 3], [4, 5]), /do not fit/);
  assert.throws(() => multiply([2, 3], [3, 5], tf.zeros([4])), /do not fit/);
});

test("what masks a product or is added to it has its shape, and only one of both is done", { skip }, () => {
  const run = (other: number[], masked: boolean, added: boolean) =>
    runOps("LatentMatMul", { has_bias: false, rectified: false, masked, added, squashed: false }, [tf.ones([2, 3]), tf.ones([3, 4]), tf.scalar(0), tf.ones(other)], 1)[0] as tf.Tensor; // biome-ignore format: one line
  assert.deepEqual([...run([2, 4], false, true).dataSync()], Array(8).fill(4));
  assert.deepEqual([...run([2, 4], true, false).dataSync()], Array(8).fill(3));
  for (const other of [[4, 2], [8], [], [2, 4, 1]]) {
    // biome-ignore format: one line
    assert.throws(() => run(other, true, false), /needs the result's shape/);
    assert.throws(() => run(other, false, true), /needs the result's shape/);
  }
  assert.throws(() => run([2, 4], true, true), /does not do both/);
});

for (const causal of [false, true]) {
  test(`attention by one operation is attention, ${causal ? "causal" : "over all places"}, eager and compiled`, {
    skip,
  }, () => {
    for (const [batch, places, heads, size] of [
      [1, 1, 1, 1],
      [2, 5, 3, 4],
      [3, 28, 2, 32],
      [2, 17, 1, 20],
    ] as const) {
      // biome-ignore format: one line
      const inputs = [7, 8, 9].map(seed => normal([batch, places, heads * size], seed)) as tf.Tensor3D[];
      const by = { heads, causal };
      const both = (how: typeof attend) => (q: tf.Tensor3D, k: tf.Tensor3D, v: tf.Tensor3D) => [
        how(q, k, v, by),
        ...tf.grads((...of: tf.Tensor[]) =>
          tf.sum(tf.sin(how(of[0] as tf.Tensor3D, of[1] as tf.Tensor3D, of[2] as tf.Tensor3D, by))),
        )([q, k, v]),
      ];
      const [q, k, v] = inputs as [tf.Tensor3D, tf.Tensor3D, tf.Tensor3D];
      const theirs = both(spelledOut)(q, k, v);
      for (const ours of [both(attend)(q, k, v), compile(both(attend))(q, k, v)])
        for (const [i, tensor] of theirs.entries())
          assertNear(ours[i] as tf.Tensor, tensor, `${[batch, places, heads, size]}: result ${i}`);
    }
  });
}

test("attention refuses heads that do not divide the width, and keys of another shape", { skip }, () => {
  const run = (heads: number, key: number[]) =>
    runOps("LatentAttention", { heads: { int: heads }, causal: false }, [tf.zeros([1, 2, 6]), tf.zeros(key), tf.zeros([1, 2, 6])], 2); // biome-ignore format: one line
  assert.throws(() => run(4, [1, 2, 6]), /heads divide/);
  assert.throws(() => run(2, [1, 3, 6]), /one shape/);
});

test("what TensorFlow is told about its threads reaches no program that a cell starts", { skip }, () => {
  const before = process.env.TF_NUM_INTEROP_THREADS;
  compile((x: tf.Tensor) => tf.add(x, 1))(tf.zeros([2]));
  assert.equal(process.env.TF_NUM_INTEROP_THREADS, before);
});

test("TensorFlow knows the shapes of what our operations give, and warns of none", { skip }, () => {
  const program = `
    import { compile, tf } from ${JSON.stringify(new URL("../index.js", import.meta.url).href)};
    const [x, w] = [tf.ones([30, 20]), tf.variable(tf.ones([20, 10]))];
    const step = compile(a => tf.softmax(tf.matMul(a, w)));
    step(x).dataSync();
  `;
  const { stderr, status } = spawnSync(process.execPath, ["--input-type=module", "-e", program], { encoding: "utf8" });
  assert.equal(status, 0, stderr);
  assert.doesNotMatch(stderr, /Error in PredictCost/);
});

test("a step waits for no read of a variable whose value nobody takes", { skip }, () => {
  const weight = tf.variable(tf.ones([3, 2]));
  const step = compile((x: tf.Tensor2D) => tf.mean(tf.matMul(x, weight as unknown as tf.Tensor2D)), {
    optimizer: tf.train.adam(0.1),
  });
  for (let i = 0; i < 3; i++) step(tf.ones([4, 3]));
  const near = weight.dataSync().map(value => Math.round(1000 * value));
  assert.deepEqual([...near], Array(6).fill(700));
});

test("without operations of ours a product of no terms is not one that TensorFlow fuses, which would end the process", {
  skip: nativeBackend() ? false : "the engine has no graphs",
}, () => {
  const { binding } = requireNative("lower");
  const target = { binding, graph: new Graph(binding), ownOperations: false };
  const spelled = (inner: number) => {
    const operands = [[3, inner], [inner, 4]].map(shape => ({ node: "x", shape, dtype: DT.float32 })); // biome-ignore format: one line
    const named = attributes(binding, { adj_x: false, adj_y: false });
    return lower({ op: "BatchMatMulV2", attributes: named, operands, shape: [3, 4] }, target).op;
  };
  assert.deepEqual([spelled(2), spelled(0)], ["MatMul", "BatchMatMulV2"]);
});

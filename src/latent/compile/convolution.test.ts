import assert from "node:assert/strict";
import { test } from "node:test";
import { tf } from "../engine/tf.ts";
import { Graph } from "./graph.ts";
import { compile } from "./index.ts";
import { lower } from "./lowering.ts";
import { type Attributes, attributes, DT, requireNative, runOps } from "./native.ts";
import { ownOperations } from "./own-operations.ts";

const skip = ownOperations() ? false : "the engine was built without operations of ours";
type Filter = [down: number, across: number, channels: number, filters: number];
type Padding = "same" | "valid";

const normal = <T extends tf.Tensor = tf.Tensor4D>(shape: number[], seed: number) =>
  tf.randomNormal(shape, 0, 1, "float32", seed) as unknown as T;

function assertNear(ours: tf.Tensor[], theirs: tf.Tensor[], what: string): void {
  for (const [i, their] of theirs.entries()) {
    const our = ours[i] as tf.Tensor;
    assert.deepEqual(our.shape, their.shape, what);
    const off = tf.max(tf.div(tf.abs(tf.sub(our, their)), tf.add(1, tf.abs(their)))).dataSync()[0] as number;
    assert.ok(off <= 1e-4, `${what}: result ${i} is off by ${off}`);
  }
}

/** A layer, and its gradients for the images, the filter and the bias. */
const withGradients =
  (layer: (...of: [tf.Tensor4D, tf.Tensor4D, tf.Tensor1D]) => tf.Tensor) =>
  (...of: tf.Tensor[]): tf.Tensor[] => {
    const run = (...each: tf.Tensor[]) => layer(...(each as [tf.Tensor4D, tf.Tensor4D, tf.Tensor1D]));
    return [run(...of), ...tf.grads((...each) => tf.sum(tf.sin(run(...each))))(of)];
  };

const cases: [images: number[], filter: Filter, strides: [number, number], pad: Padding][] = [
  [[1, 1, 1, 1], [1, 1, 1, 1], [1, 1], "valid"],
  [[5, 28, 28, 1], [3, 3, 1, 16], [2, 2], "same"],
  [[3, 14, 14, 16], [3, 3, 16, 32], [2, 2], "same"],
  [[2, 9, 7, 3], [2, 5, 3, 5], [1, 2], "valid"],
  [[2, 4, 100, 2], [3, 4, 2, 7], [1, 1], "same"],
  [[2, 6, 6, 3], [1, 1, 3, 9], [3, 3], "same"],
  [[2, 3, 3, 2], [5, 5, 2, 4], [1, 1], "same"],
];

test("a compiled convolution and its gradients are those of TensorFlow, whatever the sizes", { skip }, () => {
  for (const [images, filter, strides, pad] of cases) {
    const inputs = [normal(images, 1), tf.div(normal(filter, 2), filter[0] * filter[1]), normal([filter[3]], 3)];
    for (const end of [(y: tf.Tensor) => y, tf.relu]) {
      const step = withGradients((x, w, b) => end(tf.add(tf.conv2d(x, w, strides, pad), b)));
      assertNear(compile(step)(...inputs), step(...inputs), `${images} * ${filter} by ${strides}, ${pad}`);
    }
  }
});

test("so are a transposed convolution and its gradients", { skip }, () => {
  for (const [shape, filter, strides, pad] of cases) {
    const images = shape as Filter;
    const outcome = tf.conv2d(tf.zeros(images) as tf.Tensor4D, tf.zeros(filter) as tf.Tensor4D, strides, pad).shape;
    const inputs = [normal(outcome, 4), tf.div(normal(filter, 5), filter[0] * filter[1]), normal([filter[2]], 6)];
    const step = withGradients((x, w, b) => tf.relu(tf.add(tf.conv2dTranspose(x, w, images, strides, pad), b)));
    assertNear(compile(step)(...inputs), step(...inputs), `${outcome} to ${images} by ${filter}, ${strides}, ${pad}`);
  }
});

test("a convolution that is used as it is, with a bias and rectified gives each of them what it is", { skip }, () => {
  const [x, w, b] = [normal([2, 8, 8, 3], 7), normal([3, 3, 3, 6], 8), normal([6], 9)];
  const step = (...of: tf.Tensor[]): tf.Tensor[] => {
    const plain = tf.conv2d(of[0] as tf.Tensor4D, of[1] as tf.Tensor4D, 1, "same");
    const shifted = tf.add(plain, of[2] as tf.Tensor);
    return [
      plain,
      shifted,
      tf.relu(plain),
      tf.relu(shifted),
      tf.relu(tf.relu(shifted)),
      tf.add(shifted, of[2] as tf.Tensor),
    ];
  };
  assertNear(compile(step)(x, w, b), step(x, w, b), "results");
});

test("padding by numbers, layouts with channels first and spread filters come out as TensorFlow has them", {
  skip,
}, () => {
  const [x, w] = [normal([2, 8, 8, 3], 10), normal([3, 3, 3, 4], 11)];
  const padding: [[number, number], [number, number], [number, number], [number, number]] = [
    [0, 0],
    [2, 1],
    [0, 3],
    [0, 0],
  ];
  for (const step of [
    (...of: tf.Tensor[]) => [tf.conv2d(of[0] as tf.Tensor4D, of[1] as tf.Tensor4D, 2, padding)],
    (...of: tf.Tensor[]) => [tf.conv2d(of[0] as tf.Tensor4D, of[1] as tf.Tensor4D, 1, "same", "NHWC", 2)],
  ])
    assertNear(compile(step)(x, w), step(x, w), "results");
});

test("NaN and infinity go through a convolution, but where a filter does not meet them", { skip }, () => {
  const x = tf.tensor4d([Number.NaN, 1, 2, Number.POSITIVE_INFINITY, 4, 5], [1, 1, 6, 1]);
  const step = (of: tf.Tensor4D): tf.Tensor => tf.conv2d(of, tf.ones([1, 2, 1, 1]), 1, "valid");
  assert.deepEqual(
    [...compile(step)(x).dataSync()],
    [Number.NaN, 3, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, 9],
  );
});

test("large filters are left to TensorFlow, small ones are not", { skip }, () => {
  const { binding } = requireNative("test");
  const target = { binding, graph: new Graph(binding), ownOperations: true };
  const lowered = (filters: number, ownOperations = true) => {
    const operand = (shape: number[]) => ({ node: "x", shape, dtype: DT.float32 });
    const numbers = (name: string, value: number[]) => ({ name, type: binding.TF_ATTR_INT, value });
    const call = {
      op: "Conv2D",
      attributes: [
        numbers("strides", [1, 1, 1, 1]),
        numbers("dilations", [1, 1, 1, 1]),
        ...attributes(binding, { padding: "SAME", data_format: "NHWC" }),
      ],
      operands: [operand([1, 4, 4, 64]), operand([3, 3, 64, filters])],
      shape: [1, 4, 4, filters],
    };
    return lower(call, { ...target, ownOperations }).op;
  };
  assert.deepEqual([lowered(64), lowered(256), lowered(64, false)], ["LatentConv2D", "Conv2D", "Conv2D"]);
});

test("sizes that do not fit are refused", { skip }, () => {
  const places = { height: 4, width: 4, down: 3, across: 3, out_height: 4, out_width: 4, step_down: 1, step_across: 1 };
  const named = (more: Record<string, number> = {}): Attributes => ({
    ...Object.fromEntries(Object.entries({ ...places, top: 1, left: 1, ...more }).map(([k, v]) => [k, { int: v }])),
    has_bias: true,
    rectified: false,
  });
  const [x, w, b, y] = [normal([1, 4, 4, 2], 1), normal([3, 3, 2, 5], 2), normal([5], 3), normal([1, 4, 4, 5], 4)];
  const run = (op: string, inputs: tf.Tensor[], more = {}) => runOps(op, named(more), inputs, 1);
  run("LatentConv2D", [x, w, b]);
  for (const inputs of [
    [normal([1, 4, 5, 2], 1), w, b],
    [x, normal([3, 3, 3, 5], 2), b],
    [x, w, normal([4], 3)],
  ])
    assert.throws(() => run("LatentConv2D", inputs), /LatentConv2D: the shapes of images, filter and bias do not fit/);
  assert.throws(() => run("LatentConv2D", [x, w, b], { step_down: 0 }), /do not fit/);
  assert.throws(() => run("LatentConv2DBackpropInput", [w, x, b]), /filter, gradient and bias do not fit/);
  assert.throws(
    () => run("LatentConv2DBackpropFilter", [x, normal([2, 4, 4, 5], 4)]),
    /images and gradient do not fit/,
  );
  run("LatentConv2DBackpropFilter", [x, y]);
});

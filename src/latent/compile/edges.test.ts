import assert from "node:assert/strict";
import { test } from "node:test";
import { tf } from "../engine/tf.ts";
import { compile, generator, StepRefused } from "./index.ts";

const numbers = (tensor: tf.Tensor): number[] => Array.from(tensor.dataSync());
const scalars = (...values: number[]): tf.Variable[] => values.map(value => tf.variable(tf.scalar(value)));

test("variables that exchange their values do so compiled as they do eagerly, at each call", () => {
  const [a, b] = scalars(1, 2) as [tf.Variable, tf.Variable];
  const swap = compile(() => {
    const kept = a.clone();
    a.assign(b);
    b.assign(kept);
  });
  swap();
  assert.deepEqual([a, b].flatMap(numbers), [2, 1]);
  swap();
  assert.deepEqual([a, b].flatMap(numbers), [1, 2]);
});

test("a rotation of any number of variables is the eager one", () => {
  for (const count of [3, 5]) {
    const eager = scalars(...Array(count).keys());
    const compiled = scalars(...Array(count).keys());
    const rotate = (all: tf.Variable[]) => {
      const kept = all[0]?.clone() as tf.Tensor;
      for (const [i, one] of all.entries()) one.assign(all[i + 1] ?? kept);
    };
    tf.tidy(() => rotate(eager));
    compile(() => rotate(compiled))();
    assert.deepEqual(compiled.flatMap(numbers), eager.flatMap(numbers));
  }
});

test("a value taken before an optimizer's step and used after it is the one before", () => {
  const weight = tf.variable(tf.scalar(1));
  const optimizer = tf.train.sgd(1);
  const step = compile(() => {
    const kept = weight.clone();
    optimizer.minimize(() => tf.mul(weight, 3) as tf.Scalar);
    return [tf.mul(kept, 1), tf.mul(weight, 1)];
  });
  assert.deepEqual((step() as tf.Tensor[]).flatMap(numbers), [1, -2]);
});

const ignoring: Record<string, (x: tf.Tensor, y: tf.Tensor) => tf.Tensor> = {
  "one of two": x => tf.neg(x),
  "all but their shape": x => tf.ones(x.shape),
  "an input whose gradient is the same everywhere": x => tf.grad(z => tf.sum(tf.mul(z, -1)))(x),
};
for (const [what, step] of Object.entries(ignoring)) {
  test(`a step may leave its arguments unused: ${what}`, () => {
    const [x, y] = [tf.ones([2]), tf.scalar(1)];
    assert.deepEqual(numbers(compile(step)(x, y)), numbers(step(x, y)));
    assert.deepEqual(numbers(compile(step)(x, 5)), numbers(step(x, y)));
  });
}

test("a loss that depends on weights alone is lowered whatever it is handed", () => {
  const weight = tf.variable(tf.scalar(1));
  const step = compile((_: tf.Tensor) => tf.square(weight) as tf.Scalar, { optimizer: tf.train.sgd(0.25) });
  assert.deepEqual([step(tf.ones([3])), step(tf.ones([2]))], [1, 0.25]);
});

for (const dtype of ["bool", "int32"] as const) {
  test(`reductions of ${dtype} are the eager ones`, () => {
    const x = tf.tensor2d([[1, 0, 1], [1, 1, 0]], [2, 3], dtype); // biome-ignore format: a matrix
    const reductions: ((x: tf.Tensor) => tf.Tensor)[] =
      dtype === "bool"
        ? [x => tf.mean(x), x => tf.mean(x, 1), x => tf.any(x, 0), x => tf.all(x), x => tf.sum(x)]
        : [
            x => tf.mean(x),
            x => tf.mean(x, 1),
            x => tf.max(x, 0),
            x => tf.prod(x, 1),
            x => tf.argMax(x),
            x => tf.sum(x),
          ];
    for (const [i, reduce] of reductions.entries()) {
      const [ours, eager] = [compile(reduce)(x), reduce(x)];
      assert.deepEqual([i, ours.dtype, ...numbers(ours)], [i, eager.dtype, ...numbers(eager)]);
    }
  });
}

test("an operation whose result is as long as the values say is refused, unless its operand is the same in each step", () => {
  const many = (x: tf.Tensor) => {
    const { values } = tf.unique(x as tf.Tensor1D);
    return tf.div(tf.sum(values), values.size);
  };
  assert.throws(() => compile(many)(tf.tensor1d([1, 2, 2])), /Unique.*depends on the values.*edges\.test/s);
  const boxes = (x: tf.Tensor) => tf.image.nonMaxSuppression(x as tf.Tensor2D, tf.tensor1d([1, 0.5]), 2);
  assert.throws(() => compile(boxes)(tf.ones([2, 4])), StepRefused);
  const known = compile((x: tf.Tensor) => tf.add(tf.unique(tf.tensor1d([3, 4, 4])).values, x));
  assert.deepEqual(numbers(known(1)), [4, 5]);
});

const reads: Record<string, (x: tf.Tensor) => unknown> = {
  "data()": x => x.data(),
  "array()": x => x.array(),
  "bytes()": x => x.bytes(),
  "buffer()": x => x.buffer(),
  "tf.whereAsync": x => tf.whereAsync(tf.greater(x, 0)),
  "tf.booleanMaskAsync": x => tf.booleanMaskAsync(x, tf.greater(x, 0)),
  "dataSync() in a try": x => {
    try {
      return x.dataSync();
    } catch (error) {
      return error;
    }
  },
};
for (const [what, read] of Object.entries(reads)) {
  test(`a read that nobody waits for is refused with its line, and no rejection is left behind: ${what}`, async () => {
    const step = compile((x: tf.Tensor) => {
      read(tf.neg(x));
      return tf.neg(x);
    });
    assert.throws(() => step(tf.ones([2])), /reads the values.*edges\.test\.[jt]s:\d+/s);
    await new Promise(resolve => setTimeout(resolve, 20)); // a rejection would end the test's process
  });
}

test("an argument that is no tensor is named, with what would do", () => {
  const step = compile((_: tf.Tensor, y: tf.Tensor) => tf.neg(y)) as unknown as (...all: unknown[]) => unknown;
  const x = tf.ones([2]);
  const gone = tf.ones([3]);
  gone.dispose();
  const bad: [unknown, RegExp][] = [
    [[1, 2], /Argument 2 .* it is an array\. tf\.tensor\(/],
    [new Float32Array(2), /it is a Float32Array\. tf\.tensor\(/],
    [true, /it is a boolean/],
    [undefined, /it is undefined/],
    [null, /it is null/],
    ["1", /it is a string/],
    [{}, /it is an object/],
    [Promise.resolve(x), /it is a promise\. Write await/],
    [gone, /Argument 2 of the step, a tensor \[3\], was disposed/],
  ];
  for (const [value, says] of bad) assert.throws(() => step(x, value), says);
});

test("compile refuses at once what is no step, and what is no optimizer", () => {
  assert.throws(() => compile(tf.ones([2]) as never), /compile takes a step, a function of tensors; it got a Tensor/);
  assert.throws(() => compile(() => tf.scalar(1), { optimizer: "adam" as never }), /tf\.train\.adam.*a string/);
});

test("limits of the gradients leave out a variable that is not trainable", () => {
  for (const clip of [{ norm: 1 }, { value: 0.5 }]) {
    const [a, b] = [tf.variable(tf.scalar(1)), tf.variable(tf.scalar(3), false)];
    const options = { optimizer: tf.train.sgd(1), variables: [a, b], clip };
    compile(() => tf.mul(a, b) as tf.Scalar, options)();
    assert.deepEqual([a, b].flatMap(numbers), [clip.norm ? 0 : 0.5, 3]);
  }
});

test("a seed that is no whole number of 32 bits is refused: two of them would draw the same numbers", () => {
  for (const seed of [0.1, Number.NaN, 2 ** 31, 2 ** 40, "1" as never])
    assert.throws(() => generator(seed), /A seed is a whole number/);
  const random = generator(-5);
  assert.throws(() => random.reset(0.5), /whole number/);
});

test("a variable that is the step's argument has its new value afterwards", () => {
  const weight = tf.variable(tf.ones([3]));
  const step = compile((x: tf.Tensor) => {
    weight.assign(tf.add(x, 1));
  });
  for (const expected of [2, 3, 4]) {
    step(weight);
    assert.deepEqual(numbers(weight), [expected, expected, expected]);
  }
});

const kinks: Record<string, [(x: tf.Tensor) => tf.Tensor, number[]]> = {
  "selu at 0": [tf.selu, [0, -0, 1, -1]],
  "relu6 at 0 and 6": [tf.relu6, [0, 6, 3, 7, -1]],
  "relu at 0": [tf.relu, [0, -0, 1, -1]],
};
for (const [what, [activation, at]] of Object.entries(kinks)) {
  test(`a compiled gradient is the eager one where a function has a kink: ${what}`, () => {
    const slope = tf.grad((x: tf.Tensor) => tf.sum(activation(x)));
    assert.deepEqual(numbers(compile(slope)(tf.tensor1d(at)) as tf.Tensor), numbers(slope(tf.tensor1d(at))));
  });
}

test("the gradient of a sum or mean of no numbers is no numbers", () => {
  for (const reduce of [tf.sum, tf.mean])
    for (const shape of [[0], [0, 1], [3, 0]]) {
      const slope = compile(tf.grad((x: tf.Tensor) => reduce(x) as tf.Scalar))(tf.zeros(shape)) as tf.Tensor;
      assert.deepEqual(slope.shape, shape);
    }
});

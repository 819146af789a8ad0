import assert from "node:assert/strict";
import { test } from "node:test";
import { tf } from "../engine/tf.ts";
import { compile, constant, GraphFailure, StepRefused } from "./index.ts";

const here = /refusal\.test\.[jt]s:\d+:\d+/;

/** Steps that a graph cannot be, what the refusal says of them, and of what to write instead. */
const refused: Record<string, { step: () => unknown; says: RegExp; remedy: RegExp }> = {
  "reads values with dataSync": {
    step: () => tf.scalar(1).add(1).dataSync()[0],
    says: /reads the values of a tensor/,
    remedy: /return the tensor and read it after the call/,
  },
  "reads values with arraySync": {
    step: () => tf.ones([2]).add(1).arraySync(),
    says: /reads the values/,
    remedy: /tf\.where/,
  },
  "prints a tensor": { step: () => tf.ones([2]).add(1).print(), says: /or print/, remedy: /after the call/ },
  "is async": { step: async () => tf.scalar(1), says: /async function/, remedy: /without await/ },
  "draws with tf.randomNormal": {
    step: () => tf.randomNormal([2]),
    says: /tf\.randomNormal draws/,
    remedy: /generator\(seed\)/,
  },
  "draws with a seeded tf.randomUniform": {
    step: () => tf.randomUniform([2], 0, 1, "float32", 3),
    says: /tf\.randomUniform draws/,
    remedy: /generator\(seed\)/,
  },
  "draws with tf.dropout": {
    step: () => tf.dropout(tf.ones([4]), 0.5),
    says: /tf\.randomUniform draws/,
    remedy: /bernoulli/,
  },
  "draws with Math.random": {
    step: () => tf.scalar(Math.random()),
    says: /Math\.random draws/,
    remedy: /generator\(seed\)/,
  },
  "makes a variable at each call": {
    step: () => tf.mul(tf.variable(tf.scalar(1)), 2),
    says: /new variable .* each time/,
    remedy: /outside of the step/,
  },
  "makes strings": {
    step: () => tf.cast(tf.equal(tf.tensor1d(["a", "b"]), tf.tensor1d(["a", "c"])), "int32"),
    says: /makes a tensor of strings/,
    remedy: /outside and pass it as an argument/,
  },
  "fills a tensor with a string": {
    step: () => tf.fill([2], "q"),
    says: /makes a tensor of strings/,
    remedy: /outside and pass it as an argument/,
  },
  "returns a number": { step: () => 3, says: /returns a number/, remedy: /returns a tensor/ },
};

/** Seen in what the step returned, when it is too late to know the line. */
const afterwards = new Set(["is async", "returns a number", "makes a variable at each call"]);

for (const [what, { step, says, remedy }] of Object.entries(refused)) {
  test(`a step that ${what} is refused, and told what to write instead`, () => {
    assert.throws(
      () => compile(step)(),
      (error: unknown) => {
        assert.ok(error instanceof StepRefused);
        assert.match(error.message, says);
        assert.match(error.message, remedy);
        if (!afterwards.has(what)) assert.match(error.message, here);
        return true;
      },
    );
  });
}

test("a layer that makes its weights in the first step is compiled", () => {
  const layer = tf.layers.dense({ units: 2 });
  const step = compile((x: tf.Tensor2D) => layer.apply(x) as tf.Tensor);
  const x = tf.ones([3, 4]) as tf.Tensor2D;
  assert.deepEqual([...step(x).dataSync()], [...(layer.apply(x) as tf.Tensor).dataSync()]);
});

test("a refusal names the line on which the step does it", () => {
  const step = compile(() => {
    const sum = tf.sum(tf.ones([3]));
    return sum.dataSync();
  });
  const line = lineOf(() => {
    throw new Error("twin");
  });
  assert.throws(
    () => step(),
    (error: StepRefused) => lineIn(error.place) === line - 3,
  );
});

test("a tensor from outside is refused, unless it is an argument, a variable, or marked constant", () => {
  const outside = tf.tensor1d([1, 2, 3]);
  assert.throws(
    () => compile(() => tf.mul(outside, 2))(),
    /\[3\] that was made outside.*argument.*tf\.variable.*constant\(/s,
  );
  const frozen = constant(tf.tensor1d([1, 2, 3]));
  assert.deepEqual([...compile(() => tf.mul(frozen, 2))().dataSync()], [2, 4, 6]);
  assert.deepEqual([...compile((x: tf.Tensor1D) => tf.mul(x, 2))(outside).dataSync()], [2, 4, 6]);
});

test("after a refusal tfjs works as before", () => {
  const random = Math.random;
  assert.throws(() => compile(() => tf.randomNormal([2]))());
  assert.equal(Math.random, random);
  assert.equal(tf.randomNormal([2]).dataSync().length, 2);
  assert.throws(() => tf.gather(tf.ones([2]), tf.tensor1d([5], "int32")), /GatherV2/);
});

test("a failure of TensorFlow names the operation and the author's line", () => {
  const rows = constant(tf.ones([4, 2]));
  const step = compile((indices: tf.Tensor1D) => tf.gather(rows, indices));
  step(tf.tensor1d([1, 3], "int32"));
  assert.throws(
    () => step(tf.tensor1d([1, 9], "int32")),
    (error: unknown) => {
      assert.ok(error instanceof GraphFailure);
      assert.match(error.message, /GatherV2 at .*refusal\.test\.[jt]s:\d+:\d+ failed .* 9 is not in \[0, 4\)/);
      return true;
    },
  );
});

function lineOf(body: () => void): number {
  try {
    body();
  } catch (error) {
    const frame = (error as Error).stack?.split("\n")[1] ?? "";
    return lineIn(/\(?([^\s(]+:\d+:\d+)\)?$/.exec(frame)?.[1]);
  }
  return Number.NaN;
}

function lineIn(place = ""): number {
  return Number(place.split(":").at(-2));
}

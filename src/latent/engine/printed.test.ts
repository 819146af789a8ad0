import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect } from "node:util";
import { compile, tf } from "latent";

test("a tensor is printed with type, shape and first values, also inside an object", () => {
  assert.equal(inspect(tf.tensor2d([[1, 2.5], [3, 1 / 3]])), "Tensor float32 [2, 2]: 1, 2.5, 3, 0.33333"); // biome-ignore format: a matrix
  assert.equal(inspect({ labels: tf.range(0, 9, 1, "int32") }), "{ labels: Tensor int32 [9]: 0, 1, 2, 3, 4, 5, … }");
  assert.equal(inspect([tf.scalar(true, "bool"), tf.zeros([0, 3])]), "[ Tensor bool []: 1, Tensor float32 [0, 3] ]");
  assert.equal(inspect(tf.tensor1d(["a", "b"])), "Tensor string [2]: a, b");
  assert.match(inspect({ weights: tf.variable(tf.ones([2])) }), /^\{ weights: \w+ float32 \[2\]: 1, 1 \}$/);
});

test("a disposed tensor and a large one are printed without values", () => {
  const gone = tf.ones([2]);
  gone.dispose();
  assert.equal(inspect(gone), "Tensor float32 [2] (disposed)");
  assert.equal(inspect(tf.zeros([1001, 1000])), "Tensor float32 [1001, 1000]");
});

test("printing a tensor inside a loss does not keep it from being compiled", () => {
  const printed: string[] = [];
  const step = compile((x: tf.Tensor) => {
    const twice = x.mul(2);
    printed.push(inspect(twice));
    return twice;
  });
  assert.deepEqual(Array.from(step(tf.ones([2])).dataSync()), [2, 2]);
  assert.deepEqual(Array.from(step(tf.zeros([2])).dataSync()), [0, 0]);
  assert.match(printed[0] as string, /^Tensor float32 \[2\]/);
});

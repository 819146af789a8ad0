import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { tf } from "../engine/tf.ts";
import { type FitOptions, fit, LossIsNaN } from "./index.ts";

const x = tf.ones([6, 2]) as tf.Tensor2D;
const w = tf.variable(tf.ones([2, 1])) as tf.Variable<tf.Rank.R2>;
const loss = (a: tf.Tensor2D) => tf.mean(tf.matMul(a, w)) as tf.Scalar;
const good = { epochs: 1, optimizer: tf.train.sgd(0.1) };
const gone = tf.ones([6, 2]);
gone.dispose();

const options: Record<string, [unknown, RegExp]> = {
  "no options": [undefined, /fit needs options, at least epochs and an optimizer/],
  "no epochs": [{ epochs: undefined }, /fit needs epochs as a whole number of 1 or more, got undefined/],
  "−3 epochs": [{ epochs: -3 }, /epochs.*got -3/],
  "half an epoch": [{ epochs: 0.5 }, /epochs.*got 0\.5/],
  "epochs in words": [{ epochs: "3" }, /epochs.*got a string/],
  "a batch of 0": [{ batchSize: 0 }, /fit needs batchSize.*got 0/],
  "an optimizer's name": [{ optimizer: "adam" }, /tf\.train\.adam\(1e-3\); it got a string/],
  "no optimizer": [{ optimizer: undefined }, /fit needs an optimizer, such as tf\.train\.adam/],
  "a seed of 0.5": [{ seed: 0.5 }, /A seed is a whole number/],
  "a rate for a schedule": [{ learningRate: 0.1 }, /learningRate of fit is a function.*give it to the optimizer/],
  "no patience": [{ earlyStopping: {} }, /needs patience/],
  "a limit of −1": [{ clip: { norm: -1 } }, /clip\.norm of fit is a number above 0/],
  "a checkpoint without a path": [{ checkpoint: { resume: true } }, /needs the path of a file/],
  "a list of no variables": [{ variables: [] }, /at least one tf\.variable/],
  "a tensor for a variable": [{ variables: [x] }, /variables\[0\] of fit is no tf\.variable: a Tensor/],
  "a scalar in words": [{ scalars: { beta: "1" } }, /scalars\.beta of fit is a function of the step/],
  "a scalar that gives nothing": [
    { scalars: { beta: () => undefined } },
    /scalars\.beta has to give a number for step 0/,
  ],
  "validation data in an array": [
    { validationData: [[1, 2]] },
    /Part 1 of the validation data has to be a tensor; it is an array/,
  ],
  "validation data of other parts": [{ validationData: [x, x] }, /The data are 1 tensors, the validation data 2/],
};
for (const [what, [wrong, says]] of Object.entries(options)) {
  test(`fit says in a sentence what is wrong with ${what}`, async () => {
    const given = wrong === undefined ? undefined : { ...good, ...(wrong as object) };
    await assert.rejects(fit(loss, x, given as FitOptions), says);
  });
}

const data: Record<string, [unknown, RegExp]> = {
  "an array of numbers": [[[1, 2]], /Part 1 of the data has to be a tensor; it is an array\. tf\.tensor/],
  "an empty list": [[], /The data are an empty list/],
  nothing: [undefined, /Part 1 of the data has to be a tensor; it is undefined/],
  "a typed array": [new Float32Array(3), /it is a Float32Array/],
  "a disposed tensor": [gone, /Part 1 of the data, a tensor \[6,2\], was disposed/],
  "a scalar": [tf.scalar(1), /as many rows in each tensor, and at least one/],
  "tensors of other lengths": [[x, tf.ones([5])], /as many rows.*6, 5/],
};
for (const [what, [wrong, says]] of Object.entries(data)) {
  test(`fit says in a sentence what is wrong with data that are ${what}`, async () => {
    await assert.rejects(fit(loss, wrong as tf.Tensor2D, good), says);
  });
}

const losses: Record<string, [unknown, RegExp]> = {
  "a number": [3, /fit trains a loss.*or a layers model; it got a number/],
  "an object": [{}, /it got an object/],
  "a function that gives a number": [() => 3, /The loss has to return a tensor of one number; it returned a number/],
  "a function that gives a vector": [(a: tf.Tensor2D) => tf.matMul(a, w), /it returned one of \[6,1\]: use tf\.mean/],
  "an async function": [async (a: tf.Tensor2D) => loss(a), /The loss is an async function/],
};
for (const [what, [wrong, says]] of Object.entries(losses)) {
  test(`fit says in a sentence what is wrong with a loss that is ${what}`, async () => {
    await assert.rejects(fit(wrong as typeof loss, x, good), says);
  });
}

test("a loss that is NaN ends the training, and the checkpoint keeps the epoch before", async () => {
  const folder = mkdtempSync(join(tmpdir(), "latent-nan-"));
  try {
    const path = join(folder, "new", "file");
    const v = tf.variable(tf.scalar(1));
    const falls = (_: tf.Tensor2D) => tf.log(v) as tf.Scalar; // v falls below 0 in the third step
    const training = fit(falls, x, { epochs: 9, optimizer: tf.train.sgd(0.5), checkpoint: { path } });
    await assert.rejects(training, (error: unknown) => {
      assert.ok(error instanceof LossIsNaN);
      assert.match(error.message, /The loss of step \d \(epoch \d\) is NaN\. .*clip: \{ norm: 1 \}/);
      return true;
    });
    assert.match(readFileSync(path, "latin1"), /progress/);
    const fine = (a: tf.Tensor2D) => tf.mean(tf.mul(a, v)) as tf.Scalar;
    v.assign(tf.scalar(1));
    const nan = tf.fill([6, 2], Number.NaN) as tf.Tensor2D;
    await assert.rejects(fit(fine, x, { ...good, validationData: nan }), /validation loss after epoch 1 is NaN/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("data that are disposed in the middle of a training are named", async () => {
  const own = tf.ones([6, 2]) as tf.Tensor2D;
  const onEpoch = () => own.dispose();
  await assert.rejects(fit(loss, own, { ...good, epochs: 3, onEpoch }), /Part 1 of the data, .*was disposed/);
});

test("the caller's tensors are not constants for other steps", async () => {
  const { compile } = await import("../compile/index.ts");
  await fit(loss, x, { ...good, validationData: x });
  assert.throws(() => compile(() => tf.neg(x))(), /made outside/);
});

test("a momentum that is changed holds from the next step on, in graph mode and in eager mode", async () => {
  for (const eager of [0, 1]) {
    const v = tf.variable(tf.scalar(0));
    const optimizer = tf.train.momentum(1, 0.5) as unknown as tf.Optimizer & { momentum: number };
    const slope = (_: tf.Tensor2D) => tf.mul(v, eager ? 1 + Math.random() * 0 : 1) as tf.Scalar;
    const onEpoch = () => {
      optimizer.momentum = 0;
    };
    await fit(slope, x, { epochs: 3, optimizer, onEpoch });
    assert.equal(v.dataSync()[0], -3);
  }
});

/** Read by the compiler alone. */
export function typed(): void {
  const images = tf.ones([4, 2, 2, 1]) as tf.Tensor4D;
  void fit((a, b) => tf.mean(tf.mul(tf.sum(a, [1, 2, 3]), tf.sum(b, 1))) as tf.Scalar, [images, x], good);
  void fit((a, { beta }) => tf.mul(tf.mean(tf.matMul(a, w)), beta) as tf.Scalar, x, {
    ...good,
    scalars: { beta: s => s },
  });
  void fit((a: tf.Tensor2D, b: tf.Tensor2D) => tf.mean(tf.matMul(a, b)) as tf.Scalar, [x as tf.Tensor, x], good);
  // @ts-expect-error a loss of a Tensor4D is none of a matrix
  void fit((a: tf.Tensor4D) => tf.mean(a) as tf.Scalar, [x], good);
  // @ts-expect-error nor is one of a matrix and a number
  void fit((a: tf.Tensor2D, b: number) => tf.mean(tf.mul(a, b)) as tf.Scalar, [x, x], good);
  // @ts-expect-error there is no such scalar
  void fit((a, { gamma }) => tf.mul(tf.mean(a), gamma) as tf.Scalar, [x], { ...good, scalars: { beta: 1 } });
}

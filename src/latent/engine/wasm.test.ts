import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { emptyFolder } from "../../testkit/index.ts";
import { whereEngine } from "../../testkit/needs.ts";

const { skip } = await whereEngine(() => import("../index.ts"));
const library = new URL("../index.js", import.meta.url).href;
const require = `(await import("node:module")).createRequire(${JSON.stringify(fileURLToPath(import.meta.url))})`;

/** What a program prints as JSON in its last line, on one of the engines. It has `latent` and `require`. */
function run(engine: "native" | "wasm" | "", program: string, before = "", env: Record<string, string> = {}): unknown {
  const text = `const require = ${require};\n${before};\nconst latent = await import("${library}");\n${program}`;
  const result = spawnSync(process.execPath, ["--input-type=module", "--eval", text], {
    encoding: "utf8",
    timeout: 60_000,
    env: { ...process.env, ...env, LATENT_ENGINE: engine },
  });
  assert.equal(result.status, 0, result.stderr.slice(-2000));
  return JSON.parse(result.stdout.trimEnd().split("\n").at(-1) as string);
}

/** Both lists of numbers are equal up to a share of the larger ones. */
function close(ours: number[], expected: number[], share: number): void {
  assert.equal(ours.length, expected.length);
  const size = Math.max(...expected.map(Math.abs));
  ours.forEach((value, i) => {
    assert.ok(Math.abs(value - (expected[i] as number)) <= share * size, `${i}: ${value} is not ${expected[i]}`);
  });
}

const LESSON = `
  const { tf, data, linalg, train } = latent;
  const images = (await data.digits8x8()).images.slice([0, 0], [400, 64]);
  const x = images.sub(images.mean(0));
  const pca = linalg.eigh(x.transpose().matMul(x).div(400));
  const start = (shape, seed) => tf.variable(tf.randomNormal(shape, 0, 1 / 8, "float32", seed));
  const [encoder, decoder] = [start([64, 2], 1), start([2, 64], 2)];
  const error = () => x.sub(x.matMul(encoder).matMul(decoder)).square().sum(1).mean();
  const adam = tf.train.adam(0.02);
  for (let step = 0; step < 150; step++) await train.minimize(adam, error);
  const angles = linalg.principalAngles(pca.vectors.slice([0, 0], [64, 2]), decoder.transpose());
  const used = tf.getBackend();
  console.log(JSON.stringify({ used, eigenvalues: [...pca.values.dataSync()], error: error().arraySync(), angles }));`;

interface Lesson {
  used: string;
  eigenvalues: number[];
  error: number;
  angles: number[];
}

test("one-hot numbers are those that were asked for, in both kinds of numbers", { skip }, () => {
  const program = `
    const { engineReady, tf } = latent;
    await engineReady();
    const places = tf.tensor2d([[1, 0], [2, 5]], [2, 2], "int32"); // 5 is no place of three: nothing is marked
    const [whole, parts] = [tf.oneHot(places, 3), tf.oneHot(places, 3, 0.75, -0.5, "float32")];
    console.log(JSON.stringify([tf.getBackend(), whole.dtype, parts.dtype, whole.arraySync(), parts.arraySync()]));`;
  const marks = (on: number, off: number) => [
    [
      [off, on, off],
      [on, off, off],
    ],
    [
      [off, off, on],
      [off, off, off],
    ],
  ];
  assert.deepEqual(run("wasm", program), ["wasm", "int32", "float32", marks(1, 0), marks(0.75, -0.5)]);
});

test("PCA and a linear autoencoder give the same numbers on both engines, up to rounding", { skip }, () => {
  const [native, wasm] = [run("native", LESSON) as Lesson, run("wasm", LESSON) as Lesson];
  assert.deepEqual([native.used, wasm.used], ["tensorflow", "wasm"]);
  close(wasm.eigenvalues, native.eigenvalues, 1e-5);
  close([wasm.error], [native.error], 1e-4);
  close(wasm.angles, native.angles, 0.02);
});

const GRADIENTS = `
  const { tf } = latent;
  await latent.engineReady();
  const random = (shape, seed) => tf.randomNormal(shape, 0, 1, "float32", seed);
  const squares = y => y.square().sum();
  const found = [];
  const note = tensors => found.push(...tensors.map(each => [...each.dataSync().slice(0, 40)]));
  for (const [stride, pad, size] of [[1, "same", 3], [2, "same", 3], [2, "valid", 4], [1, "valid", 5], [2, "same", 4]]) {
    const inputs = [random([4, 9, 10, 3], 1), random([size, size, 3, 5], 2)];
    note(tf.grads((x, w) => squares(tf.conv2d(x, w, stride, pad)))(inputs));
  }
  const up = (x, w) => squares(tf.conv2dTranspose(x, w, [2, 10, 10, 2], 2, "same"));
  note(tf.grads(up)([random([2, 5, 5, 3], 1), random([3, 3, 2, 3], 2)]));
  const depthwise = (x, w) => squares(tf.depthwiseConv2d(x, w, 1, "same"));
  note(tf.grads(depthwise)([random([2, 5, 5, 3], 1), random([3, 3, 3, 2], 2)]));
  note([tf.grad(table => squares(tf.gather(table, tf.tensor1d([1, 1, 5], "int32"))))(random([6, 3], 3))]);
  note([tf.einsum("ij,jk->ik", random([3, 4], 1), random([4, 2], 2))]);
  console.log(JSON.stringify(found));`;

test("convolutions, their transposes and gathering have on WebAssembly the gradients of native TensorFlow", {
  skip,
}, () => {
  const [native, wasm] = [run("native", GRADIENTS) as number[][], run("wasm", GRADIENTS) as number[][]];
  assert.equal(wasm.length, 16);
  wasm.forEach((values, i) => {
    close(values, native[i] as number[], 1e-4);
  });
});

test("tables of danfojs-node work on WebAssembly, and require and import of tfjs-node give the same tf", () => {
  const program = `
    const { DataFrame } = require("danfojs-node");
    const table = new DataFrame([{ a: 1, b: 2 }, { a: 3, b: 5 }]);
    const same = [require("@tensorflow/tfjs-node"), (await import(${JSON.stringify("@tensorflow/tfjs-node")})).default];
    console.log(JSON.stringify([table.mean({ axis: 0 }).values, table.tensor.shape, same.map(each => each === latent.tf)]));`;
  assert.deepEqual(run("wasm", program), [
    [2, 3.5],
    [2, 2],
    [true, true],
  ]);
});

test("a model is saved to a file and loaded from it on WebAssembly", t => {
  const folder = `file://${emptyFolder(t)}`;
  const program = `
    const { tf } = latent;
    const model = tf.sequential({ layers: [tf.layers.dense({ units: 3, inputShape: [4] })] });
    await model.save("${folder}");
    const loaded = await tf.loadLayersModel("${folder}/model.json");
    const same = loaded.getWeights()[0].equal(model.getWeights()[0]).all().dataSync()[0];
    console.log(JSON.stringify(same));`;
  assert.equal(run("wasm", program), 1);
});

test("before WebAssembly has started plain JavaScript computes, and its tensors move over", () => {
  const program = `
    const { tf } = latent;
    const early = tf.variable(tf.tensor1d([1, 2]));
    const first = tf.getBackend();
    await latent.engineReady();
    console.log(JSON.stringify([first, tf.getBackend(), [...early.square().dataSync()], latent.engineRoute]));`;
  assert.deepEqual(run("wasm", program), ["cpu", "wasm", [1, 4], "wasm"]);
});

test("a rejected promise that nobody awaits is left to the host, also after WebAssembly has started", () => {
  const program = `
    await latent.engineReady();
    Promise.reject(new Error("forgotten"));
    await new Promise(later => setTimeout(later, 20));
    console.log(JSON.stringify(heard));`;
  const before = `const heard = []; process.on("unhandledRejection", error => heard.push(error.message))`;
  assert.deepEqual(run("wasm", program, before), ["forgotten"]);
});

test("native TensorFlow computes on a Node whose node:util has lost its type checks", { skip }, () => {
  const before = `const util = require("node:util"); for (const name of ["isNullOrUndefined", "isArray"]) delete util[name]`;
  const program = `console.log(JSON.stringify([...latent.tf.tensor1d([1, 2]).square().sum().dataSync()]))`;
  assert.deepEqual(run("native", program, before), [5]);
});

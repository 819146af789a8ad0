import assert from "node:assert/strict";
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { tf } from "../engine/tf.ts";
import { denseAutoencoder } from "../models/autoencoder.ts";
import { loadWeights, saveWeights, type Weighted } from "./weights.ts";

const folder = mkdtempSync(join(tmpdir(), "latent-weights-"));
after(() => rmSync(folder, { recursive: true }));

const layers = () =>
  tf.sequential({ layers: [tf.layers.dense({ inputShape: [2], units: 3 }), tf.layers.batchNormalization()] });
const variables = (seed: number) => [tf.variable(tf.randomNormal([2, 3], 0, 1, "float32", seed))];

const pairs: Record<string, () => [Weighted, Weighted]> = {
  "a list of variables": () => [variables(1), variables(2)],
  "a model": () => [
    denseAutoencoder({ inputs: 4, code: 2, seed: 1 }),
    denseAutoencoder({ inputs: 4, code: 2, seed: 2 }),
  ],
  "a layers model": () => [layers(), layers()],
};

function valuesOf(weighted: Weighted): number[][] {
  const { variables, weights } = weighted as { variables?: tf.Tensor[]; weights?: { val: tf.Tensor }[] };
  const all = variables ?? weights?.map(({ val }) => val) ?? (weighted as unknown as tf.Tensor[]);
  return all.map(variable => Array.from(variable.dataSync()));
}

for (const [what, pair] of Object.entries(pairs)) {
  test(`weights of ${what} come back into another of its kind`, () => {
    const [from, into] = pair();
    const path = join(folder, `${what}.safetensors`);
    assert.notDeepEqual(valuesOf(into), valuesOf(from));
    saveWeights(path, from);
    loadWeights(path, into);
    assert.deepEqual(valuesOf(into), valuesOf(from));
    assert.ok(readdirSync(folder).every(name => !name.endsWith(".part")));
  });
}

test("weights of another shape, a file that is cut short, and no weights at all are refused; nothing changes", () => {
  const path = join(folder, "other.safetensors");
  const model = denseAutoencoder({ inputs: 4, code: 2, seed: 1 });
  const other = denseAutoencoder({ inputs: 5, code: 2, seed: 1 });
  const before = valuesOf(other);
  saveWeights(path, model);
  assert.throws(() => loadWeights(path, other), /CheckpointError: .*\[4,2\] where .*\[5,2\]/);
  truncateSync(path, 150);
  assert.throws(() => loadWeights(path, other), /CheckpointError: .* is damaged/);
  assert.deepEqual(valuesOf(other), before);
  assert.throws(() => saveWeights(path, []), /a list of at least one tf\.variable/);
});

test("one bit that has changed is noticed, and the error says what to do", () => {
  const path = join(folder, "bit.safetensors");
  const model = denseAutoencoder({ inputs: 4, code: 2, seed: 1 });
  saveWeights(path, model);
  const bytes = readFileSync(path);
  bytes[bytes.length - 3] = (bytes.at(-3) as number) ^ 1;
  writeFileSync(path, bytes);
  const before = valuesOf(model);
  assert.throws(() => loadWeights(path, model), /CheckpointError: .*bit\.safetensors is damaged.* Copy it again/);
  assert.deepEqual(valuesOf(model), before);
});

test("as float16 a file takes half of the bytes, and each weight comes back as the nearest half-precision number", () => {
  const [whole, half] = ["whole", "half"].map(name => join(folder, `${name}.safetensors`)) as [string, string];
  const values = [0.1, -3.3, 1e-6, 0, 65_504, Number.POSITIVE_INFINITY];
  const from = [tf.variable(tf.tensor2d(values, [2, 3])), tf.variable(tf.tensor1d([7, 70_000], "int32"))];
  const into = [tf.variable(tf.zeros([2, 3])), tf.variable(tf.zeros([2], "int32"))];
  saveWeights(whole, from);
  saveWeights(half, from, { precision: "float16" });
  loadWeights(half, into);
  const [floats, integers] = valuesOf(into) as [number[], number[]];
  const nearest = [0.0999755859375, -3.30078125, 2 ** -24 * 17, 0, 65_504, Number.POSITIVE_INFINITY];
  assert.deepEqual(floats, nearest);
  assert.deepEqual(integers, [7, 70_000]);
  assert.ok(into.every(({ dtype }, i) => dtype === from[i]?.dtype));
  const big = denseAutoencoder({ inputs: 100, code: 50, seed: 1 });
  saveWeights(whole, big);
  saveWeights(half, big, { precision: "float16" });
  assert.ok(statSync(half).size < 0.52 * statSync(whole).size);
});

test("a weight that float16 cannot hold, an unknown precision and an unknown option are refused; no file is left", () => {
  const path = join(folder, "refused.safetensors");
  const large = [tf.variable(tf.tensor1d([1, -70_000]))];
  const refused = /CheckpointError: .* \[2\] has the weight -70000, and float16 ends at 65504: save it as float32/;
  assert.throws(() => saveWeights(path, large, { precision: "float16" }), refused);
  const unknown = { precision: "float8" } as unknown as { precision: "float16" };
  assert.throws(
    () => saveWeights(path, large, unknown),
    /TypeError: precision of saveWeights is "float32" or "float16"/,
  );
  const dtype = { dtype: "float16" } as unknown as { precision: "float16" };
  assert.throws(
    () => saveWeights(path, large, dtype),
    /TypeError: saveWeights has no option dtype: it is called precision/,
  );
  assert.ok(!existsSync(path));
});

test("a damaged float16 file is noticed: cut, one bit changed, or fewer numbers than its shape says", () => {
  const path = join(folder, "half-damaged.safetensors");
  const model = denseAutoencoder({ inputs: 4, code: 2, seed: 1 });
  saveWeights(path, model, { precision: "float16" });
  const before = valuesOf(model);
  const good = readFileSync(path);
  const flipped = Buffer.from(good);
  flipped[good.length - 3] = (good.at(-3) as number) ^ 1;
  const header = good.toString("latin1").replace(/"sha256":"\w+"/, text => `"unused":"${text.slice(10, -1)}"`);
  const reshaped = Buffer.from(header.replace('"shape":[4,2]', '"shape":[4,3]'), "latin1");
  for (const bytes of [good.subarray(0, good.length - 1), flipped, reshaped]) {
    writeFileSync(path, bytes);
    assert.throws(() => loadWeights(path, model), /CheckpointError: .*half-damaged\.safetensors is damaged/);
    assert.deepEqual(valuesOf(model), before);
  }
});

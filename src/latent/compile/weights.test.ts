import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
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

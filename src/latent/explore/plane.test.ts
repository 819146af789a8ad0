import assert from "node:assert/strict";
import test from "node:test";
import { models, tf } from "../index.ts";
import { plane } from "./plane.ts";
import { sphere } from "./sphere.ts";

const codes = tf.tensor2d([
  [-1, 2],
  [3, 0],
]);
const deep = (code: number) => models.deepAutoencoder({ sizes: [16, 5, code], seed: 1 });

test("an explorer carries the decoder and the encoder of autoencoders and of variational ones", () => {
  const vae = models.vae({ inputs: 16, hidden: [5], latent: 2, seed: 1 });
  const linear = models.vae({ inputs: 16, hidden: [], latent: 2, likelihood: { variance: 1 }, seed: 1 });
  const layersOf = (model: Parameters<typeof plane>[0]) => {
    const widget = plane(model, { codes, labels: [0, 1] });
    const sizes = (key: string) =>
      (widget.get(key as never) as { inputs: number; outputs: number; activation: string }[]).map(
        ({ inputs, outputs, activation }) => `${inputs}-${outputs} ${activation}`,
      );
    return [sizes("encoder_layers"), sizes("decoder_layers")];
  };
  assert.deepEqual(layersOf(deep(2)), [
    ["16-5 relu", "5-2 linear"],
    ["2-5 relu", "5-16 sigmoid"],
  ]);
  assert.deepEqual(layersOf(vae), [
    ["16-5 relu", "5-2 linear"],
    ["2-5 relu", "5-16 sigmoid"],
  ]);
  assert.deepEqual(layersOf(linear), [["16-2 linear"], ["2-16 linear"]]);
});

test("the plane holds all codes with a margin, and without drawing no encoder travels", () => {
  const widget = plane(deep(2), { codes, labels: [0, 1], draw: false });
  assert.deepEqual(widget.get("extent" as never), [-1.2, 3.2, -0.1, 2.1]);
  assert.deepEqual(widget.get("encoder_layers" as never), []);
  assert.equal((widget.get("encoder_weights" as never) as Uint8Array).byteLength, 0);
});

test("an explorer of the sphere takes the directions of a hyperspherical model, and three numbers a code", () => {
  const model = models.svae({ inputs: 16, hidden: [5], latent: 2, seed: 1 });
  const onSphere = tf.tensor2d([
    [0, 0, 1],
    [0, 1, 0],
  ]);
  const widget = sphere(model, { codes: onSphere, labels: [0, 1] });
  const [, toDirection] = widget.get("encoder_layers" as never) as { inputs: number; outputs: number }[];
  assert.deepEqual([toDirection?.inputs, toDirection?.outputs], [5, 3]);
  assert.throws(() => sphere(model, { codes, labels: [0, 1] }), /codes \[n, 3\] and n labels/);
  assert.throws(() => sphere(deep(2), { codes: onSphere, labels: [0, 1] }), /decoder of 3 codes; this one takes 2/);
});

test("a model that a page cannot compute, or that has no two codes, is refused with the reason", () => {
  const conv = models.convAutoencoder({ side: 8, channels: [2], code: 2, seed: 1 } as never);
  assert.throws(() => plane(conv as never, { codes, labels: [0, 1] }), /fully connected layers/);
  assert.throws(() => plane(deep(3), { codes, labels: [0, 1] }), /decoder of 2 codes; this one takes 3/);
  assert.throws(() => plane(deep(2), { codes, labels: [0] }), /n labels, n up to 5000; got \[2,2\] and 1/);
  assert.throws(() => plane({}, { codes, labels: [0, 1] }), /encoder and decoder as parts/);
  const images = tf.zeros([3, 16]) as tf.Tensor2D;
  assert.throws(() => plane(deep(2), { codes, labels: [0, 1], images }), /images \[m, 16\], m up to 2; got \[3,16\]/);
});

import assert from "node:assert/strict";
import test from "node:test";
import { pageNetwork } from "../latent/explore/network.ts";
import { models, tf } from "../latent/index.ts";
import { readNetwork, run } from "./network.ts";

/** Of outputs of about 3. */
const limits = { float16: 4e-3, int8: 4e-2 };
const activations = ["linear", "relu", "elu", "sigmoid", "tanh"] as const;

for (const precision of ["float16", "int8"] as const)
  for (const activation of activations)
    test(`a page computes what the library does, to the precision of ${precision}: ${activation}`, () => {
      const layer = models.denseStack(models.initial(3), [5, 7, 4], activation);
      for (const variable of layer.variables) variable.assign(tf.randomNormal(variable.shape, 0, 0.7, "float32", 8));
      const { layers, weights } = pageNetwork(layer, "test", { precision });
      const input = Float32Array.of(-1.5, 0, 0.25, 2, 0);
      const ours = layer.apply(tf.tensor2d([...input], [1, 5])).dataSync();
      const page = run(readNetwork(layers as never, weights, precision), input);
      assert.equal(page.length, 4);
      for (const [i, value] of page.entries())
        assert.ok(Math.abs(value - (ours[i] as number)) < limits[precision], `${page} ${ours}`);
    });

test("the output of a model of black and white pixels ends in a sigmoid, that of a model of numbers as it is", () => {
  const { parts } = models.denseAutoencoder({ inputs: 4, code: 2, seed: 1 });
  assert.ok(parts);
  const last = (end?: "sigmoid") => pageNetwork(parts.decoder, "test", { last: end }).layers.at(-1)?.activation;
  assert.deepEqual([last("sigmoid"), last()], ["sigmoid", "linear"]);
});

test("a network whose numbers do not fit its layers is refused", () => {
  const layers = [{ inputs: 2, outputs: 3, activation: "relu" }] as const;
  assert.throws(() => readNetwork(layers, new Uint8Array(16)), /needs 18 bytes; it got 16/);
});

test("half-precision numbers are read as they are meant, the smallest and the largest too", () => {
  const halves = Uint16Array.of(0x3c00, 0xc000, 0x0001, 0x7bff, 0x8000, 0x3555);
  const layers = [{ inputs: 1, outputs: 3, activation: "linear" }] as const;
  const { numbers } = readNetwork(layers, new Uint8Array(halves.buffer));
  assert.deepEqual([...numbers], [1, -2, 2 ** -24, 65504, -0, 0.333251953125]);
});

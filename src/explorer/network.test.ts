import assert from "node:assert/strict";
import test from "node:test";
import { pageNetwork } from "../latent/explore/network.ts";
import { models, tf } from "../latent/index.ts";
import { readNetwork, readNetworks, run } from "./network.ts";

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

for (const side of [14, 13])
  test(`a page computes convolutions and their transposes as the library does, back to ${side} pixels a side`, () => {
    const make = models.initial(4);
    const down = [models.convolution(make, 1, 3, "relu"), models.convolution(make, 3, 2, "elu")];
    const stack = [...down, models.transposedConvolution(make, 2, 3, side, "tanh")];
    for (const variable of stack.flatMap(({ variables }) => variables))
      variable.assign(tf.randomNormal(variable.shape, 0, 0.7, "float32", 9));
    const image = tf.randomNormal([1, 28, 28, 1], 0, 1, "float32", 2) as tf.Tensor4D;
    const { layers, weights } = pageNetwork({ layers: stack }, "test");
    assert.deepEqual(layers[2]?.convolution?.sides, [7, side]);
    const ours = stack.reduce((maps, layer) => layer.apply(maps), image).dataSync();
    const page = run(readNetwork(layers as never, weights), image.dataSync() as Float32Array);
    assert.equal(page.length, ours.length);
    for (const [i, value] of page.entries()) assert.ok(Math.abs(value - (ours[i] as number)) < 0.02, `${i}`);
  });

test("networks that lie one behind the other are read apart, in either precision", () => {
  const pair = [2, 3].map(hidden => models.denseStack(models.initial(hidden), [4, hidden, 1], "relu"));
  for (const precision of ["float16", "int8"] as const) {
    const packed = pair.map(stack => pageNetwork(stack, "test", { precision }));
    const bytes = Uint8Array.from(packed.flatMap(({ weights }) => [...weights]));
    const both = readNetworks(
      packed.map(({ layers }) => layers as never),
      bytes,
      precision,
    );
    for (const [i, { weights, layers }] of packed.entries())
      assert.deepEqual(both[i]?.numbers, readNetwork(layers as never, weights, precision).numbers);
  }
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

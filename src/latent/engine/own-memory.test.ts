import assert from "node:assert/strict";
import { test } from "node:test";
import { whereEngine } from "../../testkit/needs.ts";

const { skip, loaded } = await whereEngine(async () => ({
  ...(await import("./tf.ts")),
  ...(await import("./own-memory.ts")),
}));
const { tf, sharesMemory, keepMemoryApart } = loaded;
type Binding = Parameters<typeof sharesMemory>[0];
const isNative = !skip && tf.getBackend() === "tensorflow";

test("TensorFlow has memory of its own: no tensor changes with the array that it was made of", {
  skip: skip || !isNative,
}, () => {
  const { binding } = tf.backend() as unknown as { binding: Binding };
  assert.equal(sharesMemory(binding), false);
});

test("an addon that lets TensorFlow use an array's memory is given arrays that it has to copy", {
  skip: skip || !isNative,
}, () => {
  // As tfjs-node's own: an array that begins at a multiple of 64 bytes is used as it is. Here the start of each fourth.
  const tensors = new Map<number, Float32Array>();
  let made = 0;
  const addon = {
    createTensor(_: number[], __: number, values: Float32Array): number {
      const isAligned = values.byteOffset % 64 === 0 && made % 4 === 0;
      tensors.set(++made, isAligned ? values : values.slice());
      return made;
    },
    deleteTensor: (id: number) => void tensors.delete(id),
    tensorDataSync: (id: number) => tensors.get(id) as Float32Array,
  };
  const backend = { binding: Object.freeze(addon) as Binding };
  assert.equal(sharesMemory(backend.binding), true);
  keepMemoryApart({ backend: () => backend } as never);
  assert.equal(sharesMemory(backend.binding), false);
  for (const values of [Float32Array.of(1, 2, 3), Int32Array.of(4, 5), Uint8Array.of(6)]) {
    const id = backend.binding.createTensor([values.length], 1, values);
    assert.deepEqual(tensors.get(id), values);
  }
});

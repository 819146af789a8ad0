import type * as tfjs from "@tensorflow/tfjs-node";

type Values = Float32Array | Int32Array | Uint8Array;

interface Binding {
  createTensor(shape: number[], dtype: number, values: Values | Uint8Array[]): number;
  deleteTensor(id: number): void;
  tensorDataSync(id: number): Values;
}

/** TensorFlow takes only memory that begins at a multiple of 64 bytes; an allocation begins at one of 16. */
const ASTRAY = 4;
const FLOAT = 1;
/** An array out of four begins at a multiple of 64: that none of so many does is one chance in a hundred million. */
const TRIALS = 64;

/**
 * Sees to it that TensorFlow never uses the memory of a JavaScript array. tfjs-node lets it where the array is aligned,
 * and then the array is let go by a thread of TensorFlow's, which breaks Node's memory. The addon that set-up compiles
 * copies (src/native/own_memory.h); one that was made elsewhere is given arrays that TensorFlow has to copy.
 */
export function keepMemoryApart(tf: typeof tfjs): void {
  const backend = tf.backend() as unknown as { binding: Binding };
  const { binding } = backend;
  if (!sharesMemory(binding)) return;
  const createTensor: Binding["createTensor"] = (shape, dtype, values) =>
    binding.createTensor(shape, dtype, ArrayBuffer.isView(values) ? astray(values) : values);
  // The addon's own functions cannot be written over.
  backend.binding = Object.create(binding, { createTensor: { value: createTensor, configurable: true } });
}

/** Whether a tensor changes with the array that it was made of. */
export function sharesMemory(binding: Binding): boolean {
  return Array.from({ length: TRIALS }, () => new Float32Array(32)).some(array => {
    const id = binding.createTensor([array.length], FLOAT, array);
    array.fill(1);
    const [first] = binding.tensorDataSync(id);
    binding.deleteTensor(id);
    return first === 1;
  });
}

function astray(values: Values): Values {
  const { BYTES_PER_ELEMENT, length } = values;
  const Type = values.constructor as new (buffer: ArrayBuffer, start: number, length: number) => Values;
  const copy = new Type(new ArrayBuffer(ASTRAY + length * BYTES_PER_ELEMENT), ASTRAY, length);
  copy.set(values);
  return copy;
}

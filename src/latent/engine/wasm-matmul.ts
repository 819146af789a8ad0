import type * as tfjs from "@tensorflow/tfjs-node";
import { type Info, type KernelConfig, runKernel, type WasmBackend } from "./wasm-backend.ts";

type Tf = typeof tfjs;

/**
 * From how many multiplications on the copy of a transposed side, or one call for each pair of a batch, costs less than it
 * saves; and how many rows or columns must share the copy. Measured in processor time, the own kernel's over ours: one
 * transposed side of 16³ 0.4-0.7, 24³ 1.0, 32³ 2.2-2.7, 64³ 5-6; 32 pairs of 16³ 1.0, of 24³ 2.6, of 32³ 3.9.
 */
const WORTH = { multiplications: 24 ** 3, pair: 20 ** 3, sharing: 4 };

/**
 * Replaces the products of matrices of TensorFlow.js' WebAssembly backend. Its own call the fast library (XNNPACK) for one
 * untransposed pair only; for all others, so for both gradients of every dense layer and for attention, they run a plain
 * loop, 14 times slower. They also add the bias of a fused product once for each block of 48 of the shared side, and take
 * batches `[2, 1]` and `[1, 3]` for three. Here sides are transposed first and each pair of a batch is a product of its own.
 */
export function replaceProducts(tf: Tf): void {
  const matMul = tf.getKernel("BatchMatMul", "wasm");
  let pairs: Pairs | undefined;
  put(tf, {
    ...matMul,
    setupFunc: backend => {
      matMul.setupFunc?.(backend);
      pairs = pairsOf(backend as unknown as WasmBackend);
    },
    kernelFunc: call => multiply({ tf, own: matMul.kernelFunc, pairs: pairs as Pairs }, call),
  });
  const fusedMatMul = tf.getKernel("_FusedMatMul", "wasm");
  put(tf, { ...fusedMatMul, kernelFunc: call => multiplyAndAdd(tf, fusedMatMul.kernelFunc, call) });
}

function put(tf: Tf, kernel: KernelConfig): void {
  tf.unregisterKernel(kernel.kernelName, "wasm");
  tf.registerKernel(kernel);
}

type KernelFunc = KernelConfig["kernelFunc"];
type Call = Parameters<KernelFunc>[0];

interface Products {
  tf: Tf;
  /** The backend's own kernel. */
  own: KernelFunc;
  pairs: Pairs;
}

/** Sizes of `[…, m, k] · […, k, n]`, and the batches. */
interface Sizes {
  m: number;
  k: number;
  n: number;
  batchA: number[];
  batchB: number[];
  /** As both are broadcast. */
  batch: number[];
}

function sizesOf(tf: Tf, a: Info, b: Info, transposeA: boolean, transposeB: boolean): Sizes | undefined {
  const [rowsA, columnsA] = a.shape.slice(-2) as [number, number];
  const [rowsB, columnsB] = b.shape.slice(-2) as [number, number];
  const [m, k] = transposeA ? [columnsA, rowsA] : [rowsA, columnsA];
  const [inner, n] = transposeB ? [columnsB, rowsB] : [rowsB, columnsB];
  if (a.dtype !== "float32" || b.dtype !== "float32" || inner !== k) return undefined; // the own kernel says so
  const [batchA, batchB] = [a.shape.slice(0, -2), b.shape.slice(0, -2)];
  return { m, k, n, batchA, batchB, batch: tf.backend_util.assertAndGetBroadcastShape(batchA, batchB) };
}

const size = (shape: readonly number[]): number => shape.reduce((product, length) => product * length, 1);

function multiply({ tf, own, pairs }: Products, call: Call): Info {
  const backend = call.backend as WasmBackend;
  const { transposeA, transposeB } = call.attrs as unknown as { transposeA: boolean; transposeB: boolean };
  const [a, b] = [call.inputs.a as Info, call.inputs.b as Info];
  const sizes = sizesOf(tf, a, b, transposeA, transposeB);
  if (sizes === undefined) return own(call) as Info;
  const { m, n, k, batch } = sizes;
  if (size(batch) * m * n * k === 0) return zeros(backend, [...batch, m, n]);
  if (suitsOwn(sizes, transposeA, transposeB)) return own(call) as Info;
  const left = transposeA ? transposed(tf, backend, a) : a;
  const right = transposeB ? transposed(tf, backend, b) : b;
  const out = pairs(backend, left, right, sizes);
  if (left !== a) backend.disposeData(left.dataId);
  if (right !== b) backend.disposeData(right.dataId);
  return out;
}

/** Where the backend's own kernel is right and as fast: one plain pair, and products too small for anything else to pay. */
function suitsOwn({ m, n, k, batchA, batchB, batch }: Sizes, transposeA: boolean, transposeB: boolean): boolean {
  const [countA, countB, count] = [size(batchA), size(batchB), size(batch)];
  if (count === 1 && !transposeA && !transposeB) return true;
  if (count !== Math.max(countA, countB)) return false; // [2, 1] and [1, 3]: it takes them for three
  if ((transposeA && n < WORTH.sharing) || (transposeB && m < WORTH.sharing)) return true;
  return m * n * k * (countB === 1 ? countA : 1) < (count === 1 || countB === 1 ? WORTH.multiplications : WORTH.pair);
}

function zeros(backend: WasmBackend, shape: number[]): Info {
  const out = backend.makeOutput(shape, "float32");
  backend.typedArrayFromHeap(out).fill(0);
  return out;
}

/** The last two axes change places. */
function transposed(tf: Tf, backend: WasmBackend, x: Info): Info {
  const rank = x.shape.length;
  const perm = [...x.shape.keys()].map(axis => (axis < rank - 2 ? axis : 2 * rank - 3 - axis));
  return runKernel(tf, "Transpose", backend, { x }, { perm });
}

/** Products of plain pairs of a batch, by XNNPACK. */
type Pairs = (backend: WasmBackend, a: Info, b: Info, sizes: Sizes) => Info;

const SIGNATURE = ["number", "array", "number", "number", "array", "number", "number", "number", "number"] as const;

function pairsOf({ wasm }: WasmBackend): Pairs {
  const run = wasm.cwrap("BatchMatMul", null, SIGNATURE);
  const bytes = (...shape: number[]): Uint8Array => new Uint8Array(new Int32Array(shape).buffer);
  return (backend, a, b, { m, k, n, batchA, batchB, batch }) => {
    const out = backend.makeOutput([...batch, m, n], "float32");
    const [left, right, result] = [a, b, out].map(({ dataId }) => viewsOf(backend, dataId));
    const pair = (i: number, j: number, at: number, rows: number): void => {
      const ids = [left?.(i * m * k, rows * k), right?.(j * k * n, k * n), result?.(at * m * n, rows * n)] as number[];
      run(ids[0], bytes(1, rows, k), 3, ids[1], bytes(1, k, n), 3, false, false, ids[2]);
      for (const id of ids) wasm.tfjs.disposeData(id);
    };
    if (size(batchB) === 1)
      pair(0, 0, 0, size(batch) * m); // all rows of all examples share b
    else for (const [at, [i, j]] of places(batch, batchA, batchB).entries()) pair(i, j, at, m);
    return out;
  };
}

/** Names for parts of a tensor's memory, without a copy. */
function viewsOf(backend: WasmBackend, dataId: object): (first: number, length: number) => number {
  const { memoryOffset } = backend.dataIdMap.get(dataId);
  return (first, length) => {
    const id = backend.dataIdNextNumber++;
    backend.wasm.tfjs.registerTensor(id, length, memoryOffset + 4 * first);
    return id;
  };
}

/** Which matrix of a and which of b make each matrix of the result. */
function places(batch: number[], batchA: number[], batchB: number[]): [number, number][] {
  return Array.from({ length: size(batch) }, (_, at) => [placeIn(batch, batchA, at), placeIn(batch, batchB, at)]);
}

function placeIn(batch: number[], own: number[], at: number): number {
  let [place, stride, rest] = [0, 1, at];
  for (let axis = 1; axis <= batch.length; axis++) {
    const length = batch.at(-axis) as number;
    const ownLength = own.at(-axis) ?? 1;
    if (axis <= own.length) {
      place += (ownLength === 1 ? 0 : rest % length) * stride;
      stride *= ownLength;
    }
    rest = Math.floor(rest / length);
  }
  return place;
}

interface FusedAttributes {
  transposeA: boolean;
  transposeB: boolean;
  activation: string;
  leakyreluAlpha?: number;
}

const ACTIVATIONS: Readonly<Record<string, string>> = {
  relu: "Relu",
  relu6: "Relu6",
  elu: "Elu",
  sigmoid: "Sigmoid",
  leakyrelu: "LeakyRelu",
  prelu: "Prelu",
};

/** A product, a bias and an activation: the backend's own where it is one plain pair, else one after the other. */
function multiplyAndAdd(tf: Tf, own: KernelFunc, call: Call): Info {
  const backend = call.backend as WasmBackend;
  const { a, b, bias, preluActivationWeights: alpha } = call.inputs as Record<string, Info>;
  const { transposeA, transposeB, activation, leakyreluAlpha } = call.attrs as unknown as FusedAttributes;
  const [left, right] = [a as Info, b as Info];
  const known = activation === "linear" || activation in ACTIVATIONS;
  const plain = !transposeA && !transposeB && left.shape[0] === 1 && right.shape[0] === 1;
  const ordinary = activation !== "prelu" && (bias === undefined || bias.shape.length === 1);
  if (!known || (plain && ordinary && size([...left.shape, ...right.shape]) > 0)) return own(call) as Info;
  let result = runKernel(tf, "BatchMatMul", backend, { a: left, b: right }, { transposeA, transposeB });
  const then = (name: string, inputs: Record<string, Info>, attrs = {}): void => {
    const next = runKernel(tf, name, backend, inputs, attrs);
    backend.disposeData(result.dataId);
    result = next;
  };
  if (bias) then("Add", { a: result, b: bias });
  if (activation === "prelu") then("Prelu", { x: result, alpha: alpha as Info });
  else if (activation !== "linear") then(ACTIVATIONS[activation] as string, { x: result }, { alpha: leakyreluAlpha });
  return result;
}

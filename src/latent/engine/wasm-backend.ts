import type * as tfjs from "@tensorflow/tfjs-node";

/** The parts of the WebAssembly backend that our kernels need; its package declares no types for them. */
export interface WasmBackend {
  wasm: {
    cwrap(name: string, result: null, parameters: readonly ("number" | "array")[]): (...values: unknown[]) => void;
    tfjs: { registerTensor(id: number, size: number, memoryOffset: number): void; disposeData(id: number): void };
  };
  dataIdMap: { get(dataId: object): { id: number; memoryOffset: number } };
  dataIdNextNumber: number;
  makeOutput(shape: number[], dtype: tfjs.DataType): tfjs.TensorInfo;
  typedArrayFromHeap(info: tfjs.TensorInfo): tfjs.TypedArray;
  disposeData(dataId: object): boolean;
  incRef(dataId: object): void;
}

export type KernelConfig = Parameters<typeof tfjs.registerKernel>[0];

/** What kernels work with: a tensor's place, shape and dtype. */
export type Info = tfjs.TensorInfo;

/** Runs another kernel of the backend. */
export function runKernel(
  tf: typeof tfjs,
  name: string,
  backend: WasmBackend,
  inputs: Record<string, Info>,
  attrs: Record<string, unknown> = {},
): Info {
  const { kernelFunc } = tf.getKernel(name, "wasm");
  return kernelFunc({ inputs, backend, attrs: attrs as never }) as Info;
}

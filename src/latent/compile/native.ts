import { tf } from "../engine/tf.ts";

/** TensorFlow's numbers for the types of elements (`DataType` of its types.proto) that tfjs has, and uint8. */
export const DT = { float32: 1, uint8: 4, int32: 3, string: 7, complex64: 8, int64: 9, bool: 10 } as const;

/** A tensor inside TensorFlow: its handle, as the addon hands it out. Handles are never used twice. */
export interface NativeTensor {
  readonly id: number;
  readonly shape: number[];
  readonly dtype: number;
}

/** An attribute of an operation, in the form that the addon takes. `type` is one of its `TF_ATTR_…` numbers. */
export interface Attribute {
  readonly name: string;
  readonly type: number;
  readonly value: boolean | number | string | object | number[];
}

export type Values = Float32Array | Int32Array | Uint8Array;

/** The C++ addon of tfjs-node: the functions of it that are used here. */
export interface Binding {
  createTensor(shape: number[], dtype: number, values: Values): number;
  deleteTensor(id: number): void;
  tensorDataSync(id: number): Values;
  executeOp(op: string, attributes: Attribute[], inputs: number[], outputs: number): NativeTensor[];
  loadSavedModel(folder: string, tags: string): number;
  deleteSavedModel(id: number): void;
  runSavedModel(id: number, inputs: number[], inputNames: string, outputNames: string): NativeTensor[];
  getNumOfSavedModels(): number;
  readonly TF_ATTR_STRING: number;
  readonly TF_ATTR_INT: number;
  readonly TF_ATTR_FLOAT: number;
  readonly TF_ATTR_BOOL: number;
  readonly TF_ATTR_TYPE: number;
  readonly TF_ATTR_SHAPE: number;
}

/** What tfjs's engine calls the identity of a tensor's values: tensors with one `dataId` share them. */
export type DataId = object;

/** What the backend knows of some values. `values` wait there until an operation needs them; then `id` is set. */
export interface TensorInfo {
  id: number;
  refCount: number;
  values: Values | null;
}

/** The node backend of tfjs: what is used here and not part of its public type. */
export interface NativeBackend {
  binding: Binding;
  readonly isUsingGpuDevice: boolean;
  readonly tensorMap: { get(dataId: DataId): TensorInfo; has(dataId: DataId): boolean };
  write(values: Values, shape: number[], dtype: string): DataId;
  readSync(dataId: DataId): Values;
  read(dataId: DataId): Promise<Values>;
  getInputTensorIds(tensors: readonly object[]): number[];
  createOutputTensor(tensor: NativeTensor): tf.Tensor;
}

/** The native backend if tfjs runs on it, else undefined (WebAssembly, plain JavaScript). */
export function nativeBackend(): NativeBackend | undefined {
  const backend = tf.backend() as unknown as Partial<NativeBackend>;
  return typeof backend.binding?.runSavedModel === "function" ? (backend as NativeBackend) : undefined;
}

/** The native backend of code that runs nowhere else. */
export function requireNative(what: string): NativeBackend {
  const backend = nativeBackend();
  if (backend) return backend;
  throw new Error(`${what} needs the native engine; \`npm start -- doctor\` shows which one is in use.`);
}

const flavours = {
  boolean: "TF_ATTR_BOOL",
  number: "TF_ATTR_FLOAT",
  string: "TF_ATTR_STRING",
} as const;

/** Attributes by name: `T: "float32"` is a type, `{ int: 3 }` a whole number, the rest what JavaScript says it is. */
export type Attributes = Record<string, boolean | number | string | { int: number } | { type: keyof typeof DT }>;

export function attributes(binding: Binding, named: Attributes): Attribute[] {
  return Object.entries(named).map(([name, value]) => {
    if (typeof value !== "object")
      return { name, type: binding[flavours[typeof value as keyof typeof flavours]], value };
    if ("int" in value) return { name, type: binding.TF_ATTR_INT, value: value.int };
    return { name, type: binding.TF_ATTR_TYPE, value: DT[value.type] };
  });
}

/**
 * Runs a TensorFlow operation by its name; while a step is traced it becomes a node of the graph like any other.
 *
 * @throws Error when the engine is not native TensorFlow
 */
export function runOp(op: string, named: Attributes, inputs: readonly tf.Tensor[]): tf.Tensor {
  return runOps(op, named, inputs, 1)[0] as tf.Tensor;
}

/** The same for an operation with several results. */
export function runOps(op: string, named: Attributes, inputs: readonly tf.Tensor[], count: number): tf.Tensor[] {
  const backend = requireNative(op);
  const ids = backend.getInputTensorIds(inputs);
  const outputs = backend.binding.executeOp(op, attributes(backend.binding, named), ids, count);
  return outputs.map(output => backend.createOutputTensor(output));
}

import { type Attribute, type Binding, DT } from "./native.ts";

export interface Operand {
  readonly node: string;
  readonly shape: readonly number[];
  readonly dtype: number;
  /** The numbers, if they are known while tracing. */
  readonly values?: ArrayLike<number>;
  /** What was repeated to give this. */
  readonly spreads?: Operand;
}

/** The operand of a `Tile` that repeats dimensions of size 1 and nothing else, which is how tfjs broadcasts. */
export function spreadOf(op: string, [x]: Operand[], shape: readonly number[]): Operand | undefined {
  if (op !== "Tile" || x?.shape.length !== shape.length) return undefined;
  return x.shape.every((size, i) => size === 1 || size === shape[i]) ? x : undefined;
}

/** Multiplication repeats a small operand by itself: it need not be spread over the whole tensor before. */
export function narrowed(op: string, operands: Operand[], shape: readonly number[] = []): Operand[] {
  const [a, b] = operands;
  if (op !== "Mul" || !a || !b || String(a.shape) !== String(b.shape) || String(a.shape) !== String(shape))
    return operands;
  if (a.spreads) return [a.spreads, b];
  return b.spreads ? [a, b.spreads] : operands;
}

/** An operation as tfjs asks for it: its operands, and the shape of its first result. */
export interface Call {
  readonly op: string;
  readonly attributes: Attribute[];
  readonly operands: Operand[];
  readonly shape: readonly number[];
}

type Lowering = (call: Call, binding: Binding) => Call;

/**
 * Operations that a graph has to spell otherwise than tfjs does, or that TensorFlow runs faster under another name: its
 * optimiser fuses MatMul + BiasAdd + Relu, and knows no BatchMatMulV2 or Add in that place.
 */
const lowerings: Record<string, Lowering> = {
  ExpandDims: expandDims,
  BatchMatMulV2: matMul,
  Add: biasAdd,
  Sum: biasGradient,
  Mean: typed,
  Prod: typed,
};

export function lower(call: Call, binding: Binding): Call {
  return lowerings[call.op]?.(call, binding) ?? call;
}

/** tfjs leaves out the type, which eager execution infers and a graph has to say. */
function expandDims(call: Call, binding: Binding): Call {
  const type = { name: "T", type: binding.TF_ATTR_TYPE, value: call.operands[0]?.dtype ?? DT.float32 };
  return { ...call, attributes: [...call.attributes, type] };
}

/** tfjs names the type of what it was given, and casts before it asks: the type is that of the operand. */
function typed(call: Call): Call {
  const dtype = call.operands[0]?.dtype ?? DT.float32;
  return { ...call, attributes: call.attributes.map(one => (one.name === "T" ? { ...one, value: dtype } : one)) };
}

const products: Record<string, string> = { adj_x: "transpose_a", adj_y: "transpose_b" };

function matMul(call: Call): Call {
  if (call.operands.some(({ shape }) => shape.length !== 2)) return call;
  const attributes = call.attributes.map(one => ({ ...one, name: products[one.name] ?? one.name }));
  return { ...call, op: "MatMul", attributes };
}

function biasAdd(call: Call, binding: Binding): Call {
  const [value, bias] = call.operands as [Operand, Operand];
  const isBias = bias.shape.length === 1 && value.shape.length >= 2 && bias.shape[0] === value.shape.at(-1);
  const isFloat = call.attributes.some(({ name, value }) => name === "T" && value === DT.float32);
  if (!isBias || !isFloat) return call;
  const format = { name: "data_format", type: binding.TF_ATTR_STRING, value: "NHWC" };
  return { ...call, op: "BiasAdd", attributes: [...call.attributes, format] };
}

/** The sum over all dimensions but the last, which is the gradient of a bias: twice as fast under its own name. */
function biasGradient(call: Call, binding: Binding): Call {
  const [x, axes] = call.operands as [Operand, Operand];
  const rank = x.shape.length;
  const summed = Array.from(axes.values ?? []).sort((a, b) => a - b);
  const isAllButLast = rank >= 2 && summed.length === rank - 1 && summed.every((axis, i) => axis === i);
  if (!isAllButLast || call.shape.length !== 1 || x.dtype !== DT.float32) return call;
  const type = { name: "T", type: binding.TF_ATTR_TYPE, value: DT.float32 };
  const format = { name: "data_format", type: binding.TF_ATTR_STRING, value: "NHWC" };
  return { ...call, op: "BiasAddGrad", attributes: [type, format], operands: [x] };
}

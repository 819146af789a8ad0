import { ownConvolution } from "./convolution.ts";
import type { Fusion } from "./fused.ts";
import type { Graph } from "./graph.ts";
import { type Attribute, type Attributes, attributes, type Binding, DT } from "./native.ts";
import { type Finish, fusions, productOf, spelled } from "./spelled.ts";
import { add } from "./sums.ts";

export interface Operand {
  readonly node: string;
  readonly shape: readonly number[];
  readonly dtype: number;
  /** The numbers, if they are known while tracing. */
  readonly values?: ArrayLike<number>;
  /** What was repeated to give this. */
  readonly spreads?: Operand;
  /** What has the same numbers in another shape. */
  readonly reshaped?: Operand;
  /** The operation of ours that made this and can do more to it. */
  readonly own?: OwnOperation;
}

/** A product or a convolution by an operation of ours: it can add a bias to each row of its result, and rectify it. */
export interface OwnOperation {
  readonly op: string;
  readonly attributes: Attributes;
  readonly operands: readonly Operand[];
  readonly bias?: Operand;
  /** Whether numbers below 0 become 0. */
  readonly rectified?: boolean;
  /** What a product does then. */
  readonly finish?: Finish;
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
  readonly own?: OwnOperation;
  /** What it could be a part of. */
  readonly fusions?: readonly Fusion[];
}

/** What operations are spelled for. */
export interface Target {
  readonly binding: Binding;
  readonly graph: Graph;
  /** Whether operations of `src/native` may take the place of TensorFlow's. */
  readonly ownOperations: boolean;
}

type Lowering = (call: Call, target: Target) => Call;

/**
 * Operations that a graph has to spell otherwise than tfjs does, or that TensorFlow runs faster under another name: its
 * optimiser fuses MatMul + BiasAdd + Relu, and knows no BatchMatMulV2 or Add in that place.
 */
const lowerings: Record<string, Lowering> = {
  ExpandDims: expandDims,
  BatchMatMulV2: matMul,
  Conv2D: convolution,
  Conv2DBackpropInput: convolution,
  Conv2DBackpropFilter: filterGradient,
  Add: add,
  Relu: relu,
  ReluGrad: reluGradient,
  Sigmoid: sigmoid,
  Sum: biasGradient,
  Mean: typed,
  Prod: typed,
};

export function lower(call: Call, target: Target): Call {
  return lowerings[call.op]?.(call, target) ?? call;
}

/** tfjs leaves out the type, which eager execution infers and a graph has to say. */
function expandDims(call: Call, { binding }: Target): Call {
  const type = { name: "T", type: binding.TF_ATTR_TYPE, value: call.operands[0]?.dtype ?? DT.float32 };
  return { ...call, attributes: [...call.attributes, type] };
}

/** tfjs names the type of what it was given, and casts before it asks: the type is that of the operand. */
function typed(call: Call): Call {
  const dtype = call.operands[0]?.dtype ?? DT.float32;
  return { ...call, attributes: call.attributes.map(one => (one.name === "T" ? { ...one, value: dtype } : one)) };
}

const products: Record<string, string> = { adj_x: "transpose_a", adj_y: "transpose_b" };

function matMul(call: Call, target: Target): Call {
  if (call.operands.some(({ shape }) => shape.length !== 2)) return call;
  if (target.ownOperations && call.operands.every(({ dtype }) => dtype === DT.float32)) return ownProduct(call, target);
  // TensorFlow, where it fuses an empty MatMul with its bias, ends the process.
  if (call.operands.some(({ shape }) => shape.includes(0))) return call;
  const attributes = call.attributes.map(one => ({ ...one, name: products[one.name] ?? one.name }));
  return { ...call, op: "MatMul", attributes };
}

function ownProduct(call: Call, target: Target): Call {
  return spelled({ op: productOf(call.attributes), attributes: {}, operands: call.operands }, call, target);
}

function convolution(call: Call, target: Target): Call {
  const own = target.ownOperations ? ownConvolution(call) : undefined;
  return own ? spelled(own, call, target) : call;
}

/** Nothing is added to a gradient. */
function filterGradient(call: Call, target: Target): Call {
  const own = target.ownOperations ? ownConvolution(call) : undefined;
  if (!own) return call;
  const named = { ...own.attributes, has_bias: false, rectified: false };
  return { ...call, op: own.op, attributes: attributes(target.binding, named), operands: [...own.operands] };
}

/** The result that was to be rectified is not computed where nothing else needs it. */
function relu(call: Call, target: Target): Call {
  const own = call.operands[0]?.own;
  return own ? spelled({ ...own, rectified: true }, call, target) : call;
}

/** The gradient of a rectified layer is most often a product. */
function reluGradient(call: Call, target: Target): Call {
  const [gradient, feature] = call.operands as [Operand, Operand];
  return { ...call, fusions: fusions("masked", gradient, feature, target) };
}

function sigmoid(call: Call, target: Target): Call {
  return { ...call, fusions: fusions("squashed", call.operands[0] as Operand, undefined, target) };
}

/** Columns from which on ours is the faster sum. */
const WIDE = 16;

/** The sum over all dimensions but the last, which is the gradient of a bias: twice as fast under its own name. */
function biasGradient(call: Call, { binding, ownOperations }: Target): Call {
  const [x, axes] = call.operands as [Operand, Operand];
  const rank = x.shape.length;
  const summed = Array.from(axes.values ?? []).sort((a, b) => a - b);
  const isAllButLast = rank >= 2 && summed.length === rank - 1 && summed.every((axis, i) => axis === i);
  if (!isAllButLast || call.shape.length !== 1 || x.dtype !== DT.float32) return call;
  if (ownOperations && (x.shape.at(-1) ?? 0) >= WIDE)
    return { ...call, op: "LatentColumnSums", attributes: [], operands: [x] };
  const type = { name: "T", type: binding.TF_ATTR_TYPE, value: DT.float32 };
  const format = { name: "data_format", type: binding.TF_ATTR_STRING, value: "NHWC" };
  return { ...call, op: "BiasAddGrad", attributes: [type, format], operands: [x] };
}

import type { Fusion } from "./fused.ts";
import type { Call, Operand, Target } from "./lowering.ts";
import { attributes, DT } from "./native.ts";
import { fusions, isAlike, isProduct, spelled } from "./spelled.ts";

const GRADIENT = "LatentNormalizeGrad";

/** A sum: of a product and its bias, of what could do the addition itself, or of any two tensors. */
export function add(call: Call, target: Target): Call {
  const { binding } = target;
  const [value, other] = call.operands as [Operand, Operand];
  const isFloat = call.attributes.some(({ name, value }) => name === "T" && value === DT.float32);
  if (isFloat && isBiasOf(value, other)) {
    if (value.own && !value.own.bias && !value.own.rectified)
      return spelled({ ...value.own, bias: other }, call, target);
    const format = { name: "data_format", type: binding.TF_ATTR_STRING, value: "NHWC" };
    return { ...call, op: "BiasAdd", attributes: [...call.attributes, format] };
  }
  return (isFloat && flat(call, target)) || { ...call, fusions: parts(value, other, target) };
}

function isBiasOf({ shape }: Operand, bias: Operand): boolean {
  return bias.shape.length === 1 && shape.length >= 2 && bias.shape[0] === shape.at(-1);
}

/** The operations that made `a` or `b` and could add the other one. */
function parts(a: Operand, b: Operand, target: Target): Fusion[] {
  const each = (made: Operand, by: Operand): Fusion[] => [
    ...fusions("added", made, by, target),
    ...ofGradient(made, by, target),
  ];
  return [...each(a, b), ...each(b, a)];
}

/** The gradient of a layer normalisation, to which a block adds the gradient that went past it. */
function ofGradient(made: Operand, by: Operand, { graph, binding }: Target): Fusion[] {
  const node = graph.node(made.node);
  if (node?.op !== GRADIENT || !isAlike(made, by)) return [];
  const inputs = [...node.inputs.slice(0, -1), by.node];
  return [{ product: node.name, op: node.op, attributes: attributes(binding, { added: true }), inputs }];
}

/**
 * A sum in the shape of what could do it: layers work on rows, and a transformer adds what it has by sequence and place.
 * Undefined where neither of the two could.
 */
function flat(call: Call, target: Target): Call | undefined {
  const [a, b] = call.operands as [Operand, Operand];
  if (!isAlike(a, b)) return undefined;
  const rows = [a.reshaped, b.reshaped].find(one => one && canAdd(one, target));
  if (!rows) return undefined;
  const [x, y] = [inShape(rows.shape, a, target), inShape(rows.shape, b, target)];
  const node = target.graph.add("Add", call.attributes, [x.node, y.node], { fusions: parts(x, y, target) });
  return reshape(call.shape, { node, shape: rows.shape, dtype: a.dtype }, target);
}

function canAdd(made: Operand, { graph }: Target): boolean {
  return isProduct(made.own) || graph.node(made.node)?.op === GRADIENT;
}

function inShape(shape: readonly number[], operand: Operand, target: Target): Operand {
  if (String(operand.shape) === String(shape)) return operand;
  if (String(operand.reshaped?.shape) === String(shape)) return operand.reshaped as Operand;
  const { op, attributes, operands } = reshape(shape, operand, target);
  const nodes = operands.map(({ node }) => node);
  return { node: target.graph.add(op, attributes, nodes), shape, dtype: operand.dtype };
}

function reshape(shape: readonly number[], operand: Operand, { graph, binding }: Target): Call {
  const sizes = graph.constant(DT.int32, [shape.length], Int32Array.from(shape));
  return {
    op: "Reshape",
    attributes: attributes(binding, { T: { type: "float32" }, Tshape: { type: "int32" } }),
    operands: [operand, { node: sizes, shape: [shape.length], dtype: DT.int32 }],
    shape,
  };
}

import type { Fusion } from "./fused.ts";
import type { Call, Operand, OwnOperation, Target } from "./lowering.ts";
import { attributes, DT } from "./native.ts";

/** By which of the two is transposed: TensorFlow tells an operation's attributes to nobody who asks for its shapes. */
export const PRODUCTS = ["LatentMatMul", "LatentMatMulA", "LatentMatMulB", "LatentMatMulAB"] as const;

/** What a product of ours does to its result at the end: 0 where `by` is not above 0, `by` is added, or its sigmoid. */
export interface Finish {
  readonly how: "masked" | "added" | "squashed";
  readonly by?: Operand | undefined;
}

/** An operation of ours with all that it needs besides its operands. */
export function spelled(own: OwnOperation, { shape }: Pick<Call, "shape">, { binding, graph }: Target): Call {
  const { op, bias, rectified = false, finish } = own;
  const nothing = (): Operand => ({ node: graph.scalar(0), shape: [], dtype: DT.float32 });
  const named = { ...own.attributes, has_bias: bias !== undefined, rectified };
  const operands = [...own.operands, bias ?? nothing()];
  if (!isProduct(own)) return { op, attributes: attributes(binding, named), operands, shape, own };
  const done = (how: Finish["how"]): boolean => finish?.how === how;
  const finished = { ...named, masked: done("masked"), added: done("added"), squashed: done("squashed") };
  return {
    op,
    attributes: attributes(binding, finished),
    operands: [...operands, finish?.by ?? nothing()],
    shape,
    own,
  };
}

/** What an operation on `product`, and `by`, could be instead; nothing where the first is no product of ours. */
export function fusions(how: Finish["how"], product: Operand, by: Operand | undefined, target: Target): Fusion[] {
  if (!product.own || !isProduct(product.own) || (by && !isAlike(product, by))) return [];
  const { op, attributes, operands } = spelled({ ...product.own, finish: { how, by } }, product, target);
  return [{ product: product.node, op, attributes, inputs: operands.map(({ node }) => node) }];
}

function isProduct({ op }: OwnOperation): boolean {
  return (PRODUCTS as readonly string[]).includes(op);
}

function isAlike(a: Operand, b: Operand): boolean {
  return a.dtype === b.dtype && String(a.shape) === String(b.shape);
}

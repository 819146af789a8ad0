import type { Fusion } from "./fused.ts";
import type { Call, Operand, OwnOperation, Target } from "./lowering.ts";
import { type Attribute, type Attributes, attributes, DT } from "./native.ts";

/** By which of the two is transposed: TensorFlow tells an operation's attributes to nobody who asks for its shapes. */
export const PRODUCTS = ["LatentMatMul", "LatentMatMulA", "LatentMatMulB", "LatentMatMulAB"] as const;

/** Ours for a product of two matrices. */
export function productOf(given: readonly Attribute[]): string {
  const flag = (name: string): boolean => given.find(one => one.name === name)?.value === true;
  return PRODUCTS[Number(flag("adj_x")) + 2 * Number(flag("adj_y"))] as string;
}

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
  return {
    op,
    attributes: attributes(binding, finished(named, finish?.how)),
    operands: [...operands, finish?.by ?? nothing()],
    shape,
    own,
  };
}

/** All attributes of a product of ours. */
export function finished(named: Attributes = { has_bias: false, rectified: false }, how?: Finish["how"]): Attributes {
  return { ...named, masked: how === "masked", added: how === "added", squashed: how === "squashed" };
}

/** What an operation on `product`, and `by`, could be instead; nothing where the first is no product of ours. */
export function fusions(how: Finish["how"], product: Operand, by: Operand | undefined, target: Target): Fusion[] {
  if (!product.own || !isProduct(product.own) || (by && !isAlike(product, by))) return [];
  const { op, attributes, operands } = spelled({ ...product.own, finish: { how, by } }, product, target);
  return [{ product: product.node, op, attributes, inputs: operands.map(({ node }) => node) }];
}

export function isProduct(own: OwnOperation | undefined): boolean {
  return own !== undefined && (PRODUCTS as readonly string[]).includes(own.op);
}

export function isAlike(a: Operand, b: Operand): boolean {
  return a.dtype === b.dtype && String(a.shape) === String(b.shape);
}

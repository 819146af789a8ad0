import type { Node } from "./graph.ts";
import type { Attribute } from "./native.ts";
import { eachWaitOnce, isWait, nodeName } from "./node-name.ts";
import type { Field } from "./protobuf.ts";

/** What an operation on the result of a product could be instead: the product itself, which does the operation too. */
export interface Fusion {
  /** The node of the product by itself. */
  readonly product: string;
  readonly op: string;
  readonly attributes: readonly Attribute[];
  readonly inputs: readonly string[];
}

/**
 * Makes operations a part of the products that they could be a part of. A product that anything else needs or waits for
 * stays as it is: it would be computed twice.
 *
 * @param nodes all that is written, so that all who need a product are known
 * @param roots the nodes that will be fetched
 */
export function fused(
  nodes: ReadonlyMap<string, Node>,
  roots: readonly string[],
  fields: (attributes: readonly Attribute[]) => Field[],
): Node[] {
  const uses = countUses(nodes, roots);
  const written = new Map(nodes);
  for (const node of nodes.values()) {
    const fusion = node.fusions?.find(({ product }) => uses.get(product) === 1);
    const product = fusion && nodes.get(fusion.product);
    if (!product) continue;
    const inputs = eachWaitOnce([...fusion.inputs, ...product.inputs.filter(isWait), ...node.inputs.filter(isWait)]);
    written.set(node.name, { ...node, op: fusion.op, attributes: fields(fusion.attributes), inputs });
    written.delete(product.name);
  }
  return [...written.values()];
}

/** How often each node is needed: its value, or that it ran. */
function countUses(nodes: ReadonlyMap<string, Node>, roots: readonly string[]): Map<string, number> {
  const uses = new Map<string, number>();
  for (const input of [...roots, ...[...nodes.values()].flatMap(({ inputs }) => inputs)]) {
    const name = nodeName(input);
    uses.set(name, (uses.get(name) ?? 0) + 1);
  }
  return uses;
}

import type { Node } from "./graph.ts";
import type { Attribute } from "./native.ts";
import { needs } from "./needs.ts";
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
 * Makes operations a part of the products that they could be a part of. A product whose value anything else needs, or for
 * which something waits, stays as it is: it would be computed twice. Its other results are those of the new one.
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
  const renamed = new Map<string, string>();
  for (const node of nodes.values()) {
    const fusion = node.fusions?.find(({ product }) => uses.get(product) === 1);
    const product = fusion && nodes.get(fusion.product);
    if (!product) continue;
    const inputs = eachWaitOnce([...fusion.inputs, ...product.inputs.filter(isWait), ...node.inputs.filter(isWait)]);
    const hasMore = [1, 2].some(i => uses.has(`${product.name}:${i}`));
    // The sum would wait for itself.
    if (hasMore && needs(inputs, product.name, written, input => nodeName(inputOf(input, renamed)))) continue;
    written.set(node.name, { ...node, op: fusion.op, attributes: fields(fusion.attributes), inputs });
    written.delete(product.name);
    renamed.set(product.name, node.name);
  }
  return [...written.values()].map(node => ({ ...node, inputs: node.inputs.map(input => inputOf(input, renamed)) }));
}

function inputOf(input: string, renamed: ReadonlyMap<string, string>): string {
  const [, name = "", result = ""] = /^(.*?)(:[1-9]\d*)$/.exec(input) ?? [];
  const other = renamed.get(name);
  return other === undefined ? input : other + result;
}

/** How often each result is needed (`name` the first, `name:1` the second, ...); who waits for a node needs the first. */
function countUses(nodes: ReadonlyMap<string, Node>, roots: readonly string[]): Map<string, number> {
  const uses = new Map<string, number>();
  for (const input of [...roots, ...[...nodes.values()].flatMap(({ inputs }) => inputs)]) {
    const name = input.replace(/^\^|:0$/g, "");
    uses.set(name, (uses.get(name) ?? 0) + 1);
  }
  return uses;
}

import type { Node } from "./graph.ts";
import { eachWaitOnce, isWait, nodeName } from "./node-name.ts";

/**
 * The gradients of a layer are a product of `aᵀ` and `b`, and the sums of the columns of `b`: both in one operation, which
 * reads `b` once. Where a product needs the sums themselves, the two stay apart.
 *
 * @param roots the nodes that will be fetched
 */
export function withSums(nodes: readonly Node[], roots: readonly string[]): Node[] {
  const named = new Map(nodes.map(node => [node.name, node]));
  const products = new Map(nodes.filter(({ op }) => op === "LatentMatMulA").map(node => [node.inputs[1], node]));
  const renamed = new Map<string, string>();
  for (const sums of nodes.filter(({ op }) => op === "LatentColumnSums")) {
    const [table = "", ...waits] = sums.inputs;
    const product = products.get(table);
    if (!product || waits.length > 0 || roots.includes(sums.name) || needs(product, sums, named, renamed)) continue;
    named.set(product.name, { ...product, op: "LatentMatMulASums" });
    named.delete(sums.name);
    products.delete(table);
    renamed.set(sums.name, product.name);
  }
  return [...named.values()].map(node => ({ ...node, inputs: inputsOf(node, renamed) }));
}

function inputsOf({ inputs }: Node, renamed: ReadonlyMap<string, string>): string[] {
  const all = inputs.map(input => {
    const name = renamed.get(nodeName(input));
    if (name === undefined) return input;
    return isWait(input) ? `^${name}` : `${name}:1`;
  });
  return eachWaitOnce(all);
}

/** Whether `node` needs `other` in any way, also by what has become a part of another one. */
function needs(
  node: Node,
  other: Node,
  nodes: ReadonlyMap<string, Node>,
  renamed: ReadonlyMap<string, string>,
): boolean {
  const seen = new Set<string>();
  const waiting = [node.name];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (name === other.name) return true;
    if (seen.has(name)) continue;
    seen.add(name);
    const inputs = nodes.get(name)?.inputs ?? [];
    waiting.push(...inputs.map(nodeName).map(each => renamed.get(each) ?? each));
  }
  return false;
}

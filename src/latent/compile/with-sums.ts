import type { Node } from "./graph.ts";
import { needs } from "./needs.ts";
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
    if (!product || waits.length > 0 || roots.includes(sums.name)) continue;
    if (needs(product.inputs, sums.name, named, input => nodeOf(input, renamed))) continue;
    named.set(product.name, { ...product, op: "LatentMatMulASums" });
    named.delete(sums.name);
    products.delete(table);
    renamed.set(sums.name, product.name);
  }
  return [...named.values()].map(node => ({ ...node, inputs: inputsOf(node, renamed) }));
}

function nodeOf(input: string, renamed: ReadonlyMap<string, string>): string {
  return renamed.get(nodeName(input)) ?? nodeName(input);
}

function inputsOf({ inputs }: Node, renamed: ReadonlyMap<string, string>): string[] {
  const all = inputs.map(input => {
    const name = renamed.get(nodeName(input));
    if (name === undefined) return input;
    return isWait(input) ? `^${name}` : `${name}:1`;
  });
  return eachWaitOnce(all);
}

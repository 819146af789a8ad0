import type { Node } from "./graph.ts";
import { nodeName } from "./node-name.ts";

/**
 * Reads of a variable whose value nobody takes: an optimizer's state is read because tfjs asks for it, and then changed in
 * place. For each, what has to run before it. Nodes that wait for such a read may wait for those instead: of the 163 nodes of
 * a dense autoencoder with Adam 40 are such reads.
 */
export function unreadValues(nodes: readonly Node[]): ReadonlyMap<string, readonly string[]> {
  const taken = new Set(nodes.flatMap(({ inputs }) => inputs.filter(input => !input.startsWith("^")).map(nodeName)));
  const unread = nodes.filter(({ op, name }) => op === "ReadVariableOp" && !taken.has(name));
  return new Map(unread.map(({ name, inputs }) => [name, inputs.filter(input => input.startsWith("^"))]));
}

/** The inputs of a node without the reads in `unread`. */
export function withoutUnread(node: Node, unread: ReadonlyMap<string, readonly string[]>): string[] {
  const values = node.inputs.filter(input => !input.startsWith("^"));
  const waits = node.inputs.slice(values.length).flatMap(wait => unread.get(nodeName(wait)) ?? [wait]);
  return [...values, ...new Set(waits)];
}

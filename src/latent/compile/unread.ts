import type { Node } from "./graph.ts";
import { eachWaitOnce, isWait, nodeName } from "./node-name.ts";

/**
 * Reads of a variable whose value nobody takes: an optimizer's state is read because tfjs asks for it, and then changed in
 * place. For each, what has to run before it. Nodes that wait for such a read may wait for those instead: of the 163 nodes of
 * a dense autoencoder with Adam 40 are such reads.
 */
export function unreadValues(nodes: readonly Node[]): ReadonlyMap<string, readonly string[]> {
  const taken = new Set(nodes.flatMap(({ inputs }) => inputs.filter(input => !isWait(input)).map(nodeName)));
  const unread = nodes.filter(({ op, name }) => op === "ReadVariableOp" && !taken.has(name));
  return new Map(unread.map(({ name, inputs }) => [name, inputs.filter(isWait)]));
}

/** The inputs of a node without the reads in `unread`. */
export function withoutUnread(node: Node, unread: ReadonlyMap<string, readonly string[]>): string[] {
  return eachWaitOnce(
    node.inputs.flatMap(input => (isWait(input) ? (unread.get(nodeName(input)) ?? [input]) : [input])),
  );
}

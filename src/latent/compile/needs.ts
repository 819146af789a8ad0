import type { Node } from "./graph.ts";

/**
 * Whether any of `inputs` needs the node `name` in any way.
 *
 * @param nodeOf the node that an input names, by what it is called now
 */
export function needs(
  inputs: readonly string[],
  name: string,
  nodes: ReadonlyMap<string, Node>,
  nodeOf: (input: string) => string,
): boolean {
  const seen = new Set<string>();
  const waiting = inputs.map(nodeOf);
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next === name) return true;
    if (seen.has(next)) continue;
    seen.add(next);
    waiting.push(...(nodes.get(next)?.inputs ?? []).map(nodeOf));
  }
  return false;
}

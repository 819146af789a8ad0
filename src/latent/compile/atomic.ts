import type { Graph, Node } from "./graph.ts";
import { isWait, nodeName } from "./node-name.ts";

/** Operations that fail by the values of their operands: a row that is not there, a division by zero. */
const FALLIBLE =
  /^(Gather|Scatter|TensorScatter|Sparse|Unsorted|Segment|OneHot|CropAndResize|Bincount|DenseBincount|InTopK|FloorDiv|FloorMod|Pow|Cholesky|Matrix|SelfAdjoint|Svd|Qr|CheckNumerics|Assert)/;

/**
 * Lets no variable change before everything has been computed that does not need the change: a call that fails has then
 * changed nothing.
 *
 * @param writes the nodes that change variables
 * @param outputs the nodes that are handed out
 * @returns whether an operation that may fail needs a changed variable, as in the second of several steps in one call: that
 *   this one succeeds cannot be awaited
 */
export function holdBack(graph: Graph, writes: readonly string[], outputs: readonly string[]): boolean {
  if (writes.length === 0) return false;
  const after = new Set(writes);
  const values = new Set(outputs.map(nodeName));
  let isRisky = false;
  for (const node of graph.nodes) {
    const changes = after.has(node.name);
    if (!changes && !node.inputs.some(input => after.has(nodeName(input)))) continue;
    after.add(node.name);
    isRisky ||= !changes && FALLIBLE.test(node.op);
    for (const input of node.inputs) if (!isWait(input)) values.add(nodeName(input));
  }
  const waits = graph.gate([...values].filter(name => !after.has(name))).map(name => `^${name}`);
  for (const name of writes) (graph.node(name) as Node).inputs.push(...waits);
  return isRisky;
}

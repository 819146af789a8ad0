import type { Graph } from "./graph.ts";
import { place, remember } from "./place.ts";

/**
 * A step cannot be compiled as it is written. The message says what stands in the way, where, and what to write instead.
 */
export class StepRefused extends Error {
  override readonly name = "StepRefused";
  /** The author's line, as `file:line:column`. */
  readonly place: string | undefined;

  /**
   * @param what was found, and `remedy`, what to write instead: both a sentence without the author's line
   * @param origin where it was found, if that is not here
   */
  constructor(what: string, remedy: string, origin: Error = remember()) {
    const at = place(origin);
    super(`${what}${at === undefined ? "" : ` (at ${at})`}. ${remedy}`);
    this.place = at;
  }
}

/** TensorFlow could not run a compiled step. The message names the operation and the author's line that asked for it. */
export class GraphFailure extends Error {
  override readonly name = "GraphFailure";
}

/** `{{node MatMul_12}}` of TensorFlow's messages. */
const NODE = /\{\{node ([^}]+)\}\}/;

/** TensorFlow's error in terms of the author's code. */
export function translate(error: unknown, graph: Graph): unknown {
  if (!(error instanceof Error)) return error;
  const [, name = ""] = NODE.exec(error.message) ?? [];
  const node = graph.node(name);
  const [first = ""] = error.message.replace(/^Session fail to run with error: /, "").split("\n");
  const said = first.replace(/\s*\[\[\{\{node.*$/, "").trim();
  if (!node) return new GraphFailure(`TensorFlow cannot run this step: ${said}`, { cause: error });
  const at = node.origin && place(node.origin);
  const where = at === undefined ? "" : ` at ${at}`;
  return new GraphFailure(`${node.op}${where} failed in the compiled step: ${said}`, { cause: error });
}

import { StepRefused } from "./errors.ts";
import type { Node } from "./graph.ts";
import type { Trace } from "./trace.ts";

/**
 * Compares two traces of one step on inputs of the same shapes. Where they differ, a number of JavaScript does: it was
 * written into the graph as it was, and a graph uses it for ever.
 *
 * @param when how the step came to differ, as the end of a sentence
 * @throws StepRefused with the line that uses the number
 */
export function expectSameGraph(before: Trace, now: Trace, when: string): void {
  const [old, fresh] = [nodesOf(before), nodesOf(now)];
  const length = Math.max(old.length, fresh.length);
  for (let i = 0; i < length; i++) {
    const [first, second] = [old[i], fresh[i]];
    if (first && second && isSame(first, second)) continue;
    throw new StepRefused(`${what(first, second)} ${when}`, REMEDY, first?.origin);
  }
}

function nodesOf({ recorder, operations }: Trace): Node[] {
  return recorder.graph.nodes.slice(0, operations);
}

const REMEDY =
  "A number of JavaScript is written into the graph as it was. Pass what changes as an argument of the step (in fit: " +
  "scalars: { beta: step => … }), keep it in a tf.variable, and draw random numbers from generator(seed).";

function what(first: Node | undefined, second: Node | undefined): string {
  if (first?.value !== undefined && second?.value !== undefined)
    return `The step uses a number of JavaScript that changed from ${first.value} to ${second.value}`;
  if (first?.op === "Const" && second?.op === "Const") return "The step uses numbers of JavaScript that changed";
  const names = [first, second].map(node => node?.op ?? "nothing");
  return `The step takes another way (${names.join(" became ")}), by a choice in JavaScript that changed`;
}

function isSame(a: Node, b: Node): boolean {
  return (
    a.op === b.op &&
    a.inputs.length === b.inputs.length &&
    a.inputs.every((input, i) => input === b.inputs[i]) &&
    a.attributes.length === b.attributes.length &&
    a.attributes.every((bytes, i) => Buffer.compare(bytes, b.attributes[i] as Uint8Array) === 0)
  );
}

import type { tf } from "../engine/tf.ts";
import type { Recorder } from "./recorder.ts";

/** A weight that an optimizer changes. */
export interface Update {
  /** The weight and its state. */
  readonly variables: readonly tf.Variable[];
  /** What else the operation needs: nodes, of which the gradient's is the last. */
  readonly operands: readonly string[];
}

/**
 * Changes all weights by one operation of `src/native`: TensorFlow's wakes its threads for each of them, even for a bias of
 * 784 numbers, which took a fifth of a dense autoencoder's step. An operation of ours cannot reach into a variable.
 * Variables let go of their values before, so that these are written over, unless somebody else holds them: what was
 * fetched earlier stays as it was.
 */
export function updateTogether(recorder: Recorder, op: string, updates: readonly Update[]): void {
  const [first] = updates;
  if (!first) return;
  const { graph } = recorder;
  const scalars = first.operands.slice(0, -1);
  const gradients = updates.map(({ operands }) => operands.at(-1) as string);
  // First all weights, then the first state of all …
  const variables = first.variables.flatMap((_, i) => updates.map(({ variables }) => variables[i] as tf.Variable));
  recorder.update(variables, (all, after) => {
    const empty = graph.op("LatentNothing", {}, []);
    const emptied = all.map(({ handle, dtype }) => graph.assign(handle, dtype, empty, after));
    const before = all.map(({ content }) => content);
    const waits = emptied.map(name => `^${name}`);
    const count = { N: { int: updates.length } };
    const values = graph.op(op, count, [...before, ...gradients, ...scalars, ...waits]);
    return [...emptied, ...all.map(({ handle, dtype }, i) => graph.assign(handle, dtype, `${values}:${i}`))];
  });
}

import type { tf } from "../engine/tf.ts";
import type { Recorder } from "./recorder.ts";

/** A weight that an optimizer changes. */
export interface Update {
  /** The weight and its state, all of one shape. */
  readonly variables: readonly tf.Variable[];
  readonly gradient: tf.Tensor;
}

/** Whether it makes no difference which is changed first. */
export function areApart(updates: readonly Update[]): boolean {
  const variables = updates.flatMap(({ variables }) => variables);
  const values = new Set(variables.map(({ dataId }) => dataId));
  return new Set(variables).size === variables.length && !updates.some(({ gradient }) => values.has(gradient.dataId));
}

/**
 * Changes all weights by one operation of `src/native`: TensorFlow's wakes its threads for each of them, even for a bias of
 * 784 numbers, which took a fifth of a dense autoencoder's step. An operation of ours cannot reach into a variable.
 * Variables let go of their values before, so that these are written over, unless somebody else holds them: what was
 * fetched earlier stays as it was. From then on nothing may fail, or the values would be lost: all shapes are known to fit.
 */
export function updateTogether(
  recorder: Recorder,
  op: string,
  updates: readonly Update[],
  scalars: readonly string[],
): void {
  const [first] = updates;
  if (!first) return;
  const { graph } = recorder;
  const gradients = updates.map(({ gradient }) => recorder.node(gradient));
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

import { tf } from "../engine/tf.ts";
import type { Trace } from "./trace.ts";

/**
 * Numbers, switches and lists of tfjs' objects that a graph holds as they were when it was traced. An optimizer whose state
 * was set from outside has other lists.
 */
export type Guard = readonly { readonly object: object; readonly key: string; readonly value: unknown }[];

/** What changes from step to step, or is fed. */
const PASSING = new Set(["iterations_"]);

/**
 * What `trace` took from its optimizers (momentum, beta1, the rate of one that is not fed) and from its variables (whether
 * they are trainable): where that changes, the step is traced anew.
 */
export function guard({ recorder }: Trace): Guard {
  const fed = new Set(recorder.rates.map(({ optimizer }) => optimizer));
  const optimizers = [...new Set(recorder.stepped)].flatMap(optimizer =>
    Object.entries(optimizer)
      .filter(([, value]) => (typeof value !== "object" || Array.isArray(value)) && typeof value !== "function")
      .filter(([key]) => !PASSING.has(key))
      .filter(([key]) => key !== "learningRate" || !fed.has(optimizer))
      .map(([key, value]) => ({ object: optimizer, key, value: value as unknown })),
  );
  const variables = [...recorder.held.values()]
    .filter(({ tensor }) => tensor instanceof tf.Variable)
    .map(({ tensor }) => ({ object: tensor, key: "trainable", value: (tensor as tf.Variable).trainable }));
  return [...optimizers, ...variables];
}

/** Whether all of it is as it was. */
export function holds(guard: Guard): boolean {
  return guard.every(({ object, key, value }) => (object as Record<string, unknown>)[key] === value);
}

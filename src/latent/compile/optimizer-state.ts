import { tf } from "../engine/tf.ts";

/** A state variable of an optimizer as tfjs keeps it, one for each weight, under the weight's name and a word. */
export interface StateVariable {
  originalName: string;
  variable: tf.Variable;
}

/** A variable in which an optimizer keeps something between steps. */
export interface Kept {
  /** The field of tfjs' optimizer: `accBeta1`, `accumulatedFirstMoment`. */
  readonly field: string;
  /** The name of the weight that it belongs to; undefined for what belongs to all. */
  readonly weight: string | undefined;
  readonly variable: tf.Variable;
}

/** Everything that an optimizer keeps, whichever of tfjs' it is. */
export function stateOf(optimizer: tf.Optimizer): Kept[] {
  return Object.entries(optimizer).flatMap(([field, value]): Kept[] => {
    if (value instanceof tf.Variable) return [{ field, weight: undefined, variable: value as tf.Variable }];
    if (!Array.isArray(value)) return [];
    return value.filter(isStateVariable).map(({ originalName, variable }) => {
      return { field, weight: originalName.replace(/\/[^/]*$/, ""), variable };
    });
  });
}

/** The names of the weights that an optimizer keeps something for, in its own order: it knows them by their places. */
export function weightsOf(optimizer: tf.Optimizer): string[] {
  const kept = stateOf(optimizer);
  const list = kept.find(({ weight }) => weight !== undefined)?.field;
  return kept.filter(({ field }) => field === list).map(({ weight }) => weight as string);
}

function isStateVariable(value: unknown): value is StateVariable {
  const { originalName, variable } = (value ?? {}) as Partial<StateVariable>;
  return typeof originalName === "string" && variable instanceof tf.Variable && !variable.isDisposed;
}

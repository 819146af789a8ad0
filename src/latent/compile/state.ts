import { tf } from "../engine/tf.ts";
import { setIterations } from "./ledger.ts";
import { lastingNames } from "./names.ts";
import type { Values } from "./native.ts";
import { stateOf } from "./optimizer-state.ts";
import { CheckpointError, type Precision, readSafetensors, type Stored, writeSafetensors } from "./safetensors.ts";
import { learningRate, setLearningRate } from "./training.ts";

/** What makes a training go on as if it had not stopped: variables, and how many steps each optimizer has taken. */
export interface State {
  readonly variables: readonly tf.Variable[];
  readonly optimizers: readonly tf.Optimizer[];
}

/** What a file holds besides the state. */
export interface Besides {
  readonly metadata: Record<string, string>;
  /** The best values of variables so far, if they are kept. */
  readonly best: ReadonlyMap<tf.Variable, tf.Tensor>;
}

export interface SaveOptions extends Partial<Besides> {
  /**
   * @defaultValue `float32`
   */
  precision?: Precision;
}

/** In the file, the best values lie under the variable's key behind this word. */
const BEST = "best/";

/**
 * Writes the state, and what else is to be known, to a safetensors file, which is there whole or not at all.
 *
 * @throws CheckpointError when there is nothing to write: the step has not run
 */
export function saveState(path: string, state: State, options: SaveOptions = {}): void {
  const { metadata = {}, best, precision = "float32" } = options;
  const variables = keyed(state);
  if (variables.size === 0)
    throw new CheckpointError(`There is nothing to write to ${path} yet: call the step, or its prepare, before save.`);
  const tensors = new Map([...variables].map(([key, variable]) => [key, stored(variable)]));
  for (const [key, variable] of variables) {
    const value = best?.get(variable);
    if (value) tensors.set(`${BEST}${key}`, stored(value));
  }
  const { optimizers } = state;
  const iterations = JSON.stringify(optimizers.map(optimizer => optimizer.iterations));
  const rates = JSON.stringify(optimizers.map(learningRate));
  writeSafetensors(path, { tensors, metadata: { ...metadata, format: "pt", iterations, rates } }, precision);
}

/**
 * Puts back what {@link saveState} wrote: variables, how many steps the optimizers have taken, and their learning rates.
 * Variables are matched by their names, see {@link lastingNames}.
 *
 * @returns what was saved besides; the best values are the caller's to dispose
 * @throws CheckpointError when the file's tensors are not those of the state, by name, shape and type; nothing has changed
 *   then
 */
export function restoreState(path: string, state: State): Besides {
  const { tensors, metadata } = readSafetensors(path);
  const variables = keyed(state);
  if (variables.size === 0)
    throw new CheckpointError(`${path} cannot be put back yet: call the step, or its prepare, before restore.`);
  expectSame(path, tensors, variables);
  tf.tidy(() => {
    for (const [key, variable] of variables) variable.assign(tensorOf(tensors.get(key) as Stored));
  });
  state.optimizers.forEach((optimizer, i) => {
    const { iterations, rates } = counts(metadata);
    setIterations(optimizer, iterations[i] ?? 0);
    if (rates[i] !== undefined) setLearningRate(optimizer, rates[i]);
  });
  const best = [...variables].flatMap(([key, variable]) => {
    const value = tensors.get(`${BEST}${key}`);
    return value ? [[variable, tensorOf(value)] as const] : [];
  });
  return { metadata, best: new Map(best) };
}

function counts({ iterations = "[]", rates = "[]" }: Record<string, string>): {
  iterations: number[];
  rates: number[];
} {
  return { iterations: JSON.parse(iterations), rates: JSON.parse(rates) };
}

function expectSame(
  path: string,
  tensors: ReadonlyMap<string, Stored>,
  variables: ReadonlyMap<string, tf.Variable>,
): void {
  for (const [key, { name, shape, dtype }] of variables) {
    const found = tensors.get(key);
    if (!found)
      throw new CheckpointError(`${path} has no ${key}, which the step has: the variable ${name} [${shape}].`);
    if (String(found.shape) === String(shape) && found.dtype === dtype) continue;
    throw new CheckpointError(
      `${path} has ${key} as ${found.dtype} [${found.shape}] where the step has ${name} as ${dtype} [${shape}].`,
    );
  }
  const more = [...tensors.keys()].find(key => !key.startsWith(BEST) && !variables.has(key));
  if (more !== undefined) throw new CheckpointError(`${path} holds ${more}, which is no variable of this step.`);
}

/** Variables by their keys in the file; what an optimizer keeps is under its field and the name of the weight. */
function keyed({ variables, optimizers }: State): Map<string, tf.Variable> {
  const present = new Set(variables);
  const names = new Set(variables.map(({ name }) => name));
  const kept = optimizers.flatMap((optimizer, i) =>
    stateOf(optimizer)
      .filter(({ weight }) => weight === undefined || names.has(weight))
      .map(one => ({ ...one, prefix: `optimizer${i}/${one.field}` })),
  );
  for (const { variable } of kept) present.delete(variable);
  const lasting = lastingNames([...present].map(({ name }) => name));
  const own = [...present].map(variable => [lasting.get(variable.name) as string, variable] as const);
  const theirs = kept.map(({ prefix, weight, variable }) => {
    const key = weight === undefined ? prefix : `${prefix}/${lasting.get(weight)}`;
    return [key, variable] as const;
  });
  return new Map([...own, ...theirs]);
}

function stored(tensor: tf.Tensor): Stored {
  return { dtype: tensor.dtype, shape: tensor.shape, values: tensor.dataSync() as Values };
}

function tensorOf({ values, shape, dtype }: Stored): tf.Tensor {
  return tf.tensor(values, shape, dtype);
}

import type { tf } from "../engine/tf.ts";
import { expectKeys } from "../options/keys.ts";
import { CheckpointError, type Precision } from "./safetensors.ts";
import { restoreState, saveState } from "./state.ts";

/** What has weights: a list of variables, a model of `models`, or a layers model of tfjs. */
export type Weighted = readonly tf.Variable[] | { readonly variables: readonly tf.Variable[] } | tf.LayersModel;

export interface SaveWeightsOptions {
  /**
   * How weights are stored. `float16` takes half of the bytes and rounds each weight to 11 binary digits; a weight above
   * 65,504 is refused. What has no fractions stays as it is.
   *
   * @defaultValue `float32`
   */
  precision?: "float32" | "float16";
}

/**
 * Writes weights to a safetensors file, which Python reads too. It is there whole or not at all.
 *
 * @throws CheckpointError when there are no weights, or one is too large for float16
 */
export function saveWeights(path: string, from: Weighted, options: SaveWeightsOptions = {}): void {
  expectKeys(options, "saveWeights", { precision: true }, { dtype: "precision", float16: "precision" });
  const { precision = "float32" } = options;
  if (!precisions.includes(precision))
    throw new TypeError(`precision of saveWeights is "float32" or "float16", not ${JSON.stringify(precision)}.`);
  saveState(path, stateOf(path, from), { precision });
}

const precisions: readonly Precision[] = ["float32", "float16"];

/**
 * Reads what {@link saveWeights} wrote, in either precision, into weights that are there. They are found by their names;
 * those without one in the order in which they were made.
 *
 * @throws CheckpointError when the file is damaged, or its weights are not these by name, shape and type; nothing has
 *   changed then
 */
export function loadWeights(path: string, into: Weighted): void {
  restoreState(path, stateOf(path, into));
}

function stateOf(path: string, weighted: Weighted): { variables: readonly tf.Variable[]; optimizers: [] } {
  const variables = variablesOf(weighted);
  if (!variables?.length)
    throw new CheckpointError(
      `${path} is for weights: a list of at least one tf.variable, a model with variables, or a layers model that is built.`,
    );
  return { variables, optimizers: [] };
}

function variablesOf(weighted: Weighted): readonly tf.Variable[] | undefined {
  if (Array.isArray(weighted)) return weighted;
  const { variables, weights } = weighted as { variables?: tf.Variable[]; weights?: { val: tf.Variable }[] };
  return variables ?? weights?.map(({ val }) => val);
}

import { tf } from "../engine/tf.ts";
import type { Values } from "./native.ts";
import { CheckpointError, readSafetensors, type Stored, writeSafetensors } from "./safetensors.ts";

/** What makes a training go on as if it had not stopped: variables, and how many steps each optimizer has taken. */
export interface State {
  readonly variables: readonly tf.Variable[];
  readonly optimizers: readonly tf.Optimizer[];
}

/** Writes the state, and what else is to be known, to a safetensors file, which is there whole or not at all. */
export function saveState(path: string, { variables, optimizers }: State, metadata: Record<string, string> = {}): void {
  const tensors = variables.map((variable, i): [string, Stored] => [
    key(variable, i),
    { dtype: variable.dtype, shape: variable.shape, values: variable.dataSync() as Values },
  ]);
  const iterations = JSON.stringify(optimizers.map(optimizer => optimizer.iterations));
  writeSafetensors(path, { tensors: new Map(tensors), metadata: { ...metadata, format: "pt", iterations } });
}

/**
 * Puts back what {@link saveState} wrote. Variables are matched by their order: tfjs numbers names anew in each process.
 *
 * @returns the metadata that was saved
 * @throws CheckpointError when the file's tensors are not as many, or not of the shapes, of the variables; nothing has
 *   changed then
 */
export function restoreState(path: string, { variables, optimizers }: State): Record<string, string> {
  const { tensors, metadata } = readSafetensors(path);
  const stored = [...tensors];
  if (stored.length !== variables.length)
    throw new CheckpointError(`${path} holds ${stored.length} tensors, the step has ${variables.length} variables.`);
  const pairs = variables.map((variable, i) => [variable, ...(stored[i] as [string, Stored])] as const);
  for (const [variable, name, { shape, dtype }] of pairs) {
    if (String(shape) === String(variable.shape) && dtype === variable.dtype) continue;
    throw new CheckpointError(
      `${path} has ${name} as ${dtype} [${shape}] where the step has ${variable.name} as ${variable.dtype} [${variable.shape}].`,
    );
  }
  tf.tidy(() => {
    for (const [variable, , { values, shape, dtype }] of pairs) variable.assign(tf.tensor(values, shape, dtype));
  });
  const iterations = JSON.parse(metadata.iterations ?? "[]") as number[];
  optimizers.forEach((optimizer, i) => {
    (optimizer as unknown as { iterations_: number }).iterations_ = iterations[i] ?? 0;
  });
  return metadata;
}

function key(variable: tf.Variable, i: number): string {
  return `${String(i).padStart(4, "0")} ${variable.name}`;
}

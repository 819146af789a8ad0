import type { Schedule } from "../compile/compiled.ts";
import type { Clip } from "../compile/training.ts";
import type { tf } from "../engine/tf.ts";
import type { Epoch, History } from "./history.ts";
import { type Loss, objective } from "./objective.ts";
import { Run } from "./run.ts";
import type { EarlyStopping } from "./stopping.ts";

export interface Checkpointing {
  /** A safetensors file; it is replaced whole after each epoch. */
  path: string;
  /** Goes on behind the last epoch in the file, if there is one. */
  resume?: boolean;
}

export interface FitOptions {
  /** Passes over the data. */
  epochs: number;
  /** Rows in a batch, 128 unless given; the last batch of an epoch has what is left. */
  batch?: number;
  /** Any of tfjs' optimizers; a layers model brings its own. */
  optimizer?: tf.Optimizer;
  /** Fixes the order of the rows, anew in each epoch; 0 unless given. */
  seed?: number;
  /** Tensors like the data, on which the loss is measured after each epoch. */
  validation?: tf.Tensor | readonly tf.Tensor[];
  earlyStopping?: EarlyStopping;
  checkpoint?: Checkpointing;
  clip?: Clip;
  /** The learning rate of step 0, 1, 2, …; the optimizer's own, unless given. */
  learningRate?: Schedule;
  /** The variables to change; all trainable ones that the loss depends on, unless given. */
  variables?: tf.Variable[];
  /** Called after each epoch, with its number from 1. */
  onEpoch?: (epoch: Epoch, number: number) => void | Promise<void>;
  /** Where the lesson keeps weights of a finished training, for an engine that cannot train this model. */
  weights?: string;
}

/**
 * Trains: lowers a loss, or a layers model's loss, over shuffled batches of the data, and shows how it goes below the cell.
 * Where the step can be compiled, each is one call of TensorFlow; otherwise it runs eagerly, and `reason` says why.
 *
 * @param what a loss of one batch, `(x, y, …) => scalar`, or a layers model after `model.compile`
 * @param data the tensors that batches are taken of, rows first, as many rows in each; for a model its inputs, then its
 *   targets, or inputs alone if it is to reproduce them
 * @throws the reason of the interrupt when the cell is stopped, between two steps: variables have the values of the last
 * @throws EngineCannotTrain when the engine lacks an operation of the gradient
 */
export async function fit(
  what: Loss | tf.LayersModel,
  data: tf.Tensor | readonly tf.Tensor[],
  options: FitOptions,
): Promise<History> {
  const validation = options.validation && listed(options.validation);
  const run = new Run(objective(what), listed(data), validation, options);
  try {
    return await run.train();
  } finally {
    run.dispose();
  }
}

function listed(tensors: tf.Tensor | readonly tf.Tensor[]): readonly tf.Tensor[] {
  return Array.isArray(tensors) ? (tensors as readonly tf.Tensor[]) : [tensors as tf.Tensor];
}

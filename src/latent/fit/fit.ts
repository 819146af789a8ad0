import type { tf } from "../engine/tf.ts";
import type { History } from "./history.ts";
import { type AnyLoss, type Data, type Loss, objective } from "./objective.ts";
import { expectOptions, type FitOptions } from "./options.ts";
import { Run } from "./run.ts";

/**
 * Trains: lowers a loss, or a layers model's loss, over shuffled batches of the data, and shows how it goes below the cell.
 * Where the step can be compiled, each is one call of TensorFlow; otherwise it runs eagerly, and `reason` says why. Both
 * offer the same and give the same result within rounding.
 *
 * A compiled step holds numbers of JavaScript as they are at the first step. What changes while it trains comes in as one of
 * `scalars`; a number that the loss uses and that has changed is refused, at the latest at the end. What cannot be seen is a
 * number that changes and changes back between two looks, which are taken before the second epoch, at the end, and between
 * other epochs as long as they take a twentieth of the time.
 *
 * Random numbers of tfjs in the loss or in layers (dropout, noise) follow from `seed`: other ones at each step, the same
 * ones in the same training.
 *
 * @param what a loss of one batch, `(x, y, …) => scalar`, or a layers model after `model.compile`
 * @param data the tensors that batches are taken of, rows first, as many rows in each; for a model its inputs, then its
 *   targets, or inputs alone if it is to reproduce them
 * @throws the reason of the interrupt when the cell is stopped, between two steps: variables have the values of the last
 * @throws EngineCannotTrain when the engine lacks an operation of the gradient
 * @throws LossIsNaN when the loss is not a number any more
 * @throws StepRefused when the loss uses a number of JavaScript that has changed since the first step; with its line
 * @throws CheckpointError when the file to go on from is damaged, or of another training; nothing has changed then
 */
export async function fit<D extends Data, N extends string = never>(
  what: Loss<D, N> | tf.LayersModel,
  data: D,
  options: FitOptions<N>,
): Promise<History> {
  const goal = objective(what as AnyLoss | tf.LayersModel);
  expectOptions(options);
  const validation = options.validationData === undefined ? undefined : listed(options.validationData);
  const run = new Run(goal, listed(data), validation, options);
  try {
    return await run.train();
  } finally {
    run.dispose();
  }
}

function listed(tensors: Data): readonly tf.Tensor[] {
  return Array.isArray(tensors) ? (tensors as readonly tf.Tensor[]) : [tensors as tf.Tensor];
}

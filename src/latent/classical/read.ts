import type { Tensor } from "@tensorflow/tfjs-node";
import { tf } from "../engine/tf.ts";

type Values = Float32Array | Int32Array | Uint8Array;

/**
 * The values of the tensors that `compute` makes, which are then disposed with all that it made on the way. (A typed array
 * returned from `tf.tidy` is searched for tensors entry by entry, which takes longer than computing it.)
 */
export function read(compute: () => Tensor[]): Values[] {
  const tensors = tf.tidy(compute);
  const values = tensors.map(tensor => tensor.dataSync() as Values);
  tf.dispose(tensors);
  return values;
}

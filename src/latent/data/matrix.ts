import type { Tensor2D } from "@tensorflow/tfjs-node";
import { engineReady } from "../engine/ready.ts";
import { tf } from "../engine/tf.ts";

/** `values` as a matrix of `rows` rows on the engine, once the engine is ready. */
export async function matrix(values: Float32Array, rows: number): Promise<Tensor2D> {
  await engineReady();
  return tf.tensor2d(values, [rows, values.length / rows]);
}

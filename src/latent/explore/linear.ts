import type { Tensor, Tensor2D } from "@tensorflow/tfjs-node";
import { tf } from "../engine/tf.ts";
import type { Explorable } from "./explorer.ts";

/** Two linear maps and the mean of the data that they were made for. */
export interface LinearMaps {
  /** `[d, k]`: a row x of the data gets the code (x − mean) · encoder. */
  encoder: Tensor2D;
  /** `[k, d]`: a code z is decoded to z · decoder + mean. @defaultValue the encoder transposed, as in PCA */
  decoder?: Tensor2D;
  /** `[d]`. */
  mean: Tensor;
}

/** A linear autoencoder of centred data as an explorer takes it. */
export function linear({ encoder, decoder = encoder.transpose(), mean }: LinearMaps): Explorable {
  const toCode = tf.tidy(() => tf.neg(tf.matMul(mean.expandDims(0) as Tensor2D, encoder)).as1D());
  const layer = (weights: Tensor2D, bias: Tensor) => ({
    dense: [{ weights, bias, activation: "linear" as const }],
  });
  return { parts: { encoder: layer(encoder, toCode), decoder: layer(decoder, mean), output: "squared" } };
}

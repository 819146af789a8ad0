import type { Scalar, Tensor, Tensor2D, Variable } from "@tensorflow/tfjs-node";
import { tf } from "../engine/tf.ts";
import { denseStack } from "./dense.ts";
import { initial } from "./initial.ts";
import type { Activation, Layer } from "./layer.ts";
import { average, bernoulliCrossEntropy, squaredError } from "./losses.ts";

/** An autoencoder (LeCun 1987): code z = encode(x), reconstruction x̂ = decode(z). Plain functions of tensors. */
export interface Autoencoder<X extends Tensor = Tensor2D, Z extends Tensor = Tensor2D> {
  encode(x: X): Z;
  /** Examples in the units of the data. */
  decode(z: Z): X;
  /** Mean reconstruction error of an example. `target` defaults to `x`; a denoising autoencoder gives the clean one. */
  loss(x: X, target?: X): Scalar;
  /** Encoder and decoder as layers, where the model has them. */
  parts?: { encoder: Layer<X, Z>; decoder: Layer<Z, X>; output: Output };
  variables: Variable[];
  /** Frees the variables; the model cannot be used any more. */
  dispose(): void;
}

/**
 * How an output is read and judged. `squared`: as it is, squared error summed over the entries. `bernoulli`: as logits of
 * pixels in [0, 1], cross-entropy in nats summed over the entries.
 */
export type Output = "squared" | "bernoulli";

export interface Parts<X extends Tensor, Z extends Tensor> {
  encoder: Layer<X, Z>;
  decoder: Layer<Z, X>;
  output: Output;
  /** Added to the loss: a penalty on the codes or on the variables. */
  regularizer?: (codes: Z, variables: Variable[]) => Scalar;
}

/** An autoencoder of any encoder and decoder. */
export function autoencoder<X extends Tensor, Z extends Tensor>(parts: Parts<X, Z>): Autoencoder<X, Z> {
  const { encoder, decoder, output, regularizer } = parts;
  const variables = [...encoder.variables, ...decoder.variables];
  const error = output === "squared" ? squaredError : bernoulliCrossEntropy;
  return {
    encode: x => tf.tidy(() => encoder.apply(x)),
    decode: z => tf.tidy(() => (output === "squared" ? decoder.apply(z) : tf.sigmoid(decoder.apply(z)))),
    loss: (x, target = x) =>
      tf.tidy(() => {
        const codes = encoder.apply(x);
        const reconstruction = average(error(target, decoder.apply(codes)));
        return regularizer ? tf.add(reconstruction, regularizer(codes, variables)) : reconstruction;
      }),
    parts: { encoder, decoder, output },
    variables,
    dispose: () => tf.dispose(variables),
  };
}

export interface DenseOptions {
  /**
   * Activation of the code.
   *
   * @defaultValue `linear`
   */
  codeActivation?: Activation;
  /**
   * @defaultValue `bernoulli`
   */
  output?: Output;
  regularizer?: Parts<Tensor2D, Tensor2D>["regularizer"];
  /** Fixes the first weights. */
  seed: number;
}

/** The vanilla autoencoder: `[b, inputs]` → code `[b, code]` → `[b, inputs]`, one layer each way. */
export function denseAutoencoder({
  inputs,
  code,
  ...rest
}: DenseOptions & { inputs: number; code: number }): Autoencoder {
  return deepAutoencoder({ sizes: [inputs, code], ...rest });
}

export interface DeepOptions extends DenseOptions {
  /** Sizes from the input to the code: [784, 256, 64, 30]. The decoder mirrors them. */
  sizes: readonly number[];
  /**
   * Activation of the hidden layers.
   *
   * @defaultValue `relu`
   */
  activation?: Activation;
}

/** A deep autoencoder after Hinton & Salakhutdinov 2006, doi:10.1126/science.1127647, without its pretraining. */
export function deepAutoencoder(options: DeepOptions): Autoencoder {
  const { sizes, activation = "relu", codeActivation = "linear", output = "bernoulli", regularizer, seed } = options;
  const make = initial(seed);
  const encoder = denseStack(make, sizes, activation, codeActivation);
  const decoder = denseStack(make, sizes.toReversed(), activation);
  return autoencoder({ encoder, decoder, output, ...(regularizer && { regularizer }) });
}

import type { Scalar, Tensor1D, Tensor2D, Variable } from "@tensorflow/tfjs-node";
import { tf } from "../engine/tf.ts";
import type { Random } from "../random/random.ts";
import { denseStack } from "./dense.ts";
import type { Initial } from "./initial.ts";
import { type Activation, chain, type Layer } from "./layer.ts";
import { average, bernoulliCrossEntropy, squaredError } from "./losses.ts";

/** The two terms of the evidence bound of each example, `[b]`, in nats: log p(x) ≥ reconstruction − divergence. */
export interface Bound {
  /** E_q log p(x | z), by one draw. */
  reconstruction: Tensor1D;
  /** KL( q(z | x) ‖ p(z) ), in closed form. */
  divergence: Tensor1D;
}

/** A variational autoencoder. `Q` holds the parameters of q(z | x), each `[b, …]`. */
export interface VariationalAutoencoder<Q> {
  encode(x: Tensor2D): Q;
  /** One draw of each q(z | x), `[b, latent]`, through which gradients pass. */
  sample(q: Q, random: Random): Tensor2D;
  /** The mean of p(x | z), `[b, inputs]`. */
  decode(z: Tensor2D): Tensor2D;
  bound(x: Tensor2D, random: Random): Bound;
  /** Mean of −reconstruction + γ divergence, in nats per example. γ defaults to 1: minus the evidence bound. */
  loss(x: Tensor2D, random: Random, gamma?: number | Scalar): Scalar;
  /**
   * log p(x, z) − log q(z | x) of one draw for each example, `[b]`: see {@link importanceBound}. Many draws for the same
   * examples need `q` = `encode(x)` only once.
   */
  logWeight(x: Tensor2D, random: Random, q?: Q): Tensor1D;
  /** The layers to the mean of q, and those from a code, where the model has them. */
  parts?: { encoder: Layer<Tensor2D, Tensor2D>; decoder: Layer<Tensor2D, Tensor2D>; output: "squared" | "bernoulli" };
  variables: Variable[];
}

/** What differs between variational autoencoders: the family of q and the prior. */
export interface Family<Q> {
  /** q's parameters from the encoder's hidden layer. */
  posterior(hidden: Tensor2D): Q;
  sample(q: Q, random: Random): Tensor2D;
  divergence(q: Q): Tensor1D;
  /** log p(z) − log q(z | x), `[b]`. */
  logPriorRatio(q: Q, z: Tensor2D): Tensor1D;
  /** The layer from the encoder's hidden layer to the mean of q, on the sphere to its direction. */
  toMean?: Layer<Tensor2D, Tensor2D>;
  variables: Variable[];
}

/** The distribution p(x | z): independent pixels in [0, 1] from logits, or Gaussians of a fixed variance. */
export type Likelihood = "bernoulli" | { variance: number };

export interface VariationalOptions {
  inputs: number;
  /**
   * Sizes of the encoder's hidden layers; the decoder mirrors them. An empty list makes a linear model.
   *
   * @defaultValue [256, 128]
   */
  hidden?: readonly number[];
  /**
   * @defaultValue `relu`
   */
  activation?: Activation;
  /**
   * @defaultValue `bernoulli`
   */
  likelihood?: Likelihood;
  /** Fixes the first weights. */
  seed: number;
}

/** Encoder and decoder of `options` around a code of `size` numbers. The encoder ends at its last hidden layer. */
export function encoderAndDecoder(
  make: Initial,
  size: number,
  { inputs, hidden = [256, 128], activation = "relu" }: VariationalOptions,
): { encoder: Layer<Tensor2D, Tensor2D>; width: number; decoder: Layer<Tensor2D, Tensor2D> } {
  const identity: Layer<Tensor2D, Tensor2D> = { apply: x => x, variables: [], dense: [] };
  const encoder = hidden.length === 0 ? identity : denseStack(make, [inputs, ...hidden], activation, activation);
  const decoder = denseStack(make, [size, ...hidden.toReversed(), inputs], activation);
  return { encoder, width: hidden.at(-1) ?? inputs, decoder };
}

/** A variational autoencoder of its parts (Kingma & Welling 2014, arXiv:1312.6114). */
export function variational<Q>(
  encoder: Layer<Tensor2D, Tensor2D>,
  family: Family<Q>,
  decoder: Layer<Tensor2D, Tensor2D>,
  likelihood: Likelihood,
): VariationalAutoencoder<Q> {
  const encode = (x: Tensor2D): Q => tidied(() => family.posterior(encoder.apply(x)));
  const sample = (q: Q, random: Random): Tensor2D => tf.tidy(() => family.sample(q, random));
  const bound = (x: Tensor2D, random: Random): Bound =>
    tidied(() => {
      const q = encode(x);
      const z = sample(q, random);
      return { reconstruction: logLikelihood(decoder.apply(z), x, likelihood), divergence: family.divergence(q) };
    });
  return {
    encode,
    sample,
    decode: z => tf.tidy(() => (likelihood === "bernoulli" ? tf.sigmoid(decoder.apply(z)) : decoder.apply(z))),
    bound,
    loss: (x, random, gamma = 1) =>
      tf.tidy(() => {
        const { reconstruction, divergence } = bound(x, random);
        return average(tf.sub(tf.mul(gamma, divergence), reconstruction));
      }),
    logWeight: (x, random, given) =>
      tf.tidy(() => {
        const q = given ?? encode(x);
        const z = sample(q, random);
        return tf.add(logLikelihood(decoder.apply(z), x, likelihood), family.logPriorRatio(q, z));
      }),
    ...(family.toMean && {
      parts: {
        encoder: chain(encoder, family.toMean),
        decoder,
        output: likelihood === "bernoulli" ? "bernoulli" : "squared",
      } as const,
    }),
    variables: [...encoder.variables, ...family.variables, ...decoder.variables],
  };
}

/** `tf.tidy` for an object of tensors. */
function tidied<R>(body: () => R): R {
  return tf.tidy(body as () => tf.Tensor) as R;
}

function logLikelihood(output: Tensor2D, x: Tensor2D, likelihood: Likelihood): Tensor1D {
  if (likelihood === "bernoulli") return tf.neg(bernoulliCrossEntropy(x, output));
  const { variance } = likelihood;
  const constant = (x.shape[1] / 2) * Math.log(2 * Math.PI * variance);
  return tf.sub(tf.div(squaredError(x, output), -2 * variance), constant);
}

/**
 * The importance-weighted bound L_k ≤ log p(x) of each example, `[b]`, in nats: log of the mean of k weights p(x, z)/q(z|x).
 * L₁ is the evidence bound; L_k rises with k towards log p(x). Burda, Grosse & Salakhutdinov 2016, arXiv:1509.00519.
 */
export function importanceBound<Q>(
  model: VariationalAutoencoder<Q>,
  x: Tensor2D,
  samples: number,
  random: Random,
): Tensor1D {
  return tf.tidy(() => {
    const q = model.encode(x);
    const weights = Array.from({ length: samples }, () => model.logWeight(x, random, q));
    return tf.sub(tf.logSumExp(tf.stack(weights), 0), Math.log(samples));
  });
}

import type { Tensor1D, Tensor2D } from "@tensorflow/tfjs-node";
import { tf } from "../engine/tf.ts";
import type { Random } from "../random/random.ts";
import { dense } from "./dense.ts";
import { initial } from "./initial.ts";
import { perExample } from "./losses.ts";
import {
  encoderAndDecoder,
  type Family,
  type VariationalAutoencoder,
  type VariationalOptions,
  variational,
} from "./variational.ts";

/** q(z | x) = N(mean, deviation²), independent coordinates; both `[b, latent]`. */
export interface Gaussian {
  mean: Tensor2D;
  deviation: Tensor2D;
}

/** A draw of each Gaussian by z = µ + σ ε, ε ~ N(0, 1): the reparameterisation. */
export function sampleGaussian({ mean, deviation }: Gaussian, random: Random): Tensor2D {
  return tf.tidy(() => tf.add(mean, tf.mul(deviation, random.normal(mean.shape))));
}

/** KL( N(µ, σ²) ‖ N(0, 1) ) = ½ Σ (µ² + σ² − 1 − log σ²) of each row, `[b]`, in nats. */
export function gaussianDivergence({ mean, deviation }: Gaussian): Tensor1D {
  return tf.tidy(() => {
    const variance = tf.square(deviation);
    return tf.mul(0.5, perExample(tf.sub(tf.add(tf.square(mean), variance), tf.add(1, tf.log(variance)))));
  });
}

/**
 * The variational autoencoder with a Gaussian code (N-VAE), prior N(0, 1): Kingma & Welling 2014, arXiv:1312.6114.
 * `[b, inputs]` → µ, σ = softplus(…) `[b, latent]` → z → `[b, inputs]`.
 */
export function vae({ latent, ...options }: VariationalOptions & { latent: number }): VariationalAutoencoder<Gaussian> {
  const make = initial(options.seed);
  const { encoder, width, decoder } = encoderAndDecoder(make, latent, options);
  const toMean = dense(make, width, latent);
  const toDeviation = dense(make, width, latent);
  const family: Family<Gaussian> = {
    posterior: hidden => ({
      mean: toMean.apply(hidden),
      deviation: tf.add(tf.softplus(toDeviation.apply(hidden)), 1e-6), // log σ² stays finite
    }),
    sample: sampleGaussian,
    divergence: gaussianDivergence,
    logPriorRatio: ({ mean, deviation }, z) => {
      const standard = tf.div(tf.sub(z, mean), deviation);
      const half = tf.mul(0.5, tf.sub(tf.square(standard), tf.square(z)));
      return perExample(tf.add(half, tf.log(deviation)));
    },
    toMean,
    variables: [...toMean.variables, ...toDeviation.variables],
  };
  return variational(encoder, family, decoder, options.likelihood ?? "bernoulli");
}

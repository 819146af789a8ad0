import type { Tensor2D } from "@tensorflow/tfjs-node";
import { sampleVmf, toUnitLength } from "../classical/vmf/sample.ts";
import { besselRatioTensor, klToUniformTensor } from "../classical/vmf/tensors.ts";
import { tf } from "../engine/tf.ts";
import { dense } from "./dense.ts";
import { initial } from "./initial.ts";
import {
  encoderAndDecoder,
  type Family,
  type VariationalAutoencoder,
  type VariationalOptions,
  variational,
} from "./variational.ts";

/** q(z | x) = vMF(mean, kappa): `mean` `[b, latent + 1]` of length 1, `kappa` `[b, 1]`. */
export interface VonMisesFisher {
  mean: Tensor2D;
  kappa: Tensor2D;
}

/**
 * The hyperspherical variational autoencoder (S-VAE): the code lies on the sphere S^latent in latent + 1 dimensions, the
 * prior is uniform there. Davidson et al. 2018, arXiv:1804.00891, with a gradient that is right in every dimension.
 * `[b, inputs]` → µ, κ = softplus(…) + 1 → z `[b, latent + 1]` → `[b, inputs]`.
 */
export function svae({
  latent,
  ...options
}: VariationalOptions & { latent: number }): VariationalAutoencoder<VonMisesFisher> {
  const m = latent + 1;
  const make = initial(options.seed);
  const { encoder, width, decoder } = encoderAndDecoder(make, m, options);
  const toMean = dense(make, width, m);
  const toKappa = dense(make, width, 1);
  const family: Family<VonMisesFisher> = {
    posterior: hidden => ({
      mean: toUnitLength(toMean.apply(hidden)),
      kappa: tf.add(tf.softplus(toKappa.apply(hidden)), 1),
    }),
    sample: ({ mean, kappa }, random) => sampleVmf(mean, kappa, random),
    divergence: ({ kappa }) => tf.squeeze(klToUniformTensor(m, kappa), [1]),
    // log q(z) − log (1/area) = κ µᵀz + log C + log area = KL + κ (µᵀz − A)
    logPriorRatio: ({ mean, kappa }, z) => {
      const cosine = tf.sum(tf.mul(mean, z), 1, true);
      const excess = tf.mul(kappa, tf.sub(cosine, besselRatioTensor(m, kappa)));
      return tf.neg(tf.squeeze(tf.add(klToUniformTensor(m, kappa), excess), [1]));
    },
    toMean,
    variables: [...toMean.variables, ...toKappa.variables],
  };
  return variational(encoder, family, decoder, options.likelihood ?? "bernoulli");
}

import type { Break } from "./break.ts";

/** What is broken in lesson 13, in runs whose breaks do not disturb each other. */
export const breaks: readonly (readonly Break[])[] = [
  [
    {
      how: "the γ of a mean over pixels is a tenth of the right one",
      from: "perImage(t.kl)), 784],",
      to: "perImage(t.kl)), 78.4],",
      fails: ["direction, program − L of its γ"],
    },
    {
      how: "one turn in place of a hundred",
      from: "gamma === 1 ? 400 : 100",
      to: "1",
      fails: [
        "codes in use, γ = 1",
        "codes in use, γ = 5",
        "codes in use, γ = 10",
        "codes in use, γ = 20",
        "codes in use, γ = 30",
        "Var µ − theory, γ = 1",
        "ELBO, γ = 1",
      ],
    },
    {
      how: "one epoch for the two codes",
      from: "epochs: 25, seed: 13",
      to: "epochs: 1, seed: 13",
      fails: ["ELBO, two codes", "KL, two codes"],
    },
    {
      how: "the last weight is small",
      from: "const weights = [0, 0.1, 1, 10, 784];",
      to: "const weights = [0, 0.1, 1, 10, 0.2];",
      fails: ["KL, largest rise with γ", "KL, γ = 784", "x̂ − mean image, γ = 784"],
    },
    {
      how: "the density of q without its variance",
      from: "own: logNormal(tf.square(e), l)",
      to: "own: logNormal(tf.square(e), 0)",
      fails: ["sum − closed form"],
    },
    {
      how: "the rival is not fitted",
      from: "sweep[0].decode(fitted(ofAe, e500))",
      to: "sweep[0].decode(e500)",
      fails: ["fitted, γ = 0 − γ = 1"],
    },
    {
      how: "a network of seven codes",
      from: "latent: 20, ...hidden",
      to: "latent: 7, ...hidden",
      fails: ["network's codes in use, γ = 1"],
    },
    {
      how: "twenty draws at most",
      from: "[1, 5, 20, 100, 500].filter",
      to: "[1, 2, 4, 20, 20].filter",
      fails: ["L₅₀₀ − ELBO"],
    },
  ],
  [
    {
      how: "the last program is the bound itself",
      from: "tf.add(t.reconstruction, tf.mean(t.kl, 1)), 0.5]",
      to: "tf.add(t.reconstruction, perImage(t.kl)), 1]",
      fails: ["program − L of γ = 1, least"],
    },
    {
      how: "the weight in the middle is large",
      from: "const weights = [0, 0.1, 1, 10, 784];",
      to: "const weights = [0, 0.1, 100, 784, 1];",
      fails: ["ELBO, γ = 1 − the best other", "L_R, γ = 1 − γ = 0"],
    },
    {
      how: "the mean over the images is taken twice",
      from: "tf.sub(tf.logSumExp(logDensities(z, mu, logVariance), 1), Math.log(mu.shape[0]))",
      to: "tf.sub(tf.logSumExp(logDensities(z, mu, logVariance), 1), 3 * Math.log(mu.shape[0]))",
      fails: ["information, largest", "q(z) − prior, γ = 0"],
    },
    {
      how: "no difference between the two weights",
      from: "await smallNetwork(10, 15)",
      to: "await smallNetwork(1, 15)",
      fails: ["network's codes in use, γ = 10"],
    },
    {
      how: "no difference between the two weights, again",
      from: "await smallNetwork(30, 15)",
      to: "await smallNetwork(1, 15)",
      fails: ["network's codes in use, γ = 30"],
    },
    {
      how: "weights that are averaged after the logarithm, with a constant for each K",
      from: "return tf.mean(tf.sub(tf.logSumExp(groups, 1), Math.log(K)), 0)",
      to: "return tf.mean(tf.sub(tf.mean(groups, 1), Math.log(K)), 0)",
      fails: ["L_K, smallest rise with K"],
    },
  ],
  [
    {
      how: "the first weight is 1",
      from: "const weights = [0, 0.1, 1, 10, 784];",
      to: "const weights = [1, 0.1, 1, 10, 784];",
      fails: ["KL, γ = 0 / γ = 1", "from N(0, I), γ = 0 − γ = 1"],
    },
    {
      how: "the sum over the images in place of their mean",
      from: "tf.sub(tf.logSumExp(logDensities(z, mu, logVariance), 1), Math.log(mu.shape[0]))",
      to: "tf.sub(tf.logSumExp(logDensities(z, mu, logVariance), 1), 0 * Math.log(mu.shape[0]))",
      fails: ["q(z) − prior, γ = 1"],
    },
    {
      how: "a code whose mean and deviation are the prior's",
      from: "kl(mean, tf.mul(2, tf.log(deviation)))",
      to: "kl(tf.mul(0, mean), tf.mul(0, deviation))",
      fails: ["MNIST codes in use, stored"],
    },
    {
      how: "untrained weights",
      from: 'models.trained("13-vae-20", models.vae({ inputs: 784, latent: 20, seed: 13 }))',
      to: "models.vae({ inputs: 784, latent: 20, seed: 13 })",
      fails: ["log p(x), 20 codes"],
    },
    {
      how: "four test digits",
      from: 'quick ? 100 : 50, "int32"',
      to: 'quick ? 100 : 2500, "int32"',
      fails: ["its standard error"],
    },
  ],
];

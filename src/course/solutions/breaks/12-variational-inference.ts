import type { Break } from "./break.ts";

/** What is broken in lesson 12, in runs whose breaks do not disturb each other. */
export const breaks: readonly (readonly Break[])[] = [
  [
    {
      how: "the noise is narrower in one coordinate than its density says",
      from: "logNormal(x1, Math.cos(2 * z), s) + logNormal(x2, Math.sin(2 * z), s)",
      to: "1.01 * logNormal(x1, Math.cos(2 * z), s) + logNormal(x2, Math.sin(2 * z), s)",
      fails: ["∫ p(x) dx over the plane"],
    },
    {
      how: "a sum of draws in place of their mean",
      from: "const estimate = tf.sub(tf.logSumExp(logs, 1), Math.log(draws));",
      to: "const estimate = tf.logSumExp(logs, 1);",
      fails: ["median error, k = 1"],
    },
    {
      how: "the gap without the entropy of q",
      from: "mean(q, difference(q, logPosterior(x)))",
      to: "mean(q, difference(q.map(value => value - 0.1), logPosterior(x)))",
      fails: ["ELBO + KL − log p(x), largest", "smallest gap"],
    },
    {
      how: "the closed form without its logarithm",
      from: "0.5 * (mu * mu + sigma * sigma - 1 - Math.log(sigma * sigma))",
      to: "0.5 * (mu * mu + sigma * sigma - 1)",
      fails: ["KL of N(0.5, 0.3²), closed form", "closed ELBO − grid"],
    },
    {
      how: "the score divided by the variance in place of the deviation",
      from: "const overSigma = tf.div(noise, sigma);",
      to: "const overSigma = tf.div(noise, sigma * sigma);",
      fails: ["score-function mean"],
    },
    {
      how: "a slope at the mean in place of the draws",
      from: "slope(draws) as tf.Tensor1D",
      to: "slope(tf.fill([20_000], mu)) as tf.Tensor1D",
      fails: ["pathwise mean"],
    },
    {
      how: "the fit stops early",
      from: "for (let t = 0; t < 500; t++)",
      to: "for (let t = 0; t < 20; t++)",
      fails: ["gap at 60°", "gap at 180°"],
    },
    {
      how: "one epoch for the encoder",
      from: "epochs: 100, seed: 9",
      to: "epochs: 1, seed: 9",
      fails: ["encoder's gap within 90°"],
    },
    {
      how: "a posterior of unit width",
      from: "const sigma = tf.mul(widening, tf.sqrt(tf.div(noise, lambda)));",
      to: "const sigma = tf.mul(widening, tf.ones([k]));",
      fails: ["ELBO − log p(x)", "loss of doubled σ"],
    },
    {
      how: "the mean of the logarithms for every K",
      from: "const bound = tf.sub(tf.logSumExp(groups, 2), Math.log(K));",
      to: "const bound = tf.mean(groups, 2);",
      fails: ["L₅ − L₁", "L₅₀ − L₅"],
    },
    {
      how: "the pathwise draws of another function",
      from: "tf.mul(-u, tf.sin(tf.mul(u, e)))",
      to: "tf.mul(-u, tf.cos(tf.mul(u, e)))",
      fails: ["pathwise, draws − formula"],
    },
  ],
  [
    {
      how: "no more than ten dimensions",
      from: "const dimensions = Array.from({ length: 20 }, (_, i) => i + 1);",
      to: "const dimensions = Array.from({ length: 20 }, (_, i) => (i % 10) + 1);",
      fails: ["median error, k = 20"],
    },
    {
      how: "a wide q, where the slope scatters most",
      from: "const [mu, sigma] = [0.3, 0.3];",
      to: "const [mu, sigma] = [0.3, 2];",
      fails: ["score / pathwise"],
    },
    {
      how: "the lowered function is not lowered",
      from: "tf.sub(likelihood(draws), 100)",
      to: "tf.sub(likelihood(draws), 0)",
      fails: ["… with f − 100"],
    },
    {
      how: "the constant is added",
      from: "tf.sub(ofDraws, baseline)",
      to: "tf.add(ofDraws, baseline)",
      fails: ["… with the best constant"],
    },
    {
      how: "the best Gaussian is looked for among wide ones",
      from: "range(0.08, 0.4, 0.005)",
      to: "range(0.3, 0.4, 0.005)",
      fails: ["best Gaussian's largest gap", "least encoder − best"],
    },
    {
      how: "the encoder is asked on the right half alone",
      from: "(_, i) => i - 180); // −180° … 180°",
      to: "(_, i) => i / 4 - 45);",
      fails: ["encoder's largest gap"],
    },
    {
      how: "log-likelihoods of a smaller code",
      from: "const linear = [2, 10, 20].map(k => ({",
      to: "const linear = [2, 9, 20].map(k => ({",
      fails: ["log p(x) − scikit-learn's"],
    },
    {
      how: "weights without the density of q",
      from: "const logWeights: tf.Tensor2D = tf.sub(joint, logProposal);",
      to: "const logWeights: tf.Tensor2D = tf.add(joint, 3);",
      fails: ["log p(x) − L₅₀", "left at K = 500, x₁ < 0"],
    },
    {
      how: "the score's draws without their square",
      from: "tf.mul(tf.cos(tf.mul(u, e)), e)",
      to: "tf.cos(tf.mul(u, e))",
      fails: ["score, draws − formula"],
    },
    {
      how: "the formula of the score function is doubled",
      from: "(1 + (1 - 4 * u * u) * Math.exp(-2 * u * u)) / 2",
      to: "1 + (1 - 4 * u * u) * Math.exp(-2 * u * u)",
      fails: ["first u where the order has turned"],
    },
  ],
  [
    {
      how: "the points of both halves",
      from: "averageLeft(x1 => x1 > 0)",
      to: "averageLeft(x1 => x1 < 9)",
      fails: ["left at K = 500, x₁ > 0"],
    },
    {
      how: "the closed form without its logarithm",
      from: "0.5 * (mu * mu + sigma * sigma - 1 - Math.log(sigma * sigma))",
      to: "0.5 * (mu * mu + sigma * sigma - 1)",
      fails: ["KL of N(0.52, 0.12²), closed form"],
    },
  ],
  [
    {
      how: "the closed form is off for a narrow q",
      from: "0.5 * (mu * mu + sigma * sigma - 1 - Math.log(sigma * sigma))",
      to: "0.5 * (mu * mu + sigma * sigma - 1 - Math.log(sigma * sigma)) + (mu < 0 ? 1 : 0)",
      fails: ["KL of N(-2.5, 0.2²), closed form"],
    },
  ],
  [
    {
      how: "the closed form is off at the prior",
      from: "0.5 * (mu * mu + sigma * sigma - 1 - Math.log(sigma * sigma))",
      to: "0.5 * (mu * mu + sigma * sigma - Math.log(sigma * sigma))",
      fails: ["KL of N(0, 1²), closed form"],
    },
  ],
];

import type { Break } from "./break.ts";

/** What is broken in lesson 06, in two runs: what stands in the way of another break is in the other one. */
export const breaks: readonly (readonly Break[])[] = [
  [
    {
      how: "the noise that passes is forgotten",
      from: "sum + (l * s2) / (l + s2), 0)",
      to: "sum + l * (s2 / (l + s2)) ** 2, 0)",
      fails: [
        "R_min, σ² = 0.01",
        "R_min, σ² = 0.05",
        "R_min, σ² = 0.1",
        "R of Wiener's map",
        "the same, noise drawn",
        "learnt, σ² = 0.01",
        "learnt, σ² = 0.05",
        "learnt, σ² = 0.1",
        "loss, target 2nd copy",
        "error, target 2nd copy",
      ],
    },
    {
      how: "the right target in the wrong place",
      from: "({ seen }) => seen",
      to: "({ clean }) => clean",
      fails: ["loss, target input", "error, target input"],
    },
    {
      how: "points weighted by another noise",
      from: "apart.div(-0.08)",
      to: "apart.div(-0.04)",
      fails: ["m(x̃) − x̃ by samples"],
    },
    {
      how: "σ for σ²",
      from: "score(fresh, v + sigma ** 2), score(fresh, v));",
      to: "score(fresh, v + sigma), score(fresh, v));",
      fails: ["gap at 0.01 / at 0.005"],
    },
    {
      how: "the denoiser's target is its input",
      from: "loss(noisy(clean, sigma ** 2), clean)",
      to: "loss(noisy(clean, sigma ** 2))",
      fails: [
        "cosine with ∇ log p, 0.1",
        "cosine with ∇ log p_σ, 0.5",
        "length, 0.1",
        "width, restored / clean",
        "width, Langevin / noisy",
      ],
    },
    {
      how: "the autoencoder is trained on clean digits",
      from: "model.loss(noisy(clean, s2), clean)",
      to: "model.loss(clean)",
      fails: ["new digits, σ² = 0.01", "new digits, σ² = 0.05", "new digits, σ² = 0.1"],
    },
    {
      how: "all three train on clean digits",
      from: "nets.push(await trained(share, 6))",
      to: "nets.push(await trained(0, 6 + shares.indexOf(share)))",
      fails: [
        "restored / masked, 25 %",
        "own / best other, 0 %",
        "own / best other, 25 %",
        "own / best other, 75 %",
        "pixels used, 25 % / 0 %",
        "pixels used, 75 % / 25 %",
      ],
    },
  ],
  [
    {
      how: "a variance for a standard deviation",
      from: "Math.sqrt(variance)",
      to: "variance",
      fails: ["noise, σ² = 0.05"],
    },
    {
      how: "three noises that are alike",
      from: "const sigmas = [0.02, 0.1, 0.5];",
      to: "const sigmas = [0.1, 0.1, 0.12];",
      fails: ["cosine with ∇ log p, 0.5", "length, 0.02"],
    },
    {
      how: "Langevin without the noise",
      from: "return noisy(tf.add(x, uphill), 0.01 / 5)",
      to: "return noisy(tf.add(x, uphill), 0)",
      fails: ["width, Langevin / noisy"],
    },
    {
      how: "nothing is dimmed",
      from: "Math.min(1, (1 - shares[i]) / (1 - level))",
      to: "Math.min(1, 1 / (1 - level))",
      fails: ["dimmed / bright, 25 % net", "dimmed / bright, 75 % net"],
    },
    {
      how: "the share that is kept",
      from: "tf.fill(x.shape, 1 - share)",
      to: "tf.fill(x.shape, share)",
      fails: ["error of the mask"],
    },
    {
      how: "counts squares, not pixels",
      from: "square.sum(0).square().div(",
      to: "square.sum(0).div(",
      fails: ["pixels used, untrained"],
    },
  ],
];

import type { Break } from "./break.ts";

/** What is broken in lesson 15, in runs whose breaks do not disturb each other. */
export const breaks: readonly (readonly Break[])[] = [
  [
    {
      how: "the joint distribution is not normalised",
      from: "tf.div(joint, tf.sum(joint)); // p(v, h), [4, 4]",
      to: "tf.div(joint, tf.mul(1.1, tf.sum(joint)));",
      fails: ["p(v, h), all states", "p(v = 10, h = 10)"],
    },
    {
      how: "the energies of the enumeration are doubled",
      from: "const all = minusEnergy(random43, v16, h8);",
      to: "const all: tf.Tensor2D = tf.mul(2, minusEnergy(random43, v16, h8));",
      fails: ["p(h | v) − σ(b + Wᵀv)", "log Σ_h e^(−E) + F(v)", "log Z: 8 terms − 128 terms"],
    },
    {
      how: "the data have another share of each pattern",
      from: "(codesOfData.includes(i) ? 1 / 14 : 0)",
      to: "(codesOfData.includes(i) ? 1 / 15 : 0)",
      fails: ["backprop of −log p + (data − model)"],
    },
    {
      how: "the statistics are of other samples",
      from: "models.statistics(lively, sample).weights",
      to: "models.statistics(lively, lively.gibbs(copies, draws, 1)).weights",
      fails: ["backprop of F(v) − F(ṽ) + (⟨vh⟩ − ⟨ṽh⟩)"],
    },
    {
      how: "the samples are held fixed in both",
      from: "lively.energyGap(copies, expected(copies))",
      to: "lively.energyGap(copies, fixed)",
      fails: ["off where backprop runs through ṽ"],
    },
    {
      how: "the hidden units of the chain have no biases",
      from: "tf.add(tf.matMul(states, weights), hiddenBias)); // p(h | v)",
      to: "tf.add(tf.matMul(states, weights), tf.mul(0, hiddenBias)));",
      fails: ["p(v) T − p(v)", "bias after 500 steps, k = 20"],
    },
    {
      how: "CD-1 takes tiny steps in the other direction",
      from: "contrast(v, learningRate)",
      to: "contrast(v, -0.001 * learningRate)",
      fails: ["test digits, CD-1, 20 units", "gain of CD-1 over pixels"],
    },
    {
      how: "the exact log Z of CD-1 is too large",
      from: "const logZOfCd = exactLogPartition(byContrast); // 2^20 terms",
      to: "const logZOfCd = exactLogPartition(byContrast) + 9;",
      fails: ["log Z, high end − exact"],
    },
    {
      how: "the decoder forgets its biases",
      from: "tf.add(tf.matMul(z, W, false, true), a) as tf.Tensor2D",
      to: "tf.matMul(z, W, false, true) as tf.Tensor2D",
      fails: ["RBM up and down − tied autoencoder"],
    },
    {
      how: "the chains do not start at noise",
      from: "tf.concat([digitsFirst, noiseFirst])",
      to: "tf.concat([digitsFirst, digitsFirst])",
      fails: ["F, noise − digits, at the start"],
    },
    {
      how: "slow steps in the appendix",
      from: "{ learningRate: 0.3, random: fewDraws }",
      to: "{ learningRate: 0.001, random: fewDraws }",
      fails: ["swing in the second half"],
    },
  ],
  [
    {
      how: "the exact gradient is followed for 500 steps alone",
      from: "  climb(patterns);",
      to: "  if (t < 500) climb(patterns);",
      fails: ["exact", "after 2,000 steps, k = 20", "… k = 5 − k = 1"],
    },
    {
      how: "CD-1 takes ten steps",
      from: '"CD-1": contrastive(1, 1)',
      to: '"CD-1": contrastive(10, 1)',
      fails: ["CD-1"],
    },
    {
      how: "CD-10 takes one step",
      from: '"CD-10": contrastive(10, 2)',
      to: '"CD-10": contrastive(1, 2)',
      fails: ["CD-10"],
    },
    {
      how: "PCD starts at the data again",
      from: "PCD: persistent(3)",
      to: "PCD: contrastive(1, 3)",
      fails: ["PCD"],
    },
    {
      how: "the training digits are others than those that it was trained on",
      from: '"training digits": of(images)',
      to: '"training digits": of(tf.randomUniform([100, 784]).round() as tf.Tensor2D)',
      fails: ["training − test, CD-1"],
    },
    {
      how: "the exact log Z of CD-1 is too small",
      from: "const logZOfCd = exactLogPartition(byContrast); // 2^20 terms",
      to: "const logZOfCd = exactLogPartition(byContrast) - 25;",
      fails: ["10 temperatures, exact − high end", "PCD − CD-1, test digits", "log p, autoencoder − CD-1"],
    },
    {
      how: "the autoencoder is not trained",
      from: "await onDigits(v => descend(v)); // the same batches",
      to: "",
      fails: ["error, best RBM − autoencoder"],
    },
    {
      how: "the chains from noise never move",
      from: "const [rowOne, rowTwo] = tf.split(freeEnergy(watched, chains), 2);",
      to: "const [rowOne, rowTwo] = [freeEnergy(watched, digitsFirst), freeEnergy(watched, noiseFirst)];",
      fails: ["F, noise − digits, steps 50 to 1,000"],
    },
  ],
  [
    {
      how: "all learn slowly",
      from: "const rate = (t: number) => 0.3 * (1 - t / steps);",
      to: "const rate = (t: number) => 0.01 * (1 - t / steps);",
      fails: ["mass of CD-1 on the patterns", "error of CD-1"],
    },
    {
      how: "the chain stands still after 20 steps",
      from: "p = tf.matMul(p, T); // one step of the chain",
      to: "if (k <= 20) p = tf.matMul(p, T);",
      fails: ["… k = 1000 / k = 20"],
    },
    {
      how: "the exact log Z of CD-1 is a little too small",
      from: "const logZOfCd = exactLogPartition(byContrast); // 2^20 terms",
      to: "const logZOfCd = exactLogPartition(byContrast) - 1.5;",
      fails: ["log Z, exact − low end"],
    },
    {
      how: "PCD takes tiny steps",
      from: "persist(v, learningRate)",
      to: "persist(v, 0.001 * learningRate)",
      fails: ["log p, PCD − autoencoder"],
    },
  ],
];

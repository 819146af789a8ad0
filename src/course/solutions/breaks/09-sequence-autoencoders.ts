import type { Break } from "./break.ts";

/** What is broken in lesson 09, in two runs: what stands in the way of another break is in the other one. */
export const breaks: readonly (readonly Break[])[] = [
  [
    {
      how: "another row of P",
      from: "[0.4, 0.4, 0.1, 0.1],",
      to: "[0.1, 0.4, 0.1, 0.4],",
      fails: [
        "π of token 0",
        "π of token 1",
        "π of token 2",
        "π of token 3",
        "H₁",
        "entropy rate",
        "one token hidden",
        "guessed right at best",
        "floor, m = 0.15",
        "floor, m = 0.5",
        "floor, m = 0.75",
      ],
    },
    {
      how: "a code that is said to carry nothing",
      from: "const each = Math.log(1 + 1 / sigma ** 2) / 2;",
      to: "const each = 0;",
      fails: ["least loss above bound"],
    },
    {
      how: "one number instead of sixteen",
      from: "learnToCopy(16, epochsOf(10))",
      to: "learnToCopy(1, epochsOf(1))",
      fails: ["copied, k = 16"],
    },
    {
      how: "sixteen instead of one",
      from: "for (const k of [1, 2])",
      to: "for (const k of [16, 2])",
      fails: ["copied, k = 1"],
    },
    { how: "heartbeats: one epoch", from: "epochs: epochsOf(60)", to: "epochs: 1", fails: ["least AUROC, 3 seeds"] },
    {
      how: "PCA is said to guess",
      from: "const rival = ",
      to: "const rival = 0.3 * ",
      fails: ["LSTM's best − PCA, same k"],
    },
    {
      how: "zero is taken for the mean beat",
      from: "tf.zerosLike(x).add(meanBeat)",
      to: "tf.zerosLike(x)",
      fails: ["AUROC, mean beat"],
    },
    {
      how: "names: one epoch",
      from: "epochs: epochsOf(4)",
      to: "epochs: 1",
      fails: ["letters right, test names", "whole names right"],
    },
    {
      how: "transformer: one epoch",
      from: "epochs: epochsOf(6)",
      to: "epochs: 1",
      fails: ["largest gap to Bayes"],
    },
    {
      how: "sums over the columns",
      from: "map.sum(-1).sub(1)",
      to: "map.sum(-2).sub(1)",
      fails: ["|sum of a row − 1|"],
    },
    {
      how: "the two ends instead of the neighbours",
      from: "near: row[4] + row[6]",
      to: "near: row[0] + row[11]",
      fails: ["head with most on neighbours"],
    },
    {
      how: "no causal mask",
      from: "causal: true,",
      to: "causal: false,",
      fails: ["leak with the causal mask", "next token"],
    },
  ],
  [
    {
      how: "positions that are written later",
      from: "[copiers[1].byPosition[T - 1], forwards.byPosition[0]]",
      to: "[copiers[1].byPosition[3], forwards.byPosition[3]]",
      fails: ["middle − last, backwards", "middle − first, forwards"],
    },
    {
      how: "the untrained network is said to be perfect",
      from: "const untrained = classical.auroc(beforeTraining, anomalous);",
      to: "const untrained = 1;",
      fails: ["AUROC above untrained"],
    },
    {
      how: "the mean beat is said to guess",
      from: 'const aboveMean = mean(aurocOf("LSTM")) - aurocOf("mean")[0];',
      to: 'const aboveMean = mean(aurocOf("LSTM")) - 0.5;',
      fails: ["LSTM's mean − mean beat"],
    },
    {
      how: "names instead of what lies halfway",
      from: "const halfway = decodeNames(tf.add(zSome, zOthers).div(2) as tf.Tensor2D);",
      to: "const halfway = some;",
      fails: ["halfway − names"],
    },
    {
      how: "names instead of random codes",
      from: "const anyCode = decodeNames(signs as tf.Tensor2D);",
      to: "const anyCode = some;",
      fails: ["random − halfway"],
    },
    {
      how: "a floor twice as high",
      from: "return mean(losses);",
      to: "return 2 * mean(losses);",
      fails: ["least gap to Bayes"],
    },
    {
      how: "the neighbours are hidden",
      from: '["6 alone", at(6), 1]',
      to: '["6 alone", at(5, 6, 7), 1]',
      fails: ["token 6, hidden: 6 alone"],
    },
    {
      how: "the neighbours are hidden instead of the others",
      from: "at(6, ...farAway), 1]",
      to: "at(5, 6, 7), 1]",
      fails: ["token 6, hidden: 6 and all but its neighbours"],
    },
    {
      how: "the neighbours are seen",
      from: "at(5, 6, 7), 2]",
      to: "at(6), 2]",
      fails: ["token 6, hidden: 6 and its neighbours"],
    },
    {
      how: "a leak of nothing",
      from: "plain: leak(transformer)",
      to: "plain: 0",
      fails: ["leak without it"],
    },
  ],
];

import type { Break } from "./break.ts";

/** What is broken in lesson 16, in runs whose breaks do not disturb each other. */
export const breaks: readonly (readonly Break[])[] = [
  [
    {
      how: "new weights in place of the tie",
      from: "const tied = models.tiedAbove(first);",
      to: "const tied = models.rbm({ visible: 8, hidden: 16, seed: 9 });",
      fails: ["log p, tied − alone", "gap at the tie"],
    },
    {
      how: "the machines hardly learn",
      from: "models.contrastiveStep(machine, batch, { learningRate: 0.1, random: draws })",
      to: "models.contrastiveStep(machine, batch, { learningRate: 1e-4, random: draws })",
      fails: ["error after one layer", "greedy layers and softmax", "pixels − h₁"],
    },
    {
      how: "fine-tuning hardly moves",
      from: "await learn(deep, { rate: 0.001, epochs: passes })",
      to: "await learn(deep, { rate: 1e-6, epochs: passes })",
      fails: ["after fine-tuning", "before − after", "random start − pretrained"],
    },
    {
      how: "the top machine does not learn",
      from: "learningRate: step => 0.1 * (1 - step / topSteps),",
      to: "learningRate: step => 1e-6 * (1 - step / topSteps),",
      fails: ["as asked for, step 200"],
    },
  ],
  [
    {
      how: "the large network is not trained",
      from: 'models.trained("16-deep-belief", models.classifierFrom(large, 10, 16))',
      to: "models.classifierFrom(large, 10, 16)",
      fails: ["60,000 digits, stored"],
    },
    {
      how: "the second row is the tie again",
      from: "{ ...tied, hiddenBias: tf.zeros([16]) }",
      to: "{ ...tied }",
      fails: ["the least of the other rows"],
    },
    {
      how: "the second machine is trained downhill",
      from: "return tf.add(tf.sum(tf.mul(Q, energies)), tf.logSumExp(tf.neg(energies)));",
      to: "return tf.neg(tf.add(tf.sum(tf.mul(Q, energies)), tf.logSumExp(tf.neg(energies))));",
      fails: ["least bound − start", "gain from the tie"],
    },
    {
      how: "a mean of logarithms for the evidence",
      from: "numberOf(tf.mean(tf.logSumExp(tf.add(given, logPrior), 1)))",
      to: "numberOf(tf.mean(tf.sum(tf.mul(q, tf.add(given, logPrior)), 1)))",
      fails: ["least gap"],
    },
    {
      how: "new weights that are tied",
      from: "const fromNew = trainTop(models.rbm({ visible: 8, hidden: 16, seed: 2 }));",
      to: "const fromNew = trainTop(models.tiedAbove(first));",
      fails: ["new weights, step 0"],
    },
    {
      how: "the second machine sees one digit",
      from: "await pretrain(upper, h1,",
      to: "await pretrain(upper, h1.slice([0, 0], [1, 256]),",
      fails: ["what the second layer adds", "second layer / first"],
    },
  ],
  [
    {
      how: "the rival rests",
      from: "for (let t = 0; t <= 1000; t++) climb(patterns, codes);",
      to: "for (let t = 0; t < 0; t++) climb(patterns, codes);",
      fails: ["rival − cascade"],
    },
    {
      how: "the bound without the entropy of q",
      from: "tf.mul(q, tf.sub(tf.add(given, logPrior), logQ))",
      to: "tf.mul(q, tf.add(given, logPrior))",
      fails: ["largest bound − start"],
    },
    {
      how: "the first look comes late",
      from: "const stages = [1, 5, 10, 20, 50, 100, 200];",
      to: "const stages = [50, 60, 70, 80, 90, 100, 200];",
      fails: ["as asked for, step 1"],
    },
  ],
];

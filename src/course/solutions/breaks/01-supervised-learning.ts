import type { Break } from "./break.ts";

/** What is broken in lesson 01, in two runs: what stands in the way of another break is in the other one. */
export const breaks: readonly (readonly Break[])[] = [
  [
    {
      how: "the residual's sign is turned",
      from: "tf.softmax(scores(x, model)).sub(y)",
      to: "tf.sub(y, tf.softmax(scores(x, model)))",
      fails: ["ten nudges", "W, all of it", "b"],
    },
    {
      how: "softmax regression takes ten steps",
      from: "{ batchSize: 100, epochs: 10, seed: 1 }",
      to: "{ batchSize: 10_000, epochs: 10, seed: 1 }",
      fails: ["test error, softmax"],
    },
    {
      how: "the perceptron trains for one epoch",
      from: "  epochs: 20,\n  batchSize: 100,\n  optimizer: tf.train.adam(0.001),",
      to: "  epochs: 20,\n  batchSize: 5000,\n  optimizer: tf.train.adam(0.001),",
      fails: ["test error, 300 hidden", "training loss", "test loss / training loss"],
    },
    {
      how: "labels are not dealt, and training by heart is short",
      from: "await byHeart(right), await byHeart(dealt)",
      to: "await byHeart(dealt), await byHeart(right)",
      fails: ["test error, dealt", "test error, right"],
    },
    {
      how: "one epoch is not by heart",
      from: "{ epochs: 100, batchSize: 100, optimizer, seed: 1 }",
      to: "{ epochs: 2, batchSize: 100, optimizer, seed: 1 }",
      fails: ["loss, labels dealt"],
    },
    {
      how: "the bias forgets log (1 − θ)",
      from: "const b64 = theta.map((row, c) => Math.log(prior[c]) + sum(row.map(t => Math.log(1 - t))));",
      to: "const b64 = theta.map((_, c) => Math.log(prior[c]));",
      fails: ["Bayes' rule − softmax", "W and b in float32"],
    },
    {
      how: "the counts of another pixel",
      from: "const K = tf.matMul(y, x, true); // K_cj, [C, d]",
      to: "const K = tf.matMul(y, x.reverse(-1), true); // K_cj, [C, d]",
      fails: [
        "test error, naive Bayes",
        "half covered, naive Bayes",
        "naive Bayes leads, m = 20",
        "naive Bayes leads, m = 40",
        "limit of naive Bayes",
      ],
    },
    {
      how: "ink below, paper above",
      from: "tf.less(u, bayes.theta)",
      to: "tf.greater(u, bayes.theta)",
      fails: ["mean of samples − θ"],
    },
  ],
  [
    {
      how: "the learnt weights with the other sign",
      from: 'model: "softmax regression", weights: learnt',
      to: 'model: "softmax regression", weights: { W: learnt.W.neg(), b: learnt.b }',
      fails: ["loss above naive Bayes'"],
    },
    {
      how: "one toss an image",
      from: "tf.randomUniform([n, 10, 784]",
      to: "tf.randomUniform([n, 10, 1]",
      fails: ["neighbours, samples"],
    },
    {
      how: "dust for images",
      from: "const real = neighbours(tf.gather(ink, threes));",
      to: "const real = neighbours(tf.less(tf.randomUniform([500, 784]), 0.2).toFloat());",
      fails: ["neighbours, images"],
    },
    {
      how: "trained on the lower halves",
      from: "await softmaxRegression(tf.mul(ink, visible))",
      to: "await softmaxRegression(tf.mul(ink, tf.sub(1, visible)))",
      fails: ["trained on halves"],
    },
    {
      how: "three steps are no training",
      from: "for (let i = 0; i < 150; i++)",
      to: "for (let i = 0; i < 3; i++)",
      fails: ["softmax leads, m = 10,240", "limit of softmax", "its loss", "least lead of softmax"],
    },
  ],
];

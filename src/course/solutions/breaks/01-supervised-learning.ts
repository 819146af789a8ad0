import type { Break } from "./break.ts";

/** What is broken in lesson 01, in two runs: what stands in the way of another break is in the other one. */
export const breaks: readonly (readonly Break[])[] = [
  [
    {
      how: "the residual's sign is turned",
      from: "tf.sub(tf.softmax(scores(x, model)), y)",
      to: "tf.sub(y, tf.softmax(scores(x, model)))",
      fails: ["ten single weights", "along a random v", "W, all of it", "b"],
    },
    {
      how: "softmax regression takes ten steps",
      from: "{ batchSize: 100, epochs: 10, seed: 1 }",
      to: "{ batchSize: 10_000, epochs: 10, seed: 1 }",
      fails: ["test error, softmax"],
    },
    {
      how: "the perceptron takes 40 steps",
      from: "  epochs: 20,\n  batchSize: 100,\n  optimizer: tf.train.adam(0.001),",
      to: "  epochs: 20,\n  batchSize: 5000,\n  optimizer: tf.train.adam(0.001),",
      fails: ["test error, 300 hidden", "training loss", "validation / training loss"],
    },
    {
      how: "the labels that are shuffled are exchanged with the true ones",
      from: "const shuffledLabels: tf.Tensor2D = tf.gather(trueLabels, order);",
      to: "const shuffledLabels: tf.Tensor2D = trueLabels;",
      fails: ["test error, shuffled"],
    },
    {
      how: "two epochs are not enough to memorise",
      from: "{ epochs: 100, batchSize: 100, optimizer, seed: 1 }",
      to: "{ epochs: 2, batchSize: 100, optimizer, seed: 1 }",
      fails: ["loss, shuffled", "test error, true"],
    },
    {
      how: "the bias forgets log (1 − θ)",
      from: "const b64 = theta.map((row, c) => Math.log(prior[c]) + sum(row.map(t => Math.log(1 - t))));",
      to: "const b64 = theta.map((_, c) => Math.log(prior[c]));",
      fails: ["Bayes' rule − softmax", "W and b in float32"],
    },
    {
      how: "the counts of another pixel",
      from: "const inked = tf.matMul(y, x, true); // M_cj, [K, d]",
      to: "const inked = tf.matMul(y, x.reverse(-1), true); // M_cj, [K, d]",
      fails: ["test error, naive Bayes", "half covered, naive Bayes"],
    },
    {
      how: "the counts of another bit",
      from: "const inked = tf.matMul(y, x, true); // [R, K, d]",
      to: "const inked = tf.matMul(y, x.reverse(-1), true); // [R, K, d]",
      fails: ["naive Bayes leads, m = 20", "limit of naive Bayes"],
    },
    {
      how: "ink below, paper above",
      from: "tf.less(uniform, bayes.theta)",
      to: "tf.greater(uniform, bayes.theta)",
      fails: ["mean of samples − θ"],
    },
    {
      how: "nothing is stopped early",
      from: "await softmaxOfMany(x, y, 20)",
      to: "await softmaxOfMany(x, y, 150)",
      fails: ["gain by stopping, m = 40"],
    },
  ],
  [
    {
      how: "the learnt weights with the other sign",
      from: 'measured("softmax regression", learntWeights)',
      to: 'measured("softmax regression", { W: learntWeights.W.neg(), b: learntWeights.b })',
      fails: ["loss above naive Bayes'"],
    },
    {
      how: "one toss an image",
      from: "tf.randomUniform([count, 10, 784]",
      to: "tf.randomUniform([count, 10, 1]",
      fails: ["neighbours, samples"],
    },
    {
      how: "dust for images",
      from: "const inImages = neighbourCorrelation(tf.gather(ink, imagesOf(3)));",
      to: "const inImages = neighbourCorrelation(tf.less(tf.randomUniform([500, 784]), 0.2).toFloat());",
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
      from: "i < steps; i++",
      to: "i < 3; i++",
      fails: ["softmax leads, m = 10,240", "limit of softmax", "its loss", "least lead of softmax"],
    },
  ],
];

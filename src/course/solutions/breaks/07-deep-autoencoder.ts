import type { Break } from "./break.ts";

/** What is broken in lesson 07, in two runs: what stands in the way of another break is in the other one. */
export const breaks: readonly (readonly Break[])[] = [
  [
    {
      how: "the bound of a code of 20 numbers",
      from: "const tailSum = errorOf(byPca, trainX);",
      to: "const tailSum = tf.mean(classical.pca(trainX, 20).error(trainX)).dataSync()[0];",
      fails: ["six linear layers, above PCA"],
    },
    {
      how: "logistic PCA for one epoch, and slowly",
      from: "{ epochs: 10, rate: 0.02 }",
      to: "{ epochs: 1, rate: 0.001 }",
      fails: ["logistic / clipped PCA", "logistic PCA, test"],
    },
    {
      how: "a fold that does not fold",
      from: "for (let l = 0; l < layers; l++) h = tent(h);",
      to: "for (let l = 0; l < layers; l++) h = l < 3 ? tent(h) : h;",
      fails: ["pieces of 4 layers", "pieces of 6 layers"],
    },
    {
      how: "the wide network is not wide",
      from: "const wide = await trained([784, 270, 30]",
      to: "const wide = await trained([784, 20, 30]",
      fails: ["parameters, 784-270-30", "most / fewest parameters", "held out, two layers / one"],
    },
    {
      how: "the deepest network is wide",
      from: "const deeper = await trained([784, 228, 128, 64, 30]",
      to: "const deeper = await trained([784, 228, 30]",
      fails: ["held out, three / two"],
    },
    {
      how: "a logistic unit that is four times as steep: tanh",
      from: 'logistic: tower("sigmoid", 7)',
      to: 'logistic: tower("tanh", 7)',
      fails: ["factor per layer, logistic", "the same, at least", "differences, forwards"],
    },
    {
      how: "rectified units with the weights of logistic ones",
      from: 'rectified: tower("relu", 7)',
      to: 'rectified: tower("sigmoid", 7)',
      fails: ["the same, rectified"],
    },
    {
      how: "the arms have changed places",
      from: '"logistic, SGD": await arm("sigmoid", tf.train.sgd(0.01))',
      to: '"logistic, SGD": await arm("relu", tf.train.adam(0.001))',
      fails: ["logistic, SGD / constant"],
    },
    {
      how: "and these two",
      from: '"logistic, Adam": await arm("sigmoid", tf.train.adam(0.003))',
      to: '"logistic, Adam": await arm("relu", tf.train.adam(0.001))',
      fails: ["logistic, Adam / constant"],
    },
    {
      how: "Adam with steps that are too small",
      from: '"rectified, Adam": await arm("relu", tf.train.adam(0.003))',
      to: '"rectified, Adam": await arm("relu", tf.train.adam(0.00001))',
      fails: ["rectified, Adam / constant"],
    },
    {
      how: "gradient descent with steps that are too small",
      from: '"rectified, SGD": await arm("relu", tf.train.sgd(0.003))',
      to: '"rectified, SGD": await arm("relu", tf.train.sgd(0.0003))',
      fails: ["rectified, SGD / constant"],
    },
    {
      how: "the untrained network is the trained one",
      from: "voteOf15(untrained.encode)",
      to: "voteOf15(plane.encode)",
      fails: ["15-NN, over untrained"],
    },
    {
      how: "the two numbers for half an epoch of training",
      from: "const plane = await trained([784, 128, 64, 2], { epochs: 10, rate: 0.01 });",
      to: "const plane = await trained([784, 128, 64, 2], { epochs: 1, rate: 0.0001 });",
      fails: ["15-NN, 2 codes over PCA-2", "error, 2 codes / PCA-2", "784-128-64-2, test"],
    },
    {
      how: "weights that were not loaded",
      from: 'models.trained("07-deep-30", long);',
      to: "",
      fails: ["stored weights, test", "the same, training"],
    },
  ],
  [
    {
      how: "linear layers, hardly trained",
      from: "  epochs: 4,",
      to: "  epochs: 1,",
      fails: ["the same, not far above"],
    },
    {
      how: "the deep network for two epochs",
      from: "const deep = await trained([784, 256, 64, 30], { epochs: 8, rate: 0.006 });",
      to: "const deep = await trained([784, 256, 64, 30], { epochs: 2, rate: 0.006 });",
      fails: ["deep / logistic PCA", "784-256-64-30, test"],
    },
    {
      how: "PCA is measured on the training images",
      from: "const testX = mnist.test.images;",
      to: "const testX = trainX;",
      fails: ["PCA-30, test", "PCA-2, test"],
    },
  ],
];

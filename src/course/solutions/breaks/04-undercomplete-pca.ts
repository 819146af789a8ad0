import type { Break } from "./break.ts";

/** What is broken in lesson 04, in two runs: what stands in the way of another break is in the other one. */
export const breaks: readonly (readonly Break[])[] = [
  [
    {
      how: "the tail begins one too late",
      from: "lambda.slice(k).reduce",
      to: "lambda.slice(k + 1).reduce",
      fails: ["tail sum, k = 0", "tail sum, k = 2", "tail sum, k = 10", "tail sum, k = 30", "most above a tail sum"],
    },
    {
      how: "the decoder is shorter than a projection's",
      from: "gradients([q, q.transpose()])",
      to: "gradients([q, q.transpose().mul(0.9)])",
      fails: ["slope at {1, 3}"],
    },
    {
      how: "turned the other way",
      from: 'u₂": errorsAlong(3, 2)',
      to: 'u₂": errorsAlong(3, 4)',
      fails: ["curvature to u₂"],
    },
    {
      how: "training stops at the saddle",
      from: "for (let step = 0; step < 600; step++)",
      to: "for (let step = 0; step < 90; step++)",
      fails: ["error, k = 2", "largest angle"],
    },
    {
      how: "the decoder is PCA's",
      from: "tf.matMul(firstAxes(2), small.decoder, true, true)",
      to: "tf.matMul(firstAxes(2), firstAxes(2), true)",
      fails: ["shear of G"],
    },
    {
      how: "the decoder is fitted to other images",
      from: "decoder = tf.matMul(pseudoInverse(z), x)",
      to: "decoder = tf.matMul(pseudoInverse(z), x.square())",
      fails: ["factor per sweep"],
    },
    {
      how: "only the encoder's weights have a penalty",
      from: "tf.add(size(model.encoder), size(model.decoder))",
      to: "tf.mul(size(model.encoder), 2)",
      fails: ["sᵢ² − (1 − α/λᵢ)", "W₁ − W₂ᵀ", "least |uᵢᵀvᵢ|, decay"],
    },
    { how: "MNIST: one epoch", from: "await learn(0.01, 60)", to: "await learn(0.01, 1)", fails: [] },
    { how: "and no more", from: "await learn(0.001, 20)", to: "", fails: ["training error", "test error"] },
  ],
  [
    {
      how: "the tail begins one too early",
      from: "lambda.slice(k).reduce",
      to: "lambda.slice(Math.max(0, k - 1)).reduce",
      fails: ["least above it"],
    },
    {
      how: "plain training is not plain",
      from: "const plain = await trained(4, 500);",
      to: "const plain = await trained(4, 500, alpha);",
      fails: ["least |uᵢᵀvᵢ|, plain"],
    },
    {
      how: "PCA is measured on the training images",
      from: "[trainX, testX].map(x => errorOf(x, byPca(x)))",
      to: "[trainX, trainX].map(x => errorOf(x, byPca(x)))",
      fails: ["PCA-30, test"],
    },
    {
      how: "another subspace than the one that was trained",
      from: "principalAngles(basis, large.decoder.transpose())",
      to: "principalAngles(basis, linearAutoencoder(784, 30, 9).encoder)",
      fails: ["gap · Σ sin²θ"],
    },
  ],
];

import type { Break } from "./break.ts";

/** What is broken in lesson 03, in two runs: what stands in the way of another break is in the other one. */
export const breaks: readonly (readonly Break[])[] = [
  [
    {
      how: "half of the code is lost",
      from: "const firstCodes = untrained.encode(xTest);",
      to: "const firstCodes: tf.Tensor2D = untrained.encode(xTest).slice([0, 0], [-1, 16]);",
      fails: ["numbers in a code"],
    },
    {
      how: "the output's biases are not counted",
      from: "models.parameterCount(untrained.parameters)",
      to: "models.parameterCount(untrained.parameters.slice(0, 3))",
      fails: ["numbers in Ω"],
    },
    {
      how: "the mean of a tenth of the images",
      from: "const mean = x.mean(0);",
      to: "const mean = x.slice([0, 0], [1000, 784]).mean(0);",
      fails: ["mean image", "total variance"],
    },
    {
      how: "a distance that is not squared",
      from: "mean.square().sum()",
      to: "mean.sum()",
      fails: ["white paper"],
    },
    {
      how: "one direction too many",
      from: "classical.pca(x, 2)",
      to: "classical.pca(x, 3)",
      fails: ["PCA of 2, test"],
    },
    {
      how: "two directions too many",
      from: "classical.pca(x, 32)",
      to: "classical.pca(x, 34)",
      fails: ["PCA of 32, test"],
    },
    {
      how: "the rectifier is exchanged for σ",
      from: "const rectified = vanilla(32, tf.relu, 3);",
      to: "const rectified = vanilla(32, tf.sigmoid, 3);",
      fails: ["test error", "‖x̂ − x̄‖²"],
    },
    {
      how: "the first steps for the last",
      from: "rectifiedRun.losses.slice(-20)",
      to: "rectifiedRun.losses.slice(0, 20)",
      fails: ["last steps / first step"],
    },
    {
      how: "the network with σ is not trained",
      from: "const sigmoidRun = await descend(sigmoid);",
      to: "const sigmoidRun = rectifiedRun;",
      fails: ["test error, σ", "‖x̂ − x̄‖², σ", "mean of z, σ", "mean of z (1 − z), σ"],
    },
    {
      how: "inputs that are centred on nothing",
      from: "notCentred.encode(tf.sub(x, mean) as tf.Tensor2D)",
      to: "notCentred.encode(x)",
      fails: ["σ, centred"],
    },
    {
      how: "a picture taken before the first step",
      from: "fromMean(rectifiedRun.snapshots[1])",
      to: "fromMean(rectifiedRun.snapshots[0])",
      fails: ["‖x̂ − x̄‖², 30 steps"],
    },
    {
      how: "an output that is known only roughly",
      from: "crossEntropy(xTest, toLogits(xTest))",
      to: "crossEntropy(xTest, toLogits(xTest.mul(0.98).add(0.01)))",
      fails: ["nats, x̂ = x"],
    },
    {
      how: "prints with ink and paper exchanged",
      from: "data.dynamicBinary(3)(greys)",
      to: "data.dynamicBinary(3)(tf.sub(1, greys))",
      fails: ["nats of random prints"],
    },
    {
      how: "the floor in bits",
      from: "tf.mean(entropy(xTest))",
      to: "tf.mean(entropy(xTest)).div(Math.LN2)",
      fails: ["floor, test"],
    },
    {
      how: "a network that was never trained",
      from: "const byNats = await trained(tf.relu, nats);",
      to: "const byNats = vanilla(32, tf.relu, 4);",
      fails: [
        "test nats",
        "its squared error",
        "both squared errors",
        "nats a pixel",
        "error when shuffled",
        "pixels without a unit",
        "zeros in z",
        "mixed / real codes",
      ],
    },
    {
      how: "PCA of images that are not shuffled",
      from: "ofPca(pca32)(shuffled)",
      to: "ofPca(pca32)(xTest)",
      fails: ["PCA when shuffled"],
    },
    {
      how: "the picture of another unit",
      from: "columns.slice([alive[0], 0], [1, 784])",
      to: "columns.slice([alive[1], 0], [1, 784])",
      fails: ["logits − 10 wᵢ"],
    },
    {
      how: "the upper half is not looked at",
      from: "output.apply(hidden.apply(v))",
      to: "output.apply(hidden.apply(tf.zerosLike(v)))",
      fails: ["variance predicted"],
    },
  ],
  [
    {
      how: "ten times as many steps of the first network",
      from: "epochs: 4, seed: 3 }",
      to: "epochs: 40, seed: 3 }",
      fails: ["not yet PCA of 32"],
    },
    {
      how: "a linear code that is not trained",
      from: "const linearCode = await trained(a => a, nats);",
      to: "const linearCode = vanilla(32, a => a, 3);",
      fails: ["linear / rectified"],
    },
    {
      how: "twice the floor is taken off",
      from: "crossEntropy(xTest, byNats.logits(codes)).sub(entropy(xTest))",
      to: "crossEntropy(xTest, byNats.logits(codes)).sub(entropy(xTest).mul(2))",
      fails: ["least excess / square"],
    },
  ],
];

import type { Break } from "./break.ts";

/** What is broken in lesson 03, in two runs: what stands in the way of another break is in the other one. */
export const breaks: readonly (readonly Break[])[] = [
  [
    {
      how: "half of the code is lost",
      from: "const z: tf.Tensor2D = untrained.encode(xTest);",
      to: "const z: tf.Tensor2D = untrained.encode(xTest).slice([0, 0], [-1, 16]);",
      fails: ["numbers in a code"],
    },
    {
      how: "the output's biases are not counted",
      from: "models.parameterCount(untrained.omega)",
      to: "models.parameterCount(untrained.omega.slice(0, 3))",
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
      from: "const away = mean.square().sum()",
      to: "const away = mean.sum()",
      fails: ["white paper"],
    },
    {
      how: "one direction too many",
      from: "classical.pca(x, 2)",
      to: "classical.pca(x, 3)",
      fails: ["PCA of 2, test"],
    },
    {
      how: "both codes are squashed",
      from: "const rectified = vanilla(32, tf.relu, 3);",
      to: "const rectified = vanilla(32, tf.sigmoid, 3);",
      fails: ["test error", "‖x̂ − x̄‖²"],
    },
    {
      how: "the first steps for the last",
      from: "falls.slice(-20)",
      to: "falls.slice(0, 20)",
      fails: ["last steps / first step"],
    },
    {
      how: "the squashed network is not trained",
      from: 'const second = await descend(squashed, "This loss falls steeply, then slowly, too");',
      to: "const second = { falls };",
      fails: ["test error, σ", "‖x̂ − x̄‖², σ", "mean of z, σ", "mean of z (1 − z), σ"],
    },
    {
      how: "a picture taken before the first step",
      from: "squaredError(shots[1], mean)",
      to: "squaredError(shots[0], mean)",
      fails: ["‖x̂ − x̄‖², 30 steps"],
    },
    {
      how: "an answer that is known only roughly",
      from: "tf.log(xTest.add(1e-9))",
      to: "tf.log(xTest.add(0.01))",
      fails: ["nats, x̂ = x"],
    },
    {
      how: "prints with ink and paper exchanged",
      from: "data.dynamicBinary(3)(xTest.slice([0, 0], [2000, 784]))",
      to: "data.dynamicBinary(3)(tf.sub(1, xTest.slice([0, 0], [2000, 784])))",
      fails: ["surprise at prints"],
    },
    {
      how: "the floor in bits",
      from: "const floor = entropy(xTest)",
      to: "const floor = entropy(xTest).div(Math.LN2)",
      fails: ["floor, test"],
    },
    {
      how: "a network that was never trained",
      from: "const byNats = await trained(nats);",
      to: "const byNats = vanilla(32, tf.relu, 4);",
      fails: ["test nats", "its squared error", "nats a pixel", "error when shuffled"],
    },
    {
      how: "small weights count as zeros",
      from: "share(all.equal(0))",
      to: "share(all.abs().less(0.001))",
      fails: ["exact zeros"],
    },
    {
      how: "code numbers below 5 count as zeros",
      from: "share(model.encode(xTest).equal(0))",
      to: "share(model.encode(xTest).less(5))",
      fails: ["zeros in z, α = 0.01"],
    },
    {
      how: "a network that paid",
      from: "moved(bySquares)",
      to: "moved(family[1])",
      fails: ["blank pixels, α = 0"],
    },
    {
      how: "a tenth of the price",
      from: "Math.abs(pull[i]) <= 1.1",
      to: "Math.abs(pull[i]) <= 0.11",
      fails: ["those gone earn ≤ 1.1 α"],
    },
    {
      how: "the upper half is not looked at",
      from: "output.apply(hidden.apply(v))",
      to: "output.apply(hidden.apply(tf.zerosLike(v)))",
      fails: ["lower half, untold"],
    },
  ],
  [
    {
      how: "the network of squares was never trained",
      from: "const bySquares = await trained(reconstructionError);",
      to: "const bySquares = vanilla(32, tf.relu, 3);",
      fails: ["squared error"],
    },
    {
      how: "twice the floor is taken off",
      from: "byNats.logits(byNats.encode(xTest))).sub(entropy(xTest))",
      to: "byNats.logits(byNats.encode(xTest))).sub(entropy(xTest).mul(2))",
      fails: ["least excess / square"],
    },
    {
      how: "the first network pays, the others do not",
      from: "const family = [bySquares, await priced(0.001), await priced(0.01)];",
      to: "const family = [await priced(0.001), await priced(0), await priced(0)];",
      fails: [
        "small weights, α = 0",
        "small weights, α = 0.001",
        "small weights, α = 0.01",
        "error, α = 0.01",
        "blank pixels, α = 0.01",
        "earned by those that stay",
      ],
    },
  ],
];

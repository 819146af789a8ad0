import type { Break } from "./break.ts";

/** What is broken in lesson 02, in two runs: what stands in the way of another break is in the other one. */
export const breaks: readonly (readonly Break[])[] = [
  [
    {
      how: "one formula of the variance for the other",
      from: "* n) / (n - 1)",
      to: "* n) / n",
      fails: ["sd of mass, describe"],
    },
    {
      how: "centres at twice the means",
      from: "div(own.sum(0).expandDims(1))",
      to: "div(own.sum(0).expandDims(1).div(2))",
      fails: ["largest rise of J", "J at the end", "rectangle, bad start"],
    },
    {
      how: "one group instead of two",
      from: "clusters: 2, seed: 1, restarts: 10",
      to: "clusters: 1, seed: 1, restarts: 10",
      fails: ["rectangle, ten starts"],
    },
    {
      how: "the same units twice",
      from: "classical.kMeans(raw,",
      to: "classical.kMeans(x,",
      fails: ["ARI gained by units"],
    },
    {
      how: "groups without their sizes",
      from: "between.mul(groupSizes)",
      to: "between.mul(1)",
      fails: ["inertia + between"],
    },
    {
      how: "another mark for NMI",
      from: "NMI: classical.normalizedMutualInformation(truth",
      to: "NMI: classical.adjustedRandIndex(truth",
      fails: ["8 × 8 digits, NMI", "MNIST test, NMI"],
    },
    {
      how: "another mark for ACC",
      from: "ACC: classical.clusterAccuracy(truth",
      to: "ACC: classical.adjustedRandIndex(truth",
      fails: ["MNIST test, ACC"],
    },
    { how: "fewer groups at the end", from: "15, 20, 30]", to: "15, 30, 20]", fails: ["least fall, held out"] },
    {
      how: "half the variance in the M-step",
      from: "square()).sum(0).div(counts)",
      to: "square()).sum(0).div(counts.mul(8))",
      fails: ["largest fall of L"],
    },
    {
      how: "EM with wide Gaussians",
      from: "tf.tensor1d([0.01, 0.01])",
      to: "tf.tensor1d([100, 100])",
      fails: ["narrow EM − k-means"],
    },
    {
      how: "a grid of another spacing",
      from: "sum().mul(0.05)",
      to: "sum().mul(0.06)",
      fails: ["area of the mixture", "area of the kernels"],
    },
    {
      how: "one dimension lost",
      from: "- 64 * Math.log(0.03",
      to: "- 63 * Math.log(0.03",
      fails: ["training, h = 0.03"],
    },
    {
      how: "one Gaussian for ten",
      from: "const models = [1, 10, 30]",
      to: "const models = [1, 1, 30]",
      fails: ["10 above 1 Gaussian"],
    },
    {
      how: "kernels too thin",
      from: "score(held, 0.15) - heldOut[2]",
      to: "score(held, 0.08) - heldOut[2]",
      fails: ["kernels above 30"],
    },
    { how: "a handicap for anomalies", from: "a > b ? 1", to: "a > 1.1 * b ? 1", fails: ["AUROC by pairs"] },
    {
      how: "a code of 2",
      from: "classical.pca(imagesOf(digit), 30)",
      to: "classical.pca(imagesOf(digit), 2)",
      fails: ["mean AUROC", "off that table, at most", "mean AUROC of ten"],
    },
    {
      how: "false alarms counted in full",
      from: "(1 - share) * alarms)",
      to: "alarms)",
      fails: ["precision, counted"],
    },
    { how: "half the slope", from: "plane2)).mul(4)", to: "plane2)).mul(2)", fails: ["slope by hand"] },
    {
      how: "the map stays where it started",
      from: "tf.train.adam(1)",
      to: "tf.train.adam(1e-6)",
      fails: ["neighbours kept, above PCA", "k-means on the map, NMI", "width ratio, map"],
    },
  ],
  [
    {
      how: "means of another sum",
      from: "q.mul(x).sum(0).div(counts)",
      to: "q.mul(x).sum(0).div(counts.add(1))",
      fails: ["Σ πⱼ μⱼ"],
    },
    {
      how: "fewer images to learn from",
      from: "digits.images.slice([0, 0], [1500, 64])",
      to: "digits.images.slice([0, 0], [900, 64])",
      fails: [
        "held out, h = 0.25",
        "held out, h = 0.2",
        "held out, h = 0.15",
        "held out, h = 0.1",
        "held out, 1 Gaussian",
      ],
    },
    {
      how: "the test images for training images",
      from: "watchmen[hard].error(imagesOf(hard))",
      to: "watchmen[hard].error(test.images)",
      fails: ["more alarms on new images"],
    },
    { how: "clouds less unequal", from: "cloud(5, 20, 2)", to: "cloud(3, 20, 2)", fails: ["width ratio, data"] },
  ],
];

import type { Break } from "./break.ts";

/** What is broken in lesson 08, in two runs: what stands in the way of another break is in the other one. */
export const breaks: readonly (readonly Break[])[] = [
  [
    {
      how: "the matrix of another layer",
      from: "const A = matrixOf(convolve, 6);",
      to: "const A = matrixOf(image => convolve(image).mul(2), 6);",
      fails: ["y − A x", "its matrix − Aᵀ"],
    },
    {
      how: "negative weights are cut off",
      from: "const filter = normal(3, 3, 1, 1);",
      to: "const filter = normal(3, 3, 1, 1).relu();",
      fails: ["zeros, 6 × 6", "zeros, 28 × 28", "different, 28 × 28"],
    },
    {
      how: "the transpose of a flipped filter",
      from: "const Aty = transposed(filters, 14)(y32);",
      to: "const Aty = transposed(filters.reverse(0), 14)(y32);",
      fails: ["⟨Ax, y⟩ − ⟨x, Aᵀy⟩"],
    },
    {
      how: "the image itself comes back",
      from: "const back = transposed(filter, 6)(convolve(image));",
      to: "const back = image;",
      fails: ["AᵀAx from x"],
    },
    {
      how: "kernels are one wider",
      from: "tf.ones([m, m, 1, 1])",
      to: "tf.ones([m + 1, m + 1, 1, 1])",
      fails: ["copies, fewest", "kernel 4, ones"],
    },
    {
      how: "weights with a mean far from 0",
      from: "transposed(normal(3, 3, 1000, 1), 12)",
      to: "transposed(normal(3, 3, 1000, 1).add(3), 12)",
      fails: ["kernel 3, random"],
    },
    {
      how: "likewise",
      from: "transposed(normal(4, 4, 1000, 1), 12)",
      to: "transposed(normal(4, 4, 1000, 1).add(3), 12)",
      fails: ["kernel 4, random"],
    },
    {
      how: "a map that is not constant",
      from: "resized(normal(3, 3, 1, 1000))(ones)",
      to: "resized(normal(3, 3, 1, 1000))(normal(1, 6, 6, 1))",
      fails: ["resize, random"],
    },
    {
      how: "biases are forgotten",
      from: "models.parameterCount(variables);",
      to: "models.parameterCount(variables.filter(({ rank }) => rank > 1));",
      fails: ["parameters", "of the convolutions"],
    },
    {
      how: "the convolutional network is trained for one epoch",
      from: "await learn(conv, { rate: 0.008, epochs: passes })",
      to: "await learn(conv, { rate: 0.008, epochs: 1 })",
      fails: [
        "convolutional, test",
        "of 784-64-30's error",
        "of 784-270-30's error",
        "conv, shift 4 / 0",
        "conv / dense, shift 4",
      ],
    },
    {
      how: "the trained network is not the one that is looked at",
      from: "checkerboard(conv);",
      to: "checkerboard(convAutoencoder(11));",
      fails: ["checkerboard, trained"],
    },
    {
      how: "nothing is shuffled",
      from: "tf.gather(images, order, 1)",
      to: "images.clone()",
      fails: ["conv, shuffled / in order", "conv / dense, shuffled"],
    },
    {
      how: "maps move the other way",
      from: "before.slice([0, 1, 2 - places, 0], inner)",
      to: "before.slice([0, 1, 2 + places, 0], inner)",
      fails: ["layer 1, shift 2", "layer 1, shift 4", "layer 2, shift 4", "untrained, shift 2"],
    },
  ],
  [
    {
      how: "the pattern that all blocks share is looked for in blocks of another phase each",
      from: "within.mean([0, 1, 3]); // [2, 2]: the pattern",
      to: "within.mul(tf.tensor([1, -1]).tile([7]).reshape([14, 1, 1, 1])).mean([0, 1, 3]);",
      fails: ["checkerboard, untrained"],
    },
    {
      how: "every weight is 2",
      from: "tf.ones([m, m, 1, 1])",
      to: "tf.ones([m, m, 1, 1]).mul(2)",
      fails: ["copies, most"],
    },
    {
      how: "the dense network trains on shuffled digits and is measured on others",
      from: "await learn(dense2, { rate: 0.008, epochs: passes, digits: mixedUp }),",
      to: "await learn(dense2, { rate: 0.008, epochs: passes, digits: { x: mixedUp.x, valid } }),",
      fails: ["dense, shuffled / in order"],
    },
    {
      how: "shifted digits are compared with digits that stay where they are",
      from: "conv4 / wide4, lower",
      to: "conv4 / Object.values(growth)[1][0], lower",
      fails: ["conv / wide, shift 4"],
    },
    {
      how: "the image stays where it is",
      from: "maps(shifted(some, 0, by))",
      to: "maps(shifted(some, 0, 0))",
      fails: ["layer 1, shift 1", "layer 2, shift 2"],
    },
  ],
];

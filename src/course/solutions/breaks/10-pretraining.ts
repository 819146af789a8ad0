import type { Break } from "./break.ts";

/** What is broken in lesson 10, in two runs: what stands in the way of another break is in the other one. */
export const breaks: readonly (readonly Break[])[] = [
  [
    {
      how: "the short and the long pretraining are exchanged",
      from: "= [short, long].map(errorOn)",
      to: "= [long, short].map(errorOn)",
      fails: ["error, short", "error, long"],
    },
    {
      how: "the code keeps what varies least",
      from: ".vectors.slice([0, 0], [2, 1])",
      to: ".vectors.slice([0, 1], [2, 1])",
      fails: ["counted − formula, largest", "class along x₂"],
    },
    {
      how: "the transfer rounds",
      from: "void w.assign(given[i] ?? tf.zerosLike(w))",
      to: "void w.assign(given[i]?.mul(0.9999) ?? tf.zerosLike(w))",
      fails: ["transfer"],
    },
    {
      how: "the head is frozen in the first step",
      from: "rates: [0.003, 0.003, 0.003, 0.003], steps: 1 }",
      to: "rates: [0.003, 0.003, 0.003, 0], steps: 1 }",
      fails: ["first step, head"],
    },
    {
      how: "the encoder moves and the head hardly does",
      from: "rates: [0, 0, 0, 0.03]",
      to: "rates: [0.03, 0.03, 0.03, 0.001]",
      fails: ["frozen, encoder", "frozen, head"],
    },
    {
      how: "the encoder stays frozen",
      from: "rates: [0.003, 0.003, 0.003, 0.003], steps: 50 }",
      to: "rates: [0, 0, 0, 0.003], steps: 50 }",
      fails: ["fine-tuned, encoder"],
    },
    {
      how: "two components",
      from: "[784, 50])",
      to: "[784, 2])",
      fails: ["components − pixels"],
    },
    {
      how: "the short codes are the long ones",
      from: "encode(short.layers, x), penalty",
      to: "encode(long.layers, x), penalty",
      fails: ["short, untrained − pixels"],
    },
    {
      how: "fine-tuning begins at the short pretraining",
      from: "start: () => long.layers, rates: gentle",
      to: "start: () => short.layers, rates: gentle",
      fails: [
        "100: fine-tuned − random",
        "100: fine-tuned − rectified",
        "1,000: fine-tuned − random",
        "10,000: fine-tuned − random",
        "10,000: fine-tuned − frozen",
      ],
    },
  ],
  [
    {
      how: "the head begins at random",
      from: "void w.assign(given[i] ?? tf.zerosLike(w))",
      to: 'void w.assign(given[i] ?? tf.randomNormal(w.shape, 0, 0.1, "float32", 1))',
      fails: ["first step, encoder"],
    },
    {
      how: "the long codes are the short ones",
      from: "encode(long.layers, x), penalty",
      to: "encode(short.layers, x), penalty",
      fails: ["long codes − pixels"],
    },
    {
      how: "the classifier stands in the place of the autoencoder",
      from: "Math.max(...movedSince(sent, long.layers))",
      to: "Math.max(...movedSince(sent, classifier.layers.slice(0, 3)))",
      fails: ["the autoencoder meanwhile"],
    },
    {
      how: "the short arm begins at the long pretraining",
      from: "start: () => short.layers,",
      to: "start: () => long.layers,",
      fails: ["100: short − long", "1,000: short − long", "100: short − random", "1,000: short − random"],
    },
  ],
];

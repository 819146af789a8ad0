import type { Break } from "./break.ts";

/** What is broken in lesson 14, in runs whose breaks do not disturb each other. */
export const breaks: readonly (readonly Break[])[] = [
  [
    {
      how: "the band of the sphere is taken to be one dimension lower",
      from: "Math.sin(angle) ** (m - 2)",
      to: "Math.sin(angle) ** (m - 2.01)",
      fails: ["A, largest error", "KL, largest error", "dKL/dκ, largest error", "κ Var w − recurrence"],
    },
    {
      how: "the floor of the mirror is gone",
      from: "const length = tf.maximum(tf.sum(tf.square(a), 1, true), 1e-10); // the floor",
      to: "const length = tf.sum(tf.square(a), 1, true);",
      fails: ["the same at µ = e₁"],
    },
    {
      how: "the second term is counted half",
      from: "tf.mul(propose(kappa, e).w, score)",
      to: "tf.mul(0.5, tf.mul(propose(kappa, e).w, score))",
      fails: ["d E[w]/dκ, corrected"],
    },
    {
      how: "the model on the circle is one on the plane",
      from: 'await fitCircle("svae", 1, 3)',
      to: 'await fitCircle("vae", 2, 3)',
      fails: ["log p, S¹ − R²"],
    },
    {
      how: "the S-VAE of the short pair is not trained",
      from: 'const shortS = await fitDigits("svae", 17);',
      to: "const shortS: typeof shortN = models.svae({ inputs: 784, latent: 2, seed: 16 }) as never;",
      fails: ["log p, S − N, equal steps"],
    },
    {
      how: "latitudes are stretched before they are mapped",
      from: "const place = (a: number, b: number) => plot.hammer({ longitude: a, latitude: b });",
      to: "const place = (a: number, b: number) => plot.hammer({ longitude: a, latitude: 0.99 * b });",
      fails: ["area on the map / on S² − 1"],
    },
    {
      how: "the line's codes are taken from a circle",
      from: "codesOf(onLine).flatten()",
      to: "tf.sin(turn)",
      fails: ["R¹: widest tear / all codes"],
    },
    {
      how: "the width of a spot is taken from another root",
      from: "180 / Math.PI / Math.sqrt(kappa)",
      to: "180 / Math.PI / Math.cbrt(kappa)",
      fails: ["codes that are spots of 1 to 3 degrees"],
    },
    {
      how: "another corner",
      from: "plot.hammer({ longitude: Math.PI / 2, latitude: Math.PI / 4 })",
      to: "plot.hammer({ longitude: Math.PI / 4, latitude: Math.PI / 2.5 })",
      fails: ["x of (π/2, π/4)", "y of (π/2, π/4)"],
    },
    {
      how: "the way back forgets the sign of the longitude",
      from: "Math.hypot(back.longitude - longitude, back.latitude - latitude)",
      to: "Math.hypot(Math.abs(back.longitude) - longitude, back.latitude - latitude)",
      fails: ["there and back"],
    },
    {
      how: "the two models of the table are exchanged",
      from: "const [nTwo, sTwo] = pairs[0]",
      to: "const [sTwo, nTwo] = pairs[0]",
      fails: ["S − N, d = 2", "N, d = 2", "S, d = 2", "here − logs"],
    },
  ],
  [
    {
      how: "cosines are a little too large",
      from: "return tf.add(1, tf.div(tf.log(tf.add(t, tail)), kappa)); // w, [N, 1]",
      to: "return tf.add(1.02, tf.div(tf.log(tf.add(t, tail)), kappa)); // w, [N, 1]",
      fails: ["mean of µᵀz − A, 4 values of κ", "‖z‖ − 1, largest"],
    },
    {
      how: "every proposal is kept",
      from: 'const kept = tf.cast(accepted(kappa, e, t), "float32");',
      to: "const kept = tf.onesLike(t);",
      fails: ["accepted draws alone"],
    },
    {
      how: "the true process has less noise than the data",
      from: "tf.div(squares, 2 * s * s)",
      to: "tf.div(squares, s * s)",
      fails: ["log p, S¹ − the truth"],
    },
  ],
  [
    {
      how: "the sum of both terms is called the accepted draws' own",
      from: "const uncorrected = average(batchesOfDraws.map(batch => batch.path));",
      to: "const uncorrected = average(batchesOfDraws.map(batch => batch.path + batch.correction));",
      fails: ["accepted draws alone − A′, off by"],
    },
    {
      how: "the model on the line is one on the circle",
      from: 'const onLine = await fitCircle("vae", 1, 3);',
      to: 'const onLine = await fitCircle("svae", 1, 3);',
      fails: ["log p, S¹ − R¹"],
    },
  ],
];

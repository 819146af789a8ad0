import type { Break } from "./break.ts";

/** What is broken in lesson 05, in two runs: what stands in the way of another break is in the other one. */
export const breaks: readonly (readonly Break[])[] = [
  [
    {
      how: "training stops early",
      from: "for (let step = 0; step < 600; step++)",
      to: "for (let step = 0; step < 60; step++)",
      fails: ["error, 64-100-64"],
    },
    {
      how: "the decoder is no inverse",
      from: "tf.matMul(v.div(s), u, false, true); // W₂ᵀ",
      to: "tf.matMul(v, u, false, true); // W₂ᵀ",
      fails: ["noise, never trained"],
    },
    {
      how: "the slope is too small",
      from: "const slope = -2 * variance * (1 - w1 * w2)",
      to: "const slope = -1.5 * variance * (1 - w1 * w2)",
      fails: ["jump, α_c / λ", "p before it", "minimum ends, α / λ", "jump of Xu et al."],
    },
    {
      how: "the threshold is four times too large",
      from: "const t: tf.Scalar = alpha.mul(eta)",
      to: "const t: tf.Scalar = alpha.mul(eta).mul(4)",
      fails: ["best start above the bound", "units miscounted"],
    },
    {
      how: "a penalty on squares",
      from: "const exactCode = responses.sign().mul(beyond)",
      to: "const exactCode = responses.div(1 + penalty)",
      fails: ["Adam − soft(Dᵀx, α/2)", "zeros of the formula"],
    },
    {
      how: "small numbers are counted as zeros",
      from: "100 * t.equal(0).mean()",
      to: "100 * t.abs().less(0.01).mean()",
      fails: ["zeros that Adam finds"],
    },
    {
      how: "the copy has a penalty",
      from: "l1OfCode(0), 1e-3",
      to: "l1OfCode(0.3), 1e-3",
      fails: ["test error, α = 0", "units on, α = 0", "copy − pixels"],
    },
    {
      how: "the strong penalty is weak",
      from: "l1OfCode(0.5), 1e-3",
      to: "l1OfCode(0.001), 1e-3",
      fails: ["units on, α = 0.5", "h of the code, α = 0.5"],
    },
    {
      how: "half of the divergence counts double",
      from: "tf.log(tf.div(rho, mean)), rho); // ρ log(ρ / ρ̂)",
      to: "tf.log(tf.div(rho, mean)), 2 * rho); // ρ log(ρ / ρ̂)",
      fails: ["slope at 0.3", "mean, columns free", "mean, length 1"],
    },
  ],
  [
    {
      how: "the penalty of a product is overstated",
      from: "loss: error + 2 * alpha * sum(q)",
      to: "loss: error + 3 * alpha * sum(q)",
      fails: ["any start below it"],
    },
    {
      how: "one penalty twice",
      from: "[0.002, 0.005, 0.01, 0.02].map(alpha",
      to: "[0.002, 0.005, 0.005, 0.02].map(alpha",
      fails: ["units lost per row", "loss gained per row"],
    },
    {
      how: "training stops before the weights can reach 0",
      from: "steps = 8000;",
      to: "steps = 100;",
      fails: ["|w| < 0.001"],
    },
    {
      how: "only the largest numbers of the code are left",
      from: "h: hoyer(code)",
      to: "h: hoyer(code.pow(5))",
      fails: ["h of the code"],
    },
    {
      how: "only the largest activations are left",
      from: "const [looseH, boundedH] = byMean.map(z => tf.tidy(() => hoyer(z)));",
      to: "const [looseH, boundedH] = byMean.map(z => tf.tidy(() => hoyer(z.pow(6))));",
      fails: ["h, columns free", "h, length 1"],
    },
    // Their cell ends at its first check that fails, which the copy's break makes fail in the other run.
    {
      how: "the pixels are taken for the sparse code",
      from: "const gained = wrong[0] - wrong[5]",
      to: "const gained = wrong[0] - wrong[0]",
      fails: ["pixels − sparse"],
    },
    {
      how: "training digits are taken for the sparse code",
      from: "const learningAdds = wrong[3] - wrong[5]",
      to: "const learningAdds = wrong[3] - wrong[3]",
      fails: ["digits − sparse"],
    },
  ],
];

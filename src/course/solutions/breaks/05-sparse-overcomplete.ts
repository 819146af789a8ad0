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
      fails: ["jump, α_c / λ", "p before it", "valley ends, α / λ"],
    },
    {
      how: "weights give up more than their price",
      from: "const t: tf.Scalar = alpha.mul(eta)",
      to: "const t: tf.Scalar = alpha.mul(4 * eta)",
      fails: ["best start above the bound", "units miscounted"],
    },
    {
      how: "a price on squares",
      from: "const exactCode = responses.sign().mul(beyond)",
      to: "const exactCode = responses.div(1 + price)",
      fails: ["Adam − soft(Dᵀx, α/2)", "zeros of the formula"],
    },
    {
      how: "small numbers are counted as zeros",
      from: "100 * t.equal(0).mean()",
      to: "100 * t.abs().less(0.01).mean()",
      fails: ["zeros that Adam finds"],
    },
    {
      how: "the copy has a price",
      from: "priceOfCode(0), 1e-3",
      to: "priceOfCode(0.3), 1e-3",
      fails: ["numbers not 0, α = 0", "code, α = 0 − pixels"],
    },
    {
      how: "the dear code is cheap",
      from: "priceOfCode(1), 1e-3",
      to: "priceOfCode(0.01), 1e-3",
      fails: ["numbers not 0, α = 1", "h of the code, α = 1", "pixels − code, α = 1"],
    },
    {
      how: "half of the divergence counts double",
      from: ".mul(-rho); // ρ log(ρ / ρ̂)",
      to: ".mul(-2 * rho); // ρ log(ρ / ρ̂)",
      fails: ["slope at 0.3", "mean, columns free", "mean, length 1"],
    },
  ],
  [
    {
      how: "the price of a product is overstated",
      from: "loss: error + 2 * alpha * sum(q)",
      to: "loss: error + 3 * alpha * sum(q)",
      fails: ["any start below it"],
    },
    {
      how: "one price twice",
      from: "[0.002, 0.005, 0.01, 0.02].map(alpha",
      to: "[0.002, 0.005, 0.005, 0.02].map(alpha",
      fails: ["rise of |w| < 0.001"],
    },
    {
      how: "only the largest numbers of the code are left",
      from: "h: hoyer(code)",
      to: "h: hoyer(code.pow(5))",
      fails: ["h of the code"],
    },
    {
      how: "no free columns",
      from: "overcomplete(sigmoid, false, 5)",
      to: "overcomplete(sigmoid, true, 5)",
      fails: ["h, columns free"],
    },
    {
      how: "columns of length 1 are free",
      from: "const bounded = await learn(overcomplete(sigmoid, true, 5)",
      to: "const bounded = await learn(overcomplete(sigmoid, 1 > 2, 5)",
      fails: ["h, length 1"],
    },
  ],
];

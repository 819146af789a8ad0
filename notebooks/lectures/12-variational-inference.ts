// ---
// jupyter:
//   jupytext:
//     formats: ipynb,ts:percent
//     text_representation:
//       extension: .ts
//       format_name: percent
//   kernelspec:
//     display_name: TypeScript (Latent)
//     language: typescript
//     name: typescript
// ---

// %% [markdown] slideshow={"slide_type":"slide"} notes="Read the slide's sentence aloud, then ask: which of the two distributions can we see? Neither. We see x. Let them say what one would need in order to compute p of z given x, and write Bayes' rule on the board."
// # Lesson 12 · Variational inference
//
// The lecture's slide (Roman-Rangel, *AutoEncoders*, 2021) says: "Approximate an observable probability distribution $p(z|x)$, with
// another parametric distribution $q(z)$", because it is "hard to find the marginal $p(x)$". **What makes $p(x)$ hard, what does $q$
// give us instead, and how much is lost?**
//
// After this lesson you can
//
// 1. write $p(x)$ as an integral over $z$, compute it where $z$ has one dimension, and say why that stops working;
// 2. derive the evidence lower bound in two ways, and say what its gap is;
// 3. compute its gradient through a random draw, and compare two estimators by their variance;
// 4. name the two gaps of a trained encoder, and a model for which the bound loses nothing.
//
// You need densities, Bayes' rule and encoder and decoder from lesson 03. One lecture of 45 minutes; half a minute to run.

// %% slideshow={"slide_type":"skip"}
import { DataFrame } from "danfojs-node";
import {
  check,
  classical,
  compile,
  data,
  exercise,
  generator,
  linalg,
  models,
  plot,
  tf,
  train,
} from "latent";

// %% [markdown] slideshow={"slide_type":"slide"} notes="Draw the two arrows on the board: z to x is the decoder, and it is easy. x to z is what this lesson is about. Point out that nothing is learned yet: the decoder is a formula."
// ## 1 · A model that makes data
//
// A **latent variable model** makes data in two steps: draw a code $z$ from the **prior** $p(z)$, then draw $x$ from $p(x \mid z)$.
// Here the code is one number and the data are points in the plane:
//
// $$p(z) = \mathcal{N}(z;\, 0, 1), \qquad p(x \mid z) = \mathcal{N}\bigl(x;\, g(z),\, s^2 I\bigr), \qquad
// g(z) = (\cos 2z,\ \sin 2z), \quad s = 0.25 .$$
//
// The decoder $g$ bends the line into a circle. It is fixed in this lesson, so that every quantity below can also be computed
// exactly; lesson 13 learns it. (The slide writes "$p(z) \sim \mathcal{N}(\mu, \sigma)$". The prior has no $\mu$ and $\sigma$ that
// depend on $x$; they will belong to $q$.)

// %% slideshow={"slide_type":"skip"}
type Point = readonly [number, number];

const s = 0.25; // standard deviation of the noise
const logNormal = (u: number, mean: number, deviation: number) =>
  -0.5 * ((u - mean) / deviation) ** 2 - Math.log(deviation) - 0.5 * Math.log(2 * Math.PI);
const logPrior = (z: number) => logNormal(z, 0, 1); // log p(z)
const logLikelihood = ([x1, x2]: Point, z: number) =>
  logNormal(x1, Math.cos(2 * z), s) + logNormal(x2, Math.sin(2 * z), s); // log p(x | z)

// %% slideshow={"slide_type":"skip"}
function decode(z: tf.Tensor1D) {
  const angle: tf.Tensor2D = tf.mul(2, z.expandDims(1)); // [N, 1]
  return tf.concat2d([tf.cos(angle), tf.sin(angle)], 1); // g(z), [N, 2]
}

// %% slideshow={"slide_type":"skip"}
function sample(count: number, seed: number) {
  const z: tf.Tensor1D = tf.randomNormal([count], 0, 1, "float32", seed);
  const noise = tf.randomNormal([count, 2], 0, s, "float32", seed + 1);
  const x: tf.Tensor2D = tf.add(decode(z), noise);
  return { z, x };
}
const made = sample(1000, 12);

// %% slideshow={"slide_type":"-"}
plot.scatter(made.x, {
  title: "One number z, drawn from N(0, 1), becomes a point near the circle",
  x: "x₁",
  y: "x₂",
  colour: made.z,
  z: "z",
});

// %% [markdown]
// Follow the colour: $z = 0$ lies on the right, and as $|z|$ grows the points run round the circle on both sides. They meet on the
// left, at $z = \pm\pi/2$. There two very different codes explain the same point, which will matter later.

// %% [markdown] slideshow={"slide_type":"slide"} notes="Let them read the integral aloud as a sentence: every code might have made this x; add up how likely each is. In one dimension a sum over 3,201 nodes is exact enough."
// ## 2 · The evidence is an integral over all codes
//
// Any code might have made $x$, so its density adds up over the codes. With the product rule $p(x, z) = p(x \mid z)\, p(z)$ this is
// the slide's formula,
//
// $$p(x) = \int p(x, z)\, dz = \int p(x \mid z)\, p(z)\, dz ,$$
//
// the **evidence** of $x$. (The slide writes $\Omega$ below the integral sign; it means the whole latent space, not the weights.)
// Bayes' rule needs it too: the **posterior** is $p(z \mid x) = p(x, z) / p(x)$.
//
// Here the integral is one-dimensional and smooth, so a sum over a fine grid gives it to many digits. The sum is taken of logarithms,
// because $p(x, z)$ can be far below the smallest number that a computer holds: with $m = \max_i a_i$, $\log \sum_i e^{a_i} = m +
// \log \sum_i e^{a_i - m}$.

// %% slideshow={"slide_type":"-"}
const step = 0.005;
const grid = Array.from({ length: 3201 }, (_, i) => step * (i - 1600)); // z from −8 to 8
const sum = (numbers: number[]) => numbers.reduce((total, value) => total + value, 0);
function logSumExp(logs: number[]) {
  const largest = logs.reduce((most, value) => Math.max(most, value), -Infinity);
  return largest + Math.log(sum(logs.map(value => Math.exp(value - largest))));
}

// %% slideshow={"slide_type":"-"}
// log p(x, z) at each node
const logJoint = (x: Point) => grid.map(z => logLikelihood(x, z) + logPrior(z));
const logEvidence = (x: Point) => logSumExp(logJoint(x)) + Math.log(step); // log p(x)

// %% slideshow={"slide_type":"skip"}
const axis = Array.from({ length: 65 }, (_, i) => (i - 32) / 14); // −2.29 … 2.29
const density = axis.map(x2 => axis.map(x1 => Math.exp(logEvidence([x1, x2]))));

// %% slideshow={"slide_type":"slide"} notes="Ask where the density is highest and why: the prior prefers codes near zero, and they land on the right."
plot.contours(tf.tensor2d(density), {
  title: "The evidence p(x): a ring, highest where the prior is",
  columns: axis,
  rows: axis,
  x: "x₁",
  y: "x₂",
  z: "p(x)",
  points: made.x.slice([0, 0], [200, 2]),
});

// %% slideshow={"slide_type":"skip"} tags=["check"]
const mass = sum(density.flat()) / 14 ** 2;
check([
  "∫ p(x) dx over the plane",
  mass,
  { target: 1, tolerance: 1e-4, source: "a density" },
]);

// %% [markdown] slideshow={"slide_type":"slide"} notes="Take votes: 1,000 draws, twenty dimensions. By how many nats is the estimate off? Most will say less than one."
// ## 3 · Why not draw codes and average?
//
// *Predict: the evidence is the mean of $p(x \mid z)$ over codes drawn from the prior. How good is it with 1,000 draws when $z$ has
// 1 dimension, and when it has 20?*
//
// A grid of 3,201 nodes an axis has $3201^k$ nodes in $k$ dimensions, so it is out. Averaging is not:
//
// $$p(x) = \mathbb{E}_{p(z)}\bigl[p(x \mid z)\bigr] \approx \frac1K \sum_{i=1}^{K} p(x \mid z_i), \qquad z_i \sim p(z).$$
//
// The mean is right for every $K$. But a draw contributes only if all its $k$ coordinates lie within a few $s$ of codes that explain
// $x$, and the share of such draws shrinks like $s^k$. To measure it we need a model whose evidence is known for every $k$: $x = z +
// \varepsilon$ with $z \sim \mathcal{N}(0, I_k)$ and $\varepsilon \sim \mathcal{N}(0, s^2 I_k)$, so that $x \sim \mathcal{N}(0, (1 +
// s^2) I_k)$.

// %% slideshow={"slide_type":"skip"}
const logGaussian = (u: tf.Tensor, variance: number): tf.Tensor1D => {
  const scaled = tf.div(tf.sum(tf.square(u), -1), variance); // ‖u‖² / variance
  const k = u.shape[u.shape.length - 1];
  return tf.mul(-0.5, tf.add(scaled, k * Math.log(2 * Math.PI * variance)));
};

// %% slideshow={"slide_type":"skip"}
function excess(k: number, draws: number, seed: number) {
  const normal = (rows: number, seed: number) =>
    tf.randomNormal([rows, k], 0, 1, "float32", seed);
  const x = tf.mul(normal(100, seed), Math.sqrt(1 + s * s)); // 100 points, [100, k]
  const z = normal(draws, seed + 1);
  const logs = logGaussian(tf.sub(x.expandDims(1), z), s * s); // log p(x | z), [100, draws]
  const estimate = tf.sub(tf.logSumExp(logs, 1), Math.log(draws));
  return Array.from(tf.sub(estimate, logGaussian(x, 1 + s * s)).dataSync()).sort(
    (a, b) => a - b,
  );
}

// %% slideshow={"slide_type":"skip"}
const dimensions = Array.from({ length: 20 }, (_, i) => i + 1);
const excesses = dimensions.map(k => excess(k, 1000, 300 + 2 * k));
const quantile = (rank: number) => excesses.map(sorted => sorted[rank]);

// %% slideshow={"slide_type":"slide"} notes="The true value is the line at zero. The band holds 80 of 100 points. Ask what one would have to do to the number of draws when a dimension is added: multiply."
plot.curves(
  { "estimate − exact (median)": quantile(50), exact: dimensions.map(() => 0) },
  {
    title: "1,000 draws from the prior are enough in one dimension and hopeless in twenty",
    x: "dimensions k of the code",
    y: "error of log p(x) (nats)",
    bands: { "estimate − exact (median)": [quantile(10), quantile(90)] },
  },
);

// %% [markdown]
// In one dimension the error is a few hundredths of a nat; in twenty the estimate is about 75 nats too low. The
// average is still right *in the mean*, but it is carried by draws so rare that 1,000 of them hold none. What we need are draws from
// where $p(x \mid z)\, p(z)$ is large for *this* $x$: from something close to the posterior.

// %% slideshow={"slide_type":"skip"} tags=["check"]
check(
  [
    "median error, k = 1",
    quantile(50)[0],
    { target: 0, tolerance: 0.05, unit: "nats", source: "exact" },
  ],
  [
    "median error, k = 20",
    quantile(50)[19],
    { atMost: -40, unit: "nats", source: "6 seeds: −76 to −67" },
  ],
);

// %% [markdown] slideshow={"slide_type":"slide"} notes="Do the first derivation on the board line by line; it fits in four lines. Stress that nothing was approximated: it is an identity."
// ## 4 · The bound: what $q$ gives us
//
// *Predict: put any distribution $q(z)$ in the place of the posterior. Can the bound that follows ever be too high?*
//
// Let $q$ be a density that is 0 wherever the posterior is 0. Since $p(x) = p(x, z) / p(z \mid x)$ wherever it is not,
//
// $$\log p(x) = \mathbb{E}_q\!\left[\log \frac{p(x, z)}{p(z \mid x)}\right]
// = \underbrace{\mathbb{E}_q\!\left[\log \frac{p(x, z)}{q(z)}\right]}_{\text{ELBO}(q)}
// + \underbrace{\mathbb{E}_q\!\left[\log \frac{q(z)}{p(z \mid x)}\right]}_{D_{\mathrm{KL}}(q \,\Vert\, p(z \mid x))} .$$
//
// The left side does not depend on $z$, so its mean over $q$ is itself. The last term is a Kullback-Leibler divergence. It is never
// negative: $-D_{\mathrm{KL}} = \mathbb{E}_q[\log (p/q)] \le \log \mathbb{E}_q[p/q] = \log \int p\, dz = 0$ by **Jensen's inequality**
// (the logarithm is concave), with equality only for $q = p$. Hence
//
// $$\log p(x) \ \ge\ \text{ELBO}(q), \qquad \log p(x) - \text{ELBO}(q) = D_{\mathrm{KL}}\bigl(q \,\Vert\, p(z \mid x)\bigr).$$
//
// The **evidence lower bound** needs only the joint density, which we have. Raising it over $q$ does two things at once: it comes
// closer to $\log p(x)$, and $q$ comes closer to the posterior, which we never computed.

// %% slideshow={"slide_type":"-"}
const logQ = (mean: number, deviation: number) =>
  grid.map(z => logNormal(z, mean, deviation));
const mean = (logs: number[], values: number[]) =>
  step * sum(values.map((value, i) => Math.exp(logs[i]) * value)); // over exp(logs)

// %% slideshow={"slide_type":"-"}
const difference = (a: number[], b: number[]) => a.map((value, i) => value - b[i]);
function logPosterior(x: Point) {
  const evidence = logEvidence(x);
  return logJoint(x).map(value => value - evidence); // log p(z | x)
}
const elbo = (x: Point, q: number[]) => mean(q, difference(logJoint(x), q));
const gap = (x: Point, q: number[]) => mean(q, difference(q, logPosterior(x))); // the KL

// %% slideshow={"slide_type":"skip"}
const onCircle = (degrees: number): Point => [
  Math.cos((degrees * Math.PI) / 180),
  Math.sin((degrees * Math.PI) / 180),
];

// %% slideshow={"slide_type":"skip"}
const tries: [m: number, sigma: number][] = [
  [0, 1],
  [0.5, 0.3],
  [0.52, 0.12],
  [-2.5, 0.2],
];
const right = onCircle(60);

// %% slideshow={"slide_type":"slide"} notes="Add the two middle columns of each row aloud. The sum is the same in every row, although the first bound is ten times as low."
const rows = tries.map(([m, sigma]) => ({
  q: `N(${m}, ${sigma}²)`,
  ELBO: elbo(right, logQ(m, sigma)),
  "KL to the posterior": gap(right, logQ(m, sigma)),
  sum: elbo(right, logQ(m, sigma)) + gap(right, logQ(m, sigma)),
}));
plot.table(new DataFrame(rows), { title: "Bound plus gap is log p(x), whatever q is" });

// %% [markdown]
// The point is $x = g(\pi/6)$, 60° round the circle. Every row adds up to $\log p(x)$, for good and for absurd $q$. The bound is
// never too high, because the gap is never negative. The third row is nearly tight: a narrow Gaussian around $z = \pi/6 \approx 0.52$.

// %% slideshow={"slide_type":"skip"} tags=["check"]
const misfits = rows.map(row => Math.abs(row.sum - logEvidence(right)));
const gaps = rows.map(row => row["KL to the posterior"]);
check(
  [
    "ELBO + KL − log p(x), largest",
    Math.max(...misfits),
    { atMost: 1e-6, source: "identity" },
  ],
  ["smallest gap", Math.min(...gaps), { atLeast: 0, source: "Jensen" }],
);

// %% [markdown] slideshow={"slide_type":"slide"} notes="The second line is what the slide after next will call the VAE loss. Say what each term wants: one wants x back, the other wants q to stay near the prior."
// ## 5 · Two terms, one of them in closed form
//
// Split the joint density, $\log p(x, z) = \log p(x \mid z) + \log p(z)$:
//
// $$\text{ELBO}(q) = \mathbb{E}_q\bigl[\log p(x \mid z)\bigr] - D_{\mathrm{KL}}\bigl(q(z) \,\Vert\, p(z)\bigr) .$$
//
// The first term asks for codes that explain $x$, the second keeps $q$ near the prior. The slide chooses a Gaussian, $q(z) =
// \mathcal{N}(\mu, \sigma^2)$. With $z = \mu + \sigma \varepsilon$, $\varepsilon \sim \mathcal{N}(0, 1)$, we have $\mathbb{E}\,
// \varepsilon^2 = 1$ and $\mathbb{E}\, z^2 = \mu^2 + \sigma^2$, so
//
// $$D_{\mathrm{KL}} = \mathbb{E}\bigl[\log q(z) - \log p(z)\bigr]
// = \mathbb{E}\!\left[-\tfrac12 \varepsilon^2 - \log \sigma + \tfrac12 z^2\right]
// = \tfrac12 \bigl(\mu^2 + \sigma^2 - 1 - \log \sigma^2\bigr),$$
//
// summed over the dimensions if there are several and $q$ is independent in each. It is 0 for $\mu = 0$, $\sigma = 1$.

// %% slideshow={"slide_type":"-"}
const klToPrior = (mu: number, sigma: number) =>
  0.5 * (mu * mu + sigma * sigma - 1 - Math.log(sigma * sigma));
const epsilon = Array.from(tf.randomNormal([200_000], 0, 1, "float32", 5).dataSync());
const byDraws = tries.map(([mu, sigma]) => {
  const z = epsilon.map(e => mu + sigma * e);
  return sum(z.map(value => logNormal(value, mu, sigma) - logPrior(value))) / z.length;
});

// %% slideshow={"slide_type":"skip"} tags=["check"]
check(
  ...tries.map(
    (
      [mu, sigma],
      i,
    ): [string, number, { target: number; tolerance: number; source: string }] => [
      `KL of N(${mu}, ${sigma}²), closed form`,
      klToPrior(mu, sigma),
      { target: byDraws[i], tolerance: 0.01, source: "200,000 draws" },
    ],
  ),
);

// %% [markdown] slideshow={"slide_type":"slide"} notes="This is the step that made VAEs possible. Write the wrong way first: the derivative of a random draw. Then move the randomness out: epsilon does not depend on mu or sigma."
// ## 6 · The gradient of a mean over $q$
//
// *Predict: two estimators of the same gradient, both right in the mean. Does it matter which one we use?*
//
// To climb the bound we need the gradient of $\mathbb{E}_q[f(z)]$, $f(z) = \log p(x \mid z)$, with respect to $\mu$, and $q$ itself
// depends on $\mu$. There are two ways.
//
// **Score function.** Differentiate the density: $\nabla_\mu q = q\, \nabla_\mu \log q$ and $\nabla_\mu \log q = (z - \mu)/\sigma^2$, so
// $\nabla_\mu \mathbb{E}_q[f] = \mathbb{E}_q\bigl[f(z)\,(z - \mu)/\sigma^2\bigr]$. It needs only values of $f$.
//
// **Reparameterisation** (pathwise). Write the draw as $z = \mu + \sigma \varepsilon$. The randomness is in $\varepsilon$, which depends
// on nothing, so the derivative goes inside: $\nabla_\mu \mathbb{E}_\varepsilon[f(\mu + \sigma \varepsilon)] = \mathbb{E}_\varepsilon[f'(\mu
// + \sigma\varepsilon)]$. It needs the derivative of $f$: the decoder has to be differentiable, and backpropagation does the rest.

// %% slideshow={"slide_type":"-"}
const likelihood = (z: tf.Tensor1D): tf.Tensor1D =>
  logGaussian(tf.sub(decode(z), [[...right]]), s * s); // f(z) of each draw, [N]
const slope = tf.grad((z: tf.Tensor) => likelihood(z as tf.Tensor1D).sum()); // f′(z), [N]

// %% slideshow={"slide_type":"-"}
const [mu, sigma] = [0.3, 0.3];
const noise: tf.Tensor1D = tf.randomNormal([20_000], 0, 1, "float32", 6);
const draws: tf.Tensor1D = tf.add(mu, tf.mul(sigma, noise));
const pathwise: tf.Tensor1D = slope(draws) as tf.Tensor1D;
const overSigma = tf.div(noise, sigma); // ε/σ = (z − µ)/σ²
const scoreOf = (f: tf.Tensor): tf.Tensor1D => tf.mul(f, overSigma);
const score = scoreOf(likelihood(draws));
const lowered = scoreOf(tf.sub(likelihood(draws), 100)); // the same function, 100 nats lower

// %% slideshow={"slide_type":"-"}
const ofDraws = likelihood(draws); // f(z)
const noiseSquared = tf.square(noise);
// Subtracting a constant b changes no mean; E[f ε²] / E[ε²] leaves the least variance.
const baseline = tf.div(tf.mean(tf.mul(ofDraws, noiseSquared)), tf.mean(noiseSquared));
const helped = scoreOf(tf.sub(ofDraws, baseline));

// %% slideshow={"slide_type":"skip"}
const expected = (m: number) =>
  mean(
    logQ(m, sigma),
    grid.map(z => logLikelihood(right, z)),
  );
const exactGradient = (expected(mu + 1e-3) - expected(mu - 1e-3)) / 2e-3; // on the grid

// %% slideshow={"slide_type":"skip"}
const momentsOf = (estimates: tf.Tensor1D) => {
  const { mean, variance } = tf.moments(estimates);
  const deviation = Math.sqrt(variance.dataSync()[0]);
  return {
    mean: mean.dataSync()[0],
    deviation,
    error: deviation / Math.sqrt(estimates.size),
  };
};
const [byPath, byScore, byLowered, byHelped] = [pathwise, score, lowered, helped].map(
  momentsOf,
);

// %% slideshow={"slide_type":"slide"} notes="All rows agree in the mean. Ask how many more draws the second estimator needs for the same accuracy: the square of the ratio of the deviations."
const estimators = {
  pathwise: byPath,
  "score function": byScore,
  "score function, f − 100": byLowered,
  "score function, f − best constant": byHelped,
};
const compared = Object.entries(estimators).map(([estimator, { mean, deviation }]) => ({
  estimator,
  mean,
  "exact, by the grid": exactGradient,
  "standard deviation of one draw": deviation,
}));
plot.table(new DataFrame(compared), {
  title: "All are right in the mean; one draw of the score function scatters more",
  decimals: 1,
});

// %% [markdown]
// All means agree with the exact gradient within their errors, but one draw scatters differently. The score function multiplies by
// the *value* of $f$, so a constant that changes no gradient changes its variance; the log-likelihood of an image of 784 pixels is
// about $-100$. Subtract the best constant (a **baseline**), and it still scatters 1.4 times as much as the pathwise estimator, which
// sees only the slope. This is no law: where $f$ wiggles fast its slope is large, and the order turns round (appendix A). For a
// smooth decoder the pathwise estimator is the one to use.

// %% slideshow={"slide_type":"skip"}
const nearExact = (error: number) =>
  ({
    target: exactGradient,
    tolerance: 4 * error,
    source: "grid, 4 standard errors",
  }) as const;

// %% slideshow={"slide_type":"skip"} tags=["check"]
check(
  ["pathwise mean", byPath.mean, nearExact(byPath.error)],
  ["score-function mean", byScore.mean, nearExact(byScore.error)],
  [
    "score / pathwise",
    byScore.deviation / byPath.deviation,
    { atLeast: 1.9, source: "6 seeds: 2.1 to 2.2" },
  ],
  [
    "… with the best constant",
    byHelped.deviation / byPath.deviation,
    { target: 1.4, tolerance: 0.08, source: "400,000 draws" },
  ],
  [
    "… with f − 100",
    byLowered.deviation / byPath.deviation,
    { atLeast: 15, source: "6 seeds: 23.9 to 24.1" },
  ],
);

// %% [markdown] slideshow={"slide_type":"slide"} notes="Run it live. While the bars move, ask for the predictions for the second point, the one on the left of the circle."
// ## 7 · Fit $q$ to one point
//
// *Predict: fit a Gaussian $q$ to the point at 60°, and to the point at 180°, where two codes explain $x$ equally well. How large
// is the gap that remains?*
//
// The variables are $\mu$ and $\log \sigma$, from $\mu = \sigma = 1$; each step draws 32 codes by reparameterisation and climbs the bound.

// %% slideshow={"slide_type":"skip"}
const divergence = (mu: tf.Tensor, logSigma: tf.Tensor) => {
  const squares = tf.add(tf.square(mu), tf.exp(tf.mul(2, logSigma))); // µ² + σ²
  return tf.mul(0.5, tf.sub(squares, tf.add(1, tf.mul(2, logSigma))));
};
const reparameterised = (
  mu: tf.Tensor,
  logSigma: tf.Tensor,
  epsilon: tf.Tensor,
): tf.Tensor1D => tf.add(mu, tf.mul(tf.exp(logSigma), epsilon)); // z = µ + σε

// %% slideshow={"slide_type":"skip"}
const explained = (x: tf.Tensor2D, z: tf.Tensor1D) =>
  logGaussian(tf.sub(x, decode(z)), s * s);

// %% slideshow={"slide_type":"skip"}
const every = 10; // steps between two looks at the exact gap
async function fitGaussian(x: Point, seed: number) {
  const [mu, logSigma] = [tf.variable(tf.scalar(1)), tf.variable(tf.scalar(0))];
  const random = generator(seed);
  const minusElbo = (x: tf.Tensor2D): tf.Scalar => {
    const z = reparameterised(mu, logSigma, random.normal([32]));
    return tf.sub(divergence(mu, logSigma), tf.mean(explained(x, z)));
  };
  const climb = compile(minusElbo, { optimizer: tf.train.adam(0.05) });
  const found = () => ({ mu: mu.dataSync()[0], sigma: Math.exp(logSigma.dataSync()[0]) });
  const path: number[] = [];
  for (let t = 0; t < 500; t++) {
    if (t % every === 0) path.push(gap(x, logQ(found().mu, found().sigma)));
    climb(tf.tensor2d([[...x]]));
  }
  return { path, ...found() };
}

// %% slideshow={"slide_type":"-"}
const left = onCircle(180);
const one = await fitGaussian(right, 1);
const two = await fitGaussian(left, 2);
const paths = {
  "60°: one code explains x": one.path,
  "180°: two codes do": two.path,
  "log 2": one.path.map(() => Math.log(2)),
};
plot.curves(paths, {
  title: "The gap nearly closes for one explanation, and stays at log 2 for two",
  x: "step",
  y: "gap log p(x) − ELBO (nats)",
  log: true,
  at: one.path.map((_, i) => i * every),
});

// %% [markdown] slideshow={"slide_type":"slide"} notes="Cover the second half of the text and let them compute: the posterior has half its mass under q. What is the divergence?"
// At 60° about 0.04 nats remain: the posterior is nearly Gaussian. At 180° log 2 remain.
//
// **Why log 2?** There the posterior has two equal, well separated peaks, $p = \tfrac12 p_1 + \tfrac12 p_2$. A Gaussian that covers one
// of them, $q \approx p_1$, has $D_{\mathrm{KL}} = \mathbb{E}_q[\log q - \log p] \approx \mathbb{E}_q[\log p_1 - \log \tfrac12 p_1] = \log
// 2$. One that covers both would put mass between them, where the posterior is almost 0 and $\log(q/p)$ is huge. So the best Gaussian
// takes one explanation and forgets the other: $D_{\mathrm{KL}}(q \,\Vert\, p)$ punishes mass where $p$ has none, not the reverse.

// %% slideshow={"slide_type":"-"}
const middle = (values: number[]) => values.filter((_, i) => Math.abs(grid[i]) < 2.6);
const densities = {
  "posterior p(z | x)": middle(logPosterior(left).map(Math.exp)),
  "fitted q": middle(logQ(two.mu, two.sigma).map(Math.exp)),
};
plot.curves(densities, {
  title: "At 180° the Gaussian q covers one of two explanations",
  x: "code z",
  y: "density",
  at: middle(grid),
});

// %% slideshow={"slide_type":"skip"} tags=["check"]
const last = (path: number[]) => sum(path.slice(-10)) / 10;
check(
  [
    "gap at 60°",
    last(one.path),
    { atMost: 0.08, unit: "nats", source: "6 seeds: 0.044 to 0.054" },
  ],
  ["gap at 180°", last(two.path), { target: Math.log(2), tolerance: 0.03, source: "log 2" }],
);

// %% [markdown] slideshow={"slide_type":"slide"} notes="This is the step from inference to an autoencoder: the fitted numbers become the output of a network. Ask what is gained, one pass instead of 500 steps, and what might be lost."
// ## 8 · One encoder for all points
//
// *Predict: instead of fitting $\mu$ and $\sigma$ to each point, let a network compute both from $x$. Where on the circle will it do
// worst?*
//
// Fitting takes 500 steps a point. **Amortised inference** trains one encoder $x \mapsto (\mu(x), \log \sigma(x))$ on the mean of the
// bound over the data, and then needs one pass for a new point: $q(z \mid x) = \mathcal{N}(\mu(x), \sigma(x)^2)$. This is the slide's
// "latent representation: means ($\mu$) and standard deviations ($\sigma$)": the code of $x$ is no longer a point but a distribution.

// %% slideshow={"slide_type":"-"}
const encoder = models.denseStack(models.initial(4), [2, 64, 64, 2], "tanh");
function encode(x: tf.Tensor2D) {
  const [mu, logSigma] = tf.unstack(encoder.apply(x), 1); // [N], [N]
  return { mu, logSigma };
}

// %% slideshow={"slide_type":"-"}
const random = generator(8);
const minusBound = (x: tf.Tensor2D): tf.Scalar => {
  const { mu, logSigma } = encode(x);
  const z = reparameterised(mu, logSigma, random.normal([x.shape[0]]));
  return tf.mean(tf.sub(divergence(mu, logSigma), explained(x, z)));
};
const descend = compile(minusBound, { optimizer: tf.train.adam(2e-3) });

// %% slideshow={"slide_type":"-"}
const live = train.progress({
  steps: 2000,
  title: "The mean of −ELBO falls while one encoder learns all points",
  y: "−ELBO (nats per point)",
});

// %% slideshow={"slide_type":"-"}
const points = sample(5000, 21).x;
for (const batch of train.batches(points, { batchSize: 250, epochs: 100, seed: 9 })) {
  live.step(descend(batch));
  await train.turn();
}
live.end();

// %% slideshow={"slide_type":"skip"}
const degrees = Array.from({ length: 361 }, (_, i) => i - 180); // −180° … 180°
const round = encode(tf.tensor2d(degrees.map(angle => [...onCircle(angle)])));
const [means, deviations] = [round.mu, tf.exp(round.logSigma)].map(t =>
  Array.from(t.dataSync()),
);
const encoderGaps = degrees.map((angle, i) =>
  gap(onCircle(angle), logQ(means[i], deviations[i])),
);

// %% slideshow={"slide_type":"slide"} notes="Follow the line: half the angle, as the decoder wants it. At 180 degrees it has to get from plus to minus a quarter turn, and a continuous function cannot jump."
const withBand = {
  title:
    "The encoder finds half the angle, and has to rush from one end to the other at 180°",
  x: "angle of x on the circle (degrees)",
  y: "code z",
  at: degrees,
  bands: {
    "µ(x), band ± σ(x)": [
      means.map((m, i) => m - deviations[i]),
      means.map((m, i) => m + deviations[i]),
    ] as const,
  },
};
plot.curves(
  {
    "µ(x), band ± σ(x)": means,
    "half the angle": degrees.map(angle => (angle * Math.PI) / 360),
  },
  withBand,
);

// %% [markdown] slideshow={"slide_type":"slide"} notes="Give the two gaps their names and let them point at each in the figure. The first cannot be trained away, the second can."
// **Two gaps.** Even the best Gaussian leaves the **approximation gap**, because the posterior is not Gaussian. The encoder adds the
// **amortisation gap**: its $\mu(x)$ and $\sigma(x)$ are not the best ones for each $x$ (Cremer, Li and Duvenaud 2018). To separate
// them we need the best Gaussian for each $x$. Since $\mathbb{E}_q[\cos 2z] = e^{-2\sigma^2} \cos 2\mu$, and the same for the sine, the
// first term of the bound has a closed form here, and a search over $\mu$ and $\sigma$ finds the maximum:
//
// $$\mathbb{E}_q[\log p(x \mid z)] = -\frac{\lVert x \rVert^2 + 1 - 2 e^{-2\sigma^2}\, x^\top g(\mu)}{2 s^2} - \log 2\pi s^2 .$$

// %% slideshow={"slide_type":"skip"}
function closedElbo([x1, x2]: Point, mu: number, sigma: number) {
  const overlap = x1 * Math.cos(2 * mu) + x2 * Math.sin(2 * mu);
  const square = x1 ** 2 + x2 ** 2 + 1 - 2 * Math.exp(-2 * sigma ** 2) * overlap;
  return -square / (2 * s * s) - Math.log(2 * Math.PI * s * s) - klToPrior(mu, sigma);
}
const range = (from: number, to: number, step: number) =>
  Array.from({ length: Math.round((to - from) / step) + 1 }, (_, i) => from + i * step);
const mus = range(-2, 2, 0.01);
const sigmas = [...range(0.08, 0.4, 0.005), ...range(0.45, 2, 0.05)]; // also wide ones
const bestElbo = (x: Point) =>
  Math.max(...mus.map(m => Math.max(...sigmas.map(sigma => closedElbo(x, m, sigma)))));

// %% slideshow={"slide_type":"-"}
const bestGaps = degrees.map(
  angle => logEvidence(onCircle(angle)) - bestElbo(onCircle(angle)),
);
plot.curves(
  { "encoder (both gaps)": encoderGaps, "best Gaussian (approximation gap)": bestGaps },
  {
    title: "Both gaps are largest where two codes explain the same point",
    x: "angle of x on the circle (degrees)",
    y: "gap (nats)",
    log: true,
    at: degrees,
  },
);

// %% [markdown]
// Up to 90° on either side both gaps stay small. Towards 180° the second explanation gains weight, and the best Gaussian loses up to
// $\log 2$. The encoder loses much more in a narrow strip: a continuous $\mu(x)$ that is near $+\pi/2$ on one side and near $-\pi/2$
// on the other passes through $z = 0$ on the way, whose point is on the far side of the circle, at distance 2: that costs about $2^2 /
// 2s^2 = 32$ nats. Where the strip lies depends on the seed; few data fall into it, so the mean of the bound hardly feels it.

// %% slideshow={"slide_type":"skip"} tags=["check"]
const nearby = encoderGaps.filter((_, i) => Math.abs(degrees[i]) <= 90);
const [atWorst, atBest] = [encoderGaps, bestGaps].map(gaps => Math.max(...gaps));
const above = Math.min(...difference(encoderGaps, bestGaps));
const closed = closedElbo(right, 0.5, 0.3) - elbo(right, logQ(0.5, 0.3));
check(
  ["closed ELBO − grid", closed, { target: 0, tolerance: 1e-6, source: "E cos 2z" }],
  [
    "encoder's gap within 90°",
    Math.max(...nearby),
    { atMost: 0.8, source: "6 seeds: 0.1 to 0.5" },
  ],
  ["encoder's largest gap", atWorst, { atLeast: 5, source: "6 seeds: 28 to 30" }],
  [
    "best Gaussian's largest gap",
    atBest,
    { target: Math.log(2), tolerance: 0.02, source: "log 2" },
  ],
  ["least encoder − best", above, { atLeast: -2e-3, source: "best of a grid" }],
);

// %% [markdown] slideshow={"slide_type":"slide"} notes="Ask first: name a model whose posterior is exactly Gaussian. Somebody will say a linear one. Then do the square on the board."
// ## 9 · Where the bound is exact
//
// *Predict: is there a decoder for which a Gaussian $q$ loses nothing at all?*
//
// Take a linear one: $x = W z + \bar x + \varepsilon$ with $W \in \mathbb{R}^{d \times k}$, $\varepsilon \sim \mathcal{N}(0, s^2 I_d)$
// (probabilistic PCA, Tipping and Bishop 1999). The logarithm of $p(x \mid z)\, p(z)$ is quadratic in $z$,
//
// $$-\frac{\lVert x - \bar x - W z \rVert^2}{2 s^2} - \frac{\lVert z \rVert^2}{2}
// = -\frac{1}{2 s^2}\, z^\top \underbrace{(W^\top W + s^2 I_k)}_{M}\, z + \frac{1}{s^2}\, z^\top W^\top (x - \bar x) + \text{const},$$
//
// so the posterior **is** Gaussian: $p(z \mid x) = \mathcal{N}\bigl(M^{-1} W^\top (x - \bar x),\ s^2 M^{-1}\bigr)$. At the maximum of
// the likelihood $W = U_k (\Lambda_k - s^2 I)^{1/2}$ with the eigenvectors and eigenvalues of lesson 04. Then $M = \Lambda_k$ is diagonal, so
// a $q$ with independent dimensions is the posterior, and ELBO and $\log p(x)$ are equal.

// %% slideshow={"slide_type":"-"}
const digits = await data.digits8x8();
const centred: tf.Tensor2D = tf.sub(digits.images, digits.images.mean(0)); // [1797, 64]
const covariance: tf.Tensor2D = tf.div(tf.matMul(centred, centred, true), 1797);
const { values, vectors } = linalg.eigh(covariance);

// %% slideshow={"slide_type":"-"}
function linearElbo(k: number, widening: number) {
  const { noise, scales } = classical.probabilisticPca(values.dataSync(), k); // s², √(λ − s²)
  const w: tf.Tensor2D = tf.mul(vectors.slice([0, 0], [64, k]), scales); // W, [64, k]
  const lambda = values.slice([0], [k]); // the diagonal of M
  const mu: tf.Tensor2D = tf.div(tf.matMul(centred, w), lambda); // [1797, k]
  const sigma = tf.mul(widening, tf.sqrt(tf.div(noise, lambda))); // [k]
  const spread = tf.sum(tf.square(tf.mul(w, sigma))); // tr(W diag(σ²) Wᵀ)
  const residual = logGaussian(tf.sub(centred, tf.matMul(mu, w, false, true)), noise);
  const kl = tf.sum(divergence(mu, tf.log(sigma)), 1);
  return tf.mean(tf.sub(tf.sub(residual, tf.div(spread, 2 * noise)), kl)).dataSync()[0];
}

// %% slideshow={"slide_type":"slide"} notes="The first two columns agree to the last digit. Doubling sigma costs the same for every dimension of the code; let them find 0.807 in the table."
const linear = [2, 10, 20].map(k => ({
  k,
  "log p(x), closed form": classical.probabilisticPca(values.dataSync(), k).logLikelihood,
  "ELBO, exact posterior": linearElbo(k, 1),
  "ELBO, σ doubled": linearElbo(k, 2),
  "predicted loss": (k / 2) * (4 - 1 - Math.log(4)),
}));
plot.table(new DataFrame(linear), {
  title:
    "For a linear decoder the bound of a Gaussian q is exact (8×8 digits, nats per image)",
});

// %% [markdown]
// The bound equals the log-likelihood. Doubling every $\sigma$ costs $D_{\mathrm{KL}} = \tfrac12 (4 - 1 - \log 4) = 0.807$ nats for each
// dimension of the code, as the closed form says. (A density over grey levels can exceed 1, so these log-likelihoods are positive.)

// %% slideshow={"slide_type":"skip"} tags=["check"]
const column = (name: keyof (typeof linear)[0]) => linear.map(row => row[name]);
const [exact, tight] = [column("log p(x), closed form"), column("ELBO, exact posterior")];
const loss = difference(tight, column("ELBO, σ doubled"));
const farthest = (a: number[], b: number[]) => Math.max(...difference(a, b).map(Math.abs));
const scikit = [0.005702, 17.451942, 27.277295];
const off = farthest(loss, column("predicted loss"));
check(
  ["ELBO − log p(x)", farthest(tight, exact), { atMost: 2e-3, source: "float32" }],
  ["loss of doubled σ", off, { atMost: 2e-3, source: "closed form" }],
  [
    "log p(x) − scikit-learn's",
    farthest(exact, scikit),
    { atMost: 1e-3, source: "scikit-learn" },
  ],
);

// %% [markdown] slideshow={"slide_type":"slide"} notes="Ask: we already draw from q. What else can we do with many draws than average the bound? Average the weights, and take the logarithm afterwards."
// ## 10 · Closing the gap with more draws
//
// *Predict: average $K$ draws before the logarithm and not after it. Does the bound rise or fall?*
//
// Section 3 averaged over draws from the prior. Draw from $q$ instead and correct for it with the **importance weights** $w = p(x, z) /
// q(z \mid x)$, whose mean over $q$ is $p(x)$ if $q$ is positive wherever the posterior is. Burda, Grosse and Salakhutdinov (2016) define
//
// $$L_K = \mathbb{E}\!\left[\log \frac1K \sum_{i=1}^{K} w_i\right], \qquad \text{ELBO} = L_1 \le L_2 \le \dots \le \log p(x).$$
//
// $L_K \le \log p(x)$ is Jensen again. For the order write the mean of $K + 1$ weights as the mean over the $K + 1$ ways of leaving one
// out, $\bar w = \frac{1}{K+1} \sum_j \bar w_{-j}$. Jensen gives $\log \bar w \ge \frac{1}{K+1} \sum_j \log \bar w_{-j}$, and the mean of
// each term on the right is $L_K$.

// %% slideshow={"slide_type":"-"}
const test = sample(500, 31).x;
const q = encode(test);

// %% slideshow={"slide_type":"-"}
const many = 500; // draws for each point
const e = tf.randomNormal([500, many], 0, 1, "float32", 33);
const z: tf.Tensor2D = tf.add(
  q.mu.expandDims(1),
  tf.mul(tf.exp(q.logSigma).expandDims(1), e),
);
const circle: tf.Tensor3D = decode(z.flatten()).reshape([500, many, 2]);
const joint = tf.add(
  logGaussian(tf.sub(test.expandDims(1), circle), s * s),
  logGaussian(z.expandDims(2), 1),
); // log p(x, z), [500, many]
const logProposal = tf.sub(logGaussian(e.expandDims(2), 1), q.logSigma.expandDims(1)); // log q
const logWeights: tf.Tensor2D = tf.sub(joint, logProposal);

// %% slideshow={"slide_type":"-"}
const draw = [1, 2, 5, 10, 50, 100, 500];
const bounds = draw.map(K => {
  const groups = logWeights.reshape([500, many / K, K]); // the same draws, in groups of K
  const bound = tf.sub(tf.logSumExp(groups, 2), Math.log(K));
  return tf.mean(bound).dataSync()[0];
});

// %% slideshow={"slide_type":"skip"}
const pointsOfTest = test.arraySync() as [number, number][];
const evidences = pointsOfTest.map(logEvidence); // log p(x), by the grid
const evidence = sum(evidences) / 500;
plot.curves(
  { L_K: bounds, "log p(x)": draw.map(() => evidence) },
  {
    title: "More draws before the logarithm raise the bound, ever more slowly",
    x: "draws K",
    y: "nats per point",
    logX: true,
    at: draw,
    points: ["L_K"],
  },
);

// %% [markdown]
// The bound rises with $K$ towards the mean of $\log p(x)$, and still lacks about a quarter of a nat at $K = 500$. Nearly all of that comes from
// points on the left half of the circle: $q$ almost never draws the second explanation, so its weight almost never enters the mean. The
// theorem promises the limit, not the speed: draws repair a bad $q$ slowly.

// %% slideshow={"slide_type":"skip"}
const lastBound = tf.sub(tf.logSumExp(logWeights, 1), Math.log(500)).arraySync() as number[];
const left500 = difference(evidences, lastBound); // of each point
const averageLeft = (isMeant: (x1: number) => boolean) => {
  const meant = left500.filter((_, i) => isMeant(pointsOfTest[i][0]));
  return sum(meant) / meant.length;
};
const [rightHalf, leftHalf] = [averageLeft(x1 => x1 > 0), averageLeft(x1 => x1 < 0)];

// %% slideshow={"slide_type":"skip"} tags=["check"]
const [l1, , l5, , l50] = bounds;
check(
  ["L₅ − L₁", l5 - l1, { atLeast: 0.01, source: "6 seeds: 0.07 to 0.11" }],
  ["L₅₀ − L₅", l50 - l5, { atLeast: 0.005, source: "7 runs: 0.03 to 0.07" }],
  ["log p(x) − L₅₀", evidence - l50, { atLeast: 0, source: "Jensen" }],
  ["left at K = 500, x₁ > 0", rightHalf, { atMost: 0.1, source: "6 seeds: 0.03 to 0.04" }],
  ["left at K = 500, x₁ < 0", leftHalf, { atLeast: 0.15, source: "6 seeds: 0.4 to 0.6" }],
);

// %% [markdown] slideshow={"slide_type":"slide"} notes="Go through the rows. The only numbers that somebody else computed are scikit-learn's, and they agree to four digits. It divides by N minus 1; near a maximum that shows only in second order."
// ## Ours against others
//
// This lesson has little to compare with papers, because its model is made so that everything is exact. Probabilistic PCA of the 8×8
// digits is the exception: scikit-learn computes the same log-likelihood by another program. (It divides the covariance by $N - 1$;
// near the maximum of the likelihood that changes the value only in second order.)

// %% slideshow={"slide_type":"-"}
const others = new DataFrame({
  k: [2, 10, 20],
  ours: linear.map(row => row["ELBO, exact posterior"]),
  "scikit-learn": scikit,
});
plot.table(others, {
  title: "ELBO of the linear model, and scikit-learn's log-likelihood (nats per image)",
});

// %% [markdown] slideshow={"slide_type":"slide"} notes="Exercise 1 in class: they will need it in lesson 13. Exercise 3 as a prediction before section 7. The others at home."
// ## Exercises
//
// Replace `exercise.todo(…)` and run the check below it. Each check draws new questions of new sizes, so nothing can be copied.

// %% slideshow={"slide_type":"skip"} exercise={"role":"sheet"}
const sheet = exercise.sheet("Exercises of lesson 12");
const total = (numbers: Iterable<number>) => [...numbers].reduce((a, b) => a + b, 0);
const entropy = (shares: number[]) => -total(shares.map(share => share * Math.log(share)));
const peak = (z: number) => Math.exp(-2 * z * z) * Math.sqrt(2 / Math.PI); // N(z; 0, 0.5²)

// %% [markdown] slideshow={"slide_type":"skip"}
// **1 ★ The divergence from the prior.** `mean` and `logVariance` are $[N, k]$: each row belongs to one $q = \mathcal{N}(\mu,
// \operatorname{diag} \sigma^2)$, given by $\mu$ and $\log \sigma^2$. Return $D_{\mathrm{KL}}(q \,\Vert\, \mathcal{N}(0, I))$ of each, in
// nats, $[N]$.
//
// <details><summary>Hint</summary>Section 5, with $\sigma^2 = e^{\log \sigma^2}$, summed over the dimensions.</details>

// %% slideshow={"slide_type":"skip"} exercise={"id":"1","role":"starter"}
function divergenceFromPrior(mean: tf.Tensor2D, logVariance: tf.Tensor2D): tf.Tensor1D {
  return exercise.todo(mean, logVariance);
}

// %% slideshow={"slide_type":"skip"} exercise={"id":"1","role":"check"}
await sheet.check("1 · The divergence from the prior", draw => {
  const [n, k] = [draw.integer(2, 4), draw.integer(2, 5)];
  const [mean, l] = [draw.normal(n, k), draw.normal(n, k)];
  const [m2, v] = [tf.square(mean), tf.exp(l)];
  const by = (terms: tf.Tensor) => tf.mul(0.5, tf.sum(terms, 1)); // of each row
  const right = by(m2.add(v).sub(1).sub(l));
  const mistakes = {
    "Sum over the dimensions, do not average.": right.div(k),
    "The argument is log σ², not log σ.": by(m2.add(v.square()).sub(1).sub(l.mul(2))),
    "A divergence is never negative: the sign is turned.": right.neg(),
    "Where is the ½?": right.mul(2),
    "That is D(prior ‖ q); the mean is taken over q.": by(m2.add(1).div(v).sub(1).add(l)),
    "The divergence of the prior from itself must be 0.": by(m2.add(v).sub(l)),
    "In nats: the natural logarithm.": right.div(Math.LN2),
    "The narrower q, the larger: − log σ².": by(m2.add(v).sub(1).add(l)),
  };
  const given = `${n} Gaussians in ${k} dimensions`;
  return { given, got: divergenceFromPrior(mean, l), expected: right, mistakes };
});

// %% [markdown] slideshow={"slide_type":"skip"}
// **2 ★★ The evidence from a grid.** `nodes` are values of a one-dimensional code, rising but **not** equally spaced, and `logJoint[i]`
// is $\log p(x, z_i)$ at each. Return $\log p(x)$ by the trapezoidal rule. The joint density may be far below the smallest number that
// a computer holds.
//
// <details><summary>Hint</summary>Give each node the weight (distance of its two neighbours) / 2, at the ends half the distance to the
// only neighbour; then use section 2's sum of logarithms.</details>

// %% slideshow={"slide_type":"skip"} exercise={"id":"2","role":"starter"}
function evidenceOnGrid(nodes: number[], logJoint: number[]): number {
  return exercise.todo(nodes, logJoint);
}

// %% slideshow={"slide_type":"skip"} exercise={"id":"2","role":"check"}
await sheet.check("2 · The evidence from a grid", draw => {
  const nodes = draw.descending(draw.integer(5, 9), -2, 2).reverse();
  const [low, p] = [-draw.number(1500, 3000), nodes.map(() => draw.number(0.2, 3))];
  const after = (i: number) => (nodes[i + 1] ?? nodes[i]) - nodes[i];
  const step = (i: number) => after(i) + (i > 0 ? after(i - 1) : 0);
  const sum = (width: (i: number) => number) => total(p.map((v, i) => v * width(i)));
  const by = (width: (i: number) => number) => low + Math.log(sum(width));
  const logs = p.map(value => low + Math.log(value)); // e^low is 0 to a computer
  const expected = by(i => step(i) / 2);
  const mistakes = {
    "e^(log p) is 0 here: take out the largest logarithm.": -Infinity,
    "Add the largest logarithm again.": expected - Math.max(...logs),
    "An integral has a width at each node.": by(() => 1 / nodes.length),
    "That is a sum without the widths.": by(() => 1),
    "Half of each width belongs to either of its ends.": by(step),
    "That takes the density at the left end of each step.": by(after),
  };
  const [given, got] = [`log p(x, z) near ${low}`, evidenceOnGrid(nodes, logs)];
  return { given, got, expected, tolerance: 1e-6, mistakes };
});

// %% [markdown] slideshow={"slide_type":"skip"}
// **3 ★★ Predict, then run.** A posterior has several narrow peaks, far from each other, with the shares `shares` of its mass (they add
// up to 1). $q$ is a Gaussian that fits one peak exactly; choose the best one. Before you run anything, predict the gap
// $D_{\mathrm{KL}}(q \,\Vert\, p(z \mid x))$ in nats. The check builds such a posterior and integrates.
//
// <details><summary>Hint</summary>Section 7 with other shares: on its peak, $p = $ share $\cdot\ q$.</details>

// %% slideshow={"slide_type":"skip"} exercise={"id":"3","role":"starter"}
function gapOfBestPeak(shares: number[]): number {
  return exercise.todo(shares);
}

// %% slideshow={"slide_type":"skip"} exercise={"id":"3","role":"check"}
await sheet.check("3 · Predict, then run", draw => {
  const [first, second, ...rest] = draw.descending(draw.integer(3, 5), 1, 6);
  const raw = [second, ...draw.shuffled([first, ...rest])]; // neither most nor least comes first
  const [shares, most] = [raw.map(value => value / total(raw)), first / total(raw)];
  const mixture = (z: number) => total(shares.map((share, j) => share * peak(z - 20 * j)));
  const best = (z: number) => peak(z - 20 * shares.indexOf(most)); // q
  const nodes = Array.from({ length: 1e4 }, (_, i) => i / 100 - 10);
  const inside = nodes.filter(z => best(z) > 1e-200);
  const gap = total(inside.map(z => 0.01 * best(z) * Math.log(best(z) / mixture(z))));
  const mistakes = {
    "It depends on the shares, not on their number.": Math.log(shares.length),
    "The best peak is the one with the largest share.": -Math.log(Math.min(...shares)),
    "That is the entropy of the shares: q visits one peak.": entropy(shares),
    "That is in bits; return nats.": -Math.log2(most),
    "That is the mass which q misses; take a logarithm.": 1 - most,
    "The peaks come in any order.": -Math.log(shares[0]),
    "A divergence is never negative: the sign is turned.": Math.log(most),
  };
  return { given: `shares ${shares}`, got: gapOfBestPeak(shares), expected: gap, mistakes };
});

// %% [markdown] slideshow={"slide_type":"skip"}
// **4 ★★ The bound of many draws.** `logWeights` is $[N, K]$: $\log w$ of $K$ draws for each of $N$ points. Return the estimate of $L_K$
// of each point, $[N]$.
//
// <details><summary>Hint</summary>Section 10: average the weights, then take the logarithm; `tf.logSumExp`.</details>

// %% slideshow={"slide_type":"skip"} exercise={"id":"4","role":"starter"}
function boundOfDraws(logWeights: tf.Tensor2D): tf.Tensor1D {
  return exercise.todo(logWeights);
}

// %% slideshow={"slide_type":"skip"} exercise={"id":"4","role":"check"}
await sheet.check("4 · The bound of many draws", draw => {
  const [n, k] = [draw.integer(2, 4), draw.integer(5, 7)];
  const low = -draw.number(300, 900); // e^low is 0 in float32
  const logs: tf.Tensor2D = tf.add(draw.normal(n, k), low);
  const summed: tf.Tensor1D = tf.logSumExp(logs, 1);
  const expected = tf.sub(summed, Math.log(k));
  const mistakes = {
    "e^(log w) is 0 here: use tf.logSumExp.": tf.fill([n], -Infinity),
    "Add the largest logarithm again.": tf.sub(expected, tf.max(logs, 1)),
    "That is the mean of the logarithms: L₁.": tf.mean(logs, 1),
    "That is the sum of the weights; divide by K.": summed,
    "Average over the draws, not over the points.": tf.logSumExp(logs, 0).sub(Math.log(n)),
    "Divide by the number of draws, not of points.": tf.sub(summed, Math.log(n)),
    "Divide by K inside the logarithm, not outside.": tf.div(summed, k),
    "That is the largest weight alone.": tf.max(logs, 1),
  };
  const given = `${n} points, ${k} draws, log w near ${low}`;
  return { given, got: boundOfDraws(logs), expected, tolerance: 1e-3, mistakes };
});

// %% [markdown] slideshow={"slide_type":"skip"}
// **5 ★★★ The posterior of a linear decoder.** $x = W z + b + \varepsilon$ with $z \sim \mathcal{N}(0, I_k)$ and $\varepsilon \sim
// \mathcal{N}(0, s^2 I_d)$. `w` is $W$, $[d, k]$, of any columns; `b` is $[d]$; `x` is $[N, d]$. Return mean $[N, k]$ and covariance $[k,
// k]$ of $p(z \mid x)$.
//
// <details><summary>Hint</summary>Section 9, where $M$ is not diagonal now. A row of `x` is a transposed column. `tf.linalg` has no
// inverse; `linalg.svd` or `linalg.eigh` of the symmetric $M$ gives one.</details>

// %% slideshow={"slide_type":"skip"} exercise={"id":"5","role":"starter"}
interface Posterior {
  mean: tf.Tensor2D; // [N, k]
  covariance: tf.Tensor2D; // [k, k]
}

function posteriorOf(x: tf.Tensor2D, w: tf.Tensor2D, b: tf.Tensor1D, s2: number): Posterior {
  return exercise.todo(x, w, b, s2);
}

// %% slideshow={"slide_type":"skip"} exercise={"id":"5","role":"check"}
await sheet.check("5 · The posterior of a linear decoder", draw => {
  const [n, k, d] = [draw.integer(2, 4), draw.integer(2, 3), draw.integer(5, 7)];
  const w: tf.Tensor2D = tf.matMul(draw.directions(d, k), draw.invertible(k));
  const [x, b, s2] = [draw.normal(n, d), draw.normal(1, d).as1D(), draw.number(0.2, 0.8)];
  const by = (prior: number, scale: number, offset: tf.Tensor) => {
    const { values, vectors } = linalg.eigh(tf.matMul(w, w, true).add(tf.eye(k).mul(prior)));
    const inverse = tf.matMul(vectors.div(values), vectors, false, true);
    return tf.concat([tf.sub(x, offset).dot(w).dot(inverse), inverse.mul(scale)]);
  };
  const { mean, covariance } = posteriorOf(x, w, b, s2);
  const got = tf.concat([mean, covariance]);
  const mistakes = {
    "The prior is missing: M = WᵀW + s² I.": by(0, s2, b),
    "The noise belongs to M: s² I, not I.": by(1, s2, b),
    "The covariance is s² M⁻¹.": by(s2, 1, b),
    "Subtract b before you encode.": by(s2, s2, tf.zeros([d])),
    "s2 is already the square.": by(s2 * s2, s2 * s2, b),
  };
  return { given: `N = ${n}, d = ${d}, k = ${k}`, got, expected: by(s2, s2, b), mistakes };
});

// %% slideshow={"slide_type":"skip"}
sheet;

// %% [markdown] slideshow={"slide_type":"slide"} notes="Return to the first question: which of the two could we see? Neither, and still we have both, up to a gap that has a name."
// ## To remember
//
// 1. The evidence $p(x) = \int p(x \mid z)\, p(z)\, dz$ is a sum over all codes. A grid computes it in one dimension; draws from the prior
//    fail in twenty.
// 2. $\log p(x) = \text{ELBO}(q) + D_{\mathrm{KL}}(q \,\Vert\, p(z \mid x))$ for every $q$. So the ELBO is a lower bound, and raising it
//    brings $q$ to the posterior.
// 3. $\text{ELBO} = \mathbb{E}_q[\log p(x \mid z)] - D_{\mathrm{KL}}(q \,\Vert\, p(z))$: explain $x$, and stay near the prior.
// 4. With $z = \mu + \sigma \varepsilon$ the gradient passes through the draw.
// 5. The bound loses where the family of $q$ is too small and where one encoder serves all points; more draws inside the logarithm win
//    some of it back. For a linear decoder a Gaussian $q$ loses nothing.
//
// **So the slide's "approximate $p(z \mid x)$ with $q$" is exact up to a gap that is itself a divergence.** (What the slide calls
// observable is $x$; $p(z \mid x)$ is not observed.) Lesson 13 asks: what happens when the decoder is learned together with $q$?
//
// **References.** Tipping and Bishop 1999, [doi:10.1111/1467-9868.00196](https://doi.org/10.1111/1467-9868.00196) · Kingma and Welling
// 2014, *Auto-encoding variational Bayes*, [arXiv:1312.6114](https://arxiv.org/abs/1312.6114) · Burda, Grosse and Salakhutdinov 2016,
// *Importance weighted autoencoders*, [arXiv:1509.00519](https://arxiv.org/abs/1509.00519) · Cremer, Li and Duvenaud 2018, *Inference
// suboptimality in variational autoencoders*, [arXiv:1801.03558](https://arxiv.org/abs/1801.03558)

// %% [markdown] slideshow={"slide_type":"skip"}
// ## Appendix A · Where the two gradient estimators change places
//
// Take $f(z) = \cos \omega z$ and $q = \mathcal{N}(0, \sigma^2)$, whose gradient at $\mu = 0$ is 0 by symmetry, so that the variance is
// the mean of the square. With $u = \omega \sigma$ and $\mathbb{E} \cos 2\omega z = e^{-2u^2}$,
//
// $$\sigma^2 \operatorname{Var}_{\text{path}} = u^2\, \frac{1 - e^{-2u^2}}{2}, \qquad
// \sigma^2 \operatorname{Var}_{\text{score}} = \frac{1 + (1 - 4u^2)\, e^{-2u^2}}{2},$$
//
// the second from $\mathbb{E}[\varepsilon^2 \cos 2u\varepsilon] = (1 - 4u^2)\, e^{-2u^2}$. For a slow function ($u$ small) the score function
// scatters far more; for a fast one the pathwise estimator does.

// %% slideshow={"slide_type":"skip"}
const us = range(0.1, 2, 0.05);
const variancesFor = (estimator: (u: number, e: tf.Tensor1D) => tf.Tensor) =>
  us.map(u => tf.mean(tf.square(estimator(u, noise))).dataSync()[0]);
const drawnPath = variancesFor((u, e) => tf.mul(-u, tf.sin(tf.mul(u, e))));
const drawnScore = variancesFor((u, e) => tf.mul(tf.cos(tf.mul(u, e)), e));
const byFormula = {
  pathwise: us.map(u => (u * u * (1 - Math.exp(-2 * u * u))) / 2),
  "score function": us.map(u => (1 + (1 - 4 * u * u) * Math.exp(-2 * u * u)) / 2),
};
plot.curves(
  { ...byFormula, "pathwise, 20,000 draws": drawnPath, "score, 20,000 draws": drawnScore },
  {
    title: "Slow functions favour the pathwise estimator, fast ones the score function",
    x: "u = ωσ",
    y: "σ² · variance of one draw",
    at: us,
    points: ["pathwise, 20,000 draws", "score, 20,000 draws"],
  },
);

// %% slideshow={"slide_type":"skip"} tags=["check"]
const crossing =
  us.find((_, i) => byFormula.pathwise[i] > byFormula["score function"][i]) ?? NaN;
const turned = { target: 0.9, tolerance: 0.051, source: "formula" };
const bySeeds = { atMost: 0.08, source: "6 seeds: up to 0.02" };
check(
  ["first u where the order has turned", crossing, turned],
  ["pathwise, draws − formula", farthest(drawnPath, byFormula.pathwise), bySeeds],
  ["score, draws − formula", farthest(drawnScore, byFormula["score function"]), bySeeds],
);

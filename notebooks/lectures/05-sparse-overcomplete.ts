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

// %% [markdown] slideshow={"slide_type":"slide"} notes="Two bullets and one formula of the deck meet here. Ask for votes: does the formula on the slide make the code sparse, or the weights? Keep the votes for the end."
// # Lesson 05 · Overcomplete and sparse autoencoders
//
// The lecture (Roman-Rangel, *AutoEncoders*, 2021) names two more kinds: the **overcomplete** autoencoder, whose code is longer than
// its input, and the **sparse** one, "sparsity by constraints, e.g., L1 regularization". Its formula for "sparse representations" is
// $\lVert y - \hat y \rVert^2 + \alpha \lVert \Omega \rVert_1$, with $\Omega$ the weights. **What are extra code dimensions good for,
// and what becomes sparse: the weights or the code?**
//
// After this lesson you can
//
// 1. show that an overcomplete autoencoder without a penalty copies anything, and learns nothing by it;
// 2. derive at which penalty a pair of weights becomes 0, and why it jumps;
// 3. derive the soft threshold, and find it inside a layer with ReLU;
// 4. train a sparse autoencoder, and say why its decoder must be bounded;
// 5. measure what a sparse code is good for, beside an untrained control.
//
// You need the linear autoencoder and the eigenvalues $\lambda_j$ of lesson 04. One lecture of 45 minutes; one minute to run. Dictionary
// learning on language models (Bricken and others 2023; Gao and others 2024) uses autoencoders of the kind that section 5 trains.

// %% slideshow={"slide_type":"skip"}
import { DataFrame } from "danfojs-node";
import {
  check,
  compile,
  data,
  engineRoute,
  exercise,
  fit,
  linalg,
  models,
  plot,
  tf,
  train,
} from "latent";

// %% [markdown] slideshow={"slide_type":"slide"} notes="Let them answer before the picture: what can go wrong with a hundred code dimensions for sixty-four pixels? Nothing can, and that is the problem."
// ## 1 · A hundred code dimensions for 64 pixels
//
// *Predict: fill the encoder with random numbers and never train it. How much of a digit is lost?*
//
// The data are $N = 1797$ digits of $8 \times 8$ pixels, minus their mean: $x \in \mathbb{R}^d$, $d = 64$, in grey levels from 0 to 1.
// Codes are $z = W_1 x \in \mathbb{R}^k$, outputs $\hat x = W_2 z$, now with $k = 100$. Errors are squared errors per image: summed
// over pixels, averaged over images.
//
// **Claim.** For $k \ge d$ the least error is 0, and *almost every* encoder reaches it. A random $W_1 \in \mathbb{R}^{k \times d}$ has
// rank $d$ with probability 1. Then $W_1^\top W_1$ can be inverted, and the decoder $W_2 = (W_1^\top W_1)^{-1} W_1^\top$ gives
//
// $$W_2 W_1 = I: \qquad \hat x = x \quad \text{for every } x \in \mathbb{R}^d,$$
//
// digit or not. So nothing is lost, and no image was needed: the code knows nothing about digits. A low error is no sign of learning
// here.

// %% slideshow={"slide_type":"skip"}
const digits = await data.digits8x8();
const x: tf.Tensor2D = digits.images.sub(digits.images.mean(0)); // X, [1797, 64]
const covariance: tf.Tensor2D = x.transpose().matMul(x).div(x.shape[0]); // C, [64, 64]
const lambda = Array.from(linalg.eigh(covariance).values.dataSync()); // λ₁ ≥ λ₂ ≥ …

// Per image: summed over the pixels, averaged over the rows.
const squaredError = (x: tf.Tensor2D, y: tf.Tensor2D): tf.Scalar =>
  x.sub(y).square().sum(1).mean();

// %% slideshow={"slide_type":"skip"}
const draw = (rows: number, columns: number, deviation: number, seed: number): tf.Tensor2D =>
  tf.randomNormal([rows, columns], 0, deviation, "float32", seed);

const untrained = draw(64, 100, 1, 5); // W₁ᵀ: images are rows, so matrices stand transposed
const { u, s, v } = linalg.svd(untrained);
const inverse: tf.Tensor2D = tf.matMul(v.div(s), u, false, true); // W₂ᵀ, [100, 64]
const copy = (x: tf.Tensor2D): tf.Tensor2D => tf.matMul(tf.matMul(x, untrained), inverse);

// %% slideshow={"slide_type":"slide"} notes="The second and the fourth row come out of a network that has never seen a digit."
const some: tf.Tensor2D = digits.images.slice([0, 0], [12, 64]);
const noise: tf.Tensor2D = tf.randomUniform([12, 64], 0, 1, "float32", 5);
const copies: tf.Tensor2D = tf.concat([some, copy(some), noise, copy(noise)]);
plot.images(copies, {
  title: "A random code of 100 dimensions copies digits and noise alike",
  columns: 12,
  rows: ["digit", "its copy", "noise", "its copy"],
});

// %% [markdown]
// Each copy equals the image above it, digits and noise alike.
//
// And a trained one? Random matrices, Adam, 600 steps:

// %% slideshow={"slide_type":"skip"}
const encoder: tf.Tensor2D = tf.variable(draw(64, 100, 1 / 8, 4)); // W₁ᵀ
const decoder: tf.Tensor2D = tf.variable(draw(100, 64, 1 / 8, 5)); // W₂ᵀ
const reconstruct = (x: tf.Tensor2D): tf.Tensor2D =>
  tf.matMul(tf.matMul(x, encoder), decoder);

// %% slideshow={"slide_type":"skip"}
const adam = tf.train.adam(0.01);
const live = train.progress({
  steps: 600,
  title: "Trained without a penalty, the error goes to 0",
  y: "squared error per image",
  log: true,
});

// %% slideshow={"slide_type":"-"}
for (let step = 0; step < 600; step++)
  live.step(await train.minimize(adam, () => squaredError(x, reconstruct(x))));
live.end();

// %% [markdown]
// The error falls below all tail sums of lesson 04, at which an autoencoder with fewer code dimensions than directions must stop.

// %% slideshow={"slide_type":"skip"} tags=["check"]
const learnt = squaredError(x, reconstruct(x)).dataSync()[0];
const unlearnt = squaredError(noise, copy(noise)).dataSync()[0];
check(
  ["error, 64-100-64", learnt, { atMost: 1e-3, source: "W₂W₁ = I" }],
  ["noise, never trained", unlearnt, { atMost: 1e-6, source: "W₂W₁ = I" }],
);

// %% [markdown] slideshow={"slide_type":"slide"} notes="Do this at the board. One direction, two weights: it holds all that the slide's formula does."
// ## 2 · The slide's penalty, for two weights
//
// *Predict: raise $\alpha$ slowly. Does the output fade to 0, or does it jump?*
//
// Take one direction with variance $\lambda$ and one code dimension:
// weight $w_1$ in, $w_2$ out, product $p = w_1 w_2$. The slide's loss is
//
// $$L(w_1, w_2) = \lambda\, (1 - p)^2 + \alpha\, (|w_1| + |w_2|), \qquad \alpha > 0 .$$
//
// *Step 1: what a product costs.* $(\sqrt{|w_1|} - \sqrt{|w_2|})^2 \ge 0$, so $|w_1| + |w_2| \ge 2 \sqrt{|p|}$, with equality for
// $|w_1| = |w_2|$. A negative $p$ loses on both counts. With $q = \sqrt{p} \ge 0$ it remains to minimise
//
// $$g(q) = \lambda\, (1 - q^2)^2 + 2 \alpha q .$$
//
// *Step 2: minima.* $g'(0) = 2 \alpha > 0$: **$q = 0$ is a local minimum for every $\alpha$.** Elsewhere $g'(q) = 0$ asks for $\alpha = 2 \lambda\,
// q\, (1 - q^2)$. The right side is largest at $q^2 = \tfrac13$, where it is $\tfrac{4}{3 \sqrt 3} \lambda = 0.7698\, \lambda$. Below
// that $\alpha$ there is a second local minimum, at $q^2 > \tfrac13$.

// %% [markdown] slideshow={"slide_type":"slide"} notes="The constant is worth the two minutes: the two minima are equally deep at q² = 2/3, whatever λ is."
// *Step 3: which minimum is deeper?* The first has $g(0) = \lambda$. Put $\alpha$ of step 2 into $g(q) = \lambda$:
//
// $$(1 - q^2)^2 + 4 q^2 (1 - q^2) = 1 \;\Longleftrightarrow\; 2 q^2 = 3 q^4 \;\Longleftrightarrow\; q^2 = \tfrac23 .$$
//
// The loss of the second minimum rises with $\alpha$, so there is one such $\alpha$: the global minimum has $p \ge \tfrac23$ as long as
// $\alpha < \alpha_c$, and then **jumps to 0**:
//
// $$\alpha_c = 2 \lambda \sqrt{\tfrac23}\, \bigl(1 - \tfrac23\bigr) = \tfrac23 \sqrt{\tfrac23}\; \lambda = 0.544331\, \lambda .$$
//
// **L2 does not jump.** With $\alpha (w_1^2 + w_2^2) \ge 2 \alpha |p|$ in its place you minimise $\lambda (1 - p)^2 + 2
// \alpha p$, and $p = 1 - \alpha / \lambda$ goes to 0 continuously, as in lesson 04. For the product, L2 on two factors amounts to
// $|p|$ (Hoff 2017), and L1 to $\sqrt{|p|}$.

// %% slideshow={"slide_type":"skip"}
const q = Array.from({ length: 101 }, (_, i) => i / 100);
const lossOverZero = (alpha: number) => {
  const above = q.map(q => (1 - q ** 2) ** 2 + 2 * alpha * q - 1); // (g(q) − g(0)) / λ
  const lowest = Math.min(...above) < 0 ? "the right-hand minimum" : "q = 0";
  const title = `At α = ${alpha} λ the lowest point is ${lowest}`;
  const y = "(g(q) − g(0)) / λ";
  return plot.curves({ [y]: above }, { title, x: "q = √p", y, at: q });
};

// %% slideshow={"slide_type":"slide"} notes="Move the slider from left to right. Ask them to call out when the right-hand minimum is no longer the lowest (0.6), and when it is gone (0.8)."
const penalties = [0.3, 0.4, 0.5, 0.54, 0.6, 0.7, 0.77, 0.8, 0.9];
const frames = Object.fromEntries(
  penalties.map(alpha => [String(alpha), lossOverZero(alpha)]),
);
plot.slider(frames, { label: "α / λ =", start: "0.5" });

// %% [markdown]
// It jumps: at 0.54 the right-hand minimum is as deep as $q = 0$, at 0.6 it is higher and still a minimum, beyond 0.77 it is
// gone.
//
// Gradient descent sees one minimum at a time. So start it in the right-hand one, and ask at which $\alpha$ the loss there
// reaches $\lambda$, and at which this minimum vanishes. After each step along the slope, soft thresholding takes $\eta \alpha$
// off each weight ($\eta$ is the step size; section 3 says why):

// %% slideshow={"slide_type":"skip"}
const soft = (value: number, t: number) =>
  Math.sign(value) * Math.max(0, Math.abs(value) - t);

// %% slideshow={"slide_type":"skip"}
const variance = lambda[0]; // λ, the largest of the digits
function descend(alpha: number) {
  const eta = 0.05 / variance;
  let [w1, w2] = [1, 1]; // the copy
  for (let step = 0; step < 5000; step++) {
    const slope = -2 * variance * (1 - w1 * w2); // dE/dp
    [w1, w2] = [
      soft(w1 - eta * slope * w2, eta * alpha),
      soft(w2 - eta * slope * w1, eta * alpha),
    ];
  }
  const p = w1 * w2;
  return { p, loss: variance * (1 - p) ** 2 + alpha * (Math.abs(w1) + Math.abs(w2)) };
}

// %% slideshow={"slide_type":"skip"}
function penaltyWhere(over: (end: ReturnType<typeof descend>) => boolean) {
  let [low, high] = [0.3 * variance, 1.2 * variance];
  for (let half = 0; half < 20; half++) {
    const middle = (low + high) / 2;
    if (over(descend(middle))) high = middle;
    else low = middle;
  }
  return { alpha: low, ...descend(low) };
}

// %% slideshow={"slide_type":"skip"}
const jump = penaltyWhere(({ loss }) => loss >= variance); // no deeper than q = 0
const end = penaltyWhere(({ p }) => p === 0); // no second minimum at all

// %% slideshow={"slide_type":"skip"}
const shares = Array.from({ length: 101 }, (_, i) => i / 100); // α / λ
const ends = shares.map(share => descend(share * variance));
const paths = {
  "L1, global minimum": ends.map(({ p, loss }) => (loss < variance ? p : 0)),
  "L1, started at the copy": ends.map(({ p }) => p),
  L2: shares.map(share => 1 - share),
};

// %% slideshow={"slide_type":"slide"} notes="Between 0.54 and 0.77 training stays in a minimum that is no longer the best: no gradient leads out of it."
plot.curves(paths, {
  title: "With L1 on the weights the product jumps to 0, with L2 it fades",
  x: "penalty α / λ",
  y: "product p = w₁w₂",
  at: shares,
});

// %% [markdown]
// Training that starts at the copy, $w_1 = w_2 = 1$, stays in the right-hand minimum until 0.77; from $w_1 = w_2 = 0$ it never
// leaves 0. **What you find depends on where you start.**

// %% slideshow={"slide_type":"skip"} tags=["check"]
const exactJump = (2 / 3) * Math.sqrt(2 / 3);
check(
  [
    "jump, α_c / λ",
    jump.alpha / variance,
    { target: exactJump, tolerance: "0.2 %", source: "step 3" },
  ],
  ["p before it", jump.p, { target: 2 / 3, tolerance: "0.5 %", source: "step 3" }],
  [
    "minimum ends, α / λ",
    end.alpha / variance,
    { target: 4 / Math.sqrt(27), tolerance: "0.5 %", source: "step 2" },
  ],
);

// %% [markdown] slideshow={"slide_type":"slide"} notes="Each direction is kept or given up by itself, as in section 2."
// ## 3 · The slide's penalty, for whole matrices
//
// *Predict: of 100 code dimensions for 64 pixels, how many survive a penalty on the weights?*
//
// Use the principal axes as coordinates: the covariance is $C = \operatorname{diag}(\lambda_1, \dots, \lambda_d)$. With $E$ for
// the squared error and $\lVert W \rVert_1$ for the sum of all magnitudes in $W$, the slide's loss is
// $L = E + \alpha\, (\lVert W_1 \rVert_1 + \lVert W_2 \rVert_1)$.
//
// **Claim.** Its global minimum is $\sum_j \min_q g_j(q)$, with section 2's $g$ for $\lambda = \lambda_j$. So exactly the directions
// with **$\lambda_j > \alpha / 0.5443$** are kept, one code dimension each, and all others are 0. (Proof in appendix A.)
//
// In other coordinates, such as pixels, there is no such formula: the L1 norm, unlike the L2 norm, changes under rotation.

// %% [markdown] slideshow={"slide_type":"slide"} notes="The condition first: what a weight at a minimum looks like. Then the soft threshold, which comes back as a layer in section 4."
// **Which weights are 0 at a minimum?** Look at one weight $\omega$ and hold the others fixed. The penalty $\alpha |\omega|$ has a kink at
// 0, and its pull does not weaken as $\omega$ gets small, as that of $\omega^2$ does. So a minimum of $E + \alpha \lVert \Omega \rVert_1$
// has
//
// $$\text{either } \omega = 0 \text{ and } \Big|\frac{\partial E}{\partial\omega}\Big| \le \alpha, \qquad \text{or }
// -\frac{\partial E}{\partial\omega} = \alpha\,\operatorname{sign}(\omega).$$
//
// **How to get exact zeros.** Plain gradient steps jump back and forth over the kink. Solve for it instead. For a number $v$ and $t > 0$
//
// $$\arg\min_w\; (w - v)^2 + 2 t\, |w| \;=\; \operatorname{soft}(v, t) \;=\; \operatorname{sign}(v)\, \max(0, |v| - t) :$$
//
// for $w > 0$ the slope $2 (w - v) + 2t$ vanishes at $w = v - t$, if that is positive; for $w < 0$ likewise at $v + t$; otherwise the
// minimum is at the kink. **Proximal gradient:** step along the slope of $E$ alone to $v = w - \eta\, \partial E / \partial w$, then take
// $\operatorname{soft}(v, \eta \alpha)$. ($\alpha$ belongs to a *sum* over pixels: with a mean over $d$ pixels, divide it by $d$.)

// %% slideshow={"slide_type":"skip"}
const shrink = (w: tf.Tensor2D, t: tf.Scalar): tf.Tensor2D =>
  w.sign().mul(w.abs().sub(t).relu());
const identity: tf.Tensor2D = tf.variable(tf.eye(64), false);
let steps = 2500;
const w1 = tf.variable(tf.zeros([64, 100])) as tf.Variable<tf.Rank.R2>; // W₁ᵀ
const w2 = tf.variable(tf.zeros([100, 64])) as tf.Variable<tf.Rank.R2>; // W₂ᵀ

// %% slideshow={"slide_type":"skip"}
const proximalStep = compile((c: tf.Tensor2D, alpha: tf.Scalar, eta: tf.Scalar) => {
  const missing: tf.Tensor2D = tf.matMul(c, tf.sub(identity, tf.matMul(w1, w2))); // C (I − W)ᵀ
  const slope1: tf.Tensor2D = tf.matMul(missing, w2, false, true).mul(-2); // ∂E/∂W₁ᵀ
  const slope2: tf.Tensor2D = tf.matMul(w1, missing, true).mul(-2); // ∂E/∂W₂ᵀ
  const t: tf.Scalar = alpha.mul(eta);
  const next1 = shrink(tf.sub(w1, slope1.mul(eta)), t);
  const next2 = shrink(tf.sub(w2, slope2.mul(eta)), t);
  w1.assign(next1);
  w2.assign(next2);
});

// %% slideshow={"slide_type":"skip"}
function penalised(c: tf.Tensor2D, alpha: number, seed: number, deviation: number) {
  w1.assign(draw(64, 100, deviation, seed));
  w2.assign(draw(100, 64, deviation, seed + 50));
  const eta = deviation > 0.1 ? 0.02 : 0.1; // small weights allow a larger step
  for (let step = 0; step < steps; step++) proximalStep(c, alpha, eta);
  const encoder = w1.clone() as tf.Tensor2D;
  const decoder = w2.clone() as tf.Tensor2D;
  const rest: tf.Tensor2D = tf.sub(identity, tf.matMul(encoder, decoder));
  const error = tf.matMul(c, rest).mul(rest).sum().dataSync()[0]; // tr (I − W) C (I − W)ᵀ
  const size = encoder.abs().sum().add(decoder.abs().sum()).dataSync()[0]; // ‖Ω‖₁
  const units = encoder.abs().max(0).greater(0).sum().dataSync()[0]; // in use
  return { encoder, decoder, error, loss: error + alpha * size, units };
}

// %% [markdown]
// Seven values of $\alpha$, six between neighbouring thresholds $0.5443\, \lambda_j$ and one above them all, so that the claim
// predicts how many code dimensions are in use; four random starts each.

// %% slideshow={"slide_type":"skip"}
function predictedBy(alpha: number) {
  const kept = lambda.filter(value => exactJump * value > alpha);
  const q = kept.map(value => {
    let root = 1; // Newton's method for α = 2λ q (1 − q²), from the right
    for (let i = 0; i < 50; i++)
      root -=
        (alpha - 2 * value * root * (1 - root ** 2)) / (2 * value * (3 * root ** 2 - 1));
    return root;
  });
  const sum = (numbers: number[]) => numbers.reduce((total, value) => total + value, 0);
  const lost = sum(lambda.slice(kept.length));
  const error = lost + sum(kept.map((value, j) => value * (1 - q[j] ** 2) ** 2));
  return { units: kept.length, error, loss: error + 2 * alpha * sum(q) };
}

// %% slideshow={"slide_type":"skip"}
const principal = tf.diag(tf.tensor1d(lambda)) as tf.Tensor2D; // C in principal axes
const keeps = [12, 6, 4, 3, 2, 1];
const between = (k: number) => exactJump * Math.sqrt(lambda[k - 1] * lambda[k]);
const alphas = [...keeps.map(between), 0.6 * lambda[0]]; // the last should leave none

// %% slideshow={"slide_type":"skip"}
const trained = alphas.map(alpha =>
  [1, 2, 3, 4].map(start => penalised(principal, alpha, start, 0.15 + 0.05 * start)),
);
const best = trained.map(starts => starts.reduce((a, b) => (b.loss < a.loss ? b : a)));
const bound = alphas.map(predictedBy);

// %% slideshow={"slide_type":"-"}
const kept = new DataFrame({
  "α (grey level²)": alphas,
  "least loss": bound.map(({ loss }) => loss),
  "best of 4": best.map(({ loss }) => loss),
  "units predicted": bound.map(({ units }) => units),
  "in use": best.map(({ units }) => units),
  "in the others": trained.map((runs, i) =>
    runs
      .filter(run => run !== best[i])
      .map(({ units }) => units)
      .join(", "),
  ),
});
plot.table(kept, { title: "The penalty decides how many of 100 code dimensions are in use" });

// %% slideshow={"slide_type":"skip"}
const fine = Array.from(
  { length: 400 },
  (_, i) => alphas[0] + (i / 400) * (alphas[6] - alphas[0]),
);

// %% slideshow={"slide_type":"skip"}
const positions = [...fine, ...alphas].sort((a, b) => a - b);
const measured = new Map(alphas.map((alpha, i) => [alpha, best[i].error]));
const staircase = {
  "global minimum": positions.map(alpha => predictedBy(alpha).error),
  "best of four starts": positions.map(alpha => measured.get(alpha) ?? Number.NaN),
};

// %% slideshow={"slide_type":"slide"} notes="Each step is one jump of section 2, at 0.5443 times an eigenvalue. A point on another level than the curve has kept one direction too many or too few."
plot.curves(staircase, {
  title: "The error rises in steps: at each one a direction is given up",
  x: "penalty α (grey level²)",
  y: "squared error per image",
  at: positions,
  points: ["best of four starts"],
});

// %% [markdown]
// Each step is at $0.5443\, \lambda_j$; between them the error rises slowly as the remaining weights shrink. The table's last column
// shows that a single start often keeps a direction too many or too few; with other seeds the best of four does so in about one row
// of seven. None goes below the least loss. **The penalty has made an undercomplete autoencoder out of an overcomplete one.**

// %% slideshow={"slide_type":"skip"} tags=["check"]
const above = best.map(({ loss }, i) => 100 * (loss / bound[i].loss - 1));
const below = trained.flatMap((runs, i) =>
  runs.map(({ loss }) => 100 * (1 - loss / bound[i].loss)),
);
const miscounted = best.map(({ units }, i) => Math.abs(units - bound[i].units));
check(
  [
    "best start above the bound",
    Math.max(...above),
    { atMost: 2, unit: "%", source: "the claim" },
  ],
  [
    "any start below it",
    Math.max(...below),
    { atMost: 0.01, unit: "%", source: "the proof" },
  ],
  ["units miscounted", Math.max(...miscounted), { atMost: 1, source: "λⱼ > α/0.5443" }],
);

// %% [markdown] slideshow={"slide_type":"slide"} notes="Now the vote of the first slide: the weights become sparse, the code does not. Say what pure noise has in Hoyer's measure."
// ### On pixels: which of the two is sparse?
//
// *Predict: the penalty makes most weights 0. Does the code of a digit get zeros as well?*
//
// For codes use Hoyer's measure (2004), averaged over images: $h(z) = (\sqrt k - |z|_1 / |z|_2) \,/\, (\sqrt k - 1)$. It is 1 when one of
// $k$ numbers differs from 0, and 0 when all have the same size; pure Gaussian noise has about 0.22 for $k = 100$. Below, $k$ is
// the number of units in use.

// %% slideshow={"slide_type":"skip"}
const hoyer = (z: tf.Tensor2D) => {
  const root = Math.sqrt(z.shape[1]);
  const ratio = tf.div(tf.sum(tf.abs(z), 1), tf.norm(z, "euclidean", 1)); // |z|₁ / |z|₂
  return tf.mean(tf.div(tf.sub(root, ratio), root - 1)).dataSync()[0];
};
const small = (w: tf.Tensor2D) => w.abs().less(1e-3).mean().dataSync()[0];

// %% slideshow={"slide_type":"skip"}
steps = 8000; // 40,000 steps of 0.02 end at the same losses, within a few per cent
const onPixels = [0.002, 0.005, 0.01, 0.02].map(alpha => {
  const run = penalised(covariance, alpha, 3, 0.1);
  const share = (100 * (small(run.encoder) + small(run.decoder))) / 2;
  const { indices } = tf.topk(run.encoder.abs().max(0) as tf.Tensor1D, run.units); // in use
  const code: tf.Tensor2D = tf.matMul(x, tf.gather(run.encoder, indices, 1));
  return { ...run, alpha, share, h: hoyer(code) };
});

// %% slideshow={"slide_type":"-"}
const weighed = new DataFrame({
  "α (grey level²)": onPixels.map(({ alpha }) => String(alpha)),
  loss: onPixels.map(({ loss }) => loss),
  "squared error": onPixels.map(({ error }) => error),
  "|w| < 0.001 (%)": onPixels.map(({ share }) => share),
  "units in use": onPixels.map(({ units }) => units),
  "Hoyer's h of the code": onPixels.map(({ h }) => h),
});
plot.table(weighed, { title: "Nearly all weights are 0, the code stays dense", decimals: 2 });

// %% slideshow={"slide_type":"skip"}
const grey = (filters: tf.Tensor2D): tf.Tensor2D =>
  filters.div(filters.abs().max(1, true)).mul(0.5).add(0.5); // 0 is middle grey
const twelve = (decoder: tf.Tensor2D): tf.Tensor2D => {
  const { indices } = tf.topk(decoder.square().sum(1) as tf.Tensor1D, 12); // the largest
  return grey(tf.gather(decoder, indices));
};

// %% slideshow={"slide_type":"slide"} notes="Each tile is what one code dimension adds to the image: a pixel or a few. Sparse weights, but nearly all of these dimensions are used for every digit."
plot.images(tf.concat(onPixels.map(({ decoder }) => twelve(decoder))) as tf.Tensor2D, {
  title: "With L1 on the weights a code dimension draws only a few pixels",
  columns: 12,
  rows: onPixels.map(({ alpha }) => `α = ${alpha}`),
});

// %% [markdown]
// No. Dark adds ink, light takes it away, grey is a weight of 0. A larger $\alpha$ takes units out of use and raises the error. The
// share of zeros is nearly the same in all rows, because a unit that stays needs only a few weights. And $h$ is near that of noise. **The slide's formula
// makes the weights sparse.** For the "sparse representations" in the sentence above it, the penalty has to be on the code,
// $\alpha\, |z|_1$.

// %% slideshow={"slide_type":"skip"} tags=["check"]
const unitsLost = onPixels.slice(1).map(({ units }, i) => onPixels[i].units - units);
const lossGained = onPixels.slice(1).map(({ loss }, i) => loss - onPixels[i].loss);
const shareOfZeros = onPixels.map(({ share }) => share);
check(
  ["units lost per row", Math.min(...unitsLost), { atLeast: 3, source: "L1 on weights" }],
  ["loss gained per row", Math.min(...lossGained), { atLeast: 0.1, source: "a minimum" }],
  ["|w| < 0.001", Math.min(...shareOfZeros), { atLeast: 95, unit: "%", source: "L1" }],
  [
    "h of the code",
    Math.max(...onPixels.map(({ h }) => h)),
    { atMost: 0.35, source: "weights, not code" },
  ],
);

// %% [markdown] slideshow={"slide_type":"slide"} notes="One line of algebra, and ReLU appears with its bias. Let them find the sentence 'a layer with ReLU is a soft threshold' themselves."
// ## 4 · A penalty on the code
//
// *Predict: an orthonormal decoder, a penalty $\alpha\, |z|_1$. Which code is best?*
//
// Let $D \in \mathbb{R}^{d \times d}$ have orthonormal columns. Lengths do not change under $D^\top$, so
//
// $$\lVert x - D z \rVert^2 + \alpha\, |z|_1 = \sum_j \Bigl( \bigl( (D^\top x)_j - z_j \bigr)^2 + \alpha\, |z_j| \Bigr),$$
//
// and the soft threshold of section 3, with $2t = \alpha$, solves each term: **$z = \operatorname{soft}(D^\top x, \alpha / 2)$** (Donoho and Johnstone 1994;
// the lasso of Tibshirani 1996). Responses below $\alpha / 2$ become 0, all others shrink by $\alpha / 2$. Where only $z \ge 0$
// is allowed, this is $\operatorname{ReLU}(D^\top x - \alpha / 2)$: **a layer with ReLU and a negative bias.**
//
// An overcomplete $D$ has no such formula. The proximal gradient of section 3 finds the code in many steps (ISTA: Daubechies,
// Defrise and De Mol 2004); its first step from $z = 0$ is one layer. Olshausen and Field (1996) learnt $D$ along with such codes,
// and found edges in natural images. A sparse autoencoder has one layer only.

// %% slideshow={"slide_type":"skip"}
const penalty = 0.5; // α, in grey levels
const d: tf.Tensor2D = linalg.orthonormal(draw(64, 64, 1, 5)); // D, any orthonormal basis

// %% slideshow={"slide_type":"skip"}
const responses: tf.Tensor2D = tf.matMul(x.slice([0, 0], [3, 64]), d); // Dᵀx as rows
const beyond: tf.Tensor2D = tf.relu(responses.abs().sub(penalty / 2) as tf.Tensor2D);
const exactCode = responses.sign().mul(beyond); // soft(Dᵀx, α/2)

// %% slideshow={"slide_type":"skip"}
const three: tf.Tensor2D = x.slice([0, 0], [3, 64]);
const z = tf.variable(tf.zeros([3, 64])) as tf.Variable<tf.Rank.R2>;
const penalisedError = () => {
  const missing = tf.sub(three, tf.matMul(z, d, false, true));
  return tf.add(tf.sum(tf.square(missing)), tf.mul(tf.sum(tf.abs(z)), penalty)) as tf.Scalar;
};
for (const rate of [0.03, 0.003, 0.0003]) {
  const adam = tf.train.adam(rate);
  for (let step = 0; step < 150; step++) await train.minimize(adam, penalisedError);
}

// %% slideshow={"slide_type":"skip"}
const order = tf.topk(responses.flatten(), 192).indices.reverse();
const sorted = (t: tf.Tensor) => tf.gather(t.flatten(), order);
const thresholded = { "soft(Dᵀx, α/2)": sorted(exactCode), "found by Adam": sorted(z) };

// %% slideshow={"slide_type":"slide"} notes="Adam does not know the formula. It comes within 0.002 of it, but hardly one of its zeros is exactly zero."
plot.curves(thresholded, {
  title: "The best code is the soft threshold",
  x: "response (Dᵀx)ⱼ (grey level)",
  y: "code zⱼ (grey level)",
  at: sorted(responses),
  points: ["found by Adam"],
});

// %% [markdown]
// The soft threshold: Adam, which does not know the formula, finds the same code. With $\alpha\, |z|_2^2$ instead the points would lie
// on a straight line through 0, and nothing would be switched off.

// %% slideshow={"slide_type":"skip"} tags=["check"]
const off = (t: tf.Tensor) => 100 * t.equal(0).mean().dataSync()[0];
check(
  [
    "Adam − soft(Dᵀx, α/2)",
    exactCode.sub(z).abs().max().dataSync()[0],
    { atMost: 0.005, unit: "grey level", source: "the formula" },
  ],
  ["zeros of the formula", off(exactCode), { atLeast: 30, unit: "%", source: "|Dᵀx| ≤ α/2" }],
  ["zeros that Adam finds", off(z), { atMost: 5, unit: "%", source: "the kink" }],
);

// %% [markdown] slideshow={"slide_type":"slide"} notes="Ask what a network would do with a penalty on z alone. Halve the code, double the decoder: the output is the same, and the penalty is halved."
// ## 5 · A sparse autoencoder: 196-400-196
//
// *Predict: $\hat x = W_2 z$, and only $z$ is penalised. How does a network evade the penalty?*
//
// It makes the code $z / c$ and the decoder $c\, W_2$, with a large $c$: the same $\hat x$, and $1/c$ of the penalty. So **the
// decoder's columns get length 1**. With the mean image $m$ and learnt $W_1$, $W_2$ and $b$
//
// $$z = \operatorname{ReLU}\bigl( W_1 (x - m) + b \bigr), \qquad \hat x = m + \sum_{j} z_j\, w_j / \lVert w_j \rVert, \qquad L = \lVert x - \hat x
// \rVert^2 + \alpha\, |z|_1 .$$
//
// $W_1$ starts as the transpose of $W_2$: each unit then looks for what it draws, and no unit is dead from the start. The data are
// 10,000 MNIST digits, averaged over $2 \times 2$ pixels: 196 grey levels, so that a code of 400 is overcomplete. We train with three
// penalties, the first of them 0.

// %% slideshow={"slide_type":"skip"}
const mnist = await data.mnist({ train: 10_000, test: 10_000 });
const halved = (images: tf.Tensor2D): tf.Tensor2D =>
  tf.tidy(() => {
    const square: tf.Tensor4D = images.reshape([-1, 28, 28, 1]);
    return tf.avgPool(square, 2, 2, "valid").reshape([-1, 196]);
  });
const images = halved(mnist.train.images);
const test = halved(mnist.test.images);
const mean: tf.Tensor1D = tf.variable(images.mean(0) as tf.Tensor1D, false); // m, [196]

// %% slideshow={"slide_type":"skip"}
const scaled = (rows: tf.Tensor2D): tf.Tensor2D => tf.div(rows, tf.norm(rows, 2, 1, true));

// %% slideshow={"slide_type":"skip"}
type Activation = (inputs: tf.Tensor2D) => tf.Tensor2D;

function overcomplete(activation: Activation, lengthOne: boolean, seed: number) {
  const start = scaled(draw(400, 196, 1, seed));
  const decoder: tf.Tensor2D = tf.variable(start); // W₂ᵀ
  const encoder: tf.Tensor2D = tf.variable(start.transpose()); // W₁ᵀ
  const bias: tf.Tensor1D = tf.variable(tf.zeros([400]));
  const filters = () => (lengthOne ? scaled(decoder) : decoder); // [400, 196]
  const encode = (x: tf.Tensor2D) => activation(tf.matMul(x.sub(mean), encoder).add(bias));
  const decode = (z: tf.Tensor2D): tf.Tensor2D => tf.matMul(z, filters()).add(mean);
  return { encode, decode, filters };
}
type Overcomplete = ReturnType<typeof overcomplete>;

// %% slideshow={"slide_type":"skip"}
const long = engineRoute !== "wasm"; // without TensorFlow training is cut short
const passes = long ? 10 : 2;
type Penalty = (z: tf.Tensor2D) => tf.Tensor;

// %% slideshow={"slide_type":"skip"}
async function learn(model: Overcomplete, penaltyOn: Penalty, rate: number) {
  const loss = (x: tf.Tensor2D) => {
    const z = model.encode(x);
    return tf.add(squaredError(x, model.decode(z)), penaltyOn(z)) as tf.Scalar;
  };
  const optimizer = tf.train.adam(rate);
  await fit(loss, images, { epochs: passes, batchSize: 100, optimizer, seed: 5 });
  return model;
}

// %% slideshow={"slide_type":"skip"}
const relu = (inputs: tf.Tensor2D): tf.Tensor2D => inputs.relu();
const l1OfCode = (alpha: number) => (z: tf.Tensor2D) => z.sum(1).mean().mul(alpha);
const unpenalised = await learn(overcomplete(relu, true, 5), l1OfCode(0), 1e-3);
const weak = await learn(overcomplete(relu, true, 5), l1OfCode(0.15), 1e-3);
const strong = await learn(overcomplete(relu, true, 5), l1OfCode(0.5), 1e-3);

// %% slideshow={"slide_type":"slide"} notes="Top: filters of a network that copies. Bottom: pen strokes and whole digits. Nothing but the penalty has changed."
const first = (model: Overcomplete): tf.Tensor2D =>
  grey(model.filters().slice([0, 0], [24, 196]));
const filterTiles = [unpenalised, weak, strong].map(first);
plot.images(tf.concat(filterTiles) as tf.Tensor2D, {
  title: "A penalty on the code turns filters from noise into strokes and digits",
  columns: 12,
  rows: ["α = 0", "", "α = 0.15", "", "α = 0.5", ""],
});

// %% [markdown]
// Each tile is a $w_j$, what one unit draws (grey is 0). At $\alpha = 0$ the filters are still the noise that they started from: any will
// do for a copy. With a penalty a unit must be useful for many images.

// %% slideshow={"slide_type":"skip"}
const sparseModels = [unpenalised, weak, strong];
const codes = sparseModels.map(model => tf.tidy(() => model.encode(test)));
const testError = (model: Overcomplete) =>
  tf.tidy(() => squaredError(test, model.decode(model.encode(test))).dataSync()[0]);
const errors = sparseModels.map(testError);
const active = codes.map(z => tf.tidy(() => z.greater(0).sum(1).mean().dataSync()[0]));
const sparsity = codes.map(z => tf.tidy(() => hoyer(z))); // all 400 units
const dead = codes.map(z => tf.tidy(() => z.max(0).equal(0).sum().dataSync()[0]));

// %% slideshow={"slide_type":"-"}
const byPenalty = new DataFrame({
  "α (grey level)": ["0", "0.15", "0.5"],
  "test error": errors,
  "units on, of 400": active,
  "Hoyer's h": sparsity,
  "units never on": dead,
});
plot.table(byPenalty, {
  title: "The larger the penalty, the fewer units are on for an image",
  decimals: 2,
});

// %% slideshow={"slide_type":"skip"}
function histogram(z: tf.Tensor2D, width: number, bins: number) {
  const counts = new Array<number>(bins).fill(0);
  for (const value of z.dataSync()) counts[Math.min(bins - 1, Math.floor(value / width))]++;
  return counts.map(count => Math.max(0.001, (100 * count) / z.size)); // in %
}
const middles = (width: number, bins: number) =>
  Array.from({ length: bins }, (_, i) => (i + 0.5) * width);

// %% slideshow={"slide_type":"slide"} notes="The vertical axis is in powers of ten: with a penalty the first bin holds most of all activations, exact zeros among them."
const [plainBins, weakBins, strongBins] = codes.map(z => histogram(z, 0.1, 30));
plot.curves(
  { "α = 0": plainBins, "α = 0.15": weakBins, "α = 0.5": strongBins },
  {
    title: "A penalty on the code makes most activations zero",
    x: "activation zⱼ, bins of 0.1 (grey level)",
    y: "share (%, at least 0.001)",
    at: middles(0.1, 30),
    log: true,
  },
);

// %% [markdown]
// With a penalty the first bin holds more than nine in ten activations, without one about four in ten. At $\alpha = 0$ nearly all
// units are on for an image, and a ReLU that is never off is linear: section 1's copy again. (Everything above 3 is counted in
// the last bin.)

// %% slideshow={"slide_type":"skip"} tags=["check"]
const expected = [
  ["test error, α = 0", errors[0], { atMost: 0.1, source: "a copy" }],
  ["units on, α = 0", active[0], { atLeast: 350, source: "a copy needs no zeros" }],
  ["units on, α = 0.5", active[2], { atMost: 60, source: "soft threshold" }],
  ["h of the code, α = 0.5", sparsity[2], { atLeast: 0.75, source: "penalty on the code" }],
] as const;
if (long) check(...expected);

// %% [markdown] slideshow={"slide_type":"slide"} notes="This is the answer to the first half of the opening question. Ask for a bet on the untrained row before you show the table."
// ## 6 · What is it good for?
//
// *Predict: put a linear classifier on the pixels, on the copy's code, on a sparse code, and on 400 units that were never trained.
// Which one makes the fewest errors?*
//
// A linear classifier on a *linear* code computes $v^\top z = (W_1^\top v)^\top x$: it is a linear classifier of the pixels, however long
// $z$ is. A copy gains nothing. A nonlinear code can gain something, trained or not. So we need a control: 400 random directions, and
// 400 training digits as filters, both with the threshold $\alpha / 2$ of section 4 for $\alpha = 0.5$, and no training at all
// (Coates and Ng 2011 make this comparison).

// %% slideshow={"slide_type":"skip"}
const labels = tf.tensor1d(mnist.train.labels, "int32");
const classes: tf.Tensor2D = tf.cast(tf.oneHot(labels, 10), "float32") as tf.Tensor2D;
const centred = (x: tf.Tensor2D): tf.Tensor2D => tf.sub(x, mean);
const randomFilters = scaled(draw(400, 196, 1, 7));
const digitFilters = scaled(centred(images.slice([0, 0], [400, 196])));
const thresholdAt =
  (filters: tf.Tensor2D) =>
  (x: tf.Tensor2D): tf.Tensor2D =>
    tf.maximum(tf.sub(tf.matMul(centred(x), filters, false, true), 0.25), 0);

// %% slideshow={"slide_type":"skip"}
async function linearTest(encode: (x: tf.Tensor2D) => tf.Tensor2D) {
  const codes = tf.tidy(() => encode(images));
  const centre = codes.mean(0);
  const deviation = tf.tidy(() => codes.sub(centre).square().mean().sqrt());
  const scale = (z: tf.Tensor2D): tf.Tensor2D => tf.div(tf.sub(z, centre), deviation);
  const inputs = tf.tidy(() => scale(codes));
  codes.dispose();
  const softmax = models.mlp({ sizes: [inputs.shape[1], 10], seed: 5 });
  const optimizer = tf.train.adam(3e-3);
  await fit(softmax.loss, [inputs, classes], {
    epochs: 15,
    batchSize: 200,
    optimizer,
    seed: 5,
  });
  inputs.dispose();
  return tf.tidy(() => 100 * softmax.errorRate(scale(encode(test)), mnist.test.labels)); // %
}

// %% slideshow={"slide_type":"skip"}
const coded = {
  "196 pixels": (x: tf.Tensor2D): tf.Tensor2D => x.clone(),
  "400 units, α = 0: a copy": unpenalised.encode,
  "400 random directions, not trained": thresholdAt(randomFilters),
  "400 training digits, not trained": thresholdAt(digitFilters),
  "sparse code, α = 0.15": weak.encode,
  "sparse code, α = 0.5": strong.encode,
};

// %% slideshow={"slide_type":"skip"}
const wrong: number[] = [];
for (const code of Object.values(coded)) wrong.push(await linearTest(code));

// %% slideshow={"slide_type":"slide"} notes="Most of the gain comes with the nonlinearity: look at the rows that were never trained. Learning adds the rest. And h does not order the rows."
const worth = new DataFrame({
  code: Object.keys(coded),
  "Hoyer's h": Object.values(coded).map(encode => tf.tidy(() => hoyer(encode(test)))),
  "classified wrong (%)": wrong,
});
plot.table(worth, { title: "What a linear classifier makes of each code", decimals: 2 });

// %% [markdown]
// On MNIST the copy is as good as the pixels, and the sparse code makes about half as many errors. But 400 training digits with a
// threshold, without any learning, already give most of that gain: it is due to the nonlinearity. Learning a sparse code adds the
// rest. Sparsity alone does not order the rows: the random directions have a large $h$ and gain little.

// %% slideshow={"slide_type":"skip"} tags=["check"]
const gained = wrong[0] - wrong[5];
const learningAdds = wrong[3] - wrong[5];
const points = (atLeast: number, source: string) => ({ atLeast, unit: "points", source });
const copied = { target: 0, tolerance: 1, unit: "points", source: "linear in x" };
if (long) check(["copy − pixels", wrong[1] - wrong[0], copied]);
if (long && mnist.source === "original") {
  check(
    ["pixels − sparse", gained, points(3, "nonlinear")],
    ["digits − sparse", learningAdds, points(0.2, "learning")],
  );
}

// %% [markdown] slideshow={"slide_type":"slide"} notes="Exercises 1 and 5 in class, the others at home. Number 5 is a prediction: no code runs before they have written a number down."
// ## Exercises
//
// Replace `exercise.todo(…)` and run the check below it. Each check draws new questions of new sizes, so nothing can be copied.

// %% slideshow={"slide_type":"skip"} exercise={"role":"sheet"}
const sheet = exercise.sheet("Exercises of lesson 05");
const closer = (r: number, t: number) => Math.sign(r) * Math.max(0, Math.abs(r) - t);
// The best code uses some of the columns, which are in a random order.
function question4(draw: exercise.Draw) {
  const [d, used, unused] = [draw.integer(5, 7), draw.integer(1, 3), draw.integer(3, 6)];
  const alpha = draw.number(0.2, 0.4);
  const sign = () => 2 * draw.integer(0, 1) - 1;
  const code = Array.from({ length: used }, () => sign() * draw.number(0.5, 2));
  const lengths = code.map(() => draw.number(0.7, 1.5));
  const [directions, others] = [draw.directions(d, used), draw.normal(d, unused)];
  const pull = code.map((z, j) => (Math.sign(z) * alpha) / 2 / lengths[j]);
  const left = directions.dot(tf.tensor1d(pull)); // x − Dz
  const touch = tf.abs(others.transpose().dot(left)); // below α/2 where a column stays off
  const off = others.mul(tf.minimum(1, tf.div(0.3 * alpha, touch)));
  const order = draw.shuffled(Array.from({ length: used + unused }, (_, i) => i));
  const columns = tf.concat([directions.mul(lengths), off], 1) as tf.Tensor2D;
  const x = directions.dot(tf.mul(code, lengths)).add(left) as tf.Tensor1D;
  const answer = order.map(i => code[i] ?? 0);
  return { alpha, x, code: answer, dictionary: tf.gather(columns, order, 1) as tf.Tensor2D };
}

// %% [markdown] slideshow={"slide_type":"skip"}
// **1 ★ Switch off what is small.** `dictionary` is $D$, $[d, d]$, with orthonormal columns; `x` is an image, $[d]$. Return the code that
// minimises $\lVert x - D z \rVert^2 + \alpha\, |z|_1$ as $d$ numbers.
//
// <details><summary>Hint</summary>Section 4. Mind the factor in front of α, and the sign of what is negative.</details>

// %% slideshow={"slide_type":"skip"} exercise={"id":"1","role":"starter"}
function sparseCode(dictionary: tf.Tensor2D, x: tf.Tensor1D, alpha: number): number[] {
  return exercise.todo(dictionary, x, alpha);
}

// %% slideshow={"slide_type":"skip"} exercise={"id":"1","role":"check"}
await sheet.check("1 · Switch off what is small", draw => {
  const alpha = draw.number(0.4, 0.8);
  const sizes = Array.from({ length: draw.integer(0, 3) }, () => draw.number(-2, 2));
  const seen = draw.shuffled([...sizes, -1, draw.number(0.7, 1) * alpha, -0.4 * alpha]); // Dᵀx
  const basis = draw.directions(seen.length);
  const code = seen.map(r => closer(r, alpha / 2));
  return {
    given: `α = ${alpha} and responses Dᵀx = ${seen.map(r => r.toFixed(3))}`,
    got: sparseCode(basis, basis.dot(tf.tensor1d(seen)) as tf.Tensor1D, alpha),
    expected: code,
    mistakes: {
      "The threshold is α/2: the square brings a 2.": seen.map(r => closer(r, alpha)),
      "What is left on shrinks too.": seen.map((r, j) => (code[j] === 0 ? 0 : r)),
      "Negative numbers count by their size.": code.map(z => Math.max(0, z)),
      "Those are the responses Dᵀx.": seen,
      "That penalty is on squares; it switches nothing off.": seen.map(r => r / (1 + alpha)),
      "What is below α/2 becomes 0.": seen.map(r => r - (Math.sign(r) * alpha) / 2),
    },
  };
});

// %% [markdown] slideshow={"slide_type":"skip"}
// **2 ★★ Unequal penalties.** For the loss $\lambda\, (1 - w_1 w_2)^2 + \alpha\, (|w_1| + r\, |w_2|)$ with $\lambda$ = `variance`, return for
// each $r$ in `ratios` the $\alpha$ at which the global minimum jumps to 0.
//
// <details><summary>Hint</summary>Section 2, step 1: how small can the penalty of a product $p$ be now? The rest stays.</details>

// %% slideshow={"slide_type":"skip"} exercise={"id":"2","role":"starter"}
function jumpsAt(variance: number, ratios: number[]): number[] {
  return exercise.todo(variance, ratios);
}

// %% slideshow={"slide_type":"skip"} exercise={"id":"2","role":"check"}
await sheet.check("2 · Unequal penalties", draw => {
  const variance = draw.number(0.5, 3);
  const ratios = Array.from({ length: draw.integer(2, 4) }, () => draw.number(0.1, 0.7));
  ratios.push(draw.number(2, 9));
  const all = (share: (r: number) => number) => ratios.map(r => variance * share(r));
  const c = (2 / 3) * Math.sqrt(2 / 3);
  return {
    given: `λ = ${variance} and r = ${ratios}`,
    got: jumpsAt(variance, ratios),
    expected: all(r => c / Math.sqrt(r)),
    mistakes: {
      "That is for equal penalties: r is missing.": all(() => c),
      "The penalty of p is 2√(r p): the root of r counts.": all(r => c / r),
      "A larger r brings the jump earlier, not later.": all(r => c * Math.sqrt(r)),
      "The mean of both would do only if |w₁| = |w₂|.": all(r => (2 * c) / (1 + r)),
      "There the minimum ends; the jump comes earlier.": all(r => 4 / Math.sqrt(27 * r)),
      "That is for squares, which do not jump.": all(r => 1 / Math.sqrt(r)),
    },
  };
});

// %% [markdown] slideshow={"slide_type":"skip"}
// **3 ★★ Is it a minimum?** `weights` holds the entries of $\Omega$, `slopes` the numbers $\partial E / \partial \omega$ at the same
// places, to six digits. Return for each weight whether it meets section 3's condition for a minimum of $E + \alpha \lVert \Omega
// \rVert_1$, as 1 (yes) or 0 (no).
//
// <details><summary>Hint</summary>Section 3. Three cases: ω = 0, ω > 0, ω < 0.</details>

// %% slideshow={"slide_type":"skip"} exercise={"id":"3","role":"starter"}
function meetsCondition(weights: number[], slopes: number[], alpha: number): number[] {
  return exercise.todo(weights, slopes, alpha);
}

// %% slideshow={"slide_type":"skip"} exercise={"id":"3","role":"check"}
await sheet.check("3 · Is it a minimum?", draw => {
  const [alpha, w, g] = [draw.number(0.1, 2), draw.number(0.1, 1), draw.number(0.2, 0.9)];
  const at = (weight: number, ...slopes: number[]) => slopes.map(s => [weight, s * alpha]);
  const cases = [...at(0, g, -g, 1.5, -1.5), ...at(w, -1, 1, g, 0), ...at(-w, 1, -1, -g)];
  const all = draw.shuffled(cases).slice(0, draw.integer(8, 11));
  const ask = (test: (w: number, s: number) => boolean) => all.map(([w, s]) => +test(w, s));
  const meets = (w: number, s: number) => Math.abs(closer(w - s, alpha) - w) < 1e-6;
  const [weights, slopes] = [0, 1].map(i => all.map(pair => pair[i]));
  return {
    given: `α = ${alpha} and pairs of weight and slope ${all.join("; ")}`,
    got: meetsCondition(weights, slopes, alpha),
    expected: ask(meets),
    mistakes: {
      "Mind the sign of the slope.": ask((w, s) => meets(w, -s)),
      "At ω = 0 it depends on the slope.": ask((w, s) => w === 0 || meets(w, s)),
      "With a penalty the slope of E is not 0.": ask((_, s) => s === 0),
      "For ω ≠ 0 the slope must be exactly −α sign(ω).": ask((_, s) => Math.abs(s) <= alpha),
    },
  };
});

// %% [markdown] slideshow={"slide_type":"skip"}
// **4 ★★★ More columns than pixels.** `dictionary` is $D$, $[d, k]$, its columns neither orthogonal nor of length 1. Return the $k$ numbers
// that minimise $\lVert x - D z \rVert^2 + \alpha\, |z|_1$, to about 0.01.
//
// <details><summary>Hint</summary>Proximal gradient, section 3, on z, some thousand steps. A step size below 1 / (2 σ²) is safe, σ the
// largest singular value of D. On so few numbers plain arrays are quicker than tensors.</details>

// %% slideshow={"slide_type":"skip"} exercise={"id":"4","role":"starter"}
function overcompleteCode(dictionary: tf.Tensor2D, x: tf.Tensor1D, alpha: number): number[] {
  return exercise.todo(dictionary, x, alpha);
}

// %% slideshow={"slide_type":"skip"} exercise={"id":"4","role":"check"}
await sheet.check("4 · More columns than pixels", draw => {
  const { alpha, code, dictionary, x } = question4(draw);
  const seen = dictionary.transpose().dot(x); // Dᵀx
  const once = seen.sign().mul(tf.relu(seen.abs().sub(alpha / 2)));
  const list = (t: tf.Tensor) => Array.from(t.dataSync());
  return {
    given: `a dictionary [${dictionary.shape}] and α = ${alpha}`,
    got: overcompleteCode(dictionary, x, alpha),
    expected: code,
    tolerance: 0.01,
    mistakes: {
      "One threshold does for orthonormal columns: repeat it.": list(once),
      "Those are the responses Dᵀx.": list(seen),
    },
  };
});

// %% [markdown] slideshow={"slide_type":"skip"}
// **5 ★★ Predict, then run.** A linear autoencoder with spare code dimensions is trained with the slide's penalty in principal axes.
// Before any training, return your prediction: for each value in `alphas`, in the same order, the number of code dimensions that
// the global minimum uses. The eigenvalues come in any order. The check minimises $g$ on a grid and counts.
//
// <details><summary>Hint</summary>Section 3, the claim. Where does the second minimum stop being the deeper one?</details>

// %% slideshow={"slide_type":"skip"} exercise={"id":"5","role":"starter"}
function unitsInUse(eigenvalues: number[], alphas: number[]): number[] {
  return exercise.todo(eigenvalues, alphas);
}

// %% slideshow={"slide_type":"skip"} exercise={"id":"5","role":"check"}
await sheet.check("5 · Predict, then run", draw => {
  const values = draw.shuffled(draw.descending(draw.integer(6, 12), 0.1, 3));
  const alphas = Array.from({ length: draw.integer(3, 5) }, () => draw.number(0.05, 1.6));
  const grid = Array.from({ length: 1001 }, (_, i) => i / 1000); // q
  const isKept = (v: number, alpha: number) =>
    grid.some(q => q > 0.1 && v * (1 - q * q) ** 2 + 2 * alpha * q < v);
  const above = (factor: number) =>
    alphas.map(a => values.filter(v => factor * v > a).length);
  return {
    given: `eigenvalues ${values}, α = ${alphas}`,
    got: unitsInUse(values, alphas),
    expected: alphas.map(alpha => values.filter(v => isKept(v, alpha)).length),
    mistakes: {
      "Compare α with 0.5443 λ, not with λ.": above(1),
      "At 0.7698 λ the minimum ends; it is the deeper one only up to 0.5443 λ.":
        above(0.7698),
      "Those are the ones that are given up.": above(0.5443).map(n => values.length - n),
    },
  };
});

// %% slideshow={"slide_type":"skip"}
sheet;

// %% [markdown] slideshow={"slide_type":"slide"} notes="Back to the votes: the formula on the slide makes the weights sparse."
// ## To remember
//
// 1. Without a penalty an overcomplete autoencoder copies, and a linear classifier does no better on the copy than on the pixels.
// 2. With L1 on the weights a direction is given up by a jump, at $\alpha = 0.5443\, \lambda_j$; with L2 it fades out.
// 3. L1 on the code is a soft threshold at $\alpha / 2$: a layer with ReLU and a negative bias.
// 4. A penalty on the code needs a decoder of bounded length.
// 5. A nonlinear code lets a linear classifier make fewer errors, even untrained; learning a sparse code lowers them further.
//
// **So read "sparse representations" on the slide as $\alpha\, |z|_1$; what stands there, $\alpha \lVert \Omega \rVert_1$, makes weights
// sparse.** Next question: is there a cure for copying without any penalty? Give the network noisy images, and ask for clean ones.
// Lesson 06.
//
// **References.** Donoho and Johnstone 1994, [doi:10.1093/biomet/81.3.425](https://doi.org/10.1093/biomet/81.3.425) ·
// Olshausen and Field 1996, [doi:10.1038/381607a0](https://doi.org/10.1038/381607a0) ·
// Tibshirani 1996, [doi:10.1111/j.2517-6161.1996.tb02080.x](https://doi.org/10.1111/j.2517-6161.1996.tb02080.x) ·
// Daubechies, Defrise and De Mol 2004, [doi:10.1002/cpa.20042](https://doi.org/10.1002/cpa.20042) ·
// Hoyer 2004, *Non-negative matrix factorization with sparseness constraints*, Journal of Machine Learning Research 5 ·
// Coates and Ng 2011, *The importance of encoding versus training with sparse coding and vector quantization*, International
// Conference on Machine Learning ·
// Xu, Chang, Xu and Zhang 2012, [doi:10.1109/TNNLS.2012.2197412](https://doi.org/10.1109/TNNLS.2012.2197412) ·
// Hoff 2017, [doi:10.48550/arXiv.1611.00040](https://doi.org/10.48550/arXiv.1611.00040) ·
// Bricken and others 2023, *Towards monosemanticity: decomposing language models with dictionary learning*, Transformer Circuits ·
// Gao and others 2024, *Scaling and evaluating sparse autoencoders*,
// [doi:10.48550/arXiv.2406.04093](https://doi.org/10.48550/arXiv.2406.04093)

// %% [markdown] slideshow={"slide_type":"skip"}
// ## Appendix A · Whole matrices: the proof
//
// **Proof.** *Error:* $E = \sum_j \lambda_j \sum_i (\delta_{ij} - W_{ij})^2 \ge \sum_j \lambda_j (1 - p_j)^2$ with $W = W_2 W_1$, $p_j =
// W_{jj}$. *Penalty:* pair each weight $b_{jm}$ of $W_2$ with $a_{mj}$ of $W_1$; by step 1 and because roots are subadditive
//
// $$\sum_{j, m} (|a_{mj}| + |b_{jm}|) \ge 2 \sum_j \sum_m \sqrt{|a_{mj} b_{jm}|} \ge 2 \sum_j \sqrt{\textstyle\sum_m |a_{mj} b_{jm}|} \ge 2
// \sum_j \sqrt{|p_j|} .$$
//
// Now each $j$ can be minimised by itself, as in section 2. Both bounds are met when code dimension $j$ serves direction $j$ only. $\square$
//
// The jump is known from sparse regression: for $\min_p\, (1 - p)^2 + \ell \sqrt{p}$ Xu, Chang, Xu and Zhang (2012) give the threshold
// $1 = \tfrac14 \sqrt[3]{54}\, \ell^{2/3}$, where $p$ jumps from $\tfrac23$. With $\ell = 2 \alpha / \lambda$ that is section 2.

// %% slideshow={"slide_type":"skip"} tags=["check"]
const published = 0.5 * (4 / Math.cbrt(54)) ** 1.5; // α / λ
check([
  "jump of Xu et al.",
  jump.alpha / variance,
  { target: published, tolerance: "0.2 %", source: "Xu et al. 2012" },
]);

// %% [markdown] slideshow={"slide_type":"skip"}
// ## Appendix B · A target for the mean activation
//
// Another common penalty (Ng 2011, *Sparse autoencoder*, lecture notes) is on the mean $\hat\rho_j = \tfrac1N \sum_n z_{nj}$ of unit $j$,
// with a sigmoid for the code and a target $\rho$: the divergence between two coins, in nats,
//
// $$\beta \sum_{j=1}^{k} \Bigl( \rho \log \frac{\rho}{\hat\rho_j} + (1 - \rho) \log \frac{1 - \rho}{1 - \hat\rho_j} \Bigr), \qquad
// \frac{\partial}{\partial \hat\rho_j} = \beta\, \frac{\hat\rho_j - \rho}{\hat\rho_j (1 - \hat\rho_j)} .$$
//
// It is 0 at $\hat\rho_j = \rho$ and grows without limit towards 0 and 1. **Care:** it depends on means only. A code that is 0.1 for *every*
// image has no penalty, and is not sparse at all. (Here the mean is over a batch of 100. Ng's cost also has weight decay, which keeps
// the columns of $W_2$ short; columns of length 1 play that part below.)

// %% slideshow={"slide_type":"skip"}
const [rho, beta] = [0.1, 3];
const divergence = (mean: tf.Tensor1D): tf.Tensor1D => {
  const on = tf.mul(tf.log(tf.div(rho, mean)), rho); // ρ log(ρ / ρ̂)
  const off = tf.mul(tf.log(tf.div(1 - rho, tf.sub(1, mean))), 1 - rho);
  return tf.add(on, off);
};

// %% slideshow={"slide_type":"skip"}
const penaltyOfMean = (z: tf.Tensor2D) => divergence(z.mean(0)).sum().mul(beta);
const sigmoid = (inputs: tf.Tensor2D) => tf.sigmoid(inputs.sub(2.2) as tf.Tensor2D); // from 0.1
const loose = await learn(overcomplete(sigmoid, false, 5), penaltyOfMean, 2e-3);
const bounded = await learn(overcomplete(sigmoid, true, 5), penaltyOfMean, 2e-3);
const byMean = [loose, bounded].map(model => tf.tidy(() => model.encode(test)));
const unitMeans = byMean.map(z => z.mean(0) as tf.Tensor1D);

// %% slideshow={"slide_type":"skip"}
const means = new DataFrame({
  "columns of W₂": ["free", "length 1"],
  "mean activation": unitMeans.map(mean => mean.mean().dataSync()[0]),
  "lowest unit": unitMeans.map(mean => mean.min().dataSync()[0]),
  "highest unit": unitMeans.map(mean => mean.max().dataSync()[0]),
  "Hoyer's h": byMean.map(z => tf.tidy(() => hoyer(z))),
  "test error": [loose, bounded].map(testError),
});
plot.table(means, { title: "Both meet the target, neither code is sparse", decimals: 3 });

// %% [markdown] slideshow={"slide_type":"skip"}
// Both codes meet the target, and neither is sparse: compare $h = 0.82$ in section 5. How dense they are depends on the decoder and the
// data: columns of length 1 give 0.14 here, and gave 0.42 on all 784 pixels. A mean activation of 0.1 alone proves nothing.

// %% slideshow={"slide_type":"skip"} tags=["check"]
const at03 = tf.grad(divergence as (mean: tf.Tensor) => tf.Tensor)(tf.tensor1d([0.3]));
const exact = (0.3 - rho) / (0.3 * 0.7);
const [looseMean, boundedMean] = unitMeans.map(mean => mean.mean().dataSync()[0]);
const [looseH, boundedH] = byMean.map(z => tf.tidy(() => hoyer(z)));
const reached = [
  ["mean, columns free", looseMean, { target: rho, tolerance: 0.02, source: "ρ" }],
  ["mean, length 1", boundedMean, { target: rho, tolerance: 0.02, source: "ρ" }],
  ["h, columns free", looseH, { atMost: 0.25, source: "the mean is not enough" }],
  ["h, length 1", boundedH, { atMost: 0.25, source: "the mean is not enough" }],
] as const;
check(
  ["slope at 0.3", at03.dataSync()[0], { target: exact, tolerance: 1e-5, source: "formula" }],
  ...(long ? reached : []),
);

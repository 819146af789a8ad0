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
// $\lVert y - \hat y \rVert^2 + \alpha \lVert \Omega \rVert_1$, with $\Omega$ the weights. **What do extra code numbers buy, and what
// becomes sparse: the weights or the code?**
//
// After this lesson you can
//
// 1. show that an overcomplete autoencoder without a price copies anything, and learns nothing by it;
// 2. derive at which price a weight pair dies, and why it dies by a jump;
// 3. derive the soft threshold, and find it inside a layer with ReLU;
// 4. say what a mean activation of 0.1 proves about a code, and what it does not;
// 5. measure what a sparse code is good for.
//
// You need the linear autoencoder and the eigenvalues $\lambda_j$ of lesson 04. About 25 minutes to read, one minute to run.

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

// %% [markdown] slideshow={"slide_type":"slide"} notes="Let them answer before the picture: what can go wrong with a hundred numbers for sixty-four pixels? Nothing can. That is the trouble."
// ## 1 · A hundred numbers for 64 pixels
//
// *Predict: fill the encoder with random numbers and never train it. How much of a digit is lost?*
//
// The data are the 1797 digits of $8 \times 8$ pixels, minus their mean: $x \in \mathbb{R}^d$, $d = 64$, in grey levels from 0 to 1.
// Codes are $z = W_1 x \in \mathbb{R}^k$, outputs $\hat x = W_2 z$, now with $k = 100$. Errors are squared errors per image: summed
// over pixels, averaged over images.
//
// **Claim.** For $k \ge d$ the least error is 0, and *almost every* encoder reaches it. A random $W_1 \in \mathbb{R}^{k \times d}$ has
// rank $d$ with probability 1. Then $W_1^\top W_1$ can be inverted, and the decoder $W_2 = (W_1^\top W_1)^{-1} W_1^\top$ gives
//
// $$W_2 W_1 = I: \qquad \hat x = x \quad \text{for every } x \in \mathbb{R}^d,$$
//
// digit or not. No image was needed to find it, so the code knows nothing of digits. A low error is no sign of learning here.

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
  title: "A random code of 100 numbers copies digits and noise alike",
  columns: 12,
  rows: ["digit", "its copy", "noise", "its copy"],
});

// %% [markdown]
// Read the rows in pairs: each copy equals what is above it. Had the code learnt what digits look like, it would spoil the noise.
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
  title: "Trained without a price, the error goes to nothing",
  y: "squared error per image",
  log: true,
});

// %% slideshow={"slide_type":"-"}
for (let step = 0; step < 600; step++)
  live.step(await train.minimize(adam, () => squaredError(x, reconstruct(x))));
live.end();

// %% [markdown]
// Read the curve: it falls through all tail sums of lesson 04. With fewer code numbers than directions it would have to stop at one.

// %% slideshow={"slide_type":"skip"} tags=["check"]
const learnt = squaredError(x, reconstruct(x)).dataSync()[0];
const unlearnt = squaredError(noise, copy(noise)).dataSync()[0];
check(
  ["error, 64-100-64", learnt, { atMost: 1e-3, source: "W₂W₁ = I" }],
  ["noise, never trained", unlearnt, { atMost: 1e-6, source: "W₂W₁ = I" }],
);

// %% [markdown] slideshow={"slide_type":"slide"} notes="Do this at the board. One direction, two weights: it holds all that the slide's formula does."
// ## 2 · The slide's price, for two weights
//
// *Predict: raise $\alpha$ slowly. Does the output fade to 0, or does it break off?*
//
// A **price** is what the added term, the penalty, asks for. Take one direction with variance $\lambda$, coded by one number:
// weight $w_1$ in, $w_2$ out, product $p = w_1 w_2$. The slide's loss is
//
// $$L(w_1, w_2) = \lambda\, (1 - p)^2 + \alpha\, (|w_1| + |w_2|), \qquad \alpha > 0 .$$
//
// *Step 1: what a product costs.* $(\sqrt{|w_1|} - \sqrt{|w_2|})^2 \ge 0$, so $|w_1| + |w_2| \ge 2 \sqrt{|p|}$, with equality for
// $|w_1| = |w_2|$. A negative $p$ loses on both counts. With $q = \sqrt{p} \ge 0$ it remains to minimise
//
// $$g(q) = \lambda\, (1 - q^2)^2 + 2 \alpha q .$$
//
// *Step 2: valleys.* $g'(0) = 2 \alpha > 0$: **$q = 0$ is a valley at any price.** Elsewhere $g'(q) = 0$ asks for $\alpha = 2 \lambda\,
// q\, (1 - q^2)$. The right side is largest at $q^2 = \tfrac13$, where it is $\tfrac{4}{3 \sqrt 3} \lambda = 0.7698\, \lambda$. Below
// that price there is a second valley, at $q^2 > \tfrac13$.

// %% [markdown] slideshow={"slide_type":"slide"} notes="The constant is worth the two minutes: the two valleys are equally deep at q² = 2/3, whatever λ is."
// *Step 3: which valley is deeper?* The first has $g(0) = \lambda$. Put $\alpha$ of step 2 into $g(q) = \lambda$:
//
// $$(1 - q^2)^2 + 4 q^2 (1 - q^2) = 1 \;\Longleftrightarrow\; 2 q^2 = 3 q^4 \;\Longleftrightarrow\; q^2 = \tfrac23 .$$
//
// The valley's loss rises with $\alpha$, so there is one such price: the lowest point keeps $p \ge \tfrac23$ as long as $\alpha <
// \alpha_c$, and then **jumps to 0**:
//
// $$\alpha_c = 2 \lambda \sqrt{\tfrac23}\, \bigl(1 - \tfrac23\bigr) = \tfrac23 \sqrt{\tfrac23}\; \lambda = 0.544331\, \lambda .$$
//
// **A square price does not jump.** With $\alpha (w_1^2 + w_2^2) \ge 2 \alpha |p|$ in its place you minimise $\lambda (1 - p)^2 + 2
// \alpha p$, and $p = 1 - \alpha / \lambda$ goes to 0 steadily: lesson 04's shrinkage. On their product squares of two factors act
// as $|p|$ (Hoff 2017), magnitudes as $\sqrt{|p|}$.

// %% slideshow={"slide_type":"skip"}
const q = Array.from({ length: 101 }, (_, i) => i / 100);
const valleys = (alpha: number) => {
  const above = q.map(q => (1 - q ** 2) ** 2 + 2 * alpha * q - 1); // (g(q) − g(0)) / λ
  const lowest = Math.min(...above) < 0 ? "the right valley" : "zero";
  const title = `At a price of ${alpha} λ ${lowest} is lowest`;
  const y = "(g(q) − g(0)) / λ";
  return plot.curves({ [y]: above }, { title, x: "q = √p", y, at: q });
};

// %% slideshow={"slide_type":"slide"} notes="Move the slider from left to right. Ask them to call out when the right valley is no longer the lowest (0.6), and when it is gone (0.8)."
const prices = [0.3, 0.4, 0.5, 0.54, 0.6, 0.7, 0.77, 0.8, 0.9];
const frames = Object.fromEntries(prices.map(alpha => [String(alpha), valleys(alpha)]));
plot.slider(frames, { label: "α / λ =", start: "0.5" });

// %% [markdown]
// Read the curve (the loss above that of zero), and move the slider: at 0.54 the right valley reaches the line, at 0.6 it lies
// above the left end and is still a valley. It is gone beyond 0.77. A price that shrank steadily would have one valley, wandering
// to the left.
//
// Gradient descent sees one valley at a time. So start it in the right one, ask where its loss reaches $\lambda$, and where the valley
// ends. After each step along the slope, every weight gives up $\eta \alpha$ of its size ($\eta$ is the step size; section 3 says why):

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
function priceWhere(over: (end: ReturnType<typeof descend>) => boolean) {
  let [low, high] = [0.3 * variance, 1.2 * variance];
  for (let half = 0; half < 20; half++) {
    const middle = (low + high) / 2;
    if (over(descend(middle))) high = middle;
    else low = middle;
  }
  return { price: low, ...descend(low) };
}

// %% slideshow={"slide_type":"skip"}
const jump = priceWhere(({ loss }) => loss >= variance); // no deeper than zero's valley
const end = priceWhere(({ p }) => p === 0); // no valley at all

// %% slideshow={"slide_type":"skip"}
const shares = Array.from({ length: 101 }, (_, i) => i / 100); // α / λ
const ends = shares.map(share => descend(share * variance));
const paths = {
  "L1, lowest point": ends.map(({ p, loss }) => (loss < variance ? p : 0)),
  "L1, started at the copy": ends.map(({ p }) => p),
  L2: shares.map(share => 1 - share),
};

// %% slideshow={"slide_type":"slide"} notes="The plum stretch between 0.54 and 0.77 is what training shows you: a valley that is no longer the best, and that nobody leaves by gradients."
plot.curves(paths, {
  title: "L1 on the weights lets go by a jump, L2 fades",
  x: "price α / λ",
  y: "product p = w₁w₂",
  at: shares,
});

// %% [markdown]
// Read the curves: L2 is a line to 0. The lowest point of L1 breaks off at $\tfrac23$. Training that comes from the copy holds on until
// 0.77, and training that starts near 0 never gets up. **What you find depends on where you start.**

// %% slideshow={"slide_type":"skip"} tags=["check"]
const exactJump = (2 / 3) * Math.sqrt(2 / 3);
check(
  [
    "jump, α_c / λ",
    jump.price / variance,
    { target: exactJump, tolerance: "0.2 %", source: "step 3" },
  ],
  ["p before it", jump.p, { target: 2 / 3, tolerance: "0.5 %", source: "step 3" }],
  [
    "valley ends, α / λ",
    end.price / variance,
    { target: 4 / Math.sqrt(27), tolerance: "0.5 %", source: "step 2" },
  ],
);

// %% [markdown] slideshow={"slide_type":"slide"} notes="The budget of lesson 04 has become a price list: every direction is bought or left by itself."
// ## 3 · The slide's price, for whole matrices
//
// *Predict: of 100 code numbers for 64 pixels, how many survive a price on the weights?*
//
// Use the principal axes as coordinates: $C = \operatorname{diag}(\lambda_1, \dots, \lambda_d)$. With $\lVert W \rVert_1$ for the sum of
// all magnitudes, the slide's loss is $L = E + \alpha\, (\lVert W_1 \rVert_1 + \lVert W_2 \rVert_1)$.
//
// **Claim.** Its minimum is $\sum_j \min_q g_j(q)$, with section 2's $g$ for $\lambda = \lambda_j$. So exactly the directions with
// **$\lambda_j > \alpha / 0.5443$** are kept, one code number each, and the others die.
//
// **Proof.** *Error:* $E = \sum_j \lambda_j \sum_i (\delta_{ij} - W_{ij})^2 \ge \sum_j \lambda_j (1 - p_j)^2$ with $W = W_2 W_1$, $p_j =
// W_{jj}$. *Price:* pair each weight $b_{jm}$ of $W_2$ with $a_{mj}$ of $W_1$; by step 1 and because roots are subadditive
//
// $$\sum_{j, m} (|a_{mj}| + |b_{jm}|) \ge 2 \sum_j \sum_m \sqrt{|a_{mj} b_{jm}|} \ge 2 \sum_j \sqrt{\textstyle\sum_m |a_{mj} b_{jm}|} \ge 2
// \sum_j \sqrt{|p_j|} .$$
//
// Now each $j$ stands alone, as in section 2. Both bounds are met when code number $j$ serves direction $j$ only. $\square$
//
// In other coordinates, such as pixels, the price differs and there is no formula: magnitudes, unlike squares, do not survive a turn.

// %% [markdown] slideshow={"slide_type":"slide"} notes="This small lemma comes back twice: as a training step now, as a layer in section 4."
// **How to get exact zeros.** The slope of $|w|$ is $\pm 1$ however small $w$ is, so plain gradients jump back and forth over 0. Solve
// for the kink instead. For a number $v$ and $t > 0$
//
// $$\arg\min_w\; (w - v)^2 + 2 t\, |w| \;=\; \operatorname{soft}(v, t) \;=\; \operatorname{sign}(v)\, \max(0, |v| - t) :$$
//
// for $w > 0$ the slope $2 (w - v) + 2t$ vanishes at $w = v - t$, if that is positive; for $w < 0$ likewise at $v + t$; else the least
// value is at the kink. **Proximal gradient:** step along the slope of $E$ alone to $v = w - \eta\, \partial E / \partial w$, then take
// $\operatorname{soft}(v, \eta \alpha)$.

// %% slideshow={"slide_type":"skip"}
const shrink = (w: tf.Tensor2D, t: tf.Scalar): tf.Tensor2D =>
  w.sign().mul(w.abs().sub(t).relu());
const identity: tf.Tensor2D = tf.variable(tf.eye(64), false);
const [w1, w2] = [tf.variable(tf.zeros([64, 100])), tf.variable(tf.zeros([100, 64]))];
const eta = 0.02; // η

// %% slideshow={"slide_type":"skip"}
const proximalStep = compile((c: tf.Tensor2D, alpha: tf.Scalar) => {
  const [a, b] = [w1, w2] as unknown as [tf.Tensor2D, tf.Tensor2D]; // W₁ᵀ, W₂ᵀ
  const missing: tf.Tensor2D = tf.matMul(c, identity.sub(tf.matMul(a, b))); // C (I − W)ᵀ
  const slopeA: tf.Tensor2D = tf.matMul(missing, b, false, true).mul(-2); // ∂E/∂W₁ᵀ
  const slopeB: tf.Tensor2D = tf.matMul(a, missing, true).mul(-2); // ∂E/∂W₂ᵀ
  const t: tf.Scalar = alpha.mul(eta);
  w1.assign(shrink(a.sub(slopeA.mul(eta)), t));
  w2.assign(shrink(b.sub(slopeB.mul(eta)), t));
});

// %% slideshow={"slide_type":"skip"}
const steps = 2500;

// %% slideshow={"slide_type":"skip"}
function priced(c: tf.Tensor2D, alpha: number, start: number) {
  const deviation = 0.15 + 0.05 * start; // starts 1, 2, 3, 4, each larger than the one before
  w1.assign(draw(64, 100, deviation, start));
  w2.assign(draw(100, 64, deviation, start + 50));
  for (let step = 0; step < steps; step++) proximalStep(c, alpha);
  const [a, b] = [w1.clone() as tf.Tensor2D, w2.clone() as tf.Tensor2D];
  const rest: tf.Tensor2D = identity.sub(tf.matMul(a, b));
  const error = tf.matMul(c, rest).mul(rest).sum().dataSync()[0]; // tr (I − W) C (I − W)ᵀ
  const price = a.abs().sum().add(b.abs().sum()).mul(alpha).dataSync()[0];
  const units = a.abs().max(0).greater(0).sum().dataSync()[0]; // code numbers in use
  return { encoder: a, decoder: b, error, loss: error + price, units };
}

// %% [markdown]
// Seven prices, each between two of the thresholds $0.5443\, \lambda_j$, so that the claim foretells how many code numbers live; four
// random starts each.

// %% slideshow={"slide_type":"skip"}
function foretold(alpha: number) {
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
const alphas = [...keeps.map(between), 0.6 * lambda[0]]; // the last should kill all

// %% slideshow={"slide_type":"skip"}
const trained = alphas.map(alpha =>
  [1, 2, 3, 4].map(start => priced(principal, alpha, start)),
);
const best = trained.map(starts => starts.reduce((a, b) => (b.loss < a.loss ? b : a)));
const bound = alphas.map(foretold);

// %% slideshow={"slide_type":"-"}
const kept = new DataFrame({
  "α (grey level²)": alphas,
  "least loss": bound.map(({ loss }) => loss),
  "best of 4": best.map(({ loss }) => loss),
  "units foretold": bound.map(({ units }) => units),
  "in use": best.map(({ units }) => units),
  "in the others": trained.map((runs, i) =>
    runs
      .filter(run => run !== best[i])
      .map(({ units }) => units)
      .join(", "),
  ),
});
plot.table(kept, { title: "The price decides how many of 100 code numbers live" });

// %% slideshow={"slide_type":"skip"}
const fine = Array.from(
  { length: 400 },
  (_, i) => alphas[0] + (i / 400) * (alphas[6] - alphas[0]),
);

// %% slideshow={"slide_type":"skip"}
const positions = [...fine, ...alphas].sort((a, b) => a - b);
const steps64 = {
  "least loss": positions.map(alpha => foretold(alpha).error),
  "best of four starts": positions.map(
    alpha => best[alphas.indexOf(alpha)]?.error ?? Number.NaN,
  ),
};

// %% slideshow={"slide_type":"slide"} notes="Each step is one jump of section 2, at 0.5443 times an eigenvalue. A point on another level than the curve has kept one direction too many or too few."
plot.curves(steps64, {
  title: "The error climbs in steps: at each a direction dies",
  x: "price α (grey level²)",
  y: "squared error per image",
  at: positions,
  points: ["best of four starts"],
});

// %% [markdown]
// Read the steps: each stands at $0.5443\, \lambda_j$. Between them the error creeps up as the living weights shrink. An error that
// faded in would show no steps. The table's last column holds what other starts end with: some keep a direction too many or too few,
// none goes below the least loss. **The price has made an undercomplete autoencoder out of an overcomplete one.**

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
  ["units miscounted", Math.max(...miscounted), { atMost: 3, source: "λⱼ > α/0.5443" }],
);

// %% [markdown] slideshow={"slide_type":"slide"} notes="Now the vote of the first slide: the weights thin out, the code does not. Hoyer's number is that of pure noise."
// ### On pixels: which of the two is sparse?
//
// *Predict: weights lose their small values one after the other. Does the code of a digit get zeros as well?*
//
// For codes use Hoyer's measure (2004), averaged over images: $h(z) = (\sqrt k - |z|_1 / |z|_2) \,/\, (\sqrt k - 1)$. It is 1 when one of
// $k$ numbers differs from 0, and 0 when all have the same size; pure Gaussian noise has about 0.22 for $k = 100$.

// %% slideshow={"slide_type":"skip"}
const hoyer = (z: tf.Tensor2D) => {
  const root = Math.sqrt(z.shape[1]);
  const ratio = z.abs().sum(1).div(z.square().sum(1).sqrt()); // |z|₁ / |z|₂
  return ratio
    .sub(root)
    .neg()
    .div(root - 1)
    .mean()
    .dataSync()[0];
};
const small = (w: tf.Tensor2D) => w.abs().less(1e-3).mean().dataSync()[0];

// %% slideshow={"slide_type":"skip"}
const onPixels = [0.002, 0.005, 0.01, 0.02].map(alpha => {
  const run = priced(covariance, alpha, 3);
  const share = (100 * (small(run.encoder) + small(run.decoder))) / 2;
  const { indices } = tf.topk(run.encoder.abs().max(0) as tf.Tensor1D, run.units); // in use
  const code: tf.Tensor2D = tf.matMul(x, tf.gather(run.encoder, indices, 1));
  return { ...run, alpha, share, h: hoyer(code) };
});

// %% slideshow={"slide_type":"-"}
const weighed = new DataFrame({
  "α (grey level²)": onPixels.map(({ alpha }) => String(alpha)),
  "squared error": onPixels.map(({ error }) => error),
  "|w| < 0.001 (%)": onPixels.map(({ share }) => share),
  "units in use": onPixels.map(({ units }) => units),
  "Hoyer's h of the code": onPixels.map(({ h }) => h),
});
plot.table(weighed, { title: "Weights vanish, the code stays dense", decimals: 2 });

// %% slideshow={"slide_type":"skip"}
const grey = (filters: tf.Tensor2D): tf.Tensor2D =>
  filters.div(filters.abs().max(1, true)).mul(0.5).add(0.5); // 0 is middle grey
const twelve = (decoder: tf.Tensor2D): tf.Tensor2D => {
  const { indices } = tf.topk(decoder.square().sum(1) as tf.Tensor1D, 12); // the largest
  return grey(tf.gather(decoder, indices));
};

// %% slideshow={"slide_type":"slide"} notes="What the slide's formula buys: weights that one can point at. Not a sparse code."
plot.images(tf.concat(onPixels.map(({ decoder }) => twelve(decoder))) as tf.Tensor2D, {
  title: "The dearer a weight, the fewer pixels a code number writes",
  columns: 12,
  rows: onPixels.map(({ alpha }) => `α = ${alpha}`),
});

// %% [markdown]
// Read the tiles: each is what one code number adds to the image (dark adds ink, light takes it away). From top to bottom noise turns
// into patches and then into single pixels. **The slide's formula makes the weights sparse.** For the "sparse representations" in the
// sentence above it, the price has to stand on the code, $\alpha\, |z|_1$.

// %% slideshow={"slide_type":"skip"} tags=["check"]
const rises = onPixels.slice(1).map(({ share }, i) => share - onPixels[i].share);
check(
  [
    "rise of |w| < 0.001",
    Math.min(...rises),
    { atLeast: 5, unit: "points", source: "L1 on weights" },
  ],
  [
    "h of the code",
    Math.max(...onPixels.map(({ h }) => h)),
    { atMost: 0.35, source: "weights, not code" },
  ],
);

// %% [markdown] slideshow={"slide_type":"slide"} notes="One line of algebra, and ReLU appears with its bias. Let them find the sentence 'a layer with ReLU is a soft threshold' themselves."
// ## 4 · A price on the code
//
// *Predict: an orthonormal decoder, a price $\alpha$ on $|z|_1$. Which code is best?*
//
// Let $D \in \mathbb{R}^{d \times d}$ have orthonormal columns. Lengths do not change under $D^\top$, so
//
// $$\lVert x - D z \rVert^2 + \alpha\, |z|_1 = \sum_j \Bigl( \bigl( (D^\top x)_j - z_j \bigr)^2 + \alpha\, |z_j| \Bigr),$$
//
// and section 3's lemma with $2t = \alpha$ solves each term: **$z = \operatorname{soft}(D^\top x, \alpha / 2)$** (Donoho and Johnstone 1994;
// the lasso of Tibshirani 1996). What is smaller than $\alpha / 2$ is switched off, all else shrinks by $\alpha / 2$. Where only $z \ge 0$
// is allowed, this is $\operatorname{ReLU}(D^\top x - \alpha / 2)$: **a layer with ReLU and a negative bias.**
//
// An overcomplete $D$ has no such formula. The proximal gradient of section 3 finds the code in many steps (ISTA: Daubechies,
// Defrise and De Mol 2004); its first step from $z = 0$ is one layer. Olshausen and Field (1996) learnt $D$ along with such codes,
// and found edges in natural images. A sparse autoencoder makes do with the one layer.

// %% slideshow={"slide_type":"skip"}
const price = 0.5; // α, in grey levels
const d: tf.Tensor2D = linalg.orthonormal(draw(64, 64, 1, 5)); // D, any orthonormal basis

// %% slideshow={"slide_type":"skip"}
const responses: tf.Tensor2D = tf.matMul(x.slice([0, 0], [3, 64]), d); // Dᵀx as rows
const beyond: tf.Tensor2D = tf.relu(responses.abs().sub(price / 2) as tf.Tensor2D);
const exactCode = responses.sign().mul(beyond); // soft(Dᵀx, α/2)

// %% slideshow={"slide_type":"skip"}
const z: tf.Variable = tf.variable(tf.zeros([3, 64]));
for (const rate of [0.03, 0.003, 0.0003]) {
  const adam = tf.train.adam(rate);
  for (let step = 0; step < 150; step++) {
    const missing = () =>
      x.slice([0, 0], [3, 64]).sub(tf.matMul(z as unknown as tf.Tensor2D, d, false, true));
    await train.minimize(
      adam,
      () => missing().square().sum().add(z.abs().sum().mul(price)) as tf.Scalar,
    );
  }
}

// %% slideshow={"slide_type":"skip"}
const order = tf.topk(responses.flatten(), 192).indices.reverse();
const sorted = (t: tf.Tensor) => tf.gather(t.flatten(), order);
const thresholded = { "soft(Dᵀx, α/2)": sorted(exactCode), "found by Adam": sorted(z) };

// %% slideshow={"slide_type":"slide"} notes="Adam knows no formula. It comes within a thousandth of the formula, but not one of its zeros is a zero."
plot.curves(thresholded, {
  title: "The best code is the soft threshold",
  x: "response (Dᵀx)ⱼ (grey level)",
  y: "code zⱼ (grey level)",
  at: sorted(responses),
  points: ["found by Adam"],
});

// %% [markdown]
// Read the points: Adam, which knows no formula, finds the line. A square price would turn the line about 0 and switch nothing off.

// %% slideshow={"slide_type":"skip"} tags=["check"]
const off = (t: tf.Tensor) => 100 * t.equal(0).mean().dataSync()[0];
check(
  [
    "Adam − soft(Dᵀx, α/2)",
    exactCode.sub(z).abs().max().dataSync()[0],
    { atMost: 0.005, unit: "grey level", source: "lemma" },
  ],
  ["zeros of the formula", off(exactCode), { atLeast: 30, unit: "%", source: "|Dᵀx| ≤ α/2" }],
  ["zeros that Adam finds", off(z), { atMost: 5, unit: "%", source: "the kink" }],
);

// %% [markdown] slideshow={"slide_type":"slide"} notes="Ask what a network would do with a price on z alone. Halve the code, double the decoder: nobody sees it in the output, and the bill is halved."
// ## 5 · A sparse autoencoder: 784-400-784
//
// *Predict: $\hat x = W_2 z$, and only $z$ has a price. How does a network evade it?*
//
// It writes $z / c$ and $c\, W_2$ with a large $c$: the same output, a $c$-th of the price. So **the decoder's columns get length 1**.
// With the mean image $m$ and learnt $W_1$, $W_2$ and $b$
//
// $$z = \operatorname{ReLU}\bigl( W_1 (x - m) + b \bigr), \qquad \hat x = m + \sum_{j} z_j\, w_j / \lVert w_j \rVert, \qquad L = \lVert x - \hat x
// \rVert^2 + \alpha\, |z|_1 .$$
//
// $W_1$ starts as the transpose of $W_2$: each unit then looks for what it writes, and no unit is dead from the start. The data are
// 10,000 MNIST digits; three prices, the first of them 0. (400 is less than 784, yet more than digits fill, as the cell counts.)

// %% slideshow={"slide_type":"skip"}
const mnist = await data.mnist({ train: 10_000, test: 10_000 });
const [images, test] = [mnist.train.images, mnist.test.images];
const mean: tf.Tensor1D = tf.variable(images.mean(0) as tf.Tensor1D, false); // m, [784]

// %% slideshow={"slide_type":"skip"}
const centred: tf.Tensor2D = images.sub(mean);
const scatter: tf.Tensor2D = tf.matMul(centred, centred, true); // n · C, [784, 784]
const variances = Array.from(linalg.eigh(scatter).values.dataSync());
const total = variances.reduce((sum, value) => sum + value, 0);
let needed = 0;
for (let sum = 0; sum < 0.99 * total; needed++) sum += variances[needed];
console.log(`${needed} of 784 directions carry 99 % of the variance`);

// %% slideshow={"slide_type":"skip"}
const scaled = (rows: tf.Tensor2D): tf.Tensor2D =>
  rows.div(rows.square().sum(1, true).sqrt());

// %% slideshow={"slide_type":"skip"}
function overcomplete(
  activation: (a: tf.Tensor2D) => tf.Tensor2D,
  lengthOne: boolean,
  seed: number,
) {
  const start = scaled(draw(400, 784, 1, seed));
  const decoder: tf.Tensor2D = tf.variable(start); // W₂ᵀ
  const encoder: tf.Tensor2D = tf.variable(start.transpose()); // W₁ᵀ
  const bias: tf.Tensor1D = tf.variable(tf.zeros([400]));
  const filters = () => (lengthOne ? scaled(decoder) : decoder); // [400, 784]
  const encode = (x: tf.Tensor2D) => activation(tf.matMul(x.sub(mean), encoder).add(bias));
  const decode = (z: tf.Tensor2D): tf.Tensor2D => tf.matMul(z, filters()).add(mean);
  return { encode, decode, filters };
}
type Overcomplete = ReturnType<typeof overcomplete>;

// %% slideshow={"slide_type":"skip"}
const long = engineRoute !== "wasm"; // without TensorFlow training is cut short
const passes = long ? 10 : 2; // over the images

// %% slideshow={"slide_type":"skip"}
async function learn(
  model: Overcomplete,
  price: (z: tf.Tensor2D) => tf.Tensor,
  rate: number,
) {
  const loss = (x: tf.Tensor2D) => {
    const z = model.encode(x);
    return squaredError(x, model.decode(z)).add(price(z)) as tf.Scalar;
  };
  await fit(loss, images, {
    epochs: passes,
    batchSize: 100,
    optimizer: tf.train.adam(rate),
    seed: 5,
  });
  return model;
}

// %% slideshow={"slide_type":"skip"}
const relu = (a: tf.Tensor2D): tf.Tensor2D => a.relu();
const priceOfCode = (alpha: number) => (z: tf.Tensor2D) => z.sum(1).mean().mul(alpha);
const free = await learn(overcomplete(relu, true, 5), priceOfCode(0), 1e-3);
const cheap = await learn(overcomplete(relu, true, 5), priceOfCode(0.3), 1e-3);
const dear = await learn(overcomplete(relu, true, 5), priceOfCode(1), 1e-3);

// %% slideshow={"slide_type":"slide"} notes="Top: filters of a network that copies. Bottom: pen strokes and whole digits. Nothing but the price on the code has changed."
const first = (model: Overcomplete): tf.Tensor2D =>
  grey(model.filters().slice([0, 0], [48, 784]));
plot.images(tf.concat([first(free), first(cheap), first(dear)]) as tf.Tensor2D, {
  title: "A price on the code turns filters from noise into strokes",
  columns: 16,
  rows: ["α = 0", "", "", "α = 0.3", "", "", "α = 1", "", ""],
});

// %% [markdown]
// Read the tiles: each is a $w_j$, what one code number draws (grey is 0). At $\alpha = 0$ they are still the noise they started from: any
// will do to copy. With a price each has to be worth it for many images: strokes, then whole digits. Were sparsity a matter of
// thresholds alone, the three would look alike.

// %% slideshow={"slide_type":"skip"}
const codes = [free, cheap, dear].map(model => model.encode(test));
const testError = (model: Overcomplete) =>
  squaredError(test, model.decode(model.encode(test))).dataSync()[0];
const errors = [free, cheap, dear].map(testError);
const active = codes.map(z => z.greater(0).sum(1).mean().dataSync()[0]); // not 0, per image

// %% slideshow={"slide_type":"-"}
const byPrice = new DataFrame({
  "α (grey level)": ["0", "0.3", "1"],
  "test error": errors,
  "numbers not 0, of 400": active,
  "Hoyer's h": codes.map(hoyer),
});
plot.table(byPrice, {
  title: "The dearer the code, the fewer numbers an image gets",
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

// %% slideshow={"slide_type":"slide"} notes="Logarithmic axis: at α = 1 more than nine of ten numbers sit in the first bin, most of them exact zeros. At α = 0 that bin is almost empty."
const [freeCode, cheapCode, dearCode] = codes.map(z => histogram(z, 0.1, 30));
plot.curves(
  { "α = 0": freeCode, "α = 0.3": cheapCode, "α = 1": dearCode },
  {
    title: "A price on the code makes most of its numbers zero",
    x: "code number zⱼ, bins of 0.1 (grey level)",
    y: "share (%, at least 0.001)",
    at: middles(0.1, 30),
    log: true,
  },
);

// %% [markdown]
// Read the left end: with a price the first bin holds nearly everything. Without one almost no unit is ever off, and a ReLU that is
// never off is linear: section 1's copy again. (All above 3 is counted in the last bin.)

// %% slideshow={"slide_type":"skip"} tags=["check"]
const expected = [
  ["numbers not 0, α = 0", active[0], { atLeast: 350, source: "a copy needs no zeros" }],
  ["numbers not 0, α = 1", active[2], { atMost: 60, source: "soft threshold" }],
  ["h of the code, α = 1", hoyer(codes[2]), { atLeast: 0.75, source: "price on the code" }],
] as const;
if (long) check(...expected);

// %% [markdown] slideshow={"slide_type":"slide"} notes="The other common price. Ask for a code that pays nothing and is not sparse; somebody will find the constant one."
// ## 6 · The other price: a target for the mean
//
// *Predict: every unit is asked to be at 0.1 on average. Is its code sparse then?*
//
// Codes from a sigmoid lie between 0 and 1. Let $\hat\rho_j = \tfrac1n \sum_i z_{ij}$ be the mean of code number $j$ over $n$ images, and
// $\rho$ its target. Ng's lecture notes (2011) charge the divergence between two coins, in nats:
//
// $$\beta \sum_{j=1}^{k} \Bigl( \rho \log \frac{\rho}{\hat\rho_j} + (1 - \rho) \log \frac{1 - \rho}{1 - \hat\rho_j} \Bigr), \qquad
// \frac{\partial}{\partial \hat\rho_j} = \beta\, \frac{\hat\rho_j - \rho}{\hat\rho_j (1 - \hat\rho_j)} .$$
//
// The slope is negative below $\rho$ and positive above: one minimum, 0, at $\hat\rho_j = \rho$; towards 0 and 1 the price has no
// bound, so a unit that is always off does not pay. Each $z_{ij}$ feels $1/n$ of it.
//
// **Care:** the price sees means only. A code that is 0.1 for *every* image pays nothing, and is not sparse at all. Whether training
// ends there depends on the decoder: a free one makes up for small codes by large columns. So compare it with columns of length 1.

// %% slideshow={"slide_type":"skip"}
const [rho, beta] = [0.1, 3];
const divergence = (mean: tf.Tensor1D): tf.Tensor1D => {
  const on = mean.div(rho).log().mul(-rho); // ρ log(ρ / ρ̂)
  return on.sub(
    mean
      .neg()
      .add(1)
      .div(1 - rho)
      .log()
      .mul(1 - rho),
  );
};

// %% slideshow={"slide_type":"skip"}
const priceOfMean = (z: tf.Tensor2D) => divergence(z.mean(0)).sum().mul(beta);
const sigmoid = (a: tf.Tensor2D) => tf.sigmoid(a.sub(2.2) as tf.Tensor2D); // from 0.1

// %% slideshow={"slide_type":"skip"}
const loose = await learn(overcomplete(sigmoid, false, 5), priceOfMean, 2e-3);
const bounded = await learn(overcomplete(sigmoid, true, 5), priceOfMean, 2e-3);
const byMean = [loose, bounded].map(model => model.encode(test));
const unitMeans = byMean.map(z => z.mean(0) as tf.Tensor1D);

// %% slideshow={"slide_type":"-"}
const means = new DataFrame({
  "columns of W₂": ["free", "length 1"],
  "mean activation": unitMeans.map(mean => mean.mean().dataSync()[0]),
  "lowest unit": unitMeans.map(mean => mean.min().dataSync()[0]),
  "highest unit": unitMeans.map(mean => mean.max().dataSync()[0]),
  "Hoyer's h": byMean.map(hoyer),
  "test error": [loose, bounded].map(testError),
});
plot.table(means, { title: "Both meet the target, one of them is sparse", decimals: 3 });

// %% slideshow={"slide_type":"slide"} notes="Same mean, different codes. The indigo hump stands on the target: nobody is off, nobody is on."
const [looseCode, boundedCode] = byMean.map(z => histogram(z, 0.02, 50));
plot.curves(
  { "columns free": looseCode, "columns of length 1": boundedCode },
  {
    title: "A mean of 0.1 can be a crowd at 0.1, or a few that are on",
    x: "code number zⱼ, bins of 0.02",
    y: "share (%, at least 0.001)",
    at: middles(0.02, 50),
    log: true,
  },
);

// %% [markdown]
// Read the two: with free columns the numbers crowd around the target. With columns of length 1 most lie near 0, and a tail reaches up
// to 1. Were the mean enough to make a code sparse, both would look like the second.

// %% slideshow={"slide_type":"skip"} tags=["check"]
const [looseMean, boundedMean] = unitMeans.map(mean => mean.mean().dataSync()[0]);
const at03 = tf.grad(divergence as (mean: tf.Tensor) => tf.Tensor)(tf.tensor1d([0.3]));
const exact = (0.3 - rho) / (0.3 * 0.7);
const reached = [
  ["mean, columns free", looseMean, { target: rho, tolerance: 0.02, source: "ρ" }],
  ["mean, length 1", boundedMean, { target: rho, tolerance: 0.02, source: "ρ" }],
  ["h, columns free", hoyer(byMean[0]), { atMost: 0.25, source: "the mean is not enough" }],
  ["h, length 1", hoyer(byMean[1]), { atLeast: 0.33, source: "bounded columns" }],
] as const;
check(
  ["slope at 0.3", at03.dataSync()[0], { target: exact, tolerance: 1e-5, source: "formula" }],
  ...(long ? reached : []),
);

// %% [markdown] slideshow={"slide_type":"slide"} notes="This is the answer to the first half of the opening question. Ask for a bet on the second row before you run it."
// ## 7 · What is it good for?
//
// *Predict: put a linear classifier on the pixels, on the copy's code, on a sparse code. Which one errs least?*
//
// A linear classifier on a *linear* code computes $v^\top z = (W_1^\top v)^\top x$: it is a linear classifier of the pixels, however long
// $z$ is. A copy buys nothing. What is off for most digits and on for some, though, cuts the images into parts; more directions to
// cut along are more questions that a linear classifier can ask.

// %% slideshow={"slide_type":"skip"}
const digitOf = tf.tensor1d(mnist.train.labels, "int32");
const classes: tf.Tensor2D = tf.cast(tf.oneHot(digitOf, 10), "float32") as tf.Tensor2D;

// %% slideshow={"slide_type":"skip"}
async function linearTest(code: (x: tf.Tensor2D) => tf.Tensor2D) {
  const codes = code(images);
  const [centre, deviation] = [
    codes.mean(0),
    codes.sub(codes.mean(0)).square().mean().sqrt(),
  ];
  const scale = (z: tf.Tensor2D): tf.Tensor2D => z.sub(centre).div(deviation);
  const softmax = models.mlp({ sizes: [codes.shape[1], 10], seed: 5 });
  const optimizer = tf.train.adam(3e-3);
  await fit(softmax.loss, [scale(codes), classes], {
    epochs: 15,
    batchSize: 200,
    optimizer,
    seed: 5,
  });
  return 100 * softmax.errorRate(scale(code(test)), mnist.test.labels); // %
}

// %% slideshow={"slide_type":"skip"}
const coded = {
  "784 pixels": (x: tf.Tensor2D) => x,
  "400 numbers, α = 0: a copy": free.encode,
  "α = 0.3": cheap.encode,
  "α = 1": dear.encode,
  "mean 0.1, columns free": loose.encode,
  "mean 0.1, length 1": bounded.encode,
};

// %% slideshow={"slide_type":"skip"}
const wrong: number[] = [];
for (const code of Object.values(coded)) wrong.push(await linearTest(code));

// %% slideshow={"slide_type":"slide"} notes="Read the h column and the last column together: they go the same way. The copy is no better than pixels, with half a point of luck either way."
const worth = new DataFrame({
  code: Object.keys(coded),
  "Hoyer's h": Object.values(coded).map(code => hoyer(code(test))),
  "classified wrong (%)": wrong,
});
const [pixels, copyCode, , dearest] = wrong.map(share => `${share.toFixed(1)} %`);
plot.table(worth, {
  title: `Wrong: from pixels ${pixels}, a copy ${copyCode}, a sparse code ${dearest}`,
  decimals: 2,
});

// %% slideshow={"slide_type":"skip"} tags=["check"]
const gained = wrong[0] - wrong[3];
const [copied, sparse] = [
  [
    "code, α = 0 − pixels",
    wrong[1] - wrong[0],
    { target: 0, tolerance: 1, unit: "points", source: "linear in x" },
  ],
  ["pixels − code, α = 1", gained, { atLeast: 4, unit: "points", source: "five seeds" }],
] as const;
const claims = mnist.source === "original" ? [copied, sparse] : [copied]; // drawn are too easy
if (long) check(...claims);

// %% [markdown] slideshow={"slide_type":"slide"} notes="The first two rows are a constant that two communities found on different ways."
// ## Ours against the papers
//
// For $\min_p\, (1 - p)^2 + \ell \sqrt{p}$ Xu, Chang, Xu and Zhang (2012) give the threshold $1 = \tfrac14 \sqrt[3]{54}\, \ell^{2/3}$, where
// $p$ jumps from $\tfrac23$: section 2 with $\ell = 2 \alpha / \lambda$. The Theano tutorials (deeplearning.net) report 7.49 % for a linear
// classifier on the pixels, trained on 50,000 digits where we have 10,000.

// %% slideshow={"slide_type":"-"}
const half = 0.5 * (4 / Math.cbrt(54)) ** 1.5;
const papers = new DataFrame({
  quantity: ["price of the jump, α / λ", "product before it", "linear on pixels, wrong (%)"],
  ours: [jump.price / variance, jump.p, wrong[0]],
  published: [half, 2 / 3, 7.49],
});
plot.table(papers, { title: "The jump is the half threshold of sparse regression" });

// %% [markdown] slideshow={"slide_type":"slide"} notes="1, 2 and 5 in class, 3 and 4 at home."
// ## Exercises
//
// Replace `exercise.todo(…)` and run the check below it. Each check draws its answer first and builds the question from it, five times.

// %% slideshow={"slide_type":"skip"} exercise={"role":"sheet"}
const sheet = exercise.sheet("Exercises of lesson 05");

// Of nine columns in six dimensions the best code uses three.
function question4(draw: exercise.Draw) {
  const alpha = draw.number(0.2, 0.4);
  const code = tf.tensor1d([draw.number(0.5, 1), -draw.number(0.5, 1), draw.number(1, 2)]);
  const [directions, others] = [draw.directions(6, 3), draw.normal(6, 6)];
  const lengths = tf.tensor1d([0.7, 1.1, 1.5]);
  const left = directions.dot(tf.div([alpha / 2, -alpha / 2, alpha / 2], lengths));
  const touch = tf.abs(others.transpose().dot(left)); // below α/2 where a column stays off
  const unused = others.mul(tf.minimum(1, tf.div(0.3 * alpha, touch)));
  const dictionary = tf.concat([directions.mul(lengths), unused], 1) as tf.Tensor2D;
  const image = directions.dot(code.mul(lengths)).add(left) as tf.Tensor1D;
  return { alpha, code, dictionary, x: image };
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
  const code = [draw.number(0.5, 1), -draw.number(0.5, 1), 0, draw.number(0.2, 0.4), 0];
  const idle = [0, 0, draw.number(0.3, 0.45), 0, -draw.number(0.3, 0.45)]; // below 1/2
  const seen = code.map((z, j) => z + alpha * (idle[j] + Math.sign(z) / 2)); // Dᵀx
  const basis = draw.directions(5);
  const twice = seen.map(r => Math.sign(r) * Math.max(0, Math.abs(r) - alpha));
  return {
    given: `α = ${alpha} and responses Dᵀx = ${seen.map(r => r.toFixed(3))}`,
    got: sparseCode(basis, basis.dot(tf.tensor1d(seen)) as tf.Tensor1D, alpha),
    expected: code,
    mistakes: {
      "The threshold is α/2: the square brings a 2.": twice,
      "What is left on shrinks too.": seen.map((r, j) => (code[j] === 0 ? 0 : r)),
      "Negative numbers count by their size.": code.map(z => Math.max(0, z)),
      "Those are the responses Dᵀx.": seen,
      "That price is on squares; it switches nothing off.": seen.map(r => r / (1 + alpha)),
    },
  };
});

// %% [markdown] slideshow={"slide_type":"skip"}
// **2 ★★ Unequal prices.** For the loss $\lambda\, (1 - w_1 w_2)^2 + \alpha\, (|w_1| + r\, |w_2|)$ with $\lambda$ = `variance` and $r$ =
// `ratio`, return the price $\alpha$ at which the lowest point jumps to 0.
//
// <details><summary>Hint</summary>Section 2, step 1: what does a product $p$ cost now? The rest stays.</details>

// %% slideshow={"slide_type":"skip"} exercise={"id":"2","role":"starter"}
function jumpPrice(variance: number, ratio: number): number {
  return exercise.todo(variance, ratio);
}

// %% slideshow={"slide_type":"skip"} exercise={"id":"2","role":"check"}
await sheet.check("2 · Unequal prices", draw => {
  const [alpha, ratio] = [draw.number(0.2, 2), draw.number(2, 9)];
  const variance = (alpha * Math.sqrt(ratio)) / ((2 / 3) * Math.sqrt(2 / 3));
  const root = Math.sqrt(ratio);
  return {
    given: `λ = ${variance.toFixed(4)} and r = ${ratio}`,
    got: jumpPrice(variance, ratio),
    expected: alpha,
    mistakes: {
      "That is for equal prices: r is missing.": alpha * root,
      "A product p costs 2√(r p): the root of r counts.": alpha / root,
      "A dearer weight brings the jump earlier, not later.": alpha * ratio,
      "The mean of the prices would do if both weights had to be equal.":
        (2 * alpha * root) / (1 + ratio),
      "There the valley ends; the jump comes earlier, where both are equally deep.":
        alpha * Math.SQRT2,
      "That is the price for squares, which does not jump.": variance / root,
    },
  };
});

// %% [markdown] slideshow={"slide_type":"skip"}
// **3 ★★ What each activation feels.** `codes` holds the activations $z_{ij}$ of $n$ images, $[n, k]$. Return the derivative of section 6's
// price (factor `beta`, target `rho`) with respect to each of them, $[n, k]$. Do it without `tf.grad`.
//
// <details><summary>Hint</summary>Chain rule: the price depends on the mean of a column, the mean on each of its n numbers.</details>

// %% slideshow={"slide_type":"skip"} exercise={"id":"3","role":"starter"}
function slopeOfPrice(codes: tf.Tensor2D, rho: number, beta: number): tf.Tensor2D {
  return exercise.todo(codes, rho, beta);
}

// %% slideshow={"slide_type":"skip"} exercise={"id":"3","role":"check"}
await sheet.check("3 · What each activation feels", draw => {
  const [rho, beta] = [draw.number(0.05, 0.2), draw.number(2, 4)];
  const z = [1, 2, 3].map(() => [draw.number(0.3, 0.8), draw.number(0.01, 0.04)]);
  const means = [0, 1].map(j => (z[0][j] + z[1][j] + z[2][j]) / 3);
  const all = (f: (mean: number, own: number) => number) =>
    z.flatMap(row => row.map((own, j) => beta * f(means[j], own)));
  const slope = (m: number) => (m - rho) / (m * (1 - m));
  return {
    given: `codes ${JSON.stringify(z)}, ρ = ${rho}, β = ${beta}`,
    got: Array.from(slopeOfPrice(tf.tensor2d(z), rho, beta).dataSync()),
    expected: all(mean => slope(mean) / 3),
    mistakes: {
      "Each of n numbers moves the mean by 1/n.": all(slope),
      "A mean above the target must be pushed down.": all(mean => -slope(mean) / 3),
      "First the mean, then the price.": all((_, own) => slope(own) / 3),
      "The second term is missing: being off counts too.": all(mean => -rho / mean / 3),
    },
  };
});

// %% [markdown] slideshow={"slide_type":"skip"}
// **4 ★★★ More columns than pixels.** `dictionary` is $D$, $[d, k]$ with $k > d$, its columns neither orthogonal nor of length 1. Return
// the $k$ numbers that minimise $\lVert x - D z \rVert^2 + \alpha\, |z|_1$, to about 0.01.
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
  const { u, s, v } = linalg.svd(dictionary);
  const seen = dictionary.transpose().dot(x); // Dᵀx
  const once = seen.sign().mul(tf.relu(seen.abs().sub(alpha / 2)));
  const list = (t: tf.Tensor) => Array.from(t.dataSync());
  return {
    given: `a dictionary [6, 9] and α = ${alpha}`,
    got: overcompleteCode(dictionary, x, alpha),
    expected: [...list(code), 0, 0, 0, 0, 0, 0],
    tolerance: 0.01,
    mistakes: {
      "One threshold does for orthonormal columns: repeat it.": list(once),
      "That code has no price.": list(v.div(s).dot(u.transpose().dot(x))),
      "Those are the responses Dᵀx.": list(seen),
    },
  };
});

// %% [markdown] slideshow={"slide_type":"skip"}
// **5 ★ What a unit waits for.** `encoder` is $W_1^\top$, $[d, k]$. Of all images of length 1, which one drives unit $j$ the most? Return
// these images as rows, $[k, d]$: a tile of filters for `plot.images`.
//
// <details><summary>Hint</summary>Which direction has the largest product with a given vector?</details>

// %% slideshow={"slide_type":"skip"} exercise={"id":"5","role":"starter"}
function drivingImages(encoder: tf.Tensor2D): tf.Tensor2D {
  return exercise.todo(encoder);
}

// %% slideshow={"slide_type":"skip"} exercise={"id":"5","role":"check"}
await sheet.check("5 · What a unit waits for", draw => {
  const columns = draw.directions(4, 2); // a unit's direction each
  const lengths = tf.tensor1d([draw.number(0.3, 0.8), draw.number(1.5, 3)]);
  const rows: tf.Tensor2D = columns.mul(lengths).transpose();
  const list = (t: tf.Tensor) => Array.from(t.dataSync());
  return {
    given: `an encoder [4, 2] with columns of length ${list(lengths)}`,
    got: list(drivingImages(rows.transpose())),
    expected: list(columns.transpose()),
    mistakes: {
      "A unit has a column of the encoder: one image a row is asked.": list(columns),
      "Those are the weights; the images have length 1.": list(rows),
      "That drives it the least.": list(columns.transpose().neg()),
      "Each image has length 1, not all together.": list(rows.div(rows.norm())),
      "That makes the largest pixel 1, not the length.": list(
        rows.div(rows.abs().max(1, true)),
      ),
    },
  };
});

// %% slideshow={"slide_type":"skip"}
sheet;

// %% [markdown] slideshow={"slide_type":"slide"} notes="Back to the votes: the formula on the slide thins out the weights."
// ## To remember
//
// 1. Without a price an overcomplete autoencoder copies, and a copy is worth no more than the pixels.
// 2. L1 on the weights kills code numbers by a jump, at $\alpha = 0.5443\, \lambda_j$; L2 fades them out.
// 3. L1 on the code is a soft threshold at $\alpha / 2$: a layer with ReLU and a negative bias.
// 4. A price on the code needs a decoder of bounded length, and a mean activation of 0.1 is no proof of a sparse code.
// 5. A sparse code of 400 numbers halves the errors of a linear classifier.
//
// **So read "sparse representations" on the slide as $\alpha\, |z|_1$; what stands there, $\alpha \lVert \Omega \rVert_1$, makes weights
// sparse.** Next question: is there a cure for copying without any price? Give the network noisy images, and ask for clean ones.
// Lesson 06.
//
// **References.** Donoho and Johnstone 1994, [doi:10.1093/biomet/81.3.425](https://doi.org/10.1093/biomet/81.3.425) ·
// Olshausen and Field 1996, [doi:10.1038/381607a0](https://doi.org/10.1038/381607a0) ·
// Tibshirani 1996, [doi:10.1111/j.2517-6161.1996.tb02080.x](https://doi.org/10.1111/j.2517-6161.1996.tb02080.x) ·
// Daubechies, Defrise and De Mol 2004, [doi:10.1002/cpa.20042](https://doi.org/10.1002/cpa.20042) ·
// Hoyer 2004, *Non-negative matrix factorization with sparseness constraints*, Journal of Machine Learning Research 5 ·
// Ng 2011, *Sparse autoencoder*, CS294A lecture notes, Stanford ·
// Xu, Chang, Xu and Zhang 2012, [doi:10.1109/TNNLS.2012.2197412](https://doi.org/10.1109/TNNLS.2012.2197412) ·
// Hoff 2017, [doi:10.48550/arXiv.1611.00040](https://doi.org/10.48550/arXiv.1611.00040)

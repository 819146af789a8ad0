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

// %% [markdown] slideshow={"slide_type":"slide"} notes="Ask before anything else: who would train a network on damaged images, and what would it be told about the damage? The answer is: nothing."
// # Lesson 06 · Denoising autoencoders
//
// The lecture's slide (Roman-Rangel, *AutoEncoders*, 2021) gives "clean noisy data" as the first example of self-supervised
// learning. Nobody tells the network what noise is. **What does it learn instead, and how much noise can it take away?**
//
// After this lesson you can
//
// 1. say what the best possible restorer is, and compute the best linear one and its error;
// 2. name the target that makes denoising work, and notice the wrong one;
// 3. read the gradient of the log-density off a trained denoising autoencoder;
// 4. choose the noise, and say what it does to errors and filters.
//
// You need encoder, decoder and code from lesson 03, eigenvalues of a covariance from lesson 04, and the copying of overcomplete
// codes from lesson 05. About 25 minutes to read, one minute to run.

// %% slideshow={"slide_type":"skip"}
import { DataFrame } from "danfojs-node";
import {
  type Check,
  check,
  data,
  engineRoute,
  exercise,
  fit,
  generator,
  linalg,
  models,
  plot,
  tf,
} from "latent";

// %% [markdown] slideshow={"slide_type":"slide"} notes="Point at one digit and go down the column. Ask where they stop recognising it: that is a restorer at work."
// ## 1 · Damage that you make yourself
//
// A **corruption** turns an image $x \in \mathbb{R}^d$ into a damaged $\tilde x$, at random, by a rule that you choose. Here it adds
// Gaussian noise: $\tilde x = x + \sigma \varepsilon$ with $\varepsilon \sim \mathcal{N}(0, I)$, new numbers at each look. The
// **denoising autoencoder** (Vincent, Larochelle, Bengio and Manzagol 2008) sees $\tilde x$ and must put out $x$:
//
// $$\min_r\; R(r) = \mathbb{E}\, \lVert r(\tilde x) - x \rVert^2, \qquad r = \text{decoder} \circ \text{encoder}.$$
//
// The expectation runs over images and noise. Errors are squared grey levels (0 paper, 1 ink), summed over the pixels, averaged
// over the images. The data are the 1797 digits of $8 \times 8 = d$ pixels, centred; $\sigma^2$ is a variance per pixel.

// %% slideshow={"slide_type":"skip"}
const digits = await data.digits8x8();
const mean = digits.images.mean(0);
const x: tf.Tensor2D = digits.images.sub(mean); // centred, [1797, 64]

// %% slideshow={"slide_type":"skip"}
const random = generator(6);
const noisy = (x: tf.Tensor2D, variance: number): tf.Tensor2D =>
  x.add(random.normal(x.shape, 0, Math.sqrt(variance))); // x̃ = x + σε

// %% slideshow={"slide_type":"skip"}
// Per image: summed over the pixels, averaged over the rows.
const squaredError = (y: tf.Tensor2D, x: tf.Tensor2D): tf.Scalar =>
  y.sub(x).square().sum(1).mean();
const errorOf = (y: tf.Tensor2D, x: tf.Tensor2D) => squaredError(y, x).dataSync()[0];

// %% slideshow={"slide_type":"-"}
const variances = [0.01, 0.05, 0.1]; // σ²
const few: tf.Tensor2D = x.slice([0, 0], [12, 64]);
const damaged: tf.Tensor2D = tf.concat([few, ...variances.map(s2 => noisy(few, s2))]);
plot.images(damaged.add(mean), {
  title: "The same digits under three levels of noise",
  columns: 12,
  rows: ["clean", ...variances.map(s2 => `σ² = ${s2}`)],
});

// %% [markdown]
// Read the columns: the eye still finds the strokes in the last row, because it knows digits. Were the pixels independent of each
// other, there would be nothing to know, and no restorer could use one pixel for another.

// %% [markdown] slideshow={"slide_type":"slide"} notes="Collect both predictions as numbers before you go on: 64 times 0.05, and the total variance of lesson 04."
// ## 2 · The best restorer is a conditional mean
//
// *Predict: what is the error of leaving $\tilde x$ as it is? And of always putting out the mean image?*
//
// Let $m(\tilde x) = \mathbb{E}[x \mid \tilde x]$ be the mean of all clean images that can stand behind $\tilde x$. Write
// $r(\tilde x) - x = (r(\tilde x) - m(\tilde x)) + (m(\tilde x) - x)$ and square. Given $\tilde x$ the first bracket is fixed and
// the second has mean 0, so the cross term vanishes:
//
// $$R(r) = \mathbb{E}\,\lVert r(\tilde x) - m(\tilde x) \rVert^2 + \mathbb{E}\,\lVert m(\tilde x) - x \rVert^2 .$$
//
// Only the first term depends on $r$: **the best restorer is $m$.** The second is what no method recovers. An average of digits is
// no digit: a restored image may be blurred where the noise leaves several answers open.
//
// Your predictions: copying costs $\mathbb{E}\,\lVert \sigma \varepsilon \rVert^2 = d\,\sigma^2$, the mean image costs the total
// variance $\operatorname{tr} C$, where $C = \tfrac1n X^\top X$ is the covariance of the centred images, the rows of $X$.

// %% [markdown] slideshow={"slide_type":"slide"} notes="The second term of the first line is weight decay. That is why this network may have as many code numbers as it likes."
// ## 3 · The linear case: Wiener's filter
//
// *Predict: lesson 05 saw a linear autoencoder with a long code learn to copy. Does it still copy when its input is noisy?*
//
// Let $r(\tilde x) = W \tilde x$ with any $W \in \mathbb{R}^{d \times d}$: no bottleneck. Noise is independent of images and has
// covariance $\sigma^2 I$, so the cross term vanishes again:
//
// $$R(W) = \mathbb{E}\,\lVert (I - W)\, x - \sigma W \varepsilon \rVert^2
// = \operatorname{tr}\,(I - W)\, C\, (I - W)^\top + \sigma^2\, \lVert W \rVert_F^2 .$$
//
// **Noise on the input is a price on the weights** (in other networks, if it is small, on the slopes of the output: Bishop 1995).
// Copying, $W = I$, now costs $d\,\sigma^2$. $R$ is strictly convex; set its derivative to zero:
//
// $$-2\,(I - W)\, C + 2 \sigma^2 W = 0 \quad\Longleftrightarrow\quad W = C\,(C + \sigma^2 I)^{-1}.$$
//
// Along the eigenvector $u_j$ of $C$ this multiplies by $w_j = \lambda_j / (\lambda_j + \sigma^2)$ and costs $(1 - w_j)^2
// \lambda_j + \sigma^2 w_j^2$, in all
//
// $$R_{\min} = \sum_{j=1}^{d} \frac{\lambda_j\, \sigma^2}{\lambda_j + \sigma^2} .$$
//
// Each term is at most $\lambda_j$ (give $u_j$ up) and at most $\sigma^2$ (copy it). PCA keeps or drops a direction; the noise makes
// the map **shrink** it, the more the less it varies.

// %% slideshow={"slide_type":"skip"}
const covariance: tf.Tensor2D = x.transpose().matMul(x).div(x.shape[0]); // C, [64, 64]
const { values, vectors } = linalg.eigh(covariance);
const lambda = Array.from(values.dataSync(), value => Math.max(0, value)); // λ₁ ≥ … ≥ λ₆₄
const wienerError = (s2: number) => lambda.reduce((sum, l) => sum + (l * s2) / (l + s2), 0);

// %% slideshow={"slide_type":"skip"}
// R(W) without drawing any noise; rows are images, so `w` is Wᵀ.
function risk(w: tf.Tensor2D, s2: number): number {
  const missed: tf.Tensor2D = tf.sub(tf.eye(64), w); // (I − W)ᵀ
  const lost = tf.matMul(covariance, missed).mul(missed).sum(); // tr (I − W) C (I − W)ᵀ
  return lost.add(w.square().sum().mul(s2)).dataSync()[0];
}

// %% slideshow={"slide_type":"skip"}
const shrink = (s2: number) => lambda.map(l => l / (l + s2)); // wⱼ
const wiener = (s2: number): tf.Tensor2D =>
  tf.matMul(vectors.mul(shrink(s2)), vectors, false, true); // U diag(wⱼ) Uᵀ

// %% slideshow={"slide_type":"skip"}
const byHand = variances.map(wienerError); // R_min for each σ²
const known = [0.350602, 1.054466, 1.548615].map((target, i) => {
  const source = "another program, in float64";
  return [
    `R_min, σ² = ${variances[i]}`,
    byHand[i],
    { target, tolerance: 2e-5, source },
  ] as const;
});

// %% slideshow={"slide_type":"skip"} tags=["check"]
const copied = errorOf(noisy(x, 0.05), x);
const restored = errorOf(tf.matMul(noisy(x, 0.05), wiener(0.05)), x);
const wienerRisk = risk(wiener(0.05), 0.05);
check(
  ...known,
  ["noise, σ² = 0.05", copied, { target: 3.2, tolerance: "2 %", source: "d σ²" }],
  ["R of Wiener's map", wienerRisk, { target: byHand[1], tolerance: 1e-4, source: "R_min" }],
  [
    "the same, noise drawn",
    restored,
    { target: byHand[1], tolerance: "2 %", source: "R_min" },
  ],
);

// %% [markdown] slideshow={"slide_type":"slide"} notes="Nothing in this cell knows covariance or noise level. Let them say which line carries the idea: the target."
// ### A network that has never heard of Wiener
//
// One matrix, 4,096 numbers from zero, Adam, new noise at every step.

// %% slideshow={"slide_type":"skip"}
type Target = (step: { clean: tf.Tensor2D; seen: tf.Tensor2D }) => tf.Tensor2D;

async function learn(s2: number, target: Target) {
  const w = tf.variable(tf.zeros([64, 64])) as tf.Variable<tf.Rank.R2>; // Wᵀ
  const loss = (clean: tf.Tensor2D) => {
    const seen = noisy(clean, s2);
    return squaredError(tf.matMul(seen, w), target({ clean, seen }));
  };
  const learningRate = (step: number) => 0.01 * (1 - step / 1800);
  const optimizer = tf.train.adam(0.01);
  const { epochs } = await fit(loss, x, {
    epochs: 300,
    batchSize: 300,
    optimizer,
    learningRate,
  });
  return { w, loss: epochs[299].loss, error: risk(w, s2) };
}

// %% slideshow={"slide_type":"-"}
const learnt: Awaited<ReturnType<typeof learn>>[] = [];
for (const s2 of variances) learnt.push(await learn(s2, ({ clean }) => clean));

// %% slideshow={"slide_type":"-"}
const linear = new DataFrame({
  "σ²": variances,
  "copy, d σ²": variances.map(s2 => 64 * s2),
  "mean image": variances.map(() => lambda.reduce((sum, l) => sum + l, 0)),
  R_min: byHand,
  learnt: learnt.map(({ error }) => error),
});
plot.table(linear, { title: "Trained on noise alone, a matrix finds Wiener's error" });

// %% slideshow={"slide_type":"skip"}
// How much of each direction the learnt map keeps: uⱼᵀ W uⱼ.
const keeps = (w: tf.Tensor2D) => tf.matMul(w, vectors).mul(vectors).sum(0) as tf.Tensor1D;
const shrinkage = {
  "σ² = 0.01": shrink(0.01),
  "σ² = 0.1": shrink(0.1),
  "learnt, 0.01": keeps(learnt[0].w),
  "learnt, 0.1": keeps(learnt[2].w),
};

// %% slideshow={"slide_type":"slide"} notes="Compare with lesson 04: PCA would be a step from 1 to 0. This is the soft version, and nobody chose a k."
plot.curves(shrinkage, {
  title: "The noise decides how much of each direction is kept",
  x: "principal direction j",
  y: "share kept, wⱼ",
  points: ["learnt, 0.01", "learnt, 0.1"],
});

// %% [markdown]
// Read the points: each sits on its curve $\lambda_j / (\lambda_j + \sigma^2)$. More noise, more shrinking, and the directions of
// small variance go first. A copying autoencoder would show a level line at 1, PCA a step.

// %% slideshow={"slide_type":"skip"} tags=["check"]
check(
  ...variances.map((s2, i) => {
    const expected = { target: byHand[i], tolerance: "2 %", source: "R_min" } as const;
    return [`learnt, σ² = ${s2}`, learnt[i].error, expected] as const;
  }),
);

// %% [markdown] slideshow={"slide_type":"slide"} notes="Let them vote on the loss curve alone which of the three is best. The wrong one wins, which is the point."
// ## 4 · The wrong target looks perfect
//
// *Predict: a slip of the keyboard makes $\tilde x$ the target as well as the input. What does the loss do? What does the map do?*
//
// Then $W = I$ has loss 0. The loss looks better than ever, and the noise stays: error $d\,\sigma^2$. **A loss is worth what its
// target is worth.**
//
// Must the target be clean, then? No. Take a *second* noisy copy $x' = x + \sigma \varepsilon'$ with noise of its own. Given
// $\tilde x$, it has the same mean as $x$, so section 2 holds with the same $m$; only a constant $d\,\sigma^2$ joins the loss.
// (Lehtinen and others 2018 restore photographs so.) What matters is that the target's noise cannot be predicted from the input.

// %% slideshow={"slide_type":"skip"}
const wrong = await learn(0.05, ({ seen }) => seen);
const second = await learn(0.05, ({ clean }) => noisy(clean, 0.05));

// %% slideshow={"slide_type":"-"}
const targets = new DataFrame({
  target: ["the clean image", "the input itself", "a second noisy copy"],
  "loss at the end": [learnt[1], wrong, second].map(({ loss }) => loss),
  "error to the clean image": [learnt[1], wrong, second].map(({ error }) => error),
});
plot.table(targets, { title: "The lowest loss belongs to the map that restores nothing" });

// %% slideshow={"slide_type":"slide"} notes="Rows two and three are the same picture: that is what a perfect loss looks like."
const seen = noisy(few, 0.05);
const outputs = [seen, seen.matMul(wrong.w), seen.matMul(learnt[1].w), few] as tf.Tensor2D[];
const rows: tf.Tensor2D = tf.concat(outputs);
plot.images(rows.add(mean), {
  title: "Told to reproduce its input, the map keeps the noise",
  columns: 12,
  rows: ["noisy", "target: input", "target: clean", "clean"],
});

// %% [markdown]
// Read the rows: the second repeats the first, grain by grain; the third is smooth and a little blurred, as a mean is. If the
// target did not matter, they would look alike.

// %% slideshow={"slide_type":"skip"} tags=["check"]
const constant = {
  target: byHand[1] + 3.2,
  tolerance: "2 %",
  source: "R_min + d σ²",
} as const;
check(
  ["loss, target input", wrong.loss, { atMost: 1e-3, source: "W = I" }],
  ["error, target input", wrong.error, { target: 3.2, tolerance: "1 %", source: "d σ²" }],
  ["loss, target 2nd copy", second.loss, constant],
  [
    "error, target 2nd copy",
    second.error,
    { target: byHand[1], tolerance: "2 %", source: "R_min" },
  ],
);

// %% [markdown] slideshow={"slide_type":"slide"} notes="Three lines, and the only fact used about the noise is the derivative of a Gaussian. This is the formula under today's diffusion models."
// ## 5 · The correction points uphill
//
// *Predict: $r(\tilde x) - \tilde x$ is an arrow at every place $\tilde x$. Where does it point?*
//
// Let $p$ be the density of the clean data and $p_\sigma(\tilde x) = \int p(x)\, \mathcal{N}(\tilde x; x, \sigma^2 I)\, dx$ that of
// the noisy ones: $p$, blurred. A Gaussian has the gradient $\nabla_{\tilde x}\, \mathcal{N} = \mathcal{N} \cdot (x - \tilde x) /
// \sigma^2$, so
//
// $$\nabla p_\sigma(\tilde x) = \int p(x)\, \mathcal{N}(\tilde x; x, \sigma^2 I)\, \frac{x - \tilde x}{\sigma^2}\, dx
// = p_\sigma(\tilde x)\, \frac{m(\tilde x) - \tilde x}{\sigma^2} ,$$
//
// since $p(x)\, \mathcal{N} / p_\sigma$ is the density of $x$ given $\tilde x$. Divide by $p_\sigma$:
//
// $$m(\tilde x) - \tilde x = \sigma^2\, \nabla \log p_\sigma(\tilde x) .$$
//
// **The best restorer climbs the log-density of the noisy data**, for every $\sigma$ (Miyasawa 1961; Efron 2011 calls it Tweedie's
// formula). $\nabla \log p$ is the **score**. As $\sigma \to 0$, $p_\sigma$ becomes $p$ and the arrow becomes $\sigma^2 \nabla
// \log p$: this limit is what Alain and Bengio (2014) prove for autoencoders. Wiener's map is the formula for a Gaussian:
// $W - I = -\sigma^2\, (C + \sigma^2 I)^{-1}$.
//
// Test it where the score is known: 40 Gaussians of variance $v = 0.01$ along a circle of radius 1, a ring with a blurred edge.
// Noise makes the variance $v + \sigma^2$ and changes nothing else.

// %% slideshow={"slide_type":"skip"}
const turn = Array.from({ length: 40 }, (_, k) => (2 * Math.PI * k) / 40);
const centres = tf.tensor2d(turn.map(angle => [Math.cos(angle), Math.sin(angle)])); // [40, 2]
const v = 0.01;

function score(x: tf.Tensor2D, variance: number): tf.Tensor2D {
  const apart: tf.Tensor2D = x.expandDims(1).sub(centres).square().sum(2); // [n, 40]
  const log: tf.Tensor2D = apart.div(-2 * variance); // of the density of each, plus a constant
  const shares = tf.softmax(log); // p(centre | x)
  return tf.matMul(shares, centres).sub(x).div(variance); // ∇ log p, [n, 2]
}

// %% slideshow={"slide_type":"skip"}
function draw(n: number): tf.Tensor2D {
  const chosen = random.uniform([n], 0, 40).floor().cast("int32") as tf.Tensor1D;
  return noisy(tf.gather(centres, chosen), v);
}
const ring = draw(2000); // to learn from
const fresh = draw(2000); // to measure at

// %% slideshow={"slide_type":"skip"}
const relative = (a: tf.Tensor2D, b: tf.Tensor2D) =>
  Math.sqrt(errorOf(a, b) / errorOf(b, tf.zerosLike(b))); // |a − b| / |b| over all points
const cosine = (a: tf.Tensor2D, b: tf.Tensor2D) =>
  a.mul(b).sum().div(a.norm().mul(b.norm())).dataSync()[0]; // of whole fields

// %% slideshow={"slide_type":"skip"}
// The conditional mean from its definition: 20,000 clean points, weighted by the noise's density.
const behind = draw(20_000);
const place: tf.Tensor2D = noisy(fresh.slice([0, 0], [100, 2]), 0.04); // σ = 0.2
const apart: tf.Tensor2D = place.expandDims(1).sub(behind).square().sum(2);
const log: tf.Tensor2D = apart.div(-0.08); // 2σ² = 0.08
const correction: tf.Tensor2D = tf.matMul(tf.softmax(log), behind).sub(place); // m(x̃) − x̃

// %% slideshow={"slide_type":"skip"} tags=["check"]
const off = relative(correction, score(place, v + 0.04).mul(0.04));
const gap = (sigma: number) => relative(score(fresh, v + sigma ** 2), score(fresh, v));
const ratio = gap(0.01) / gap(0.005); // of ∇ log p_σ to ∇ log p
check(
  ["m(x̃) − x̃ by samples", off, { atMost: 0.05, source: "σ² ∇ log p_σ" }],
  ["gap at 0.01 / at 0.005", ratio, { target: 4, tolerance: "2 %", source: "limit, σ²" }],
);

// %% [markdown] slideshow={"slide_type":"slide"} notes="Let them choose: tiny noise because the limit says so, or large noise because it is easy to learn? The table says: neither."
// ### Learn it, and choose the noise
//
// *Predict: which noise gives the best picture of $\nabla \log p$: $\sigma = 0.02$, $0.1$ or $0.5$?*
//
// A network 2-64-64-64-2 sees 2,000 points of the ring, noisy anew at each step. Fields are compared as wholes: the cosine is
// $\langle a, b \rangle / (\lVert a \rVert\, \lVert b \rVert)$ over 2,000 fresh points, so that long arrows count more than the
// short ones on the ridge, where the direction means little.

// %% slideshow={"slide_type":"skip"}
async function denoiser(sigma: number, seed: number) {
  const { encode, decode, loss } = models.deepAutoencoder({
    sizes: [2, 64, 64],
    activation: "tanh",
    codeActivation: "tanh",
    output: "squared",
    seed,
  });
  const step = (clean: tf.Tensor2D) => loss(noisy(clean, sigma ** 2), clean);
  const learningRate = (step: number) => 0.01 * (1 - step / 2000);
  await fit(step, ring, {
    epochs: 200,
    batchSize: 200,
    optimizer: tf.train.adam(0.01),
    learningRate,
  });
  return (x: tf.Tensor2D): tf.Tensor2D => decode(encode(x)); // r
}

// %% slideshow={"slide_type":"-"}
const sigmas = [0.02, 0.1, 0.5];
const denoisers: Awaited<ReturnType<typeof denoiser>>[] = [];
for (const sigma of sigmas) denoisers.push(await denoiser(sigma, 6));

// %% slideshow={"slide_type":"-"}
const fields = sigmas.map((sigma, i) => {
  const arrows: tf.Tensor2D = denoisers[i](fresh)
    .sub(fresh)
    .div(sigma ** 2); // (r(x) − x) / σ²
  const blurred = score(fresh, v + sigma ** 2);
  return {
    σ: sigma,
    "error to ∇ log p_σ": relative(arrows, blurred),
    "cosine with it": cosine(arrows, blurred),
    "cosine with ∇ log p": cosine(arrows, score(fresh, v)),
  };
});
plot.table(new DataFrame(fields), {
  title: "Too little noise is hard to learn, too much blurs what is learnt",
});

// %% [markdown]
// Read the rows: at $\sigma = 0.02$ the arrows are the size of the network's own faults, and dividing by $\sigma^2$ magnifies these.
// At 0.5 the field is learnt well, but it is that of a blob, no longer of the ring. The limit says "small", learning says "large":
// the noise should be about as wide as the structure you care for, here $\sqrt{v} = 0.1$.

// %% slideshow={"slide_type":"skip"}
const side = Array.from({ length: 13 }, (_, i) => (i - 6) / 4); // −1.5 … 1.5
const grid = tf.tensor2d(side.flatMap(x1 => side.map(x2 => [x1, x2]))); // [169, 2]
const r = denoisers[1];
const arrows = {
  "learnt, r(x) − x": r(grid).sub(grid) as tf.Tensor2D,
  "true, σ² ∇ log p_σ": score(grid, v + 0.01).mul(0.01) as tf.Tensor2D,
};

// %% slideshow={"slide_type":"slide"} notes="Walk along the ring first: the colours agree. Then point at the centre and the corners: no data there, no reason to agree."
plot.field(arrows, {
  title: "The learnt arrows lead to the data, as the score does (drawn at half length)",
  x: "x₁",
  y: "x₂",
  at: grid,
  scale: 0.5,
  over: ring.slice([0, 0], [600, 2]),
});

// %% [markdown]
// Read the arrows: near the ring both colours agree, and both stand at right angles to it. The data lie near a curve, a
// one-dimensional **manifold**; noise leads off it, restoring leads back. At the centre and in the corners they part: no training
// point ever came there, and the network guesses. A field that ignored the density would show arrows without this order.
//
// *Predict: apply $r$ ten times. Do the points become a sample of $p$?*

// %% slideshow={"slide_type":"skip"}
const offRing = (x: tf.Tensor2D) => x.norm("euclidean", 1).sub(1).abs().mean().dataSync()[0];
const angleOf = (x: tf.Tensor2D) => tf.atan2(x.slice([0, 1]), x.slice([0, 0], [-1, 1]));
const start = noisy(fresh, 0.04);
const walk = [start];
for (let step = 0; step < 10; step++) walk.push(r(walk[step]));

// %% slideshow={"slide_type":"-"}
const walked = [0, 1, 2, 5, 10].map(steps => {
  const turned = angleOf(walk[steps]).sub(angleOf(start)); // radians, may pass ±π
  const along = tf.atan2(turned.sin(), turned.cos()).abs().mean().dataSync()[0];
  return {
    "times r": steps,
    "off the ring": offRing(walk[steps]),
    "along it (radians)": along,
  };
});
plot.table(new DataFrame(walked), {
  title: `Each step leads to the ridge; clean data are ${offRing(fresh).toFixed(3)} off it`,
});

// %% [markdown]
// Read the middle column: it falls below what clean data have. No: a point that climbs again and again ends on the ridge, and the
// width of the data is lost. **Restoring is not sampling**; that needs noise put back at each step. Along the ring the points hardly
// move.

// %% slideshow={"slide_type":"skip"} tags=["check"]
const [tiny, middle, huge] = fields;
const [toP, toBlurred] = ["cosine with ∇ log p", "cosine with it"] as const;
const faults = tiny["error to ∇ log p_σ"] / middle["error to ∇ log p_σ"];
const inTen = offRing(walk[10]) / offRing(fresh);
check(
  ["cosine with ∇ log p, 0.1", middle[toP], { atLeast: 0.95, source: "limit" }],
  ["cosine with ∇ log p_σ, 0.5", huge[toBlurred], { atLeast: 0.97, source: "every σ" }],
  ["cosine with ∇ log p, 0.5", huge[toP], { atMost: 0.75, source: "blurred" }],
  ["error, 0.02 / 0.1", faults, { atLeast: 2, source: "faults / σ²" }],
  ["off the ring, 10 / clean", inTen, { atMost: 0.5, source: "no sampling" }],
);

// %% [markdown] slideshow={"slide_type":"slide"} notes="The bars run for half a minute; start them, then ask for the predictions. Tied weights keep the number of parameters, and the time, low."
// ## 6 · MNIST behind a mask
//
// *Predict: erase a quarter of the pixels. Does an autoencoder that was trained on clean digits fill the holes? One that was
// trained on holes?*
//
// **Masking** sets each pixel to 0 with probability $\nu$: $\tilde x = x \odot b$, with independent $b_i \in \{0, 1\}$ and $P(b_i =
// 0) = \nu$. It is no additive noise: the damage depends on the image (paper cannot be erased), and what is lost must come from the
// other pixels. It costs $\mathbb{E}\,\lVert \tilde x - x \rVert^2 = \nu\, \mathbb{E}\,\lVert x \rVert^2$. Section 2 asked for no
// special noise: the best restorer is still $\mathbb{E}[x \mid \tilde x]$ (for the cross-entropy too). But the formula of section 5 is for Gaussian noise only.
//
// The model is one layer each way with tied weights: code $z = s(W x + b)$ with 400 numbers, restored $s(W^\top z +
// c)$, $s$ the logistic function; the loss is the cross-entropy to the *clean* pixels, summed, in nats.

// %% slideshow={"slide_type":"skip"}
const quick = engineRoute === "wasm"; // without native TensorFlow: fewer images, fewer epochs
const mnist = await data.mnist({ train: quick ? 2000 : 10_000, test: quick ? 1000 : 10_000 });
const digit: tf.Tensor2D = mnist.test.images; // [10000, 784]
const masked = (x: tf.Tensor2D, share: number): tf.Tensor2D =>
  x.mul(random.bernoulli(tf.fill(x.shape, 1 - share)));

// %% slideshow={"slide_type":"skip"}
function tiedAutoencoder(seed: number) {
  const make = models.initial(seed);
  const w = make.glorot([784, 400]) as tf.Variable<tf.Rank.R2>; // Wᵀ
  const [b, c] = [make.constant([400], 0), make.constant([784], 0)];
  const inputs = (x: tf.Tensor2D): tf.Tensor2D => tf.matMul(x, w).add(b);
  const logits = (x: tf.Tensor2D): tf.Tensor2D =>
    tf.matMul(tf.sigmoid(inputs(x)), w, false, true).add(c);
  const restore = (x: tf.Tensor2D): tf.Tensor2D => tf.sigmoid(logits(x));
  return { w, logits, restore };
}

// %% slideshow={"slide_type":"skip"}
async function trained(share: number, seed: number) {
  const model = tiedAutoencoder(seed);
  const loss = (clean: tf.Tensor2D) =>
    models.average(models.bernoulliCrossEntropy(clean, model.logits(masked(clean, share))));
  const optimizer = tf.train.adam(0.01);
  await fit(loss, mnist.train.images, {
    epochs: quick ? 8 : 15,
    batchSize: 100,
    optimizer,
    seed,
  });
  return model;
}

// %% slideshow={"slide_type":"-"}
const shares = [0, 0.25, 0.4];
const nets: ReturnType<typeof tiedAutoencoder>[] = [];
for (const share of shares) nets.push(await trained(share, 6));

// %% slideshow={"slide_type":"skip"}
const levels = [0, 0.1, 0.25, 0.4, 0.5];
const curves: Record<string, number[]> = {
  "left as it is": [],
  "0 %": [],
  "25 %": [],
  "40 %": [],
};
for (const level of levels) {
  const holes = masked(digit, level);
  curves["left as it is"].push(errorOf(holes, digit));
  nets.forEach((net, i) => {
    curves[`${100 * shares[i]} %`].push(errorOf(net.restore(holes), digit));
  });
}

// %% slideshow={"slide_type":"slide"} notes="Each network is best where it was trained. Ask what the 40 % network pays on clean digits, and why it pays at all."
plot.curves(curves, {
  title: "Each autoencoder is best at the masking that it was trained on",
  x: "share of pixels masked in the test",
  y: "squared error per image",
  at: levels,
});

// %% [markdown]
// Read the curves: the autoencoder of clean digits (0 %) keeps most of a hole; those that saw holes fill them. They pay for it on
// clean digits: they distrust what they see. Were denoising only a matter of good codes, the 0 % curve would be lowest everywhere.

// %% slideshow={"slide_type":"slide"} notes="Let them name the digits in the first row before you uncover the others. Then look for restored strokes that are wrong: there are some."
const shown: tf.Tensor2D = digit.slice([0, 0], [12, 784]);
const holes = masked(shown, 0.25);
const strips = [holes, nets[0].restore(holes), nets[1].restore(holes), shown];
plot.images(tf.concat(strips) as tf.Tensor2D, {
  title: "Trained on clean digits it keeps the holes; trained on holes it fills them",
  columns: 12,
  rows: ["25 % masked", "trained at 0 %", "trained at 25 %", "clean"],
});

// %% [markdown] slideshow={"slide_type":"slide"} notes="Same network, same start, same steps. Only the damage differs."
// ### What the noise does to the filters
//
// *Predict: each code number looks at the image through a filter, a column of `w`. Which masking makes filters wider, which more
// local?*
//
// Count the pixels that a filter uses: $\bigl(\sum_i w_i^2\bigr)^2 / \sum_i w_i^4$. Equal weights on $m$ pixels and 0 elsewhere give
// $m$; random uniform weights on 784 pixels give $784 \cdot 5/9 = 435.6$.

// %% slideshow={"slide_type":"skip"}
function pixelsUsed(w: tf.Tensor2D): Float32Array {
  const square = w.square();
  return square.sum(0).square().div(square.square().sum(0)).dataSync() as Float32Array;
}
const median = (numbers: Float32Array) => numbers.slice().sort()[numbers.length >> 1];

// %% slideshow={"slide_type":"skip"}
// Every tenth of the 400 filters from the most local one, each scaled to its own largest weight.
function gallery(w: tf.Tensor2D): tf.Tensor2D {
  const used = pixelsUsed(w);
  const order = Array.from(used.keys()).sort((i, j) => used[i] - used[j]);
  const tenth = order.filter((_, place) => place % 10 === 0);
  const all: tf.Tensor2D = w.transpose();
  const filters: tf.Tensor2D = tf.gather(all, tenth);
  return filters.div(filters.abs().max(1, true)).mul(0.5).add(0.5); // 0.5 is a weight of 0
}

// %% slideshow={"slide_type":"slide"} notes="Blobs and strokes below, snow above. Nobody asked for strokes: they are what helps to fill holes."
plot.images(tf.concat(nets.map(({ w }) => gallery(w))) as tf.Tensor2D, {
  title: "The more is masked, the more filters become spots and strokes",
  columns: 20,
  rows: ["0 %", "", "25 %", "", "40 %", ""],
});

// %% slideshow={"slide_type":"-"}
const used = nets.map(({ w }) => median(pixelsUsed(w)));
const untrained = median(pixelsUsed(tiedAutoencoder(6).w));
const filters = new DataFrame({
  "trained at": ["not at all", "0 %", "25 %", "40 %"],
  "pixels a filter uses (median)": [untrained, ...used],
});
plot.table(filters, { title: "Masking makes filters local", decimals: 1 });

// %% [markdown]
// Read the galleries, from the most local filter to the widest: at 0 % nearly all are snow; with masking more and more are spots of ink and pieces of strokes: a hole is filled
// from its neighbours and from the stroke that runs through it. Without that need, wide filters do as well, and the rows would look
// alike.

// %% slideshow={"slide_type":"skip"}
const [left, none, quarter, more] = Object.values(curves); // by level: 0, 0.1, 0.25, 0.4, 0.5
const rival = (own: number[], others: number[][], at: number) =>
  own[at] / Math.min(...others.map(other => other[at]));
const own = [
  rival(none, [quarter, more], 0),
  rival(quarter, [none, more], 2),
  rival(more, [none, quarter], 3),
];

// %% slideshow={"slide_type":"skip"} tags=["check"]
const harm = 0.25 * digit.square().sum(1).mean().dataSync()[0];
const uniform = { target: 435.6, tolerance: "2 %", source: "784 · 5/9" } as const;
const long: Check[] = [
  ["restored / masked, 25 %", quarter[2] / left[2], { atMost: 0.4, source: "60 % less" }],
  ["0 % net / best rival", own[0], { atMost: 0.6, source: "its level" }],
  ["25 % net / best rival", own[1], { atMost: 0.9, source: "its level" }],
  ["40 % net / best rival", own[2], { atMost: 0.9, source: "its level" }],
  ["pixels used, 25 % / 0 %", used[1] / used[0], { atMost: 0.75, source: "local filters" }],
];
check(
  ["error of the mask", left[2], { target: harm, tolerance: "1 %", source: "ν · mean |x|²" }],
  ["pixels used, untrained", untrained, uniform],
  ...(quick ? [] : long), // without native TensorFlow the training is too short for them
);

// %% [markdown] slideshow={"slide_type":"slide"} notes="Be plain about it: these are errors of classifiers built on such codes, read second-hand. Lesson 10 builds one."
// ## Ours against the papers
//
// The first table is this lesson's. What made the method known is another experiment: Vincent and others (2010) stack three such
// layers, each trained to denoise, and train a classifier from there. The second table has four rows of their Table 3, test errors
// as two transcriptions that agree give them (we have not read the table itself): `rot` are rotated digits, `bg-rand` digits on
// noise, `bg-img-rot` rotated digits on photographs; 10,000 to train on, as here.

// %% slideshow={"slide_type":"-"}
const theirs = new DataFrame({
  quantity: [
    ...variances.map(s2 => `linear error, σ² = ${s2}`),
    "cosine to ∇ log p, σ = 0.1",
  ],
  ours: [...learnt.map(({ error }) => error), middle[toP]],
  theory: [...byHand, cosine(score(fresh, v + 0.01), score(fresh, v))],
  from: ["Wiener", "Wiener", "Wiener", "σ² ∇ log p_σ, without faults"],
});
plot.table(theirs, { title: "What we learnt against what can be learnt" });

// %% slideshow={"slide_type":"-"}
const table3 = new DataFrame({
  digits: ["basic", "rot", "bg-rand", "bg-img-rot"],
  SVM: [3.03, 11.11, 14.58, 55.18],
  autoencoders: [3.46, 10.3, 11.28, 51.93],
  "RBMs (lesson 16)": [3.11, 10.3, 6.73, 47.39],
  "denoising autoencoders": [2.84, 9.53, 10.3, 43.76],
});
plot.table(table3, {
  title: "Published test errors (%), second-hand: denoising is best in three of these four",
  decimals: 2,
});

// %% [markdown] slideshow={"slide_type":"slide"} notes="Exercises 1 and 2 in class, 3 and 4 at home, 5 for those who liked the ring. Number 2 is the slip that everybody makes once."
// ## Exercises
//
// Replace `exercise.todo(…)` and run the check below it. The checks draw new questions each time, so nothing can be copied.
// `linalg` has `eigh` and `svd`.

// %% slideshow={"slide_type":"skip"} exercise={"role":"sheet"}
const sheet = exercise.sheet("Exercises of lesson 06");
const list = (numbers: tf.Tensor) => Array.from(numbers.dataSync()); // for the checks

// %% [markdown] slideshow={"slide_type":"skip"}
// **1 ★ Wiener's filter.** Return the matrix $W$ of the best linear restorer for centred data with this covariance and Gaussian
// noise of variance `sigma2`.
//
// <details><summary>Hint</summary>Section 3. TensorFlow.js has no inverse: <code>linalg.eigh</code> gives eigenvectors, and $W$ has
// the same ones as $C$.</details>

// %% slideshow={"slide_type":"skip"} exercise={"id":"1","role":"starter"}
function wienerFilter(covariance: tf.Tensor2D, sigma2: number): tf.Tensor2D {
  return exercise.todo(covariance, sigma2);
}

// %% slideshow={"slide_type":"skip"} exercise={"id":"1","role":"check"}
await sheet.check("1 · Wiener's filter", draw => {
  const [values, s2] = [draw.descending(3, 0.1, 2), draw.number(0.75, 0.9)];
  const axes = draw.directions(3);
  const map = (share: (value: number) => number): tf.Tensor2D =>
    tf.matMul(axes.mul(values.map(share)), axes, false, true);
  const c = map(value => value);
  return {
    given: `σ² = ${s2} and eigenvalues ${values}`,
    got: list(wienerFilter(c, s2)),
    expected: list(map(v => v / (v + s2))),
    tolerance: 1e-3,
    mistakes: {
      "That is I − W, what is taken away.": list(map(v => s2 / (v + s2))),
      "That is only (C + σ²I)⁻¹: multiply by C.": list(map(v => 1 / (v + s2))),
      "Take sigma2 as it is: it is the variance.": list(map(v => v / (v + s2 ** 2))),
      "Divide matrix by matrix, not entry by entry.": list(c.div(c.add(tf.eye(3).mul(s2)))),
    },
  };
});

// %% [markdown] slideshow={"slide_type":"skip"}
// **2 ★★ The loss.** `restore` maps damaged images to restored ones, both $[n, d]$. Corrupt `clean` by adding `noise` (same shape)
// and return the loss of a denoising autoencoder, in squared grey levels per image.
//
// <details><summary>Hint</summary>Section 4: what goes in, and what is it compared with?</details>

// %% slideshow={"slide_type":"skip"} exercise={"id":"2","role":"starter"}
type Restore = (x: tf.Tensor2D) => tf.Tensor2D;

function denoisingLoss(restore: Restore, clean: tf.Tensor2D, noise: tf.Tensor2D): number {
  return exercise.todo(restore, clean, noise);
}

// %% slideshow={"slide_type":"skip"} exercise={"id":"2","role":"check"}
await sheet.check("2 · The loss", draw => {
  const [clean, noise, map] = [draw.normal(4, 3), draw.normal(4, 3), draw.normal(3, 3)];
  const restore = (x: tf.Tensor2D): tf.Tensor2D => tf.matMul(x, map);
  const seen: tf.Tensor2D = clean.add(noise);
  const total = (y: tf.Tensor2D, x: tf.Tensor2D) => list(y.sub(x).square().sum())[0];
  const right = total(restore(seen), clean) / 4; // four images
  return {
    given: "four images of three pixels and a linear restore",
    got: denoisingLoss(restore, clean, noise),
    expected: right,
    mistakes: {
      "Wrong target: the noisy input rewards copying.": total(restore(seen), seen) / 4,
      "restore never saw the noise: corrupt its input.": total(restore(clean), clean) / 4,
      "That is the error before restoring.": total(seen, clean) / 4,
      "Compare with the image, not with the noise.": total(restore(seen), noise) / 4,
      "That is the mean over both: sum over the pixels.": right / 3,
      "That is the sum: average over the images.": right * 4,
    },
  };
});

// %% [markdown] slideshow={"slide_type":"skip"}
// **3 ★★ Masking.** `draws` $[n, d]$ are uniform on $[0, 1)$. Return the masked images: a pixel becomes 0 where its draw is below
// `share`, and stays as it is elsewhere.
//
// <details><summary>Hint</summary><code>tf.greaterEqual</code> gives booleans; <code>tf.where</code>, or a product after
// <code>cast("float32")</code>.</details>

// %% slideshow={"slide_type":"skip"} exercise={"id":"3","role":"starter"}
function mask(x: tf.Tensor2D, share: number, draws: tf.Tensor2D): tf.Tensor2D {
  return exercise.todo(x, share, draws);
}

// %% slideshow={"slide_type":"skip"} exercise={"id":"3","role":"check"}
await sheet.check("3 · Masking", draw => {
  const numbers = (low: number) => Array.from({ length: 12 }, () => draw.number(low, 1));
  const [x, draws, share] = [numbers(0.2), numbers(0), draw.number(0.4, 0.6)];
  const image = (values: number[]) => tf.tensor2d(values, [3, 4]);
  const covered = (i: number) => draws[i] < share;
  return {
    given: `three images of four pixels, share = ${share}`,
    got: list(mask(image(x), share, image(draws))),
    expected: x.map((v, i) => (covered(i) ? 0 : v)),
    mistakes: {
      "You erased the others.": x.map((v, i) => (covered(i) ? v : 0)),
      "Dropout divides by 1 − share, a mask does not.": x.map((v, i) =>
        covered(i) ? 0 : v / (1 - share),
      ),
      "Take each pixel's own draw.": x.map((v, i) => (covered(i - (i % 4)) ? 0 : v)),
      "That is the mask alone.": x.map((_, i) => (covered(i) ? 0 : 1)),
      "Put 0, not the draw.": x.map((v, i) => (covered(i) ? draws[i] : v)),
    },
  };
});

// %% [markdown] slideshow={"slide_type":"skip"}
// **4 ★★★ Masking against Gaussian noise.** Find the best linear restorer $W$ of masked images: the minimum of $\mathbb{E}\, \lVert
// W \tilde x - x \rVert^2$, images as columns, not centred, no bias. Given are the second moments $M = \mathbb{E}[x x^\top]$ and the
// share $\nu$. (On MNIST at 25 %, with a bias, it leaves 8.5, and 7.7 once clipped to 0 … 1. Compare with the curve above.)
//
// <details><summary>Hint</summary>$W = \mathbb{E}[x \tilde x^\top]\; \mathbb{E}[\tilde x \tilde x^\top]^{-1}$. Two different pixels
// survive together with probability $(1 - \nu)^2$, a pixel with itself with $1 - \nu$.</details>

// %% slideshow={"slide_type":"skip"} exercise={"id":"4","role":"starter"}
function unmask(moments: tf.Tensor2D, share: number): tf.Tensor2D {
  return exercise.todo(moments, share);
}

// %% slideshow={"slide_type":"skip"} exercise={"id":"4","role":"check"}
await sheet.check("4 · Masking against Gaussian noise", draw => {
  const [p, q, c] = [draw.number(1, 2), draw.number(2.5, 4), draw.number(0.4, 1)];
  const [share, kept] = draw.integer(0, 1) === 0 ? [0.3, 0.7] : [0.6, 0.4];
  const over = (a: number, b: number, d: number) => {
    const rows = [p * d - c * b, c * a - p * b, c * d - q * b, q * a - c * b];
    return rows.map(entry => entry / (a * d - b * b)); // M · [[a, b], [b, d]]⁻¹
  };
  const right = over(p, kept * c, q); // the common factor 1 − ν cancels
  return {
    given: `M = [[${p}, ${c}], [${c}, ${q}]], share = ${share}`,
    got: list(unmask(tf.tensor2d([p, c, c, q], [2, 2]), share)),
    expected: right,
    mistakes: {
      "Mind the diagonal of the second matrix.": [1 / kept, 0, 0, 1 / kept],
      "That is for Gaussian noise of variance ν.": over(p + share, c, q + share),
      "Exchange ν and 1 − ν.": over(p, share * c, q),
      "E[x x̃ᵀ] is (1 − ν) M, not M.": right.map(value => value / kept),
    },
  };
});

// %% [markdown] slideshow={"slide_type":"skip"}
// **5 ★★★ The restorer that knows only its examples.** Let $p$ be the training set itself: each of the $n$ rows of `examples` with
// probability $1/n$. For the point `seen` (one row, $[1, d]$) under Gaussian noise of variance `sigma2`, return the best restored
// point and the score $\nabla \log p_\sigma$ there, both $[1, d]$. (Then ask yourself: what does an autoencoder do that reaches this
// training error?)
//
// <details><summary>Hint</summary>Section 5: $p_\sigma$ is a mixture of $n$ Gaussians, as the ring is one of 40.</details>

// %% slideshow={"slide_type":"skip"} exercise={"id":"5","role":"starter"}
interface Restored {
  restored: tf.Tensor2D; // m(x̃), [1, d]
  score: tf.Tensor2D; // ∇ log p_σ(x̃), [1, d]
}

function fromExamples(examples: tf.Tensor2D, seen: tf.Tensor2D, sigma2: number): Restored {
  return exercise.todo(examples, seen, sigma2);
}

// %% slideshow={"slide_type":"skip"} exercise={"id":"5","role":"check"}
await sheet.check("5 · The restorer that knows only its examples", draw => {
  const [examples, seen, s2] = [draw.normal(4, 2), draw.normal(1, 2), draw.number(0.3, 0.7)];
  const apart = examples.sub(seen).square().sum(1); // squared distances, [4]
  const towards = (scale: number) => list(tf.softmax(apart.div(-scale)).dot(examples));
  const scoreOf = (m: number[], by: number) => m.map((v, i) => (v - list(seen)[i]) / by);
  const found = fromExamples(examples, seen, s2);
  const m = towards(2 * s2);
  return {
    given: `four examples in the plane, σ² = ${s2}: restored, then score`,
    got: [...list(found.restored), ...list(found.score)],
    expected: [...m, ...scoreOf(m, s2)],
    mistakes: {
      "A Gaussian has 2σ² below the squared distance.": [...towards(s2), null, null],
      "Divide by the variance, not by its root.": [...m, ...scoreOf(m, Math.sqrt(s2))],
      "The score is the step divided by σ².": [...m, ...scoreOf(m, 1)],
      "The score points to the data: m(x̃) − x̃.": [...m, ...scoreOf(m, -s2)],
    },
  };
});

// %% slideshow={"slide_type":"skip"}
sheet;

// %% [markdown] slideshow={"slide_type":"slide"} notes="Go back to the question of the first slide: it was never told what noise is; it was told what remains."
// ## To remember
//
// 1. The best restorer puts out the mean of all clean images that can stand behind the damaged one.
// 2. For linear maps that is Wiener's filter, $C\,(C + \sigma^2 I)^{-1}$: noise prices the weights, and copying does not pay.
// 3. The target must not repeat the input's noise; with $\tilde x$ as target the loss is perfect and the map useless.
// 4. Under Gaussian noise the correction is $\sigma^2\, \nabla \log p_\sigma$: a denoising autoencoder knows which way the data lie,
//    near the data.
// 5. The noise is a choice: it decides which structure is seen, at which damage the error is lowest, and how local filters are.
//
// **So read "clean noisy data" on the slide as: learn what data look like, by undoing damage that you made.** Next question: what do
// more layers buy? Lesson 07.
//
// **References.** Miyasawa 1961, *An empirical Bayes estimator of the mean of a normal population*, Bulletin of the International
// Statistical Institute 38 ·
// Bishop 1995, [doi:10.1162/neco.1995.7.1.108](https://doi.org/10.1162/neco.1995.7.1.108) ·
// Vincent, Larochelle, Bengio and Manzagol 2008, [doi:10.1145/1390156.1390294](https://doi.org/10.1145/1390156.1390294) ·
// Vincent, Larochelle, Lajoie, Bengio and Manzagol 2010, *Stacked denoising autoencoders*, Journal of Machine Learning Research
// 11, 3371-3408 ·
// Efron 2011, [doi:10.1198/jasa.2011.tm11181](https://doi.org/10.1198/jasa.2011.tm11181) ·
// Vincent 2011, [doi:10.1162/NECO_a_00142](https://doi.org/10.1162/NECO_a_00142) ·
// Alain and Bengio 2014, *What regularized auto-encoders learn from the data-generating distribution*, Journal of Machine Learning
// Research 15, 3743-3773 ·
// Lehtinen and others 2018, *Noise2Noise*, [doi:10.48550/arXiv.1803.04189](https://doi.org/10.48550/arXiv.1803.04189)

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

// %% [markdown] slideshow={"slide_type":"slide"} notes="Ask before anything else: who would train a network on damaged images, and what does the network get to see of the damage? Nothing but examples."
// # Lesson 06 · Denoising autoencoders
//
// The lecture's slide (Roman-Rangel, *AutoEncoders*, 2021) gives "clean noisy data" as the first example of self-supervised
// learning. The network sees pairs, a damaged image and the clean one, and no description of the damage. **What does it learn from
// them, and how much noise can it remove?**
//
// After this lesson you can
//
// 1. say what the best possible restorer is, and compute the best linear one and its error;
// 2. name the target that makes denoising work, and notice the wrong one;
// 3. read the gradient of the log-density off a trained denoising autoencoder;
// 4. choose the noise, and say what it does to errors and filters.
//
// You need encoder, decoder and code from lesson 03, eigenvalues of a covariance from lesson 04, and the copying of overcomplete
// codes from lesson 05. One lecture of 45 minutes; one minute to run.

// %% slideshow={"slide_type":"skip"}
import { DataFrame } from "danfojs-node";
import {
  type Check,
  check,
  data,
  engineRoute,
  exercise,
  explore,
  fit,
  generator,
  linalg,
  models,
  plot,
  tf,
} from "latent";

// %% [markdown] slideshow={"slide_type":"slide"} notes="Point at one digit and go down the column. Ask where they stop recognising it. What they do while they squint is what we want from a network."
// ## 1 · Damage that you make yourself
//
// A **corruption** turns an image $x \in \mathbb{R}^d$ into a damaged $\tilde x$, at random, by a rule that you choose. Here it adds
// Gaussian noise: $\tilde x = x + \sigma \varepsilon$ with $\varepsilon \sim \mathcal{N}(0, I)$, drawn anew each time an image is used. The
// **denoising autoencoder** (Vincent, Larochelle, Bengio and Manzagol 2008) sees $\tilde x$ and must output $x$:
//
// $$\min_r\; R(r) = \mathbb{E}\, \lVert r(\tilde x) - x \rVert^2, \qquad r = \text{decoder} \circ \text{encoder}.$$
//
// The expectation runs over images and noise. Errors are squared grey levels (0 paper, 1 ink), summed over the pixels, averaged
// over the images. The data are $N = 1797$ digits of $8 \times 8$ pixels, $d = 64$, centred; $\sigma^2$ is a variance per pixel.

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
// The eye still finds the strokes in the last row, because it knows digits. If the pixels were independent of each other, one pixel
// would say nothing about another, and only each pixel's own distribution would be left to learn.

// %% [markdown] slideshow={"slide_type":"slide"} notes="Collect both predictions as numbers before you go on: 64 times 0.05, and the total variance of lesson 04."
// ## 2 · The best restorer is a conditional mean
//
// *Predict: what is the error of leaving $\tilde x$ as it is? And of always returning the mean image?*
//
// Let $m(\tilde x) = \mathbb{E}[x \mid \tilde x]$ be the mean of all clean images that can stand behind $\tilde x$. Write
// $r(\tilde x) - x = (r(\tilde x) - m(\tilde x)) + (m(\tilde x) - x)$ and square. Given $\tilde x$ the first bracket is fixed and
// the second has mean 0, so the cross term vanishes:
//
// $$R(r) = \mathbb{E}\,\lVert r(\tilde x) - m(\tilde x) \rVert^2 + \mathbb{E}\,\lVert m(\tilde x) - x \rVert^2 .$$
//
// Only the first term depends on $r$: **the best restorer is $m$.** The second is what no method recovers. An average of several
// digits is not a digit: a restored image may be blurred where the noise leaves several answers open.
//
// The answers: copying has the error $\mathbb{E}\,\lVert \sigma \varepsilon \rVert^2 = d\,\sigma^2$. The mean image has the total
// variance $\operatorname{tr} C$ as its error, where $C = \tfrac1N X^\top X$ is the covariance of the centred images, the rows of $X$.

// %% [markdown] slideshow={"slide_type":"slide"} notes="The second term of the first line is weight decay. That is why this network may have as many code dimensions as it likes."
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
// **Noise on the input acts as a penalty on the weights.** So the map no longer copies: $W = I$ now costs $d\,\sigma^2$. (In
// other networks small noise acts as a penalty on the slopes of the output: Bishop 1995; the contractive autoencoder of Rifai and
// others 2011 has that penalty instead of noise.) $R$ is strictly convex; set its derivative to zero:
//
// $$-2\,(I - W)\, C + 2 \sigma^2 W = 0 \quad\Longleftrightarrow\quad W = C\,(C + \sigma^2 I)^{-1}.$$
//
// Along the eigenvector $u_j$ of $C$, with eigenvalue $\lambda_j$, this multiplies by $w_j = \lambda_j / (\lambda_j + \sigma^2)$ and
// leaves the error $(1 - w_j)^2 \lambda_j + \sigma^2 w_j^2$. Summed over all directions this is
//
// $$R_{\min} = \sum_{j=1}^{d} \frac{\lambda_j\, \sigma^2}{\lambda_j + \sigma^2} .$$
//
// Each term is at most $\lambda_j$ (give $u_j$ up) and at most $\sigma^2$ (copy it). PCA keeps or drops a direction; this map
// **shrinks** it, and it shrinks most where the data vary least.

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
  const source = "Σ λσ²/(λ + σ²) in NumPy, float64";
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

// %% [markdown] slideshow={"slide_type":"slide"} notes="Nothing in this cell knows the covariance. Let them say which line carries the idea: the target."
// ### Does gradient descent find it?
//
// One matrix of 4,096 weights, all 0 at the start; Adam; new noise at every step.

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
plot.table(linear, { title: "Gradient descent on noisy digits reaches Wiener's error" });

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
  title: "More noise, more shrinking, most of all where the variance is small",
  x: "principal direction j",
  y: "share kept, wⱼ",
  points: ["learnt, 0.01", "learnt, 0.1"],
});

// %% [markdown]
// It does. Each point sits on its curve $\lambda_j / (\lambda_j + \sigma^2)$. A map that copies would be a level line at 1, PCA a step
// from 1 to 0.

// %% slideshow={"slide_type":"skip"} tags=["check"]
check(
  ...variances.map((s2, i) => {
    const expected = { target: byHand[i], tolerance: "2 %", source: "R_min" } as const;
    return [`learnt, σ² = ${s2}`, learnt[i].error, expected] as const;
  }),
);

// %% [markdown] slideshow={"slide_type":"slide"} notes="The linear map knows only variances and covariances. Ask what a network could know beyond them: strokes are connected, ink is never negative."
// ### Can a nonlinear autoencoder do better?
//
// *Predict: an encoder of 256 rectified units and a linear decoder, the same noise. Is its error on new digits below Wiener's, and by
// 2 % or by 20 %?*
//
// Wiener's map is the best *linear* restorer; the conditional mean $m$ need not be linear. Now we need digits that training has not
// seen: the file is sorted by writer, so it is shuffled first (seed 6); 1,497 digits train, 300 measure. Wiener's map gets mean and
// covariance of the same 1,497. Width, steps and learning rate were chosen without looking at the 300.

// %% slideshow={"slide_type":"skip"}
const order = tf.topk(random.uniform([1797]), 1797).indices; // a random order
const shuffled: tf.Tensor2D = tf.gather(digits.images, order);
const [seenDigits, newDigits] = tf.split(shuffled, [1497, 300]) as tf.Tensor2D[];
const seenMean = seenDigits.mean(0);
const trainX: tf.Tensor2D = seenDigits.sub(seenMean); // [1497, 64]
const newX: tf.Tensor2D = newDigits.sub(seenMean); // [300, 64]

// %% slideshow={"slide_type":"skip"}
const ofTraining = linalg.eigh(tf.matMul(trainX, trainX, true).div(1497));
function wienerOfTraining(s2: number): tf.Tensor2D {
  const shares = tf.div(ofTraining.values, ofTraining.values.add(s2)); // wⱼ
  return tf.matMul(tf.mul(ofTraining.vectors, shares), ofTraining.vectors, false, true);
}

// %% slideshow={"slide_type":"skip"}
async function nonlinear(s2: number) {
  const model = models.deepAutoencoder({
    sizes: [64, 256],
    codeActivation: "relu",
    output: "squared",
    seed: 6,
  });
  const loss = (clean: tf.Tensor2D) => model.loss(noisy(clean, s2), clean);
  const learningRate = (step: number) => 0.003 * (1 - step / 2400);
  const optimizer = tf.train.adam(0.003);
  await fit(loss, trainX, { epochs: 200, batchSize: 128, optimizer, learningRate, seed: 6 });
  return model;
}

// %% slideshow={"slide_type":"-"}
const networks: models.Autoencoder[] = [];
for (const s2 of variances) networks.push(await nonlinear(s2));
const restorers = networks.map(
  ({ encode, decode }) =>
    (x: tf.Tensor2D) =>
      decode(encode(x)), // r
);

// %% slideshow={"slide_type":"skip"}
const tenTimes: tf.Tensor2D = tf.tile(newX, [10, 1]); // each new digit with ten noises
const onNew = variances.map((s2, i) => {
  const noisyDigits = noisy(tenTimes, s2);
  const linearOutput: tf.Tensor2D = tf.matMul(noisyDigits, wienerOfTraining(s2));
  const wienersError = errorOf(linearOutput, tenTimes);
  const error = errorOf(restorers[i](noisyDigits), tenTimes);
  return { "σ²": s2, Wiener: wienersError, autoencoder: error, ratio: error / wienersError };
});

// %% slideshow={"slide_type":"slide"} notes="All three rows are on digits that neither method has seen."
plot.table(new DataFrame(onNew), {
  title: "On new digits the nonlinear autoencoder beats the best linear map",
});

// %% slideshow={"slide_type":"slide"} notes="Move the slider from little noise to much. Look at the paper between the strokes: the linear map leaves clouds, the network leaves fewer."
const newFew: tf.Tensor2D = newX.slice([0, 0], [12, 64]);
const byNoise = variances.map((s2, i) => {
  const damagedFew = noisy(newFew, s2);
  const linearFew: tf.Tensor2D = tf.matMul(damagedFew, wienerOfTraining(s2));
  const strip: tf.Tensor2D = tf.concat([
    damagedFew,
    linearFew,
    restorers[i](damagedFew),
    newFew,
  ]);
  const title = `Both blur, the autoencoder less (σ² = ${s2})`;
  const rows = ["noisy", "Wiener", "autoencoder", "clean"];
  return [`${s2}`, plot.images(strip.add(seenMean), { title, columns: 12, rows })];
});
plot.slider(Object.fromEntries(byNoise), { label: "σ² =", start: "0.1" });

// %% slideshow={"slide_type":"slide"} notes="Raise the noise step by step: which restorer is best at which level? Then set it to 0 and draw a digit. Ask why the restorer of much noise makes a clean drawing worse."
const wienerMap = { weights: wienerOfTraining(0.05), bias: tf.zeros([64]) };
const linearLayer = { ...wienerMap, activation: "linear" as const };
const wienerParts = { encoder: { dense: [linearLayer] }, decoder: { dense: [] } };
const named = variances.map((s2, i) => [`autoencoder, ${s2}`, networks[i]]);
explore.compare(
  {
    "Wiener, 0.05": { parts: { ...wienerParts, output: "squared" } },
    ...(Object.fromEntries(named) as Record<string, models.Autoencoder>),
  },
  {
    images: newDigits.slice([0, 0], [15, 64]),
    mean: seenMean,
    damage: { noise: [0, 0.01, 0.05, 0.1, 0.2] },
  },
);

// %% [markdown]
// The autoencoder's error is about a fifth below Wiener's: a network can use that strokes are connected and that much of the
// paper is exactly 0, which a covariance cannot express. (The least possible error is not known, because nobody can compute $m$
// for handwriting.) In the explorer each name has the σ² of its training, and each restorer is best near its own.

// %% slideshow={"slide_type":"skip"} tags=["check"]
check(
  ...onNew.map(row => {
    const claim = `new digits, σ² = ${row["σ²"]}`;
    return [
      claim,
      row.ratio,
      { atMost: 0.92, unit: "of Wiener's", source: "another run: 0.84" },
    ] as const;
  }),
);

// %% [markdown] slideshow={"slide_type":"slide"} notes="Show the column of losses alone and let them vote which of the three is best. The wrong one wins, which is the point."
// ## 4 · The wrong target looks perfect
//
// *Predict: by mistake $\tilde x$ is the target as well as the input. What does the loss do? What does the map do?*
//
// The map copies: $W = I$ has loss 0. The loss looks better than ever, and all the noise stays, with error $d\,\sigma^2$. **A low
// loss says nothing when the target is wrong.**
//
// Does the target have to be clean? No. Take a *second* noisy copy $x' = x + \sigma \varepsilon'$ with independent noise. Given
// $\tilde x$, it has the same mean as $x$, so section 2 holds with the same $m$; the loss only grows by the constant $d\,\sigma^2$.
// (Lehtinen and others 2018 restore photographs in this way.) The noise of the target must not be predictable from the input.

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

// %% slideshow={"slide_type":"slide"} notes="Rows one and two are the same picture: that is what a perfect loss looks like."
const seen = noisy(few, 0.05);
const outputs = [seen, seen.matMul(wrong.w), seen.matMul(learnt[1].w), few] as tf.Tensor2D[];
const rows: tf.Tensor2D = tf.concat(outputs);
plot.images(rows.add(mean), {
  title: "Trained to reproduce its input, the map keeps the noise",
  columns: 12,
  rows: ["noisy", "target: input", "target: clean", "clean"],
});

// %% [markdown]
// The second row repeats the first, grain by grain; the third is smooth and a little blurred, as a mean is.

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

// %% [markdown] slideshow={"slide_type":"slide"} notes="Three lines, and the only fact used about the noise is the derivative of a Gaussian. Diffusion models are trained with exactly this loss, at many noise levels."
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
// formula). $\nabla \log p$ is the **score**, and training to denoise is score matching (Vincent 2011). As $\sigma \to 0$, the
// arrow becomes $\sigma^2 \nabla \log p$, a limit that Alain and Bengio (2014) prove for autoencoders. Wiener's map is the formula
// for a Gaussian: $W - I = -\sigma^2\, (C + \sigma^2 I)^{-1}$.
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

// %% [markdown] slideshow={"slide_type":"slide"} notes="Let them choose: tiny noise because the limit says so, or large noise because it is easy to learn? Then go through the table by columns."
// ### Learn it, and choose the noise
//
// *Predict: which noise gives the best picture of $\nabla \log p$: $\sigma = 0.02$, $0.1$ or $0.5$?*
//
// A network 2-64-64-64-2 sees 2,000 points of the ring, noisy anew at each step. All arrows are compared at once: with $a$ for
// the learnt and $b$ for the true arrows at 2,000 fresh points, the cosine is
// $\langle a, b \rangle / (\lVert a \rVert\, \lVert b \rVert)$. So long arrows count more than the short ones on the ridge (the
// circle, where the density is high), where the direction means little.

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
    "cosine with ∇ log p_σ": cosine(arrows, blurred),
    "length, ours / true": tf.div(arrows.norm(), blurred.norm()).dataSync()[0],
    "cosine with ∇ log p": cosine(arrows, score(fresh, v)),
  };
});
plot.table(new DataFrame(fields), {
  title: "Too little noise: arrows too long. Too much noise: arrows of another density",
  decimals: 3,
});

// %% [markdown]
// Here $\sigma = 0.1$ is best. At 0.02 the directions are right, but the arrows are about twice as long as they should be: the
// network moves points a little too far towards the ridge, and dividing by $\sigma^2 = 0.0004$ makes a small fault large. At 0.5
// both direction and length fit $p_\sigma$, but $p_\sigma$ is a blob, not the ring. So choose noise as wide as the structure that
// you care for, here $\sqrt{v} = 0.1$.

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
// Near the ring both colours agree, and both point at right angles to it. The data lie near a curve, a one-dimensional
// **manifold**; noise leads off it, restoring leads back. At the centre and in the corners the colours differ: no training point
// ever came there, so nothing fixes the network's output.

// %% [markdown] slideshow={"slide_type":"slide"} notes="Take the vote before the next figure. Then say where this leads: a diffusion model is this loop with the noise lowered step by step."
// ### Restoring is not sampling
//
// *Predict: apply $r$ ten times to noisy points. Do they become a sample of the ring, with its width?*
//
// Each step climbs the density, so the points should gather on the ridge. To sample, put noise back at each step. **Langevin's
// recipe** for a density $q$ with a step of size $\delta$ is
//
// $$x \leftarrow x + \tfrac{\delta}{2}\, \nabla \log q(x) + \sqrt{\delta}\, \xi, \qquad \xi \sim \mathcal{N}(0, I).$$
//
// For small $\delta$ and many steps its points are a sample of $q$. Our network knows the score of $q = p_\sigma$: it is $(r(x) -
// x) / \sigma^2$. Take $\delta = \sigma^2 / 5$ and 200 steps, and start from the points that $r$ has collapsed.

// %% slideshow={"slide_type":"skip"}
const offRing = (x: tf.Tensor2D) => x.norm("euclidean", 1).sub(1).abs().mean().dataSync()[0];
const start = noisy(fresh, 0.01); // a sample of p_σ, σ = 0.1
let restoredTenTimes = start;
for (let step = 0; step < 10; step++) restoredTenTimes = r(restoredTenTimes);

// %% slideshow={"slide_type":"skip"}
function langevinStep(x: tf.Tensor2D): tf.Tensor2D {
  const uphill: tf.Tensor2D = tf.mul(tf.sub(r(x), x), 1 / 10); // δ/2 · (r(x) − x) / σ²
  return noisy(tf.add(x, uphill), 0.01 / 5); // noise of variance δ
}
let sampled = restoredTenTimes;
for (let step = 0; step < 200; step++) sampled = tf.tidy(() => langevinStep(sampled));

// %% slideshow={"slide_type":"-"}
const clouds = [start, restoredTenTimes, sampled].map((cloud, i) =>
  cloud.slice([0, 0], [600, 2]).add([3 * i, 0]),
);
const number = Array.from({ length: 1800 }, (_, i) => 1 + Math.floor(i / 600));
plot.scatter(tf.concat(clouds) as tf.Tensor2D, number, {
  title: "Restoring again and again collapses the ring; noise brings its width back",
  x: "1: noisy data · 2: restored ten times · 3: then 200 steps of Langevin (side by side)",
  y: "x₂",
});

// %% [markdown]
// They do not: ring 2 has lost its width. **Restoring is not sampling.** With noise put back, ring 3 is as wide as ring 1. (Diffusion
// models also lower $\sigma$ step by step.)

// %% slideshow={"slide_type":"skip"} tags=["check"]
const [tiny, middle, huge] = fields;
const [toBlurred, toClean] = ["cosine with ∇ log p_σ", "cosine with ∇ log p"] as const;
const collapsed = offRing(restoredTenTimes) / offRing(fresh);
const spread = offRing(sampled) / offRing(start);
check(
  ["cosine with ∇ log p, 0.1", middle[toClean], { atLeast: 0.95, source: "limit" }],
  ["cosine with ∇ log p_σ, 0.5", huge[toBlurred], { atLeast: 0.97, source: "every σ" }],
  ["cosine with ∇ log p, 0.5", huge[toClean], { atMost: 0.75, source: "blurred" }],
  ["length, 0.02", tiny["length, ours / true"], { atLeast: 1.5, source: "fault / σ²" }],
  [
    "length, 0.1",
    middle["length, ours / true"],
    { target: 1, tolerance: "10 %", source: "∇ log p_σ" },
  ],
  ["width, restored / clean", collapsed, { atMost: 0.5, source: "no sampling" }],
  ["width, Langevin / noisy", spread, { target: 1, tolerance: "15 %", source: "p_σ" }],
);

// %% [markdown] slideshow={"slide_type":"slide"} notes="The bars run for half a minute; start them, then ask for the predictions. Tied weights keep the number of parameters, and the time, low."
// ## 6 · MNIST behind a mask
//
// *Predict: erase a quarter of the pixels. Does an autoencoder that was trained on clean digits fill the holes? One that was
// trained on holes?*
//
// **Masking** sets each pixel to 0 with probability $\nu$: $\tilde x = x \odot b$, with independent $b_i \in \{0, 1\}$ and
// $P(b_i = 0) = \nu$. This noise is not additive: the damage depends on the image (paper cannot be erased), and what is lost must come from
// the other pixels. Left as it is, a masked image has the error $\nu\, \mathbb{E}\,\lVert x \rVert^2$. Section 2 holds for any noise:
// the best restorer is still $\mathbb{E}[x \mid \tilde x]$ (for the cross-entropy too). The formula of section 5 is for Gaussian
// noise only. Masked autoencoders of images (He and others 2022) hide three quarters of a photograph in the same way.
//
// The model is one layer each way with tied weights: the code $z = s(W x + b)$ has 400 units, the output is $s(W^\top z + c)$, and
// $s$ is the logistic function. The loss is the cross-entropy to the *clean* pixels, summed, in nats.

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
  const b = make.constant([400], 0);
  const c = make.constant([784], 0);
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
const shares = [0, 0.25, 0.75]; // ν in training
const nets: ReturnType<typeof tiedAutoencoder>[] = [];
for (const share of shares) nets.push(await trained(share, 6));

// %% slideshow={"slide_type":"skip"}
const levels = [0, 0.1, 0.25, 0.5, 0.75]; // ν in the test
const errorOn = (net: ReturnType<typeof tiedAutoencoder>, input: tf.Tensor2D) =>
  tf.tidy(() => errorOf(net.restore(input), digit));
const errors = levels.map(level => {
  const holes = masked(digit, level);
  const plain = nets.map(net => errorOn(net, holes));
  const dimmed = nets.map((net, i) => {
    const brightness = Math.min(1, (1 - shares[i]) / (1 - level)); // of the training images
    return tf.tidy(() => errorOn(net, tf.mul(holes, brightness)));
  });
  const left = errorOf(holes, digit);
  holes.dispose();
  return { masked: left, plain, dimmed };
});

// %% slideshow={"slide_type":"slide"} notes="First the lines: at 0, at 25 and at 75 percent the lowest line is the network that was trained there. Then ask why the 75 percent network is so bad on clean digits. Only then point at the dots."
const curves = {
  "trained at 0 %": errors.map(({ plain }) => plain[0]),
  "at 25 %": errors.map(({ plain }) => plain[1]),
  "at 75 %": errors.map(({ plain }) => plain[2]),
  "at 25 %, input dimmed": errors.slice(0, 3).map(({ dimmed }) => dimmed[1]),
  "at 75 %, input dimmed": errors.map(({ dimmed }) => dimmed[2]),
};
plot.curves(curves, {
  title: "At 0, 25 and 75 % the autoencoder that was trained there is best",
  x: "share of pixels masked in the test",
  y: "squared error per image",
  at: levels,
  points: ["at 25 %, input dimmed", "at 75 %, input dimmed"],
});

// %% [markdown]
// The autoencoder of clean digits leaves most of a hole empty; those that were trained on holes fill them, and do worse on clean
// digits. The main reason for that is simple: a clean digit has more ink than what they saw in training, $1/(1-\nu)$ times as
// much on average. Multiply the input by $1-\nu$ and most of the extra error is gone (the dots). Dropout rescales its inputs for
// the same reason.

// %% slideshow={"slide_type":"slide"} notes="Let them name the digits in the first row before you uncover the others. Then look for restored strokes that are wrong: there are some. Move the slider to 75 percent."
const shown: tf.Tensor2D = digit.slice([0, 0], [12, 784]);
const byLevel = levels.slice(1).map(level => {
  const holes = masked(shown, level);
  const strip: tf.Tensor2D = tf.concat([
    holes,
    ...nets.map(net => net.restore(holes)),
    shown,
  ]);
  const title = `${100 * level} % masked: training on clean digits does not fill holes`;
  const rows = ["masked", "trained at 0 %", "at 25 %", "at 75 %", "clean"];
  return [`${100 * level} %`, plot.images(strip, { title, columns: 12, rows })];
});
plot.slider(Object.fromEntries(byLevel), { label: "masked:", start: "25 %" });

// %% [markdown] slideshow={"slide_type":"slide"} notes="Same network, same start, same steps. Only the damage differs. Ask for a vote: does more masking always mean more local?"
// ### What the noise does to the filters
//
// *Predict: each unit looks at the image through a filter, a column of `w`. Does more masking make filters ever more local?*
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
// 24 of the 400 filters, from the most local one to the widest, each scaled to its own largest weight.
function gallery(w: tf.Tensor2D): tf.Tensor2D {
  const used = pixelsUsed(w);
  const fromLocal = Array.from(used.keys()).sort((i, j) => used[i] - used[j]);
  const some = Array.from({ length: 24 }, (_, i) => fromLocal[Math.round((i * 399) / 23)]);
  const filters: tf.Tensor2D = tf.gather(w.transpose() as tf.Tensor2D, some);
  const scaled = tf.div(filters, tf.max(tf.abs(filters), 1, true));
  return tf.add(tf.mul(scaled, 0.5), 0.5); // grey is a weight of 0
}

// %% slideshow={"slide_type":"slide"} notes="Grey is 0, white negative, black positive. Ask what a white spot does to a unit when there is ink on it: it switches the unit off."
plot.images(tf.concat(nets.map(({ w }) => gallery(w))) as tf.Tensor2D, {
  title: "Some masking makes filters local, much masking makes them wide again",
  columns: 12,
  rows: ["0 %", "", "25 %", "", "75 %", ""],
});

// %% slideshow={"slide_type":"-"}
const mostlyNegative = (w: tf.Tensor2D) =>
  100 * tf.neg(w.min(0)).greater(w.max(0)).cast("float32").mean().dataSync()[0];
const used = nets.map(({ w }) => median(pixelsUsed(w)));
const untrained = tiedAutoencoder(6).w;
const filters = new DataFrame({
  "trained at": ["not at all", "0 %", "25 %", "75 %"],
  "pixels a filter uses (median)": [median(pixelsUsed(untrained)), ...used],
  "largest weight negative (% of filters)": [untrained, ...nets.map(({ w }) => w)].map(
    mostlyNegative,
  ),
});
plot.table(filters, { title: "The same in numbers, after 15 epochs", decimals: 0 });

// %% [markdown]
// No. Of these three, 25 % gives the most local filters and 75 % wider ones. Vincent and others (2008) also see larger features with
// more noise. Grey is a weight of 0. Most spots are white, a group of negative weights: ink there switches the unit off, and while
// it is on, it removes ink there through $W^\top$. The sizes depend on the training time as well: after 60 epochs the filters of
// 25 % are more local still.

// %% slideshow={"slide_type":"skip"}
const ownToBestOther = (level: number, own: number) => {
  const { plain } = errors[levels.indexOf(level)];
  return plain[own] / Math.min(...plain.filter((_, net) => net !== own));
};
const dimmedToPlain = (net: number) => errors[0].dimmed[net] / errors[0].plain[net]; // clean digits
const kept = errors[2].plain[1] / errors[2].masked;
const best = { atMost: 0.9, source: "its own level" };

// %% slideshow={"slide_type":"skip"} tags=["check"]
const ofMask = 0.25 * digit.square().sum(1).mean().dataSync()[0]; // ν · mean |x|²
const uniform = { target: 435.6, tolerance: "2 %", source: "784 · 5/9" } as const;
const long: Check[] = [
  ["restored / masked, 25 %", kept, { atMost: 0.4, source: "60 % less" }],
  ["own / best other, 0 %", ownToBestOther(0, 0), best],
  ["own / best other, 25 %", ownToBestOther(0.25, 1), best],
  ["own / best other, 75 %", ownToBestOther(0.75, 2), best],
  ["dimmed / bright, 25 % net", dimmedToPlain(1), { atMost: 0.75, source: "1 − ν" }],
  ["dimmed / bright, 75 % net", dimmedToPlain(2), { atMost: 0.75, source: "1 − ν" }],
  ["pixels used, 25 % / 0 %", used[1] / used[0], { atMost: 0.75, source: "local filters" }],
  ["pixels used, 75 % / 25 %", used[2] / used[1], { atLeast: 1.15, source: "wide again" }],
];
check(
  ["error of the mask", errors[2].masked, { target: ofMask, tolerance: "1 %", source: "ν" }],
  ["pixels used, untrained", median(pixelsUsed(untrained)), uniform],
  ...(quick ? [] : long), // without native TensorFlow the training is too short for them
);

// %% [markdown] slideshow={"slide_type":"slide"} notes="These are errors of classifiers that start from such codes, not of restorers. Lesson 10 builds one."
// ## Published results
//
// What made the method known is another experiment: Vincent and others (2010) stack three such layers, each trained to denoise, and
// train a classifier from there. Below are eight rows of their Table 3. `rot` are rotated digits, `bg-rand` digits on noise,
// `bg-img` digits on photographs, `rect` rectangles; all but the first have 10,000 images to train on. The authors choose the noise
// for each row on validation images.

// %% slideshow={"slide_type":"-"}
const table3 = new DataFrame({
  data: ["MNIST", "basic", "rot", "bg-rand", "bg-img", "bg-img-rot", "rect", "rect-img"],
  SVM: [1.4, 3.03, 11.11, 14.58, 22.61, 55.18, 2.15, 24.04],
  autoencoders: [1.4, 3.46, 10.3, 11.28, 23.0, 51.93, 2.41, 24.05],
  "RBMs (lesson 16)": [1.24, 3.11, 10.3, 6.73, 16.31, 47.39, 2.6, 22.5],
  denoising: [1.28, 2.84, 9.53, 10.3, 16.68, 43.76, 1.99, 21.59],
});
plot.table(table3, {
  title: "Published test errors (%): denoising is lowest in five rows, RBMs in three",
  decimals: 2,
});

// %% [markdown] slideshow={"slide_type":"slide"} notes="Exercises 1 and 3 in class, 2 and 4 at home, 5 for those who liked the ring. Number 2 is the mistake that everybody makes once."
// ## Exercises
//
// Replace `exercise.todo(…)` and run the check below it. Each check draws new questions of new sizes, so nothing can be copied.
// `linalg` has `eigh` and `svd`.

// %% slideshow={"slide_type":"skip"} exercise={"role":"sheet"}
const sheet = exercise.sheet("Exercises of lesson 06");
const sumOf = (numbers: number[]) => numbers.reduce((a, b) => a + b, 0); // for the checks
const onAxes = (axes: tf.Tensor2D, values: number[]): tf.Tensor2D =>
  tf.matMul(axes.mul(values), axes, false, true);
const inverseOf = (matrix: tf.Tensor2D): tf.Tensor2D => {
  const { values, vectors } = linalg.eigh(matrix);
  return tf.matMul(vectors.div(values), vectors, false, true);
};
const maskedMoments = (m: tf.Tensor2D, kept: number): tf.Tensor2D =>
  m.mul(kept).add(m.mul(tf.eye(m.shape[0])).mul(1 - kept)); // E[x̃ x̃ᵀ] / kept
const perImage = (y: tf.Tensor2D, x: tf.Tensor2D) =>
  tf.mean(tf.sum(tf.squaredDifference(y, x), 1)).dataSync()[0];
function question2(draw: exercise.Draw) {
  const [n, d] = [draw.integer(2, 6), draw.integer(2, 5)];
  const [clean, noise, map] = [draw.normal(n, d), draw.normal(n, d), draw.normal(d, d)];
  const restore = (x: tf.Tensor2D): tf.Tensor2D => tf.tanh(tf.matMul<tf.Tensor2D>(x, map));
  return { n, d, clean, noise, restore, seen: clean.add(noise) as tf.Tensor2D };
}

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
  const values = [...draw.descending(draw.integer(1, 4), 0.1, 2), 0]; // one without variance
  const [axes, s2] = [draw.directions(values.length), draw.number(0.3, 0.8) + 5e-4]; // ≠ λ
  const map = (share: (value: number) => number) => onAxes(axes, values.map(share));
  const c = map(v => v);
  return {
    given: `σ² = ${s2.toFixed(4)} and eigenvalues ${values}`,
    got: wienerFilter(c, s2),
    expected: map(v => v / (v + s2)),
    tolerance: 1e-3,
    mistakes: {
      "That is I − W, what is taken away.": map(v => s2 / (v + s2)),
      "That is only (C + σ²I)⁻¹: multiply by C.": map(v => 1 / (v + s2)),
      "Take sigma2 as it is: it is the variance already.": map(v => v / (v + s2 ** 2)),
      "Take no root of sigma2: the formula has σ².": map(v => v / (v + Math.sqrt(s2))),
      "Divide matrix by matrix, not entry by entry.": c.div(c.add(map(() => 1).mul(s2))),
      "PCA keeps or drops a direction; this map shrinks it.": map(v => (v > s2 ? 1 : 0)),
    },
  };
});

// %% [markdown] slideshow={"slide_type":"skip"}
// **2 ★★ The loss.** `restore` maps damaged images to restored ones, both $[N, d]$. Corrupt `clean` by adding `noise` (same shape)
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
  const { n, d, clean, noise, restore, seen } = question2(draw);
  const right = perImage(restore(seen), clean);
  const length = tf.norm(tf.sub(restore(seen), clean), "euclidean", 1).mean();
  return {
    given: `${n} images of ${d} pixels and a nonlinear restore`,
    got: denoisingLoss(restore, clean, noise),
    expected: right,
    mistakes: {
      "Wrong target: the noisy input rewards copying.": perImage(restore(seen), seen),
      "restore never saw the noise: corrupt its input.": perImage(restore(clean), clean),
      "That is the error before restoring.": perImage(seen, clean),
      "Compare with the image, not with the noise.": perImage(restore(seen), noise),
      "That is the mean over both: sum over the pixels.": right / d,
      "That is the sum: average over the images.": right * n,
      "Square the differences: the task asks for squared lengths.": length.dataSync()[0],
    },
  };
});

// %% [markdown] slideshow={"slide_type":"skip"}
// **3 ★★ Predict, then run.** You train a linear restorer under noise of variance $\sigma^2$ per pixel, on data with these eigenvalues of
// the covariance (in any order), until it has converged. Before any training: return `[loss, error]` for the given `target`: the
// loss that you will read and the squared error to the clean images, both per image, summed over the pixels. The check asks for
// all three targets. The second noisy copy has noise of the same variance.
//
// <details><summary>Hint</summary>Section 4 names the map that each target leads to; section 3 has its error.</details>

// %% slideshow={"slide_type":"skip"} exercise={"id":"3","role":"starter"}
type Aim = "clean image" | "noisy input" | "second noisy copy";

function afterTraining(eigenvalues: number[], sigma2: number, target: Aim): number[] {
  return exercise.todo(eigenvalues, sigma2, target); // [loss, error]
}

// %% slideshow={"slide_type":"skip"} exercise={"id":"3","role":"check"}
await sheet.check("3 · Predict, then run", draw => {
  const values = draw.shuffled(draw.descending(draw.integer(2, 6), 0.1, 2));
  const s2 = draw.number(0.2, 0.8);
  const [r, noise] = [sumOf(values.map(v => (v * s2) / (v + s2))), values.length * s2];
  const aims: Aim[] = ["clean image", "noisy input", "second noisy copy"];
  const table = (input: number[], second: number[]) => [[r, r], input, second];
  return {
    given: `eigenvalues ${values}, σ² = ${s2}, targets ${aims.join(", ")}`,
    got: aims.map(aim => afterTraining(values, s2, aim)),
    expected: table([0, noise], [r + noise, r]),
    mistakes: {
      "With the input as target the map copies.": table([r, r], [r + noise, r]),
      "A loss of 0 does not mean that the noise is gone.": table([0, 0], [r + noise, r]),
      "The copy's own noise stays in the loss.": table([0, noise], [r, r]),
      "The map does not learn the copy's noise.": table([0, noise], [r + noise, r + noise]),
      "The variance is per pixel: all d pixels count.": table([0, s2], [r + s2, r]),
      "Loss first, error second.": table([noise, 0], [r, r + noise]),
    },
  };
});

// %% [markdown] slideshow={"slide_type":"skip"}
// **4 ★★★ Masking against Gaussian noise.** Return the best linear restorer $W$, $[d, d]$, of masked images: it minimises
// $\mathbb{E}\, \lVert W \tilde x - x \rVert^2$, with images as columns, not centred, and no bias. `moments` holds the second
// moments $M = \mathbb{E}[x x^\top]$, and `share` is $\nu$, the probability that a pixel is erased.
//
// <details><summary>Hint</summary>$W = \mathbb{E}[x \tilde x^\top]\; \mathbb{E}[\tilde x \tilde x^\top]^{-1}$. Two different pixels
// survive together with probability $(1 - \nu)^2$, a pixel with itself with $1 - \nu$.</details>

// %% slideshow={"slide_type":"skip"} exercise={"id":"4","role":"starter"}
function unmask(moments: tf.Tensor2D, share: number): tf.Tensor2D {
  return exercise.todo(moments, share);
}

// %% slideshow={"slide_type":"skip"} exercise={"id":"4","role":"check"}
await sheet.check("4 · Masking against Gaussian noise", draw => {
  const values = draw.descending(draw.integer(2, 5), 0.5, 4);
  const [moments, share] = [draw.symmetric(values), draw.number(0.15, 0.4)];
  const right: tf.Tensor2D = tf.matMul(moments, inverseOf(maskedMoments(moments, 1 - share)));
  const identity = tf.eye(values.length);
  const gaussian = inverseOf(moments.add(identity.mul(share)));
  return {
    given: `second moments with eigenvalues ${values}, share = ${share}`,
    got: unmask(moments, share),
    expected: right,
    tolerance: 2e-3,
    mistakes: {
      "Mind the diagonal of the second matrix.": identity.div(1 - share),
      "That copies: pairs of different pixels survive less often.": identity,
      "That is for Gaussian noise of variance ν.": tf.matMul(moments, gaussian),
      "E[x x̃ᵀ] is (1 − ν) M, not M.": right.div(1 - share),
      "Images are columns: the inverse stands on the right.": tf.transpose(right),
    },
  };
});

// %% [markdown] slideshow={"slide_type":"skip"}
// On MNIST at 25 %, with a bias, this map leaves a squared error of 9.3 per test image, and 8.5 when the smallest eigenvalues are
// cut off: compare with section 6.
//
// **5 ★★★ The restorer that knows only its examples.** Let $p$ be the training set itself: each of the $N$ rows of `examples` with
// probability $1/N$. For the point `seen` (one row, $[1, d]$) under Gaussian noise of variance `sigma2`, return the best restored
// point and the score $\nabla \log p_\sigma$ there, both $[1, d]$. (Then ask yourself: what does an autoencoder do that reaches this
// training error?)
//
// <details><summary>Hint</summary>Section 5: $p_\sigma$ is a mixture of $N$ Gaussians, as the ring is one of 40.</details>

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
  const [n, d, s2] = [draw.integer(3, 7), draw.integer(1, 4), draw.number(0.3, 0.7)];
  const [examples, seen] = [draw.normal(n, d), draw.normal(1, d)];
  const apart = tf.sum(tf.squaredDifference(examples, seen), 1); // squared distances, [n]
  const towards = (scale: number): tf.Tensor2D =>
    tf.matMul(tf.softmax(apart.div(-scale)).as2D(1, n), examples);
  const pair = (m: tf.Tensor2D, by: number) => tf.concat([m, m.sub(seen).div(by)]);
  const [found, m] = [fromExamples(examples, seen, s2), towards(2 * s2)];
  return {
    given: `${n} examples in ${d} dimensions, σ² = ${s2}: restored, then score`,
    got: tf.concat([found.restored, found.score]),
    expected: pair(m, s2),
    mistakes: {
      "A Gaussian has 2σ² below the squared distance.": pair(towards(s2), s2),
      "Divide by the variance, not by its root.": pair(m, Math.sqrt(s2)),
      "The score is the step divided by σ².": pair(m, 1),
      "The score points to the data: m(x̃) − x̃.": pair(m, -s2),
    },
  };
});

// %% slideshow={"slide_type":"skip"}
sheet;

// %% [markdown] slideshow={"slide_type":"slide"} notes="Go back to the question of the first slide: nobody described the noise to the network. It learned what clean images have in common."
// ## To remember
//
// 1. The best restorer returns the mean of all clean images that can stand behind the damaged one.
// 2. Among linear maps that is Wiener's filter, $C\,(C + \sigma^2 I)^{-1}$: noise acts as a penalty on the weights, and copying is
//    no longer the best. A nonlinear autoencoder did better on new digits.
// 3. The target must not repeat the input's noise; with $\tilde x$ as target the loss is perfect and the map useless.
// 4. Under Gaussian noise the correction is $\sigma^2\, \nabla \log p_\sigma$: near the data a denoising autoencoder knows the score.
//    Restoring climbs; sampling needs noise as well.
// 5. The noise is a choice: it decides which structure is seen, at which damage the error is lowest, and what filters look like.
//
// **So read "clean noisy data" on the slide as: learn what data look like, by undoing damage that you made.** Next question: what do
// more layers gain? Lesson 07.
//
// **References.** Miyasawa 1961, *An empirical Bayes estimator of the mean of a normal population*, Bulletin of the International
// Statistical Institute 38 ·
// Bishop 1995, [doi:10.1162/neco.1995.7.1.108](https://doi.org/10.1162/neco.1995.7.1.108) ·
// Vincent, Larochelle, Bengio and Manzagol 2008, [doi:10.1145/1390156.1390294](https://doi.org/10.1145/1390156.1390294) ·
// Vincent, Larochelle, Lajoie, Bengio and Manzagol 2010, *Stacked denoising autoencoders*, Journal of Machine Learning Research
// 11, 3371-3408 ·
// Efron 2011, [doi:10.1198/jasa.2011.tm11181](https://doi.org/10.1198/jasa.2011.tm11181) ·
// Rifai, Vincent, Muller, Glorot and Bengio 2011, *Contractive auto-encoders*, International Conference on Machine Learning ·
// Vincent 2011, [doi:10.1162/NECO_a_00142](https://doi.org/10.1162/NECO_a_00142) ·
// Alain and Bengio 2014, *What regularized auto-encoders learn from the data-generating distribution*, Journal of Machine Learning
// Research 15, 3743-3773 ·
// Lehtinen and others 2018, *Noise2Noise*, [doi:10.48550/arXiv.1803.04189](https://doi.org/10.48550/arXiv.1803.04189) ·
// He and others 2022, *Masked autoencoders are scalable vision learners*,
// [doi:10.48550/arXiv.2111.06377](https://doi.org/10.48550/arXiv.2111.06377)

// %% [markdown] slideshow={"slide_type":"skip"}
// ## Appendix · The formula of section 5, checked by samples
//
// The conditional mean is computed here from its definition: 20,000 clean points of the ring, weighted by the density of the noise
// between each of them and $\tilde x$. It is compared with $\sigma^2\, \nabla \log p_\sigma$. The second check is the limit: the
// relative gap between $\nabla \log p_\sigma$ and $\nabla \log p$ falls as $\sigma^2$, so half the noise gives a quarter of the gap.

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

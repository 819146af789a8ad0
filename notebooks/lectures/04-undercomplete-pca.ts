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

// %% [markdown] slideshow={"slide_type":"slide"} notes="Read the slide's sentence aloud and ask for votes: error, subspace, or axes? Write the votes on the board; the lesson ends with them."
// # Lesson 04 · Undercomplete autoencoders and PCA
//
// The lecture's slide (Roman-Rangel, *AutoEncoders*, 2021) says that an autoencoder whose code is shorter than its input, and
// whose maps are linear, is equivalent to PCA. **Equivalent in what: the same error, the same subspace, or the same axes?**
//
// After this lesson you can
//
// 1. read from the eigenvalues how much a code of $k$ numbers must lose, and prove it;
// 2. say where a linear autoencoder can come to rest, and show the way down from a saddle;
// 3. train one with TensorFlow.js and decide by numbers whether it got there;
// 4. recover the principal axes, and say what that takes.
//
// You need encoder, decoder and code from lesson 03, and eigenvectors of a symmetric matrix. About 25 minutes to read, one minute
// to run.

// %% slideshow={"slide_type":"skip"}
import { DataFrame } from "danfojs-node";
import { check, data, engineRoute, exercise, linalg, plot, tf, train } from "latent";

// %% [markdown] slideshow={"slide_type":"slide"} notes="Keep it short. The point: an image is a point in 64 dimensions, and errors are summed over pixels, averaged over images."
// ## 1 · The data
//
// Take $n = 1797$ handwritten digits of $8 \times 8$ pixels. Every image is a point in $\mathbb{R}^d$, $d = 64$; a pixel is a grey
// level from 0 (paper) to 1 (ink). All errors below are **squared errors per image**: squared differences of grey levels, summed
// over the pixels, averaged over the images.

// %% slideshow={"slide_type":"-"}
const digits = await data.digits8x8();
plot.images(digits.images.slice([0, 0], [60, 64]), {
  title: "Digits of 64 numbers each: how many numbers do they need?",
  columns: 20,
});

// %% [markdown] slideshow={"slide_type":"slide"} notes="Let them guess the share first. Nearly everybody says more than it is."
// ## 2 · PCA: the best that $k$ numbers can do
//
// *Predict: keep 2 numbers an image instead of 64. What share of the variance can they carry at best: 3 %, 30 % or 80 %?*
//
// Subtract the mean image and write the results as the rows of $X \in \mathbb{R}^{n \times d}$; from here on $x_i \in
// \mathbb{R}^d$ is such a centred image, as a column. Covariance and eigenvectors are
//
// $$C = \tfrac1n X^\top X = \sum_{j=1}^{d} \lambda_j\, u_j u_j^\top, \qquad
// \lambda_1 \ge \dots \ge \lambda_d \ge 0, \qquad u_i^\top u_j = \delta_{ij}.$$
//
// A **linear undercomplete autoencoder** codes $x$ by $k < d$ numbers, $z = W_1 x$ with $W_1 \in \mathbb{R}^{k \times d}$, and
// decodes them to $\hat x = W_2 z$ with $W_2 \in \mathbb{R}^{d \times k}$. With $W = W_2 W_1$ its error is
//
// $$E(W_1, W_2) = \frac1n \sum_{i=1}^{n} \lVert x_i - W x_i \rVert^2 .$$
//
// **Claim.** $E \ge \sum_{j > k} \lambda_j$, and PCA, $W_1^\top = W_2 = U_k = (u_1 \dots u_k)$, reaches this **tail sum**.

// %% [markdown] slideshow={"slide_type":"slide"} notes="The whole proof is a budget: k units to spend on eigenvalues, at most one on each. Section 7 uses the same three steps once more."
// **Proof** (the content of Eckart and Young 1936). *Step 1: the decoder limits what any encoder can do.* Choose $Q \in
// \mathbb{R}^{d \times k}$ with orthonormal columns whose span contains the columns of $W_2$. Every $\hat x$ lies in that span, and
// its point nearest to $x$ is $QQ^\top x$. So $\lVert x - \hat x \rVert \ge \lVert x - QQ^\top x \rVert$.
//
// *Step 2: Pythagoras.* $\lVert x - QQ^\top x \rVert^2 = \lVert x \rVert^2 - \lVert Q^\top x \rVert^2$. Averaged over the images,
// the first term is $\operatorname{tr} C = \sum_j \lambda_j$, the total variance; the second is $\operatorname{tr}(Q^\top C Q) =
// \sum_j \lambda_j\, p_j$ with $p_j = \lVert Q^\top u_j \rVert^2$.
//
// *Step 3: $k$ units to spend.* A projection lengthens nothing, so $p_j \le 1$; and $\sum_j p_j = \lVert Q \rVert_F^2 = k$, because
// the $u_j$ are an orthonormal basis and $Q$ has $k$ columns of length 1. Then $\sum_j \lambda_j p_j$ is largest when the $k$
// largest eigenvalues get one unit each, which leaves the tail sum. For $Q = U_k$ every step is an equality. $\square$
//
// Biases are not missing: for a fixed $W$ the best output bias on uncentred images is $(I - W)\,\bar x$, and with it the error is
// that of the centred ones.

// %% slideshow={"slide_type":"skip"}
function principalComponents(x: tf.Tensor2D) {
  const covariance: tf.Tensor2D = x.transpose().matMul(x).div(x.shape[0]); // C, [d, d]
  return linalg.eigh(covariance); // values λ₁ ≥ λ₂ ≥ … [d], vectors u₁, u₂, … [d, d]
}

// %% slideshow={"slide_type":"skip"}
const x: tf.Tensor2D = digits.images.sub(digits.images.mean(0)); // X, [1797, 64]
const pca = principalComponents(x);
const lambda = Array.from(pca.values.dataSync());
const tailSum = (k: number) => lambda.slice(k).reduce((sum, value) => sum + value, 0);

// %% slideshow={"slide_type":"slide"} notes="Count with them: two bars out of 64. Where would you cut, and why does the figure not tell you?"
const kept = 1 - tailSum(2) / tailSum(0);
plot.spectrum(lambda, {
  title: `Two directions of 64 carry ${(100 * kept).toFixed(1)} % of the variance`,
  x: "direction j",
  y: "variance λⱼ (grey level²)",
  keep: 2,
});

// %% [markdown]
// Read the bars: $\lambda_j$ is the variance of the images along $u_j$; the left two add up to what is kept, the others to the
// error that remains. If the images lay close to a plane, the bars would drop to nothing after the second. They fall slowly, so two
// numbers must be a poor code here. The last three are 0: three pixels are paper in every image.

// %% slideshow={"slide_type":"skip"} tags=["check"]
const source = "another program, in float64";
const sums = {
  "k = 0": 4.693276,
  "k = 2": 3.355253,
  "k = 10": 1.228574,
  "k = 30": 0.192024,
};
const ours = [0, 2, 10, 30].map(tailSum);
const known = Object.entries(sums).map(([name, target], i) => {
  return [`tail sum, ${name}`, ours[i], { target, tolerance: 2e-5, source }] as const;
});
check(...known);

// %% [markdown] slideshow={"slide_type":"slide"} notes="Ask where a blind walker on this landscape can stand still. The answer is finite: one choice of eigenvectors after the other."
// ## 3 · The landscape: one valley, many saddles
//
// *Predict: fill both matrices with random numbers and go downhill. Can you end in a dead end above the tail sum?*
//
// Baldi and Hornik (1989) answer for an invertible $C$ with distinct eigenvalues (ours, once the empty pixels are left out). Set
// both derivatives of $E = \operatorname{tr}\,(I - W)\, C\, (I - W)^\top$ to zero:
//
// $$\frac{\partial E}{\partial W_1} = -2\, W_2^\top (I - W)\, C = 0, \qquad
// \frac{\partial E}{\partial W_2} = -2\, (I - W)\, C\, W_1^\top = 0 .$$
//
// Let $P$ be the orthogonal projection on the columns of $W_2$. The first equation says $W_2^\top = W_2^\top W$, so $P = P W = W$:
// **at rest the autoencoder is an orthogonal projection.** The second, times $W_2^\top$ from the right, becomes $(I - P)\, C\, P =
// 0$: $C$ maps the span of $P$ into itself, and such a span is made of eigenvectors. So every critical point keeps a set $J$ of at
// most $k$ eigenvectors and loses the rest:
//
// $$E_J = \sum_{j \notin J} \lambda_j .$$
//
// One set gives the tail sum. From any other of size $k$ there is a way down: some $u_i$ is forgotten although a $u_j$ with
// smaller $\lambda_j$ is kept. Turn $u_j$ towards $u_i$ by $\theta$; the variance along $\cos\theta\, u_j + \sin\theta\, u_i$ is
// $\lambda_j \cos^2\theta + \lambda_i \sin^2\theta$, hence
//
// $$E(\theta) = E_J - (\lambda_i - \lambda_j) \sin^2\theta :$$
//
// no slope at $\theta = 0$, curvature $-2(\lambda_i - \lambda_j) < 0$. (A smaller set leaves a code number idle, which can take up
// a forgotten eigenvector.) So there is no local minimum but the global one; all else are saddles.
//
// In the code an image is a *row*, so matrices stand transposed: `encoder` is $W_1^\top$, `decoder` is $W_2^\top$.

// %% slideshow={"slide_type":"skip"}
// Per image: summed over the pixels, averaged over the rows.
const squaredError = (x: tf.Tensor2D, y: tf.Tensor2D): tf.Scalar =>
  x.sub(y).square().sum(1).mean();
const codeError = (encoder: tf.Tensor2D, decoder: tf.Tensor2D): tf.Scalar =>
  squaredError(x, tf.matMul(tf.matMul(x, encoder), decoder)); // E(W₁, W₂)

// %% slideshow={"slide_type":"skip"}
const u = (j: number): tf.Tensor2D => pca.vectors.slice([0, j - 1], [64, 1]); // uⱼ, [64, 1]
const project = (...directions: tf.Tensor2D[]) => {
  const q: tf.Tensor2D = tf.concat(directions, 1); // orthonormal columns, [64, k]
  return { q, error: codeError(q, q.transpose()).dataSync()[0] };
};

// %% slideshow={"slide_type":"skip"}
const slopes = tf.grads((w1, w2) => codeError(w1 as tf.Tensor2D, w2 as tf.Tensor2D));
const steepest = (q: tf.Tensor2D) =>
  Math.max(...slopes([q, q.transpose()]).map(slope => slope.abs().max().dataSync()[0]));

// %% slideshow={"slide_type":"-"}
const choices = ["1, 2", "1, 3", "2, 3", "1, 4"].map(J => {
  const [a, b] = J.split(", ").map(Number);
  const { q, error } = project(u(a), u(b));
  const waysDown = a - 1 + (b - 2); // forgotten i < a, and forgotten i < b
  return { J, error, "steepest slope": steepest(q), "ways down": waysDown };
});
plot.table(new DataFrame(choices), {
  title: "Four flat places, only one without a way down",
});

// %% slideshow={"slide_type":"skip"}
const degrees = Array.from({ length: 25 }, (_, i) => 5 * (i - 12)); // −60 … 60
const turned = (from: tf.Tensor2D, to: tf.Tensor2D, degree: number): tf.Tensor2D =>
  from
    .mul(Math.cos((degree * Math.PI) / 180))
    .add(to.mul(Math.sin((degree * Math.PI) / 180)));
const along = (from: number, to: number) =>
  degrees.map(degree => project(u(1), turned(u(from), u(to), degree)).error);

// %% slideshow={"slide_type":"skip"}
const ways = {
  "{1, 3}: u₃ towards u₂": along(3, 2),
  "{1, 3}: u₃ towards u₄": along(3, 4),
  "{1, 2}: u₂ towards u₃": along(2, 3),
};

// %% slideshow={"slide_type":"slide"} notes="Point at the middle: all three are flat there. Only the indigo one goes down on both sides."
plot.curves(ways, {
  title: "A saddle goes down one way and up another; the minimum goes up",
  x: "angle θ (degrees)",
  y: "squared error per image",
  at: degrees,
});

// %% [markdown]
// Read the curves at 0°: all are level. At {1, 3} turning towards the forgotten $u_2$ gains, towards $u_4$ it costs: a saddle. At
// {1, 2} every turn costs. Were {1, 3} a local minimum, its first curve would rise as well.

// %% slideshow={"slide_type":"skip"} tags=["check"]
const [before, here, after] = ways["{1, 3}: u₃ towards u₂"].slice(11, 14);
const bend = (before + after - 2 * here) / ((5 * Math.PI) / 180) ** 2;
const formula = -2 * (lambda[1] - lambda[2]);
check(
  [
    "slope at {1, 3}",
    choices[1]["steepest slope"],
    { atMost: 1e-4, source: "Baldi & Hornik" },
  ],
  ["its curvature to u₂", bend, { target: formula, tolerance: "2 %", source: "−2(λ₂ − λ₃)" }],
);

// %% [markdown] slideshow={"slide_type":"slide"} notes="Run it live: the bar and the curve move. Ask what the plateau is before you show the next figure."
// ## 4 · An autoencoder that has never heard of eigenvectors
//
// *Predict: random matrices, Adam, 600 steps. Where does it stop, and will it rest on the way?*
//
// A good error is not yet a good subspace, so measure both. Let the columns of $Q$ be an orthonormal basis of the learnt span. The
// sine of the angle between a unit vector $Qy$ and the span of $U_k$ is the length of what sticks out, $\lVert (I - U_k U_k^\top)\,
// Q\, y \rVert$. So the singular values of $(I - U_k U_k^\top)\, Q$ are the sines of $k$ angles, the **principal angles** (Björck
// and Golub 1973). All are 0° exactly when the spans are equal.

// %% slideshow={"slide_type":"skip"}
function linearAutoencoder(d: number, k: number, seed: number) {
  const random = (rows: number, columns: number, seed: number): tf.Tensor2D =>
    tf.variable(tf.randomNormal([rows, columns], 0, 1 / Math.sqrt(d), "float32", seed));
  const encoder = random(d, k, seed); // W₁ᵀ, [d, k]
  const decoder = random(k, d, seed + 1); // W₂ᵀ, [k, d]
  const encode = (x: tf.Tensor2D): tf.Tensor2D => tf.matMul(x, encoder); // z, [n, k]
  const decode = (z: tf.Tensor2D): tf.Tensor2D => tf.matMul(z, decoder); // x̂, [n, d]
  const reconstruct = (x: tf.Tensor2D) => decode(encode(x));
  return { encoder, decoder, encode, reconstruct };
}

// %% slideshow={"slide_type":"skip"}
const U = (k: number): tf.Tensor2D => pca.vectors.slice([0, 0], [64, k]); // U_k
const angle = (decoder: tf.Tensor2D) =>
  linalg.principalAngles(U(decoder.shape[0]), decoder.transpose())[0]; // the largest

// %% slideshow={"slide_type":"skip"}
const small = linearAutoencoder(64, 2, 4);
const adam = tf.train.adam(0.01);
const angles: number[] = [];
const live = train.progress({
  steps: 600,
  title: "The error falls, rests, and falls again",
  y: "squared error per image",
});

// %% slideshow={"slide_type":"-"}
for (let step = 0; step < 600; step++) {
  angles.push(angle(small.decoder));
  live.step(await train.minimize(adam, () => squaredError(x, small.reconstruct(x))));
}
live.end();

// %% slideshow={"slide_type":"skip"}
const level = (value: number) => live.values.map(() => value);
const descent = {
  autoencoder: live.values,
  "saddle {1, 3}": level(choices[1].error),
  "tail sum": level(tailSum(2)),
};

// %% slideshow={"slide_type":"slide"} notes="The plateau is the saddle {1, 3}. Another seed may pass another saddle, or none."
plot.curves(descent, {
  title: "The descent rests at a saddle and ends at the tail sum",
  x: "step",
  y: "squared error per image",
});

// %% [markdown]
// Read the curve: it ends on the line that the eigenvalues drew beforehand. On its way it rests for almost a hundred steps where
// the code has found $u_1$ and $u_3$. Other seeds pass by faster; all ten that we tried end at the tail sum. A dead end would show
// as a curve that stays flat above it.

// %% slideshow={"slide_type":"slide"} notes="On a log axis a straight line means: the angle shrinks by the same factor each step."
const byStep = { "largest principal angle": angles };
plot.curves(byStep, {
  title: "Off the saddle, the subspace turns into that of PCA",
  x: "step",
  y: "angle (degrees)",
  log: true,
});

// %% [markdown]
// Read the angle: near 90° while the code rests at the saddle, where one of its directions is missing altogether; then it falls by
// a factor of a million. (At the kink near step 300 Adam overshoots.) An autoencoder that found another plane would stay at a
// level of its own.
//
// ### The same subspace, not the same axes
//
// *Predict: are the two rows of the decoder now $u_1$ and $u_2$?*
//
// Where $\lambda_k > \lambda_{k+1}$, step 3 of the proof leaves no choice of the subspace, but every choice *within* it: for any
// invertible $G \in \mathbb{R}^{k \times k}$ the pair $W_2 = U_k G$, $W_1 = G^{-1} U_k^\top$ has the product $U_k U_k^\top$, and
// with it the same error (Bourlard and Kamp 1988).

// %% slideshow={"slide_type":"skip"}
const mixing: tf.Tensor2D = tf.matMul(U(2), small.decoder, true, true); // G = U₂ᵀ W₂
const [[g11], [g21]] = mixing.abs().arraySync() as number[][]; // of the decoder's first row
const [far, near] = [g11, g21].sort((a, b) => a - b);
const offAxis = (Math.atan2(far, near) * 180) / Math.PI; // from the nearer of u₁ and u₂

const degree = (value: number) => `${value.toFixed(2)}°`;
const apart = linalg.principalAngles(U(2), small.decoder.transpose()).map(degree);
console.log(`principal angles ${apart.join(" and ")}`);
console.log(`the decoder's first row is ${degree(offAxis)} from the nearer of u₁ and u₂`);

// %% slideshow={"slide_type":"slide"} notes="The same picture as PCA, seen through a sheared window. Ask which digits overlap and whether more training would part them."
plot.scatter(small.encode(x), digits.labels, {
  title: "The codes are those of PCA, turned, stretched and sheared",
  x: "code z₁ (grey level)",
  y: "code z₂ (grey level)",
});

// %% [markdown]
// Read the figure: each point is an image, each label stands at the median of its digit. The plane is PCA's, the axes are not: $G$
// mixes them, and another seed mixes them in another way. An invertible map cannot part what lies on one spot, so digits that
// overlap here overlap in PCA's own codes as well. In another plane other digits would fall together.

// %% slideshow={"slide_type":"skip"} tags=["check"]
const smallError = codeError(small.encoder, small.decoder).dataSync()[0];
check(
  [
    "error, k = 2",
    smallError,
    { target: tailSum(2), tolerance: "0.5 %", source: "tail sum" },
  ],
  ["largest angle", angle(small.decoder), { atMost: 0.5, unit: "°", source: "0° at rest" }],
  ["decoder off axis", offAxis, { atLeast: 1, unit: "°", source: "axes are free" }],
);

// %% [markdown] slideshow={"slide_type":"slide"} notes="Two least squares problems, solved in turn, are the power method in disguise. The slope of the line was known before it was run."
// ## 5 · No step size at all: alternating least squares
//
// *Predict: $E$ is quadratic in either matrix alone. Solve for one, then for the other, and repeat: faster or slower?*
//
// For a given decoder the best code of $x$ is $z = W_2^{+} x$ with the pseudo-inverse $W_2^{+} = (W_2^\top W_2)^{-1} W_2^\top$.
// For given codes $Z = X W_1^\top$ the best decoder solves $W_2^\top = Z^{+} X$. Put the first into the second: $W_2$ becomes $C\,
// W_2$ times an invertible matrix. **The span is multiplied by $C$ in each sweep**: the power method. What sticks out of the span
// of $U_k$ shrinks against the rest by $\lambda_{k+1} / \lambda_k$ a sweep in the long run. (Roweis 1998 reads the sweep as EM for
// PCA without noise.)

// %% slideshow={"slide_type":"skip"}
const pseudoInverse = (a: tf.Tensor2D): tf.Tensor2D => {
  const { u, s, v } = linalg.svd(a); // a = u · diag(s) · vᵀ
  return tf.matMul(v.div(s), u, false, true);
};

// %% slideshow={"slide_type":"skip"}
let decoder: tf.Tensor2D = tf.randomNormal([2, 64], 0, 1, "float32", 4); // W₂ᵀ
const sweeps: number[] = [];
for (let sweep = 0; sweep < 80; sweep++) {
  const z: tf.Tensor2D = tf.matMul(x, pseudoInverse(decoder));
  decoder = tf.matMul(pseudoInverse(z), x);
  sweeps.push(angle(decoder));
}

// %% slideshow={"slide_type":"skip"}
const ratio = lambda[2] / lambda[1];
const predicted = sweeps.map((_, i) => sweeps[39] * ratio ** (i - 39));
const bySweep = { "least squares": sweeps, "(λ₃ / λ₂)ᵗ": predicted };

// %% slideshow={"slide_type":"slide"} notes="The slope of the line follows from two eigenvalues; only then was it measured."
plot.curves(bySweep, {
  title: "Each sweep multiplies the angle by λ₃ / λ₂",
  x: "sweep t",
  y: "angle (degrees)",
  log: true,
});

// %% [markdown]
// Read the line: where the angle is small the sweeps follow the prediction. Equal eigenvalues $\lambda_k = \lambda_{k+1}$ would make
// it level: many subspaces are then equally good, and there is no single one to turn to.

// %% slideshow={"slide_type":"skip"} tags=["check"]
const measured = (sweeps[59] / sweeps[39]) ** (1 / 20);
check(
  ["angle after 80 sweeps", sweeps[79], { atMost: 0.1, unit: "°", source: "0° at rest" }],
  ["factor a sweep", measured, { target: ratio, tolerance: "1 %", source: "λ₃ / λ₂" }],
);

// %% [markdown] slideshow={"slide_type":"slide"} notes="The table is the slide. Ask for k = 64: zero, because W = I then."
// ## 6 · How many numbers?
//
// *Predict: with how many numbers is about a tenth of the variance lost: 5, 20 or 50?*
//
// The same loop for eight code lengths; the targets are the tail sums.

// %% slideshow={"slide_type":"skip"}
async function trained(k: number, steps: number, penalty = 0) {
  const model = linearAutoencoder(64, k, 4);
  const adam = tf.train.adam(0.02);
  const size = (weights: tf.Tensor2D) => weights.square().sum();
  for (let step = 0; step < steps; step++) {
    await train.minimize(adam, () => {
      const sizes = size(model.encoder).add(size(model.decoder));
      return codeError(model.encoder, model.decoder).add(sizes.mul(penalty)) as tf.Scalar;
    });
  }
  return { ...model, error: codeError(model.encoder, model.decoder).dataSync()[0] };
}

// %% slideshow={"slide_type":"skip"}
const lengths = [2, 3, 5, 8, 10, 16, 20, 30];
const reached: number[] = [];
for (const k of lengths) reached.push((await trained(k, 500)).error);
const tails = lengths.map(tailSum);
const excess = reached.map((error, i) => (100 * (error - tails[i])) / tails[i]);

// %% slideshow={"slide_type":"-"}
const table = new DataFrame({
  k: lengths,
  "tail sum": tails,
  autoencoder: reached,
  "above it (%)": excess.map(percent => Math.max(0, percent)),
  "variance kept (%)": tails.map(tail => 100 * (1 - tail / tailSum(0))),
});
plot.table(table, { title: "The error of every code length is the tail sum" });

// %% slideshow={"slide_type":"slide"} notes="The first numbers are dear, the later ones cheap. Ask which k they would pay for, and note that the figure cannot say."
const byLength = { "tail sum": tails, autoencoder: reached };
plot.curves(byLength, {
  title: "Every number more buys less",
  x: "code length k",
  y: "squared error per image",
  at: lengths,
  points: ["autoencoder"],
});

// %% [markdown]
// Read the points: each sits on the line, and the line is steep at the left. Around $k = 20$ a tenth of the variance is lost. A
// point above the line would be an autoencoder that was not trained to the end; below it there can be none.

// %% slideshow={"slide_type":"skip"} tags=["check"]
const most = Math.max(...excess);
check(
  ["most above a tail sum", most, { atMost: 2, unit: "%", source: "Baldi & Hornik" }],
  [
    "least above it",
    Math.min(...excess),
    { atLeast: -0.01, unit: "%", source: "Eckart & Young" },
  ],
);

// %% [markdown] slideshow={"slide_type":"slide"} notes="Tell the story straight: a preprint had a gap, a reader wrote, the author agreed, and a better theorem came of it."
// ## 7 · What it takes to get the axes
//
// *Predict: take the singular value decomposition (SVD) of the decoder. Are its left singular vectors $u_1, \dots, u_k$?*
//
// That is Plaut's proposal (2018). But for $W_2 = U_k G$ they are $U_k$ times the left singular vectors of $G$, and plain training
// leaves $G$ open. The theorem in the preprint's first version was false as stated; Bloom wrote to Plaut, who agreed. Yet it had
// worked in the experiments: they were trained with weight decay. Kunin, Bloom, Goeva and Seed (2019) proved that this is what it
// takes. Charge for large weights, with a price $\alpha$ in squared grey levels:
//
// $$L = E(W_1, W_2) + \alpha\, \bigl( \lVert W_1 \rVert_F^2 + \lVert W_2 \rVert_F^2 \bigr), \qquad 0 < \alpha < \lambda_k .$$
//
// **Claim.** For $\lambda_1 > \dots > \lambda_{k+1}$ the minima are $W_2 = U_k\, S\, O$ and $W_1 = W_2^\top$, with any orthogonal $O
// \in \mathbb{R}^{k \times k}$ and $S = \operatorname{diag}(s_i)$, $\;s_i^2 = 1 - \alpha / \lambda_i$. So the SVD of $W_2$ shows the
// axes, in order.

// %% [markdown] slideshow={"slide_type":"slide"} notes="The budget again. Only the gain per unit has changed, from the eigenvalue to (eigenvalue − α)²/eigenvalue."
// **Proof**, with the steps of section 2 (theirs is more general). *Step 1: what weights cost.* For any symmetric $T$ with
// eigenvalues from 0 to 1, $2 \operatorname{tr}(T W_2 W_1) \le \lVert T W_2 \rVert_F^2 + \lVert W_1 \rVert_F^2 \le \lVert W_2
// \rVert_F^2 + \lVert W_1 \rVert_F^2$, with equality only if $T W_2 = W_2 = W_1^\top$. Take the $T$ with eigenvectors $u_j$ and
// eigenvalues $\min(1, \lambda_j / \alpha)$.
//
// *Step 2: complete the square.* With $W = QM$, $M \in \mathbb{R}^{k \times d}$ and $p_j$ as before, $L \ge \operatorname{tr} C - 2
// \operatorname{tr}\bigl(M (C - \alpha T)\, Q\bigr) + \operatorname{tr}(M C M^\top)$. The best $M = Q^\top (C - \alpha T)\, C^{-1}$
// makes this $\sum_j \lambda_j - \sum_j p_j\, g(\lambda_j)$ with $g(\lambda) = \max(0, \lambda - \alpha)^2 / \lambda$.
//
// *Step 3: $k$ units to spend.* $g$ does not fall with $\lambda$, so the first $k$ eigenvalues get one unit each: $W = U_k (I -
// \alpha \Lambda_k^{-1})\, U_k^\top$ with $\Lambda_k = \operatorname{diag}(\lambda_1 \dots \lambda_k)$. Equality in step 1 asks for
// $W_1 = W_2^\top$, so $W = W_2 W_2^\top$, which leaves $W_2 = U_k S O$ and nothing else. $\square$

// %% slideshow={"slide_type":"skip"}
const alpha = lambda[3] / 4; // below λ₄: above it the fourth code number would die
const plain = await trained(4, 500);
const decayed = await trained(4, 500, alpha);

// %% slideshow={"slide_type":"skip"}
// The rows of `decoder` are the columns of W₂: its right singular vectors are W₂'s left ones.
const axesOf = (model: { decoder: tf.Tensor2D }): tf.Tensor2D => linalg.svd(model.decoder).v; // [64, 4]
const both: tf.Tensor2D = tf.concat([axesOf(plain), axesOf(decayed)], 1); // v₁ … v₄ twice
const products: tf.Tensor2D = tf.matMul(U(4), both, true); // uᵢᵀ vⱼ, [4, 8]
const cosines: tf.Tensor2D = tf.abs(products);

// %% slideshow={"slide_type":"slide"} notes="Left: a mixture. Right: the identity. Only the right one has u₁ first, u₂ second."
plot.heatmap(cosines, {
  title: "Weight decay turns the singular vectors into the axes, in order",
  x: "left singular vectors of W₂",
  y: "principal direction",
  z: "|cosine|",
  rows: ["u₁", "u₂", "u₃", "u₄"],
  columns: ["plain v₁", "v₂", "v₃", "v₄", "decay v₁", "v₂", "v₃", "v₄"],
  between: [0, 1],
});

// %% [markdown]
// Read the two squares: at the left each singular vector mixes several $u_i$; at the right $v_i$ is $\pm u_i$. If symmetry were not
// broken by the price of weights, both would look like the left one.

// %% slideshow={"slide_type":"slide"} notes="The eigenvalues come back out of the weights: last column against the one before."
const shrunk = Array.from(linalg.svd(decayed.decoder).s.square().dataSync()); // sᵢ²
const law = shrunk.map((_, i) => 1 - alpha / lambda[i]);
const shrinkage = new DataFrame({
  i: [1, 2, 3, 4],
  "sᵢ²": shrunk,
  "1 − α/λᵢ": law,
  λᵢ: lambda.slice(0, 4),
  "α/(1 − sᵢ²)": shrunk.map(square => alpha / (1 - square)),
});
plot.table(shrinkage, { title: "The singular values tell the eigenvalues", decimals: 5 });

// %% slideshow={"slide_type":"skip"} tags=["check"]
const off = Math.max(...shrunk.map((square, i) => Math.abs(square - law[i])));
const untied = decayed.encoder.sub(decayed.decoder.transpose()).abs().max().dataSync()[0];
const cosine = (i: number, j: number) => cosines.arraySync()[i][j];
check(
  ["sᵢ² − (1 − α/λᵢ)", off, { atMost: 1e-3, source: "Kunin et al. 2019" }],
  ["W₁ − W₂ᵀ", untied, { atMost: 1e-2, source: "Kunin et al. 2019" }],
  ["|u₁ᵀv₁|, decay", cosine(0, 4), { target: 1, tolerance: 0.001, source: "ordered axes" }],
  ["|u₄ᵀv₄|, decay", cosine(3, 7), { target: 1, tolerance: 0.001, source: "ordered axes" }],
  ["|u₁ᵀv₁|, plain", cosine(0, 0), { atMost: 0.999, source: "G is open" }],
);

// %% [markdown] slideshow={"slide_type":"slide"} notes="The bar runs for some ten seconds. Meanwhile: who trusts a small excess? The gap between λ₃₀ and λ₃₁ decides."
// ## 8 · 10,000 MNIST digits, 30 numbers each
//
// *Predict: each step now sees only 1,000 images. Does the error still reach the tail sum, and the subspace still PCA's?*
//
// The same functions, $d = 784$ and $k = 30$. Three learning rates follow each other, the smaller ones to calm the noise of the
// mini-batches. Mean and eigenvectors come from the training images; the 10,000 test images are new to both methods.

// %% slideshow={"slide_type":"skip"}
const count = engineRoute === "wasm" ? 2_000 : 10_000; // in WebAssembly a step is 20 times slower
const mnist = await data.mnist({ train: count, test: 10_000 });
const mean = mnist.train.images.mean(0);
const trainX: tf.Tensor2D = mnist.train.images.sub(mean); // [count, 784]
const testX: tf.Tensor2D = mnist.test.images.sub(mean); // [10000, 784]

const mnistPca = principalComponents(trainX);
const basis: tf.Tensor2D = mnistPca.vectors.slice([0, 0], [784, 30]); // U₃₀
const byPca = (x: tf.Tensor2D): tf.Tensor2D =>
  tf.matMul(tf.matMul(x, basis), basis, false, true); // U₃₀ U₃₀ᵀ x, as rows

// %% slideshow={"slide_type":"skip"}
const large = linearAutoencoder(784, 30, 4);
const loss = (batch: tf.Tensor2D) => squaredError(batch, large.reconstruct(batch));
const watch = train.progress({
  steps: 900,
  title: "The error settles after a hundred steps",
  y: "squared error per image",
  log: true,
});

// %% slideshow={"slide_type":"skip"}
async function learn(rate: number, epochs: number) {
  const adam = tf.train.adam(rate);
  for (const batch of train.batches(trainX, { size: count / 10, epochs, seed: 4 })) {
    watch.step(await train.minimize(adam, () => loss(batch)));
  }
}

// %% slideshow={"slide_type":"-"}
await learn(0.01, 60);
await learn(0.001, 20);
await learn(0.0001, 10);
watch.end();

// %% slideshow={"slide_type":"skip"}
const errorOf = (x: tf.Tensor2D, y: tf.Tensor2D) => squaredError(x, y).dataSync()[0];
const pcaErrors = [trainX, testX].map(x => errorOf(x, byPca(x)));
const ourErrors = [trainX, testX].map(x => errorOf(x, large.reconstruct(x)));
const mnistAngles = linalg.principalAngles(basis, large.decoder.transpose());
const largestAngle30 = `${mnistAngles[0].toFixed(1)}°`;

// %% slideshow={"slide_type":"skip"}
const errors = { images: ["training", "test"], PCA: pcaErrors, autoencoder: ourErrors };
plot.table(new DataFrame(errors), {
  title: `The same error; the largest of 30 principal angles is ${largestAngle30}`,
  decimals: 3,
});

// %% [markdown] slideshow={"slide_type":"slide"} notes="The most useful sentence of the lesson for practice: look at the gap before you trust the error."
// **A good error does not prove a good subspace.** Step 3 of the proof says how far one vouches for the other: each unit that $Q$
// spends beyond the first $k$ eigenvalues costs at least the gap, and these units add up to $\sum_{j>k} p_j = \sum_i \sin^2\theta_i$:
//
// $$E - \sum_{j>k} \lambda_j \;\ge\; (\lambda_k - \lambda_{k+1}) \sum_i \sin^2 \theta_i .$$
//
// For MNIST $\lambda_{30} = 0.3616$ and $\lambda_{31} = 0.3445$: with only 0.001 above the tail sum an angle may still be 14°. With
// half as many epochs at the first rate one of our seeds did just that, and ended 13° off.

// %% slideshow={"slide_type":"slide"} notes="Let them find a difference between the last two rows. There is none to find."
const shown: tf.Tensor2D = testX.slice([0, 0], [12, 784]);
const strips: tf.Tensor2D = tf
  .concat([shown, byPca(shown), large.reconstruct(shown)])
  .add(mean);
plot.images(strips, {
  title: "30 numbers, by PCA and by the autoencoder: the same blur",
  columns: 12,
  rows: ["test digit", "PCA", "autoencoder"],
});

// %% [markdown]
// Read the strips: the last two rows cannot be told apart. Both leave grey shadows where there should be paper: a linear decoder can
// only add and subtract 30 fixed images. Were the subspaces different, some digit would show it.

// %% slideshow={"slide_type":"skip"} tags=["check"]
const [gapAbove, gapBelow] = mnistPca.values.slice([29], [2]).dataSync();
const sines = mnistAngles.reduce((sum, a) => sum + Math.sin((a * Math.PI) / 180) ** 2, 0);
const room = ourErrors[0] - pcaErrors[0] + 5e-5; // for what float32 adds
check(
  [
    "training error",
    ourErrors[0],
    { target: pcaErrors[0], tolerance: "0.2 %", source: "PCA" },
  ],
  ["test error", ourErrors[1], { target: pcaErrors[1], tolerance: "0.2 %", source: "PCA" }],
  ["gap · Σ sin²θ", (gapAbove - gapBelow) * sines, { atMost: room, source: "its excess" }],
);

// %% [markdown] slideshow={"slide_type":"slide"} notes="Ask which row is surprising. Then: the last two rows are lesson 07."
// ## Ours against the papers
//
// On the same test images Hinton and Salakhutdinov (2006, Fig. 2B) report their errors after training on all 60,000 images. 10,000
// cost us 0.1.

// %% slideshow={"slide_type":"-"}
const [none, code] = [Number.NaN, ["PCA", "linear", "logistic PCA", "deep"]];
const papers = new DataFrame({
  "code of 30": code,
  ours: [pcaErrors[1], ourErrors[1], none, none],
  published: [13.87, none, 8.01, 3.0],
  lesson: ["this", "this", "07", "07"],
});
plot.table(papers, { title: "What 30 numbers lose (squared error per image)", decimals: 2 });

// %% [markdown] slideshow={"slide_type":"slide"} notes="Exercise 1 in class, 2 and 3 at home, 4 for those who liked the landscape."
// ## Exercises
//
// Replace `exercise.todo(…)` and run the check below it. The checks work backwards: each draws the answer first and builds the
// question from it, five times, so nothing can be copied. `linalg` has `eigh`, `svd`, `orthonormal` and `principalAngles`.

// %% slideshow={"slide_type":"skip"} exercise={"role":"sheet"}
const sheet = exercise.sheet("Exercises of lesson 04");

// %% [markdown] slideshow={"slide_type":"skip"}
// **1 ★ What must be lost?** Return the smallest error that any linear code of $k$ numbers can have on data with this covariance.
//
// <details><summary>Hint</summary>Section 2, the claim. <code>linalg.eigh</code> gives the largest eigenvalue first.</details>

// %% slideshow={"slide_type":"skip"} exercise={"id":"1","role":"starter"}
function smallestError(covariance: tf.Tensor2D, k: number): number {
  return exercise.todo(covariance, k);
}

// %% slideshow={"slide_type":"skip"} exercise={"id":"1","role":"check"}
await sheet.check("1 · What must be lost?", draw => {
  const [values, k] = [draw.descending(6, 0.1, 3), draw.integer(2, 4)];
  const covariance = draw.symmetric(values); // these eigenvalues, random axes
  const diagonal = covariance.mul(tf.eye(6)).sum(0).arraySync() as number[];
  const sum = (numbers: number[]) => numbers.reduce((total, value) => total + value, 0);
  return {
    given: `k = ${k} and eigenvalues ${values}`,
    got: smallestError(covariance, k),
    expected: sum(values.slice(k)),
    mistakes: {
      "That is what the code keeps; asked is what it loses.": sum(values.slice(0, k)),
      "You left one eigenvalue out: the tail begins at j = k + 1.": sum(values.slice(k + 1)),
      "You counted one too many: the tail begins at j = k + 1.": sum(values.slice(k - 1)),
      "eigh puts the largest first: the tail is at the end.": sum(values.slice(0, -k)),
      "Those are variances of pixels; take eigenvalues.": sum(diagonal.slice(k)),
      "That is a share; asked are squared grey levels.": sum(values.slice(k)) / sum(values),
    },
  };
});

// %% [markdown] slideshow={"slide_type":"skip"}
// **2 ★★ How far apart?** Return the largest principal angle, in degrees, between the column spaces of `a` and `b`, both $[d, k]$ and
// neither orthonormal. Do it without `linalg.principalAngles`.
//
// <details><summary>Hint</summary>Section 4: make both orthonormal first; then what sticks out of the span of one.</details>

// %% slideshow={"slide_type":"skip"} exercise={"id":"2","role":"starter"}
function largestAngle(a: tf.Tensor2D, b: tf.Tensor2D): number {
  return exercise.todo(a, b);
}

// %% slideshow={"slide_type":"skip"} exercise={"id":"2","role":"check"}
await sheet.check("2 · How far apart?", draw => {
  const degrees = [draw.number(10, 30), draw.number(40, 80)];
  const radians = degrees.map(degree => (degree * Math.PI) / 180);
  const [plane, normal] = tf.split(draw.directions(6, 4), 2, 1);
  const tilted = plane.mul(radians.map(Math.cos)).add(normal.mul(radians.map(Math.sin)));
  const mix = tf.tensor2d([1, draw.number(1, 2), draw.number(-1, -0.4), 1], [2, 2]);
  const a: tf.Tensor2D = tf.matMul(plane, mix);
  const b: tf.Tensor2D = tf.matMul(tilted, mix, false, true);
  return {
    given: `two planes with principal angles ${degrees} degrees`,
    got: largestAngle(a, b),
    expected: degrees[1],
    mistakes: {
      "That is the smallest of the angles.": degrees[0],
      "That is the angle in radians.": radians[1],
      "That is the sine; asked is the angle.": Math.sin(radians[1]),
      "That is the cosine; asked is the angle.": Math.cos(radians[1]),
    },
  };
});

// %% [markdown] slideshow={"slide_type":"skip"}
// **3 ★★ From the decoder back to the data.** A linear autoencoder was trained with weight decay $\alpha$ to the end; `decoder` is its
// $W_2^\top$, $[k, d]$. Return the eigenvalues $\lambda_1 \dots \lambda_k$ and, as columns, $u_1 \dots u_k$; signs are free.
//
// <details><summary>Hint</summary>Section 7: solve the formula for the eigenvalue. Mind which singular vectors belong to the rows of
// a transposed matrix.</details>

// %% slideshow={"slide_type":"skip"} exercise={"id":"3","role":"starter"}
interface Axes {
  variances: number[]; // λ₁ ≥ … ≥ λ_k
  directions: tf.Tensor2D; // u₁ … u_k as columns, [d, k]
}

function principalAxes(decoder: tf.Tensor2D, alpha: number): Axes {
  return exercise.todo(decoder, alpha);
}

// %% slideshow={"slide_type":"skip"} exercise={"id":"3","role":"check"}
await sheet.check("3 · From the decoder back to the data", draw => {
  const [values, alpha] = [draw.descending(3, 0.5, 3), draw.number(0.1, 0.3)];
  const axes = draw.directions(8, 3); // u₁ u₂ u₃
  const s = values.map(value => Math.sqrt(1 - alpha / value));
  const decoder: tf.Tensor2D = tf.matMul(draw.directions(3), axes.mul(s), false, true);
  const { variances, directions } = principalAxes(decoder, alpha);
  const cosines = directions.mul(axes).sum(0).abs().dataSync();
  return {
    given: `α = ${alpha}, eigenvalues ${values} and the cosines 1, 1, 1`,
    got: [...variances, ...cosines],
    expected: [...values, 1, 1, 1],
    tolerance: 0.01,
    mistakes: {
      "Those are sᵢ: solve sᵢ² = 1 − α/λᵢ for λᵢ.": [...s, null, null, null],
      "Those are sᵢ²: solve sᵢ² = 1 − α/λᵢ for λᵢ.": [...s.map(v => v * v), null, null, null],
      "Square sᵢ first.": [...s.map(v => alpha / (1 - v)), null, null, null],
      "The eigenvalues are right, the directions are not.": [...values, null, null, null],
    },
  };
});

// %% [markdown] slideshow={"slide_type":"skip"}
// **4 ★★★ The way down.** An autoencoder rests at the critical point that keeps the eigenvectors numbered in `kept` (1 belongs to the
// largest eigenvalue). Return two vectors of length 1: the kept eigenvector `from` and the forgotten eigenvector `to` for which
// turning `from` towards `to` lowers the error fastest.
//
// <details><summary>Hint</summary>Section 3: which pair has the largest difference of eigenvalues?</details>

// %% slideshow={"slide_type":"skip"} exercise={"id":"4","role":"starter"}
interface Turn {
  from: tf.Tensor1D; // [d], length 1
  to: tf.Tensor1D; // [d], length 1
}

function wayDown(covariance: tf.Tensor2D, kept: number[]): Turn {
  return exercise.todo(covariance, kept);
}

// %% slideshow={"slide_type":"skip"} exercise={"id":"4","role":"check"}
await sheet.check("4 · The way down", draw => {
  const values = draw.descending(7, 0.2, 3);
  const kept = [draw.integer(1, 2), draw.integer(4, 5)];
  const covariance = draw.symmetric(values);
  const { from, to } = wayDown(covariance, kept);
  const variance = (v: tf.Tensor1D) => v.dot(covariance.dot(v)).dataSync()[0];
  const [high, low] = kept.map(j => values[j - 1]);
  const best = values[kept[0] === 1 ? 1 : 0]; // the largest that is forgotten
  return {
    given: `eigenvalues ${values}, kept ${kept}: variances along from and to, lengths`,
    got: [variance(from), variance(to), from.norm().dataSync()[0], to.norm().dataSync()[0]],
    expected: [low, best, 1, 1],
    mistakes: {
      "There is a better one to give up.": [high, best, 1, 1],
      "There is a better one to turn to.": [low, values[2], null, null],
      "That leads up: from is kept, to is forgotten.": [best, low, null, null],
      "The numbers in kept begin at 1.": [values[kept[1]], values[0], 1, 1],
    },
  };
});

// %% slideshow={"slide_type":"skip"}
sheet;

// %% [markdown] slideshow={"slide_type":"slide"} notes="Return to the votes of the first slide: two hands were right."
// ## To remember
//
// 1. No linear code of $k$ numbers loses less than the tail sum, and PCA loses no more.
// 2. A linear autoencoder can rest wherever it keeps a set of eigenvectors; only the first $k$ of them make a minimum.
// 3. Trained to the end it puts out what PCA puts out: same error, same subspace.
// 4. Its code is PCA's code up to an invertible matrix; weight decay reduces that to a rotation, and the SVD of the decoder then
//    shows the axes in order.
// 5. A small excess vouches for the subspace only as far as the gap $\lambda_k - \lambda_{k+1}$ is wide.
//
// **So read "equivalent" on the slide as: the output, the error, the subspace; not the axes.** Next question: what do extra code
// numbers do, when $k > d$? Lesson 05.
//
// **References.** Eckart and Young 1936, [doi:10.1007/BF02288367](https://doi.org/10.1007/BF02288367) ·
// Björck and Golub 1973, [doi:10.1090/S0025-5718-1973-0348991-3](https://doi.org/10.1090/S0025-5718-1973-0348991-3) ·
// Bourlard and Kamp 1988, [doi:10.1007/BF00332918](https://doi.org/10.1007/BF00332918) ·
// Baldi and Hornik 1989, [doi:10.1016/0893-6080(89)90014-2](https://doi.org/10.1016/0893-6080(89)90014-2) ·
// Roweis 1998, *EM algorithms for PCA and SPCA*, Advances in Neural Information Processing Systems 10 ·
// Hinton and Salakhutdinov 2006, [doi:10.1126/science.1127647](https://doi.org/10.1126/science.1127647) ·
// Plaut 2018, [doi:10.48550/arXiv.1804.10253](https://doi.org/10.48550/arXiv.1804.10253) ·
// Kunin, Bloom, Goeva and Seed 2019, [doi:10.48550/arXiv.1901.08168](https://doi.org/10.48550/arXiv.1901.08168)

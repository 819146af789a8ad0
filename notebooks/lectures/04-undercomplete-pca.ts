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

// %% [markdown] slideshow={"slide_type":"slide"} notes="Read the slide's sentence aloud and stress the word output. Ask for votes: besides the output, what is equal to PCA's? The error, the subspace, the axes? Write the votes on the board; the lesson ends with them."
// # Lesson 04 · Undercomplete autoencoders and PCA
//
// The lecture's slide (Roman-Rangel, *AutoEncoders*, 2021) says of an undercomplete autoencoder: "Output after the linear
// transformation equivalent to PCA". The slide says *output*. **What follows for the error, for the subspace, and for the
// axes of the code?**
//
// After this lesson you can
//
// 1. read from the eigenvalues how much a code of $k$ numbers must lose, and prove it;
// 2. say where gradient descent on a linear autoencoder can stop, and show the way down from a saddle;
// 3. train one with TensorFlow.js and decide by numbers whether it has converged;
// 4. recover the principal axes, and say which extra assumption that needs.
//
// You need encoder, decoder and code from lesson 03, and eigenvectors of a symmetric matrix. One lecture of 45 minutes; one
// minute to run. Proofs and variations that are not needed for the lecture stand in the appendix.

// %% slideshow={"slide_type":"skip"}
import { DataFrame } from "danfojs-node";
import { check, data, engineRoute, exercise, explore, linalg, plot, tf, train } from "latent";

// %% [markdown] slideshow={"slide_type":"slide"} notes="Keep it short. An image is a point in 64 dimensions. Errors are summed over pixels and averaged over images; say the unit once."
// ## 1 · The data
//
// Take $N = 1797$ handwritten digits of $8 \times 8$ pixels. Every image is a point in $\mathbb{R}^d$, $d = 64$; a pixel is a
// grey level from 0 (paper) to 1 (ink). All errors below are **squared errors per image**: squared differences of grey levels,
// summed over the pixels, averaged over the images.

// %% slideshow={"slide_type":"-"}
const digits = await data.digits8x8();
plot.images(digits.images.slice([0, 0], [24, 64]), {
  title: "Each digit is 64 grey levels: a point in 64 dimensions",
  columns: 12,
});

// %% [markdown] slideshow={"slide_type":"slide"} notes="Let them guess the share first, and write three guesses on the board."
// ## 2 · PCA: the best that $k$ numbers can do
//
// *Predict: keep 2 numbers per image instead of 64. What share of the variance can they carry at best: 3 %, 30 % or 80 %?*
//
// Subtract the mean image and write the results as the rows of $X \in \mathbb{R}^{N \times d}$; from here on $x_n \in
// \mathbb{R}^d$ is such a centred image, as a column. The covariance and its eigenvectors are
//
// $$C = \tfrac1N X^\top X = \sum_{j=1}^{d} \lambda_j\, u_j u_j^\top, \qquad
// \lambda_1 \ge \dots \ge \lambda_d \ge 0, \qquad u_i^\top u_j = \delta_{ij}.$$
//
// A **linear undercomplete autoencoder** encodes $x$ as $k < d$ numbers, $z = W_1 x$ with $W_1 \in \mathbb{R}^{k \times d}$, and
// decodes them to $\hat x = W_2 z$ with $W_2 \in \mathbb{R}^{d \times k}$. With $W = W_2 W_1$ its error is
//
// $$E(W_1, W_2) = \frac1N \sum_{n=1}^{N} \lVert x_n - W x_n \rVert^2 .$$
//
// **Claim.** $E \ge \sum_{j > k} \lambda_j$, and PCA, $W_1^\top = W_2 = U_k = (u_1 \dots u_k)$, reaches this **tail sum**.

// %% [markdown] slideshow={"slide_type":"slide"} notes="The proof is a budget. You have k units to spend on the eigenvalues, at most one on each, so you spend them on the largest. Appendix C uses the same three steps again."
// **Proof** (the content of Eckart and Young 1936).
//
// *Step 1: the decoder limits what any encoder can do.* Choose $Q \in \mathbb{R}^{d \times k}$ with orthonormal columns whose span
// contains the columns of $W_2$. Every $\hat x$ lies in that span, and the point of the span nearest to $x$ is $QQ^\top x$. So
// $\lVert x - \hat x \rVert \ge \lVert x - QQ^\top x \rVert$.
//
// *Step 2: Pythagoras.* $\lVert x - QQ^\top x \rVert^2 = \lVert x \rVert^2 - \lVert Q^\top x \rVert^2$. Averaged over the images,
// the first term is $\operatorname{tr} C = \sum_j \lambda_j$, the total variance; the second is $\operatorname{tr}(Q^\top C Q) =
// \sum_j \lambda_j\, p_j$ with $p_j = \lVert Q^\top u_j \rVert^2$.
//
// *Step 3: $k$ units to spend.* A projection lengthens nothing, so $p_j \le 1$; and $\sum_j p_j = \lVert Q \rVert_F^2 = k$, because
// the $u_j$ are an orthonormal basis and $Q$ has $k$ columns of length 1. Then $\sum_j \lambda_j p_j$ is largest when the $k$
// largest eigenvalues get one unit each, which leaves the tail sum. For $Q = U_k$ every step is an equality. $\square$
//
// Biases change nothing: for a fixed $W$ the best output bias on uncentred images is $(I - W)\,\bar x$, and with it the error is
// that of the centred images.

// %% slideshow={"slide_type":"skip"}
function principalComponents(x: tf.Tensor2D) {
  const covariance: tf.Tensor2D = tf.div(tf.matMul(x, x, true), x.shape[0]); // C, [d, d]
  return linalg.eigh(covariance); // values λ₁ ≥ λ₂ ≥ … [d], vectors u₁, u₂, … [d, d]
}

// %% slideshow={"slide_type":"skip"}
const x: tf.Tensor2D = tf.sub(digits.images, digits.images.mean(0)); // X, [1797, 64]
const pca = principalComponents(x);
const lambda = Array.from(pca.values.dataSync());
const tailSum = (k: number) => lambda.slice(k).reduce((sum, value) => sum + value, 0);

// %% slideshow={"slide_type":"slide"} notes="Count with them: two bars out of 64. Ask: where would you cut? The figure cannot decide that, because it depends on how much error you accept."
const kept = 1 - tailSum(2) / tailSum(0);
plot.spectrum(lambda, {
  title: `Two directions of 64 carry ${(100 * kept).toFixed(1)} % of the variance`,
  x: "direction j",
  y: "variance λⱼ (grey level²)",
  keep: 2,
});

// %% [markdown]
// At best 2 numbers carry 28.5 % of the variance, so "30 %" was the right guess. $\lambda_j$ is the variance of the images along
// $u_j$. The left two bars add up to the variance that is kept, the others to the error that remains. If the images lay close to a
// plane, the bars would drop to almost nothing after the second. They fall slowly, so two numbers must be a poor code here. The
// last three are 0: three pixels are blank in every image.

// %% slideshow={"slide_type":"skip"} tags=["check"]
const float64 = "scripts/reference/digits8x8.py: NumPy, float64";
check(
  ["tail sum, k = 0", tailSum(0), { target: 4.693276, tolerance: 2e-5, source: float64 }],
  ["tail sum, k = 2", tailSum(2), { target: 3.355253, tolerance: 2e-5, source: float64 }],
  ["tail sum, k = 10", tailSum(10), { target: 1.228574, tolerance: 2e-5, source: float64 }],
  ["tail sum, k = 30", tailSum(30), { target: 0.192024, tolerance: 2e-5, source: float64 }],
);

// %% [markdown] slideshow={"slide_type":"slide"} notes="Ask: if you can only feel the slope, where can you stop? The answer is a finite list, with one entry for each choice of eigenvectors."
// ## 3 · Where descent can stop
//
// *Predict: fill both matrices with random numbers and follow the gradient. Can you end in a local minimum above the tail sum?*
//
// Baldi and Hornik (1989) answer this for an invertible $C$ with distinct eigenvalues (ours, once the blank pixels are left out).
// **Every critical point keeps a set $J$ of at most $k$ eigenvectors and loses the others:**
//
// $$W = \sum_{j \in J} u_j u_j^\top, \qquad E_J = \sum_{j \notin J} \lambda_j .$$
//
// (The proof, line by line, is in appendix A.) The first $k$ eigenvectors give the tail sum. From any other set there is a way
// down: it keeps some $u_j$ and loses a $u_i$ with a larger eigenvalue, $\lambda_i > \lambda_j$. Turn $u_j$ towards $u_i$ by an
// angle $\theta$; the variance along $\cos\theta\, u_j + \sin\theta\, u_i$ is $\lambda_j \cos^2\theta + \lambda_i \sin^2\theta$,
// hence
//
// $$E(\theta) = E_J - (\lambda_i - \lambda_j) \sin^2\theta .$$
//
// At $\theta = 0$ this has slope 0 and curvature $-2(\lambda_i - \lambda_j) < 0$. (A set with fewer than $k$ eigenvectors leaves a
// code dimension unused, which can take up a lost eigenvector.) So every local minimum is a global one, and all other critical
// points are saddles.

// %% slideshow={"slide_type":"skip"}
// In the code an image is a row, so the matrices stand transposed: encoder is W₁ᵀ, decoder is W₂ᵀ.
// Per image: summed over the pixels, averaged over the rows.
const squaredError = (x: tf.Tensor2D, y: tf.Tensor2D): tf.Scalar =>
  tf.mean(tf.sum(tf.squaredDifference(x, y), 1));
const codeError = (encoder: tf.Tensor2D, decoder: tf.Tensor2D): tf.Scalar =>
  squaredError(x, tf.matMul(tf.matMul(x, encoder), decoder)); // E(W₁, W₂)

// %% slideshow={"slide_type":"skip"}
const firstAxes = (k: number): tf.Tensor2D => pca.vectors.slice([0, 0], [64, k]); // U_k, [64, k]
const axis = (j: number): tf.Tensor2D => pca.vectors.slice([0, j - 1], [64, 1]); // uⱼ, [64, 1]
const errorOfProjection = (...axes: tf.Tensor2D[]) => {
  const q: tf.Tensor2D = tf.concat(axes, 1); // orthonormal columns, [64, k]
  return codeError(q, q.transpose()).dataSync()[0];
};

// %% slideshow={"slide_type":"skip"}
const gradients = tf.grads((w1, w2) => codeError(w1 as tf.Tensor2D, w2 as tf.Tensor2D));
function steepestSlope(...axes: tf.Tensor2D[]) {
  const q: tf.Tensor2D = tf.concat(axes, 1);
  const largest = gradients([q, q.transpose()]).map(
    gradient => gradient.abs().max().dataSync()[0],
  );
  return Math.max(...largest);
}

// %% slideshow={"slide_type":"-"}
const pairs: [i: number, j: number][] = [
  [1, 2],
  [1, 3],
  [2, 3],
  [1, 4],
]; // the sets J
const criticalPoints = pairs.map(([i, j]) => ({
  J: `${i}, ${j}`,
  error: errorOfProjection(axis(i), axis(j)),
  "steepest slope": steepestSlope(axis(i), axis(j)),
  "ways down": i - 1 + (j - 2), // exchanges of a kept for a lost eigenvector that lower the error
}));
plot.table(new DataFrame(criticalPoints), {
  title: "Four points without a slope; only {1, 2} has no way down",
});

// %% slideshow={"slide_type":"skip"}
const angles = Array.from({ length: 25 }, (_, i) => 5 * (i - 12)); // θ = −60°, −55°, … 60°
const radians = (degrees: number) => (degrees * Math.PI) / 180;
function errorsAlong(from: number, to: number) {
  return angles.map(theta => {
    const cosine = tf.mul(axis(from), Math.cos(radians(theta)));
    const turned: tf.Tensor2D = tf.add(cosine, tf.mul(axis(to), Math.sin(radians(theta))));
    return errorOfProjection(axis(1), turned);
  });
}

// %% slideshow={"slide_type":"slide"} notes="Point at the middle: all three are level there. Only the indigo one goes down, and it does so on both sides."
const turns = {
  "{1, 3}: u₃ towards u₂": errorsAlong(3, 2),
  "{1, 3}: u₃ towards u₄": errorsAlong(3, 4),
  "{1, 2}: u₂ towards u₃": errorsAlong(2, 3),
};
plot.curves(turns, {
  title: "From the saddle {1, 3} one turn goes down; from {1, 2} none does",
  x: "angle θ (degrees)",
  y: "squared error per image",
  at: angles,
});

// %% [markdown]
// No local minimum lies above the tail sum, but a saddle can hold you up. All three curves are level at 0°. At {1, 3} the turn
// towards the lost $u_2$ lowers the error and the turn towards $u_4$ raises it: a saddle. At {1, 2} the turn towards $u_3$ raises
// it, and so does every other turn, by the formula.

// %% slideshow={"slide_type":"skip"} tags=["check"]
const [before, here, after] = turns["{1, 3}: u₃ towards u₂"].slice(11, 14);
const curvature = (before + after - 2 * here) / radians(5) ** 2;
const formula = -2 * (lambda[1] - lambda[2]);
check(
  [
    "slope at {1, 3}",
    criticalPoints[1]["steepest slope"],
    { atMost: 1e-4, source: "Baldi & Hornik" },
  ],
  [
    "curvature to u₂",
    curvature,
    { target: formula, tolerance: "2 %", source: "−2(λ₂ − λ₃)" },
  ],
);

// %% [markdown] slideshow={"slide_type":"slide"} notes="Run it live: the bar and the curve move. Ask what the plateau is before you show the next figure."
// ## 4 · An autoencoder trained by gradient descent
//
// *Predict: random matrices, Adam, 600 steps. Where does it stop, and will it pause on the way?*
//
// A low error does not prove that the subspace is right, so measure both. Let the columns of $Q$ be an orthonormal basis of the
// learned span. A vector of length 1 in this span is $Qy$ with $\lVert y \rVert = 1$. The sine of its angle to the span of $U_k$ is
// the length of its part outside, $\lVert (I - U_k U_k^\top)\, Q\, y \rVert$. So the singular values of $(I - U_k U_k^\top)\, Q$
// are the sines of $k$ angles, the **principal angles** (Björck and Golub 1973). All are 0° exactly when the two subspaces are
// equal.

// %% slideshow={"slide_type":"skip"}
function linearAutoencoder(d: number, k: number, seed: number) {
  const random = (rows: number, columns: number, seed: number): tf.Tensor2D =>
    tf.variable(tf.randomNormal([rows, columns], 0, 1 / Math.sqrt(d), "float32", seed));
  const encoder = random(d, k, seed); // W₁ᵀ, [d, k]
  const decoder = random(k, d, seed + 1); // W₂ᵀ, [k, d]
  const encode = (x: tf.Tensor2D): tf.Tensor2D => tf.matMul(x, encoder); // z, [N, k]
  const decode = (z: tf.Tensor2D): tf.Tensor2D => tf.matMul(z, decoder); // x̂, [N, d]
  const reconstruct = (x: tf.Tensor2D) => decode(encode(x));
  return { encoder, decoder, encode, reconstruct };
}

// %% slideshow={"slide_type":"skip"}
const largestAngle = (decoder: tf.Tensor2D) =>
  linalg.principalAngles(firstAxes(decoder.shape[0]), decoder.transpose())[0]; // to PCA, in degrees

// %% slideshow={"slide_type":"skip"}
const small = linearAutoencoder(64, 2, 4);
const adam = tf.train.adam(0.01);
const angleByStep: number[] = [];
const live = train.progress({
  steps: 600,
  title: "The error falls, pauses, and falls again",
  y: "squared error per image",
});

// %% slideshow={"slide_type":"-"}
for (let step = 0; step < 600; step++) {
  angleByStep.push(largestAngle(small.decoder));
  live.step(await train.minimize(adam, () => squaredError(x, small.reconstruct(x))));
}
live.end();

// %% slideshow={"slide_type":"slide"} notes="The plateau lies on the line of the saddle {1, 3}. Another seed may pass another saddle, or none."
const level = (value: number) => live.values.map(() => value);
const descent = {
  autoencoder: live.values,
  "saddle {1, 3}": level(criticalPoints[1].error),
  "tail sum": level(tailSum(2)),
};
plot.curves(descent, {
  title: "This run pauses at a saddle and ends at the tail sum",
  x: "step",
  y: "squared error per image",
});

// %% [markdown]
// The error ends at the tail sum, which was known before training. On the way it pauses for almost a hundred steps where the code
// has found $u_1$ and $u_3$. Other seeds pause for a shorter time; all ten that we tried end at the tail sum.

// %% slideshow={"slide_type":"slide"} notes="On a log axis a straight line means that the angle shrinks by the same factor in each step."
const byStep = { "largest principal angle": angleByStep };
plot.curves(byStep, {
  title: "Once past the saddle, the subspace turns into PCA's",
  x: "step",
  y: "angle (degrees)",
  log: true,
});

// %% [markdown]
// The angle stays near 90° while the code pauses at the saddle, where one direction is missing altogether; then it falls by a
// factor of a million. (At the kink near step 300 Adam overshoots.) So the subspace is PCA's. Are the axes?
//
// *Predict: are the two rows of the decoder now $u_1$ and $u_2$?*
//
// If $\lambda_k > \lambda_{k+1}$, equality in step 3 of the proof fixes the subspace. It does not fix a basis *within* it: for any
// invertible $G \in \mathbb{R}^{k \times k}$ the pair $W_2 = U_k G$, $W_1 = G^{-1} U_k^\top$ has the product $U_k U_k^\top$, and
// therefore the same error (Bourlard and Kamp 1988).

// %% slideshow={"slide_type":"skip"}
const mixing: tf.Tensor2D = tf.matMul(firstAxes(2), small.decoder, true, true); // G = U₂ᵀ W₂
const degrees = (value: number) => `${value.toFixed(2)}°`;
const anglesToPca = linalg.principalAngles(firstAxes(2), small.decoder.transpose());
console.log("Each row of the decoder as a mixture of u₁ and u₂ (the matrix Gᵀ):");
mixing.transpose().print();
console.log(`principal angles ${anglesToPca.map(degrees).join(" and ")}`);

// %% slideshow={"slide_type":"slide"} notes="The same picture as PCA, seen through a sheared window. Ask which digits overlap, and whether more training would separate them."
plot.scatter(small.encode(x), digits.labels, {
  title: "The codes are PCA's, rotated, stretched and sheared",
  x: "code z₁ (grey level)",
  y: "code z₂ (grey level)",
});

// %% [markdown]
// The rows are not $u_1$ and $u_2$: each mixes both, and another seed mixes them in another way. Each point is an image, each label
// stands at the median of its digit. An invertible map cannot separate points that coincide, so digits that overlap here overlap in
// PCA's own codes as well.

// %% slideshow={"slide_type":"slide"} notes="Move the pointer over the plane and let them describe the pictures. Then draw a digit of your own and ask why so little of it comes back: two numbers, and only sums of two fixed pictures."
explore.plane(explore.linear({ ...small, mean: digits.images.mean(0) }), {
  codes: small.encode(x),
  labels: digits.labels,
  images: digits.images.slice([0, 0], [200, 64]),
});

// %% [markdown]
// Point anywhere, and the page decodes that place; draw a digit, and it is encoded. Every picture is the mean plus multiples of two
// fixed pictures, so digits fade into one another and none is sharp.

// %% slideshow={"slide_type":"skip"} tags=["check"]
const smallError = codeError(small.encoder, small.decoder).dataSync()[0];
const sheared: tf.Tensor2D = tf.matMul(mixing, mixing, true); // GᵀG, a multiple of I for a rotation
const [[a, b], [, c]] = sheared.arraySync() as number[][];
const shear = (2 * Math.hypot(a - c, 2 * b)) / (a + c); // 0 for a rotation times a number
check(
  [
    "error, k = 2",
    smallError,
    { target: tailSum(2), tolerance: "0.5 %", source: "tail sum" },
  ],
  ["largest angle", anglesToPca[0], { atMost: 0.5, unit: "°", source: "0° when converged" }],
  ["shear of G", shear, { atLeast: 0.05, source: "G is not fixed by the loss" }],
);

// %% [markdown] slideshow={"slide_type":"slide"} notes="The slide's sentence is this table. Ask for k = 64: the error is zero, because W can then be the identity."
// ## 5 · How many numbers?
//
// *Predict: how many numbers lose about a tenth of the variance: 5, 20 or 50?*
//
// The same loop runs for seven code lengths $k$; the targets are the tail sums.

// %% slideshow={"slide_type":"skip"}
async function trained(k: number, steps: number, alpha = 0) {
  const model = linearAutoencoder(64, k, 4);
  const adam = tf.train.adam(0.02);
  const size = (weights: tf.Tensor2D): tf.Scalar => tf.sum(tf.square(weights)); // ‖W‖²
  for (let step = 0; step < steps; step++) {
    await train.minimize(adam, () => {
      const penalty = tf.mul(tf.add(size(model.encoder), size(model.decoder)), alpha);
      return tf.add(codeError(model.encoder, model.decoder), penalty) as tf.Scalar;
    });
  }
  return { ...model, error: codeError(model.encoder, model.decoder).dataSync()[0] };
}

// %% slideshow={"slide_type":"skip"}
const lengths = [2, 3, 5, 10, 16, 20, 30];
const models: Awaited<ReturnType<typeof trained>>[] = [];
for (const k of lengths) models.push(await trained(k, 500));
const tails = lengths.map(tailSum);
const excess = models.map(({ error }, i) => (100 * (error - tails[i])) / tails[i]);

// %% slideshow={"slide_type":"-"}
const table = new DataFrame({
  k: lengths,
  "tail sum": tails,
  autoencoder: models.map(({ error }) => error),
  "above it (%)": excess.map(percent => Math.max(0, percent)),
  "variance kept (%)": tails.map(tail => 100 * (1 - tail / tailSum(0))),
});
plot.table(table, {
  title: "For each of seven code lengths the error comes down to the tail sum",
});

// %% slideshow={"slide_type":"slide"} notes="Move the slider from 2 to 30. Which digit can you read first? The table gives the variance that each step gains; the pictures show what it looks like."
const someDigits: tf.Tensor2D = x.slice([0, 0], [10, 64]);
const strips = lengths.map((k, i) => {
  const both: tf.Tensor2D = tf.concat([someDigits, models[i].reconstruct(someDigits)]);
  const title = `With ${k} numbers ${(100 * (tails[i] / tailSum(0))).toFixed(0)} % of the variance is lost`;
  const pictures: tf.Tensor2D = tf.add(both, digits.images.mean(0));
  return [`${k}`, plot.images(pictures, { title, columns: 10, rows: ["digit", "output"] })];
});
plot.slider(Object.fromEntries(strips), { label: "k =", start: "10" });

// %% [markdown]
// With 20 numbers a tenth of the variance is lost. Each further number gains less than the one before, because the eigenvalues are
// sorted. An error above the tail sum would mean that training had not converged; an error below it is impossible.

// %% slideshow={"slide_type":"skip"} tags=["check"]
const most = Math.max(...excess);
const least = Math.min(...excess);
check(
  ["most above a tail sum", most, { atMost: 2, unit: "%", source: "Baldi & Hornik" }],
  ["least above it", least, { atLeast: -0.01, unit: "%", source: "Eckart & Young" }],
);

// %% [markdown] slideshow={"slide_type":"slide"} notes="Give the history as it was: a preprint had a gap, a reader wrote to the author, the author agreed, and a better theorem came out of it."
// ## 6 · How to get the axes
//
// *Predict: take the singular value decomposition (SVD) of the decoder. Are its left singular vectors $u_1, \dots, u_k$?*
//
// Plaut (2018) proposed this. But for $W_2 = U_k G$ the left singular vectors are $U_k$ times those of $G$, and plain training does
// not determine $G$. The theorem in the preprint's first version was false as stated; the experiments had confirmed it because they
// used weight decay (the README of github.com/danielkunin/Regularized-Linear-Autoencoders gives the history). Kunin, Bloom, Goeva
// and Seed (2019) proved that weight decay is enough. Add a penalty on the weights, with $\alpha$ in squared grey levels:
//
// $$L = E(W_1, W_2) + \alpha\, \bigl( \lVert W_1 \rVert_F^2 + \lVert W_2 \rVert_F^2 \bigr), \qquad 0 < \alpha < \lambda_k .$$
//
// **Claim.** For $\lambda_1 > \dots > \lambda_{k+1}$ the global minima are $W_2 = U_k\, S\, O$ and $W_1 = W_2^\top$, with any
// orthogonal $O \in \mathbb{R}^{k \times k}$ and $S = \operatorname{diag}(s_i)$, $\;s_i^2 = 1 - \alpha / \lambda_i$. So the SVD of
// $W_2$ gives the axes, in order. (Proof in appendix C.)
//
// Weight decay is one way, not the only one: Sanger (1989) gets ordered axes from an asymmetric learning rule; Bao, Lucas, Sachdeva
// and Grosse (2020) from a penalty that differs between the code dimensions, and they show that convergence gets slow as $k$ grows.

// %% slideshow={"slide_type":"skip"}
const alpha = lambda[3] / 4; // below λ₄: above it the fourth code dimension would be switched off
const plain = await trained(4, 500);
const decayed = await trained(4, 500, alpha);

// %% slideshow={"slide_type":"skip"}
// The rows of decoder are the columns of W₂: its right singular vectors are W₂'s left ones.
const leftVectors = (model: { decoder: tf.Tensor2D }): tf.Tensor2D =>
  linalg.svd(model.decoder).v; // [64, 4]
const cosines = (model: { decoder: tf.Tensor2D }) =>
  tf.abs(tf.matMul(firstAxes(4), leftVectors(model), true)).arraySync() as number[][]; // |uᵢᵀ vⱼ|

// %% slideshow={"slide_type":"slide"} notes="First row: the axes. Second: what the plain decoder shows. Third: SVD without decay, no better. Fourth: SVD with decay, the axes, in order and up to sign."
const rowsOfTiles: tf.Tensor2D[] = [
  firstAxes(4).transpose(),
  plain.decoder,
  leftVectors(plain).transpose(),
  leftVectors(decayed).transpose(),
];
const signed: tf.Tensor2D = tf.concat(rowsOfTiles);
const tiles: tf.Tensor2D = tf.add(tf.mul(signed, 1.2), 0.5); // white negative, grey 0, black positive
plot.images(tiles, {
  title: "Only with weight decay does the SVD of the decoder show the axes",
  columns: 4,
  rows: ["u₁ … u₄", "decoder, plain", "SVD, plain", "SVD, decay"],
});

// %% [markdown]
// Without decay the singular vectors $v_i$ are not the axes: each picture in the third row mixes several of them. In the last row
// $v_i = \pm u_i$ (a flipped sign exchanges black and white). Grey is 0.

// %% slideshow={"slide_type":"slide"} notes="We can recover the eigenvalues from the weights alone: compare the last two columns."
const singular = Array.from(linalg.svd(decayed.decoder).s.square().dataSync()); // sᵢ²
const law = singular.map((_, i) => 1 - alpha / lambda[i]);
const shrinkage = new DataFrame({
  i: [1, 2, 3, 4],
  "sᵢ²": singular,
  "1 − α/λᵢ": law,
  λᵢ: lambda.slice(0, 4),
  "α/(1 − sᵢ²)": singular.map(square => alpha / (1 - square)),
});
plot.table(shrinkage, {
  title: "With weight decay the singular values give the eigenvalues",
  decimals: 5,
});

// %% slideshow={"slide_type":"skip"} tags=["check"]
const off = Math.max(...singular.map((square, i) => Math.abs(square - law[i])));
const difference = tf.sub(decayed.encoder, decayed.decoder.transpose());
const untied = tf.max(tf.abs(difference)).dataSync()[0];
const onAxis = (table: number[][]) => Math.min(...table.map((row, i) => row[i])); // least |uᵢᵀ vᵢ|
check(
  ["sᵢ² − (1 − α/λᵢ)", off, { atMost: 1e-3, source: "Kunin et al. 2019" }],
  ["W₁ − W₂ᵀ", untied, { atMost: 1e-2, source: "Kunin et al. 2019" }],
  [
    "least |uᵢᵀvᵢ|, decay",
    onAxis(cosines(decayed)),
    { target: 1, tolerance: 0.001, source: "claim" },
  ],
  ["least |uᵢᵀvᵢ|, plain", onAxis(cosines(plain)), { atMost: 0.95, source: "G is open" }],
);

// %% [markdown] slideshow={"slide_type":"slide"} notes="The bar runs for some ten seconds. Meanwhile ask: if the error is only slightly above the tail sum, is the subspace PCA's? The gap between λ₃₀ and λ₃₁ decides."
// ## 7 · 10,000 MNIST digits, 30 numbers each
//
// *Predict: each step now sees only 1,000 images. Does the error still reach the tail sum, and is the subspace still PCA's?*
//
// The same functions, with $d = 784$ and $k = 30$. Three learning rates follow each other, the smaller ones to calm the noise of
// the mini-batches. Mean and eigenvectors come from the training images; the 10,000 test images are new to both methods.

// %% slideshow={"slide_type":"skip"}
const count = engineRoute === "wasm" ? 2_000 : 10_000; // in WebAssembly a step is 20 times slower
const mnist = await data.mnist({ train: count, test: 10_000 });
const mean = mnist.train.images.mean(0);
const trainX: tf.Tensor2D = tf.sub(mnist.train.images, mean); // [count, 784]
const testX: tf.Tensor2D = tf.sub(mnist.test.images, mean); // [10000, 784]

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
async function learn(learningRate: number, epochs: number) {
  const adam = tf.train.adam(learningRate);
  for (const batch of train.batches(trainX, { batchSize: count / 10, epochs, seed: 4 })) {
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

// %% slideshow={"slide_type":"skip"}
const errors = { images: ["training", "test"], PCA: pcaErrors, autoencoder: ourErrors };
plot.table(new DataFrame(errors), {
  title: `Equal errors; in this run the largest of 30 angles is ${mnistAngles[0].toFixed(1)}°`,
  decimals: 3,
});

// %% [markdown] slideshow={"slide_type":"slide"} notes="In practice this is the most useful sentence of the lesson: look at the gap before you trust the error."
// **A low error does not prove that the subspace is right.** The error does reach the tail sum. What it shows about the subspace
// follows from step 3 of the proof. Each unit that $Q$ spends on an eigenvalue after the first $k$ raises the error by at least the
// gap $\lambda_k - \lambda_{k+1}$. These units add up to $\sum_{j>k} p_j = \sum_i \sin^2\theta_i$ with the principal angles
// $\theta_i$, so
//
// $$E - \sum_{j>k} \lambda_j \;\ge\; (\lambda_k - \lambda_{k+1}) \sum_i \sin^2 \theta_i .$$
//
// For MNIST $\lambda_{30} = 0.3616$ and $\lambda_{31} = 0.3445$, so with only 0.001 above the tail sum an angle may still be 14°.
// With half as many epochs at the first rate, eight seeds ended 1° to 36° away from PCA, none of them more than 0.006 above the
// tail sum; with the schedule above, most seeds end within about 1°.

// %% slideshow={"slide_type":"slide"} notes="Let them look for a difference between the last two rows. There is none that an eye could find."
const shown: tf.Tensor2D = testX.slice([0, 0], [10, 784]);
const comparison: tf.Tensor2D = tf.concat([shown, byPca(shown), large.reconstruct(shown)]);
plot.images(tf.add(comparison, mean) as tf.Tensor2D, {
  title: "30 numbers, by PCA and by the autoencoder: the same blur",
  columns: 10,
  rows: ["test digit", "PCA", "autoencoder"],
});

// %% [markdown]
// The last two rows look alike. They would still look alike with $u_{30}$ turned by 30° towards $u_{31}$: by the formula of section
// 3 this adds only $0.0171 \sin^2 30° = 0.004$ to an error of 14. This is why the lesson measures angles. Both rows leave grey
// shadows on blank paper, because a linear decoder can only add and subtract 30 fixed images.

// %% slideshow={"slide_type":"skip"} tags=["check"]
const [gapAbove, gapBelow] = mnistPca.values.slice([29], [2]).dataSync();
const squaredSines = mnistAngles.map(angle => Math.sin(radians(angle)) ** 2);
const bound = (gapAbove - gapBelow) * squaredSines.reduce((sum, value) => sum + value, 0);
const room = ourErrors[0] - pcaErrors[0] + 5e-5; // for the rounding of float32
const near = { tolerance: "0.2 %", source: "PCA" } as const;
check(
  ["training error", ourErrors[0], { target: pcaErrors[0], ...near }],
  ["test error", ourErrors[1], { target: pcaErrors[1], ...near }],
  ["gap · Σ sin²θ", bound, { atMost: room, source: "its excess" }],
);

// %% slideshow={"slide_type":"skip"} tags=["check"]
if (mnist.source === "original" && count === 10_000) {
  const source = "NumPy, float64, these 10,000 digits; the paper has 13.87";
  check(["PCA-30, test", pcaErrors[1], { target: 13.971, tolerance: 0.005, source }]);
}

// %% [markdown] slideshow={"slide_type":"slide"} notes="Ask which row is surprising. Then say that lesson 07 trains the last two rows."
// ## Ours against the papers
//
// Hinton and Salakhutdinov (2006, Fig. 2B) report squared errors per image on the same 10,000 test images, after training on all
// 60,000 training images. We train on 10,000; for PCA this adds 0.1 to the error.

// %% slideshow={"slide_type":"-"}
const notMeasured = Number.NaN;
const papers = new DataFrame({
  "code of 30": ["PCA", "linear", "logistic PCA", "deep"],
  ours: [pcaErrors[1], ourErrors[1], notMeasured, notMeasured],
  published: [13.87, notMeasured, 8.01, 3.0],
  lesson: ["this", "this", "07", "07"],
});
plot.table(papers, {
  title: "The linear code loses what PCA loses; the published deep code, under a quarter",
  decimals: 2,
});

// %% [markdown] slideshow={"slide_type":"slide"} notes="Do exercise 1 in class, exercise 5 as a prediction before you run the appendix, and the others at home."
// ## Exercises
//
// Replace `exercise.todo(…)` and run the check below it. Each check draws new questions of new sizes, so nothing can be copied.
// `linalg` has `eigh`, `svd`, `orthonormal` and `principalAngles`.

// %% slideshow={"slide_type":"skip"} exercise={"role":"sheet"}
const sheet = exercise.sheet("Exercises of lesson 04");
const sumOf = (numbers: Iterable<number>) => [...numbers].reduce((a, b) => a + b, 0);
const toRadians = (degrees: number) => (degrees * Math.PI) / 180;
const anyOf = (tensor: tf.Tensor) => Array.from({ length: tensor.size }, () => null);

// %% [markdown] slideshow={"slide_type":"skip"}
// **1 ★ What must be lost?** The rows of `rows`, $[N, d]$, are points, *not centred*. Return the smallest squared error per point
// that an autoencoder with $k$ code dimensions, linear maps and biases can have.
//
// <details><summary>Hint</summary>Section 2: the claim is about centred points, and about the average over points.</details>

// %% slideshow={"slide_type":"skip"} exercise={"id":"1","role":"starter"}
function smallestError(rows: tf.Tensor2D, k: number): number {
  return exercise.todo(rows, k);
}

// %% slideshow={"slide_type":"skip"} exercise={"id":"1","role":"check"}
await sheet.check("1 · What must be lost?", draw => {
  const [n, d] = [draw.integer(9, 14), draw.integer(3, 6)];
  const [values, ks] = [draw.descending(d, 0.1, 3), [draw.integer(1, d - 1), 0, d]];
  const rows = draw.points(n, values);
  const raw = linalg.eigh(tf.matMul(rows, rows, true).div(n)).values.dataSync();
  const tail = (k: number) => sumOf(values.slice(k));
  return {
    given: `N = ${n} points with eigenvalues ${values}, k = ${ks}`,
    got: ks.map(k => smallestError(rows, k)),
    expected: ks.map(tail),
    tolerance: 2e-3,
    mistakes: {
      "Centre first: biases take care of the mean.": ks.map(k => sumOf(raw.slice(k))),
      "That is the variance that the code keeps.": ks.map(k => tail(0) - tail(k)),
      "Divide by N: it is an average over all points.": ks.map(k => (tail(k) * n) / (n - 1)),
      "That is a sum over the points; return the average.": ks.map(k => tail(k) * n),
      "That is a share; return a squared error.": ks.map(k => tail(k) / tail(0)),
    },
  };
});

// %% [markdown] slideshow={"slide_type":"skip"}
// **2 ★★ How far apart?** Return the largest principal angle, in degrees, between the column spaces of `a` and `b`, both $[d, k]$
// and neither orthonormal. Do it without `linalg.principalAngles`.
//
// <details><summary>Hint</summary>Section 4: make both orthonormal first; then take the part of one outside the other.</details>

// %% slideshow={"slide_type":"skip"} exercise={"id":"2","role":"starter"}
function angleBetween(a: tf.Tensor2D, b: tf.Tensor2D): number {
  return exercise.todo(a, b);
}

// %% slideshow={"slide_type":"skip"} exercise={"id":"2","role":"check"}
await sheet.check("2 · How far apart?", draw => {
  const [k, d] = [draw.integer(1, 3), draw.integer(6, 8)];
  const sizes = Array.from({ length: k }, () => draw.number(5, 85)); // in any order
  const share = (f: (angle: number) => number) => sizes.map(size => f(toRadians(size)));
  const [plane, normal] = tf.split(draw.directions(d, 2 * k), 2, 1);
  const tilted = tf.add(plane.mul(share(Math.cos)), normal.mul(share(Math.sin)));
  const [a, b] = [plane, tilted].map(span => tf.matMul(span, draw.invertible(k)));
  const largest = Math.max(...sizes);
  return {
    given: `two subspaces with principal angles ${sizes} degrees`,
    got: angleBetween(a as tf.Tensor2D, b as tf.Tensor2D),
    expected: largest,
    mistakes: {
      "That is the smallest of the angles.": Math.min(...sizes),
      "That is the angle in radians.": toRadians(largest),
      "That is the sine; return the angle.": Math.sin(toRadians(largest)),
      "That is the cosine; return the angle.": Math.cos(toRadians(largest)),
    },
  };
});

// %% [markdown] slideshow={"slide_type":"skip"}
// **3 ★★ From the decoder back to the data.** A linear autoencoder was trained with weight decay $\alpha$ until it converged;
// `decoder` is its $W_2^\top$, $[k, d]$. Return $\lambda_1 \ge \dots \ge \lambda_k$ and, as columns, $u_1 \dots u_k$; signs are
// free.
//
// <details><summary>Hint</summary>Section 6: solve the formula for the eigenvalue. Mind which singular vectors belong to the rows of
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
  const values = draw.descending(draw.integer(2, 4), 0.5, 3);
  const [alpha, k] = [draw.number(0.1, 0.3), values.length];
  const axes = draw.directions(k + draw.integer(2, 5), k);
  const s = values.map(value => Math.sqrt(1 - alpha / value));
  const rows: tf.Tensor2D = tf.matMul(draw.directions(k), axes.mul(s), false, true); // W₂ᵀ
  const { variances, directions } = principalAxes(rows, alpha);
  const given = `α = ${alpha} and eigenvalues ${values}: those above u₁ … u${k}`;
  if (directions.shape[0] !== axes.shape[0])
    return { given, got: directions, expected: axes };
  const signs = tf.sum(tf.mul(axes, directions), 0, true).sign(); // u and −u are both right
  const got = tf.concat([tf.tensor([variances]), tf.mul(directions, signs)]);
  const mistakes = {
    "Those are sᵢ: solve sᵢ² = 1 − α/λᵢ for λᵢ.": [...s, ...anyOf(axes)],
    "Those are sᵢ²: solve for λᵢ.": [...s.map(v => v * v), ...anyOf(axes)],
    "Square sᵢ first.": [...s.map(v => alpha / (1 - v)), ...anyOf(axes)],
    "The largest eigenvalue comes first.": [...[...values].reverse(), ...anyOf(axes)],
  };
  return { given, got, expected: tf.concat([[values], axes]), tolerance: 0.01, mistakes };
});

// %% [markdown] slideshow={"slide_type":"skip"}
// **4 ★★★ The way down.** An autoencoder has stopped at the critical point that keeps the eigenvectors numbered in `kept` (1
// belongs to the largest eigenvalue; the numbers come in any order). Return two vectors of length 1: the kept eigenvector `from`
// and the lost eigenvector `to` for which turning `from` towards `to` lowers the error fastest.
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
  const values = draw.descending(draw.integer(7, 9), 0.2, 3);
  const [low, gap] = [draw.integer(1, 2), draw.integer(2, 3)]; // a lost one lies in the gap
  const kept = [...draw.shuffled([low, low + 1 + gap]), low + 1];
  const lost = values.map((_, i) => i + 1).filter(j => !kept.includes(j));
  const covariance = draw.symmetric(values);
  const { from, to } = wayDown(covariance, kept);
  const seen = (v: tf.Tensor1D) => tf.stack([v.dot(covariance.dot(v)), v.norm()]);
  const at = (j: number) => [values[Math.min(j, values.length) - 1], 1]; // variance, length of uⱼ
  const [weakest, best] = [at(Math.max(...kept)), at(Math.min(...lost))];
  const mistakes = {
    "The numbers in kept come in any order.": [at(low + 1), best],
    "Give up the kept one with the smallest eigenvalue.": [at(Math.min(...kept)), best],
    "Turn to the lost one with the largest eigenvalue.": [weakest, at(Math.max(...lost))],
    "That raises the error: from must be kept, to must be lost.": [best, weakest],
    "The numbers in kept begin at 1.": [at(Math.max(...kept) + 1), at(1)],
  };
  const [got, expected] = [tf.stack([seen(from), seen(to)]), tf.tensor([weakest, best])];
  return { given: `eigenvalues ${values}, kept ${kept}`, got, expected, mistakes };
});

// %% [markdown] slideshow={"slide_type":"skip"}
// **5 ★★ Predict, then run.** In the long run each sweep of alternating least squares (appendix B) multiplies the tangent of the
// largest angle by $\lambda_{k+1} / \lambda_k$. Before you run the appendix, predict from the eigenvalues, given in any order, how
// many whole sweeps at this rate make the tangent at least `factor` times smaller. The check multiplies sweep by sweep and counts.
//
// <details><summary>Hint</summary>A power of the ratio; take the logarithm of both sides and round up.</details>

// %% slideshow={"slide_type":"skip"} exercise={"id":"5","role":"starter"}
function sweepsNeeded(eigenvalues: number[], k: number, factor: number): number {
  return exercise.todo(eigenvalues, k, factor);
}

// %% slideshow={"slide_type":"skip"} exercise={"id":"5","role":"check"}
await sheet.check("5 · Predict, then run", draw => {
  const k = draw.integer(2, 4);
  const values = draw.descending(k + draw.integer(2, 4), 0.4, 3);
  const fall = (j: number) => Math.log(values[j] / values[j + 1]); // of log tan θ per sweep
  const factor = Math.exp(fall(k - 1) * (draw.integer(3, 9) + draw.number(0.3, 0.7)));
  let counted = 0;
  for (let tangent = 1; tangent > 1 / factor; counted++) tangent *= values[k] / values[k - 1];
  const predicted = (j: number) => Math.ceil(Math.log(factor) / fall(j));
  const mixed = draw.shuffled(values);
  return {
    given: `eigenvalues ${mixed}, k = ${k}, factor ${factor.toFixed(2)}`,
    got: sweepsNeeded(mixed, k, factor),
    expected: counted,
    mistakes: {
      "Round up, not down.": counted - 1,
      "What counts is the gap between λₖ and λₖ₊₁.": predicted(0),
      "λ₁ stands at index 0, so λₖ at k − 1.": predicted(k),
    },
  };
});

// %% slideshow={"slide_type":"skip"}
sheet;

// %% [markdown] slideshow={"slide_type":"slide"} notes="Return to the votes of the first slide: error and subspace are equal, the axes are not."
// ## To remember
//
// 1. No linear code of $k$ numbers loses less than the tail sum, and PCA loses exactly the tail sum.
// 2. The gradient of a linear autoencoder is zero only where its map projects onto a set of eigenvectors; only the first $k$ make a
//    minimum.
// 3. Once it has converged to that minimum, its output is PCA's: same error, same subspace.
// 4. Its code is PCA's code times an invertible matrix, which plain training does not determine. With weight decay the SVD of the
//    decoder gives the axes in order.
// 5. The wider the gap $\lambda_k - \lambda_{k+1}$, the more a small excess in the error shows about the angle between the
//    subspaces.
//
// **So the slide's "output" is exact: output, error and subspace are PCA's; the axes are not.** Lesson 05 asks the next question:
// what do extra code dimensions do, when $k > d$?
//
// **References.** Eckart and Young 1936, [doi:10.1007/BF02288367](https://doi.org/10.1007/BF02288367) ·
// Björck and Golub 1973, [doi:10.1090/S0025-5718-1973-0348991-3](https://doi.org/10.1090/S0025-5718-1973-0348991-3) ·
// Bourlard and Kamp 1988, [doi:10.1007/BF00332918](https://doi.org/10.1007/BF00332918) ·
// Baldi and Hornik 1989, [doi:10.1016/0893-6080(89)90014-2](https://doi.org/10.1016/0893-6080(89)90014-2) ·
// Sanger 1989, [doi:10.1016/0893-6080(89)90044-0](https://doi.org/10.1016/0893-6080(89)90044-0) ·
// Roweis 1998, *EM algorithms for PCA and SPCA*, Advances in Neural Information Processing Systems 10 ·
// Hinton and Salakhutdinov 2006, [doi:10.1126/science.1127647](https://doi.org/10.1126/science.1127647) ·
// Plaut 2018, [doi:10.48550/arXiv.1804.10253](https://doi.org/10.48550/arXiv.1804.10253) ·
// Kunin, Bloom, Goeva and Seed 2019, [doi:10.48550/arXiv.1901.08168](https://doi.org/10.48550/arXiv.1901.08168) ·
// Bao, Lucas, Sachdeva and Grosse 2020, [doi:10.48550/arXiv.2007.06731](https://doi.org/10.48550/arXiv.2007.06731)

// %% [markdown] slideshow={"slide_type":"skip"}
// ## Appendix A · Where descent can stop: the proof
//
// Write $E = \operatorname{tr}\,(I - W)\, C\, (I - W)^\top$ with $W = W_2 W_1$. At a critical point both derivatives are zero:
//
// $$\frac{\partial E}{\partial W_1} = -2\, W_2^\top (I - W)\, C = 0, \qquad
// \frac{\partial E}{\partial W_2} = -2\, (I - W)\, C\, W_1^\top = 0 .$$
//
// 1. $C$ is invertible, so the first equation says $W_2^\top (I - W) = 0$: the columns of $I - W$ are orthogonal to those of $W_2$.
// 2. Let $P$ be the orthogonal projection onto the columns of $W_2$. By 1, $P (I - W) = 0$, so $P = P W$.
// 3. The columns of $W = W_2 W_1$ lie in the span of those of $W_2$, so $P W = W$. With 2: $W = P$. **At a critical point the
//    autoencoder is an orthogonal projection.**
// 4. Multiply the second equation by $W_2^\top$ from the right: $(I - P)\, C\, W^\top = (I - P)\, C\, P = 0$. So $C$ maps the span
//    of $P$ into itself.
// 5. The eigenvalues are distinct, so a subspace that $C$ maps into itself is spanned by eigenvectors: a set $J$. Its error is what
//    it loses, $E_J = \sum_{j \notin J} \lambda_j$. $\square$

// %% [markdown] slideshow={"slide_type":"skip"}
// ## Appendix B · Alternating least squares
//
// *Predict: $E$ is quadratic in either matrix alone. Solve for one, then for the other, and repeat: faster or slower than Adam?*
//
// For a given decoder with independent columns the best code of $x$ is $z = W_2^{+} x$ with the pseudo-inverse $W_2^{+} = (W_2^\top
// W_2)^{-1} W_2^\top$. For given codes $Z = X W_1^\top$ the best decoder solves $W_2^\top = Z^{+} X$. Put the first into the
// second: $W_2$ becomes $C\, W_2$ times an invertible matrix, so **each sweep multiplies the span by $C$**. This is subspace
// iteration, and in the long run the tangent of the largest angle is multiplied by $\lambda_{k+1} / \lambda_k$ per sweep. (Roweis
// 1998 derives the sweep as the EM algorithm for PCA without noise.)

// %% slideshow={"slide_type":"skip"}
const pseudoInverse = (a: tf.Tensor2D): tf.Tensor2D => {
  const { u, s, v } = linalg.svd(a); // a = u · diag(s) · vᵀ
  return tf.matMul(v.div(s), u, false, true);
};

// %% slideshow={"slide_type":"skip"}
let decoder: tf.Tensor2D = tf.randomNormal([2, 64], 0, 1, "float32", 4); // W₂ᵀ
const tangents: number[] = [];
for (let sweep = 0; sweep < 80; sweep++) {
  const z: tf.Tensor2D = tf.matMul(x, pseudoInverse(decoder));
  decoder = tf.matMul(pseudoInverse(z), x);
  tangents.push(Math.tan(radians(largestAngle(decoder))));
}

// %% slideshow={"slide_type":"skip"}
const ratio = lambda[2] / lambda[1];
const predicted = tangents.map((_, i) => tangents[59] * ratio ** (i - 59));
plot.curves(
  { "least squares": tangents, "(λ₃ / λ₂)ᵗ": predicted },
  {
    title: "In the long run each sweep multiplies tan θ by λ₃ / λ₂",
    x: "sweep t",
    y: "tan θ",
    log: true,
  },
);

// %% slideshow={"slide_type":"skip"} tags=["check"]
const factor = (tangents[79] / tangents[39]) ** (1 / 40);
check(["factor per sweep", factor, { target: ratio, tolerance: "1 %", source: "λ₃ / λ₂" }]);

// %% [markdown] slideshow={"slide_type":"skip"}
// Counted in sweeps it is faster here: 80 sweeps bring the angle to about 0.005°, for which Adam needs about 370 steps. (A sweep
// with its two pseudo-inverses is more work than a step.) It needs no learning rate, and the eigenvalues predict its rate. If
// $\lambda_k$ and $\lambda_{k+1}$ were equal, the line would be level, because many subspaces would be equally good.
//
// ## Appendix C · Weight decay: the proof
//
// These are the steps of section 2 again, for an invertible $C$ (the paper's proof is more general). *Step 1: a lower bound for the
// penalty.* For any symmetric $T$ with
// eigenvalues from 0 to 1, $2 \operatorname{tr}(T W_2 W_1) \le \lVert T W_2 \rVert_F^2 + \lVert W_1 \rVert_F^2 \le \lVert W_2
// \rVert_F^2 + \lVert W_1 \rVert_F^2$, with equality only if $T W_2 = W_2 = W_1^\top$. Take the $T$ with eigenvectors $u_j$ and
// eigenvalues $\min(1, \lambda_j / \alpha)$.
//
// *Step 2: complete the square.* With $Q$ and $p_j$ as in section 2, $W = QM$ for some $M \in \mathbb{R}^{k \times d}$, and $L \ge
// \operatorname{tr} C - 2 \operatorname{tr}\bigl(M (C - \alpha T)\, Q\bigr) + \operatorname{tr}(M C M^\top)$. The best $M = Q^\top
// (C - \alpha T)\, C^{-1}$ makes this $\sum_j \lambda_j - \sum_j p_j\, g(\lambda_j)$ with $g(\lambda) = \max(0, \lambda - \alpha)^2
// / \lambda$.
//
// *Step 3: $k$ units to spend.* $g$ never decreases, and it increases strictly above $\alpha$. So the first $k$ eigenvalues, all
// above $\alpha$, get one unit each: $W = U_k (I -
// \alpha \Lambda_k^{-1})\, U_k^\top$ with $\Lambda_k = \operatorname{diag}(\lambda_1 \dots \lambda_k)$. Equality in step 1 asks for
// $W_1 = W_2^\top$, so $W = W_2 W_2^\top$, which leaves $W_2 = U_k S O$ and nothing else. $\square$

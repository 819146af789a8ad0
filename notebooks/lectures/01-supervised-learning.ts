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

// %% [markdown] slideshow={"slide_type":"slide"} notes="Read both statements aloud. Ask: who would take a model with loss 0 home? Who can say what p(x, y) is good for, if all you want is y? Write the answers on the board."
// # Lesson 01 · Supervised learning, and two kinds of models
//
// The lecture (Roman-Rangel, *AutoEncoders*, 2021) begins with supervised learning: from pairs of input and output learn a model
// $\hat y = f(x; \Omega)$ such that the loss $\mathcal{L}(y, \hat y) \approx 0$. A later slide sets the *discriminative* model
// $p(y \mid x; \Omega)$ beside the *generative* one, $p(x, y; \Omega)$. **Is a loss near zero what you want? And what does
// $p(x, y)$ know that $p(y \mid x)$ does not?**
//
// After this lesson you can
//
// 1. derive the gradient of softmax regression, and test it without trusting anybody's derivation;
// 2. say what $\mathcal{L} \approx 0$ proves, and show two cases where it misleads;
// 3. fit naive Bayes by counting, read it as a softmax, and draw new images from it;
// 4. predict which kind of model learns faster and which ends lower, and check both against exact limits.
//
// You need derivatives, matrix products and conditional probability. About 20 minutes to read, one minute to run.

// %% [markdown] slideshow={"slide_type":"slide"} notes="Only for the first session. Run one cell live, then break a check on purpose: change a sign in the gradient, run, and put it back."
// ## How a lesson works
//
// - **Run** the cells in order with Shift+Enter. Each one uses what stands above it; after *Kernel → Restart* begin at the top.
// - **Predict.** Before a cell that answers a question, the question stands in italics. Write your guess down, then run.
// - **Checks.** A table with ✓ or ✗ compares a figure of this notebook with its target and says where the target comes from. If a
//   claim fails, the cell stops with an error: do not read on as if it held.
// - **Exercises** come at the end. Write over `exercise.todo(…)` and run the check below; it asks new random questions each time.
// - **Change things.** Every figure below is computed, none is pasted. The [index](../index.ipynb) has all lessons, the notation
//   and a glossary.

// %% slideshow={"slide_type":"skip"}
import { DataFrame } from "danfojs-node";
import {
  check,
  classical,
  compile,
  data,
  engineRoute,
  exercise,
  fit,
  models,
  plot,
  tf,
  train,
} from "latent";

// %% [markdown] slideshow={"slide_type":"slide"} notes="The point: there is one unknown distribution behind both piles of pairs, and the test pile is locked away."
// ## 1 · Pairs
//
// Take $N = 10{,}000$ handwritten digits of $28 \times 28$ pixels. An input $x \in [0, 1]^d$ holds the $d = 784$ grey levels of
// one image, from 0 (paper) to 1 (ink); its class is one of $C = 10$ digits. As a target $y \in \{0, 1\}^C$ it is *one-hot*: 1 at
// the class, 0 elsewhere. Another 10,000 pairs are locked away for testing. Both piles are taken to be independent draws from one
// distribution $p(x, y)$ that nobody knows.

// %% slideshow={"slide_type":"skip"}
const mnist = await data.mnist({ train: 10_000, test: 10_000 });
const oneHot = (labels: Uint8Array): tf.Tensor2D =>
  tf.oneHot(tf.tensor1d(labels, "int32"), 10).toFloat() as tf.Tensor2D;
const [x, y] = [mnist.train.images, oneHot(mnist.train.labels)]; // [10000, 784], [10000, 10]
const [xTest, yTest] = [mnist.test.images, oneHot(mnist.test.labels)];

// %% slideshow={"slide_type":"-"}
const labels = Array.from(mnist.train.labels);
const nth = (i: number, c: number) => labels.flatMap((l, n) => (l === c ? [n] : []))[i];
const chosen = [0, 1, 2].flatMap(i => Array.from({ length: 10 }, (_, c) => nth(i, c)));
plot.images(tf.gather(x, chosen), {
  title: "Thirty pairs: x is the image, y the number of its column, from 0",
  columns: 10,
});

// %% [markdown] slideshow={"slide_type":"slide"} notes="On the board: scores, probabilities, loss. Ask for the loss of a model that knows nothing: log 10."
// ## 2 · A model of $p(y \mid x)$
//
// *Predict: ten linear functions of the pixels, one a digit. Which share of unseen digits do they get wrong: 3 %, 9 % or 30 %?*
//
// **Softmax regression** turns linear scores $a = W x + b$, with $W \in \mathbb{R}^{C \times d}$ and $b \in \mathbb{R}^C$, into
// probabilities:
//
// $$p(y_c = 1 \mid x; \Omega) = \hat y_c = \frac{e^{a_c}}{\sum_k e^{a_k}}, \qquad \Omega = (W, b).$$
//
// **The loss.** Pairs are independent, so given all inputs the model says of all labels together the probability
// $\prod_n \prod_c (\hat y_c^{(n)})^{y_c^{(n)}}$. Its negative logarithm, averaged over the pairs, is the **cross-entropy**, in
// nats per image:
//
// $$\mathcal{L}(\Omega) = -\frac1N \sum_{n=1}^{N} \sum_{c=1}^{C} y_c^{(n)} \log \hat y_c^{(n)} \;\ge\; 0 .$$
//
// To make it small is to make the given labels likely: *maximum likelihood*.

// %% [markdown] slideshow={"slide_type":"slide"} notes="Let them say the middle step: why do the entries of y add up to 1, and what does that save? The last line is the one to remember: residual times input."
// **Its gradient.** From $\log \hat y_c = a_c - \log \sum_k e^{a_k}$ follows
// $\partial \log \hat y_c / \partial a_j = \delta_{cj} - \hat y_j$, with $\delta_{cj} = 1$ for $c = j$ and 0 otherwise. The
// entries of $y$ add up to 1, so one pair contributes $\partial \mathcal{L}^{(n)} / \partial a = \hat y - y$. And since
// $a_c = \sum_j W_{cj} x_j + b_c$, the chain rule gives
//
// $$\frac{\partial \mathcal{L}}{\partial W} = \frac1N \sum_n (\hat y^{(n)} - y^{(n)})\, x^{(n)\top}, \qquad
// \frac{\partial \mathcal{L}}{\partial b} = \frac1N \sum_n (\hat y^{(n)} - y^{(n)}) .$$
//
// **Residual times input**: a pair that is predicted well moves nothing. In the code an example is a *row* of `x`.

// %% slideshow={"slide_type":"skip"}
interface Linear {
  W: tf.Tensor; // [C, d]
  b: tf.Tensor; // [1, C]
}
const scores = (x: tf.Tensor2D, { W, b }: Linear): tf.Tensor2D =>
  tf.add(tf.matMul(x, W, false, true), b); // a = W x + b for each row, [n, C]
const crossEntropy = (a: tf.Tensor2D, y: tf.Tensor2D): tf.Scalar =>
  y.mul(tf.logSoftmax(a)).sum(1).mean().neg().asScalar(); // summed over C, mean over n

// %% slideshow={"slide_type":"skip"}
function gradient(x: tf.Tensor2D, y: tf.Tensor2D, model: Linear): Linear {
  const residual = tf.softmax(scores(x, model)).sub(y); // ŷ − y, [n, C]
  const n = x.shape[0];
  return { W: tf.matMul(residual, x, true).div(n), b: residual.sum(0, true).div(n) };
}

// %% [markdown] slideshow={"slide_type":"slide"} notes="This test needs no calculus: nudge one weight up, nudge it down, look at the loss. Every gradient of this course can be tested so."
// **Trust no derivation, test it.** A derivative is a limit of differences. Nudge a single weight $W_{cj}$ by $\pm h$ and watch
// the loss:
//
// $$\frac{\mathcal{L}(W_{cj} + h) - \mathcal{L}(W_{cj} - h)}{2h} = \frac{\partial \mathcal{L}}{\partial W_{cj}} + O(h^2) .$$
//
// Here for the ten weights of one pixel near the middle, at random $W$ and $b$, on 500 images.

// %% slideshow={"slide_type":"skip"}
const start: Linear = {
  W: tf.randomNormal([10, 784], 0, 0.1, "float32", 1),
  b: tf.randomNormal([1, 10], 0, 0.1, "float32", 2),
};
const few = { x: x.slice(0, 500), y: y.slice(0, 500) };
const lossAt = (W: tf.Tensor) =>
  crossEntropy(scores(few.x, { ...start, W }), few.y).dataSync()[0];

// %% slideshow={"slide_type":"skip"}
const [pixel, h] = [14 * 28 + 14, 0.03]; // row 14, column 14
const unit = (i: number, size: number) => tf.oneHot([i], size).toFloat(); // [1, size]
const differences = Array.from({ length: 10 }, (_, c) => {
  const nudge = tf.matMul(unit(c, 10), unit(pixel, 784), true).mul(h); // h at (c, pixel), [10, 784]
  return (lossAt(start.W.add(nudge)) - lossAt(start.W.sub(nudge))) / (2 * h);
});

// %% slideshow={"slide_type":"-"}
const formula = gradient(few.x, few.y, start);
const derived = Array.from(formula.W.slice([0, pixel], [10, 1]).dataSync());
const nudged = {
  class: derived.map((_, c) => c),
  "difference quotient": differences,
  derived,
};
plot.table(new DataFrame(nudged), {
  title: "Ten nudges find the derivatives that were derived",
  decimals: 5,
});

// %% slideshow={"slide_type":"skip"} tags=["check"]
const gap = (a: number[], b: number[]) => Math.max(...a.map((v, i) => Math.abs(v - b[i])));
const lossOfBoth = (W: tf.Tensor, b: tf.Tensor) =>
  crossEntropy(scores(few.x, { W, b }), few.y);
const engine = tf.grads(lossOfBoth)([start.W, start.b]);
const off = [formula.W.sub(engine[0]), formula.b.sub(engine[1])].map(t => t.abs().max());
check(
  ["ten nudges", gap(differences, derived), { atMost: 1e-4, source: "the derivation" }],
  ["W, all of it", off[0].dataSync()[0], { atMost: 1e-6, source: "TensorFlow's gradient" }],
  ["b", off[1].dataSync()[0], { atMost: 1e-6, source: "TensorFlow's gradient" }],
);

// %% [markdown] slideshow={"slide_type":"slide"} notes="Run it live. Each point is the loss of one batch before its step, so the curve trembles. Ask what would happen with batches of 10,000."
// **Training.** Begin at $W = 0$, $b = 0$, where every class has probability 1/10 and the loss is $\log 10 \approx 2.3$ nats. Take
// 100 random pairs, step down their gradient (Adam, by Kingma and Ba 2015, sets the length of the step), take the next 100. Ten
// passes over the data, or *epochs*, are 1,000 steps.

// %% slideshow={"slide_type":"skip"}
const linear = { W: tf.variable(tf.zeros([10, 784])), b: tf.variable(tf.zeros([1, 10])) };
const adam = tf.train.adam(0.002);
const live = train.progress({
  steps: 1000,
  title: "The loss of the batches falls, and does not reach 0",
  y: "cross-entropy (nats per image)",
});

// %% slideshow={"slide_type":"-"}
const numbers = tf.range(0, 10_000, 1, "int32");
for (const rows of train.batches(numbers, { batchSize: 100, epochs: 10, seed: 1 })) {
  const loss = () => crossEntropy(scores(tf.gather(x, rows), linear), tf.gather(y, rows));
  live.step(await train.minimize(adam, loss));
}
live.end();

// %% [markdown]
// Read the curve: from 2.3 it falls within two epochs, 200 steps, to about 0.4; then it hardly moves. A gradient with the wrong
// sign would make it rise from the first step on.

// %% slideshow={"slide_type":"skip"}
const errorOf = (a: tf.Tensor2D, y: tf.Tensor2D) =>
  tf.mean(tf.notEqual(a.argMax(1), y.argMax(1))).dataSync()[0]; // share of wrong answers
const lossOf = (a: tf.Tensor2D, y: tf.Tensor2D) => crossEntropy(a, y).dataSync()[0];
const linearTest = errorOf(scores(xTest, linear), yTest);
console.log(
  `softmax regression: ${(100 * linearTest).toFixed(2)} % of the test digits wrong`,
);

// %% slideshow={"slide_type":"slide"} notes="Ask which digit each picture belongs to before you count them off. The 0 is the clearest: no ink in the middle."
const grey = (W: tf.Tensor): tf.Tensor2D => {
  const contrast = W.sub(W.mean(0)); // what all ten have in common changes no ŷ
  const spread = contrast.square().mean().sqrt();
  return tf.add(tf.div(contrast, spread.mul(6)), 0.5);
};
plot.images(grey(linear.W), {
  title: "The weights of each class: dark ink speaks for it, light ink against",
  columns: 10,
});

// %% [markdown]
// Read the pictures, 0 to 9: middle grey is a weight like that of the other classes, as in the corners, where no pixel ever has
// ink. The 0 forbids ink in its middle. They are no drawings of digits: a weight says what tells a class *from the others*, not
// how it looks. With a wrong gradient they would be noise.

// %% slideshow={"slide_type":"skip"}
const said = Array.from(scores(xTest, linear).argMax(1).dataSync());
const counts = classical.contingency(mnist.test.labels, said); // [class][answer]
const wrong = counts.map((row, c) => {
  const all = row.reduce((sum, count) => sum + count, 0);
  return row.map((count, k) => (k === c ? 0 : (100 * count) / all));
});
const worst = Math.max(...wrong.flat());
const worstClass = wrong.findIndex(row => row.includes(worst));

// %% slideshow={"slide_type":"slide"} notes="A share of errors is one number. This is what it is made of. Which pairs share strokes?"
plot.heatmap(tf.tensor2d(wrong), {
  title: `Most often ${worstClass} is taken for ${wrong[worstClass].indexOf(worst)}`,
  x: "answer of the model",
  y: "class of the image",
  z: "% of the class",
  rows: "0123456789".split(""),
  columns: "0123456789".split(""),
});

// %% [markdown]
// Read the squares: row $c$, column $k$ holds the share of the images of $c$ that are taken for $k$; the right answers are left
// out. The errors gather in few squares, between digits that share strokes. A model that guesses would spread them evenly.

// %% slideshow={"slide_type":"skip"} tags=["check"]
const onPaper = mnist.source === "original"; // real digits, not drawn ones
const target = { target: 8.9, tolerance: 0.6, unit: "%", source: "another program" };
const others = { atMost: 12, unit: "%", source: "linear classifier, LeCun et al." };
check(["test error, softmax", 100 * linearTest, onPaper ? target : others]);

// %% [markdown] slideshow={"slide_type":"slide"} notes="The slide's goal is about to be reached exactly. Let them say whether they are content."
// ## 3 · The loss goes to 0. What does that prove?
//
// *Predict: put 300 hidden units between pixels and scores. How small does the training loss get, and how small the loss of the
// test images?*
//
// A **multilayer perceptron** with rectified units computes $h = \max(0, W_1 x + b_1) \in \mathbb{R}^{300}$ and $a = W_2 h + b_2$:
// 238,510 numbers in $\Omega$ for 10,000 pairs. The gradient begins with the same residual $\hat y - y$; the chain rule carries it
// back through $W_2$ to $W_1$ (*back-propagation*, Rumelhart, Hinton and Williams 1986). `fit` takes the steps.

// %% slideshow={"slide_type":"-"}
const mlp = models.mlp({ sizes: [784, 300, 10], seed: 1 });
const history = await fit(mlp.loss, [x, y], {
  epochs: 20,
  batchSize: 100,
  optimizer: tf.train.adam(0.001),
  seed: 1,
  validationData: [xTest, yTest],
});
const mlpTest = mlp.errorRate(xTest, mnist.test.labels);

// %% slideshow={"slide_type":"slide"} notes="Ask where they would have stopped. After epoch ten all further fall of the lower curve is learning by heart."
const byEpoch = {
  "training images": history.epochs.map(({ loss }) => loss),
  "test images": history.epochs.map(({ validation = Number.NaN }) => validation),
};
plot.curves(byEpoch, {
  title: "The training loss goes to 0, the test loss does not follow",
  x: "epoch",
  y: "cross-entropy (nats per image)",
  log: true,
});

// %% [markdown] slideshow={"slide_type":"slide"} notes="Zhang and others did this with ImageNet. Vote first: can a network learn labels that were dealt at random? Then the table: its first two columns are what the slide asks for, and they cannot tell the two rows apart."
// Read the curves: for some epochs both fall together; then the lower one alone goes on. Were the training loss a measure of what
// was understood, they would not part.
//
// **Now the extreme.** Take 1,000 images and deal their labels out at random. There is nothing left to understand.
//
// *Predict: the same network, 100 epochs. What becomes of the training loss?* (After Zhang, Bengio, Hardt, Recht and Vinyals
// 2017.)

// %% slideshow={"slide_type":"skip"}
const some = x.slice([0, 0], [1000, 784]);
const right = y.slice([0, 0], [1000, 10]);
const deal = Array.from(tf.randomUniform([1000], 0, 1, "float32", 1).dataSync());
const order = deal.map((_, n) => n).sort((n, m) => deal[n] - deal[m]);
const dealt: tf.Tensor2D = tf.gather(right, order); // somebody else's label

// %% slideshow={"slide_type":"-"}
async function byHeart(y: tf.Tensor2D) {
  const mlp = models.mlp({ sizes: [784, 300, 10], seed: 1 });
  const optimizer = tf.train.adam(0.002);
  await fit(mlp.loss, [some, y], { epochs: 100, batchSize: 100, optimizer, seed: 1 });
  const [a, aTest] = [mlp.logits(some), mlp.logits(xTest)];
  return { loss: lossOf(a, y), error: errorOf(a, y), test: errorOf(aTest, yTest) };
}
const [honest, random] = [await byHeart(right), await byHeart(dealt)];

// %% slideshow={"slide_type":"-"}
const memory = new DataFrame({
  labels: ["right", "dealt at random"],
  "training loss": [honest.loss, random.loss],
  "training error (%)": [honest.error, random.error].map(share => Math.round(100 * share)),
  "test error (%)": [honest.test, random.test].map(share => Math.round(100 * share)),
});
plot.table(memory, { title: "Two losses near 0: one model has learnt, one has memorised" });

// %% [markdown]
// Read the rows: by the slide's own measure both succeed. On new images the first is mostly right, the second guesses, nine times
// out of ten wrong. **So read $\mathcal{L} \approx 0$ as a wish about pairs not yet seen.** Section 6 meets a case where even that
// wish cannot come true.

// %% slideshow={"slide_type":"skip"} tags=["check"]
const last = history.epochs[19];
const apart = (last.validation ?? 0) / last.loss;
const ofMlp = onPaper
  ? { target: 4.2, tolerance: 0.5, unit: "%", source: "ten seeds of ours" }
  : { atMost: 100 * linearTest, unit: "%", source: "softmax regression" };
check(
  ["test error, 300 hidden", 100 * mlpTest, ofMlp],
  ["training loss", last.loss, { atMost: 0.02, unit: "nats", source: "the slide: 0" }],
  ["test loss / training loss", apart, { atLeast: 2, source: "they part" }],
  ["loss, labels dealt", random.loss, { atMost: 0.1, unit: "nats", source: "Zhang et al." }],
  ["test error, dealt", random.test, { target: 0.9, tolerance: 0.06, source: "chance" }],
  ["test error, right", honest.test, { atMost: 0.15, source: "1,000 right labels" }],
);

// %% [markdown] slideshow={"slide_type":"slide"} notes="Tell it as a recipe: choose a digit, then toss 784 coins. Nobody believes it; the question is how far it carries."
// ## 4 · A model of $p(x, y)$
//
// *Predict: assume that the pixels of a digit are tossed like coins, each for itself. Which share of the test digits does that
// classify wrong: 16 %, 40 % or 90 %?*
//
// A generative model says how pairs come about: first a class, then its image, $p(x, y) = p(y)\, p(x \mid y)$. **Naive Bayes**
// makes it as simple as can be. Pixels are black or white, $x_j \in \{0, 1\}$, from here on, and given the class they are
// independent:
//
// $$p(x, y_c = 1; \Omega) = \pi_c \prod_{j=1}^{d} \theta_{cj}^{x_j} (1 - \theta_{cj})^{1 - x_j}, \qquad \Omega = (\pi, \theta).$$

// %% [markdown] slideshow={"slide_type":"slide"} notes="Counting replaces training because every coin has its own term. Ask what one pixel that was never black does to a product of 784 factors."
// **To fit is to count.** Let $N_c$ be the number of images of class $c$ and $K_{cj}$ how many of them have ink at $j$. Then
//
// $$\sum_n \log p(x^{(n)}, y^{(n)}) = \sum_c N_c \log \pi_c + \sum_{c,j} \bigl( K_{cj} \log \theta_{cj} + (N_c - K_{cj}) \log (1 -
// \theta_{cj}) \bigr).$$
//
// Every $\theta_{cj}$ has a term of its own, largest where its derivative $K_{cj}/\theta_{cj} - (N_c - K_{cj})/(1 - \theta_{cj})$
// is 0: at $\theta_{cj} = K_{cj}/N_c$. For $\pi$, whose entries add up to 1, a Lagrange multiplier gives $\pi_c = N_c / N$. But a
// share of 0 would rule a class out for good because of one pixel; **Laplace's rule** adds an image with ink and one without,
// $\theta_{cj} = (K_{cj} + 1)/(N_c + 2)$.

// %% slideshow={"slide_type":"skip"}
function naiveBayes(x: tf.Tensor, y: tf.Tensor) {
  const N = y.sum(-2, true); // N_c, [1, C]
  const K = tf.matMul(y, x, true); // K_cj, [C, d]
  const theta = K.add(1).div(N.squeeze([-2]).expandDims(-1).add(2)); // [C, d]
  return { theta, prior: N.div(N.sum(-1, true)) }; // π, [1, C]
}

// %% slideshow={"slide_type":"skip"}
const ink = data.threshold(x); // 1 where a pixel has at least half of the ink, else 0
const inkTest = data.threshold(xTest);
const bayes = naiveBayes(ink, y);

// %% [markdown] slideshow={"slide_type":"slide"} notes="The surprise of the lesson: two roads, one family of functions. What differs is only what each road makes large. Below the formula let them explain 3.3 nats with 84 % right answers: it is sure of itself, also when it is wrong."
// **The same functions as before.** Bayes' rule turns the joint probability into $p(y \mid x)$. Its logarithm is linear in $x$:
//
// $$\log p(x, y_c = 1) = \underbrace{\log \pi_c + \sum_j \log (1 - \theta_{cj})}_{b_c} + \sum_j
// \underbrace{\log \frac{\theta_{cj}}{1 - \theta_{cj}}}_{W_{cj}}\, x_j ,$$
//
// and $p(y_c = 1 \mid x) = p(x, y_c = 1) / \sum_k p(x, y_k = 1)$ is the softmax of these scores. So naive Bayes *is* a softmax
// regression, with other weights: the two are a *generative-discriminative pair*. They differ in what they make large, since
// $\log p(x, y) = \log p(y \mid x) + \log p(x)$: softmax regression spends all of $\Omega$ on the first term, naive Bayes pays for
// $\log p(x)$ as well.

// %% slideshow={"slide_type":"skip"}
function asSoftmax({ theta, prior }: { theta: tf.Tensor; prior: tf.Tensor }): Linear {
  const no = tf.log(tf.sub(1, theta)); // log (1 − θ)
  const W = tf.sub(tf.log(theta), no);
  return { W, b: tf.log(prior).add(no.sum(-1).expandDims(-2)) };
}
const counted = asSoftmax(bayes);

// %% slideshow={"slide_type":"skip"}
const theta = bayes.theta.arraySync() as number[][];
const prior = Array.from(bayes.prior.dataSync());
const sum = (numbers: number[]) => numbers.reduce((total, value) => total + value, 0);
const shares = (logs: number[]) => {
  const odds = logs.map(log => Math.exp(log - Math.max(...logs)));
  return odds.map(value => value / sum(odds));
};

// %% slideshow={"slide_type":"skip"}
// In float64: float32 keeps scores of −200 to four digits behind the point only.
const toss = (on: number, t: number) => Math.log(on ? t : 1 - t);
const byBayes = (x: number[]) => {
  const likelihood = theta.map(row => sum(x.map((on, j) => toss(on, row[j])))); // log p(x | y)
  return shares(likelihood.map((log, c) => Math.log(prior[c]) + log));
};

// %% slideshow={"slide_type":"skip"}
const W64 = theta.map(row => row.map(t => Math.log(t / (1 - t))));
const b64 = theta.map((row, c) => Math.log(prior[c]) + sum(row.map(t => Math.log(1 - t))));
const bySoftmax = (x: number[]) => {
  const a = W64.map((w, c) => b64[c] + sum(x.map((on, j) => w[j] * on))); // W x + b
  return shares(a);
};

// %% slideshow={"slide_type":"skip"}
const trial = inkTest.slice([0, 0], [300, 784]).arraySync() as number[][];
const posteriorGap = Math.max(...trial.map(x => gap(byBayes(x), bySoftmax(x))));
const rounding = [tf.sub(counted.W, W64), tf.sub(counted.b, b64)].map(t => t.abs().max());
const roundingGap = Math.max(...rounding.map(t => t.dataSync()[0]));

// %% slideshow={"slide_type":"skip"}
async function softmaxRegression(x: tf.Tensor2D): Promise<Linear> {
  const model = { W: tf.variable(tf.zeros([10, 784])), b: tf.variable(tf.zeros([1, 10])) };
  const loss = (x: tf.Tensor2D, y: tf.Tensor2D) => crossEntropy(scores(x, model), y);
  const optimizer = tf.train.adam(0.002);
  await fit(loss, [x, y], { epochs: 10, batchSize: 100, optimizer, seed: 1 });
  return model;
}
const learnt = await softmaxRegression(ink); // the loop of section 2, on black and white

// %% slideshow={"slide_type":"skip"}
const pair = [
  { model: "softmax regression", weights: learnt },
  { model: "naive Bayes", weights: counted },
];

// %% slideshow={"slide_type":"-"}
const rows = pair.map(({ model, weights }) => ({
  model,
  "training loss": lossOf(scores(ink, weights), y),
  "test loss": lossOf(scores(inkTest, weights), yTest),
  "test error (%)": 100 * errorOf(scores(inkTest, weights), yTest),
}));
plot.table(new DataFrame(rows), {
  title: "One family of functions, two choices of weights (black and white pixels)",
  decimals: 2,
});

// %% [markdown]
// Read the rows: the counted weights are worse in every column, and their loss is ten times as high. Naive Bayes is *too sure*.
// Neighbouring pixels repeat each other, and it takes every repetition for new evidence. Section 6 makes that exact.

// %% slideshow={"slide_type":"slide"} notes="The same in the large. Let them find out why the upper row is grainy: a learnt weight knows its neighbours, a counted one does not."
plot.images(tf.concat([grey(learnt.W), grey(counted.W)]), {
  title: "Counted weights are smooth, learnt ones play neighbours off",
  columns: 10,
  rows: ["softmax", "naive Bayes"],
});

// %% [markdown]
// Read the pictures: the rows agree in the large, as both must tell a 0 from a 1. The lower one is smooth, since each weight was
// counted by itself. In the upper one a weight takes account of what its neighbours say already, down to opposite signs side by
// side. Were the pixels of a digit independent, the upper row would approach the lower.

// %% slideshow={"slide_type":"skip"} tags=["check"]
const [bySteps, byCounts] = rows;
const excess = bySteps["training loss"] - byCounts["training loss"];
const counting = { target: 16.3, tolerance: 0.1, unit: "%", source: "another program" };
const lead = { atLeast: bySteps["test error (%)"], unit: "%", source: "softmax regression" };
check(
  ["Bayes' rule − softmax", posteriorGap, { atMost: 1e-5, source: "the derivation" }],
  ["W and b in float32", roundingGap, { atMost: 5e-3, source: "in float64" }],
  [
    "loss above naive Bayes'",
    excess,
    { atMost: 0, unit: "nats", source: "it minimises this" },
  ],
  ["test error, naive Bayes", byCounts["test error (%)"], onPaper ? counting : lead],
);

// %% [markdown] slideshow={"slide_type":"slide"} notes="Ask for the cheapest use of p(x, y) that p(y | x) cannot offer. Drawing is one; doing without half of x is the other."
// ## 5 · What $p(x, y)$ is good for
//
// **It can draw.** Choose a class, then toss each pixel: ink where a uniform random number is below $\theta_{cj}$. With
// $p(y \mid x)$ there is nothing to toss: it says nothing about how images are distributed.
//
// *Predict: will the samples look like digits?*

// %% slideshow={"slide_type":"skip"}
// n images of every class, [n, 10, 784].
const draw = (n: number, seed: number): tf.Tensor3D => {
  const u: tf.Tensor3D = tf.randomUniform([n, 10, 784], 0, 1, "float32", seed);
  const black: tf.Tensor3D = tf.less(u, bayes.theta);
  return black.toFloat();
};
const samples = draw(500, 3);

// %% slideshow={"slide_type":"slide"} notes="The grey pictures are what the model knows. The three rows below are what it believes an image to be."
const three: tf.Tensor2D = tf.reshape(samples.slice(0, 3), [30, 784]);
plot.images(tf.concat([bayes.theta as tf.Tensor2D, three]), {
  title: "Naive Bayes draws the right ink in the right places, and no strokes",
  columns: 10,
  rows: ["θ", "a sample", "another", "another"],
});

// %% [markdown]
// Read the rows: the samples are dust in the form of a digit. Every pixel by itself is right, as their mean shows; what is missing
// is that *neighbours agree*. The correlation of neighbouring pixels within a class, next cell, puts a number to it. A $p(x)$ with
// strokes in it takes the second half of this course.

// %% slideshow={"slide_type":"skip"}
// Covariance of each pixel with the one at its right, and variance, summed over pixels.
function neighbours(x: tf.Tensor2D): number {
  const centred = tf.reshape(x.sub(x.mean(0)), [-1, 28, 28]);
  const n = x.shape[0];
  const [left, here] = [
    centred.slice([0, 0, 0], [n, 28, 27]),
    centred.slice([0, 0, 1], [n, 28, 27]),
  ];
  return left.mul(here).sum().div(centred.square().sum()).dataSync()[0];
}

// %% slideshow={"slide_type":"skip"}
const threes = labels.flatMap((l, n) => (l === 3 ? [n] : []));
const real = neighbours(tf.gather(ink, threes));
const drawn = neighbours(tf.reshape(samples.slice([0, 3, 0], [500, 1, 784]), [500, 784]));
const meanGap = tf.sub(samples.mean(0), bayes.theta).abs().mean().dataSync()[0];
console.log(`neighbours in images of 3: ${real.toFixed(2)}, in samples: ${drawn.toFixed(2)}`);

// %% [markdown] slideshow={"slide_type":"slide"} notes="Cover the lower half of an image with a sheet of paper. The generative model needs no new training: it leaves the covered factors out, and the order turns round. Be fair: a softmax trained on upper halves would lead again."
// **It can do without.** Cover the lower half of an image. What remains is $x_v$, the visible pixels $j \in v$. To get $p(x_v, y)$
// sum over all that the covered ones may be; each contributes the factor $\theta_{cj} + (1 - \theta_{cj}) = 1$:
//
// $$p(x_v, y_c = 1) = \pi_c \prod_{j \in v} \theta_{cj}^{x_j} (1 - \theta_{cj})^{1 - x_j} .$$
//
// So naive Bayes leaves the covered factors out. Softmax regression needs *some* number for every pixel: paper, or the mean.
//
// *Predict: with whole images naive Bayes was clearly behind. And with half images?*

// %% slideshow={"slide_type":"skip"}
const visible = tf.range(0, 784).less(392).toFloat(); // 1 in the upper 14 rows
const half: tf.Tensor2D = tf.mul(inkTest, visible);
const filled: tf.Tensor2D = tf.add(half, tf.mul(ink.mean(0), tf.sub(1, visible)));
const no = tf.log(tf.sub(1, bayes.theta)).mul(visible); // log (1 − θ), where it is seen
const halved = await softmaxRegression(tf.mul(ink, visible));
const seenOnly = { W: counted.W, b: tf.log(bayes.prior).add(no.sum(1)) };

// %% slideshow={"slide_type":"-"}
const [softmaxWhole, bayesWhole] = rows.map(row => row["test error (%)"]);
const covered = [
  { model: "softmax, paper", whole: softmaxWhole, a: scores(half, learnt) },
  { model: "softmax, mean image", whole: softmaxWhole, a: scores(filled, learnt) },
  { model: "naive Bayes, left out", whole: bayesWhole, a: scores(half, seenOnly) },
  { model: "softmax, trained on halves", whole: Number.NaN, a: scores(half, halved) },
].map(({ model, whole, a }) => ({ model, whole, "half covered": 100 * errorOf(a, yTest) }));
plot.table(new DataFrame(covered), {
  title: "Half an image turns the order round (test error, %)",
  decimals: 1,
});

// %% [markdown]
// Read the table: the model that knows $p(x, y)$ was not trained for this and needs no change. A softmax regression that was
// trained on upper halves leads again, but there are $2^{784}$ ways to cover an image. If $p(y \mid x)$ were all there is to know,
// the first three rows would keep their order.

// %% slideshow={"slide_type":"skip"} tags=["check"]
const [paper, meanImage, leftOut, again] = covered.map(row => row["half covered"]);
const clearly = { atMost: Math.min(paper, meanImage) - 3, unit: "%", source: "softmax − 3" };
check(
  ["mean of samples − θ", meanGap, { atMost: 0.02, source: "500 tosses a pixel" }],
  ["neighbours, images", real, { atLeast: 0.4, source: "pens draw strokes" }],
  ["neighbours, samples", drawn, { target: 0, tolerance: 0.03, source: "independence" }],
  ["half covered, naive Bayes", leftOut, clearly],
  ["trained on halves", again, { atMost: leftOut, unit: "%", source: "naive Bayes" }],
);

// %% [markdown] slideshow={"slide_type":"slide"} notes="Vote for both ends of the axis before the figure: 20 examples, 10,000 examples. Write the votes down."
// ## 6 · Which learns faster, which ends lower?
//
// Ng and Jordan (2001) compare this very pair. With endless data the discriminative model errs no more often; the generative one
// may come near its own, higher limit much faster. So there can be two regimes. To see both, make data whose limits are known
// exactly.
//
// Toss $y$ with a fair coin, then 20 bits with $p(x_j = 1 \mid y = 1) = \rho_j$ from 0.35 to 0.65 in equal steps, and $1 - \rho_j$
// for $y = 0$. Then **write the first five bits down four more times**: $d = 40$. The copies say nothing new, yet naive Bayes
// takes them for independent tosses. In the limit its log odds are
//
// $$\sum_{j=1}^{20} r_j\, (2 x_j - 1) \log \frac{\rho_j}{1 - \rho_j}, \qquad r_1 = \dots = r_5 = 5, \quad r_6 = \dots = r_{20} = 1,$$
//
// and the true ones have $r_j = 1$ everywhere. These are linear in $x$, so softmax regression can reach them.
//
// The inputs number $2^{20}$: sum over all of them. Besides the two error rates this gives the least loss that *any* $f$ can have,
// the conditional entropy $H(y \mid x) = -\mathbb{E} \log p(y \mid x)$.

// %% slideshow={"slide_type":"skip"}
const rho = Array.from({ length: 20 }, (_, j) => 0.35 + (0.3 * j) / 19);
const copies = rho.map((_, j) => (j < 5 ? 5 : 1)); // r_j
const limit = { naive: 0, least: 0, floor: 0 };
for (let x = 0; x < 2 ** 20; x++) {
  let [one, zero, odds] = [0.5, 0.5, 0]; // p(x, y = 1), p(x, y = 0), naive log odds
  for (let j = 0; j < 20; j++) {
    const p = (x >> j) & 1 ? rho[j] : 1 - rho[j];
    [one, zero] = [one * p, zero * (1 - p)];
    odds += copies[j] * Math.log(p / (1 - p));
  }
  limit.naive += odds > 0 ? zero : one;
  limit.least += Math.min(one, zero);
  limit.floor -= one * Math.log(one / (one + zero)) + zero * Math.log(zero / (one + zero));
}

// %% slideshow={"slide_type":"skip"}
// R data sets side by side, m pairs in each: x [R, m, 40], y [R, m, 2].
function made(R: number, m: number, seed: number) {
  const coin = tf.randomUniform([R, m, 1], 0, 1, "float32", seed).less(0.5);
  const chances = tf.where(coin, tf.tensor1d(rho), tf.sub(1, rho));
  const x = tf
    .randomUniform([R, m, 20], 0, 1, "float32", seed + 1)
    .less(chances)
    .toFloat();
  const first = x.slice([0, 0, 0], [R, m, 5]);
  const y = tf.concat([tf.logicalNot(coin), coin], 2).toFloat();
  return { x: tf.concat([x, first, first, first, first], 2), y };
}

// %% slideshow={"slide_type":"skip"}
async function trained(x: tf.Tensor, y: tf.Tensor): Promise<Linear> {
  const [R, m, d] = x.shape;
  const C = y.shape[2] as number;
  const model = { W: tf.variable(tf.zeros([R, C, d])), b: tf.variable(tf.zeros([R, 1, C])) };
  const loss = (x: tf.Tensor2D, y: tf.Tensor2D) =>
    tf.neg(tf.sum(tf.mul(y, tf.logSoftmax(scores(x, model))))).div(m) as tf.Scalar;
  const step = compile(loss, { optimizer: tf.train.adam(0.02) });
  for (let i = 0; i < 150; i++) {
    step(x as tf.Tensor2D, y as tf.Tensor2D);
    await train.turn(); // lets you stop the cell
  }
  return model;
}

// %% slideshow={"slide_type":"skip"}
// Test error and test loss, means over R models.
function tested({ W, b }: Linear, x: tf.Tensor2D, y: tf.Tensor2D) {
  const [R, C, d] = W.shape as [number, number, number];
  const means = tf.tidy(() => {
    const all = { W: W.reshape([R * C, d]), b: b.reshape([1, R * C]) };
    const a = scores(x, all).reshape([-1, R, C]);
    const truth = tf.expandDims(y, 1);
    const wrong = tf.notEqual(a.argMax(2), truth.argMax(2));
    const logs = tf.sum(tf.mul(truth, tf.logSoftmax(a)), 2);
    return tf.stack([wrong.mean(), logs.mean().neg()]);
  });
  const [error, loss] = means.dataSync();
  return { error, loss };
}

// %% slideshow={"slide_type":"skip"}
const sizes = [20, 40, 80, 160, 320, 640, 1280, 2560, 5120, 10_240];
const madeTest = made(1, 40_000, 99);
const [testX, testY] = [madeTest.x, madeTest.y].map(t => t.squeeze([0]) as tf.Tensor2D);
const learning: Record<string, { error: number; loss: number }[]> = {
  naive: [],
  softmax: [],
};
for (const m of sizes) {
  const { x, y } = made(Math.min(40, 20_480 / m), m, m);
  learning.naive.push(tested(asSoftmax(naiveBayes(x, y)), testX, testY));
  learning.softmax.push(tested(await trained(x, y), testX, testY));
}

// %% slideshow={"slide_type":"slide"} notes="Two regimes, and two lines that were known before anything was trained. Where do the curves cross?"
const errors = (name: string) => learning[name].map(({ error }) => error);
const byAmount = {
  "naive Bayes": errors("naive"),
  "softmax regression": errors("softmax"),
  "limit of naive Bayes": sizes.map(() => limit.naive),
  "least possible error": sizes.map(() => limit.least),
};
plot.curves(byAmount, {
  title: "With few examples p(x, y) leads, with many p(y | x)",
  x: "training examples m",
  y: "test error (share)",
  at: sizes,
  logX: true,
  points: ["naive Bayes", "softmax regression"],
});

// %% [markdown]
// Read the points: each row settles on the line that was computed before. Naive Bayes is there after some hundred examples,
// softmax regression needs thousands, and passes near 80. Without the copies both limits would be one: it could catch up, and no
// more.

// %% slideshow={"slide_type":"skip"} tags=["check"]
const [naive, softmax] = [errors("naive"), errors("softmax")];
const [few20, few40, many] = [0, 1, 9].map(i => softmax[i] - naive[i]);
const { loss } = learning.softmax[9];
const exactly = { tolerance: 0.012, source: "all 2²⁰ inputs" };
check(
  ["naive Bayes leads, m = 20", few20, { atLeast: 0.005, source: "Ng & Jordan" }],
  ["naive Bayes leads, m = 40", few40, { atLeast: 0.005, source: "Ng & Jordan" }],
  ["softmax leads, m = 10,240", -many, { atLeast: 0.03, source: "Ng & Jordan" }],
  ["limit of naive Bayes", naive[9], { target: limit.naive, ...exactly }],
  ["limit of softmax", softmax[9], { target: limit.least, ...exactly }],
  ["its loss", loss, { target: limit.floor, ...exactly, unit: "nats" }],
);

// %% [markdown]
// **The loss cannot reach 0 here.** Softmax regression ends at $H(y \mid x) = 0.435$ nats, and nothing gets below: $x$ does not
// determine $y$. A loss near 0 on these data would be proof of learning by heart.
//
// **And on digits?** *Predict: do the curves cross for MNIST as well?*

// %% slideshow={"slide_type":"skip"}
const amounts = [20, 50, 100, 200, 500, 1000, 2000];
if (engineRoute !== "wasm") amounts.push(5000, 10_000); // minutes in WebAssembly
const onDigits: Record<string, number[]> = { "naive Bayes": [], "softmax regression": [] };
for (const m of amounts) {
  const R = Math.max(1, Math.floor(Math.min(20, 4000 / m))); // data sets of m images
  const x = ink.slice([0, 0], [R * m, 784]).reshape([R, m, 784]);
  const targets = y.slice([0, 0], [R * m, 10]).reshape([R, m, 10]);
  const two = [asSoftmax(naiveBayes(x, targets)), await trained(x, targets)];
  const [counts, steps] = two.map(model => tested(model, inkTest, yTest).error);
  onDigits["naive Bayes"].push(counts);
  onDigits["softmax regression"].push(steps);
}

// %% slideshow={"slide_type":"slide"} notes="A theorem says what can happen, not what must. Let them explain why the copies are everywhere here."
plot.curves(onDigits, {
  title: "On digits the curves do not cross: softmax leads from 20 images on",
  x: "training images m",
  y: "test error (share)",
  at: amounts,
  logX: true,
});

// %% [markdown]
// Read the curves: naive Bayes gains little after 2,000 images, as expected, but its limit is high and the other curve lies below
// from the start. Strokes make *every* pixel a near copy of its neighbours, and 150 small steps from 0 keep the weights of softmax
// regression in check. "There can be two regimes" is not "there always are".

// %% slideshow={"slide_type":"skip"} tags=["check"]
const leads = onDigits["naive Bayes"].map(
  (error, i) => error - onDigits["softmax regression"][i],
);
check([
  "least lead of softmax",
  Math.min(...leads),
  { atLeast: 0, source: "they do not cross" },
]);

// %% [markdown] slideshow={"slide_type":"slide"} notes="Ask what explains 8.7 against 7.5: five times fewer images. And 4.2 against 4.7, with fewer images: cross-entropy, rectified units and Adam."
// ## Ours against the papers
//
// The same 10,000 test images. We train on 10,000 images, the Theano tutorials (softmax regression) on 50,000, LeCun, Bottou,
// Bengio and Haffner (1998) on 60,000, with squared errors. Their linear classifier has 12.0 %.

// %% slideshow={"slide_type":"-"}
const papers = new DataFrame({
  classifier: ["softmax regression", "300 hidden units"],
  ours: [100 * linearTest, 100 * mlpTest],
  published: [7.49, 4.7],
});
plot.table(papers, { title: "Test digits classified wrong (%)", decimals: 2 });

// %% [markdown] slideshow={"slide_type":"slide"} notes="Exercise 1 in class, so that everybody has seen a check turn green. The others at home; 5 for those who liked section 5."
// ## Exercises
//
// Replace `exercise.todo(…)` and run the check below it. The checks ask five random questions each, so nothing can be copied.

// %% slideshow={"slide_type":"skip"} exercise={"role":"sheet"}
const sheet = exercise.sheet("Exercises of lesson 01");
const total = (numbers: number[]) => numbers.reduce((sum, value) => sum + value, 0);

// %% [markdown] slideshow={"slide_type":"skip"}
// **1 ★ The softmax gradient.** Return $\partial \mathcal{L} / \partial W$ of the mean cross-entropy for a softmax regression
// without biases, $[C, d]$. Do it without `tf.grad`.
//
// <details><summary>Hint</summary>Section 2: residual times input, averaged over the pairs.</details>

// %% slideshow={"slide_type":"skip"} exercise={"id":"1","role":"starter"}
// x [n, d], one-hot y [n, C], W [C, d]
function softmaxGradient(x: tf.Tensor2D, y: tf.Tensor2D, W: tf.Tensor2D): tf.Tensor2D {
  return exercise.todo(x, y, W);
}

// %% slideshow={"slide_type":"skip"} exercise={"id":"1","role":"check"}
await sheet.check("1 · The softmax gradient", draw => {
  const [x, W, n] = [draw.normal(4, 3), draw.normal(2, 3), 4];
  const y = tf.oneHot([0, 1, draw.integer(0, 1), 1], 2).toFloat() as tf.Tensor2D;
  const a = (W: tf.Tensor): tf.Tensor2D => tf.matMul(x, W, false, true);
  const loss = (W: tf.Tensor) => tf.losses.softmaxCrossEntropy(y, a(W)).asScalar();
  const right = tf.grad(loss)(W);
  const list = (t: tf.Tensor) => Array.from(t.dataSync());
  return {
    given: `n = ${n} pairs, d = 3, C = 2; the gradient row by row`,
    got: list(softmaxGradient(x, y, W)),
    expected: list(right),
    mistakes: {
      "The sign is turned: the residual is ŷ − y.": list(right.neg()),
      "That is the sum over the pairs; asked is the mean.": list(right.mul(n)),
      "Divide by the number of pairs, not of entries.": list(right.div(2)),
      "That is [d, C]: transpose it.": list(right.transpose()),
      "The scores are no probabilities yet.": list(tf.matMul(a(W).sub(y), x, true).div(n)),
    },
  };
});

// %% [markdown] slideshow={"slide_type":"skip"}
// **2 ★ Count.** Return naive Bayes' $\theta$, $[C, d]$, with Laplace's rule.
//
// <details><summary>Hint</summary>Section 4: <code>tf.matMul(y, x, true)</code> counts the ink of every class.</details>

// %% slideshow={"slide_type":"skip"} exercise={"id":"2","role":"starter"}
// x [n, d] of zeros and ones, one-hot y [n, C]
function inkShares(x: tf.Tensor2D, y: tf.Tensor2D): tf.Tensor2D {
  return exercise.todo(x, y);
}

// %% slideshow={"slide_type":"skip"} exercise={"id":"2","role":"check"}
await sheet.check("2 · Count", draw => {
  const classes = [0, 0, 0, 0, 1, 1, 2, draw.integer(0, 2)];
  const images = classes.map(() => [1, draw.integer(0, 1), draw.integer(0, 1)]);
  const ones = (c: number, j: number) => images.filter((x, n) => classes[n] === c && x[j]);
  const size = (c: number) => classes.filter(k => k === c).length;
  const all = (f: (K: number, N: number) => number) =>
    [0, 1, 2].flatMap(c => [0, 1, 2].map(j => f(ones(c, j).length, size(c))));
  const y = tf.oneHot(classes, 3).toFloat() as tf.Tensor2D;
  return {
    given: `images ${images.map(x => x.join(""))} of the classes ${classes}`,
    got: Array.from(inkShares(tf.tensor2d(images), y).dataSync()),
    expected: all((K, N) => (K + 1) / (N + 2)),
    mistakes: {
      "Laplace's two images are missing.": all((K, N) => K / N),
      "Two images are added: N_c + 2.": all((K, N) => (K + 1) / (N + 1)),
      "A pixel has 2 values, however many classes.": all((K, N) => (K + 1) / (N + 3)),
      "θ is a share within its class: N_c + 2.": all(K => (K + 1) / (8 + 2)),
    },
  };
});

// %% [markdown] slideshow={"slide_type":"skip"}
// **3 ★★ Draw.** Return `n` images drawn from $p(x \mid y)$ of naive Bayes, $[n, d]$, given the $\theta$ of the class.
//
// <details><summary>Hint</summary>One uniform random number for every pixel of every image; section 5.</details>

// %% slideshow={"slide_type":"skip"} exercise={"id":"3","role":"starter"}
function drawImages(theta: tf.Tensor1D, n: number): tf.Tensor2D {
  return exercise.todo(theta, n);
}

// %% slideshow={"slide_type":"skip"} exercise={"id":"3","role":"check"}
await sheet.check("3 · Draw", draw => {
  const [low, high] = [draw.number(0.3, 0.42), draw.number(0.58, 0.7)];
  const images = drawImages(tf.tensor1d([low, high, 0.9]), 4000);
  const [first, second] = tf.split(images, [1, 1, 1], 1);
  const means = Array.from(images.mean(0).dataSync());
  const together = first.mul(second).mean().dataSync()[0]; // both have ink
  const pure = images.mul(tf.sub(1, images)).abs().mean().dataSync()[0]; // 0 for zeros and ones
  return {
    given: `θ = ${[low, high, 0.9]}: means of 4,000, how often pixels 1 and 2 both have ink, greyness`,
    got: [...means, together, pure],
    expected: [low, high, 0.9, low * high, 0],
    tolerance: 0.05,
    mistakes: {
      "Those are the probabilities, not images: toss.": [low, high, 0.9, low * high, null],
      "Every image is the most probable one: toss.": [0, 1, 1, 0, 0],
      "Ink and paper are exchanged.": [1 - low, 1 - high, 0.1, null, 0],
      "Pixels agree too often: each needs its own toss.": [low, high, 0.9, low, 0],
    },
  };
});

// %% [markdown] slideshow={"slide_type":"skip"}
// **4 ★★ The floor.** Given the joint probabilities `joint[x][y]`, return the smallest mean cross-entropy, in nats, that any model
// $p(y \mid x; \Omega)$ can reach on endless new pairs.
//
// <details><summary>Hint</summary>Section 6, the conditional entropy: the best model says the true probabilities.</details>

// %% slideshow={"slide_type":"skip"} exercise={"id":"4","role":"starter"}
function lowestLoss(joint: number[][]): number {
  return exercise.todo(joint);
}

// %% slideshow={"slide_type":"skip"} exercise={"id":"4","role":"check"}
await sheet.check("4 · The floor", draw => {
  const raw = [0, 1, 2].map(() => [draw.number(0.1, 1), draw.number(0.1, 1)]);
  const joint = raw.map(row => row.map(value => value / total(raw.flat())));
  const H = (p: number[]) => -total(p.map(value => value * Math.log(value)));
  const [px, py] = [joint.map(total), [0, 1].map(y => total(joint.map(row => row[y])))];
  const each = joint.map((row, x) => H(row.map(value => value / px[x]))); // H(y) at each x
  return {
    given: `p(x, y) = ${JSON.stringify(joint)}`,
    got: lowestLoss(joint),
    expected: total(each.map((value, x) => px[x] * value)),
    mistakes: {
      "0 is reached only where x determines y.": 0,
      "That is H(x, y): the model need not explain x.": H(joint.flat()),
      "That is H(y): the model may look at x.": H(py),
      "That is H(x | y): the other way round.": H(joint.flat()) - H(py),
      "That is in bits; asked are nats.": (H(joint.flat()) - H(px)) / Math.LN2,
      "Weight every x by how often it comes.": total(each) / 3,
    },
  };
});

// %% [markdown] slideshow={"slide_type":"skip"}
// **5 ★★★ Covered pixels.** Return naive Bayes' $p(y \mid x_v)$, $C$ numbers, where a covered pixel is `null`.
//
// <details><summary>Hint</summary>Section 5: a covered pixel adds the factor 1. Divide by the sum over the classes.</details>

// %% slideshow={"slide_type":"skip"} exercise={"id":"5","role":"starter"}
// pixels: 0, 1 or null; theta[c][j]; prior[c]
function posterior(pixels: (number | null)[], theta: number[][], prior: number[]): number[] {
  return exercise.todo(pixels, theta, prior);
}

// %% slideshow={"slide_type":"skip"} exercise={"id":"5","role":"check"}
await sheet.check("5 · Covered pixels", draw => {
  const theta = [0, 1, 2].map(() => [0, 1, 2, 3].map(() => draw.number(0.1, 0.9)));
  const [prior, a, b] = [[0.5, 0.3, 0.2], draw.integer(0, 1), draw.integer(0, 1)];
  const joint = (x: number[], c: number) =>
    x.reduce((f, on, j) => f * Math.abs(1 - on - theta[c][j]), prior[c]); // θ or 1 − θ
  const every = [0, 1, 2, 3].map(i => prior.map((_, c) => joint([a, i >> 1, b, i & 1], c)));
  const summed = prior.map((_, c) => total(every.map(p => p[c])));
  const normal = (p: number[]) => p.map(v => v / total(p));
  return {
    given: `pixels ${a}, null, ${b}, null, θ ${JSON.stringify(theta)}, prior ${prior}`,
    got: posterior([a, null, b, null], theta, prior),
    expected: normal(summed),
    mistakes: {
      "Covered is not paper: leave the pixel out.": normal(every[0]),
      "Covered is not ink: leave the pixel out.": normal(every[3]),
      "The prior is missing.": normal(summed.map((p, c) => p / prior[c])),
      "That is p(x_v, y): divide by its sum over y.": summed,
    },
  };
});

// %% slideshow={"slide_type":"skip"}
sheet;

// %% [markdown] slideshow={"slide_type":"slide"} notes="Back to the board: which of the votes of the first slide stand? Then ask how one could get p(x) with strokes, and without labels."
// ## To remember
//
// 1. The gradient of softmax regression is residual times input, and two evaluations of the loss test any gradient.
// 2. A training loss near 0 is reached with right labels and with labels dealt at random; only new pairs tell the two apart.
// 3. Even on new pairs nothing gets below $H(y \mid x)$.
// 4. Naive Bayes and softmax regression are one family of functions; one explains $x$ and $y$, the other only $y$ given $x$.
// 5. The joint model may lead with few examples, draws new $x$ and bears gaps; where its assumptions are false it ends higher.
//
// **So read the slide's $\mathcal{L}(y, \hat y) \approx 0$ as: small on pairs not yet seen, as small as $x$ allows.** And "neural
// networks are, by design, models for supervised learning": gradient training compares an output with a *target*, and here
// somebody had to write 10,000 of them down. Nothing says that the target must be a label. Lesson 03 takes $x$ itself, and lesson
// 15 trains a network for $p(x)$ with no target at all. Next question: what can you learn when nobody has written labels? Lesson
// 02.
//
// **References.** Rumelhart, Hinton and Williams 1986, [doi:10.1038/323533a0](https://doi.org/10.1038/323533a0) ·
// LeCun, Bottou, Bengio and Haffner 1998, [doi:10.1109/5.726791](https://doi.org/10.1109/5.726791) ·
// Ng and Jordan 2001, *On discriminative vs. generative classifiers*, Advances in Neural Information Processing Systems 14 ·
// Kingma and Ba 2015, [doi:10.48550/arXiv.1412.6980](https://doi.org/10.48550/arXiv.1412.6980) ·
// Zhang, Bengio, Hardt, Recht and Vinyals 2017, [doi:10.48550/arXiv.1611.03530](https://doi.org/10.48550/arXiv.1611.03530) ·
// LISA lab, *Deep learning tutorials*, deeplearning.net/tutorial/logreg.html

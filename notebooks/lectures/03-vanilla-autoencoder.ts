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

// %% [markdown] slideshow={"slide_type":"slide"} notes="Ask: a network that returns its input, what is it good for? Collect answers. Then ask what loss would convince them; write the numbers on the board and come back to them in section 6."
// # Lesson 03 · Self-supervision and the vanilla autoencoder
//
// The lecture's slide (Roman-Rangel, *AutoEncoders*, 2021) describes a network "that learns to reproduce its own input, while
// learning interesting data representations", by a loss with a price on its weights: $\lVert y - \hat y \rVert^2 + \alpha \lVert
// \Omega \rVert_1$. **Its loss falls. How do you know that it has learnt anything?**
//
// After this lesson you can
//
// 1. turn unlabelled data into pairs of input and target, and say what keeps a network from copying;
// 2. write encoder, latent representation and decoder, and count their weights;
// 3. name, before any training, the losses between which a useful autoencoder ends;
// 4. convert squared error, nats, sums and means, and say why cross-entropy does not fall to 0;
// 5. say what $\alpha \lVert \Omega \rVert_1$ does to a weight, and what it does not do to a code.
//
// You need gradient descent and cross-entropy from lesson 01, PCA from lesson 02. About 25 minutes to read, one minute to run.

// %% slideshow={"slide_type":"skip"}
import { DataFrame } from "danfojs-node";
import {
  check,
  classical,
  data,
  exercise,
  fit,
  linalg,
  models,
  plot,
  tf,
  train,
} from "latent";

// %% [markdown] slideshow={"slide_type":"slide"} notes="Nothing to explain in the picture. Say that the labels exist and will not be touched: search the notebook for the word afterwards."
// ## 1 · The data
//
// Take $n = 10\,000$ digits for training and $10\,000$ for testing. An image is a point $x \in [0, 1]^d$, $d = 784$ pixels, 0 for
// paper and 1 for ink. The images have labels; this lesson never reads them.

// %% slideshow={"slide_type":"-"}
const mnist = await data.mnist({ train: 10_000, test: 10_000 });
const x = mnist.train.images; // [10000, 784]
const xTest = mnist.test.images; // [10000, 784], new to every network below
plot.images(x.slice([0, 0], [40, 784]), {
  title: "Forty of the 10,000 images: ink and paper, no labels",
  columns: 20,
});

// %% [markdown] slideshow={"slide_type":"slide"} notes="Go through the table by rows. The question that matters is the last column: why can the network not cheat?"
// ## 2 · A target made from the input
//
// The slide says that unsupervised learning is, strictly speaking, not possible with neural networks, and takes a roundabout. Read
// it as: **the gradient of a loss needs a target; where nobody gives one, make it from the input.** (Some networks learn without a
// target: Oja's rule of 1982 finds the first principal direction, and the RBM of the same lecture, lesson 15, fits a density.)
//
// | task | input | target | why copying is no way out |
// | --- | --- | --- | --- |
// | autoencoder | $x$ | $x$ | the code is short, or has a price |
// | cleaning (lesson 06) | $x$ + noise | $x$ | the copy is noisy |
// | hidden part (section 8) | upper half of $x$ | lower half | the target is not in the input |
// | next or masked symbol (lesson 09) | the others | that symbol | the same |
//
// The slide writes the pairs as $(x^{(n)}, \hat x^{(n)})$. To be exact: the pair to learn from is $(x, x)$, so the loss's $y$ is $x$;
// the hat marks what the network returns.
//
// **The thesis that the slide cites.** Goodfellow, Bengio and Courville (2016, chapter 14) name LeCun 1987, Bourlard and Kamp 1988
// and Hinton and Zemel 1994 for the idea of the autoencoder; in section 14.5 they cite LeCun 1987 and Gallinari et al. 1987 for
// networks that clean noisy input. We know the thesis through them and have not read it.

// %% [markdown] slideshow={"slide_type":"slide"} notes="Draw the hourglass. Let them count the weights before the check does: 784 times 32, twice, and the biases."
// ## 3 · Encoder, latent representation, decoder
//
// The **encoder** turns $x$ into $k$ numbers, the code or **latent representation** $z$; the **decoder** turns these into $\hat x$:
//
// $$z = f(W_1 x + b_1) \in \mathbb{R}^k, \qquad \hat x = \sigma(W_2 z + b_2) \in (0, 1)^d, \qquad
// \sigma(a) = \frac{1}{1 + e^{-a}} .$$
//
// $W_1 \in \mathbb{R}^{k \times d}$, $b_1 \in \mathbb{R}^k$, $W_2 \in \mathbb{R}^{d \times k}$, $b_2 \in \mathbb{R}^d$; together they
// are $\Omega$. The function $f$ works number by number. One layer each way: this is the *vanilla* autoencoder. A **regularizer**, a
// price on $\Omega$ or on $z$, is optional (section 7).
//
// *Predict: how many numbers does $\Omega$ hold for $k = 32$? How many would a table of all training images hold?*
//
// In the code an image is a *row*, so `w1` is $W_1^\top$ and `w2` is $W_2^\top$. `logits` are the outputs before $\sigma$.

// %% slideshow={"slide_type":"skip"}
type Activation = (a: tf.Tensor2D) => tf.Tensor2D;

function vanilla(k: number, f: Activation, seed: number) {
  const make = models.initial(seed);
  const [w1, b1] = [make.glorot([784, k]), make.constant([k], 0)];
  const [w2, b2] = [make.glorot([k, 784]), make.constant([784], 0)];
  const encode = (x: tf.Tensor2D): tf.Tensor2D => f(x.matMul(w1).add(b1)); // z, [n, k]
  const logits = (z: tf.Tensor2D): tf.Tensor2D => z.matMul(w2).add(b2); // [n, 784]
  const decode = (z: tf.Tensor2D): tf.Tensor2D => tf.sigmoid(logits(z)); // x̂, [n, 784]
  return { encode, logits, decode, omega: [w1, b1, w2, b2] };
}
type Model = ReturnType<typeof vanilla>;

// %% slideshow={"slide_type":"skip"}
const untrained = vanilla(32, tf.relu, 3);
const z: tf.Tensor2D = untrained.encode(xTest);
const inside = models.parameterCount(untrained.omega);
console.log(`z [${z.shape}], x̂ [${untrained.decode(z).shape}]`);
console.log(`${inside} numbers in Ω, ${x.size} in the training images`);

// %% slideshow={"slide_type":"skip"} tags=["check"]
check(
  ["numbers in a code", z.shape[1], { target: 32, tolerance: 0, source: "k" }],
  ["numbers in Ω", inside, { target: 50_992, tolerance: 0, source: "2dk + k + d" }],
);

// %% [markdown] slideshow={"slide_type":"slide"} notes="The proof is one line, and section 8 uses it again. Let them guess the number for the mean image before the table comes."
// ## 4 · Two yardsticks before any training
//
// *Predict: a network that ignores its input and always returns the same image. Which image is best, and what is its error?*
//
// All errors are **squared errors per image**: summed over the pixels, averaged over the images. For a constant image $c$, insert
// the mean $\bar x$:
//
// $$E(c) = \frac1n \sum_i \lVert x_i - c \rVert^2
// = \frac1n \sum_i \lVert x_i - \bar x \rVert^2 + \lVert \bar x - c \rVert^2 ,$$
//
// because the cross term $\frac2n \sum_i (x_i - \bar x)^\top (\bar x - c)$ vanishes: deviations from the mean add up to 0. So
// **the best constant is the mean image, and its error is the total variance** $\sum_j \lambda_j$. A network above it has learnt
// less than one image.
//
// The second yardstick is lesson 02's: PCA with 2 numbers. An autoencoder with 32 must beat that easily; the fair rival, PCA with
// 32, stands beside it.

// %% slideshow={"slide_type":"skip"}
// Per image: summed over the pixels, averaged over the rows.
const squaredError = (x: tf.Tensor2D, y: tf.Tensor): tf.Scalar =>
  x.sub(y).square().sum(1).mean();
const errors = (y: tf.Tensor) => [x, xTest].map(x => squaredError(x, y).dataSync()[0]);

// %% slideshow={"slide_type":"skip"}
const mean = x.mean(0); // x̄, [784]
const pca2 = classical.pca(x, 2);
const pca32 = classical.pca(x, 32);
const byPca = (pca: classical.Pca) => [x, xTest].map(x => pca.error(x).mean().dataSync()[0]);

// %% slideshow={"slide_type":"-"}
const rivals = [tf.zeros([784]), tf.fill([784], 0.5), mean].map(errors);
rivals.push(byPca(pca2), byPca(pca32));
const yardsticks = new DataFrame({
  output: ["white paper", "all grey", "mean image", "PCA, 2 numbers", "PCA, 32 numbers"],
  training: rivals.map(([training]) => training),
  test: rivals.map(([, test]) => test),
});
plot.table(yardsticks, { title: "Squared error per image, without a network", decimals: 2 });

// %% slideshow={"slide_type":"skip"} tags=["check"]
const [paper, , [constant, constantTest], [, pcaTest2], [, pcaTest32]] = rivals;
const eigenvalues = classical.pca(x, 784).variances; // all of them
const away = mean.square().sum().dataSync()[0]; // ‖x̄ − 0‖²
check(
  [
    "mean image",
    constant,
    { target: eigenvalues.sum().dataSync()[0], tolerance: "0.01 %", source: "Σ λⱼ" },
  ],
  [
    "white paper",
    paper[0],
    { target: constant + away, tolerance: "0.01 %", source: "E(x̄) + ‖x̄‖²" },
  ],
);

// %% slideshow={"slide_type":"skip"} tags=["check"]
const float64 = "this part of MNIST, in float64"; // drawn digits have other variances
if (mnist.source === "original")
  check(
    ["total variance", constant, { target: 52.752, tolerance: 0.002, source: float64 }],
    ["PCA of 2, test", pcaTest2, { target: 43.72, tolerance: 0.01, source: float64 }],
  );

// %% [markdown] slideshow={"slide_type":"slide"} notes="Run both loops live. Hide the second title if you can: both curves fall from 180 and flatten, and the class should not see a difference at once."
// ## 5 · Two networks, one loop
//
// *Predict: the same loop trains two autoencoders. Both losses fall steeply, then level off. Can you tell from the curves' shape
// which one has learnt nothing?*
//
// The two differ in $f$ alone: the rectifier $\max(0, a)$, and $\sigma(a)$.

// %% slideshow={"slide_type":"skip"}
const reconstructionError = (model: Model, x: tf.Tensor2D): tf.Scalar =>
  squaredError(x, model.decode(model.encode(x)));
const back = (model: Model, x: tf.Tensor2D) =>
  model.decode(model.encode(x.slice([0, 0], [12, 784]))); // twelve reconstructions

// %% slideshow={"slide_type":"skip"}
async function descend(model: Model, title: string) {
  const adam = tf.train.adam(0.002);
  const live = train.progress({ steps: 400, title, y: "squared error per image" });
  const shots: tf.Tensor2D[] = [];
  for (const batch of train.batches(x, { batchSize: 100, epochs: 4, seed: 3 })) {
    if ([0, 30, 100, 399].includes(live.values.length)) shots.push(back(model, xTest));
    live.step(await train.minimize(adam, () => reconstructionError(model, batch)));
  }
  live.end();
  return { falls: live.values, shots };
}

// %% slideshow={"slide_type":"-"}
const rectified = vanilla(32, tf.relu, 3);
const { falls, shots } = await descend(rectified, "The loss falls steeply, then slowly");

// %% slideshow={"slide_type":"-"}
const squashed = vanilla(32, tf.sigmoid, 3);
const second = await descend(squashed, "This loss falls steeply, then slowly, too");

// %% slideshow={"slide_type":"skip"}
const level = (value: number) => falls.map(() => value);
const descents = {
  "f = max(0, a)": falls,
  "f = σ(a)": second.falls,
  "mean image": level(constant),
  "PCA, 2 numbers": level(pcaTest2),
};

// %% slideshow={"slide_type":"slide"} notes="Without the two level lines the curves look alike. This is the figure to remember: draw the yardstick first."
plot.curves(descents, {
  title: "One of the two stops at the error of the mean image",
  x: "step",
  y: "squared error per image",
});

// %% [markdown]
// Read the curves against the level lines, not by their shape. The rectified one passes both yardsticks; the other rests on the
// first. Had it learnt a code, it would lie below.

// %% slideshow={"slide_type":"skip"}
const firstDigits = xTest.slice([0, 0], [12, 784]) as tf.Tensor2D;
const film = tf.concat([...shots, firstDigits]) as tf.Tensor2D;

// %% slideshow={"slide_type":"slide"} notes="Ask at row two: which digit is which? The network cannot tell either. Its loss is down by two thirds by then."
plot.images(film, {
  title: "First it learns the mean image, and only then the digits",
  columns: 12,
  rows: ["first", "after 30 steps", "after 100", "after 399", "test digit"],
});

// %% [markdown]
// Read the rows from the top: noise, then one ghost for all, then strokes, then digits. The steep part of the curve bought the ghost. A
// network that learnt digits from the start would show no such row.

// %% slideshow={"slide_type":"skip"}
const spread = (model: Model) => {
  const codes = model.encode(xTest);
  const outputs = model.decode(codes);
  const slopes = codes.mul(tf.sub(1, codes)); // σ′(a), where f = σ
  return [squaredError(outputs, mean), codes.mean(), slopes.mean()].map(t => t.dataSync()[0]);
};
const [fromMean] = spread(rectified);
const ghost = squaredError(shots[1], mean).dataSync()[0];
const [fromMeanToo, averageCode, slope] = spread(squashed);

// %% [markdown] slideshow={"slide_type":"slide"} notes="It is a plateau, not the end: with several times as many steps it creeps away. Ask what the class would have reported after these 400 steps."
// **What failed.** The second network returns the mean image for every digit. Its codes are all near 1, where $\sigma$ is flat:
// $\sigma'(a) = z (1 - z)$ is 0.25 at best and hardly 0.005 here, and the gradient of every encoder weight is multiplied by it. The
// code has become a constant, and a constant can do no better than $\bar x$. In each of the ten runs that we tried it was so. The
// loss still fell by more than two thirds: *a falling loss proves nothing; a loss below a yardstick does.* Longer training leaves
// this plateau; whoever stops here believes that the curve has converged.

// %% slideshow={"slide_type":"skip"} tags=["check"]
const [test, testToo] = [rectified, squashed].map(
  m => reconstructionError(m, xTest).dataSync()[0],
);
const average = (values: number[]) => values.reduce((sum, v) => sum + v, 0) / values.length;
const fallen = average(falls.slice(-20)) / falls[0];
check(
  ["last steps / first step", fallen, { atMost: 0.3, source: "the loss falls" }],
  ["test error", test, { atMost: pcaTest2, source: "PCA, 2 numbers" }],
  [
    "test error, σ",
    testToo,
    { target: constantTest, tolerance: "1.5 %", source: "mean image" },
  ],
  ["‖x̂ − x̄‖², σ", fromMeanToo, { atMost: 1, source: "it returns x̄" }],
  ["‖x̂ − x̄‖², 30 steps", ghost, { atMost: 7, source: "the mean image first" }],
  ["‖x̂ − x̄‖²", fromMean, { atLeast: 10, source: "it does not" }],
  ["mean of z, σ", averageCode, { atLeast: 0.95, source: "codes near 1" }],
  ["mean of z (1 − z), σ", slope, { atMost: 0.02, source: "flat σ; 0.25 at best" }],
);

// %% [markdown] slideshow={"slide_type":"slide"} notes="Ask for the loss of a perfect reconstruction before the derivation. Nearly everybody says 0; for squared error they are right."
// ## 6 · Squared error or cross-entropy?
//
// *Predict: a network returns each grey image exactly. What is its cross-entropy?*
//
// Print $x$ in black and white: pixel $j$ becomes ink with chance $x_j$. A network that gave ink the chance $\hat x_j$ pays $-\log
// \hat x_j$ when ink comes and $-\log (1 - \hat x_j)$ when paper stays. On average this is, in **nats** (natural logarithms; $0 \log 0
// = 0$),
//
// $$h(x_j, \hat x_j) = -x_j \log \hat x_j - (1 - x_j) \log (1 - \hat x_j)
// = \underbrace{h(x_j, x_j)}_{\text{entropy}} + \underbrace{x_j \log \frac{x_j}{\hat x_j}
// + (1 - x_j) \log \frac{1 - x_j}{1 - \hat x_j}}_{D(x_j, \hat x_j)} .$$
//
// **Claim.** $D(x_j, \hat x_j) \ge 2\, (x_j - \hat x_j)^2$. *Proof.* Let $g(\hat x_j)$ be the left side minus the right. Then
//
// $$g'(\hat x_j) = (\hat x_j - x_j) \left( \frac{1}{\hat x_j (1 - \hat x_j)} - 4 \right),$$
//
// and the second factor is never negative, because $\hat x_j (1 - \hat x_j) \le \frac14$. So $g$ falls up to $\hat x_j = x_j$, where
// it is 0, and rises after it. $\square$ (A case of Pinsker's inequality.) Summed over the pixels:
//
// 1. **the least cross-entropy is the entropy of the pixels, not 0**, and $\hat x = x$ alone reaches it;
// 2. what an image costs above this floor is at least twice its squared error.

// %% slideshow={"slide_type":"skip"}
const chances = Array.from({ length: 90 }, (_, i) => (i + 1) / 100); // x̂ of one pixel
const cost = (pixel: number) =>
  chances.map(c => -pixel * Math.log(c) - (1 - pixel) * Math.log(1 - c));
const pixelCosts = {
  "x = 0": cost(0),
  "x = 0.25": cost(0.25),
  "x = 0.5": cost(0.5),
};

// %% slideshow={"slide_type":"slide"} notes="Put a finger on each minimum: above its x, and above 0 unless the pixel is pure. The grey edges of the strokes make the floor."
plot.curves(pixelCosts, {
  title: "The least cost lies at x̂ = x, and is 0 only for pure paper or ink",
  x: "chance x̂ that the network gives to ink",
  y: "cross-entropy (nats a pixel)",
  at: chances,
});

// %% [markdown]
// Read each curve at its lowest point: it stands above $\hat x = x$, at the height of the pixel's entropy. Were the floor 0, all
// three would touch the axis.

// %% slideshow={"slide_type":"skip"}
const pLogP = (p: tf.Tensor): tf.Tensor => p.mul(p.maximum(1e-30).log()); // 0 log 0 = 0
const entropy = (x: tf.Tensor2D): tf.Tensor1D =>
  pLogP(x)
    .add(pLogP(tf.sub(1, x)))
    .neg()
    .sum(1); // nats, [n]

// With x̂ = σ(l): h = log(1 + eˡ) − x l, which overflows nowhere.
const crossEntropy = (x: tf.Tensor2D, logits: tf.Tensor2D): tf.Tensor1D =>
  tf.softplus(logits).sub(x.mul(logits)).sum(1); // nats, [n]

// %% slideshow={"slide_type":"skip"}
const nats = (model: Model, x: tf.Tensor2D): tf.Scalar =>
  crossEntropy(x, model.logits(model.encode(x))).mean();
const floor = entropy(xTest).mean().dataSync()[0];

// A decoder that knows the answer, in logits as far as float32 can tell them.
const known: tf.Tensor2D = tf.log(xTest.add(1e-9)).sub(tf.log(tf.sub(1, xTest).add(1e-9)));
const perfect = crossEntropy(xTest, known).mean().dataSync()[0];

// %% slideshow={"slide_type":"skip"}
const prints = data.dynamicBinary(3)(xTest.slice([0, 0], [2000, 784])); // 0 or 1
const someCodes = rectified.encode(xTest.slice([0, 0], [2000, 784]));
const [surprise, promised] = [prints, xTest.slice([0, 0], [2000, 784])].map(
  images =>
    crossEntropy(images as tf.Tensor2D, rectified.logits(someCodes))
      .mean()
      .dataSync()[0],
);

// %% slideshow={"slide_type":"skip"} tags=["check"]
check(
  [
    "nats, x̂ = x",
    perfect,
    { target: floor, tolerance: 0.01, unit: "nats", source: "the entropy" },
  ],
  [
    "surprise at prints",
    surprise,
    { target: promised, tolerance: "1 %", unit: "nats", source: "h(x, x̂)" },
  ],
);

// %% slideshow={"slide_type":"skip"} tags=["check"]
if (mnist.source === "original")
  check([
    "floor, test",
    floor,
    { target: 45.534, tolerance: 0.01, unit: "nats", source: float64 },
  ]);

// %% [markdown] slideshow={"slide_type":"slide"} notes="Take a vote on the prediction first. The gradient explains it: on white paper and full ink, squared error through a sigmoid hardly pushes."
// ### Which one to train with
//
// *Predict: two equal networks, one trained on squared error, one on cross-entropy. Which one has the smaller squared error?*
//
// Through $\hat x = \sigma(l)$ their slopes at a logit are
//
// $$\frac{\partial}{\partial l} (x - \hat x)^2 = 2\, (\hat x - x)\, \hat x (1 - \hat x), \qquad
// \frac{\partial h}{\partial l} = \hat x - x .$$
//
// Squared error hardly corrects an output that is *surely wrong*, near 0 where it should be 1: the factor $\hat x (1 - \hat x)$
// vanishes there. Cross-entropy pushes in proportion to the mistake. `fit` is the loop of section 5, compiled into one call a step.

// %% slideshow={"slide_type":"skip"}
const slower = (step: number) => 0.003 * Math.min(1, (2000 - step) / 660 + 0.01);

async function trained(loss: (model: Model, batch: tf.Tensor2D) => tf.Scalar) {
  const model = vanilla(32, tf.relu, 3);
  const optimizer = tf.train.adam(0.003);
  const steps = { epochs: 20, batchSize: 100, seed: 3, learningRate: slower };
  await fit((batch: tf.Tensor2D) => loss(model, batch), x, { optimizer, ...steps });
  return model;
}

// %% slideshow={"slide_type":"-"}
const bySquares = await trained(reconstructionError);
const byNats = await trained(nats);

// %% slideshow={"slide_type":"skip"}
const both = (model: Model) =>
  [reconstructionError, nats].map(loss => loss(model, xTest).dataSync()[0]);
const logitsOfMean: tf.Tensor2D = tf
  .log(mean.add(1e-9))
  .sub(tf.log(tf.sub(1, mean).add(1e-9)));
const meanNats = crossEntropy(xTest, logitsOfMean).mean().dataSync()[0];
const judged = [[constantTest, meanNats], both(bySquares), both(byNats), [0, floor]];

// %% slideshow={"slide_type":"slide"} notes="Read the last row aloud: the perfect network has 0 in one column and 45 in the other. Without that row nobody can judge 75 nats."
const columns = new DataFrame({
  "test images": ["mean image", "by squared error", "by cross-entropy", "the image itself"],
  "squared error": judged.map(([squares]) => squares),
  nats: judged.map(([, nats]) => nats),
  "nats above the floor": judged.map(([, nats]) => nats - floor),
  "nats a pixel": judged.map(([, nats]) => nats / 784),
});
plot.table(columns, {
  title: "Cross-entropy trains better, by either measure",
  decimals: 3,
});

// %% [markdown]
// Read the table by columns: every network lies between the first row and the last. Cross-entropy wins its own measure by far and
// the other narrowly; that narrow lead, in all six runs that we tried, is a matter of speed and not a law. *A mean over pixels divides
// every loss by 784: 0.095 looks like almost nothing, and 0.058 of it is floor.* A log that does not say nats or bits, sum or mean,
// cannot be compared with anything.

// %% slideshow={"slide_type":"skip"}
const outputs: tf.Tensor2D = byNats.decode(byNats.encode(xTest));
const squares = Array.from(xTest.sub(outputs).square().sum(1).dataSync()); // of each image
const above = crossEntropy(xTest, byNats.logits(byNats.encode(xTest))).sub(entropy(xTest));
const excess = above.dataSync(); // nats above its own floor
const least = Math.min(...squares.map((s, i) => excess[i] / s));

// %% slideshow={"slide_type":"skip"}
const order = Array.from({ length: 400 }, (_, i) => i).sort(
  (a, b) => squares[a] - squares[b],
);
const inOrder = order.map(i => squares[i]);
const bound = {
  "test images": order.map(i => excess[i]),
  "2 × squared error": inOrder.map(s => 2 * s),
};

// %% slideshow={"slide_type":"slide"} notes="A bridge between two units, proved in four lines. Ask what a point below the line would mean: a mistake in one of the two functions."
plot.curves(bound, {
  title: "No image costs less than twice its squared error above its floor",
  x: "squared error of an image",
  y: "nats above its floor",
  at: inOrder,
  points: ["test images"],
});

// %% [markdown]
// Read the points: all lie above the line, on a band of their own. One point below it would refute the claim, or show that one of
// the two losses sums where the other averages.

// %% slideshow={"slide_type":"skip"} tags=["check"]
const [, [squaresS, natsS], [squaresN, natsN]] = judged;
check(
  ["test nats", natsN, { atMost: natsS - 2, unit: "nats", source: "trained by squares" }],
  ["its squared error", squaresN, { atMost: squaresS * 1.02, source: "trained by squares" }],
  ["squared error", squaresS, { atMost: pcaTest32, source: "PCA, 32 numbers" }],
  ["least excess / square", least, { atLeast: 2, source: "the claim" }],
);

// %% [markdown] slideshow={"slide_type":"slide"} notes="A copying machine does not care what it copies. Ask for a test that tells it from a network that knows digits, before you show this one."
// ### Does it copy?
//
// *Predict: shuffle the 784 pixels of every test image in one and the same way. A copying machine would return them as well. What
// does our network return?*

// %% slideshow={"slide_type":"skip"}
const places = Int32Array.from({ length: 784 }, (_, j) => (333 * j + 100) % 784); // each once
const shuffled: tf.Tensor2D = tf.gather(xTest, tf.tensor1d(places, "int32"), 1);
const strips: tf.Tensor2D = tf.concat([
  ...[firstDigits, back(squashed, xTest), back(byNats, xTest)],
  ...[shuffled.slice([0, 0], [12, 784]), back(byNats, shuffled)],
]) as tf.Tensor2D;

// %% slideshow={"slide_type":"slide"} notes="Second row: the failure of section 5, twelve times the same ghost. Last two rows: the same amount of ink, and almost nothing comes back."
plot.images(strips, {
  title: "It returns digits; the same ink in other places it cannot return",
  columns: 12,
  rows: ["test digit", "code of σ, section 5", "32 numbers", "shuffled", "32 numbers"],
});

// %% [markdown]
// Read the last two rows: the grey levels are those of the first row, only their places differ, and what comes back is little better
// than blank paper. The network has not learnt to copy; it has learnt where digits have their ink. Row two is section 5's failure:
// one mean image for all.

// %% slideshow={"slide_type":"skip"} tags=["check"]
const lost = reconstructionError(byNats, shuffled).dataSync()[0];
check(["error when shuffled", lost, { atLeast: 5 * squaresN, source: "5 × that of digits" }]);

// %% [markdown] slideshow={"slide_type":"slide"} notes="Draw the absolute value and its slope. The pull does not weaken as the weight gets small: that is the difference from weight decay."
// ## 7 · The slide's price on $\Omega$
//
// *Predict: add $\alpha \lVert \Omega \rVert_1 = \alpha \sum_i |\omega_i|$. Which weights go first? And does the code become sparse?*
//
// Look at one weight $\omega$, with the others held. The price has slope $\alpha$ to its right and $-\alpha$ to its left, *however
// small it is*; weight decay, $\omega^2$, pulls ever less. So the loss has its minimum
//
// $$\text{at } \omega = 0 \text{ only if } \Big| \frac{\partial E}{\partial \omega} \Big| \le \alpha ; \qquad
// \text{elsewhere only if } -\frac{\partial E}{\partial \omega} = \alpha\, \operatorname{sign}(\omega) :$$
//
// the error must pull a weight outwards exactly as hard as the price pulls it in. **A weight that earns less than $\alpha$ goes.** First
// go those that earn nothing: where a pixel is paper in all training images, $x_j = 0$, the gradient of its encoder weights is 0.
// Without a price they keep their random values for ever.
//
// Two cautions. $\alpha$ belongs to a *sum* over pixels: with a mean, divide it by 784. And $\Omega$ are weights: "sparse
// representation" mostly means many zeros in $z$, for which the price must be $\alpha \lVert z \rVert_1$. Lesson 05 has both.

// %% slideshow={"slide_type":"skip"}
const price = (model: Model): tf.Scalar =>
  tf.addN(model.omega.map(weights => weights.abs().sum())) as tf.Scalar; // ‖Ω‖₁
const priced = (alpha: number) =>
  trained((model, x) => reconstructionError(model, x).add(price(model).mul(alpha)));

// %% slideshow={"slide_type":"-"}
const alphas = [0, 0.001, 0.01];
const family = [bySquares, await priced(0.001), await priced(0.01)]; // bySquares paid nothing

// %% slideshow={"slide_type":"skip"}
const share = (condition: tf.Tensor) => condition.cast("float32").mean().dataSync()[0];
const facts = family.map((model, i) => {
  const all = tf.concat(model.omega.map(weights => weights.flatten())); // Ω, [50992]
  return {
    α: alphas[i],
    "test error": reconstructionError(model, xTest).dataSync()[0],
    "‖Ω‖₁": Math.round(price(model).dataSync()[0]),
    "|ω| < 0.001": share(all.abs().less(0.001)),
    "ω = 0": share(all.equal(0)) * all.size,
    "z = 0": share(model.encode(xTest).equal(0)),
  };
});

// %% slideshow={"slide_type":"slide"} notes="Two columns to compare: shares of small weights, and zeros in the code. The price empties the first and leaves the second."
plot.table(new DataFrame(facts), {
  title: "The price empties the weights, not the codes",
  decimals: 3,
});

// %% [markdown]
// Read the columns: at the lower price nearly half of the weights are next to nothing, for a tenth more error or less; the higher one
// is too dear, and PCA with 32 numbers would be better. No weight is *exactly* 0: gradient steps jump over it and back. Lesson 05 cuts instead. And
// the code has hardly more zeros than before.

// %% slideshow={"slide_type":"skip"} tags=["check"]
const small = facts.map(row => row["|ω| < 0.001"]);
const dearError = facts[2]["test error"];
check(
  ["small weights, α = 0", small[0], { atMost: 0.03, source: "no price" }],
  ["small weights, α = 0.001", small[1], { atLeast: 0.35, source: "four seeds" }],
  ["small weights, α = 0.01", small[2], { atLeast: 0.75, source: "four seeds" }],
  ["exact zeros", facts[2]["ω = 0"], { atMost: 5, source: "steps jump over 0" }],
  ["zeros in z, α = 0.01", facts[2]["z = 0"], { atMost: 0.3, source: "Ω is not z" }],
  ["error, α = 0.01", dearError, { atLeast: pcaTest32, source: "too dear: PCA of 32" }],
);

// %% slideshow={"slide_type":"skip"}
const weightsOf = (model: Model): tf.Tensor2D => model.omega[0].transpose(); // W₁, [32, 784]
const tiles = [family[0], family[2]].map(model => {
  const some: tf.Tensor2D = weightsOf(model).slice([0, 0], [12, 784]);
  return some.div(some.abs().max(1, true).maximum(0.01)).mul(0.5).add(0.5); // 0 is grey
});

// %% slideshow={"slide_type":"slide"} notes="Look at the corners of the tiles. Upper row: the noise of the first random numbers, still there after 2,000 steps, because no digit ever has ink there."
plot.images(tf.concat(tiles) as tf.Tensor2D, {
  title: "Without a price the borders keep their first random numbers",
  columns: 12,
  rows: ["α = 0", "α = 0.01"],
});

// %% [markdown]
// Read a tile as what one code number looks for: dark adds, light subtracts, grey is 0. In the upper row the border is noise that no
// training touched. In the lower row it is grey, and a tile has kept a few strokes; one without any is a code number that was given
// up. If data moved all weights, both borders would be smooth.

// %% slideshow={"slide_type":"skip"}
const blank = x.max(0).equal(0).cast("float32").expandDims(1); // 1 for paper in all, [784, 1]
const moved = (model: Model) =>
  model.omega[0].sub(untrained.omega[0]).mul(blank).abs().max().dataSync()[0];
const leftover = (model: Model) => model.omega[0].mul(blank).abs().max().dataSync()[0];

// %% slideshow={"slide_type":"skip"}
const dear = family[2];
const { grads } = tf.variableGrads(() => reconstructionError(dear, x), dear.omega);
const w = dear.omega[0].dataSync(); // all 25,088 encoder weights
const pull = grads[dear.omega[0].name].div(-0.01).dataSync(); // −∂E/∂ω of each, by α
const sample = Array.from(w.keys()).filter(i => i % 20 === 0);
const byWeight = sample.sort((a, b) => w[a] - w[b]);

// %% slideshow={"slide_type":"skip"}
const pulls = {
  "encoder weights": byWeight.map(i => pull[i]),
  "sign(ω)": byWeight.map(i => Math.sign(w[i])),
};

// %% slideshow={"slide_type":"slide"} notes="The step is the derivative of the absolute value, drawn by a trained network. The vertical bar in the middle: all weights that earn less than their price."
plot.curves(pulls, {
  title: "A weight stays where it earns its price, and goes where it earns less",
  x: "weight ω",
  y: "what it earns, −∂E/∂ω (in α)",
  at: byWeight.map(i => w[i]),
  points: ["encoder weights"],
});

// %% [markdown]
// Read the step: weights at 0 fill the bar between $-1$ and $1$; those that stayed gather at $\pm 1$, as far as the noise of
// mini-batches allows. Had training ignored the price, all points would lie near the horizontal axis.

// %% slideshow={"slide_type":"skip"} tags=["check"]
const middle = (values: number[]) =>
  values.sort((a, b) => a - b)[Math.floor(values.length / 2)];
const indices = Array.from(w.keys());
const stayed = indices.filter(i => Math.abs(w[i]) > 0.01).map(i => pull[i] * Math.sign(w[i]));
const gone = indices.filter(i => Math.abs(w[i]) < 0.001);
const cheap = gone.filter(i => Math.abs(pull[i]) <= 1.1).length / gone.length;
check(
  ["blank pixels, α = 0", moved(bySquares), { atMost: 0, source: "no gradient" }],
  ["blank pixels, α = 0.01", leftover(dear), { atMost: 0.001, source: "earn nothing" }],
  [
    "earned by those that stay",
    middle(stayed),
    { target: 1, tolerance: "8 %", unit: "α", source: "−∂E/∂ω = α sign(ω)" },
  ],
  ["those gone earn ≤ 1.1 α", cheap, { atLeast: 0.99, source: "| ∂E/∂ω | ≤ α" }],
);

// %% [markdown] slideshow={"slide_type":"slide"} notes="No labels, no bottleneck, and still it cannot copy. This is the idea behind masked language models: lesson 09."
// ## 8 · Another pair: hide one half
//
// *Predict: a network sees the upper half of each digit and has to draw the lower half. Which share of its variance can it tell?*
//
// Split $x = (v, t)$ into 392 visible pixels and 392 to be told, and train $\hat t(v)$ on $\lVert t - \hat t(v) \rVert^2$. Section 4's step
// works for the images of each $v$ on its own, with the mean $\mathbb{E}[t \mid v]$ of their lower halves in place of $\bar x$:
//
// $$\mathbb{E} \lVert t - \hat t(v) \rVert^2 = \mathbb{E} \lVert t - \mathbb{E}[t \mid v] \rVert^2
// + \mathbb{E} \lVert \mathbb{E}[t \mid v] - \hat t(v) \rVert^2 .$$
//
// The best answer is the **mean of all lower halves that fit**, and its error is what $v$ does not tell. Nobody knows that floor for
// handwriting, so an error here has a yardstick above it, none below.

// %% slideshow={"slide_type":"skip"}
const upper = (x: tf.Tensor2D): tf.Tensor2D => x.slice([0, 0], [-1, 392]); // v
const lower = (x: tf.Tensor2D): tf.Tensor2D => x.slice([0, 392], [-1, 392]); // t
const make = models.initial(3);
const hidden = models.dense(make, 392, 128, "relu");
const output = models.dense(make, 128, 392, "sigmoid");
const tell = (v: tf.Tensor2D) => output.apply(hidden.apply(v)); // t̂(v)

// %% slideshow={"slide_type":"-"}
const miss = (v: tf.Tensor2D, t: tf.Tensor2D) => squaredError(t, tell(v));
const halves = [upper(x), lower(x)];
const taught = await fit(miss, halves, {
  ...{ epochs: 10, batchSize: 100, seed: 3 },
  ...{ optimizer: tf.train.adam(0.002), validationData: [upper(xTest), lower(xTest)] },
});
const missed = taught.epochs[9].validation as number;
const unknowing = squaredError(lower(xTest), lower(x).mean(0)).dataSync()[0];

// %% slideshow={"slide_type":"skip"}
const nothing = tf.zeros([12, 392]);
const completed = [
  tf.concat([upper(firstDigits), nothing], 1),
  tf.concat([upper(firstDigits), tell(upper(firstDigits))], 1),
  firstDigits,
];
const told = Math.round(100 * (1 - missed / unknowing));

// %% slideshow={"slide_type":"slide"} notes="Find a 4 that could have been a 9, or a 7. The grey there is not a bad network: it is the mean of two honest answers."
plot.images(tf.concat(completed) as tf.Tensor2D, {
  title: `The upper half tells ${told} % of the lower half's variance`,
  columns: 12,
  rows: ["given", "told", "truth"],
});

// %% [markdown]
// Read the middle row: strokes go on where the upper half decides, and blur where several endings fit. The mean of several endings is
// a blur, and the squared error asks for that mean: more training would not remove it. A network that ignores $v$ would draw the same
// lower half twelve times.

// %% slideshow={"slide_type":"skip"} tags=["check"]
check([
  "lower half, untold",
  missed,
  { atMost: 0.65 * unknowing, source: "65 % of its variance" },
]);

// %% [markdown] slideshow={"slide_type":"slide"} notes="A published number with two digits and no unit: 0.09. Have them turn it into nats an image, and subtract the floor."
// ## Ours against the published
//
// Chollet's *Building Autoencoders in Keras* (2016) trains this very network, 784–32–784, rectified and by cross-entropy, on all 60,000
// images for 50 epochs, and reports a validation loss on the same test images of *about 0.09*: a mean over the pixels, in nats. Ours saw
// 10,000 images.

// %% slideshow={"slide_type":"-"}
const published = mnist.source === "original" ? 0.09 : Number.NaN;
const perPixel = [natsN / 784, published, floor / 784];
const papers = new DataFrame({
  "cross-entropy": ["ours", "published", "floor"],
  "nats a pixel": perPixel,
  "nats an image": perPixel.map(value => 784 * value),
});
plot.table(papers, {
  title: "Most of the loss is the entropy of the pixels",
  decimals: 3,
});

// %% slideshow={"slide_type":"skip"} tags=["check"]
if (mnist.source === "original")
  check([
    "nats a pixel",
    natsN / 784,
    { target: 0.09, tolerance: 0.007, unit: "nats", source: "Chollet 2016" },
  ]);

// %% [markdown] slideshow={"slide_type":"slide"} notes="1 and 2 in class; 3 for those who swap optimizers without reading; 4 gives section 8 its exact floor in the linear case."
// ## Exercises
//
// Replace `exercise.todo(…)` and run the check below it. Each check draws its answer first and builds the question from it, five times.

// %% slideshow={"slide_type":"skip"} exercise={"role":"sheet"}
const sheet = exercise.sheet("Exercises of lesson 03");

// %% [markdown] slideshow={"slide_type":"skip"}
// **1 ★ Encode and decode.** Write the autoencoder of section 3, with $f = \max(0, a)$. The weights come as in the formula there: $W_1$ is
// $[k, d]$, $W_2$ is $[d, k]$; images and codes are rows.
//
// <details><summary>Hint</summary>For rows, <code>W x</code> becomes <code>tf.matMul(x, W, false, true)</code>.</details>

// %% slideshow={"slide_type":"skip"} exercise={"id":"1","role":"starter"}
interface Omega {
  w1: tf.Tensor2D; // W₁, [k, d]
  b1: tf.Tensor1D; // [k]
  w2: tf.Tensor2D; // W₂, [d, k]
  b2: tf.Tensor1D; // [d]
}
interface Autoencoder {
  encode(x: tf.Tensor2D): tf.Tensor2D; // [n, d] → [n, k]
  decode(z: tf.Tensor2D): tf.Tensor2D; // [n, k] → [n, d]
}

function autoencoder(omega: Omega): Autoencoder {
  return exercise.todo(omega);
}

// %% slideshow={"slide_type":"skip"} exercise={"id":"1","role":"check"}
await sheet.check("1 · Encode and decode", draw => {
  const [a, b1] = [draw.normal(3, 2), draw.normal(1, 2).as1D()]; // a: what f is given
  const [l, b2] = [draw.normal(2, 3), draw.normal(1, 3).as1D()]; // l: the logits
  const [w1, w2] = [a.sub(b1).transpose(), l.sub(b2).transpose()] as tf.Tensor2D[];
  const { encode, decode } = autoencoder({ w1, b1, w2, b2 });
  const both = (z: tf.Tensor, y: tf.Tensor) => [...z.dataSync(), ...y.dataSync()];
  return {
    given: "images with one pixel of ink, and codes with a single 1: codes, then outputs",
    got: both(encode(tf.eye(3)), decode(tf.eye(2))),
    expected: both(a.relu(), l.sigmoid()),
    mistakes: {
      "The code is not rectified: f = max(0, a).": both(a, l.sigmoid()),
      "That is σ in the encoder; f is max(0, a).": both(a.sigmoid(), l.sigmoid()),
      "Those are logits: the decoder ends with σ.": both(a.relu(), l),
      "b₁ is missing.": both(a.sub(b1).relu(), l.sigmoid()),
      "b₂ is missing.": both(a.relu(), l.sub(b2).sigmoid()),
    },
  };
});

// %% [markdown] slideshow={"slide_type":"skip"}
// **2 ★★ Read a log.** A log shows a cross-entropy of `logged`, a mean over the pixels, in nats. How many nats *per image* lie above the
// floor of the images `x`, $[n, d]$?
//
// <details><summary>Hint</summary>Section 6. Mind 0 log 0, and over what you average.</details>

// %% slideshow={"slide_type":"skip"} exercise={"id":"2","role":"starter"}
function aboveFloor(logged: number, x: tf.Tensor2D): number {
  return exercise.todo(logged, x);
}

// %% slideshow={"slide_type":"skip"} exercise={"id":"2","role":"check"}
await sheet.check("2 · Read a log", draw => {
  const grey = [0, 1, 2, 3, 4, 5].map(() => draw.number(0.1, 0.9));
  const h = (p: number) => -p * Math.log(p) - (1 - p) * Math.log(1 - p);
  const floor = grey.reduce((sum, p) => sum + h(p), 0) / 2; // of an image
  const above = draw.number(1, 3);
  const logged = (floor + above) / 4;
  const x = tf.tensor2d([0, ...grey, 1], [2, 4]); // two images of four pixels
  return {
    given: `images [0, ${grey.slice(0, 3)}] and [${grey.slice(3)}, 1], logged ${logged}`,
    got: aboveFloor(logged, x),
    expected: above,
    mistakes: {
      "Subtract the floor: a perfect network's loss is not 0.": floor + above,
      "That is per pixel.": above / 4,
      "Average the floor over the images.": above - floor,
      "Your floor is a mean over pixels, the rest is per image.": above + 0.75 * floor,
      "Your floor is in bits, the log in nats.": floor + above - floor / Math.LN2,
    },
  };
});

// %% [markdown] slideshow={"slide_type":"skip"}
// **3 ★★ Swap the optimizer.** Gradient descent's first step is $\omega - \eta\, g$. Return the weights after *Adam's* first step ($\beta_1 =
// 0.9$, $\beta_2 = 0.999$, its $\epsilon$ negligible). First predict: how does the step depend on the size of $g$?
//
// <details><summary>Hint</summary>Kingma and Ba 2015: m = 0.1 g and v = 0.001 g² are both divided by what they lack for a mean.</details>

// %% slideshow={"slide_type":"skip"} exercise={"id":"3","role":"starter"}
function firstStep(weights: number[], gradient: number[], rate: number): number[] {
  return exercise.todo(weights, gradient, rate);
}

// %% slideshow={"slide_type":"skip"} exercise={"id":"3","role":"check"}
await sheet.check("3 · Swap the optimizer", draw => {
  const [rate, after] = [draw.number(0.01, 0.05), [draw.number(1, 2), draw.number(-2, -1)]];
  const [up, down] = [draw.number(2, 9), draw.number(-0.9, -0.2)]; // one steep, one flat
  const weights = [after[0] + rate, after[1] - rate];
  const moved = (first: number, second: number) => [weights[0] + first, weights[1] + second];
  const short = 0.1 / Math.sqrt(0.001);
  return {
    given: `weights [${weights}], gradient [${up}, ${down}], η = ${rate}`,
    got: firstStep(weights, [up, down], rate),
    expected: after,
    tolerance: 1e-4,
    mistakes: {
      "That is gradient descent's step.": moved(-rate * up, -rate * down),
      "That leads up.": moved(rate, -rate),
      "Correct the bias: m and v begin at 0.": moved(-rate * short, rate * short),
      "v is a mean of squares: take its root.": moved(-rate / up, -rate / down),
    },
  };
});

// %% [markdown] slideshow={"slide_type":"skip"}
// **4 ★★★ What the visible does not tell.** Centred pixels have this `covariance`; the last `hidden` of them are to be told from the others
// by a *linear* map. Return the least mean squared error, summed over the hidden pixels.
//
// <details><summary>Hint</summary>Name the blocks V (visible), T (hidden) and K = cov(t, v). The best map A solves A V = K, and leaves the
// trace of T − A Kᵀ.</details>

// %% slideshow={"slide_type":"skip"} exercise={"id":"4","role":"starter"}
const inverse = (a: tf.Tensor2D): tf.Tensor2D => {
  const { values, vectors } = linalg.eigh(a); // a = vectors · diag(values) · vectorsᵀ
  return tf.matMul(vectors.div(values), vectors, false, true);
};

function untold(covariance: tf.Tensor2D, hidden: number): number {
  return exercise.todo(covariance, hidden, inverse);
}

// %% slideshow={"slide_type":"skip"} exercise={"id":"4","role":"check"}
await sheet.check("4 · What the visible does not tell", draw => {
  const [m, v] = [draw.integer(2, 3), draw.symmetric([3, 1.5, 0.5])];
  const [noise, a] = [draw.descending(m, 0.2, 1), draw.normal(m, 3)];
  const k: tf.Tensor2D = tf.matMul(a, v); // cov(t, v), as t = A v + noise
  const t = tf.matMul(k, a, false, true).add(tf.diag(tf.tensor1d(noise)));
  const above = tf.concat([v, k.transpose()], 1); // the first three rows
  const trace = (s: tf.Tensor) => s.mul(tf.eye(m)).sum().dataSync()[0];
  const rest = noise.reduce((sum, variance) => sum + variance, 0);
  return {
    given: `3 visible and ${m} hidden pixels with untold variances ${noise}`,
    got: untold(tf.concat([above, tf.concat([k, t], 1)]) as tf.Tensor2D, m),
    expected: rest,
    mistakes: {
      "That is a constant's error: use the visible pixels.": trace(t),
      "That is what the visible tell; asked is the rest.": trace(t) - rest,
      "Sum over hidden pixels; that is their mean.": rest / m,
      "A is K V⁻¹, not K.": trace(t.sub(tf.matMul(k, k, false, true))),
    },
  };
});

// %% slideshow={"slide_type":"skip"}
sheet;

// %% [markdown] slideshow={"slide_type":"slide"} notes="Return to the numbers on the board from the first minute: which of these losses would convince you now, and in which unit?"
// ## To remember
//
// 1. Self-supervision makes the target from the input; what counts is why the network cannot copy.
// 2. A constant reaches the total variance: a network that is not below it has learnt nothing, however its loss fell.
// 3. The floor of cross-entropy is the entropy of the pixels; only what lies above it is error, and that is at least twice the squared
//    error.
// 4. Say the unit: squared error or nats, summed or averaged, over what; $\alpha$ changes with it.
// 5. $\alpha \lVert \Omega \rVert_1$ removes weights that earn less than $\alpha$; it does not make codes sparse.
//
// **So the slide's network does not learn the identity: it learns what its data have in common.** Next question: with linear maps, *what*
// exactly does it learn? Lesson 04.
//
// **References.** Oja 1982, [doi:10.1007/BF00275687](https://doi.org/10.1007/BF00275687) ·
// LeCun 1987, *Modèles connexionnistes de l'apprentissage*, thesis, Université Pierre et Marie Curie (Paris 6) ·
// Gallinari, LeCun, Thiria and Fogelman-Soulié 1987, *Mémoires associatives distribuées: une comparaison*, Cognitiva 87, Paris ·
// Bourlard and Kamp 1988, [doi:10.1007/BF00332918](https://doi.org/10.1007/BF00332918) ·
// Hinton and Zemel 1994, *Autoencoders, minimum description length and Helmholtz free energy*, Advances in Neural Information Processing
// Systems 6 ·
// Kingma and Ba 2015, [doi:10.48550/arXiv.1412.6980](https://doi.org/10.48550/arXiv.1412.6980) ·
// Goodfellow, Bengio and Courville 2016, *Deep Learning*, MIT Press, chapter 14 ·
// Chollet 2016, *Building Autoencoders in Keras*, [blog.keras.io](https://blog.keras.io/building-autoencoders-in-keras.html)

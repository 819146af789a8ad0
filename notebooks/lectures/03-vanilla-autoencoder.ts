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

// %% [markdown] slideshow={"slide_type":"slide"} notes="Ask what a network that returns its input is good for. Collect answers. Then ask which loss would convince them that it has learnt something, write the numbers on the board, and come back to them at the end."
// # Lesson 03 · Self-supervision and the vanilla autoencoder
//
// The lecture's slide (Roman-Rangel, *AutoEncoders*, 2021) describes a network "that learns to reproduce its own input, while
// learning interesting data representations". **Its loss falls. How do you know that it has learnt anything, and what is in the
// representation?**
//
// After this lesson you can
//
// 1. turn unlabelled data into pairs of input and target, and say what keeps a network from copying;
// 2. write encoder, latent representation and decoder, and count their parameters;
// 3. name, before any training, the errors that a useful autoencoder has to beat;
// 4. convert squared error, nats, sums and means, and say why cross-entropy does not fall to 0;
// 5. look into a code: change one number, decode, and explain what you see.
//
// You need gradient descent and cross-entropy from lesson 01. One lecture of 45 minutes; one minute to run.

// %% slideshow={"slide_type":"skip"}
import { DataFrame } from "danfojs-node";
import {
  check,
  classical,
  data,
  exercise,
  explore,
  fit,
  linalg,
  models,
  plot,
  tf,
  train,
} from "latent";

// %% [markdown] slideshow={"slide_type":"slide"} notes="The picture needs no explanation. Say that the labels exist and that we will not touch them: the class can search the notebook for the word afterwards."
// ## 1 · The data
//
// Take $N = 10\,000$ digits for training and another $10\,000$ for testing. An image is a point $x \in [0, 1]^d$ with $d = 784$
// pixels, 0 for paper and 1 for ink. The images have labels; this lesson never reads them. Nothing below was chosen by its test
// error.

// %% slideshow={"slide_type":"-"}
const mnist = await data.mnist({ train: 10_000, test: 10_000 });
const x = mnist.train.images; // [10000, 784]
const xTest = mnist.test.images; // [10000, 784], new to every network below
plot.images(x.slice([0, 0], [24, 784]), {
  title: "Without labels, the images are all there is to learn from",
  columns: 12,
});

// %% [markdown] slideshow={"slide_type":"slide"} notes="Go through the table row by row. The last column is the important one: why can the network not cheat?"
// ## 2 · A target made from the input
//
// The slide says that unsupervised learning is, strictly speaking, not possible with neural networks, and works around this. Read
// it as: **the gradient of a loss needs a target; where nobody gives you one, make it from the input.** (Some networks need none:
// the RBM of lesson 15 fits a density.)
//
// | task | input | target | why copying does not help |
// | --- | --- | --- | --- |
// | autoencoder | $x$ | $x$ | the code is short, or penalized |
// | denoising (lesson 06) | $x$ + noise | $x$ | a copy would be noisy |
// | hidden half (section 8) | upper half of $x$ | lower half | the target is not in the input |
// | next or masked symbol (lesson 09) | the other symbols | that symbol | the target is not in the input |
//
// The slide writes the pairs as $(x^{(n)}, \hat x^{(n)})$. To be exact: the pair to learn from is $(x_n, x_n)$, and the hat marks
// what the network returns. (The slide cites LeCun's thesis of 1987. We know it through Goodfellow, Bengio and Courville 2016,
// chapter 14, and have not read it.)

// %% [markdown] slideshow={"slide_type":"slide"} notes="Draw the hourglass on the board. Let them count the parameters before the check does: 784 times 32, twice, and the biases."
// ## 3 · Encoder, latent representation, decoder
//
// The **encoder** turns $x$ into $k$ numbers, the code or **latent representation** $z$; the **decoder** turns these into $\hat x$:
//
// $$z = f(W_1 x + b_1) \in \mathbb{R}^k, \qquad \hat x = \sigma(W_2 z + b_2) \in (0, 1)^d, \qquad
// \sigma(a) = \frac{1}{1 + e^{-a}} .$$
//
// $W_1 \in \mathbb{R}^{k \times d}$, $b_1 \in \mathbb{R}^k$, $W_2 \in \mathbb{R}^{d \times k}$, $b_2 \in \mathbb{R}^d$; together
// these are the parameters $\Omega$. The function $f$ acts on each number separately, and each of the $k$ numbers belongs to one
// **unit**. With one layer each way this is the *vanilla* autoencoder. (The slide adds $\alpha \lVert \Omega \rVert_1$ with a
// weight $\alpha > 0$, a penalty on the absolute values of the *parameters*; lesson 05 derives what it does, and why sparse *codes*
// need a penalty on $z$.)
//
// *Predict: how many numbers does $\Omega$ hold for $k = 32$?*
//
// In the code below an image is a *row*, so `w1` is $W_1^\top$ and `w2` is $W_2^\top$. `logits` are the outputs before $\sigma$.

// %% slideshow={"slide_type":"skip"}
type Activation = (a: tf.Tensor2D) => tf.Tensor2D;

function vanilla(k: number, f: Activation, seed: number) {
  const make = models.initial(seed);
  const w1 = make.glorot([784, k]);
  const b1 = make.constant([k], 0);
  const w2 = make.glorot([k, 784]);
  const b2 = make.constant([784], 0);
  const encode = (x: tf.Tensor2D): tf.Tensor2D => f(tf.add(tf.matMul(x, w1), b1)); // z, [N, k]
  const logits = (z: tf.Tensor2D): tf.Tensor2D => tf.add(tf.matMul(z, w2), b2); // [N, 784]
  const decode = (z: tf.Tensor2D): tf.Tensor2D => tf.sigmoid(logits(z)); // x̂, [N, 784]
  return { encode, logits, decode, w2, parameters: [w1, b1, w2, b2] };
}
type Model = ReturnType<typeof vanilla>;

// %% slideshow={"slide_type":"skip"}
const untrained = vanilla(32, tf.relu, 3);
const firstCodes = untrained.encode(xTest);
const parameterCount = models.parameterCount(untrained.parameters);
console.log(`z [${firstCodes.shape}], x̂ [${untrained.decode(firstCodes).shape}]`);
console.log(`${parameterCount} numbers in Ω, ${x.size} in the training images`);

// %% slideshow={"slide_type":"skip"} tags=["check"]
check(
  ["numbers in a code", firstCodes.shape[1], { target: 32, tolerance: 0, source: "k" }],
  ["numbers in Ω", parameterCount, { target: 50_992, tolerance: 0, source: "2dk + k + d" }],
);

// %% [markdown] slideshow={"slide_type":"slide"} notes="The proof is one line, and section 8 uses it again. Let them guess the error of the mean image before the table comes."
// ## 4 · Errors to beat, known before any training
//
// *Predict: a network ignores its input and always returns the same image. Which image is best, and what is its error?*
//
// All errors are **squared errors per image**: summed over the pixels, averaged over the images. For a constant image $c$, insert
// the mean $\bar x$:
//
// $$E(c) = \frac1N \sum_n \lVert x_n - c \rVert^2
// = \frac1N \sum_n \lVert x_n - \bar x \rVert^2 + \lVert \bar x - c \rVert^2 ,$$
//
// because the cross term $\frac2N \sum_n (x_n - \bar x)^\top (\bar x - c)$ vanishes: deviations from the mean add up to 0. So **the
// best constant is the mean image, and its error is the total variance**.
//
// The second reference is **principal component analysis** (PCA). It takes the $k$ orthogonal directions along which the images
// vary most. Its code has one number for each direction; its output is the mean plus each direction times its number. Its error is
// the variance along all *other* directions, $\sum_{j > k} \lambda_j$, where $\lambda_j$ is the variance along the $j$-th one,
// largest first (lesson 04). With 32 numbers it is the fair rival of our network; with 2 it is an easy one.

// %% slideshow={"slide_type":"skip"}
// Per image: summed over the pixels, averaged over the rows.
const squaredError = (x: tf.Tensor2D, y: tf.Tensor): tf.Scalar =>
  tf.mean(tf.sum(tf.squaredDifference(x, y), 1));
const numberOf = (f: () => tf.Scalar): number => tf.tidy(f).dataSync()[0];

// %% slideshow={"slide_type":"skip"}
const mean = x.mean(0); // x̄, [784]
const pca2 = classical.pca(x, 2);
const pca32 = classical.pca(x, 32);
const ofConstant = (image: tf.Tensor) => (x: tf.Tensor2D) => squaredError(x, image);
const ofPca = (pca: classical.Pca) => (x: tf.Tensor2D) => tf.mean(pca.error(x)) as tf.Scalar;
const references = {
  "white paper": ofConstant(tf.zeros([784])),
  "all grey": ofConstant(tf.fill([784], 0.5)),
  "mean image": ofConstant(mean),
  "PCA, 2 numbers": ofPca(pca2),
  "PCA, 32 numbers": ofPca(pca32),
};

// %% slideshow={"slide_type":"-"}
const errors = Object.entries(references).map(([output, error]) => ({
  output,
  training: numberOf(() => error(x)),
  test: numberOf(() => error(xTest)),
}));
const [whitePaper, , meanImage, pcaOfTwo, pcaOf32] = errors;
const remaining = Math.round((100 * pcaOf32.test) / meanImage.test);
plot.table(new DataFrame(errors), {
  title: `Squared error per image: PCA with 32 numbers leaves ${remaining} % of the mean image's`,
  decimals: 2,
});

// %% slideshow={"slide_type":"skip"} tags=["check"]
const eigenvalues = classical.pca(x, 784).variances; // all of them
const away = numberOf(() => mean.square().sum()); // ‖x̄ − 0‖²
const expected = { tolerance: "0.01 %" } as const;
check(
  [
    "mean image",
    meanImage.training,
    { target: numberOf(() => eigenvalues.sum()), ...expected, source: "Σ λⱼ" },
  ],
  [
    "white paper",
    whitePaper.training,
    { target: meanImage.training + away, ...expected, source: "E(x̄) + ‖x̄‖²" },
  ],
);

// %% slideshow={"slide_type":"skip"} tags=["check"]
// What follows holds for these images only: drawn digits, or more of them, have other variances.
const courseImages = mnist.source === "original" && x.shape[0] === 10_000;
const float64 = "the first 10,000 of MNIST, in float64";
if (courseImages)
  check(
    [
      "total variance",
      meanImage.training,
      { target: 52.752, tolerance: 0.002, source: float64 },
    ],
    ["PCA of 2, test", pcaOfTwo.test, { target: 43.72, tolerance: 0.01, source: float64 }],
    ["PCA of 32, test", pcaOf32.test, { target: 13.302, tolerance: 0.005, source: float64 }],
  );
else console.log("Other images than the course's: their variances are not compared.");

// %% [markdown] slideshow={"slide_type":"slide"} notes="Run the loop live. Before the next slide ask everybody to draw the two curves they expect."
// ## 5 · One loop, two networks
//
// *Predict: the same loop trains two autoencoders. Both losses fall steeply, then level off. Can you see from the shape of the
// curves which of the two has learnt nothing about single digits?*
//
// The two differ in $f$ alone: the rectifier $\max(0, a)$, and $\sigma(a)$.

// %% slideshow={"slide_type":"skip"}
const reconstruct = (model: Model, x: tf.Tensor2D): tf.Tensor2D =>
  model.decode(model.encode(x));
const reconstructionError = (model: Model, x: tf.Tensor2D): tf.Scalar =>
  squaredError(x, reconstruct(model, x));
const testError = (model: Model) => numberOf(() => reconstructionError(model, xTest));
const firstDigits: tf.Tensor2D = xTest.slice([0, 0], [10, 784]);

// %% slideshow={"slide_type":"skip"}
async function descend(model: Model, watch = (_loss: number) => {}) {
  const adam = tf.train.adam(0.002);
  const losses: number[] = [];
  const snapshots: tf.Tensor2D[] = [];
  for (const batch of train.batches(x, { batchSize: 100, epochs: 4, seed: 3 })) {
    const step = losses.length;
    if ([0, 30, 100, 399].includes(step)) snapshots.push(reconstruct(model, firstDigits));
    losses.push(await train.minimize(adam, () => reconstructionError(model, batch)));
    watch(losses[step]);
  }
  return { losses, snapshots };
}

// %% slideshow={"slide_type":"-"}
const live = train.progress({
  steps: 400,
  title: "With the rectifier the loss falls steeply, then slowly",
  y: "squared error per image",
});
const rectified = vanilla(32, tf.relu, 3);
const rectifiedRun = await descend(rectified, loss => live.step(loss));
live.end();

// %% slideshow={"slide_type":"skip"}
const sigmoid = vanilla(32, tf.sigmoid, 3);
const sigmoidRun = await descend(sigmoid);

// The same with centred inputs: the slide after the next says why.
const notCentred = vanilla(32, tf.sigmoid, 3);
const encodeCentred = (x: tf.Tensor2D) => notCentred.encode(tf.sub(x, mean) as tf.Tensor2D);
const centred: Model = { ...notCentred, encode: encodeCentred };
const centredRun = await descend(centred);

// %% slideshow={"slide_type":"slide"} notes="Cover the level lines with your hand first: the curves look alike. Then uncover them. Draw the references before you look at a loss."
const level = (value: number) => rectifiedRun.losses.map(() => value);
const descents = {
  "max(0, a)": rectifiedRun.losses,
  "σ(a)": sigmoidRun.losses,
  "σ(a), centred inputs": centredRun.losses,
  "mean image": level(meanImage.training),
  "PCA, 2 numbers": level(pcaOfTwo.training),
  "PCA, 32 numbers": level(pcaOf32.training),
};
plot.curves(descents, {
  title: "The network with σ stops at the error of the mean image; centred inputs help",
  x: "step",
  y: "squared error per image",
});

// %% [markdown]
// The shape does not show it; the level lines do. The network with σ ends at the error of the mean image. The rectified one passes
// PCA with 2 numbers, but its error is still about 1.5 times that of its fair rival, PCA with 32. Section 6 trains it for longer.

// %% slideshow={"slide_type":"slide"} notes="Ask at row two which digit is which. The outputs do not show it, although the loss is down by more than two thirds."
const film: tf.Tensor2D = tf.concat([...rectifiedRun.snapshots, firstDigits]);
plot.images(film, {
  title: "First it learns the mean image, and only then the digits",
  columns: 10,
  rows: ["first", "after 30 steps", "after 100", "after 399", "test digit"],
});

// %% [markdown]
// The outputs are noise at first, then the same image for every input, then strokes, then digits. On the steep part of the curve
// the network learns almost nothing but the mean image.

// %% slideshow={"slide_type":"skip"}
const fromMean = (outputs: tf.Tensor2D) => numberOf(() => squaredError(outputs, mean)); // ‖x̂ − x̄‖²
const sigmoidCodes = sigmoid.encode(xTest);
const averageCode = numberOf(() => sigmoidCodes.mean());
const averageSlope = numberOf(() => tf.mul(sigmoidCodes, tf.sub(1, sigmoidCodes)).mean()); // σ′(a)

// %% [markdown] slideshow={"slide_type":"slide"} notes="It is a plateau, not the end: with several times as many steps the network leaves it. Ask what the class would have reported after these 400 steps. This does not mean that σ is bad; it means that inputs should be centred."
// **What failed.** The network with σ returns the mean image for every digit. All its codes are near 1, where $\sigma$ is flat:
// $\sigma'(a) = z (1 - z)$ is 0.25 at best and below 0.01 here, and every gradient of the encoder is multiplied by it. Other
// learning rates (0.0005 to 0.005) and cross-entropy end there as well.
//
// *Why do all 32 units run to 1?* Pixels are never negative. At the start every output is grey, so the loss asks for less ink
// everywhere, and with inputs that all have the same sign it moves the whole code in one direction: the code acts as a second bias.
// **So centre the inputs:** the same network on $x - \bar x$ ends at 31 and not at 53, in all three seeds that we tried.
//
// The loss still fell by more than two thirds. *A falling loss proves nothing; a loss below that of a reference shows that the
// network has learnt more than the reference.*

// %% slideshow={"slide_type":"skip"} tags=["check"]
const average = (values: number[]) => values.reduce((sum, v) => sum + v, 0) / values.length;
const fallen = average(rectifiedRun.losses.slice(-20)) / rectifiedRun.losses[0];
check(
  ["last steps / first step", fallen, { atMost: 0.3, source: "the loss falls" }],
  ["test error", testError(rectified), { atMost: pcaOfTwo.test, source: "PCA, 2 numbers" }],
  [
    "not yet PCA of 32",
    testError(rectified),
    { atLeast: pcaOf32.test, source: "after 400 steps" },
  ],
  [
    "test error, σ",
    testError(sigmoid),
    { target: meanImage.test, tolerance: "1.5 %", source: "mean image" },
  ],
  ["σ, centred", testError(centred), { atMost: pcaOfTwo.test, source: "PCA, 2 numbers" }],
);

// %% slideshow={"slide_type":"skip"} tags=["check"]
const outputOf = (model: Model) => reconstruct(model, xTest);
const afterThirty = fromMean(rectifiedRun.snapshots[1]);
check(
  ["‖x̂ − x̄‖², σ", fromMean(outputOf(sigmoid)), { atMost: 1, source: "it returns x̄" }],
  ["‖x̂ − x̄‖², 30 steps", afterThirty, { atMost: 7, source: "the mean image first" }],
  ["‖x̂ − x̄‖²", fromMean(outputOf(rectified)), { atLeast: 10, source: "it does not" }],
  ["mean of z, σ", averageCode, { atLeast: 0.95, source: "codes near 1" }],
  ["mean of z (1 − z), σ", averageSlope, { atMost: 0.01, source: "flat σ; 0.25 at best" }],
);

// %% [markdown] slideshow={"slide_type":"slide"} notes="Ask for the loss of a perfect reconstruction before the derivation. The answer 0 is right for squared error and wrong for cross-entropy."
// ## 6 · Squared error or cross-entropy?
//
// *Predict: a network returns each grey image exactly. What is its cross-entropy?*
//
// Print $x$ in black and white: pixel $j$ becomes ink with probability $x_j$. A network that assigns the probability $\hat x_j$ to
// ink has the loss $-\log \hat x_j$ if the pixel is ink and $-\log (1 - \hat x_j)$ if it is paper. On average this is, in **nats**
// (the unit of natural logarithms; $0 \log 0 = 0$),
//
// $$H(x_j, \hat x_j) = -x_j \log \hat x_j - (1 - x_j) \log (1 - \hat x_j)
// = \underbrace{H(x_j, x_j)}_{\text{entropy}} + \underbrace{x_j \log \frac{x_j}{\hat x_j}
// + (1 - x_j) \log \frac{1 - x_j}{1 - \hat x_j}}_{D(x_j, \hat x_j)} .$$
//
// $D$ is never negative; more exactly,
//
// $$D(x_j, \hat x_j) \ge 2\, (x_j - \hat x_j)^2$$
//
// (a case of Pinsker's inequality; proof and picture in the appendix). Summed over the pixels:
//
// 1. **the least cross-entropy is the entropy of the pixels, not 0**, and only $\hat x = x$ has it (where pixels are exactly 0 or
//    1, $\hat x \in (0, 1)^d$ can only approach it);
// 2. the cross-entropy of an image exceeds this floor by at least twice its squared error.

// %% slideshow={"slide_type":"skip"}
const probabilities = Array.from({ length: 90 }, (_, i) => (i + 1) / 100); // x̂ of one pixel
const lossOf = (pixel: number) =>
  probabilities.map(p => -pixel * Math.log(p) - (1 - pixel) * Math.log(1 - p));
const pixelLosses = {
  "x = 0": lossOf(0),
  "x = 0.25": lossOf(0.25),
  "x = 0.5": lossOf(0.5),
};

// %% slideshow={"slide_type":"slide"} notes="Put a finger on each minimum: it stands at x̂ = x, and its height is 0 only for pure paper or ink. So the floor comes from the grey edges of the strokes."
plot.curves(pixelLosses, {
  title: "The least loss lies at x̂ = x, and is 0 only for pure paper or ink",
  x: "probability x̂ that the network assigns to ink",
  y: "cross-entropy (nats a pixel)",
  at: probabilities,
});

// %% [markdown]
// Each curve is lowest at $\hat x = x$, and its height there is the pixel's entropy. So the perfect network's loss is the entropy
// of all the grey pixels: 45.5 nats for a test image.

// %% slideshow={"slide_type":"skip"}
const pLogP = (p: tf.Tensor): tf.Tensor => tf.mul(p, tf.log(tf.maximum(p, 1e-30))); // 0 log 0 = 0
const entropy = (x: tf.Tensor2D): tf.Tensor1D =>
  tf.sum(tf.neg(tf.add(pLogP(x), pLogP(tf.sub(1, x)))), 1); // nats, [N]

// With x̂ = σ(l): H = log(1 + eˡ) − x l, which cannot overflow.
const crossEntropy = (x: tf.Tensor2D, logits: tf.Tensor2D): tf.Tensor1D =>
  tf.sum(tf.sub(tf.softplus(logits), tf.mul(x, logits)), 1); // nats, [N]

// %% slideshow={"slide_type":"skip"}
const nats = (model: Model, x: tf.Tensor2D): tf.Scalar =>
  tf.mean(crossEntropy(x, model.logits(model.encode(x))));
const testNats = (model: Model) => numberOf(() => nats(model, xTest));
const floor = numberOf(() => tf.mean(entropy(xTest)));

// log(p / (1 − p)), as far as float32 can represent it: logits of an output that is known
const toLogits = (p: tf.Tensor): tf.Tensor2D =>
  tf.sub(tf.log(tf.add(p, 1e-9)), tf.log(tf.add(tf.sub(1, p), 1e-9)));
const perfect = numberOf(() => tf.mean(crossEntropy(xTest, toLogits(xTest))));

// %% slideshow={"slide_type":"skip"}
const greys: tf.Tensor2D = xTest.slice([0, 0], [2000, 784]);
const prints: tf.Tensor2D = data.dynamicBinary(3)(greys); // 0 or 1
const logitsOfGreys = rectified.logits(rectified.encode(greys));
const ofPrints = numberOf(() => tf.mean(crossEntropy(prints, logitsOfGreys)));
const ofGreys = numberOf(() => tf.mean(crossEntropy(greys, logitsOfGreys)));

// %% slideshow={"slide_type":"skip"} tags=["check"]
check(
  [
    "nats, x̂ = x",
    perfect,
    { target: floor, tolerance: 0.01, unit: "nats", source: "the entropy" },
  ],
  [
    "nats of random prints",
    ofPrints,
    { target: ofGreys, tolerance: "1 %", unit: "nats", source: "H(x, x̂)" },
  ],
);

// %% slideshow={"slide_type":"skip"} tags=["check"]
if (courseImages)
  check([
    "floor, test",
    floor,
    {
      target: 45.534,
      tolerance: 0.01,
      unit: "nats",
      source: "these test images, in float64",
    },
  ]);

// %% [markdown] slideshow={"slide_type":"slide"} notes="Take a vote on the prediction first. The two derivatives explain the result: where an output is far from its target and σ is flat, the gradient of the squared error is almost 0."
// ### Which one to train with
//
// *Predict: equal networks, one trained on squared error, one on cross-entropy. Which one ends with the smaller squared error?*
//
// Through $\hat x = \sigma(l)$ their derivatives by a logit are
//
// $$\frac{\partial}{\partial l} (x - \hat x)^2 = 2\, (\hat x - x)\, \hat x (1 - \hat x), \qquad
// \frac{\partial H}{\partial l} = \hat x - x .$$
//
// Squared error hardly corrects an output that is *confidently wrong*, near 0 where it should be 1, because the factor
// $\hat x (1 - \hat x)$ vanishes there. The derivative of cross-entropy is the mistake itself.
//
// A third network answers another question: what does the *rectifier* contribute? It has $f(a) = a$, a linear code. `fit` is the
// loop of section 5, compiled into one call a step.

// %% slideshow={"slide_type":"skip"}
const falling = (step: number) => 0.003 * Math.min(1, (2000 - step) / 660 + 0.01);

type ModelLoss = (model: Model, batch: tf.Tensor2D) => tf.Scalar;
async function trained(f: Activation, loss: ModelLoss) {
  const model = vanilla(32, f, 3);
  const optimizer = tf.train.adam(0.003);
  const options = { epochs: 20, batchSize: 100, seed: 3, learningRate: falling };
  await fit((batch: tf.Tensor2D) => loss(model, batch), x, { optimizer, ...options });
  return model;
}

// %% slideshow={"slide_type":"-"}
const bySquares = await trained(tf.relu, reconstructionError);
const byNats = await trained(tf.relu, nats);
const linearCode = await trained(a => a, nats);

// %% slideshow={"slide_type":"skip"}
const meanNats = numberOf(() => tf.mean(crossEntropy(xTest, toLogits(mean))));
const row = (name: string, squares: number, nats: number) => ({
  "test images": name,
  "squared error": squares,
  nats,
  "nats above the floor": nats - floor,
  "nats a pixel": nats / 784,
});

// %% slideshow={"slide_type":"skip"}
const noProbabilities = Number.NaN; // outputs of PCA may lie below 0 or above 1
const rows = [
  row("mean image", meanImage.test, meanNats),
  row("PCA, 32 numbers", pcaOf32.test, noProbabilities),
  row("rectified, by squared error", testError(bySquares), testNats(bySquares)),
  row("rectified, by cross-entropy", testError(byNats), testNats(byNats)),
  row("linear code, by cross-entropy", testError(linearCode), testNats(linearCode)),
  row("the image itself", 0, floor),
];

// %% slideshow={"slide_type":"slide"} notes="Start with the last row: the perfect network has 0 in one column and 45.5 in the other. Without that row nobody can judge 74 nats. Then compare rows two and five: the gain over PCA comes from the output's σ."
plot.table(new DataFrame(rows), {
  title: "All three networks beat PCA with 32 numbers; the linear code is no worse",
  decimals: 3,
});

// %% [markdown]
// With the rectifier, training on cross-entropy gives the smaller error in both columns. In squared error the difference is small.
// It appeared with every seed that we tried, but it is a matter of speed: after 15,000 steps both networks are equal on test
// images, and the one trained on squared error is better on the training images.
//
// The squared errors of all three networks are more than a third below PCA's. The linear code is no worse than the rectified one (2
// to 6 % better in three seeds). So here the gain over PCA comes from $\sigma$, which keeps every output between 0 and 1.
//
// *A mean over pixels divides every loss by 784: 0.095 looks like almost nothing, and 0.058 of it is floor.* A training log that
// does not say nats or bits, sum or mean, cannot be compared with anything.

// %% slideshow={"slide_type":"skip"} tags=["check"]
const [, , squaresRow, natsRow, linearRow] = rows;
const worse = Math.max(squaresRow["squared error"], natsRow["squared error"]);
const linearByRectified = linearRow["squared error"] / natsRow["squared error"];
const bySquaresOnly = squaresRow["squared error"];
check(
  ["test nats", natsRow.nats, { atMost: squaresRow.nats - 2, source: "by squared error" }],
  [
    "its squared error",
    natsRow["squared error"],
    { atMost: bySquaresOnly, source: "the same" },
  ],
  ["both squared errors", worse, { atMost: 0.7 * pcaOf32.test, source: "PCA, 32 numbers" }],
  [
    "linear / rectified",
    linearByRectified,
    { atMost: 1.02, source: "three seeds: 0.94–0.98" },
  ],
);

// %% [markdown] slideshow={"slide_type":"slide"} notes="A copying machine does not care what it copies. Before you show this test, ask for one: how could you distinguish a copying machine from a network that knows digits?"
// ### Does it copy?
//
// *Predict: shuffle the 784 pixels of every test image, all images in the same way. A copying machine would return them as well.
// What does our network return?*

// %% slideshow={"slide_type":"skip"}
const places = tf.topk(tf.randomUniform([784], 0, 1, "float32", 3), 784).indices; // each pixel once
const shuffled: tf.Tensor2D = tf.gather(xTest, places, 1);
const firstShuffled: tf.Tensor2D = shuffled.slice([0, 0], [10, 784]);
const strips: tf.Tensor2D = tf.concat([
  firstDigits,
  reconstruct(byNats, firstDigits),
  firstShuffled,
  reconstruct(byNats, firstShuffled),
]);

// %% slideshow={"slide_type":"slide"} notes="Third and fourth row: the same grey levels as above, and almost nothing comes back. Ask whether PCA would do better: only a little, 78 instead of 87, so it fails as well."
plot.images(strips, {
  title: "It returns digits, but not the same ink in other places",
  columns: 10,
  rows: ["test digit", "output", "shuffled", "output"],
});

// %% [markdown]
// When the pixels are shuffled, the output is hardly better than blank paper. This had to happen: 32 numbers cannot describe every
// possible image, and PCA fails this test as well. The network uses its 32 numbers for the images that look like digits.

// %% slideshow={"slide_type":"skip"} tags=["check"]
const errorShuffled = numberOf(() => reconstructionError(byNats, shuffled));
const pcaShuffled = numberOf(() => ofPca(pca32)(shuffled));
const fiveTimes = 5 * natsRow["squared error"];
check(
  [
    "error when shuffled",
    errorShuffled,
    { atLeast: fiveTimes, source: "5 × that of digits" },
  ],
  [
    "PCA when shuffled",
    pcaShuffled,
    { atLeast: 4 * pcaOf32.test, source: "4 × that of digits" },
  ],
);

// %% [markdown] slideshow={"slide_type":"slide"} notes="We have talked about losses for half an hour; now open the code itself. Let them predict what happens when one of 32 numbers changes: one stroke, or the whole image?"
// ## 7 · Look into the code
//
// *Predict: change one of a digit's 32 numbers and decode. Does one stroke change, or the whole image? Is the change the same
// in every digit?*
//
// Write $w_i \in \mathbb{R}^d$ for the $i$-th column of $W_2$ and $e_i$ for the $i$-th unit vector. Adding $\delta$ to $z_i$ gives
//
// $$W_2 (z + \delta e_i) + b_2 = (W_2 z + b_2) + \delta\, w_i .$$
//
// **Whatever the digit, unit $i$ adds the same picture $w_i$ to the logits**, multiplied by $z_i$. The change of the output still
// differs from digit to digit because of $\sigma$: where a logit is far from 0, the same addition hardly changes the pixel.

// %% slideshow={"slide_type":"skip"}
const codes = byNats.encode(xTest); // z, [10000, 32]
const largest = codes.max(0).dataSync(); // of each unit
const alive = Array.from(largest.keys()).filter(i => largest[i] > 0); // units that some digit uses
const columns = byNats.w2 as tf.Tensor2D; // W₂ᵀ: w₁, w₂, … as rows, [32, 784]
const scale = tf.maximum(tf.max(tf.abs(columns), 1, true), 0.01);
const pictures: tf.Tensor2D = tf.add(tf.div(columns, tf.mul(scale, 2)), 0.5); // 0 is grey

// %% slideshow={"slide_type":"slide"} notes="Let them search for a unit that stands for one stroke. A tile without a pattern belongs to a unit that is never on."
plot.images(pictures, {
  title: "Each unit adds a pattern to the logits; most patterns cover the whole digit",
  columns: 8,
});

// %% [markdown]
// Dark adds ink, light takes ink away, grey changes nothing; each tile is scaled to its own largest weight. Most pictures cover the
// whole digit, so one number changes many strokes at once. (Here one tile is pure noise: its unit is 0 for every image, so no
// gradient reaches it.)

// %% slideshow={"slide_type":"skip"}
const setUnit = (z: tf.Tensor2D, i: number, value: number): tf.Tensor2D => {
  const keep = tf.sub(1, tf.oneHot([i], 32)) as tf.Tensor2D; // 0 at unit i, else 1
  return tf.add(tf.mul(z, keep), tf.mul(tf.sub(1, keep), value));
};
const three: tf.Tensor2D = tf.gather(codes, [0, 2, 4]);
const levels = Array.from({ length: 9 }, (_, step) => step / 8); // of the unit's largest value
const explored = alive.slice(0, 8).map(i => {
  const outputs = levels.map(share => byNats.decode(setUnit(three, i, share * largest[i])));
  const grid = tf.stack(outputs, 1).reshape([27, 784]) as tf.Tensor2D; // a row for each digit
  const title = `Unit ${i + 1} from 0 to ${largest[i].toFixed(0)}: many pixels change, and each digit differently`;
  return [`${i + 1}`, plot.images(grid, { title, columns: 9 })] as const;
});

// %% slideshow={"slide_type":"slide"} notes="Move the slider. Ask for a unit that looks the same in all three rows. You will hardly find one, although each unit adds the same picture to the logits."
plot.slider(Object.fromEntries(explored), { label: "unit" });

// %% slideshow={"slide_type":"slide"} notes="Drag single bars and ask which strokes will change before you let go. Then draw a digit, look at its code, and move the bars that belong to it."
const [w1, b1, w2, b2] = byNats.parameters;
const encoder = { dense: [{ weights: w1, bias: b1, activation: "relu" as const }] };
const decoder = { dense: [{ weights: w2, bias: b2, activation: "linear" as const }] };
explore.code(
  { parts: { encoder, decoder, output: "bernoulli" } },
  { codes: codes, images: xTest.slice([0, 0], [15, 784]) },
);

// %% [markdown]
// In the slider only one of the 32 numbers grows, and the image changes in many places; the bars move any of them. Setting a unit to 0 changes 75 pixels
// of a digit by more than 0.1, on average. The code is **distributed**: almost every unit takes part in almost every digit, and
// 96 % of the numbers in the codes are not 0.

// %% slideshow={"slide_type":"skip"}
const some: tf.Tensor2D = codes.slice([0, 0], [200, 32]);
const withoutUnit = (i: number) => byNats.decode(setUnit(some, i, 0));
const differs = (a: tf.Tensor, b: tf.Tensor) =>
  tf.greater(tf.abs(tf.sub(a, b)), 0.1).cast("float32"); // by more than a tenth of grey
const changed = alive.map(i =>
  numberOf(() => differs(withoutUnit(i), byNats.decode(some)).sum(1).mean()),
);
const zeros = numberOf(() => tf.equal(codes, 0).cast("float32").mean());

// %% slideshow={"slide_type":"skip"} tags=["check"]
const shift: tf.Tensor2D = tf.sub(
  byNats.logits(setUnit(some, alive[0], 10)),
  byNats.logits(setUnit(some, alive[0], 0)),
);
const picture: tf.Tensor2D = columns.slice([alive[0], 0], [1, 784]);
const unlike = numberOf(() => tf.max(tf.abs(tf.sub(shift, tf.mul(picture, 10)))));
check(
  ["logits − 10 wᵢ", unlike, { atMost: 1e-3, source: "the same for every digit" }],
  ["pixels without a unit", average(changed), { atLeast: 40, source: "three seeds: 72–83" }],
  ["zeros in z", zeros, { atMost: 0.15, source: "three seeds: 0.01–0.04" }],
);

// %% [markdown] slideshow={"slide_type":"slide"} notes="Start with the last row: every single number occurs in the code of some digit. Ask why the picture is still not a digit. The answer is that the numbers of a code depend on each other; lessons 11 and 13 are about their joint distribution."
// ### Is every code the code of a digit?
//
// *Predict: decode (a) the point halfway between the codes of two digits; (b) a code in which each number comes from a different
// digit. Which of the two looks like a digit?*

// %% slideshow={"slide_type":"skip"}
const roll = (rows: tf.Tensor, by: number) => tf.concat([rows.slice(by), rows.slice(0, by)]);
const few: tf.Tensor2D = codes.slice([0, 0], [1000, 32]);
const between = tf.div(tf.add(few, roll(few, 1)), 2) as tf.Tensor2D; // a digit and the next

// %% slideshow={"slide_type":"skip"}
const numbers = tf.unstack(few, 1); // of each unit, [1000]
const mixed = tf.stack(
  numbers.map((unit, i) => roll(unit, 31 * (i + 1))),
  1,
) as tf.Tensor2D; // each number from another digit
const firstTen = (images: tf.Tensor2D): tf.Tensor2D => images.slice([0, 0], [10, -1]);

// %% slideshow={"slide_type":"-"}
const decoded: tf.Tensor2D = tf.concat([
  firstDigits,
  ...[few, between, mixed].map(z => byNats.decode(firstTen(z))),
]);
plot.images(decoded, {
  title: "Halfway points decode to pale mixtures; mixed numbers do not decode to digits",
  columns: 10,
  rows: ["test digit", "output", "halfway", "mixed"],
});

// %% [markdown]
// Neither does. Halfway to the next digit you see a pale mixture of both. In the last row every single number is common, but the
// combination is not. These outputs are twice as far from the nearest training image as those of real codes. **The decoder was
// trained on the codes of digits alone**, and the loss does not determine where in $\mathbb{R}^{32}$ they lie. Lesson 11 measures
// this limit; lesson 13 removes it.

// %% slideshow={"slide_type":"skip"} tags=["check"]
const toTraining = (outputs: tf.Tensor2D) =>
  numberOf(() => {
    const products = tf.mul(tf.matMul(outputs, x, false, true), -2);
    const lengths = tf.add(outputs.square().sum(1, true), x.square().sum(1));
    return tf.mean(tf.min(tf.add(lengths, products), 1)); // to the nearest of 10,000 images
  });
const first200 = (rows: tf.Tensor2D): tf.Tensor2D => rows.slice([0, 0], [200, -1]);
const distances = [few, mixed].map(z => toTraining(byNats.decode(first200(z))));
const mixedByReal = distances[1] / distances[0];
check(["mixed / real codes", mixedByReal, { atLeast: 1.6, source: "three seeds: 2.0–2.1" }]);

// %% [markdown] slideshow={"slide_type":"slide"} notes="No labels, no bottleneck, and still it cannot copy. This is the idea behind masked language models: lesson 09."
// ## 8 · Another pair: hide one half
//
// *Predict: a network sees the upper half of each digit and has to draw the lower half. What share of the lower half's variance can
// it predict: a tenth, a half, nine tenths?*
//
// Split $x = (v, t)$ into 392 visible pixels and 392 target pixels, and train $\hat t(v)$ on $\lVert t - \hat t(v) \rVert^2$. The
// step of section 4 works for the images of each $v$ separately, with the mean $\mathbb{E}[t \mid v]$ of their lower halves in
// place of $\bar x$:
//
// $$\mathbb{E} \lVert t - \hat t(v) \rVert^2 = \mathbb{E} \lVert t - \mathbb{E}[t \mid v] \rVert^2
// + \mathbb{E} \lVert \mathbb{E}[t \mid v] - \hat t(v) \rVert^2 .$$
//
// The best output is the **mean of all lower halves that fit**; its error is the variance that $v$ does not determine. Nobody knows
// this error for handwriting. So we have an error to beat, that of the mean lower half, but no lower bound: the upper half can
// predict *at least* the share that a network reaches, and perhaps more.

// %% slideshow={"slide_type":"skip"}
const upper = (x: tf.Tensor2D): tf.Tensor2D => x.slice([0, 0], [-1, 392]); // v
const lower = (x: tf.Tensor2D): tf.Tensor2D => x.slice([0, 392], [-1, 392]); // t
const make = models.initial(3);
const hidden = models.dense(make, 392, 128, "relu");
const output = models.dense(make, 128, 392, "sigmoid");
const predictLower = (v: tf.Tensor2D): tf.Tensor2D => output.apply(hidden.apply(v)); // t̂(v)

// %% slideshow={"slide_type":"-"}
const halfError = (v: tf.Tensor2D, t: tf.Tensor2D) => squaredError(t, predictLower(v));
const optimizer = tf.train.adam(0.002);
await fit(halfError, [upper(x), lower(x)], {
  epochs: 10,
  batchSize: 100,
  seed: 3,
  optimizer,
});
const unexplained = numberOf(() => halfError(upper(xTest), lower(xTest)));

// %% slideshow={"slide_type":"skip"}
const ofMeanHalf = numberOf(() => squaredError(lower(xTest), tf.mean(lower(x), 0)));

// %% slideshow={"slide_type":"skip"}
const given = upper(firstDigits);
const completed = tf.concat([
  tf.concat([given, tf.zeros([10, 392])], 1),
  tf.concat([given, predictLower(given)], 1),
  firstDigits,
]) as tf.Tensor2D;
const share = Math.round(100 * (1 - unexplained / ofMeanHalf));

// %% slideshow={"slide_type":"slide"} notes="Find a 4 that could have been a 9, or a 7. The grey strokes there are the mean of two plausible endings."
plot.images(completed, {
  title: `The upper half predicts at least ${share} % of the lower half's variance`,
  columns: 10,
  rows: ["given", "predicted", "truth"],
});

// %% [markdown]
// Strokes are sharp where the upper half determines them, and blurred where several endings fit, because the squared error asks for
// their mean. "A half" was the closest guess. More is possible: 30 epochs reach 47 %, 60,000 images reach 52 %, and 60,000 images
// with 1,024 hidden units reach 54 %. Some blur would remain even with unlimited data; nobody knows how much.

// %% slideshow={"slide_type":"skip"} tags=["check"]
const explained = 100 * (1 - unexplained / ofMeanHalf);
check([
  "variance predicted",
  explained,
  { atLeast: 35, unit: "%", source: "the mean half: 0 %" },
]);

// %% [markdown] slideshow={"slide_type":"slide"} notes="The published number has one digit and no unit: 0.09. Let them convert it to nats per image and subtract the floor."
// ## Ours against the published
//
// Chollet's *Building Autoencoders in Keras* (2016) trains the same network, 784–32–784, rectified and by cross-entropy, on all
// 60,000 images for 50 epochs, and reports a validation loss on the same test images of *about 0.09*: a mean over the pixels, in
// nats. Ours saw 10,000 images.

// %% slideshow={"slide_type":"-"}
const published = mnist.source === "original" ? 0.09 : Number.NaN;
const perPixel = [natsRow.nats / 784, published, floor / 784];
const comparison = new DataFrame({
  "cross-entropy": ["ours", "published", "floor"],
  "nats a pixel": perPixel,
  "nats an image": perPixel.map(value => 784 * value),
});
plot.table(comparison, {
  title: "Most of the loss is the entropy of the pixels",
  decimals: 3,
});

// %% slideshow={"slide_type":"skip"} tags=["check"]
if (courseImages)
  check([
    "nats a pixel",
    natsRow.nats / 784,
    { target: 0.09, tolerance: 0.007, unit: "nats", source: "Chollet 2016, one digit" },
  ]);

// %% [markdown] slideshow={"slide_type":"slide"} notes="Do 1 and 2 in class. In 3 collect the predictions before anybody computes. 4 belongs to section 7, and 5 gives section 8 its exact floor in the linear case."
// ## Exercises
//
// Replace `exercise.todo(…)` and run the check below it. Each check draws new questions.

// %% slideshow={"slide_type":"skip"} exercise={"role":"sheet"}
const sheet = exercise.sheet("Exercises of lesson 03");
const sumOf = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);
const several = (count: number, make: () => number) => Array.from({ length: count }, make);
const listOf = (...tensors: tf.Tensor[]) => tensors.flatMap(t => Array.from(t.dataSync()));
const diagonalOf = (s: tf.Tensor) =>
  listOf(tf.sum(tf.mul(s, tf.eye(s.shape[0] as number)), 0));
const oneAt = (i: number, k: number) => tf.oneHot([i], k).cast("float32"); // 1 at i, else 0
const blockMatrix = (v: tf.Tensor, k: tf.Tensor, t: tf.Tensor) =>
  tf.concat([tf.concat([v, k.transpose()], 1), tf.concat([k, t], 1)]) as tf.Tensor2D;

// Several tensors as one answer; where one has a wrong shape, it alone.
function compared(got: tf.Tensor[], expected: tf.Tensor[]) {
  const wrong = expected.findIndex((t, i) => String(got[i]?.shape) !== String(t.shape));
  if (wrong >= 0) return { got: got[wrong], expected: expected[wrong] };
  return { got: listOf(...got), expected: listOf(...expected) };
}

// %% [markdown] slideshow={"slide_type":"skip"}
// **1 ★ Encode and decode.** Write the autoencoder of section 3, with $f = \max(0, a)$. The weights come as in the formula there:
// $W_1$ is $[k, d]$, $W_2$ is $[d, k]$; images and codes are rows.
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
  encode(x: tf.Tensor2D): tf.Tensor2D; // [N, d] → [N, k]
  decode(z: tf.Tensor2D): tf.Tensor2D; // [N, k] → [N, d]
}

function autoencoder(omega: Omega): Autoencoder {
  return exercise.todo(omega);
}

// %% slideshow={"slide_type":"skip"} exercise={"id":"1","role":"check"}
await sheet.check("1 · Encode and decode", draw => {
  const [n, d, k] = draw.shuffled([2, 3, 4, 5]);
  const [x, w1, b1] = [draw.normal(n, d), draw.normal(k, d), draw.normal(1, k).as1D()];
  const [z, w2, b2] = [draw.normal(n, k), draw.normal(d, k), draw.normal(1, d).as1D()];
  const { encode, decode } = autoencoder({ w1, b1, w2, b2 });
  const [a, l] = [x.matMul(w1, false, true), z.matMul(w2, false, true)]; // without biases
  const [code, image] = [a.add(b1).relu(), l.add(b2).sigmoid()];
  const mistakes = {
    "The code is not rectified: f = max(0, a).": listOf(a.add(b1), image),
    "That is σ in the encoder; f is max(0, a).": listOf(a.add(b1).sigmoid(), image),
    "Those are logits: the decoder ends with σ.": listOf(code, l.add(b2)),
    "The decoder has weights of its own, W₂.": listOf(code, z.matMul(w1).add(b2).sigmoid()),
    "b₁ is missing.": listOf(a.relu(), image),
    "b₂ is missing.": listOf(code, l.sigmoid()),
  };
  const given = `${n} images of ${d} pixels, then ${n} codes of ${k} numbers`;
  return { given, ...compared([encode(x), decode(z)], [code, image]), mistakes };
});

// %% [markdown] slideshow={"slide_type":"skip"}
// **2 ★★ Read a training log.** A log shows a cross-entropy of `logged`, a mean over the pixels, in nats. How many nats *per image*
// lie above the floor of the images `x`, $[N, d]$?
//
// <details><summary>Hint</summary>Section 6. Mind 0 log 0, and over what you average.</details>

// %% slideshow={"slide_type":"skip"} exercise={"id":"2","role":"starter"}
function aboveFloor(logged: number, x: tf.Tensor2D): number {
  return exercise.todo(logged, x);
}

// %% slideshow={"slide_type":"skip"} exercise={"id":"2","role":"check"}
await sheet.check("2 · Read a training log", draw => {
  const [n, d] = [draw.integer(2, 4), draw.integer(3, 6)];
  const grey = several(n * d - 2, () => draw.number(0.1, 0.9));
  const pixels = draw.shuffled([0, 1, ...grey]);
  const h = (p: number) => -p * Math.log(p) - (1 - p) * Math.log(1 - p);
  const floor = sumOf(grey.map(h)) / n; // of an image
  const above = draw.number(1, 3);
  const logged = (floor + above) / d;
  const mistakes = {
    "Subtract the floor: a perfect network's loss is not 0.": floor + above,
    "That is per pixel.": above / d,
    "Average the floor over the images.": floor + above - n * floor,
    "Your floor is a mean over pixels, the rest is per image.": floor + above - floor / d,
    "Your floor is in bits, the log in nats.": floor + above - floor / Math.LN2,
  };
  const got = aboveFloor(logged, tf.tensor2d(pixels, [n, d]));
  return { given: `[${n}, ${d}], ${pixels}; ${logged}`, got, expected: above, mistakes };
});

// %% [markdown] slideshow={"slide_type":"skip"}
// **3 ★★ Predict, then compute: the best constant.** A network ignores its input and always returns the same image $c$. Section 4
// found the best $c$ for the squared error. Before you write anything, predict for each pixel: which $c_j$ is best for the
// *absolute* error $\sum_n |x_{nj} - c_j|$, and which for cross-entropy? Then return $c$, $[d]$, for the images `x`, $[N, d]$, $N$
// odd.
//
// <details><summary>Hint</summary>Set the derivative by c<sub>j</sub> to 0. The derivative of an absolute value is a sign.</details>

// %% slideshow={"slide_type":"skip"} exercise={"id":"3","role":"starter"}
type PixelLoss = "squared" | "absolute" | "cross-entropy";

function bestConstant(x: tf.Tensor2D, loss: PixelLoss): tf.Tensor1D {
  return exercise.todo(x, loss);
}

// %% slideshow={"slide_type":"skip"} exercise={"id":"3","role":"check"}
await sheet.check("3 · The best constant", draw => {
  const [half, d] = [draw.integer(1, 3), draw.integer(2, 5)];
  const middle = several(d, () => draw.number(0.3, 0.7)); // half of the images below, half above
  const within = (low: number, high: number) => several(half, () => draw.number(low, high));
  const columns = middle.map(m => draw.shuffled([...within(0, m), m, ...within(m, 1)]));
  const x: tf.Tensor2D = tf.transpose(tf.tensor2d(columns)); // [2 · half + 1, d]
  const [mean, median] = [x.mean(0), tf.tensor1d(middle)];
  const losses: PixelLoss[] = draw.shuffled(["squared", "absolute", "cross-entropy"]);
  const by = (squared: tf.Tensor, absolute: tf.Tensor, entropy: tf.Tensor) =>
    losses.map(loss => ({ squared, absolute, "cross-entropy": entropy })[loss]);
  const mistakes = {
    "Absolute error: half of the images lie on each side.": listOf(...by(mean, mean, mean)),
    "The median is best for absolute errors only.": listOf(...by(median, median, median)),
    "Cross-entropy: set its derivative to 0.": listOf(...by(mean, median, median)),
    "It need not be 0 or 1.": listOf(...by(mean, median, mean.round())),
  };
  const answers = losses.map(loss => bestConstant(x, loss));
  const given = `the losses ${losses.join(", ")} and pixels ${columns.join(" | ")}`;
  return { given, ...compared(answers, by(mean, median, mean)), mistakes };
});

// %% [markdown] slideshow={"slide_type":"skip"}
// **4 ★★ Change one number.** The codes `z` are $[N, k]$, $W_2$ is $[d, k]$ and $b_2$ is $[d]$. In every code the number of unit
// `unit`, counted from 1, is *set* to `value`. Return by how much each output pixel changes, new minus old, $[N, d]$.
//
// <details><summary>Hint</summary>Section 7: the logits change by a multiple of a column of W₂. The outputs are not the logits.</details>

// %% slideshow={"slide_type":"skip"} exercise={"id":"4","role":"starter"}
interface Decoder {
  w2: tf.Tensor2D; // W₂, [d, k]
  b2: tf.Tensor1D; // [d]
}

function change(
  z: tf.Tensor2D,
  unit: number,
  value: number,
  { w2, b2 }: Decoder,
): tf.Tensor2D {
  return exercise.todo(z, unit, value, w2, b2);
}

// %% slideshow={"slide_type":"skip"} exercise={"id":"4","role":"check"}
await sheet.check("4 · Change one number", draw => {
  const [n, d, k] = draw.shuffled([2, 3, 4, 5]);
  const [z, w2, b2] = [draw.normal(n, k), draw.normal(d, k), draw.normal(1, d).as1D()];
  const [unit, values] = [draw.integer(1, k), [draw.number(0.5, 2), 0]];
  const logits = (z: tf.Tensor) => tf.add(tf.matMul(z, w2, false, true), b2);
  const moved = (z2: tf.Tensor) => tf.sub(tf.sigmoid(logits(z2)), tf.sigmoid(logits(z)));
  const set = (v: number, i = unit - 1) => z.sub(z.mul(oneAt(i, k))).add(oneAt(i, k).mul(v));
  const each = (f: (v: number) => tf.Tensor) => tf.concat(values.map(f)); // [2 N, d]
  const mistakes = {
    "Those are the logits; compare the outputs.": each(v => logits(set(v)).sub(logits(z))),
    "That is the new output; return the change.": each(v => tf.sigmoid(logits(set(v)))),
    "New minus old, not old minus new.": each(v => moved(set(v)).neg()),
    "Set the number; do not add to it.": each(v => moved(z.add(oneAt(unit - 1, k).mul(v)))),
    "Keep the other numbers of the code.": each(v => moved(set(v).mul(oneAt(unit - 1, k)))),
    "Units are counted from 1.": each(v => moved(set(v, unit))),
  };
  const got = each(v => change(z, unit, v, { w2, b2 }));
  const expected = each(v => moved(set(v)));
  return { given: `unit ${unit} of ${k}, values ${values}`, got, expected, mistakes };
});

// %% [markdown] slideshow={"slide_type":"skip"}
// **5 ★★★ What the visible pixels cannot predict.** Centred pixels have this `covariance`; the last `hidden` of them are to be
// predicted from the others by a *linear* map. Return the least mean squared error, summed over the hidden pixels.
//
// <details><summary>Hint</summary>Name the blocks V (visible), T (hidden) and K = cov(t, v). The best map A solves A V = K, and leaves the
// trace of T − A Kᵀ.</details>

// %% slideshow={"slide_type":"skip"} exercise={"id":"5","role":"starter"}
const inverse = (a: tf.Tensor2D): tf.Tensor2D => {
  const { values, vectors } = linalg.eigh(a); // a = vectors · diag(values) · vectorsᵀ
  return tf.matMul(vectors.div(values), vectors, false, true);
};

function leastError(covariance: tf.Tensor2D, hidden: number): number {
  return exercise.todo(covariance, hidden, inverse);
}

// %% slideshow={"slide_type":"skip"} exercise={"id":"5","role":"check"}
await sheet.check("5 · What the visible pixels cannot predict", draw => {
  const [hidden, visible] = [draw.integer(2, 3), draw.integer(2, 4)];
  const [values, a] = [draw.descending(visible, 0.5, 3), draw.normal(hidden, visible)];
  const v = draw.symmetric(values);
  const k = tf.matMul(a, v); // cov(t, v), as t = A v + noise
  const [variances, axes] = [draw.descending(hidden, 0.2, 1), draw.directions(hidden)];
  const along = (values: number[]) => tf.matMul(axes.mul(values), axes, false, true);
  const t = tf.add(tf.matMul(k, a, false, true), along(variances)); // the noise is correlated
  const [all, rest] = [sumOf(diagonalOf(t)), sumOf(variances)];
  const ofOthers = diagonalOf(along(variances.map(r => 1 / r))).map(r => 1 / r);
  const mistakes = {
    "That is a constant's error: use the visible pixels.": all,
    "That is what the visible pixels predict; return the rest.": all - rest,
    "Sum over the hidden pixels; that is their mean.": rest / hidden,
    "A is K V⁻¹, not K.": all - sumOf(diagonalOf(tf.matMul(k, k, false, true))),
    "The other hidden pixels are not known either.": sumOf(ofOthers),
  };
  const got = leastError(blockMatrix(v, k, t), hidden);
  return { given: `${visible} and ${hidden} pixels`, got, expected: rest, mistakes };
});

// %% slideshow={"slide_type":"skip"}
sheet;

// %% [markdown] slideshow={"slide_type":"slide"} notes="Return to the numbers on the board from the first minute: which of these losses would convince you now, and in which unit?"
// ## To remember
//
// 1. Self-supervision makes the target from the input; what counts is why the network cannot copy.
// 2. A constant reaches the total variance: a loss above it shows nothing, however far it fell. The fair rival is PCA with as many
//    numbers.
// 3. Centre the inputs of saturating units.
// 4. The floor of cross-entropy is the entropy of the pixels; only what lies above it is error, and that is at least twice the
//    squared error. Say the unit: squared error or nats, summed or averaged, and over what.
// 5. Each unit adds one picture to the logits of every digit. The numbers of a code work together, and not every code is the code
//    of a digit.
//
// **So the slide's network does not learn the identity: it learns what its data have in common.** Lesson 04 asks what exactly
// it learns when both maps are linear.
//
// **References.** LeCun 1987, *Modèles connexionnistes de l'apprentissage*, thesis, Université Pierre et Marie Curie (Paris 6) ·
// Goodfellow, Bengio and Courville 2016, *Deep Learning*, MIT Press, chapter 14 ·
// Chollet 2016, *Building Autoencoders in Keras*, [blog.keras.io](https://blog.keras.io/building-autoencoders-in-keras.html) ·
// Loaiza-Ganem and Cunningham 2019, *The continuous Bernoulli*,
// [doi:10.48550/arXiv.1907.06845](https://doi.org/10.48550/arXiv.1907.06845)

// %% [markdown] slideshow={"slide_type":"skip"}
// ## Appendix · Two ways to measure one error
//
// **Claim.** $D(x_j, \hat x_j) \ge 2\, (x_j - \hat x_j)^2$. **Proof.** Let $g(\hat x_j)$ be the left side minus the right. Then
//
// $$g'(\hat x_j) = (\hat x_j - x_j) \left( \frac{1}{\hat x_j (1 - \hat x_j)} - 4 \right),$$
//
// and the second factor is never negative, because $\hat x_j (1 - \hat x_j) \le \frac14$. So $g$ decreases up to $\hat x_j = x_j$,
// where it is 0, and increases after it. $\square$
//
// (If you read $e^{-H}$ as a *density* of grey levels, it lacks a normalizing factor: see Loaiza-Ganem and Cunningham 2019.)

// %% slideshow={"slide_type":"skip"}
const byNatsOutputs = outputOf(byNats);
const imageErrors = tf.sum(tf.squaredDifference(xTest, byNatsOutputs), 1).dataSync(); // of each image
const aboveFloorOf = crossEntropy(xTest, byNats.logits(codes)).sub(entropy(xTest));
const excess = aboveFloorOf.dataSync(); // nats above its own floor
const least = Math.min(...imageErrors.map((error, i) => excess[i] / error));

// %% slideshow={"slide_type":"skip"}
const order = Array.from({ length: 400 }, (_, i) => i).sort(
  (a, b) => imageErrors[a] - imageErrors[b],
);
const inOrder = order.map(i => imageErrors[i]);
const bound = {
  "test images": order.map(i => excess[i]),
  "2 × squared error": inOrder.map(error => 2 * error),
};
plot.curves(bound, {
  title: "Every image lies above its floor by at least twice its squared error",
  x: "squared error of an image",
  y: "nats above its floor",
  at: inOrder,
  points: ["test images"],
});

// %% [markdown] slideshow={"slide_type":"skip"}
// A point below the line would contradict the claim. It would point to a mistake in the code, for example one loss that sums where
// the other averages.

// %% slideshow={"slide_type":"skip"} tags=["check"]
check(["least excess / square", least, { atLeast: 2, source: "the claim" }]);

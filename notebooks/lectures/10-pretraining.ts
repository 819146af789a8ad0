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

// %% [markdown] slideshow={"slide_type":"slide"} notes="Ask who has ever labelled data by hand, and how long a hundred labels took. Then ask for the vote: is pretraining worth ten times more labels, twice as many, or none? Write it down; the last section reads the answer from a curve."
// # Lesson 10 · Pretraining, transfer, fine-tuning
//
// The lecture's slide (Roman-Rangel, *AutoEncoders*, 2021) says: "Often, there is a lot of unlabeled data out there", and gives
// three steps: "1. Pretrain your model with an AE. 2. Transfer weights to a decision model (classifier). 3. Fine tune the
// transferred weights for specific task." **How many labels is that worth, and when does it stop helping?**
//
// After this lesson you can
//
// 1. pretrain a deep encoder layer by layer, and say what unlabelled data cannot teach it;
// 2. transfer weights and prove, number by number, that they arrived and that frozen ones stay;
// 3. fine-tune with a rate for each layer, and say which layer moves first;
// 4. compare methods on the same labels, with a standard error, and read the worth of pretraining in labels.
//
// You need the denoising autoencoder of lesson 06 and the vanishing gradients of lesson 07. One lecture of 45 minutes; one minute
// to run.

// %% slideshow={"slide_type":"skip"}
import { DataFrame } from "danfojs-node";
import {
  check,
  compile,
  data,
  engineRoute,
  exercise,
  fit,
  generator,
  linalg,
  models,
  plot,
  restartOptimizer,
  setLearningRate,
  tf,
  train,
} from "latent";

// %% [markdown] slideshow={"slide_type":"slide"} notes="The picture is the whole labelled set of the first experiments. Everything else the networks know they must have from images alone."
// ## The data: many images, few labels
//
// All 10,000 training digits of the course are images $x \in [0, 1]^{784}$ without a label. A **draw** takes $n$ of them, $n/10$
// of each class, and tells their labels $y$. There are five draws of 100 labels and three of more, and within a draw the larger
// sets hold the smaller ones. Every method gets the same draws, so that methods can be compared draw by draw. The 10,000 test
// digits measure and choose nothing: learning rates, penalties and numbers of steps were chosen, for each method by itself, on
// 2,000 other digits (training images 10,001 to 12,000). Where MNIST cannot be had, drawn digits stand in; titles and readings
// are about MNIST. Without native TensorFlow the lesson takes 2,000 digits, two draws, and 100 and 300 labels.

// %% slideshow={"slide_type":"skip"}
const quick = engineRoute === "wasm"; // without native TensorFlow: fewer digits and draws
const count = quick ? 2_000 : 10_000;
const mnist = await data.mnist({ train: count, test: quick ? 1_000 : 10_000 });
const x: tf.Tensor2D = mnist.train.images; // without labels, [10000, 784]
const classes: tf.Tensor2D = data.oneHot(mnist.train.labels, 10);
const draws = quick ? [1, 2] : [1, 2, 3, 4, 5];
const drawsOf = (n: number) => (n > 100 ? draws.slice(0, 3) : draws);

// %% slideshow={"slide_type":"skip"}
/** The rows of n digits, n / 10 of each class; all of them where n is their number. */
function drawLabels(n: number, draw: number): number[] {
  const order = tf
    .topk(generator(draw).uniform([count]), count)
    .indices.arraySync() as number[];
  const taken = new Array(10).fill(0);
  return order.filter(row => n === count || taken[mnist.train.labels[row]]++ < n / 10);
}

// %% slideshow={"slide_type":"-"}
const hundred = drawLabels(100, 1).sort(
  (a, b) => mnist.train.labels[a] - mnist.train.labels[b],
);
plot.images(tf.gather(x, hundred), {
  title: "The first draw: these hundred digits have a label, the other 9,900 have none",
  columns: 20,
});

// %% [markdown] slideshow={"slide_type":"slide"} notes="Draw the three layers on the board and cover the upper two with your hand. Each layer is trained as if it were alone; no gradient passes more than one layer."
// ## 1 · Pretrain your model with an autoencoder
//
// *Predict: three layers of sigmoid units, all trained at once from random weights. What reaches the lowest of them?*
//
// Little: lesson 07 measured how the gradient of such units shrinks on its way down, by 4 or more per layer. **Greedy
// pretraining** avoids the way: it trains one layer at a time, each as an autoencoder of the codes below it (Hinton and
// Salakhutdinov 2006 with Boltzmann machines; Bengio and others 2007 with autoencoders). Let $h_0 = x$. Layer $l = 1, 2, 3$ has
// weights $W_l \in \mathbb{R}^{n_l \times n_{l-1}}$ and biases $b_l$, with sizes $n_0 \dots n_3 = 784, 256, 256, 256$. It learns
// to undo a mask, as in lesson 06 (Vincent and others 2010):
//
// $$h_l = s(W_l\, h_{l-1} + b_l), \qquad
// \min_{W_l,\, b_l,\, c_l} \; \mathbb{E}\; D\bigl(h_{l-1},\; s(W_l^\top s(W_l\, \tilde h_{l-1} + b_l) + c_l)\bigr) .$$
//
// $s$ is the logistic function; $\tilde h$ is $h$ with a quarter of its entries set to 0, other ones at each step; $D$ is the
// cross-entropy in nats, summed over the entries. All codes lie between 0 and 1, so one loss serves for all layers. When a layer
// is trained, the codes of the *clean* images are the data of the next.

// %% slideshow={"slide_type":"skip"}
const sizes = [784, 256, 256, 256];
function newEncoder(
  seed: number,
  activation: "sigmoid" | "relu" = "sigmoid",
): models.Dense[] {
  const make = models.initial(seed); // Glorot's law for sigmoid units, else He's
  return sizes
    .slice(1)
    .map((outputs, i) => models.dense(make, sizes[i], outputs, activation));
}

// %% slideshow={"slide_type":"skip"}
const encode = (layers: models.Dense[], x: tf.Tensor2D): tf.Tensor2D =>
  tf.tidy(() => layers.reduce((h, layer) => layer.apply(h), x)); // h₃, [N, 256]

// %% slideshow={"slide_type":"skip"}
const random = generator(10);
/** The logits of the layer below, from the codes h of a layer: Wᵀh + c. */
function downFrom(layer: models.Dense, c: tf.Variable, h: tf.Tensor2D): tf.Tensor2D {
  const weights = layer.weights as unknown as tf.Tensor2D;
  return tf.matMul(h, weights, false, true).add(c);
}

function denoisingLoss(layer: models.Dense, c: tf.Variable, clean: tf.Tensor2D): tf.Scalar {
  const masked: tf.Tensor2D = tf.mul(clean, random.bernoulli(tf.fill(clean.shape, 0.75)));
  const logits = downFrom(layer, c, layer.apply(masked));
  return models.average(models.bernoulliCrossEntropy(clean, logits)); // nats per image
}

// %% slideshow={"slide_type":"skip"}
/** An encoder, and the decoders' biases c₁, c₂, c₃. */
function newStack(seed: number) {
  const layers = newEncoder(seed);
  const biases = sizes.slice(0, -1).map(size => tf.variable(tf.zeros([size])));
  return { layers, biases };
}
type Stack = ReturnType<typeof newStack>;

// %% slideshow={"slide_type":"skip"}
async function pretrain({ layers, biases }: Stack, epochs: number) {
  let below = x; // h₀
  for (const [i, layer] of layers.entries()) {
    const loss = (clean: tf.Tensor2D) => denoisingLoss(layer, biases[i], clean);
    const optimizer = tf.train.adam(0.001);
    await fit(loss, below, { epochs, batchSize: 100, optimizer, seed: 10 });
    below = layer.apply(below); // clean codes: the data of the next layer
  }
}

// %% slideshow={"slide_type":"-"}
const short = newStack(10);
await pretrain(short, 2); // twice through the images: 200 steps a layer

// %% [markdown] slideshow={"slide_type":"slide"} notes="Go down the rows: noise; then soft shapes as large as a digit, with the noise of the start still in them; then spots, pieces of strokes and fine textures. All three networks have the same number of parameters; only the time differs."
// Two epochs a layer take a few seconds. Fifty took three minutes, so these weights are stored:
// `scripts/weights/10-pretraining.mjs` trained them on the same 10,000 images from the same start, at a rate that falls from
// 0.002 to 0.0002, and rounded them to 16 bits; its log lies beside them in `notebooks/weights`. Below, grey is a weight of 0,
// white a positive one and black a negative one.

// %% slideshow={"slide_type":"skip"}
const long = newStack(10);
models.trained("10-pretraining", [
  ...long.layers.flatMap(layer => layer.variables),
  ...long.biases,
]);
const untrained = newEncoder(11);
for (const { weights } of untrained) weights.assign(weights.mul(4)); // section 3 says why

// %% slideshow={"slide_type":"-"}
function filters([{ weights }]: models.Dense[]): tf.Tensor2D {
  const rows = tf.transpose(weights) as tf.Tensor2D; // a filter a row
  const some: tf.Tensor2D = rows.slice([0, 0], [24, 784]);
  const largest = tf.max(tf.abs(some), 1, true);
  return tf.add(tf.div(some, tf.mul(largest, 2)), 0.5); // grey is a weight of 0
}
const lowest = [untrained, short.layers, long.layers].map(filters);
plot.images(tf.concat(lowest) as tf.Tensor2D, {
  title: "Filters of the lowest layer: at random, after 2 epochs, after 50",
  columns: 12,
  rows: ["untrained", "", "short", "", "long", ""],
});

// %% slideshow={"slide_type":"skip"}
/** x → h₃, and back down through all three layers. */
function restore({ layers, biases }: Stack, x: tf.Tensor2D): tf.Tensor2D {
  let h = encode(layers, x);
  for (const l of [2, 1, 0]) h = tf.sigmoid(downFrom(layers[l], biases[l], h));
  return h;
}

// %% slideshow={"slide_type":"slide"} notes="The middle row is a blur in which several digits look alike; the lowest row is readable. Ask what that promises for a classifier: nothing yet. The target was the image, not the class."
const shown: tf.Tensor2D = mnist.test.images.slice([0, 0], [12, 784]);
const strip: tf.Tensor2D = tf.concat([shown, restore(short, shown), restore(long, shown)]);
plot.images(strip, {
  title: "Up three layers and down again: what the codes keep of new digits",
  columns: 12,
  rows: ["test digit", "short", "long"],
});

// %% slideshow={"slide_type":"skip"}
const digits = mnist.test.images;
const errorOn = (stack: Stack) =>
  models.squaredError(digits, restore(stack, digits)).mean().dataSync()[0];
const [shortError, longError] = [short, long].map(errorOn);
const variance = tf.moments(digits, 0).variance.sum().dataSync()[0]; // the mean image's error

// %% slideshow={"slide_type":"skip"} tags=["check"]
const ofMean = { unit: "of the mean image's", source: "validation digits" } as const;
const real = mnist.source === "original" && count === 10_000; // measured there
if (real) {
  check(
    ["error, short", shortError / variance, { atLeast: 0.5, ...ofMean }],
    ["error, long", longError / variance, { atMost: 0.35, ...ofMean }],
  );
}

// %% [markdown] slideshow={"slide_type":"slide"} notes="Let them vote before the formula: is the class of an image something that its pixels vary by most? For digits it mostly is. For a faint crack in a photographed wall it is not."
// ### What unlabelled data cannot tell
//
// *Predict: the points vary most along $x_1$. An autoencoder with one code dimension is trained on them without labels. What does
// the best classifier of its code reach if the class depends on $x_2$ alone?*
//
// Pretraining knows $p(x)$ and keeps what varies most. The label belongs to $p(y \mid x)$, and no amount of images says which
// directions it follows. Let $x_1 = \sigma_1 g_1$ and $x_2 = \sigma_2 g_2$ with independent $g_i \sim \mathcal{N}(0, 1)$ and
// $\sigma_1 > \sigma_2$; the class is the sign of $u = x_1 \cos\theta + x_2 \sin\theta$. The code of one number is $x_1$ (lesson
// 04), and the best guess from it is its sign. In terms of $g$, $u = a g_1 + b g_2$ with $a = \sigma_1 \cos\theta$, $b = \sigma_2
// \sin\theta$. The signs of $g_1$ and $u$ differ where $g$ lies between the lines $g_1 = 0$ and $u = 0$, which meet at the angle
// $\varphi = \arctan(b / a)$. The direction of $g$ is uniform, and there are two such wedges of $2\pi$:
//
// $$\text{accuracy} = 1 - \frac{\varphi}{\pi} = 1 - \frac1\pi \arctan\Bigl(\frac{\sigma_2}{\sigma_1} \tan\theta\Bigr) .$$
//
// At $\theta = 0$ this is 100 %.

// %% slideshow={"slide_type":"skip"}
const spread = [2, 1]; // σ₁, σ₂
const cloud: tf.Tensor2D = generator(3).normal([20_000, 2]).mul(spread);
const firstAxis: tf.Tensor2D = linalg
  .eigh(tf.matMul(cloud, cloud, true).div(20_000))
  .vectors.slice([0, 0], [2, 1]);
const code: tf.Tensor2D = tf.matMul(cloud, firstAxis); // of the linear autoencoder, k = 1

// %% slideshow={"slide_type":"skip"}
const angles = Array.from({ length: 13 }, (_, i) => 7.5 * i); // θ in degrees
const radians = (degrees: number) => (degrees * Math.PI) / 180;
const foretold = angles.map(angle => {
  const phi = Math.atan2(
    spread[1] * Math.sin(radians(angle)),
    spread[0] * Math.cos(radians(angle)),
  );
  return 100 * (1 - phi / Math.PI);
});
const counted = angles.map(angle => {
  const u = tf.matMul(
    cloud,
    tf.tensor2d([Math.cos(radians(angle)), Math.sin(radians(angle))], [2, 1]),
  );
  const agree = tf.equal(tf.sign(u), tf.sign(code)).mean().dataSync()[0];
  return 100 * Math.max(agree, 1 - agree); // an eigenvector has no sign
});

// %% slideshow={"slide_type":"-"}
plot.curves(
  { formula: foretold, simulation: counted },
  {
    title: "The code keeps the class as far as the class follows the variance",
    x: "angle θ to the direction of most variance (degrees)",
    y: "best accuracy (%)",
    at: angles,
    points: ["simulation"],
  },
);

// %% [markdown]
// It reaches 50 %, a coin, however many points there are. So the slide's sentence needs a second one. There is a lot of
// unlabelled data, and **it helps as far as the labels follow what varies in it.** Whether they do is measured with labels.

// %% slideshow={"slide_type":"skip"} tags=["check"]
const off = Math.max(...counted.map((value, i) => Math.abs(value - foretold[i])));
check(
  [
    "counted − formula, largest",
    off,
    { atMost: 1.2, unit: "points", source: "20,000 points" },
  ],
  [
    "class along x₂",
    counted[12],
    { target: 50, tolerance: 1.2, unit: "%", source: "a coin" },
  ],
);

// %% [markdown] slideshow={"slide_type":"slide"} notes="Transfer sounds like a big word. It is an assignment, and it is the step at which most bugs happen: a layer forgotten, a bias left out, a variable shared."
// ## 2 · Transfer the weights to a classifier
//
// *Predict: after the transfer, by how much may the classifier's encoder differ from the autoencoder's?*
//
// The classifier is the encoder with a **head** on top: logits $V h_3 + a$ with $V \in \mathbb{R}^{10 \times 256}$, and $p(y \mid
// x)$ is their softmax. The transfer copies $W_l, b_l$ and leaves the decoder behind. By 0: a copy is exact. And it must be a
// copy. If both models share a variable, then fine-tuning the classifier changes the autoencoder behind your back.
//
// All methods below are one kind of network trained by one step, **Adam with a rate for each layer** (Kingma and Ba 2015, lesson
// 01). A layer with rate 0 is **frozen**.

// %% slideshow={"slide_type":"skip"}
/** Layers as a classifier: its loss is the cross-entropy in nats, plus α‖V‖² for the head. */
function classifierOf(layers: models.Dense[]) {
  const variables = layers.flatMap(layer => layer.variables); // W₁, b₁, W₂, b₂, … V, a
  const model = models.classifier({ apply: x => encode(layers, x), variables });
  const { weights } = layers[layers.length - 1]; // V
  const loss = (x: tf.Tensor2D, y: tf.Tensor2D, alpha: tf.Scalar): tf.Scalar =>
    tf.add(model.loss(x, y), tf.mul(alpha, weights.square().sum()));
  return { variables, logits: model.logits, loss };
}

// %% slideshow={"slide_type":"skip"}
/** Layers that are trained together: the step is compiled once, for all starts and rates. */
function network(layers: models.Dense[]) {
  const { variables, logits, loss } = classifierOf(layers);
  const adams = layers.map(() => tf.train.adam()); // one for each layer: its rate is its own
  const step = compile((x: tf.Tensor2D, y: tf.Tensor2D, alpha: tf.Scalar) => {
    const { value, grads } = tf.variableGrads(() => loss(x, y, alpha), variables);
    layers.forEach((layer, l) => {
      const gradients = layer.variables.map(({ name }) => ({ name, tensor: grads[name] }));
      adams[l].applyGradients(gradients);
    });
    return value;
  });
  return { layers, variables, adams, step, logits };
}
type Network = ReturnType<typeof network>;

// %% slideshow={"slide_type":"skip"}
/** Copies the weights of an encoder into a network. Layers above it, the head, begin at 0. */
function transfer(encoder: models.Dense[], { variables, adams }: Network) {
  const given = encoder.flatMap(layer => layer.variables);
  variables.forEach((w, i) => void w.assign(given[i] ?? tf.zerosLike(w)));
  adams.forEach(restartOptimizer); // nothing is left of an earlier training
}

// %% slideshow={"slide_type":"skip"}
interface Training {
  rows: number[]; // which of the images have a label
  rates: number[]; // one for each layer, the head's last
  alpha?: number;
  steps: number;
  seed: number;
}

// %% slideshow={"slide_type":"skip"}
/** Steps on batches of up to 100 labelled rows, at falling rates; `inputs` has all rows. */
async function learn({ step, adams }: Network, inputs: tf.Tensor2D, training: Training) {
  const { rows, rates, alpha = 0, steps, seed } = training;
  const [images, labels] = [inputs, classes].map(all => tf.gather(all, rows));
  const pairs: tf.Tensor2D = tf.concat([images, labels], 1);
  const epochs = Math.ceil((100 * steps) / rows.length);
  let t = 0;
  for (const batch of train.batches(pairs, { batchSize: 100, epochs, seed })) {
    const [x, y] = tf.split(batch, [inputs.shape[1], 10], 1) as tf.Tensor2D[];
    adams.forEach((adam, l) => void setLearningRate(adam, rates[l] * (1 - t / steps)));
    tf.dispose([step(x, y, alpha), x, y]);
    t++;
    await train.turn();
  }
  tf.dispose([images, labels, pairs]);
}

// %% [markdown] slideshow={"slide_type":"slide"} notes="Three of these checks ask for exactly zero, and that is the point: a copy and a frozen layer leave no room for a tolerance."
// ### Which layer moves?
//
// *Predict: the head starts at $V = 0$, and in the first step all rates are positive. Which layers move?*
//
// For one image the gradient of the cross-entropy is $p - y$ at the logits, so it is $(p - y)\, h_3^\top$ at $V$ and $V^\top (p -
// y)$ at $h_3$. With $V = 0$ the second one is 0: **the first step moves the head alone**; the encoder follows as the head
// learns. A head of random numbers would send them down as a gradient from the first step on, and this distorts good codes (Kumar
// and others 2022).

// %% slideshow={"slide_type":"skip"}
const copiesOf = (layers: models.Dense[]) =>
  layers.flatMap(({ variables }) => variables.map(variable => variable.clone()));
/** The largest change of any number in each layer, weights and biases. */
function movedSince(before: tf.Tensor[], layers: models.Dense[]): number[] {
  const now = layers.flatMap(({ variables }) => variables);
  const largest = now.map((w, i) => tf.max(tf.abs(tf.sub(w, before[i]))).dataSync()[0]);
  return layers.map((_, l) => Math.max(largest[2 * l], largest[2 * l + 1]));
}

// %% slideshow={"slide_type":"skip"}
const classifier = network([...newEncoder(0), models.dense(models.initial(0), 256, 10)]);
const some = { rows: drawLabels(100, 1), seed: 1 };
const sent = copiesOf(long.layers);
transfer(long.layers, classifier);
const arrived = movedSince(sent, classifier.layers.slice(0, 3));
const before = copiesOf(classifier.layers);

// %% slideshow={"slide_type":"-"}
await learn(classifier, x, { ...some, rates: [0.003, 0.003, 0.003, 0.003], steps: 1 });
const inFirstStep = movedSince(before, classifier.layers);
transfer(long.layers, classifier);
await learn(classifier, x, { ...some, rates: [0, 0, 0, 0.03], steps: 50 });
const whileFrozen = movedSince(before, classifier.layers);
transfer(long.layers, classifier);
await learn(classifier, x, { ...some, rates: [0.003, 0.003, 0.003, 0.003], steps: 50 });
const whileFineTuned = movedSince(before, classifier.layers);

// %% slideshow={"slide_type":"-"}
const moves = new DataFrame({
  layer: ["1", "2", "3", "head"],
  "first step": inFirstStep,
  "50 steps, encoder frozen": whileFrozen,
  "50 steps, all rates 0.003": whileFineTuned,
});

// %% slideshow={"slide_type":"-"}
plot.table(moves, {
  title: "Largest change of a number: 0 where it has to be 0",
  decimals: 4,
});

// %% slideshow={"slide_type":"skip"} tags=["check"]
const exact = { target: 0, tolerance: 0, source: "exact" } as const;
check(
  ["transfer", Math.max(...arrived), exact],
  ["first step, encoder", Math.max(...inFirstStep.slice(0, 3)), exact],
  ["first step, head", inFirstStep[3], { atLeast: 1e-4, source: "(p − y) h₃ᵀ" }],
  ["frozen, encoder", Math.max(...whileFrozen.slice(0, 3)), exact],
  ["frozen, head", whileFrozen[3], { atLeast: 0.1, source: "rate 0.03" }],
  [
    "fine-tuned, encoder",
    Math.min(...whileFineTuned.slice(0, 3)),
    { atLeast: 1e-3, source: "rate 0.003" },
  ],
  ["the autoencoder meanwhile", Math.max(...movedSince(sent, long.layers)), exact],
);

// %% [markdown] slideshow={"slide_type":"slide"} notes="Before the table, ask which row they would bet on. PCA gets many votes; but a linear head could have found those directions by itself."
// ### What are frozen codes worth?
//
// *Predict: 100 labels and a linear head. Which features serve it best: pixels, 50 principal components, the codes of an
// untrained encoder, of the short or of the long pretraining?*
//
// A frozen encoder gives an image the same code at every step. So the codes are computed once, and only the head is trained:
// softmax regression, whose loss is convex (lesson 01).
//
// **Compare draw by draw.** The accuracies $a_s$, $b_s$ of two methods on draw $s$ share its luck: some hundreds of digits teach
// more than others. Over $S$ independent draws
//
// $$\operatorname{Var}(\bar a - \bar b) = \tfrac1S \bigl(\operatorname{Var} a + \operatorname{Var} b - 2 \operatorname{Cov}(a, b)\bigr) ,$$
//
// and shared luck makes the covariance positive. So take the differences $d_s = a_s - b_s$ first. Their mean has the **standard
// error** $\operatorname{sd}(d) / \sqrt S$.

// %% slideshow={"slide_type":"skip"}
const meanOf = (values: number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
function sdOf(values: number[]): number {
  const squares = values.map(value => (value - meanOf(values)) ** 2);
  return Math.sqrt((meanOf(squares) * values.length) / (values.length - 1));
}
const minus = (a: number[], b: number[]) => b.map((value, s) => a[s] - value); // dₛ
const errorOf = (d: number[]) => sdOf(d) / Math.sqrt(d.length); // of their mean

// %% slideshow={"slide_type":"skip"}
const testLabels = tf.tensor1d(Array.from(mnist.test.labels), "int32");
const accuracy = ({ logits }: Network, images: tf.Tensor2D): number =>
  tf.tidy(() => {
    const found = tf.argMax(logits(images), 1);
    return 100 * tf.equal(found, testLabels).mean().dataSync()[0]; // %
  });

// %% slideshow={"slide_type":"skip"}
const mean = x.mean(0);
const covariance: tf.Tensor2D = tf.matMul(x.sub(mean), x.sub(mean), true).div(count);
const axes: tf.Tensor2D = linalg.eigh(covariance).vectors.slice([0, 0], [784, 50]);

// %% slideshow={"slide_type":"skip"}
const features: Record<string, { of: (x: tf.Tensor2D) => tf.Tensor2D; penalty: number }> = {
  pixels: { of: x => x, penalty: 0.01 },
  "50 principal components": { of: x => tf.matMul(x.sub(mean), axes), penalty: 0.01 },
  "untrained codes": { of: x => encode(untrained, x), penalty: 0.001 },
  "short pretraining": { of: x => encode(short.layers, x), penalty: 0 },
  "long pretraining": { of: x => encode(long.layers, x), penalty: 0.01 },
};

// %% slideshow={"slide_type":"skip"}
const amounts = quick ? [100, 300] : [100, 300, 1000, count];
const stepsFor = (n: number) => ({ 100: 50, 300: 60, 1000: 150 })[n] ?? 400;

// %% slideshow={"slide_type":"skip"}
const headNets: Record<number, Network> = {}; // one for each number of features
/** A linear head, and the centred features of all images. */
function headOn({ of, penalty }: (typeof features)[string]) {
  const centre = of(x).mean(0);
  const centred = (images: tf.Tensor2D): tf.Tensor2D => tf.sub(of(images), centre);
  const [seen, test] = [x, mnist.test.images].map(centred);
  const inputs = seen.shape[1];
  headNets[inputs] ??= network([models.dense(models.initial(0), inputs, 10)]);
  return { net: headNets[inputs], seen, test, penalty };
}

// %% slideshow={"slide_type":"skip"}
/** Test accuracies (%) of a linear head, for each draw of n labels. */
async function trainedHead(
  { net, seen, test, penalty }: ReturnType<typeof headOn>,
  n: number,
) {
  const [alpha, steps] = [(100 * penalty) / n, Math.max(100, stepsFor(n))];
  const found: number[] = [];
  for (const draw of drawsOf(n)) {
    transfer([], net);
    const rows = drawLabels(n, draw);
    await learn(net, seen, { rows, rates: [0.03], alpha, steps, seed: draw });
    found.push(accuracy(net, test));
  }
  return found;
}

// %% slideshow={"slide_type":"skip"}
const linear: Record<string, number[]> = {};
for (const name of Object.keys(features))
  linear[name] = await trainedHead(headOn(features[name]), 100);

// %% slideshow={"slide_type":"-"}
const heads = Object.entries(linear).map(([name, found]) => ({
  "100 labels, linear head on": name,
  "accuracy (%)": meanOf(found),
  "sd over draws": sdOf(found),
  "minus pixels": meanOf(minus(found, linear.pixels)),
  "± standard error": errorOf(minus(found, linear.pixels)),
}));
plot.table(new DataFrame(heads), {
  title: "Only the long pretraining gives a code that beats the pixels",
  decimals: 1,
});

// %% [markdown]
// The codes of the long pretraining, by about seven points. Principal components add nothing to pixels here: a linear head on a
// linear code is a linear function of the pixels, which the head could have found by itself. (With few labels it might still
// help to forbid the other directions. In a trial with 10 to 200 components and four penalties the best was 0.4 points ahead.)
// And **a code is not good because it was pretrained**: after 200 steps a layer it is worse than the pixels, and hardly better
// than the untrained one.

// %% slideshow={"slide_type":"skip"} tags=["check"]
const gain = (name: string) => meanOf(minus(linear[name], linear.pixels));
const points = { unit: "points", source: "five draws" } as const;
const points3 = { unit: "points", source: "three draws" } as const;
const shortError100 = Math.max(gain("short pretraining"), gain("untrained codes"));
if (real) {
  check(
    ["long codes − pixels", gain("long pretraining"), { atLeast: 2, ...points }],
    [
      "components − pixels",
      gain("50 principal components"),
      { target: 0, tolerance: 2, ...points },
    ],
    ["short, untrained − pixels", shortError100, { atMost: -2, ...points }],
  );
}

// %% [markdown] slideshow={"slide_type":"slide"} notes="Run it and let the question stand while it trains. Say what is fair here: every arm has its own best rate, the same steps, the same labels; and the random start is the right one for logistic units."
// ## 3 · Fine-tune for the task
//
// *Predict: all layers move now. With 100 labels, does fine-tuning beat the frozen codes? And the same network from random weights?*
//
// Four arms train the network 784-256-256-256-10 on the same draws with the same number of steps; they differ in their start.
//
// - **Fine-tuned**, after the long or the short pretraining: rate 0.001 for the encoder and 0.01 for the head.
// - **Random start**: rate 0.003. Glorot's limit keeps the size of signals for units of slope 1; the logistic function has the slope
//   $s'(0) = \tfrac14$, so the weights begin four times as large. (Without the 4 it
//   was at 10 to 55 % after its 150 steps with 1,000 labels, at three rates. A rival must not lose for that reason.)
// - **Random start, rectified**: what one would train today without pretraining. He's start, rate 0.001.

// %% slideshow={"slide_type":"skip"}
function randomStart(seed: number): models.Dense[] {
  const layers = newEncoder(seed);
  for (const { weights } of layers) weights.assign(weights.mul(4));
  return layers;
}
const rectified = network([
  ...newEncoder(0, "relu"),
  models.dense(models.initial(0), 256, 10),
]);

// %% slideshow={"slide_type":"skip"}
interface Arm {
  net: Network;
  start: (draw: number) => models.Dense[];
  rates: number[];
  amounts?: number[];
}

// %% slideshow={"slide_type":"skip"}
const gentle = [0.001, 0.001, 0.001, 0.01];
const even = (rate: number) => [rate, rate, rate, rate];
const arms: Record<string, Arm> = {
  "fine-tuned": { net: classifier, start: () => long.layers, rates: gentle },
  "short pretraining": {
    net: classifier,
    start: () => short.layers,
    rates: even(0.003),
    amounts: amounts.slice(0, 3),
  },
  "random start": { net: classifier, start: randomStart, rates: even(0.003) },
  "random, rectified": {
    net: rectified,
    start: seed => newEncoder(seed, "relu"),
    rates: even(0.001),
  },
};

// %% slideshow={"slide_type":"skip"}
/** Test accuracies (%) of an arm, for each draw of n labels. */
async function trained({ net, start, rates }: Arm, n: number): Promise<number[]> {
  const found: number[] = [];
  for (const draw of drawsOf(n)) {
    const begin = start(draw);
    transfer(begin, net);
    await learn(net, x, { rows: drawLabels(n, draw), rates, steps: stepsFor(n), seed: draw });
    found.push(accuracy(net, mnist.test.images));
  }
  return found;
}

// %% slideshow={"slide_type":"-"}
const results: Record<string, number[][]> = {}; // by method, by n, by draw
for (const [label, name] of [
  ["linear on pixels", "pixels"],
  ["linear on frozen codes", "long pretraining"],
]) {
  const head = headOn(features[name]);
  results[label] = [linear[name]]; // 100 labels: done above
  for (const n of amounts.slice(1)) results[label].push(await trainedHead(head, n));
}

// %% slideshow={"slide_type":"-"}
for (const [name, arm] of Object.entries(arms)) {
  results[name] = [];
  for (const n of arm.amounts ?? amounts) results[name].push(await trained(arm, n));
  const means = results[name].map(found => meanOf(found).toFixed(1));
  console.log(`${name}: ${means.join(", ")} %`);
}

// %% slideshow={"slide_type":"skip"}
const byArm = <T>(f: (found: number[]) => T) =>
  Object.fromEntries(Object.entries(results).map(([name, all]) => [name, all.map(f)]));
const means = byArm(meanOf);
const spreads = byArm(found => (found.length > 1 ? sdOf(found) : 0));
const band = (name: string): [number[], number[]] => [
  means[name].map((mean, i) => mean - spreads[name][i]),
  means[name].map((mean, i) => mean + spreads[name][i]),
];

// %% slideshow={"slide_type":"slide"} notes="Read it upwards at 100 labels first: who is above whom? Then sideways: how far to the right must the random start go to be as high as the fine-tuned network at 100? Then look at the right edge: which lines have crossed?"
plot.curves(means, {
  title: "Pretraining lifts the curve; with 10,000 labels its lead is small",
  x: "number of labels",
  y: "test accuracy (%), band ± 1 sd",
  at: amounts,
  logX: true,
  bands: Object.fromEntries(Object.keys(results).map(name => [name, band(name)])),
});

// %% [markdown]
// Two answers. With 100 labels fine-tuning does not beat the frozen codes, which are half a point better (three standard errors,
// as the next table has them): so few labels say little about where 256 features should move. With 300 and 1,000 the two can
// hardly be told apart, with 10,000 fine-tuning is ahead. The random starts, the rectified one as well, stay below it at every
// $n$; with 100 labels they are hardly better than a linear model on pixels.
//
// The short pretraining gains nothing: it is not above the random start anywhere. If pretraining did nothing at all, the bands of
// the fine-tuned network and of the random start would overlap.

// %% slideshow={"slide_type":"skip"}
const lead = (over: string, i: number) => minus(results["fine-tuned"][i], results[over][i]);
const withError = (d: number[]) =>
  `${meanOf(d).toFixed(1)} ± ${errorOf(d).toFixed(1)}`.replace("-", "−");
const comparison = amounts.map((n, i) => ({
  labels: n,
  "minus random start": withError(lead("random start", i)),
  "minus rectified": withError(lead("random, rectified", i)),
  "minus frozen codes": withError(lead("linear on frozen codes", i)),
  "errors saved (%)":
    (100 * (means["fine-tuned"][i] - means["random start"][i])) /
    (100 - means["random start"][i]),
}));

// %% slideshow={"slide_type":"slide"} notes="Compare the first row with the last one: the lead in points is four times smaller, the share of errors that is saved is about the same. Both are true. Ask which of the two a company would print."
plot.table(new DataFrame(comparison), {
  title: "Fine-tuning minus its rivals, in points: small with 10,000 labels, not 0",
  decimals: 1,
});

// %% [markdown] slideshow={"slide_type":"slide"} notes="Take out the votes of the first slide. Then read the table: so many labels from a random start for each hundred from a pretrained one."
// ### When does it stop helping?
//
// *Predict: with all 10,000 labels, when the labelled images are the images of the pretraining, is anything left?*
//
// About one point is left. (All draws are the same digits now; their errors are those of start and order alone.) The images are
// the same, but the pretraining has looked at each of them fifty times before the first label came in. In points the lead is
// largest with few labels; as a share of the errors it is a fifth with 100 labels and a fifth with 10,000, and more in between.
// There the arms have four epochs only. In one trial of sixteen, half a point was left: 96.2 % fine-tuned, 95.7 % for the
// rectified random start.
//
// What stops helping is *freezing*: ahead with 100 labels, behind with 10,000, where the labels say better than the autoencoder
// what to look at. Read sideways, the curve gives the worth in labels.

// %% slideshow={"slide_type":"skip"}
/** Where a curve reaches an accuracy, read on straight lines over the log axis; else NaN. */
function labelsFor(accuracy: number, curve: number[]): number {
  const i = curve.findIndex((_, i) => curve[i + 1] >= accuracy);
  const share = (accuracy - curve[i]) / (curve[i + 1] - curve[i]);
  return amounts[i] * (amounts[i + 1] / amounts[i]) ** share;
}
const worth = amounts.map((n, i) => ({
  "labels, fine-tuned": n,
  "accuracy (%)": means["fine-tuned"][i],
  "labels, random start": labelsFor(means["fine-tuned"][i], means["random start"]),
  "times as many": labelsFor(means["fine-tuned"][i], means["random start"]) / n,
}));

// %% slideshow={"slide_type":"-"}
plot.table(new DataFrame(worth.slice(0, -1)), {
  title: "Here pretraining is worth two to four times the labels",
  decimals: 1,
});

// %% slideshow={"slide_type":"skip"} tags=["check"]
if (real) {
  const at = (over: string, i: number) => meanOf(lead(over, i));
  const short = (over: string, i: number) => means["short pretraining"][i] - means[over][i];
  const frozen = means["fine-tuned"][3] - means["linear on frozen codes"][3];
  const few = { atLeast: 1.5, ...points };
  check(
    ["100: fine-tuned − random", at("random start", 0), few],
    ["100: fine-tuned − rectified", at("random, rectified", 0), few],
    ["1,000: fine-tuned − random", at("random start", 2), { atLeast: 0.5, ...points3 }],
    ["10,000: fine-tuned − random", at("random start", 3), { atLeast: 0.3, ...points3 }],
    ["10,000: fine-tuned − frozen", frozen, { atLeast: 0.1, ...points3 }],
    ["100: short − long", short("fine-tuned", 0), { atMost: -2, ...points }],
    ["1,000: short − long", short("fine-tuned", 2), { atMost: -1, ...points3 }],
    ["100: short − random", short("random start", 0), { atMost: 0.5, ...points }],
    ["1,000: short − random", short("random start", 2), { atMost: 0.5, ...points3 }],
  );
}

// %% [markdown] slideshow={"slide_type":"slide"} notes="The published networks are larger, have six times as many labels in the first two rows, and were trained for days. What can be compared is the share of errors that pretraining saves."
// ## Ours against the papers
//
// Hinton and Salakhutdinov (2006) pretrain 784-500-500-2000-10 on all 60,000 digits and fine-tune it with all labels: 1.2 %
// errors, against 1.6 % for the best randomly started network they quote and 1.4 % for a support vector machine. Vincent and
// others (2010, Table 3) have 10,000 labels in the set *basic*, as we have here, and three denoising layers.

// %% slideshow={"slide_type":"-"}
// Drawn digits have no place beside the papers.
const errorAt = (name: string) => (real ? 100 - means[name][amounts.length - 1] : Number.NaN);
const papers = new DataFrame({
  "test errors (%)": ["ours", "Vincent 2010, basic", "Hinton 2006"],
  labels: [count, 10_000, 60_000],
  "pretrained, fine-tuned": [errorAt("fine-tuned"), 2.84, 1.2],
  "random start": [errorAt("random start"), Number.NaN, 1.6],
  "support vector machine": [Number.NaN, 3.03, 1.4],
});
plot.table(papers, {
  title:
    "Against its own random start, pretraining saves a fifth of the errors here, a quarter in 2006",
  decimals: 2,
});

// %% [markdown]
// Ours stop after 400 steps, and the networks are smaller. Of the errors of the rectified random start, which nobody had in 2006, a
// seventh is saved. (Lesson 06 quotes more of Vincent's table.) What favours us: one
// pretraining serves all draws, so the standard errors do not contain its own luck; its length was chosen with 2,000 labels that
// nobody would have who has only 100; and the number of steps suits the pretrained network better than its rivals. Erhan and
// others (2010) take such experiments apart and find that pretraining acts mostly as a regularizer: it chooses where descent
// begins, and descent stays near there.

// %% [markdown] slideshow={"slide_type":"slide"} notes="Exercises 1 and 3 in class, the others at home. Number 2 is the test that you should write before you trust any frozen layer, number 6 is the one for your own papers."
// ## Exercises
//
// Replace `exercise.todo(…)` and run the check below it. Each check draws new questions of new sizes, so nothing can be copied.

// %% slideshow={"slide_type":"skip"} exercise={"role":"sheet"}
const sheet = exercise.sheet("Exercises of lesson 10");
interface Layer {
  weights: tf.Tensor; // [inputs, outputs]
  bias: tf.Tensor; // [outputs]
}
const tensorsOf = (layers: Layer[]) => layers.flatMap(({ weights, bias }) => [weights, bias]);
const inFull = (tensors: tf.Tensor[]): tf.Tensor1D =>
  tf.concat([tensors.flatMap(({ shape }) => shape), ...tensors.map(t => t.flatten())]);
const drawSizes = (draw: exercise.Draw, layers: number) =>
  Array.from({ length: layers + 1 }, () => draw.integer(2, 5));
const eighths = (numbers: tf.Tensor) => numbers.mul(8).round().div(8); // their sums are exact
const drawLayers = (draw: exercise.Draw, sizes: number[]): Layer[] =>
  sizes.slice(1).map((outputs, i) => ({
    weights: eighths(draw.normal(sizes[i], outputs)),
    bias: eighths(draw.normal(1, outputs).flatten()),
  }));
const sum = (list: number[]) => list.reduce((total, value) => total + value, 0);

// %% [markdown] slideshow={"slide_type":"skip"}
// **1 ★ Transfer.** Return the layers of a classifier: a copy of each layer of `encoder`, and on top of them a layer of zeros for
// `classes` classes. It must be a copy: the check goes on to change the encoder, and the classifier has to stay as it is.
//
// <details><summary>Hint</summary>Section 2. A new <code>tf.variable(…)</code> has a memory of its own; the head has as many inputs
// as the last layer has outputs.</details>

// %% slideshow={"slide_type":"skip"} exercise={"id":"1","role":"starter"}
function classifierFrom(encoder: Layer[], classes: number): Layer[] {
  return exercise.todo(encoder, classes);
}

// %% slideshow={"slide_type":"skip"} exercise={"id":"1","role":"check"}
await sheet.check("1 · Transfer", draw => {
  const [sizes, classes] = [drawSizes(draw, draw.integer(1, 3)), draw.integer(2, 6)];
  const drawn = tensorsOf(drawLayers(draw, sizes));
  const trained = drawn.map(tensor => tf.variable(tensor));
  const layerAt = (i: number) => ({ weights: trained[2 * i], bias: trained[2 * i + 1] });
  const found = classifierFrom(
    sizes.slice(1).map((_, i) => layerAt(i)),
    classes,
  );
  for (const variable of trained) variable.assign(tf.neg(variable)); // the encoder trains on
  const head = [tf.zeros([sizes[sizes.length - 1], classes]), tf.zeros([classes])];
  const mistakes = {
    "It shares its variables with the encoder: copy them.": inFull([...trained, ...head]),
    "The head is missing.": inFull(drawn),
    "The head stands behind the encoder.": inFull([...head, ...drawn]),
  };
  const given = `an encoder ${sizes.join("-")}, ${classes} classes: shapes, then numbers`;
  const expected = inFull([...drawn, ...head]);
  return { given, got: inFull(tensorsOf(found)), expected, mistakes };
});

// %% slideshow={"slide_type":"skip"} exercise={"role":"sheet"}
// The last two numbers become v and v + 1/512, in this order or the other: sum and length are the same.
function twins(w: tf.Tensor, exchanged: boolean): tf.Tensor {
  const numbers = Array.from(w.dataSync());
  const v = Math.round(8 * numbers[w.size - 1]) / 8;
  const pair = [v, v + 1 / 512];
  const last = exchanged ? pair.reverse() : pair;
  return tf.tensor([...numbers.slice(0, -2), ...last], w.shape);
}

// %% slideshow={"slide_type":"skip"} exercise={"role":"sheet"}
function partlyTrained(draw: exercise.Draw) {
  const before = drawLayers(draw, drawSizes(draw, draw.integer(4, 6)));
  const [a, b, c] = draw.shuffled(before.map((_, i) => i)); // weights move in a and c, biases in b
  const [weights, bias] = [before[a].weights, before[b].bias];
  before[a].weights = twins(weights, false);
  before[b].bias = twins(bias, false);
  const after = before.map(layer => ({ ...layer }));
  after[a].weights = twins(weights, true);
  after[b].bias = twins(bias, true);
  after[c].weights = tf.sub(before[c].weights, 1 / 512); // all of them fall
  return { before, after, a, b, c };
}

// %% [markdown] slideshow={"slide_type":"skip"}
// **2 ★★ The freeze test.** `before` and `after` are the layers of a network before and after a training. Return the numbers of
// the layers that moved, counted from 1, the lowest first. Frozen means exactly: no number of the layer changed at all.
//
// <details><summary>Hint</summary>Look at the largest absolute difference. Sums and lengths can stay although numbers
// change.</details>

// %% slideshow={"slide_type":"skip"} exercise={"id":"2","role":"starter"}
function movedLayers(before: Layer[], after: Layer[]): number[] {
  return exercise.todo(before, after);
}

// %% slideshow={"slide_type":"skip"} exercise={"id":"2","role":"check"}
await sheet.check("2 · The freeze test", draw => {
  const { before, after, a, b, c } = partlyTrained(draw);
  const numbers = (...layers: number[]) => [...new Set(layers.map(i => i + 1))].sort();
  const moved = numbers(a, b, c);
  const mistakes = {
    "A layer has a bias as well.": numbers(a, c),
    "Look at the weights too.": numbers(b),
    "Count layers from 1.": moved.map(i => i - 1),
    "Small changes count too: look at each number.": [],
    "Sum and length can stay: look at each number.": numbers(c),
    "A number that falls has moved as well: take absolute values.": numbers(a, b),
    "Those did not move.": before.map((_, i) => i + 1).filter(i => !moved.includes(i)),
  };
  const given = `${before.length} layers, some of which a training has changed`;
  return { given, got: movedLayers(before, after), expected: moved, mistakes };
});

// %% [markdown] slideshow={"slide_type":"skip"}
// **3 ★★ A rate for each layer.** Return the weights after one step of gradient descent in which the last layer has the learning
// rate `rate` and every layer has a rate `factor` times smaller than the layer above it (Howard and Ruder 2018 take 2.6).
// `weights[0]` belongs to the lowest layer; `gradients` has the same order.
//
// <details><summary>Hint</summary>The rate of layer $l$ of $L$, counted from 1, is $\eta / f^{\,L-l}$.</details>

// %% slideshow={"slide_type":"skip"} exercise={"id":"3","role":"starter"}
type Weights = tf.Tensor2D[];

function layerwiseStep(
  weights: Weights,
  gradients: Weights,
  rate: number,
  factor: number,
): Weights {
  return exercise.todo(weights, gradients, rate, factor);
}

// %% slideshow={"slide_type":"skip"} exercise={"id":"3","role":"check"}
await sheet.check("3 · A rate for each layer", draw => {
  const sizes = drawSizes(draw, draw.integer(2, 4));
  const last = sizes.length - 2;
  const matrices = () => drawLayers(draw, sizes).map(layer => layer.weights as tf.Tensor2D);
  const [weights, gradients] = [matrices(), matrices()];
  const [rate, factor] = [draw.number(0.1, 0.9), draw.number(1.5, 3)];
  const idea = (rateOf: (below: number) => number) =>
    inFull(weights.map((w, i) => w.sub(gradients[i].mul(rateOf(last - i)))));
  const given = `sizes ${sizes.join("-")}, rate ${rate}, factor ${factor}: shapes, then numbers`;
  const got = inFull(layerwiseStep(weights, gradients, rate, factor));
  const mistakes = {
    "The last layer has the largest rate.": idea(below => rate / factor ** (last - below)),
    "The last layer has the rate itself.": idea(below => rate / factor ** (below + 1)),
    "Every layer has a rate of its own.": idea(() => rate),
    "Descent goes against the gradient.": idea(below => -rate / factor ** below),
    "The layers below move too.": idea(below => (below === 0 ? rate : 0)),
    "Divide again from layer to layer.": idea(below => rate / (below === 0 ? 1 : factor)),
  };
  return { given, got, expected: idea(below => rate / factor ** below), mistakes };
});

// %% [markdown] slideshow={"slide_type":"skip"}
// **4 ★ Is the difference real?** `a[s]` and `b[s]` are the accuracies of two methods on the same draw $s$ of labels. Return the
// mean of the differences $a_s - b_s$ and its standard error.
//
// <details><summary>Hint</summary>Section 2: the differences first, then their standard deviation (divide by $S - 1$), then
// $\sqrt S$.</details>

// %% slideshow={"slide_type":"skip"} exercise={"id":"4","role":"starter"}
function pairedDifference(a: number[], b: number[]): number[] {
  return exercise.todo(a, b); // [mean, standard error]
}

// %% slideshow={"slide_type":"skip"} exercise={"role":"sheet"}
// Accuracies of two methods on the same draws; on one of the draws the second is ahead.
function drawPairs(draw: exercise.Draw) {
  const luck = Array.from({ length: draw.integer(3, 8) }, () => draw.number(60, 80));
  const odd = draw.integer(0, luck.length - 1);
  const ahead = luck.map((_, s) => (s === odd ? -1 : 1));
  const a = luck.map((value, s) => value + ahead[s] * draw.number(1, 5));
  const b = luck.map((value, s) => value - ahead[s] * draw.number(1, 5));
  return { a, b };
}
const spreadOf = (v: number[]) => tf.moments(v).variance.dataSync()[0]; // divides by S
const deviation = (v: number[]) => Math.sqrt((spreadOf(v) * v.length) / (v.length - 1));

// %% slideshow={"slide_type":"skip"} exercise={"id":"4","role":"check"}
await sheet.check("4 · Is the difference real?", draw => {
  const { a, b } = drawPairs(draw);
  const [d, root] = [a.map((value, s) => value - b[s]), Math.sqrt(a.length)];
  const [sizes, S] = [d.map(Math.abs), a.length];
  const [mean, error] = [sum(d) / S, deviation(d) / root];
  const unpaired = Math.hypot(deviation(a), deviation(b)) / root;
  const mistakes = {
    "The draws are shared: take differences first.": [mean, unpaired],
    "That is the standard deviation; divide by √S.": [mean, deviation(d)],
    "The deviation of a sample divides by S − 1.": [mean, Math.sqrt(spreadOf(d) / S)],
    "a − b, not b − a.": [-mean, error],
    "A difference has a sign.": [sum(sizes) / S, deviation(sizes) / root],
  };
  const given = `a = ${a.map(v => v.toFixed(2))}; b = ${b.map(v => v.toFixed(2))}`;
  return { given, got: pairedDifference(a, b), expected: [mean, error], mistakes };
});

// %% [markdown] slideshow={"slide_type":"skip"}
// **5 ★★★ How many labels is it worth?** A network from random weights reached `accuracy[i]` with `labels[i]` labels (both
// rising). A pretrained one reaches `target` with `few` labels. Return how many times more labels the random start needs for
// `target`. Read it from the curve as it is drawn above: straight lines between the points, over a log axis.
//
// <details><summary>Hint</summary>Between two points the accuracy is linear in $\log n$. Find the two points around `target`, solve
// for $\log n$, and divide $n$ by `few`.</details>

// %% slideshow={"slide_type":"skip"} exercise={"id":"5","role":"starter"}
interface Curve {
  labels: number[];
  accuracy: number[];
}

function labelsSaved({ labels, accuracy }: Curve, target: number, few: number): number {
  return exercise.todo(labels, accuracy, target, few);
}

// %% slideshow={"slide_type":"skip"} exercise={"id":"5","role":"check"}
await sheet.check("5 · How many labels is it worth?", draw => {
  const by = Array.from({ length: draw.integer(3, 6) }, () => draw.integer(2, 6));
  const labels = by.map((_, i) => by.slice(0, i + 1).reduce((n, times) => n * times, 20));
  const accuracy = by.map((_, i) => 50 + 6 * i + draw.number(0, 5));
  const [i, share] = [draw.integer(0, by.length - 2), draw.number(0.2, 0.8)];
  const few = draw.integer(5, 15);
  const target = accuracy[i] + share * (accuracy[i + 1] - accuracy[i]);
  const needed = labels[i] * by[i + 1] ** share;
  const straight = labels[i] + share * (labels[i + 1] - labels[i]);
  const mistakes = {
    "The axis is logarithmic: interpolate log n.": straight / few,
    "Read between the points: that is the next one.": labels[i + 1] / few,
    "Read between the points: that is the one before.": labels[i] / few,
    "That is the number of labels; divide by few.": needed,
    "Asked is how many times more, not how many more.": needed - few,
  };
  const given = `labels ${labels}, accuracies ${accuracy}, target ${target}, few ${few}`;
  const got = labelsSaved({ labels, accuracy }, target, few);
  return { given, got, expected: needed / few, mistakes };
});

// %% [markdown] slideshow={"slide_type":"skip"}
// **6 ★★ Predict, then run.** A classifier has hidden layers of the given `sizes` (inputs first) and a softmax layer for
// `classes` classes on top. Its first `frozen` layers are frozen. Before you train anything, predict how many numbers one step of
// training changes. The check builds the network, trains it for one step, and counts.
//
// <details><summary>Hint</summary>A layer from $m$ to $n$ units has $mn$ weights and $n$ biases. The head is a layer.</details>

// %% slideshow={"slide_type":"skip"} exercise={"id":"6","role":"starter"}
function numbersThatMove(sizes: number[], classes: number, frozen: number): number {
  return exercise.todo(sizes, classes, frozen);
}

// %% slideshow={"slide_type":"skip"} exercise={"role":"sheet"}
/** Builds the network, trains it for one step, and counts the numbers that changed. */
function movedInAStep(draw: exercise.Draw, sizes: number[], frozen: number): number {
  const { variables, loss } = models.mlp({ sizes, activation: "tanh", seed: frozen });
  const classes = sizes[sizes.length - 1];
  const [x, y] = [draw.normal(20, sizes[0]), data.oneHot(new Array(20).fill(0), classes)];
  const before = variables.map(w => w.clone());
  tf.train.sgd(1).minimize(() => loss(x, y), false, variables.slice(2 * frozen));
  const changes = variables.map((w, i) => w.notEqual(before[i]).sum());
  return tf.addN(changes).dataSync()[0];
}

// %% slideshow={"slide_type":"skip"} exercise={"id":"6","role":"check"}
await sheet.check("6 · Predict, then run", draw => {
  const sizes = drawSizes(draw, draw.integer(2, 4));
  const [classes, asked] = [draw.integer(3, 6), draw.shuffled([1, sizes.length - 1])];
  const all = [...sizes, classes];
  const moved = asked.map(frozen => movedInAStep(draw, all, frozen));
  const counts = all.slice(1).flatMap((n, i) => [all[i] * n, n]); // of W₁, b₁, W₂, b₂, …
  const each = (of: (frozen: number) => number[]) => asked.map(frozen => sum(of(frozen)));
  const mistakes = {
    "Biases move too.": each(f => counts.slice(2 * f).filter((_, i) => i % 2 === 0)),
    "The head moves too.": each(f => counts.slice(2 * f, -2)),
    "Those are the numbers that stand still.": each(f => counts.slice(0, 2 * f)),
    "That is the whole network.": each(() => counts),
    "The first layers are frozen, not the last.": each(f => counts.slice(0, -2 * f)),
  };
  const given = `sizes ${sizes.join("-")}, ${classes} classes, ${asked.join(", then ")} frozen`;
  const got = asked.map(frozen => numbersThatMove(sizes, classes, frozen));
  return { given, got, expected: moved, mistakes };
});

// %% slideshow={"slide_type":"skip"}
sheet;

// %% [markdown] slideshow={"slide_type":"slide"} notes="Compare with the votes of the first slide. Then ask what the 256 numbers of a code look like from inside: that is lesson 11."
// ## To remember
//
// 1. Pretraining learns from $p(x)$. It helps as far as the labels follow what varies in the images.
// 2. A transfer is a copy and a frozen layer stands still: both are tested for exactly 0.
// 3. A code is not good because it was pretrained: after two epochs it was hardly better than an untrained one.
// 4. With few labels freeze the encoder, or move it gently; with many labels move it. From a head of zeros the first step moves the
//    head alone.
// 5. Methods are compared on the same draws: differences first, then their standard error.
//
// **So the slide's three steps were worth two to four times the labels here.** Lesson 11 asks
// what such a code looks like from inside, and where it fails.
//
// **References.** Hinton and Salakhutdinov 2006, [doi:10.1126/science.1127647](https://doi.org/10.1126/science.1127647) ·
// Bengio, Lamblin, Popovici and Larochelle 2007, *Greedy layer-wise training of deep networks*, Advances in Neural Information
// Processing Systems 19 ·
// Erhan, Bengio, Courville, Manzagol, Vincent and Bengio 2010, *Why does unsupervised pre-training help deep learning?*, Journal of
// Machine Learning Research 11 ·
// Vincent, Larochelle, Lajoie, Bengio and Manzagol 2010, *Stacked denoising autoencoders*, Journal of Machine Learning Research 11 ·
// Kingma and Ba 2015, [doi:10.48550/arXiv.1412.6980](https://doi.org/10.48550/arXiv.1412.6980) ·
// Howard and Ruder 2018, [doi:10.48550/arXiv.1801.06146](https://doi.org/10.48550/arXiv.1801.06146) ·
// Kumar, Raghunathan, Jones, Ma and Liang 2022, [doi:10.48550/arXiv.2202.10054](https://doi.org/10.48550/arXiv.2202.10054)

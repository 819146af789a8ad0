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

// %% [markdown] slideshow={"slide_type":"slide"} notes="Ask first: a network sees a whole sentence and has to return it. What stops it from copying? Collect the answers; by the end there will be three of them."
// # Lesson 09 · LSTM and transformer autoencoders
//
// The lecture's slide (Roman-Rangel, *AutoEncoders*, 2021) says: "Similarly, we can combine AE with language models." A model that
// sees a whole sequence could simply copy it. **What has to be hidden from it so that it learns something, and how low can its loss
// then be?**
//
// After this lesson you can
//
// 1. compute what a language itself makes unpredictable: its entropy rate, and the loss that no model of masked tokens gets below;
// 2. say how many numbers the code of an LSTM autoencoder needs, and what it forgets when it has fewer;
// 3. find anomalous heartbeats by their reconstruction error, and compare the result with simple rivals;
// 4. write attention, read its maps with care, and show that a causal mask lets nothing through.
//
// You need the code from lesson 03, PCA from lesson 04, masking from lesson 06 and the ROC curve from lesson 02. One lecture of 45
// minutes; one minute to run.

// %% slideshow={"slide_type":"skip"}
import { DataFrame } from "danfojs-node";
import {
  type Check,
  check,
  classical,
  compile,
  data,
  engineRoute,
  exercise,
  explore,
  fit,
  generator,
  linalg,
  models,
  plot,
  restartOptimizer,
  tf,
  train,
} from "latent";

// %% [markdown] slideshow={"slide_type":"slide"} notes="Read two rows of the matrix aloud. Then let them write down a typical sentence: 0 0 0 0 3 1 2 3 and so on."
// ## 1 · A language whose answers are known
//
// Real sentences have no known best loss. So take a language that we make: four tokens, each drawn with probabilities that depend
// only on the token before it. This is a **Markov chain** with the matrix $P$: $P_{ab}$ is the probability that $b$ follows $a$.

// %% slideshow={"slide_type":"skip"}
const P = [
  [0.7, 0.1, 0.1, 0.1],
  [0.1, 0.1, 0.7, 0.1],
  [0.1, 0.1, 0.1, 0.7],
  [0.4, 0.4, 0.1, 0.1],
]; // P[a][b]
const tokens = ["0", "1", "2", "3"];

// %% slideshow={"slide_type":"-"}
plot.heatmap(tf.tensor2d(P), {
  title: "The language: 0 likes to stay, 1 leads to 2, 2 to 3, and 3 to 0 or 1",
  x: "next token b",
  y: "token a",
  rows: tokens,
  columns: tokens,
  z: "probability that b follows a",
});

// %% [markdown] slideshow={"slide_type":"slide"} notes="The first number needs no model at all, only counting. The difference between the two numbers is what a language model can learn here."
// ### What cannot be predicted
//
// *Predict: guessing one of four tokens blindly costs $\ln 4 = 1.386$ nats. How much does it cost when you know the token before?*
//
// After many steps the tokens have frequencies that no longer change: the **stationary distribution** $\pi$ with $\pi P = \pi$. A
// model that assigns probability $q_a$ to token $a$ has the mean loss $-\sum_a \pi_a \ln q_a$, which is least for $q = \pi$. The
// minimum is the **entropy** $H_1 = -\sum_a \pi_a \ln \pi_a$.
//
// Whoever knows the token before, $a$, uses row $a$ of $P$. The mean loss is then at least the **entropy rate** (Shannon 1948)
//
// $$H_{\text{rate}} = -\sum_a \pi_a \sum_b P_{ab} \ln P_{ab} .$$
//
// Earlier tokens add nothing, because the chain does not look at them. A sequence $X$ of $T$ tokens holds $H(X) = H_1 + (T - 1)\,
// H_{\text{rate}}$ nats.

// %% slideshow={"slide_type":"skip"}
const product = (a: number[][], b: number[][]) =>
  a.map(row => b[0].map((_, j) => row.reduce((sum, value, k) => sum + value * b[k][j], 0)));
const power = [P.map((_, a) => P.map((_, b) => Number(a === b)))]; // power[n] is Pⁿ
for (let n = 1; n <= 200; n++) power.push(product(power[n - 1], P));
const pi = power[200][0]; // far from the start every row of Pⁿ is π

// %% slideshow={"slide_type":"-"}
const entropy = (q: number[]) =>
  -q.reduce((sum, chance) => sum + (chance > 0 ? chance * Math.log(chance) : 0), 0);
const single = entropy(pi); // H₁
const rate = pi.reduce((sum, chance, a) => sum + chance * entropy(P[a]), 0); // H_rate
console.log(`π = ${pi.map(chance => chance.toFixed(4)).join("  ")}`);
console.log(`H₁ = ${single.toFixed(4)} nats, entropy rate ${rate.toFixed(4)} nats`);

// %% [markdown]
// One nat, then: knowing the token before is worth about 0.32 nats here.

// %% slideshow={"slide_type":"skip"}
const byHand = "Python, float64: πP = π, −Σ π ln π, −Σ π P ln P";
const known = [0.414798, 0.165919, 0.199552, 0.219731];

// %% slideshow={"slide_type":"skip"} tags=["check"]
check(
  ...pi.map((chance, a): Check => {
    return [`π of token ${a}`, chance, { target: known[a], tolerance: 1e-6, source: byHand }];
  }),
  ["H₁", single, { target: 1.317624, tolerance: 1e-6, unit: "nats", source: byHand }],
  ["entropy rate", rate, { target: 0.996062, tolerance: 1e-6, unit: "nats", source: byHand }],
);

// %% slideshow={"slide_type":"skip"}
// `count` sequences of the chain, whole numbers 0 … 3 as int32, [count, T].
function drawSequences(count: number, T: number, seed: number): tf.Tensor2D {
  const random = generator(seed);
  const logP = tf.log(P) as tf.Tensor2D;
  const start: tf.Tensor2D = tf.tile(tf.tensor2d([pi]).log(), [count, 1]);
  const columns = [random.categorical(start, 1)];
  for (let t = 1; t < T; t++)
    columns.push(random.categorical(tf.gather(logP, columns[t - 1].as1D()), 1));
  return tf.concat(columns, 1);
}

// %% slideshow={"slide_type":"skip"}
const quick = engineRoute === "wasm"; // without native TensorFlow: a quarter of each training
const epochsOf = (epochs: number) => (quick ? Math.ceil(epochs / 4) : epochs);
const falling = (start: number, steps: number) => (step: number) =>
  start * Math.min(1, (step + 1) / 50) * Math.max(0.01, 1 - step / steps); // learning rate
const oneHot = (x: tf.Tensor2D, classes = 4) =>
  tf.oneHot(x, classes, 1, 0, "float32") as tf.Tensor3D; // [b, T] to [b, T, classes]
if (quick)
  console.log("WebAssembly: trainings are shortened, and their figures not checked.");

// %% [markdown] slideshow={"slide_type":"slide"} notes="Draw the cell as a conveyor belt on the board: what is on it stays, unless the forget gate takes it off. Then draw the code as the only door between two rooms."
// ## 2 · Hide by a bottleneck: the LSTM autoencoder
//
// A **long short-term memory** (Hochreiter and Schmidhuber 1997) reads one token $x_t$ at a time and keeps a cell $c_t$ and a state
// $h_t$ of $n$ units each. Three **gates**, $i_t$, $f_t$ and $o_t$, are logistic functions of $W x_t + U h_{t-1} + b$, each with its
// own weights:
//
// $$c_t = f_t \odot c_{t-1} + i_t \odot \tanh(W x_t + U h_{t-1} + b), \qquad h_t = o_t \odot \tanh c_t .$$
//
// The cell changes by addition. Where $f_t \approx 1$, its gradient passes many steps without shrinking.
//
// The autoencoder (Srivastava, Mansimov and Salakhutdinov 2015) has two of them. The encoder reads the sequence; its last state
// becomes the code $z = \tanh(V h_T + d) \in [-1, 1]^k$. The decoder gets this code at every step, and nothing else, and writes the
// sequence, the last token first. **Its bottleneck is in time as well: the whole sequence has to fit into one $z$.**

// %% [markdown] slideshow={"slide_type":"slide"} notes="The noise is what makes the number of code dimensions mean something. Ask for the prediction in numbers before you go on: it is a division."
// ### How much fits into a code?
//
// *Predict: sequences of $T = 5$ tokens, codes with noise of $\sigma = 0.1$. How many numbers does a code need for copying?*
//
// A real number without noise can hold any number of digits, so its capacity has no limit. Add noise, and there is one: the decoder
// gets $\tilde z = z + \sigma \varepsilon$ with $\varepsilon \sim \mathcal{N}(0, I)$. Let $L$ be the loss of a sequence in nats, the
// sum of the cross-entropies of its tokens. **Claim.**
//
// $$L \;\ge\; H(X) - \frac{k}{2} \ln\Bigl(1 + \frac{1}{\sigma^2}\Bigr).$$
//
// *Proof.* Whatever the decoder does, a cross-entropy is at least the entropy of what it predicts: $L \ge \sum_t H(X_t \mid
// \tilde z) \ge H(X \mid \tilde z) = H(X) - I(X; \tilde z)$. The information is $I(X; \tilde z) = h(\tilde z) - h(\tilde z \mid
// X)$ with differential entropies $h$. Given $X$ only the noise is left: $h(\tilde z \mid X) = \tfrac{k}{2} \ln 2\pi e
// \sigma^2$. Each number of $\tilde z$ has a variance of at most $1 + \sigma^2$, and no distribution of that variance has more
// entropy than the Gaussian; together they have at most the sum: $h(\tilde z) \le \tfrac{k}{2} \ln 2\pi e (1 + \sigma^2)$.
// Subtract. $\square$
//
// Here a number carries at most $\tfrac12 \ln 101 = 2.31$ nats, and a sequence holds $H(X) = 5.30$. So copying needs three
// numbers at least.

// %% slideshow={"slide_type":"skip"}
const [T, sigma] = [5, 0.1];
const information = single + (T - 1) * rate; // H(X), nats
const each = Math.log(1 + 1 / sigma ** 2) / 2; // nats that a number of the code carries at most
const bound = (k: number) => Math.max(0, information - k * each);
const copyTrain = drawSequences(6000, T, 1);
const copyTest = drawSequences(2000, T, 2);

// %% slideshow={"slide_type":"skip"}
type Order = "backwards" | "forwards"; // in which the decoder writes

// %% slideshow={"slide_type":"skip"}
function copier(k: number, order: Order, seed: number) {
  const sizes = { timeSteps: T, features: 4, units: 48, code: k };
  const model = models.lstmAutoencoder({ ...sizes, output: "squared", seed }); // output as it is: logits
  const random = generator(seed);
  const write = (x: tf.Tensor2D): tf.Tensor3D => {
    const z = tf.tanh(model.encode(oneHot(x))); // [b, k]
    const noisy: tf.Tensor2D = tf.add(z, random.normal(z.shape, 0, sigma));
    const written = model.decode(noisy); // logits, [b, T, 4]
    return order === "backwards" ? tf.reverse(written, 1) : written;
  };
  const loss = (x: tf.Tensor2D): tf.Scalar =>
    models.softmaxCrossEntropy(oneHot(x), write(x)).sum(1).mean(); // nats per sequence
  return { write, loss };
}

// %% slideshow={"slide_type":"skip"}
async function learnToCopy(k: number, epochs: number, order: Order = "backwards", seed = 9) {
  const { write, loss } = copier(k, order, seed);
  await fit(loss, copyTrain, {
    epochs,
    batchSize: 50,
    optimizer: tf.train.adam(0.03),
    learningRate: falling(0.03, 120 * epochs),
    clip: { norm: 5 },
    seed,
  });
  const right = tf.equal(tf.argMax(write(copyTest), -1), copyTest).cast("float32");
  const byPosition = Array.from(right.mean(0).dataSync()); // share of tokens, [T]
  return { k, loss: loss(copyTest).dataSync()[0], byPosition };
}

// %% slideshow={"slide_type":"-"}
const copiers: Awaited<ReturnType<typeof learnToCopy>>[] = [];
for (const k of [1, 2]) copiers.push(await learnToCopy(k, epochsOf(4)));
copiers.push(await learnToCopy(16, epochsOf(10))); // longer: it has more to learn
const forwards = await learnToCopy(2, epochsOf(4), "forwards");

// %% slideshow={"slide_type":"skip"}
const ks = [1, 2, 3, 16]; // from three numbers on the bound is 0; no LSTM was trained with three
const lossOf = (k: number) => copiers.find(copier => copier.k === k)?.loss ?? Number.NaN;
const losses = {
  "LSTM autoencoder": ks.map(lossOf),
  "bound, H(X) − k · 2.31": ks.map(bound),
};

// %% slideshow={"slide_type":"slide"} notes="Point at the two left points first: no training and no larger network can bring them below the line. Then at the right one: sixteen numbers are more than enough."
plot.curves(losses, {
  title: "No code loses less than the bound; sixteen numbers copy",
  x: "numbers in the code k",
  y: "loss (nats per sequence)",
  at: ks,
  logX: true,
  points: ["LSTM autoencoder"],
});

// %% [markdown]
// Three numbers would suffice for the bound; this LSTM needs more (with four it still lost 1.1 nats in two trials). Training
// does not find the best code, and the decoder writes the tokens independently of each other once $\tilde z$ is given (the
// second inequality of the proof).
//
// *Predict: when the code is too small, which tokens are forgotten: the first ones, which were read longest ago?*

// %% slideshow={"slide_type":"skip"}
const accuracy = {
  "k = 2, written backwards": copiers[1].byPosition,
  "k = 2, written forwards": forwards.byPosition,
  "k = 1, written backwards": copiers[0].byPosition,
  "always 0": new Array<number>(T).fill(pi[0]),
};

// %% slideshow={"slide_type":"slide"} notes="Take the vote first; most will say: the first tokens. Then show the two orders of writing side by side. The encoder is the same in both."
plot.curves(accuracy, {
  title: "A small code loses most at the end where the decoder begins to write",
  x: "position in the sequence",
  y: "share of tokens copied",
});

// %% [markdown]
// No: not what was read first, but what is written first. Written backwards, the last token suffers most; written forwards, the
// first. A likely reason: the first one has to be decoded from $\tilde z$ in a single step of the LSTM. The next ones do better;
// at the far end, where a token has one neighbour only, the share falls again. (With three other seeds the first one written
// suffers most, too.)

// %% slideshow={"slide_type":"skip"}
const mean = (list: ArrayLike<number>) =>
  Array.from(list).reduce((sum, value) => sum + value, 0) / list.length;
const copied = copiers.map(({ byPosition }) => mean(byPosition));
const belowBound = Math.min(...copiers.map(({ k, loss }) => loss - bound(k)));

// %% slideshow={"slide_type":"skip"} tags=["check"]
check([
  "least loss above bound",
  belowBound,
  { atLeast: -0.05, unit: "nats", source: "claim" },
]);

// %% slideshow={"slide_type":"skip"} tags=["check"]
if (!quick) {
  const [last, first] = [copiers[1].byPosition[T - 1], forwards.byPosition[0]];
  const middle = [copiers[1], forwards].map(({ byPosition }) => byPosition[2]);
  check(
    ["copied, k = 16", copied[2], { atLeast: 0.99, source: "the code is large enough" }],
    ["copied, k = 1", copied[0], { atMost: 0.75, source: "2.31 of 5.30 nats fit" }],
    ["middle − last, backwards", middle[0] - last, { atLeast: 0.1, source: "written first" }],
    [
      "middle − first, forwards",
      middle[1] - first,
      { atLeast: 0.1, source: "written first" },
    ],
  );
}

// %% [markdown] slideshow={"slide_type":"slide"} notes="Nobody told the model what is wrong with a heart. It only knows what one patient's normal beats look like. Ask which rival they would try first."
// ## 3 · Heartbeats: the error as an alarm
//
// *Predict: an LSTM autoencoder sees only normal heartbeats of one patient. Does it notice abnormal ones better than PCA does? Better
// than the distance to the mean beat?*
//
// ECG5000 (from record chf07 of PhysioNet; Goldberger and others 2000) has 500 beats to train and 4,500 to test, each of 140
// samples with mean 0 and standard deviation 1. Label 1 is normal; the other four are **anomalies**. We train on normal beats of
// the training alone, shuffled with seed 9; sixty of them are kept back to set the threshold. A five-fold cross-validation on
// the rest of the training file chooses $k$; it uses the labels of the abnormal beats there, and PCA, which it favours. To be
// quick, each beat is shortened to 20 means of 7 samples. The score of a beat is its squared error, summed over the 20 numbers;
// Malhotra and others (2016) do the same with LSTMs. Its **AUROC** is the probability that an anomaly has a higher score than a
// normal beat.

// %% slideshow={"slide_type":"skip"}
// Where ECG5000 cannot be had: beats of three bumps, and abnormal ones that lack the last or have it upside down.
function drawnBeats(count: number, seed: number): data.Heartbeats {
  const random = generator(seed);
  const uniform = (low: number, high: number): tf.Tensor2D =>
    random.uniform([count, 1], low, high) as tf.Tensor2D;
  const bump = (centre: number, width: number) =>
    tf.exp(
      tf.square(tf.sub(tf.range(0, 140), uniform(centre - 3, centre + 3)).div(width)).neg(),
    );
  const labels = Uint8Array.from({ length: count }, (_, i) => (i % 5 === 4 ? 2 : 1));
  const last = tf.tensor2d(Array.from(labels, label => [label === 1 ? 1 : -0.4]));
  const waves = [
    bump(30, 6).mul(uniform(0.5, 0.7)),
    bump(60, 4).mul(uniform(2.5, 3)),
    bump(100, 12).mul(uniform(0.8, 1)).mul(last),
  ];
  const beats = tf.addN(waves).add(random.normal([count, 140], 0, 0.1));
  const { mean, variance } = tf.moments(beats, 1, true);
  return { beats: beats.sub(mean).div(variance.sqrt()) as tf.Tensor2D, labels };
}

// %% slideshow={"slide_type":"skip"}
async function heartbeats() {
  try {
    return { ...(await data.ecg5000()), real: true };
  } catch (error) {
    if (!(error instanceof data.DataAbsent)) throw error;
    console.log(
      "ECG5000 is not on this machine: the beats are drawn, and the figures differ.",
    );
    return { train: drawnBeats(365, 1), test: drawnBeats(1000, 2), real: false };
  }
}

// %% slideshow={"slide_type":"skip"}
const ecg = await heartbeats();
const shorten = (beats: tf.Tensor2D): tf.Tensor2D =>
  beats.reshape([-1, 20, 7]).mean(2) as tf.Tensor2D; // [N, 140] to [N, 20]
const rowsWhere = (wanted: (label: number) => boolean) =>
  Array.from(ecg.train.labels.keys()).filter(i => wanted(ecg.train.labels[i]));
const normalRows = rowsWhere(label => label === 1);
const trainBeats = shorten(ecg.train.beats);
const normal: tf.Tensor2D = tf.gather(trainBeats, normalRows);
const abnormal: tf.Tensor2D = tf.gather(
  trainBeats,
  rowsWhere(label => label !== 1),
);

// %% slideshow={"slide_type":"skip"}
const beatOrder = tf.topk(
  generator(9).uniform([normalRows.length]),
  normalRows.length,
).indices;
const counts = [normalRows.length - 60, 60];
const [beats, keptBack] = tf.split(tf.gather(normal, beatOrder), counts) as tf.Tensor2D[];
const testBeats = shorten(ecg.test.beats);
const anomalous = Array.from(ecg.test.labels, label => label !== 1);

// %% slideshow={"slide_type":"skip"}
type Reconstruct = (x: tf.Tensor2D) => tf.Tensor2D;
const scores = (x: tf.Tensor2D, reconstruct: Reconstruct) =>
  tf.tidy(() => Array.from(models.squaredError(x, reconstruct(x)).dataSync()));
const meanBeat: tf.Tensor2D = beats.mean(0, true);
const toMean: Reconstruct = x => tf.zerosLike(x).add(meanBeat);

// %% slideshow={"slide_type":"skip"}
/** PCA of some beats: their reconstruction from k numbers. */
function pcaOf(some: tf.Tensor2D): (k: number) => Reconstruct {
  const centre: tf.Tensor2D = some.mean(0, true);
  const centred: tf.Tensor2D = tf.sub(some, centre);
  const { vectors } = linalg.eigh(tf.matMul(centred, centred, true).div(some.shape[0]));
  return k => {
    const axes: tf.Tensor2D = vectors.slice([0, 0], [20, k]);
    const project = (x: tf.Tensor2D): tf.Tensor2D =>
      tf.matMul(tf.matMul(x, axes), axes, false, true);
    return x => tf.add(project(tf.sub(x, centre)), centre);
  };
}

// %% slideshow={"slide_type":"skip"}
// k is chosen on the training file: a fifth of the normal beats is held out, five times.
const folds = tf.split(beats.slice([0, 0], [230, 20]), 5) as tf.Tensor2D[];
const codeSizes = [1, 2, 3, 4, 6, 8];
const aurocs = folds.map((held, fold) => {
  const pca = pcaOf(tf.concat(folds.filter((_, i) => i !== fold)) as tf.Tensor2D);
  const seen = tf.concat([held, abnormal]) as tf.Tensor2D;
  const isAbnormal = Array.from({ length: seen.shape[0] }, (_, i) => i >= held.shape[0]);
  return codeSizes.map(k => classical.auroc(scores(seen, pca(k)), isAbnormal));
});
const heldOut = codeSizes.map((_, i) => mean(aurocs.map(fold => fold[i])));
const k = codeSizes[heldOut.indexOf(Math.max(...heldOut))];
const pca = pcaOf(beats);
console.log(codeSizes.map((k, i) => `k = ${k}: ${heldOut[i].toFixed(4)}`).join("   "));

// %% slideshow={"slide_type":"skip"}
function beatModel(seed: number) {
  const sizes = { timeSteps: 20, features: 1, units: 24, code: k };
  const model = models.lstmAutoencoder({ ...sizes, output: "squared", seed });
  const asSequence = (x: tf.Tensor2D): tf.Tensor3D => tf.expandDims(x, 2);
  const loss = (x: tf.Tensor2D) => model.loss(asSequence(x));
  const reconstruct: Reconstruct = x =>
    tf.squeeze(model.decode(model.encode(asSequence(x))), [2]);
  return { loss, reconstruct, variables: model.variables };
}

// %% slideshow={"slide_type":"skip"}
const seeds = [9, 10, 11];
const beatModels = seeds.map(beatModel);
const beforeTraining = scores(testBeats, beatModels[0].reconstruct);
const untrained = classical.auroc(beforeTraining, anomalous);

// %% slideshow={"slide_type":"skip"}
// One compiled step for all seeds: the weights of each model go onto a bench, and come back trained.
const bench = beatModel(0);
const optimizer = tf.train.adam(0.02);
const trainBench = compile(bench.loss, {
  optimizer,
  learningRate: falling(0.02, 240),
  clip: { norm: 5 },
});
const copy = (from: tf.Variable[], to: tf.Variable[]) =>
  to.forEach((variable, i) => void variable.assign(from[i]));

// %% slideshow={"slide_type":"-"}
const curve = train.progress({
  steps: 4 * epochsOf(60) * seeds.length,
  title: "Three seeds, one after the other",
  y: "squared error per beat",
});
for (const [i, { variables }] of beatModels.entries()) {
  copy(variables, bench.variables);
  restartOptimizer(optimizer);
  const order = { batchSize: 58, epochs: epochsOf(60), seed: seeds[i] };
  for (const batch of train.batches(beats, order)) {
    curve.step(trainBench(batch));
    await train.turn();
  }
  copy(bench.variables, variables);
}
curve.end();

// %% slideshow={"slide_type":"skip"}
const detectors: [name: string, reconstruct: Reconstruct][] = [
  ["mean beat, no code", toMean],
  ...codeSizes.map(k => [`PCA, k = ${k}`, pca(k)] as [string, Reconstruct]),
  ...beatModels.map(
    ({ reconstruct }, i) =>
      [`LSTM, k = ${k}, seed ${seeds[i]}`, reconstruct] as [string, Reconstruct],
  ),
];

// %% slideshow={"slide_type":"skip"}
const normalTest = anomalous.filter(bad => !bad).length;

// %% slideshow={"slide_type":"skip"}
const results = detectors.map(([name, reconstruct]) => {
  const test = scores(testBeats, reconstruct);
  const held = scores(keptBack, reconstruct).sort((a, b) => a - b);
  const threshold = held[56]; // 3 of the 60 lie above
  const alarms = (bad: boolean) =>
    test.filter((s, i) => anomalous[i] === bad && s > threshold).length;
  const [found, falseAlarms] = [
    alarms(true) / (test.length - normalTest),
    alarms(false) / normalTest,
  ];
  const auroc = classical.auroc(test, anomalous);
  return { name, test, error: mean(held), auroc, found, falseAlarms };
});

// %% slideshow={"slide_type":"skip"}
const table = new DataFrame({
  detector: ["LSTM, untrained", ...results.map(({ name }) => name)],
  "error, kept back": [Number.NaN, ...results.map(({ error }) => error)],
  AUROC: [untrained, ...results.map(({ auroc }) => auroc)],
  "anomalies found (%)": [Number.NaN, ...results.map(({ found }) => 100 * found)],
  "false alarms (%)": [Number.NaN, ...results.map(({ falseAlarms }) => 100 * falseAlarms)],
});

// %% slideshow={"slide_type":"slide"} notes="Let them read the column AUROC from the top. The second line is the shock: no code at all. Then ask what the LSTM is for."
plot.table(table, {
  title: ecg.real
    ? "On these heartbeats the LSTM is behind PCA, and level with the mean beat, which has no code"
    : "Drawn beats: all detectors, with the same code size and the same threshold rule",
  decimals: 3,
});

// %% slideshow={"slide_type":"skip"}
const grid = Array.from({ length: 51 }, (_, i) => i / 100); // false positives, 0 … 0.5

// %% slideshow={"slide_type":"skip"}
function rocOn(test: number[]): number[] {
  const { falsePositive, truePositive } = classical.roc(test, anomalous);
  return grid.map(share =>
    Math.max(...truePositive.filter((_, i) => falsePositive[i] <= share)),
  );
}

// %% slideshow={"slide_type":"skip"}
const scoresOf = (start: string) =>
  results.find(({ name }) => name.startsWith(start))?.test ?? [];
const rocs = {
  "mean beat": rocOn(scoresOf("mean beat")),
  [`PCA, k = ${k}`]: rocOn(scoresOf(`PCA, k = ${k}`)),
  [`LSTM, k = ${k}`]: rocOn(scoresOf("LSTM")),
  "LSTM, untrained": rocOn(beforeTraining),
};

// %% slideshow={"slide_type":"slide"} notes="The alarm threshold moves a point along its curve. Ask where they would stand: how many false alarms may there be for a real one?"
plot.curves(rocs, {
  title: "Training makes the LSTM a detector; PCA is one by linear algebra alone",
  x: "share of normal beats with an alarm",
  y: "share of anomalies found",
  at: grid,
});

// %% slideshow={"slide_type":"skip"}
const examples = [1, 2, 3, 4].flatMap(label => {
  const row = ecg.test.labels.indexOf(label);
  if (row < 0) return [];
  const beat: tf.Tensor2D = testBeats.slice([row, 0], [1, 20]);
  const [error] = scores(beat, beatModels[0].reconstruct);
  const series = {
    beat,
    [`LSTM, k = ${k}`]: beatModels[0].reconstruct(beat),
    [`PCA, k = ${k}`]: pca(k)(beat),
  };
  const title = `Label ${label}: the LSTM's squared error is ${error.toFixed(1)}`;
  const figure = plot.curves(series, {
    title,
    x: "mean of 7 samples, number",
    y: "sd",
  });
  return [[`${label}`, figure] as const];
});

// %% slideshow={"slide_type":"slide"} notes="Move the slider from the normal beat to the others. The reconstruction always looks like a normal beat: the model has nothing else to say."
plot.slider(Object.fromEntries(examples), { label: "label", start: "2" });

// %% slideshow={"slide_type":"-"}
// Point at a beat of the test: above all it is what two numbers of PCA say of it, and beside it the beat itself.
const pca2 = classical.pca(beats, 2);
explore.plane(explore.linear({ encoder: pca2.components, mean: pca2.mean }), {
  codes: pca2.encode(testBeats.slice([0, 0], [500, 20])),
  labels: ecg.test.labels.slice(0, 500),
  images: testBeats.slice([0, 0], [500, 20]),
  shown: "series",
});

// %% [markdown]
// Neither. How many it finds depends on the seed, PCA with a code of the same size is the better alarm here, and the distance to
// the mean beat is as good a one without any code. Was the training too short? After sixty epochs the LSTM's error is about three to five times PCA's. In one trial of 400 epochs it fell to a third of PCA's on the training beats (0.25 against 0.73), and the
// AUROC rose to 0.993: level with PCA, not better. Nor does a smaller error make a better alarm: compare PCA with 3 and with 4
// numbers. (All figures are of one patient.)

// %% slideshow={"slide_type":"skip"}
const aurocOf = (start: string) =>
  results.filter(({ name }) => name.startsWith(start)).map(({ auroc }) => auroc);
const rival = aurocOf(`PCA, k = ${k}`)[0];

// %% slideshow={"slide_type":"skip"} tags=["check"]
if (!quick) {
  check(
    [
      "least AUROC, 3 seeds",
      Math.min(...aurocOf("LSTM")),
      { atLeast: 0.9, source: "trained on normal beats" },
    ],
    [
      "AUROC above untrained",
      Math.min(...aurocOf("LSTM")) - untrained,
      { atLeast: 0.02, source: "training matters" },
    ],
    [
      "LSTM's best − PCA, same k",
      Math.max(...aurocOf("LSTM")) - rival,
      { atMost: 0.005, source: "a fair rival" },
    ],
  );
}

// %% slideshow={"slide_type":"skip"} tags=["check"]
if (ecg.real) {
  const source = "the 4,500 test beats, nothing trained";
  check(["AUROC, mean beat", aurocOf("mean")[0], { atLeast: 0.95, source }]);
}
const aboveMean = mean(aurocOf("LSTM")) - aurocOf("mean")[0];
if (ecg.real && !quick)
  check(["LSTM's mean − mean beat", aboveMean, { atMost: 0.01, source: "no code at all" }]);

// %% [markdown] slideshow={"slide_type":"slide"} notes="Let somebody name two first names, and let the class guess what lies halfway. Then run it with their names."
// ## 4 · Names: reconstruct, and walk between two of them
//
// *Predict: halfway between the codes of two names, what does the decoder write: one of the two, another name, or nonsense?*
//
// Real sequences: the 18,427 first names of the United States with at most 6 letters, filled up to 6 with a sign for "empty".
// The file is sorted by how common a name is; each tenth name is kept for the test. The model is that of section 2 with 64 units
// and a code of $k = 32$ numbers, now without noise: nothing limits what a code can hold but what the LSTM learns to put into
// it.

// %% slideshow={"slide_type":"skip"}
const names = (await data.names()).filter(name => name.length <= 6);
const testNames = names.filter((_, i) => i % 10 === 0);
const trainNames = names.filter((_, i) => i % 10 > 0);
const toLetters = (name: string) =>
  Array.from({ length: 6 }, (_, i) => (i < name.length ? name.charCodeAt(i) - 96 : 0)); // 1 … 26
const toRows = (list: string[]) =>
  tf.tensor2d(list.map(toLetters), [list.length, 6], "int32");

// %% slideshow={"slide_type":"skip"}
const nameModel = models.lstmAutoencoder({
  timeSteps: 6,
  features: 27,
  units: 64,
  code: 32,
  output: "squared",
  seed: 9,
});
const encodeNames = (x: tf.Tensor2D): tf.Tensor2D => tf.tanh(nameModel.encode(oneHot(x, 27)));
const nameLogits = (z: tf.Tensor2D): tf.Tensor3D => tf.reverse(nameModel.decode(z), 1);

// %% slideshow={"slide_type":"-"}
const nameLoss = (x: tf.Tensor2D): tf.Scalar =>
  models
    .softmaxCrossEntropy(oneHot(x, 27), nameLogits(encodeNames(x)))
    .sum(1)
    .mean();
await fit(nameLoss, toRows(trainNames.slice(0, 64 * 259)), {
  // full batches: one graph is compiled
  epochs: epochsOf(4),
  batchSize: 64,
  optimizer: tf.train.adam(0.03),
  learningRate: falling(0.03, 4 * 259),
  clip: { norm: 5 },
  seed: 9,
});
const letter = (number: number) => (number ? String.fromCharCode(96 + number) : "");

// %% slideshow={"slide_type":"skip"}
const decodeNames = (z: tf.Tensor2D) =>
  (tf.argMax(nameLogits(z), -1).arraySync() as number[][]).map(row =>
    row.map(letter).join(""),
  );
const restored = decodeNames(encodeNames(toRows(testNames)));
const wholeNames = mean(restored.map((name, i) => Number(name === testNames[i])));
const right = tf.equal(toRows(restored), toRows(testNames)).cast("float32");
const lettersRight = right.mean().dataSync()[0];
console.log(
  `${(100 * lettersRight).toFixed(1)} % of letters, ${(100 * wholeNames).toFixed(1)} % of names`,
);

// %% slideshow={"slide_type":"skip"}
const pairs = [
  ["emma", "hunter"],
  ["ella", "violet"],
  ["zoey", "carson"],
]; // test names
const way = Array.from({ length: 11 }, (_, i) => i / 10);
const walks = pairs.map(pair => {
  const [a, b] = tf.split(encodeNames(toRows(pair)), 2) as tf.Tensor2D[];
  const path = way.map(s => tf.add(tf.mul(a, 1 - s), tf.mul(b, s)) as tf.Tensor2D);
  return decodeNames(tf.concat(path));
});

// %% slideshow={"slide_type":"slide"} notes="Read the columns aloud from top to bottom; the class will laugh at the middle, and that is the point. Are these names?"
const columns = pairs.map(([from, to], i) => [`${from} to ${to}`, walks[i]] as const);
plot.table(new DataFrame(Object.fromEntries([["way", way], ...columns])), {
  title: "On the way from one name to another, the letters change a few at a time",
  decimals: 1,
});

// %% [markdown]
// The path runs between the reconstructions of the two names and changes a few letters at a time. Halfway stand strings that
// could almost be spoken, but seldom names: nothing in the loss asks codes *between* names to be names. How much like names are
// they? Look them up; and count which letter follows which in the training names, to measure how surprising a string is, in nats
// per letter.

// %% slideshow={"slide_type":"skip"}
const follows = Array.from({ length: 27 }, () => new Array<number>(27).fill(1));
const withEnds = (name: string) => [0, ...toLetters(name).slice(0, name.length), 0];
for (const name of trainNames)
  withEnds(name).forEach((letter, i, row) => {
    if (i > 0) follows[row[i - 1]][letter]++;
  });

// %% slideshow={"slide_type":"skip"}
const logFollows = follows.map(row =>
  row.map(count => Math.log(count / row.reduce((a, b) => a + b, 0))),
);

// %% slideshow={"slide_type":"skip"}
const surprise = (list: string[]) =>
  mean(
    list.flatMap(name =>
      withEnds(name).flatMap((letter, i, row) =>
        i > 0 ? [-logFollows[row[i - 1]][letter]] : [],
      ),
    ),
  );

// %% slideshow={"slide_type":"skip"}
const [some, others] = [testNames.slice(0, 900), testNames.slice(900, 1800)];
const [zSome, zOthers] = [some, others].map(list => encodeNames(toRows(list)));
const halfway = decodeNames(tf.add(zSome, zOthers).div(2) as tf.Tensor2D);
const cut = some.map((name, i) => {
  const other = others[i];
  return name.slice(0, Math.ceil(name.length / 2)) + other.slice(Math.ceil(other.length / 2));
});

// %% slideshow={"slide_type":"skip"}
const signs = generator(9)
  .bernoulli(tf.fill([900, 32], 0.5))
  .mul(2)
  .sub(1);
const anyCode = decodeNames(signs as tf.Tensor2D);

// %% slideshow={"slide_type":"skip"}
const kinds = {
  "test names": some,
  "halfway in the code": halfway,
  "half of one, half of the other": cut,
  "random codes": anyCode,
};

// %% slideshow={"slide_type":"skip"}
const allNames = new Set(names);
const likeness = new DataFrame({
  "900 strings": Object.keys(kinds),
  "nats per letter": Object.values(kinds).map(surprise),
  "letters, mean": Object.values(kinds).map(list => mean(list.map(({ length }) => length))),
  "in the file (%)": Object.values(kinds).map(
    list => 100 * mean(list.map(name => Number(allNames.has(name)))),
  ),
});

// %% slideshow={"slide_type":"slide"} notes="The third row is the fair rival: scissors and glue, without any network. Ask what the model knows that the scissors do not."
plot.table(likeness, {
  title:
    "Halfway strings are a little less like names, and about as much as scissors and glue",
  decimals: 2,
});

// %% slideshow={"slide_type":"skip"}
const [ofNames, ofHalfway, , ofRandom] = Object.values(kinds).map(surprise);
const inNats = (atLeast: number, source: string) => ({ atLeast, unit: "nats", source });

// %% slideshow={"slide_type":"skip"} tags=["check"]
if (!quick)
  check(
    [
      "letters right, test names",
      lettersRight,
      { atLeast: 0.9, source: "code is large enough" },
    ],
    ["whole names right", wholeNames, { atLeast: 0.65, source: "code is large enough" }],
    ["halfway − names", ofHalfway - ofNames, inNats(0.03, "not names")],
    ["random − halfway", ofRandom - ofHalfway, inNats(0.3, "nearer to names")],
  );

// %% [markdown] slideshow={"slide_type":"slide"} notes="Write the two powers on the board as two arrows that meet at the hidden token. Do the case of distances one and one with numbers: left 3, right 2."
// ## 5 · Hide by a mask: what the neighbours know
//
// *Predict: one token is hidden and all others are seen. How many nats does it cost at best, when one neighbour alone leaves 0.996?*
//
// BERT (Devlin and others 2018) is trained on text with 15 % of the tokens chosen and asked for; it is a denoising autoencoder with
// the masking of lesson 06. What is the best that can be done? Let $a$ be the nearest token that is seen on the left, $i$ positions
// away, and $c$ the nearest on the right, $j$ positions away. The chain forgets everything else once these are known, and
// $(P^i)_{ab}$ is the probability of $b$ after $i$ steps from $a$. With Bayes' rule
//
// $$p(b \mid a, c) = \frac{(P^i)_{ab}\, (P^j)_{bc}}{(P^{i+j})_{ac}} .$$
//
// Its entropy, averaged over $a$ and $c$ with the weights $\pi_a (P^{i+j})_{ac}$, is the **Bayes floor** $H_{ij}$: no model gets
// below it. With both neighbours seen it is $H_{11} = 0.754$. If every token is hidden with probability $m$, independently, the
// distances are random, $P(i) = (1 - m)\, m^{i-1}$ on either side, and in a long sequence the floor is
//
// $$H(m) = \sum_{i,j \ge 1} (1 - m)^2\, m^{i+j-2}\, H_{ij} .$$

// %% slideshow={"slide_type":"skip"}
// p(b | a at distance i before, c at distance j after); at an end of the sequence a or c is missing.
function posterior(
  a: number | undefined,
  i: number,
  c: number | undefined,
  j: number,
): number[] {
  const forward = a === undefined ? pi : power[i][a];
  const parts = forward.map((chance, b) => chance * (c === undefined ? 1 : power[j][b][c]));
  const total = parts.reduce((sum, part) => sum + part, 0); // (P^{i+j})_{ac}
  return parts.map(part => part / total);
}

// %% slideshow={"slide_type":"skip"}
function average(i: number, j: number, of: (p: number[]) => number): number {
  const terms = pi.flatMap((chance, a) =>
    pi.map((_, c) => chance * power[i + j][a][c] * of(posterior(a, i, c, j))),
  );
  return terms.reduce((sum, term) => sum + term, 0);
}
const far = 40; // from here on the distance no longer matters
const distances = Array.from({ length: far }, (_, i) => i + 1);

// %% slideshow={"slide_type":"skip"}
const H = distances.map(i => distances.map(j => average(i, j, entropy))); // H[i − 1][j − 1]
const chance = (m: number, i: number) => m ** (i - 1) * (i < far ? 1 - m : 1);
const floor = (m: number) =>
  distances.reduce(
    (sum, i) =>
      sum + distances.reduce((s, j) => s + chance(m, i) * chance(m, j) * H[i - 1][j - 1], 0),
    0,
  );

// %% slideshow={"slide_type":"skip"}
const exact = "Python, float64: Bayes' rule";
const hiddenShares: [m: number, target: number][] = [
  [0.15, 0.811223],
  [0.5, 0.976528],
  [0.75, 1.128451],
];
const nats6 = (target: number) => ({ target, tolerance: 1e-6, unit: "nats", source: exact });

// %% slideshow={"slide_type":"skip"} tags=["check"]
check(
  ["one token hidden", H[0][0], nats6(0.754021)],
  [
    "guessed right at best",
    average(1, 1, p => Math.max(...p)),
    { target: 0.693408, tolerance: 1e-6, source: exact },
  ],
  ...hiddenShares.map(([m, target]): Check => [`floor, m = ${m}`, floor(m), nats6(target)]),
);

// %% [markdown] slideshow={"slide_type":"slide"} notes="Do one row by hand: a query asks, the keys answer, the softmax turns the answers into weights, and the output is the weighted mean of the values."
// ## 6 · Attention
//
// A **transformer** (Vaswani and others 2017) lets every position look at all others at once. Of each position's vector, a row of $X
// \in \mathbb{R}^{T \times d}$, it makes a query, a key and a value: $Q = X W_Q$, $K = X W_K$, $V = X W_V$. Then
//
// $$A = \operatorname{softmax}\bigl(Q K^\top / \sqrt d\bigr), \qquad \text{output} = A V .$$
//
// The softmax is taken along each row, so the weights of a position are positive and add up to 1. The $\sqrt d$ keeps the scores at
// the size of 1: a sum of $d$ products of independent numbers of variance 1 has variance $d$. A **block** adds the result to its
// input, and then adds what a small dense network makes of each position. Several **heads** do this side by side, each with its own
// weights. Positions are told apart by a learnt vector that is added to each token's.
//
// **Mind the slide's word "autoencoder": this one has no bottleneck.** Twelve tokens become twelve codes of 16 numbers. It could
// copy, and what keeps it from copying is the mask alone: a hidden token is replaced by a fifth token, and only hidden ones are
// asked for.

// %% slideshow={"slide_type":"skip"}
const length = 12; // tokens in a sequence, from here on
const maskTrain = drawSequences(9600, length, 3);
const maskTest = drawSequences(2000, length, 4);

// %% slideshow={"slide_type":"skip"}
const transformer = models.transformerAutoencoder({
  vocabulary: 4,
  timeSteps: length,
  width: 16,
  heads: 2,
  layers: 2,
  seed: 9,
});

// %% slideshow={"slide_type":"skip"}
const hider = generator(9);
const hide = (x: tf.Tensor2D, share: tf.Tensor | number): tf.Tensor2D =>
  tf.less(hider.uniform(x.shape), share).cast("float32"); // 1 where a token is hidden

// %% slideshow={"slide_type":"skip"}
// Each sequence has a share of its own, so that one training serves all shares.
const maskedLoss = (x: tf.Tensor2D) =>
  transformer.loss(x, hide(x, hider.uniform([x.shape[0], 1])));

// %% slideshow={"slide_type":"-"}
await fit(maskedLoss, maskTrain, {
  epochs: epochsOf(6),
  batchSize: 64,
  optimizer: tf.train.adam(0.015),
  learningRate: falling(0.015, 6 * 150),
  seed: 9,
});
const shares = [0.05, 0.15, 0.3, 0.5, 0.75, 0.95]; // of hidden tokens

// %% slideshow={"slide_type":"skip"}
// The exact loss on the very same sequences and masks.
function bayesLoss(x: tf.Tensor2D, hidden: tf.Tensor2D): number {
  const [rows, masks] = [x, hidden].map(tensor => tensor.arraySync() as number[][]);
  const losses = rows.flatMap((row, n) =>
    row.flatMap((token, t) => {
      if (!masks[n][t]) return [];
      let [i, j] = [1, 1];
      while (masks[n][t - i]) i++;
      while (masks[n][t + j]) j++;
      return [-Math.log(posterior(row[t - i], i, row[t + j], j)[token])];
    }),
  );
  return mean(losses);
}

// %% slideshow={"slide_type":"skip"}
const byShare = shares.map(m => {
  const hidden = hide(maskTest, m);
  const ours = transformer.loss(maskTest, hidden).dataSync()[0];
  return { m, ours, bayes: bayesLoss(maskTest, hidden), long: floor(m) };
});

// %% slideshow={"slide_type":"skip"}
const floors = {
  "transformer, 12 tokens": byShare.map(({ ours }) => ours),
  "Bayes, the same 12 tokens": byShare.map(({ bayes }) => bayes),
  "Bayes, a long sequence": byShare.map(({ long }) => long),
};

// %% slideshow={"slide_type":"slide"} notes="The line is mathematics, the circles are a trained network. Ask what lies between them: what this small network has not learnt yet."
plot.curves(floors, {
  title: "The transformer comes close to the exact floor at all six shares of hidden tokens",
  x: "share of hidden tokens m",
  y: "loss (nats per hidden token)",
  at: shares,
  points: ["transformer, 12 tokens"],
});

// %% [markdown]
// With both neighbours a token costs 0.754 nats, a quarter less than with one. The more is hidden, the further away the nearest seen
// tokens are; at the end nothing but $\pi$ is left, 1.318 nats. In short sequences the floor is a little higher, since tokens at the
// ends have one neighbour only.

// %% slideshow={"slide_type":"skip"}
const gaps = byShare.map(({ ours, bayes }) => ours - bayes);
check([
  "least gap to Bayes",
  Math.min(...gaps),
  { atLeast: -0.005, source: "no model is below" },
]);

// %% slideshow={"slide_type":"skip"} tags=["check"]
if (!quick)
  check([
    "largest gap to Bayes",
    Math.max(...gaps),
    { atMost: 0.05, unit: "nats", source: "exact" },
  ]);

// %% [markdown] slideshow={"slide_type":"slide"} notes="Warn them: a map shows where a head looks, not what the answer depends on. The next table asks that question by experiment."
// ### What does a hidden token look at?
//
// *Predict: token 6 of 12 is hidden. Which positions does it attend to? And on which does the answer depend?*

// %% slideshow={"slide_type":"skip"}
const at = (...positions: number[]): tf.Tensor2D => {
  const row = new Array(length).fill(0).map((_, t) => Number(positions.includes(t + 1)));
  return tf.tile(tf.tensor2d([row]), [2000, 1]); // 1 at these positions, counted from 1
};
const masked = (hidden: tf.Tensor2D): tf.Tensor2D =>
  // token 4 is the mask
  maskTest.mul(tf.sub(1, hidden)).add(hidden.mul(4)).cast("int32");
const maps = transformer.patterns(masked(at(6))); // a block each, [2000, heads, T, T]

// %% slideshow={"slide_type":"skip"}
const heads = maps.flatMap((map, block) =>
  tf.unstack(map.mean(0)).map((head, h) => {
    const weights = head as tf.Tensor2D; // averaged over the sequences, [T, T]
    const row = weights.arraySync()[5];
    return { name: `${block + 1}.${h + 1}`, weights, near: row[4] + row[6] };
  }),
);

// %% slideshow={"slide_type":"slide"} notes="Row 6 is the hidden token. Go through the four heads with the slider and let them describe what each one does."
const attention = heads.map(({ name, weights, near }) => {
  const percent = (100 * near).toFixed(0);
  const title = `Head ${name}: ${percent} % of the hidden token's attention is on its neighbours`;
  const words = { title, x: "attends to position", y: "position", z: "mean weight" };
  return [name, plot.heatmap(weights, words)] as const;
});
plot.slider(Object.fromEntries(attention), { label: "block.head" });

// %% slideshow={"slide_type":"skip"}
const farAway = [1, 2, 3, 4, 8, 9, 10, 11, 12];
const hiddenSets: [what: string, hidden: tf.Tensor2D, nearest: number][] = [
  ["6 alone", at(6), 1],
  ["6 and all but its neighbours", at(6, ...farAway), 1],
  ["6 and its neighbours", at(5, 6, 7), 2],
];

// %% slideshow={"slide_type":"skip"}
// Bayes' loss of token 6 of the same sequences, where the nearest seen tokens are i positions away.
const maskRows = maskTest.arraySync() as number[][];
const bayesOfSix = (i: number) =>
  mean(maskRows.map(row => -Math.log(posterior(row[5 - i], i, row[5 + i], i)[row[5]])));

// %% slideshow={"slide_type":"skip"}
// The loss of token 6 alone, whatever else is hidden.
function lossOfSix(hidden: tf.Tensor2D): number {
  const logits = transformer.decode(transformer.encode(masked(hidden)));
  const six = (x: tf.Tensor3D) => x.slice([0, 5, 0], [-1, 1, -1]);
  return models
    .softmaxCrossEntropy(six(oneHot(maskTest)), six(logits))
    .mean()
    .dataSync()[0];
}

// %% slideshow={"slide_type":"skip"}
const six = hiddenSets.map(([what, hidden, nearest]) => ({
  hidden: what,
  transformer: lossOfSix(hidden),
  "Bayes, the same sequences": bayesOfSix(nearest),
  "Bayes, exact": H[nearest - 1][nearest - 1],
}));

// %% slideshow={"slide_type":"slide"} notes="Second row: ten of the twelve tokens are hidden, and nothing is lost. Third row: only three are hidden, and it costs almost half a nat."
plot.table(new DataFrame(six), {
  title: "The answer depends on the two neighbours, and hardly on anything else",
  decimals: 3,
});

// %% [markdown]
// In the first block both heads look at the neighbours; in the second block the attention is spread, and the map alone does not say
// what matters. The experiment does: without the nine far tokens the loss stays, without the two near ones it rises almost
// half a nat, as Bayes' rule does.

// %% slideshow={"slide_type":"skip"}
const rowSums = maps.map(map => map.sum(-1).sub(1).abs().max().dataSync()[0]);
const nearest = Math.max(...heads.map(({ near }) => near));
check(["|sum of a row − 1|", Math.max(...rowSums), { atMost: 1e-5, source: "softmax" }]);

// %% slideshow={"slide_type":"skip"} tags=["check"]
if (!quick)
  check(
    [
      "head with most on neighbours",
      nearest,
      { atLeast: 0.4, source: "0.17 if evenly spread" },
    ],
    ...six.map((row): Check => {
      const target = row["Bayes, the same sequences"];
      const expected = { target, tolerance: 0.1, unit: "nats", source: "Bayes, same tokens" };
      return [`token 6, hidden: ${row.hidden}`, row.transformer, expected];
    }),
  );

// %% [markdown] slideshow={"slide_type":"slide"} notes="This is what is called a language model today. The word autoencoder is gone, and the trick is the same: hide what is asked for."
// ## 7 · Hide the future: the language model
//
// A **causal mask** sets the scores of later positions to $-10^9$ before the softmax, so that position $t$ sees the tokens up to $t$.
// It can then be asked for token $t + 1$ at every position at once: a language model. It is no autoencoder in the strict sense,
// because its target is not its input but the next token; what they share is a target that is made from the data. Its floor is the
// entropy rate.
//
// *Predict: change the last token. By how much do the outputs at the earlier positions change, with the mask and without?*

// %% slideshow={"slide_type":"skip"}
const causal = models.transformerAutoencoder({
  vocabulary: 4,
  timeSteps: length,
  width: 16,
  layers: 1,
  causal: true,
  seed: 9,
});

// %% slideshow={"slide_type":"-"}
const nextLoss = (x: tf.Tensor2D): tf.Scalar => {
  const count = x.shape[0];
  const logits = causal.decode(causal.encode(x)).slice([0, 0, 0], [count, length - 1, 4]);
  const next = oneHot(x).slice([0, 1, 0], [count, length - 1, 4]);
  return models.softmaxCrossEntropy(next, logits).mean(); // nats per token
};

// %% slideshow={"slide_type":"-"}
await fit(nextLoss, maskTrain, {
  epochs: epochsOf(2),
  batchSize: 64,
  optimizer: tf.train.adam(0.02),
  learningRate: falling(0.02, 300),
  seed: 9,
});
const predicted = nextLoss(maskTest).dataSync()[0];

// %% slideshow={"slide_type":"skip"}
// The largest change of the codes at positions 1 … 11 when token 12, a, becomes 3 − a.
function leak(model: typeof causal): number {
  const last = at(length);
  const other = tf
    .sub(3, maskTest)
    .mul(last)
    .add(maskTest.mul(tf.sub(1, last)))
    .cast("int32");
  const [before, after] = [maskTest, other].map(x =>
    model.encode(x as tf.Tensor2D).slice([0, 0, 0], [-1, length - 1, -1]),
  );
  return before.sub(after).abs().max().dataSync()[0];
}

// %% slideshow={"slide_type":"skip"}
const leaks = { causal: leak(causal), plain: leak(transformer) };

// %% slideshow={"slide_type":"skip"}
const half = byShare[shares.indexOf(0.5)];
const ways = new DataFrame({
  hidden: ["all but a noisy code, k = 2", "half of the tokens", "the future"],
  model: ["LSTM autoencoder", "transformer, masked", "transformer, causal"],
  unit: ["sequence of 5", "hidden token", "token"],
  loss: [copiers[1].loss, half.ours, predicted],
  floor: [bound(2), half.bayes, rate],
});

// %% slideshow={"slide_type":"slide"} notes="Three rows, three answers to the question of the first slide. Ask which of them gives a code that you could use for a search: only the first has one vector for the whole sequence."
plot.table(ways, {
  title:
    "Three ways to hide, each with a floor: a bound for the code, exact for the other two",
  decimals: 3,
});

// %% [markdown]
// With the mask the change is exactly 0: $e^{-10^9}$ is 0 in float32, and 0 times any value is 0. Without it the outputs change.

// %% slideshow={"slide_type":"skip"} tags=["check"]
check(
  [
    "leak with the causal mask",
    leaks.causal,
    { target: 0, tolerance: 0, source: "exp(−10⁹) = 0" },
  ],
  ["leak without it", leaks.plain, { atLeast: 0.01, source: "every position sees all" }],
);

// %% slideshow={"slide_type":"skip"} tags=["check"]
if (!quick)
  check([
    "next token",
    predicted,
    { target: rate, tolerance: 0.05, unit: "nats", source: "entropy rate" },
  ]);

// %% [markdown] slideshow={"slide_type":"slide"} notes="Say what favours us: no labels, but one patient, and twenty numbers a beat. Then say what favours them."
// ## Ours against the papers
//
// The numbers of the chain are exact, so nothing has to be compared. For ECG5000, Pereira and Silveira (2019) report an AUROC of
// 0.984 for a support vector machine on the codes of a recurrent variational autoencoder; it is trained with labels, on beats of full
// length. Ours have 20 numbers a beat, and labels only to pick the normal beats and $k$. The splits differ, so only the order of
// magnitude can be compared.

// %% slideshow={"slide_type":"skip"}
const papers = new DataFrame({
  "ECG5000, AUROC": [
    "mean beat",
    `PCA, k = ${k}`,
    `LSTM, k = ${k}, three seeds`,
    "recurrent VAE + SVM (2019)",
  ],
  ours: [aurocOf("mean")[0], rival, mean(aurocOf("LSTM")), Number.NaN],
  published: [Number.NaN, Number.NaN, Number.NaN, 0.9836],
});

// %% slideshow={"slide_type":"-"}
plot.table(papers, {
  title: ecg.real
    ? "Simple detectors are in the range of a published deep one"
    : "Drawn beats: not to be compared",
  decimals: 3,
});

// %% [markdown] slideshow={"slide_type":"slide"} notes="Do exercise 1 in class, exercise 4 as a prediction before anybody computes, and the others at home."
// ## Exercises
//
// Replace `exercise.todo(…)` and run the check below it. Each check draws new questions of new sizes, so nothing can be copied. A
// chain is a list of rows, `p[a][b]` $= P_{ab}$, with tokens 0, 1, 2, …; entropies are in nats.

// %% slideshow={"slide_type":"skip"} exercise={"role":"sheet"}
const sheet = exercise.sheet("Exercises of lesson 09");
const sumOf = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);
const toOne = (list: number[]) => list.map(value => value / sumOf(list));
const normalised = (x: tf.Tensor, axis: number) => x.div(x.sum(axis, true));
const nats = (q: readonly number[]) => -sumOf(q.map(v => (v > 0 ? v * Math.log(v) : 0)));

// A chain made of closed walks: as often as they leave a token they come back to it.
function drawChain(draw: exercise.Draw) {
  const tokens = Array.from({ length: draw.integer(2, 4) }, (_, a) => a);
  const pairs = tokens.map(() => tokens.map(() => 0)); // how often b follows a
  for (const walk of [tokens, draw.shuffled(tokens), draw.shuffled(tokens).slice(1), [0]]) {
    const times = draw.number(0.2, 1);
    walk.forEach((a, i) => {
      pairs[a][walk[(i + 1) % walk.length]] += times;
    });
  }
  return { p: pairs.map(toOne), stationary: toOne(pairs.map(sumOf)) };
}

// %% [markdown] slideshow={"slide_type":"skip"}
// **1 ★ The entropy rate.** Return the entropy rate of the chain `p` in nats. Some entries of `p` are 0.
//
// <details><summary>Hint</summary>Section 1: a weighted mean of the entropies of the rows. For the weights, multiply any
// distribution by P until it no longer changes.</details>

// %% slideshow={"slide_type":"skip"} exercise={"id":"1","role":"starter"}
function entropyRate(p: number[][]): number {
  return exercise.todo(p);
}

// %% slideshow={"slide_type":"skip"} exercise={"id":"1","role":"check"}
await sheet.check("1 · The entropy rate", draw => {
  const { p, stationary } = drawChain(draw);
  const rate = sumOf(p.map((row, a) => stationary[a] * nats(row)));
  const rows = p.map(row => row.map(value => value.toFixed(3)).join(" "));
  return {
    given: `the rows ${rows.join(" | ")}`,
    got: entropyRate(p),
    expected: rate,
    mistakes: {
      "Weight each row by how often its token occurs.": sumOf(p.map(nats)) / p.length,
      "That is a sum over the rows; return a weighted mean.": sumOf(p.map(nats)),
      "That is in bits; return nats.": rate / Math.LN2,
      "That is the entropy of a token without its predecessor.": nats(stationary),
      "An entropy is not negative: mind the sign.": -rate,
    },
  };
});

// %% [markdown] slideshow={"slide_type":"skip"}
// **2 ★★ Attention.** Return $\operatorname{softmax}(QK^\top/\sqrt d)\,V$ for one head: `q` and `k` are $[T, d]$, `v` is $[T, m]$.
// Where `causal` is true, position $t$ attends to the positions up to $t$ only. Do it without `models`.
//
// <details><summary>Hint</summary>Section 6. A score of −10⁹ becomes a weight of exactly 0; a score of 0 does not.</details>

// %% slideshow={"slide_type":"skip"} exercise={"id":"2","role":"starter"}
type Rows = tf.Tensor2D;

function attend(q: Rows, k: Rows, v: Rows, causal: boolean): Rows {
  return exercise.todo(q, k, v, causal);
}

// %% slideshow={"slide_type":"skip"} exercise={"id":"2","role":"check"}
await sheet.check("2 · Attention", draw => {
  const [T, root] = [draw.integer(3, 5), draw.integer(3, 5)]; // d = root²
  const [scores, v] = [draw.normal(T, T), draw.normal(T, draw.integer(2, 4))];
  const k = draw.directions(root ** 2, T).transpose() as Rows; // orthonormal: QKᵀ/√d = scores
  const q = tf.matMul(scores.mul(root), k) as Rows;
  const got = tf.concat([attend(q, k, v, false), attend(q, k, v, true)]);
  const [all, past] = [tf.ones([T, T]), tf.linalg.bandPart(tf.ones([T, T]), -1, 0)];
  const mixed = (s: tf.Tensor, late = past, axis = 1) => {
    const weights = [all, late].map(seen => normalised(s.exp().mul(seen), axis));
    return tf.matMul(tf.concat(weights) as Rows, v);
  };
  const mistakes = {
    "Divide the scores by √d.": mixed(scores.mul(root)),
    "The causal mask is missing.": mixed(scores, all),
    "The weights of each query add up to 1.": mixed(scores, past, 0),
    "That sees the future.": mixed(scores, past.transpose()),
  };
  const [given, expected] = [`T = ${T}, d = ${root ** 2}`, mixed(scores)];
  return { given, got, expected, tolerance: 1e-3, mistakes };
});

// %% [markdown] slideshow={"slide_type":"skip"}
// **3 ★★ The masked token.** The nearest token that is seen on the left is `left`, `i` positions away; the nearest on the right is
// `right`, `j` positions away. Return the probability of each token at the masked position, as a list.
//
// <details><summary>Hint</summary>Section 5: two powers of P, multiplied entry by entry; then make the sum 1.</details>

// %% slideshow={"slide_type":"skip"} exercise={"id":"3","role":"starter"}
interface Seen {
  left: number; // a token
  i: number; // its distance, 1 or more
  right: number; // a token
  j: number; // its distance, 1 or more
}

function maskedToken(p: number[][], seen: Seen): number[] {
  return exercise.todo(p, seen);
}

// %% slideshow={"slide_type":"skip"} exercise={"id":"3","role":"check"}
await sheet.check("3 · The masked token", draw => {
  const p = drawChain(draw).p.map(row => toOne(row.map(chance => chance + 0.1))); // no zeros
  const [left, right] = [0, 0].map(() => draw.integer(0, p.length - 1));
  const [i, j] = [draw.integer(1, 4), draw.integer(2, 4)];
  const got = maskedToken(p, { left, i, right, j });
  const walks = (a: number, n: number, b: number): number =>
    n ? sumOf(p[a].map((chance, c) => chance * walks(c, n - 1, b))) : Number(a === b);
  const each = (chance: (b: number) => number) => p.map((_, b) => chance(b));
  const product = each(b => walks(left, i, b) * walks(b, j, right));
  const backwards = each(b => walks(left, i, b) * walks(right, j, b));
  const mistakes = {
    "The probabilities must add up to 1.": product,
    "Use the token on the right as well.": each(b => walks(left, i, b)),
    "Use the token on the left as well.": toOne(each(b => walks(b, j, right))),
    "The distances matter.": toOne(each(b => p[left][b] * p[b][right])),
    "The chain runs from the masked token to the right one.": toOne(backwards),
  };
  const given = `${p.length} tokens, ${left} at ${i}, ${right} at ${j}`;
  return { given, got, expected: toOne(product), tolerance: 2e-4, mistakes };
});

// %% [markdown] slideshow={"slide_type":"skip"}
// **4 ★★ Predict, then run.** How many nats does a sequence of `T` tokens of the chain `p` hold, and how many numbers must a code
// have, at least, so that section 2 does not forbid to copy it, when each number is at most 1 in size and gets Gaussian noise of
// standard deviation `noise`? Return both, `[nats, numbers]`. The check adds one number after the other until the information
// suffices.
//
// <details><summary>Hint</summary>The information of a sequence: the first token has no predecessor. Divide it by what one number
// can carry, and round up.</details>

// %% slideshow={"slide_type":"skip"} exercise={"id":"4","role":"starter"}
function codeNeeded(p: number[][], T: number, noise: number): number[] {
  return exercise.todo(p, T, noise); // [nats, numbers]
}

// %% slideshow={"slide_type":"skip"} exercise={"id":"4","role":"check"}
await sheet.check("4 · Predict, then run", draw => {
  const { p, stationary } = drawChain(draw);
  const [T, noise] = [draw.integer(8, 24), draw.number(0.2, 0.9)];
  const rate = sumOf(p.map((row, a) => stationary[a] * nats(row)));
  const information = nats(stationary) + (T - 1) * rate;
  const each = Math.log(1 + 1 / noise ** 2) / 2; // nats that one number carries at most
  let counted = 0;
  for (let carried = 0; carried < information; carried += each) counted++;
  const sized = (nats: number) => [nats, Math.ceil(nats / each)];
  const mistakes = {
    "Round up, not down.": [information, counted - 1],
    "Round up: there is no half number.": [information, information / each],
    "Nats with nats, bits with bits.": [information, sized(information * Math.LN2)[1]],
    "Use the entropy rate.": sized(T * nats(stationary)),
    "The first token has no predecessor: it holds H₁.": sized(T * rate),
    "Mind the ½ in what a number carries.": [information, sized(information / 2)[1]],
  };
  const given = `entropy rate ${rate.toFixed(3)}, T = ${T}, noise ${noise}`;
  return { given, got: codeNeeded(p, T, noise), expected: [information, counted], mistakes };
});

// %% [markdown] slideshow={"slide_type":"skip"}
// **5 ★★★ Who sees whom?** `f` maps a sequence $[T, d]$, such as `x`, to another one, $[T, m]$. Find out by experiments which
// positions of its input each output depends on: return a list of T rows, where row $t$ has 1 in column $s$ if output $t$ changes
// with input $s$, else 0.
//
// <details><summary>Hint</summary>Change one position at a time, all of its numbers, and compare all numbers of each output.</details>

// %% slideshow={"slide_type":"skip"} exercise={"id":"5","role":"starter"}
type Network = (x: tf.Tensor2D) => tf.Tensor2D;

function whoSeesWhom(f: Network, x: tf.Tensor2D): number[][] {
  return exercise.todo(f, x);
}

// %% slideshow={"slide_type":"skip"} exercise={"role":"sheet"}
// An output sees one number of a position, and answers with one number or two; the sum of two stays.
function wired(draw: exercise.Draw, seen: number[][], [d, m]: [number, number]) {
  const wires = tf.buffer([seen.length * m, seen.length * d]);
  const none = () => seen.map(row => row.map(() => 0));
  const found = { input: none(), output: none(), sum: none() }; // by the first number, by the sum
  seen.forEach((row, t) => {
    row.forEach((sees, s) => {
      const [w] = draw.shuffled([-2, -1, 1, 2]);
      const [i, paired] = [draw.integer(0, d - 1), draw.integer(0, 1)];
      const [j, other] = draw.shuffled(Array.from({ length: m }, (_, j) => j));
      wires.set(sees * w, t * m + j, s * d + i);
      wires.set(-sees * w * paired, t * m + other, s * d + i);
      found.input[t][s] = sees * Number(i === 0);
      found.output[t][s] = sees * Number(j === 0 || (paired === 1 && other === 0));
      found.sum[t][s] = sees * (1 - paired);
    });
  });
  const f = (x: tf.Tensor2D) => tf.dot(wires.toTensor(), x.flatten()).reshape([-1, m]);
  return { f: f as (x: tf.Tensor2D) => tf.Tensor2D, found };
}

// %% slideshow={"slide_type":"skip"} exercise={"id":"5","role":"check"}
await sheet.check("5 · Who sees whom?", draw => {
  const [T, d, m] = [draw.integer(3, 6), draw.integer(2, 4), draw.integer(3, 4)];
  const all = Array.from({ length: T }, (_, t) => t);
  const seen = all.map(t => all.map(() => draw.integer(Number(t === 0), Number(t < T - 1))));
  const { f, found } = wired(draw, seen, [d, m]); // the first row sees all, the last nothing
  const got = whoSeesWhom(f, draw.normal(T, d));
  type Entry = (t: number, s: number) => number;
  const table = (of: Entry) => all.map(t => all.map(s => of(t, s)));
  const mistakes = {
    "Rows are outputs, columns are inputs.": table((t, s) => seen[s][t]),
    "Not every network is causal: try it.": table((t, s) => Number(s <= t)),
    "Its own position counts as well.": table((t, s) => seen[t][s] || Number(s === t)),
    "1 stands for: it depends.": table((t, s) => 1 - seen[t][s]),
    "Try the later positions as well.": table((t, s) => seen[t][s] * Number(s <= t)),
    "A position holds several numbers: change each.": table((t, s) => found.input[t][s]),
    "Look at all numbers of an output.": table((t, s) => found.output[t][s]),
    "In a sum the changes cancel: look at each number.": table((t, s) => found.sum[t][s]),
  };
  return { given: `rows that see ${seen.map(sumOf)}`, got, expected: seen, mistakes };
});

// %% slideshow={"slide_type":"skip"}
sheet;

// %% [markdown] slideshow={"slide_type":"slide"} notes="Go back to the answers on the board: bottleneck, mask, future. Each of them has its floor."
// ## To remember
//
// 1. A language has an entropy rate: the loss of the best model that sees the past. Here it is 0.996 nats per token.
// 2. A code of $k$ noisy numbers carries at most $\tfrac k2 \ln(1 + 1/\sigma^2)$ nats; what does not fit is forgotten, and here most of
//    all where the decoder begins to write.
// 3. In a Markov chain a masked token cannot cost less than Bayes' rule on its nearest seen neighbours leaves. A small transformer got
//    within 0.05 nats of it here.
// 4. The weights of attention add up to 1 in each row. A map shows where a head looks; what matters is found by hiding it.
// 5. Before you praise a detector, try PCA, the mean, and the untrained network.
//
// **So "similarly" on the slide needs one word more: similarly, but something must be hidden.** An LSTM autoencoder hides by its
// bottleneck, a masked transformer by its mask, a language model by the future. Lesson 10 uses what such models have learnt for
// another task.
//
// **References.** Shannon 1948, [doi:10.1002/j.1538-7305.1948.tb01338.x](https://doi.org/10.1002/j.1538-7305.1948.tb01338.x) ·
// Hochreiter and Schmidhuber 1997, [doi:10.1162/neco.1997.9.8.1735](https://doi.org/10.1162/neco.1997.9.8.1735) ·
// Goldberger and others 2000, [doi:10.1161/01.CIR.101.23.e215](https://doi.org/10.1161/01.CIR.101.23.e215) ·
// Srivastava, Mansimov and Salakhutdinov 2015, [doi:10.48550/arXiv.1502.04681](https://doi.org/10.48550/arXiv.1502.04681) ·
// Malhotra and others 2016, [doi:10.48550/arXiv.1607.00148](https://doi.org/10.48550/arXiv.1607.00148) ·
// Vaswani and others 2017, [doi:10.48550/arXiv.1706.03762](https://doi.org/10.48550/arXiv.1706.03762) ·
// Devlin and others 2018, [doi:10.48550/arXiv.1810.04805](https://doi.org/10.48550/arXiv.1810.04805) ·
// Pereira and Silveira 2019, *Learning representations from healthcare time series data for unsupervised anomaly detection*,
// [doi:10.1109/BIGCOMP.2019.8679157](https://doi.org/10.1109/BIGCOMP.2019.8679157)

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

// %% [markdown] slideshow={"slide_type":"slide"} notes="Read the four lines of the slide aloud. Ask: if there is no output layer, what do we compare with what? Collect answers, and do not settle it yet."
// # Lesson 15 · Restricted Boltzmann machine
//
// The lecture's slide (Roman-Rangel, *AutoEncoders*, 2021) has four lines: "Two-layers NN: input and hidden representation", "No
// output layer", "Backprop against feed-forward loss", "Input reconstruction from hidden representation", and beside them a picture of
// an autoencoder and an RBM. **If there is no output, what is the loss? And if it reconstructs its input, is it an autoencoder?**
//
// After this lesson you can
//
// 1. write the energy and the free energy of an RBM, and compute $p(v)$ exactly in a small one;
// 2. derive the gradient of $\log p(v)$, and get it by backprop from a loss that one forward pass computes;
// 3. run Gibbs chains, CD-$k$ and PCD, and say what their bias depends on;
// 4. measure $\log p$ of a larger machine with an error bar;
// 5. prove in which sense an RBM is an autoencoder with tied weights, and show in which it is not.
//
// You need lesson 03 (encoder and decoder) and the word *evidence* of lesson 12. One lecture of 45 minutes; a minute to run.

// %% slideshow={"slide_type":"skip"}
import { DataFrame } from "danfojs-node";
import {
  check,
  classical,
  compile,
  constant,
  data,
  engineRoute,
  exercise,
  explore,
  generator,
  models,
  plot,
  tf,
  train,
} from "latent";

// %% slideshow={"slide_type":"skip"}
const { binaryStates, exactLogPartition, freeEnergy, logProbability } = classical.rbm;
const quick = engineRoute === "wasm"; // without native TensorFlow: fewer steps, images, units
const numberOf = (scalar: tf.Tensor) => scalar.dataSync()[0];
const largest = (tensor: tf.Tensor) => numberOf(tf.max(tf.abs(tensor)));

// %% [markdown] slideshow={"slide_type":"slide"} notes="Draw two layers with lines between them and none inside a layer. Say that the arrows have gone: a line works in both directions. Let them find the best state of the small machine before the figure comes."
// ## 1 · Two layers and an energy
//
// *Predict: two visible and two hidden units, $W = \begin{pmatrix} 3 & -2 \\ -2 & 3 \end{pmatrix}$, no biases. Which of the 16 states is
// most probable?*
//
// An RBM has $n$ **visible** units $v \in \{0, 1\}^n$, where the input stands, and $m$ **hidden** units $h \in \{0, 1\}^m$, the code. It is
// no function from input to output. It gives every joint state a probability by an **energy**:
//
// $$E(v, h) = -a^\top v - b^\top h - v^\top W h, \qquad p(v, h) = \frac{e^{-E(v, h)}}{Z}, \qquad Z = \sum_{v, h} e^{-E(v, h)},$$
//
// with biases $a \in \mathbb{R}^n$, $b \in \mathbb{R}^m$ and weights $W \in \mathbb{R}^{n \times m}$. A low energy is a high probability.
// *Restricted* means that no line joins two units of one layer (Smolensky 1986 called it a harmonium).

// %% slideshow={"slide_type":"-"}
// −E(v, h) for each row of v and each row of h: [rows of v, rows of h]
function minusEnergy(
  { weights, visibleBias, hiddenBias }: models.Rbm,
  v: tf.Tensor2D,
  h: tf.Tensor2D,
) {
  const pairs: tf.Tensor2D = tf.matMul(tf.matMul(v, weights), h, false, true); // vᵀ W h
  const visible = tf.sum(tf.mul(v, visibleBias), 1).expandDims(1); // aᵀ v
  const hidden = tf.sum(tf.mul(h, hiddenBias), 1); // bᵀ h
  const total: tf.Tensor2D = tf.add(pairs, tf.add(visible, hidden));
  return total;
}

// %% slideshow={"slide_type":"-"}
const variableOf = (values: tf.Tensor) => tf.variable(values);
const W2 = tf.tensor2d([
  [3, -2],
  [-2, 3],
]);
const none = () => variableOf(tf.zeros([2]));
const two = models.rbmOf(variableOf(W2), none(), none());

// %% slideshow={"slide_type":"-"}
const four = binaryStates(0, 4, 2); // 00, 10, 01, 11
const joint: tf.Tensor2D = tf.exp(minusEnergy(two, four, four));
const pJoint: tf.Tensor2D = tf.div(joint, tf.sum(joint)); // p(v, h), [4, 4]

// %% slideshow={"slide_type":"slide"} notes="Point at the two dark squares: each hidden unit has a visible pattern of its own. All on comes third: two of its four weights work against it."
plot.heatmap(pJoint, {
  title: "Two hidden units: each has made one visible pattern probable",
  rows: ["v = 00", "v = 10", "v = 01", "v = 11"],
  columns: ["h = 00", "h = 10", "h = 01", "h = 11"],
  z: "p(v, h)",
});

// %% [markdown]
// The two states whose energy is $-3$ share the lead: $v = h = 10$ and $v = h = 01$. All on has $-(3 - 2 - 2 + 3) = -2$ and comes
// third. Each hidden unit stands for a visible pattern; the data will decide which.

// %% slideshow={"slide_type":"skip"} tags=["check"]
const p1010 = pJoint.arraySync()[1][1];
const best = Math.exp(3) / numberOf(tf.sum(joint));
const total = numberOf(tf.sum(pJoint));
check(
  ["p(v, h), all states", total, { target: 1, tolerance: 1e-6, source: "a distribution" }],
  ["p(v = 10, h = 10)", p1010, { target: best, tolerance: 1e-6, source: "e³ / Z" }],
);

// %% [markdown] slideshow={"slide_type":"slide"} notes="Do the factorisation on the board: the exponent is a sum over j, so the sum over h is a product. Ask what would break if two hidden units were joined."
// ## 2 · What *restricted* buys
//
// *Predict: $Z$ sums over $2^{n+m}$ states. How many terms are really needed?*
//
// Write $c_j(v) = b_j + \sum_i v_i W_{ij}$, the input of hidden unit $j$. Then $-E = a^\top v + \sum_j h_j c_j(v)$ is a sum over the hidden
// units, so its exponential is a product, and $h$ can be summed out one unit at a time:
//
// $$\sum_h e^{-E(v, h)} = e^{a^\top v} \prod_j \sum_{h_j \in \{0, 1\}} e^{h_j c_j} = e^{a^\top v} \prod_j \bigl(1 + e^{c_j}\bigr) = e^{-F(v)},$$
//
// $$F(v) = -a^\top v - \sum_j \operatorname{softplus}\bigl(c_j(v)\bigr), \qquad p(v) = \frac{e^{-F(v)}}{Z} .$$
//
// $F$ is the **free energy**: one forward pass, a linear layer, a softplus and a sum. Dividing $p(v, h)$ by $p(v)$ leaves
// $\prod_j e^{h_j c_j} / (1 + e^{c_j})$: given $v$ the hidden units are **independent**, and by symmetry the visible ones given $h$:
//
// $$p(h_j = 1 \mid v) = \sigma\bigl(c_j(v)\bigr), \qquad p(v_i = 1 \mid h) = \sigma\Bigl(a_i + \sum_j W_{ij} h_j\Bigr).$$
//
// $Z$ needs a sum over one layer only, $2^{\min(n, m)}$ terms. The check sums everything over all states of a random machine.

// %% slideshow={"slide_type":"-"}
const normal = (shape: number[], seed: number) =>
  tf.randomNormal(shape, 0, 1, "float32", seed);
const random43 = models.rbmOf(
  variableOf(normal([4, 3], 1)),
  variableOf(normal([4], 2)),
  variableOf(normal([3], 3)),
);
const [v16, h8] = [binaryStates(0, 16, 4), binaryStates(0, 8, 3)];
const all = minusEnergy(random43, v16, h8); // −E, [16, 8]

// %% slideshow={"slide_type":"skip"} tags=["check"]
const hiddenMean = tf.matMul(tf.softmax(all), h8); // Σ_h h p(h | v), [16, 3]
const exactZ = numberOf(tf.logSumExp(all));
const small = { atMost: 1e-5, source: "summed over all states" };
check(
  ["p(h | v) − σ(b + Wᵀv)", largest(tf.sub(hiddenMean, random43.hiddenGiven(v16))), small],
  [
    "log Σ_h e^(−E) + F(v)",
    largest(tf.add(tf.logSumExp(all, 1), freeEnergy(random43, v16))),
    small,
  ],
  ["log Z: 8 terms − 128 terms", Math.abs(exactLogPartition(random43) - exactZ), small],
);

// %% [markdown] slideshow={"slide_type":"slide"} notes="Write log p(v) = minus F minus log Z. The first derivative is easy. For the second, differentiate the logarithm of a sum, and let them see the mean over the model appear by itself."
// ## 3 · The gradient: data minus model
//
// *Predict: which statistics of the model must equal those of the data where training ends?*
//
// There is no label and no output, so the loss can only be about $p(v)$: make the data probable. Since $\log p(v) = -F(v) - \log Z$ and
// $\sigma$ is the derivative of softplus,
//
// $$-\frac{\partial F(v)}{\partial W_{ij}} = v_i\, \sigma(c_j(v)) = v_i\, p(h_j = 1 \mid v), \qquad
// \frac{\partial \log Z}{\partial W_{ij}} = \frac1Z \sum_v e^{-F(v)} \Bigl(-\frac{\partial F(v)}{\partial W_{ij}}\Bigr)
// = \mathbb{E}_{p(v)}\bigl[v_i\, p(h_j = 1 \mid v)\bigr].$$
//
// With the mean over the data,
//
// $$\frac{\partial}{\partial W_{ij}} \bigl\langle \log p(v) \bigr\rangle = \bigl\langle v_i h_j \bigr\rangle_{\text{data}} -
// \bigl\langle v_i h_j \bigr\rangle_{\text{model}},$$
//
// and in the same way $\langle v_i \rangle$ for $a_i$ and $\langle h_j \rangle$ for $b_j$. Training ends where the means of every $v_i$,
// every $h_j$ and every product are the same in both.
//
// The data of the next sections are **bars and stripes** of 3 × 3 pixels: 14 patterns, and 512 states that can be enumerated. No model
// has a mean log-likelihood above $-\log 14 = -2.639$ nats.

// %% slideshow={"slide_type":"-"}
const patterns = data.barsAndStripes(3); // [14, 9]
const enlarged = tf.image.resizeNearestNeighbor(patterns.as4D(14, 3, 3, 1), [12, 12]);
plot.images(enlarged.as2D(14, 144), {
  title: "Bars and stripes: 14 of 512 possible patterns",
  columns: 7,
});

// %% slideshow={"slide_type":"-"}
const states = binaryStates(0, 512, 9); // all v
const everyState = constant(states); // the same, for compiled steps
const newMachine = () => models.rbm({ visible: 9, hidden: 12, seed: 1 });

// %% slideshow={"slide_type":"-"}
// The loss: −⟨log p(v)⟩, with Z summed over all states
const minusLog = (machine: models.Rbm, x: tf.Tensor2D): tf.Scalar => {
  const logZ = tf.logSumExp(tf.neg(freeEnergy(machine, everyState)));
  return tf.add(tf.mean(freeEnergy(machine, x)), logZ);
};
const meanLog = (machine: models.Rbm) =>
  tf.tidy(() => -numberOf(minusLog(machine, patterns)));

// %% slideshow={"slide_type":"-"}
// Σ_v p(v) v p(h | v)ᵀ of a distribution over all states: [9, 12]
const statisticsOf = (machine: models.Rbm, p: tf.Tensor): tf.Tensor2D => {
  const weighted: tf.Tensor2D = tf.mul(machine.hiddenGiven(states), p.reshape([512, 1]));
  return tf.matMul(states, weighted, true);
};
const modelShare = (machine: models.Rbm) => tf.softmax(tf.neg(freeEnergy(machine, states)));

// %% slideshow={"slide_type":"skip"}
const codeOf = (pattern: number[]) => pattern.reduce((sum, bit, i) => sum + bit * 2 ** i, 0);
const codesOfData = patterns.arraySync().map(codeOf); // which of the 512 states
const dataShare = tf.tensor1d(
  states.arraySync().map((_, i) => (codesOfData.includes(i) ? 1 / 14 : 0)),
);

// %% slideshow={"slide_type":"skip"}
const lively = models.rbmOf(
  variableOf(normal([9, 12], 4)),
  variableOf(normal([9], 5)),
  variableOf(normal([12], 6)),
);
const byBackprop = tf.variableGrads(() => minusLog(lively, patterns), lively.variables).grads;
const gradientOfW = byBackprop[lively.variables[0].name]; // of minus the log-likelihood

// %% slideshow={"slide_type":"skip"} tags=["check"]
const ofData = statisticsOf(lively, dataShare);
const byMeans = tf.sub(ofData, statisticsOf(lively, modelShare(lively))); // data − model
const apart = largest(tf.add(gradientOfW, byMeans));
check(["backprop of −log p + (data − model)", apart, { atMost: 1e-5, source: "identity" }]);

// %% [markdown] slideshow={"slide_type":"slide"} notes="Here is the slide's third line. Nothing comes out, so no error can be propagated back from an output. But F is a number that a forward pass computes. Ask which of the two terms is easy and which is not."
// ## 4 · The slide's "backprop against feed-forward loss"
//
// *Predict: what does training lower, if nothing comes out of the machine that could be compared with a target?*
//
// $\log Z$ is out of reach for images, but its gradient is a mean over the model. Replace it by samples $\tilde v$ of the model:
//
// $$\mathcal{L} = \bigl\langle F(v) \bigr\rangle_{\text{data}} - \bigl\langle F(\tilde v) \bigr\rangle_{\text{samples, held fixed}} .$$
//
// Training lowers the free energy of the data and raises that of the samples, until neither can be told from the other by its means.
// Each $F$ is a feed-forward pass, and backprop through it gives $\langle v h \rangle_{\text{data}} - \langle \tilde v h
// \rangle_{\text{samples}}$, up to the sign: the slide's line is true of this loss. Two points need care.
//
// **Hold $\tilde v$ fixed.** The samples depend on $W$ too, but the derivation of section 3 has already taken that into account. Whoever lets
// backprop run on through $\tilde v$ gets another gradient.
//
// **It is no measure of success.** The value of $\mathcal{L}$ is 0 where the model is perfect, and 0 for an untrained model whose samples
// are its data. Only its gradient means something.

// %% slideshow={"slide_type":"-"}
const draws = generator(4);
const copies: tf.Tensor2D = tf.tile(patterns, [10, 1]); // each pattern 10 times, [140, 9]
const sample = lively.gibbs(copies, draws, 1); // ṽ: one step of a chain, section 5
const gradientOf = (loss: () => tf.Scalar) =>
  tf.variableGrads(loss, lively.variables).grads[lively.variables[0].name];
const heldFixed = gradientOf(() => lively.energyGap(copies, sample));

// %% slideshow={"slide_type":"-"}
const found = models.statistics(lively, sample).weights; // ⟨ṽ h⟩
const wanted = models.statistics(lively, copies).weights; // ⟨v h⟩

// %% slideshow={"slide_type":"-"}
const expected = (v: tf.Tensor2D) => lively.visibleGiven(lively.hiddenGiven(v)); // no draws
const fixed = expected(copies);
const gradientFixed = gradientOf(() => lively.energyGap(copies, fixed));
const gradientThrough = gradientOf(() => lively.energyGap(copies, expected(copies)));
const norm = (tensor: tf.Tensor) => numberOf(tf.norm(tensor));
const differs = norm(tf.sub(gradientThrough, gradientFixed)) / norm(gradientFixed);
console.log(`gradient through ṽ: off by ${(100 * differs).toFixed(0)} % of its length`);

// %% slideshow={"slide_type":"skip"} tags=["check"]
const misfit = largest(tf.add(heldFixed, tf.sub(wanted, found)));
check(
  ["backprop of F(v) − F(ṽ) + (⟨vh⟩ − ⟨ṽh⟩)", misfit, { atMost: 1e-5, source: "identity" }],
  [
    "off where backprop runs through ṽ",
    differs,
    { atLeast: 0.2, source: "3 seeds: 0.5 to 0.6" },
  ],
);

// %% [markdown] slideshow={"slide_type":"slide"} notes="Let one half of the room be v and the other half h, and pass bits to and fro. Then the question: after how many passes have you forgotten where you began?"
// ## 5 · Where the samples come from
//
// *Predict: chains that start at the data and take $k$ steps. When is their bias larger, early in training or late?*
//
// **Gibbs sampling** draws one layer given the other, $h \sim p(h \mid v)$, then $\tilde v \sim p(v \mid h)$. Each half leaves $p(v, h)$ as it
// is, and every state can be reached, so the chain forgets its start and ends in the model's distribution. How soon, is another matter.
//
// - **CD-$k$** (contrastive divergence, Hinton 2002) starts at the data at every step of training and takes $k$ steps.
// - **PCD** (persistent, Tieleman 2008) never starts again: the chains go on where the last update left them.
//
// For 9 visible units we need no draws to judge CD-$k$. The chain is a matrix $T_{v \tilde v} = \sum_h p(h \mid v)\, p(\tilde v \mid h)$ of
// 512 × 512 numbers, and after $k$ steps its states are distributed as $p_{\text{data}} T^k$. That gives the *mean* gradient of CD-$k$
// exactly, and its distance from the true one.

// %% slideshow={"slide_type":"-"}
const codes = binaryStates(0, 4096, 12); // all h
// p(s | logits) of independent units, [rows of s, rows of logits]
const chance = (s: tf.Tensor2D, logits: tf.Tensor2D) => {
  const exponents = tf.matMul(s, logits, false, true); // Σ_i s_i · logit_i
  return tf.exp(tf.sub(exponents, tf.sum(tf.softplus(logits), 1))) as tf.Tensor2D;
};

// %% slideshow={"slide_type":"-"}
function transition({ weights, visibleBias, hiddenBias }: models.Rbm): tf.Tensor2D {
  const up = chance(codes, tf.add(tf.matMul(states, weights), hiddenBias)); // p(h | v)
  const back: tf.Tensor2D = tf.matMul(codes, weights, false, true);
  const down = chance(states, tf.add(back, visibleBias)); // p(ṽ | h), [512, 4096]
  return tf.transpose(tf.matMul(down, up)) as tf.Tensor2D; // T, [512, 512]
}

// %% slideshow={"slide_type":"-"}
const ks = [1, 2, 3, 5, 10, 20, 30, 50, 100, 200, 300, 500, 1000];
function biasOf(machine: models.Rbm) {
  const T = transition(machine);
  const ofModel = statisticsOf(machine, modelShare(machine));
  const length = norm(tf.sub(statisticsOf(machine, dataShare), ofModel)); // of the gradient
  let p: tf.Tensor2D = dataShare.as2D(1, 512);
  const biases: number[] = [];
  for (let k = 1; k <= 1000; k++) {
    p = tf.matMul(p, T); // one step of the chain
    p = tf.div(p, tf.sum(p)); // against rounding errors that grow with k
    if (ks.includes(k)) biases.push(norm(tf.sub(statisticsOf(machine, p), ofModel)) / length);
  }
  return biases;
}

// %% slideshow={"slide_type":"-"}
const steps = quick ? 2000 : 4000; // of every training on bars and stripes
const rate = (t: number) => 0.3 * (1 - t / steps); // falls to 0
const every = steps / 50; // steps between two looks at log p

// %% slideshow={"slide_type":"-"}
async function learn(machine: models.Rbm, step: (t: number) => void) {
  const path: number[] = [];
  for (let t = 0; t <= steps; t++) {
    if (t % every === 0) {
      path.push(meanLog(machine));
      await train.turn();
    }
    step(t);
  }
  return path;
}

// %% slideshow={"slide_type":"-"}
const byExact = newMachine();
const optimizer = tf.train.sgd(rate(0));
const climb = compile((x: tf.Tensor2D) => minusLog(byExact, x), {
  optimizer,
  learningRate: rate,
});

// %% slideshow={"slide_type":"-"}
const biases: Record<string, number[]> = {};
const exactPath = await learn(byExact, t => {
  if ([500, 1000, 2000].includes(t)) biases[`after ${t} steps`] = biasOf(byExact);
  climb(patterns);
});

// %% slideshow={"slide_type":"slide"} notes="Cover the two upper curves first. Early in training ten steps are as good as the truth. Then uncover them: the machine has learned to keep patterns apart, and a chain that starts in one pattern stays there."
plot.curves(biases, {
  title: "The longer this machine has trained, the more steps CD-k needs",
  x: "steps k of the chain",
  y: "bias / length of the gradient",
  at: ks,
  logX: true,
  log: true,
});

// %% [markdown]
// After 500 steps of training, 20 steps of the chain are as good as the true gradient. After 2,000 the bias at $k = 20$ is still 0.8 of the
// gradient's length (0.6 to 0.8 with six seeds), and at first it even *rises* with $k$ (with 12 hidden units; not with 8). The machine
// now keeps its patterns apart, so a chain that starts in one of them stays there for long: it **mixes** slowly. The bias goes to 0 as $k$
// grows, for every machine; no $k$ is enough for all. (The flat ends are rounding of 32-bit numbers.)

// %% slideshow={"slide_type":"skip"} tags=["check"]
const biasAt = (stage: number, k: number) => biases[`after ${stage} steps`][ks.indexOf(k)];
const atEnd = transition(byExact);
const ofModel: tf.Tensor2D = modelShare(byExact).as2D(1, 512);
const [late5, late20] = [biasAt(2000, 5), biasAt(2000, 20)];
const drift = largest(tf.sub(tf.matMul(ofModel, atEnd), ofModel));
check(
  ["p(v) T − p(v)", drift, { atMost: 1e-5, source: "stationary" }],
  [
    "bias after 500 steps, k = 20",
    biasAt(500, 20),
    { atMost: 0.05, source: "6 seeds: below 0.0004" },
  ],
  ["after 2,000 steps, k = 20", late20, { atLeast: 0.4, source: "6 seeds: 0.60 to 0.81" }],
  [
    "… k = 5 − k = 1",
    late5 - biasAt(2000, 1),
    { atLeast: 0.01, source: "5 seeds: 0.03 to 0.15" },
  ],
  ["… k = 1000 / k = 20", biasAt(2000, 1000) / late20, { atMost: 0.5, source: "4 seeds" }],
);

// %% [markdown] slideshow={"slide_type":"slide"} notes="Take bets on the order before the curves come. Then ask what the exact gradient compares that CD-1 cannot: one pattern with another."
// ## 6 · Four ways to learn the same machine
//
// *Predict: CD-1, CD-10, PCD and the exact gradient, 12 hidden units, the same start and rate. Which of them come near $-2.639$ nats?
// And which reconstructs best?*
//
// One step of CD-$k$ in the library (`models.contrastiveStep`) is the chain of section 5 and then `weights += rate · (⟨vh⟩ − ⟨ṽh⟩)`, and
// the same for both biases. CD starts 10 chains at each pattern in each step; PCD keeps 280 chains.

// %% slideshow={"slide_type":"-"}
function contrastive(gibbsSteps: number, seed: number) {
  const [machine, random] = [newMachine(), generator(seed)];
  const step = compile((x: tf.Tensor2D, learningRate: tf.Scalar) =>
    models.contrastiveStep(machine, x, { gibbsSteps, learningRate, random }),
  );
  return { machine, path: learn(machine, t => step(copies, rate(t)).dispose()) };
}

// %% slideshow={"slide_type":"-"}
function persistent(seed: number) {
  const [machine, random] = [newMachine(), generator(seed)];
  const chains = variableOf(random.bernoulli(tf.fill([280, 9], 0.5)));
  const step = compile((x: tf.Tensor2D, learningRate: tf.Scalar) =>
    models.persistentStep(machine, x, chains, { learningRate, random }),
  );
  return { machine, path: learn(machine, t => step(copies, rate(t)).dispose()) };
}

// %% slideshow={"slide_type":"-"}
const learners = {
  "CD-1": contrastive(1, 1),
  "CD-10": contrastive(10, 2),
  PCD: persistent(3),
};

// %% slideshow={"slide_type":"-"}
const learned = {
  "CD-1": await learners["CD-1"].path,
  "CD-10": await learners["CD-10"].path,
  PCD: await learners.PCD.path,
  exact: exactPath,
};
const bestPossible = exactPath.map(() => -Math.log(14));

// %% slideshow={"slide_type":"slide"} notes="CD-1 stops 0.4 nats short, and more steps do not help. Say that all four had the same number of updates, not the same time: CD-10 takes ten chain steps for each."
plot.curves(
  { ...learned, "best possible": bestPossible },
  {
    title: "CD-1 stops short of the likelihood that the same machine can reach",
    x: "step",
    y: "mean log p of the patterns (nats)",
    at: exactPath.map((_, i) => i * every),
  },
);

// %% slideshow={"slide_type":"-"}
const machines: Record<string, models.Rbm> = {
  "CD-1": learners["CD-1"].machine,
  "CD-10": learners["CD-10"].machine,
  PCD: learners.PCD.machine,
  exact: byExact,
};

// %% slideshow={"slide_type":"-"}
const pOfPatterns = (machine: models.Rbm): tf.Tensor1D =>
  tf.exp(logProbability(machine, patterns, exactLogPartition(machine))); // [14]
const byLearner = Object.values(machines);
const shares: tf.Tensor2D = tf.stack(
  byLearner.map(machine => tf.mul(14, pOfPatterns(machine))),
) as tf.Tensor2D;

// %% slideshow={"slide_type":"slide"} notes="All rows have the right fourteen patterns. Only the depths differ. Ask why CD-1 cannot see that: its chains never go from one pattern to another, so they never compare two."
plot.heatmap(shares, {
  title: "CD-1 finds all patterns, and gives them the wrong shares",
  rows: Object.keys(machines),
  columns: Array.from({ length: 14 }, (_, i) => `${i + 1}`),
  x: "pattern, in the order of section 3",
  z: "p(v) in units of 1/14",
});

// %% slideshow={"slide_type":"-"}
const upAndDown = (machine: models.Rbm, v: tf.Tensor2D) =>
  machine.visibleGiven(machine.hiddenGiven(v)); // probabilities, nothing drawn
const errorOf = (machine: models.Rbm, v: tf.Tensor2D) =>
  numberOf(tf.mean(models.squaredError(v, upAndDown(machine, v))));

// %% slideshow={"slide_type":"-"}
const compared = Object.entries(machines).map(([learner, machine]) => ({
  learner,
  "mean log p (nats)": meanLog(machine),
  "mass on the 14 patterns": numberOf(tf.sum(pOfPatterns(machine))),
  "squared error of reconstruction": errorOf(machine, patterns),
}));
plot.table(new DataFrame(compared), {
  title: "All four reconstruct almost without error, whatever their likelihood",
});

// %% [markdown]
// CD-1 has nearly as much mass on the 14 patterns as the others: its valleys lie in the right places. Their *depths* are wrong. A chain
// of one step falls back into the valley where it began, so hardly an update compares one valley with another. The reconstruction error
// cannot see that either: it is below 0.001 for all four, and it is a number that many programs print while they train.
//
// PCD also takes one step, but its chains wander over the whole distribution. Its shares are uneven too, probably because 280 slow chains
// are a small sample: with 700 chains, a rate of 0.2 and twice the steps it came to $-2.71$, and CD-1 stayed at $-3.09$. If the rate is large and does
// not fall, the chains lag behind the weights, and $\log p$ swings (appendix A).

// %% slideshow={"slide_type":"skip"} tags=["check"]
const reached = (learner: string) => compared.filter(row => row.learner === learner)[0];
const logs = (learner: string) => reached(learner)["mean log p (nats)"];
const nats = { unit: "nats", source: "3 seeds or more" };
if (!quick)
  check(
    ["exact", logs("exact"), { atLeast: -2.75, ...nats }],
    ["CD-10", logs("CD-10"), { atLeast: -2.9, ...nats }],
    ["PCD", logs("PCD"), { atLeast: -2.9, ...nats }],
    ["CD-1", logs("CD-1"), { atMost: -2.95, ...nats }],
  );

// %% slideshow={"slide_type":"skip"} tags=["check"]
const massOf1 = reached("CD-1")["mass on the 14 patterns"];
const errorOf1 = reached("CD-1")["squared error of reconstruction"];
if (!quick)
  check(
    [
      "mass of CD-1 on the patterns",
      massOf1,
      { atLeast: 0.8, source: "4 seeds: 0.89 to 0.93" },
    ],
    ["error of CD-1", errorOf1, { atMost: 0.01, source: "4 seeds: below 0.001" }],
  );

// %% [markdown] slideshow={"slide_type":"slide"} notes="Twenty hidden units are a toy, on purpose: two to the twentieth states can be summed, so log p of an image is exact here. Ask what an image costs without any hidden unit."
// ## 7 · Digits, with an exact likelihood
//
// *Predict: independent pixels give a test digit about −206 nats. What do 20 hidden units gain, trained by CD-1 and by PCD?*
//
// The images are made binary: a pixel of half ink or more is 1. With 20 hidden units $Z$ is a sum of $2^{20}$ terms, a few seconds of
// work. The visible biases start at the log-odds of each pixel, so the untrained machine is the model of independent pixels.

// %% slideshow={"slide_type":"-"}
const mnist = await data.mnist(quick ? { train: 2000, test: 1000 } : {});
const real = mnist.source === "original" && !quick;
const images = data.threshold(mnist.train.images); // zeros and ones, [10000, 784]
const unseen = data.threshold(mnist.test.images);
const pixelBias = classical.rbm.dataBias(images); // log-odds of each pixel, [784]

// %% slideshow={"slide_type":"-"}
const [hidden, updates] = quick ? [10, 300] : [20, 1500];
const startMachine = () => {
  const machine = models.rbm({ visible: 784, hidden, seed: 1 });
  machine.variables[1].assign(pixelBias); // the visible biases
  return machine;
};
const [byContrast, byPersistence] = [startMachine(), startMachine()];

// %% slideshow={"slide_type":"-"}
const epochs = Math.ceil((100 * updates) / images.shape[0]);
async function onDigits(step: (v: tf.Tensor2D, learningRate: number) => void) {
  let t = 0;
  for (const batch of train.batches(images, { batchSize: 100, epochs, seed: 9 })) {
    step(batch, 0.1 * (1 - t++ / updates)); // the rate falls to 0
    await train.turn();
  }
}

// %% slideshow={"slide_type":"-"}
const drawsOfCd = generator(7);
const contrast = compile((v: tf.Tensor2D, learningRate: tf.Scalar) =>
  models.contrastiveStep(byContrast, v, { learningRate, random: drawsOfCd }),
);
const live = train.progress({
  steps: updates,
  title: "CD-1: the distance of a chain of one step from its start falls",
  y: "squared error per image",
});

// %% slideshow={"slide_type":"slide"} notes="While it runs: what is drawn here is not the loss. It is how far one step of the chain goes from the digit where it began."
await onDigits((v, learningRate) => live.step(numberOf(contrast(v, learningRate))));
live.end();

// %% slideshow={"slide_type":"-"}
const drawsOfPcd = generator(8);
const means = tf.tile(tf.sigmoid(pixelBias).expandDims(0), [100, 1]) as tf.Tensor2D;
const fantasies = variableOf(drawsOfPcd.bernoulli(means)); // 100 chains
const persist = compile((v: tf.Tensor2D, learningRate: tf.Scalar) =>
  models.persistentStep(byPersistence, v, fantasies, { learningRate, random: drawsOfPcd }),
);
await onDigits((v, learningRate) => persist(v, learningRate).dispose());

// %% slideshow={"slide_type":"-"}
const meanOf = (machine: models.Rbm, v: tf.Tensor2D, logZ: number) =>
  numberOf(tf.mean(logProbability(machine, v, logZ)));
const logZOfCd = exactLogPartition(byContrast); // 2^20 terms
const logZOfPcd = exactLogPartition(byPersistence);

// %% slideshow={"slide_type":"-"}
const alone = (v: tf.Tensor2D) => tf.tile(pixelBias.expandDims(0), [v.shape[0], 1]);
const independent = (v: tf.Tensor2D) =>
  -numberOf(tf.mean(models.bernoulliCrossEntropy(v, alone(v)))); // no hidden unit
const columns = (of: (v: tf.Tensor2D) => number) => ({
  "training digits": of(images),
  "test digits": of(unseen),
});
const exactRows = [
  { machine: "independent pixels", ...columns(independent) },
  { machine: "CD-1", ...columns(v => meanOf(byContrast, v, logZOfCd)) },
  { machine: "PCD", ...columns(v => meanOf(byPersistence, v, logZOfPcd)) },
];

// %% slideshow={"slide_type":"slide"} notes="Read the last column. Both machines have the same size, saw the same batches, and took one step of a chain for each. Only where the chain starts differs."
plot.table(new DataFrame(exactRows), {
  title: "Same batches, one Gibbs step each: PCD gives digits far more probability (nats)",
  decimals: 2,
});

// %% slideshow={"slide_type":"slide"} notes="A filter is a column of W. Dark raises the unit, and the unit raises those pixels in turn: the same weights serve in both directions. Light ones are negative."
const filters: tf.Tensor2D = tf.transpose(byPersistence.weights);
const scaled: tf.Tensor2D = tf.add(0.5, tf.div(filters, tf.mul(2, tf.max(tf.abs(filters)))));
plot.images(scaled, {
  title: "PCD: each hidden unit holds a part of digits (grey is 0, dark positive)",
  columns: 10,
});

// %% [markdown]
// Twenty units gain 38 nats by CD-1 and 55 by PCD. The training digits are hardly more probable than the test digits: 16,484 numbers
// have not learned 10,000 images by heart. The filters are strokes and parts, not digits. Parts combine: 20 units have a million
// codes.

// %% slideshow={"slide_type":"skip"} tags=["check"]
const [ofPixels, ofCd, ofPcd] = exactRows.map(row => row["test digits"]);
const overfit = exactRows[1]["training digits"] - ofCd;
if (real)
  check(
    ["test digits, CD-1, 20 units", ofCd, { atLeast: -172, ...nats }],
    ["gain of CD-1 over pixels", ofCd - ofPixels, { atLeast: 25, ...nats }],
    ["PCD − CD-1, test digits", ofPcd - ofCd, { atLeast: 8, ...nats }],
    ["training − test, CD-1", overfit, { target: 0, tolerance: 2.5, ...nats }],
  );

// %% [markdown] slideshow={"slide_type":"slide"} notes="Say why we need it: with twenty units more the exact sum takes a million times as long: two months. Then the induction on the board, one line. Ask which way the error goes: Jensen, as in lesson 12."
// ## 8 · $\log Z$ without the sum: annealed importance sampling
//
// *Predict: an estimate of $\log Z$ from too few temperatures. Is it too high or too low, and what does that do to $\log p$?*
//
// Take machines between an easy one ($\beta = 0$: biases alone, $Z_0$ known) and ours ($\beta = 1$), $p_\beta(v) = p^*_\beta(v) /
// Z_\beta$ with $p^*_\beta$ not normalised. Draw $v_0$ from the first; multiply a weight by $p^*_{\beta_{t+1}}(v_t) / p^*_{\beta_t}(v_t)$,
// take one Gibbs step at $\beta_{t+1}$, and so on (Neal 2001, Salakhutdinov and Murray 2008). Then
//
// $$\mathbb{E}[w] = \frac{Z_1}{Z_0}:\qquad \text{if } \mathbb{E}[w_t f(v_t)] = \frac{Z_{\beta_t}}{Z_0}\, \mathbb{E}_{p_{\beta_t}}[f],
// \ \text{ then } \ \mathbb{E}\Bigl[w_t \frac{p^*_{\beta_{t+1}}(v_t)}{p^*_{\beta_t}(v_t)} f(v_t)\Bigr]
// = \frac{Z_{\beta_{t+1}}}{Z_0}\, \mathbb{E}_{p_{\beta_{t+1}}}[f],$$
//
// and a Gibbs step at $\beta_{t+1}$ leaves the right side as it is. So the mean of $w$ is right for any number of temperatures. Its
// logarithm is not: $\mathbb{E}[\log \bar w] \le \log \mathbb{E}[\bar w]$, Jensen once more. With few temperatures a few chains carry
// all the weight.

// %% slideshow={"slide_type":"-"}
const counts = quick ? [10, 100] : [10, 30, 100, 300, 1000];
const annealed = counts.map((count, i) =>
  classical.rbm.annealedLogPartition(byContrast, {
    temperatures: classical.rbm.annealingSchedule(count),
    baseBias: pixelBias,
    random: generator(20 + i),
  }),
);

// %% slideshow={"slide_type":"slide"} notes="The band is three standard errors of the 100 chains. On the left it does not even reach the true value: an error bar from a few chains cannot know about the chains that were never drawn."
const estimates = annealed.map(estimate => estimate.logPartition);
const band = [
  annealed.map(estimate => Math.max(estimate.low, estimate.logPartition - 20)),
  annealed.map(estimate => estimate.high),
] as const;
plot.curves(
  {
    "annealed estimate, 100 chains": estimates,
    "exact, 2^20 terms": counts.map(() => logZOfCd),
  },
  {
    title: "Annealing comes within its own error of the exact log Z",
    x: "temperatures",
    y: "log Z (nats)",
    at: counts,
    logX: true,
    bands: { "annealed estimate, 100 chains": band },
  },
);

// %% [markdown]
// With ten temperatures the estimate is too low, and even the upper end of its error bar is. With 1,000 the exact value lies inside. (Where
// the error exceeds the estimate the bar has no lower end; it is cut 20 nats below.) An estimate of $\log Z$ that is too low makes $\log
// p(v) = -F(v) - \log Z$ too **high**: annealing that was too short flatters the model. A published $\log p$ of an RBM needs its number of
// temperatures.

// %% slideshow={"slide_type":"skip"} tags=["check"]
const [coarsest, finest] = [annealed[0], annealed[annealed.length - 1]];
if (real)
  check([
    "10 temperatures, exact − high end",
    logZOfCd - coarsest.high,
    { atLeast: 2, ...nats },
  ]);
check(
  [
    "log Z, exact − low end",
    logZOfCd - finest.low,
    { atLeast: 0, unit: "nats", source: "3 s.e." },
  ],
  [
    "log Z, high end − exact",
    finest.high - logZOfCd,
    { atLeast: 0, unit: "nats", source: "3 s.e." },
  ],
);

// %% [markdown] slideshow={"slide_type":"slide"} notes="Now the picture of the slide. Fold the autoencoder along its code: encoder and decoder fall on each other. Ask for what is lost in the comparison: the coins."
// ## 9 · The slide's picture: autoencoder and RBM
//
// *Predict: go up through an RBM and down again. Which autoencoder is that? Then train that autoencoder on its reconstruction, and read
// its weights as an RBM: is it better or worse than CD-1 and PCD?*
//
// Go up with probabilities in place of draws (**mean field**), and down again:
//
// $$v \ \longmapsto\ z = \sigma(W^\top v + b) \ \longmapsto\ \hat v = \sigma(W z + a).$$
//
// That is, letter by letter, an autoencoder with one sigmoid layer, a sigmoid output and **tied weights**: the encoder uses $W^\top$, the
// decoder $W$. So every RBM is such an autoencoder, and every such autoencoder is an RBM, with the same $nm + n + m$ numbers. What
// differs is the loss: the cross-entropy of $v$ and $\hat v$, or $-\log p(v)$.

// %% slideshow={"slide_type":"-"}
const tied = startMachine(); // the same start
const [W, a, b] = [tied.weights, tied.visibleBias, tied.hiddenBias];
const encode = (v: tf.Tensor2D) => tf.sigmoid(tf.add(tf.matMul(v, W), b)) as tf.Tensor2D;
const logitsOf = (z: tf.Tensor2D) => tf.add(tf.matMul(z, W, false, true), a) as tf.Tensor2D;
const lossOf = (v: tf.Tensor2D): tf.Scalar =>
  tf.mean(models.bernoulliCrossEntropy(v, logitsOf(encode(v))));

// %% slideshow={"slide_type":"-"}
const descend = compile(lossOf, { optimizer: tf.train.adam(5e-3) });
await onDigits(v => descend(v)); // the same batches
const logZOfTied = exactLogPartition(tied);

// %% slideshow={"slide_type":"-"}
const readings = Object.entries({
  "CD-1": { machine: byContrast, logZ: logZOfCd },
  PCD: { machine: byPersistence, logZ: logZOfPcd },
  "tied autoencoder": { machine: tied, logZ: logZOfTied },
}).map(([training, { machine, logZ }]) => ({
  training,
  "squared error of reconstruction": errorOf(machine, unseen),
  "log p of a test digit (nats)": meanOf(machine, unseen, logZ),
}));

// %% slideshow={"slide_type":"slide"} notes="Read it by columns. The autoencoder wins the first, PCD the second. Ask which of them they would use for a code, and which for drawing digits."
plot.table(new DataFrame(readings), {
  title:
    "One architecture, three trainings: the best reconstruction is not the best likelihood",
  decimals: 1,
});

// %% [markdown]
// The autoencoder reconstructs best, as it should: nothing else was asked of it. PCD gives the test digits the highest probability, by
// more than ten nats. And the autoencoder's weights, read as an RBM, are **not** absurd: here they beat CD-1, which is last in $\log p$ and
// no better than PCD in its error. CD-1 compares the data with their own one-step reconstructions, and like the autoencoder it never asks
// what lies farther away. (The autoencoder uses Adam, the RBMs plain steps; all see the same 1,500 batches.)

// %% slideshow={"slide_type":"skip"} tags=["check"]
const restored = tf.sigmoid(logitsOf(encode(unseen)));
const unlike = largest(tf.sub(restored, upAndDown(tied, unseen)));
check(["RBM up and down − tied autoencoder", unlike, { atMost: 1e-6, source: "formula" }]);

// %% slideshow={"slide_type":"skip"} tags=["check"]
const [cdError, pcdError, tiedError] = readings.map(
  row => row["squared error of reconstruction"],
);
const tiedLog = readings[2]["log p of a test digit (nats)"];
const smallerError = Math.min(cdError, pcdError) - tiedError;
if (real)
  check(
    ["error, best RBM − autoencoder", smallerError, { atLeast: 1, source: "3 seeds" }],
    ["log p, PCD − autoencoder", ofPcd - tiedLog, { atLeast: 4, ...nats }],
    ["log p, autoencoder − CD-1", tiedLog - ofCd, { atLeast: 1, ...nats }],
  );

// %% [markdown] slideshow={"slide_type":"slide"} notes="Move the slider slowly and say nothing for the first ten steps. Then ask which chains changed their digit, and after how many steps."
// ## 10 · Watch the chains
//
// *Predict: ten chains start at test digits, ten at noise. After 1,000 steps, can you tell which is which?*
//
// The slider shows $p(v \mid h)$ of 20 Gibbs chains of our machine: upper row from one test digit of each class, lower row from independent
// pixels.

// %% slideshow={"slide_type":"skip"}
const watched = byPersistence;
const labels = Array.from(mnist.test.labels);
const firstOfEach = Array.from({ length: 10 }, (_, digit) => labels.indexOf(digit));
const digitsFirst: tf.Tensor2D = tf.gather(unseen, firstOfEach);
const chainRandom = generator(11);
const noiseFirst: tf.Tensor2D = chainRandom.bernoulli(
  means.slice([0, 0], [10, 784]) as tf.Tensor2D,
);
let chains: tf.Tensor2D = tf.concat([digitsFirst, noiseFirst]); // [20, 784]
const moments = [0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000];

// %% slideshow={"slide_type":"-"}
const film: Record<string, plot.Figure> = {};
const energies: number[][] = []; // mean free energy of either row
for (const [i, moment] of moments.entries()) {
  chains = watched.gibbs(chains, chainRandom, moment - (moments[i - 1] ?? 0));
  const [rowOne, rowTwo] = tf.split(freeEnergy(watched, chains), 2);
  energies.push([numberOf(tf.mean(rowOne)), numberOf(tf.mean(rowTwo))]);
  film[`${moment}`] = plot.images(moment === 0 ? chains : upAndDown(watched, chains), {
    title: `Gibbs chains, step ${moment}`,
    columns: 10,
    rows: ["from digits", "from noise"],
  });
}
plot.slider(film, { label: "Gibbs steps:", start: "1" });

// %% slideshow={"slide_type":"slide"} notes="Let it run at ten steps a second and watch one chain. Then draw a digit, and ask for how many steps the chains of the upper row will remember it."
explore.gibbs(watched, { starts: digitsFirst });

// %% [markdown]
// Press Run: these chains draw anew in your page. After one step noise looks like blurred digits, and within about ten its mean free energy has come down to that of the upper row. From then
// on this mean does not tell the rows apart; the digits of the start fade within 50 steps or so. Look at the end as well: with this seed most
// chains of both rows show a 0. They agree with each other, not with the data, of which a tenth are zeros: PCD's valleys have wrong
// depths too, as in section 6.

// %% slideshow={"slide_type":"skip"} tags=["check"]
const apartAt = energies.map(([fromDigits, fromNoise]) => fromNoise - fromDigits);
const later = apartAt.slice(-5).reduce((sum, value) => sum + value, 0) / 5;
check(
  ["F, noise − digits, at the start", apartAt[0], { atLeast: quick ? 5 : 15, ...nats }],
  ["F, noise − digits, steps 50 to 1,000", later, { target: 0, tolerance: 25, ...nats }],
);

// %% [markdown] slideshow={"slide_type":"slide"} notes="Go through the rows and ask each time what differs: the number of units, the training, how the pixels were made binary. Nobody's numbers are comparable without the last."
// ## Ours against others
//
// *PyDeep* is J. Melchior's library; the figures are those of its tutorial. Salakhutdinov and Murray (2008) have 500 hidden units, where
// $\log Z$ can only be estimated. In our favour: the visible biases start at the log-odds of the pixels. Against us: 10,000 training digits
// and 15 passes, where they use far more of both. How pixels are made binary matters too: with each pixel drawn, its grey level as
// probability, our CD-1 comes to $-171.5$ in place of $-168.4$.

// %% slideshow={"slide_type":"-"}
const row = (machine: string, value: number, by: string) => ({ machine, "log p": value, by });
const others = [
  row("784-20, CD-1", ofCd, "ours, exact"),
  row("784-20, PCD", ofPcd, "ours, exact"),
  row("784-16, PCD", -149.05, "PyDeep, exact"),
  row("784-16, PCD, centred", -142.56, "PyDeep, exact"),
  row("784-500, CD-25", -86.34, "Salakhutdinov and Murray, annealed"),
];
plot.table(new DataFrame(others), {
  title: "Mean log p of MNIST test digits (nats)",
  decimals: 2,
});

// %% [markdown] slideshow={"slide_type":"slide"} notes="Exercise 1 in class. Exercise 5 as a prediction first: ask for the order of magnitude before anybody computes. The others at home."
// ## Exercises
//
// Replace `exercise.todo(…)` and run the check below it. Each check draws new machines of new sizes, so nothing can be copied.

// %% slideshow={"slide_type":"skip"} exercise={"role":"sheet"}
const sheet = exercise.sheet("Exercises of lesson 15");
const added = (numbers: number[]) => numbers.reduce((a, b) => a + b, 0);
const valueIn = (scalar: tf.Tensor) => scalar.dataSync()[0];
const logistic = (c: number) => 1 / (1 + Math.exp(-c));
const on = (p: tf.Tensor2D, u: tf.Tensor2D) =>
  tf.cast(tf.less(u, p), "float32") as tf.Tensor2D;
const layer = (x: tf.Tensor2D, w: tf.Tensor2D, bias: tf.Tensor, down = false) =>
  tf.sigmoid(tf.add(tf.matMul(x, w, false, down), bias)) as tf.Tensor2D;
const products = (v: tf.Tensor2D, h: tf.Tensor2D) =>
  tf.div(tf.matMul(v, h, true), v.shape[0]); // ⟨v h⟩
const uniformOf = (of: tf.Tensor2D): tf.Tensor2D => tf.mod(tf.mul(7, of), 1);
const machineOf = (draw: exercise.Draw, N: number, n: number, m: number) => {
  const v = on(draw.normal(N, n), tf.zeros([N, n])); // a batch of data
  const [w, a, b] = [draw.normal(n, m), draw.normal(1, n).as1D(), draw.normal(1, m).as1D()];
  const u = { hidden: uniformOf(draw.normal(N, m)), visible: uniformOf(draw.normal(N, n)) };
  return { v, w, a, b, u, up: (v: tf.Tensor2D) => layer(v, w, b) };
};

// %% [markdown] slideshow={"slide_type":"skip"}
// **1 ★ The free energy.** `v` is $[N, n]$, zeros and ones, `w` is $W$, $[n, m]$, `a` and `b` are the biases $[n]$ and $[m]$. Return $F$
// of each row, $[N]$.
//
// <details><summary>Hint</summary>Section 2; `tf.softplus`.</details>

// %% slideshow={"slide_type":"skip"} exercise={"id":"1","role":"starter"}
function freeEnergyOf(
  v: tf.Tensor2D,
  w: tf.Tensor2D,
  a: tf.Tensor1D,
  b: tf.Tensor1D,
): tf.Tensor1D {
  return exercise.todo(v, w, a, b);
}

// %% slideshow={"slide_type":"skip"} exercise={"id":"1","role":"check"}
await sheet.check("1 · The free energy", draw => {
  const [N, n, m] = [draw.integer(2, 4), draw.integer(4, 6), draw.integer(2, 5)];
  const { v, w, a, b } = machineOf(draw, N, n, m);
  const c = tf.add(tf.matMul(v, w), b);
  const linear = tf.sum(tf.mul(v, a), 1);
  const by = (terms: tf.Tensor) => tf.neg(tf.add(linear, tf.sum(terms, 1)));
  const right = by(tf.softplus(c));
  const mistakes = {
    "The sign is turned: F = −log Σ e^(−E).": right.neg(),
    "Sum over the hidden units, do not average.": by(tf.softplus(c).div(m)),
    "That is the energy at h = p(h | v); F sums over all h.": by(c.mul(tf.sigmoid(c))),
    "That is the energy of the best h; F sums over all h.": by(tf.relu(c)),
    "The visible biases are missing.": right.add(linear),
    "The hidden biases are missing.": by(tf.softplus(tf.matMul(v, w))),
  };
  const got = freeEnergyOf(v, w, a, b);
  return { given: `N = ${N}, n = ${n}, m = ${m}`, got, expected: right, mistakes };
});

// %% [markdown] slideshow={"slide_type":"skip"}
// **2 ★★ The partition function.** Return $\log Z$ of the machine `w`, `a`, `b` as a number. It has too many visible units to enumerate,
// and few hidden ones. $Z$ itself may be larger than the largest number that a computer holds.
//
// <details><summary>Hint</summary>Section 2 with the layers exchanged: sum over the states of $h$, with a softplus for each visible unit.
// `classical.rbm.binaryStates(0, 2 ** m, m)` has them.</details>

// %% slideshow={"slide_type":"skip"} exercise={"id":"2","role":"starter"}
function logPartition(w: tf.Tensor2D, a: tf.Tensor1D, b: tf.Tensor1D): number {
  return exercise.todo(w, a, b);
}

// %% slideshow={"slide_type":"skip"} exercise={"id":"2","role":"check"}
await sheet.check("2 · The partition function", draw => {
  const [n, m] = [draw.integer(150, 160), draw.integer(2, 4)];
  const [w, b] = [draw.normal(n, m).div(10) as tf.Tensor2D, draw.normal(1, m).as1D()];
  const h = classical.rbm.binaryStates(0, 2 ** m, m);
  const a: tf.Tensor1D = tf.add(draw.normal(1, n).as1D(), draw.number(6, 8));
  const visible = tf.sum(tf.softplus(tf.add(tf.matMul(h, w, false, true), a)), 1);
  const logs = tf.add(visible, tf.sum(tf.mul(h, b), 1));
  const expected = valueIn(tf.logSumExp(logs));
  const softplus = (bias: tf.Tensor) => valueIn(tf.sum(tf.softplus(bias)));
  const mistakes = {
    "e^(−F) is too large for a number: take out the largest logarithm.": Infinity,
    "Sum over the states of h, do not average.": expected - m * Math.log(2),
    "The hidden biases are missing.": valueIn(tf.logSumExp(visible)),
    "That is the largest term alone.": valueIn(tf.max(logs)),
    "That is the machine without weights.": softplus(a) + softplus(b),
    "Add up before the logarithm.": valueIn(tf.sum(logs)),
  };
  const got = logPartition(w, a, b);
  return { given: `n = ${n}, m = ${m}`, got, expected, tolerance: 0.01, mistakes };
});

// %% [markdown] slideshow={"slide_type":"skip"}
// **3 ★★ A step of CD-1.** `v` is a batch of data $[N, n]$. Draw with the uniform numbers that you are given: a unit is on where its number
// is *below* its probability, `u.hidden` $[N, m]$ for $h$ and `u.visible` $[N, n]$ for $\tilde v$. The statistics take probabilities for the
// hidden units. Return the new weights $[n, m]$ after one step with this `rate`.
//
// <details><summary>Hint</summary>Sections 4 and 5: up, draw, down, draw; then $W + \text{rate} \cdot (\langle v h \rangle - \langle \tilde
// v h \rangle)$, means over the batch.</details>

// %% slideshow={"slide_type":"skip"} exercise={"id":"3","role":"starter"}
interface Machine {
  w: tf.Tensor2D; // [n, m]
  a: tf.Tensor1D; // [n]
  b: tf.Tensor1D; // [m]
}
interface Uniform {
  hidden: tf.Tensor2D; // [N, m]
  visible: tf.Tensor2D; // [N, n]
}

function newWeights(machine: Machine, v: tf.Tensor2D, u: Uniform, rate: number): tf.Tensor2D {
  return exercise.todo(machine, v, u, rate);
}

// %% slideshow={"slide_type":"skip"} exercise={"id":"3","role":"check"}
await sheet.check("3 · A step of CD-1", draw => {
  const [N, n, m] = [draw.integer(5, 9), draw.integer(4, 6), draw.integer(2, 3)];
  const { v, w, a, b, u, up } = machineOf(draw, N, n, m);
  const rate = draw.number(0.1, 0.9);
  const h = on(up(v), u.hidden);
  const drawn = (h: tf.Tensor2D) => on(layer(h, w, a, true), u.visible); // ṽ
  const sample = drawn(h);
  const by = (sample: tf.Tensor2D, found = up(sample), ofData = up(v), step = rate) =>
    w.add(tf.sub(products(v, ofData), products(sample, found)).mul(step));
  const mistakes = {
    "The sign is turned: data minus samples.": by(sample, up(sample), up(v), -rate),
    "Average over the batch.": by(sample, up(sample), up(v), N * rate),
    "Draw the visible units: a probability is no sample.": by(layer(h, w, a, true)),
    "Draw the hidden units on the way down.": by(drawn(up(v))),
    "The statistics take p(h | v), not the drawn h.": by(sample, up(sample), h),
    "The samples need their own p(h | v).": by(sample, up(v)),
  };
  const got = newWeights({ w, a, b }, v, u, rate);
  return { given: `N = ${N}, n = ${n}, m = ${m}`, got, expected: by(sample), mistakes };
});

// %% [markdown] slideshow={"slide_type":"skip"}
// **4 ★★ From weights to $\log p$.** Annealing gave $\log w$ of each chain; $\log Z_0$ is known. `energies` are the free energies of test
// images. Return $\log p(v)$ of each image.
//
// <details><summary>Hint</summary>Section 8: $Z_1 = Z_0 \cdot$ the mean of $w$, and $w$ may be too large for a number.</details>

// %% slideshow={"slide_type":"skip"} exercise={"id":"4","role":"starter"}
function logProbabilities(energies: number[], logWeights: number[], logZ0: number): number[] {
  return exercise.todo(energies, logWeights, logZ0);
}

// %% slideshow={"slide_type":"skip"} exercise={"id":"4","role":"check"}
await sheet.check("4 · From weights to log p", draw => {
  const [K, count, logZ0] = [draw.integer(3, 7), draw.integer(2, 5), draw.number(300, 500)];
  const high = draw.number(800, 900); // e^high is too large for a number
  const logs = Array.from({ length: K }, () => high + draw.number(-3, 3));
  const energies = Array.from({ length: count }, () => -draw.number(1200, 1300));
  const by = (logRatio: number) => energies.map(F => -F - logZ0 - logRatio);
  const right = valueIn(tf.logSumExp(tf.tensor1d(logs))) - Math.log(K);
  const mistakes = {
    "e^(log w) is too large for a number: take out the largest.": by(Infinity),
    "That is the mean of the logarithms.": by(added(logs) / K),
    "Divide the sum of the weights by their number.": by(right + Math.log(K)),
    "That is the largest weight alone.": by(Math.max(...logs)),
    "The ratio is Z₁ / Z₀: log Z₀ is added to it.": by(right - 2 * logZ0),
    "log Z is subtracted, not added.": energies.map(F => -F + logZ0 + right),
  };
  const got = logProbabilities(energies, logs, logZ0);
  return { given: `${K} chains`, got, expected: by(right), tolerance: 1e-3, mistakes };
});

// %% [markdown] slideshow={"slide_type":"skip"}
// **5 ★★★ Predict, then run.** A machine has one hidden unit. Its weights are `w`, of any number and sign; $a_i = -w_i / 2$ and $b = -\sum_i
// w_i / 2$, so that both states of $h$ are equally probable. The chain goes $h \to v \to h' \to \dots$ Predict first: how does the time that
// it stays in one state grow with the weights? Then return the mean number of steps $h \to v \to h'$ up to and including the first one that
// changes $h$. The check computes it from all states of $v$.
//
// <details><summary>Hint</summary>With a chance $q$ of a change in each step it takes $1/q$ steps. Given $h = 1$, $v_i$ is on with
// probability $\sigma(w_i / 2)$. Then average $p(h' = 0 \mid v)$ over all $2^n$ states $v$, with their probabilities.</details>

// %% slideshow={"slide_type":"skip"} exercise={"id":"5","role":"starter"}
function stepsUntilChange(w: number[]): number {
  return exercise.todo(w);
}

// %% slideshow={"slide_type":"skip"} exercise={"id":"5","role":"check"}
await sheet.check("5 · Predict, then run", draw => {
  const n = draw.integer(2, 5);
  const w = draw.shuffled(draw.descending(n, -4, 4)).map(value => value + 0.5);
  const v = classical.rbm.binaryStates(0, 2 ** n, n).arraySync();
  // p(h = 0 | v)
  const off = v.map(row => logistic(-added(w.map((wi, i) => wi * (row[i] - 0.5)))));
  const onAt1 = w.map(wi => logistic(wi / 2)); // p(v_i = 1 | h = 1)
  const p = v.map(row => row.reduce((p, bit, i) => p * (bit ? onAt1[i] : 1 - onAt1[i]), 1));
  const change = added(off.map((value, i) => value * p[i]));
  const mistakes = {
    "The chance is of a change, not of staying.": 1 / (1 - change),
    "That is the chance of a change; the mean time is 1 over it.": change,
    "v is drawn: the mean of σ is not σ of the mean.":
      1 + Math.exp(added(w.map((wi, i) => wi * (onAt1[i] - 0.5)))),
    "Give each v its probability under h = 1.": v.length / added(off),
    "The step that changes h counts as well.": 1 / change - 1,
    "That counts half steps; h to v to h′ is one step.": 2 / change,
  };
  return { given: `w = [${w}]`, got: stepsUntilChange(w), expected: 1 / change, mistakes };
});

// %% slideshow={"slide_type":"skip"}
sheet;

// %% [markdown] slideshow={"slide_type":"slide"} notes="Return to the two questions of the first slide. What is the loss? The free energy of the data against that of samples. Is it an autoencoder? In its formula yes, in its loss no."
// ## To remember
//
// 1. An RBM is a distribution, $p(v, h) = e^{-E(v, h)} / Z$. It has two layers and no output; each layer is independent given the other.
// 2. The gradient of $\log p$ is *data minus model*. Backprop through $F(v) - F(\tilde v)$ gives it, with the samples $\tilde v$ held fixed.
// 3. CD-$k$ starts its chains at the data, and its bias depends on how the machine mixes: here it found the patterns and missed their shares.
//    PCD's chains go on, and need to be many or slow in learning.
// 4. $\log Z$ by annealing comes with an error bar; too few temperatures make $\log p$ look too good.
// 5. Up and down by probabilities is a tied autoencoder. The parameters are the same, the losses are not: one reconstructs better, the
//    other gives the data more probability.
//
// **So the slide's RBM learns without an output because it learns a distribution, and it reconstructs although nobody asked it to.** It is also
// the counter-example to "ANN's are by design supervised". Lesson 16 stacks RBMs and asks: can a second one make the first one better?
//
// **References.** Smolensky 1986, on harmony theory · Hinton 2002, *Training
// products of experts by minimizing contrastive divergence*, [doi:10.1162/089976602760128018](https://doi.org/10.1162/089976602760128018) ·
// Tieleman 2008, [doi:10.1145/1390156.1390290](https://doi.org/10.1145/1390156.1390290) · Neal 2001, *Annealed importance sampling*,
// [doi:10.1023/A:1008923215028](https://doi.org/10.1023/A:1008923215028) · Salakhutdinov and Murray 2008, *On the quantitative analysis
// of deep belief networks*, [doi:10.1145/1390156.1390266](https://doi.org/10.1145/1390156.1390266)

// %% [markdown] slideshow={"slide_type":"skip"}
// ## Appendix A · Chains that lag behind
//
// PCD once more, with 10 times fewer chains and a rate that does not fall. The chains no longer follow the machine that they are meant to
// sample: where they all stand together, the update pushes that place up in energy, they jump elsewhere, and $\log p$ swings by nats.

// %% slideshow={"slide_type":"skip"}
const few = newMachine();
const fewDraws = generator(12);
const fewChains = variableOf(fewDraws.bernoulli(tf.fill([28, 9], 0.5)));
const restless = compile((x: tf.Tensor2D) =>
  models.persistentStep(few, x, fewChains, { learningRate: 0.3, random: fewDraws }),
);
const swinging = await learn(few, () => restless(copies).dispose());
plot.curves(
  { "28 chains, fixed rate": swinging, "280 chains, falling rate": learned.PCD },
  {
    title: "Too few chains and too large a rate: PCD swings by nats",
    x: "step",
    y: "mean log p of the patterns (nats)",
    at: exactPath.map((_, i) => i * every),
  },
);

// %% slideshow={"slide_type":"skip"} tags=["check"]
const secondHalf = swinging.slice(25);
const swing = Math.max(...secondHalf) - Math.min(...secondHalf);
check(["swing in the second half", swing, { atLeast: 1, ...nats }]);

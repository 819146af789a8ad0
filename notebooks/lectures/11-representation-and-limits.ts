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

// %% [markdown] slideshow={"slide_type":"slide"} notes="Ask first: what would you have to see in a latent space to call it good? Collect three answers on the board; each of them becomes a number in this lesson."
// # Lesson 11 · Representation learning and the limits of autoencoders
//
// One slide of the lecture (Roman-Rangel, *AutoEncoders*, 2021) says that representation learning is the study ("analysis,
// design, interpretability, etc.") of what lies between the layers. Another says that an autoencoder's latent space is learned "with
// no other particular restriction, specially not on its shape", and lists four limits. **How do you measure what a code knows? And
// what is there where no image has its code?**
//
// After this lesson you can
//
// 1. measure what a code knows, by a linear probe and by neighbours, beside fair controls;
// 2. say which changes of a code the loss cannot see, and compare two codes in spite of them;
// 3. give each of the slide's four limits a number;
// 4. name unknown images that the reconstruction error does not notice.
//
// You need the deep autoencoder of lesson 07, PCA from lesson 04 and the ROC curve of lesson 02. One lecture of 45 minutes; one
// minute to run.

// %% slideshow={"slide_type":"skip"}
import { DataFrame } from "danfojs-node";
import {
  type Check,
  check,
  classical,
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

// %% [markdown] slideshow={"slide_type":"slide"} notes="Start the training, then explain the rivals. Say it now: the untrained network is the control that most papers forget."
// ## 1 · Two codes and three rivals
//
// The encoder $f$ has the layers 784-128-64-$k$ and the decoder $g$ mirrors them: $z = f(x)$ has $k = 2$ or $30$ numbers, $\hat x
// = g(z)$. Both are trained on 10,000 MNIST digits without labels. Errors are squared errors per image on 10,000 test digits. The
// rivals: the **pixels**, **PCA**, and the same network **untrained**.
//
// *Predict: PCA with two numbers leaves an error of 43.7. What does the autoencoder leave? Do the classes separate, although it
// never saw a label?*

// %% slideshow={"slide_type":"skip"}
const quick = engineRoute === "wasm"; // without native TensorFlow: fewer images, fewer epochs
const mnist = await data.mnist({ train: quick ? 2000 : 10_000, test: quick ? 1000 : 10_000 });
const x: tf.Tensor2D = mnist.train.images; // [10000, 784]
const test: tf.Tensor2D = mnist.test.images; // [10000, 784]
const [n, nTest] = [x.shape[0], test.shape[0]];
const courseImages = mnist.source === "original" && n === 10_000 && nTest === 10_000;

// %% slideshow={"slide_type":"skip"}
async function autoencoder(k: number, epochs: number, seed: number) {
  const model = models.deepAutoencoder({ sizes: [784, 128, 64, k], seed });
  await fit((x: tf.Tensor2D) => model.loss(x), x, {
    epochs,
    batchSize: 100,
    optimizer: tf.train.adam(0.003),
    learningRate: step => 0.003 * (1 - step / ((epochs * n) / 100)),
    seed,
  });
  return model;
}

// %% slideshow={"slide_type":"-"}
const plane = await autoencoder(2, 16, 11);
const deep = await autoencoder(30, 10, 11);

// %% slideshow={"slide_type":"skip"}
type Mapping = (x: tf.Tensor2D) => tf.Tensor2D;
const [pca2, pca30] = [classical.pca(x, 2), classical.pca(x, 30)];
const untrained = (k: number, seed: number): Mapping =>
  models.deepAutoencoder({ sizes: [784, 128, 64, k], seed }).encode;

// %% slideshow={"slide_type":"skip"}
const encoders: Record<string, Mapping> = {
  pixels: x => x,
  "PCA, 2": pca2.encode,
  "untrained, 2": untrained(2, 21),
  "autoencoder, 2": plane.encode,
  "PCA, 30": pca30.encode,
  "untrained, 30": untrained(30, 21),
  "autoencoder, 30": deep.encode,
};

// %% slideshow={"slide_type":"skip"}
const mean = (values: ArrayLike<number>) =>
  Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;
// Per image: summed over the pixels.
const errorsOf = (images: tf.Tensor2D, encode: Mapping, decode: Mapping) =>
  tf.tidy(() => {
    const output = decode(encode(images));
    return tf.sum(tf.squaredDifference(images, output), 1).dataSync() as Float32Array;
  });

// %% slideshow={"slide_type":"skip"}
const errors = {
  pca2: mean(errorsOf(test, pca2.encode, pca2.decode)),
  plane: mean(errorsOf(test, plane.encode, plane.decode)),
  pca30: mean(errorsOf(test, pca30.encode, pca30.decode)),
  deep: mean(errorsOf(test, deep.encode, deep.decode)),
};

// %% slideshow={"slide_type":"skip"}
const pick = (step: number): tf.Tensor1D => tf.range(0, nTest, step, "int32");
const some: tf.Tensor2D = tf.gather(test, pick(5)); // every fifth test digit, [2000, 784]
const few: tf.Tensor2D = tf.gather(test, pick(20)); // [500, 784]
const labelOf = (i: number) => mnist.test.labels[i];
const someLabels = Array.from(pick(5).dataSync(), labelOf);

// %% slideshow={"slide_type":"slide"} notes="Let them find two classes that overlap, and say why they do. Then ask where they would put the finger to get a new 7, and where to get a new image of any kind."
const numbers = [errors.plane, errors.pca2].map(error => error.toFixed(1));
plot.scatter(plane.encode(some), someLabels, {
  title: `Two numbers leave ${numbers[0]}, PCA's two leave ${numbers[1]}`,
  x: "z₁",
  y: "z₂",
  legend: "digit",
});

// %% [markdown]
// It leaves a quarter less than PCA. Some classes form rays and islands, others lie on top of each other. With 30 numbers the
// errors are about 11 and 14.

// %% slideshow={"slide_type":"skip"} tags=["check"]
const numpy = "NumPy, float64, these digits";
const onMnist: Check[] = [
  ["error, PCA-2", errors.pca2, { target: 43.72, tolerance: 0.05, source: numpy }],
  ["error, PCA-30", errors.pca30, { target: 13.971, tolerance: 0.01, source: numpy }],
  ["error, k = 2", errors.plane, { target: 33.5, tolerance: 1.5, source: "three seeds" }],
  ["error, k = 30", errors.deep, { target: 11.7, tolerance: 1, source: "three seeds" }],
];
if (!quick)
  check(
    ["k = 2 / PCA-2", errors.plane / errors.pca2, { atMost: 0.9, source: "nonlinear" }],
    ...(courseImages ? onMnist : []),
  );

// %% [markdown] slideshow={"slide_type":"slide"} notes="Write z and Az + c on the board and let them find the new weights. Then ask which of the two measures notices that the plane was stretched."
// ## 2 · What does a code know?
//
// A code cannot know more than its image. It can make a question *easy* to answer (Bengio, Courville and Vincent 2013). So ask
// by rules that are too simple to work out much by themselves:
//
// - a **linear probe** (Alain and Bengio 2016): softmax regression from $z$ to the label;
// - **neighbours** (Cover and Hart 1967): the most frequent label of the 15 nearest training codes.
//
// We say that a code has **structure** for a question if such a rule answers it. What do the rules not see? Let $z' = Az + c$ with
// an invertible $A$. Then $Wz + b = (W A^{-1})\, z' + (b - W A^{-1} c)$: every probe of $z$ is a probe of $z'$. **The best linear
// probe is blind to every invertible linear change.** Neighbours are blind to less. They stay if all distances grow by one factor,
// as with a rotation, a scale and a shift; a general $A$ changes who is near.
//
// *Predict: order pixels, PCA, untrained and trained network, for 2 and for 30 numbers.*

// %% slideshow={"slide_type":"skip"}
const oneHot: tf.Tensor2D = data.oneHot(mnist.train.labels, 10);
// A linear change, which lets training converge faster: each number to about the same size.
function evened(encode: Mapping): Mapping {
  const { mean, variance } = tf.moments(encode(x), 0);
  const size = tf.sqrt(tf.add(variance, tf.mul(tf.max(variance), 0.01)));
  return x => tf.div(tf.sub(encode(x), mean), size);
}

// %% slideshow={"slide_type":"skip"}
async function probeError(encode: Mapping): Promise<number> {
  const read = evened(encode);
  const z = read(x);
  const probe = models.mlp({ sizes: [z.shape[1], 10], seed: 11 });
  await fit((z: tf.Tensor2D, y: tf.Tensor2D) => probe.loss(z, y), [z, oneHot], {
    epochs: 12,
    batchSize: 250,
    optimizer: tf.train.adam(0.05),
    learningRate: step => 0.05 * (1 - step / ((12 * n) / 250)),
  });
  z.dispose();
  return tf.tidy(() => 100 * probe.errorRate(read(test), mnist.test.labels));
}

// %% slideshow={"slide_type":"skip"}
function mostFrequent(votes: number[]): number {
  const counts = new Array<number>(10).fill(0);
  for (const vote of votes) counts[vote]++;
  return counts.indexOf(Math.max(...counts));
}

// %% slideshow={"slide_type":"skip"}
// The 15 nearest training codes of every fifth test digit
const neighbours = (encode: Mapping) =>
  classical.nearestNeighbours(encode(some), encode(x), 15);
function neighbourError(indices: number[][]): number {
  const found = indices.map(row => mostFrequent(row.map(i => mnist.train.labels[i])));
  return 100 * mean(found.map((label, i) => Number(label !== someLabels[i])));
}

// %% slideshow={"slide_type":"skip"}
const names = Object.keys(encoders);
const byProbe: Record<string, number> = {};
for (const name of names) byProbe[name] = await probeError(encoders[name]);
const near = Object.fromEntries(names.map(name => [name, neighbours(encoders[name])]));
const byNeighbours = Object.fromEntries(
  names.map(name => [name, neighbourError(near[name].indices)]),
);

// %% slideshow={"slide_type":"slide"} notes="First the rows with 2 numbers: the autoencoder wins clearly. Then cover the title and let them guess the rows with 30. The lower reconstruction error belongs to the autoencoder, the better neighbours to PCA."
const knows = new DataFrame({
  code: names,
  "linear probe, wrong (%)": Object.values(byProbe),
  "15 neighbours, wrong (%)": Object.values(byNeighbours),
});
plot.table(knows, { title: "What two simple rules read from each code", decimals: 1 });

// %% [markdown]
// With two numbers the trained network is far ahead of PCA. **With 30 it is not:** its neighbours err more, although its
// reconstruction error is lower. Is that only the choice of axes? Distances between *reconstructions* do not depend on it
// (section 5): their neighbours err about as often, still more than PCA's. Even the long run of lesson 07 (error 2.88) is only
// level with PCA: 5.0 %. No probe clearly beats the pixels' own. A code that reconstructs better need not be better for your
// question; the loss knows nothing of labels.

// %% slideshow={"slide_type":"skip"}
const outputs: Mapping = x => deep.decode(deep.encode(x));
const byOutputs = neighbourError(neighbours(outputs).indices);

// %% slideshow={"slide_type":"skip"} tags=["check"]
const gained = byNeighbours["PCA, 2"] - byNeighbours["autoencoder, 2"];
const lost = byNeighbours["autoencoder, 30"] - byNeighbours["PCA, 30"];
const lostByOutputs = byOutputs - byNeighbours["PCA, 30"];
const learnt = byNeighbours["untrained, 30"] - byNeighbours["autoencoder, 30"];
const points = { unit: "points", source: "three seeds" };
if (courseImages)
  check(
    ["neighbours, 2: gain on PCA", gained, { atLeast: 9, ...points }],
    ["neighbours, 30: loss to PCA", lost, { atLeast: 0.5, ...points }],
    ["neighbours, outputs: loss to PCA", lostByOutputs, { atLeast: 0.3, ...points }],
    ["neighbours, 30: gain by training", learnt, { atLeast: 10, ...points }],
  );

// %% [markdown] slideshow={"slide_type":"slide"} notes="The bold sentence is the whole section. Ask: if the axes mean nothing to the loss, what would be a fair question?"
// ## 3 · Axes mean little, directions mean something
//
// *Predict: change one of the 30 numbers. Does one property of the digit change?*
//
// Put an invertible matrix between the halves: $z' = Az$, decoded by $g(A^{-1} z')$. The code layer is linear, so this is a
// network of the same sizes with the same output. **The loss cannot prefer one set of axes.** (What it takes to give axes a
// meaning: Locatello and others 2019.)
//
// A *direction* is a fair question. Take a property that needs no label, the **slant** $s$: how many pixels a digit moves to the
// right for each pixel upwards. Fit $\hat s = w^\top z + b$ by least squares. Which share $R^2$ of the variance of $s$ on test digits
// do the best axis and the best direction explain? As in section 2, the best direction is blind to $A$; an axis is not.

// %% slideshow={"slide_type":"skip"}
const row = tf.floorDiv(tf.range(0, 784), 28); // of each pixel, [784]
const col = tf.sub(tf.range(0, 784), tf.mul(row, 28));
const powers = [tf.onesLike(row), col, row, tf.mul(col, row), tf.square(row)];

// %% slideshow={"slide_type":"skip"}
// −Cov(column, row) / Var(row) under the ink
function slant(images: tf.Tensor2D): tf.Tensor2D {
  const [ink, ...sums] = tf.split(
    tf.matMul(images, tf.stack(powers, 1) as tf.Tensor2D),
    5,
    1,
  );
  const [c, r, cr, rr] = sums.map(sum => tf.div(sum, ink)); // means, [n, 1]
  return tf.div(tf.sub(tf.mul(c, r), cr), tf.sub(rr, tf.square(r))); // [n, 1]
}
const [slants, testSlants] = [slant(x), slant(test)];

// %% slideshow={"slide_type":"skip"}
const centred = (z: tf.Tensor2D): tf.Tensor2D => tf.sub(z, tf.mean(z, 0));
function leastSquares(z: tf.Tensor2D): tf.Tensor2D {
  const { values, vectors } = linalg.eigh(tf.matMul(centred(z), centred(z), true));
  const product: tf.Tensor2D = tf.matMul(centred(z), centred(slants), true); // Zᵀs, [k, 1]
  const turned = tf.div(tf.matMul(vectors, product, true), tf.expandDims(values, 1));
  return tf.matMul(vectors, turned as tf.Tensor2D); // w = (ZᵀZ)⁻¹ Zᵀs
}

// %% slideshow={"slide_type":"skip"}
// R² on the test digits of ŝ = wᵀz + b
function explained(z: tf.Tensor2D, zTest: tf.Tensor2D): number {
  const off: tf.Tensor2D = tf.sub(zTest, tf.mean(z, 0));
  const guess = tf.add(tf.matMul(off, leastSquares(z)), tf.mean(slants));
  const left = tf.mean(tf.squaredDifference(guess, testSlants));
  return 1 - left.div(tf.moments(testSlants).variance).dataSync()[0];
}

// %% slideshow={"slide_type":"skip"}
const random = generator(11);
const rotation = linalg.orthonormal(random.normal([30, 30]) as tf.Tensor2D);
const rotated: Mapping = x => tf.matMul(deep.encode(x), rotation);
const slanting = leastSquares(deep.encode(x)); // w, [30, 1]
const others = random.normal([30, 29]) as tf.Tensor2D;
const turn = linalg.orthonormal(tf.concat([slanting, others], 1)); // its first column is w / |w|
const turned: Mapping = x => tf.matMul(deep.encode(x), turn);

// %% slideshow={"slide_type":"skip"}
const column = (z: tf.Tensor2D, j: number): tf.Tensor2D => tf.slice(z, [0, j], [-1, 1]);
function slantOf(encode: Mapping) {
  const [z, zTest] = [encode(x), encode(test)];
  const axes = Array.from({ length: 30 }, (_, j) =>
    explained(column(z, j), column(zTest, j)),
  );
  return { axis: Math.max(...axes), direction: explained(z, zTest) };
}

// %% slideshow={"slide_type":"-"}
const readers = {
  "PCA, 30": pca30.encode,
  "untrained, 30": encoders["untrained, 30"],
  "autoencoder, 30": deep.encode,
  "the same, rotated": rotated,
  "the same, z₁ along w": turned,
};
const slantR2 = Object.entries(readers).map(([code, encode]) => {
  return tf.tidy(() => ({ code, ...slantOf(encode) }));
});

// %% slideshow={"slide_type":"-"}
plot.table(new DataFrame(slantR2), {
  title: "R² of the slant: one direction reads it, an axis only if it is turned that way",
  decimals: 3,
});

// %% [markdown]
// No: the best of the 30 axes explains less than half, and after the rotation that points $z_1$ along $w$ all that the best
// direction does. No output has changed. PCA's best direction explains as much; the untrained one does not.

// %% slideshow={"slide_type":"skip"}
// How far the code moves on average per unit of slant: Cov(z, s) / Var(s), [1, 30]
const spread = Math.sqrt(tf.moments(slants).variance.dataSync()[0]);
const together: tf.Tensor2D = tf.matMul(centred(slants), centred(deep.encode(x)), true);
const perSlant = tf.div(together, n * spread ** 2);

// %% slideshow={"slide_type":"skip"}
const firstAxis = tf.oneHot(tf.tensor1d([0], "int32"), 30); // [1, 30]
const leaned = (z: tf.Tensor2D, t: number): tf.Tensor2D =>
  tf.add(z, tf.mul(perSlant, t * spread));
const alongAxis = (z: tf.Tensor2D, t: number): tf.Tensor2D =>
  tf.add(z, tf.mul(firstAxis, 2 * t));

// %% slideshow={"slide_type":"skip"}
const starts = [2, 1, 4].map(digit => mnist.test.labels.indexOf(digit));
const turns = Array.from({ length: 11 }, (_, i) => (i - 5) * 0.6); // standard deviations
const walk = (i: number, move: typeof leaned) => {
  const start = deep.encode(test.slice([i, 0], [1, 784]));
  return turns.map(t => deep.decode(move(start, t)));
};

// %% slideshow={"slide_type":"slide"} notes="Read the upper rows from left to right: the digits lean over, and stay what they are. In the lower rows one of the thirty numbers changes: nothing in particular, or several things at once."
const walks = [...starts.map(i => walk(i, leaned)), ...starts.map(i => walk(i, alongAxis))];
plot.images(tf.concat(walks.flat()) as tf.Tensor2D, {
  title: "Along one direction digits lean; along an axis anything may happen",
  columns: 11,
  rows: ["slant", "", "", "z₁", "", ""],
});

// %% slideshow={"slide_type":"skip"}
const meanSlant = (t: number) => tf.mean(slant(deep.decode(leaned(deep.encode(some), t))));
const leaning = tf.sub(meanSlant(1), meanSlant(-1)).dataSync()[0] / (2 * spread);
const [ofPca, ofUntrained, ofDeep, ofRotated, ofTurned] = slantR2;

// %% slideshow={"slide_type":"skip"} tags=["check"]
const ofSlant: Check[] = [
  ["R², best axis", ofDeep.axis, { atMost: 0.6, source: "three seeds" }],
  ["R², best direction", ofDeep.direction, { atLeast: 0.8, source: "three seeds" }],
  ["R², untrained", ofUntrained.direction, { atMost: 0.7, source: "three seeds" }],
  ["R², PCA", ofPca.direction, { target: 0.851, tolerance: 0.01, source: "least squares" }],
  [
    "lean, of what was asked",
    leaning,
    { target: 0.6, tolerance: 0.15, source: "three seeds" },
  ],
];
const blind = { target: ofDeep.direction, tolerance: 0.002, source: "blind to A" } as const;
check(
  ["R², rotated", ofRotated.direction, blind],
  ["R², axis along w", ofTurned.axis, blind],
  ...(courseImages ? ofSlant : []),
);

// %% [markdown] slideshow={"slide_type":"slide"} notes="K is a table of who resembles whom. Two codes agree if their tables agree. Take the votes for the first three rows before you show the next slide."
// ## 4 · Do two seeds learn the same?
//
// Compare codes by what survives a rotation. For $N$ images with centred codes $Z \in \mathbb{R}^{N \times k}$, $K = ZZ^\top$ holds
// all scalar products. **CKA** (Kornblith, Norouzi, Lee and Hinton 2019) is the cosine between two such tables, as if each were one
// long vector. With $\langle ZZ^\top, YY^\top \rangle = \operatorname{tr}(ZZ^\top YY^\top) = \lVert Z^\top Y \rVert_F^2$,
//
// $$\operatorname{CKA}(Z, Y) = \frac{\lVert Z^\top Y \rVert_F^2}{\lVert Z^\top Z \rVert_F\, \lVert Y^\top Y \rVert_F} \in [0, 1] .$$
//
// A rotation $R$ leaves it: $ZRR^\top Z^\top = ZZ^\top$. A scale cancels, a shift is centred away. A shear changes it. Its blind
// spot: products are dominated by the directions of largest variance.
//
// *Predict CKA for a code and its rotation; for two seeds; for two untrained networks.*

// %% slideshow={"slide_type":"-"}
const second = await autoencoder(30, 10, 12); // another seed
const frobenius = (m: tf.Tensor2D) => tf.norm(m).dataSync()[0];
function cka(a: tf.Tensor2D, b: tf.Tensor2D): number {
  const [z, y] = [centred(a), centred(b)];
  const own = frobenius(tf.matMul(z, z, true)) * frobenius(tf.matMul(y, y, true));
  return frobenius(tf.matMul(z, y, true)) ** 2 / own;
}

// %% slideshow={"slide_type":"skip"}
const z = deep.encode(test); // [10000, 30]
const otherImages: tf.Tensor2D = tf.reverse(z, 0); // row i is the code of another image
const unlike = untrained(30, 22)(test);
const stretch: tf.Tensor2D = tf.concat([tf.fill([1, 1], 10), tf.ones([1, 29])], 1);
const similarity = {
  "its rotation, scaled and shifted": cka(z, tf.add(tf.mul(rotated(test), 3), 5)),
  "the other seed": cka(z, second.encode(test)),
  "PCA, 30": cka(z, pca30.encode(test)),
  "untrained, 30": cka(z, encoders["untrained, 30"](test)),
  "codes of other images": cka(z, otherImages),
  "itself, one axis stretched tenfold": cka(z, tf.mul(z, stretch)),
};

// %% slideshow={"slide_type":"skip"}
const common: tf.Tensor2D = tf.mul(centred(testSlants), 200); // one strong number, [10000, 1]
const withCommon = (z: tf.Tensor2D): tf.Tensor2D => tf.concat([z, common], 1);
const fooled = cka(withCommon(z), withCommon(otherImages));
const betweenUntrained = cka(encoders["untrained, 30"](test), unlike);

// %% slideshow={"slide_type":"slide"} notes="Row two against row three: the other seed is more similar than PCA is, but not by much. The last two rows are the two blind spots, one in each direction."
const similarities = new DataFrame({
  "CKA of": [
    ...Object.keys(similarity).map(name => `the trained code and ${name}`),
    "two untrained networks",
    "codes of other images, one strong number in common",
  ],
  is: [...Object.values(similarity), betweenUntrained, fooled],
});
plot.table(similarities, {
  title: "Two seeds agree most; the autoencoder and PCA agree in much as well",
  decimals: 3,
});

// %% [markdown]
// Exactly 1 for the rotation. Two seeds reach about 0.8, far more than untrained networks: training brings them together. But
// with PCA it is about 0.7. Two warnings: a stretch that no probe notices more than halves CKA here, and one strong common
// number makes unrelated codes look equal (more in Davari and others 2022).

// %% slideshow={"slide_type":"skip"}
const [rotatedCka, seeds, toPca, toUntrained, unrelated, stretched] =
  Object.values(similarity);
const ofSeeds: Check[] = [
  ["CKA, two seeds", seeds, { target: 0.78, tolerance: 0.1, source: "three pairs" }],
  ["CKA, PCA", toPca, { target: 0.74, tolerance: 0.12, source: "three seeds" }],
  ["CKA, untrained", toUntrained, { atMost: 0.6, source: "three seeds" }],
  ["CKA, two untrained", betweenUntrained, { atMost: 0.6, source: "three pairs" }],
  ["CKA, one axis stretched", stretched, { atMost: 0.75, source: "largest variance" }],
];

// %% slideshow={"slide_type":"skip"} tags=["check"]
check(
  ["CKA, rotated", rotatedCka, { target: 1, tolerance: 1e-4, source: "R Rᵀ = I" }],
  ["CKA, other images", unrelated, { atMost: 0.05, source: "unrelated rows" }],
  ["CKA, one number in common", fooled, { atLeast: 0.9, source: "largest variance" }],
  ...(courseImages ? ofSeeds : []),
);

// %% [markdown] slideshow={"slide_type":"slide"} notes="Now the second slide of the lecture, line by line. This first limit is a theorem, and its proof is one line: say it slowly."
// ## 5 · First limit: no special structure
//
// "No special structure" is exact as a statement about the loss. Let $T$ be *any* invertible map of the latent space, and put $f' = T
// \circ f$, $g' = g \circ T^{-1}$. Then
//
// $$g'(f'(x)) = g(T^{-1}(T(f(x)))) = g(f(x)) \quad \text{for every } x .$$
//
// Every output is the same, and so is every reconstruction loss: **the loss says nothing about where codes lie**, how dense they
// are, or who is near whom. The rays of section 1 come from the network and its training.
//
// *Predict: swirl the plane, each point by an angle that grows with its distance from the centre. What happens to the error, to the
// probe, to the neighbours?*

// %% slideshow={"slide_type":"-"}
const centre = tf.mean(plane.encode(x), 0, true); // [1, 2]
const extent = tf
  .mean(tf.norm(tf.sub(plane.encode(x), centre), "euclidean", 1))
  .dataSync()[0];

// %% slideshow={"slide_type":"skip"}
// Radii stay, so swirl(z, −turns) undoes it.
function swirl(z: tf.Tensor2D, turns: number): tf.Tensor2D {
  const off = tf.sub(z, centre);
  const angle = tf.mul(tf.norm(off, "euclidean", 1, true), (2 * Math.PI * turns) / extent);
  const [[a, b], [cos, sin]] = [tf.split(off, 2, 1), [tf.cos(angle), tf.sin(angle)]];
  const first = tf.sub(tf.mul(a, cos), tf.mul(b, sin));
  const second = tf.add(tf.mul(a, sin), tf.mul(b, cos));
  return tf.add(tf.concat([first, second], 1), centre);
}

// %% slideshow={"slide_type":"skip"}
const swirled: Mapping = x => swirl(plane.encode(x), 1);
const unswirled: Mapping = z => plane.decode(swirl(z, -1));
const before = [errors.plane, byProbe["autoencoder, 2"], byNeighbours["autoencoder, 2"]];
const after = [
  mean(errorsOf(test, swirled, unswirled)),
  await probeError(swirled),
  neighbourError(neighbours(swirled).indices),
];

// %% slideshow={"slide_type":"-"}
const rules = ["error", "probe, wrong (%)", "15 neighbours, wrong (%)"];
plot.table(new DataFrame({ plane: rules, "as trained": before, swirled: after }), {
  title: "The same outputs from another plane",
  decimals: 1,
});

// %% slideshow={"slide_type":"slide"} notes="Same network, same outputs, same loss. Go back to the first plane and compare. Ask: which of the two planes is the right one?"
plot.scatter(swirled(some), someLabels, {
  title: `Swirled: the error is ${after[0].toFixed(1)} as before, the plane another one`,
  x: "z′₁",
  y: "z′₂",
  legend: "digit",
});

// %% [markdown]
// The error does not move. The probe gets much worse, since straight lines do not cut spirals apart; neighbours suffer less,
// since a swirl carries near points along together.

// %% slideshow={"slide_type":"skip"} tags=["check"]
const sameError = { target: before[0], tolerance: "0.1 %", source: "T⁻¹ T = 1" } as const;
const worse = after[1] - before[1];
const swirledProbe: Check[] = [
  ["probe, swirled", worse, { atLeast: 25, unit: "points", source: "three seeds" }],
];
check(["error, swirled", after[0], sameError], ...(courseImages ? swirledProbe : []));

// %% [markdown] slideshow={"slide_type":"slide"} notes="Ask who believes that the decoder jumps somewhere. Draw a jump, then the composition of matrix, ReLU, matrix: it cannot. So what did the slide mean? Give them the three candidates."
// ## 6 · Second limit: "might be discontinuous"
//
// The word needs care: $f$ and $g$ are made of matrices, ReLUs and a logistic function, so **both are continuous everywhere**. What
// the slide can mean is measurable:
//
// - **tears:** near images have far codes. Take the training digit most similar to a test digit; is its code outside the nearest 1 %
//   of all training codes?
// - **folds:** near codes belong to different digits. Does the nearest training code show another one?
// - **gaps:** between the codes there are places where no code lies (section 7).
//
// And continuity has a price, in lesson 13 as well: if images of 1s and of 0s do not touch, $g$ *must* show something in between
// that is neither.
//
// *Predict: which code tears more, PCA's plane or the autoencoder's? What do 30 numbers change?*

// %% slideshow={"slide_type":"skip"}
const squaredDistances = (a: tf.Tensor2D, b: tf.Tensor2D): tf.Tensor2D => {
  const lengths = tf.add(tf.sum(tf.square(a), 1, true), tf.sum(tf.square(b), 1));
  return tf.sub(lengths, tf.mul(tf.matMul(a, b, false, true), 2)); // |a|² + |b|² − 2aᵀb
};
const twin = tf.tidy(() => tf.argMin(squaredDistances(few, x), 1)); // in pixels, [500]

// %% slideshow={"slide_type":"skip"}
function tears(encode: Mapping): number {
  return tf.tidy(() => {
    const apart = squaredDistances(encode(few), encode(x)); // [500, n]
    const mark = tf.oneHot(twin, n);
    const nearer = tf.less(apart, tf.sum(tf.mul(apart, mark), 1, true));
    const outside = tf.greater(tf.sum(tf.cast(nearer, "float32"), 1), n / 100);
    return 100 * tf.mean(tf.cast(outside, "float32")).dataSync()[0];
  });
}

// %% slideshow={"slide_type":"-"}
const planes = names.filter(name => name !== "pixels");
const torn = planes.map(name => tears(encoders[name]));
const folded = planes.map(name =>
  neighbourError(near[name].indices.map(row => row.slice(0, 1))),
);
const continuity = { code: planes, "tears (%)": torn, "folds (%)": folded };
plot.table(new DataFrame(continuity), {
  title: "Two numbers tear and fold, by PCA too; thirty hardly do",
  decimals: 1,
});

// %% [markdown]
// PCA's plane tears more, although a linear map is as smooth as a map can be: **what tears and folds here is the plane, not the
// autoencoder.** With 30 numbers PCA tears nothing, and the autoencoder little.
//
// ### On the way from one digit to another
//
// *Predict: blend two codes and decode, or blend the two reconstructions pixel by pixel. Which middle is nearer to a real digit?*
//
// Both paths have the same ends. Measure the squared distance to the nearest training digit, and the **confidence** of a classifier,
// its largest $p(y \mid x)$.

// %% slideshow={"slide_type":"skip"}
const classifier = models.mlp({ sizes: [784, 128, 10], seed: 11 });
await fit((x: tf.Tensor2D, y: tf.Tensor2D) => classifier.loss(x, y), [x, oneHot], {
  epochs: 6,
  batchSize: 100,
  optimizer: tf.train.adam(0.002),
});
const probabilities = (images: tf.Tensor2D): tf.Tensor2D =>
  tf.softmax(classifier.logits(images));
const confidence = (images: tf.Tensor2D) => mean(tf.max(probabilities(images), 1).dataSync());
const digitsOf = (images: tf.Tensor2D) =>
  Array.from(tf.argMax(probabilities(images), 1).dataSync());
const toDigits = (images: tf.Tensor2D) =>
  tf.tidy(() => tf.mean(tf.min(squaredDistances(images, x), 1)).dataSync()[0]);

// %% slideshow={"slide_type":"skip"}
const firsts = Array.from({ length: 200 }, (_, i) => i);
const partners = firsts.map(i => {
  const last = firsts.map(k => nTest - 1 - ((i + k) % 200)); // from the end of the file
  return last.find(j => labelOf(j) !== labelOf(i)) as number; // another digit
});
const ends = [firsts, partners].map(rows =>
  deep.encode(tf.gather(test, rows) as tf.Tensor2D),
);
const shownEnds = ends.map(deep.decode);
const endsOf = firsts.map(i => [labelOf(i), labelOf(partners[i])]); // the two digits

// %% slideshow={"slide_type":"skip"}
const blend = (a: tf.Tensor2D, b: tf.Tensor2D, t: number): tf.Tensor2D =>
  tf.add(tf.mul(a, 1 - t), tf.mul(b, t));
const ts = [0, 0.25, 0.5, 0.75, 1];
const paths = ts.map(t => {
  const byCode = deep.decode(blend(ends[0], ends[1], t));
  const byPixel = blend(shownEnds[0], shownEnds[1], t);
  const distance = [byCode, byPixel].map(toDigits);
  const third = 100 * mean(digitsOf(byCode).map((d, i) => Number(!endsOf[i].includes(d))));
  return { distance, confidence: [byCode, byPixel].map(confidence), third };
});

// %% slideshow={"slide_type":"slide"} notes="Let them say where each row stops being the first digit. The pixel blend shows both digits at once, like a double exposure; the code's path shows one shape at a time, and not always a digit."
const nine = Array.from({ length: 9 }, (_, i) => i / 8);
const strips = [0, 1, 5].flatMap(i => {
  const rowOf = (m: tf.Tensor2D): tf.Tensor2D => m.slice([i, 0], [1, -1]);
  const [z1, z2, image1, image2] = [...ends, ...shownEnds].map(rowOf);
  const byCode = nine.map(t => deep.decode(blend(z1, z2, t)));
  return [...byCode, ...nine.map(t => blend(image1, image2, t))];
});
plot.images(tf.concat(strips) as tf.Tensor2D, {
  title: "A blend of codes changes shape, a blend of pixels is a double exposure",
  columns: 9,
  rows: ["codes", "pixels", "codes", "pixels", "codes", "pixels"],
});

// %% slideshow={"slide_type":"slide"} notes="Two curves, same ends. In the middle the blend of codes is clearly nearer to real digits. Then say what the classifier says: it is as unsure on both, and takes a quarter of the middles for a third digit."
const curves = {
  "codes blended": paths.map(({ distance }) => distance[0]),
  "pixels blended": paths.map(({ distance }) => distance[1]),
};
plot.curves(curves, {
  title: "Half way, the blend of codes is nearer to real digits",
  x: "position on the way, t",
  y: "distance² to nearest digit",
  at: ts,
});

// %% [markdown]
// The blend of codes (Berthelot and others 2019 train for better ones), with as much ink $\lVert x \rVert^2$. Yet the classifier
// is as unsure in the middle of either path, and takes a quarter of the middles or more for a third digit: there is no jump, and
// there is a stretch that belongs to neither digit.

// %% slideshow={"slide_type":"skip"}
const middle = paths[2];
const detour = middle.distance[0] / middle.distance[1];
const doubt = middle.confidence[0] / paths[0].confidence[0];
const bothUnsure = middle.confidence[0] / middle.confidence[1];
const moreThird = middle.third - Math.max(paths[0].third, paths[4].third);
const tried = { source: "three seeds" };
const percent = { unit: "%", ...tried };

// %% slideshow={"slide_type":"skip"} tags=["check"]
if (courseImages)
  check(
    ["tears, PCA-2", torn[0], { atLeast: 50, ...percent }],
    ["tears, k = 2", torn[2], { atLeast: 35, ...percent }],
    ["tears, PCA-30", torn[3], { atMost: 1, ...percent }],
    ["tears, k = 30", torn[5], { atMost: 8, ...percent }],
    ["folds, k = 2", folded[2], { atLeast: 35, ...percent }],
    ["folds, k = 30", folded[5], { atMost: 9, ...percent }],
    ["half way, codes / pixels", detour, { atMost: 0.92, ...tried }],
    ["confidence, half way / ends", doubt, { atMost: 0.9, ...tried }],
    ["confidence, codes / pixels", bothUnsure, { target: 1, tolerance: 0.08, ...tried }],
    ["a third digit, half way − ends", moreThird, { atLeast: 8, ...points }],
  );

// %% [markdown] slideshow={"slide_type":"slide"} notes="Define the hole before you show it. The 1 percent is a convention, like a significance level; ask what would change with 5 percent."
// ## 7 · Third limit: samples from the unknown space
//
// To make a new image, draw a code and decode it. From where? Let $r$ be the distance within which 99 % of the *test* codes find
// a training code. **A code is in a hole if no training code lies within $r$.** Four samplers: the *box* from the smallest to the
// largest training code, uniform; the *Gaussian* with their mean and covariance; the *standard* one, $\mathcal{N}(0, I)$; and
// *jitter*, a training code moved a little.
//
// *Predict the share in holes, for 2 and for 30 numbers. Is PCA's code better?*

// %% slideshow={"slide_type":"skip"}
const toCodes = (z: tf.Tensor2D, among: tf.Tensor2D) =>
  classical.nearestNeighbours(z, among, 1).distances.map(([d]) => d);
function reach(code: string) {
  const sorted = near[code].distances.map(([d]) => d).sort((a, b) => a - b);
  const quantile = (q: number) => sorted[Math.ceil(q * sorted.length) - 1];
  return { r: quantile(0.99), typical: quantile(0.5) };
}

// %% slideshow={"slide_type":"skip"}
const normal = (k: number) => random.normal([500, k]) as tf.Tensor2D;
function box(z: tf.Tensor2D): tf.Tensor2D {
  const [low, high] = [tf.min(z, 0), tf.max(z, 0)];
  return tf.add(low, tf.mul(random.uniform([500, z.shape[1]]), tf.sub(high, low)));
}
function gaussian(z: tf.Tensor2D): tf.Tensor2D {
  const { values, vectors } = linalg.eigh(tf.matMul(centred(z), centred(z), true).div(n));
  const likeCodes = tf.mul(normal(z.shape[1]), tf.sqrt(values));
  return tf.add(tf.matMul(likeCodes as tf.Tensor2D, vectors, false, true), tf.mean(z, 0));
}

// %% slideshow={"slide_type":"skip"}
function jitter(z: tf.Tensor2D, typical: number): tf.Tensor2D {
  const rows = tf.cast(tf.floor(tf.mul(random.uniform([500]), n)), "int32") as tf.Tensor1D;
  const little = tf.mul(normal(z.shape[1]), typical / Math.sqrt(z.shape[1]));
  return tf.add(tf.gather(z, rows), little);
}

// %% slideshow={"slide_type":"-"}
const drawn = ["PCA, 2", "autoencoder, 2", "PCA, 30", "autoencoder, 30"].map(code => {
  const [z, { r, typical }] = [encoders[code](x), reach(code)];
  const standard = normal(z.shape[1]);
  const samples = {
    box: box(z),
    gaussian: gaussian(z),
    standard,
    jitter: jitter(z, typical),
  };
  return { code, z, r, samples };
});

// %% slideshow={"slide_type":"skip"}
const holes = drawn.map(({ code, z, r, samples }) => {
  const share = (codes: tf.Tensor2D) => 100 * mean(toCodes(codes, z).map(d => Number(d > r)));
  return {
    code,
    box: share(samples.box),
    Gaussian: share(samples.gaussian),
    standard: share(samples.standard),
    jitter: share(samples.jitter),
  };
});

// %% slideshow={"slide_type":"-"}
plot.table(new DataFrame(holes), {
  title: "Share of drawn codes in holes (%)",
  decimals: 1,
});

// %% slideshow={"slide_type":"skip"}
const planeCodes = drawn[1].z;
const r = drawn[1].r;
const [lowest, highest] = [tf.min(planeCodes, 0), tf.max(planeCodes, 0)].map(t =>
  t.dataSync(),
);
function along(axis: number, count: number): number[] {
  const step = (highest[axis] - lowest[axis]) / count;
  return Array.from({ length: count }, (_, i) => lowest[axis] + (i + 0.5) * step);
}

// %% slideshow={"slide_type":"skip"}
const lattice = (count: number): tf.Tensor2D =>
  tf.tensor2d(along(1, count).flatMap(z2 => along(0, count).map(z1 => [z1, z2])));
const beyond = (d: number) => Math.min(2, Math.max(0, d / r - 1)); // in units of r
const sea = toCodes(lattice(45), planeCodes).map(beyond);

// %% slideshow={"slide_type":"slide"} notes="White is land: a training code lies within r. Lilac is sea, the darker the farther. Ask: is the sea round the land or in it? Mostly round it; the box is simply too large. Then ask for a straight line between two codes that crosses water. There are some."
plot.contours(tf.tensor2d(sea, [45, 45]), {
  title: "The plane: here most holes lie around the codes, some between them",
  x: "z₁",
  y: "z₂",
  z: "(distance to a code − r) / r, cut at 2",
  columns: along(0, 45),
  rows: along(1, 45),
  points: plane.encode(few),
  labels: Array.from(pick(20).dataSync(), labelOf),
});

// %% slideshow={"slide_type":"slide"} notes="This is the same rectangle, decoded. Walk along the edge first: clean digits of a few kinds, and no code was ever there. Then look between two kinds."
const rows16 = tf.reshape(plane.decode(lattice(16)), [16, 16 * 784]); // row 0 is the lowest
plot.images(tf.reshape(tf.reverse(rows16, 0), [256, 784]), {
  title: "The same rectangle, decoded: there is an image everywhere",
  columns: 16,
});

// %% slideshow={"slide_type":"slide"} notes="The same rectangle once more, in their hands. Ask them to find a place between two classes that shows neither, and a place outside of all codes that shows a clean digit."
explore.plane(plane, {
  codes: plane.encode(some),
  labels: someLabels,
  images: some.slice([0, 0], [60, 784]),
  extent: [lowest[0], highest[0], lowest[1], highest[1]],
  precision: "int8",
});

// %% [markdown]
// About half of the box is empty in the plane (in this run mostly around the codes), and all of it in 30 dimensions. A Gaussian
// with the right mean and covariance still falls into holes. **So it does with PCA's codes:** holes alone do not tell an
// autoencoder from PCA. $\mathcal{N}(0, I)$ finds few in the plane, because it stays in the middle and misses most codes
// (exercise 2). Only jitter stays on land, and it repeats what it has seen.
//
// And section 6? With 30 numbers *none* of the middles is in a hole: a code can have near neighbours and still decode to no
// digit.

// %% slideshow={"slide_type":"skip"} tags=["check"]
const [ofPlane2, inPlane, , inDeep] = holes;
const middles = blend(ends[0], ends[1], 0.5); // of section 6, k = 30
const inHoles = 100 * mean(toCodes(middles, drawn[3].z).map(d => Number(d > drawn[3].r)));
const ofHoles: Check[] = [
  ["box, PCA-2", ofPlane2.box, { atLeast: 25, ...percent }],
  ["box, k = 2", inPlane.box, { atLeast: 25, ...percent }],
  ["Gaussian, k = 2", inPlane.Gaussian, { atLeast: 6, ...percent }],
  ["box, k = 30", inDeep.box, { atLeast: 99, ...percent }],
  ["Gaussian, k = 30", inDeep.Gaussian, { atLeast: 20, ...percent }],
  ["middles of blends, k = 30", inHoles, { atMost: 3, ...percent }],
];
const onLand = { atMost: 3, unit: "%", source: "near a training code" };
check(["jitter, k = 2", inPlane.jitter, onLand], ...(courseImages ? ofHoles : []));

// %% [markdown] slideshow={"slide_type":"slide"} notes="Before the table: what would you measure to call an image noise? Somebody will say confidence. Promise them a surprise in the last row."
// ## 8 · Fourth limit: "decoding unknown samples might lead to noise"
//
// *Predict: decode codes of the box. Is the classifier less sure than on reconstructions? Do the images look like noise?*
//
// Measure the confidence, the squared distance to the nearest training digit, the ink $\lVert x \rVert^2$, the correlation of
// pixels side by side (0 for noise), and the share of the digit that is named most often. Why the ink? With little of it the
// distance is small: **blank paper is nearer to a training digit (14.8) than test digits are (24.0).** The last row is real
// noise: independent uniform pixels.

// %% slideshow={"slide_type":"skip"}
function beside(images: tf.Tensor2D): number {
  const square = tf.reshape(images, [-1, 28, 28]);
  const shifted = [0, 1].map(i => tf.reshape(square.slice([0, 0, i], [-1, 28, 27]), [-1, 1]));
  const [a, b] = shifted.map(pixels => centred(pixels as tf.Tensor2D));
  return tf.sum(tf.mul(a, b)).dataSync()[0] / (frobenius(a) * frobenius(b)); // correlation
}
function commonest(images: tf.Tensor2D): number {
  const digits = digitsOf(images);
  const most = mostFrequent(digits);
  return 100 * mean(digits.map(digit => Number(digit === most)));
}

// %% slideshow={"slide_type":"skip"}
const looksOf = (images: string, pixels: tf.Tensor2D) => ({
  images,
  confidence: confidence(pixels),
  "distance² to digits": toDigits(pixels),
  ink: tf.mean(tf.sum(tf.square(pixels), 1)).dataSync()[0],
  "pixels side by side": beside(pixels),
  "commonest digit (%)": commonest(pixels),
});

// %% slideshow={"slide_type":"-"}
const [two, thirty] = [drawn[1].samples, drawn[3].samples];
const looks = [
  looksOf("test digits", few),
  looksOf("reconstructed, k = 2", plane.decode(plane.encode(few))),
  looksOf("box, k = 2", plane.decode(two.box)),
  looksOf("reconstructed, k = 30", deep.decode(deep.encode(few))),
  looksOf("jitter, k = 30", deep.decode(thirty.jitter)),
  looksOf("Gaussian, k = 30", deep.decode(thirty.gaussian)),
  looksOf("box, k = 30", deep.decode(thirty.box)),
  looksOf("noise", random.uniform([500, 784]) as tf.Tensor2D),
];

// %% slideshow={"slide_type":"-"}
plot.table(new DataFrame(looks), { title: "What comes out where no code was", decimals: 2 });

// %% slideshow={"slide_type":"slide"} notes="Move from reconstructions to the box. Ask at each step for a word for what they see: blurred, odd, scribbles. Nobody says noise."
const twelve = (z: tf.Tensor2D): tf.Tensor2D => z.slice([0, 0], [12, -1]);
const byWay = (["jitter", "gaussian", "box"] as const).map(name => {
  const both = [plane.decode(twelve(two[name])), deep.decode(twelve(thirty[name]))];
  const title = `Codes drawn (${name}): strokes, not noise; digits, not always`;
  const rows = ["k = 2", "k = 30"];
  return [name, plot.images(tf.concat(both) as tf.Tensor2D, { title, columns: 12, rows })];
});
plot.slider(Object.fromEntries(byWay), { label: "codes:", start: "box" });

// %% [markdown]
// With 30 numbers it is less sure, and with as much ink the images are twice as far from all digits. But they are not noise:
// pixels side by side agree as they do in digits. They are **strokes that form no digit**. With 2 numbers neither holds: codes
// of the box decode to images *nearer* to digits than reconstructions are. What they lack is variety: two in five are named the
// same digit.
//
// And the last row: the classifier is sure about real noise (six seeds: 0.80 to 0.92). **Confidence
// does not show that an image is a digit** (Nguyen, Yosinski and Clune 2015).

// %% slideshow={"slide_type":"skip"}
const [, seen2, box2, seen30, , , box30, static30] = looks;
const [away, side] = ["distance² to digits", "pixels side by side"] as const;
const blankPaper = toDigits(tf.zeros([1, 784])) / looks[0][away];
const shy = box30.confidence / seen30.confidence;

// %% slideshow={"slide_type":"skip"}
const ofLooks: Check[] = [
  ["confidence, box / rec., 30", shy, { atMost: 0.92, ...tried }],
  ["distance², box / rec., 30", box30[away] / seen30[away], { atLeast: 1.6, ...tried }],
  ["ink, box / rec., 30", box30.ink / seen30.ink, { target: 1.08, tolerance: 0.2, ...tried }],
  [
    "distance², blank / test digits",
    blankPaper,
    { target: 0.617, tolerance: 0.03, ...tried },
  ],
  ["side by side, box, 30", box30[side], { atLeast: 0.7, ...tried }],
  ["distance², box / rec., 2", box2[away] / seen2[away], { atMost: 0.9, ...tried }],
  ["commonest, box, 2", box2["commonest digit (%)"], { atLeast: 25, ...percent }],
  ["confidence, noise", static30.confidence, { atLeast: 0.5, ...tried }],
];

// %% slideshow={"slide_type":"skip"} tags=["check"]
const independent = { target: 0, tolerance: 0.02, source: "independent pixels" } as const;
check(["side by side, noise", static30[side], independent], ...(courseImages ? ofLooks : []));

// %% [markdown] slideshow={"slide_type":"slide"} notes="Take a vote for each kind before the table: noticed or not? Write the votes down. With 30 numbers two of them are never noticed, and they are the simplest images of all."
// ## 9 · The other direction: an unknown image comes in
//
// A large reconstruction error is used to detect images unlike the training images (lesson 02). AUROC is the probability that an
// unknown image has a larger error than a test digit: 1 is perfect, 0.5 a coin, 0 always wrong.
//
// *Predict, for 30 numbers: which of these is never noticed? Inverted digits, shuffled pixels, clothes, upside-down digits, thin
// strokes, half the ink, one dark pixel, blank paper.*

// %% slideshow={"slide_type":"skip"}
async function clothes(): Promise<tf.Tensor2D | undefined> {
  try {
    const { test } = await data.fashionMnist({ train: 0, test: quick ? 200 : 500 });
    return test.images;
  } catch (error) {
    if (error instanceof data.DataAbsent) return undefined; // without network: one row fewer
    throw error;
  }
}
const fashion = await clothes();

// %% slideshow={"slide_type":"skip"}
const pictures = tf.reshape(few, [-1, 28, 28, 1]) as tf.Tensor4D;
const flat = (images: tf.Tensor): tf.Tensor2D => tf.reshape(images, [-1, 784]);
const order = tf.topk(random.uniform([784]), 784).indices as tf.Tensor1D;
const pixel = tf.cast(tf.oneHot(tf.tensor1d([406], "int32"), 784), "float32") as tf.Tensor2D;
const thinned = tf.neg(tf.maxPool(tf.neg(pictures), 2, 1, "same"));

// %% slideshow={"slide_type":"skip"}
const unknown: Record<string, tf.Tensor2D> = {
  inverted: tf.sub(1, few),
  "shuffled pixels": tf.gather(few, order, 1),
  ...(fashion && { clothes: fashion }),
  "upside down": flat(tf.reverse(pictures, 1)),
  "thin strokes": flat(thinned),
  "half the ink": tf.div(few, 2),
  "one dark pixel": tf.tile(pixel, [few.shape[0], 1]),
  blank: tf.zerosLike(few),
};

// %% slideshow={"slide_type":"-"}
function noticed(encode: Mapping, decode: Mapping): number[] {
  const normal = errorsOf(few, encode, decode);
  return Object.values(unknown).map(images => {
    const strange = errorsOf(images, encode, decode);
    const isStrange = [...normal].map(() => false).concat([...strange].map(() => true));
    return classical.auroc([...normal, ...strange], isStrange);
  });
}

// %% slideshow={"slide_type":"-"}
const detectors = {
  "AUROC, PCA, 30": noticed(pca30.encode, pca30.decode),
  "AUROC, k = 30": noticed(deep.encode, deep.decode),
  "AUROC, k = 2": noticed(plane.encode, plane.decode),
};
plot.table(new DataFrame({ unknown: Object.keys(unknown), ...detectors }), {
  title: "With 30 numbers the simplest images are reconstructed best, known or not",
  decimals: 3,
});

// %% slideshow={"slide_type":"slide"} notes="Go from left to right: nothing like the input, nothing like the input … and then perfect copies of images that are no digits. Ask for a second test that would catch the blank page."
const examples = Object.values(unknown).map(images => images.slice([3, 0], [1, 784]));
const inputs = tf.concat(examples) as tf.Tensor2D;
const three = [inputs, deep.decode(deep.encode(inputs)), plane.decode(plane.encode(inputs))];
plot.images(tf.concat(three) as tf.Tensor2D, {
  title: "Unknown images, in the order of the table, and what comes back",
  columns: examples.length,
  rows: ["input", "k = 30", "k = 2"],
});

// %% [markdown]
// Blank paper and the single pixel: with 30 numbers their errors are smaller than those of digits (with 2 the error notices them
// no better than a coin). The error measures how hard an image is to reconstruct, and simple images are easy, known or not.
// Density models have the same trouble: Nalisnick and others (2019) find unknown images with a higher likelihood than the
// training data.

// %% slideshow={"slide_type":"skip"}
const auroc = (kind: string) =>
  detectors["AUROC, k = 30"][Object.keys(unknown).indexOf(kind)];
const seeds5 = { source: "three seeds" };
const ofUnknown: Check[] = [
  ["shuffled", auroc("shuffled pixels"), { atLeast: 0.98, ...seeds5 }],
  ["upside down", auroc("upside down"), { target: 0.83, tolerance: 0.08, ...seeds5 }],
  ["thin strokes", auroc("thin strokes"), { atMost: 0.65, ...seeds5 }],
  ["half the ink", auroc("half the ink"), { atMost: 0.35, ...seeds5 }],
  ["one dark pixel", auroc("one dark pixel"), { atMost: 0.1, ...seeds5 }],
  ["blank", auroc("blank"), { atMost: 0.02, ...seeds5 }],
];
if (courseImages && fashion)
  ofUnknown.push(["clothes", auroc("clothes"), { atLeast: 0.95, ...seeds5 }]);

// %% slideshow={"slide_type":"skip"} tags=["check"]
const inverted = { atLeast: 0.98, ...seeds5 };
check(["inverted", auroc("inverted"), inverted], ...(courseImages ? ofUnknown : []));

// %% [markdown] slideshow={"slide_type":"slide"} notes="Jitter nearly solved it, which is the hint: the decoder is good wherever codes are. What is missing is a name for where they are. Write the integral and leave it on the board for the next lesson."
// ## 10 · What is missing
//
// The decoder is good where codes are: jitter decodes to images as near to digits as reconstructions. But where is that? One can
// fit a density to the codes afterwards (Ghosh and others 2020), or choose the density $p(z)$ first, the **prior**, and train so
// that codes fill it. Then an image has a probability:
//
// $$p(x) = \int p(x \mid z)\, p(z)\, dz .$$
//
// **Which $p(z)$, and how can one train with an integral that nobody can compute?** That is lesson 12.
//
// **Ours against published.** On the pixels of all 60,000 digits LeCun and others (1998) have 12.0 % for a linear classifier and
// 5.0 % for neighbours. Ours see 10,000: 10.4 % and 7.2 % (15 neighbours, every fifth test digit).

// %% [markdown] slideshow={"slide_type":"slide"} notes="Exercises 1 and 4 in class, the others at home. Take a vote on number 4 before anybody runs it."
// ## Exercises
//
// Replace `exercise.todo(…)` and run the check below it. Each check draws new questions of new sizes, so nothing can be copied.

// %% slideshow={"slide_type":"skip"} exercise={"role":"sheet"}
const sheet = exercise.sheet("Exercises of lesson 11");
const meanOf = (list: number[]) => list.reduce((a, b) => a + b, 0) / list.length;
const varianceOf = (list: number[]) => meanOf(list.map(v => v * v)) - meanOf(list) ** 2;
const missed = (a: number[], b: number[]) => meanOf(a.map((v, i) => (v - b[i]) ** 2));
const withOnes = (z: tf.Tensor2D): tf.Tensor2D => tf.concat([z, tf.ones([z.shape[0], 1])], 1);
function fitted(z: tf.Tensor2D, y: number[], at: tf.Tensor2D): number[] {
  const { u, s, v } = linalg.svd(z); // least squares without an intercept, read at other rows
  const right = tf.matMul(u, tf.tensor2d(y, [y.length, 1]), true);
  return Array.from(tf.matMul(at, tf.matMul(v.div(s), right)).dataSync());
}
const apart = (a: tf.Tensor2D, b: tf.Tensor2D) =>
  a.expandDims(1).sub(b).norm("euclidean", 2).arraySync() as number[][];
const nearest = (a: tf.Tensor2D, b: tf.Tensor2D) => apart(a, b).map(row => Math.min(...row));
function measured(z: tf.Tensor2D): number[][] {
  const [table, ones] = [apart(z, z), withOnes(z)];
  const probe = fitted(ones, [...table.keys()].map(Math.sin), ones);
  const second = table.map(row => row.indexOf([...row].sort((a, b) => a - b)[1]));
  const largest = Math.max(...table.flat());
  return [probe, second, table.flat().map(d => d / largest)]; // CKA: one factor for all
}

// %% [markdown] slideshow={"slide_type":"skip"}
// **1 ★ A probe for a number.** Fit $\hat y = w^\top z + b$ by least squares to `codes` $[N, k]$ and their `values`. Return $R^2$
// on the new codes: 1 minus the mean squared error of $\hat y$, divided by the variance of the new values.
//
// <details><summary>Hint</summary>A column of ones makes $b$ one more weight. <code>linalg.svd</code> gives the
// pseudo-inverse.</details>

// %% slideshow={"slide_type":"skip"} exercise={"id":"1","role":"starter"}
interface Probed {
  codes: tf.Tensor2D; // [N, k]
  values: number[]; // N
}

function readable(training: Probed, fresh: Probed): number {
  return exercise.todo(training, fresh);
}

// %% slideshow={"slide_type":"skip"} exercise={"id":"1","role":"check"}
await sheet.check("1 · A probe for a number", draw => {
  const [k, weights] = [draw.integer(2, 4), draw.normal(4, 1).add(1)];
  const make = (n: number): Probed => {
    const codes: tf.Tensor2D = draw.normal(n, k).add(1);
    const exact = codes.dot(weights.slice([0, 0], [k, 1])).add(3);
    return { codes, values: Array.from(exact.add(draw.normal(n, 1)).dataSync()) };
  };
  const [training, fresh] = [make(draw.integer(20, 30)), make(draw.integer(8, 14))];
  const [z, y, to] = [withOnes(training.codes), training.values, fresh.values];
  const left = missed(fitted(z, y, withOnes(fresh.codes)), to);
  const bare = missed(fitted(training.codes, y, fresh.codes), to);
  const mistakes = {
    "The line needs an intercept b.": 1 - bare / varianceOf(to),
    "Measure on the new codes.": 1 - missed(fitted(z, y, z), y) / varianceOf(y),
    "That is the share that is left: R² is 1 minus it.": left / varianceOf(to),
    "Divide by the variance of the new values.": 1 - left / varianceOf(y),
  };
  const [given, expected] = [`${y.length} codes of ${k}`, 1 - left / varianceOf(to)];
  return { given, got: readable(training, fresh), expected, mistakes };
});

// %% [markdown] slideshow={"slide_type":"skip"}
// **2 ★★ Two ways to fail.** Return `[holes, missed]`: the share
// of `drawn` codes that are farther than `radius` from every real code, and the share of `real` codes that are farther than `radius`
// from every drawn one.
//
// <details><summary>Hint</summary>Section 7 counts the first.</details>

// %% slideshow={"slide_type":"skip"} exercise={"id":"2","role":"starter"}
function failures(real: tf.Tensor2D, drawn: tf.Tensor2D, radius: number): number[] {
  return exercise.todo(real, drawn, radius); // [holes, missed]
}

// %% slideshow={"slide_type":"skip"} exercise={"id":"2","role":"check"}
await sheet.check("2 · Two ways to fail", draw => {
  const [k, n, m] = [draw.integer(1, 3), draw.integer(7, 12), draw.integer(13, 19)];
  const [real, drawn] = [draw.normal(n, k), draw.normal(m, k).mul(1.6) as tf.Tensor2D];
  const gaps = [nearest(drawn, real), nearest(real, drawn)];
  const sorted = [...gaps[1]].sort((a, b) => a - b); // the radius lies between two of them
  const radius = (sorted[n - 3] + sorted[n - 2]) / 2;
  const share = (list: number[]) => meanOf(list.map(d => Number(d > radius)));
  const [holes, unseen] = gaps.map(share);
  const tables = [apart(drawn, real), apart(real, drawn)];
  const farthest = tables.map(table => table.map(row => Math.max(...row)));
  const mistakes = {
    "Holes first, then what is missed.": [unseen, holes],
    "Far from every code: take the nearest.": farthest.map(share),
    "Those are the shares within the radius.": [1 - holes, 1 - unseen],
    "Those are counts: return shares.": [holes * m, unseen * n],
    "The second one asks in the other direction.": [holes, holes],
  };
  const [given, expected] = [`${n} real and ${m} drawn codes`, [holes, unseen]];
  return { given, got: failures(real, drawn, radius), expected, mistakes };
});

// %% [markdown] slideshow={"slide_type":"skip"}
// **3 ★★ Along the path.** Walk in `steps` equal steps on the straight line from the code of `a` to the code of `b`, both ends
// included. Return for each of the `steps + 1` codes the Euclidean distance from its decoded image to the nearest of the
// `examples`. Images are rows; `a` and `b` are $[1, d]$.
//
// <details><summary>Hint</summary>Section 6: blend the codes, decode, and compare images with images.</details>

// %% slideshow={"slide_type":"skip"} exercise={"id":"3","role":"starter"}
interface Coder {
  encode(x: tf.Tensor2D): tf.Tensor2D;
  decode(z: tf.Tensor2D): tf.Tensor2D;
}
interface Ends {
  a: tf.Tensor2D; // [1, d]
  b: tf.Tensor2D; // [1, d]
}

function alongPath(coder: Coder, ends: Ends, steps: number, examples: tf.Tensor2D): number[] {
  return exercise.todo(coder, ends, steps, examples);
}

// %% slideshow={"slide_type":"skip"} exercise={"role":"sheet"}
function drawCoder(draw: exercise.Draw, d: number, k: number) {
  const [down, up] = [draw.normal(d, k), draw.normal(k, d)];
  const encode = (x: tf.Tensor2D): tf.Tensor2D => tf.tanh(tf.matMul<tf.Tensor2D>(x, down));
  const decode = (z: tf.Tensor2D): tf.Tensor2D => tf.sin(tf.matMul<tf.Tensor2D>(z, up));
  return { encode, decode };
}

// %% slideshow={"slide_type":"skip"} exercise={"id":"3","role":"check"}
await sheet.check("3 · Along the path", draw => {
  const [d, k, n, steps] = [5, 2, 8, 7].map(most => draw.integer(Math.ceil(most / 2), most));
  const { encode, decode } = drawCoder(draw, d, k);
  const [a, b] = [draw.normal(1, d), draw.normal(1, d)];
  const t = tf.linspace(0, 1, steps + 1).expandDims(1); // [steps + 1, 1]
  const path = (a: tf.Tensor2D, b: tf.Tensor2D): tf.Tensor2D => a.add(t.mul(b.sub(a)));
  const again = (x: tf.Tensor2D) => decode(encode(x));
  const beside = [a, b].map(end => again(tf.add(end, 0.1))); // one near each end
  const examples: tf.Tensor2D = tf.concat([draw.normal(n, d), ...beside]);
  const expected = nearest(decode(path(encode(a), encode(b))), examples);
  const mistakes = {
    "Blend codes, not pixels.": nearest(path(a, b), examples),
    "Blend codes, not decoded images.": nearest(path(again(a), again(b)), examples),
    "Encode first, then blend.": nearest(again(path(a, b)), examples),
    "Compare images, not codes.": nearest(path(encode(a), encode(b)), encode(examples)),
    "Begin at a: t is the share of b.": [...expected].reverse(),
  };
  const got = alongPath({ encode, decode }, { a, b }, steps, examples);
  return { given: `${steps} steps, ${n} examples`, got, expected, mistakes };
});

// %% [markdown] slideshow={"slide_type":"skip"}
// **4 ★★ Predict, then run.** Codes are changed: `rotated`, `shifted`, `scaled` (all numbers by one factor), `sheared` (by an
// invertible matrix), `bent` (tanh of each number). Which measures stay as they were? Return 1 for each change that leaves the
// measure as it was, else 0: $R^2$ of a probe as in exercise 1, refitted; who is whose nearest neighbour; CKA of the codes before
// with the codes after (as it was means 1). The check runs all of it.
//
// <details><summary>Hint</summary>Sections 2 and 4: a probe learns new weights, neighbours compare distances, CKA compares
// products.</details>

// %% slideshow={"slide_type":"skip"} exercise={"id":"4","role":"starter"}
type Change = "rotated" | "shifted" | "scaled" | "sheared" | "bent";
type Measure = "probe" | "neighbours" | "CKA";

function staysSame(changes: Change[], measure: Measure): number[] {
  return exercise.todo(changes, measure); // 1 or 0 for each change
}

// %% slideshow={"slide_type":"skip"} exercise={"id":"4","role":"check"}
await sheet.check("4 · Predict, then run", draw => {
  const [z, factor]: [tf.Tensor2D, number] = [draw.normal(30, 3), draw.number(2, 4)];
  const [turn, shear] = [draw.directions(3), draw.directions(3).mul([3, 1, 0.3])];
  const all = [z.dot(turn), z.add(factor), z.mul(factor), z.dot(shear), tf.tanh(z.mul(2))];
  const changes: Change[] = ["rotated", "shifted", "scaled", "sheared", "bent"];
  const order = draw.shuffled([0, 1, 2, 3, 4]).slice(draw.integer(0, 2));
  const ran = order.map(j => measured(all[j] as tf.Tensor2D));
  const same = (a: number[], b: number[]) => a.every((v, i) => Math.abs(v - b[i]) < 1e-3);
  const expected = measured(z).map((m, i) => ran.map(r => Number(same(m, r[i]))));
  const asked = order.map(j => changes[j]);
  const got = (["probe", "neighbours", "CKA"] as const).map(m => staysSame(asked, m));
  const but = (i: number, value: number) =>
    expected.map((row, m) => row.map((v, l) => (m === i && order[l] === 3 ? value : v)));
  const mistakes = {
    "A probe learns new weights, which undo a shear.": but(0, 0),
    "A shear changes which distance is smaller.": but(1, 1),
    "A shear changes scalar products: CKA notices.": but(2, 1),
  };
  return { given: `${asked}; a row for each measure`, got, expected, mistakes };
});

// %% [markdown] slideshow={"slide_type":"skip"}
// **5 ★★★ The image that the error does not notice.** A linear autoencoder reconstructs $\hat x = \bar x + UU^\top (x - \bar
// x)$; the orthonormal columns of `axes` are $U$, $[d, k]$. Return an image, $[d]$, whose Euclidean distance from the mean $\bar
// x$ is `distance` and whose reconstruction error is 0.
//
// <details><summary>Hint</summary>Where does the reconstruction error not look?</details>

// %% slideshow={"slide_type":"skip"} exercise={"id":"5","role":"starter"}
function unnoticed(mean: tf.Tensor1D, axes: tf.Tensor2D, distance: number): tf.Tensor1D {
  return exercise.todo(mean, axes, distance);
}

// %% slideshow={"slide_type":"skip"} exercise={"id":"5","role":"check"}
await sheet.check("5 · The image that the error does not notice", draw => {
  const [d, k, distance] = [draw.integer(4, 7), draw.integer(2, 3), draw.number(5, 9)];
  const [mean, axes] = [draw.normal(1, d).mul(3).as1D(), draw.directions(d, k)];
  const given = `${d} pixels, ${k} axes, distance ${distance}: error and distance`;
  const image = unnoticed(mean, axes, distance);
  if (String(image?.shape) !== String([d])) return { given, got: image, expected: mean };
  const found = (image: tf.Tensor) => {
    const off = tf.sub(image, mean).as2D(1, d);
    const left = tf.squaredDifference(off, off.dot(axes).dot(axes.transpose()));
    return [tf.sum(left), tf.norm(off)].map(t => t.dataSync()[0]);
  };
  const mistakes = {
    "The mean has error 0, but go away from it.": [0, 0],
    "At right angles to the axes all of it is error.": [distance ** 2, distance],
    "Start at the mean.": found(axes.slice([0, 0], [-1, 1]).flatten().mul(distance)),
    "An axis has length 1: go the distance along it.": [0, 1],
  };
  return { given, got: found(image), expected: [0, distance], tolerance: 0.01, mistakes };
});

// %% slideshow={"slide_type":"skip"}
sheet;

// %% [markdown] slideshow={"slide_type":"slide"} notes="Return to the three answers on the board: which of them got a number, and which number surprised you?"
// ## To remember
//
// 1. A linear probe is blind to every invertible linear change of the code, neighbours only to rotation, scale and shift. Show the
//    untrained network beside yours.
// 2. A lower reconstruction error need not make a better code for labels: here 30 numbers of PCA had the better neighbours.
// 3. Any invertible map of the latent space leaves every output, and so the loss, as it was.
// 4. Encoder and decoder are continuous. What tears and folds is the map from many dimensions to few.
// 5. Codes drawn from a box fall into holes, where the decoder shows strokes that form no digit ($k = 30$) or the same few digits
//    ($k = 2$). A classifier may be sure of an image that is no digit.
// 6. The reconstruction error notices what is hard to reconstruct, not what is unknown: with 30 numbers blank paper passes.
//
// **So read the slide's four limits as four consequences of one omission: no term of the loss says where codes should lie.**
//
// **References.** Cover and Hart 1967, [doi:10.1109/TIT.1967.1053964](https://doi.org/10.1109/TIT.1967.1053964) ·
// Bengio, Courville and Vincent 2013,
// [doi:10.1109/TPAMI.2013.50](https://doi.org/10.1109/TPAMI.2013.50) ·
// LeCun, Bottou, Bengio and Haffner 1998, [doi:10.1109/5.726791](https://doi.org/10.1109/5.726791) ·
// Nguyen, Yosinski and Clune 2015, [doi:10.48550/arXiv.1412.1897](https://doi.org/10.48550/arXiv.1412.1897) ·
// Alain and Bengio 2016, [doi:10.48550/arXiv.1610.01644](https://doi.org/10.48550/arXiv.1610.01644) ·
// Berthelot, Raffel, Roy and Goodfellow 2019,
// [doi:10.48550/arXiv.1807.07543](https://doi.org/10.48550/arXiv.1807.07543) ·
// Kornblith, Norouzi, Lee and Hinton 2019, [doi:10.48550/arXiv.1905.00414](https://doi.org/10.48550/arXiv.1905.00414) ·
// Locatello and others 2019, [doi:10.48550/arXiv.1811.12359](https://doi.org/10.48550/arXiv.1811.12359) ·
// Nalisnick and others 2019, [doi:10.48550/arXiv.1810.09136](https://doi.org/10.48550/arXiv.1810.09136) ·
// Ghosh and others 2020, [doi:10.48550/arXiv.1903.12436](https://doi.org/10.48550/arXiv.1903.12436) ·
// Davari and others 2022, [doi:10.48550/arXiv.2210.16156](https://doi.org/10.48550/arXiv.2210.16156)

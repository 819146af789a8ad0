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

// %% [markdown] slideshow={"slide_type":"slide"} notes="Read the slide aloud, then ask: if nobody gives you the answer, how would you notice that you are wrong? Collect ideas on the board; the table on the next slide sorts them."
// # Lesson 02 · Unsupervised learning and its four tasks
//
// The lecture's slide (Roman-Rangel, *AutoEncoders*, 2021) says: no labels; we do not learn a mapping function; rather, we try to
// make sense of the data, by clustering, density estimation, anomaly detection, dimensionality reduction. **With no answer to
// compare with, how can you tell good sense from nonsense?**
//
// After this lesson you can
//
// 1. prove that k-means never raises its inertia, and say what a low inertia does not prove;
// 2. prove that EM never lowers a mixture's likelihood, and name two ways in which it still goes wrong;
// 3. choose the bandwidth of a density on validation data and report it on test data;
// 4. say what the other two tasks return, and how each is evaluated.
//
// You need means, variances and Gaussians; lesson 01 helps. One lecture of 45 minutes on the first two tasks; one minute to run.
// Anomaly detection and maps are in the appendices.

// %% slideshow={"slide_type":"skip"}
import { DataFrame } from "danfojs-node";
import { check, classical, compile, constant, data, exercise, plot, tf } from "latent";

// %% [markdown] slideshow={"slide_type":"slide"} notes="The last column is the lesson. Ask which of the four criteria needs no human at all. The answer is all but the third, because you can count hits only if somebody knows the anomalies."
// ## Four tasks, four criteria
//
// | task | what you get | how it is evaluated without labels |
// | --- | --- | --- |
// | clustering | $x \mapsto$ one of $k$ groups | inertia: squared distance to the centre of the group |
// | density estimation | $x \mapsto \log p(x)$ | log-likelihood of data held out |
// | anomaly detection | $x \mapsto$ an anomaly score | share of normal data that raises an alarm (hits need known anomalies) |
// | dimensionality reduction | $x \mapsto$ a few numbers $z$ | error of the reconstruction; neighbours kept |
//
// Here the slide needs care: each of the four *can* give a function of $x$, ready for new data. (t-SNE in appendix B is an
// exception: it places only the points that it was given.) What is missing is not the mapping but its target $y$: the value that it
// should return. Below, labels serve only to evaluate finished results.

// %% [markdown] slideshow={"slide_type":"slide"} notes="Ask for the units before you show the table. Millimetres beside grams: this will matter in ten minutes."
// ## 1 · A table without answers
//
// The penguins of Palmer Archipelago (Gorman, Williams and Fraser 2014): three species, lengths in millimetres, mass in grams.
// `dropNa` leaves out the birds that were not measured.

// %% slideshow={"slide_type":"skip"}
const measures = ["bill_length_mm", "flipper_length_mm", "body_mass_g"];
const table = new DataFrame(await data.penguins());
const birds = table.loc({ columns: ["species", ...measures] }).dropNa({ axis: 1 });
const column = (name: string) => birds.column(name).values as number[];

// %% slideshow={"slide_type":"-"}
const summary = birds.describe();
const rows = ["count", "mean", "std", "min", "median", "max"];
const shown = summary.loc({ rows });
shown.addColumn("statistic", rows, { inplace: true, atIndex: 0 });
plot.table(shown, { title: "Three measures, three scales", decimals: 1 });

// %% [markdown]
// One standard deviation (sd) is 5.5 mm of bill, 14 mm of flipper, 800 g of mass. For $N$ birds `describe` divides by $N - 1$; we
// divide by $N$.

// %% slideshow={"slide_type":"skip"}
const mass = column("body_mass_g");
const pairs = column("bill_length_mm").map((bill, n) => [bill, mass[n]]);
const raw: tf.Tensor2D = tf.tensor2d(pairs); // [N, 2]: mm, g
const moments = tf.moments(raw, 0);
const x: tf.Tensor2D = raw.sub(moments.mean).div(moments.variance.sqrt()); // mean 0, sd 1
const species = (birds.column("species").values as string[]).map(name =>
  ["Adelie", "Chinstrap", "Gentoo"].indexOf(name),
); // only to evaluate

// %% slideshow={"slide_type":"skip"} tags=["check"]
const N = raw.shape[0];
const deviation = Math.sqrt((moments.variance.dataSync()[1] * N) / (N - 1));
const described = summary.at("std", "body_mass_g") as number;
check([
  "sd of mass, describe",
  described,
  { target: deviation, tolerance: "0.01 %", unit: "g", source: "variance · N/(N − 1)" },
]);

// %% [markdown] slideshow={"slide_type":"slide"} notes="Two lines of algebra; do the second on the board. The cross term vanishes because the deviations from the mean add up to 0."
// ## 2 · Clustering: k-means
//
// Put $N$ points $x_n \in \mathbb{R}^d$ into $k$ groups: a label $a_n \in \{1 \dots k\}$ for each, a centre $c_j \in \mathbb{R}^d$
// for each group. The **inertia**, in squared units of the data, is
//
// $$J(a, c) = \sum_{n=1}^{N} \lVert x_n - c_{a_n} \rVert^2 .$$
//
// Lloyd's algorithm (1957, published 1982) takes two steps in turn, each the best for its own variables:
//
// *Assign.* For fixed centres each term has its own $a_n$: take the nearest centre; at a tie take the one with the
// lower number.
//
// *Move.* For fixed labels each group has its own centre. With $m_j$ the mean of group $j$ and $N_j > 0$ its size,
//
// $$\sum_{a_n = j} \lVert x_n - c_j \rVert^2 = \sum_{a_n = j} \lVert x_n - m_j \rVert^2 + N_j \lVert m_j - c_j \rVert^2 ,$$
//
// because the cross term $2\,(m_j - c_j)^\top \sum (x_n - m_j)$ is 0. So $c_j = m_j$ is best. An empty group keeps its centre.
//
// **So the inertia never rises.** And the algorithm ends. When labels change, either $J$ falls, or all the changes are ties and the
// sum of the labels falls. So no labelling occurs twice, and there are at most $k^N$ of them.

// %% slideshow={"slide_type":"skip"}
// ‖x_n − c_j‖² for x [N, d] and c [k, d]: [N, k]
const squaredDistances = (x: tf.Tensor2D, c: tf.Tensor2D): tf.Tensor2D => {
  const differences = tf.sub(x.expandDims(1), c.expandDims(0)); // [N, k, d]
  return tf.sum(tf.square(differences), 2) as tf.Tensor2D;
};

// %% slideshow={"slide_type":"skip"}
const assign = (x: tf.Tensor2D, c: tf.Tensor2D): tf.Tensor1D =>
  tf.argMin(squaredDistances(x, c), 1);
const inertia = (x: tf.Tensor2D, a: tf.Tensor1D, c: tf.Tensor2D) =>
  tf.sum(tf.squaredDifference(x, tf.gather(c, a))).dataSync()[0];

// %% slideshow={"slide_type":"skip"}
// [N, k], a one where point n is in group j
const members = (a: tf.Tensor1D, k: number): tf.Tensor2D => tf.oneHot(a, k).cast("float32");

// %% slideshow={"slide_type":"skip"}
function move(x: tf.Tensor2D, a: tf.Tensor1D, c: tf.Tensor2D): tf.Tensor2D {
  const own = members(a, c.shape[0]);
  const sizes: tf.Tensor2D = tf.sum(own, 0).expandDims(1); // N_j, [k, 1]
  const means: tf.Tensor2D = tf.div(tf.matMul(own, x, true), sizes);
  return tf.where(tf.greater(sizes, 0), means, c); // an empty group keeps its centre
}

// %% slideshow={"slide_type":"-"}
function lloyd(x: tf.Tensor2D, c: tf.Tensor2D) {
  const history: number[] = [];
  let a = assign(x, c);
  for (let changed = 1; changed > 0; ) {
    history.push(inertia(x, a, c));
    c = move(x, a, c);
    history.push(inertia(x, a, c));
    const next = assign(x, c);
    changed = tf.sum(tf.notEqual(next, a)).dataSync()[0];
    a = next;
  }
  return { labels: a.dataSync(), centres: c, history };
}

// %% [markdown]
// *Predict: start with three penguins of one species as centres. Does k-means get away from there?*

// %% slideshow={"slide_type":"slide"} notes="Steep first, then many small steps. Each pair of dots is assign, move. No dot is higher than the one before."
const ours = lloyd(x, x.slice([0, 0], [3, 2]));
const halfSteps = { "inertia J": ours.history };
plot.curves(halfSteps, {
  title: "Each half-step lowers the inertia, until none can",
  x: "half-step (assign, move, assign, …)",
  y: "inertia (squared sd)",
  points: ["inertia J"],
});

// %% [markdown]
// It does: it ends where the best of ten other starts ends. No point lies above its left neighbour.

// %% slideshow={"slide_type":"skip"} tags=["check"]
const rise = Math.max(...ours.history.slice(1).map((J, i) => J - ours.history[i]));
const best = classical.kMeans(x, { clusters: 3, seed: 2 });
check(
  ["largest rise of J", rise, { atMost: 1e-3, unit: "sd²", source: "Lloyd 1982" }],
  [
    "J at the end",
    ours.history.at(-1) as number,
    { target: best.inertia, tolerance: "2 %", source: "best of ten starts" },
  ],
);

// %% [markdown] slideshow={"slide_type":"slide"} notes="Draw the rectangle. The top pair and the bottom pair are stable, because each corner is nearer to the mean of its own pair. The inertia stays at sixteen times the best one for ever."
// ### Converged does not mean optimal
//
// *Predict: four points at the corners of a rectangle, 4 wide and 1 high, two groups. Start with one centre on the bottom edge and
// one on the top edge. Where does it end?*
//
// Where it started. Every corner is nearest to the middle of its own edge, at distance 2, so $J = 4 \cdot 2^2 = 16$. The left and
// the right pair would give $4 \cdot (1/2)^2 = 1$. The algorithm ends where no *half-step* helps, which need not be the minimum. So
// start several times and keep the best: `classical.kMeans` does this ten times, from centres that k-means++ spreads out (Arthur
// and Vassilvitskii 2007).

// %% slideshow={"slide_type":"-"}
const corners = tf.tensor2d([-2, -0.5, -2, 0.5, 2, -0.5, 2, 0.5], [4, 2]);
const badStart = lloyd(corners, tf.tensor2d([0, -0.5, 0, 0.5], [2, 2]));
const tenStarts = classical.kMeans(corners, { clusters: 2, seed: 1, restarts: 10 });
console.log(`one bad start ${badStart.history.at(-1)}, best of ten ${tenStarts.inertia}`);

// %% slideshow={"slide_type":"skip"} tags=["check"]
const stuckAt = badStart.history.at(-1) as number;
const farAway = lloyd(corners, tf.tensor2d([-2, 0, 2, 0, 30, 30], [3, 2])).centres; // nobody's
check(
  ["rectangle, bad start", stuckAt, { target: 16, tolerance: 1e-4, source: "4 · 2²" }],
  [
    "rectangle, ten starts",
    tenStarts.inertia,
    { target: 1, tolerance: 1e-4, source: "4 · (1/2)²" },
  ],
  [
    "centre of an empty group",
    farAway.dataSync()[4],
    { target: 30, tolerance: 1e-6, source: "it stays" },
  ],
);

// %% [markdown] slideshow={"slide_type":"slide"} notes="Ask what the unit of the inertia is when one axis is in millimetres and the other in grams. There is none, and mass dominates because its numbers are large."
// ### Which distance?
//
// *Predict: cluster the same penguins in millimetres and grams, without dividing by the standard deviations. Better or worse?*
//
// Three measures compare the groups $a$ with the species $y$, which k-means never saw. **Clustering accuracy** (ACC): the share of
// points that are right when the groups are named in the best way (the assignment problem, Kuhn 1955). **Normalised mutual
// information** (NMI): $2\, I(a; y) / (H(a) + H(y))$. Here $H(a)$ is the entropy of the groups, in nats (natural logarithms), and
// $I(a; y)$ is the part of it that the species determines. **Adjusted Rand index** (ARI): agreement on pairs of points, 0 for
// chance (Hubert and Arabie 1985). Each is 1 for a perfect match.

// %% slideshow={"slide_type":"skip"}
const agreement = (labels: ArrayLike<number>, truth: ArrayLike<number>) => ({
  ACC: classical.clusterAccuracy(truth, labels),
  NMI: classical.normalizedMutualInformation(truth, labels),
  ARI: classical.adjustedRandIndex(truth, labels),
});

// %% slideshow={"slide_type":"-"}
const mixed = classical.kMeans(raw, { clusters: 3, seed: 2 });
const byUnits = new DataFrame([
  { units: "mm and g", ...agreement(mixed.labels, species) },
  { units: "standard deviations", ...agreement(best.labels, species) },
]);
plot.table(byUnits, { title: "Here the units decide what k-means finds", decimals: 2 });

// %% slideshow={"slide_type":"slide"} notes="The groups are three horizontal stripes: in effect only mass was used, because one gram counts as much as one millimetre."
const axes = { x: "bill length (sd)", y: "body mass (sd)", legend: "group" };
plot.scatter(x, mixed.labels, {
  title: "In mm and g the groups are stripes of mass; the bill hardly counts",
  ...axes,
});

// %% slideshow={"slide_type":"skip"}
plot.scatter(x, best.labels, {
  title: "In standard deviations both measures count",
  ...axes,
});

// %% [markdown]
// Worse: in grams the numbers are large, so mass almost alone decides the groups. The two inertias could not have warned you:
// squared standard deviations cannot be compared with a sum of squared grams and millimetres. **To choose a distance is to say what
// "alike" means**, and no algorithm does that for you.

// %% slideshow={"slide_type":"skip"} tags=["check"]
const gain = agreement(best.labels, species).ARI - agreement(mixed.labels, species).ARI;
check(["ARI gained by units", gain, { atLeast: 0.2, source: "the species" }]);

// %% [markdown] slideshow={"slide_type":"slide"} notes="Let them read the centres before you say what they are. Which digits have two centres, which share one?"
// ### Ten groups of digits
//
// *Predict: 1797 digits of $8 \times 8$ pixels, grey levels from 0 to 1, ten groups, no labels. Will each group be a digit?*

// %% slideshow={"slide_type":"-"}
const digits = await data.digits8x8();
const ten = classical.kMeans(digits.images, { clusters: 10, seed: 2, restarts: 20 });
const counts = classical.contingency(digits.labels, ten.labels); // counts[digit][group]
const naming = classical.hungarian(counts.map(row => row.map(count => -count))); // the best one
plot.images(tf.gather(ten.centroids, tf.tensor1d(naming, "int32")), {
  title: "Most of the ten mean images look like a digit",
  columns: 10,
});

// %% slideshow={"slide_type":"slide"} notes="Rows are digits, columns are groups. Ask where the images of the digit 1 go."
const sizes = counts.map(row => row.reduce((sum, count) => sum + count, 0));
const shares = counts.map((row, digit) => naming.map(group => row[group] / sizes[digit]));
plot.heatmap(tf.tensor2d(shares), {
  title: "Most digits have a group of their own; the 1s are split between groups",
  x: "group, in the order of the best naming",
  y: "digit",
  z: "share of the digit",
  rows: Array.from(sizes, (_, digit) => String(digit)),
  columns: Array.from(sizes, (_, group) => String(group)),
  between: [0, 1],
});

// %% [markdown]
// No. Each row shows the shares of one digit's images in the ten groups; a perfect clustering would have the share 1 in each cell
// of the diagonal. A row with several dark cells belongs to a digit that is written in several ways. A column with two dark cells
// belongs to a group that mixes two digits with similar pixels.
//
// One identity needs no labels. Put the overall mean $\bar x$ for every $c_j$ in the formula of the *Move* step: the total sum of
// squares is the inertia plus $\sum_j N_j \lVert m_j - \bar x \rVert^2$.

// %% slideshow={"slide_type":"skip"}
const mean = digits.images.mean(0);
const total = tf.sum(tf.squaredDifference(digits.images, mean)).dataSync()[0];
const between = tf.sum(tf.squaredDifference(ten.centroids, mean), 1); // ‖m_j − x̄‖², [10]
const groupSizes = tf.sum(members(tf.tensor1d(ten.labels, "int32"), 10), 0);
const explained = tf.sum(tf.mul(between, groupSizes)).dataSync()[0];

// %% slideshow={"slide_type":"skip"}
const mnist = await data.mnist({ train: 10_000, test: 10_000 });
const large = classical.kMeans(mnist.test.images, { clusters: 10, seed: 1, restarts: 4 });
const small = agreement(ten.labels, digits.labels);
const big = agreement(large.labels, mnist.test.labels);

// %% slideshow={"slide_type":"skip"}
const tenGroups = new DataFrame([
  { images: "8 × 8, 1,797", ...small },
  { images: "28 × 28, 10,000", ...big },
]);
plot.table(tenGroups, {
  title: "Ten groups of pixels match the ten digits only in part",
  decimals: 2,
});

// %% slideshow={"slide_type":"skip"} tags=["check"]
const ones = Math.max(...shares[1]);
check(
  [
    "inertia + between",
    ten.inertia + explained,
    { target: total, tolerance: "0.01 %", source: "total sum of squares" },
  ],
  ["largest share of the ones", ones, { atMost: 0.7, source: "the figure" }],
);

// %% slideshow={"slide_type":"skip"} tags=["check"]
const measured = "scikit-learn 1.9, 20 starts";
const onMnist = [
  ["MNIST test, ACC", big.ACC, { target: 0.54, tolerance: 0.03, source: measured }],
  ["MNIST test, NMI", big.NMI, { target: 0.5, tolerance: 0.03, source: measured }],
] as const;
const allTest = mnist.source === "original" && mnist.test.images.shape[0] === 10_000;
check(
  ["8 × 8 digits, NMI", small.NMI, { target: 0.74, tolerance: 0.03, source: measured }],
  ...(allTest ? onMnist : []),
);

// %% [markdown] slideshow={"slide_type":"slide"} notes="Vote first: at which k will the validation curve turn up? For the digits it does not turn up. That is not a law: the curve of the noise does."
// ### How many groups?
//
// *Predict: fit on 1,200 images, measure the inertia on others. At which $k$ does it start to rise?*
//
// The 1,797 images are put into a random order (a fixed seed) and split: 1,200 to train, 300 for **validation**, where we choose,
// and 297 for the **test**, where we only report. For comparison: as many points of pure noise, $\mathcal N(0, I)$ in 64
// dimensions.

// %% slideshow={"slide_type":"skip"}
const ranks = tf.topk(tf.randomUniform([1797], 0, 1, "float32", 1), 1797).indices;
const shuffled = tf.gather(digits.images, ranks);
const [train, validation, test] = tf.split(shuffled, [1200, 300, 297]) as tf.Tensor2D[];
const noise = (rows: number, seed: number): tf.Tensor2D =>
  tf.randomNormal([rows, 64], 0, 1, "float32", seed);
const noiseTrain = noise(1200, 5);
const noiseHeld = noise(300, 6);

// %% slideshow={"slide_type":"skip"}
const ks = [1, 2, 4, 8, 15, 30, 60, 100, 200, 400, 800, 1200];
const fitAll = (images: tf.Tensor2D) =>
  ks.map(clusters => classical.kMeans(images, { clusters, seed: 1, restarts: 2 }));

// %% slideshow={"slide_type":"skip"}
// of these images, as a share of the inertia with one centre
function inertias(fits: ReturnType<typeof fitAll>, images: tf.Tensor2D) {
  const all = fits.map(({ centroids, assign }) =>
    inertia(images, tf.tensor1d(assign(images), "int32"), centroids),
  );
  return all.map(J => J / all[0]);
}

// %% slideshow={"slide_type":"-"}
const digitFits = fitAll(train);
const byK = {
  "digits, training": inertias(digitFits, train),
  "digits, validation": inertias(digitFits, validation),
  "noise, validation": inertias(fitAll(noiseTrain), noiseHeld),
};
plot.curves(byK, {
  title: "On new digits inertia falls up to one centre per image; on noise it turns up",
  x: "number of groups k",
  y: "inertia (1 for one centre)",
  at: ks,
  logX: true,
});

// %% [markdown]
// For these digits it does not: the validation curve falls until every training image has a centre of its own, so it cannot choose
// $k$. (It does not fall at every step: from $k = 2$ to 30 it rose, with three seeds, in one to four of the 28 steps, by about 1 %
// at most.) This is not a law. In noise more centres hardly help a new point, and each centre is the mean of fewer points: the
// curve turns up near $k = 100$.

// %% slideshow={"slide_type":"skip"} tags=["check"]
const onDigits = byK["digits, validation"];
const onNoise = byK["noise, validation"];
const at = (k: number) => ks.indexOf(k);
check(
  [
    "digits, k = 30 − 2",
    onDigits[at(30)] - onDigits[at(2)],
    { atMost: -0.3, source: "trend" },
  ],
  [
    "digits, 1200 − 30",
    onDigits[at(1200)] - onDigits[at(30)],
    { atMost: -0.1, source: "trend" },
  ],
  [
    "noise, 1200 − 100",
    onNoise[at(1200)] - onNoise[at(100)],
    { atLeast: 0.1, source: "trend" },
  ],
);

// %% [markdown] slideshow={"slide_type":"slide"} notes="Keep F on the board: the same bound trains the variational autoencoder of lesson 13. The difference is that a network does the E-step there."
// ## 3 · Density: a mixture, by EM
//
// A density gives every $x$ a $\log p(x)$, in nats. For one measure, $x_n \in \mathbb{R}$, take $k$ Gaussians with shares $\pi_j$
// of the data:
//
// $$L(\theta) = \frac1N \sum_n \log \sum_j \pi_j\, \mathcal N(x_n; \mu_j, \sigma_j^2), \qquad \theta = (\pi, \mu, \sigma^2).$$
//
// Because of the sum inside the logarithm the maximum has no closed form. But the logarithm is concave: for any weights $q_{nj} >
// 0$ with $\sum_j q_{nj} = 1$ Jensen's inequality moves it inside,
//
// $$L(\theta) \;\ge\; F(q, \theta) = \frac1N \sum_{n,j} q_{nj} \log \frac{\pi_j\, \mathcal N(x_n; \mu_j, \sigma_j^2)}{q_{nj}}, \qquad
// L - F = \frac1N \sum_{n,j} q_{nj} \log \frac{q_{nj}}{p(j \mid x_n)},$$
//
// because $\pi_j\, \mathcal N(x_n; \mu_j, \sigma_j^2) = p(x_n)\, p(j \mid x_n)$.
//
// *E-step.* Choose $q_{nj} = p(j \mid x_n)$. Then $L - F = 0$.
//
// *M-step.* Keep $q$ and maximise $F$ over $\theta$. Let $N_j = \sum_n q_{nj}$. The slope in $\mu_j$ is 0 where $\sum_n q_{nj}
// (x_n - \mu_j) = 0$; in $\sigma_j^2$ where $\sum_n q_{nj} \bigl((x_n - \mu_j)^2 - \sigma_j^2\bigr) = 0$; and along $\sum_j \pi_j =
// 1$ where $N_j / \pi_j$ is the same for all $j$:
//
// $$\pi_j = \frac{N_j}{N}, \qquad \mu_j = \frac1{N_j} \sum_n q_{nj}\, x_n, \qquad \sigma_j^2 = \frac1{N_j} \sum_n q_{nj}\, (x_n - \mu_j)^2 .$$
//
// This single point is the maximum, because $F$ is concave in $\pi$ and has one peak in $(\mu_j, \sigma_j^2)$.
//
// Let $\theta'$ be the parameters after the M-step. **Then $L(\theta') \ge F(q, \theta') \ge F(q, \theta) = L(\theta)$: the
// likelihood never falls** (Dempster, Laird and Rubin 1977). If all shares are equal and all Gaussians have the same, very small
// width, $q$ is almost 1 for the nearest centre: EM becomes *Assign* and *Move*.

// %% slideshow={"slide_type":"skip"}
// k numbers each
type Mixture = { shares: tf.Tensor1D; means: tf.Tensor1D; variances: tf.Tensor1D };
// log πⱼ N(x_n; μⱼ, σⱼ²) for x [N, 1]: [N, k]
const logJoint = (x: tf.Tensor2D, { shares, means, variances }: Mixture): tf.Tensor2D => {
  const squares = tf.div(tf.squaredDifference(x, means), variances);
  const logGaussians = tf.mul(-0.5, tf.add(squares, tf.log(tf.mul(variances, 2 * Math.PI))));
  return tf.add(logGaussians, tf.log(shares));
};

// %% slideshow={"slide_type":"skip"}
const logDensity = (x: tf.Tensor2D, m: Mixture): tf.Tensor1D =>
  tf.logSumExp(logJoint(x, m), 1);
const meanOf = (values: tf.Tensor) => tf.mean(values).dataSync()[0];

// %% slideshow={"slide_type":"skip"}
function emStep(x: tf.Tensor2D, mixture: Mixture): Mixture {
  const q = tf.softmax(logJoint(x, mixture)); // E: p(j | x_n), [N, k]
  const counts: tf.Tensor1D = tf.sum(q, 0); // M: N_j
  const weighted = (values: tf.Tensor): tf.Tensor1D =>
    tf.div(tf.sum(tf.mul(q, values), 0), counts);
  const means = weighted(x);
  const variances = weighted(tf.squaredDifference(x, means));
  return { shares: tf.div(counts, x.shape[0]), means, variances };
}

// %% slideshow={"slide_type":"skip"}
const flipper = column("flipper_length_mm"); // mm
const flippers: tf.Tensor2D = tf.tensor2d(flipper, [N, 1]);
const half = tf.tensor1d([0.5, 0.5]);

// %% slideshow={"slide_type":"skip"}
function em(means: number[]) {
  const wide = tf.tensor1d([200, 200]); // mm²
  let mixture: Mixture = { shares: half, means: tf.tensor1d(means), variances: wide };
  const likelihoods: number[] = [];
  for (let step = 0; step < 60; step++) {
    likelihoods.push(meanOf(logDensity(flippers, mixture)));
    mixture = emStep(flippers, mixture);
  }
  return { mixture, likelihoods };
}

// %% [markdown] slideshow={"slide_type":"slide"} notes="Ask for the prediction first. Equal means stay equal for ever; nearly equal means wait for almost thirty steps. A random start is practically never exactly on a saddle, but it may be near one."
// ### EM never goes down, and can still go wrong
//
// *Predict: two Gaussians for the flippers, started at 190 and 201 mm, at 195 and 196 mm, and both at 200 mm. Which get stuck?*

// %% slideshow={"slide_type":"-"}
const fitted = em([190, 201]);
const saddle = em([200, 200]);
const climbs = {
  "from 190 and 201 mm": fitted.likelihoods,
  "from 195 and 196 mm": em([195, 196]).likelihoods,
  "from 200 and 200 mm": saddle.likelihoods,
};
plot.curves(climbs, {
  title: "EM climbs from distant means, waits at nearly equal ones, stays at equal ones",
  x: "step",
  y: "log-likelihood (nats per penguin)",
});

// %% [markdown]
// Only the last one: two equal Gaussians get equal weights $q$, so they stay equal, on a saddle. From 195 and 196 mm EM needs
// almost thirty steps to leave that saddle.
//
// **The second trap: the likelihood has no maximum.** Put one Gaussian on one bird, and let its $\sigma_j \to 0$. The density at
// that bird grows like $1 / \sigma_j$, while the other Gaussian keeps the density at the other birds above 0. So $L$ is unbounded.
// EM can fall into this trap, and then it divides 0 by 0. Programs set a least variance; `classical.gaussianMixture` adds $10^{-4}$
// of the data's variance to each.

// %% slideshow={"slide_type":"skip"}
// one Gaussian for all birds, another of width σ on the single bird with the shortest flipper
const onOneBird = (sigma: number): Mixture => ({
  shares: tf.tensor1d([0.99, 0.01]),
  means: tf.tensor1d([200, Math.min(...flipper)]),
  variances: tf.tensor1d([200, sigma ** 2]),
});

// %% slideshow={"slide_type":"skip"}
const gained =
  meanOf(logDensity(flippers, onOneBird(1e-9))) -
  meanOf(logDensity(flippers, onOneBird(1e-3)));
const fallen = emStep(flippers, emStep(flippers, onOneBird(0.2))).variances.dataSync()[1];

// %% slideshow={"slide_type":"skip"}
const largestFall = Math.max(
  ...Object.values(climbs).flatMap(L => L.slice(1).map((value, i) => L[i] - value)),
);

// %% slideshow={"slide_type":"skip"}
const variance = tf.moments(flippers).variance.dataSync()[0];
const narrow = { shares: half, means: tf.tensor1d([190, 201]) };
const oneEmStep = emStep(flippers, { ...narrow, variances: tf.tensor1d([0.01, 0.01]) });
const centres = tf.tensor2d([190, 201], [2, 1]);
const kMeansStep = move(flippers, assign(flippers, centres), centres).flatten();
const apart = tf.max(tf.abs(tf.sub(oneEmStep.means, kMeansStep))).dataSync()[0];
const overall = tf.sum(tf.mul(fitted.mixture.shares, fitted.mixture.means)).dataSync()[0];

// %% slideshow={"slide_type":"skip"} tags=["check"]
const oneGaussian = -(1 + Math.log(2 * Math.PI * variance)) / 2;
const flipperMean = { target: meanOf(flippers), tolerance: 0.01, unit: "mm" };
check(
  [
    "largest fall of L",
    largestFall,
    { atMost: 1e-5, unit: "nats", source: "Dempster et al." },
  ],
  [
    "L on the saddle",
    saddle.likelihoods.at(-1) as number,
    { target: oneGaussian, tolerance: 1e-4, unit: "nats", source: "one Gaussian" },
  ],
  [
    "L gained, σ = 1 nm for 1 µm",
    gained,
    { target: Math.log(1e6) / N, tolerance: "1 %", unit: "nats", source: "log(1/σ) / N" },
  ],
);

// %% slideshow={"slide_type":"skip"} tags=["check"]
check(
  ["variance after two steps", fallen, { atMost: 1e-6, unit: "mm²", source: "the trap" }],
  ["Σ πⱼ μⱼ", overall, { ...flipperMean, source: "M-step" }],
  ["narrow EM − k-means", apart, { atMost: 1e-3, unit: "mm", source: "the same steps" }],
);

// %% [markdown] slideshow={"slide_type":"slide"} notes="Move the slider. Two humps, three species: Adelie and Chinstrap have flippers of nearly the same length. Who chooses h? The next slide."
// ### A kernel density
//
// *Predict: there are three species, but how many humps does the density of flipper lengths have?*
//
// A **kernel density** (Rosenblatt 1956, Parzen 1962) is a mixture with one Gaussian of width $h$, the **bandwidth**, on each
// example:
//
// $$p_h(x) = \frac1N \sum_{n} \mathcal N(x; x_n, h^2 I) .$$

// %% slideshow={"slide_type":"skip"}
const lengths = Array.from({ length: 83 }, (_, i) => 161 + i); // mm
const grid: tf.Tensor2D = tf.tensor2d(lengths, [83, 1]);
const within1mm = (at: number) => flipper.filter(mm => Math.abs(mm - at) <= 1).length;
const measuredDensity = lengths.map(at => within1mm(at) / (3 * N)); // per mm

// %% slideshow={"slide_type":"skip"}
const withKernels = (h: number) => {
  const densities = {
    penguins: measuredDensity,
    "mixture of two": logDensity(grid, fitted.mixture).exp().dataSync(),
    kernels: classical.kernelLogDensity(flippers, grid, h).exp().dataSync(),
  };
  const humps = h < 3 ? "Thin kernels repeat the counts" : "Three species, two humps";
  return plot.curves(densities, {
    title: h > 6 ? "Wide kernels hide that there are two humps" : humps,
    x: "flipper length (mm)",
    y: "density (per mm)",
    at: lengths,
    points: ["penguins"],
  });
};

// %% slideshow={"slide_type":"-"}
const widthsInMm = [0.5, 1, 2, 3, 5, 8, 12];
const slides = widthsInMm.map(h => [`${h} mm`, withKernels(h)] as const);
plot.slider(Object.fromEntries(slides), { label: "bandwidth h =", start: "3 mm" });

// %% [markdown]
// Two: Adelie and Chinstrap penguins have flippers of nearly the same length. A circle is the share of penguins within 1 mm,
// divided by 3 mm. The mixture and kernels of 3 mm follow both humps; at 8 and 12 mm only one is left. Every curve has area 1.

// %% slideshow={"slide_type":"skip"} tags=["check"]
const fine: tf.Tensor2D = tf.linspace(100, 300, 4001).expandDims(1); // mm, 0.05 apart
const area = (log: tf.Tensor1D) => 0.05 * tf.sum(tf.exp(log)).dataSync()[0];
const kernelArea = area(classical.kernelLogDensity(flippers, fine, 3));
const one = { target: 1, tolerance: 1e-3, source: "a probability" };
check(
  ["area of the mixture", area(logDensity(fine, fitted.mixture)), one],
  ["area of the kernels", kernelArea, one],
);

// %% [markdown] slideshow={"slide_type":"slide"} notes="Ask for the best h on the training images. Somebody will say: as small as you like. Right, and useless."
// ### Which bandwidth?
//
// *Predict: choose $h$ by the likelihood of the training images. What will you get?*
//
// Each training image lies under its own kernel, so $p_h(x_n) \ge \frac1N (2 \pi h^2)^{-d/2}$, that is
//
// $$\log p_h(x_n) \;\ge\; -\log N - d \log\bigl(h \sqrt{2\pi}\bigr) \;\longrightarrow\; \infty \qquad (h \to 0).$$
//
// The training data always ask for a smaller $h$. A new image has no kernel of its own, so thin kernels assign it a low density.

// %% slideshow={"slide_type":"skip"}
const widths = [0.08, 0.09, 0.1, 0.11, 0.12, 0.13, 0.14, 0.15, 0.16, 0.18, 0.2, 0.25, 0.3];
const kernelScore = (seen: tf.Tensor2D, images: tf.Tensor2D, h: number) =>
  meanOf(classical.kernelLogDensity(seen, images, h));
const byWidth = {
  training: widths.map(h => kernelScore(train, train, h)),
  validation: widths.map(h => kernelScore(train, validation, h)),
};
const chosen = widths[byWidth.validation.indexOf(Math.max(...byWidth.validation))];

// %% slideshow={"slide_type":"slide"} notes="Compare with the inertia of the digits: this curve has a maximum. Ask why before you give the answer: a density integrates to 1."
plot.curves(byWidth, {
  title: `Validation images choose the bandwidth ${chosen}; training images cannot`,
  x: "bandwidth h (grey levels)",
  y: "log-likelihood (nats per image)",
  at: widths,
});

// %% [markdown]
// You get $h \to 0$. From right to left both curves first rise together; then the training curve climbs without end and the
// validation curve turns down. Why does this curve have a maximum, when the validation inertia of the digits had no minimum? A
// density integrates to 1: the probability that it puts near one image is missing elsewhere.

// %% [markdown] slideshow={"slide_type":"slide"} notes="Show only the table. First compare training and test, then the last two columns. A split is a decision about the question that you ask."
// ### The test, and a harder one
//
// The file holds the digits of 13 writers, apparently one writer after the other: for 58 % of the images the nearest image lies
// within 130 rows, where chance would give 14 %. *Predict: does it matter that we shuffled the images first?*
//
// We fit four densities twice: to our 1,200 shuffled training images, with test images of the same writers, and to the first 1,200
// images of the file, with its last 297 as test images, which should be by other writers.

// %% slideshow={"slide_type":"skip"}
const firstInFile = digits.images.slice([0, 0], [1200, 64]);
const lastInFile = digits.images.slice([1500, 0], [297, 64]);
const withGaussians = (components: number) => (seen: tf.Tensor2D) =>
  classical.gaussianMixture(seen, { components, covariance: "spherical", seed: 1 })
    .logDensity;

// %% slideshow={"slide_type":"skip"}
const densities = {
  "1 Gaussian": withGaussians(1),
  "10 Gaussians": withGaussians(10),
  "30 Gaussians": withGaussians(30),
  [`kernels, h = ${chosen}`]: (seen: tf.Tensor2D) => (images: tf.Tensor2D) =>
    classical.kernelLogDensity(seen, images, chosen),
};

// %% slideshow={"slide_type":"-"}
const tested = Object.entries(densities).map(([model, fit]) => {
  const shuffledFit = fit(train);
  return {
    model,
    training: meanOf(shuffledFit(train)),
    "test, same writers": meanOf(shuffledFit(test)),
    "test, other writers": meanOf(fit(firstInFile)(lastInFile)),
  };
});
plot.table(new DataFrame(tested), {
  title: "Log-likelihood (nats per image): new writers are a harder test",
  decimals: 1,
});

// %% [markdown]
// It matters: the kernel density, the best one here, loses about ten nats on new writers. A shuffled test asks how well we predict
// more images by the same people; a test by writers asks about people whose writing we have not seen. Say which one you report.
//
// Compare such numbers with care. Grey levels are multiples of $1/16$, and some pixels are blank in every image. A density that may
// put an arbitrarily narrow peak there gains without limit. Here the bandwidth and the least variance of the mixtures prevent this.

// %% slideshow={"slide_type":"skip"} tags=["check"]
const own = -Math.log(1200) - 64 * Math.log(0.03 * Math.sqrt(2 * Math.PI));
const inTest = tested.map(row => row["test, same writers"]);
const nats = { unit: "nats", source: "the test images" };
check(
  [
    "training, h = 0.03",
    kernelScore(train, train, 0.03),
    { target: own, tolerance: 0.1, source: "its own kernel" },
  ],
  ["10 above 1 Gaussian", inTest[1] - inTest[0], { atLeast: 5, ...nats }],
  ["kernels above 30", inTest[3] - inTest[2], { atLeast: 5, ...nats }],
);

// %% slideshow={"slide_type":"skip"} tags=["check"]
const lost = inTest[3] - tested[3]["test, other writers"];
const neighbours = classical.nearestNeighbours(digits.images, digits.images, 2).indices;
const nearInFile = neighbours.filter(([n, nearest]) => Math.abs(nearest - n) <= 130).length;
check(
  ["lost on other writers", lost, { atLeast: 5, ...nats }],
  [
    "neighbour within 130 rows",
    nearInFile / 1797,
    { atLeast: 0.5, source: "0.14 by chance" },
  ],
);

// %% slideshow={"slide_type":"skip"} tags=["check"]
const plainSums = { 0.25: 11.406, 0.2: 18.99, 0.15: 23.163, 0.1: 8.688 };
const first1500 = digits.images.slice([0, 0], [1500, 64]);
check(
  ...Object.entries(plainSums).map(([h, target]) => {
    const expected = { target, tolerance: 0.002, source: "a plain sum in float64" };
    return [
      `rows from 1501, h = ${h}`,
      kernelScore(first1500, lastInFile, Number(h)),
      expected,
    ] as const;
  }),
);

// %% [markdown] slideshow={"slide_type":"slide"} notes="Only the definitions and the evaluation; the details are in the appendices. Write the formulas for the code and for the way back on the board: PCA will be with us in every lesson."
// ## 4 · The other two tasks
//
// *Predict: replace each $8 \times 8$ image by its two coordinates in the best plane. Can you still see which digit it was?*
//
// **Dimensionality reduction.** Principal component analysis (PCA, Pearson 1901) takes the $k$ orthonormal directions $U = (u_1
// \dots u_k)$ of largest variance. The code of $x$ is $z = U^\top (x - \bar x)$, the way back is $\hat x = \bar x + U z$, and the
// error is $\lVert x - \hat x \rVert^2$. No other $k$ directions have a smaller mean error: lesson 04 proves it. The maps of
// appendix B have no way back; they keep neighbours together instead.
//
// **Anomaly detection.** Learn from normal data only, give each new $x$ a score $s(x)$, and raise an alarm where $s \ge t$. The
// score may be $-\log p(x)$, or PCA's error. Appendix A shows how to evaluate it, and why a threshold that is good for frequent
// anomalies is bad for rare ones.

// %% slideshow={"slide_type":"-"}
const labelOf = (row: number) => digits.labels[row];
const someImages: tf.Tensor2D = train.slice([0, 0], [600, 64]);
const someLabels = Array.from(ranks.dataSync().slice(0, 600), labelOf);
const plane: tf.Tensor2D = classical.pca(someImages, 2).encode(someImages); // z, [600, 2]
plot.scatter(plane, someLabels, {
  title: "PCA: in the best plane many digits still overlap",
  x: "code z₁ (grey level)",
  y: "code z₂ (grey level)",
  legend: "digit",
});

// %% [markdown]
// For some digits, yes; others lie on top of each other.

// %% [markdown] slideshow={"slide_type":"slide"} notes="The first row is the same algorithm as in the paper, so the two numbers should nearly agree, and they do. Second row: DEC learns a code by an autoencoder and then clusters; that is where this course is going."
// ## Ours against the papers
//
// Xie, Girshick and Farhadi (2016) cluster MNIST by k-means and by their Deep Embedded Clustering (DEC), which starts from the
// codes of an autoencoder. They use 70,000 images and we use 10,000.

// %% slideshow={"slide_type":"-"}
const papers = new DataFrame({
  "ten groups of MNIST": ["k-means on pixels", "DEC, from codes"],
  "ours, ACC (%)": [100 * big.ACC, Number.NaN],
  "published, ACC (%)": [53.5, 84.3],
});
plot.table(papers, {
  title: "Groups of learned codes match the digits better than groups of pixels",
  decimals: 1,
});

// %% [markdown] slideshow={"slide_type":"slide"} notes="Do exercise 1 in class: let them write down a number before they run anything. Exercises 2 and 3 are for home; 4 to 6 belong to appendix A."
// ## Exercises
//
// Replace `exercise.todo(…)` and run the check below it. Each check draws new questions of new sizes, so nothing can be copied.

// %% slideshow={"slide_type":"skip"} exercise={"role":"sheet"}
const sheet = exercise.sheet("Exercises of lesson 02");
const add = (numbers: number[]) => numbers.reduce((a, b) => a + b, 0);
const times = <T>(count: number, entry: T) => new Array<T>(count).fill(entry);
const namings = ["012", "021", "102", "210", "120", "201"].map(s => Array.from(s, Number));

// precision and recall where each score of at least t raises an alarm
function ratesAt(t: number, scores: number[], anomalous: boolean[]) {
  const alarms = anomalous.filter((_, i) => scores[i] >= t);
  const hits = alarms.filter(Boolean).length;
  return [hits / alarms.length, hits / anomalous.filter(Boolean).length];
}
const wrongLimits = (set: number[], sd: number) => ({
  "The threshold is one deviation above the mean.": 0,
  "That is the mean absolute deviation.": add(set.map(Math.abs)) / set.length,
  "A score at the threshold raises an alarm, too.": 1.01 * sd,
  "Divide by N, not by N − 1.": sd * Math.sqrt(set.length / (set.length - 1)),
  "The largest training score is another rule.": Math.max(...set),
  "One standard deviation, not two.": 2 * sd,
});

// %% [markdown] slideshow={"slide_type":"skip"}
// **1 ★ Predict, then run.** Four points at the corners of a rectangle of height 1; k-means starts with one centre in the middle of
// the bottom edge and one in the middle of the top edge. For each width in `widths`, predict how many times the best inertia of two
// groups it ends with. The check runs both.
//
// <details><summary>Hint</summary>Section 2 has the width 4. Is that start always a bad one?</details>

// %% slideshow={"slide_type":"skip"} exercise={"id":"1","role":"starter"}
function timesTheBest(widths: number[]): number[] {
  return exercise.todo(widths);
}

// %% slideshow={"slide_type":"skip"} exercise={"id":"1","role":"check"}
await sheet.check("1 · Predict, then run", draw => {
  const others = Array.from({ length: draw.integer(0, 3) }, () => draw.number(0.2, 5));
  const widths = draw.shuffled([draw.number(0.2, 0.8), draw.number(1.5, 5), ...others]);
  const ratios = widths.map(width => {
    const corners = tf.tensor2d([-1, -1, -1, 1, 1, -1, 1, 1], [4, 2]).mul([width / 2, 0.5]);
    const middles = tf.tensor3d([0, -0.5, 0, 0.5], [1, 2, 2]); // also the means of their groups
    const distances = tf.sum(tf.squaredDifference(corners.expandDims(1), middles), 2);
    const end = tf.sum(tf.min(distances, 1)).dataSync()[0];
    return end / classical.kMeans(corners as tf.Tensor2D, { clusters: 2, seed: 1 }).inertia;
  });
  const mistakes = {
    "Where the width is below 1, that start is the best one.": widths.map(w => w * w),
    "It ends where no half-step helps: that may be above the best.": widths.map(() => 1),
    "Inertia adds squared distances.": ratios.map(Math.sqrt),
    "That is the best inertia by that of the end: turn it round.": ratios.map(r => 1 / r),
  };
  const given = `widths ${widths}`;
  return { given, got: timesTheBest(widths), expected: ratios, mistakes };
});

// %% [markdown] slideshow={"slide_type":"skip"}
// **2 ★★ The best naming.** Three classes, three groups, all numbered 0, 1, 2: return the share of points that are right when the
// groups are named in the best one-to-one way.
//
// <details><summary>Hint</summary>There are only six namings. The largest count need not be in the best one.</details>

// %% slideshow={"slide_type":"skip"} exercise={"id":"2","role":"starter"}
function bestNaming(classes: number[], groups: number[]): number {
  return exercise.todo(classes, groups);
}

// %% slideshow={"slide_type":"skip"} exercise={"id":"2","role":"check"}
await sheet.check("2 · The best naming", draw => {
  const [a, b, c, d] = [draw.integer(6, 7), ...times(3, 0).map(() => draw.integer(4, 5))];
  const own = [...times(a, "00"), ...times(b, "01"), ...times(c, "10"), ...times(d, "22")];
  const points = draw.shuffled([...own, "12", "21"]); // class, group
  const classes = points.map(point => Number(point[0]));
  const six = namings.map(naming => points.map(point => naming[Number(point[1])]));
  const right = (groups: number[], naming: number[]) =>
    groups.filter((group, i) => naming[group] === classes[i]).length / points.length;
  const best = (some: number[][]) => six.map(g => Math.max(...some.map(s => right(g, s))));
  const got = six.map(groups => bestNaming(classes, groups));
  const given = `classes ${classes} and six numberings of the groups, as ${six[4]}`;
  const mistakes = {
    "One-to-one: you gave two groups the same name.": times(6, (a + b + d) / points.length),
    "The largest count first is not always best.": times(6, (a + d) / points.length),
    "The number of a group is not its name.": best([namings[0]]),
    "Two of the six namings move all three numbers.": best(namings.slice(0, 4)),
    "That is a count; return a share.": times(6, b + c + d),
  };
  return { given, got, expected: best(namings), mistakes };
});

// %% [markdown] slideshow={"slide_type":"skip"}
// **3 ★★ The bandwidth.** The data are single numbers. Return the bandwidth among `widths` with the highest mean log-likelihood of
// the `held` data under a kernel density of the `seen` data, and that mean in nats. Do it without `classical`.
//
// <details><summary>Hint</summary>Section 3. Mean over the kernels first, then the logarithm, then the mean over the held-out
// data.</details>

// %% slideshow={"slide_type":"skip"} exercise={"id":"3","role":"starter"}
interface Choice {
  width: number;
  logLikelihood: number; // mean, in nats
}

function chooseWidth(seen: number[], held: number[], widths: number[]): Choice {
  return exercise.todo(seen, held, widths);
}

// %% slideshow={"slide_type":"skip"} exercise={"id":"3","role":"check"}
await sheet.check("3 · The bandwidth", draw => {
  const [unit, n, m] = [draw.number(1, 9), draw.integer(9, 14), draw.integer(5, 8)];
  const [seen, held] = [n, m].map(rows => draw.normal(rows, 1).mul(unit) as tf.Tensor2D);
  const ratios = draw.shuffled([3, 0.02, 0.5, 0.25, 1.2]).slice(0, draw.integer(3, 5));
  const widths = ratios.map(h => h * unit);
  const log = widths.map(h => classical.kernelLogDensity(seen, held, h).mean().dataSync()[0]);
  const best = Math.max(...log);
  const width = widths[log.indexOf(best)];
  const [own, others] = [seen, held].map(part => Array.from(part.dataSync()));
  const choice = chooseWidth(own, others, widths);
  const mistakes = {
    "The seen data choose the smallest.": [Math.min(...widths), null],
    "That is a sum; return a mean.": [width, m * best],
    "Each of N kernels has the weight 1/N.": [width, best + Math.log(n)],
  };
  const got = [choice.width, choice.logLikelihood];
  const given = `${n} seen, ${m} held, widths ${widths}: width and mean log-likelihood`;
  return { given, got, expected: [width, best], mistakes };
});

// %% [markdown] slideshow={"slide_type":"skip"}
// **4 ★ A game of two scores.** Return the probability that a random anomaly scores above a random normal example; ties count one
// half. Do it without `classical`.
//
// <details><summary>Hint</summary>Appendix A: compare every pair.</details>

// %% slideshow={"slide_type":"skip"} exercise={"id":"4","role":"starter"}
function areaUnderRoc(normal: number[], anomalous: number[]): number {
  return exercise.todo(normal, anomalous);
}

// %% slideshow={"slide_type":"skip"} exercise={"id":"4","role":"check"}
await sheet.check("4 · A game of two scores", draw => {
  const tie = draw.number(3, 6); // a score that both kinds have
  const drawn = (count: number, low: number, high: number) =>
    draw.shuffled([tie, ...times(count, 0).map(() => draw.number(low, high))]);
  const normal = drawn(draw.integer(4, 7), 0, 7);
  const anomalous = drawn(draw.integer(2, 5), 3, 10);
  const pairs = normal.flatMap(a => anomalous.map(b => [a, b]));
  const won = (ofTie: number, rounded = (score: number) => score) =>
    add(pairs.map(p => p.map(rounded)).map(([a, b]) => (a === b ? ofTie : Number(b > a))));
  const share = won(0.5) / pairs.length;
  const mistakes = {
    "Ties count one half, not nothing.": won(0) / pairs.length,
    "Ties count one half, not one.": won(1) / pairs.length,
    "The anomaly should score higher: turn it round.": 1 - share,
    "That is a number of pairs; return their share.": won(0.5),
    "Thresholds lie between whole numbers, too.": won(0.5, Math.floor) / pairs.length,
  };
  const given = `normal scores ${normal}, anomalous scores ${anomalous}`;
  return { given, got: areaUnderRoc(normal, anomalous), expected: share, mistakes };
});

// %% [markdown] slideshow={"slide_type":"skip"}
// **5 ★★ The rule of thumb.** Raise an alarm where a score is at least mean + 1 standard deviation (divide by $N$) of the
// `training` scores. Return the precision and the recall on `scores`.
//
// <details><summary>Hint</summary>Of the alarms, how many are right? Of the anomalies, how many raised one?</details>

// %% slideshow={"slide_type":"skip"} exercise={"id":"5","role":"starter"}
interface Verdict {
  precision: number;
  recall: number;
}

function judge(training: number[], scores: number[], anomalous: boolean[]): Verdict {
  return exercise.todo(training, scores, anomalous);
}

// %% slideshow={"slide_type":"skip"} exercise={"id":"5","role":"check"}
await sheet.check("5 · The rule of thumb", draw => {
  const [set] = draw.shuffled([
    [-7, -1, 1, 7],
    [-9, -5, 3, 4, 7],
    [-3, -1, -1, 5],
  ]); // mean 0
  const [mean, unit] = [draw.integer(40, 80) / 4, draw.integer(1, 4) / 4]; // exact in binary
  const inUnits = (v: number) => mean + unit * v;
  const sd = Math.sqrt(add(set.map(v => v * v)) / set.length); // 5, 6 or 3
  const wrong = Object.entries(wrongLimits(set, sd));
  const levels = [-1, sd, ...wrong.map(([, limit]) => Math.round(100 * limit + 10) / 100)];
  const scores = levels.flatMap(v => times(draw.integer(3, 5), inUnits(v)));
  const kinds = draw.shuffled(scores.map((_, i) => i % 2 > 0));
  const at = (limit: number) => ratesAt(inUnits(limit), scores, kinds);
  const mistakes = Object.fromEntries(wrong.map(([idea, limit]) => [idea, at(limit)]));
  mistakes["Precision and recall are exchanged."] = [...at(sd)].reverse();
  const { precision, recall } = judge(draw.shuffled(set.map(inUnits)), scores, kinds);
  const given = `mean ${mean}, sd ${unit * sd}, scores ${scores}, anomalous ${kinds}`;
  return { given, got: [precision, recall], expected: at(sd), mistakes };
});

// %% [markdown] slideshow={"slide_type":"skip"}
// **6 ★★ The same detector elsewhere.** On a test set where a share `here` of the data is anomalous you measured `precision`.
// Return the precision where that share is each of `shares`. *Before you compute: do you need the recall?*
//
// <details><summary>Hint</summary>Appendix A has precision in odds: only one factor changes.</details>

// %% slideshow={"slide_type":"skip"} exercise={"id":"6","role":"starter"}
function precisionElsewhere(precision: number, here: number, shares: number[]): number[] {
  return exercise.todo(precision, here, shares);
}

// %% slideshow={"slide_type":"skip"} exercise={"id":"6","role":"check"}
await sheet.check("6 · The same detector elsewhere", draw => {
  const [hits, alarms] = [draw.number(0.6, 0.95), draw.number(0.05, 0.3)]; // TPR, FPR
  const here = draw.number(0.4, 0.9);
  const shares = times(draw.integer(1, 4), 0).map(() => draw.number(0.01, 0.3));
  const at = (share: number) => (share * hits) / (share * hits + alarms * (1 - share));
  const measured = at(here);
  const odds = (share: number) => share / (1 - share);
  const expected = shares.map(at);
  const byShares = shares.map(share => (odds(measured) * share) / here);
  const mistakes = {
    "Precision changes with the share of anomalies.": shares.map(() => measured),
    "Precision is not proportional to the share.": shares.map(s => (measured * s) / here),
    "Multiply by the odds of the shares, not by the shares.": byShares.map(o => o / (1 + o)),
    "Those are the odds; return the precision.": expected.map(odds),
    "That is the share of alarms that are false.": expected.map(p => 1 - p),
  };
  const given = `precision ${measured}, share ${here} here and ${shares} elsewhere`;
  return { given, got: precisionElsewhere(measured, here, shares), expected, mistakes };
});

// %% slideshow={"slide_type":"skip"}
sheet;

// %% [markdown] slideshow={"slide_type":"slide"} notes="Return to the ideas of the first slide. Which of them turned out to be a criterion?"
// ## To remember
//
// 1. Most unsupervised methods return functions too; what is missing is the target, so each task has a criterion of its own.
// 2. k-means never raises its inertia, but where it ends depends on the start, on your units and on your $k$.
// 3. EM never lowers the likelihood, but it can wait at a saddle, and the likelihood of a mixture has no upper bound.
// 4. Training data cannot choose a bandwidth. Choose on validation data, report on test data, and say how they were split.
// 5. Labels that the fit never used can evaluate it.
//
// **Make sense on some data, and test it on other data.** A neural network is trained towards a target. If there is none, could the
// data be their own target? Lesson 03.

// %% [markdown] slideshow={"slide_type":"skip"}
// **References.** Pearson 1901, [doi:10.1080/14786440109462720](https://doi.org/10.1080/14786440109462720) ·
// Kuhn 1955, [doi:10.1002/nav.3800020109](https://doi.org/10.1002/nav.3800020109) ·
// Rosenblatt 1956, [doi:10.1214/aoms/1177728190](https://doi.org/10.1214/aoms/1177728190) ·
// Parzen 1962, [doi:10.1214/aoms/1177704472](https://doi.org/10.1214/aoms/1177704472) ·
// Dempster, Laird and Rubin 1977, [doi:10.1111/j.2517-6161.1977.tb01600.x](https://doi.org/10.1111/j.2517-6161.1977.tb01600.x) ·
// Lloyd 1982, [doi:10.1109/TIT.1982.1056489](https://doi.org/10.1109/TIT.1982.1056489) ·
// Hubert and Arabie 1985, [doi:10.1007/BF01908075](https://doi.org/10.1007/BF01908075) ·
// Arthur and Vassilvitskii 2007, *k-means++: the advantages of careful seeding*, Proceedings of SODA ·
// van der Maaten and Hinton 2008, *Visualizing data using t-SNE*, Journal of Machine Learning Research 9 ·
// Gorman, Williams and Fraser 2014, [doi:10.1371/journal.pone.0090081](https://doi.org/10.1371/journal.pone.0090081) ·
// Xie, Girshick and Farhadi 2016, [doi:10.48550/arXiv.1511.06335](https://doi.org/10.48550/arXiv.1511.06335) ·
// Wattenberg, Viégas and Johnson 2016, *How to use t-SNE effectively*, [doi:10.23915/distill.00002](https://doi.org/10.23915/distill.00002) ·
// McInnes, Healy and Melville 2018, [doi:10.48550/arXiv.1802.03426](https://doi.org/10.48550/arXiv.1802.03426) ·
// Ruff and others 2018, *Deep one-class classification*, Proceedings of Machine Learning Research 80

// %% [markdown] slideshow={"slide_type":"skip"}
// ## Appendix A · Anomalies
//
// Two shares describe a threshold $t$: the **false-alarm rate** $\mathrm{FPR}(t) = P(s_{\text{normal}} \ge t)$ and the **hit
// rate**, also called recall, $\mathrm{TPR}(t) = P(s_{\text{anomaly}} \ge t)$. The **ROC curve** (receiver operating
// characteristic) plots the hit rate against the false-alarm rate for all $t$. With $p$ the density of the normal scores,
// $d\,\mathrm{FPR} = -p\, dt$, so the area under the curve is
//
// $$\mathrm{AUROC} = \int_0^1 \mathrm{TPR}\; d\,\mathrm{FPR} = \int P(s_{\text{anomaly}} \ge t)\, p(t)\, dt
// = P(s_{\text{anomaly}} \ge s_{\text{normal}}) .$$
//
// **The area is the probability that an anomaly scores above a normal example**; ties count one half. It needs no threshold.
//
// *Predict: fit PCA to the images of one MNIST digit, and score images by their squared error. For which digit are the other nine
// hardest to detect?*
//
// How many numbers $k$ should the code have? Normal data cannot decide this, because their error only falls with $k$. So we set
// 2,000 training images aside, take the other digits in them as known anomalies, and choose $k$ by the mean AUROC of the ten
// detectors.

// %% slideshow={"slide_type":"skip"}
const { images: mnistImages, labels: mnistLabels } = mnist.train;
const seenCount = Math.round(0.8 * mnistImages.shape[0]); // the rest is for validation
const imagesOf = (digit: number, end: number): tf.Tensor2D => {
  const own = Array.from(mnistLabels.keys()).filter(n => n < end && mnistLabels[n] === digit);
  return tf.gather(mnistImages, tf.tensor1d(own, "int32"));
};
const isOther = (labels: ArrayLike<number>, digit: number) =>
  Array.from(labels, label => label !== digit);
const average = (values: number[]) => values.reduce((sum, v) => sum + v, 0) / values.length;

// %% slideshow={"slide_type":"skip"}
const codeLengths = [5, 10, 20, 30, 60, 100];
const held: tf.Tensor2D = mnistImages.slice([seenCount, 0]);
const heldLabels = mnistLabels.slice(seenCount);
// %% slideshow={"slide_type":"skip"}
// The error of the first k of 100 components: what lies outside the mean, less the first k squared numbers of the code.
function errorsByLength(digit: number) {
  const { mean, encode } = classical.pca(imagesOf(digit, seenCount), 100);
  const outside = tf.sum(tf.squaredDifference(held, mean), 1);
  const inside = tf.cumsum(tf.square(encode(held)), 1); // [2000, 100]
  return codeLengths.map(k => tf.sub(outside, inside.slice([0, k - 1], [-1, 1]).flatten()));
}

// %% slideshow={"slide_type":"skip"}
const validationAreas = sizes.map((_, digit) =>
  errorsByLength(digit).map(
    errors => 100 * classical.auroc(errors.dataSync(), isOther(heldLabels, digit)),
  ),
);

// %% slideshow={"slide_type":"skip"}
const meanAreas = codeLengths.map((_, i) => average(validationAreas.map(row => row[i])));
const k = codeLengths[meanAreas.indexOf(Math.max(...meanAreas))];
const byLength = { "numbers in the code": codeLengths, "mean AUROC (%)": meanAreas };
plot.table(new DataFrame(byLength), { title: `Validation images choose k = ${k}` });

// %% slideshow={"slide_type":"skip"}
const detectors = sizes.map((_, digit) => classical.pca(imagesOf(digit, Infinity), k));
const { images: testImages, labels: testLabels } = mnist.test;
const scores = detectors.map(detector => detector.error(testImages).dataSync());
const areas = scores.map((s, digit) => 100 * classical.auroc(s, isOther(testLabels, digit)));
const hardest = areas.indexOf(Math.min(...areas));
const easiest = areas.indexOf(Math.max(...areas));

// %% slideshow={"slide_type":"skip"}
const percents = Array.from({ length: 101 }, (_, i) => i / 100);

// %% slideshow={"slide_type":"skip"}
const hitRates = (digit: number) => {
  const { falsePositive, truePositive } = classical.roc(
    scores[digit],
    isOther(testLabels, digit),
  );
  return percents.map(
    share => truePositive[falsePositive.filter(p => p <= share).length - 1],
  );
};

// %% slideshow={"slide_type":"skip"}
const withArea = (digit: number) => `normal: ${digit}, area ${areas[digit].toFixed(1)} %`;
const roc = {
  [withArea(easiest)]: hitRates(easiest),
  [withArea(hardest)]: hitRates(hardest),
  chance: percents,
};
plot.curves(roc, {
  title: `Other digits are easy to tell from a ${easiest} and hard to tell from an ${hardest}`,
  x: "false-alarm rate: share of normal images that raise an alarm",
  y: "hit rate: share of anomalies found",
  at: percents,
});

// %% [markdown]
// Each point of a curve shows the share of anomalies that you find for one share of false alarms. A score without information gives
// the diagonal, with area one half. A density is a detector as well: take $-\log p_h(x)$ as the score. The table compares both with
// the deep network of Ruff and others (2018).

// %% slideshow={"slide_type":"skip"}
const kernelAreas = sizes.map((_, digit) => {
  const log = classical.kernelLogDensity(imagesOf(digit, Infinity), testImages, 1);
  return 100 * classical.auroc(tf.neg(log).dataSync(), isOther(testLabels, digit));
});
const deepSvdd = [98.0, 99.7, 91.7, 91.9, 94.9, 88.5, 98.3, 94.6, 93.9, 96.5];

// %% slideshow={"slide_type":"skip"}
const withMean = (values: number[]) => [...values, average(values)];
const oneClass = new DataFrame({
  normal: [...sizes.map((_, digit) => String(digit)), "mean"],
  [`PCA, ${k} numbers`]: withMean(areas),
  "kernels, h = 1": withMean(kernelAreas),
  "Deep SVDD 2018": withMean(deepSvdd),
});
plot.table(oneClass, {
  title: "AUROC (%): on MNIST a linear code comes close to a deep network",
  decimals: 1,
});

// %% [markdown]
// Read this table with three remarks in mind. The published numbers are means of ten seeds on images with normalised contrast,
// learned from all images of the digit, six times as many as ours. We chose $k$ with known anomalies, which the paper does not use;
// on the test images codes of 10 to 100 numbers give 93.8 to 95.5. Every width $h$ from 0.1 to 1 gives the same mean within 0.1,
// because thin kernels rank images by the distance to the nearest training image.

// %% slideshow={"slide_type":"skip"}
let wins = 0;
const scoresWhere = (other: boolean) =>
  Array.from(scores[hardest]).filter((_, n) => (testLabels[n] !== hardest) === other);
const normal = scoresWhere(false);
const strange = scoresWhere(true);
for (const a of strange) for (const b of normal) wins += a > b ? 1 : a === b ? 0.5 : 0;
const counted = (100 * wins) / (strange.length * normal.length);

// %% slideshow={"slide_type":"skip"} tags=["check"]
check(
  [
    "AUROC by pairs",
    counted,
    { target: areas[hardest], tolerance: 1e-6, unit: "%", source: "proof" },
  ],
  ["mean AUROC", average(areas), { atLeast: 93, unit: "%", source: "the table" }],
);

// %% slideshow={"slide_type":"skip"} tags=["check"]
const known = [99.16, 99.86, 92.28, 94.9, 95.33, 96.66, 98.18, 96.7, 85.12, 96.27];
const offKnown = Math.max(...areas.map((value, digit) => Math.abs(value - known[digit])));
const numpy = "NumPy, float64, these 10,000 images";
if (allTest && mnistImages.shape[0] === 10_000 && k === 30)
  check(
    ["off NumPy's areas, at most", offKnown, { atMost: 0.1, unit: "%", source: numpy }],
    [
      "mean AUROC of ten",
      average(areas),
      { target: 95.45, tolerance: 0.02, unit: "%", source: numpy },
    ],
  );

// %% [markdown] slideshow={"slide_type":"skip"}
// ### Rare anomalies
//
// *Predict: a common rule (TensorFlow's tutorial on autoencoders has it) raises an alarm above mean + 1 standard deviation of the
// training errors. What share of the alarms is false?*
//
// Let $\rho$ be the share of anomalies among all examples that the detector sees. The **precision**, the share of alarms that are
// right, is
//
// $$\mathrm{precision} = \frac{\rho\, \mathrm{TPR}}{\rho\, \mathrm{TPR} + (1 - \rho)\, \mathrm{FPR}}, \qquad
// \frac{\mathrm{precision}}{1 - \mathrm{precision}} = \frac{\rho}{1 - \rho} \cdot \frac{\mathrm{TPR}}{\mathrm{FPR}} .$$
//
// The odds after an alarm are a product: the odds of an anomaly before the alarm times a factor that belongs to the detector. The
// false-alarm rate is a share *of the normal images*; 1 − precision is a share *of the alarms*. AUROC does not depend on $\rho$.

// %% slideshow={"slide_type":"skip"}
const trainingErrors = detectors[hardest].error(imagesOf(hardest, Infinity));
const spread = tf.moments(trainingErrors);
const center = spread.mean.dataSync()[0];
const sd = Math.sqrt(spread.variance.dataSync()[0]);
const above = (values: ArrayLike<number>, t: number) =>
  Array.from(values).filter(value => value >= t).length / values.length;
const precision = (share: number, hits: number, alarms: number) =>
  (share * hits) / (share * hits + (1 - share) * alarms);

// %% slideshow={"slide_type":"skip"}
const rules = [1, 2, 3].map(deviations => {
  const t = center + deviations * sd;
  const [hits, alarms] = [above(strange, t), above(normal, t)];
  return {
    "alarm above": `mean + ${deviations} sd`,
    "FPR, training": above(trainingErrors.dataSync(), t),
    "FPR, test": alarms,
    "recall, test": hits,
    "precision here": precision(strange.length / testLabels.length, hits, alarms),
    "precision, 1 in 100": precision(0.01, hits, alarms),
  };
});
plot.table(new DataFrame(rules), {
  title: `Normal is ${hardest}: where anomalies are rare, most alarms are false`,
  decimals: 3,
});

// %% [markdown]
// Here nine of ten test images are anomalies, so almost every alarm is right. If only one in a hundred were an anomaly, more than
// four of five alarms would be false, although the detector and its two rates would be the same. New normal images also raise more
// alarms than the images to which it was fitted, so set thresholds on normal data that were held out.

// %% slideshow={"slide_type":"skip"} tags=["check"]
const t = center + sd;
const alarmed = Array.from(scores[hardest].keys()).filter(n => scores[hardest][n] >= t);
const right = alarmed.filter(n => testLabels[n] !== hardest).length / alarmed.length;
const moreAlarms = rules[0]["FPR, test"] - rules[0]["FPR, training"];
const rare = Math.max(...rules.map(rule => rule["precision, 1 in 100"]));
check(
  [
    "precision, counted",
    right,
    { target: rules[0]["precision here"], tolerance: 1e-9, source: "formula" },
  ],
  ["more alarms on new images", moreAlarms, { atLeast: 0.005, source: "over-fitting" }],
  ["precision, 1 in 100", rare, { atMost: 0.2, source: "the table" }],
);

// %% [markdown] slideshow={"slide_type":"skip"}
// ## Appendix B · A map of digits
//
// PCA finds the plane with the least squared error. **t-SNE** (van der Maaten and Hinton 2008) asks for something else: that
// neighbours stay neighbours. In the data, $m$ is a neighbour of $n$ with probability $p_{m \mid n} \propto \exp(-\beta_n \lVert
// x_n - x_m \rVert^2)$. Each $\beta_n$ is set so that the entropy of these probabilities is $\log 30$, as if each point had 30
// neighbours (the *perplexity*). With $p_{nm} = (p_{m \mid n} + p_{n \mid m}) / 2N$, and for the points $z_n \in \mathbb{R}^2$ of
// the map
//
// $$w_{nm} = \frac{1}{1 + \lVert z_n - z_m \rVert^2}, \qquad q_{nm} = \frac{w_{nm}}{\sum_{i \ne l} w_{il}}, \qquad
// D_{\mathrm{KL}}(P \,\Vert\, Q) = \sum_{n \ne m} p_{nm} \log \frac{p_{nm}}{q_{nm}} .$$
//
// Nothing here is a function of $x$: the $z_n$ themselves are fitted. We use Adam with rate 1 and 250 steps, from PCA's plane
// shrunk to a hundredth; the paper uses momentum and exaggerates $p$ at first.
//
// **The gradient.** $\partial \log w_{nm} / \partial z_n = -2\, w_{nm}\, (z_n - z_m)$, and each pair stands in the sum twice. The
// term $-\sum p \log w$ gives $4 \sum_m p_{nm}\, w_{nm}\, (z_n - z_m)$, and, since $\sum p = 1$, the term $\log \sum w$ gives $-4
// \sum_m q_{nm}\, w_{nm}\, (z_n - z_m)$:
//
// $$\frac{\partial D_{\mathrm{KL}}}{\partial z_n} = 4 \sum_m (p_{nm} - q_{nm})\, w_{nm}\, (z_n - z_m) .$$
//
// A step against the gradient works like a force: $m$ pulls $n$ where $p_{nm} > q_{nm}$, so where they are closer neighbours in the
// data than on the map, and pushes it away where $p_{nm} < q_{nm}$.

// %% slideshow={"slide_type":"skip"}
// ‖x_n − x_m‖² of all pairs: [N, N]
function allSquaredDistances(x: tf.Tensor2D): tf.Tensor2D {
  const lengths = tf.sum(tf.square(x), 1, true);
  const products: tf.Tensor2D = tf.matMul(x, x, false, true);
  const sums: tf.Tensor2D = tf.add(lengths, lengths.transpose());
  return tf.maximum(tf.sub(sums, tf.mul(products, 2)), 0); // rounding leaves a few below 0
}

// %% slideshow={"slide_type":"skip"}
function affinities(x: tf.Tensor2D, perplexity = 30): tf.Tensor2D {
  const distances = allSquaredDistances(x);
  const N = x.shape[0];
  const oneself = tf.mul(tf.eye(N), -1e9); // no point is its own neighbour
  let low: tf.Tensor = tf.zeros([N, 1]);
  let high: tf.Tensor = tf.fill([N, 1], 1000);
  let p: tf.Tensor2D = tf.eye(N);
  for (let halving = 0; halving < 40; halving++) {
    const beta = tf.div(tf.add(low, high), 2);
    p = tf.softmax(tf.sub(oneself, tf.mul(distances, beta)) as tf.Tensor2D); // p(m | n)
    const entropy = tf.neg(tf.sum(tf.mul(p, tf.log(tf.add(p, 1e-12))), 1, true));
    const tooWide = tf.greater(entropy, Math.log(perplexity)); // too many neighbours: raise β
    low = tf.where(tooWide, beta, low);
    high = tf.where(tooWide, high, beta);
  }
  return tf.div(tf.add(p, p.transpose()), 2 * N);
}

// %% slideshow={"slide_type":"skip"}
// w_nm, 0 where n = m: [N, N]
const closeness = (z: tf.Tensor2D): tf.Tensor2D =>
  tf.div(tf.sub(1, tf.eye(z.shape[0])), tf.add(allSquaredDistances(z), 1));
const divergence = (p: tf.Tensor2D, z: tf.Tensor2D): tf.Scalar => {
  const w = closeness(z);
  const logQ = tf.log(tf.add(tf.div(w, tf.sum(w)), 1e-12));
  return tf.sum(tf.mul(p, tf.sub(tf.log(tf.add(p, 1e-12)), logQ)));
};

// %% slideshow={"slide_type":"skip"}
function tsne(x: tf.Tensor2D, steps = 250) {
  const p = constant(affinities(x));
  const start = classical.pca(x, 2).encode(x);
  const z = tf.variable(tf.mul(start, 0.01)) as tf.Variable<tf.Rank.R2>;
  const step = compile(() => divergence(p, z), { optimizer: tf.train.adam(1) });
  for (let i = 0; i < steps; i++) step();
  return { p, z };
}

// %% slideshow={"slide_type":"skip"}
const placed = tsne(someImages);
const p = placed.p;
const map = placed.z;
const force = tf.grad((z: tf.Tensor) => divergence(p, z as tf.Tensor2D))(plane);
const w = closeness(plane);
const pull: tf.Tensor2D = tf.mul(tf.sub(p, tf.div(w, tf.sum(w))), w); // (p − q) w
const sums = tf.sub(tf.mul(plane, tf.sum(pull, 1, true)), tf.matMul(pull, plane));
const difference = tf.max(tf.abs(tf.sub(force, tf.mul(sums, 4)))).dataSync()[0];
const offByHand = difference / tf.max(tf.abs(force)).dataSync()[0];

// %% slideshow={"slide_type":"skip"}
plot.scatter(map, someLabels, {
  title: "t-SNE: neighbours stay together, and most digits become islands",
  x: "map z₁ (no unit)",
  y: "map z₂ (no unit)",
  legend: "digit",
});

// %% [markdown]
// How many of the 15 nearest images are still among the 15 nearest? That question needs no labels. With labels: how often do the 15
// nearest vote for the right digit, and how well does k-means on the map match the digits? The table also has UMAP, a relative of
// t-SNE (McInnes, Healy and Melville 2018). A random map would keep 15 of 599, 2.5 %.

// %% slideshow={"slide_type":"skip"}
const nearest = (z: tf.Tensor2D) =>
  classical.nearestNeighbours(z, z, 16).indices.map(row => row.slice(1)); // not oneself
const inPixels = nearest(someImages);
const keptBy = (z: tf.Tensor2D) =>
  average(nearest(z).map((row, n) => row.filter(m => inPixels[n].includes(m)).length / 15));

// %% slideshow={"slide_type":"skip"}
const vote = (row: number[]) => {
  const votes = new Array<number>(10).fill(0);
  for (const m of row) votes[someLabels[m]]++;
  return votes.indexOf(Math.max(...votes));
};
const votesRight = (z: tf.Tensor2D) =>
  average(nearest(z).map((row, n) => Number(vote(row) === someLabels[n])));

// %% slideshow={"slide_type":"skip"}
const umap = await classical.umap(someImages, { seed: 2 });
const maps = { "64 pixels": someImages, "PCA, 2": plane, "t-SNE, 2": map, "UMAP, 2": umap };

// %% slideshow={"slide_type":"skip"}
const compared = Object.entries(maps).map(([code, z]) => {
  const { labels } = classical.kMeans(z, { clusters: 10, seed: 2 });
  return {
    code,
    "neighbours kept": keptBy(z),
    "vote of 15 right": votesRight(z),
    "NMI of k-means": agreement(labels, someLabels).NMI,
  };
});
plot.table(new DataFrame(compared), {
  title: "t-SNE and UMAP keep far more neighbours than PCA",
  decimals: 2,
});

// %% slideshow={"slide_type":"skip"} tags=["check"]
const [pixels, linear, curved] = compared;
const more = curved["neighbours kept"] - linear["neighbours kept"];
const sharper = curved["NMI of k-means"] - pixels["NMI of k-means"];
check(
  ["gradient by hand", offByHand, { atMost: 1e-3, source: "van der Maaten & Hinton" }],
  ["neighbours kept, above PCA", more, { atLeast: 0.2, source: "KL(P ‖ Q)" }],
  ["k-means on the map, NMI", sharper, { atLeast: 0.02, source: "the digits" }],
);

// %% [markdown] slideshow={"slide_type":"skip"}
// ### What the map makes up
//
// *Predict: two clouds of 150 points in ten dimensions, one five times as wide as the other. How do their widths compare on the
// map?*

// %% slideshow={"slide_type":"skip"}
const cloud = (width: number, at: number, seed: number): tf.Tensor2D =>
  tf.randomNormal([150, 10], at, width, "float32", seed);
const clouds: tf.Tensor2D = tf.concat([cloud(1, 0, 1), cloud(5, 20, 2)]);

// %% slideshow={"slide_type":"skip"}
const cloudMap = tsne(clouds).z;
const widthOf = (z: tf.Tensor2D, from: number) => {
  const { variance } = tf.moments(z.slice([from, 0], [150, z.shape[1]]), 0);
  return Math.sqrt(tf.sum(variance).dataSync()[0]);
};
const ratio = (z: tf.Tensor2D) => widthOf(z, 150) / widthOf(z, 0);
console.log(`wide : narrow is ${ratio(clouds).toFixed(1)} in the data`);
console.log(`wide : narrow is ${ratio(cloudMap).toFixed(1)} on the map`);

// %% slideshow={"slide_type":"skip"} tags=["check"]
check(
  ["width ratio, data", ratio(clouds), { target: 5, tolerance: 0.3, source: "as drawn" }],
  ["width ratio, map", ratio(cloudMap), { atMost: 2, source: "equal entropies" }],
);

// %% [markdown] slideshow={"slide_type":"skip"}
// They come out nearly equal. Each $\beta_n$ is set so that every point has the same number of neighbours, and then $p_{nm}$ is
// almost the same in a wide and in a narrow cloud. **The size of an island says nothing about its spread** (Wattenberg, Viégas and
// Johnson 2016 show more such traps).

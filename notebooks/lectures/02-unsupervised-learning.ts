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

// %% [markdown] slideshow={"slide_type":"slide"} notes="Read the slide aloud, then ask: if nobody tells you the answer, how would you notice that you are wrong? Collect ideas; the table on the next slide sorts them."
// # Lesson 02 · Unsupervised learning and its four tasks
//
// The lecture's slide (Roman-Rangel, *AutoEncoders*, 2021) says: no labels; we do not learn a mapping function; rather, we try to
// make sense of the data, by clustering, density estimation, anomaly detection, dimensionality reduction. **With no answer to
// compare with, how can you tell good sense from nonsense?**
//
// After this lesson you can
//
// 1. prove that k-means never raises its inertia, and say what a low inertia does not prove;
// 2. prove that EM never lowers a mixture's likelihood, and choose a bandwidth by data held out;
// 3. read the area under an ROC curve as a probability, and say what a threshold costs;
// 4. draw a map of digits by t-SNE and measure what it keeps and what it makes up.
//
// You need means, variances and Gaussians; lesson 01 helps. About 25 minutes to read, half a minute to run.

// %% slideshow={"slide_type":"skip"}
import { DataFrame } from "danfojs-node";
import { check, classical, compile, constant, data, exercise, plot, tf } from "latent";

// %% [markdown] slideshow={"slide_type":"slide"} notes="The last column is the lesson. Ask which of the four judges needs no human at all: the first two and the last; the third needs known anomalies, but only for the exam."
// ## Four tasks, four judges
//
// | task | what you get | what judges it without labels |
// | --- | --- | --- |
// | clustering | $x \mapsto$ one of $k$ groups | inertia: squared distance to the centre of the group |
// | density estimation | $x \mapsto \log p(x)$ | log-likelihood of data held out |
// | anomaly detection | $x \mapsto$ a score of strangeness | share of normal data that raises an alarm (hits need known anomalies) |
// | dimensionality reduction | $x \mapsto$ a few numbers $z$ | error of the way back; neighbours kept |
//
// Here the slide needs care: each of the four *can* give a function of $x$, ready for new data. (The maps of section 5 are the
// exception: they place the points that they were given.) What is missing is not the mapping but its target $y$: nobody says what
// the function should return. Labels enter below only as examiners, after the work is done.

// %% [markdown] slideshow={"slide_type":"slide"} notes="Ask for the units before you show the table. Millimetres beside grams: this will matter in ten minutes."
// ## 1 · A table without answers
//
// The penguins of Palmer Archipelago (Gorman, Williams and Fraser 2014): three species, lengths in millimetres, mass in grams.
// `dropNa` leaves out the birds that were not measured.

// %% slideshow={"slide_type":"skip"}
const measures = ["bill_length_mm", "flipper_length_mm", "body_mass_g"];
const all = new DataFrame(await data.penguins());
const birds = all.loc({ columns: ["species", ...measures] }).dropNa({ axis: 1 });
const column = (name: string) => birds.column(name).values as number[];

// %% slideshow={"slide_type":"-"}
const summary = birds.describe();
const rows = ["count", "mean", "std", "min", "median", "max"];
const shown = summary.loc({ rows });
shown.addColumn("statistic", rows, { inplace: true, atIndex: 0 });
plot.table(shown, { title: "Three measures, three scales", decimals: 1 });

// %% [markdown]
// Read the rows: a standard deviation is 5 mm of bill, 14 mm of flipper, 800 g of bird. `describe` divides by $n - 1$; we divide by
// $n$, as a mean over the data does.

// %% slideshow={"slide_type":"skip"}
const pairs = column("bill_length_mm").map((bill, i) => [bill, column("body_mass_g")[i]]);
const raw: tf.Tensor2D = tf.tensor2d(pairs); // [n, 2]: mm, g
const moments = tf.moments(raw, 0);
const x: tf.Tensor2D = raw.sub(moments.mean).div(moments.variance.sqrt()); // mean 0, sd 1
const species = (birds.column("species").values as string[]).map(name =>
  ["Adelie", "Chinstrap", "Gentoo"].indexOf(name),
); // for the examiner only

// %% slideshow={"slide_type":"skip"} tags=["check"]
const n = raw.shape[0];
const deviation = Math.sqrt((moments.variance.dataSync()[1] * n) / (n - 1));
const described = summary.at("std", "body_mass_g") as number;
check([
  "sd of mass, describe",
  described,
  { target: deviation, tolerance: "0.01 %", unit: "g", source: "variance · n/(n − 1)" },
]);

// %% [markdown] slideshow={"slide_type":"slide"} notes="Two lines of algebra; do the second on the board. The cross term vanishes because the mean is the mean."
// ## 2 · Clustering: k-means
//
// Put $n$ points $x_i \in \mathbb{R}^d$ into $k$ groups: a label $a_i \in \{1 \dots k\}$ for each, a centre $c_j \in \mathbb{R}^d$
// for each group. The **inertia**, in squared units of the data, is
//
// $$J(a, c) = \sum_{i=1}^{n} \lVert x_i - c_{a_i} \rVert^2 .$$
//
// Lloyd's algorithm (1957, printed 1982) takes two steps in turn, each the best for its own variables:
//
// *Assign.* For fixed centres each term has its own $a_i$: take the nearest centre.
//
// *Move.* For fixed labels each group has its own centre. With $m_j$ the mean of group $j$ and $n_j$ its size,
//
// $$\sum_{a_i = j} \lVert x_i - c_j \rVert^2 = \sum_{a_i = j} \lVert x_i - m_j \rVert^2 + n_j \lVert m_j - c_j \rVert^2 ,$$
//
// because the cross term $2\,(m_j - c_j)^\top \sum (x_i - m_j)$ is 0. So $c_j = m_j$ is best.
//
// **So the inertia never rises.** There are at most $k^n$ ways to label, and once the inertia has fallen none of the earlier ones
// can come back: the algorithm ends.

// %% slideshow={"slide_type":"skip"}
// ‖xᵢ − cⱼ‖² for x [n, d] and c [k, d]: [n, k]
const squaredDistances = (x: tf.Tensor2D, c: tf.Tensor2D): tf.Tensor2D =>
  x.expandDims(1).sub(c.expandDims(0)).square().sum(2);
const assign = (x: tf.Tensor2D, c: tf.Tensor2D): tf.Tensor1D =>
  squaredDistances(x, c).argMin(1);
const members = (a: tf.Tensor1D, k: number): tf.Tensor2D => tf.oneHot(a, k).cast("float32");

// %% slideshow={"slide_type":"skip"}
function move(x: tf.Tensor2D, a: tf.Tensor1D, k: number): tf.Tensor2D {
  const own = members(a, k); // [n, k], a one where point i is in group j
  return tf.matMul(own, x, true).div(own.sum(0).expandDims(1));
}
const inertia = (x: tf.Tensor2D, a: tf.Tensor1D, c: tf.Tensor2D) =>
  x.sub(tf.gather(c, a)).square().sum().dataSync()[0];

// %% slideshow={"slide_type":"-"}
function lloyd(x: tf.Tensor2D, c: tf.Tensor2D) {
  const history: number[] = [];
  let a = assign(x, c);
  for (let changed = 1; changed > 0; ) {
    history.push(inertia(x, a, c));
    c = move(x, a, c.shape[0]);
    history.push(inertia(x, a, c));
    const next = assign(x, c);
    [changed] = next.notEqual(a).sum().dataSync();
    a = next;
  }
  return { labels: a.dataSync(), centres: c, history };
}

// %% [markdown]
// *Predict: start with three penguins of one species as centres. Will k-means get out of that corner?*

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
// Read the points: none lies above its left neighbour. One that did would refute the proof, or show a bug: a centre that is not the
// mean, a label that is not the nearest.

// %% slideshow={"slide_type":"skip"} tags=["check"]
const rise = Math.max(...ours.history.slice(1).map((J, i) => J - ours.history[i]));
const library = classical.kMeans(x, { clusters: 3, seed: 2 });
check(
  ["largest rise of J", rise, { atMost: 1e-3, unit: "sd²", source: "Lloyd 1982" }],
  [
    "J at the end",
    ours.history.at(-1) as number,
    { target: library.inertia, tolerance: "2 %", source: "best of ten starts" },
  ],
);

// %% [markdown] slideshow={"slide_type":"slide"} notes="Draw the rectangle. Top and bottom pair is stable: each corner is nearer to its own mean. Sixteen times the best inertia, for ever."
// ### What a resting inertia does not prove
//
// *Predict: four points at the corners of a rectangle, 4 wide and 1 high, two groups. Start with the centres above each other.
// Where does it end?*
//
// Top and bottom edge are stable groups: every corner is nearest to the middle of its own edge, at distance 2. $J = 4 \cdot 2^2 =
// 16$. Left and right pair cost $4 \cdot (1/2)^2 = 1$. The algorithm rests where no *half-step* helps, which need not be the
// minimum. So start many times and keep the best, as `classical.kMeans` does.

// %% slideshow={"slide_type":"-"}
const corners = tf.tensor2d([-2, -0.5, -2, 0.5, 2, -0.5, 2, 0.5], [4, 2]);
const stuck = lloyd(corners, tf.tensor2d([0, -0.5, 0, 0.5], [2, 2]));
const best = classical.kMeans(corners, { clusters: 2, seed: 1, restarts: 10 });
console.log(`one bad start ${stuck.history.at(-1)}, best of ten ${best.inertia}`);

// %% slideshow={"slide_type":"skip"} tags=["check"]
const stuckAt = stuck.history.at(-1) as number;
check(
  ["rectangle, bad start", stuckAt, { target: 16, tolerance: 1e-4, source: "4 · 2²" }],
  [
    "rectangle, ten starts",
    best.inertia,
    { target: 1, tolerance: 1e-4, source: "4 · (1/2)²" },
  ],
);

// %% [markdown] slideshow={"slide_type":"slide"} notes="Ask what the unit of the inertia is when one axis is millimetres and the other grams. There is none: the gram wins because its numbers are large."
// ### Whose distance?
//
// *Predict: cluster the same penguins in millimetres and grams, without dividing by the standard deviations. Better or worse?*
//
// Now the examiner: labels $y$ that k-means never saw. Three marks: **ACC**, the share of points right under the best naming of
// groups (the assignment problem, Kuhn 1955); **NMI**, the information that groups and labels share, $2\, I(a; y) / (H(a) + H(y))$;
// **ARI**, agreement on pairs of points, 0 for chance (Hubert and Arabie 1985).

// %% slideshow={"slide_type":"-"}
const mixed = classical.kMeans(raw, { clusters: 3, seed: 2 });
const marks = (labels: ArrayLike<number>, truth: ArrayLike<number>) => ({
  ACC: classical.clusterAccuracy(truth, labels),
  NMI: classical.normalizedMutualInformation(truth, labels),
  ARI: classical.adjustedRandIndex(truth, labels),
});
const exams = new DataFrame([
  { units: "mm and g", ...marks(mixed.labels, species) },
  { units: "standard deviations", ...marks(library.labels, species) },
]);
plot.table(exams, { title: "The unit decides what k-means finds", decimals: 2 });

// %% slideshow={"slide_type":"slide"} notes="Three stripes across: mass alone was used. One gram counts as much as one millimetre."
const axes = { x: "bill length (sd)", y: "body mass (sd)" };
plot.scatter(x, mixed.labels, {
  title: "In mm and g the groups are stripes of mass: the bill is not heard",
  ...axes,
});

// %% slideshow={"slide_type":"skip"}
plot.scatter(x, library.labels, {
  title: "In standard deviations both measures speak",
  ...axes,
});

// %% [markdown]
// Read the two figures: the points are the same, the colours are the groups. In the first all borders are level: mass alone
// decides. If units did not matter, the figures would agree. Neither inertia could have told you: square grams and square standard
// deviations cannot be compared. **To choose a distance is to say what "alike" means**; no algorithm does that for you.

// %% slideshow={"slide_type":"skip"} tags=["check"]
const gain = marks(library.labels, species).ARI - marks(mixed.labels, species).ARI;
check(["ARI gained by units", gain, { atLeast: 0.2, source: "the examiner" }]);

// %% [markdown] slideshow={"slide_type":"slide"} notes="Let them read the centres before you say what they are. Which digits have two centres, which share one?"
// ### Ten groups of digits
//
// *Predict: 1797 digits of $8 \times 8$ pixels, ten groups, no labels. Will each group be a digit?*

// %% slideshow={"slide_type":"-"}
const digits = await data.digits8x8();
const ten = classical.kMeans(digits.images, { clusters: 10, seed: 2, restarts: 20 });
const counts = classical.contingency(digits.labels, ten.labels); // counts[digit][group]
const order = classical.hungarian(counts.map(row => row.map(count => -count))); // best naming
plot.images(tf.gather(ten.centroids, tf.tensor1d(order, "int32")), {
  title: "The mean image of each group, in the order of the best naming",
  columns: 10,
});

// %% slideshow={"slide_type":"slide"} notes="Rows are digits, columns are groups. Ask where the ones go."
const sizes = counts.map(row => row.reduce((sum, count) => sum + count, 0));
const shares = counts.map((row, digit) => order.map(group => row[group] / sizes[digit]));
plot.heatmap(tf.tensor2d(shares), {
  title: "Most digits have a group; some share one",
  x: "group, in the order of the best naming",
  y: "digit",
  z: "share of the digit",
  rows: Array.from(sizes, (_, digit) => String(digit)),
  columns: Array.from(sizes, (_, group) => String(group)),
  between: [0, 1],
});

// %% [markdown]
// Read a row: where did the images of this digit go? A perfect clustering would fill the diagonal with ones. A row that is torn
// apart is a digit written in two ways; a column with two dark squares holds two digits that look alike to a sum of squared pixels.
//
// A check that needs no labels: take $c$ = overall mean in the identity of the *Move* step. The total sum of squares is the inertia
// plus $\sum_j n_j \lVert m_j - \bar x \rVert^2$.

// %% slideshow={"slide_type":"skip"}
const mean = digits.images.mean(0);
const total = digits.images.sub(mean).square().sum().dataSync()[0];
const between = ten.centroids.sub(mean).square().sum(1); // ‖mⱼ − x̄‖², [10]
const groupSizes = members(tf.tensor1d(ten.labels, "int32"), 10).sum(0);
const explained = between.mul(groupSizes).sum().dataSync()[0];

// %% slideshow={"slide_type":"skip"}
const mnist = await data.mnist({ train: 10_000, test: 10_000 });
const large = classical.kMeans(mnist.test.images, { clusters: 10, seed: 1, restarts: 4 });
const small = marks(ten.labels, digits.labels);
const big = marks(large.labels, mnist.test.labels);
const tenGroups = new DataFrame([
  { images: "8 × 8, 1,797", ...small },
  { images: "28 × 28, 10,000", ...big },
]);
plot.table(tenGroups, { title: "What the examiner gives ten groups", decimals: 2 });

// %% slideshow={"slide_type":"skip"} tags=["check"]
check([
  "inertia + between",
  ten.inertia + explained,
  { target: total, tolerance: "0.01 %", source: "total sum of squares" },
]);

// %% slideshow={"slide_type":"skip"} tags=["check"]
const measured = "another program, 20 starts";
const onMnist = [
  ["MNIST test, ACC", big.ACC, { target: 0.54, tolerance: 0.03, source: measured }],
  ["MNIST test, NMI", big.NMI, { target: 0.5, tolerance: 0.03, source: measured }],
] as const;
check(
  ["8 × 8 digits, NMI", small.NMI, { target: 0.74, tolerance: 0.03, source: measured }],
  ...(mnist.source === "original" ? onMnist : []),
);

// %% [markdown] slideshow={"slide_type":"slide"} notes="Vote first: at which k will the held-out curve turn up? It never does."
// ### How many groups?
//
// *Predict: fit on 1,500 images, measure on the other 297. At which $k$ does the held-out inertia start to rise?*

// %% slideshow={"slide_type":"skip"}
const train: tf.Tensor2D = digits.images.slice([0, 0], [1500, 64]);
const held: tf.Tensor2D = digits.images.slice([1500, 0], [297, 64]);
const ks = [2, 4, 6, 8, 10, 12, 15, 20, 30];
const fits = ks.map(clusters => classical.kMeans(train, { clusters, seed: 1 }));
const heldInertia = fits.map(fit => {
  const nearest = tf.gather(fit.centroids, tf.tensor1d(fit.assign(held), "int32"));
  return held.sub(nearest).square().sum(1).mean().dataSync()[0];
});

// %% slideshow={"slide_type":"-"}
const byK = { training: fits.map(fit => fit.inertia / 1500), "held out": heldInertia };
plot.curves(byK, {
  title: "More groups always look better, even on new images",
  x: "number of groups k",
  y: "inertia per image (grey level²)",
  at: ks,
  points: ["training"],
});

// %% [markdown]
// Read the curves: neither has a bottom. Another centre is nearer to some images and takes nothing from the others. An inertia that
// judged $k$ would turn up at the right. The next task has such a judge.

// %% slideshow={"slide_type":"skip"} tags=["check"]
const leastFall = Math.min(...heldInertia.slice(1).map((J, i) => heldInertia[i] - J));
check([
  "least fall, held out",
  leastFall,
  { atLeast: 0, unit: "grey level²", source: "more centres are nearer" },
]);

// %% [markdown] slideshow={"slide_type":"slide"} notes="Keep F on the board: the same bound trains the variational autoencoder of lesson 13. Only there the first step is done by a network."
// ## 3 · Density: a mixture, by EM
//
// A density gives every $x$ a $\log p(x)$ in nats, and a held-out mean of it judges. Take $k$ Gaussians with shares $\pi_j$:
//
// $$L(\theta) = \frac1n \sum_i \log \sum_j \pi_j\, \mathcal N(x_i; \mu_j, \sigma_j^2), \qquad \theta = (\pi, \mu, \sigma^2).$$
//
// A sum inside a logarithm leaves no closed solution. But the logarithm is concave: for any weights $q_{ij} > 0$ with $\sum_j
// q_{ij} = 1$ Jensen's inequality moves it inside,
//
// $$L(\theta) \;\ge\; F(q, \theta) = \frac1n \sum_{i,j} q_{ij} \log \frac{\pi_j\, \mathcal N(x_i; \mu_j, \sigma_j^2)}{q_{ij}}, \qquad
// L - F = \frac1n \sum_{i,j} q_{ij} \log \frac{q_{ij}}{p(j \mid x_i)},$$
//
// because $\pi_j\, \mathcal N(x_i; \mu_j, \sigma_j^2) = p(x_i)\, p(j \mid x_i)$.
//
// *E-step.* Choose $q_{ij} = p(j \mid x_i)$: the gap is 0.
//
// *M-step.* Keep $q$. The part of $F$ that depends on $\theta$ sums $q_{ij}\, \bigl(\log \pi_j - \tfrac12 \log \sigma_j^2 - (x_i -
// \mu_j)^2 / 2 \sigma_j^2\bigr)$. Its slope in $\mu_j$ is 0 where $\sum_i q_{ij} (x_i - \mu_j) = 0$; in $\sigma_j^2$ where $\sum_i
// q_{ij} \bigl((x_i - \mu_j)^2 - \sigma_j^2\bigr) = 0$; and along $\sum_j \pi_j = 1$ where $n_j / \pi_j$ is the same for all $j$,
// with $n_j = \sum_i q_{ij}$. So the maximum has weighted means:
//
// $$\pi_j = \frac{n_j}{n}, \qquad \mu_j = \frac1{n_j} \sum_i q_{ij}\, x_i, \qquad \sigma_j^2 = \frac1{n_j} \sum_i q_{ij}\, (x_i - \mu_j)^2 .$$
//
// **So $L(\theta') \ge F(q, \theta') \ge F(q, \theta) = L(\theta)$: the likelihood never falls** (Dempster, Laird and Rubin 1977).
// With equal shares and one narrow width for all, $q$ is 1 for the nearest centre: EM becomes *Assign* and *Move*.

// %% slideshow={"slide_type":"skip"}
// k numbers each
type Mixture = { shares: tf.Tensor1D; means: tf.Tensor1D; variances: tf.Tensor1D };
// log πⱼ N(xᵢ; μⱼ, σⱼ²) for x [n, 1]: [n, k]
const logJoint = (x: tf.Tensor2D, { shares, means, variances }: Mixture): tf.Tensor2D => {
  const squares = x.sub(means).square().div(variances);
  return squares
    .add(variances.mul(2 * Math.PI).log())
    .mul(-0.5)
    .add(shares.log());
};
const logDensity = (x: tf.Tensor2D, m: Mixture): tf.Tensor1D =>
  tf.logSumExp(logJoint(x, m), 1);

// %% slideshow={"slide_type":"skip"}
function emStep(x: tf.Tensor2D, mixture: Mixture): Mixture {
  const q = tf.softmax(logJoint(x, mixture)); // E: p(j | xᵢ), [n, k]
  const counts: tf.Tensor1D = q.sum(0); // M: nⱼ
  const means: tf.Tensor1D = q.mul(x).sum(0).div(counts);
  const variances: tf.Tensor1D = q.mul(x.sub(means).square()).sum(0).div(counts);
  return { shares: counts.div(x.shape[0]), means, variances };
}

// %% slideshow={"slide_type":"-"}
const flippers: tf.Tensor2D = tf.tensor2d(column("flipper_length_mm"), [n, 1]); // mm
const [half, start] = [tf.tensor1d([0.5, 0.5]), tf.tensor1d([190, 201])];
let mixture: Mixture = { shares: half, means: start, variances: tf.tensor1d([200, 200]) };
const likelihoods: number[] = [];
for (let step = 0; step < 60; step++) {
  likelihoods.push(logDensity(flippers, mixture).mean().dataSync()[0]);
  mixture = emStep(flippers, mixture);
}

// %% slideshow={"slide_type":"skip"}
const byStep = { "mean log-likelihood": likelihoods };
plot.curves(byStep, {
  title: "EM climbs at every step",
  x: "step",
  y: "log-likelihood (nats per penguin)",
});

// %% [markdown]
// Read the curve: it is slow while both Gaussians cover all birds, fast once each has found its own, and level in the end. A single
// step down would refute the proof.
//
// *Predict: three species, but flippers of how many lengths?* A **kernel density** (Rosenblatt 1956, Parzen 1962) is the mixture
// with a Gaussian of width $h$ on each example, nothing fitted but $h$:
//
// $$p_h(x) = \frac1n \sum_{i} \mathcal N(x; x_i, h^2 I) .$$

// %% slideshow={"slide_type":"skip"}
const lengths = Array.from({ length: 83 }, (_, i) => 161 + i); // mm
const grid: tf.Tensor2D = tf.tensor2d(lengths, [83, 1]);
const flipper = column("flipper_length_mm");
const seen = lengths.map(at => flipper.filter(mm => Math.abs(mm - at) <= 1).length / (3 * n));

// %% slideshow={"slide_type":"skip"}
const withKernels = (h: number) => {
  const densities = {
    penguins: seen,
    "mixture of two": logDensity(grid, mixture).exp().dataSync(),
    kernels: classical.kernelLogDensity(flippers, grid, h).exp().dataSync(),
  };
  const title =
    h < 2 ? "Thin kernels repeat the counts" : "Three species, two lengths of flipper";
  return plot.curves(densities, {
    title: h > 6 ? "A wide kernel hides that flippers come in two lengths" : title,
    x: "flipper length (mm)",
    y: "density (per mm)",
    at: lengths,
    points: ["penguins"],
  });
};

// %% slideshow={"slide_type":"slide"} notes="Move the slider. Two humps, three species: Adelie and Chinstrap have the same flippers. Who chooses h? Two slides on."
const widthsInMm = [0.5, 1, 2, 3, 5, 8, 12];
const steps = widthsInMm.map(h => [`${h} mm`, withKernels(h)] as const);
plot.slider(Object.fromEntries(steps), { label: "bandwidth h =", start: "3 mm" });

// %% [markdown]
// Read the curves, and move the slider: the circles are shares of penguins within 1 mm. The mixture and kernels of 3 mm follow both
// humps, 12 mm melt them. Every curve has area 1, whatever $h$. In other units a density may exceed 1: it counts *per mm*.

// %% slideshow={"slide_type":"skip"}
const fall = Math.max(...likelihoods.slice(1).map((L, i) => likelihoods[i] - L));
const narrow = { shares: half, means: start, variances: tf.tensor1d([0.01, 0.01]) };
const centres: tf.Tensor2D = start.reshape([2, 1]);
const moved: tf.Tensor1D = move(flippers, assign(flippers, centres), 2).reshape([2]);
const unlike = emStep(flippers, narrow).means.sub(moved).abs().max().dataSync()[0];

// %% slideshow={"slide_type":"skip"}
const fine: tf.Tensor2D = tf.linspace(100, 300, 4001).expandDims(1); // mm, 0.05 apart
const area = (log: tf.Tensor1D) => log.exp().sum().mul(0.05).dataSync()[0];
const overall = mixture.shares.mul(mixture.means).sum().dataSync()[0];
const flipperMean = flippers.mean().dataSync()[0];
const kernelArea = area(classical.kernelLogDensity(flippers, fine, 3));

// %% slideshow={"slide_type":"skip"} tags=["check"]
const one = { target: 1, tolerance: 1e-3, source: "a probability" };
check(
  ["largest fall of L", fall, { atMost: 1e-5, unit: "nats", source: "Dempster et al. 1977" }],
  [
    "Σ πⱼ μⱼ",
    overall,
    { target: flipperMean, tolerance: 0.01, unit: "mm", source: "M-step" },
  ],
  ["narrow EM − k-means", unlike, { atMost: 1e-3, unit: "mm", source: "the same steps" }],
  ["area of the mixture", area(logDensity(fine, mixture)), one],
  ["area of the kernels", kernelArea, one],
);

// %% [markdown] slideshow={"slide_type":"skip"}
// ### Hills over a plane
//
// The same sum in two dimensions, on bill and mass in standard deviations.

// %% slideshow={"slide_type":"skip"}
const ticks = Array.from({ length: 63 }, (_, i) => -3 + 0.1 * i);
const plane: tf.Tensor2D = tf.tensor2d(ticks.flatMap(y => ticks.map(x => [x, y])));
const hills: tf.Tensor2D = classical.kernelLogDensity(x, plane, 0.3).exp().reshape([63, 63]);

// %% slideshow={"slide_type":"skip"}
plot.contours(hills, {
  title: "Where penguins are likely, without a word about species",
  columns: ticks,
  rows: ticks,
  points: x,
  labels: species,
  z: "density (per sd²)",
  ...axes,
});

// %% [markdown]
// Read the lines as a map of hills: $h = 0.3$. The colours are the examiner's. Were the species alike in these measures, all three
// colours would lie under one hill.

// %% [markdown] slideshow={"slide_type":"slide"} notes="Ask for the best h on the training images. Somebody will say: as small as you like. Right, and useless."
// ### Which bandwidth?
//
// *Predict: choose $h$ by the likelihood of the training images. What will you get?*
//
// Each training image sits under its own kernel, so $p_h(x_i) \ge \frac1n (2 \pi h^2)^{-d/2}$, that is
//
// $$\log p_h(x_i) \;\ge\; -\log n - d \log\bigl(h \sqrt{2\pi}\bigr) \;\longrightarrow\; \infty \qquad (h \to 0).$$
//
// The training data always ask for less width. A held-out image has no kernel of its own: it pays for thin kernels.

// %% slideshow={"slide_type":"skip"}
const widths = [0.08, 0.09, 0.1, 0.11, 0.12, 0.13, 0.14, 0.15, 0.16, 0.18, 0.2, 0.25, 0.3];
const score = (images: tf.Tensor2D, h: number) =>
  classical.kernelLogDensity(train, images, h).mean().dataSync()[0];
const byWidth = {
  training: widths.map(h => score(train, h)),
  "held out": widths.map(h => score(held, h)),
};

// %% slideshow={"slide_type":"slide"} notes="Compare with the inertia: this curve has a top. A likelihood can judge because it must share out a total of one."
plot.curves(byWidth, {
  title: "Held-out images choose the bandwidth; training images cannot",
  x: "bandwidth h (grey levels)",
  y: "log-likelihood (nats per image)",
  at: widths,
  points: ["training"],
});

// %% [markdown]
// Read the two curves from right to left: together at first, then the training curve climbs without end while the held-out one
// turns down. Without over-fitting they would stay together. Why has this judge a top, and the inertia none? A density has 1 to
// share out: what it gives to one place it takes from another.

// %% slideshow={"slide_type":"skip"}
const spherical = (components: number) =>
  classical.gaussianMixture(train, { components, covariance: "spherical", seed: 1 });
const models = [1, 10, 30].map(spherical);
const heldOut = models.map(m => m.logDensity(held).mean().dataSync()[0]);
const comparison = new DataFrame({
  model: ["1 Gaussian", "10 Gaussians", "30 Gaussians", "kernels, h = 0.15"],
  "training (nats)": [...models.map(m => m.history.at(-1)), score(train, 0.15)],
  "held out (nats)": [...heldOut, score(held, 0.15)],
});

// %% slideshow={"slide_type":"-"}
plot.table(comparison, { title: "One judge for all densities", decimals: 2 });

// %% [markdown]
// Read the last column: more freedom pays here, and would be punished if it only learned the training images by heart. (Full
// covariances would seem to win by far: some pixels are blank in every image, a variance may shrink to 0 there, and the density
// grows without end. Compare only densities that cannot do so.)

// %% slideshow={"slide_type":"skip"} tags=["check"]
const own = -Math.log(1500) - 64 * Math.log(0.03 * Math.sqrt(2 * Math.PI));
check(
  [
    "training, h = 0.03",
    score(train, 0.03),
    { target: own, tolerance: 0.1, source: "its own kernel" },
  ],
  [
    "10 above 1 Gaussian",
    heldOut[1] - heldOut[0],
    { atLeast: 5, unit: "nats", source: "held out" },
  ],
  [
    "kernels above 30",
    score(held, 0.15) - heldOut[2],
    { atLeast: 5, unit: "nats", source: "held out" },
  ],
);

// %% slideshow={"slide_type":"skip"} tags=["check"]
const sums = { 0.25: 11.406, 0.2: 18.99, 0.15: 23.163, 0.1: 8.688 };
const source = "plain sums in float64";
const published = Object.entries(sums).map(([h, target]) => {
  return [
    `held out, h = ${h}`,
    score(held, Number(h)),
    { target, tolerance: 0.002, source },
  ] as const;
});
check(...published, [
  "held out, 1 Gaussian",
  heldOut[0],
  { target: -7.46, tolerance: 0.01, source: "another program" },
]);

// %% [markdown] slideshow={"slide_type":"slide"} notes="Do the integral on the board. Then say it as a game: draw one of each, who scores higher?"
// ## 4 · Anomalies
//
// Learn from normal data only; give each new $x$ a score $s(x)$; raise an alarm where $s \ge t$. Two shares describe a threshold:
// **false alarms** $\mathrm{FPR}(t) = P(s_{\text{normal}} \ge t)$ and **hits** $\mathrm{TPR}(t) = P(s_{\text{anomaly}} \ge t)$. The
// **ROC curve** draws one against the other for all $t$. Its area, with $p$ the density of the normal scores (so $d\,\mathrm{FPR} =
// -p\, dt$), is
//
// $$\mathrm{AUROC} = \int_0^1 \mathrm{TPR}\; d\,\mathrm{FPR} = \int P(s_{\text{anomaly}} \ge t)\, p(t)\, dt
// = P(s_{\text{anomaly}} \ge s_{\text{normal}}) .$$
//
// **The area is the probability that an anomaly scores above a normal example**; ties count one half. It needs no threshold.
//
// *Predict: fit PCA with 30 components (lesson 04) to the images of one digit, and score every test image by its squared error.
// Which digit makes the worst watchman?*

// %% slideshow={"slide_type":"skip"}
const { train: seenImages, test } = mnist;
const rowsOf = (digit: number) =>
  Array.from(seenImages.labels.keys()).filter(i => seenImages.labels[i] === digit);
const imagesOf = (digit: number): tf.Tensor2D =>
  tf.gather(seenImages.images, tf.tensor1d(rowsOf(digit), "int32"));
const isOther = (digit: number) => Array.from(test.labels, label => label !== digit);
const watchmen = sizes.map((_, digit) => classical.pca(imagesOf(digit), 30));
const scores = watchmen.map(pca => pca.error(test.images).dataSync());
const areas = scores.map((s, digit) => 100 * classical.auroc(s, isOther(digit)));
const hard = areas.indexOf(Math.min(...areas));
const easy = areas.indexOf(Math.max(...areas));

// %% slideshow={"slide_type":"skip"}
const percents = Array.from({ length: 101 }, (_, i) => i / 100);
const hitsAt = (digit: number) => {
  const { falsePositive, truePositive } = classical.roc(scores[digit], isOther(digit));
  return percents.map(
    share => truePositive[falsePositive.filter(p => p <= share).length - 1],
  );
};

// %% slideshow={"slide_type":"slide"} notes="Chance is the diagonal. Read one point aloud: with 10 % false alarms the eights' watchman finds so many of the others."
const named = (digit: number) => `normal: ${digit}, area ${areas[digit].toFixed(1)} %`;
const roc = {
  [named(easy)]: hitsAt(easy),
  [named(hard)]: hitsAt(hard),
  chance: percents,
};
plot.curves(roc, {
  title: `The digit ${easy} is easy to guard, the digit ${hard} is not`,
  x: "share of normal images that raise an alarm",
  y: "share of anomalies found",
  at: percents,
});

// %% [markdown]
// Read a curve from the left: how many anomalies do you find for how many false alarms? A score that knew nothing would lie on the
// diagonal, with area one half.

// %% slideshow={"slide_type":"skip"}
const kernels = sizes.map((_, digit) => {
  const log = classical.kernelLogDensity(imagesOf(digit), test.images, 1);
  return 100 * classical.auroc(log.neg().dataSync(), isOther(digit));
});
const deepSvdd = [98.0, 99.7, 91.7, 91.9, 94.9, 88.5, 98.3, 94.6, 93.9, 96.5];

// %% slideshow={"slide_type":"slide"} notes="A linear code with a thousand images holds its own against a deep network with six thousand. Always run the baseline. And density is a score as well."
const average = (values: number[]) => values.reduce((sum, v) => sum + v, 0) / values.length;
const withMean = (values: number[]) => [...values, average(values)];
const oneClass = new DataFrame({
  normal: [...sizes.map((_, digit) => String(digit)), "mean"],
  "PCA, 30 numbers": withMean(areas),
  "kernels, h = 1": withMean(kernels),
  "Deep SVDD 2018": withMean(deepSvdd),
});
plot.table(oneClass, {
  title: "AUROC (%): a linear code stands beside a deep network",
  decimals: 1,
});

// %% [markdown]
// Read the rows: a linear code is close to the network of Ruff and others (2018), who took all training images of the digit, about
// six times as many as we do, and is far behind on the 8. The middle column scores by $-\log p_h(x)$: a density estimator is an
// anomaly detector. Had the score no sense, every row would be near 50.

// %% slideshow={"slide_type":"skip"}
let wins = 0;
const scoresWhere = (other: boolean) =>
  Array.from(scores[hard]).filter((_, i) => (test.labels[i] !== hard) === other);
const [normal, strange] = [scoresWhere(false), scoresWhere(true)];
for (const a of strange) for (const b of normal) wins += a > b ? 1 : a === b ? 0.5 : 0;
const counted = (100 * wins) / (strange.length * normal.length);

// %% slideshow={"slide_type":"skip"} tags=["check"]
check(
  [
    "AUROC by pairs",
    counted,
    { target: areas[hard], tolerance: 1e-6, unit: "%", source: "proof" },
  ],
  ["mean AUROC", average(areas), { atLeast: 94, unit: "%", source: "30 numbers suffice" }],
);

// %% slideshow={"slide_type":"skip"} tags=["check"]
const known = [99.16, 99.86, 92.28, 94.9, 95.33, 96.66, 98.18, 96.7, 85.12, 96.27];
const apart = Math.max(...areas.map((value, digit) => Math.abs(value - known[digit])));
if (mnist.source === "original")
  check(
    ["off that table, at most", apart, { atMost: 1, unit: "%", source: "another program" }],
    [
      "mean AUROC of ten",
      average(areas),
      { target: 95.45, tolerance: 0.1, unit: "%", source: "another program" },
    ],
  );

// %% [markdown] slideshow={"slide_type":"slide"} notes="One formula that everybody who sells alarms should know. Put one in a thousand into it together."
// ### A threshold has a price
//
// *Predict: a common rule raises an alarm above mean + 1 standard deviation of the training errors. How many alarms are false?*
//
// With a share $\pi$ of anomalies among all that is looked at, the **precision**, the share of alarms that are right, is
//
// $$\mathrm{precision} = \frac{\pi\, \mathrm{TPR}}{\pi\, \mathrm{TPR} + (1 - \pi)\, \mathrm{FPR}} .$$
//
// TPR is also called recall. AUROC knows nothing of $\pi$, and a test set may have any.

// %% slideshow={"slide_type":"skip"}
const training = watchmen[hard].error(imagesOf(hard)); // errors on what it was fitted to
const spread = tf.moments(training);
const [centre, sd] = [spread.mean, spread.variance.sqrt()].map(t => t.dataSync()[0]);
const above = (values: ArrayLike<number>, t: number) =>
  Array.from(values).filter(value => value >= t).length / values.length;
const precision = (share: number, hits: number, alarms: number) =>
  (share * hits) / (share * hits + (1 - share) * alarms);

// %% slideshow={"slide_type":"-"}
const rules = [1, 2, 3].map(k => {
  const t = centre + k * sd;
  const [hits, alarms] = [above(strange, t), above(normal, t)];
  return {
    "alarm above": `mean + ${k} sd`,
    "false alarms, training": above(training.dataSync(), t),
    "false alarms, test": alarms,
    recall: hits,
    "precision here": precision(strange.length / 10_000, hits, alarms),
    "precision, 1 in 100": precision(0.01, hits, alarms),
  };
});
plot.table(new DataFrame(rules), {
  title: `Normal is ${hard}: rare anomalies drown in false alarms`,
  decimals: 3,
});

// %% [markdown]
// Read the rows: here nine of ten test images are anomalies, so almost every alarm is right. If one in a hundred were, almost every
// alarm would be false, by the same detector. And new normal images alarm more often than those it was fitted to: set thresholds on
// normal data held out.

// %% slideshow={"slide_type":"skip"} tags=["check"]
const t = centre + sd;
const alarms = Array.from(scores[hard].keys()).filter(i => scores[hard][i] >= t);
const right = alarms.filter(i => test.labels[i] !== hard).length / alarms.length;
const [{ "false alarms, training": before, "false alarms, test": after }] = rules;
check(
  [
    "precision, counted",
    right,
    { target: rules[0]["precision here"], tolerance: 1e-9, source: "formula" },
  ],
  ["more alarms on new images", after - before, { atLeast: 0.005, source: "over-fitting" }],
);

// %% [markdown] slideshow={"slide_type":"slide"} notes="Left over from lesson 04: PCA is the best linear two numbers can do. t-SNE gives up distances and keeps neighbours."
// ## 5 · Fewer numbers: a map of digits
//
// PCA finds the plane with the least squared error; lesson 04 proves it. **t-SNE** (van der Maaten and Hinton 2008) asks for
// something else: that neighbours stay neighbours. In the data, $j$ is a neighbour of $i$ with probability $p_{j \mid i} \propto
// \exp(-\beta_i \lVert x_i - x_j \rVert^2)$; each $\beta_i$ is set so that the entropy of these is $\log 30$, as if each point had
// 30 neighbours. With $p_{ij} = (p_{j \mid i} + p_{i \mid j}) / 2n$, and for the points $z_i \in \mathbb{R}^2$ of the map
//
// $$w_{ij} = \frac{1}{1 + \lVert z_i - z_j \rVert^2}, \qquad q_{ij} = \frac{w_{ij}}{\sum_{k \ne l} w_{kl}}, \qquad
// D_{\mathrm{KL}}(P \,\Vert\, Q) = \sum_{i \ne j} p_{ij} \log \frac{p_{ij}}{q_{ij}} .$$
//
// Nothing here is a function of $x$: the $z_i$ themselves are fitted, by Adam, from PCA's plane shrunk to a hundredth.
//
// **Its slope.** $\partial \log w_{ij} / \partial z_i = -2\, w_{ij}\, (z_i - z_j)$, and each pair stands in the sum twice. The term
// $-\sum p \log w$ gives $4 \sum_j p_{ij}\, w_{ij}\, (z_i - z_j)$, and, since $\sum p = 1$, the term
// $\log \sum w$ gives $-4 \sum_j q_{ij}\, w_{ij}\, (z_i - z_j)$:
//
// $$\frac{\partial D_{\mathrm{KL}}}{\partial z_i} = 4 \sum_j (p_{ij} - q_{ij})\, w_{ij}\, (z_i - z_j) .$$
//
// A force: $j$ pulls $i$ where they are closer in the data than on the map, and pushes it elsewhere.

// %% slideshow={"slide_type":"skip"}
// ‖xᵢ − xⱼ‖² of all pairs: [n, n]
function squares(x: tf.Tensor2D): tf.Tensor2D {
  const lengths = x.square().sum(1, true);
  const products: tf.Tensor2D = tf.matMul(x, x, false, true);
  const all: tf.Tensor2D = tf.sub(lengths.add(lengths.transpose()), products.mul(2));
  return tf.relu(all); // rounding leaves a few below 0
}
const others = (n: number) => tf.sub(1, tf.eye(n)); // 0 where i = j

// %% slideshow={"slide_type":"skip"}
function affinities(x: tf.Tensor2D, perplexity = 30): tf.Tensor2D {
  const distances = squares(x);
  const n = x.shape[0];
  const oneself = tf.eye(n).mul(-1e9); // nobody is a neighbour of oneself
  let [low, high]: tf.Tensor[] = [tf.zeros([n, 1]), tf.fill([n, 1], 1000)];
  let p: tf.Tensor2D = tf.eye(n);
  for (let halving = 0; halving < 40; halving++) {
    const beta = low.add(high).div(2);
    const logits: tf.Tensor2D = tf.sub(oneself, distances.mul(beta));
    p = tf.softmax(logits); // p(j | i)
    const entropy = p.mul(p.add(1e-12).log()).sum(1, true).neg();
    const wide = entropy.greater(Math.log(perplexity)); // too many neighbours: raise β
    [low, high] = [tf.where(wide, beta, low), tf.where(wide, high, beta)];
  }
  return p.add(p.transpose()).div(2 * n);
}

// %% slideshow={"slide_type":"skip"}
// wᵢⱼ: [n, n]
const near = (z: tf.Tensor2D): tf.Tensor2D => tf.div(others(z.shape[0]), squares(z).add(1));
const divergence = (p: tf.Tensor2D, z: tf.Tensor2D): tf.Scalar => {
  const q = near(z).div(near(z).sum());
  return p.mul(p.add(1e-12).log().sub(q.add(1e-12).log())).sum();
};

// %% slideshow={"slide_type":"skip"}
const some: tf.Tensor2D = digits.images.slice([0, 0], [600, 64]);
const someLabels = digits.labels.slice(0, 600);
const plane2: tf.Tensor2D = classical.pca(some, 2).encode(some); // [600, 2]

function map(x: tf.Tensor2D, start: tf.Tensor2D, steps = 250) {
  const p = constant(affinities(x));
  const z = tf.variable(start.mul(0.01));
  const step = compile(() => divergence(p, z as tf.Tensor2D), {
    optimizer: tf.train.adam(1),
  });
  for (let i = 0; i < steps; i++) step();
  return { p, z: z as tf.Tensor2D };
}

// %% slideshow={"slide_type":"-"}
const tsne = map(some, plane2);
const force = tf.grad((z: tf.Tensor) => divergence(tsne.p, z as tf.Tensor2D))(plane2);
const w = near(plane2);
const pull: tf.Tensor2D = tsne.p.sub(w.div(w.sum())).mul(w); // (pᵢⱼ − qᵢⱼ) wᵢⱼ
const byHand = plane2.mul(pull.sum(1, true)).sub(tf.matMul(pull, plane2)).mul(4);
const differs = force.sub(byHand).abs().max().div(force.abs().max()).dataSync()[0];

// %% slideshow={"slide_type":"skip"}
plot.scatter(plane2, someLabels, {
  title: "PCA: the best plane still lays digits on each other",
  x: "code z₁ (grey level)",
  y: "code z₂ (grey level)",
});

// %% slideshow={"slide_type":"slide"} notes="Same images, labels never used. Ask what the axes mean: nothing. What the size of an island means: nothing either; the next slide shows it."
plot.scatter(tsne.z, someLabels, {
  title: "t-SNE: neighbours stay together, and digits become islands",
  x: "map z₁ (no unit)",
  y: "map z₂ (no unit)",
});

// %% [markdown]
// Read the maps by their neighbours alone. How many of the 15 nearest images are still among the 15 nearest? That question needs no
// labels; the examiner then asks how often the 15 nearest vote for the right digit, and what k-means finds on the map. Beside t-SNE
// stands its relative UMAP (McInnes, Healy and Melville 2018). A map that kept nothing would keep 15 of 599 by chance, 2.5 %.

// %% slideshow={"slide_type":"skip"}
const nearest = (z: tf.Tensor2D) =>
  classical.nearestNeighbours(z, z, 16).indices.map(row => row.slice(1)); // not oneself
const truth = nearest(some);
const keptBy = (z: tf.Tensor2D) =>
  average(nearest(z).map((row, i) => row.filter(j => truth[i].includes(j)).length / 15));
const vote = (row: number[]) => {
  const votes = new Array<number>(10).fill(0);
  for (const j of row) votes[someLabels[j]]++;
  return votes.indexOf(Math.max(...votes));
};
const voted = (z: tf.Tensor2D) =>
  average(nearest(z).map((row, i) => Number(vote(row) === someLabels[i])));

// %% slideshow={"slide_type":"-"}
const umap = await classical.umap(some, { seed: 2 });
const maps = { "64 pixels": some, "PCA, 2": plane2, "t-SNE, 2": tsne.z, "UMAP, 2": umap };
const judged = Object.entries(maps).map(([code, z]) => ({
  code,
  "neighbours kept": keptBy(z),
  "vote of 15 right": voted(z),
  "NMI of k-means": marks(classical.kMeans(z, { clusters: 10, seed: 2 }).labels, someLabels)
    .NMI,
}));
plot.table(new DataFrame(judged), { title: "What two numbers keep", decimals: 2 });

// %% slideshow={"slide_type":"skip"} tags=["check"]
const [pixels, linear, curved] = judged;
const more = curved["neighbours kept"] - linear["neighbours kept"];
const sharper = curved["NMI of k-means"] - pixels["NMI of k-means"];
check(
  ["slope by hand", differs, { atMost: 1e-3, source: "van der Maaten & Hinton" }],
  ["neighbours kept, above PCA", more, { atLeast: 0.2, source: "KL(P ‖ Q)" }],
  ["k-means on the map, NMI", sharper, { atLeast: 0.02, source: "the examiner" }],
);

// %% [markdown] slideshow={"slide_type":"slide"} notes="Draw a small and a large circle. On the map they come out alike: the entropy was set to the same value for every point."
// ### What the map makes up
//
// *Predict: two clouds in ten dimensions, one five times as wide as the other. How do their sizes compare on the map?*
//
// Each $\beta_i$ is set so that every point has as many neighbours. A wide cloud and a narrow one look alike to $p_{ij}$: **the
// size of an island means nothing.**

// %% slideshow={"slide_type":"-"}
const cloud = (width: number, at: number, seed: number): tf.Tensor2D =>
  tf.randomNormal([150, 10], at, width, "float32", seed);
const clouds: tf.Tensor2D = tf.concat([cloud(1, 0, 1), cloud(5, 20, 2)]);
const cloudMap = map(clouds, classical.pca(clouds, 2).encode(clouds)).z;
const widthOf = (z: tf.Tensor2D, from: number) =>
  tf
    .moments(z.slice([from, 0], [150, z.shape[1]]), 0)
    .variance.sum()
    .sqrt()
    .dataSync()[0];
const ratio = (z: tf.Tensor2D) => widthOf(z, 150) / widthOf(z, 0);
const inWords = [clouds, cloudMap].map(z => ratio(z).toFixed(1));
console.log(`wide : narrow is ${inWords[0]} in the data, ${inWords[1]} on the map`);

// %% slideshow={"slide_type":"skip"} tags=["check"]
check(
  ["width ratio, data", ratio(clouds), { target: 5, tolerance: 0.3, source: "as drawn" }],
  ["width ratio, map", ratio(cloudMap), { atMost: 2, source: "equal entropies" }],
);

// %% [markdown] slideshow={"slide_type":"slide"} notes="First row: DEC learns a code by an autoencoder and then clusters; that is where this course is going. Second row: the linear baseline."
// ## Ours against the papers
//
// Deep Embedded Clustering (DEC; Xie, Girshick and Farhadi 2016) groups MNIST by codes that start from an autoencoder. Both papers
// learned from far more images than we did.

// %% slideshow={"slide_type":"-"}
const papers = new DataFrame([
  { "on MNIST": "ten groups, ACC (%)", ours: 100 * big.ACC, published: 84.3, by: "DEC 2016" },
  {
    "on MNIST": "one class, AUROC (%)",
    ours: average(areas),
    published: 94.8,
    by: "Deep SVDD 2018",
  },
]);
plot.table(papers, {
  title: "Pixels need a code to be grouped; to guard one digit PCA will do",
  decimals: 1,
});

// %% [markdown] slideshow={"slide_type":"slide"} notes="Exercise 1 in class, 2 to 4 at home, 5 for those who will sell alarms."
// ## Exercises
//
// Replace `exercise.todo(…)` and run the check below it. Each check draws its questions anew, so nothing can be copied.

// %% slideshow={"slide_type":"skip"} exercise={"role":"sheet"}
const sheet = exercise.sheet("Exercises of lesson 02");

// %% [markdown] slideshow={"slide_type":"skip"}
// **1 ★ A game of two scores.** Return the probability that a random anomaly scores above a random normal example; ties count one
// half. Do it without `exact`.
//
// <details><summary>Hint</summary>Section 4: compare every pair.</details>

// %% slideshow={"slide_type":"skip"} exercise={"id":"1","role":"starter"}
function areaUnderRoc(normal: number[], anomalous: number[]): number {
  return exercise.todo(normal, anomalous);
}

// %% slideshow={"slide_type":"skip"} exercise={"id":"1","role":"check"}
await sheet.check("1 · A game of two scores", draw => {
  const tie = draw.integer(4, 6); // a score that both kinds have
  const normal = [tie, tie, ...Array.from({ length: 6 }, () => draw.integer(0, 7))];
  const anomalous = [tie, ...Array.from({ length: 4 }, () => draw.integer(3, 10))];
  const kinds = [...normal.map(() => false), ...anomalous.map(() => true)];
  const area = classical.auroc([...normal, ...anomalous], kinds);
  const every = normal.flatMap(a => anomalous.map(b => Math.sign(b - a)));
  const share = (sign: number) => every.filter(s => s === sign).length / every.length;
  return {
    given: `normal scores ${normal}, anomalous scores ${anomalous}`,
    got: areaUnderRoc(normal, anomalous),
    expected: area,
    mistakes: {
      "Ties count one half, not nothing.": share(1),
      "Ties count one half, not one.": share(1) + share(0),
      "That is the other way round: the anomaly should score higher.": 1 - area,
      "That is a number of pairs; asked is their share.": area * every.length,
    },
  };
});

// %% [markdown] slideshow={"slide_type":"skip"}
// **2 ★★ The best naming.** Three classes, three groups, all numbered 0, 1, 2: return the share of points that are right when the
// groups are named in the best one-to-one way.
//
// <details><summary>Hint</summary>Six namings are soon tried. The largest count need not be in the best one.</details>

// %% slideshow={"slide_type":"skip"} exercise={"id":"2","role":"starter"}
function bestNaming(classes: number[], groups: number[]): number {
  return exercise.todo(classes, groups);
}

// %% slideshow={"slide_type":"skip"} exercise={"id":"2","role":"check"}
await sheet.check("2 · The best naming", draw => {
  const [a, b, c] = [draw.integer(6, 7), draw.integer(4, 5), draw.integer(4, 5)];
  const [d, shift] = [draw.integer(3, 6), draw.integer(1, 2)];
  const repeated = ["00 ".repeat(a), "01 ".repeat(b), "10 ".repeat(c), "22 ".repeat(d)];
  const points = `${repeated.join("")}12 21`.split(" "); // class, group
  const classes = points.map(point => Number(point[0]));
  const groups = points.map(point => (Number(point[1]) + shift) % 3);
  const same = groups.filter((group, i) => group === classes[i]).length;
  return {
    given: `classes ${classes} and groups ${groups}`,
    got: bestNaming(classes, groups),
    expected: (b + c + d) / points.length,
    mistakes: {
      "One-to-one: two groups have one name there.": (a + b + d) / points.length,
      "The largest count first is not always best.": (a + d) / points.length,
      "Numbers of groups are no names yet.": same / points.length,
      "That is a count; asked is a share.": b + c + d,
    },
  };
});

// %% [markdown] slideshow={"slide_type":"skip"}
// **3 ★★ The bandwidth.** One measure, a number each. Return the bandwidth among `widths` with the highest mean log-likelihood of
// the `held` data under a kernel density of the `seen` data, and that mean in nats. Do it without `exact`.
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
  const unit = draw.number(1, 9);
  const [seen, held] = [12, 8].map(n => draw.normal(n, 1).mul(unit) as tf.Tensor2D);
  const widths = [3, 0.02, 0.5, 0.25, 1.2].map(h => h * unit);
  const log = widths.map(h => classical.kernelLogDensity(seen, held, h).mean().dataSync()[0]);
  const best = Math.max(...log);
  const width = widths[log.indexOf(best)];
  const [own, others] = [seen, held].map(part => Array.from(part.dataSync()));
  const choice = chooseWidth(own, others, widths);
  return {
    given: `widths ${widths}: width and mean log-likelihood`,
    got: [choice.width, choice.logLikelihood],
    expected: [width, best],
    mistakes: {
      "Their own data choose the smallest.": [widths[1], null],
      "That is a sum; asked is a mean.": [width, 8 * best],
      "Each kernel weighs one over their number.": [width, best + Math.log(12)],
    },
  };
});

// %% [markdown] slideshow={"slide_type":"skip"}
// **4 ★★ The rule of thumb.** Raise an alarm where a score is at least mean + 1 standard deviation (divide by $n$) of the
// `training` scores. Return the precision and the recall on `scores`.
//
// <details><summary>Hint</summary>Of the alarms, how many are right? Of the anomalies, how many raised one?</details>

// %% slideshow={"slide_type":"skip"} exercise={"id":"4","role":"starter"}
interface Verdict {
  precision: number;
  recall: number;
}

function judge(training: number[], scores: number[], anomalous: boolean[]): Verdict {
  return exercise.todo(training, scores, anomalous);
}

// %% slideshow={"slide_type":"skip"} exercise={"id":"4","role":"check"}
await sheet.check("4 · The rule of thumb", draw => {
  const [m, s] = [draw.number(3, 9), draw.number(1, 2)]; // mean, standard deviation
  const counts = Array.from({ length: 8 }, () => draw.integer(2, 5)); // normal, anomalous
  const level = (i: number) => m + [0.5, 1.08, 1.5, 2.5][i % 4] * s;
  const scores = counts.flatMap((c, i) => new Array<number>(c).fill(level(i)));
  const kinds = counts.flatMap((c, i) => new Array<boolean>(c).fill(i >= 4));
  const from = (i: number, end: number) => counts.slice(i, end).reduce((a, b) => a + b);
  const precision = (i: number) => from(4 + i, 8) / (from(4 + i, 8) + from(i, 4));
  const recall = (i: number) => from(4 + i, 8) / from(4, 8);
  const verdict = judge([m - s, m + s, m - s, m + s], scores, kinds);
  const given = `mean ${m}, sd ${s}, scores ${scores}: precision, recall`;
  const mistakes = {
    "The threshold is one deviation above the mean.": [precision(0), recall(0)],
    "Divide by n for the standard deviation.": [precision(2), recall(2)],
    "One standard deviation, not two.": [precision(3), recall(3)],
    "Precision and recall are exchanged.": [recall(1), precision(1)],
  };
  const got = [verdict.precision, verdict.recall];
  return { given, got, expected: [precision(1), recall(1)], mistakes };
});

// %% [markdown] slideshow={"slide_type":"skip"}
// **5 ★★★ The same detector elsewhere.** On a test set where a share `here` of the data is anomalous you measured `precision` and
// `recall`. Return the precision where that share is `there`.
//
// <details><summary>Hint</summary>Section 4's formula has one unknown: solve it for FPR, which does not move.</details>

// %% slideshow={"slide_type":"skip"} exercise={"id":"5","role":"starter"}
function precisionThere(
  precision: number,
  recall: number,
  here: number,
  there: number,
): number {
  return exercise.todo(precision, recall, here, there);
}

// %% slideshow={"slide_type":"skip"} exercise={"id":"5","role":"check"}
await sheet.check("5 · The same detector elsewhere", draw => {
  const [hits, alarms] = [draw.number(0.6, 0.95), draw.number(0.05, 0.3)]; // TPR, FPR
  const [here, there] = [draw.number(0.4, 0.9), draw.number(0.01, 0.1)];
  const at = (share: number, fpr: number) => {
    return (share * hits) / (share * hits + (1 - share) * fpr);
  };
  const measured = at(here, alarms);
  return {
    given: `precision ${measured}, recall ${hits}, shares ${here} and ${there}`,
    got: precisionThere(measured, hits, here, there),
    expected: at(there, alarms),
    mistakes: {
      "Precision moves with the share of anomalies.": measured,
      "1 − precision is not the false-alarm rate.": at(there, 1 - measured),
      "Precision is not proportional to the share.": (measured * there) / here,
      "That is the share of false alarms.": 1 - at(there, alarms),
    },
  };
});

// %% slideshow={"slide_type":"skip"}
sheet;

// %% [markdown] slideshow={"slide_type":"slide"} notes="Return to the ideas of the first slide. Which of them turned out to be a judge?"
// ## To remember
//
// 1. Most unsupervised methods return functions too; what is missing is the target, and each task needs a judge of its own.
// 2. k-means never raises its inertia, but where it rests depends on the start, on your units and on your $k$.
// 3. EM never lowers the likelihood; and only data held out can choose a bandwidth.
// 4. AUROC is the probability that an anomaly scores above a normal example; what an alarm is worth depends on how rare anomalies
//    are.
// 5. A map can keep neighbours and still make up sizes: trust what was measured.
//
// **Sense without labels is what a judge says on data that were not used.** An artificial neural network is trained towards a
// target. If there is none, could the data be their own? Lesson 03.
//
// **References.** Kuhn 1955, [doi:10.1002/nav.3800020109](https://doi.org/10.1002/nav.3800020109) ·
// Rosenblatt 1956, [doi:10.1214/aoms/1177728190](https://doi.org/10.1214/aoms/1177728190) ·
// Parzen 1962, [doi:10.1214/aoms/1177704472](https://doi.org/10.1214/aoms/1177704472) ·
// Dempster, Laird and Rubin 1977, [doi:10.1111/j.2517-6161.1977.tb01600.x](https://doi.org/10.1111/j.2517-6161.1977.tb01600.x) ·
// Lloyd 1982, [doi:10.1109/TIT.1982.1056489](https://doi.org/10.1109/TIT.1982.1056489) ·
// Hubert and Arabie 1985, [doi:10.1007/BF01908075](https://doi.org/10.1007/BF01908075) ·
// van der Maaten and Hinton 2008, *Visualizing data using t-SNE*, Journal of Machine Learning Research 9 ·
// Gorman, Williams and Fraser 2014, [doi:10.1371/journal.pone.0090081](https://doi.org/10.1371/journal.pone.0090081) ·
// Xie, Girshick and Farhadi 2016, [doi:10.48550/arXiv.1511.06335](https://doi.org/10.48550/arXiv.1511.06335) ·
// McInnes, Healy and Melville 2018, [doi:10.48550/arXiv.1802.03426](https://doi.org/10.48550/arXiv.1802.03426) ·
// Ruff and others 2018, *Deep one-class classification*, Proceedings of Machine Learning Research 80

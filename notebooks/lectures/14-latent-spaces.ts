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

// %% [markdown] slideshow={"slide_type":"slide"} notes="Hold up a globe, or an orange. Ask: where is its middle? A point on the surface has no middle to be pulled towards. That is the whole idea; the rest of the lesson is how to compute with it."
// # Lesson 14 · Latent spaces: N-VAE on R², S-VAE on S²
//
// The lecture's slide (Roman-Rangel, *AutoEncoders*, 2021, after Davidson and others 2018) shows MNIST in two latent spaces: (a) the plane of
// an N-VAE, (b) the sphere of an S-VAE, drawn as a Hammer projection. **What changes when the codes live on a sphere, and is it better?**
//
// After this lesson you can
//
// 1. write down the distribution on the sphere that takes the Gaussian's place, with its KL term and its mean;
// 2. draw from it exactly, and say why the gradient of a rejection sampler needs one more term;
// 3. draw a sphere on flat paper without changing areas;
// 4. compare two models with different latent spaces fairly, by $\log p(x)$ with an error bar.
//
// You need the loss of lesson 13 and the importance bound of lesson 12. One lecture of 45 minutes; a minute to run.

// %% slideshow={"slide_type":"skip"}
import { DataFrame } from "danfojs-node";
import {
  check,
  classical,
  data,
  engineRoute,
  exercise,
  explore,
  fit,
  generator,
  models,
  plot,
  tf,
} from "latent";

// %% slideshow={"slide_type":"skip"}
const quick = engineRoute === "wasm"; // without native TensorFlow: fewer images, fewer draws
const mnist = await data.mnist({ train: quick ? 2000 : 10_000, test: quick ? 1000 : 10_000 });
const courseImages =
  mnist.source === "original" && mnist.test.images.shape[0] === 10_000 && !quick;
const number = (t: tf.Tensor) => t.dataSync()[0];
const average = (values: number[]) => values.reduce((sum, v) => sum + v, 0) / values.length;

// %% [markdown] slideshow={"slide_type":"slide"} notes="Write q over u on the board as e to the kappa w over M. Everything else on the next three slides follows from M. Ask for the two extremes of kappa before you say them."
// ## 1 · A Gaussian for the sphere
//
// The prior $\mathcal{N}(0, I)$ of lesson 13 has a centre, and the KL term pulls every code towards it. The sphere $S^{m-1} = \{z \in
// \mathbb{R}^m : \lVert z \rVert = 1\}$ has no centre among its points, so its natural prior is **uniform**: $u(z) = 1 / |S^{m-1}|$.
// (Davidson's dimension is $d = m - 1$: the ordinary sphere $S^2$ lies in $\mathbb{R}^3$.)
//
// For $q(z \mid x)$ we need a bump with a place and a width. The **von Mises–Fisher** distribution has a mean direction $\mu$, $\lVert \mu
// \rVert = 1$, and a concentration $\kappa \ge 0$:
//
// $$q(z) = u(z)\, \frac{e^{\kappa w}}{M(\kappa)}, \qquad w = \mu^\top z, \qquad M(\kappa) = \mathbb{E}_u\bigl[e^{\kappa w}\bigr] .$$
//
// $w$ is the cosine of the angle between $z$ and $\mu$. At $\kappa = 0$, $q$ is the uniform distribution; for large $\kappa$ it is nearly a
// Gaussian of variance $1/\kappa$ in each of the $m - 1$ directions. **Only one number per point, $w$, matters.** Under $u$ it has density
// $\propto (1 - w^2)^{(m-3)/2}$: the points with cosine $w$ form a sphere of radius $\sqrt{1 - w^2}$, and the band there is $dw /
// \sqrt{1 - w^2}$ wide. For $m = 3$ the two factors cancel and $w$ is uniform on $[-1, 1]$ (Archimedes), so that $M = \sinh(\kappa) / \kappa$.

// %% [markdown] slideshow={"slide_type":"slide"} notes="Do the three lines of the derivation with them. Each is one derivative of log M. The integration by parts is optional; the recurrence is what a program uses."
// ## 2 · Its KL term
//
// *Predict: how does the KL term grow with $\kappa$, and how much faster on $S^{10}$ than on $S^2$?*
//
// $\log (q/u) = \kappa w - \log M(\kappa)$. Let $A(\kappa) = \mathbb{E}_q[w]$, the mean cosine. Then
//
// $$D_{\mathrm{KL}}(q \,\Vert\, u) = \kappa A - \log M, \qquad
// A = \frac{M'}{M} = \frac{\mathbb{E}_u[w e^{\kappa w}]}{\mathbb{E}_u[e^{\kappa w}]}, \qquad
// A' = \mathbb{E}_q[w^2] - A^2 = \operatorname{Var}_q(w) .$$
//
// So $\frac{d}{d\kappa} D_{\mathrm{KL}} = A + \kappa A' - A = \kappa A' \ge 0$. The derivative of $(1 - w^2)^{(m-1)/2} e^{\kappa w}$
// integrates to 0 over $[-1, 1]$, which gives $\kappa\, \mathbb{E}_q[1 - w^2] = (m - 1) A$, and therefore
//
// $$A' = 1 - A^2 - \frac{m - 1}{\kappa} A . \qquad \text{For } m = 3:\quad A = \coth \kappa - \frac1\kappa, \quad
// D_{\mathrm{KL}} = \kappa \coth \kappa - 1 + \log \frac{\kappa}{\sinh \kappa} .$$
//
// For other $m$ the integral $M$ is a modified Bessel function, $M \propto \kappa^{1 - m/2} I_{m/2-1}(\kappa)$, and $A = I_{m/2} / I_{m/2-1}$ is
// the **Bessel ratio**. The KL term knows $\kappa$ but not $\mu$: turning the sphere changes nothing.

// %% slideshow={"slide_type":"-"}
const { nodes, weights } = classical.gaussLegendre(80); // on [0, 1]
function expectation(m: number, kappa: number, f: (w: number) => number) {
  const angles = nodes.map(node => Math.PI * node);
  const density = angles.map(
    (angle, i) =>
      weights[i] * Math.sin(angle) ** (m - 2) * Math.exp(kappa * (Math.cos(angle) - 1)),
  );
  const total = density.reduce((sum, value) => sum + value, 0);
  return angles.reduce((sum, angle, i) => sum + (density[i] / total) * f(Math.cos(angle)), 0);
}

// %% slideshow={"slide_type":"-"}
function moments(m: number, kappa: number) {
  const A = expectation(m, kappa, w => w);
  const variance = expectation(m, kappa, w => (w - A) ** 2); // A′
  const logM = Math.log(expectation(m, 0, w => Math.exp(kappa * (w - 1)))) + kappa;
  return { A, kl: kappa * A - logM, slope: kappa * variance };
}

// %% slideshow={"slide_type":"skip"}
const published = [
  [3, 1, 0.313035285, 0.151595924, 0.275938339],
  [3, 2, 0.537314721, 0.479409249, 0.34795634],
  [3, 10, 0.900000004, 1.995732317, 0.099999918],
  [3, 100, 0.99, 4.298317367, 0.01],
  [2, 1, 0.446389966, 0.210475607, 0.354346032],
  [6, 10, 0.770706157, 2.500193504, 0.206589403],
  [11, 10, 0.604922677, 2.43834453, 0.291458783],
  [21, 50, 0.818198677, 11.329925892, 0.163572671],
  [41, 100, 0.819008557, 22.478793159, 0.162156083],
]; // m, κ, A, KL, dKL/dκ, by SciPy's Bessel functions

// %% slideshow={"slide_type":"skip"}
const ours = published.map(([m, κ]) => ({ m, κ, ...moments(m, κ) }));

// %% slideshow={"slide_type":"slide"} notes="Let them check one entry: m is 3 and kappa is 10, so A is coth 10 minus a tenth. Then compare the KL terms at kappa 10 for m of 3, 6 and 11."
plot.table(
  new DataFrame(
    ours.map(({ m, κ, A, kl, slope }) => ({ m, κ, "A = E w": A, KL: kl, "dKL/dκ": slope })),
  ),
  {
    title: "One integral over the angle gives mean cosine, KL term (nats) and its slope",
    decimals: 6,
  },
);

// %% slideshow={"slide_type":"skip"} tags=["check"]
const offBy = (column: "A" | "kl" | "slope", at: number) =>
  Math.max(...ours.map((row, i) => Math.abs(row[column] - published[i][at])));
const byRecurrence = ours.map(({ m, κ, A, slope }) => {
  return Math.abs(slope - κ * (1 - A * A - ((m - 1) * A) / κ));
});
check(
  ["A, largest error", offBy("A", 2), { atMost: 1e-6, source: "SciPy, Bessel functions" }],
  ["KL, largest error", offBy("kl", 3), { atMost: 1e-6, unit: "nats", source: "SciPy" }],
  ["dKL/dκ, largest error", offBy("slope", 4), { atMost: 1e-6, source: "SciPy" }],
  ["κ Var w − recurrence", Math.max(...byRecurrence), { atMost: 1e-9, source: "by parts" }],
);

// %% slideshow={"slide_type":"skip"}
const kappas = Array.from({ length: 61 }, (_, i) => 10 ** (i / 20 - 1)); // 0.1 … 100
const klAt = (m: number) => kappas.map(kappa => classical.vmf.klToUniform(m, kappa));

// %% slideshow={"slide_type":"slide"} notes="The answer to the prediction: nothing at first, then logarithmically, and steeper with the dimension. In the left half the sphere of ten dimensions is even the lower curve."
plot.curves(
  { "S², m = 3": klAt(3), "S⁵, m = 6": klAt(6), "S¹⁰, m = 11": klAt(11) },
  {
    title: "The KL term starts flat, then grows with log κ, and steeper in more dimensions",
    x: "κ",
    y: "KL to the uniform distribution (nats)",
    logX: true,
    at: kappas,
  },
);

// %% [markdown]
// The answer: for large $\kappa$ the slope over $\log \kappa$ is $(m - 1)/2$, one half for each direction, as for a Gaussian of variance
// $1/\kappa$. So it is 1 on $S^2$ and 5 on $S^{10}$. For small $\kappa$ the higher sphere is *lower*: there $D_{\mathrm{KL}} \approx \kappa^2 /
// 2m$. If $A$ were wrong by a little, this would not show here; the table is the test.

// %% [markdown] slideshow={"slide_type":"slide"} notes="Draw the north pole and a circle of latitude. First the latitude, then the longitude, then carry the pole to mu by a mirror. Ask what happens to the mirror when mu is the pole already."
// ## 3 · Draws, exactly
//
// *Predict: which shape has the density of $w$ for $\kappa = 10$ on $S^2$, and where does it end?*
//
// A draw is a cosine and a direction: $z = w\, \mu + \sqrt{1 - w^2}\; v$ with $v \perp \mu$ uniform. On $S^2$ the distribution function of $w$ can
// be inverted, because $w$ is uniform under $u$: $F(w) = (e^{\kappa w} - e^{-\kappa}) / (e^{\kappa} - e^{-\kappa}) = t$ gives
//
// $$w = 1 + \frac1\kappa \log\bigl(t + (1 - t)\, e^{-2\kappa}\bigr), \qquad t \sim U(0, 1] .$$
//
// No exponent here is positive, so nothing overflows. We draw around $e_1 = (1, 0, 0)$ and carry the result to $\mu$ by a mirror
// (Householder): with $a = e_1 - \mu$, $\;z = y - 2\, a\, (a^\top y) / \lVert a \rVert^2$ maps $e_1$ to $\mu$ and keeps lengths. Where $\mu =
// e_1$ this is $0/0$, although nothing is to be done: the denominator needs a floor. $w$ is a smooth function of $\kappa$, and $z$ of $\mu$
// everywhere but at $e_1$, so **gradients pass**, as through $\mu + \sigma \varepsilon$.

// %% slideshow={"slide_type":"-"}
function cosine(kappa: tf.Tensor, t: tf.Tensor): tf.Tensor2D {
  const tail = tf.mul(tf.sub(1, t), tf.exp(tf.mul(-2, kappa)));
  return tf.add(1, tf.div(tf.log(tf.add(t, tail)), kappa)); // w, [N, 1]
}

// %% slideshow={"slide_type":"-"}
function mirror(y: tf.Tensor2D, mu: tf.Tensor2D): tf.Tensor2D {
  const a = tf.sub(tf.tensor2d([[1, 0, 0]]), mu);
  const length = tf.maximum(tf.sum(tf.square(a), 1, true), 1e-10); // the floor
  const along = tf.div(tf.sum(tf.mul(a, y), 1, true), length);
  return tf.sub(y, tf.mul(tf.mul(2, along), a));
}

// %% slideshow={"slide_type":"-"}
function drawOnSphere(mu: tf.Tensor2D, kappa: tf.Tensor2D, seed: number): tf.Tensor2D {
  const random = generator(seed);
  const w = cosine(kappa, tf.sub(1, random.uniform(kappa.shape))); // t in (0, 1]
  const angle = tf.mul(2 * Math.PI, random.uniform(kappa.shape));
  const radius = tf.sqrt(tf.maximum(tf.sub(1, tf.square(w)), 0));
  const around = [tf.mul(radius, tf.cos(angle)), tf.mul(radius, tf.sin(angle))];
  return mirror(tf.concat([w, ...around], 1) as tf.Tensor2D, mu); // [N, 3]
}

// %% slideshow={"slide_type":"skip"}
const cosines = [1, 10].map(kappa => {
  const t = tf.sub(1, generator(29).uniform([20_000, 1]));
  return Array.from(cosine(tf.fill([20_000, 1], kappa), t).dataSync()); // w of 20,000 draws
});
const middles = Array.from({ length: 40 }, (_, i) => -0.975 + 0.05 * i); // of bins of w
const drawnShare = (w: number[]) =>
  middles.map(m => w.filter(v => Math.abs(v - m) < 0.025).length / (0.05 * w.length));
const density = (κ: number) =>
  middles.map(w => (κ * Math.exp(κ * (w - 1))) / (1 - Math.exp(-2 * κ))); // e^(κw) / 2M

// %% slideshow={"slide_type":"slide"} notes="The lines are the formula, the circles are counted draws. Ask what kappa of zero would look like: a flat line at one half, which is Archimedes."
plot.curves(
  {
    "κ = 1": density(1),
    "κ = 10": density(10),
    "κ = 1, draws": drawnShare(cosines[0]),
    "κ = 10, draws": drawnShare(cosines[1]),
  },
  {
    title: "On S² the cosine w has an exponential density, and the draws follow it",
    x: "w, the cosine of the angle between z and µ",
    y: "density of w",
    at: middles,
    points: ["κ = 1, draws", "κ = 10, draws"],
  },
);

// %% [markdown]
// The answer: the density of $w$ is $\propto e^{\kappa w}$. It is largest at its end, $w = 1$, which is the pole itself. Circles beside their
// line would mean a wrong inverse. Now draws on the whole sphere, 100 for each of three $\kappa$:

// %% slideshow={"slide_type":"skip"}
const directions = tf.tensor2d([
  [1, 0, 0],
  [0.48, -0.64, 0.6],
  [0, 0.8, -0.6],
]);
const concentrations = [100, 12, 1];
const three = concentrations.map((kappa, i) => {
  const mu: tf.Tensor2D = tf.tile(directions.slice([i, 0], [1, 3]), [100, 1]);
  return drawOnSphere(mu, tf.fill([100, 1], kappa), 30 + i);
});

// %% slideshow={"slide_type":"slide"} notes="Kappa of 100 is a spot, 12 a bump, and 1 is hardly a place at all: it covers the whole sphere. The map is explained in section 7; say only that areas are right."
plot.sphere(
  tf.concat(three) as tf.Tensor2D,
  concentrations.flatMap(kappa => new Array(100).fill(kappa)),
  {
    title: "Three von Mises–Fisher distributions: κ = 100 is a spot, κ = 1 is everywhere",
    legend: "κ",
  },
);

// %% [markdown]
// A bump needs $\kappa$ well above 1 to be a place: at $\kappa = 1$ the mean cosine is 0.31, and more than a quarter of the draws lie on the
// far half of the sphere.

// %% slideshow={"slide_type":"skip"}
const count = quick ? 20_000 : 100_000;

// %% slideshow={"slide_type":"skip"}
const pole = tf.tensor2d([[1, 0, 0]]);
function deviation(kappa: number, mu: tf.Tensor2D, seed: number) {
  return tf.tidy(() => {
    const z = drawOnSphere(tf.tile(mu, [count, 1]), tf.fill([count, 1], kappa), seed);
    const w = Array.from(tf.sum(tf.mul(z, mu), 1).dataSync()); // µᵀz
    const { A, slope } = moments(3, kappa);
    const lengths = tf.max(tf.abs(tf.sub(tf.norm(z, "euclidean", 1), 1)));
    const sigmas = (average(w) - A) / Math.sqrt(slope / kappa / count);
    return { sigmas, length: number(lengths) };
  });
}

// %% slideshow={"slide_type":"skip"} tags=["check"]
const tilted: tf.Tensor2D = directions.slice([1, 0], [1, 3]);
const drawn = [0.1, 1, 10, 100].map((kappa, i) => deviation(kappa, tilted, 40 + i));
const atPole = deviation(10, pole, 44); // µ = e₁, where the mirror is 0/0
check(
  [
    "mean of µᵀz − A, 4 values of κ",
    Math.max(...drawn.map(d => Math.abs(d.sigmas))),
    { atMost: 4, unit: "s.e.", source: "Var w = A′" },
  ],
  ["the same at µ = e₁", Math.abs(atPole.sigmas), { atMost: 4, unit: "s.e.", source: "A′" }],
  [
    "‖z‖ − 1, largest",
    Math.max(...[...drawn, atPole].map(d => d.length)),
    { atMost: 1e-5, source: "float32" },
  ],
);

// %% [markdown] slideshow={"slide_type":"slide"} notes="This is the one place where the published code is wrong, and a number shows it. Say it kindly: the models trained with it still worked. Derive the second term: the product rule on r times f."
// ## 4 · The gradient that rejection forgets
//
// *Predict: a rejection sampler's accepted draws have the right distribution. Is the derivative of an accepted draw, averaged, the derivative of
// the average?*
//
// For $m \ne 3$ there is no such inverse. Ulrich (1984) and Wood (1994) draw $\varepsilon \sim \text{Beta}(\frac{m-1}2, \frac{m-1}2)$, propose
//
// $$w(\varepsilon, \kappa) = \frac{1 - (1 + b)\, \varepsilon}{1 - (1 - b)\, \varepsilon}, \qquad
// b = \frac{m - 1}{2\kappa + \sqrt{4\kappa^2 + (m-1)^2}},$$
//
// and accept so that $w$ follows $q$. But an accepted $\varepsilon$ is no longer Beta: its density is $\pi(\varepsilon; \kappa) = s(\varepsilon)\, q(w;
// \kappa) / r(w; \kappa)$, with $s$ the Beta density and $r$ the proposals' density of $w$. **It depends on $\kappa$.** The product rule has two terms:
//
// $$\frac{d}{d\kappa} \int \pi\, f(w)\, d\varepsilon = \mathbb{E}\Bigl[f'(w)\, \frac{\partial w}{\partial \kappa}\Bigr]
// + \mathbb{E}\Bigl[f(w)\, \frac{\partial}{\partial \kappa} \log \frac{q(w; \kappa)}{r(w; \kappa)}\Bigr],$$
//
// both derivatives at fixed $\varepsilon$ (Naesseth and others 2017). Differentiating the accepted draw alone is the first term. Both of the
// authors' public programs do that, though their paper gives both terms.

// %% slideshow={"slide_type":"-"}
const m5 = 5;
function propose(kappa: tf.Tensor, e: tf.Tensor) {
  const root = tf.sqrt(tf.add(tf.mul(4, tf.square(kappa)), (m5 - 1) ** 2));
  const b = tf.div(m5 - 1, tf.add(tf.mul(2, kappa), root));
  const below = tf.sub(1, tf.mul(tf.sub(1, b), e)); // 1 − (1 − b) ε
  const w = tf.div(tf.sub(1, tf.mul(tf.add(1, b), e)), below);
  const stretch = tf.sub(tf.log(b), tf.mul(2, tf.log(below))); // log |dw/dε|, up to log 2
  return { b, w, stretch };
}

// %% slideshow={"slide_type":"-"}
// log q/r at fixed ε, without log M and what κ does not change
function logRatio(kappa: tf.Tensor, e: tf.Tensor) {
  const { w, stretch } = propose(kappa, e);
  const band = tf.mul((m5 - 3) / 2, tf.log(tf.sub(1, tf.square(w))));
  return tf.add(tf.add(tf.mul(kappa, w), band), stretch);
}

// %% slideshow={"slide_type":"-"}
function accepted(kappa: tf.Tensor, e: tf.Tensor, t: tf.Tensor) {
  const { b, w } = propose(kappa, e);
  const x0 = tf.div(tf.sub(1, b), tf.add(1, b));
  const height = (w: tf.Tensor) =>
    tf.add(tf.mul(kappa, w), tf.mul(m5 - 1, tf.log(tf.sub(1, tf.mul(x0, w)))));
  return tf.greaterEqual(tf.sub(height(w), height(x0)), tf.log(t)); // true where kept
}

// %% slideshow={"slide_type":"-"}
function gradients(κ: number, proposals: number, seed: number) {
  return tf.tidy(() => {
    const random = generator(seed);
    const points = classical.vmf.uniformOnSphere(proposals, m5, random);
    const e = tf.div(tf.add(1, points.slice([0, 0], [-1, 1])), 2); // Beta(2, 2)
    const kappa = tf.fill([proposals, 1], κ);
    const t = tf.sub(1, random.uniform([proposals, 1]));
    const kept = tf.cast(accepted(kappa, e, t), "float32");
    const mean = (x: tf.Tensor) => number(tf.sum(tf.mul(kept, x))) / number(tf.sum(kept));
    const path = tf.grad((k: tf.Tensor) => propose(k, e).w)(kappa); // ∂w/∂κ
    const score = tf.sub(tf.grad((k: tf.Tensor) => logRatio(k, e))(kappa), moments(5, κ).A);
    return { path: mean(path), correction: mean(tf.mul(propose(kappa, e).w, score)) };
  });
}

// %% slideshow={"slide_type":"skip"}
const batchesOfDraws = Array.from({ length: quick ? 4 : 20 }, (_, i) =>
  gradients(2, 100_000, 60 + i),
);
const uncorrected = average(batchesOfDraws.map(batch => batch.path));
const corrected = uncorrected + average(batchesOfDraws.map(batch => batch.correction));
const exactSlope = moments(5, 2).slope / 2; // A′ = dKL/dκ / κ

// %% slideshow={"slide_type":"skip"}
const testKappas = [0.5, 1, 2, 3, 5, 8, 12, 20];
const atKappas = testKappas.map((κ, i) => gradients(κ, quick ? 20_000 : 100_000, 90 + i));

// %% slideshow={"slide_type":"slide"} notes="The line is the truth. One set of circles lies on it, the other below it, and more draws do not help: they only make the lower ones certain. The upper ones are the product rule."
plot.curves(
  {
    "exact, A′(κ)": testKappas.map(κ => moments(5, κ).slope / κ),
    "accepted draws differentiated": atKappas.map(batch => batch.path),
    "with the second term": atKappas.map(batch => batch.path + batch.correction),
  },
  {
    title: "m = 5: without its second term the gradient of E[w] is too small",
    x: "κ",
    y: "d E[w] / dκ",
    at: testKappas,
    logX: true,
    points: ["accepted draws differentiated", "with the second term"],
  },
);

// %% [markdown]
// Here $f(w) = w$, so the truth is $A'$: 0.14739 at $\kappa = 2$. The answer to the prediction is no: the accepted draws alone give 0.1277 there, 13 %
// too little, and no number of draws brings that up. The share changes with $\kappa$ (and with $m$). Our models need no correction: on $S^2$ they use the inverse, and elsewhere they
// differentiate $F(w; \kappa) = t$ at fixed $t$, $\;\partial w / \partial \kappa = -(\partial F / \partial \kappa) / q$ (Figurnov and others 2018).

// %% slideshow={"slide_type":"skip"} tags=["check"]
check(
  [
    "d E[w]/dκ, corrected",
    corrected,
    { target: 0.147389, tolerance: quick ? 0.0015 : 0.0005, source: "A′(2), 6 seeds" },
  ],
  [
    "accepted draws alone",
    uncorrected,
    { target: 0.12768, tolerance: 0.0005, source: "two public programs' formula" },
  ],
  [
    "accepted draws alone − A′, off by",
    Math.abs(uncorrected - exactSlope),
    { atLeast: 0.015, source: "0.0005 is allowed" },
  ],
);

// %% [markdown] slideshow={"slide_type":"slide"} notes="Draw a circle with three clusters. Ask: how many numbers does a point on a circle have? One. And what does a line do with a circle? It has to cut it. With two numbers, what does the prior do to the hole in the middle?"
// ## 5 · Data that lie on a circle
//
// *Predict: the data have one free number, an angle. Which model fits best: an N-VAE with one code, an N-VAE with two, or an S-VAE on the
// circle?*
//
// After figure 1 of the paper (the map is ours): angles around three places of $S^1$, bent into 100 dimensions by a fixed random network, plus
// Gaussian noise of standard deviation $s = 0.2$. Since we made the data, $\log p(x)$ of the true process is an integral over the angle: no
// model can beat it in the mean. The three models have the same layers, 100-64-32 and back, the same steps, and know $s$.

// %% slideshow={"slide_type":"-"}
const s = 0.2;
const wiring = generator(7);
const [into, out] = [wiring.normal([2, 100]), wiring.normal([100, 100])] as tf.Tensor2D[];
function bend(angle: tf.Tensor): tf.Tensor2D {
  const point = tf.stack([tf.cos(angle), tf.sin(angle)], 1) as tf.Tensor2D; // [N, 2]
  const hidden = tf.tanh(tf.matMul<tf.Tensor2D>(point, into));
  return tf.div(tf.matMul<tf.Tensor2D>(hidden, out), 10); // [N, 100]
}

// %% slideshow={"slide_type":"-"}
function onCircle(n: number, seed: number) {
  const random = generator(seed);
  const cluster = Array.from({ length: n }, (_, i) => i % 3);
  const centre = tf.tensor1d(cluster.map(c => (2 * Math.PI * c) / 3));
  const angle = tf.add(centre, tf.mul(0.35, random.normal([n]))); // radians
  const x: tf.Tensor2D = tf.add(bend(angle), tf.mul(s, random.normal([n, 100])));
  return { x, cluster, angle };
}
const [circle, circleTest] = [onCircle(3000, 11), onCircle(1000, 12)];

// %% slideshow={"slide_type":"-"}
type Family = "vae" | "svae";
async function fitCircle(family: Family, latent: number, seed: number) {
  const shape = { inputs: 100, hidden: [64, 32], likelihood: { variance: s * s } };
  const model = models[family]({ ...shape, latent, seed });
  const [random, epochs] = [generator(seed), quick ? 20 : 40];
  await fit((x: tf.Tensor2D) => model.loss(x, random), circle.x, {
    epochs,
    batchSize: 100,
    optimizer: tf.train.adam(0.003),
    learningRate: t => 0.003 * (0.5 + 0.5 * Math.cos((Math.PI * t) / (30 * epochs))),
    seed,
  });
  return model;
}

// %% slideshow={"slide_type":"-"}
const onLine = await fitCircle("vae", 1, 3);
const onPlane = await fitCircle("vae", 2, 3);
const onRing = await fitCircle("svae", 1, 3);

// %% slideshow={"slide_type":"skip"}
// log p(x) of the true process, [N]: the mean over 720 angles, weighted by their true density
const grid = Array.from({ length: 720 }, (_, i) => (Math.PI * i) / 360);
const logWeight = grid.map(angle => {
  const near = [0, 1, 2].flatMap(c =>
    [-1, 0, 1].map(turn => angle - (2 * Math.PI * (c + 3 * turn)) / 3),
  );
  return Math.log(near.reduce((sum, a) => sum + Math.exp((-a * a) / (2 * 0.35 ** 2)), 0));
});

// %% slideshow={"slide_type":"skip"}
function truth(x: tf.Tensor2D) {
  const logTotal = Math.log(logWeight.reduce((sum, l) => sum + Math.exp(l), 0));
  const curve = bend(tf.tensor1d(grid)); // [720, 100]
  const squares = tf.sub(
    tf.add(tf.sum(tf.square(x), 1, true), tf.sum(tf.square(curve), 1)),
    tf.mul(2, tf.matMul(x, curve, false, true)),
  );
  const logs = tf.sub(tf.tensor1d(logWeight), tf.div(squares, 2 * s * s));
  return tf.sub(tf.logSumExp(logs, 1), logTotal + 50 * Math.log(2 * Math.PI * s * s));
}

// %% slideshow={"slide_type":"-"}
type Model = Awaited<ReturnType<typeof fitCircle>>;
// log p(x, z) / q(z | x) of K draws for each row of x, [K, N], ten draws at a time
function logWeights(model: Model, x: tf.Tensor2D, K: number): tf.Tensor2D {
  const [random, n] = [generator(6), x.shape[0]];
  const many: tf.Tensor2D = tf.tile(x, [10, 1]);
  const q = model.encode(many);
  const ten = () => tf.reshape(model.logWeight(many, random, q as never), [10, n]);
  return tf.concat(Array.from({ length: K / 10 }, ten)) as tf.Tensor2D;
}

// %% slideshow={"slide_type":"-"}
function measured(model: Model, x: tf.Tensor2D, K: number) {
  return tf.tidy(() => {
    const logs = logWeights(model, x, K);
    const logP = tf.sub(tf.logSumExp(logs, 0), Math.log(K)); // L_K of each row, as in lesson 12
    const l1 = tf.mean(logs, 0); // the ELBO of each row
    const kl = average(Array.from(model.bound(x, generator(5)).divergence.dataSync()));
    const elbo = average(Array.from(l1.dataSync()));
    const gaps = Array.from(tf.sub(logP, l1).dataSync()); // L_K − ELBO
    return { elbo, kl, logP: Array.from(logP.dataSync()), gaps };
  });
}

// %% slideshow={"slide_type":"skip"}
const rivals = [onLine, onPlane, onRing].map(model => measured(model, circleTest.x, 100));
const ceiling = average(Array.from(truth(circleTest.x).dataSync()));
const rivalRows = ["N-VAE on R¹", "N-VAE on R²", "S-VAE on S¹"].map((model, i) => ({
  model,
  KL: rivals[i].kl,
  ELBO: rivals[i].elbo,
  "log p(x)": average(rivals[i].logP),
}));

// %% slideshow={"slide_type":"slide"} notes="Look at the KL column. The line cuts the circle, so its codes run far out; the plane must pay for a coordinate that the data do not have. The circle pays for one angle."
plot.table(
  new DataFrame([
    ...rivalRows,
    { model: "the true process", KL: NaN, ELBO: NaN, "log p(x)": ceiling },
  ]),
  {
    title: "Circle data: the S-VAE comes nearest to the truth (nats per test point)",
    decimals: 2,
  },
);

// %% slideshow={"slide_type":"skip"}
const pictured = Array.from({ length: 250 }, (_, i) => 4 * i); // every fourth point
const cluster = pictured.map(i => circleTest.cluster[i]);
const codesOf = (model: Model): tf.Tensor2D =>
  tf.gather(model.encode(circleTest.x).mean, pictured);
const turn = tf.mod(tf.add(tf.gather(circleTest.angle, pictured), 2 * Math.PI), 2 * Math.PI);
const lineCodes = tf.stack([turn, codesOf(onLine).flatten()], 1) as tf.Tensor2D; // [250, 2]
const circleCodes = [onPlane, onRing].map(codesOf);

// %% slideshow={"slide_type":"slide"} notes="Put a finger on the left edge and one on the right edge: that is the same place on the circle. Follow the curve from left to right and ask where two neighbours in the data have codes that are far apart."
plot.scatter(lineCodes, cluster, {
  title: "N-VAE on R¹: a line has to tear the circle",
  x: "true angle (radians; 0 and 2π are one place)",
  y: "code µ",
  legend: "cluster",
});

// %% slideshow={"slide_type":"slide"} notes="Left, the plane: the circle is there, but bent inwards and torn by a prior that wants the codes at the origin. Right: the circle, because there is nothing else."
plot.beside(
  {
    "N-VAE on R²": plot.scatter(circleCodes[0], cluster, {
      title: "plane",
      x: "µ₁",
      y: "µ₂",
      legend: "cluster",
    }),
    "S-VAE on S¹": plot.scatter(circleCodes[1], cluster, {
      title: "circle",
      x: "µ₁",
      y: "µ₂",
      legend: "cluster",
    }),
  },
  { title: "Two latent spaces of circle data: the plane has room that the data do not use" },
);

// %% [markdown]
// A line cannot close: it has to tear the circle somewhere, or give two places one code. A plane holds the circle, but its prior expects most codes
// where the data have a hole, and each point needs a second number that says nothing. The sphere led in each of our nine trials, by 1.8 to 5.7 nats
// over the plane (other seeds and maps, angles without clusters, three times the epochs). How much depends on the noise: at $s = 0.5$ it led
// by 1.1 nats over the plane and 1.3 over the line, at $s = 1$ by less than one.

// %% slideshow={"slide_type":"skip"} tags=["check"]
const around = (lineCodes.arraySync() as number[][]).sort((a, b) => a[0] - b[0]);
const codesInTurn = around.map(([, code]) => code); // neighbours on the circle beside each other
const before = [...codesInTurn.slice(-1), ...codesInTurn];
const jumps = codesInTurn.map((code, i) => Math.abs(code - before[i]));
const width = Math.max(...codesInTurn) - Math.min(...codesInTurn);
check([
  "R¹: widest tear / all codes",
  Math.max(...jumps) / width,
  { atLeast: 0.5, source: "no line closes" },
]);

// %% slideshow={"slide_type":"skip"} tags=["check"]
const over = (i: number) => average(rivals[2].logP) - average(rivals[i].logP);
if (!quick) {
  check(
    ["log p, S¹ − R²", over(1), { atLeast: 1, unit: "nats", source: "9 runs: 1.8 to 5.7" }],
    ["log p, S¹ − R¹", over(0), { atLeast: 3, unit: "nats", source: "9 runs: 3.4 to 9.9" }],
    [
      "log p, S¹ − the truth",
      average(rivals[2].logP) - ceiling,
      { atMost: 0, unit: "nats", source: "Gibbs' inequality" },
    ],
  );
}

// %% [markdown] slideshow={"slide_type":"slide"} notes="Nobody promised that digits lie on a sphere. Take a vote: who expects the plane to win, who the sphere? Then train both for the same number of steps."
// ## 6 · MNIST: equal steps
//
// *Predict: digits were not made on a sphere. Who wins after 1,200 steps each?*
//
// Both models have two free dimensions, the same layers 784-256-128 and back, the same batches, learning rate and seed. The S-VAE's code has
// three numbers, of which one is fixed by the length 1; that adds 128 weights to the decoder. The encoders have
// equally many: two means and two deviations, or three coordinates and one $\kappa$.

// %% slideshow={"slide_type":"-"}
async function fitDigits(family: Family, seed: number) {
  const model = models[family]({ inputs: 784, latent: 2, seed });
  const [random, epochs] = [generator(seed), quick ? 4 : 12];
  const steps = (epochs * mnist.train.images.shape[0]) / 100;
  await fit((x: tf.Tensor2D) => model.loss(random.bernoulli(x), random), mnist.train.images, {
    epochs,
    batchSize: 100,
    optimizer: tf.train.adam(0.0015),
    learningRate: t => 0.0015 * (0.5 + 0.5 * Math.cos((Math.PI * t) / steps)),
    seed,
  });
  return model;
}

// %% slideshow={"slide_type":"-"}
const shortN = await fitDigits("vae", 17);
const shortS = await fitDigits("svae", 17);

// %% slideshow={"slide_type":"skip"}
const test: tf.Tensor2D = generator(99).bernoulli(mnist.test.images); // ink or paper, once
const every = (step: number): tf.Tensor2D =>
  tf.gather(test, tf.range(0, test.shape[0], step, "int32"));

// %% slideshow={"slide_type":"skip"}
const some = every(10);
const short = [shortN, shortS].map(model => measured(model, some, quick ? 50 : 100));

// %% slideshow={"slide_type":"-"}
plot.table(
  new DataFrame(
    ["N-VAE on R²", "S-VAE on S²"].map((model, i) => ({
      model,
      KL: short[i].kl,
      ELBO: short[i].elbo,
      "log p(x)": average(short[i].logP),
    })),
  ),
  { title: "A pair after equal steps (nats per test digit, every 10th)", decimals: 1 },
);

// %% [markdown]
// Here the sphere leads; over six seeds it led by 0.2 to 5.9 nats. But try a rate of 0.005, which suits the plane better: after 800 to
// 1,200 steps the S-VAE led by 1.9 and 3.1 nats with two seeds, and was 12 and 41 nats behind with two others, its $\kappa$ still near 1, its draws
// all over the sphere.
// **A lead at equal steps is a lead under one plan.**

// %% slideshow={"slide_type":"skip"} tags=["check"]
const lead = average(short[1].logP) - average(short[0].logP);
if (courseImages)
  check([
    "log p, S − N, equal steps",
    lead,
    { atLeast: -0.5, unit: "nats", source: "6 seeds: 0.2 to 5.9" },
  ]);

// %% [markdown] slideshow={"slide_type":"slide"} notes="Fold a sheet: halve the longitude, so that the whole globe lies on its front half; map the half onto a disc without changing areas; pull the disc to double width. Two factors, one half and two, cancel."
// ## 7 · The slide's figure
//
// *Predict: can a sphere be drawn flat so that areas, angles, and neighbours all stay right?*
//
// No: something must give. For codes we want **areas** right, so that dense on paper is dense on the sphere. Lambert's map sends the point at angle
// $c$ from the centre to distance $r = 2 \sin(c/2)$; the cap up to there has area $2\pi(1 - \cos c) = 4\pi \sin^2(c/2) = \pi r^2$, as its disc. Half the
// sphere becomes a disc of radius $\sqrt2$. Hammer (1892) first **halves each longitude**, which halves areas and puts the whole sphere on the front
// half, and in the end **doubles** $x$. With longitude $\lambda$ and latitude $\varphi$, $D = \sqrt{1 + \cos\varphi \cos(\lambda/2)}$:
//
// $$x = \frac{2\sqrt2\, \cos\varphi\, \sin(\lambda/2)}{D}, \qquad y = \frac{\sqrt2\, \sin\varphi}{D} .$$
//
// An ellipse of area $4\pi$, like the sphere. Its left and right edges are one line: neighbours are torn there, and shapes near the edge are slanted.

// %% slideshow={"slide_type":"-"}
function jacobian(longitude: number, latitude: number) {
  const h = 1e-5;
  const place = (a: number, b: number) => plot.hammer({ longitude: a, latitude: b });
  const [e, w] = [place(longitude + h, latitude), place(longitude - h, latitude)];
  const [n, s] = [place(longitude, latitude + h), place(longitude, latitude - h)];
  return ((e.x - w.x) * (n.y - s.y) - (e.y - w.y) * (n.x - s.x)) / (4 * h * h);
}

// %% slideshow={"slide_type":"skip"} tags=["check"]
const places = [-3, -1.7, -0.4, 0.9, 2.8].flatMap(a =>
  [-1.4, -0.5, 0.2, 1.3].map(b => [a, b]),
);
const stretched = places.map(([a, b]) => Math.abs(jacobian(a, b) / Math.cos(b) - 1));
const corner = plot.hammer({ longitude: Math.PI / 2, latitude: Math.PI / 4 });
const turned = places.map(([longitude, latitude]) => {
  const back = plot.hammerInverse(plot.hammer({ longitude, latitude }));
  return Math.hypot(back.longitude - longitude, back.latitude - latitude);
});
check(
  [
    "area on the map / on S² − 1",
    Math.max(...stretched),
    { atMost: 1e-5, source: "Lambert" },
  ],
  ["x of (π/2, π/4)", corner.x, { target: 1.154701, tolerance: 1e-6, source: "formula" }],
  ["y of (π/2, π/4)", corner.y, { target: 0.816497, tolerance: 1e-6, source: "formula" }],
  ["there and back", Math.max(...turned), { atMost: 1e-9, source: "inverse" }],
);

// %% [markdown] slideshow={"slide_type":"slide"} notes="Say what was trained and for how long before the picture comes; the log is beside the weights."
// ### Two models, trained for longer
//
// The pair for the picture is trained by `scripts/weights/14-vae-2.mjs` and `14-svae-2.mjs`, which differ in the model alone: all 60,000 training
// digits, 40 epochs, batches of 64, Adam at a rate of 0.001, one seed. Rate and batches are those of the authors' public example. Seven to eight minutes
// each on two busy cores; the logs are beside the weights.

// %% slideshow={"slide_type":"-"}
const trained = (family: Family, d: number): Model =>
  models.trained(`14-${family}-${d}`, models[family]({ inputs: 784, latent: d, seed: 14 }));
const plane = trained("vae", 2);
const sphere = trained("svae", 2);

// %% slideshow={"slide_type":"skip"}
const shown = Math.min(600, test.shape[0]);
const first: tf.Tensor2D = test.slice([0, 0], [shown, 784]);
const labels = mnist.test.labels.slice(0, shown);
const [planeCodes, sphereCodes] = [plane, sphere].map(model => model.encode(first).mean);

// %% slideshow={"slide_type":"slide"} notes="This is the slide of the lecture, from our own training. Left: a disc, thin at its rim, crowded in the middle. Right: no middle and no rim; only the paper has an edge. Find a class that lies on both edges of the map: it is one patch on the globe."
plot.beside(
  {
    "(a) N-VAE: the plane R²": plot.scatter(planeCodes, labels, {
      title: "plane",
      x: "µ₁",
      y: "µ₂",
      legend: "digit",
    }),
    "(b) S-VAE: the sphere S², Hammer projection": plot.sphere(sphereCodes, labels, {
      title: "sphere",
      legend: "digit",
    }),
  },
  { title: "The means µ(x) of test digits in two latent spaces", widths: [1, 1.5] },
);

// %% [markdown]
// In (a) the classes stand around 0 like slices of a cake, and those in the middle are squeezed. In (b) they share a closed surface, and none of them
// is at the edge. Read densities in (b) as they are: the map keeps areas.

// %% slideshow={"slide_type":"slide"} notes="Give the mouse to a student. Walk on the plane to the rim and beyond: the strokes freeze. Then turn the sphere, once around: back at the same digit, and never outside."
const fewer = <T extends tf.Tensor>(codes: T): T => codes.slice([0], [250]) as T;
const fewLabels = labels.slice(0, 250);
explore.plane(plane, {
  codes: fewer(planeCodes),
  labels: fewLabels,
  draw: false,
  precision: "int8",
});

// %% slideshow={"slide_type":"-"}
explore.sphere(sphere, {
  codes: fewer(sphereCodes),
  labels: fewLabels,
  draw: false,
  precision: "int8",
});

// %% [markdown]
// On the plane one can walk out of the picture, to codes that no image has. On the sphere a walk straight ahead comes back to where it began.

// %% slideshow={"slide_type":"skip"}
type OnSphere = ReturnType<ReturnType<typeof models.svae>["encode"]>; // mean and kappa
const sure = Array.from((sphere.encode(test) as OnSphere).kappa.dataSync()); // κ of each test digit

// %% slideshow={"slide_type":"slide"} notes="One over the root of kappa is a standard deviation in radians: a kappa of 1,400 is a spot of a degree and a half. Ask what this histogram would be if the encoder said nothing: one bar at kappa of one, the least that our model can give."
plot.histogram(sure, {
  title: "Nine codes in ten are spots of 1 to 3 degrees on the sphere",
  x: "κ of a test digit",
  y: "test digits",
});

// %% [markdown]
// Half of the $\kappa$ lie above 1,370, nine in ten between 570 and 3,100; $1/\sqrt\kappa$ radians is then 1.0 to 2.4 degrees. The median's KL
// term is $\log 2\kappa - 1 = 6.9$ nats: a spot that small is one of about a thousand places. As in the authors' program $\kappa = 1 +$ softplus, so
// ours cannot fall below 1.

// %% slideshow={"slide_type":"skip"} tags=["check"]
const degrees = sure.map(kappa => 180 / Math.PI / Math.sqrt(kappa)); // in each direction
const ofSpots = degrees.filter(size => size >= 1 && size <= 3).length / sure.length;
check([
  "codes that are spots of 1 to 3 degrees",
  ofSpots,
  { atLeast: 0.85, source: "weights" },
]);

// %% [markdown] slideshow={"slide_type":"slide"} notes="Remind them of section 10 of lesson 13: average the weights, then take the logarithm. Ask why we compare the same digits and the same bits: because digits differ by far more than models do."
// ## 8 · Table 1, ours
//
// *Predict: at $d = 2$ the sphere wins in the paper by 3.2 nats. Will it still win at $d = 10$?*
//
// The paper compares both at equal $d$ by $\log p(x)$ with 500 importance draws. Our $d = 2$ is the pair above; $d = 5$ and 10 have 120 epochs in
// batches of 200, and a rate that falls from 0.003 to 0. As in lesson 13 we take the ELBO of all test digits, and how far 500 draws lift it for every 50th
// digit. **Both models see the same digits with the same bits:** digits differ from each other by far more than models do, so the two lifts are
// compared digit by digit. That comparison has the small standard error that the table gives.

// %% slideshow={"slide_type":"-"}
const dimensions = [2, 5, 10];
const every50 = every(quick ? 20 : 50);
const pairs = dimensions.map(d =>
  (["vae", "svae"] as const).map(family => {
    const model = trained(family, d);
    const { divergence, reconstruction } = model.bound(test, generator(8)); // all digits
    const kl = average(Array.from(divergence.dataSync()));
    const elbo = average(Array.from(reconstruction.dataSync())) - kl;
    const { gaps } = measured(model, every50, quick ? 50 : 500);
    return { elbo, kl, gaps, logP: elbo + average(gaps) };
  }),
);

// %% slideshow={"slide_type":"-"}
const differences = pairs.map(([n, s]) => {
  const ofDigits = s.gaps.map((gap, i) => gap - n.gaps[i]); // the same digits
  const mean = average(ofDigits);
  const squares = average(ofDigits.map(value => (value - mean) ** 2));
  return { lead: s.logP - n.logP, error: Math.sqrt(squares / ofDigits.length) };
});

// %% slideshow={"slide_type":"skip"}
const logged = [-135.72, -133.45]; // N and S at d = 2 in their logs: all digits, 500 draws
const inPaper = [
  [-135.73, -132.5],
  [-110.21, -108.43],
  [-93.84, -93.16],
];

// %% slideshow={"slide_type":"-"}
const tableRows = dimensions.map((d, i) => ({
  d,
  "N, ours": pairs[i][0].logP,
  "S, ours": pairs[i][1].logP,
  "S − N": differences[i].lead,
  "± s.e.": differences[i].error,
  "N, paper": inPaper[i][0],
  "S, paper": inPaper[i][1],
  "S − N, paper": inPaper[i][1] - inPaper[i][0],
}));

// %% slideshow={"slide_type":"slide"} notes="Row by row, and say the honest part aloud: with another learning rate the first difference shrinks, and the last one changes its sign. One seed each."
plot.table(new DataFrame(tableRows), {
  title:
    "log p(x) of test digits (nats, 500 draws): the sphere leads at d = 2, not at d = 10",
  decimals: 2,
});

// %% slideshow={"slide_type":"skip"}
const paperLeads = [3.23, 1.78, 0.68, -0.12, -1.94]; // S − N in its table 1, d = 2, 5, 10, 20, 40
const paperSd = [1.11, 0.23, 0.43, 0.4, 0.45]; // √(s.d. of S² + s.d. of N²), over its runs
const ends = (values: number[], by: number[]) =>
  [-1, 1].map(side => values.map((value, i) => value + side * by[i])) as [number[], number[]];
const leads = differences.map(({ lead }) => lead);
const twice = differences.map(({ error }) => 2 * error);

// %% slideshow={"slide_type":"slide"} notes="Both curves fall: the more dimensions, the less the sphere gains. Then the bands: the paper's is the scatter of its runs, ours is only that of the test digits. We have one seed, so our band is too narrow."
plot.curves(
  { "the paper": paperLeads, ours: leads, "no difference": paperLeads.map(() => 0) },
  {
    title: "The sphere's lead falls with the dimension, in the paper and here",
    x: "free dimensions d",
    y: "log p(x), S − N (nats)",
    at: [2, 5, 10, 20, 40],
    logX: true,
    bands: { "the paper": ends(paperLeads, paperSd), ours: ends(leads, twice) },
  },
);

// %% [markdown]
// *Bands:* one standard deviation of the paper's runs; two standard errors of our test digits. At $d = 2$ both models come out as in the paper: N at its
// figure, S about one nat below it (1.3 of its standard deviations), the sphere ahead by more than two nats. **But the lead depends on the training.**
// By the plan of the other two rows the same pair reached −132.38 and −131.02: both better than the paper's, and only 1.4 apart. At $d = 5$ ours are
// better than the paper's by 2.2 nats (N) and 1.2 (S), so our lead is smaller. At $d = 10$ the answer to the prediction is no: our plane is ahead,
// by about as little as the paper's sphere is. One seed each cannot settle half a nat. In the paper the two are level at $d = 20$, and the plane
// leads at 40.
//
// *What differs from the paper, and could explain the distances:* its figures are means over several runs, ours are one seed; it stopped early on
// validation digits, ours run a fixed time; at $d = 5$ and 10 our rate falls, which favours ours, and our gradient lacks no term (section 4); the
// networks of its table may not be those of its public example, which ours follow.

// %% slideshow={"slide_type":"skip"} tags=["check"]
const [nTwo, sTwo] = pairs[0].map(({ logP }) => logP);
const offLog = Math.max(Math.abs(nTwo - logged[0]), Math.abs(sTwo - logged[1]));
if (courseImages)
  check(
    ["S − N, d = 2", sTwo - nTwo, { atLeast: 1.5, unit: "nats", source: "table 1: 3.2" }],
    ["N, d = 2", nTwo, { target: -135.73, tolerance: 1.66, source: "table 1, 2 s.d." }],
    ["S, d = 2", sTwo, { target: -132.5, tolerance: 1.46, source: "table 1, 2 s.d." }],
    ["here − logs", offLog, { atMost: 1, unit: "nats", source: "4 s.e. of 200 digits" }],
  );

// %% [markdown] slideshow={"slide_type":"slide"} notes="Exercise 1 in class: it takes three minutes and meets both traps, zero and overflow. Exercise 5 as a prediction. The others at home."
// ## Exercises
//
// Replace `exercise.todo(…)` and run the check below it. Each check draws new questions of new sizes, so nothing can be copied.

// %% slideshow={"slide_type":"skip"} exercise={"role":"sheet"}
const sheet = exercise.sheet("Exercises of lesson 14");
const cells = (t: tf.Tensor) => Array.from(t.dataSync());
// log (sinh κ / κ), also where sinh overflows
const logSinh = (κ: number) => κ + Math.log1p(-Math.exp(-2 * κ)) - Math.log(2 * κ);
function unit(x: tf.Tensor2D): tf.Tensor2D {
  return tf.div(x, tf.norm(x, "euclidean", 1, true));
}

// %% slideshow={"slide_type":"skip"} exercise={"role":"sheet"}
function reflected(y: tf.Tensor, a: tf.Tensor, factor: number, squared = true) {
  const square = tf.sum(tf.square(a), 1, true);
  const length = tf.maximum(squared ? square : tf.sqrt(square), 1e-10);
  const along = tf.div(tf.sum(tf.mul(a, y), 1, true), length);
  return tf.sub(y, tf.mul(tf.mul(factor, along), a));
}

// %% [markdown] slideshow={"slide_type":"skip"}
// **1 ★ The KL term.** `kappas` are concentrations on $S^2$, some of them 0, some above 750. Return their KL terms to the uniform distribution in
// nats, a list.
//
// <details><summary>Hint</summary>Section 2, $m = 3$. $\sinh \kappa = \frac12 e^\kappa (1 - e^{-2\kappa})$, so its logarithm needs no large
// number. What must $\kappa = 0$ give?</details>

// %% slideshow={"slide_type":"skip"} exercise={"id":"1","role":"starter"}
function klTerms(kappas: number[]): number[] {
  return exercise.todo(kappas);
}

// %% slideshow={"slide_type":"skip"} exercise={"role":"sheet"}
function klsBy(kappas: number[], f: (A: number, logM: number, κ: number) => number) {
  return kappas.map(κ => (κ === 0 ? 0 : f(1 / Math.tanh(κ) - 1 / κ, logSinh(κ), κ)));
}

// %% slideshow={"slide_type":"skip"} exercise={"role":"sheet"}
function wrongKls(kappas: number[], right: number[]) {
  const notAtZero = right.map((kl, i) => (kappas[i] === 0 ? null : kl));
  const overflowing = notAtZero.map((kl, i) => (kappas[i] > 750 ? -Infinity : kl));
  return {
    "sinh overflows for large κ: take its logarithm by hand.": overflowing,
    "Right except at κ = 0, where the formula is 0/0: there the KL term is 0.": notAtZero,
    "log M is subtracted.": klsBy(kappas, (A, logM, κ) => κ * A + logM),
    "The mean cosine is A, not 1.": klsBy(kappas, (_, logM, κ) => κ - logM),
    "That is KL(u ‖ q): the mean is taken over q.": klsBy(kappas, (_, logM) => logM),
    "That is in bits; return nats.": right.map(kl => kl / Math.LN2),
    "That is the entropy, log 4π − KL.": right.map(kl => Math.log(4 * Math.PI) - kl),
  };
}

// %% slideshow={"slide_type":"skip"} exercise={"id":"1","role":"check"}
await sheet.check("1 · The KL term", draw => {
  const some = Array.from({ length: draw.integer(1, 3) }, () => draw.number(0.5, 20));
  const huge = Array.from({ length: draw.integer(1, 2) }, () => draw.number(751, 2000));
  const kappas = draw.shuffled([0, draw.number(0.5, 2), ...some, ...huge]);
  const expected = klsBy(kappas, (A, logM, κ) => κ * A - logM);
  const [given, mistakes] = [`κ = ${kappas.join(", ")}`, wrongKls(kappas, expected)];
  return { given, got: klTerms(kappas), expected, mistakes };
});

// %% [markdown] slideshow={"slide_type":"skip"}
// **2 ★★ The sampler.** `mu` is $[N, 3]$ with rows of length 1, `kappa`, `t` (uniform on $(0, 1]$) and `angle` are $[N, 1]$; $\kappa$ may be 200. Build
// $y = (w,\ \sqrt{1 - w^2} \cos \alpha,\ \sqrt{1 - w^2} \sin \alpha)$ around $e_1$, carry it to $\mu$ by Householder's mirror, and return the draws,
// $[N, 3]$. One row of `mu` is $e_1$ itself.
//
// <details><summary>Hint</summary>Section 3: the inverse in the form without positive exponents, and a floor for $\lVert a \rVert^2$.</details>

// %% slideshow={"slide_type":"skip"} exercise={"id":"2","role":"starter"}
function drawsOf(
  mu: tf.Tensor2D,
  kappa: tf.Tensor2D,
  t: tf.Tensor2D,
  angle: tf.Tensor2D,
): tf.Tensor2D {
  return exercise.todo(mu, kappa, t, angle);
}

// %% slideshow={"slide_type":"skip"} exercise={"role":"sheet"}
function aroundFirst(w: tf.Tensor, angle: tf.Tensor, radius?: tf.Tensor): tf.Tensor {
  const r = radius ?? tf.sqrt(tf.maximum(tf.sub(1, tf.square(w)), 0));
  return tf.concat([w, tf.mul(r, tf.cos(angle)), tf.mul(r, tf.sin(angle))], 1);
}

// %% slideshow={"slide_type":"skip"} exercise={"role":"sheet"}
function inverseCosine(kappa: tf.Tensor, t: tf.Tensor): tf.Tensor {
  const tail = tf.mul(tf.sub(1, t), tf.exp(tf.mul(-2, kappa)));
  return tf.add(1, tf.div(tf.log(tf.add(t, tail)), kappa));
}

// %% slideshow={"slide_type":"skip"} exercise={"role":"sheet"}
function wrongDraws(a: tf.Tensor, [w, t, angle]: tf.Tensor[]) {
  const y = aroundFirst(w, angle);
  const uniform = aroundFirst(tf.sub(tf.mul(2, t), 1), angle);
  const flat = aroundFirst(w, angle, tf.sub(1, tf.square(w)));
  return {
    "These lie around e₁: carry them to µ.": y,
    "That projects; a mirror goes twice as far.": reflected(y, a, 1),
    "Divide by ‖a‖², not by ‖a‖.": reflected(y, a, 2, false),
    "w must follow vMF: 2t − 1 is uniform.": reflected(uniform, a, 2),
    "The circle's radius is √(1 − w²).": reflected(flat, a, 2),
  };
}

// %% slideshow={"slide_type":"skip"} exercise={"role":"sheet"}
// all rows but one: that one may hold anything
const without = (row: number, z: tf.Tensor) =>
  cells(z).map((value, i) => (Math.floor(i / 3) === row ? null : value));

// %% slideshow={"slide_type":"skip"} exercise={"role":"sheet"}
function column(n: number, f: (i: number) => number): tf.Tensor2D {
  return tf.tensor2d(Array.from({ length: n }, (_, i) => [f(i)]));
}
const axis = tf.tensor2d([[1, 0, 0]]); // e₁
// the rows of mu, of which one becomes e₁
function withFirstAxis(mu: tf.Tensor2D, row: number): tf.Tensor2D {
  const chosen = column(mu.shape[0], i => (i === row ? 1 : 0));
  return tf.add(tf.mul(tf.sub(1, chosen), mu), tf.mul(chosen, axis));
}

// %% slideshow={"slide_type":"skip"} exercise={"id":"2","role":"check"}
await sheet.check("2 · The sampler", draw => {
  const [n, first] = [draw.integer(3, 6), draw.integer(0, 1)];
  const mu = withFirstAxis(unit(draw.normal(n, 3)), first);
  const kappa = column(n, i => (i === n - 1 ? 200 : draw.number(0.5, 9)));
  const t = column(n, () => draw.number(0.1, 0.9));
  const angle = column(n, () => draw.number(0.3, 6));
  const [w, a] = [inverseCosine(kappa, t), tf.sub(axis, mu)];
  const expected = reflected(aroundFirst(w, angle), a, 2);
  const mistakes = {
    "Where µ = e₁ the mirror is 0/0: give the denominator a floor.": without(first, expected),
    "e^κ overflows in float32: use the form with e^(−2κ).": without(n - 1, expected),
    ...wrongDraws(a, [w, t, angle]),
  };
  const got = drawsOf(mu, kappa, t, angle);
  return { given: `${n} rows`, got, expected, tolerance: 1e-3, mistakes };
});

// %% [markdown] slideshow={"slide_type":"skip"}
// **3 ★★ Hammer's map.** `z` is $[N, 3]$, rows of length 1, the third coordinate points north. Return the places on the map, $[N, 2]$.
//
// <details><summary>Hint</summary>Section 7. $\lambda$ goes all around, so it needs both of $z_1$ and $z_2$; $\sin \varphi = z_3$.</details>

// %% slideshow={"slide_type":"skip"} exercise={"id":"3","role":"starter"}
function onMap(z: tf.Tensor2D): tf.Tensor2D {
  return exercise.todo(z);
}

// %% slideshow={"slide_type":"skip"} exercise={"role":"sheet"}
type Angles = (longitude: number, latitude: number) => [number, number];
function mapped(z: tf.Tensor2D, place: Angles): tf.Tensor2D {
  const rows = z.arraySync();
  const latitude = ([a, b, c]: number[]) => Math.atan2(c, Math.hypot(a, b));
  return tf.tensor2d(rows.map(row => place(Math.atan2(row[1], row[0]), latitude(row))));
}

// %% slideshow={"slide_type":"skip"} exercise={"role":"sheet"}
// Lambert's map of a longitude that was divided by `halved`; x is multiplied by `pulled`
function lambert(a: number, b: number, halved = 2, pulled = 2): [number, number] {
  const east = Math.cos(b) * Math.sin(a / halved);
  const root = Math.sqrt(2 / (1 + Math.cos(a / halved) * Math.cos(b)));
  return [pulled * root * east, root * Math.sin(b)];
}

// %% slideshow={"slide_type":"skip"} exercise={"role":"sheet"}
function wrongPlaces(z: tf.Tensor2D) {
  const by = (place: Angles) => mapped(z, place);
  return {
    "Halve the longitude first: this maps half a sphere.": by((a, b) => lambert(a, b, 1, 1)),
    "In the end x is doubled.": by((a, b) => lambert(a, b, 2, 1)),
    "The longitude is halved before x is doubled.": by((a, b) => lambert(a, b, 1, 2)),
    "atan(z₂ / z₁) knows half of the longitudes: use atan2.": by((a, b) =>
      lambert(Math.atan(Math.tan(a)), b),
    ),
    "x comes first, then y.": tf.reverse(by(lambert), 1),
    "Longitude and latitude are angles; project them.": by((a, b) => [a, b]),
    "North is z₃, so sin φ = z₃.": by((a, b) => lambert(a, Math.PI / 2 - b)),
  };
}

// %% slideshow={"slide_type":"skip"} exercise={"id":"3","role":"check"}
await sheet.check("3 · Hammer's map", draw => {
  const n = draw.integer(4, 8);
  const z = unit(draw.normal(n, 3));
  const [expected, mistakes] = [mapped(z, lambert), wrongPlaces(z)];
  return { given: `${n} codes`, got: onMap(z), expected, tolerance: 1e-3, mistakes };
});

// %% [markdown] slideshow={"slide_type":"skip"}
// **4 ★★ And back.** `places` is $[N, 2]$, points inside the map, $x^2/8 + y^2/2 < 1$. Return the codes on the sphere, $[N, 3]$: what a click on the map
// means.
//
// <details><summary>Hint</summary>Undo the steps in turn: halve $x$; a point at distance $r$ of Lambert's disc lies at the angle $c$ with $r = 2
// \sin(c/2)$; then double the longitude. Or: with $h = \sqrt{1 - x^2/16 - y^2/4}$, $\;\sin \varphi = h y$ and $\tan(\lambda/2) = h x / (4h^2 -
// 2)$.</details>

// %% slideshow={"slide_type":"skip"} exercise={"id":"4","role":"starter"}
function fromMap(places: tf.Tensor2D): tf.Tensor2D {
  return exercise.todo(places);
}

// %% slideshow={"slide_type":"skip"} exercise={"role":"sheet"}
// the codes whose angles are those of z, changed by f
function otherCodes(z: tf.Tensor2D, f: Angles): tf.Tensor2D {
  const angles = mapped(z, f).arraySync();
  return tf.tensor2d(
    angles.map(([a, b]) => {
      const level = Math.cos(b);
      return [level * Math.cos(a), level * Math.sin(a), Math.sin(b)];
    }),
  );
}

// %% slideshow={"slide_type":"skip"} exercise={"role":"sheet"}
function wrongCodes(z: tf.Tensor2D) {
  const height = (a: number, b: number) =>
    Math.min(1, Math.abs(lambert(a, b)[1]) / Math.SQRT2);
  return {
    "The longitude was halved on the way there: double it.": otherCodes(z, (a, b) => [
      a / 2,
      b,
    ]),
    "sin φ = h y: the height above the equator is not y.": otherCodes(z, (a, b) => [
      a,
      Math.sign(b) * Math.asin(height(a, b)),
    ]),
    "East and west are exchanged.": otherCodes(z, (a, b) => [-a, b]),
    "North and south are exchanged.": otherCodes(z, (a, b) => [a, -b]),
    "Return the codes, not their angles.": mapped(z, (a, b) => [a, b]),
  };
}

// %% slideshow={"slide_type":"skip"} exercise={"id":"4","role":"check"}
await sheet.check("4 · And back", draw => {
  const n = draw.integer(4, 8);
  const z = unit(draw.normal(n, 3));
  const got = fromMap(mapped(z, lambert));
  const mistakes = wrongCodes(z);
  return { given: `${n} places`, got, expected: z, tolerance: 2e-3, mistakes };
});

// %% [markdown] slideshow={"slide_type":"skip"}
// **5 ★★ Predict, then run.** An encoder gives $N$ images their $\mu$ (`mu`, $[N, 3]$) and $\kappa$ (`kappa`, a list). Predict the mean of all draws of
// $q(z \mid x)$ over these images, a list of three numbers. The check draws 50,000 for each. (Under the prior the mean is 0: this is a quick look
// at how far the codes are from it.)
//
// <details><summary>Hint</summary>What is the mean of one $q$? Section 3's $z = w \mu + \sqrt{1 - w^2}\, v$, with $v$ uniform around $\mu$.</details>

// %% slideshow={"slide_type":"skip"} exercise={"id":"5","role":"starter"}
function meanOfDraws(mu: tf.Tensor2D, kappa: number[]): number[] {
  return exercise.todo(mu, kappa);
}

// %% slideshow={"slide_type":"skip"} exercise={"role":"sheet"}
function meanBy(mu: tf.Tensor2D, kappa: number[], f: (k: number) => number): number[] {
  return cells(tf.mean(tf.mul(mu, tf.tensor2d(kappa.map(k => [f(k)]))), 0));
}

// %% slideshow={"slide_type":"skip"} exercise={"role":"sheet"}
function wrongMeans(mu: tf.Tensor2D, kappa: number[]) {
  const A = (k: number) => 1 / Math.tanh(k) - 1 / k;
  const total = kappa.reduce((sum, k) => sum + k, 0);
  const [n, whole] = [kappa.length, meanBy(mu, kappa, A)];
  const by = (f: (k: number) => number) => meanBy(mu, kappa, f);
  return {
    "Draws scatter around µ: their mean is shorter than µ.": by(() => 1),
    "The mean lies inside the sphere: leave it there.": whole.map(
      v => v / Math.hypot(...whole),
    ),
    "A = coth κ − 1/κ; 1 − 1/κ holds for large κ only.": by(k => 1 - 1 / k),
    "Every image counts the same, whatever its κ.": by(k => (n * k * A(k)) / total),
    "Average over the images, do not sum.": whole.map(v => n * v),
    "tanh κ is the mean of two points, not of the sphere.": by(Math.tanh),
  };
}

// %% slideshow={"slide_type":"skip"} exercise={"id":"5","role":"check"}
await sheet.check("5 · Predict, then run", draw => {
  const n = draw.integer(2, 5);
  const mu = unit(tf.add(draw.normal(n, 3), tf.tensor2d([[1, 1, 1]]))); // to one side
  const more = Array.from({ length: n - 1 }, () => draw.number(0.8, 5));
  const kappa = draw.shuffled([draw.number(0.8, 1.5), ...more]);
  const means = kappa.map((k, i) => {
    const many: tf.Tensor2D = tf.tile(mu.slice([i, 0], [1, 3]), [50_000, 1]);
    const random = generator(draw.integer(1, 1e6));
    return tf.mean(classical.vmf.sampleVmf(many, tf.fill([50_000, 1], k), random), 0);
  });
  const expected = cells(tf.mean(tf.stack(means), 0));
  const [got, mistakes] = [meanOfDraws(mu, kappa), wrongMeans(mu, kappa)];
  return { given: `κ = ${kappa.join(", ")}`, got, expected, tolerance: 0.012, mistakes };
});

// %% slideshow={"slide_type":"skip"}
sheet;

// %% [markdown] slideshow={"slide_type":"slide"} notes="Go back to the question on the first slide. They can now say what changes: the prior, the KL term, the sampler, and the picture; and that better depends on the data and on the dimension."
// ## To remember
//
// 1. On a sphere the natural prior is uniform; von Mises–Fisher takes the Gaussian's place, with one number $\kappa$ for its width.
// 2. All of it follows from $M(\kappa) = \mathbb{E}_u[e^{\kappa w}]$: $A = (\log M)'$, $D_{\mathrm{KL}} = \kappa A - \log M$, with slope $\kappa A'$.
// 3. On $S^2$ the inverse draws exactly and passes gradients. A rejection sampler's accepted draws have the right distribution, and the wrong gradient.
// 4. Hammer's map keeps areas: halve the longitude, Lambert, double $x$.
// 5. Here the sphere won on circle data and on digits at $d = 2$, and not at $d = 10$. Compare by $\log p(x)$, on the same digits, with an error bar, and
//    under more than one plan of training.
//
// **So the sphere is a choice of prior, and not a law.** Lesson 15 asks: what if a network has no output at all, and still a $p(x)$?
//
// **References.** Davidson, Falorsi, De Cao, Kipf and Tomczak 2018, *Hyperspherical variational auto-encoders*,
// [arXiv:1804.00891](https://arxiv.org/abs/1804.00891) · Ulrich 1984, *Computer generation of distributions on the m-sphere*, Applied Statistics
// 33, 158–163 · Wood 1994, [doi:10.1080/03610919408813161](https://doi.org/10.1080/03610919408813161) · Naesseth, Ruiz, Linderman and Blei 2017,
// *Reparameterization gradients through acceptance-rejection sampling algorithms*, [arXiv:1610.05683](https://arxiv.org/abs/1610.05683) · Figurnov, Mohamed
// and Mnih 2018, *Implicit reparameterization gradients*, [arXiv:1805.08498](https://arxiv.org/abs/1805.08498)

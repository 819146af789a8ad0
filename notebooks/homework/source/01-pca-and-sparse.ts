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

// %% [markdown]
// # Homework 1 · PCA and sparse codes
//
// Lessons 04 to 06. Eight questions, 30 points, about two hours. All data come with the library: you can do it offline.
//
// Write your code where it says *Not implemented yet*; keep the names and types of the functions. Run the cell of tests below each
// question: it asks random questions and shows what was expected, what came, and the points. These are the visible tests; when your
// homework is graded, further ones are asked: other sizes, signs, orders, zeros, ties. So a function has to work for all that the
// task allows. The last question is read by a person.
//
// | question | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 |
// | --- | --- | --- | --- | --- | --- | --- | --- | --- |
// | points | 3 | 3 | 4 | 4 | 4 | 4 | 4 | 4 |
//
// Everything here is lists of numbers. A vector is a `number[]`, a matrix a list of its rows; **images are rows**, so $N$ images of $d$
// pixels are a list of $N$ lists of $d$ numbers. Do not change what you are given: make new lists.

// %%
import { data, exercise } from "latent";

// %% [markdown]
// These functions are yours to use.

// %% homework={"role":"given","id":"tools"}
/** The sum of a list; 0 for an empty one. */
const sum = (list: number[]) => list.reduce((total, value) => total + value, 0);

/** The inner product of two vectors of the same length. */
const dot = (a: number[], b: number[]) => sum(a.map((value, i) => value * b[i]));

/** The column means of N rows of d numbers: d numbers. */
const meanOf = (rows: number[][]) =>
  rows[0].map((_, j) => sum(rows.map(row => row[j])) / rows.length);

/** x with A x = b, where `a` is an invertible k × k matrix and `b` has k numbers (Gauss's elimination). */
function solve(a: number[][], b: number[]): number[] {
  const rows = a.map((row, i) => [...row, b[i]]);
  for (let i = 0; i < rows.length; i++) {
    const below = rows.slice(i).map(row => Math.abs(row[i]));
    const pivot = i + below.indexOf(Math.max(...below));
    [rows[i], rows[pivot]] = [rows[pivot], rows[i]];
    for (let r = 0; r < rows.length; r++) {
      const factor = r === i ? 0 : rows[r][i] / rows[i][i];
      rows[r] = rows[r].map((value, j) => value - factor * rows[i][j]);
    }
  }
  return rows.map((row, i) => row[row.length - 1] / row[i]);
}

// %% homework={"role":"given","id":"draws"}
/** For the tests: a list of n random numbers, and n rows of d. */
const numbers = (draw: exercise.Draw, n: number, low = -2, high = 2) =>
  Array.from({ length: n }, () => draw.number(low, high));
const matrix = (draw: exercise.Draw, n: number, d: number, low = -2, high = 2) =>
  Array.from({ length: n }, () => numbers(draw, d, low, high));

// %% [markdown]
// ## 1 · The covariance (3 points)
//
// `rows` are $N \ge 2$ points of $d \ge 1$ numbers each, $[N, d]$. Return their covariance matrix as lesson 04 defines it, $[d, d]$:
//
// $$C_{ij} = \frac1N \sum_{n=1}^{N} (x_{ni} - \bar x_i)(x_{nj} - \bar x_j).$$
//
// Points: 1 for two columns, 2 for any number.

// %% homework={"role":"answer","id":"q1"}
function covariance(rows: number[][]): number[][] {
  // BEGIN SOLUTION
  const mean = meanOf(rows);
  const centred = rows.map(row => row.map((value, j) => value - mean[j]));
  const column = (j: number) => centred.map(row => row[j]);
  return mean.map((_, i) => mean.map((_, j) => dot(column(i), column(j)) / rows.length));
  // END SOLUTION
}

// %% homework={"role":"tests","id":"q1-tests","points":3}
const q1 = exercise.question("1 · The covariance");
await q1.part(1, "two columns", draw => {
  const [spread, tilt, at] = [draw.number(1, 3), draw.number(0.2, 0.9), draw.number(-5, 5)];
  const points = [-2, 0, 2].map(step => [at + spread * step, 1 + tilt * step]);
  return {
    given: `the points ${points.map(point => `(${point.map(v => v.toFixed(2)).join(", ")})`).join(" ")}`,
    got: covariance(points),
    expected: [
      [(8 / 3) * spread ** 2, (8 / 3) * spread * tilt],
      [(8 / 3) * spread * tilt, (8 / 3) * tilt ** 2],
    ],
  };
});
// BEGIN HIDDEN TESTS
const products = (rows: number[][], centre: number[], divisor: number) =>
  centre.map((a, i) =>
    centre.map((b, j) => sum(rows.map(row => (row[i] - a) * (row[j] - b))) / divisor),
  );
const noCentre = "Subtract the mean of each column first.";
const sampled = "Divide by N, as lesson 04 does, not by N − 1.";
const summed = "Divide the sum by N.";
await q1.part(
  2,
  "any size",
  draw => {
    const [n, d] = [draw.integer(3, 9), draw.integer(1, 5)];
    const shift = numbers(draw, d, 1, 6);
    const points = matrix(draw, n, d).map(row => row.map((value, j) => value + shift[j]));
    const centre = meanOf(points);
    const zeros = centre.map(() => 0);
    const right = products(points, centre, n);
    const centredRows = points.map(row => row.map((value, j) => value - centre[j]));
    return {
      given: `${n} points of ${d} numbers`,
      got: covariance(points),
      expected: right,
      mistakes: {
        [noCentre]: products(points, zeros, n),
        [sampled]: products(points, centre, n - 1),
        [summed]: products(points, centre, 1),
        "That is the correlation: it has no units.": right.map((row, i) =>
          row.map((value, j) => value / Math.sqrt(right[i][i] * right[j][j])),
        ),
        "Only the diagonal is there: the variances.": right.map((row, i) =>
          row.map((value, j) => (i === j ? value : 0)),
        ),
        "That compares points with points: C is [d, d].": centredRows.map(a =>
          centredRows.map(b => dot(a, b) / n),
        ),
      },
    };
  },
  { trials: 8, credit: { [noCentre]: 0.5, [sampled]: 1, [summed]: 0.5 } },
);
// END HIDDEN TESTS
q1.score;

// %% [markdown]
// ## 2 · How many numbers must a code have? (3 points)
//
// `variances` are the variances of the data along the principal axes, in **any order**; some may be 0 and some may be equal, but not
// all are 0. Return the smallest code dimension $k$ with which PCA keeps **at least** the given `share` of the total variance, a number
// from 0 to 1. A code of no numbers, $k = 0$, is allowed.
//
// Points: 1 for a sorted list, 2 for any list and any share.

// %% homework={"role":"answer","id":"q2"}
function codeDimension(variances: number[], share: number): number {
  // BEGIN SOLUTION
  const largestFirst = variances.toSorted((a, b) => b - a);
  const wanted = share * sum(variances);
  let kept = 0;
  let k = 0;
  while (kept < wanted) kept += largestFirst[k++];
  return k;
  // END SOLUTION
}

// %% homework={"role":"tests","id":"q2-tests","points":3}
const q2 = exercise.question("2 · How many numbers must a code have?");
await q2.part(1, "a sorted list", draw => {
  const first = draw.integer(8, 10);
  const sorted = [first, 14 - first, 1.5, 0.5];
  const shares = draw.shuffled([0.4, 0.8, 0.9, 0.98]);
  return {
    given: `variances ${sorted}, shares ${shares}`,
    got: shares.map(share => codeDimension(sorted, share)),
    expected: shares.map(share => [0.4, 0.8, 0.9, 0.98].indexOf(share) + 1),
  };
});
// BEGIN HIDDEN TESTS
const countedFrom = (
  list: number[],
  share: number,
  enough = (a: number, b: number) => a >= b,
) => {
  const wanted = share * sum(list);
  for (let k = 0; k <= list.length; k++) if (enough(sum(list.slice(0, k)), wanted)) return k;
  return list.length;
};
const indexed = "That is the index of the last one that you need: count them.";
const atLeast = "At least: a share that is reached exactly is enough.";
await q2.part(
  2,
  "any list, any share",
  draw => {
    // whole numbers with a sum of 128: all shares and sums are exact, so a tie is a tie
    const small = Array.from({ length: draw.integer(3, 6) }, () => draw.integer(1, 9));
    const tied = draw.integer(10, 13);
    const rest = 128 - sum(small) - 2 * tied;
    const zeros = Array.from({ length: draw.integer(1, 3) }, () => 0);
    const used = small.length + 3;
    const sorted = [...small, tied, tied, rest, ...zeros].sort((a, b) => b - a);
    const mixed = draw.shuffled(sorted);
    const reached = (k: number) => sum(sorted.slice(0, k)) / 128;
    const k = draw.integer(2, used - 1);
    const shares = [
      reached(k),
      reached(1),
      0,
      1,
      reached(k) + 0.25 / 128,
      draw.number(0.6, 0.95),
    ];
    const of = (list: number[]) => shares.map(share => countedFrom(list, share));
    const expected = of(sorted);
    return {
      given: `variances ${mixed}, shares ${shares.map(share => Number(share.toFixed(4)))}`,
      got: shares.map(share => codeDimension(mixed, share)),
      expected,
      mistakes: {
        [indexed]: expected.map(value => value - 1),
        [atLeast]: shares.map(share => countedFrom(sorted, share, (a, b) => a > b)),
        "The list comes in any order: sort it, largest first.": of(mixed),
        "Sort the largest first.": of(mixed.toSorted((a, b) => a - b)),
        "sort() without a function sorts numbers as words: 9 after 10.": of(
          [...mixed].sort().reverse(),
        ),
        "Count variance, not axes.": shares.map(share => Math.ceil(share * mixed.length)),
        "These are variances already: take no square and no root.": of(
          sorted.map(value => value ** 2),
        ),
        "k = 0 is allowed: a share of 0 needs no code.": expected.map(value =>
          Math.max(1, value),
        ),
      },
    };
  },
  {
    trials: 8,
    credit: {
      [indexed]: 1,
      [atLeast]: 1,
      "k = 0 is allowed: a share of 0 needs no code.": 1.5,
    },
  },
);
// END HIDDEN TESTS
q2.score;

// %% [markdown]
// ## 3 · The best that a decoder can do (4 points)
//
// The decoder of a linear autoencoder is fixed: it decodes a code $z \in \mathbb{R}^k$ as $\hat x = \bar x + \sum_j z_j w_j$. `decoder` is the
// list of the vectors $w_1 \dots w_k$, `mean` is $\bar x$, `x` is one image; $\bar x$, $x$ and each $w_j$ have $d$ numbers, and $1 \le k \le d$. The
// $w_j$ are linearly independent, but in general neither of length 1 nor at right angles. Return the $\hat x$ that is nearest to $x$, as a
// list of $d$ numbers: no encoder can do better.
//
// Points: 1 if the $w_j$ are orthonormal, 1 more if they are at right angles but of any length, 2 more for any $w_j$.

// %% homework={"role":"answer","id":"q3"}
function bestReconstruction(x: number[], mean: number[], decoder: number[][]): number[] {
  // BEGIN SOLUTION
  const centred = x.map((value, i) => value - mean[i]);
  const products = decoder.map(a => decoder.map(b => dot(a, b))); // WᵀW, [k, k]
  const code = solve(
    products,
    decoder.map(w => dot(w, centred)),
  );
  return mean.map((value, i) => value + sum(code.map((z, j) => z * decoder[j][i])));
  // END SOLUTION
}

// %% homework={"role":"tests","id":"q3-tests","points":4}
const q3 = exercise.question("3 · The best that a decoder can do");
await q3.part(1, "orthonormal vectors", draw => {
  const angle = draw.number(0.3, 1.2);
  const decoder = [
    [Math.cos(angle), Math.sin(angle), 0],
    [0, 0, 1],
  ];
  const [mean, code, off] = [numbers(draw, 3), numbers(draw, 2), draw.number(0.5, 2)];
  const nearest = mean.map((m, i) => m + code[0] * decoder[0][i] + code[1] * decoder[1][i]);
  const image = [
    nearest[0] - off * Math.sin(angle),
    nearest[1] + off * Math.cos(angle),
    nearest[2],
  ];
  return {
    given: `x = (${image.map(v => v.toFixed(2))}), mean (${mean}), two orthonormal vectors in space`,
    got: bestReconstruction(image, mean, decoder),
    expected: nearest,
  };
});
// BEGIN HIDDEN TESTS
/** k + 1 orthonormal vectors in d > k dimensions. */
const orthonormalVectors = (draw: exercise.Draw, many: number, d: number) => {
  const found: number[][] = [];
  while (found.length < many) {
    let v = numbers(draw, d);
    for (const u of [...found, ...found]) v = v.map((value, i) => value - dot(u, v) * u[i]);
    const length = Math.sqrt(dot(v, v));
    if (length > 0.3) found.push(v.map(value => value / length));
  }
  return found;
};
const combine = (code: number[], vectors: number[][]) =>
  vectors[0].map((_, i) => sum(code.map((z, j) => z * vectors[j][i])));
const plus = (a: number[], b: number[]) => a.map((value, i) => value + b[i]);
const q3Question = (draw: exercise.Draw, mix: (k: number) => number[][]) => {
  const k = draw.integer(1, 3);
  const d = k + draw.integer(1, 3);
  const [aside, ...basis] = orthonormalVectors(draw, k + 1, d);
  const decoder = mix(k).map(weights => combine(weights, basis));
  const mean = numbers(draw, d, 1, 3);
  const nearest = plus(mean, combine(numbers(draw, k), basis));
  const off = draw.number(0.5, 2);
  const image = plus(
    nearest,
    aside.map(value => value * off),
  );
  const from = (start: number[]) => image.map((value, i) => value - start[i]);
  const naive = (start: number[]) =>
    combine(
      decoder.map(w => dot(w, from(start))),
      decoder,
    );
  const project = (start: number[]) => {
    const grams = decoder.map(a => decoder.map(b => dot(a, b)));
    return combine(
      solve(
        grams,
        decoder.map(w => dot(w, from(start))),
      ),
      decoder,
    );
  };
  const zero = mean.map(() => 0);
  const byLength = combine(
    decoder.map(w => dot(w, from(mean)) / dot(w, w)),
    decoder,
  );
  return {
    given: `d = ${d}, k = ${k}`,
    got: bestReconstruction(image, mean, decoder),
    expected: nearest,
    mistakes: {
      "Add the mean again: the decoder has a bias.": project(mean),
      "Subtract the mean before you project.": project(zero),
      "You added the mean without subtracting it before.": plus(mean, project(zero)),
      "zⱼ = wⱼ·(x − mean) holds for orthonormal vectors only.": plus(mean, naive(mean)),
      "Each wⱼ alone is not enough: they are not at right angles.": plus(mean, byLength),
      "That is x itself: it does not lie in the decoder's reach.": image,
      "That is what is lost, x − x̂.": from(nearest),
    },
  };
};
const lengths = (draw: exercise.Draw, k: number) =>
  Array.from({ length: k }, (_, i) =>
    Array.from({ length: k }, (_, j) => (i === j ? draw.number(1.5, 3) : 0)),
  );
await q3.part(
  1,
  "at right angles, of any length",
  draw => q3Question(draw, k => lengths(draw, k)),
  {
    trials: 8,
  },
);
await q3.part(
  2,
  "any vectors",
  draw =>
    q3Question(draw, k =>
      lengths(draw, k).map((row, i) =>
        row.map((value, j) => (i === j ? value : draw.number(-1, 1))),
      ),
    ),
  { trials: 8 },
);
// END HIDDEN TESTS
q3.score;

// %% [markdown]
// ## 4 · Salt, pepper and emphasis (4 points)
//
// **(a)** A denoising autoencoder is trained on images that were damaged by *salt and pepper*. `images` are $[N, d]$, `uniforms` are random
// numbers between 0 and 1 of the same shape, one for each pixel. With the `share` $\nu$ (0 to 1), a pixel whose number $u$ is
//
// - below $\nu / 2$ becomes 0 (pepper),
// - at least $\nu / 2$ but below $\nu$ becomes 1 (salt),
// - at least $\nu$ stays as it is.
//
// Return the pair on which one trains: `input`, what the network sees, and `target`, with what its output is compared. Both are $[N, d]$.
//
// **(b)** One may care more about the damaged pixels (Vincent et al. 2010 call it an *emphasised* loss). `output` and `target` are $[N, d]$;
// `damaged` says for each pixel whether it was hit. Return the squared error in which a damaged pixel counts `alpha` times and
// any other one `beta` times, summed over the pixels and averaged over the images.
//
// Points: (a) 1 for one image, 1 for any; (b) 2.

// %% homework={"role":"answer","id":"q4"}
interface Pair {
  input: number[][]; // [N, d]
  target: number[][]; // [N, d]
}

function saltAndPepper(images: number[][], uniforms: number[][], share: number): Pair {
  // BEGIN SOLUTION
  const damage = (pixel: number, u: number) => {
    if (u < share / 2) return 0;
    return u < share ? 1 : pixel;
  };
  const input = images.map((image, n) =>
    image.map((pixel, i) => damage(pixel, uniforms[n][i])),
  );
  return { input, target: images.map(image => [...image]) };
  // END SOLUTION
}

function emphasisedLoss(
  output: number[][],
  target: number[][],
  damaged: boolean[][],
  alpha: number,
  beta: number,
): number {
  // BEGIN SOLUTION
  const perImage = output.map((image, n) =>
    sum(image.map((y, i) => (damaged[n][i] ? alpha : beta) * (y - target[n][i]) ** 2)),
  );
  return sum(perImage) / output.length;
  // END SOLUTION
}

// %% homework={"role":"tests","id":"q4-tests","points":4}
const q4 = exercise.question("4 · Salt, pepper and emphasis");
await q4.part(1, "(a) one image", draw => {
  const image = numbers(draw, 4, 0.2, 0.8);
  const { input, target } = saltAndPepper([[...image]], [[0.1, 0.3, 0.5, 0.9]], 0.4);
  return {
    given: `one image ${image}, uniforms 0.1, 0.3, 0.5, 0.9, share 0.4: input, then target`,
    got: [input, target],
    expected: [[[0, 1, image[2], image[3]]], [image]],
  };
});
// BEGIN HIDDEN TESTS
const edges = "Mind the edges: below ν/2, below ν.";
await q4.part(
  1,
  "(a) any images",
  draw => {
    const [n, d, share] = [draw.integer(2, 5), draw.integer(4, 7), draw.integer(1, 4) / 8];
    const images = matrix(draw, n, d, 0.2, 0.8);
    const draws = images.map(row =>
      draw.shuffled(
        [share, share / 2, share / 4, (3 * share) / 4, ...row].slice(0, row.length),
      ),
    );
    const by = (rule: (pixel: number, u: number) => number) =>
      images.map((row, i) => row.map((pixel, j) => rule(pixel, draws[i][j])));
    const right = by((pixel, u) => (u < share / 2 ? 0 : u < share ? 1 : pixel));
    const { input, target } = saltAndPepper(
      images.map(row => [...row]),
      draws,
      share,
    );
    return {
      given: `${n} images of ${d} pixels, share ${share}: input, then target`,
      got: [input, target],
      expected: [right, images],
      mistakes: {
        "The target must stay clean: copy before you change pixels.": [right, right],
        "The network sees the damaged image; the clean one is the target.": [images, right],
        "Salt is 1, pepper is 0.": [
          by((pixel, u) => (u < share / 2 ? 1 : u < share ? 0 : pixel)),
          images,
        ],
        "What has a number of at least ν stays.": [
          by((pixel, u) => (u < share ? pixel : u < share + (1 - share) / 2 ? 0 : 1)),
          images,
        ],
        [edges]: [by((pixel, u) => (u <= share / 2 ? 0 : u <= share ? 1 : pixel)), images],
        "That is masking: half of the damaged pixels become 1.": [
          by((pixel, u) => (u < share ? 0 : pixel)),
          images,
        ],
      },
    };
  },
  { trials: 8, credit: { [edges]: 0.5 } },
);
const perPixel = "Sum over the pixels, average over the images only.";
await q4.part(
  2,
  "(b) any weights",
  draw => {
    const [n, d] = [draw.integer(2, 5), draw.integer(2, 6)];
    const [alpha, beta] = [draw.number(1, 3), draw.number(0, 0.9)];
    const [output, target] = [matrix(draw, n, d), matrix(draw, n, d)];
    const hit = matrix(draw, n, d, 0, 1).map(row => row.map(u => u < 0.5));
    const loss = (a: number, b: number, cost = (e: number) => e ** 2) =>
      sum(
        output.map((row, i) =>
          sum(row.map((y, j) => (hit[i][j] ? a : b) * cost(y - target[i][j]))),
        ),
      ) / n;
    const right = loss(alpha, beta);
    const hits = sum(hit.flat().map(Number));
    return {
      given: `${n} images of ${d} pixels, α = ${alpha}, β = ${beta}`,
      got: emphasisedLoss(output, target, hit, alpha, beta),
      expected: right,
      mistakes: {
        "The damaged ones count alpha times.": loss(beta, alpha),
        [perPixel]: right / d,
        "Average over the images.": right * n,
        "The others count beta times.": loss(alpha, 1),
        "The others count as well.": loss(alpha, 0),
        "Square the error, not the weight.": loss(alpha ** 2, beta ** 2),
        "Squared errors, not their sizes.": loss(alpha, beta, Math.abs),
        "Weigh the pixels, not the means of the two kinds.":
          (alpha * loss(1, 0) * n) / hits + (beta * loss(0, 1) * n) / (n * d - hits),
      },
    };
  },
  { trials: 8, credit: { [perPixel]: 1, "Average over the images.": 1 } },
);
// END HIDDEN TESTS
q4.score;

// %% [markdown]
// ## 5 · A target for the mean activation (4 points)
//
// `codes` are the activations of $k$ logistic units for $N$ images, $z_{nj} = \sigma(a_{nj})$, $[N, k]$, all between 0 and 1. Lesson 05 (appendix)
// keeps each unit's mean activation $\hat\rho_j = \frac1N \sum_n z_{nj}$ near a target $\rho$ by the penalty
//
// $$P = \sum_{j=1}^{k} \Bigl( \rho \ln \frac{\rho}{\hat\rho_j} + (1 - \rho) \ln \frac{1 - \rho}{1 - \hat\rho_j} \Bigr) \quad \text{nats}.$$
//
// **(a)** Return $P$. **(b)** Return what training needs: the derivatives $\partial P / \partial a_{nj}$ by the *inputs* of the units, $[N, k]$. Derive them on
// paper first; the chain has three links.
//
// Points: (a) 1 for one unit, 1 for any; (b) 2.

// %% homework={"role":"answer","id":"q5"}
function sparsityPenalty(codes: number[][], rho: number): number {
  // BEGIN SOLUTION
  const divergence = (mean: number) =>
    rho * Math.log(rho / mean) + (1 - rho) * Math.log((1 - rho) / (1 - mean));
  return sum(meanOf(codes).map(divergence));
  // END SOLUTION
}

function sparsityGradient(codes: number[][], rho: number): number[][] {
  // BEGIN SOLUTION
  const byMean = meanOf(codes).map(mean => (mean - rho) / (mean * (1 - mean)));
  return codes.map(row => row.map((z, j) => (byMean[j] / codes.length) * z * (1 - z)));
  // END SOLUTION
}

// %% homework={"role":"tests","id":"q5-tests","points":4}
const q5 = exercise.question("5 · A target for the mean activation");
await q5.part(1, "(a) one unit", draw => {
  const apart = draw.number(0.05, 0.2);
  return {
    given: `two images, one unit with activations ${0.5 - apart} and ${0.5 + apart}, ρ = 0.1`,
    got: sparsityPenalty([[0.5 - apart], [0.5 + apart]], 0.1),
    expected: 0.1 * Math.log(0.2) + 0.9 * Math.log(1.8),
  };
});
// BEGIN HIDDEN TESTS
const coins = (from: number, to: number) =>
  from * Math.log(from / to) + (1 - from) * Math.log((1 - from) / (1 - to));
const q5Question = (draw: exercise.Draw) => {
  const [n, k, rho] = [draw.integer(2, 6), draw.integer(1, 5), draw.number(0.05, 0.3)];
  const codes = matrix(draw, n, k, 0.05, 0.95);
  return {
    n,
    k,
    rho,
    codes,
    means: meanOf(codes),
    given: `${n} images, ${k} units, ρ = ${rho}`,
  };
};
await q5.part(
  1,
  "(a) any number",
  draw => {
    const { k, rho, codes, means, given } = q5Question(draw);
    const right = sum(means.map(mean => coins(rho, mean)));
    return {
      given,
      got: sparsityPenalty(codes, rho),
      expected: right,
      mistakes: {
        "The target stands first: ρ ln(ρ / ρ̂).": sum(means.map(mean => coins(mean, rho))),
        "The second term is missing: a coin has two sides.": sum(
          means.map(mean => rho * Math.log(rho / mean)),
        ),
        "Sum over the units; do not average.": right / k,
        "First the mean over the images, then the divergence.": sum(
          meanOf(codes.map(row => row.map(z => coins(rho, z)))),
        ),
        "The mean is over the images, for each unit.": sum(
          codes.map(row => coins(rho, sum(row) / row.length)),
        ),
        "In nats: take the natural logarithm.": right / Math.LN2,
      },
    };
  },
  {
    trials: 8,
    credit: {
      "Sum over the units; do not average.": 0.5,
      "In nats: take the natural logarithm.": 0.5,
    },
  },
);
const noShare = "ρ̂ is a mean: each image has 1/N of it.";
const byCode = "Those are the derivatives by z; go on to a: dz/da = z (1 − z).";
await q5.part(
  2,
  "(b) the derivatives",
  draw => {
    const { n, rho, codes, means, given } = q5Question(draw);
    const slope = (mean: number) => (mean - rho) / (mean * (1 - mean));
    const all = (f: (z: number, mean: number) => number) =>
      codes.map(row => row.map((z, j) => f(z, means[j])));
    return {
      given,
      got: sparsityGradient(codes, rho),
      expected: all((z, mean) => (slope(mean) * z * (1 - z)) / n),
      tolerance: 1e-5,
      mistakes: {
        [noShare]: all((z, mean) => slope(mean) * z * (1 - z)),
        [byCode]: all((_, mean) => slope(mean) / n),
        "The sign is wrong: above the target, P grows with ρ̂.": all(
          (z, mean) => (-slope(mean) * z * (1 - z)) / n,
        ),
        "σ′ is taken at each image's own z, not at the mean.": all(
          (_, mean) => (mean - rho) / n,
        ),
        "Use the mean of the unit, not the single activation.": all(
          z => (slope(z) * z * (1 - z)) / n,
        ),
      },
    };
  },
  { trials: 8, credit: { [noShare]: 1, [byCode]: 1 } },
);
// END HIDDEN TESTS
q5.score;

// %% [markdown]
// ## 6 · One step towards a sparse code (4 points)
//
// `dictionary` is a list of $k$ vectors $d_1 \dots d_k$ of $d$ numbers each, `x` an image of $d$ numbers, `code` the present $z \in \mathbb{R}^k$. The loss is
//
// $$\lVert x - \textstyle\sum_j z_j d_j \rVert^2 + \alpha \sum_j \lvert z_j \rvert .$$
//
// Gradient descent never makes a number exactly 0. This step does (*iterative soft thresholding*): go one step of gradient descent with
// the learning rate `rate` on the **squared error alone**, all numbers at once; then solve the penalty's part exactly, by moving each number
// towards 0 by $\text{rate} \cdot \alpha$, but not beyond 0. If `nonNegative` is true, the code may not be negative (think of a ReLU): what would be
// negative after the step is 0. Return the new code, $k$ numbers.
//
// Points: 1 without a penalty, 2 with one, 1 for codes that may not be negative.

// %% homework={"role":"answer","id":"q6"}
function sparseStep(
  code: number[],
  x: number[],
  dictionary: number[][],
  alpha: number,
  rate: number,
  nonNegative: boolean,
): number[] {
  // BEGIN SOLUTION
  const residual = x.map((value, i) => value - sum(code.map((z, j) => z * dictionary[j][i])));
  const moved = code.map((z, j) => z + 2 * rate * dot(dictionary[j], residual));
  const smaller = moved.map(z => Math.sign(z) * Math.max(0, Math.abs(z) - rate * alpha));
  return nonNegative ? smaller.map(z => Math.max(0, z)) : smaller;
  // END SOLUTION
}

// %% homework={"role":"tests","id":"q6-tests","points":4}
const q6 = exercise.question("6 · One step towards a sparse code");
await q6.part(1, "without a penalty", draw => {
  const [a, b, rate] = [draw.number(0.5, 2), draw.number(-2, -0.5), draw.number(0.1, 0.3)];
  return {
    given: `d₁ = (1, 0), d₂ = (1, 1), x = (${a}, ${b}), z = (1, 0), α = 0, rate ${rate}`,
    got: sparseStep(
      [1, 0],
      [a, b],
      [
        [1, 0],
        [1, 1],
      ],
      0,
      rate,
      false,
    ),
    expected: [1 + 2 * rate * (a - 1), 2 * rate * (a - 1 + b)],
  };
});
// BEGIN HIDDEN TESTS
const q6Question = (draw: exercise.Draw, nonNegative: boolean) => {
  const [k, d] = [draw.integer(2, 6), draw.integer(2, 5)];
  const [x, atoms] = [numbers(draw, d), matrix(draw, k, d)];
  const code = draw.shuffled([0, ...numbers(draw, k - 1)]);
  const rate = draw.number(0.05, 0.15);
  const residual = x.map((value, i) => value - sum(code.map((z, j) => z * atoms[j][i])));
  const moved = (factor: number) =>
    code.map((z, j) => z + factor * rate * dot(atoms[j], residual));
  const sizes = moved(2)
    .map(Math.abs)
    .sort((a, b) => a - b); // one or more are switched off
  const alpha = (sizes[0] + 0.6 * (sizes[1] - sizes[0])) / rate;
  const soft = (z: number, t: number) => Math.sign(z) * Math.max(0, Math.abs(z) - t);
  const end = (list: number[]) => (nonNegative ? list.map(z => Math.max(0, z)) : list);
  const one = [...code]; // one number after the other, each sees the changed ones
  for (let j = 0; j < k; j++) {
    const rest = x.map((value, i) => value - sum(one.map((z, l) => z * atoms[l][i])));
    one[j] = soft(one[j] + 2 * rate * dot(atoms[j], rest), rate * alpha);
  }
  const right = moved(2).map(z => soft(z, rate * alpha));
  return {
    given: `${k} vectors of ${d} numbers, α = ${alpha.toFixed(3)}, rate ${rate}`,
    got: sparseStep(code, x, atoms, alpha, rate, nonNegative),
    expected: end(right),
    mistakes: {
      "The square brings a factor 2 into the gradient.": end(
        moved(1).map(z => soft(z, rate * alpha)),
      ),
      "The threshold is rate · α.": end(moved(2).map(z => soft(z, alpha))),
      "The threshold is rate · α: the 2 belongs to the gradient alone.": end(
        moved(2).map(z => soft(z, 2 * rate * alpha)),
      ),
      "The penalty moves numbers towards 0, but not beyond it.": end(
        moved(2).map(z => z - Math.sign(z) * rate * alpha),
      ),
      "That moves uphill: the sign of the gradient.": end(
        moved(-2).map(z => soft(z, rate * alpha)),
      ),
      "What stays on shrinks as well.": end(
        moved(2).map(z => (Math.abs(z) > rate * alpha ? z : 0)),
      ),
      "First the gradient, then the threshold.": end(
        code.map((z, j) => soft(z, rate * alpha) + 2 * rate * dot(atoms[j], residual)),
      ),
      "All numbers at once: the gradient is taken at the old code.": end(one),
      "That is the code before the threshold.": end(moved(2)),
      ...(nonNegative
        ? {
            "nonNegative: no number below 0 is allowed.": right,
            "A negative number becomes 0; do not take its size.": right.map(Math.abs),
          }
        : { "Numbers of both signs are allowed here.": right.map(z => Math.max(0, z)) }),
    },
  };
};
await q6.part(2, "with a penalty", draw => q6Question(draw, false), {
  trials: 8,
  credit: {
    "The square brings a factor 2 into the gradient.": 1,
    "The threshold is rate · α.": 1,
    "The threshold is rate · α: the 2 belongs to the gradient alone.": 1,
  },
});
await q6.part(1, "not negative", draw => q6Question(draw, true), { trials: 8 });
// END HIDDEN TESTS
q6.score;

// %% [markdown]
// ## 7 · What was under the scratch? (4 points)
//
// A restorer that knows only the mean and the covariance of clean images can repair a scratch. `seen[i]` says whether pixel $i$ can be seen; where
// it cannot, the number in `x` means nothing. `mean` has $d$ numbers, `covariance` is $[d, d]$ and invertible. For jointly normal pixels, with $S$ the seen
// ones and $M$ the missing ones, the best guess (smallest expected squared error) of the missing pixels is
//
// $$\hat x_M = \bar x_M + C_{MS}\, C_{SS}^{-1} (x_S - \bar x_S).$$
//
// Return the repaired image, $d$ numbers: the seen pixels as they are, the missing ones by this formula. None, some or all pixels may be missing.
//
// Points: 1 for two pixels, 2 for more, 1 if none or all are missing.

// %% homework={"role":"answer","id":"q7"}
function repair(
  x: number[],
  seen: boolean[],
  mean: number[],
  covariance: number[][],
): number[] {
  // BEGIN SOLUTION
  const there = x.map((_, i) => i).filter(i => seen[i]);
  const among = there.map(i => there.map(j => covariance[i][j])); // C_SS
  const weights = solve(
    among,
    there.map(i => x[i] - mean[i]),
  );
  const guess = (i: number) =>
    mean[i] + sum(there.map((j, s) => covariance[i][j] * weights[s]));
  return x.map((value, i) => (seen[i] ? value : guess(i)));
  // END SOLUTION
}

// %% homework={"role":"tests","id":"q7-tests","points":4}
const q7 = exercise.question("7 · What was under the scratch?");
await q7.part(1, "two pixels, the second is missing", draw => {
  const [first, both] = [draw.number(1, 3), draw.number(-0.9, 0.9)];
  const [x, mean] = [draw.number(-2, 2), numbers(draw, 2)];
  return {
    given: `first pixel ${x}, means ${mean}, variances ${first} and 1, covariance ${both}`,
    got: repair([x, 99], [true, false], mean, [
      [first, both],
      [both, 1],
    ]),
    expected: [x, mean[1] + (both / first) * (x - mean[0])],
  };
});
// BEGIN HIDDEN TESTS
const q7Question = (draw: exercise.Draw, kind: "some" | "none or all") => {
  const d = draw.integer(4, 7);
  const factors = matrix(draw, d, d + 2);
  const c = factors.map(a => factors.map(b => dot(a, b) / (d + 2)));
  const [x, mean] = [numbers(draw, d, -3, 3), numbers(draw, d, 1, 3)];
  const some = draw.shuffled([
    true,
    true,
    false,
    false,
    ...numbers(draw, d - 4).map(v => v > 0),
  ]);
  return { d, c, x, mean, seen: kind === "some" ? some : mean.map(() => mean[0] > 2) };
};
const repairedBy = (x: number[], seen: boolean[], fill: (i: number) => number) =>
  x.map((value, i) => (seen[i] ? value : fill(i)));
const eachAlone = "The seen pixels know of each other: use the inverse of C_SS.";
await q7.part(
  2,
  "some are missing",
  draw => {
    const { d, c, x, mean, seen } = q7Question(draw, "some");
    const there = mean.map((_, i) => i).filter(i => seen[i]);
    const inverse = (which: number[], right: number[]) =>
      solve(
        which.map(i => which.map(j => c[i][j])),
        right,
      );
    const off = (centre: number[]) =>
      inverse(
        there,
        there.map(i => x[i] - centre[i]),
      );
    const from = (i: number, weights: number[]) =>
      sum(there.map((j, s) => c[i][j] * weights[s]));
    const [right, raw] = [off(mean), off(mean.map(() => 0))];
    const direct = there.map(i => x[i] - mean[i]);
    const by = (fill: (i: number) => number) => repairedBy(x, seen, fill);
    const everything = mean.map((_, i) => i);
    const precise = everything.map(i =>
      inverse(
        everything,
        everything.map(j => Number(i === j)),
      ),
    );
    return {
      given: `${d} pixels, seen: ${seen.map(s => (s ? "yes" : "no")).join(", ")}`,
      got: repair(x, seen, mean, c),
      expected: by(i => mean[i] + from(i, right)),
      tolerance: 1e-3,
      mistakes: {
        "That is the mean: the seen pixels say more.": by(i => mean[i]),
        "Missing pixels get a guess, not 0.": by(() => 0),
        "Subtract the mean of the seen pixels.": by(i => mean[i] + from(i, raw)),
        "Subtract the mean of the seen pixels, and add that of the missing ones.": by(i =>
          from(i, raw),
        ),
        "Add the mean of the missing pixels.": by(i => from(i, right)),
        [eachAlone]: by(
          i => mean[i] + sum(there.map((j, s) => (c[i][j] / c[j][j]) * direct[s])),
        ),
        "C_SS⁻¹ is missing.": by(i => mean[i] + from(i, direct)),
        "The sign is wrong.": by(i => mean[i] - from(i, right)),
        "Take C_SS out first, then its inverse.": by(
          i =>
            mean[i] +
            from(
              i,
              there.map(a => sum(there.map((b, s) => precise[a][b] * direct[s]))),
            ),
        ),
        "What stands in x at a missing pixel means nothing.": x,
        "The seen pixels stay as they are.": everything.map(
          i => mean[i] + (seen[i] ? 0 : from(i, right)),
        ),
      },
    };
  },
  { trials: 8, credit: { [eachAlone]: 0.5 } },
);
await q7.part(
  1,
  "none or all are missing",
  draw => {
    const { d, c, x, mean } = q7Question(draw, "none or all");
    const [all, none] = [mean.map(() => true), mean.map(() => false)];
    return {
      given: `${d} pixels, first all seen, then none`,
      got: [repair(x, all, mean, c), repair(x, none, mean, c)],
      expected: [x, mean],
    };
  },
  { trials: 8 },
);
// END HIDDEN TESTS
q7.score;

// %% [markdown]
// ## 8 · Grams or kilograms? (4 points, read by a person)
//
// `birds` are the penguins of the Palmer archipelago: bill length and depth, flipper length (mm) and body mass (g). `largestVariance` returns
// the largest eigenvalue of a covariance.
//
// Use your function of question 1 in the next cell. For a code of **one** number, which share of the total variance does PCA keep
//
// 1. with the mass in grams,
// 2. with the mass in kilograms,
// 3. with every measurement divided by its standard deviation?

// %% homework={"role":"given","id":"birds"}
const birds = (await data.penguins())
  .map(bird => [
    bird.bill_length_mm,
    bird.bill_depth_mm,
    bird.flipper_length_mm,
    bird.body_mass_g,
  ])
  .filter((row): row is number[] => !row.includes(null));

/** The largest eigenvalue of a covariance, by multiplying again and again. */
function largestVariance(c: number[][]): number {
  let axis = c.map((_, i) => 1 + i / 10);
  let length = 1;
  for (let round = 0; round < 500; round++) {
    const next = c.map(row => dot(row, axis));
    length = Math.sqrt(dot(next, next));
    axis = next.map(value => value / length);
  }
  return length;
}

// %% homework={"role":"answer","id":"q8-code"}
// BEGIN SOLUTION
const shareOfOne = (rows: number[][]) => {
  const c = covariance(rows);
  return largestVariance(c) / sum(c.map((row, i) => row[i]));
};
const inKilograms = birds.map(([length, depth, flipper, mass]) => [
  length,
  depth,
  flipper,
  mass / 1000,
]);
const deviations = covariance(birds).map((row, i) => Math.sqrt(row[i]));
const standardised = birds.map(row => row.map((value, i) => value / deviations[i]));
console.log([birds, inKilograms, standardised].map(shareOfOne));
// END SOLUTION

// %% [markdown]
// Now write four to eight sentences:
//
// - your three numbers (1 point);
// - why the first is so close to 1, and what the one number of that code says about a penguin (1 point);
// - which of the three you would use for an autoencoder of penguins, and why (1 point);
// - what your choice does to the *squared error* that the autoencoder minimises: what does "an error of 0.1" mean then? (1 point)

// %% [markdown] homework={"role":"manual","id":"q8","points":4}
// <!-- BEGIN SOLUTION -->
// **Model answer.** 0.9999 in grams, 0.920 in kilograms, 0.688 standardised. In grams the mass has a standard deviation of 801 g, the other
// measurements of 2 to 14 mm, so nearly all variance *is* the variance of the mass: the first axis is the mass, and the code says how heavy
// the bird is and little else. (In kilograms the same happens to the flipper, the measurement with the largest number of millimetres.) I would divide by the standard deviations: the units of the four numbers have nothing to do with each
// other, and no measurement should count more because somebody chose a small unit. The squared error is then a sum of four errors, each in
// units of that measurement's variance: an error of 0.1 is a tenth of one measurement's variance, shared among the four, out of 4 in total.
//
// **Rubric.** *1 point each.* (1) Three shares within 0.01. (2) The variance of the mass dominates because of its unit, *and* the code is
// then the mass. Half a point for one of the two. (3) A choice with a reason: standardised, because units are arbitrary; kilograms
// earns the point only with a reason that is about the data and not about the number. (4) The unit of the error: grams², kg², mm² mixed,
// or shares of variances. "The error gets smaller" alone is 0 points.
// <!-- END SOLUTION -->

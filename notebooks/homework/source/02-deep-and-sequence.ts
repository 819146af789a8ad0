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
// # Homework 2 · Deep and sequence autoencoders
//
// Lessons 07 to 11. Eight questions, 30 points, about two hours. All data come with the library: you can do it offline.
//
// Write your code where it says *Not implemented yet*; keep the names and types of the functions. Run the cell of tests below each
// question: it asks random questions and shows what was expected, what came, and the points. When your homework is graded, further
// questions are asked: other sizes, signs, orders, zeros, ties. The last question is read by a person.
//
// | question | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 |
// | --- | --- | --- | --- | --- | --- | --- | --- | --- |
// | points | 4 | 4 | 4 | 3 | 4 | 4 | 3 | 4 |
//
// Questions 1 and 6 work with tensors, the others with lists of numbers: a vector is a `number[]`, a matrix a list of its rows. Do not
// change what you are given: make new lists.

// %%
import { data, exercise, fit, models, tf } from "latent";

// %% [markdown]
// These functions are yours to use.

// %% homework={"role":"given","id":"tools"}
/** The sum of a list; 0 for an empty one. */
const sum = (list: number[]) => list.reduce((total, value) => total + value, 0);

/** The inner product of two vectors of the same length. */
const dot = (a: number[], b: number[]) => sum(a.map((value, i) => value * b[i]));

/** The logistic function. */
const sigmoid = (a: number) => 1 / (1 + Math.exp(-a));

/** The numbers 0, 1, …, n − 1. */
const range = (n: number) => Array.from({ length: n }, (_, i) => i);

// %% homework={"role":"given","id":"draws"}
/** For the tests: a list of n random numbers, and n rows of d. */
const numbers = (draw: exercise.Draw, n: number, low = -2, high = 2) =>
  range(n).map(() => draw.number(low, high));
const matrix = (draw: exercise.Draw, n: number, d: number, low = -2, high = 2) =>
  range(n).map(() => numbers(draw, d, low, high));

// %% [markdown]
// ## 1 · Tied weights (4 points)
//
// In a deep autoencoder with **tied weights** the decoder uses the encoder's matrices again, transposed, with biases of its own. `layers` are
// those of the encoder, the one at the image first; layer $l$ has `weights` $W_l$, $[n_{l-1}, n_l]$, the encoder's `bias` $b_l$, $[n_l]$, and the decoder's bias
// `back` $c_l$, $[n_{l-1}]$. There is one layer or more. Images are the rows of `x`, $[N, n_0]$.
//
// - Up to the code: $h_l = \tanh(h_{l-1} W_l + b_l)$ with $h_0 = x$; only the **code**, the last $h_L$, is linear (no $\tanh$).
// - Back to the image: $g_{l-1} = \tanh(g_l W_l^\top + c_l)$ with $g_L = h_L$; only the **image**, $g_0$, is logistic instead of $\tanh$.
//
// Return both: `code` $[N, n_L]$ and `image` $[N, n_0]$.
//
// Points: 1 for one layer, 1 for the code and 2 for the image with any number of layers.

// %% homework={"role":"answer","id":"q1"}
interface TiedLayer {
  weights: tf.Tensor2D; // W, [inputs, outputs]
  bias: tf.Tensor1D; // b, [outputs]
  back: tf.Tensor1D; // c, [inputs]
}

interface Passed {
  code: tf.Tensor2D;
  image: tf.Tensor2D;
}

function passThrough(layers: TiedLayer[], x: tf.Tensor2D): Passed {
  // BEGIN SOLUTION
  let h = x;
  for (const [l, { weights, bias }] of layers.entries()) {
    const a: tf.Tensor2D = tf.add(tf.matMul(h, weights), bias);
    h = l === layers.length - 1 ? a : tf.tanh(a);
  }
  let g = h;
  for (const [l, { weights, back }] of [...layers.entries()].reverse()) {
    const a: tf.Tensor2D = tf.add(tf.matMul(g, weights, false, true), back);
    g = l === 0 ? tf.sigmoid(a) : tf.tanh(a);
  }
  return { code: h, image: g };
  // END SOLUTION
}

// %% homework={"role":"tests","id":"q1-tests","points":4}
const q1 = exercise.question("1 · Tied weights");
await q1.part(1, "one layer", draw => {
  const [w, b, c, x] = [
    numbers(draw, 2),
    draw.number(-1, 1),
    numbers(draw, 2),
    numbers(draw, 2),
  ];
  const layer = {
    weights: tf.tensor2d(w, [2, 1]),
    bias: tf.tensor1d([b]),
    back: tf.tensor1d(c),
  };
  const { code, image } = passThrough([layer], tf.tensor2d([x]));
  const z = dot(w, x) + b;
  return {
    given: `one image ${x}, W = (${w}), b = ${b}, c = (${c}): the code, then the image`,
    got: tf.concat([code, image], 1),
    expected: tf.tensor2d([[z, sigmoid(z * w[0] + c[0]), sigmoid(z * w[1] + c[1])]]),
    tolerance: 1e-4,
  };
});
// BEGIN HIDDEN TESTS
type Bend = (a: tf.Tensor2D, l: number, last: number) => tf.Tensor2D;
const codeIsLinear: Bend = (a, l, last) => (l === last ? a : tf.tanh(a));
const imageIsLogistic: Bend = (a, l) => (l === 0 ? tf.sigmoid(a) : tf.tanh(a));
const climb = (layers: TiedLayer[], x: tf.Tensor2D, bend = codeIsLinear) =>
  layers.reduce<tf.Tensor2D>(
    (h, { weights, bias }, l) =>
      bend(tf.add(tf.matMul(h, weights), bias), l, layers.length - 1),
    x,
  );
const descend = (layers: TiedLayer[], z: tf.Tensor2D, bend = imageIsLogistic, shift = 1) =>
  layers.reduceRight<tf.Tensor2D>(
    (g, { weights, back }, l) =>
      bend(tf.add(tf.matMul(g, weights, false, true), back.mul(shift)), l, layers.length - 1),
    z,
  );
const q1Question = (draw: exercise.Draw, [least, most]: number[]) => {
  const sizes = range(draw.integer(least, most) + 1).map(() => draw.integer(2, 6));
  const layers = sizes.slice(1).map((m, l): TiedLayer => {
    return {
      weights: tf.tensor2d(matrix(draw, sizes[l], m, -1, 1)),
      bias: tf.tensor1d(numbers(draw, m, 0.2, 1)),
      back: tf.tensor1d(numbers(draw, sizes[l], 0.2, 1)),
    };
  });
  const x = tf.tensor2d(matrix(draw, draw.integer(1, 4), sizes[0], -1, 1));
  return { layers, x, given: `layers ${sizes.join("-")}, ${x.shape[0]} images` };
};
await q1.part(
  1,
  "the code",
  draw => {
    const { layers, x, given } = q1Question(draw, [2, 4]);
    const noBias = layers.map(layer => ({ ...layer, bias: tf.zerosLike(layer.bias) }));
    return {
      given,
      got: passThrough(layers, x).code,
      expected: climb(layers, x),
      tolerance: 1e-4,
      mistakes: {
        "The code is linear: no tanh in the last layer.": climb(layers, x, a => tf.tanh(a)),
        "All layers but the last have a tanh.": climb(layers, x, a => a),
        "Add the biases.": climb(noBias, x),
        "tanh, not the logistic function.": climb(layers, x, (a, l, last) =>
          l === last ? a : tf.sigmoid(a),
        ),
      },
    };
  },
  { trials: 6 },
);
const tanhImage = "The image is logistic: its grey levels lie between 0 and 1.";
await q1.part(
  2,
  "the image",
  draw => {
    const { layers, x, given } = q1Question(draw, [1, 4]);
    const code = climb(layers, x);
    return {
      given,
      got: passThrough(layers, x).image,
      expected: descend(layers, code),
      tolerance: 1e-4,
      mistakes: {
        [tanhImage]: descend(layers, code, a => tf.tanh(a)),
        "Give the image its logistic function.": descend(layers, code, (a, l) =>
          l === 0 ? a : tf.tanh(a),
        ),
        "Only the image is logistic; the layers between have a tanh.": descend(
          layers,
          code,
          a => tf.sigmoid(a),
        ),
        "The layers between have a tanh on the way back as well.": descend(
          layers,
          code,
          (a, l) => (l === 0 ? tf.sigmoid(a) : a),
        ),
        "The decoder has biases of its own: back.": descend(layers, code, imageIsLogistic, 0),
        "The code is linear: no tanh before it is decoded.": descend(layers, tf.tanh(code)),
      },
    };
  },
  { trials: 6, credit: { [tanhImage]: 1, "Give the image its logistic function.": 1 } },
);
// END HIDDEN TESTS
q1.score;

// %% [markdown]
// ## 2 · A convolution, and what its filter learns (4 points)
//
// `image` is $[h, w]$, `filter` $[m, n]$, both not square in general; $t \ge 1$ is the stride, and nothing is added at the edges. As in lesson 08 the
// filter is **not** turned round:
//
// $$y_{ab} = \sum_{u=0}^{m-1} \sum_{v=0}^{n-1} F_{uv}\; x_{at+u,\; bt+v}, \qquad a = 0, \dots, \Bigl\lfloor \frac{h-m}{t} \Bigr\rfloor, \quad b = 0, \dots, \Bigl\lfloor \frac{w-n}{t} \Bigr\rfloor .$$
//
// **(a)** Return $y$. **(b)** Training knows the derivatives of the loss by the outputs, `slopes` $= \partial L / \partial y_{ab}$. Return $\partial L / \partial F_{uv}$, a
// matrix of the filter's `sides` $[m, n]$. (Which outputs does $F_{uv}$ take part in, and with which pixel each time?)
//
// Points: (a) 1 for stride 1, 1 for any; (b) 2.

// %% homework={"role":"answer","id":"q2"}
function convolve(image: number[][], filter: number[][], t: number): number[][] {
  // BEGIN SOLUTION
  const [m, n] = [filter.length, filter[0].length];
  const at = (a: number, b: number) =>
    sum(filter.map((row, u) => dot(row, image[a * t + u].slice(b * t, b * t + n))));
  const [rows, columns] = [image.length - m, image[0].length - n];
  return range(Math.floor(rows / t) + 1).map(a =>
    range(Math.floor(columns / t) + 1).map(b => at(a, b)),
  );
  // END SOLUTION
}

function filterGradient(
  image: number[][],
  slopes: number[][],
  t: number,
  sides: [number, number],
): number[][] {
  // BEGIN SOLUTION
  const along = (u: number, v: number) =>
    sum(
      slopes.map((row, a) => sum(row.map((slope, b) => slope * image[a * t + u][b * t + v]))),
    );
  return range(sides[0]).map(u => range(sides[1]).map(v => along(u, v)));
  // END SOLUTION
}

// %% homework={"role":"tests","id":"q2-tests","points":4}
const q2 = exercise.question("2 · A convolution, and what its filter learns");
await q2.part(1, "(a) stride 1", draw => {
  const [image, [f, g]] = [matrix(draw, 2, 3), numbers(draw, 2)];
  return {
    given: `the image ${JSON.stringify(image)}, the filter [[${f}, ${g}]], stride 1`,
    got: convolve(image, [[f, g]], 1),
    expected: image.map(([a, b, c]) => [f * a + g * b, f * b + g * c]),
  };
});
// BEGIN HIDDEN TESTS
/** Σ over the filter, written out; `read` gives the pixel of output (a, b) under entry (u, v). */
const convolved = (
  [rows, columns]: number[],
  filter: number[][],
  read: (a: number, b: number, u: number, v: number) => number,
) =>
  range(rows).map(a =>
    range(columns).map(b =>
      sum(filter.flatMap((row, u) => row.map((f, v) => f * read(a, b, u, v)))),
    ),
  );
const q2Question = (draw: exercise.Draw) => {
  const [m, n, t] = [draw.integer(1, 3), draw.integer(1, 3), draw.integer(1, 3)];
  const outputs = [draw.integer(2, 4), draw.integer(2, 4)];
  const left = () => draw.integer(0, t - 1); // pixels at the edge that nobody sees
  const [h, w] = [(outputs[0] - 1) * t + m + left(), (outputs[1] - 1) * t + n + left()];
  const image = matrix(draw, h, w);
  return {
    m,
    n,
    t,
    outputs,
    image,
    given: `image [${h}, ${w}], filter [${m}, ${n}], stride ${t}`,
  };
};
await q2.part(
  1,
  "(a) any stride",
  draw => {
    const { m, n, t, outputs, image, given } = q2Question(draw);
    const filter = matrix(draw, m, n);
    const all = (f: number[][], step = t) =>
      convolved(outputs, f, (a, b, u, v) => image[a * step + u][b * step + v]);
    return {
      given,
      got: convolve(image, filter, t),
      expected: all(filter),
      mistakes: {
        "The filter is not turned round.": all(
          filter.map(row => row.toReversed()).toReversed(),
        ),
        "From one output to the next the filter moves t pixels.": all(filter, 1),
        "Sum over the filter; do not average.": all(
          filter.map(row => row.map(f => f / m / n)),
        ),
      },
    };
  },
  { trials: 10 },
);
const likeStrideOne = "The outputs lie t pixels apart in the image.";
await q2.part(
  2,
  "(b) the filter's derivatives",
  draw => {
    const { m, n, t, outputs, image, given } = q2Question(draw);
    const slopes = matrix(draw, outputs[0], outputs[1]);
    const all = (read: (a: number, b: number, u: number, v: number) => number) =>
      convolved([m, n], slopes, (u, v, a, b) => read(a, b, u, v));
    const right = all((a, b, u, v) => image[a * t + u][b * t + v]);
    return {
      given: `${given}, outputs [${outputs}]`,
      got: filterGradient(image, slopes, t, [m, n]),
      expected: right,
      mistakes: {
        [likeStrideOne]: all((a, b, u, v) => image[a + u][b + v]),
        "The stride belongs to the outputs, not to the filter.": all(
          (a, b, u, v) => image[a + u * t]?.[b + v * t] ?? 0,
        ),
        "Sum over all outputs: the filter is shared.": right.map(row =>
          row.map(value => value / outputs[0] / outputs[1]),
        ),
        "That is the gradient of a filter that is turned round.": right
          .map(row => row.toReversed())
          .toReversed(),
        "That moves against the gradient: return the derivatives.": right.map(row =>
          row.map(value => -value),
        ),
      },
    };
  },
  {
    trials: 10,
    credit: { [likeStrideOne]: 1, "Sum over all outputs: the filter is shared.": 1 },
  },
);
// END HIDDEN TESTS
q2.score;

// %% [markdown]
// ## 3 · A memory with gates (4 points)
//
// An LSTM with $m$ units reads a sequence of vectors of $d$ numbers. Its state is `h` (what it shows) and `c` (what it keeps), $m$ numbers each. Each of
// its four `Gate`s turns the present input $x$ and the previous $h$ into $m$ numbers $a = Ux + Vh + b$. Then (Hochreiter and Schmidhuber 1997; Gers
// et al. 2000)
//
// $$f = \sigma(a_{\text{forget}}), \quad i = \sigma(a_{\text{input}}), \quad \tilde c = \tanh(a_{\text{candidate}}), \quad o = \sigma(a_{\text{output}}),$$
// $$c' = f \odot c + i \odot \tilde c, \qquad h' = o \odot \tanh(c'),$$
//
// where $\odot$ multiplies number by number. **(a)** Return the state after one step. **(b)** Sequences of different lengths are filled up at the end so that
// they fit into one tensor. `sequence` has $T$ vectors, of which the first `length` belong to the sequence (0 to $T$). Return the state after
// them, starting from zeros; `units` is $m$.
//
// Points: (a) 1 for one unit, 1 for any; (b) 2.

// %% homework={"role":"answer","id":"q3"}
interface Gate {
  input: number[][]; // U, [m, d]
  recurrent: number[][]; // V, [m, m]
  bias: number[]; // b, m numbers
}

interface Gates {
  forget: Gate;
  input: Gate;
  candidate: Gate;
  output: Gate;
}

interface State {
  h: number[];
  c: number[];
}

function lstmStep(x: number[], { h, c }: State, gates: Gates): State {
  // BEGIN SOLUTION
  const sums = (gate: Gate) =>
    gate.bias.map((b, j) => b + dot(gate.input[j], x) + dot(gate.recurrent[j], h));
  const f = sums(gates.forget).map(sigmoid);
  const i = sums(gates.input).map(sigmoid);
  const candidate = sums(gates.candidate).map(Math.tanh);
  const o = sums(gates.output).map(sigmoid);
  const kept = c.map((value, j) => f[j] * value + i[j] * candidate[j]);
  return { h: kept.map((value, j) => o[j] * Math.tanh(value)), c: kept };
  // END SOLUTION
}

function readSequence(
  sequence: number[][],
  length: number,
  gates: Gates,
  units: number,
): State {
  // BEGIN SOLUTION
  const zeros = range(units).map(() => 0);
  return sequence
    .slice(0, length)
    .reduce<State>((state, x) => lstmStep(x, state, gates), { h: zeros, c: zeros });
  // END SOLUTION
}

// %% homework={"role":"tests","id":"q3-tests","points":4}
const q3 = exercise.question("3 · A memory with gates");
const drawGates = (draw: exercise.Draw, m: number, d: number): Gates => {
  const gate = (): Gate => {
    return {
      input: matrix(draw, m, d),
      recurrent: matrix(draw, m, m),
      bias: numbers(draw, m, 0.2, 1),
    };
  };
  return { forget: gate(), input: gate(), candidate: gate(), output: gate() };
};
await q3.part(1, "(a) one unit that forgets nothing", draw => {
  const [x, c, v] = [draw.number(-1, 1), draw.number(-2, 2), draw.number(-1, 1)];
  const on: Gate = { input: [[0]], recurrent: [[0]], bias: [50] };
  const candidate: Gate = { input: [[v]], recurrent: [[0]], bias: [0] };
  const state = lstmStep(
    [x],
    { h: [0], c: [c] },
    { forget: on, input: on, candidate, output: on },
  );
  const kept = c + Math.tanh(v * x);
  return {
    given: `f = i = o = 1, candidate tanh(${v} · ${x}), c = ${c}: h, then c`,
    got: [state.h, state.c],
    expected: [[Math.tanh(kept)], [kept]],
  };
});
// BEGIN HIDDEN TESTS
interface Slips {
  swapped?: boolean;
  showsOld?: boolean;
  plain?: boolean;
  noPast?: boolean;
  noBias?: boolean;
  logistic?: boolean;
  coupled?: boolean;
}
/** One step, or one with a slip. */
const stepWith = (x: number[], { h, c }: State, gates: Gates, slips: Slips = {}): State => {
  const sums = ({ input, recurrent, bias }: Gate) =>
    bias.map((b, j) => {
      const past = slips.noPast ? 0 : dot(recurrent[j], h);
      return (slips.noBias ? 0 : b) + dot(input[j], x) + past;
    });
  const [first, second, o] = [gates.forget, gates.input, gates.output].map(gate =>
    sums(gate).map(sigmoid),
  );
  const f = slips.swapped ? second : first;
  const i = slips.coupled ? first.map(value => 1 - value) : slips.swapped ? first : second;
  const candidate = sums(gates.candidate).map(slips.logistic ? sigmoid : Math.tanh);
  const kept = c.map((value, j) => f[j] * value + i[j] * candidate[j]);
  const shown = slips.showsOld ? c : kept;
  return {
    h: shown.map((value, j) => o[j] * (slips.plain ? value : Math.tanh(value))),
    c: kept,
  };
};
const oldCell = "h′ shows the new c′, not the old c.";
const noTanh = "h′ is o times tanh(c′).";
await q3.part(
  1,
  "(a) any number of units",
  draw => {
    const [m, d] = [draw.integer(1, 4), draw.integer(1, 4)];
    const [gates, x] = [drawGates(draw, m, d), numbers(draw, d, -1, 1)];
    const before = { h: numbers(draw, m, -1, 1), c: numbers(draw, m) };
    const pair = ({ h, c }: State) => [h, c];
    const slip = (slips: Slips) => pair(stepWith(x, before, gates, slips));
    return {
      given: `${m} units, ${d} inputs: h, then c`,
      got: pair(lstmStep(x, before, gates)),
      expected: slip({}),
      mistakes: {
        [oldCell]: slip({ showsOld: true }),
        [noTanh]: slip({ plain: true }),
        "f belongs to the old c, i to the candidate.": slip({ swapped: true }),
        "The gates see the previous h as well.": slip({ noPast: true }),
        "Add the biases.": slip({ noBias: true }),
        "The candidate has a tanh, not a logistic function.": slip({ logistic: true }),
        "The input gate has weights of its own; it is not 1 − f.": slip({ coupled: true }),
        "The first list is h, the second c.": pair(stepWith(x, before, gates)).toReversed(),
      },
    };
  },
  { trials: 8, credit: { [oldCell]: 0.5, [noTanh]: 0.5 } },
);
const all = "What fills up a sequence is not read: stop after `length` steps.";
await q3.part(
  2,
  "(b) sequences of any length",
  draw => {
    const [m, d, steps] = [draw.integer(1, 3), draw.integer(1, 3), draw.integer(3, 6)];
    const [gates, sequence] = [drawGates(draw, m, d), matrix(draw, steps, d, -1, 1)];
    const zero = { h: range(m).map(() => 0), c: range(m).map(() => 0) };
    const run = (xs: number[][], next = (state: State) => state) =>
      xs.reduce<State>((state, x) => stepWith(x, next(state), gates), zero);
    const lengths = draw.shuffled([0, 1, steps - 1, draw.integer(2, steps)]);
    const first = (length: number) => sequence.slice(0, length);
    const pair = ({ h, c }: State) => [h, c];
    // a sequence of two vectors, then the whole one with several lengths
    const each = (read: (length: number, filled: number[][]) => State) => [
      pair(read(1, first(2))),
      ...lengths.map(length => pair(read(length, sequence))),
    ];
    return {
      given: `2 vectors, of which 1 belongs to the sequence, then ${steps}, of which ${lengths.join(", ")} do`,
      got: each((length, filled) => readSequence(filled, length, gates, m)),
      expected: each(length => run(first(length))),
      mistakes: {
        [all]: each((_, filled) => run(filled)),
        "Read from the first vector to the last.": each(length =>
          run(first(length).toReversed()),
        ),
        "The sequence is at the beginning, what fills it up at the end.": each(
          (length, filled) => run(length === 0 ? [] : filled.slice(-length)),
        ),
        "One vector is missing.": each(length => run(first(Math.max(0, length - 1)))),
        "One vector too many.": each(length => run(first(length + 1))),
        "c is passed on as well.": each(length =>
          run(first(length), s => ({ ...s, c: zero.c })),
        ),
        "h is passed on as well.": each(length =>
          run(first(length), s => ({ ...s, h: zero.h })),
        ),
      },
    };
  },
  { trials: 10, credit: { [all]: 0.5 } },
);
// END HIDDEN TESTS
q3.score;

// %% [markdown]
// ## 4 · The loss of a masked language model (3 points)
//
// A model has guessed the hidden tokens of $N$ sequences. `logits[n][t]` are its $V$ logits at place $t$ of sequence $n$, `tokens[n][t]` is the token that
// stands there (0 to $V - 1$), `hidden[n][t]` says whether it was hidden from the model. Sequences may have different lengths. Return the mean cross-entropy, in
// nats, **per hidden token** of all sequences together: a sequence with more hidden tokens counts more. Visible tokens do not count. If nothing is
// hidden, return 0. Logits may be as large as $\pm 1000$; the answer must be right then, too.
//
// Points: 1 for one sequence, 1 for any, 1 for large logits and for nothing hidden.

// %% homework={"role":"answer","id":"q4"}
function maskedLoss(logits: number[][][], tokens: number[][], hidden: boolean[][]): number {
  // BEGIN SOLUTION
  const nats = (scores: number[], token: number) => {
    const largest = Math.max(...scores);
    const total = sum(scores.map(score => Math.exp(score - largest)));
    return largest + Math.log(total) - scores[token];
  };
  const losses = logits.flatMap((sequence, n) =>
    sequence.flatMap((scores, t) => (hidden[n][t] ? [nats(scores, tokens[n][t])] : [])),
  );
  return losses.length === 0 ? 0 : sum(losses) / losses.length;
  // END SOLUTION
}

// %% homework={"role":"tests","id":"q4-tests","points":3}
const q4 = exercise.question("4 · The loss of a masked language model");
await q4.part(1, "one sequence", draw => {
  const [a, b] = [draw.number(0.5, 2), draw.number(-2, -0.5)];
  return {
    given: `logits (${a}, 0), (0, 0), (0, ${b}), tokens 0, 1, 1, the first and the last hidden`,
    got: maskedLoss(
      [
        [
          [a, 0],
          [0, 0],
          [0, b],
        ],
      ],
      [[0, 1, 1]],
      [[true, false, true]],
    ),
    expected: (Math.log(1 + Math.exp(-a)) + Math.log(1 + Math.exp(-b))) / 2,
  };
});
// BEGIN HIDDEN TESTS
const natsOf = (scores: number[], token: number) => {
  const top = Math.max(...scores);
  return top - scores[token] + Math.log(sum(scores.map(score => Math.exp(score - top))));
};
const q4Question = (draw: exercise.Draw, scale: number) => {
  const [n, v] = [draw.integer(2, 4), draw.integer(2, 5)];
  // the first sequence is short and the second long
  const lengths = [draw.integer(2, 3), draw.integer(5, 6), draw.integer(2, 6), 4].slice(0, n);
  const logits = lengths.map(length => matrix(draw, length, v, -scale, scale));
  const tokens = lengths.map(length => range(length).map(() => draw.integer(0, v - 1)));
  const hidden = lengths.map((length, i) =>
    draw.shuffled([true, ...range(length - 1).map(() => i === 0 || draw.number(0, 1) < 0.3)]),
  );
  hidden[n - 1] = hidden[n - 1].map((_, t) => t === lengths[n - 1] - 1); // one of two or more
  hidden[1][lengths[1] - 1] = true;
  return {
    n,
    logits,
    tokens,
    hidden,
    given: `${n} sequences of ${lengths.join(", ")} tokens`,
  };
};
const everywhere = "Visible tokens do not count.";
const perSequence = "The mean is over all hidden tokens, not over the sequences.";
await q4.part(
  1,
  "any sequences",
  draw => {
    const { n, logits, tokens, hidden, given } = q4Question(draw, 3);
    const losses = logits.map((rows, i) => rows.map((row, t) => natsOf(row, tokens[i][t])));
    const seen = losses.map((row, i) => row.filter((_, t) => hidden[i][t]));
    const mean = (list: number[]) => sum(list) / list.length;
    const right = mean(seen.flat());
    return {
      given,
      got: maskedLoss(logits, tokens, hidden),
      expected: right,
      mistakes: {
        [everywhere]: mean(losses.flat()),
        [perSequence]: mean(seen.map(mean)),
        "Hidden tokens count, visible ones do not.": mean(
          losses.flatMap((row, i) => row.filter((_, t) => !hidden[i][t])),
        ),
        "Divide by the number of hidden tokens.": sum(seen.flat()),
        "Divide by the number of hidden tokens, not of all tokens.":
          sum(seen.flat()) / losses.flat().length,
        "Divide by the number of hidden tokens, not of sequences.": sum(seen.flat()) / n,
        "In nats: take the natural logarithm.": right / Math.LN2,
        "A loss is positive: the logarithm of a probability is not.": -right,
      },
    };
  },
  { trials: 8, credit: { [perSequence]: 0.5, [everywhere]: 0.25 } },
);
await q4.part(
  1,
  "large logits, and nothing hidden",
  draw => {
    const { logits, tokens, hidden, given } = q4Question(draw, 1000);
    const nothing = hidden.map(row => row.map(() => false));
    const seen = logits.flatMap((rows, i) =>
      rows.map((row, t) => natsOf(row, tokens[i][t])).filter((_, t) => hidden[i][t]),
    );
    return {
      given: `${given}, logits up to 1000, then with nothing hidden`,
      got: [maskedLoss(logits, tokens, hidden), maskedLoss(logits, tokens, nothing)],
      expected: [sum(seen) / seen.length, 0],
    };
  },
  { trials: 6 },
);
// END HIDDEN TESTS
q4.score;

// %% [markdown]
// ## 5 · Several heads, and sentences of different lengths (4 points)
//
// `q`, `k` and `v` are the queries, keys and values of $T$ places, $[T, d]$ each. **Heads:** each of the $H$ = `heads` heads has its own $d / H$
// neighbouring columns of all three: the first head the first $d / H$, and so on ($H$ divides $d$). Within a head place $s$ looks at place $r$ with the
// score $q_s^\top k_r$ divided by the root of the number of columns **of the head**; a softmax over $r$ makes weights of the scores, and the head's output is the
// weighted mean of its values. The outputs of the heads stand side by side again, $[T, d]$.
//
// **Lengths:** only the first `length` places ($1$ to $T$) belong to the sentence. Nobody looks at the others, and their own output is 0.
//
// Points: 1 for one head, 2 for several (both with `length` $= T$), 1 for any length.

// %% homework={"role":"answer","id":"q5"}
type Rows = number[][]; // [T, d]

function attend(q: Rows, k: Rows, v: Rows, heads: number, length: number): Rows {
  // BEGIN SOLUTION
  const width = q[0].length / heads;
  const part = (row: number[], head: number) => row.slice(head * width, (head + 1) * width);
  const output = (s: number, head: number) => {
    const scores = k
      .slice(0, length)
      .map(row => dot(part(q[s], head), part(row, head)) / Math.sqrt(width));
    const shares = scores.map(score => Math.exp(score - Math.max(...scores)));
    return range(width).map(
      j =>
        dot(
          shares,
          v.slice(0, length).map(row => row[head * width + j]),
        ) / sum(shares),
    );
  };
  return q.map((row, s) =>
    s < length ? range(heads).flatMap(head => output(s, head)) : row.map(() => 0),
  );
  // END SOLUTION
}

// %% homework={"role":"tests","id":"q5-tests","points":4}
const q5 = exercise.question("5 · Several heads, and sentences of different lengths");
await q5.part(1, "one head", draw => {
  const [a, b, values] = [draw.number(0.5, 2), draw.number(0.5, 2), numbers(draw, 2)];
  const towardsFirst = 1 / (1 + Math.exp(-2 * a * b));
  const mixed = (share: number) => [share * values[0] + (1 - share) * values[1]];
  return {
    given: `d = 1, queries ${a} and 0, keys ${b} and ${-b}, values ${values}`,
    got: attend(
      [[a], [0]],
      [[b], [-b]],
      values.map(value => [value]),
      1,
      2,
    ),
    expected: [mixed(towardsFirst), mixed(0.5)],
  };
});
// BEGIN HIDDEN TESTS
interface HeadSlips {
  columns?: (head: number, width: number, heads: number) => number[];
  scale?: (width: number, d: number) => number;
  reach?: (s: number, length: number, steps: number) => number;
  acrossQueries?: boolean;
  speaks?: boolean;
  hard?: boolean;
}
const attended = (
  q: Rows,
  k: Rows,
  v: Rows,
  heads: number,
  length: number,
  slips: HeadSlips = {},
) => {
  const [d, width] = [q[0].length, q[0].length / heads];
  const { columns = (head, many) => range(many).map(j => head * many + j) } = slips;
  const { scale = (many: number) => Math.sqrt(many), reach = (_, many) => many } = slips;
  const output = q.map(row => row.map(() => 0));
  for (const head of range(heads)) {
    const mine = columns(head, width, heads);
    const of = (row: number[]) => mine.map(j => row[j]);
    const grade = (s: number, r: number) =>
      Math.exp(dot(of(q[s]), of(k[r])) / scale(width, d));
    for (const s of range(slips.speaks ? q.length : length)) {
      const seen = range(reach(s, length, q.length));
      const shares = seen.map(r => grade(s, r));
      const top = Math.max(...shares);
      const whole = slips.acrossQueries
        ? seen.map(r => sum(range(length).map(other => grade(other, r))))
        : seen.map(() => sum(shares));
      const weights = slips.hard
        ? shares.map(share => Number(share === top))
        : shares.map((share, r) => share / whole[r]);
      for (const j of mine)
        output[s][j] = dot(
          weights,
          seen.map(r => v[r][j]),
        );
    }
  }
  return output;
};
const q5Question = (draw: exercise.Draw, several: boolean, shorter: boolean) => {
  const heads = several ? draw.integer(2, 3) : 1;
  const [width, steps] = [draw.integer(2, 3), draw.integer(3, 5)];
  const [q, k, v] = range(3).map(() => matrix(draw, steps, heads * width));
  const length = shorter ? draw.integer(1, steps - 1) : steps;
  const given = `T = ${steps}, d = ${heads * width}, ${heads} heads, length ${length}`;
  const slip = (slips: HeadSlips) => attended(q, k, v, heads, length, slips);
  const got = attend(q, k, v, heads, length);
  return { given, got, slip, heads, parts: [q, k, v] as const, length };
};
const wholeScale = "Divide by the root of the head's own number of columns.";
await q5.part(
  2,
  "several heads",
  draw => {
    const { given, got, slip, heads, parts, length } = q5Question(draw, true, false);
    const [q, k, v] = parts;
    return {
      given,
      got,
      expected: slip({}),
      mistakes: {
        [wholeScale]: slip({ scale: (_, d) => Math.sqrt(d) }),
        "Divide by the root, not by the number itself.": slip({ scale: width => width }),
        "The scores are divided by the root of the head's columns.": slip({ scale: () => 1 }),
        "That is a single head.": attended(q, k, v, 1, length),
        "A head has neighbouring columns.": slip({
          columns: (head, width, heads) => range(width).map(j => j * heads + head),
        }),
        "The softmax is over the places that are looked at.": slip({ acrossQueries: true }),
        "Here every place may look at all others, later ones too.": slip({
          reach: s => s + 1,
        }),
        "Weights, not a choice: take the softmax.": slip({ hard: true }),
        "Queries ask, keys answer: you have exchanged them.": attended(
          k,
          q,
          v,
          heads,
          length,
        ),
      },
    };
  },
  { trials: 8, credit: { [wholeScale]: 1 } },
);
await q5.part(
  1,
  "any length",
  draw => {
    const { given, got, slip } = q5Question(draw, draw.integer(0, 1) === 1, true);
    return {
      given,
      got,
      expected: slip({}),
      mistakes: {
        "Nobody looks at places beyond the length.": slip({ reach: (_, __, steps) => steps }),
        "Places beyond the length have the output 0.": slip({ speaks: true }),
        "Nobody looks at places beyond the length, and their output is 0.": slip({
          speaks: true,
          reach: (_, __, steps) => steps,
        }),
        "The last place of the sentence counts as well.": slip({
          reach: (_, many) => many - 1,
        }),
      },
    };
  },
  { trials: 8 },
);
// END HIDDEN TESTS
q5.score;

// %% [markdown]
// ## 6 · A head on frozen codes (4 points)
//
// The encoder was trained without labels and stays as it is; only a softmax layer on its codes is trained. `codes` are $Z$, $[N, k]$; `labels` are $N$
// classes from 0 to $C - 1$; `weights` $W$ is $[k, C]$, `bias` $b$ is $[C]$. The loss is the mean cross-entropy, in nats, plus weight decay:
//
// $$L = -\frac1N \sum_{n=1}^N \ln p_{n y_n} + \alpha \lVert W \rVert_F^2, \qquad p_n = \operatorname{softmax}(z_n^\top W + b).$$
//
// Return weights and bias after **one** step of gradient descent with the learning rate `rate`. The bias does not decay. Derive the gradient; do not
// ask `tf.grad` for it.
//
// Points: 1 without decay and with two classes, 2 without decay, 1 with decay ($\alpha$ = `decay`).

// %% homework={"role":"answer","id":"q6"}
interface Head {
  weights: tf.Tensor2D; // [k, C]
  bias: tf.Tensor1D; // [C]
}

function trainHead(
  codes: tf.Tensor2D,
  labels: number[],
  { weights, bias }: Head,
  rate: number,
  decay: number,
): Head {
  // BEGIN SOLUTION
  const logits: tf.Tensor2D = tf.add(tf.matMul(codes, weights), bias);
  const classes = tf.oneHot(tf.tensor1d(labels, "int32"), weights.shape[1]);
  const error: tf.Tensor2D = tf.sub(tf.softmax(logits), classes); // by the logits, [N, C]
  const byWeights = tf.matMul(codes, error.div(labels.length), true);
  return {
    weights: tf.sub(weights, byWeights.add(weights.mul(2 * decay)).mul(rate)),
    bias: tf.sub(bias, error.mean(0).mul(rate)),
  };
  // END SOLUTION
}

// %% homework={"role":"tests","id":"q6-tests","points":4}
const q6 = exercise.question("6 · A head on frozen codes");
await q6.part(1, "two classes", draw => {
  const [z, w, rate] = [draw.number(0.5, 2), draw.number(-1, 1), draw.number(0.1, 1)];
  const head = { weights: tf.tensor2d([[w, 0]]), bias: tf.tensor1d([0, 0]) };
  const { weights, bias } = trainHead(tf.tensor2d([[z]]), [0], head, rate, 0);
  const missing = 1 - sigmoid(z * w); // of the probability of class 0
  const step = [rate * missing, -rate * missing];
  return {
    given: `one code ${z} of class 0, weights (${w}, 0), biases 0, rate ${rate}: weights, then bias`,
    got: tf.concat([weights, bias.expandDims(0)]),
    expected: tf.tensor2d([[w + z * step[0], z * step[1]], step]),
    tolerance: 1e-4,
  };
});
// BEGIN HIDDEN TESTS
const q6Question = (draw: exercise.Draw) => {
  const [n, k, many] = [draw.integer(4, 8), draw.integer(1, 4), draw.integer(3, 5)];
  const codes = tf.tensor2d(matrix(draw, n, k));
  const labels = range(n).map(() => draw.integer(0, many - 2)); // the last class has no example
  const head = {
    weights: tf.tensor2d(matrix(draw, k, many, 0.3, 1.2)),
    bias: tf.tensor1d(numbers(draw, many, 0.3, 1.2)),
  };
  const [rate, decay] = [draw.number(0.2, 1), draw.number(0.1, 0.5)];
  const logits: tf.Tensor2D = tf.add(tf.matMul(codes, head.weights), head.bias);
  const classes = tf.oneHot(tf.tensor1d(labels, "int32"), many);
  const error = (p: tf.Tensor): tf.Tensor2D => tf.sub(p, classes);
  const stepped = (e: tf.Tensor2D, size: number, onWeights = 0, onBias = 0) =>
    tf.concat([
      tf.sub(
        head.weights,
        tf.matMul(codes, e, true).mul(size).add(head.weights.mul(onWeights)),
      ),
      tf.sub(head.bias, e.sum(0).mul(size).add(head.bias.mul(onBias))).expandDims(0),
    ]);
  const right = error(tf.softmax(logits));
  const ask = (by: number) => {
    const { weights, bias } = trainHead(codes, labels, head, rate, by);
    return tf.concat([weights, bias.expandDims(0)]);
  };
  const given = `${n} codes of ${k} numbers, ${many} classes, rate ${rate}: weights, then bias`;
  return { n, rate, decay, logits, head, error, right, stepped, ask, given };
};
const notMean = "The loss is a mean over the examples: divide by N.";
await q6.part(
  2,
  "without decay",
  draw => {
    const { n, rate, logits, head, error, right, stepped, ask, given } = q6Question(draw);
    const frozen = tf.concat([
      stepped(right, rate / n).slice([0, 0], head.weights.shape),
      head.bias.expandDims(0),
    ]);
    return {
      given,
      got: ask(0),
      expected: stepped(right, rate / n),
      tolerance: 1e-4,
      mistakes: {
        [notMean]: stepped(right, rate),
        "That moves uphill: subtract the gradient.": stepped(right, -rate / n),
        "Softmax minus one-hot: the classes are missing.": stepped(
          tf.softmax(logits),
          rate / n,
        ),
        "Subtract the one-hot classes from the softmax, not from the logits.": stepped(
          error(logits),
          rate / n,
        ),
        "The softmax is over the classes.": stepped(
          error(tf.transpose(tf.softmax(tf.transpose(logits)))),
          rate / n,
        ),
        "The bias learns as well.": frozen,
        "That is the gradient for logistic outputs.": stepped(
          error(tf.sigmoid(logits)),
          rate / n,
        ),
        "Go the step: these are the old values.": stepped(right, 0),
      },
    };
  },
  { trials: 6, credit: { [notMean]: 1, "The bias learns as well.": 1 } },
);
await q6.part(
  1,
  "with decay",
  draw => {
    const { n, rate, decay, right, stepped, ask, given } = q6Question(draw);
    const by = (weights: number, bias = 0) => stepped(right, rate / n, weights, bias);
    return {
      given: `${given}, decay ${decay}`,
      got: ask(decay),
      expected: by(2 * rate * decay),
      tolerance: 1e-4,
      mistakes: {
        "The square brings a factor 2.": by(rate * decay),
        "The bias does not decay.": by(2 * rate * decay, 2 * rate * decay),
        "The decay is multiplied by the rate as well.": by(2 * decay),
        "Decay makes weights smaller.": by(-2 * rate * decay),
        "The decay is missing.": by(0),
        "The decay is not divided by N.": by((2 * rate * decay) / n),
      },
    };
  },
  { trials: 6, credit: { "The square brings a factor 2.": 0.5 } },
);
// END HIDDEN TESTS
q6.score;

// %% [markdown]
// ## 7 · What the neighbours say (3 points)
//
// Do codes keep what matters? `codes` are $[N, d]$, `labels` are $N$ classes. For each code return the class that its $k$ nearest **other** codes have most often
// (squared distance; $1 \le k < N$). If several classes are equally frequent among the $k$, take the one of them whose nearest member is
// nearest. Two codes may be equal; each is then the other's nearest neighbour, at distance 0. No other distances are equal.
//
// Points: 1 for $k = 1$, 2 for any $k$.

// %% homework={"role":"answer","id":"q7"}
function neighbourClasses(codes: number[][], labels: number[], k: number): number[] {
  // BEGIN SOLUTION
  const apart = (a: number[], b: number[]) => sum(a.map((value, i) => (value - b[i]) ** 2));
  return codes.map((code, n) => {
    const nearest = range(codes.length)
      .filter(other => other !== n)
      .sort((a, b) => apart(code, codes[a]) - apart(code, codes[b]))
      .slice(0, k)
      .map(other => labels[other]);
    const votes = (label: number) => nearest.filter(each => each === label).length;
    const most = Math.max(...nearest.map(votes));
    return nearest.find(label => votes(label) === most) as number; // the nearest comes first
  });
  // END SOLUTION
}

// %% homework={"role":"tests","id":"q7-tests","points":3}
const q7 = exercise.question("7 · What the neighbours say");
await q7.part(1, "the nearest one", draw => {
  const [near, far] = [draw.number(0.1, 0.4), draw.number(2, 3)];
  const order = draw.shuffled([0, 1, 2, 3]);
  const [places, classes] = [[0, near, far, far + 2 * near], draw.shuffled([3, 5, 8, 9])];
  return {
    given: `codes ${order.map(i => places[i])} of the classes ${order.map(i => classes[i])}, k = 1`,
    got: neighbourClasses(
      order.map(i => [places[i]]),
      order.map(i => classes[i]),
      1,
    ),
    expected: order.map(i => classes[[1, 0, 3, 2][i]]),
  };
});
// BEGIN HIDDEN TESTS
type Pick = (votes: Map<number, number>, nearest: number[]) => number;
const firstOfMost: Pick = (votes, nearest) => {
  const most = Math.max(...votes.values());
  return nearest.find(label => votes.get(label) === most) as number;
};
const byVote = (
  codes: number[][],
  labels: number[],
  k: number,
  { alone = true, pick = firstOfMost, far = false, size = (x: number) => x ** 2 } = {},
) =>
  codes.map((code, n) => {
    const apart = (other: number) => sum(code.map((x, i) => size(x - codes[other][i])));
    const order = range(codes.length).filter(other => !alone || other !== n);
    order.sort((a, b) => (far ? apart(b) - apart(a) : apart(a) - apart(b)));
    const nearest = order.slice(0, k).map(other => labels[other]);
    const votes = new Map<number, number>();
    for (const label of nearest) votes.set(label, (votes.get(label) ?? 0) + 1);
    return pick(votes, nearest);
  });
const itself = "A code is not its own neighbour.";
const tied = "Among equally frequent classes the one whose member is nearest wins.";
await q7.part(
  2,
  "any number of neighbours",
  draw => {
    const [n, d] = [draw.integer(9, 14), draw.integer(1, 4)];
    const k = draw.integer(2, 7);
    const codes = matrix(draw, n, d, -1, 1).map(row =>
      row.map(v => v + draw.number(0, 5e-4)),
    );
    codes[n - 1] = [...codes[0]];
    const names = draw.shuffled([0, 2, 4, 7, 11]).slice(0, 3);
    const labels = range(n).map(() => names[draw.integer(0, 2)]);
    labels[n - 1] = names.find(name => name !== labels[0]) as number;
    const vote = (options: Parameters<typeof byVote>[3]) => byVote(codes, labels, k, options);
    const choose = (better: (a: number, b: number) => boolean): Pick => {
      return votes => {
        const most = Math.max(...votes.values());
        const best = [...votes.keys()].filter(label => votes.get(label) === most);
        return best.reduce((a, b) => (better(b, a) ? b : a));
      };
    };
    return {
      given: `${n} codes of ${d} numbers, classes ${labels}, k = ${k}`,
      got: neighbourClasses(codes, labels, k),
      expected: vote({}),
      tolerance: 1e-6,
      mistakes: {
        [itself]: vote({ alone: false }),
        [tied]: vote({ pick: choose((a, b) => a < b) }),
        "Count the votes of all k.": vote({ pick: (_, nearest) => nearest[0] }),
        "The k nearest, not the farthest.": vote({ far: true }),
        "Square the differences; their sum is what counts.": vote({ size: Math.abs }),
        "One neighbour is missing.": byVote(codes, labels, k - 1),
        "Return classes, one for each code.": labels,
        "A mean of classes is no class.": vote({ pick: (_, nearest) => sum(nearest) / k }),
      },
    };
  },
  { trials: 12, credit: { [itself]: 0.5, [tied]: 1 } },
);
// END HIDDEN TESTS
q7.score;

// %% [markdown]
// ## 8 · Does depth help? (4 points, read by a person)
//
// `errors(sizes, seed)` trains an autoencoder with these layers on 1,100 of the 8×8 digits, for example `[64, 32, 8]` (ELU between the layers, a linear
// code, logistic outputs), and resolves to its squared error per image on 300 held-out and on 397 test digits. One training takes about three seconds.
//
// In the next cell, compare a **shallow** autoencoder, `[64, 8]`, with one or more **deep** ones that have the same code dimension, 8. Plan your
// comparison so that you could defend it in front of the class. Keep the cell below 60 seconds.

// %% homework={"role":"given","id":"errors"}
const digits = await data.digits8x8();
const mixed = tf.topk(tf.randomUniform([1797], 0, 1, "float32", 8), 1797)
  .indices as tf.Tensor1D;
const [trainX, heldOutX, testX] = tf.split(
  tf.gather(digits.images, mixed),
  [1100, 300, 397],
) as tf.Tensor2D[];

/** Trains an autoencoder with these layers; its squared errors per image, in squared grey levels. */
async function errors(sizes: number[], seed: number) {
  const model = models.deepAutoencoder({ sizes, activation: "elu", seed });
  const optimizer = tf.train.adam(0.005);
  await fit((x: tf.Tensor2D) => model.loss(x), trainX, {
    epochs: 60,
    batchSize: 50,
    optimizer,
    seed,
  });
  const on = (x: tf.Tensor2D) =>
    models
      .squaredError(x, model.decode(model.encode(x)))
      .mean()
      .dataSync()[0];
  return { heldOut: on(heldOutX), test: on(testX) };
}

// %% homework={"role":"answer","id":"q8-code","seconds":150}
// BEGIN SOLUTION
const plans = [
  [64, 8],
  [64, 32, 8],
  [64, 128, 8],
  [64, 128, 32, 8],
];
for (const sizes of plans) {
  const runs: Awaited<ReturnType<typeof errors>>[] = [];
  for (const seed of [1, 2]) runs.push(await errors(sizes, seed));
  const each = (part: "heldOut" | "test") => runs.map(run => run[part].toFixed(3)).join(" ");
  console.log(sizes.join("-"), "held out", each("heldOut"), "test", each("test"));
}
// END SOLUTION

// %% [markdown]
// Now write six to ten sentences:
//
// - what you compared, what you kept equal and what you could not keep equal (1 point);
// - your errors, with their spread over several seeds, and on which images you chose the deep network (1 point);
// - whether depth helps **here**, and how sure you are (1 point);
// - one reason why depth helped or did not, and an experiment that would show that you are wrong (1 point).

// %% [markdown] homework={"role":"manual","id":"q8","points":4}
// <!-- BEGIN SOLUTION -->
// **Model answer.** All networks had a code of 8 numbers, the same 1,100 digits, 60 epochs and one rate (0.005); the number of parameters was not equal
// (64-8 has 1,096, 64-128-8 about 18,800), nor was the time. Held-out errors of seeds 1 and 2: 64-8 1.45 and 1.44; 64-32-8 1.05 and 1.12; 64-128-8 0.81
// and 0.82; 64-128-32-8 0.79 and 0.78. I chose the last on these; its test errors are 0.77 and 0.77, against 1.42 and 1.42 of 64-8. The gap is many times
// the difference between two seeds, so here, with this training, the deep networks are better. The shallow one can only bend the *output*: its code is a
// linear function of the image. But 64-128-8 has 17 times as many parameters, and most of the gain may be width: to refute me, compare 64-128-32-8 with a
// network of one hidden layer and as many parameters, each with a rate of its own; if they are equal, depth as such did nothing.
//
// **Rubric.** *1 point each.* (1) Names what was equal (code, data, epochs, rate) *and* what was not (parameters, time; perhaps the best rate differs).
// Half a point for one of the two. (2) At least two seeds for each network, the spread is given, and the deep network was chosen on the held-out
// images with the test error only reported. Chosen on the test images: 0. One seed: half a point at most. (3) The conclusion follows from the
// numbers and their spread, and speaks of these digits and this training. "Deep networks are better" without limits: 0. (4) A reason that can be
// tested, and a test that could fail. "Deep networks learn complex features" alone: 0.
// <!-- END SOLUTION -->

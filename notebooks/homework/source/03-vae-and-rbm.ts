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
// # Homework 3 · Variational autoencoders and Boltzmann machines
//
// Lessons 12 to 16. Eight questions, 30 points, about two hours. No data are needed: you can do it offline.
//
// Write your code where it says *Not implemented yet*; keep the names and types of the functions. Run the cell of tests below each
// question: it asks random questions and shows what was expected, what came, and the points. When your homework is graded, further
// questions are asked: other sizes, signs, orders, zeros, ties. The last question is read by a person.
//
// | question | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 |
// | --- | --- | --- | --- | --- | --- | --- | --- | --- |
// | points | 3 | 4 | 4 | 4 | 4 | 4 | 3 | 4 |
//
// Everything is lists of numbers: a vector is a `number[]`, a matrix a list of its rows. All logarithms are natural ones, so all divergences and
// log-probabilities are in nats. Do not change what you are given: make new lists.

// %%
import { exercise } from "latent";

// %% [markdown]
// These functions are yours to use.

// %% homework={"role":"given","id":"tools"}
/** The sum of a list; 0 for an empty one. */
const sum = (list: number[]) => list.reduce((total, value) => total + value, 0);

/** The mean of a list. */
const mean = (list: number[]) => sum(list) / list.length;

/** The inner product of two vectors of the same length. */
const dot = (a: number[], b: number[]) => sum(a.map((value, i) => value * b[i]));

/** The logistic function. */
const sigmoid = (a: number) => 1 / (1 + Math.exp(-a));

/** ln(1 + eᵃ), also for large a. */
const softplus = (a: number) => Math.max(0, a) + Math.log1p(Math.exp(-Math.abs(a)));

/** The numbers 0, 1, …, n − 1. */
const range = (n: number) => Array.from({ length: n }, (_, i) => i);

// %% homework={"role":"given","id":"machine"}
/** A restricted Boltzmann machine, for questions 5 to 8. */
interface Machine {
  weights: number[][]; // W, [n, m]
  a: number[]; // visible biases, n numbers
  b: number[]; // hidden biases, m numbers
}

// %% homework={"role":"given","id":"draws"}
/** For the tests: a list of n random numbers, and n rows of d. */
const numbers = (draw: exercise.Draw, n: number, low = -2, high = 2) =>
  range(n).map(() => draw.number(low, high));
const matrix = (draw: exercise.Draw, n: number, d: number, low = -2, high = 2) =>
  range(n).map(() => numbers(draw, d, low, high));

// %% [markdown]
// ## 1 · From one Gaussian to another (3 points)
//
// `q` and `p` are Gaussians of $k$ independent numbers, each with the list of their means and of the **logarithms of their variances**, $\ln \sigma_j^2$. Lesson 12
// has $D_{KL}(q \,\Vert\, p)$ for one special $p$, the standard normal. Derive it for any $p$, and return it as one number, in nats.
//
// Points: 1 for the standard normal $p$ and $k = 1$, 2 for any two Gaussians.

// %% homework={"role":"answer","id":"q1"}
interface Gaussian {
  mean: number[]; // μ, k numbers
  logVariance: number[]; // ln σ², k numbers
}

function divergence(q: Gaussian, p: Gaussian): number {
  // BEGIN SOLUTION
  return sum(
    q.mean.map((mu, j) => {
      const ratio = q.logVariance[j] - p.logVariance[j]; // ln (σ_q² / σ_p²)
      const apart = (mu - p.mean[j]) ** 2 / Math.exp(p.logVariance[j]);
      return (Math.exp(ratio) + apart - 1 - ratio) / 2;
    }),
  );
  // END SOLUTION
}

// %% homework={"role":"tests","id":"q1-tests","points":3}
const q1 = exercise.question("1 · From one Gaussian to another");
await q1.part(1, "to the standard normal", draw => {
  const [mu, log] = [draw.number(-2, 2), draw.number(-2, 1)];
  return {
    given: `k = 1, mean ${mu}, ln σ² = ${log}, p standard normal`,
    got: divergence({ mean: [mu], logVariance: [log] }, { mean: [0], logVariance: [0] }),
    expected: (mu ** 2 + Math.exp(log) - log - 1) / 2,
  };
});
// BEGIN HIDDEN TESTS
const half = "Each number has a factor ½.";
const turned = "That is the divergence from p to q: it is not symmetric.";
await q1.part(
  2,
  "any two Gaussians",
  draw => {
    const k = draw.integer(1, 5);
    const gaussian = () => ({
      mean: numbers(draw, k),
      logVariance: numbers(draw, k, -1.5, 1),
    });
    const [q, p] = [gaussian(), gaussian()];
    type Parts = { ratio: number; apart: number; wide: number; far: number };
    const each = (f: (parts: Parts) => number) =>
      sum(
        range(k).map(j => {
          const ratio = q.logVariance[j] - p.logVariance[j];
          const far = q.mean[j] - p.mean[j];
          const wide = Math.exp(p.logVariance[j]);
          return f({ ratio, far, wide, apart: far ** 2 / wide });
        }),
      );
    const right = each(({ ratio, apart }) => (Math.exp(ratio) + apart - 1 - ratio) / 2);
    return {
      given: `k = ${k}`,
      got: divergence(q, p),
      expected: right,
      mistakes: {
        [half]: 2 * right,
        [turned]: each(
          ({ ratio, apart }) => (Math.exp(-ratio) + apart * Math.exp(-ratio) - 1 + ratio) / 2,
        ),
        "That is for a standard normal p.": sum(
          q.mean.map(
            (mu, j) => (mu ** 2 + Math.exp(q.logVariance[j]) - q.logVariance[j] - 1) / 2,
          ),
        ),
        "Sum over the k numbers.": right / k,
        "A distance counts in units of p's variance.": each(
          ({ ratio, far }) => (Math.exp(ratio) + far ** 2 - 1 - ratio) / 2,
        ),
        "The variances of both count: where q = p it is 0.": each(
          ({ ratio, apart }) => (Math.exp(ratio) + apart - ratio) / 2,
        ),
        "You are given ln σ², not ln σ.": each(
          ({ ratio, apart, wide }) =>
            (Math.exp(2 * ratio) + apart / wide - 1 - 2 * ratio) / 2,
        ),
        "The sign of the logarithm is wrong.": each(
          ({ ratio, apart }) => (Math.exp(ratio) + apart - 1 + ratio) / 2,
        ),
      },
    };
  },
  { trials: 8, credit: { [half]: 1, [turned]: 1 } },
);
// END HIDDEN TESTS
q1.score;

// %% [markdown]
// ## 2 · Two ways to a gradient (4 points)
//
// The code is one number, $q = \mathcal N(\mu, \sigma^2)$, and training needs the derivatives of $\mathbb E_q[f(z)]$ by $\mu$ and by the number that an encoder
// gives, $\ell = \ln \sigma^2$. `draws` are the numbers $\varepsilon_s$, drawn from the standard normal; $z_s = \mu + \sigma \varepsilon_s$.
//
// **(a) Reparameterisation.** `slope` is $f'$. Return the two estimates $[\partial/\partial\mu, \partial/\partial\ell]$, means over the draws.
//
// **(b) Score function.** $f$ is known, its derivative is not. Return the two estimates $\frac1S \sum_s f(z_s)\, \partial \ln q(z_s) / \partial \mu$ and
// $\frac1S \sum_s f(z_s)\, \partial \ln q(z_s) / \partial \ell$.
//
// Points: (a) 1 for $\mu$ and one draw, 1 for both derivatives; (b) 2.

// %% homework={"role":"answer","id":"q2"}
type Curve = (z: number) => number;

function byReparameterisation(
  slope: Curve,
  mu: number,
  logVariance: number,
  draws: number[],
): number[] {
  // BEGIN SOLUTION
  const sigma = Math.exp(logVariance / 2);
  const slopes = draws.map(epsilon => slope(mu + sigma * epsilon));
  return [mean(slopes), mean(slopes.map((value, s) => (value * sigma * draws[s]) / 2))];
  // END SOLUTION
}

function byScore(f: Curve, mu: number, logVariance: number, draws: number[]): number[] {
  // BEGIN SOLUTION
  const sigma = Math.exp(logVariance / 2);
  const values = draws.map(epsilon => f(mu + sigma * epsilon));
  return [
    mean(values.map((value, s) => (value * draws[s]) / sigma)),
    mean(values.map((value, s) => (value * (draws[s] ** 2 - 1)) / 2)),
  ];
  // END SOLUTION
}

// %% homework={"role":"tests","id":"q2-tests","points":4}
const q2 = exercise.question("2 · Two ways to a gradient");
await q2.part(1, "(a) by μ, one draw", draw => {
  const [mu, log, epsilon] = [draw.number(-1, 1), draw.number(-1, 1), draw.number(-2, 2)];
  return {
    given: `f = z², so slope = 2z; μ = ${mu}, ℓ = ${log}, ε = ${epsilon}: the first number`,
    got: byReparameterisation(z => 2 * z, mu, log, [epsilon])[0],
    expected: 2 * (mu + Math.exp(log / 2) * epsilon),
  };
});
// BEGIN HIDDEN TESTS
const q2Question = (draw: exercise.Draw) => {
  const [a, b, c] = [draw.number(0.5, 2), draw.number(-1, 1), draw.number(2, 4)];
  const f: Curve = z => Math.sin(a * z) + b * z ** 2 + c;
  const slope: Curve = z => a * Math.cos(a * z) + 2 * b * z;
  const [mu, log] = [draw.number(-1, 1), draw.number(-2, 1.5)];
  const draws = numbers(draw, draw.integer(2, 6));
  const given = `f = sin ${a}z + ${b}z² + ${c}, μ = ${mu}, ℓ = ${log}, ${draws.length} draws`;
  return { f, slope, mu, log, sigma: Math.exp(log / 2), draws, given };
};
const noHalf = "ℓ is ln σ²: ∂σ/∂ℓ = σ/2.";
await q2.part(
  1,
  "(a) both, any draws",
  draw => {
    const { slope, mu, log, sigma, draws, given } = q2Question(draw);
    const pair = (by: (epsilon: number) => number, wide = sigma) => {
      const slopes = draws.map(epsilon => slope(mu + wide * epsilon));
      return [mean(slopes), mean(slopes.map((value, s) => value * by(draws[s])))];
    };
    return {
      given,
      got: byReparameterisation(slope, mu, log, draws),
      expected: pair(epsilon => (sigma * epsilon) / 2),
      mistakes: {
        [noHalf]: pair(epsilon => sigma * epsilon),
        "That is by σ; go on to ℓ = ln σ².": pair(epsilon => epsilon),
        "σ is the root of the variance: exp(ℓ / 2).": pair(
          e => (sigma ** 2 * e) / 2,
          sigma ** 2,
        ),
        "ε counts with its sign.": pair(epsilon => (sigma * Math.abs(epsilon)) / 2),
        "Means over the draws, not sums.": pair(e => (sigma * e) / 2).map(
          v => v * draws.length,
        ),
        "z, not ε, is what f sees: z = μ + σε.": [
          mean(draws.map(slope)),
          mean(draws.map(e => (slope(e) * sigma * e) / 2)),
        ],
      },
    };
  },
  { trials: 8, credit: { [noHalf]: 0.5, "That is by σ; go on to ℓ = ln σ².": 0.5 } },
);
const bySigma = "That is by σ or ln σ; ℓ is ln σ²: a factor ½.";
await q2.part(
  2,
  "(b) the score function",
  draw => {
    const { f, mu, log, sigma, draws, given } = q2Question(draw);
    const pair = (first: (e: number) => number, second: (e: number) => number) => {
      const values = draws.map(epsilon => f(mu + sigma * epsilon));
      return [first, second].map(by => mean(values.map((value, s) => value * by(draws[s]))));
    };
    const byMu = (e: number) => e / sigma;
    const byLog = (e: number) => (e ** 2 - 1) / 2;
    return {
      given,
      got: byScore(f, mu, log, draws),
      expected: pair(byMu, byLog),
      mistakes: {
        [bySigma]: pair(byMu, e => e ** 2 - 1),
        "∂ ln q/∂μ is (z − μ)/σ², that is ε/σ.": pair(e => e, byLog),
        "∂ ln q/∂μ is (z − μ)/σ²: divide by σ² once.": pair(e => e / sigma ** 2, byLog),
        "The Gaussian's own factor 1/σ depends on ℓ as well.": pair(byMu, e => e ** 2 / 2),
        "The signs are wrong.": pair(
          e => -byMu(e),
          e => -byLog(e),
        ),
        "Means over the draws, not sums.": pair(byMu, byLog).map(v => v * draws.length),
        "f is not known at its mean alone: use f(z) of each draw.": [
          f(mu) * mean(draws.map(byMu)),
          f(mu) * mean(draws.map(byLog)),
        ],
      },
    };
  },
  { trials: 8, credit: { [bySigma]: 1, "∂ ln q/∂μ is (z − μ)/σ², that is ε/σ.": 1 } },
);
// END HIDDEN TESTS
q2.score;

// %% [markdown]
// ## 3 · A discrete code (4 points)
//
// The code of a model is one of $K$ values. `prior` is $p(z)$, $K$ shares that add up to 1; `logLikelihood` is $\ln p(x \mid z)$ of one image for each value, as
// low as $-5000$. Some prior shares may be 0, also where the likelihood is largest.
//
// **(a)** Return the posterior $p(z \mid x)$, $K$ shares. **(b)** `q` are any other $K$ shares, also with zeros, but 0 wherever the prior is 0. Return the evidence
// lower bound $\mathbb E_q[\ln p(x \mid z)] - D_{KL}(q \,\Vert\, p(z))$. A value with $q = 0$ adds nothing ($0 \ln 0 = 0$).
//
// Points: (a) 1 for two values, 1 for any; (b) 2.

// %% homework={"role":"answer","id":"q3"}
function posterior(prior: number[], logLikelihood: number[]): number[] {
  // BEGIN SOLUTION
  const logs = prior.map((share, z) => Math.log(share) + logLikelihood[z]);
  const largest = Math.max(...logs);
  const weights = logs.map(log => Math.exp(log - largest));
  return weights.map(weight => weight / sum(weights));
  // END SOLUTION
}

function lowerBound(q: number[], prior: number[], logLikelihood: number[]): number {
  // BEGIN SOLUTION
  const term = (z: number) => q[z] * (logLikelihood[z] + Math.log(prior[z]) - Math.log(q[z]));
  return sum(range(q.length).map(z => (q[z] === 0 ? 0 : term(z))));
  // END SOLUTION
}

// %% homework={"role":"tests","id":"q3-tests","points":4}
// BEGIN HIDDEN TESTS
const shares = (weights: number[]) => weights.map(weight => weight / sum(weights));
// END HIDDEN TESTS
const q3 = exercise.question("3 · A discrete code");
await q3.part(1, "(a) two values", draw => {
  const [share, first, second] = [
    draw.number(0.2, 0.8),
    draw.number(-3, -1),
    draw.number(-3, -1),
  ];
  const [a, b] = [share * Math.exp(first), (1 - share) * Math.exp(second)];
  return {
    given: `prior ${share} and ${(1 - share).toFixed(3)}, ln p(x|z) = ${first} and ${second}`,
    got: posterior([share, 1 - share], [first, second]),
    expected: [a / (a + b), b / (a + b)],
  };
});
// BEGIN HIDDEN TESTS
const softmaxOf = (logs: number[]) =>
  shares(logs.map(log => Math.exp(log - Math.max(...logs))));
const q3Question = (draw: exercise.Draw, level: number) => {
  const many = draw.integer(3, 7);
  const weights = draw.shuffled([0, ...numbers(draw, many - 1, 0.2, 2)]);
  const logs = numbers(draw, many, -2, 2).map(log => log - level);
  const trust = numbers(draw, many, 0.2, 2);
  const kept = draw.shuffled(range(many).filter(z => weights[z] > 0)).slice(1); // q has a zero more
  const q = shares(trust.map((weight, z) => (kept.includes(z) ? weight : 0)));
  return { many, prior: shares(weights), logs, q };
};
await q3.part(
  1,
  "(a) any number of values",
  draw => {
    const level = draw.number(1000, 5000);
    const { many, prior, logs: drawn } = q3Question(draw, level);
    // what the prior rules out would explain the image best
    const logs = drawn.map((log, z) => (prior[z] === 0 ? log + 900 : log));
    return {
      given: `K = ${many}, log-likelihoods around ${-level}`,
      got: posterior(prior, logs),
      expected: softmaxOf(prior.map((share, z) => Math.log(share) + logs[z])),
      tolerance: 1e-5,
      mistakes: {
        "The prior counts as well.": softmaxOf(logs),
        "exp of −1000 is 0 in the computer: first subtract the largest that the prior allows.":
          logs.map(() => null),
      },
    };
  },
  { trials: 8 },
);
const noPrior = "D_KL is to the prior: ln(q/p).";
await q3.part(
  2,
  "(b) the bound",
  draw => {
    const { many, prior, logs, q } = q3Question(draw, draw.number(2, 6));
    const on = range(many).filter(z => q[z] > 0);
    const each = (f: (z: number) => number) => sum(on.map(f));
    const likelihood = each(z => q[z] * logs[z]);
    const kl = each(z => q[z] * Math.log(q[z] / prior[z]));
    const evidence = Math.log(sum(prior.map((share, z) => share * Math.exp(logs[z]))));
    return {
      given: `K = ${many}, q = (${q.map(share => share.toFixed(2)).join(", ")})`,
      got: lowerBound(q, prior, logs),
      expected: likelihood - kl,
      mistakes: {
        "Subtract the divergence.": likelihood + kl,
        [noPrior]: likelihood - each(z => q[z] * Math.log(q[z])),
        "The divergence is missing.": likelihood,
        "That is ln p(x) itself, which q does not change.": evidence,
        "That is the negative bound, the loss.": kl - likelihood,
        "The divergence is from q to the prior, and its mean is over q.":
          likelihood - each(z => prior[z] * Math.log(prior[z] / q[z])),
        "The mean is over q, not over all values alike.": mean(logs) - kl,
      },
    };
  },
  { trials: 8, credit: { [noPrior]: 0.5, "That is the negative bound, the loss.": 1 } },
);
// END HIDDEN TESTS
q3.score;

// %% [markdown]
// ## 4 · A walk on the sphere (4 points)
//
// The codes of an S-VAE lie on a sphere: `a` and `b` are vectors of $m$ numbers and length 1, not opposite to each other. A straight walk from $a$ to $b$ leaves the
// sphere. Return the walk along the **shortest arc** in `steps` steps of **equal angle**: `steps` + 1 vectors of length 1, the first is $a$, the last $b$. If $a = b$, all
// of them are $a$.
//
// Points: 1 for a right angle and two steps, 2 for any angle, 1 for equal, nearly equal and nearly opposite vectors.

// %% homework={"role":"answer","id":"q4"}
function walk(a: number[], b: number[], steps: number): number[][] {
  // BEGIN SOLUTION
  const along = dot(a, b);
  const across = b.map((value, i) => value - along * a[i]); // at a right angle to a
  const length = Math.sqrt(dot(across, across));
  const angle = Math.atan2(length, along);
  const turned = (share: number) =>
    a.map((value, i) => {
      const side = length === 0 ? 0 : across[i] / length;
      return Math.cos(share * angle) * value + Math.sin(share * angle) * side;
    });
  return range(steps + 1).map(step => turned(step / steps));
  // END SOLUTION
}

// %% homework={"role":"tests","id":"q4-tests","points":4}
const q4 = exercise.question("4 · A walk on the sphere");
await q4.part(1, "a quarter of a circle", draw => {
  const angle = draw.number(0, 6);
  const at = (more: number) => [Math.cos(angle + more), Math.sin(angle + more)];
  return {
    given: `on the circle, from the angle ${angle} to ${(angle + Math.PI / 2).toFixed(3)}, two steps`,
    got: walk(at(0), at(Math.PI / 2), 2),
    expected: [at(0), at(Math.PI / 4), at(Math.PI / 2)],
    tolerance: 1e-5,
  };
});
// BEGIN HIDDEN TESTS
/** Two vectors of length 1 at a right angle. */
const twoDirections = (draw: exercise.Draw, m: number) => {
  const unit = (v: number[]) => v.map(value => value / Math.sqrt(dot(v, v)));
  const first = unit([...numbers(draw, m - 1), draw.number(0.5, 1)]);
  const second = numbers(draw, m);
  second[0] += 3;
  const off = second.map((value, i) => value - dot(first, second) * first[i]);
  return { first, second: unit(off), unit };
};
const onArc = (draw: exercise.Draw, steps: number, m: number) => {
  const { first, second, unit } = twoDirections(draw, m);
  const at = (turn: number) =>
    first.map((value, i) => Math.cos(turn) * value + Math.sin(turn) * second[i]);
  return {
    at,
    unit,
    arc: (from: number, to: number) =>
      range(steps + 1).map(s => at(from + ((to - from) * s) / steps)),
  };
};
const unequal = "All lie on the arc, but the steps have different angles.";
await q4.part(
  2,
  "any angle",
  draw => {
    const [steps, m] = [draw.integer(3, 7), draw.integer(2, 6)];
    const angle = draw.number(0.8, 2.9);
    const { at, unit, arc } = onArc(draw, steps, m);
    const [a, b] = [at(0), at(angle)];
    const straight = range(steps + 1).map(s =>
      a.map((value, i) => value + ((b[i] - value) * s) / steps),
    );
    return {
      given: `m = ${m}, ${angle} radians apart, ${steps} steps`,
      got: walk(a, b, steps),
      expected: arc(0, angle),
      tolerance: 1e-5,
      mistakes: {
        "That is the straight line: it leaves the sphere.": straight,
        [unequal]: straight.map(unit),
        "That is the long way round.": arc(0, angle - 2 * Math.PI),
        "Start at a, end at b.": arc(angle, 0),
        "Steps are one fewer than vectors.": arc(0, angle).slice(0, steps),
      },
    };
  },
  { trials: 8, credit: { [unequal]: 1 } },
);
await q4.part(
  1,
  "equal, nearly equal and nearly opposite vectors",
  draw => {
    const [steps, m] = [draw.integer(3, 5), draw.integer(2, 5)];
    const apart = draw.number(1, 9) * 1e-6;
    const wide = Math.PI - draw.number(0.02, 0.1);
    const { at, arc } = onArc(draw, steps, m);
    const start = at(0);
    const scaled = (vectors: number[][]) =>
      vectors.map(v => v.map((value, i) => (value - start[i]) * 1e6));
    return {
      given: `m = ${m}, ${steps} steps; equal vectors, then ${apart} radians apart (shown: 10⁶ times the way from a), then ${wide.toFixed(3)}`,
      got: [
        walk(start, [...start], steps),
        scaled(walk(start, at(apart), steps)),
        walk(start, at(wide), steps),
      ],
      expected: [arc(0, 0), scaled(arc(0, apart)), arc(0, wide)],
      tolerance: 1e-3,
    };
  },
  { trials: 6 },
);
// END HIDDEN TESTS
q4.score;

// %% [markdown]
// ## 5 · One pixel, given all others (4 points)
//
// A `Machine` is a restricted Boltzmann machine with $n$ visible units (biases $a$) and $m$ hidden ones (biases $b$), all 0 or 1; `weights` $W$ is $[n, m]$. As in lesson 15
// $F(v) = -a^\top v - \sum_j \operatorname{softplus}\bigl(b_j + \sum_i v_i W_{ij}\bigr)$ and $p(v) = e^{-F(v)} / Z$.
//
// **(a)** Return $p(v_i = 1 \mid \text{all other visible units as in } v)$. The hidden units are summed out, and $v_i$ itself may be 0 or 1: it must not matter. Why do you not need $Z$?
//
// **(b)** The *pseudo-log-likelihood* (Besag 1975) adds up how well each unit is predicted by the others: $\sum_i \ln p(v_i \mid \text{all others})$, with the value that $v_i$
// really has. Return it. Energies may be large: a probability of $e^{-200}$ has the logarithm $-200$.
//
// Points: (a) 1 for one hidden unit, 1 for any; (b) 1, and 1 for large energies.

// %% homework={"role":"answer","id":"q5"}
function onGivenOthers(machine: Machine, v: number[], i: number): number {
  // BEGIN SOLUTION
  const energy = (value: number) => {
    const seen = v.with(i, value);
    const inputs = machine.b.map(
      (b, j) =>
        b +
        dot(
          seen,
          machine.weights.map(row => row[j]),
        ),
    );
    return -dot(machine.a, seen) - sum(inputs.map(softplus));
  };
  return sigmoid(energy(0) - energy(1));
  // END SOLUTION
}

function pseudoLogLikelihood(machine: Machine, v: number[]): number {
  // BEGIN SOLUTION
  const energy = (seen: number[]) => {
    const inputs = machine.b.map(
      (b, j) =>
        b +
        dot(
          seen,
          machine.weights.map(row => row[j]),
        ),
    );
    return -dot(machine.a, seen) - sum(inputs.map(softplus));
  };
  const logarithm = (i: number) => -softplus(energy(v) - energy(v.with(i, 1 - v[i])));
  return sum(v.map((_, i) => logarithm(i)));
  // END SOLUTION
}

// %% homework={"role":"tests","id":"q5-tests","points":4}
// BEGIN HIDDEN TESTS
// Before what calls the student's code: later questions need these even where a plain kernel stops this cell.
const drawMachine = (draw: exercise.Draw, n: number, m: number, size = 2): Machine => {
  return {
    weights: matrix(draw, n, m, -size, size),
    a: numbers(draw, n, -size, size),
    b: numbers(draw, m, -size, size),
  };
};
const inputsOf = ({ weights, b }: Machine, v: number[]) =>
  b.map((each, j) => each + sum(v.map((value, i) => value * weights[i][j])));
const freeEnergy = (machine: Machine, v: number[]) =>
  -dot(machine.a, v) - sum(inputsOf(machine, v).map(softplus));
const bits = (draw: exercise.Draw, n: number) => range(n).map(() => draw.integer(0, 1));
const q5Question = (draw: exercise.Draw, size = 2) => {
  const [n, m] = [draw.integer(2, 6), draw.integer(1, 5)];
  const machine = drawMachine(draw, n, m, size);
  const v = draw.shuffled([0, 1, ...bits(draw, n - 2)]);
  return { n, m, machine, v, given: `${n} visible and ${m} hidden units, v = ${v.join("")}` };
};
// END HIDDEN TESTS
const q5 = exercise.question("5 · One pixel, given all others");
await q5.part(1, "(a) one hidden unit", draw => {
  const [w, a, b] = [numbers(draw, 2), numbers(draw, 2), draw.number(-1, 1)];
  const machine = { weights: [[w[0]], [w[1]]], a, b: [b] };
  const raised = a[0] + softplus(b + w[0] + w[1]) - softplus(b + w[1]);
  return {
    given: `W = (${w}), a = (${a}), b = ${b}, v = (0, 1): the first unit`,
    got: onGivenOthers(machine, [0, 1], 0),
    expected: sigmoid(raised),
  };
});
// BEGIN HIDDEN TESTS
const meanHidden = "The hidden units are summed out: use the free energy, not their means.";
await q5.part(
  1,
  "(a) any machine",
  draw => {
    const { machine, v, given } = q5Question(draw);
    const both = (f: (value: number[], i: number) => number) => v.map((_, i) => f(v, i));
    const gap = (i: number, without = machine) =>
      freeEnergy(without, v.with(i, 0)) - freeEnergy(without, v.with(i, 1));
    const zero = machine.a.map(() => 0);
    const total = (i: number, h: number[]) => machine.a[i] + dot(machine.weights[i], h);
    return {
      given: `${given}: each unit in turn`,
      got: v.map((_, i) => onGivenOthers(machine, v, i)),
      expected: both((_, i) => sigmoid(gap(i))),
      mistakes: {
        "The sign is wrong: low energy is probable.": both((_, i) => sigmoid(-gap(i))),
        "The bias a counts as well.": both((_, i) =>
          sigmoid(gap(i, { ...machine, a: zero })),
        ),
        [meanHidden]: both((_, i) => sigmoid(total(i, inputsOf(machine, v).map(sigmoid)))),
        "The hidden units are summed out, and vᵢ itself must not matter.": both((_, i) =>
          sigmoid(total(i, inputsOf(machine, v.with(i, 0)).map(sigmoid))),
        ),
        "That is the probability of the value that vᵢ has.": both((_, i) =>
          sigmoid(v[i] === 1 ? gap(i) : -gap(i)),
        ),
      },
    };
  },
  { trials: 8 },
);
const logOf = (machine: Machine, v: number[], i: number) =>
  -softplus(freeEnergy(machine, v) - freeEnergy(machine, v.with(i, 1 - v[i])));
const plainMean = "Sum over the units, do not average.";
await q5.part(
  1,
  "(b) the pseudo-log-likelihood",
  draw => {
    const { n, machine, v, given } = q5Question(draw);
    const all = sum(v.map((_, i) => logOf(machine, v, i)));
    const on = v.map((_, i) => logOf(machine, v.with(i, 1), i));
    const energies = range(2 ** n).map(code =>
      freeEnergy(
        machine,
        range(n).map(i => (code >> i) & 1),
      ),
    );
    return {
      given,
      got: pseudoLogLikelihood(machine, v),
      expected: all,
      mistakes: {
        [plainMean]: all / n,
        "Take the value that vᵢ really has.": sum(on),
        "Logarithms are added.": sum(v.map((_, i) => Math.exp(logOf(machine, v, i)))),
        "That is the true log-likelihood.":
          -freeEnergy(machine, v) - Math.log(sum(energies.map(energy => Math.exp(-energy)))),
        "A logarithm of a probability is negative.": -all,
        "Only units that are on were counted.": sum(on.filter((_, i) => v[i] === 1)),
      },
    };
  },
  { trials: 8, credit: { [plainMean]: 0.5 } },
);
await q5.part(
  1,
  "(b) large energies",
  draw => {
    const { machine, v, given } = q5Question(draw, 3000);
    return {
      given: `${given}, weights up to 3000`,
      got: pseudoLogLikelihood(machine, v),
      expected: sum(v.map((_, i) => logOf(machine, v, i))),
    };
  },
  { trials: 12 },
);
// END HIDDEN TESTS
q5.score;

// %% [markdown]
// ## 6 · The exact gradient of the biases (4 points)
//
// For a small machine the gradient of the mean log-likelihood needs no sampling. `data` are $N$ patterns $[N, n]$ of zeros and ones, with $n \le 8$ visible units. Return
// the derivatives of $\frac1N \sum_v \ln p(v)$ by the visible biases $a$ ($n$ numbers) and by the hidden biases $b$ ($m$ numbers): what the data do on average, minus what the machine
// does on average, which is a sum over all $2^n$ patterns.
//
// Points: 1 for the visible biases of a machine without weights, 1 for any visible, 2 for the hidden biases.

// %% homework={"role":"answer","id":"q6"}
interface BiasGradient {
  a: number[];
  b: number[];
}

function biasGradient(machine: Machine, data: number[][]): BiasGradient {
  // BEGIN SOLUTION
  const n = machine.a.length;
  const inputs = (v: number[]) =>
    machine.b.map(
      (b, j) =>
        b +
        dot(
          v,
          machine.weights.map(row => row[j]),
        ),
    );
  const all = range(2 ** n).map(code => range(n).map(i => (code >> i) & 1));
  const weights = all.map(v => Math.exp(dot(machine.a, v) + sum(inputs(v).map(softplus))));
  const averages = (patterns: number[][], shares: number[]) => {
    const on = (values: (v: number[]) => number[], size: number) =>
      range(size).map(
        i =>
          dot(
            patterns.map(v => values(v)[i]),
            shares,
          ) / sum(shares),
      );
    return [...on(v => v, n), ...on(v => inputs(v).map(sigmoid), machine.b.length)];
  };
  const seen = averages(
    data,
    data.map(() => 1),
  );
  const own = averages(all, weights);
  const gradient = seen.map((value, i) => value - own[i]);
  return { a: gradient.slice(0, n), b: gradient.slice(n) };
  // END SOLUTION
}

// %% homework={"role":"tests","id":"q6-tests","points":4}
const q6 = exercise.question("6 · The exact gradient of the biases");
await q6.part(1, "without weights", draw => {
  const [a, b] = [numbers(draw, 2), draw.number(-1, 1)];
  const machine = { weights: [[0], [0]], a, b: [b] };
  return {
    given: `all weights 0, a = (${a}), patterns 11 and 10: by a`,
    got: biasGradient(machine, [
      [1, 1],
      [1, 0],
    ]).a,
    expected: [1 - sigmoid(a[0]), 0.5 - sigmoid(a[1])],
  };
});
// BEGIN HIDDEN TESTS
const q6Question = (draw: exercise.Draw) => {
  const [n, m] = [draw.integer(2, 5), draw.integer(1, 4)];
  const machine = drawMachine(draw, n, m, 1.5);
  const data = range(draw.integer(2, 6)).map(() => bits(draw, n));
  data[1] = [...data[0]]; // a pattern may come twice
  const all = range(2 ** n).map(code => range(n).map(i => (code >> i) & 1));
  const model = shares(all.map(v => Math.exp(-freeEnergy(machine, v))));
  const hidden = (v: number[]) => inputsOf(machine, v).map(sigmoid);
  const average = (patterns: number[][], weights: number[], f: (v: number[]) => number[]) =>
    f(patterns[0]).map((_, i) => sum(patterns.map((v, s) => weights[s] * f(v)[i])));
  const alike = data.map(() => 1 / data.length);
  const flat = all.map(() => 1 / all.length);
  const given = `${n} visible and ${m} hidden units, patterns ${data.map(v => v.join("")).join(", ")}`;
  const difference = (x: number[], y: number[]) => x.map((value, i) => value - y[i]);
  const both = (f: (v: number[]) => number[]) => {
    const [seen, own] = [average(data, alike, f), average(all, model, f)];
    return { seen, own, uniform: average(all, flat, f), right: difference(seen, own) };
  };
  return { machine, data, all, model, hidden, average, alike, difference, both, given };
};
const flatModel = "The 2ⁿ patterns are not equally probable: weigh them by p(v).";
const wrongWay = "Data minus machine: that goes downhill.";
await q6.part(
  1,
  "by the visible biases",
  draw => {
    const { machine, data, both, difference, given } = q6Question(draw);
    const { seen, own, uniform, right } = both(v => v);
    return {
      given: `${given}: by a`,
      got: biasGradient(machine, data).a,
      expected: right,
      tolerance: 1e-5,
      mistakes: {
        [wrongWay]: difference(own, seen),
        [flatModel]: difference(seen, uniform),
        "That is the data's part; the machine's is missing.": seen,
        "Average over the patterns of the data.": difference(
          seen.map(value => value * data.length),
          own,
        ),
        "The machine's mean is not σ(a): the hidden units count.": difference(
          seen,
          machine.a.map(sigmoid),
        ),
      },
    };
  },
  { trials: 10 },
);
await q6.part(
  2,
  "by the hidden biases",
  draw => {
    const { machine, data, all, model, hidden, average, both, difference, given } =
      q6Question(draw);
    const { seen, own, uniform, right } = both(hidden);
    const atMean = hidden(average(all, model, v => v));
    return {
      given: `${given}: by b`,
      got: biasGradient(machine, data).b,
      expected: right,
      tolerance: 1e-5,
      mistakes: {
        [wrongWay]: difference(own, seen),
        [flatModel]: difference(seen, uniform),
        "That is the data's part; the machine's is missing.": seen,
        "Average over the patterns of the data.": difference(
          seen.map(value => value * data.length),
          own,
        ),
        "The mean of p(h|v) is not p(h) at the mean v.": difference(seen, atMean),
        "The machine's mean is not σ(b): the visible units count.": difference(
          seen,
          machine.b.map(sigmoid),
        ),
      },
    };
  },
  {
    trials: 6,
    credit: { [wrongWay]: 1, "The mean of p(h|v) is not p(h) at the mean v.": 0.5 },
  },
);
// END HIDDEN TESTS
q6.score;

// %% [markdown]
// ## 7 · Fill in what is not known (3 points)
//
// Lesson 16 gives a machine pixels and label units together, fixes what is known and asks for the rest. Here without drawing (*mean field*): `known[i]` says whether
// the visible unit $i$ is known. Unknown units start at $\tfrac12$, whatever stands in `v`. One **sweep** computes first all hidden units, $h = \sigma(b + W^\top v)$, then
// from them the **unknown** visible units, $v_i = \sigma\bigl(a_i + \sum_j W_{ij} h_j\bigr)$; known ones keep their values. Return the $n$ visible values after `sweeps` sweeps (0 or more).
//
// Points: 1 for one sweep, 2 for any number.

// %% homework={"role":"answer","id":"q7"}
function complete(machine: Machine, v: number[], known: boolean[], sweeps: number): number[] {
  // BEGIN SOLUTION
  let seen = v.map((value, i) => (known[i] ? value : 0.5));
  for (let sweep = 0; sweep < sweeps; sweep++) {
    const h = machine.b.map((b, j) =>
      sigmoid(
        b +
          dot(
            seen,
            machine.weights.map(row => row[j]),
          ),
      ),
    );
    seen = seen.map((value, i) =>
      known[i] ? value : sigmoid(machine.a[i] + dot(machine.weights[i], h)),
    );
  }
  return seen;
  // END SOLUTION
}

// %% homework={"role":"tests","id":"q7-tests","points":3}
const q7 = exercise.question("7 · Fill in what is not known");
await q7.part(1, "one sweep", draw => {
  const [w, a, b, v] = [
    numbers(draw, 2),
    numbers(draw, 2),
    draw.number(-1, 1),
    draw.integer(0, 1),
  ];
  const h = sigmoid(b + v * w[0] + w[1] / 2);
  return {
    given: `W = (${w}), a = (${a}), b = ${b}; the first unit is known, ${v}`,
    got: complete({ weights: [[w[0]], [w[1]]], a, b: [b] }, [v, 0], [true, false], 1),
    expected: [v, sigmoid(a[1] + w[1] * h)],
  };
});
// BEGIN HIDDEN TESTS
interface FillSlips {
  start?: (value: number) => number;
  known?: boolean[];
  round?: (value: number) => number;
  more?: number;
  noBias?: boolean;
  inPlace?: boolean;
}
const filled = (
  machine: Machine,
  v: number[],
  known: boolean[],
  sweeps: number,
  slips: FillSlips = {},
) => {
  const { start = () => 0.5, round = (value: number) => value, more = 0 } = slips;
  const fixed = slips.known ?? known;
  let seen = v.map((value, i) => (known[i] ? value : start(value)));
  for (const _ of range(Math.max(0, sweeps + more))) {
    const bare = slips.noBias ? { ...machine, b: machine.b.map(() => 0) } : machine;
    const h = inputsOf(bare, seen).map(input => round(sigmoid(input)));
    const next = [...seen];
    for (const i of range(v.length).filter(unit => !fixed[unit])) {
      const now = slips.inPlace ? inputsOf(machine, next).map(sigmoid) : h;
      const bias = slips.noBias ? 0 : machine.a[i];
      next[i] = round(sigmoid(bias + dot(machine.weights[i], now)));
    }
    seen = next;
  }
  return seen;
};
const started = "Unknown units start at ½, whatever stands in v.";
await q7.part(
  2,
  "any number of sweeps",
  draw => {
    const { machine, v, n } = q5Question(draw, 3);
    const known = draw.shuffled([true, false, ...bits(draw, n - 2).map(bit => bit === 1)]);
    const counts = draw.shuffled([0, 1, 2, draw.integer(3, 6)]);
    const all = (slips: FillSlips = {}, who = known) =>
      counts.map(sweeps => filled(machine, v, who, sweeps, slips));
    return {
      given: `v = ${v.join("")}, known: ${known.map(k => (k ? "yes" : "no")).join(", ")}, ${counts.join(", ")} sweeps`,
      got: counts.map(sweeps => complete(machine, v, known, sweeps)),
      expected: all(),
      tolerance: 1e-5,
      mistakes: {
        [started]: all({ start: value => value }),
        "Unknown units start at ½, not at 0.": all({ start: () => 0 }),
        "Known units keep their values.": all({ known: known.map(() => false) }),
        "The known ones are fixed, the unknown ones are computed.": all(
          {},
          known.map(k => !k),
        ),
        "Mean field: no rounding to 0 and 1.": all({ round: Math.round }),
        "That is one sweep too few.": all({ more: -1 }),
        "That is one sweep too many.": all({ more: 1 }),
        "Add the biases.": all({ noBias: true }),
        "All unknown units of a sweep come from the same h.": all({ inPlace: true }),
      },
    };
  },
  { trials: 8, credit: { [started]: 1 } },
);
// END HIDDEN TESTS
q7.score;

// %% [markdown]
// ## 8 · What a good score does not say (4 points, read by a person)
//
// The data are patterns of four units: `1111` in nine of ten cases, `0000` in one of ten. `even` and `right` are two machines with one hidden unit that differ only in
// its bias. Compute for both, in the next cell, with your functions of question 5 and a sum over all 16 patterns:
//
// 1. the mean pseudo-log-likelihood of the ten patterns,
// 2. their mean log-likelihood,
// 3. how probable `1111` and `0000` are.

// %% homework={"role":"given","id":"machines"}
const patterns = [...range(9).map(() => [1, 1, 1, 1]), [0, 0, 0, 0]];
const even = { weights: range(4).map(() => [20]), a: range(4).map(() => -10), b: [-40] };
const right = { ...even, b: [-40 + Math.log(9)] };

// %% homework={"role":"answer","id":"q8-code"}
// BEGIN SOLUTION
const logWeight = ({ weights, a, b }: Machine, v: number[]) =>
  dot(a, v) +
  sum(
    b.map((each, j) =>
      softplus(
        each +
          dot(
            v,
            weights.map(row => row[j]),
          ),
      ),
    ),
  );
const everyPattern = range(16).map(code => range(4).map(i => (code >> i) & 1));
for (const machine of [even, right]) {
  const z = sum(everyPattern.map(v => Math.exp(logWeight(machine, v))));
  const log = (v: number[]) => logWeight(machine, v) - Math.log(z);
  console.log({
    pseudo: mean(patterns.map(v => pseudoLogLikelihood(machine, v))),
    likelihood: mean(patterns.map(log)),
    on: Math.exp(log([1, 1, 1, 1])),
    off: Math.exp(log([0, 0, 0, 0])),
  });
}
// END SOLUTION

// %% [markdown]
// Now write four to eight sentences:
//
// - your numbers for both machines, and which of the two scores tells them apart (1 point);
// - why the other one cannot (1 point);
// - what CD-1 would see of the difference between `even` and the data, and what its gradient for the hidden bias is, about (1 point);
// - how you would notice the fault in a machine that is too large to enumerate (1 point).

// %% [markdown] homework={"role":"manual","id":"q8","points":4}
// <!-- BEGIN SOLUTION -->
// **Model answer.** Pseudo-log-likelihood: −0.00018 nats for both machines. Log-likelihood: −0.693 for `even`, −0.325 for `right` (the entropy of 0.9 and 0.1). `even` gives 1111 and 0000
// a probability of ½ each, `right` 0.9 and 0.1: only the likelihood tells them apart. The pseudo-likelihood asks for one unit when the other three are given; they say almost surely which
// of the two patterns it is, in either machine, so it never compares the two patterns with each other. CD-1 starts a chain at each pattern of the data; the hidden unit is on for 1111 and
// off for 0000, and one step leads back to the same pattern. So data and chains have the same means, 0.9, and the gradient for the hidden bias is about 0, where the exact one is 0.9 − 0.5 = 0.4. In a
// large machine I would estimate ln Z by annealed importance sampling and look at the likelihood of test data, or start many tempered chains at random patterns and compare how often they end in
// each mode with the data's shares.
//
// **Rubric.** *1 point each.* (1) Both pseudo-log-likelihoods (near 0), both log-likelihoods, both probabilities, and the conclusion that only the likelihood differs; a wrong
// number: half a point. (2) Each unit is predicted from the other three, which say almost surely which of the two patterns it is; the score never compares the two patterns
// with each other. (3) A chain that starts at a pattern stays there, so data and chain agree and the gradient is about 0; "it is small because of sampling" is 0. (4) A method that
// compares the modes: annealed importance sampling for log Z and a test likelihood, chains from random starts (or tempered ones) whose shares are compared with the data. "More epochs": 0.
// <!-- END SOLUTION -->

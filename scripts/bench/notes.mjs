// The end of the page: what its figures say, and where we fall short why.

/** How many of our steps should fit into one of the fastest peer's. */
const goals = { dense: 1.25, vae: 1.3, svae: 1.3, conv: 1.3, lstm: 1.3, transformer: 1.3, rbm: 1.2 };
const LEAST = 1;

const products =
  "the products are most of the step, and no peer multiplies slower by much: what is left are a pass over weights, moments " +
  "and gradients, and the calls of small operations.";
/** Written where a family misses its goal, and nowhere else. */
const causes = {
  dense: products,
  vae: products,
  svae: products,
  conv: "the convolutions are products of small matrices, and what they multiply is gathered anew at every step.",
  lstm: "the two LSTMs are one operation each, whose time steps wait for each other.",
  transformer: "products of long and narrow tables are the step: they wait for memory, in every row.",
  rbm: "five products of 784x500 are four fifths of the step, and the best peer computes them nearly as fast.",
  pca: "the covariance and its tridiagonal form are the work, on all cores in every row.",
  kmeans: "so small a problem is mostly the calls.",
  mixture: "much of so small a problem is done in JavaScript, on one core.",
};

/** @param families results by name; @param titles what a sentence calls each */
export function notes(families, titles) {
  const lines = Object.entries(families).flatMap(([family, { results }]) => sentence(family, titles[family], results));
  return `## What the figures say

The fastest peer of each table, and the one that takes the least processor time, by how long they take for one step of ours.

${lines.join("\n")}

${firstSteps(families, titles)}

PyTorch's threads spin while they wait for a core, and processor time counts that: on a machine with other work its rows vary
up to tenfold.
`;
}

function sentence(family, title, results) {
  const ours = results.find(({ row }) => row === "compiled" || row === "classical");
  const peers = results.filter(({ engine, wall }) => engine !== "ours" && wall);
  if (!ours?.wall || peers.length === 0) return [];
  const fastest = least(peers, "wall");
  const cheapest = least(peers, "cpu");
  const ratio = fastest.wall / ours.wall;
  const share = cheapest.cpu / ours.cpu;
  const goal = goals[family] ?? LEAST;
  const cpu = `processor time ${share.toFixed(2)} (${cheapest.label})`;
  const state = ratio < 1 ? "faster than we are" : ratio < goal ? `less than the ${goal} that we want` : "";
  const why = state && `: ${causes[family]}`;
  return [`- **${title}**: ${ratio.toFixed(2)} (${fastest.label}), ${cpu}${state && ` – ${state}`}${why || "."}`];
}

/** A step is compiled in its first call: who wants to take ten steps should not wait longer for it than without. */
function firstSteps(families, titles) {
  const late = Object.entries(families).flatMap(([family, { results }]) => {
    const [ours, eager] = ["compiled", "eager"].map(name => results.find(({ row, wall }) => row === name && wall));
    if (!ours || !eager) return [];
    const tenth = eager.seconds + (9 * eager.wall) / 1000;
    const figures = `${ours.seconds.toFixed(2)} s, and eager's tenth after ${tenth.toFixed(2)} s`;
    return ours.seconds > tenth ? [`- **${titles[family]}**: ${figures}.`] : [];
  });
  if (late.length === 0) return "The first compiled step is there before eager's tenth, in every family that has both.";
  return `The first compiled step is there later than eager's tenth, which it should not be:\n\n${late.join("\n")}`;
}

function least(rows, figure) {
  return rows.reduce((best, row) => (row[figure] < best[figure] ? row : best));
}

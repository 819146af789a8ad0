import { readdirSync, readFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { join } from "node:path";
import { root } from "../bootstrap.mjs";
import { dataTable } from "./data.mjs";
import { flops } from "./flops.mjs";
import { notes } from "./notes.mjs";

const titles = {
  dense: "Dense autoencoder 784-256-32-256-784, relu",
  vae: "Variational autoencoder 784-256-128-2",
  svae: "Hyperspherical variational autoencoder 784-256-128-S²",
  conv: "Convolutional autoencoder, 16 and 32 filters of 3x3, stride 2, code of 30",
  lstm: "LSTM autoencoder, 64 units, 28 steps of 28, code of 16",
  transformer: "Transformer autoencoder, 2+2 blocks, 28 places of 64, 2 heads, code of 16",
  rbm: "Restricted Boltzmann machine 784-500, CD-1",
  pca: "Principal components, the whole of it",
  kmeans: "k-means, one start, to its end",
  mixture: "Gaussian mixture, full covariances, to its end",
};

const GFLOP_PER_MATMUL_STEP = (10 * 2 * 1024 ** 3) / 1e9;

/** The page of the benchmark. */
export function document({ families, sweeps, data, matmul, versions, rounds, load }) {
  const rate = GFLOP_PER_MATMUL_STEP / (matmul.wall / 1000);
  const parts = Object.entries(families).map(([family, { size, results }]) => table(family, size, results, rate));
  const costs = [...(sweeps.length > 0 ? [sweepTable(sweeps)] : []), ...(data ? [dataTable(data)] : [])];
  return [head({ versions, rounds, rate, load }), ...parts, ...costs, notes(families, titles)].join("\n");
}

function head({ versions, rounds, rate, load }) {
  const { version } = JSON.parse(
    readFileSync(join(root, "node_modules", "@tensorflow", "tfjs-node", "package.json"), "utf8"),
  );
  const [{ model }] = cpus();
  return `# Training: steps a second

Written by \`npm run bench training\`. A step is one batch through loss, gradient and Adam, and the loss as a number; for the
Boltzmann machine one CD-1 update. Our models are those of \`models\`, but for the transformer, which has the peers' shape. Rows of a family take turns, each in a process of its own, ${rounds} rounds of about 0.6 s;
the figures are medians of the rounds. "CPU" is processor time of all threads. "Ratio" is how many of our compiled steps fit
into one step of that row: above 1 we are faster. "First step" has tracing, compiling and loading in it. "Matmul" is the
share of the rate at which this machine multiplies 1024x1024 matrices through the same library.

Machine: ${cpus().length} cores (${model.trim()}), ${Math.round(totalmem() / 2 ** 30)} GB, ${state(load)}; matmul ${rate.toFixed(0)} GFLOP/s.
GPU: not run, none was at hand; docs/compile.md says what to expect there.
${otherMachines()}Versions: Node ${process.versions.node}, @tensorflow/tfjs-node ${version}, Python's ${versions.join(", ")}.
`;
}

/** Pages of earlier runs that somebody has kept beside this one, as `training-<machine>.md`. */
function otherMachines() {
  const kept = readdirSync(join(root, "docs", "benchmarks")).filter(name => /^training-.*\.md$/.test(name));
  return kept.length > 0 ? `Another machine, earlier: ${kept.map(name => `[${name}](${name})`).join(", ")}.\n` : "";
}

/** What else the machine did, from its load of the minute before. */
function state(load) {
  const said = `(load ${load.toFixed(2)} when this began)`;
  return load < 0.5 ? `idle but for this ${said}` : `shared with other work ${said}`;
}

function table(family, size, results, rate) {
  const ours = results.find(({ row }) => row === "compiled" || row === "classical");
  const lines = results.map(result => line(result, ours, flops(family, size), rate));
  const sizes = Object.entries(size).map(([name, value]) => `${name} ${value}`);
  return `## ${titles[family]} (${sizes.join(", ")})

| row | ms a step | CPU ms | ratio (wall) | ratio (CPU) | first step, s | matmul |
| --- | --- | --- | --- | --- | --- | --- |
${lines.join("\n")}
`;
}

function line({ label, error, wall, cpu, seconds }, ours, work, rate) {
  if (error) return `| ${label} | not run: ${error.replaceAll("|", "/")} | | | | | |`;
  const share = work ? `${((work / 1e9 / (wall / 1000) / rate) * 100).toFixed(0)} %` : "";
  const ratios = ours?.wall ? [wall / ours.wall, cpu / ours.cpu].map(ratio => ratio.toFixed(2)) : ["", ""];
  return `| ${label} | ${wall.toFixed(2)} | ${cpu.toFixed(2)} | ${ratios.join(" | ")} | ${seconds.toFixed(2)} | ${share} |`;
}

function sweepTable(sweeps) {
  const labels = sweeps[0].results.map(({ label }) => label);
  const lines = sweeps.map(({ size: { batch, width, depth }, results }) => {
    const times = results.map(({ wall, error }) => (error ? "not run" : wall.toFixed(2)));
    return `| ${batch} | ${width} | ${depth} | ${times.join(" | ")} |`;
  });
  return `## Cost against size: the dense autoencoder, ms a step

| batch | width | hidden layers each side | ${labels.join(" | ")} |
| --- | --- | --- | ${labels.map(() => "---").join(" | ")} |
${lines.join("\n")}
`;
}

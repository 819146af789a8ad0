import { mkdirSync } from "node:fs";
import { loadavg } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { root } from "../bootstrap.mjs";
import { dataRows, dataTable, measureData, replaceDataTable, writeWhole } from "./data.mjs";
import { peerVersions, preparePeers } from "./environment.mjs";
import { document } from "./report.mjs";
import { measureFamily } from "./rounds.mjs";

const sizes = {
  dense: { batch: 128 },
  vae: { batch: 100 },
  svae: { batch: 100 },
  conv: { batch: 100 },
  lstm: { batch: 100 },
  transformer: { batch: 100 },
  rbm: { batch: 100 },
};

/** What is computed at once; a step is the whole of it. */
const classicalSizes = {
  pca: { rows: 10_000, columns: 784, components: 30 },
  kmeans: { rows: 5_000, columns: 20, components: 10 },
  mixture: { rows: 5_000, columns: 20, components: 10 },
};

/** What a step of the dense model costs against its size: one thing changes, the rest is as above. */
const sweep = [
  ...[32, 128, 512, 1024].map(batch => ({ batch, width: 256, depth: 1 })),
  ...[64, 1024].map(width => ({ batch: 128, width, depth: 1 })),
  ...[2, 4].map(depth => ({ batch: 128, width: 256, depth })),
];

const page = join(root, "docs", "benchmarks", "training.md");

const rows = [
  { engine: "ours", row: "compiled", label: "Latent, compiled" },
  { engine: "ours", row: "eager", label: "Latent, eager (tfjs-node, own loop)" },
  { engine: "ours", row: "layers fit", label: "tfjs-node `model.fit`" },
  { engine: "keras", row: "keras fit", label: "Keras `fit`" },
  { engine: "keras", row: "keras tf.function", label: "Keras `tf.function`" },
  { engine: "keras", row: "keras tf.function, jit", label: "Keras `tf.function`, jit" },
  { engine: "torch", row: "torch eager", label: "PyTorch" },
  { engine: "torch", row: "torch eager, fused", label: "PyTorch, fused Adam", except: ["rbm"] },
  { engine: "torch", row: "torch.compile", label: "`torch.compile`" },
  { engine: "torch", row: "torch.compile, fused", label: "`torch.compile`, fused Adam", except: ["rbm"] },
  { engine: "sklearn", row: "scikit-learn", label: "scikit-learn `BernoulliRBM` (PCD-1)", only: ["rbm"] },
];
const classicalRows = [
  { engine: "ours", row: "classical", label: "Latent `classical`" },
  { engine: "sklearn", row: "scikit-learn", label: "scikit-learn" },
];
const sweepRows = rows.filter(({ row }) => ["compiled", "keras fit", "keras tf.function", "torch eager"].includes(row));

/**
 * Measures training steps and writes docs/benchmarks/training.md.
 * Options: --family <name> (several; prints only), --only data (that section of the page alone), --rounds <n>,
 * --without <row> (several), --dry (prints only).
 */
export async function training(args) {
  const { values } = parseArgs({
    args,
    options: {
      family: { type: "string", multiple: true },
      only: { type: "string" },
      rounds: { type: "string", default: "7" },
      without: { type: "string", multiple: true, default: [] },
      dry: { type: "boolean" },
    },
  });
  const [load] = loadavg();
  const missing = { ...preparePeers(), rows: new Set(values.without) };
  const rounds = Number(values.rounds);
  const log = line => process.stderr.write(`bench: ${line}\n`);
  if (values.only !== undefined) {
    if (values.only !== "data") throw new Error(`--only takes data, not ${values.only}.`);
    const section = dataTable(await measureData(marked(dataRows, missing), rounds, log));
    process.stdout.write(section);
    if (!values.dry) replaceDataTable(page, section);
    return;
  }
  const wanted = values.family ?? [...Object.keys(sizes), ...Object.keys(classicalSizes)];
  const families = {};
  for (const family of wanted) {
    const size = sizes[family] ?? classicalSizes[family];
    const list = family in classicalSizes ? marked(classicalRows, missing) : rowsFor(family, missing);
    families[family] = { size, results: await measureFamily(family, size, list, rounds, log) };
  }
  const sweeps = [];
  for (const size of values.family ? [] : sweep)
    sweeps.push({ size, results: await measureFamily("dense", size, marked(sweepRows, missing), 3, log) });
  const data = values.family ? undefined : await measureData(marked(dataRows, missing), 3, log);
  const [matmul] = await measureFamily("matmul", {}, [{ engine: "ours", row: "matmul", label: "matmul" }], rounds, log);
  const text = document({ families, sweeps, data, matmul, versions: peerVersions(), rounds, load });
  process.stdout.write(text);
  if (values.dry || values.family) return;
  mkdirSync(join(root, "docs", "benchmarks"), { recursive: true });
  writeWhole(page, text);
}

function rowsFor(family, missing) {
  return marked(
    rows.filter(({ only, except }) => (!only || only.includes(family)) && !except?.includes(family)),
    missing,
  );
}

/** Rows whose packages could not be had say why. */
function marked(list, missing) {
  const reasons = {
    torch: missing["requirements-torch.txt"],
    keras: missing["requirements.txt"],
    sklearn: missing["requirements.txt"],
  };
  const reason = row => reasons[row.engine] ?? (missing.rows.has(row.row) ? "left out of this run" : undefined);
  return list.map(row => ({ ...row, missing: reason(row) }));
}

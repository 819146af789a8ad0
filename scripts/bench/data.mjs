import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { measureFamily } from "./rounds.mjs";

const title = "## Cost against the amount of data";
const BATCH = 128;
const rowCounts = [1_000, 10_000, 60_000];

/** A run is so many epochs, from one up. */
const epochs = { trial: 1, least: 1 };
export const dataRows = [
  { engine: "ours", row: "epochs", label: "Latent `fit`", ...epochs },
  { engine: "ours", row: "layers epochs", label: "tfjs-node `model.fit`", most: 10_000, ...epochs },
  { engine: "keras", row: "keras epochs", label: "Keras `fit`", ...epochs },
];

/** Whole epochs of the dense model, over more and more rows. */
export async function measureData(list, rounds, log) {
  const sizes = [];
  for (const rows of rowCounts) {
    const size = { batch: BATCH, rows };
    const wanted = list.map(row => (rows > row.most ? { ...row, missing: "left out, too slow" } : row));
    sizes.push({ size, results: await measureFamily("dense", size, wanted, rounds, log) });
  }
  return { sizes, rounds };
}

/** The section of the page. */
export function dataTable({ sizes, rounds }) {
  const labels = sizes[0].results.map(({ label }) => label);
  const heads = ["rows", "steps an epoch", ...labels, ...labels.slice(1).map(label => `ratio, ${label}`)];
  const lines = sizes.map(({ size: { rows, batch }, results }) => {
    const steps = Math.ceil(rows / batch);
    const [ours, ...peers] = results;
    const times = results.map(({ wall }) => (wall ? (wall / steps).toFixed(2) : "not run"));
    const ratios = peers.map(({ wall }) => (wall && ours.wall ? (wall / ours.wall).toFixed(2) : ""));
    return `| ${[rows, steps, ...times, ...ratios].join(" | ")} |`;
  });
  return `${title}

The dense autoencoder 784-256-32-256-784 at batch ${BATCH}, ms a step: the time of a whole shuffled epoch by its steps, after a
first epoch that has tracing and compiling in it. Wall time, medians of ${rounds} rounds.

| ${heads.join(" | ")} |
| ${heads.map(() => "---").join(" | ")} |
${lines.join("\n")}
`;
}

/** Puts the section into the page in place of its last version, or before the notes; the rest stays. */
export function replaceDataTable(path, section) {
  const page = readFileSync(path, "utf8");
  const sections = page.split(/^(?=## )/m).filter(text => !text.startsWith(title));
  const notes = sections.findIndex(text => text.startsWith("## Where we fall short"));
  sections.splice(notes < 0 ? sections.length : notes, 0, `${section}\n`);
  writeWhole(path, sections.join(""));
}

export function writeWhole(path, text) {
  const draft = `${path}.${process.pid}.tmp`;
  writeFileSync(draft, text);
  renameSync(draft, path);
}

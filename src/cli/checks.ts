import { access } from "node:fs/promises";
import { join } from "node:path";
import { PLACES, type Place, whereabouts } from "../latent/data/whereabouts.ts";
import {
  engineFolder,
  findCompiler,
  installedEngine,
  isKernelspecCurrent,
  isVenvCurrent,
  kernelspecFolder,
  mainRefusal,
  type Places,
  probeEngine,
  readChoice,
  reasonWithoutOperations,
} from "../setup/index.ts";

export interface Finding {
  readonly ok: boolean;
  /** One line or several. */
  readonly detail: string;
  /** What to do, where it is not well or could be better. */
  readonly remedy?: string;
}

export interface Check {
  readonly name: string;
  /** Whether the course cannot be opened without it. */
  readonly needed: boolean;
  look(places: Places): Promise<Finding>;
}

const START = 'run "npm start"';
/** A laptop under load takes seconds for what is 0.2 s when it is idle. */
const PATIENCE_MS = 10_000;

/** What `latent doctor` looks at, in the order in which one thing rests on another. */
export const checks: readonly Check[] = [
  { name: "Node", needed: true, look: async () => ({ ok: true, detail: `${process.version} at ${process.execPath}` }) },
  { name: "compiler", needed: false, look: compiler },
  { name: "engine", needed: true, look: engine },
  { name: "JupyterLab", needed: true, look: jupyterLab },
  { name: "renderer", needed: true, look: renderer },
  { name: "kernel", needed: true, look: kernel },
  { name: "data", needed: false, look: data },
];

async function compiler(): Promise<Finding> {
  const found = await findCompiler();
  if (found !== undefined) return { ok: true, detail: found };
  return {
    ok: false,
    detail: "no g++ and no clang++; only building the engine takes one",
    remedy: "Debian and Ubuntu: apt install g++; macOS: xcode-select --install",
  };
}

async function engine(places: Places): Promise<Finding> {
  if (process.env.LATENT_ENGINE === "wasm") return { ok: true, detail: "WebAssembly, as LATENT_ENGINE asks for" };
  const recipe = await installedEngine(places);
  if (recipe === undefined) return await withoutNative(places);
  const probe = await probeEngine(places);
  const folder = engineFolder(places, recipe);
  if (probe.works)
    return operations(`TensorFlow ${probe.tensorflow}, native, route "${recipe.route}"`, probe.width, folder);
  const remedy = `delete ${folder} and ${START}`;
  return { ok: false, detail: `TensorFlow does not load: ${probe.problem}`, remedy };
}

/** Says whether the addon has the operations of src/native; without them all works, and an LSTM is slower. */
async function operations(engine: string, width: number | undefined, folder: string): Promise<Finding> {
  if (width !== undefined) return { ok: true, detail: `${engine}, operations of its own for ${width} numbers at once` };
  const detail = `${engine}, without operations of its own: LSTMs train more slowly`;
  const reason = reasonWithoutOperations(folder);
  if (!(await exists(reason))) return { ok: true, detail };
  return { ok: true, detail, remedy: `read ${reason}, mend what it says, delete ${folder} and ${START}` };
}

async function withoutNative(places: Places): Promise<Finding> {
  const choice = await readChoice(places);
  if (choice === undefined) return { ok: false, detail: "TensorFlow is not set up yet", remedy: START };
  const { problem, remedy } = mainRefusal(choice.refusals);
  return { ok: true, detail: `TensorFlow.js in WebAssembly, slower than native: ${problem}`, remedy };
}

async function jupyterLab(places: Places): Promise<Finding> {
  if (await isVenvCurrent(places)) return { ok: true, detail: places.venv };
  return { ok: false, detail: "its environment .venv is missing or of an older state", remedy: START };
}

async function renderer(places: Places): Promise<Finding> {
  const folder = join(places.venv, "share", "jupyter", "labextensions", "jupyterlab-plotly");
  if (await exists(folder)) return { ok: true, detail: "Plotly's, for figures in JupyterLab" };
  return { ok: false, detail: "figures would show as text", remedy: START };
}

async function kernel(places: Places): Promise<Finding> {
  const folder = kernelspecFolder(places.venv);
  if (!(await isKernelspecCurrent(places, places.venv))) {
    return { ok: false, detail: "JupyterLab does not know it, or an older state of it", remedy: START };
  }
  try {
    const milliseconds = await firstAnswer(folder, places.root);
    return { ok: true, detail: `answers after ${milliseconds} ms, registered in ${folder}` };
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    return { ok: false, detail: `does not answer: ${problem}`, remedy: `delete node_modules and ${START}` };
  }
}

/** Starts the registered kernel as Jupyter would; milliseconds to its first answer. */
async function firstAnswer(kernelspec: string, cwd: string): Promise<number> {
  // What the client rests on may be the very thing that does not load, so it is loaded where that is caught.
  const { readKernelSpec, withKernel } = await import("../client/index.ts");
  const start = performance.now();
  const options = { cwd, connectMs: PATIENCE_MS, stderr: "keep", env: { LATENT_HISTORY: "off" } } as const;
  return await withKernel(readKernelSpec(kernelspec), options, async () => Math.round(performance.now() - start));
}

/** What `doctor` calls the places of a data set. */
const placeNames: Readonly<Record<Place, (places: Places) => string>> = {
  library: () => "comes with Latent",
  offered: () => `in LATENT_DATA, ${process.env.LATENT_DATA}`,
  cache: places => `in ${join(places.cache, "data")}`,
  "own mirror": () => `at LATENT_MIRROR, ${process.env.LATENT_MIRROR}`,
  mirrors: () => "fetched when first used",
  drawn: () => "cannot be had, so drawn by the library",
  nowhere: () => "cannot be had",
};

async function data(places: Places): Promise<Finding> {
  const sets = await whereabouts();
  const details = PLACES.flatMap(place => {
    const titles = sets.filter(set => set.place === place).map(set => set.title);
    return titles.length > 0 ? [`${placeNames[place](places)}: ${titles.join(", ")}`] : [];
  });
  const ok = sets.every(({ place }) => place !== "drawn" && place !== "nowhere");
  const remedy = "set LATENT_DATA to a folder that has them, or do without --offline and LATENT_OFFLINE";
  return { ok, detail: details.join("\n"), ...(ok ? {} : { remedy }) };
}

async function exists(path: string): Promise<boolean> {
  return await access(path).then(
    () => true,
    () => false,
  );
}

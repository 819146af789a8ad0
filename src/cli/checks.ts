import { access, readdir } from "node:fs/promises";
import { join } from "node:path";
import {
  engineRecipe,
  findCompiler,
  isEngineInstalled,
  isKernelspecCurrent,
  isVenvCurrent,
  kernelspecFolder,
  type Places,
  probeEngine,
  SetupFailure,
} from "../setup/index.ts";

export interface Finding {
  readonly ok: boolean;
  readonly detail: string;
  /** What to do, where it is not well. */
  readonly remedy?: string;
}

export interface Check {
  readonly name: string;
  /** Whether the course cannot be opened without it. */
  readonly needed: boolean;
  look(places: Places): Promise<Finding>;
}

const START = 'run "npm start"';

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
  try {
    const recipe = await engineRecipe(places);
    if (!(await isEngineInstalled(places, recipe))) {
      return { ok: false, detail: `TensorFlow ${recipe.tensorflow} is not set up yet`, remedy: START };
    }
    const probe = await probeEngine(places);
    if (probe.works) return { ok: true, detail: `TensorFlow ${probe.tensorflow}, native, route "${recipe.route}"` };
    const remedy = `delete ${join(places.cache, "engine")} and ${START}`;
    return { ok: false, detail: `TensorFlow does not load: ${probe.problem}`, remedy };
  } catch (error) {
    if (error instanceof SetupFailure) return { ok: false, detail: error.message, remedy: error.remedy };
    throw error;
  }
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
  if (await isKernelspecCurrent(places, places.venv)) return { ok: true, detail: kernelspecFolder(places.venv) };
  return { ok: false, detail: "JupyterLab does not know it, or an older state of it", remedy: START };
}

async function data(): Promise<Finding> {
  const folder = process.env.LATENT_DATA;
  const remedy = "set LATENT_DATA to a folder that holds mnist and digits8x8";
  if (!folder) return { ok: false, detail: "LATENT_DATA is not set", remedy };
  if (!(await exists(folder))) return { ok: false, detail: `LATENT_DATA names ${folder}, which is not there`, remedy };
  const sets = (await readdir(folder, { withFileTypes: true })).filter(entry => entry.isDirectory());
  return { ok: sets.length > 0, detail: `${folder}: ${sets.map(set => set.name).join(", ") || "empty"}`, remedy };
}

async function exists(path: string): Promise<boolean> {
  return await access(path).then(
    () => true,
    () => false,
  );
}

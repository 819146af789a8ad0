import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Places } from "./places.ts";
import type { Step } from "./step.ts";
import { writeAtomically } from "./temporary.ts";

/**
 * What the notebook does by default; whatever its user sets counts more. It asks nobody whether they want its news, and looks
 * for no newer version of itself: ours is pinned. Widgets are saved with the notebook, so that they show again without a kernel.
 */
const DEFAULTS = {
  "@jupyterlab/apputils-extension:notification": { fetchNews: "false", checkForUpdates: false },
  "@jupyter-widgets/jupyterlab-manager:plugin": { saveState: true },
};
const TEXT = `${JSON.stringify(DEFAULTS, undefined, 2)}\n`;

/** In the environment itself, where JupyterLab and Notebook 7 both look, however they were started. */
const fileOf = ({ venv }: Places): string =>
  join(venv, "share", "jupyter", "lab", "settings", "overrides.d", "latent.json");

/** Our defaults, known to every notebook server of the clone's own environment. */
export const settingsStep: Step = {
  name: "settings of the notebook",
  isDone: async ({ places }) => (await installedText(places)) === TEXT,
  run: async ({ places }) => {
    await writeAtomically(fileOf(places), TEXT);
    return undefined;
  },
};

async function installedText(places: Places): Promise<string | undefined> {
  return await readFile(fileOf(places), "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
}

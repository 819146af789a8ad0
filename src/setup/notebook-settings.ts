import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { exportTemplates } from "./export-templates.ts";
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
const PLACE = join("share", "jupyter", "lab", "settings", "overrides.d", "latent.json");

/** Our defaults, and our templates for exports, known to every notebook server of the clone's own environment. */
export const settingsStep: Step = {
  name: "settings of the notebook",
  isDone: async ({ places }) => {
    for (const [place, text] of await filesOf(places))
      if ((await installedText(join(places.venv, place))) !== text) return false;
    return true;
  },
  run: async ({ places }) => {
    for (const [place, text] of await filesOf(places)) await writeAtomically(join(places.venv, place), text);
    return undefined;
  },
};

async function filesOf(places: Places): Promise<Map<string, string>> {
  return new Map([[PLACE, TEXT], ...(await exportTemplates(places))]);
}

async function installedText(path: string): Promise<string | undefined> {
  return await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
}

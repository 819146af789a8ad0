import { readdir, readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import type { Places } from "./places.ts";
import type { Step } from "./step.ts";
import { writeAtomically } from "./temporary.ts";

/** The folders of `kernels/`: ours, and stock tslab, on which every lesson runs too. */
export type KernelName = "typescript" | "tslab";

const OURS: KernelName = "typescript";
const ALL: readonly KernelName[] = [OURS, "tslab"];

/** Our kernel and the stock one, known to the clone's own JupyterLab. */
export const kernelspecStep: Step = {
  name: "kernels (TypeScript, tslab)",
  isDone: async ({ places }) => {
    for (const name of ALL) if (!(await isKernelspecCurrent(places, places.venv, name))) return false;
    return true;
  },
  run: async ({ places }) => {
    for (const name of ALL) await installKernelspec(places, places.venv, name);
  },
};

export function kernelspecFolder(prefix: string, name: KernelName = OURS): string {
  return join(prefix, "share", "jupyter", "kernels", name);
}

/** The user's own Jupyter folder, in the order in which Jupyter itself looks. */
export function userKernelspecFolder(
  environment: Readonly<Record<string, string | undefined>> = process.env,
  platform: NodeJS.Platform = process.platform,
): string {
  if (environment.JUPYTER_DATA_DIR) return join(environment.JUPYTER_DATA_DIR, "kernels", OURS);
  if (platform === "darwin") return join(homedir(), "Library", "Jupyter", "kernels", OURS);
  const data = environment.XDG_DATA_HOME || join(homedir(), ".local", "share");
  return join(data, "jupyter", "kernels", OURS);
}

export async function isKernelspecCurrent(places: Places, prefix: string, kernel: KernelName = OURS): Promise<boolean> {
  for (const [name, content] of await kernelspecFiles(places, kernel)) {
    const installed = await readFile(join(kernelspecFolder(prefix, kernel), name)).catch(
      (error: NodeJS.ErrnoException) => {
        if (error.code === "ENOENT") return undefined;
        throw error;
      },
    );
    if (installed?.equals(content) !== true) return false;
  }
  return true;
}

export async function installKernelspec(places: Places, prefix: string, kernel: KernelName = OURS): Promise<string> {
  return await writeKernelspec(places, kernelspecFolder(prefix, kernel), kernel);
}

export async function writeKernelspec(places: Places, folder: string, kernel: KernelName = OURS): Promise<string> {
  for (const [name, content] of await kernelspecFiles(places, kernel))
    await writeAtomically(join(folder, name), content);
  return folder;
}

async function kernelspecFiles(places: Places, kernel: KernelName): Promise<Map<string, Buffer>> {
  const template = join(places.root, "kernels", kernel);
  const files = new Map<string, Buffer>();
  for (const name of await readdir(template)) files.set(name, await readFile(join(template, name)));
  const spec = files.get("kernel.json");
  if (spec === undefined) throw new Error(`${template} has no kernel.json`);
  return files.set("kernel.json", Buffer.from(withAbsoluteCommand(spec.toString(), places.root)));
}

/**
 * `node <flags of node> <program> <arguments>` with this node and the program below `root`: a notebook server is often started
 * where neither is on the PATH. (Ours has `--max-semi-space-size=1`: the front process makes short-lived garbage and little
 * else. V8's usual limit of 16 MB let it grow by 20 MB in 500 cells, now 4 to 11, and no answer became slower.)
 */
function withAbsoluteCommand(template: string, root: string): string {
  const spec = JSON.parse(template) as { argv: string[] };
  const [, ...parts] = spec.argv;
  const program = parts.findIndex(part => !part.startsWith("--"));
  const argv = [process.execPath, ...parts.map((part, i) => (i === program ? join(root, part) : part))];
  return `${JSON.stringify({ ...spec, argv }, undefined, 2)}\n`;
}

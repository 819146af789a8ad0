import { createHash } from "node:crypto";
import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Places } from "./places.ts";
import type { Step } from "./step.ts";
import { writeAtomically } from "./temporary.ts";

/** Our extension of the notebook's page, known to JupyterLab and Notebook 7 of the clone's own environment. */
export const labextensionStep: Step = {
  name: "figures of the notebook",
  isDone: async ({ places }) => {
    const { file, manifest } = await wanted(places);
    const folder = folderOf(places);
    const present = await readdir(join(folder, "static")).catch(nothingIfMissing);
    const said = await readFile(join(folder, "package.json"), "utf8").catch(nothingIfMissing);
    return present?.includes(file) === true && said === manifest;
  },
  run: async ({ places }) => {
    const { file, script, manifest } = await wanted(places);
    const folder = folderOf(places);
    await rm(join(folder, "static"), { recursive: true, force: true });
    await writeAtomically(join(folder, "static", file), script);
    await writeAtomically(join(folder, "package.json"), manifest);
    return undefined;
  },
};

const NAME = "@latent/figures";
const folderOf = ({ venv }: Places): string => join(venv, "share", "jupyter", "labextensions", ...NAME.split("/"));

/** A browser keeps a script under its name, so the name says what is in it. */
async function wanted({ root }: Places): Promise<{ file: string; script: Buffer; manifest: string }> {
  const script = await readFile(join(root, "joined", "lab", "figures.js"));
  const file = `remoteEntry.${createHash("sha256").update(script).digest("hex").slice(0, 16)}.js`;
  const build = { load: `static/${file}`, mimeExtension: "./mimeExtension" };
  const manifest = { name: NAME, version: "1.0.0", jupyterlab: { mimeExtension: true, _build: build } };
  return { file, script, manifest: `${JSON.stringify(manifest, undefined, 2)}\n` };
}

function nothingIfMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code === "ENOENT") return undefined;
  throw error;
}

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type KernelSpec, readKernelSpec } from "../../client/index.ts";
import { typescript } from "../cells/typescript.ts";
import type { Source } from "./peer.ts";

/** The name of our own kernel in the table. */
export const OURS = "Latent";
export const root: string = fileURLToPath(new URL("../../..", import.meta.url)).replace(/\/$/, "");

/** Our kernel, started as our kernelspec starts it. */
export const ours: Source = {
  name: OURS,
  prepare: async () => {
    const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
    const spec = readKernelSpec(join(root, "kernels", "typescript"));
    return { version, cells: typescript, spec: folder => ourSpec(spec, folder) };
  },
};

/** Set-up writes the absolute paths of this node and this clone into the kernelspec; the history goes to `folder`. */
function ourSpec(spec: KernelSpec, folder: string): KernelSpec {
  const parts = spec.argv.slice(1).map(part => (part.startsWith("dist/") ? join(root, part) : part));
  return { ...spec, argv: [process.execPath, ...parts], env: { LATENT_HISTORY: folder } };
}

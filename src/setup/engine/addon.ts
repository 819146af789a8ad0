import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Places, packageFolder } from "../places.ts";
import { writeAtomically } from "../temporary.ts";

interface TfjsNodeManifest {
  readonly version: string;
  readonly binary: { readonly napi_versions: readonly number[] };
}

export async function tfjsNodeVersion(places: Places): Promise<string> {
  return (await manifestOf(packageFolder(places, "@tensorflow/tfjs-node"))).version;
}

/** The file that tfjs-node loads, so that danfojs-node and a stock tslab find the engine too. */
export async function addonPath(places: Places): Promise<string> {
  const folder = packageFolder(places, "@tensorflow/tfjs-node");
  const { napi_versions } = (await manifestOf(folder)).binary;
  return join(folder, "lib", `napi-v${bestNapi(napi_versions, Number(process.versions.napi))}`, "tfjs_binding.node");
}

/** The choice of node-pre-gyp, which tfjs-node asks at run time. */
export function bestNapi(offered: readonly number[], supported: number): number {
  return Math.max(...offered.filter(version => version <= supported));
}

async function manifestOf(folder: string): Promise<TfjsNodeManifest> {
  return JSON.parse(await readFile(join(folder, "package.json"), "utf8")) as TfjsNodeManifest;
}

export async function installAddon(cached: string, installed: string): Promise<void> {
  await writeAtomically(installed, await readFile(cached), 0o755);
}

/** Compared by content: an addon that came from elsewhere may have the same size and a later date. */
export async function isSameAddon(cached: string, installed: string): Promise<boolean> {
  try {
    return (await readFile(cached)).equals(await readFile(installed));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return false;
    throw error;
  }
}

import { lstat, readFile, readlink, rename, rm, symlink } from "node:fs/promises";
import { join } from "node:path";
import { type Places, packageFolder } from "../places.ts";
import { writeAtomically } from "../temporary.ts";
import type { EngineRecipe } from "./recipe.ts";

export interface TfjsNodeManifest {
  readonly version: string;
  readonly binary: { readonly host: string; readonly napi_versions: readonly number[] };
}

export async function tfjsNodeVersion(places: Places): Promise<string> {
  return (await tfjsNodeManifest(places)).version;
}

export async function tfjsNodeManifest(places: Places): Promise<TfjsNodeManifest> {
  const folder = packageFolder(places, "@tensorflow/tfjs-node");
  return JSON.parse(await readFile(join(folder, "package.json"), "utf8")) as TfjsNodeManifest;
}

/** The file that tfjs-node loads, so that danfojs-node and a stock tslab find the engine too. */
export async function addonPath(places: Places): Promise<string> {
  const { napi_versions } = (await tfjsNodeManifest(places)).binary;
  const napi = `napi-v${bestNapi(napi_versions)}`;
  return join(packageFolder(places, "@tensorflow/tfjs-node"), "lib", napi, "tfjs_binding.node");
}

/** The choice of node-pre-gyp, which tfjs-node asks at run time. */
export function bestNapi(offered: readonly number[], supported: number = Number(process.versions.napi)): number {
  return Math.max(...offered.filter(version => version <= supported));
}

/** Puts the addon of the engine in that folder where tfjs-node looks, and its libraries where the addon looks. */
export async function installAddonOf(places: Places, recipe: EngineRecipe, engine: string): Promise<void> {
  if (recipe.linked !== undefined) await link(join(engine, recipe.linked), linkPath(places, recipe.linked));
  await writeAtomically(await addonPath(places), await readFile(join(engine, recipe.addon)), 0o755);
}

/** Compared by content: an addon that came from elsewhere may have the same size and a later date. */
export async function hasAddonOf(places: Places, recipe: EngineRecipe, engine: string): Promise<boolean> {
  if (
    recipe.linked !== undefined &&
    (await targetOf(linkPath(places, recipe.linked))) !== join(engine, recipe.linked)
  ) {
    return false;
  }
  try {
    return (await readFile(join(engine, recipe.addon))).equals(await readFile(await addonPath(places)));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return false;
    throw error;
  }
}

/** An addon that does not load may end the process that tries; without it the library takes its other engine. */
export async function removeAddon(places: Places): Promise<void> {
  await rm(await addonPath(places), { force: true });
}

function linkPath(places: Places, name: string): string {
  return join(packageFolder(places, "@tensorflow/tfjs-node"), name);
}

async function link(target: string, path: string): Promise<void> {
  // A folder there is what tfjs-node's own scripts once unpacked; a rename would not replace it.
  if ((await targetOf(path)) === undefined) await rm(path, { recursive: true, force: true });
  const temporary = `${path}.${process.pid}`;
  await rm(temporary, { force: true });
  await symlink(target, temporary);
  await rename(temporary, path);
}

async function targetOf(path: string): Promise<string | undefined> {
  const found = await lstat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  return found?.isSymbolicLink() ? await readlink(path) : undefined;
}

import { mkdir, readdir, readFile, rename, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Places } from "../places.ts";
import type { Job } from "../step.ts";
import { inTemporaryFolder } from "../temporary.ts";
import type { EngineRecipe } from "./recipe.ts";

const MANIFEST = "engine.json";

interface Manifest {
  readonly route: string;
  readonly tensorflow: string;
  /** The addon finds its libraries by this absolute path, so an engine that was moved is not whole. */
  readonly folder: string;
  readonly sizes: Readonly<Record<string, number>>;
}

export function engineFolder(places: Places, recipe: EngineRecipe): string {
  return join(places.cache, "engine", recipe.key);
}

/** Whether the cache holds this engine with every file at its full size. */
export async function isCached(places: Places, recipe: EngineRecipe): Promise<boolean> {
  return await isWhole(engineFolder(places, recipe));
}

/** The folders of all engines in the cache that are whole. */
export async function wholeEngines(places: Places): Promise<string[]> {
  const parent = join(places.cache, "engine");
  const folders = ((await readdir(parent).catch(unlessMissing)) ?? []).map(name => join(parent, name));
  const whole = await Promise.all(folders.map(isWhole));
  return folders.filter((_, i) => whole[i]);
}

async function isWhole(folder: string): Promise<boolean> {
  const manifest = await readManifest(folder);
  if (manifest === undefined || manifest.folder !== folder) return false;
  for (const [file, size] of Object.entries(manifest.sizes)) {
    if ((await sizeOf(join(folder, file))) !== size) return false;
  }
  return true;
}

/** Builds the engine into the cache: beside its place, then by one rename, so that nobody ever sees a half of it. */
export async function buildIntoCache(job: Job, recipe: EngineRecipe): Promise<void> {
  const { places, signal, progress } = job;
  const destination = engineFolder(places, recipe);
  const downloaded = (what: string, done: number, total: number | undefined): void =>
    progress.advanced(`${what}: ${amount(done, total)}`, total && done / total);
  await inTemporaryFolder(join(places.cache, "engine"), async temporary => {
    const folder = join(temporary, "engine");
    const scratch = join(temporary, "scratch");
    await mkdir(folder);
    await mkdir(scratch);
    const files = await recipe.build({ folder, scratch, destination, signal, doing: progress.advanced, downloaded });
    await writeManifest(folder, destination, recipe, files);
    await moveIntoPlace(folder, destination, join(temporary, "replaced"), () => isCached(places, recipe));
  });
}

async function moveIntoPlace(
  folder: string,
  destination: string,
  aside: string,
  isWhole: () => Promise<boolean>,
): Promise<void> {
  // Another clone may have finished first: its engine is as good, and perhaps already in use.
  if (await isWhole()) return;
  await rename(destination, aside).catch(unlessMissing);
  try {
    await rename(folder, destination);
  } catch (error) {
    if (!(await isWhole())) throw error;
  }
}

async function writeManifest(
  folder: string,
  destination: string,
  recipe: EngineRecipe,
  files: readonly string[],
): Promise<void> {
  const sizes: Record<string, number> = {};
  for (const file of [...files, recipe.addon]) sizes[file] = (await stat(join(folder, file))).size;
  const manifest: Manifest = { route: recipe.route, tensorflow: recipe.tensorflow, folder: destination, sizes };
  await writeFile(join(folder, MANIFEST), `${JSON.stringify(manifest, undefined, 2)}\n`);
}

async function readManifest(folder: string): Promise<Manifest | undefined> {
  try {
    return JSON.parse(await readFile(join(folder, MANIFEST), "utf8")) as Manifest;
  } catch (error) {
    // A manifest that is missing or cut short says the same: this engine has to be built again.
    if (error instanceof SyntaxError) return undefined;
    return unlessMissing(error);
  }
}

async function sizeOf(path: string): Promise<number | undefined> {
  return await stat(path).then(found => found.size, unlessMissing);
}

// What this user may not see or what lies below a file is not there for him; the build says why it cannot be made.
const ABSENT = ["ENOENT", "ENOTDIR", "EACCES"];

function unlessMissing(error: unknown): undefined {
  if (ABSENT.includes((error as NodeJS.ErrnoException).code ?? "")) return undefined;
  throw error;
}

function amount(done: number, total: number | undefined): string {
  const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(0);
  return total ? `${megabytes(done)} of ${megabytes(total)} MB` : `${megabytes(done)} MB`;
}

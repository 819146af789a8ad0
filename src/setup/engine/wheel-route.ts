import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, statfs, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { command, tryCommand, withRetries } from "../command.ts";
import { SetupFailure } from "../failure.ts";
import { watchGrowth } from "../growth.ts";
import { type Places, packageFolder } from "../places.ts";
import { tfjsNodeVersion } from "./addon.ts";
import { type Compilation, compileAddon, findCompiler, NO_COMPILER, requireCompiler } from "./compile.ts";
import { glibcObstacle, type Machine } from "./machine.ts";
import { buildAddon, hashOperations, operationsSource, prelude } from "./own-operations.ts";
import { findPip, hasPip, NO_PIP } from "./pip.ts";
import type { BuildWork, EngineRecipe } from "./recipe.ts";
import { keepHeaders, relativeOf, takeOver } from "./relative.ts";
import type { EngineRoute, Obstacle } from "./routes.ts";
import { requireLoads } from "./trial.ts";
import { OLDEST_GLIBC, WHEEL_PYTHON, type Wheel, wheelFor } from "./wheels.ts";

// Raised by hand when the build below changes in a way that its inputs do not show.
const REVISION = 2;
const ADDON = "tfjs_binding.node";
/** The addon looks for its libraries in ../../deps of its own folder. */
const LINKED = "deps";
// The wheel, what is unpacked of it and the stripped copy of the library lie side by side for a moment.
const BYTES_NEEDED = 2.5e9;

/** tfjs-node's addon compiled against the libraries inside PyPI's TensorFlow wheel. */
export const wheelRoute: EngineRoute = {
  name: "wheel",
  recipe: async (places, machine) => {
    const wheel = wheelFor(machine);
    return wheel && !misfit(machine) ? await wheelRecipe(places, machine, wheel) : undefined;
  },
  obstacle: async machine => {
    const unfit = misfit(machine);
    if (unfit) return unfit;
    const [compiler, pip] = await Promise.all([findCompiler(), hasPip()]);
    if (compiler !== undefined) return pip ? undefined : NO_PIP;
    return pip ? NO_COMPILER : NEITHER;
  },
};

const NEITHER: Obstacle = {
  problem: "The engine is fetched with Python's pip and compiled here, and there is neither pip nor a C++ compiler.",
  remedy:
    "Install both (Debian and Ubuntu: apt install g++ python3-venv; macOS: xcode-select --install) and run the command again.",
};

function misfit(machine: Machine): Obstacle | undefined {
  if (wheelFor(machine)) return glibcObstacle(machine, OLDEST_GLIBC);
  return { problem: `There is no TensorFlow wheel for ${machine.platform}-${machine.arch}.` };
}

async function wheelRecipe(places: Places, machine: Machine, wheel: Wheel): Promise<EngineRecipe> {
  const sources = join(packageFolder(places, "@tensorflow/tfjs-node"), "binding");
  const hash = createHash("sha256").update(`${REVISION} ${wheel.sha256} ${await tfjsNodeVersion(places)}`);
  for (const name of (await readdir(sources)).sort()) hash.update(name).update(await readFile(join(sources, name)));
  await hashOperations(places, hash);
  const recipe: EngineRecipe = {
    key: `tensorflow-${wheel.version}-${machine.platform}-${machine.arch}-${hash.digest("hex").slice(0, 12)}`,
    route: "wheel",
    tensorflow: wheel.version,
    addon: ADDON,
    linked: LINKED,
    build: work => buildFromWheel({ places, machine, wheel, recipe, sources }, work),
  };
  return recipe;
}

interface Source {
  readonly places: Places;
  readonly machine: Machine;
  readonly wheel: Wheel;
  readonly recipe: EngineRecipe;
  /** tfjs-node's own C++ sources. */
  readonly sources: string;
}

async function buildFromWheel(source: Source, work: BuildWork): Promise<readonly string[]> {
  // Asked first: to miss the compiler after a download of 274 MB would be unkind.
  const compiler = await requireCompiler();
  return (await buildFromRelative(source, compiler, work)) ?? (await buildFromDownload(source, compiler, work));
}

/** With what an earlier engine in the cache has; undefined where there is none, or it lacks something that is needed now. */
async function buildFromRelative(
  source: Source,
  compiler: string,
  work: BuildWork,
): Promise<readonly string[] | undefined> {
  const relative = await relativeOf(source.places, source.wheel);
  if (relative === undefined) return undefined;
  work.doing("compiling");
  try {
    const { libraries, headers } = await takeOver(relative, work.folder, LINKED, source.wheel);
    await compileAddon(compilation(source, { compiler, headers, libraries }, work), work.signal);
    await requireLoads(source.places, source.recipe, work.folder, work.scratch);
    return libraries;
  } catch (error) {
    if (work.signal.aborted || !(error instanceof SetupFailure)) throw error;
    for (const folder of [work.folder, work.scratch])
      for (const name of await readdir(folder)) await rm(join(folder, name), { recursive: true });
    return undefined;
  }
}

async function buildFromDownload(source: Source, compiler: string, work: BuildWork): Promise<readonly string[]> {
  const { places, machine, wheel, recipe } = source;
  await requireSpace(work.folder);
  const file = await fetchWheel(wheel, work);
  work.doing("unpacking");
  const unpacked = join(work.scratch, "unpacked");
  const unpack = join(places.root, "scripts", "unpack_wheel.py");
  await command("python3", [unpack, file, unpacked, ...wheel.libraries], { signal: work.signal });
  const libraries = await placeLibraries(machine, wheel, unpacked, work);
  work.doing("compiling");
  await keepHeaders(unpacked, work.folder, wheel);
  await buildAddon({
    work: compilation(source, { compiler, headers: unpacked, libraries }, work),
    engine: work.folder,
    requireLoads: () => requireLoads(places, recipe, work.folder, work.scratch),
    signal: work.signal,
  });
  return libraries;
}

function compilation(
  { places, machine, sources }: Source,
  { compiler, headers, libraries }: { compiler: string; headers: string; libraries: readonly string[] },
  work: BuildWork,
): Compilation & { readonly operations: string } {
  return {
    ...{ machine, compiler, sources, headers, output: join(work.folder, ADDON) },
    ...{ operations: operationsSource(places), prelude: prelude(places) },
    nodeHeaders: join(packageFolder(places, "node-api-headers"), "include"),
    libraries: libraries.map(name => join(work.folder, name)),
  };
}

async function requireSpace(folder: string): Promise<void> {
  const disk = await statfs(folder);
  if (disk.bavail * disk.bsize >= BYTES_NEEDED) return;
  throw new SetupFailure(
    `The disk of ${folder} has less than ${BYTES_NEEDED / 1e9} GB left, which building the engine takes.`,
    "Free some space, or set LATENT_CACHE to a folder on another disk, and run the command again.",
  );
}

async function fetchWheel(wheel: Wheel, work: BuildWork): Promise<string> {
  const folder = join(work.scratch, "wheel");
  const requirement = join(work.scratch, "requirement.txt");
  await mkdir(folder);
  // pip itself then refuses any file but this one.
  await writeFile(requirement, `${wheel.project}==${wheel.version} --hash=sha256:${wheel.sha256}\n`);
  const [program, ...pip] = await findPip(work.scratch, work.signal);
  const args = [...pip, ...downloadArguments(wheel, folder, requirement)];
  // pip writes what it has so far into a folder of its own there, whose growth is the progress.
  const env = { ...process.env, TMPDIR: work.scratch };
  const advance = (done: number): void => work.downloaded(`TensorFlow ${wheel.version}`, done, wheel.bytes);
  const stopWatching = watchGrowth(work.scratch, ".whl", advance);
  try {
    await withRetries(3, () => command(program, args, { signal: work.signal, env }), work.signal);
  } catch (error) {
    if (work.signal.aborted) throw error;
    throw new SetupFailure(
      `TensorFlow ${wheel.version} (${Math.round(wheel.bytes / 1e6)} MB) could not be downloaded whole.`,
      "Check the network connection and run the command again.",
      { cause: error },
    );
  } finally {
    stopWatching();
  }
  const found = (await readdir(folder)).find(name => name.endsWith(".whl"));
  if (found === undefined) throw new Error(`pip downloaded no wheel into ${folder}`);
  return join(folder, found);
}

/** One known file, whatever Python runs pip. */
export function downloadArguments(wheel: Wheel, folder: string, requirement: string): string[] {
  return [
    // Nothing is gained by a second copy of 270 MB, and a damaged one in pip's cache cannot get in the way.
    ...["download", "--no-cache-dir", "--no-deps", "--only-binary=:all:"],
    ...["--python-version", WHEEL_PYTHON, "--platform", wheel.platformTag],
    // The pauses between tries are ours.
    ...["--retries", "1", "-d", folder, "-r", requirement],
  ];
}

/** Moves the libraries into a folder of the engine's, without the symbol tables that only a debugger reads. */
async function placeLibraries(machine: Machine, wheel: Wheel, unpacked: string, work: BuildWork): Promise<string[]> {
  const names: string[] = [];
  await mkdir(join(work.folder, LINKED));
  for (const library of wheel.libraries) {
    const name = join(LINKED, basename(library));
    await rename(join(unpacked, library), join(work.folder, name));
    // Saves 200 MB where it works and is no loss where it does not; on macOS it would break the code signature.
    if (machine.platform === "linux") {
      await tryCommand("strip", ["--strip-unneeded", join(work.folder, name)], { signal: work.signal });
    }
    names.push(name);
  }
  return names;
}

import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, readdir, rename } from "node:fs/promises";
import { basename, join } from "node:path";
import { command } from "../command.ts";
import { download } from "../download.ts";
import { SetupFailure } from "../failure.ts";
import type { Places } from "../places.ts";
import { bestNapi, tfjsNodeManifest } from "./addon.ts";
import { glibcObstacle, type Machine } from "./machine.ts";
import type { BuildWork, EngineRecipe } from "./recipe.ts";
import type { EngineRoute, Obstacle } from "./routes.ts";
import { requireLoads } from "./trial.ts";

// As in tfjs-node's own scripts/deps-constants.js and install.js.
const LIBTENSORFLOW = "2.9.1";
const HOST = "https://storage.googleapis.com/";
/** The machines that tfjs-node publishes both its addon and a library for. */
const SYSTEMS: Readonly<Record<string, { readonly library: string; readonly addon: string }>> = {
  "linux-x64": { library: "cpu-linux-x86_64", addon: "CPU-linux" },
  "darwin-x64": { library: "cpu-darwin-x86_64", addon: "CPU-darwin" },
};
// Of the image that the addon is built in.
const OLDEST_GLIBC = "2.24";
const ADDON = "tfjs_binding.node";
/** The addon looks for its libraries in ../../deps/lib of its own folder. */
const LINKED = "deps";

/** The checksums of tfjs-node's files by their names; one that has none here is not known to us. */
export type Sums = Readonly<Record<string, string>>;

/**
 * TensorFlow publishes no checksums. These are what Nix's, Bazel's and CMake's recipes of other projects demand of the
 * same addresses, all alike. Of the addon, in `CPU-….tar.gz`, nobody names one: it is tried before it is kept.
 */
const SUMS: Sums = {
  "libtensorflow-cpu-linux-x86_64-2.9.1.tar.gz": "7f510d2546e3db5e10b1d119463689003d587842892ad3c95bca51cf82820173",
  "libtensorflow-cpu-darwin-x86_64-2.9.1.tar.gz": "56f83d3320ba0f69aaafd6c058645e1b7fbc75fb9a3fc36d6be98de1291ca226",
};

/** What tfjs-node's own installation would download: an older TensorFlow, but neither Python nor a compiler. */
export const prebuiltRoute: EngineRoute = makePrebuiltRoute(SUMS);

export function makePrebuiltRoute(sums: Sums): EngineRoute {
  return {
    name: "prebuilt",
    recipe: async (places, machine) => await recipeFor(places, machine, sums),
    obstacle: async machine => misfit(machine),
  };
}

async function recipeFor(places: Places, machine: Machine, sums: Sums): Promise<EngineRecipe | undefined> {
  if (misfit(machine)) return undefined;
  const addresses = await prebuiltAddresses(places, machine);
  // The same engine, whichever copy of the host it came from.
  const own = Object.values(await prebuiltAddresses(places, machine, "")).join(" ");
  const hash = createHash("sha256").update(own).digest("hex").slice(0, 12);
  const recipe: EngineRecipe = {
    key: `libtensorflow-${LIBTENSORFLOW}-${machine.platform}-${machine.arch}-${hash}`,
    route: "prebuilt",
    tensorflow: LIBTENSORFLOW,
    addon: ADDON,
    linked: LINKED,
    build: async work => await fetchAndTry({ places, recipe, addresses, sums }, work),
  };
  return recipe;
}

function misfit(machine: Machine): Obstacle | undefined {
  if (SYSTEMS[`${machine.platform}-${machine.arch}`]) return glibcObstacle(machine, OLDEST_GLIBC);
  return { problem: `tfjs-node has no prebuilt addon for ${machine.platform}-${machine.arch}.` };
}

export interface PrebuiltAddresses {
  readonly library: string;
  readonly addon: string;
}

/** Where tfjs-node's own scripts would look; TFJS_NODE_CDN_STORAGE names a copy of their host, as it does for them. */
export async function prebuiltAddresses(
  places: Places,
  machine: Machine,
  storage: string | undefined = process.env.TFJS_NODE_CDN_STORAGE,
): Promise<PrebuiltAddresses> {
  const system = SYSTEMS[`${machine.platform}-${machine.arch}`];
  if (system === undefined) throw new Error(`no prebuilt addon for ${machine.platform}-${machine.arch}`);
  const { version, binary } = await tfjsNodeManifest(places);
  const folder = `${binary.host}/napi-v${bestNapi(binary.napi_versions)}/${version}`;
  const copied = (address: string): string =>
    storage ? address.replace(HOST, `${storage.replace(/\/$/, "")}/`) : address;
  return {
    library: copied(`${HOST}tensorflow/libtensorflow/libtensorflow-${system.library}-${LIBTENSORFLOW}.tar.gz`),
    addon: copied(`${folder}/${system.addon}-${version}.tar.gz`),
  };
}

interface Prebuilt {
  readonly places: Places;
  readonly recipe: EngineRecipe;
  readonly addresses: PrebuiltAddresses;
  readonly sums: Sums;
}

async function fetchAndTry({ places, recipe, addresses, sums }: Prebuilt, work: BuildWork): Promise<readonly string[]> {
  // The small one first: without it the large one is of no use.
  const addon = await fetchAndUnpack("addon", addresses.addon, sums, work);
  const library = await fetchAndUnpack("library", addresses.library, sums, work);
  await mkdir(join(work.folder, LINKED));
  await rename(join(library, "lib"), join(work.folder, LINKED, "lib"));
  const [napi = ""] = await readdir(addon);
  await rename(join(addon, napi, ADDON), join(work.folder, ADDON));
  await requireLoads(places, recipe, work.folder, work.scratch);
  return (await readdir(join(work.folder, LINKED, "lib"))).map(name => join(LINKED, "lib", name));
}

async function fetchAndUnpack(name: string, address: string, sums: Sums, work: BuildWork): Promise<string> {
  const file = join(work.scratch, `${name}.tar.gz`);
  const folder = join(work.scratch, name);
  await mkdir(folder);
  const advance = (done: number, total: number | undefined): void =>
    work.downloaded(`TensorFlow ${LIBTENSORFLOW}`, done, total);
  try {
    await download(address, file, { signal: work.signal, advance });
    // Before it is unpacked: native code is loaded from it.
    await requireSum(file, sums[basename(address)]);
    await command("tar", ["-xzf", file, "-C", folder], { signal: work.signal });
    return folder;
  } catch (error) {
    if (work.signal.aborted) throw error;
    throw new SetupFailure(
      `TensorFlow ${LIBTENSORFLOW} could not be downloaded whole from tfjs-node's own host.`,
      "Check the network connection and run the command again.",
      { cause: error },
    );
  }
}

async function requireSum(file: string, expected: string | undefined): Promise<void> {
  if (expected === undefined) return;
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(file)) hash.update(chunk as Uint8Array);
  const found = hash.digest("hex");
  if (found !== expected) throw new Error(`its checksum is ${found} and not ${expected}`);
}

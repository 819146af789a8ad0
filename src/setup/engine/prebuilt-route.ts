import { createHash } from "node:crypto";
import { mkdir, readdir, rename } from "node:fs/promises";
import { join } from "node:path";
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

/** What tfjs-node's own installation would download: an older TensorFlow, but neither Python nor a compiler. */
export const prebuiltRoute: EngineRoute = {
  name: "prebuilt",
  recipe: async (places, machine) => {
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
      build: async work => await fetchAndTry(places, recipe, addresses, work),
    };
    return recipe;
  },
  obstacle: async machine => misfit(machine),
};

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

async function fetchAndTry(
  places: Places,
  recipe: EngineRecipe,
  addresses: PrebuiltAddresses,
  work: BuildWork,
): Promise<readonly string[]> {
  // The small one first: without it the large one is of no use.
  const addon = await fetchAndUnpack("addon", addresses.addon, work);
  const library = await fetchAndUnpack("library", addresses.library, work);
  await mkdir(join(work.folder, LINKED));
  await rename(join(library, "lib"), join(work.folder, LINKED, "lib"));
  const [napi = ""] = await readdir(addon);
  await rename(join(addon, napi, ADDON), join(work.folder, ADDON));
  await requireLoads(places, recipe, work.folder, work.scratch);
  return (await readdir(join(work.folder, LINKED, "lib"))).map(name => join(LINKED, "lib", name));
}

async function fetchAndUnpack(name: string, address: string, work: BuildWork): Promise<string> {
  const file = join(work.scratch, `${name}.tar.gz`);
  const folder = join(work.scratch, name);
  await mkdir(folder);
  const advance = (done: number, total: number | undefined): void =>
    work.downloaded(`TensorFlow ${LIBTENSORFLOW}`, done, total);
  try {
    await download(address, file, { signal: work.signal, advance });
    // Its checksum is not published; a damaged archive does not unpack, and what unpacks is tried before it is kept.
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

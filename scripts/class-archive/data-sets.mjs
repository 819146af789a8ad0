// The data sets that may be passed on, from $LATENT_DATA, the cache or their mirrors; each is proved by its checksum.
import { copyFile, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { root } from "../root.mjs";

const DATA = pathToFileURL(join(root, "dist", "latent", "data")).href;

/**
 * The sets of `src/latent/data/sets` by the module they stand in. NOTICE.md says whose they are and under which
 * licence. Not among them is ecg5000: what its sources say does not clearly allow to pass it on. The small tables of
 * `src/latent/data/tables` come with the repository.
 */
const SETS = [
  ["mnist", "mnistSet"],
  ["mnist", "fashionMnistSet"],
  ["binarized", "binarizedMnistSet"],
  ["thyroid", "thyroidSet"],
];

/** The files that are there or could be fetched, copied into `folder`, and the titles of the sets that lack some. */
export async function collectData(folder) {
  const { readDataFile } = await import(`${DATA}/stored/files.js`);
  const found = [];
  const lacking = new Set();
  for (const [module, name] of SETS) {
    const set = (await import(`${DATA}/sets/${module}.js`))[name];
    for (const file of Object.values(set.files)) {
      const absent = await readDataFile(set, file).then(() => undefined, unlessAbsent);
      if (absent === undefined) found.push(await copied(set, file, folder));
      else lacking.add(set.title);
    }
  }
  return { found, lacking: [...lacking] };
}

function unlessAbsent(error) {
  if (error.name === "DataAbsent") return error;
  throw error;
}

/** Reading has proved the first packing that is there, and this is the same one. */
async function copied(set, file, folder) {
  const { cacheFolder, offeredFolder } = await import(`${DATA}/stored/folders.js`);
  for (const place of [offeredFolder(), cacheFolder()]) {
    if (place === undefined) continue;
    for (const { name } of file.packings) {
      const path = join(folder, set.folder, name);
      await mkdir(join(folder, set.folder), { recursive: true });
      if (await copyIfThere(join(place, set.folder, name), path)) return { path, place: `${set.folder}/${name}` };
    }
  }
  throw new Error(`${set.title} was read, and its file is gone.`);
}

async function copyIfThere(from, to) {
  try {
    await copyFile(from, to);
    return true;
  } catch (error) {
    if (error.code === "ENOENT") return false;
    throw error;
  }
}

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { DataAbsent, DataError } from "../errors.ts";
import { contentOf } from "./checksum.ts";
import { type FetchOptions, fetchFile } from "./fetch.ts";
import { cacheFolder, type Environment, offeredFolder } from "./folders.ts";
import { keep } from "./keep.ts";
import type { DataFile, DataSet, Packing } from "./packing.ts";

export interface ReadOptions extends FetchOptions {
  env?: Environment;
}

/**
 * The content of one file of a data set: from `$LATENT_DATA`, else from the cache, else from the mirrors, which fill the
 * cache. Every packing is proved by its checksum first. `LATENT_OFFLINE=1` asks no mirror.
 *
 * @throws DataAbsent when none has it, with what was tried and what to do
 * @throws DataError when `$LATENT_DATA` has it and it is damaged
 */
export async function readDataFile(set: DataSet, file: DataFile, options: ReadOptions = {}): Promise<Buffer> {
  const env = options.env ?? process.env;
  const offered = offeredFolder(env);
  if (offered !== undefined) {
    const found = await look(join(offered, set.folder), file);
    if (found instanceof DataError) throw found;
    if (found) return found;
  }
  const cache = join(cacheFolder(env), set.folder);
  const kept = await look(cache, file);
  if (Buffer.isBuffer(kept)) return kept;
  const fetched = await fetchFile(set, file, { ...options, env });
  if ("failures" in fetched) throw absent(set, file, env, [...(kept ? [kept.message] : []), ...fetched.failures]);
  await keep(join(cache, fetched.packing.name), fetched.packed);
  return fetched.content;
}

/** The content of the first packing that a folder has; an error where that one is damaged; undefined for none. */
async function look(folder: string, file: DataFile): Promise<Buffer | DataError | undefined> {
  for (const packing of file.packings) {
    const path = join(folder, packing.name);
    const packed = await readIfPresent(path);
    if (packed) return proved(path, packed, packing, file);
  }
  return undefined;
}

function proved(path: string, packed: Buffer, packing: Packing, file: DataFile): Buffer | DataError {
  try {
    return contentOf(packed, packing, file);
  } catch (cause) {
    const remedy = "Delete it and put a good copy there.";
    return new DataError(`${path} is damaged or something else: ${(cause as Error).message} ${remedy}`, { cause });
  }
}

async function readIfPresent(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    throw new DataError(`${path} cannot be read: ${(error as Error).message}`, { cause: error });
  }
}

function absent(set: DataSet, file: DataFile, env: Environment, failures: readonly string[]): DataAbsent {
  const offered = offeredFolder(env);
  const folders = [...(offered === undefined ? [] : [offered]), cacheFolder(env)].map(each => join(each, set.folder));
  const names = file.packings.map(packing => packing.name).join(" or ");
  const addresses = file.packings.flatMap(packing => packing.addresses);
  const tried = env.LATENT_OFFLINE === "1" ? ["LATENT_OFFLINE=1, so no mirror was asked", ...failures] : failures;
  return new DataAbsent(
    [
      `${set.title} is not on this machine: ${names} is not in ${folders.join(" nor in ")}.`,
      ...tried.map(failure => `  ${failure}`),
      addresses.length > 0
        ? `Fetch it from ${addresses.join(" or ")}`
        : "No public address of it is known; get the file",
      `and put it into ${folders.at(-1)}, or set LATENT_DATA to a folder that has ${set.folder}/ in it.`,
    ].join("\n"),
  );
}

import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { DataError } from "./errors.ts";
import type { DataFile, DataSet } from "./sets.ts";

type Environment = Record<string, string | undefined>;

/**
 * The folders in which data sets are looked for, best first: `$LATENT_DATA`, then the cache, which is
 * `$XDG_CACHE_HOME/latent/data` or `~/.cache/latent/data`.
 */
export function dataFolders(env: Environment = process.env): string[] {
  const cache = join(env.XDG_CACHE_HOME || join(homedir(), ".cache"), "latent", "data");
  return env.LATENT_DATA ? [env.LATENT_DATA, cache] : [cache];
}

/**
 * Reads the first of `files` that a data folder holds, checks its sha256 where one is known, and unpacks it if its name
 * ends in `.gz`. Several files are several packings of the same content, best first.
 *
 * @throws DataError when no folder has any of them, or when the one found is damaged
 */
export async function readDataFile(
  set: DataSet,
  files: readonly DataFile[],
  env: Environment = process.env,
): Promise<Buffer> {
  for (const folder of dataFolders(env)) {
    for (const file of files) {
      const path = join(folder, set.folder, file.name);
      const packed = await readIfPresent(path);
      if (packed) return unpack(packed, path, file, set);
    }
  }
  throw new DataError(absent(set, files, env));
}

async function readIfPresent(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw new DataError(`${path} cannot be read.`, { cause: error });
  }
}

async function unpack(packed: Buffer, path: string, file: DataFile, set: DataSet): Promise<Buffer> {
  if (file.sha256) expectSha256(packed, file.sha256, `${path} (${set.title})`);
  if (!file.name.endsWith(".gz")) return packed;
  try {
    return await promisify(gunzip)(packed);
  } catch (cause) {
    throw new DataError(`${path} is damaged: it does not unpack. Delete it and put a good copy there.`, { cause });
  }
}

/** @throws DataError when the bytes are not the ones that `expected` was taken of; `what` begins the sentence */
export function expectSha256(bytes: Uint8Array, expected: string, what: string): void {
  const found = createHash("sha256").update(bytes).digest("hex");
  if (found === expected) return;
  throw new DataError(
    `${what} is damaged or something else: ${bytes.length} bytes with sha256 ${found}, expected ${expected}. ` +
      "Delete the file and put a good copy there.",
  );
}

function absent(set: DataSet, files: readonly DataFile[], env: Environment): string {
  const looked = dataFolders(env).map(folder => join(folder, set.folder));
  const unset = env.LATENT_DATA ? "" : " The environment variable LATENT_DATA is not set.";
  const name = files.map(file => file.name).join(" or ");
  const addresses = set.mirrors.map(mirror => mirror + (files.at(-1) as DataFile).name);
  return (
    `${set.title} is not on this machine: ${name} is not in ${looked.join(" nor in ")}.${unset} ` +
    `Put the file there, or set LATENT_DATA to the folder that has ${set.folder}/ in it. ` +
    `The file is at ${addresses.join(" or ")}.`
  );
}

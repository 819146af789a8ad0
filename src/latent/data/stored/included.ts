import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { DataError } from "../errors.ts";
import { sha256Of } from "./checksum.ts";

/** A file that comes with the library; `src/latent/data/tables/README.md` says whose it is and under which licence. */
export interface IncludedFile {
  title: string;
  /** In `src/latent/data/tables`. */
  name: string;
  sha256: string;
}

/** The same path from `src/latent/data/stored` as from `dist/latent/data/stored`: the files are not copied by the build. */
const TABLES = new URL("../../../../src/latent/data/tables/", import.meta.url);

/**
 * The content of a file that comes with the library, unpacked where its name ends in `.gz`.
 *
 * @throws DataError when it is gone or was changed
 */
export async function readIncluded({ title, name, sha256 }: IncludedFile, tables: URL = TABLES): Promise<Buffer> {
  const path = fileURLToPath(new URL(name, tables));
  const packed = await readFile(path).catch((cause: Error) => {
    throw new DataError(`${title} comes with Latent, and its file cannot be read: ${cause.message}. ${remedy(name)}`, {
      cause,
    });
  });
  const found = sha256Of(packed);
  if (found !== sha256) {
    throw new DataError(`${path} was changed: its sha256 is ${found}, expected ${sha256}. ${remedy(name)}`);
  }
  return name.endsWith(".gz") ? gunzipSync(packed) : packed;
}

export function isIncluded({ name }: IncludedFile): boolean {
  return existsSync(new URL(name, TABLES));
}

function remedy(name: string): string {
  return `\`git checkout HEAD -- src/latent/data/tables/${name}\` in the folder of Latent brings the original back.`;
}

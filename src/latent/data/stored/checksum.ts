import { createHash } from "node:crypto";
import { gunzipSync } from "node:zlib";
import { DataError } from "../errors.ts";
import type { DataFile, Packing } from "./packing.ts";

/** The sha256 of some bytes, as 64 hexadecimal digits. */
export function sha256Of(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/**
 * The content of a packed file, proved by a checksum before anybody uses it: the packing's own where it is known, else
 * the content's.
 *
 * @throws DataError with both checksums, or with the reason why it does not unpack
 */
export function contentOf(packed: Buffer, packing: Packing, file: DataFile): Buffer {
  if (packing.sha256) expectSha256(packed, packing.sha256, packing.name);
  const content = read(packed, packing);
  if (!packing.sha256) expectSha256(content, file.sha256, `the content of ${packing.name}`);
  return content;
}

function read(packed: Buffer, { name, read }: Packing): Buffer {
  try {
    if (read) return read(packed);
    return name.endsWith(".gz") ? gunzipSync(packed) : packed;
  } catch (cause) {
    throw new DataError(`${name} does not unpack: ${(cause as Error).message}.`, { cause });
  }
}

function expectSha256(bytes: Uint8Array, expected: string, what: string): void {
  const found = sha256Of(bytes);
  if (found === expected) return;
  throw new DataError(`${what} has ${bytes.length} bytes with sha256 ${found}, expected ${expected}.`);
}

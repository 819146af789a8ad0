import { randomUUID } from "node:crypto";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";

/**
 * Keeps a proved file: written beside its place, then moved there by one rename, so that nobody ever reads half of it.
 * A cache that cannot be written (read-only home, full disk) costs the next run a download and this run nothing: it is
 * said as a warning of the process.
 */
export async function keep(path: string, bytes: Uint8Array): Promise<void> {
  const temporary = `${path}.${process.pid}-${randomUUID()}.part`;
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(temporary, bytes);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {}); // the reason below is the one that counts
    process.emitWarning(
      `${path} could not be kept, it will be fetched again: ${(error as Error).message}`,
      "DataCache",
    );
  }
}

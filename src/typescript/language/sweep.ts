import { readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** How the folders of all kernels begin; the id of the process follows. */
export const PREFIX = "latent-types-";

/** A younger folder may be that of a kernel in another container, whose process we cannot see. */
const KEPT_MS = 3600 * 1000;

/** What belongs to somebody else, or another kernel removes at this moment. */
const NOT_OURS = new Set(["EACCES", "EPERM", "ENOENT", "ENOTEMPTY", "EBUSY"]);

/** Removes what kernels of this user left that were killed: their process is gone and their folder is old. Never fails. */
export function sweep(folder: string = tmpdir(), user: number | undefined = process.getuid?.()): void {
  for (const name of attempt(() => readdirSync(folder)) ?? [])
    if (name.startsWith(PREFIX)) attempt(() => removeWhereLeft(join(folder, name), name, user));
}

function removeWhereLeft(path: string, name: string, user: number | undefined): void {
  const pid = Number(/^\d+(?=-)/.exec(name.slice(PREFIX.length))?.[0]);
  const { uid, mtimeMs } = statSync(path);
  const isOurs = user === undefined || uid === user;
  if (isOurs && pid > 0 && Date.now() - mtimeMs > KEPT_MS && !isAlive(pid))
    rmSync(path, { recursive: true, force: true });
}

function attempt<T>(task: () => T): T | undefined {
  try {
    return task();
  } catch (error) {
    if (!NOT_OURS.has((error as NodeJS.ErrnoException).code ?? "")) console.error("A temporary folder stays:", error);
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // EPERM: it lives and belongs to somebody else.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { basename, dirname, join } from "node:path";
import { SetupFailure } from "./failure.ts";

const PREFIX = ".building";

/** Works in a temporary folder beside the final one, so that the finished whole can be renamed into place. */
export async function inTemporaryFolder<T>(parent: string, action: (folder: string) => Promise<T>): Promise<T> {
  const folder = await makeIn(parent);
  try {
    return await action(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
    // Again: a program that outlived its killed set-up may have gone on writing after the first sweep.
    await sweepAbandoned(parent);
  }
}

const UNWRITABLE = ["EACCES", "EPERM", "EROFS", "ENOTDIR", "ENOENT", "ENOSPC", "EDQUOT"];

async function makeIn(parent: string): Promise<string> {
  try {
    await mkdir(parent, { recursive: true });
    await sweepAbandoned(parent);
    return await mkdtemp(join(parent, `${PREFIX}-${hostname()}-${process.pid}-`));
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    if (!UNWRITABLE.includes(code)) throw error;
    throw new SetupFailure(
      `The folder ${parent} cannot be written (${code}).`,
      "Set LATENT_CACHE to a folder that can be, and run the command again.",
    );
  }
}

/** Removes what builds left that were killed; those of other machines on a shared disk are not ours to judge. */
async function sweepAbandoned(parent: string): Promise<void> {
  const mine = `${PREFIX}-${hostname()}-`;
  for (const name of await readdir(parent)) {
    if (!name.startsWith(mine)) continue;
    const pid = Number(name.slice(mine.length).split("-")[0]);
    if (!isAlive(pid)) await rm(join(parent, name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM is the answer for a live process of another user.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Writes a file so that a reader sees the old or the new content and nothing between. */
export async function writeAtomically(path: string, content: string | Uint8Array, mode = 0o644): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const temporary = join(dirname(path), `.${basename(path)}.${process.pid}`);
  await writeFile(temporary, content, { mode });
  await rename(temporary, path);
}

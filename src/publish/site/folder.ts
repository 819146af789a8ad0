import { chmod, mkdir, mkdtemp, readdir, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";

/** A file at the root of each site, by which a later export knows that it may replace the folder. */
export const MARK = ".latent-site";

/**
 * Lets `fill` write a folder beside the target, which then takes the target's place in one move: a reader never sees half a site,
 * and one that could not be finished leaves the last one as it was.
 *
 * @throws Error where the target is a folder of something else
 */
export async function replaceFolder(target: string, fill: (folder: string) => Promise<void>): Promise<void> {
  const place = resolve(target);
  const isThere = await exists(place);
  if (isThere && !(await exists(join(place, MARK))) && (await readdir(place)).length > 0)
    throw new Error(`${target} is there and is no site of Latent's: name another folder, or move it away.`);
  await mkdir(dirname(place), { recursive: true });
  const fresh = await mkdtemp(join(dirname(place), `.${basename(place)}-`));
  try {
    await chmod(fresh, 0o755); // a server may run as another user
    await fill(fresh);
    const old = `${fresh}-old`;
    if (isThere) await rename(place, old);
    await rename(fresh, place);
    await rm(old, { recursive: true, force: true });
  } catch (error) {
    await rm(fresh, { recursive: true, force: true });
    throw error;
  }
}

async function exists(path: string): Promise<boolean> {
  return await stat(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return false;
      throw error;
    },
  );
}

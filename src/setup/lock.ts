import { mkdir, readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const BEAT_MS = 2000;
// The same reasoning as in scripts/lock.mjs, which has to work before anything is compiled.
const STALE_MS = 20_000;

/** Lets one process at a time do something to this clone; one that died holding the lock holds nothing. */
export async function withLock<T>(path: string, action: () => Promise<T>): Promise<T> {
  await mkdir(dirname(path), { recursive: true });
  while (!(await take(path))) await sleep(200);
  // A beat that finds the lock gone has nothing to keep alive.
  const beat = setInterval(() => void utimes(path, new Date(), new Date()).catch(() => clearInterval(beat)), BEAT_MS);
  try {
    return await action();
  } finally {
    clearInterval(beat);
    await rm(path, { force: true });
  }
}

async function take(path: string): Promise<boolean> {
  try {
    await writeFile(path, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
  if (await isStale(path)) await rm(path, { force: true });
  return false;
}

async function isStale(path: string): Promise<boolean> {
  try {
    if (Date.now() - (await stat(path)).mtimeMs > STALE_MS) return true;
    const pid = Number(await readFile(path, "utf8"));
    // An empty file is a holder between creating and writing.
    if (pid > 0) process.kill(pid, 0);
    return false;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "ESRCH") return true;
    // EPERM: alive, another user's. ENOENT: it has just let go, the next try takes it.
    if (code === "EPERM" || code === "ENOENT") return false;
    throw error;
  }
}

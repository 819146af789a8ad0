// One set-up of a clone at a time: "npm start" and "npm test" may be called side by side.
import { mkdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

const BEAT_MS = 2000;
// A holder that was killed, or lives in another container, stops beating; a pid alone cannot tell.
const STALE_MS = 20_000;

export async function withLock(path, action) {
  mkdirSync(dirname(path), { recursive: true });
  for (let waits = 0; !take(path); waits++) {
    if (waits === 0) process.stderr.write("Latent: another set-up of this clone is running, waiting for it\n");
    await new Promise(wake => setTimeout(wake, 300));
  }
  const beat = setInterval(() => utimesSync(path, new Date(), new Date()), BEAT_MS);
  const release = () => rmSync(path, { force: true });
  process.once("exit", release);
  try {
    return await action();
  } finally {
    clearInterval(beat);
    process.off("exit", release);
    release();
  }
}

function take(path) {
  try {
    writeFileSync(path, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
  }
  if (isStale(path)) rmSync(path, { force: true });
  return false;
}

function isStale(path) {
  try {
    if (Date.now() - statSync(path).mtimeMs > STALE_MS) return true;
    const pid = Number(readFileSync(path, "utf8"));
    // An empty file is a holder between creating and writing.
    if (pid > 0) process.kill(pid, 0);
    return false;
  } catch (error) {
    if (error.code === "ESRCH") return true;
    // EPERM: alive, another user's. ENOENT: it has just let go, the next try takes it.
    if (error.code === "EPERM" || error.code === "ENOENT") return false;
    throw error;
  }
}

// One set-up of a clone at a time: "npm start" and "npm test" may be called side by side.
import { randomUUID } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

const BEAT_MS = 2000;
// A holder that was killed, or lives in another container, stops beating; a pid alone cannot tell.
const STALE_MS = 20_000;
const WAIT_MS = 250;

/** Runs `action` while nobody else holds the lock at `path`; one whose holder died is taken. Calls `onWait` once. */
export async function withLock(path, action, onWait = () => {}) {
  mkdirSync(dirname(path), { recursive: true });
  const own = `${process.pid} ${randomUUID()}`;
  for (let waits = 0; !take(path, own); waits++) {
    if (waits === 0) onWait();
    await new Promise(wake => setTimeout(wake, WAIT_MS));
  }
  const beat = setInterval(() => ifThere(() => utimesSync(path, new Date(), new Date())), BEAT_MS);
  // Another may have taken it from a holder that was stopped for a while: that one's is not ours to remove.
  const release = () => {
    if (ifThere(() => readFileSync(path, "utf8")) === own) rmSync(path, { force: true });
  };
  process.once("exit", release);
  try {
    return await action();
  } finally {
    clearInterval(beat);
    process.off("exit", release);
    release();
  }
}

function take(path, own) {
  if (create(path, own)) return true;
  if (isStale(path)) removeStale(path);
  return false;
}

/**
 * Two that wait see the same stale lock, and the second must not remove what the first has put in its place: who
 * removes holds a lock for that, and looks again.
 */
function removeStale(path) {
  const remover = `${path}.stale`;
  if (!create(remover, String(process.pid))) {
    // Its holder was killed in the microseconds that it takes.
    if (isStale(remover)) rmSync(remover, { force: true });
    return;
  }
  try {
    if (isStale(path)) rmSync(path, { force: true });
  } finally {
    rmSync(remover, { force: true });
  }
}

function create(path, content) {
  try {
    writeFileSync(path, content, { flag: "wx" });
    return true;
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
    return false;
  }
}

function isStale(path) {
  try {
    if (Date.now() - statSync(path).mtimeMs > STALE_MS) return true;
    const pid = Number.parseInt(readFileSync(path, "utf8"), 10);
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

function ifThere(action) {
  try {
    return action();
  } catch (error) {
    if (error.code !== "ENOENT") throw error;
    return undefined;
  }
}

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { emptyFolder } from "./class-archive/fixtures.mjs";
import { withLock } from "./lock.mjs";

const pause = ms => new Promise(wake => setTimeout(wake, ms));
const lockIn = t => join(emptyFolder(t), ".latent", "lock");

test("two set-ups of one clone take turns, and whoever waits is told once", async t => {
  const path = lockIn(t);
  const log = [];
  const work = name => async () => {
    log.push(name);
    await pause(600);
    log.push(name);
  };
  let waits = 0;
  const onWait = () => waits++;
  await Promise.all([withLock(path, work("a"), onWait), withLock(path, work("b"), onWait)]);
  assert.ok(log[0] === log[1] && log[2] === log[3], log.join(" "));
  assert.equal(waits, 1);
  assert.equal(existsSync(path), false);
});

test("a lock is let go when the work fails", async t => {
  const path = lockIn(t);
  const fails = async () => {
    throw new Error("failed");
  };
  await assert.rejects(withLock(path, fails), /failed/);
  assert.equal(await withLock(path, async () => "next"), "next");
});

// Linux and macOS give no process a number this high.
const DEAD = "99999999";

test("a lock whose holder is dead is taken", { timeout: 5000 }, async t => {
  const path = join(emptyFolder(t), "lock");
  writeFileSync(path, DEAD);
  assert.equal(await withLock(path, async () => "taken"), "taken");
});

test("a lock that has not been kept alive is taken, even where a process of that number runs", {
  timeout: 5000,
}, async t => {
  const path = join(emptyFolder(t), "lock");
  writeFileSync(path, String(process.ppid));
  const minuteAgo = new Date(Date.now() - 60_000);
  utimesSync(path, minuteAgo, minuteAgo);
  assert.equal(await withLock(path, async () => "taken"), "taken");
});

test("what a remover of stale locks left when it was killed stops nobody", { timeout: 5000 }, async t => {
  const path = join(emptyFolder(t), "lock");
  writeFileSync(path, DEAD);
  writeFileSync(`${path}.stale`, DEAD);
  assert.equal(await withLock(path, async () => "taken"), "taken");
  assert.equal(existsSync(`${path}.stale`), false);
});

test("while one removes a stale lock another leaves it alone", async t => {
  const path = join(emptyFolder(t), "lock");
  writeFileSync(path, DEAD);
  writeFileSync(`${path}.stale`, String(process.pid));
  const taken = withLock(path, async () => "taken");
  await pause(700);
  assert.equal(readFileSync(path, "utf8"), DEAD);
  rmSync(`${path}.stale`);
  assert.equal(await taken, "taken");
});

test("a holder that was stopped for a while removes no lock but its own", async t => {
  const path = join(emptyFolder(t), "lock");
  await withLock(path, async () => writeFileSync(path, "another's"));
  assert.equal(readFileSync(path, "utf8"), "another's");
});

test("of many processes that meet a stale lock one at a time holds it", async t => {
  const folder = emptyFolder(t);
  const lock = join(folder, "lock");
  writeFileSync(lock, DEAD);
  const program = `
    const { withLock } = await import(${JSON.stringify(new URL("lock.mjs", import.meta.url).href)});
    const { writeFileSync, rmSync } = await import("node:fs");
    for (let n = 0; n < 3; n++) await withLock(${JSON.stringify(lock)}, async () => {
      writeFileSync(${JSON.stringify(join(folder, "held"))}, "", { flag: "wx" });
      await new Promise(wake => setTimeout(wake, 5));
      rmSync(${JSON.stringify(join(folder, "held"))});
    });`;
  const codes = await Promise.all(
    Array.from({ length: 6 }, async () => {
      const child = spawn(process.execPath, ["--input-type=module", "-e", program], { stdio: "ignore" });
      return (await once(child, "exit"))[0];
    }),
  );
  assert.deepEqual(codes, [0, 0, 0, 0, 0, 0]);
  assert.deepEqual(readdirSync(folder), []);
});

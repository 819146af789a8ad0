import assert from "node:assert/strict";
import { existsSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { emptyFolder } from "../testkit/index.ts";
import { withLock } from "./lock.ts";

test("two set-ups of a clone take turns", async t => {
  const path = join(emptyFolder(t), ".latent", "lock");
  const log: string[] = [];
  const work = (name: string) => async (): Promise<void> => {
    log.push(`${name} in`);
    await sleep(60);
    log.push(`${name} out`);
  };
  await Promise.all([withLock(path, work("a")), withLock(path, work("b"))]);
  const [first = ""] = log;
  const second = first === "a in" ? "b" : "a";
  assert.deepEqual(log, [first, first.replace("in", "out"), `${second} in`, `${second} out`]);
  assert.equal(existsSync(path), false);
});

test("a lock is let go when the work fails", async t => {
  const path = join(emptyFolder(t), "lock");
  await assert.rejects(
    withLock(path, async () => {
      throw new Error("failed");
    }),
  );
  assert.equal(await withLock(path, async () => "next"), "next");
});

test("a lock whose holder is dead is taken", { timeout: 5000 }, async t => {
  const path = join(emptyFolder(t), "lock");
  // Linux and macOS give no process a number this high.
  writeFileSync(path, "99999999");
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

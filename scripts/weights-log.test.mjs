import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "node:test";
import { root } from "./root.mjs";
import { openLog } from "./weights-log.mjs";

test("a log begins with what it is about; a training that goes on adds to it, one that begins anew replaces it", t => {
  const folder = mkdtempSync(join(tmpdir(), "latent-log-"));
  t.after(() => rmSync(folder, { recursive: true }));
  t.mock.method(console, "log", () => {});
  const path = join(folder, "a.log");
  const lines = () => readFileSync(path, "utf8").trimEnd().split("\n");
  openLog(path, { about: "first" })("epoch 1");
  openLog(path, { about: "not said again", resume: true })("epoch 2");
  const date = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d {2} +\d+ s {2}/;
  assert.equal(lines()[0], "first");
  for (const line of lines().slice(1)) assert.match(line, date);
  const said = lines()
    .slice(1)
    .map(line => line.replace(date, "").replace(/, Node .*/, ""));
  assert.deepEqual(said, ["begins", "epoch 1", "goes on", "epoch 2"]);
  openLog(path, { about: "second" });
  assert.deepEqual([lines()[0], lines().length], ["second", 2]);
});

test("weights that have no script, or minutes that are none, are refused with the names of those that have one", () => {
  for (const args of [[], ["99-none"], ["07-deep-30", "--minutes", "few"], ["07-deep-30", "more"]]) {
    const { status, stderr } = spawnSync(process.execPath, [join(root, "scripts", "weights.mjs"), ...args], {
      encoding: "utf8",
    });
    assert.equal(status, 1, args.join(" "));
    assert.match(stderr, /^npm run weights -- <name> .*07-deep-30/);
  }
});

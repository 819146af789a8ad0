import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test, { type TestContext } from "node:test";
import { PREFIX, sweep } from "./sweep.ts";

/** No process has this id: it is above the highest that a system gives. */
const NOBODY = 2 ** 30;

function leftovers(t: TestContext, ...names: string[]): string {
  const folder = mkdtempSync(join(tmpdir(), "latent-test-"));
  t.after(() => rmSync(folder, { recursive: true }));
  for (const name of names) {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, "cell.ts"), "");
    utimesSync(join(folder, name), 0, 0);
  }
  return folder;
}

test("what a killed kernel left is removed, and nothing that a living one, a young one or somebody else has", t => {
  const left = `${PREFIX}${NOBODY}-a`;
  const kept = [`${PREFIX}${process.pid}-b`, `${PREFIX}x-c`, "other"];
  const folder = leftovers(t, left, ...kept);
  mkdirSync(join(folder, `${PREFIX}${NOBODY}-young`));
  sweep(folder);
  assert.deepEqual(readdirSync(folder).sort(), [...kept, `${PREFIX}${NOBODY}-young`].sort());
});

test("another user's leftover stays, and a folder that cannot be read fails nothing", t => {
  const left = `${PREFIX}${NOBODY}-a`;
  const folder = leftovers(t, left);
  sweep(folder, (process.getuid?.() ?? 0) + 1);
  assert.deepEqual(readdirSync(folder), process.getuid ? [left] : []);
  sweep(join(folder, "nowhere"));
});

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { randomInt } from "node:crypto";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import test, { type TestContext } from "node:test";
import { emptyFolder, type Fault, fakeSpec, stillRunning } from "../../testkit/index.ts";
import { typescript } from "../cells/typescript.ts";
import type { Peer } from "../peers/peer.ts";
import { processTree } from "../processes.ts";
import { Results } from "../results.ts";
import { MEASURES } from "./index.ts";

const unhandled: unknown[] = [];
process.on("unhandledRejection", reason => unhandled.push(reason));

/** A kernel with a fault, and how long a child of it sleeps. */
function fakePeer(fault: Fault, patience = { startMs: 20_000, cellMs: 500 }): { peer: Peer; child: string } {
  const child = `${randomInt(500_000, 900_000)}.25`;
  const peer = { name: fault, version: "1", cells: typescript, spec: () => fakeSpec(fault, child), patience };
  return { peer, child };
}

const PLAN = { rounds: 1, cells: 6, growth: 50 };

/** Measures kernels beside a good one; returns what the table has for them. */
async function measured(t: TestContext, measure: string, ...faults: (Fault | ReturnType<typeof fakePeer>)[]) {
  t.mock.method(process.stderr, "write", () => true);
  const fakes = faults.map(each => (typeof each === "string" ? fakePeer(each) : each));
  const all = [...fakes, fakePeer("none")];
  const results = new Results();
  await MEASURES[measure]?.(
    all.map(({ peer }) => peer),
    results,
    PLAN,
  );
  t.mock.restoreAll();
  await new Promise(setImmediate);
  assert.deepEqual(unhandled, []);
  for (const { child } of all) assert.deepEqual(await stillRunning(child), [], "a process stayed behind");
  return results;
}

test("a kernel that loses a reply has a row that says so, and the others are measured", async t => {
  const results = await measured(t, "cells", "loses a reply", "dies in a cell", "does not start");
  assert.deepEqual(results.words("one.p50", "loses a reply"), ["a request lost"]);
  for (const fault of ["dies in a cell", "does not start"])
    for (const row of ["one.p50", "one.p95", "typed.p50", "typed.p95"])
      assert.deepEqual(results.words(row, fault), ["failed"], row);
  for (const row of ["one.p50", "typed.p95"]) assert.equal(results.numbers(row, "none").length, 1, row);
});

test("a kernel that never answers is given up, in every row that it should have had", async t => {
  const mute = fakePeer("mute", { startMs: 300, cellMs: 300 });
  const results = await measured(t, "completion", mute);
  assert.deepEqual(results.words("complete.p95", "mute"), ["failed"]);
  assert.equal(results.numbers("complete.p50", "none").length, 1);
});

test("a kernel that fails after many cells keeps its row, and the others go on", async t => {
  const results = await measured(t, "growth", "loses a reply");
  assert.match(results.words("growth", "loses a reply")[0] ?? "", /^fails at cell \d$/);
  assert.equal(results.numbers("growthRss", "none").length, 1);
});

test("a kernel that dies while it starts has no time to its first reply", async t => {
  const results = await measured(t, "start", "dies when asked");
  assert.deepEqual(results.words("first", "dies when asked"), ["failed"]);
  assert.deepEqual(results.numbers("first", "dies when asked"), []);
  assert.equal(results.numbers("first", "none").length, 1);
});

test("a kernel that dies by a cell is said to die", async t => {
  const results = await measured(t, "respawn", "dies in its second cell");
  assert.deepEqual(results.words("respawn", "dies in its second cell"), ["the kernel dies"]);
  assert.equal(results.numbers("respawn", "none").length, 1);
});

test("a bench that is interrupted leaves no process and no folder", async t => {
  const temporary = emptyFolder(t);
  const index = new URL("../index.js", import.meta.url).href;
  const program = `(await import(${JSON.stringify(index)})).benchKernel(["--peers", "latent", "--only", "busy", "--quick"])`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", program], {
    stdio: "ignore",
    env: { ...process.env, TMPDIR: temporary },
  });
  t.after(() => child.kill("SIGKILL"));
  const kernels = async (): Promise<string[]> => {
    for (;;) {
      const commands = processTree(child.pid ?? 0).map(({ command }) => command);
      const found = commands.filter(command => command.includes(temporary));
      if (found.length > 0) return found;
      await new Promise(resolve => setTimeout(resolve, 50));
    }
  };
  assert.ok((await kernels()).length > 0);
  child.kill("SIGINT");
  assert.deepEqual(await once(child, "exit"), [130, null]);
  // The execution process ends when it sees that its front process is gone.
  assert.deepEqual(await stillRunning(temporary), []);
  assert.deepEqual(readdirSync(temporary), []);
});

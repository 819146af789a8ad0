import assert from "node:assert/strict";
import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test, { type TestContext } from "node:test";
import { emptyFolder } from "../testkit/index.ts";
import { type Places, placesOf } from "./places.ts";
import { isVenvCurrent, pythonStep, venvHash } from "./python.ts";
import { silent } from "./step.ts";

/** A clone with an environment as a finished set-up leaves it; its python only answers that it is there. */
async function cloneWithVenv(t: TestContext): Promise<Places> {
  const places = placesOf(join(emptyFolder(t), "clone"));
  mkdirSync(join(places.root, "scripts"), { recursive: true });
  mkdirSync(join(places.venv, "bin"), { recursive: true });
  writeFileSync(places.requirements, "jupyterlab==4.6.6\n");
  writeFileSync(join(places.venv, "bin", "python"), "#!/bin/sh\nexit 0\n", { mode: 0o755 });
  writeFileSync(join(places.venv, "latent-stamp"), await venvHash(places));
  return places;
}

test("an environment with its stamp is not made again", async t => {
  const places = await cloneWithVenv(t);
  assert.equal(await pythonStep.isDone({ places, signal: new AbortController().signal, progress: silent }), true);
});

test("changed requirements make a new environment", async t => {
  const places = await cloneWithVenv(t);
  writeFileSync(places.requirements, "jupyterlab==4.6.7\n");
  assert.equal(await isVenvCurrent(places), false);
});

test("an environment whose installation was interrupted has no stamp and is made again", async t => {
  const places = await cloneWithVenv(t);
  renameSync(join(places.venv, "latent-stamp"), join(places.venv, "other"));
  assert.equal(await isVenvCurrent(places), false);
});

test("a clone that was moved gets a new environment: programs in it name their old folder", async t => {
  const places = await cloneWithVenv(t);
  const moved = placesOf(`${places.root}-moved`);
  renameSync(places.root, moved.root);
  assert.equal(await isVenvCurrent(moved), false);
});

test("an environment whose Python was uninstalled is made again", async t => {
  const places = await cloneWithVenv(t);
  writeFileSync(join(places.venv, "bin", "python"), "#!/nowhere/python\n", { mode: 0o755 });
  assert.equal(await isVenvCurrent(places), false);
});

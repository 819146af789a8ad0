import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, truncateSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import test, { type TestContext } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { emptyFolder } from "../../testkit/index.ts";
import { type Places, placesOf } from "../places.ts";
import { type Job, silent } from "../step.ts";
import { buildIntoCache, engineFolder, isCached } from "./cache.ts";
import type { BuildWork, EngineRecipe } from "./recipe.ts";

const jobIn = (places: Places): Job => ({ places, signal: new AbortController().signal, progress: silent });
const LIBRARY = "libtensorflow.so";

function emptyPlaces(t: TestContext): Places {
  return placesOf("/nowhere", { LATENT_CACHE: emptyFolder(t) });
}

/** An engine of two small files. */
function recipe(build?: (work: BuildWork) => Promise<void>): EngineRecipe {
  return {
    key: "small",
    route: "test",
    tensorflow: "0.0.1",
    addon: "addon.node",
    build: async work => {
      writeFileSync(join(work.folder, LIBRARY), "a library");
      await build?.(work);
      writeFileSync(join(work.folder, "addon.node"), `an addon that looks in ${work.destination}`);
      return [LIBRARY];
    },
  };
}

test("an engine that was built is in the cache, whole, and nothing else is", async t => {
  const places = emptyPlaces(t);
  assert.equal(await isCached(places, recipe()), false);
  await buildIntoCache(jobIn(places), recipe());
  assert.equal(await isCached(places, recipe()), true);
  assert.deepEqual(readdirSync(join(places.cache, "engine")), ["small"]);
  assert.deepEqual(readdirSync(engineFolder(places, recipe())).sort(), ["addon.node", "engine.json", LIBRARY]);
});

const damages: Record<string, (folder: string) => void> = {
  "a library that was cut short": folder => truncateSync(join(folder, LIBRARY), 3),
  "a manifest that was cut short": folder => truncateSync(join(folder, "engine.json"), 20),
  "a library that is gone": folder => renameSync(join(folder, LIBRARY), join(folder, "elsewhere")),
};
for (const [damage, inflict] of Object.entries(damages)) {
  test(`an engine with ${damage} is not taken for whole, and is built anew`, async t => {
    const places = emptyPlaces(t);
    await buildIntoCache(jobIn(places), recipe());
    inflict(engineFolder(places, recipe()));
    assert.equal(await isCached(places, recipe()), false);
    await buildIntoCache(jobIn(places), recipe());
    assert.equal(await isCached(places, recipe()), true);
    assert.deepEqual(readdirSync(join(places.cache, "engine")), ["small"]);
  });
}

test("an engine that was moved is not taken for whole: its addon looks in the old folder", async t => {
  const places = emptyPlaces(t);
  await buildIntoCache(jobIn(places), recipe());
  const moved = placesOf("/nowhere", { LATENT_CACHE: join(emptyFolder(t), "moved") });
  renameSync(places.cache, moved.cache);
  assert.equal(await isCached(moved, recipe()), false);
});

test("a build that fails half-way leaves nothing behind", async t => {
  const places = emptyPlaces(t);
  const failing = recipe(async () => {
    throw new Error("the compiler stopped");
  });
  await assert.rejects(buildIntoCache(jobIn(places), failing), /the compiler stopped/);
  assert.deepEqual(readdirSync(join(places.cache, "engine")), []);
});

test("two clones that build at the same time both succeed, and the engine stays whole", async t => {
  const places = emptyPlaces(t);
  const slow = (milliseconds: number): EngineRecipe => recipe(async () => void (await sleep(milliseconds)));
  await Promise.all([buildIntoCache(jobIn(places), slow(30)), buildIntoCache(jobIn(places), slow(30))]);
  assert.equal(await isCached(places, recipe()), true);
  assert.deepEqual(readdirSync(join(places.cache, "engine")), ["small"]);
});

test("an engine in use is left alone by a clone that finishes its own later", async t => {
  const places = emptyPlaces(t);
  const late = recipe(async () => {
    await buildIntoCache(jobIn(places), recipe());
    writeFileSync(join(engineFolder(places, recipe()), "mark"), "the first");
  });
  await buildIntoCache(jobIn(places), late);
  assert.equal(readFileSync(join(engineFolder(places, recipe()), "mark"), "utf8"), "the first");
});

test("what a killed build left is swept away, what a living one is making is not", async t => {
  const places = emptyPlaces(t);
  const parent = join(places.cache, "engine");
  const folders = {
    dead: `.building-${hostname()}-99999999-abc`,
    living: `.building-${hostname()}-${process.ppid}-abc`,
    elsewhere: ".building-another.machine-99999999-abc",
  };
  for (const folder of Object.values(folders)) mkdirSync(join(parent, folder), { recursive: true });
  await buildIntoCache(jobIn(places), recipe());
  assert.equal(existsSync(join(parent, folders.dead)), false);
  assert.equal(existsSync(join(parent, folders.living)), true);
  assert.equal(existsSync(join(parent, folders.elsewhere)), true);
});

test("what the program of a killed build wrote meanwhile is swept away as well", async t => {
  const places = emptyPlaces(t);
  const parent = join(places.cache, "engine");
  const outlived = recipe(async () => void mkdirSync(join(parent, `.building-${hostname()}-99999999-abc`)));
  await buildIntoCache(jobIn(places), outlived);
  assert.deepEqual(readdirSync(parent), ["small"]);
});

test("a cache that cannot be written asks for LATENT_CACHE", async t => {
  // Below a file nobody can write, not even root.
  const file = join(emptyFolder(t), "file");
  writeFileSync(file, "");
  const places = placesOf("/nowhere", { LATENT_CACHE: join(file, "cache") });
  assert.equal(await isCached(places, recipe()), false);
  await assert.rejects(buildIntoCache(jobIn(places), recipe()), {
    name: "SetupFailure",
    message: /cannot be written \(ENOTDIR\)/,
    remedy: /Set LATENT_CACHE to a folder that can be/,
  });
});

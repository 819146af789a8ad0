import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import test, { type TestContext } from "node:test";
import { emptyFolder } from "../../testkit/index.ts";
import { type Places, placesOf } from "../places.ts";
import { silent } from "../step.ts";
import { buildIntoCache, engineFolder } from "./cache.ts";
import type { EngineRecipe } from "./recipe.ts";
import { keepHeaders, relativeOf, takeOver } from "./relative.ts";
import type { Wheel } from "./wheels.ts";

const wheel = { sha256: "a".repeat(64) } as Wheel;
const other = { sha256: "b".repeat(64) } as Wheel;
const HEADERS = {
  "tensorflow/c/kernels.h": "// C",
  "tsl/platform/ctstring.h": "// words",
  "Eigen/src/Core.h": "// C++",
};

/** An engine as the wheel's route leaves it. */
async function engineOf(places: Places, t: TestContext): Promise<string> {
  const unpacked = emptyFolder(t);
  for (const [name, text] of Object.entries(HEADERS)) {
    const path = join(unpacked, "tensorflow", "include", name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  const recipe: EngineRecipe = {
    ...{ key: "first", route: "wheel", tensorflow: "9.9.9", addon: "addon.node" },
    build: async ({ folder }) => {
      mkdirSync(join(folder, "deps"));
      writeFileSync(join(folder, "deps", "libtensorflow.so"), "a library");
      writeFileSync(join(folder, "addon.node"), "an addon");
      await keepHeaders(unpacked, folder, wheel);
      return [join("deps", "libtensorflow.so")];
    },
  };
  await buildIntoCache({ places, signal: new AbortController().signal, progress: silent }, recipe);
  return engineFolder(places, recipe);
}

test("the next engine of the same wheel takes libraries and C headers from the one in the cache", async t => {
  const places = placesOf("/nowhere", { LATENT_CACHE: emptyFolder(t) });
  assert.equal(await relativeOf(places, wheel), undefined);
  const engine = await engineOf(places, t);
  assert.equal(await relativeOf(places, wheel), engine);
  const folder = join(places.cache, "next");
  mkdirSync(folder);
  const { libraries, headers } = await takeOver(engine, folder, "deps", wheel);
  assert.deepEqual(libraries, [join("deps", "libtensorflow.so")]);
  const [old, now] = [engine, folder].map(place => statSync(join(place, "deps", "libtensorflow.so")));
  assert.equal(now?.ino, old?.ino, "a second name for one file");
  for (const [name, text] of Object.entries(HEADERS)) {
    const path = join(headers, "tensorflow", "include", name);
    if (name.startsWith("Eigen")) assert.equal(existsSync(path), false);
    else assert.equal(readFileSync(path, "utf8"), text);
  }
});

test("an engine of another wheel is no help, nor one that is not whole", async t => {
  const places = placesOf("/nowhere", { LATENT_CACHE: emptyFolder(t) });
  const engine = await engineOf(places, t);
  assert.equal(await relativeOf(places, other), undefined);
  truncateSync(join(engine, "deps", "libtensorflow.so"), 3);
  assert.equal(await relativeOf(places, wheel), undefined);
});

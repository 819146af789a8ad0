import assert from "node:assert/strict";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test, { type TestContext } from "node:test";
import { emptyFolder } from "../../testkit/index.ts";
import { SetupFailure } from "../failure.ts";
import { type Places, placesOf } from "../places.ts";
import { addonPath, bestNapi } from "./addon.ts";
import { engineRecipe, installEngine, isEngineInstalled } from "./engine-step.ts";
import type { EngineRecipe } from "./recipe.ts";
import type { EngineRoute } from "./routes.ts";

const signal = new AbortController().signal;

/** A clone that has tfjs-node and nothing else, with a cache of its own. */
function clone(t: TestContext, cache: string = emptyFolder(t)): Places {
  const root = emptyFolder(t);
  const tfjsNode = join(root, "node_modules", "@tensorflow", "tfjs-node");
  mkdirSync(tfjsNode, { recursive: true });
  writeFileSync(join(root, "package.json"), "{}");
  writeFileSync(
    join(tfjsNode, "package.json"),
    JSON.stringify({ version: "4.22.0", binary: { napi_versions: [3, 4, 5, 6, 7, 8] } }),
  );
  return placesOf(root, { LATENT_CACHE: cache });
}

function countedRecipe(): { recipe: EngineRecipe; builds: () => number } {
  let builds = 0;
  const recipe: EngineRecipe = {
    key: "counted",
    route: "test",
    tensorflow: "0.0.1",
    addon: "addon.node",
    build: async ({ folder }) => {
      writeFileSync(join(folder, "libtensorflow.so"), "a library");
      writeFileSync(join(folder, "addon.node"), `addon ${++builds}`);
      return ["libtensorflow.so"];
    },
  };
  return { recipe, builds: () => builds };
}

test("the engine is built once and handed to every clone", async t => {
  const first = clone(t);
  const second = clone(t, first.cache);
  const { recipe, builds } = countedRecipe();
  for (const places of [first, second]) {
    assert.equal(await isEngineInstalled(places, recipe), false);
    await installEngine({ places, signal }, recipe);
    assert.equal(await isEngineInstalled(places, recipe), true);
    assert.equal(readFileSync(await addonPath(places), "utf8"), "addon 1");
  }
  assert.equal(builds(), 1);
});

test("an addon of other origin, even of the same size, is replaced by ours", async t => {
  const places = clone(t);
  const { recipe, builds } = countedRecipe();
  await installEngine({ places, signal }, recipe);
  writeFileSync(await addonPath(places), "addon 7");
  assert.equal(await isEngineInstalled(places, recipe), false);
  await installEngine({ places, signal }, recipe);
  assert.equal(readFileSync(await addonPath(places), "utf8"), "addon 1");
  assert.equal(builds(), 1);
});

test("an addon whose library has left the cache is not an installed engine", async t => {
  const places = clone(t);
  const { recipe, builds } = countedRecipe();
  await installEngine({ places, signal }, recipe);
  rmSync(join(places.cache, "engine", "counted", "libtensorflow.so"));
  assert.equal(await isEngineInstalled(places, recipe), false);
  await installEngine({ places, signal }, recipe);
  assert.equal(builds(), 2);
});

test("the first route that a machine can take is taken", async t => {
  const { recipe } = countedRecipe();
  const route = (name: string, obstacle?: string): EngineRoute => ({
    name,
    obstacle: () => obstacle,
    recipe: async () => ({ ...recipe, route: name }),
  });
  const machine = { platform: "linux", arch: "x64", glibc: "2.36" } as const;
  const chosen = await engineRecipe(clone(t), machine, [route("one", "not here"), route("two"), route("three")]);
  assert.equal(chosen.route, "two");
});

test("a machine for which there is no TensorFlow is told why and what would do", async t => {
  const machines = [
    { platform: "linux", arch: "x64", glibc: undefined, reason: /no glibc/ },
    { platform: "darwin", arch: "x64", glibc: undefined, reason: /no TensorFlow wheel for darwin-x64/ },
    { platform: "win32", arch: "x64", glibc: undefined, reason: /no TensorFlow wheel for win32-x64/ },
  ] as const;
  for (const { reason, ...machine } of machines) {
    await assert.rejects(engineRecipe(clone(t), machine), (error: Error) => {
      assert.ok(error instanceof SetupFailure);
      assert.match(error.message, reason);
      assert.match(error.remedy, /WSL/);
      return true;
    });
  }
});

test("the addon goes where node-pre-gyp looks: the highest N-API that both sides know", () => {
  assert.equal(bestNapi([3, 4, 5, 6, 7, 8], 9), 8);
  assert.equal(bestNapi([3, 4, 5, 6, 7, 8], 6), 6);
});

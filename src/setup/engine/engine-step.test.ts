import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test, { type TestContext } from "node:test";
import { emptyFolder } from "../../testkit/index.ts";
import { SetupFailure } from "../failure.ts";
import { type Places, placesOf } from "../places.ts";
import { type Job, silent } from "../step.ts";
import { addonPath, bestNapi } from "./addon.ts";
import { readChoice } from "./choice.ts";
import { installEngine, installedEngine, isEngineInstalled, makeEngineStep } from "./engine-step.ts";
import type { EngineRecipe } from "./recipe.ts";
import type { EngineRoute, Obstacle } from "./routes.ts";

const jobIn = (places: Places): Job => ({ places, signal: new AbortController().signal, progress: silent });

const WORKING =
  "module.exports = { backend: () => ({ binding: { TF_Version: '9.9.9' } }), matMul: () => ({ dataSync: () => [42] }) }";

/** A clone that has tfjs-node and nothing else, with a cache of its own. */
function clone(t: TestContext, cache: string = emptyFolder(t), tfjsNode = WORKING): Places {
  const root = emptyFolder(t);
  const folder = join(root, "node_modules", "@tensorflow", "tfjs-node");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(root, "package.json"), "{}");
  writeFileSync(
    join(folder, "package.json"),
    JSON.stringify({ version: "4.22.0", main: "index.js", binary: { napi_versions: [3, 4, 5, 6, 7, 8] } }),
  );
  writeFileSync(join(folder, "index.js"), tfjsNode);
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
    await installEngine(jobIn(places), recipe);
    assert.equal(await isEngineInstalled(places, recipe), true);
    assert.equal(readFileSync(await addonPath(places), "utf8"), "addon 1");
  }
  assert.equal(builds(), 1);
});

test("an addon of other origin, even of the same size, is replaced by ours", async t => {
  const places = clone(t);
  const { recipe, builds } = countedRecipe();
  await installEngine(jobIn(places), recipe);
  writeFileSync(await addonPath(places), "addon 7");
  assert.equal(await isEngineInstalled(places, recipe), false);
  await installEngine(jobIn(places), recipe);
  assert.equal(readFileSync(await addonPath(places), "utf8"), "addon 1");
  assert.equal(builds(), 1);
});

test("an addon whose library has left the cache is not an installed engine", async t => {
  const places = clone(t);
  const { recipe, builds } = countedRecipe();
  await installEngine(jobIn(places), recipe);
  rmSync(join(places.cache, "engine", "counted", "libtensorflow.so"));
  assert.equal(await isEngineInstalled(places, recipe), false);
  await installEngine(jobIn(places), recipe);
  assert.equal(builds(), 2);
});

/** A route to a small engine, which some obstacle or failure may stand in. */
function route(name: string, stands: { obstacle?: Obstacle; failure?: Error } = {}): EngineRoute & { tries: number } {
  const { recipe } = countedRecipe();
  const made = {
    name,
    tries: 0,
    recipe: async (): Promise<EngineRecipe> => ({
      ...recipe,
      key: name,
      route: name,
      build: async work => {
        made.tries++;
        if (stands.failure) throw stands.failure;
        return await recipe.build(work);
      },
    }),
    obstacle: async () => stands.obstacle,
  };
  return made;
}

const noCompiler: Obstacle = { problem: "There is no compiler.", remedy: "Install one." };
const noNetwork = new SetupFailure("It could not be downloaded.", "Check the network connection.");

test("the first route that a machine can take is taken", async t => {
  const places = clone(t);
  const routes = [route("one", { obstacle: noCompiler }), route("two", { failure: noNetwork }), route("three")];
  const step = makeEngineStep({ routes });
  assert.equal(await step.isDone(jobIn(places)), false);
  assert.equal(await step.run(jobIn(places)), undefined);
  assert.equal((await installedEngine(places, undefined, routes))?.route, "three");
  assert.equal(await step.isDone(jobIn(places)), true);
  assert.deepEqual(readdirSync(join(places.cache, "engine")), ["three"]);
});

test("where no route can be taken WebAssembly is, and why, that it is slower and what to do is said", async t => {
  const places = clone(t);
  const step = makeEngineStep({
    routes: [route("one", { obstacle: noCompiler }), route("two", { failure: noNetwork })],
  });
  assert.equal(
    await step.run(jobIn(places)),
    "The course computes in WebAssembly here, slower than in native TensorFlow. There is no compiler. Install one.",
  );
  const choice = await readChoice(places);
  assert.deepEqual(
    choice?.refusals.map(({ route, kind }) => [route, kind]),
    [
      ["one", "obstacle"],
      ["two", "failure"],
    ],
  );
});

test("WebAssembly stays while what the machine lacks is lacking, and leaves when it is there", async t => {
  const places = clone(t);
  const stands: { obstacle?: Obstacle } = { obstacle: noCompiler };
  const step = makeEngineStep({ routes: [route("one", stands)] });
  await step.run(jobIn(places));
  assert.equal(await step.isDone(jobIn(places)), true);
  delete stands.obstacle;
  assert.equal(await step.isDone(jobIn(places)), false);
  assert.equal(await step.run(jobIn(places)), undefined);
  assert.equal(await readChoice(places), undefined);
});

test("what only failed is tried again by the next start, unless nothing is to be fetched", async t => {
  const places = clone(t);
  const step = makeEngineStep({ routes: [route("one", { failure: noNetwork })] });
  await step.run(jobIn(places));
  assert.equal(await step.isDone(jobIn(places)), false);
  assert.equal(await step.isDone({ ...jobIn(places), offline: true }), true);
});

test("an engine that does not load here gives way to the next, is taken away and is not made again", async t => {
  const places = clone(t, emptyFolder(t), "process.abort()");
  const unfit = route("one");
  const step = makeEngineStep({ routes: [unfit] });
  assert.match((await step.run(jobIn(places))) ?? "", /in WebAssembly.*does not load.*Delete .*one and run/);
  assert.equal(existsSync(await addonPath(places)), false);
  assert.equal(await step.isDone(jobIn(places)), true);
  assert.equal(unfit.tries, 1);
});

test("without leave to fetch, an engine that is in the cache is taken and none is built", async t => {
  const other = clone(t);
  const places = clone(t, other.cache);
  const one = route("one");
  const step = makeEngineStep({ routes: [one] });
  const offline = { ...jobIn(places), offline: true };
  assert.match((await step.run(offline)) ?? "", /nothing is to be fetched. Run the command once without --offline/);
  assert.equal(one.tries, 0);
  await step.run(jobIn(other));
  assert.equal(await step.run(offline), undefined);
  assert.equal(one.tries, 1);
});

test("LATENT_ENGINE=wasm asks for no native engine, LATENT_ENGINE=native for nothing else", async t => {
  const places = clone(t);
  const routes = [route("one", { obstacle: noCompiler })];
  assert.equal(await makeEngineStep({ routes, wanted: "wasm" }).isDone(jobIn(places)), true);
  const native = makeEngineStep({ routes, wanted: "native" });
  await assert.rejects(native.run(jobIn(places)), { message: noCompiler.problem, remedy: noCompiler.remedy });
  assert.equal(await readChoice(places), undefined);
});

test("a machine for which there is no TensorFlow is told why and what would do", async t => {
  const machines = [
    { platform: "linux", arch: "x64", glibc: undefined, reason: /no glibc/ },
    { platform: "linux", arch: "x64", glibc: "2.17", reason: /needs glibc 2\.27 or newer, and this Linux has 2\.17/ },
    { platform: "linux", arch: "riscv64", glibc: "2.36", reason: /no TensorFlow wheel for linux-riscv64.*WSL/ },
    { platform: "win32", arch: "x64", glibc: undefined, reason: /no TensorFlow wheel for win32-x64.*WSL/ },
  ] as const;
  for (const { reason, ...machine } of machines) {
    assert.match((await makeEngineStep({ machine }).run(jobIn(clone(t)))) ?? "", reason);
  }
});

test("the addon goes where node-pre-gyp looks: the highest N-API that both sides know", () => {
  assert.equal(bestNapi([3, 4, 5, 6, 7, 8], 9), 8);
  assert.equal(bestNapi([3, 4, 5, 6, 7, 8], 6), 6);
});

import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test, { type TestContext } from "node:test";
import { emptyFolder } from "../../testkit/index.ts";
import { addonPath } from "../engine/addon.ts";
import { engineFolder, isCached } from "../engine/cache.ts";
import { readChoice, recordWasm } from "../engine/choice.ts";
import type { EngineRecipe } from "../engine/recipe.ts";
import { EngineUnfit } from "../engine/trial.ts";
import { type Places, placesOf } from "../places.ts";
import { type Job, silent } from "../step.ts";
import { type EngineDoors, finishedEngineStep } from "./finished-engine.ts";
import type { Offer } from "./offer.ts";

const recipe: EngineRecipe = {
  key: "tensorflow-0-here",
  route: "wheel",
  tensorflow: "0.0.1",
  addon: "addon.node",
  linked: "deps",
  build: async () => assert.fail("nothing is to be built"),
};

const members: Readonly<Record<string, string>> = {
  "engine/addon.node": "an addon",
  "engine/lib.so.gz": "a library",
};

function offerOf(key: string): Offer {
  return {
    name: "the archive",
    engine: { key, addon: "engine/addon.node", libraries: { "lib.so": "engine/lib.so.gz" } },
    ...{ tensorflow: "", wheels: [], pythons: [], data: [] },
    extract: async (member, target) => writeFileSync(target, members[member] ?? ""),
  };
}

/** A clone with a tfjs-node that has no addon yet. */
function cloneIn(t: TestContext): Places {
  const root = emptyFolder(t);
  const tfjs = join(root, "node_modules", "@tensorflow", "tfjs-node");
  mkdirSync(tfjs, { recursive: true });
  writeFileSync(join(root, "package.json"), "{}");
  writeFileSync(
    join(tfjs, "package.json"),
    '{ "version": "4.22.0", "binary": { "host": "http://127.0.0.1:9/", "napi_versions": [8] } }',
  );
  return placesOf(root, { LATENT_CACHE: join(root, "cache") });
}

const jobIn = (places: Places): Job => ({ places, signal: new AbortController().signal, progress: silent });
const doors = (requireLoads: EngineDoors["requireLoads"]): EngineDoors => ({
  recipe: async () => recipe,
  requireLoads,
});

test("the finished engine is tried where it was unpacked, and then installed from the cache", async t => {
  const places = cloneIn(t);
  await recordWasm(places, []);
  const tried: string[] = [];
  const step = finishedEngineStep(
    offerOf(recipe.key),
    doors(async (_places, _recipe, engine) => {
      assert.deepEqual(readdirSync(engine, { recursive: true }).sort(), ["addon.node", "deps", "deps/lib.so"]);
      tried.push(engine);
    }),
  );
  const job = jobIn(places);
  assert.equal(await step.isDone(job), false);
  assert.equal(await step.run(job), undefined);
  assert.equal(tried.length, 1);
  assert.equal(await step.isDone(job), true);
  assert.equal(await isCached(places, recipe), true);
  assert.equal(readFileSync(await addonPath(places), "utf8"), "an addon");
  assert.equal(readFileSync(join(engineFolder(places, recipe), "deps", "lib.so"), "utf8"), "a library");
  assert.equal(await readChoice(places), undefined);
});

test("a finished engine that does not load here is said, and nothing of it is kept", async t => {
  const places = cloneIn(t);
  const step = finishedEngineStep(
    offerOf(recipe.key),
    doors(async () => {
      throw new EngineUnfit("GLIBC_2.38 not found.", "Build one.");
    }),
  );
  assert.match((await step.run(jobIn(places))) ?? "", /which builds its own: GLIBC_2\.38 not found/);
  assert.deepEqual(readdirSync(join(places.cache, "engine")), []);
  assert.equal(existsSync(await addonPath(places)), false);
});

test("an archive that breaks while the engine is unpacked leaves nothing", async t => {
  const places = cloneIn(t);
  const offer = { ...offerOf(recipe.key), extract: async () => assert.fail("the stick was pulled out") };
  await assert.rejects(
    finishedEngineStep(
      offer,
      doors(async () => {}),
    ).run(jobIn(places)),
    /pulled out/,
  );
  assert.deepEqual(readdirSync(join(places.cache, "engine")), []);
});

test("an engine of another recipe is not taken", async t => {
  const step = finishedEngineStep(
    offerOf("tensorflow-0-elsewhere"),
    doors(async () => {}),
  );
  assert.equal(await step.isDone(jobIn(cloneIn(t))), true);
});

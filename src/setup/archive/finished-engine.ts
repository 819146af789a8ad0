import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { command } from "../command.ts";
import { addonPath } from "../engine/addon.ts";
import { buildIntoCache, engineFolder, isCached } from "../engine/cache.ts";
import { installEngine } from "../engine/engine-step.ts";
import { thisMachine } from "../engine/machine.ts";
import { type Probe, probeEngine } from "../engine/probe.ts";
import type { BuildWork, EngineRecipe } from "../engine/recipe.ts";
import { wheelRoute } from "../engine/wheel-route.ts";
import type { Places } from "../places.ts";
import type { Step } from "../step.ts";
import { writeAtomically } from "../temporary.ts";
import type { FinishedEngine, Offer } from "./offer.ts";
import { settleAddon } from "./settle.ts";

/**
 * The engine as it was built where the archive was made: no compiler is needed. Where it does not load (a C library
 * that is older than the builder's) it is taken away again, and the step after this one builds from the wheel.
 */
export function finishedEngineStep(
  offer: Offer,
  recipeOf: (places: Places) => Promise<EngineRecipe | undefined> = wheelRecipe,
  probe: (places: Places) => Promise<Probe> = probeEngine,
): Step {
  return {
    name: "engine (finished)",
    isDone: async ({ places }) => {
      const recipe = await recipeOf(places);
      // Another recipe's engine would be another TensorFlow under this one's name.
      return recipe === undefined || recipe.key !== offer.engine?.key || (await isCached(places, recipe));
    },
    run: async job => {
      const { places, signal } = job;
      const recipe = await recipeOf(places);
      if (recipe === undefined || offer.engine === undefined) return;
      const engine = offer.engine;
      await buildIntoCache(places, { ...recipe, build: work => unpack(offer, engine, recipe, work) }, signal);
      await installEngine(job, recipe);
      const found = await probe(places);
      if (found.works) return;
      await rm(engineFolder(places, recipe), { recursive: true, force: true });
      await rm(await addonPath(places), { force: true });
      process.stderr.write(`it does not load here (${found.problem}), so it is built from TensorFlow's wheel … `);
    },
  };
}

async function wheelRecipe(places: Places): Promise<EngineRecipe | undefined> {
  return await wheelRoute.recipe(places, thisMachine());
}

async function unpack(
  offer: Offer,
  engine: FinishedEngine,
  recipe: EngineRecipe,
  { folder, scratch, destination, signal }: BuildWork,
): Promise<readonly string[]> {
  for (const [name, member] of Object.entries(engine.libraries)) {
    await offer.extract(member, join(folder, name), { unpack: true, signal });
  }
  const portable = join(scratch, recipe.addon);
  await offer.extract(engine.addon, portable, { signal });
  const addon = join(folder, recipe.addon);
  await writeAtomically(addon, settleAddon(await readFile(portable), destination), 0o755);
  // The change broke the seal that macOS asks of every program on Apple silicon.
  if (process.platform === "darwin") await command("codesign", ["--force", "--sign", "-", addon], { signal });
  return Object.keys(engine.libraries);
}

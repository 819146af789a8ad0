import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { insideOrThrow } from "../../../scripts/inside.mjs";
import { buildIntoCache, isCached } from "../engine/cache.ts";
import { forgetChoice } from "../engine/choice.ts";
import { installEngine } from "../engine/engine-step.ts";
import { thisMachine } from "../engine/machine.ts";
import type { BuildWork, EngineRecipe } from "../engine/recipe.ts";
import { EngineUnfit, requireLoads } from "../engine/trial.ts";
import { wheelRoute } from "../engine/wheel-route.ts";
import type { Places } from "../places.ts";
import type { Job, Step } from "../step.ts";
import type { FinishedEngine, Offer } from "./offer.ts";

/** What the step asks of the engine's room; a test puts its own here. */
export interface EngineDoors {
  recipe(places: Places): Promise<EngineRecipe | undefined>;
  requireLoads(places: Places, recipe: EngineRecipe, engine: string, scratch: string): Promise<void>;
}

const ours: EngineDoors = { recipe: places => wheelRoute.recipe(places, thisMachine()), requireLoads };

/**
 * The engine as it was built where the archive was made: no compiler is needed. Where it does not load (a C library
 * that is older than the builder's) nothing of it is kept, and the step after this one builds from the wheel.
 */
export function finishedEngineStep(offer: Offer, doors: EngineDoors = ours): Step {
  return {
    name: "engine (TensorFlow, finished)",
    isDone: async ({ places }) => {
      const recipe = await doors.recipe(places);
      // Another recipe's engine would be another TensorFlow under this one's name.
      return recipe === undefined || recipe.key !== offer.engine?.key || (await isCached(places, recipe));
    },
    run: async job => {
      const recipe = await doors.recipe(job.places);
      if (recipe === undefined || offer.engine === undefined) return undefined;
      return await takeFinished(job, offer, offer.engine, recipe, doors);
    },
  };
}

async function takeFinished(
  job: Job,
  offer: Offer,
  engine: FinishedEngine,
  recipe: EngineRecipe,
  doors: EngineDoors,
): Promise<string | undefined> {
  const build = async (work: BuildWork): Promise<readonly string[]> => {
    const libraries = await unpack(offer, engine, recipe, work);
    await doors.requireLoads(job.places, recipe, work.folder, work.scratch);
    return libraries;
  };
  try {
    await buildIntoCache(job, { ...recipe, build });
  } catch (error) {
    if (!(error instanceof EngineUnfit)) throw error;
    return `The archive's finished engine is not for this machine, which builds its own: ${error.message}`;
  }
  await installEngine(job, recipe);
  // An earlier choice of WebAssembly, for want of an engine, no longer holds.
  await forgetChoice(job.places);
  return undefined;
}

/** Returns the libraries, relative to the engine's folder. */
async function unpack(offer: Offer, engine: FinishedEngine, recipe: EngineRecipe, work: BuildWork): Promise<string[]> {
  const { folder, signal } = work;
  const { linked = "" } = recipe;
  await mkdir(join(folder, linked), { recursive: true });
  for (const [name, member] of Object.entries(engine.libraries)) {
    await offer.extract(member, insideOrThrow(join(folder, linked), name), { unpack: true, signal });
  }
  await offer.extract(engine.addon, join(folder, recipe.addon), { signal });
  return Object.keys(engine.libraries).map(name => join(linked, name));
}

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { insideOrThrow } from "../../../scripts/inside.mjs";
import { command } from "../command.ts";
import { buildIntoCache, isCached } from "../engine/cache.ts";
import { forgetChoice } from "../engine/choice.ts";
import { installEngine } from "../engine/engine-step.ts";
import { thisMachine } from "../engine/machine.ts";
import type { BuildWork, EngineRecipe } from "../engine/recipe.ts";
import { EngineUnfit, requireLoads } from "../engine/trial.ts";
import { wheelRoute } from "../engine/wheel-route.ts";
import type { Places } from "../places.ts";
import type { Job, Step } from "../step.ts";
import { writeAtomically } from "../temporary.ts";
import type { FinishedEngine, Offer } from "./offer.ts";
import { settleAddon } from "./settle.ts";

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
    const addon = await unpack(offer, engine, recipe, work);
    await settle(addon, work.folder, join(work.folder, recipe.addon), work.signal);
    await doors.requireLoads(job.places, recipe, work.folder, work.scratch);
    await settle(addon, work.destination, join(work.folder, recipe.addon), work.signal);
    return Object.keys(engine.libraries);
  };
  try {
    await buildIntoCache(job, { ...recipe, build });
  } catch (error) {
    if (!(error instanceof EngineUnfit)) throw error;
    return `The archive's finished engine is not for this machine, which builds its own: ${error.message}`;
  }
  await installEngine(job, recipe);
  // That this clone had to do with WebAssembly is over.
  await forgetChoice(job.places);
  return undefined;
}

/** The libraries into the engine's folder; returns the addon, which belongs to no folder yet. */
async function unpack(offer: Offer, engine: FinishedEngine, recipe: EngineRecipe, work: BuildWork): Promise<Buffer> {
  const { folder, scratch, signal } = work;
  for (const [name, member] of Object.entries(engine.libraries)) {
    await offer.extract(member, insideOrThrow(folder, name), { unpack: true, signal });
  }
  const portable = join(scratch, recipe.addon);
  await offer.extract(engine.addon, portable, { signal });
  return await readFile(portable);
}

async function settle(addon: Buffer, folder: string, path: string, signal: AbortSignal): Promise<void> {
  await writeAtomically(path, settleAddon(addon, folder), 0o755);
  // The change broke the seal that macOS asks of every program on Apple silicon.
  if (process.platform === "darwin") await command("codesign", ["--force", "--sign", "-", path], { signal });
}

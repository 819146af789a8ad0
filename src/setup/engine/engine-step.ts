import { join } from "node:path";
import { SetupFailure } from "../failure.ts";
import type { Places } from "../places.ts";
import type { Job, Step } from "../step.ts";
import { addonPath, installAddon, isSameAddon } from "./addon.ts";
import { buildIntoCache, engineFolder, isCached } from "./cache.ts";
import { type Machine, thisMachine } from "./machine.ts";
import { probeEngine } from "./probe.ts";
import type { EngineRecipe } from "./recipe.ts";
import { routes as allRoutes, type EngineRoute } from "./routes.ts";

/** Native TensorFlow: built once a user, then handed to each clone. */
export const engineStep: Step = {
  name: "engine (TensorFlow, about 40 s the first time)",
  isDone: async ({ places }) => await isEngineInstalled(places, await engineRecipe(places)),
  run: async job => {
    await installEngine(job, await engineRecipe(job.places));
    await requireWorkingEngine(job.places);
  },
};

/** The recipe of the first route that this machine can take. */
export async function engineRecipe(
  places: Places,
  machine: Machine = thisMachine(),
  routes: readonly EngineRoute[] = allRoutes,
): Promise<EngineRecipe> {
  const obstacles: string[] = [];
  for (const route of routes) {
    const obstacle = route.obstacle(machine);
    const recipe = obstacle === undefined ? await route.recipe(places, machine) : undefined;
    if (recipe !== undefined) return recipe;
    obstacles.push(`${route.name}: ${obstacle ?? "no recipe"}`);
  }
  throw new SetupFailure(
    `There is no TensorFlow engine for this machine (${obstacles.join("; ")}).`,
    "Use Linux on x64 or arm64, macOS on Apple silicon, or Windows through WSL.",
  );
}

export async function isEngineInstalled(places: Places, recipe: EngineRecipe): Promise<boolean> {
  if (!(await isCached(places, recipe))) return false;
  return await isSameAddon(join(engineFolder(places, recipe), recipe.addon), await addonPath(places));
}

export async function installEngine(job: Job, recipe: EngineRecipe): Promise<void> {
  if (!(await isCached(job.places, recipe))) await buildIntoCache(job.places, recipe, job.signal);
  await installAddon(join(engineFolder(job.places, recipe), recipe.addon), await addonPath(job.places));
}

async function requireWorkingEngine(places: Places): Promise<void> {
  const probe = await probeEngine(places);
  if (probe.works) return;
  throw new SetupFailure(
    `TensorFlow was built and does not load: ${probe.problem}`,
    `Delete ${join(places.cache, "engine")} and run the command again.`,
  );
}

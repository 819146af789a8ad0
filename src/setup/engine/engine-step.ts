import { lastLines } from "../command.ts";
import { SetupFailure } from "../failure.ts";
import type { Places } from "../places.ts";
import type { Job, Step } from "../step.ts";
import { hasAddonOf, installAddonOf, removeAddon } from "./addon.ts";
import { buildIntoCache, engineFolder, isCached } from "./cache.ts";
import {
  type Choice,
  forgetChoice,
  mainRefusal,
  type Refusal,
  readChoice,
  recordWasm,
  wasmSentence,
} from "./choice.ts";
import { type Machine, thisMachine } from "./machine.ts";
import { probeEngine } from "./probe.ts";
import type { EngineRecipe } from "./recipe.ts";
import { routes as allRoutes, type EngineRoute } from "./routes.ts";
import { EngineUnfit } from "./trial.ts";

export interface EngineStepOptions {
  readonly machine?: Machine;
  readonly routes?: readonly EngineRoute[];
  /** `$LATENT_ENGINE`, as the library reads it: `native` or `wasm` takes nothing else. */
  readonly wanted?: string | undefined;
}

/** TensorFlow: native, built once a user and then handed to each clone, or where that cannot be had WebAssembly. */
export const engineStep: Step = makeEngineStep({ wanted: process.env.LATENT_ENGINE });

/** The same without the second choice: what cannot be had is a failure. */
export const nativeEngineStep: Step = makeEngineStep({ wanted: "native" });

export function makeEngineStep(options: EngineStepOptions): Step {
  const { machine = thisMachine(), routes = allRoutes, wanted } = options;
  return {
    name: "engine (TensorFlow)",
    isDone: async job => {
      if (wanted === "wasm") return true;
      if (await installedEngine(job.places, machine, routes)) return true;
      const choice = wanted === "native" ? undefined : await readChoice(job.places);
      return choice !== undefined && (await stillHolds(choice, job, machine, routes));
    },
    run: async job => {
      const refusals = await takeFirst(job, machine, routes);
      if (refusals === undefined) {
        await forgetChoice(job.places);
        return undefined;
      }
      await removeAddon(job.places);
      if (wanted === "native") throw failureOf(refusals);
      await recordWasm(job.places, refusals);
      return wasmSentence(refusals);
    },
  };
}

/** The recipe of the engine that this clone has, if it has a native one. */
export async function installedEngine(
  places: Places,
  machine: Machine = thisMachine(),
  routes: readonly EngineRoute[] = allRoutes,
): Promise<EngineRecipe | undefined> {
  for (const route of routes) {
    const recipe = await route.recipe(places, machine);
    if (recipe && (await isEngineInstalled(places, recipe))) return recipe;
  }
  return undefined;
}

export async function isEngineInstalled(places: Places, recipe: EngineRecipe): Promise<boolean> {
  return (await isCached(places, recipe)) && (await hasAddonOf(places, recipe, engineFolder(places, recipe)));
}

export async function installEngine(job: Job, recipe: EngineRecipe): Promise<void> {
  const { places } = job;
  if (!(await isCached(places, recipe))) {
    if (job.offline) throw new SetupFailure("The engine is not there, and nothing is to be fetched.", OFFLINE_REMEDY);
    await buildIntoCache(job, recipe);
  }
  await installAddonOf(places, recipe, engineFolder(places, recipe));
}

const OFFLINE_REMEDY = "Run the command once without --offline where there is a network.";

/** Takes the first route that can be taken; returns why none could. */
async function takeFirst(
  job: Job,
  machine: Machine,
  routes: readonly EngineRoute[],
): Promise<readonly Refusal[] | undefined> {
  const refusals: Refusal[] = [];
  for (const route of routes) {
    const refusal = await take(job, machine, route);
    if (refusal === undefined) return undefined;
    refusals.push(refusal);
  }
  return refusals;
}

async function take(job: Job, machine: Machine, route: EngineRoute): Promise<Refusal | undefined> {
  const recipe = await route.recipe(job.places, machine);
  // What another clone built needs no compiler any more.
  const cached = recipe !== undefined && (await isCached(job.places, recipe));
  const obstacle = cached ? undefined : await route.obstacle(machine);
  if (obstacle) return { route: route.name, kind: "obstacle", ...obstacle };
  if (recipe === undefined) throw new Error(`the route "${route.name}" has neither a recipe nor an obstacle`);
  try {
    await installEngine(job, recipe);
    await requireWorkingEngine(job.places, recipe);
    return undefined;
  } catch (error) {
    if (!(error instanceof SetupFailure)) throw error;
    const unfit = error instanceof EngineUnfit;
    const detail = error.cause instanceof Error ? { detail: lastLines(error.cause.message, 8) } : {};
    const reason = { route: route.name, problem: error.message, remedy: error.remedy, ...detail };
    return unfit ? { ...reason, kind: "unfit", key: recipe.key } : { ...reason, kind: "failure" };
  }
}

async function requireWorkingEngine(places: Places, recipe: EngineRecipe): Promise<void> {
  const probe = await probeEngine(places);
  if (probe.works) return;
  throw new EngineUnfit(
    `TensorFlow ${recipe.tensorflow} does not load: ${probe.problem}.`,
    `Delete ${engineFolder(places, recipe)} and run the command again.`,
  );
}

/** Whether what kept set-up from the native engine keeps it still; what only failed is worth another try. */
async function stillHolds(
  choice: Choice,
  job: Job,
  machine: Machine,
  routes: readonly EngineRoute[],
): Promise<boolean> {
  for (const route of routes) {
    const refusal = choice.refusals.find(each => each.route === route.name);
    if (refusal === undefined) return false;
    if (refusal.kind === "failure" && !job.offline) return false;
    if (refusal.kind === "obstacle" && !(await route.obstacle(machine))) return false;
    if (refusal.kind === "unfit" && refusal.key !== (await route.recipe(job.places, machine))?.key) return false;
  }
  return true;
}

function failureOf(refusals: readonly Refusal[]): SetupFailure {
  const { problem, remedy, detail } = mainRefusal(refusals);
  return new SetupFailure(problem, remedy, detail === undefined ? {} : { cause: detail });
}

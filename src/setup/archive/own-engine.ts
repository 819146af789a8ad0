import { basename, join } from "node:path";
import { engineFolder } from "../engine/cache.ts";
import { thisMachine } from "../engine/machine.ts";
import { wheelRoute } from "../engine/wheel-route.ts";
import { wheelFor } from "../engine/wheels.ts";
import type { Places } from "../places.ts";

export interface OwnEngine {
  readonly key: string;
  readonly addon: string;
  /** The libraries, by their file names. */
  readonly libraries: Readonly<Record<string, string>>;
}

/** The files of the engine that this machine built; they work wherever they are put in the same order. */
export async function ownEngine(places: Places): Promise<OwnEngine> {
  const machine = thisMachine();
  const wheel = wheelFor(machine);
  const recipe = await wheelRoute.recipe(places, machine);
  if (wheel === undefined || recipe === undefined) throw new Error("There is no TensorFlow wheel for this machine.");
  const folder = engineFolder(places, recipe);
  const inEngine = (library: string) => join(recipe.linked ?? "", basename(library));
  const libraries = Object.fromEntries(wheel.libraries.map(each => [basename(each), join(folder, inEngine(each))]));
  return { key: recipe.key, addon: join(folder, recipe.addon), libraries };
}

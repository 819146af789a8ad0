import type { Places } from "../places.ts";
import type { Machine } from "./machine.ts";
import type { EngineRecipe } from "./recipe.ts";
import { wheelRoute } from "./wheel-route.ts";

/** One way to a TensorFlow. */
export interface EngineRoute {
  readonly name: string;
  /** Why this machine cannot take the route; undefined where it can. */
  obstacle(machine: Machine): string | undefined;
  recipe(places: Places, machine: Machine): Promise<EngineRecipe | undefined>;
}

/** In order of preference: the first that a machine can take is taken. */
export const routes: readonly EngineRoute[] = [wheelRoute];

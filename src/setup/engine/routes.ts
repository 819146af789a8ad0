import type { Places } from "../places.ts";
import type { Machine } from "./machine.ts";
import { prebuiltRoute } from "./prebuilt-route.ts";
import type { EngineRecipe } from "./recipe.ts";
import { wheelRoute } from "./wheel-route.ts";

/** One way to a native TensorFlow. */
export interface EngineRoute {
  readonly name: string;
  /** Undefined where nothing of this route fits the machine. */
  recipe(places: Places, machine: Machine): Promise<EngineRecipe | undefined>;
  /** Why it cannot be made here, as far as that is seen before anything is fetched. */
  obstacle(machine: Machine): Promise<Obstacle | undefined>;
}

/** The rest of a sentence that says why, and a sentence that says what to do, where something can be done. */
export interface Obstacle {
  readonly problem: string;
  readonly remedy?: string;
}

/** In order of preference: the first that can be had is taken. */
export const routes: readonly EngineRoute[] = [wheelRoute, prebuiltRoute];

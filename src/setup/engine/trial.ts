import { cp, symlink, writeFile } from "node:fs/promises";
import { basename, dirname, join, sep } from "node:path";
import { SetupFailure } from "../failure.ts";
import { type Places, packageFolder, placesOf } from "../places.ts";
import { installAddonOf } from "./addon.ts";
import { probeEngine } from "./probe.ts";
import type { EngineRecipe } from "./recipe.ts";

const PACKAGE = join("@tensorflow", "tfjs-node");
/** What tfjs-node does not need in order to be loaded, or must not find. */
const LEFT_OUT = ["lib", "deps", "src", "binding", "scripts", "python"];

/** An engine that does not load here; another download of it would not load either. */
export class EngineUnfit extends SetupFailure {}

/**
 * Loads an engine that is not installed yet, in a copy of tfjs-node below `scratch`.
 *
 * @throws EngineUnfit when it does not compute
 */
export async function requireLoads(
  places: Places,
  recipe: EngineRecipe,
  engine: string,
  scratch: string,
): Promise<void> {
  const original = packageFolder(places, "@tensorflow/tfjs-node");
  const clone = join(scratch, "trial", "clone");
  await cp(original, join(clone, "node_modules", PACKAGE), {
    recursive: true,
    filter: source => dirname(source) !== original || !LEFT_OUT.includes(basename(source)),
  });
  await writeFile(join(clone, "package.json"), "{}");
  // Whatever the copy does not find beside itself, Node looks for in the folders above.
  await symlink(original.slice(0, -(sep + PACKAGE).length), join(scratch, "trial", "node_modules"));
  const trial = placesOf(clone);
  await installAddonOf(trial, recipe, engine);
  const probe = await probeEngine(trial);
  if (probe.works) return;
  throw new EngineUnfit(
    `TensorFlow ${recipe.tensorflow} (route "${recipe.route}") does not load: ${probe.problem}.`,
    "Install Python 3 and a C++ compiler, so that a newer TensorFlow can be built, and run the command again.",
  );
}

import { copyFileSync, mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { fileURLToPath } from "node:url";
import { emptyFolder, isRequired } from "../../testkit/index.ts";
import { thisMachine } from "../engine/machine.ts";
import { requireLoads } from "../engine/trial.ts";
import { wheelRoute } from "../engine/wheel-route.ts";
import { installedEngine } from "../index.ts";
import { placesOf } from "../places.ts";
import { ownEngine } from "./own-engine.ts";

const places = placesOf(fileURLToPath(new URL("../../../", import.meta.url)));
const engine = await installedEngine(places);
const skip = engine?.route === "wheel" || isRequired("engine") ? false : "there is no engine that was built here";

test("the engine that was built here loads and computes from another folder", { skip }, async t => {
  const { addon, libraries } = await ownEngine(places);
  const folder = emptyFolder(t);
  mkdirSync(join(folder, "deps"));
  copyFileSync(addon, join(folder, "tfjs_binding.node"));
  for (const [name, path] of Object.entries(libraries)) symlinkSync(path, join(folder, "deps", name));
  const recipe = await wheelRoute.recipe(places, thisMachine());
  if (recipe === undefined) throw new Error("There is no recipe.");
  await requireLoads(places, recipe, folder, emptyFolder(t));
});

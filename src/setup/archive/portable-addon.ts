import { basename, join } from "node:path";
import { command } from "../command.ts";
import { engineFolder } from "../engine/cache.ts";
import { compileAddon, requireCompiler } from "../engine/compile.ts";
import { thisMachine } from "../engine/machine.ts";
import { wheelRoute } from "../engine/wheel-route.ts";
import { wheelFor } from "../engine/wheels.ts";
import { type Places, packageFolder } from "../places.ts";
import type { Job } from "../step.ts";
import { inTemporaryFolder } from "../temporary.ts";
import { RUNTIME_FOLDER } from "./settle.ts";

export interface PortableEngine {
  readonly key: string;
  /** The cached engine's libraries, by their file names. */
  readonly libraries: Readonly<Record<string, string>>;
}

/** Compiles the addon once more, for libraries in a folder that is settled where it is unpacked. */
export async function makePortableEngine(
  { places, signal }: Job,
  wheelFile: string,
  output: string,
): Promise<PortableEngine> {
  const machine = thisMachine();
  const wheel = wheelFor(machine);
  const recipe = await wheelRoute.recipe(places, machine);
  if (wheel === undefined || recipe === undefined) throw new Error("There is no TensorFlow wheel for this machine.");
  const folder = engineFolder(places, recipe);
  const libraries = Object.fromEntries(wheel.libraries.map(name => [basename(name), join(folder, basename(name))]));
  const compiler = await requireCompiler();
  await inTemporaryFolder(join(places.root, ".latent", "portable"), async headers => {
    await unpackHeaders(places, wheelFile, headers, signal);
    const work = {
      ...{ machine, compiler, headers, output, libraries: Object.values(libraries), runtimeFolder: RUNTIME_FOLDER },
      sources: join(packageFolder(places, "@tensorflow/tfjs-node"), "binding"),
      nodeHeaders: join(packageFolder(places, "node-api-headers"), "include"),
    };
    await compileAddon(work, signal);
  });
  return { key: recipe.key, libraries };
}

async function unpackHeaders(places: Places, wheel: string, folder: string, signal: AbortSignal): Promise<void> {
  await command("python3", [join(places.root, "scripts", "unpack_wheel.py"), wheel, folder], { signal });
}

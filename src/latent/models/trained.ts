import { existsSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { CheckpointError } from "../compile/safetensors.ts";
import { loadWeights, type Weighted } from "../compile/weights.ts";

/** The same path from `src/latent/models` as from `dist/latent/models`: a notebook may lie anywhere. */
const WEIGHTS = new URL("../../../notebooks/weights/", import.meta.url);
const ENDING = ".safetensors";

/**
 * Puts the weights of a finished training into a model and returns the model. They come with the course, for what cannot be
 * trained in a lesson's minute: `notebooks/weights/NN-name.safetensors`, with the log of the training beside it;
 * `npm run weights -- NN-name` trains them again.
 *
 *     const deep = models.trained("07-deep-30", models.deepAutoencoder({ sizes: [784, 1000, 500, 250, 30], seed: 7 }));
 *
 * @param name of the file without its ending
 * @param model of the kind and the sizes that were trained
 * @throws CheckpointError when there are no weights of that name, they are of another model, or the file is damaged; the
 *   model has changed in nothing then
 */
export function trained<Model extends Weighted>(name: string, model: Model, folder: URL = WEIGHTS): Model {
  const names = storedIn(folder);
  if (!names.includes(name))
    throw new CheckpointError(
      `There are no stored weights of the name ${JSON.stringify(name)}: notebooks/weights has ${names.join(", ") || "none"}. \`npm run weights -- <name>\` in the folder of Latent trains those that scripts/weights has a script for.`,
    );
  const path = fileURLToPath(new URL(`${name}${ENDING}`, folder));
  try {
    loadWeights(path, model);
  } catch (cause) {
    if (!(cause instanceof CheckpointError)) throw cause;
    throw new CheckpointError(
      `The stored weights ${name} do not go into this model, which is as it was: ${cause.message} scripts/weights/${name}.mjs has the model that they are of.`,
      { cause },
    );
  }
  return model;
}

function storedIn(folder: URL): string[] {
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).filter(file => file.endsWith(ENDING));
  return files.map(file => file.slice(0, -ENDING.length)).sort();
}

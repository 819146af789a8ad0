import { expectKeys } from "../options/keys.ts";
import type { Widget } from "../widgets/widget.ts";
import { type Explorable, type ExplorerOptions, type ExplorerState, explorer, KEYS } from "./explorer.ts";

/**
 * An explorer of a model whose codes lie on the sphere in three dimensions, {@link svae} with 2 latent dimensions: it can be
 * turned, and otherwise does what {@link plane} does. Codes have the length 1.
 *
 * @throws TypeError when the model has no three codes, or other layers than fully connected ones
 */
export function sphere(model: Explorable, options: ExplorerOptions): Widget<ExplorerState> {
  expectKeys(options, "explore.sphere", KEYS);
  const words = "Explorer of the sphere of codes";
  return explorer(model, options, { name: "sphere", dimensions: 3, words });
}

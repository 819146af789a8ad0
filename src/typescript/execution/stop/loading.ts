import { performance } from "../../intrinsics.ts";
import { isLocal } from "../modules/local_graph.ts";

/** Node's module loader. */
const LOADER = "node:internal/modules/";
/** A package that is not loaded by then may never be. */
const LONGEST_LOAD_MS = 3000;

/**
 * Whether a package, or a part of the kernel, is being loaded, by the scripts on the stack, the innermost first. Node keeps
 * what it has begun to load, and a stop there would leave half of it, for good: `import "danfojs-node"` failed from then on
 * with no reason, and `require` gave the half. Files of the author's may be ended anywhere: each import reads them anew.
 *
 * @param isOurs whether a script is the kernel's or node's
 */
export function isLoading(origins: readonly string[], isOurs: (origin: string) => boolean): boolean {
  // Of the last frame that is neither node's nor the kernel's: it may be below code of the author's that it has called.
  let isPackage: boolean | undefined;
  for (const origin of origins) {
    if (origin.startsWith(LOADER) && isPackage !== false) return true;
    if (!isOurs(origin)) isPackage = isOfPackage(origin);
  }
  return false;
}

function isOfPackage(origin: string): boolean {
  return origin.includes("/node_modules/") || (origin.startsWith("file:") && !isLocal(origin));
}

/** How long the stop of a cell waits for what is loading. */
export class Patience {
  #cell: string | undefined;
  #end = 0;

  lasts(cell: string): boolean {
    const now = performance.now();
    if (this.#cell !== cell) this.#end = now + LONGEST_LOAD_MS;
    this.#cell = cell;
    return now < this.#end;
  }
}

import { inspect } from "node:util";
import { hostKernel, tslabWriter } from "./host.ts";
import { displaySymbol, type ReadableBundle, show } from "./show.ts";

/**
 * Lets all objects of a class show themselves when they are the last expression of a cell.
 *
 * @param prototype the class's prototype, whose `bundle()` says what is shown
 */
export function showsItself(prototype: { bundle(): ReadableBundle }): void {
  Object.defineProperty(prototype, displaySymbol, {
    value(this: typeof prototype): ReadableBundle {
      return this.bundle();
    },
  });
  Object.defineProperty(prototype, inspect.custom, {
    value(this: typeof prototype): string {
      return printed(this.bundle());
    },
  });
}

/** Stock tslab knows no display symbol and prints its last expression: there, being printed is being shown. */
function printed(bundle: ReadableBundle): string {
  if (hostKernel() || !tslabWriter()) return bundle["text/plain"];
  show(bundle);
  return "";
}

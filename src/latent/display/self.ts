import { inspect } from "node:util";
import { hostKernel, tslabWriter } from "./host.ts";
import { type ReadableBundle, show } from "./show.ts";

/** An object with a method of this name is shown by it as the last expression of a cell; Deno and nodejs-polars agree. */
const displaySymbol = Symbol.for("Jupyter.display");

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

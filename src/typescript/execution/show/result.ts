import type { MimeBundle } from "../../../interpreter/index.ts";
import { clearTimeout, Error, Promise, Symbol, setTimeout } from "../../intrinsics.ts";
import { undisturbed } from "../undisturbed.ts";
import { cleanBundle } from "./bundle.ts";
import { knownBundle } from "./known.ts";
import { peek } from "./peek.ts";
import { cut, reasonOf, toText } from "./text.ts";

const DISPLAY = Symbol.for("Jupyter.display");

/** A display method that is asynchronous may never settle, and the cell waits for it. */
const PATIENCE_MS = 10_000;

/** Where a value is shown. `tell` may throw where the bundle is no JSON; it is called again with text then. */
export interface Shown {
  tell: (bundle: MimeBundle) => void;
  /** Why the value is only shown as text. */
  note: (why: string) => void;
}

/**
 * Shows a value: the bundle of its `Symbol.for("Jupyter.display")` method where it has one (Deno's and nodejs-polars'
 * convention), and always a `text/plain`. A value that cannot be shown so is shown as text: being shown fails no cell.
 * Returns a promise where the method does.
 */
export function show(value: unknown, shown: Shown, patience: number = PATIENCE_MS): void | Promise<void> {
  return undisturbed(() => {
    try {
      const bundle = richBundle(value);
      if (!isThenable(bundle)) return tell(value, bundle, shown);
      return inTime(bundle, patience).then(
        settled => tell(value, settled, shown),
        error => tellText(value, error, shown),
      );
    } catch (error) {
      tellText(value, error, shown);
    }
  });
}

/** The line that tells a reader why there is no picture. */
export function shownAsText(why: string): string {
  return `The value is shown as text: ${cut(why, 1000)}.\n`;
}

function tell(value: unknown, bundle: unknown, shown: Shown): void {
  try {
    shown.tell(undisturbed(() => withText(bundle, value)));
  } catch (error) {
    tellText(value, error, shown);
  }
}

function tellText(value: unknown, error: unknown, shown: Shown): void {
  shown.note(undisturbed(() => reasonOf(error)));
  shown.tell({ "text/plain": undisturbed(() => toText(value)) });
}

/** What the value itself, or what is known of its kind, says that it shows; undefined where it is to be shown as text. */
function richBundle(value: unknown): unknown {
  const method = displayMethod(value);
  return method === undefined ? knownBundle(value) : method.call(value);
}

function displayMethod(value: unknown): ((this: unknown) => unknown) | undefined {
  if (value === null || (typeof value !== "object" && typeof value !== "function")) return undefined;
  const method = peek(value, DISPLAY);
  return typeof method === "function" ? (method as (this: unknown) => unknown) : undefined;
}

function withText(bundle: unknown, value: unknown): MimeBundle {
  if (bundle === null || typeof bundle !== "object") return { "text/plain": toText(value) };
  const clean = cleanBundle(bundle);
  return "text/plain" in clean ? clean : { ...clean, "text/plain": toText(value) };
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return value !== null && typeof value === "object" && typeof (value as { then?: unknown }).then === "function";
}

function inTime(promise: PromiseLike<unknown>, patience: number): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const late = new Error(`its display method did not settle within ${patience / 1000} s`);
    const timer = setTimeout(() => reject(late), patience);
    const settled = (settle: (value: unknown) => void) => (value: unknown) => {
      clearTimeout(timer);
      settle(value);
    };
    // Not `resolve(promise)`: that would hand the decision to it alone.
    promise.then(settled(resolve), settled(reject));
  });
}

import { inspect } from "node:util";
import type { MimeBundle } from "../../../interpreter/index.ts";
import { Error, Promise, Symbol } from "../../intrinsics.ts";
import { knownBundle } from "./known.ts";

const DISPLAY = Symbol.for("Jupyter.display");

/**
 * What a value shows: the bundle of its `Symbol.for("Jupyter.display")` method where it has one (Deno's and
 * nodejs-polars' convention), and always a `text/plain`.
 */
export function toBundle(value: unknown): MimeBundle | Promise<MimeBundle> {
  const method = displayMethod(value);
  if (method === undefined) return knownBundle(value) ?? { "text/plain": toText(value) };
  const bundle = method.call(value);
  if (bundle instanceof Promise) return bundle.then(settled => withText(settled, value));
  return withText(bundle, value);
}

/** Calls `shown` with the bundle of `value`, or `failed` with what its display method threw. */
export function show(value: unknown, shown: (bundle: MimeBundle) => void, failed: (error: unknown) => void): void {
  let bundle: MimeBundle | Promise<MimeBundle>;
  try {
    bundle = toBundle(value);
  } catch (error) {
    failed(error);
    return;
  }
  if (bundle instanceof Promise) bundle.then(shown, failed);
  else shown(bundle);
}

export function toText(value: unknown): string {
  try {
    return inspect(value, { depth: 4, maxStringLength: 20_000, breakLength: 100 });
  } catch (error) {
    // A getter or an inspect method of the author's that throws.
    return `[${typeof value} that cannot be shown: ${error instanceof Error ? error.message : "it throws"}]`;
  }
}

function displayMethod(value: unknown): ((this: unknown) => unknown) | undefined {
  if (value === null || (typeof value !== "object" && typeof value !== "function")) return undefined;
  const method = (value as Record<symbol, unknown>)[DISPLAY];
  return typeof method === "function" ? (method as (this: unknown) => unknown) : undefined;
}

function withText(bundle: unknown, value: unknown): MimeBundle {
  if (bundle === null || typeof bundle !== "object") return { "text/plain": toText(value) };
  return "text/plain" in bundle ? { ...bundle } : { ...bundle, "text/plain": toText(value) };
}

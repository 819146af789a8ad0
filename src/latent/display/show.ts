import { inspect } from "node:util";
import { frameBundle } from "./frames.ts";
import { hostKernel, type MimeBundle, tslabWriter } from "./host.ts";

/** A MIME bundle with the words that a reader without the right renderer sees. */
export type ReadableBundle = MimeBundle & { "text/plain": string };

/** An object with a method of this name is shown by it as the last expression of a cell; Deno and nodejs-polars agree. */
export const displaySymbol: unique symbol = Symbol.for("Jupyter.display") as never;

/**
 * Shows anything at once: a figure, a table, a tensor, a data frame, a MIME bundle, any other value as it is printed.
 * Through Latent's kernel, else through stock tslab, else its words go to the console.
 */
export function show(value: unknown): void {
  const bundle = bundleOf(value);
  const kernel = hostKernel();
  const tslab = tslabWriter();
  if (kernel) kernel.display(bundle);
  else if (tslab) tslab({ data: bundle, metadata: {}, transient: {} }, false);
  else console.log(bundle["text/plain"] ?? inspect(bundle));
}

/** What is shown of a value. */
export function bundleOf(value: unknown): MimeBundle {
  if (typeof value === "string") return { "text/plain": value };
  if (typeof value !== "object" || value === null) return { "text/plain": inspect(value) };
  const own = value as { bundle?: unknown; [displaySymbol]?: unknown };
  if (typeof own.bundle === "function") return own.bundle() as MimeBundle;
  if (typeof own[displaySymbol] === "function") return own[displaySymbol]() as MimeBundle;
  if (isBundle(value)) return value;
  const frame = frameBundle(value);
  if (frame !== undefined) return frame;
  return { "text/plain": hasText(value) ? String(value) : inspect(value) };
}

/** Keys that are MIME types, all of them. */
function isBundle(value: object): value is MimeBundle {
  const keys = Object.keys(value);
  return keys.length > 0 && keys.every(key => /^[a-z]+\/[\w.+-]+$/.test(key));
}

/** Tensors and data frames: their own text is readable, their fields are not. */
function hasText(value: object): boolean {
  const { dataSync, columns, values } = value as Record<string, unknown>;
  return typeof dataSync === "function" || (Array.isArray(columns) && Array.isArray(values));
}

import { createRequire } from "node:module";

/** What a notebook shows: one value in several MIME types, of which the front end takes the richest it knows. */
export type MimeBundle = Record<string, unknown>;

/** The object that Latent's kernel puts at `globalThis[Symbol.for("latent.kernel")]`. */
export interface HostKernel {
  display(bundle: MimeBundle, metadata?: Record<string, unknown>, options?: { display_id?: string }): void;
  /** Changes what was shown under `display_id`. Absent in kernels of an older state. */
  update?(bundle: MimeBundle, metadata: Record<string, unknown> | undefined, options: { display_id: string }): void;
  /** Calls `call` after each cell. Absent in kernels of an older state. */
  betweenCells?(call: () => void): void;
  /** Aborted when the running cell is interrupted. */
  readonly signal: AbortSignal | undefined;
}

/** Latent's kernel, or undefined anywhere else (stock tslab, plain Node). */
export function hostKernel(): HostKernel | undefined {
  return (globalThis as Record<symbol, unknown>)[Symbol.for("latent.kernel")] as HostKernel | undefined;
}

type WriteDisplayData = (content: { data: MimeBundle; metadata: object; transient: object }, update: boolean) => void;

/**
 * The function with which stock tslab sends display data, or undefined where its kernel is not running. It is looked for
 * among the loaded modules because tslab may be installed elsewhere than Latent, and a second copy would stay silent.
 */
export function tslabWriter(): WriteDisplayData | undefined {
  const { cache } = createRequire(import.meta.url);
  const path = Object.keys(cache).find(name => /[\\/]tslab[\\/]dist[\\/]jupyter\.js$/.test(name));
  const loaded = path === undefined ? undefined : cache[path]?.exports;
  return loaded?.lastWriteDisplayData ?? undefined;
}

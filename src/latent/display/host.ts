import { createRequire } from "node:module";

/** What a notebook shows: one value in several MIME types, of which the front end takes the richest it knows. */
export type MimeBundle = Record<string, unknown>;

/** One end of a named line to the front end. */
export interface Comm {
  readonly id: string;
  send(data: unknown, options?: CommOptions): void;
  close(data?: unknown): void;
  onMessage: ((event: CommEvent) => unknown) | undefined;
  onClose: ((event: CommEvent) => unknown) | undefined;
}

export interface CommOptions {
  metadata?: Record<string, unknown>;
  buffers?: readonly (ArrayBufferView | ArrayBufferLike)[];
}

/** What arrives on a comm. */
export interface CommEvent {
  data: unknown;
  metadata: Record<string, unknown>;
  buffers: readonly Uint8Array[];
}

/** How a library opens lines to the front end, and takes those that the front end opens. */
export interface Comms {
  open(target: string, data?: unknown, options?: CommOptions & { id?: string }): Comm;
  registerTarget(target: string, callback: (comm: Comm, event: CommEvent) => unknown): void;
}

/** The object that Latent's kernel puts at `globalThis[Symbol.for("latent.kernel")]`. */
export interface HostKernel {
  display(bundle: MimeBundle, metadata?: Record<string, unknown>, options?: { display_id?: string }): void;
  /** Changes what was shown under `display_id`. Absent in kernels of an older state. */
  update?(bundle: MimeBundle, metadata: Record<string, unknown> | undefined, options: { display_id: string }): void;
  /** Empties the output; with `wait`, when the next one comes. Absent in kernels of an older state. */
  clear?(options?: { wait?: boolean }): void;
  /** The message below which output of the running code appears. Absent in kernels of an older state. */
  readonly parent?: string;
  /** Goes up with each stop: what was under way before may never come back. Absent in kernels of an older state. */
  readonly stops?: number;
  /** Calls `call` after each cell. Absent in kernels of an older state. */
  betweenCells?(call: () => void): void;
  /** Aborted when the running cell is interrupted. */
  readonly signal: AbortSignal | undefined;
  /** What is shown of a data frame; a library that knows more than the kernel says it here. */
  frameBundle?: (frame: object) => MimeBundle;
  /** Lines to the front end, on which widgets live. Absent in kernels of an older state. */
  readonly comms?: Comms;
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

import type { Body } from "./body.ts";

export interface DownloadOptions {
  /** A mirror that sends nothing for so long is given up. */
  stallMs: number;
  /** Who notices it; a test puts its own here. */
  watch?: ((ms: number) => StallWatch) | undefined;
  /** No mirror may send more bytes than this. */
  most: number;
  /** Aborted when the user stops the cell. */
  signal?: AbortSignal | undefined;
  /** Called after each piece, with the bytes so far and those expected in all, if the mirror says. */
  onProgress?: ((done: number, total: number | undefined) => void) | undefined;
}

/** Aborts its signal when `alive` has not been called for a while. */
export interface StallWatch {
  signal: AbortSignal;
  alive(): void;
  end(): void;
}

/** Why one address gave no whole file; `resumable` when it began well and asking it again may bring the rest. */
export class DownloadFailed extends Error {
  override readonly name = "DownloadFailed";
  readonly resumable: boolean;

  constructor(message: string, resumable: boolean, options?: ErrorOptions) {
    super(message, options);
    this.resumable = resumable;
  }
}

/**
 * Adds to `body` what it still lacks of the file at `address`: by an HTTP range where the mirror grants one, else from
 * the beginning.
 *
 * @throws DownloadFailed on an HTTP error, a stall, a lost connection, or a length other than the promised one
 * @throws the signal's reason when the user stopped
 */
export async function download(address: string, body: Body, options: DownloadOptions): Promise<void> {
  const before = body.length;
  const stall = (options.watch ?? stallWatch)(options.stallMs);
  const signal = options.signal ? AbortSignal.any([options.signal, stall.signal]) : stall.signal;
  try {
    const total = await receive(address, body, signal, { ...options, alive: () => stall.alive() });
    if (total !== undefined && body.length !== total) throw new Error(`ended after ${body.length} of ${total} bytes`);
  } catch (cause) {
    options.signal?.throwIfAborted();
    if (cause instanceof DownloadFailed) throw cause;
    const message = stall.signal.aborted ? `sent nothing for ${options.stallMs / 1000} s` : reasonOf(cause as Error);
    throw new DownloadFailed(message, body.length > before, { cause });
  } finally {
    stall.end();
  }
}

async function receive(
  address: string,
  body: Body,
  signal: AbortSignal,
  { most, onProgress, alive }: DownloadOptions & { alive: () => void },
): Promise<number | undefined> {
  // identity: a mirror that packs the .gz once more would make every length and range a riddle
  const headers: Record<string, string> = { "accept-encoding": "identity" };
  if (body.length > 0) headers.range = `bytes=${body.length}-`;
  const response = await fetch(address, { headers, signal });
  const total = begin(response, body);
  for await (const chunk of response.body ?? []) {
    alive();
    body.add(chunk);
    if (body.length > most) {
      body.clear();
      throw new DownloadFailed(`sent more than ${most} bytes`, false);
    }
    onProgress?.(body.length, total);
  }
  return total;
}

/** Puts `body` where the answer begins and gives the whole file's length, if the mirror says it. */
function begin(response: Response, body: Body): number | undefined {
  const length = numberOf(response.headers.get("content-length"));
  if (response.status === 200) {
    body.clear();
    return length;
  }
  const range = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(response.headers.get("content-range") ?? "");
  if (response.status === 206 && Number(range?.[1]) === body.length) {
    return numberOf(range?.[2]) ?? (length === undefined ? undefined : body.length + length);
  }
  const resumed = body.length > 0;
  if (response.status === 206 || response.status === 416) body.clear(); // another range than asked for, or none left
  throw new DownloadFailed(`HTTP ${response.status} ${response.statusText}`.trimEnd(), resumed && body.length === 0);
}

function numberOf(text: string | null | undefined): number | undefined {
  return text && /^\d+$/.test(text) ? Number(text) : undefined;
}

function stallWatch(ms: number): StallWatch {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), ms);
  return { signal: controller.signal, alive: () => void timer.refresh(), end: () => clearTimeout(timer) };
}

/** `fetch` says "fetch failed" or "terminated"; what happened stands in its cause. */
function reasonOf(error: Error): string {
  const cause = error.cause as (Error & { code?: string }) | undefined;
  if (!cause) return error.message;
  return `no connection or a lost one (${cause.code ?? cause.message})`;
}

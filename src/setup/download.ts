import { createWriteStream } from "node:fs";
import { stat } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { withRetries } from "./command.ts";

export interface DownloadOptions {
  readonly signal: AbortSignal;
  readonly advance: (done: number, total: number | undefined) => void;
  /** A server that sends nothing for so long is given up; 15 s. */
  readonly stallMs?: number;
  /** Before the second try, and twice as long before the third; 2 s. */
  readonly pauseMs?: number;
}

/** No second try would end otherwise: the server answered, and has no such file, or cannot be found at all. */
class Unavailable extends Error {}

/**
 * Downloads a file of any size; what a broken connection lost is asked for once more, from where it broke off.
 *
 * @throws Error in one line: what the server did
 */
export async function download(address: string, path: string, options: DownloadOptions): Promise<void> {
  const attempt = async (): Promise<Unavailable | undefined> => {
    try {
      await receive(address, path, options);
      return undefined;
    } catch (error) {
      options.signal.throwIfAborted();
      if (error instanceof Unavailable) return error;
      throw error;
    }
  };
  const unavailable = await withRetries(3, attempt, options.signal, options.pauseMs);
  if (unavailable) throw unavailable;
}

async function receive(address: string, path: string, options: DownloadOptions): Promise<void> {
  const { stallMs = 15_000 } = options;
  const stall = new AbortController();
  const timer = setTimeout(() => stall.abort(new Error(`${address} sent nothing for ${stallMs / 1000} s`)), stallMs);
  const signal = AbortSignal.any([options.signal, stall.signal]);
  try {
    const had = await sizeOf(path);
    const response = await ask(address, had, signal);
    const resumed = response.status === 206;
    const rest = Number(response.headers.get("content-length"));
    const total = rest > 0 ? rest + (resumed ? had : 0) : undefined;
    let done = resumed ? had : 0;
    const counted = async function* (chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
      for await (const chunk of chunks) {
        timer.refresh();
        done += chunk.length;
        options.advance(done, total);
        yield chunk;
      }
    };
    const body = Readable.from(response.body ?? []);
    await pipeline(body, counted, createWriteStream(path, { flags: resumed ? "a" : "w" }), { signal });
    if (total !== undefined && done !== total) throw new Error(`${address} ended after ${done} of ${total} bytes`);
  } catch (error) {
    if (stall.signal.aborted) throw stall.signal.reason;
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

async function ask(address: string, had: number, signal: AbortSignal): Promise<Response> {
  const headers: Record<string, string> = had > 0 ? { range: `bytes=${had}-` } : {};
  const response = await fetch(address, { headers, signal }).catch((error: Error) => {
    signal.throwIfAborted();
    const { code, message } = (error.cause ?? error) as { code?: string; message: string };
    throw new Unavailable(`${new URL(address).host} cannot be reached (${code ?? message})`);
  });
  if (response.ok) return response;
  throw new Unavailable(`${address} answers HTTP ${response.status}`);
}

async function sizeOf(path: string): Promise<number> {
  return await stat(path).then(
    found => found.size,
    (error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return 0;
      throw error;
    },
  );
}

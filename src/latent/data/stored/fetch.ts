import { hostKernel } from "../../display/host.ts";
import { Body } from "./body.ts";
import { contentOf } from "./checksum.ts";
import { DownloadFailed, download, type StallWatch } from "./download.ts";
import type { Environment } from "./folders.ts";
import type { DataFile, DataSet, Packing } from "./packing.ts";
import { showProgress } from "./progress.ts";

export interface FetchOptions {
  env?: Environment;
  /** A mirror that sends nothing for so long is given up; 10 s. */
  stallMs?: number;
  /** Who notices that; a test puts its own here. */
  watch?: (ms: number) => StallWatch;
}

/** A file that a mirror gave, or why none did: one sentence an attempt. */
export type Fetched = { packing: Packing; packed: Buffer; content: Buffer } | { failures: string[] };

/** A mirror that began well and broke off is asked this often for the rest before the next one is. */
const ATTEMPTS = 3;
const STALL_MS = 10_000;
/** Of a packing whose length is not known: the largest that is has 78 MB. */
const MOST_BYTES = 100_000_000;

/**
 * Asks the mirrors of a file one after the other, each for what is still missing, until one has given what its checksum
 * promises. `$LATENT_MIRROR`, an address of a folder laid out like `$LATENT_DATA`, comes first: a class on one Wi-Fi.
 *
 * @throws the interrupt's reason, if the running cell was interrupted
 */
export async function fetchFile(set: DataSet, file: DataFile, options: FetchOptions = {}): Promise<Fetched> {
  const env = options.env ?? process.env;
  const failures: string[] = [];
  if (env.LATENT_OFFLINE === "1") return { failures };
  const progress = showProgress(set.title);
  let succeeded = false;
  try {
    for (const packing of file.packings) {
      const { stallMs = STALL_MS, watch } = options;
      const attempt = { file, packing, failures, stallMs, watch, onProgress: progress.advance };
      const found = await fromMirrors(attempt, [...ownMirror(env, set, packing), ...packing.addresses]);
      succeeded = found !== undefined;
      if (found) return found;
    }
    return { failures };
  } finally {
    progress.end(succeeded);
  }
}

function ownMirror(env: Environment, set: DataSet, packing: Packing): string[] {
  return env.LATENT_MIRROR ? [`${env.LATENT_MIRROR.replace(/\/$/, "")}/${set.folder}/${packing.name}`] : [];
}

interface Attempt {
  file: DataFile;
  packing: Packing;
  failures: string[];
  stallMs: number;
  watch: FetchOptions["watch"];
  onProgress: (done: number, total: number | undefined) => void;
}

async function fromMirrors(attempt: Attempt, addresses: readonly string[]): Promise<Fetched | undefined> {
  const body = new Body();
  for (const address of addresses) {
    for (let times = 0; times < ATTEMPTS; times++) {
      const outcome = await fromMirror(attempt, address, body);
      if (typeof outcome === "object") return outcome;
      if (outcome === "next") break;
    }
  }
  return undefined;
}

async function fromMirror(attempt: Attempt, address: string, body: Body): Promise<Fetched | "again" | "next"> {
  const { packing, file, failures, stallMs, watch, onProgress } = attempt;
  const resumed = body.length > 0;
  try {
    const most = packing.bytes ?? MOST_BYTES;
    const total = (said: number | undefined) => said ?? packing.bytes;
    await download(address, body, {
      stallMs,
      watch,
      most,
      signal: hostKernel()?.signal,
      onProgress: (done, said) => onProgress(done, total(said)),
    });
    const packed = body.bytes();
    return { packing, packed, content: contentOf(packed, packing, file) };
  } catch (error) {
    if (error instanceof DownloadFailed) {
      failures.push(`${address}: ${error.message}`);
      return error.resumable ? "again" : "next";
    }
    if ((error as Error).name !== "DataError") throw error;
    failures.push(`${address}: ${(error as Error).message}`);
    body.clear();
    return resumed ? "again" : "next"; // the earlier part may be another mirror's and the bad one
  }
}

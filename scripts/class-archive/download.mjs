// Downloads an archive into the clone: with its progress, and from where an earlier try ended.
import { createWriteStream, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { mkdir, rename } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { root } from "../root.mjs";
import { readList } from "./archive.mjs";
import { fitsHere } from "./course.mjs";
import { ArchiveFailure } from "./failure.mjs";

const TRIES = 5;
const PAUSE_MS = 2000;
const STALL_MS = 30_000;
// The list of an archive lies within its first bytes: a wrong one is refused before the rest comes.
const FIRST_BYTES = 2 << 20;

export function isAddress(text) {
  return /^https?:\/\//.test(text);
}

/** Where the archive of an address lies once it is here. */
export function targetOf(address, folder = join(root, ".latent", "archives")) {
  const name = basename(new URL(address).pathname);
  if (name.endsWith(".tar")) return join(folder, name);
  throw new ArchiveFailure(`${address} is not the address of an archive: it would end in .tar.`);
}

/** Downloads an archive; what an earlier call began goes on, and one that does not fit is refused at its beginning. */
export async function download(address, target, options = {}) {
  const settings = { pauseMs: PAUSE_MS, stallMs: STALL_MS, fits: fitsHere(basename(target)), advance() {}, ...options };
  const job = { address, target, part: `${target}.part`, ...settings };
  await mkdir(dirname(target), { recursive: true });
  await fetchAll(job);
  await rename(job.part, target);
  rmSync(tagOf(job), { force: true });
}

async function fetchAll(job) {
  for (let attempt = 1; ; attempt++) {
    const before = sizeOf(job.part);
    try {
      return await fetchRest(job);
    } catch (error) {
      if (error instanceof ArchiveFailure) throw error;
      // A connection that brought something is worth another try, however many there were.
      if (sizeOf(job.part) > before) attempt = 0;
      if (attempt >= TRIES) {
        throw new ArchiveFailure(
          `${job.address} could not be downloaded (${reasonOf(error)}): check the address and the Wi-Fi and run the command again, which goes on where it ended.`,
        );
      }
      await new Promise(wake => setTimeout(wake, job.pauseMs));
    }
  }
}

async function fetchRest(job) {
  const stalled = new AbortController();
  const stall = setTimeout(() => stalled.abort(new Error(`nothing came for ${job.stallMs / 1000} s`)), job.stallMs);
  try {
    const { response, start, total } = await ask(job, stalled.signal);
    const passing = chunks => watched(job, chunks, { start, total, alive: () => stall.refresh() });
    await pipeline(response.body, passing, createWriteStream(job.part, { flags: start > 0 ? "a" : "w" }));
    if (total !== undefined && sizeOf(job.part) !== total) throw new Error("the connection was lost");
  } finally {
    clearTimeout(stall);
  }
}

/** Asks for what is missing; a server that knows no ranges, or has another file by now, begins again. */
async function ask(job, signal) {
  const have = sizeOf(job.part);
  const tag = have > 0 ? readTag(job) : undefined;
  const headers = { "accept-encoding": "identity" };
  if (tag !== undefined) Object.assign(headers, { range: `bytes=${have}-`, "if-range": tag });
  const response = await fetch(job.address, { headers, signal });
  const length = Number(response.headers.get("content-length")) || undefined;
  if (response.status === 206) return { response, start: have, total: length && have + length };
  // 416: the file ended with what is here already, or it is another one.
  if (response.status === 416) {
    rmSync(job.part, { force: true });
    throw new Error("the server has another file by now");
  }
  if (response.status !== 200)
    throw new ArchiveFailure(`${job.address} answers ${response.status}: check the address.`);
  const newTag = response.headers.get("etag") ?? response.headers.get("last-modified");
  if (newTag === null) rmSync(tagOf(job), { force: true });
  else writeFileSync(tagOf(job), newTag);
  return { response, start: 0, total: length };
}

async function* watched(job, chunks, { start, total, alive }) {
  const state = { done: start, first: start === 0 ? [] : undefined };
  for await (const chunk of chunks) {
    alive();
    state.done += chunk.length;
    const of = total === undefined ? "" : ` of ${Math.round(total / 1e6)}`;
    job.advance(`${Math.round(state.done / 1e6)}${of} MB`, total && state.done / total);
    state.first?.push(chunk);
    if (state.first !== undefined && state.done >= FIRST_BYTES) {
      await refuseEarly(job, Buffer.concat(state.first));
      state.first = undefined;
    }
    yield chunk;
  }
}

async function refuseEarly(job, bytes) {
  const read = (target, at, length, position) => ({
    bytesRead: bytes.copy(target, at, position, position + length),
  });
  try {
    job.fits((await readList({ read }, job.target)).manifest);
  } catch (error) {
    rmSync(job.part, { force: true });
    throw error;
  }
}

function tagOf(job) {
  return `${job.part}.tag`;
}

function readTag(job) {
  try {
    return readFileSync(tagOf(job), "utf8");
  } catch (error) {
    if (error.code === "ENOENT") return undefined;
    throw error;
  }
}

function sizeOf(path) {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

function reasonOf(error) {
  return error.cause?.code ?? error.cause?.message ?? error.message;
}

// A class archive: a tar whose first member lists all others with their sizes and checksums. The list's own checksum
// stands in its name.
import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, open, rename, rm } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { ArchiveFailure } from "./failure.mjs";
import { BLOCK, headerOf, paddingOf, readHeader } from "./tar.mjs";

export const FORMAT = 1;

const LIST = /^manifest-([0-9a-f]{64})\.json$/;
// A list of 500 members has 100 kB; what claims more is no list of ours.
const LONGEST_LIST = 16e6;

/** Writes an archive of the manifest and the files `{ name, path, bytes, sha256 }`: beside its place, then renamed. */
export async function writeArchive(path, manifest, files) {
  const members = files.map(({ name, bytes, sha256 }) => ({ name, bytes, sha256 }));
  const list = Buffer.from(`${JSON.stringify({ format: FORMAT, ...manifest, members }, undefined, 1)}\n`);
  const part = `${path}.${process.pid}.part`;
  await mkdir(dirname(path), { recursive: true });
  try {
    await pipeline(blocksOf(list, files), createWriteStream(part));
    await rename(part, path);
  } finally {
    await rm(part, { force: true });
  }
}

async function* blocksOf(list, files) {
  yield headerOf(`manifest-${sha256(list)}.json`, list.length);
  yield list;
  yield Buffer.alloc(paddingOf(list.length));
  for (const { name, path, bytes } of files) {
    yield headerOf(name, bytes);
    yield* createReadStream(path, { highWaterMark: 1 << 20 });
    yield Buffer.alloc(paddingOf(bytes));
  }
  yield Buffer.alloc(2 * BLOCK);
}

/**
 * The archive at `path`, once its list is proved and fits: `{ path, manifest, members }`.
 *
 * @param fits takes the manifest and throws what is wrong with it for this clone and this machine
 */
export async function openArchive(path, fits = () => {}) {
  const file = await openFile(path);
  try {
    const size = await sizeOf(file, path);
    const { manifest, end } = await readList(file, path);
    if (manifest.format !== FORMAT) {
      throw new ArchiveFailure(`${path} was made for another version of this program: ask for a new one.`);
    }
    fits(manifest);
    return { path, manifest, members: await placesOf(file, path, size, manifest, end) };
  } finally {
    await file.close();
  }
}

async function openFile(path) {
  try {
    return await open(path);
  } catch (error) {
    if (error.code === "ENOENT") throw new ArchiveFailure(`There is no archive ${path}: check its name and folder.`);
    throw new ArchiveFailure(`${path} cannot be read (${error.message}): copy it again.`);
  }
}

async function sizeOf(file, path) {
  const found = await file.stat();
  if (found.isFile()) return found.size;
  throw new ArchiveFailure(`${path} is a folder or a device: name the archive in it.`);
}

/** The manifest of an open file, and where it ends. */
export async function readList(file, path) {
  const header = readHeader(await bytesAt(file, 0, BLOCK, path));
  const proof = LIST.exec(header?.name ?? "");
  if (proof === null || header.bytes > LONGEST_LIST) {
    throw new ArchiveFailure(`${path} is no class archive: take the file that "npm run bundle" made.`);
  }
  const list = await bytesAt(file, BLOCK, header.bytes, path);
  if (sha256(list) !== proof[1]) throw damaged(path, header.name);
  return { manifest: JSON.parse(list.toString()), end: BLOCK + header.bytes + paddingOf(header.bytes) };
}

/** Where each member lies. The list has been proved, so what differs from it is damaged or missing. */
async function placesOf(file, path, size, manifest, end) {
  const members = new Map();
  let at = end;
  const whole = manifest.members.reduce((sum, { bytes }) => sum + BLOCK + bytes + paddingOf(bytes), end + 2 * BLOCK);
  if (size < whole) throw cutShort(path, size, whole);
  for (const { name, bytes, sha256 } of manifest.members) {
    const header = readHeader(await bytesAt(file, at, BLOCK, path));
    if (header?.name !== name || header.bytes !== bytes) throw damaged(path, name);
    members.set(name, { name, bytes, sha256, start: at + BLOCK });
    at += BLOCK + bytes + paddingOf(bytes);
  }
  return members;
}

/** Reads every member once and compares its checksum; nothing of an archive may be used before. */
export async function verify(archive, advance = () => {}) {
  const all = [...archive.members.values()].reduce((sum, { bytes }) => sum + bytes, 0);
  let done = 0;
  for (const member of archive.members.values()) {
    const hash = createHash("sha256");
    for await (const chunk of streamOf(archive, member.name)) hash.update(chunk);
    if (hash.digest("hex") !== member.sha256) throw damaged(archive.path, member.name);
    done += member.bytes;
    advance(`${Math.round(done / 1e6)} of ${Math.round(all / 1e6)} MB`, done / all);
  }
}

/** The bytes of one member. */
export function streamOf(archive, name) {
  const { start, bytes } = archive.members.get(name);
  // A range has a last byte, and an empty file has none.
  if (bytes === 0) return Readable.from([]);
  return createReadStream(archive.path, { start, end: start + bytes - 1, highWaterMark: 1 << 20 });
}

/** Copies a member to a file, beside its place and then by one rename; one that ends in `.gz` can be unpacked. */
export async function extract(archive, name, target, { unpack = false, signal } = {}) {
  const part = `${target}.${process.pid}.part`;
  await mkdir(dirname(target), { recursive: true });
  try {
    await pipeline([streamOf(archive, name), ...(unpack ? [createGunzip()] : []), createWriteStream(part)], { signal });
    await rename(part, target);
  } finally {
    await rm(part, { force: true });
  }
}

async function bytesAt(file, position, length, path) {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await file.read(buffer, 0, length, position);
  if (bytesRead < length) throw cutShort(path, position + bytesRead);
  return buffer;
}

function cutShort(path, size, whole) {
  const of = whole === undefined ? "" : ` of ${whole}`;
  return new ArchiveFailure(`${basename(path)} is cut short after ${size}${of} bytes: copy or download it again.`);
}

function damaged(path, name) {
  return new ArchiveFailure(`${basename(path)} is damaged at ${name}: copy or download it again.`);
}

function sha256(bytes) {
  return createHash("sha256").update(bytes).digest("hex");
}

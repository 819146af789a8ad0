// A class archive: a tar whose first member lists all others with their sizes and checksums. The list's own checksum
// stands in its name.
import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, open, rename, rm } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { insideOrThrow } from "../inside.mjs";
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
    const { manifest, end, list } = await readList(file, path);
    if (manifest.format !== FORMAT) {
      throw new ArchiveFailure(`${path} was made for another version of this program: ask for a new one.`);
    }
    fits(manifest);
    requireMembers(manifest, path);
    return { path, size, list, manifest, members: await placesOf(file, path, size, manifest, end) };
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
  return {
    manifest: parse(list, path),
    end: BLOCK + header.bytes + paddingOf(header.bytes),
    list: { name: header.name, bytes: list.length, sha256: proof[1], start: BLOCK },
  };
}

/** A checksum proves that nothing was damaged, and not that whoever made the archive meant well. */
function parse(list, path) {
  try {
    const manifest = JSON.parse(list.toString());
    if (manifest !== null && typeof manifest === "object") return manifest;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw noList(path);
}

function requireMembers({ members }, path) {
  const isMember = ({ name, bytes, sha256 }) =>
    typeof name === "string" && Number.isSafeInteger(bytes) && bytes >= 0 && /^[0-9a-f]{64}$/.test(sha256);
  if (!Array.isArray(members) || !members.every(each => each instanceof Object && isMember(each))) throw noList(path);
  // All lie in one folder that nobody leaves.
  for (const { name } of members) insideOrThrow(dirname(path), name);
}

function noList(path) {
  return new ArchiveFailure(`${path} has a list that nobody can read: ask for a new archive.`);
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

/**
 * Reads the archive once from its first byte to its last; nothing of it may be used before.
 *
 * @param pinned the digits with which the checksum of the whole file has to begin, where they are known
 */
export async function verify(archive, advance = () => {}, pinned = "") {
  const parts = [archive.list, ...archive.members.values()].map(part => ({ ...part, hash: createHash("sha256") }));
  const whole = createHash("sha256");
  let at = 0;
  for await (const chunk of createReadStream(archive.path, { highWaterMark: 1 << 20 })) {
    whole.update(chunk);
    for (const { start, bytes, hash } of overlapping(parts, at, at + chunk.length))
      hash.update(chunk.subarray(Math.max(0, start - at), Math.max(0, start + bytes - at)));
    at += chunk.length;
    advance(`${Math.round(at / 1e6)} of ${Math.round(archive.size / 1e6)} MB`, at / archive.size);
  }
  const broken = parts.find(({ hash, sha256 }) => hash.digest("hex") !== sha256);
  if (broken !== undefined) throw damaged(archive.path, broken.name);
  const found = whole.digest("hex");
  if (!found.startsWith(pinned)) {
    throw new ArchiveFailure(
      `${basename(archive.path)} is not the lecturer's archive, its checksum begins with ${found.slice(0, 16)}: compare the address and the digits with the board.`,
    );
  }
}

/** The parts that lie at least partly from byte `from` to byte `to`. */
function overlapping(parts, from, to) {
  return parts.filter(({ start, bytes }) => start < to && start + bytes > from);
}

/** The bytes of one member. */
export function streamOf(archive, name) {
  const { start, bytes } = memberOf(archive, name);
  // A range has a last byte, and an empty file has none.
  if (bytes === 0) return Readable.from([]);
  return createReadStream(archive.path, { start, end: start + bytes - 1, highWaterMark: 1 << 20 });
}

function memberOf(archive, name) {
  const member = archive.members.get(name);
  if (member !== undefined) return member;
  throw new ArchiveFailure(`${basename(archive.path)} does not hold ${name}, which its list names: ask for a new one.`);
}

/**
 * Copies a member to a file, beside its place and then by one rename; one that ends in `.gz` can be unpacked. What is
 * copied is proved again: a stick may have changed since the archive was read.
 */
export async function extract(archive, name, target, { unpack = false, signal } = {}) {
  const part = `${target}.${process.pid}.part`;
  const { sha256 } = memberOf(archive, name);
  const hash = createHash("sha256");
  const hashed = async function* (chunks) {
    for await (const chunk of chunks) {
      hash.update(chunk);
      yield chunk;
    }
    if (hash.digest("hex") !== sha256) throw damaged(archive.path, name);
  };
  await mkdir(dirname(target), { recursive: true });
  try {
    const steps = [streamOf(archive, name), hashed, ...(unpack ? [createGunzip()] : []), createWriteStream(part)];
    await pipeline(steps, { signal });
    await rename(part, target);
  } finally {
    await rm(part, { force: true });
  }
}

/** The checksum of a whole file, as `sha256sum` prints it. */
export async function checksumOf(path) {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(chunk);
  return hash.digest("hex");
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

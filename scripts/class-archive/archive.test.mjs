import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { gzipSync } from "node:zlib";
import { checksumOf, extract, openArchive, verify, writeArchive } from "./archive.mjs";
import { fitsHere } from "./course.mjs";
import { ArchiveFailure } from "./failure.mjs";
import { archiveOf, COURSE, emptyFolder, PLATFORM } from "./fixtures.mjs";
import { BLOCK, headerOf, paddingOf, readHeader } from "./tar.mjs";

const LONG = `python/project-1.0/${"x".repeat(90)}.whl`;
const contents = { "NOTICE.md": "whose it is", "npm/a-1.0.0.tgz": "a".repeat(2000), [LONG]: "wheel", empty: "" };

async function readAll(path) {
  const archive = await openArchive(path, fitsHere("the archive", COURSE, PLATFORM));
  await verify(archive);
  return archive;
}

/** One sentence that says what to do, and no stack. */
function isSentence(pattern) {
  return error => {
    assert.ok(error instanceof ArchiveFailure, String(error.stack));
    assert.match(error.message, pattern);
    assert.match(error.message, /^[^\n]+: [^\n]+\.$/);
    return true;
  };
}

test("an archive gives back what was put into it, and nothing is left beside it", async t => {
  const folder = emptyFolder(t);
  const archive = await readAll(await archiveOf(folder, contents));
  for (const [name, content] of Object.entries(contents)) {
    await extract(archive, name, join(folder, "out", "file"));
    assert.equal(readFileSync(join(folder, "out", "file"), "utf8"), content);
  }
  assert.deepEqual(readdirSync(join(folder, "out")), ["file"]);
  assert.deepEqual(readdirSync(folder).sort(), ["latent-class-linux-x64-0.0.1.tar", "out", "parts"]);
});

test("any tar reads an archive", async t => {
  const path = await archiveOf(emptyFolder(t), contents);
  const names = execFileSync("tar", ["-tf", path], { encoding: "utf8" }).trim().split("\n");
  assert.deepEqual(names.slice(1), Object.keys(contents));
  assert.match(names[0], /^manifest-[0-9a-f]{64}\.json$/);
});

test("an archive that was cut short anywhere is refused before any of it is used", async t => {
  const path = await archiveOf(emptyFolder(t), contents);
  const whole = readFileSync(path);
  for (const length of [0, 100, 512, 600, 1500, Math.floor(whole.length / 2), whole.length - 1]) {
    writeFileSync(path, whole);
    truncateSync(path, length);
    await assert.rejects(openArchive(path), isSentence(/is cut short after \d+.*: copy or download it again\.$/));
  }
});

test("a byte that changed anywhere in the list, a header or a content is found", async t => {
  const path = await archiveOf(emptyFolder(t), contents);
  const whole = readFileSync(path);
  const places = [
    ["is no class archive", 3],
    ["is damaged at manifest-", 700],
    ["is damaged at NOTICE.md", whole.indexOf("whose")],
    ["is damaged at npm/a-1.0.0.tgz", whole.indexOf("aaaaaa") + 1990],
    ["is damaged at npm/a-1.0.0.tgz", whole.lastIndexOf("npm/a-1.0.0.tgz")],
  ];
  for (const [sentence, at] of places) {
    const changed = Buffer.from(whole);
    changed[at] ^= 1;
    writeFileSync(path, changed);
    await assert.rejects(readAll(path), isSentence(new RegExp(sentence)));
  }
});

test("what is no archive, or not there, is called that", async t => {
  const folder = emptyFolder(t);
  writeFileSync(join(folder, "page.tar"), "<html>".repeat(1000));
  await assert.rejects(openArchive(join(folder, "page.tar")), isSentence(/is no class archive/));
  await assert.rejects(openArchive(join(folder, "absent.tar")), isSentence(/^There is no archive .*absent\.tar/));
  await assert.rejects(openArchive(folder), isSentence(/is a folder or a device: name the archive in it/));
});

test("an archive for another machine or another state of the course is refused with which one to take", async t => {
  const folder = emptyFolder(t);
  const path = await archiveOf(folder, contents, { platform: "darwin-arm64" });
  await assert.rejects(readAll(path), isSentence(/is for darwin-arm64 and this machine is linux-x64: take the one/));
  const older = await archiveOf(folder, contents, { course: "an older state" });
  await assert.rejects(readAll(older), isSentence(/another state of the course \(commit abc1234\): update this clone/));
});

test("a copy out of an archive that is interrupted or does not unpack leaves nothing", async t => {
  const folder = emptyFolder(t);
  const packed = gzipSync("library".repeat(50_000));
  const archive = await readAll(await archiveOf(folder, { "lib.gz": packed, "bad.gz": packed.subarray(0, 200) }));
  const target = join(folder, "out", "lib");
  await assert.rejects(extract(archive, "lib.gz", target, { unpack: true, signal: AbortSignal.abort() }), /aborted/);
  await assert.rejects(extract(archive, "bad.gz", target, { unpack: true }), /unexpected end of file/);
  assert.deepEqual(readdirSync(join(folder, "out")), []);
  await extract(archive, "lib.gz", target, { unpack: true });
  assert.equal(readFileSync(target, "utf8"), "library".repeat(50_000));
});

test("an archive that cannot be finished is not there, not even a part of it", async t => {
  const folder = emptyFolder(t);
  const files = [{ name: "gone", path: join(folder, "gone"), bytes: 5, sha256: "" }];
  await assert.rejects(writeArchive(join(folder, "a.tar"), {}, files), /ENOENT/);
  assert.equal(existsSync(join(folder, "a.tar")), false);
  assert.deepEqual(readdirSync(folder), []);
});

/** A header with one field changed, and a sum that is right again. */
function forged(name, bytes, at, field) {
  const block = headerOf(name, bytes);
  block.fill(0, at, at + field.length).write(field, at, "latin1");
  block.fill(" ", 148, 156);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  return block;
}

test("a size that is no number, and what is no plain file, is no header of ours", () => {
  assert.deepEqual(readHeader(forged("a", 5, 124, "00000000007\0")), { name: "a", bytes: 7 });
  for (const size of [
    "-0000000001\0",
    "zzzzzzzzzzz\0",
    "\0\0\0\0\0\0\0\0\0\0\0\0",
    "0000009\0\0\0\0\0",
    "\x80\0\0\0\0\0\0\0\xff\xff\xff\xff",
  ])
    assert.equal(readHeader(forged("a", 5, 124, size)), undefined, JSON.stringify(size));
  // A link, a symbolic link, a device, a folder, a long name.
  for (const type of ["1", "2", "3", "5", "L"]) assert.equal(readHeader(forged("a", 5, 156, type)), undefined, type);
});

test("an archive with a forged size is refused in a sentence, wherever the size stands", async t => {
  const path = join(emptyFolder(t), "forged.tar");
  for (const size of ["-0000000001\0", "77777777777\0"]) {
    writeFileSync(path, Buffer.concat([forged(`manifest-${"0".repeat(64)}.json`, 5, 124, size), Buffer.alloc(5000)]));
    await assert.rejects(openArchive(path), isSentence(/is no class archive/));
  }
});

/** An archive whose list is proved by its own checksum, and says what it should not. */
function withList(t, manifest) {
  const list = Buffer.from(JSON.stringify(manifest));
  const name = `manifest-${createHash("sha256").update(list).digest("hex")}.json`;
  const path = join(emptyFolder(t), "hostile.tar");
  const padding = Buffer.alloc(paddingOf(list.length) + 4 * BLOCK);
  writeFileSync(path, Buffer.concat([headerOf(name, list.length), list, padding]));
  return path;
}

const HOSTILE = { name: "a", bytes: 1, sha256: "0".repeat(64) };
const LISTS = {
  "no object": null,
  "no members": { format: 1 },
  "members that are no list": { format: 1, members: "a" },
  "a member that is nothing": { format: 1, members: [null] },
  "a size below nothing": { format: 1, members: [{ ...HOSTILE, bytes: -1 }] },
  "a size that is text": { format: 1, members: [{ ...HOSTILE, bytes: "1" }] },
  "a size without end": { format: 1, members: [{ ...HOSTILE, bytes: 1e300 }] },
  "no checksum": { format: 1, members: [{ ...HOSTILE, sha256: "" }] },
};
for (const [what, manifest] of Object.entries(LISTS)) {
  test(`a list with ${what} is refused in a sentence`, async t => {
    await assert.rejects(openArchive(withList(t, manifest)), isSentence(/has a list that nobody can read: ask for/));
  });
}

test("a member whose name leads out of its folder is refused before any is used", async t => {
  for (const name of ["../evil", "/etc/evil", "a/../../evil", "a\\..\\evil", "C:\\evil", "a\0b"]) {
    const path = withList(t, { format: 1, members: [{ ...HOSTILE, name }] });
    await assert.rejects(openArchive(path), /does not lie inside .*: take an archive from the lecturer again\.$/);
  }
});

test("what a stick changed after the archive was read is not used", async t => {
  const folder = emptyFolder(t);
  const path = await archiveOf(folder, contents);
  const archive = await readAll(path);
  const bytes = readFileSync(path);
  bytes[bytes.indexOf("whose")] ^= 1;
  writeFileSync(path, bytes);
  const target = join(folder, "out", "file");
  await assert.rejects(extract(archive, "NOTICE.md", target), isSentence(/is damaged at NOTICE\.md/));
  assert.deepEqual(readdirSync(join(folder, "out")), []);
});

test("a member that the list names and the archive does not hold is missed in a sentence", async t => {
  const folder = emptyFolder(t);
  const archive = await readAll(await archiveOf(folder, contents));
  await assert.rejects(extract(archive, "engine/lib", join(folder, "x")), isSentence(/does not hold engine\/lib/));
});

test("the checksum is the one that sha256sum prints, and any archive but that one is refused", async t => {
  const path = await archiveOf(emptyFolder(t), contents);
  const sum = await checksumOf(path);
  assert.equal(sum, createHash("sha256").update(readFileSync(path)).digest("hex"));
  const archive = await openArchive(path);
  await verify(archive, () => {}, sum);
  await verify(archive, () => {}, sum.slice(0, 16));
  const other = `${sum[0] === "0" ? "1" : "0"}${sum.slice(1)}`;
  for (const pinned of [other, other.slice(0, 16)])
    await assert.rejects(
      verify(archive, () => {}, pinned),
      isSentence(/is not the lecturer's archive/),
    );
});

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { gzipSync } from "node:zlib";
import { extract, openArchive, verify, writeArchive } from "./archive.mjs";
import { fitsHere } from "./course.mjs";
import { ArchiveFailure } from "./failure.mjs";
import { archiveOf, COURSE, emptyFolder, PLATFORM } from "./fixtures.mjs";

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

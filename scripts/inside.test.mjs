import assert from "node:assert/strict";
import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { emptyFolder } from "./class-archive/fixtures.mjs";
import { insideOrThrow } from "./inside.mjs";

test("a path inside is given back, whether its folders are there or not", t => {
  const folder = emptyFolder(t);
  mkdirSync(join(folder, "a"));
  for (const name of ["file", "a/b", "a/b/c.gz", "..file", "a..b/c", "ä/ß"])
    assert.equal(insideOrThrow(folder, name), join(folder, ...name.split("/")));
  assert.equal(insideOrThrow(join(folder, "not", "there"), "x"), join(folder, "not", "there", "x"));
});

const OUTSIDE = [
  "..",
  "../x",
  "a/../../x",
  "a/..",
  "/etc/passwd",
  "//server/share",
  "",
  ".",
  "a//b",
  "a/",
  "..\\x",
  "a\\..\\..\\x",
  "C:\\x",
  "C:x",
  "a/C:/x",
  "a\0b",
  "a/file:stream",
  undefined,
  7,
];
for (const name of OUTSIDE) {
  test(`${JSON.stringify(name)} is refused in one sentence`, t => {
    assert.throws(() => insideOrThrow(emptyFolder(t), name), /^[^\n]*does not lie inside [^\n]*: take an archive/);
  });
}

test("a link that leads out is refused, and one that stays inside is not", t => {
  const folder = emptyFolder(t);
  const elsewhere = emptyFolder(t);
  mkdirSync(join(folder, "a"));
  symlinkSync(elsewhere, join(folder, "out"));
  symlinkSync(join(folder, "a"), join(folder, "in"));
  assert.throws(() => insideOrThrow(folder, "out/x"), /does not lie inside/);
  assert.throws(() => insideOrThrow(folder, "out/deep/x"), /does not lie inside/);
  assert.equal(insideOrThrow(folder, "in/x"), join(folder, "in", "x"));
});

test("the folder itself may be a link: where the cache lies is its owner's choice", t => {
  const link = join(emptyFolder(t), "cache");
  symlinkSync(emptyFolder(t), link);
  assert.equal(insideOrThrow(link, "data/x"), join(link, "data", "x"));
});

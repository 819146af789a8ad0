import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { copyFileSync, truncateSync } from "node:fs";
import { dirname, join } from "node:path";
import test from "node:test";
import { root } from "../root.mjs";
import { checksumOf } from "./archive.mjs";
import { courseHash, ownPlatform } from "./course.mjs";
import { archiveOf, emptyFolder } from "./fixtures.mjs";
import { offerOf, pinOf, takeArchive, takeFrom } from "./from.mjs";

test("the archive is taken out of the arguments wherever it stands", () => {
  const cases = [
    [[], undefined, []],
    [["run", "a.ipynb"], undefined, ["run", "a.ipynb"]],
    [["--from", "x.tar"], "x.tar", []],
    [["--from", "x.tar", "run", "a.ipynb"], "x.tar", ["run", "a.ipynb"]],
    [
      ["run", "a.ipynb", "--from=http://10.0.0.2/x.tar", "--offline"],
      "http://10.0.0.2/x.tar",
      ["run", "a.ipynb", "--offline"],
    ],
  ];
  for (const [args, from, rest] of cases) assert.deepEqual(takeFrom(args), { from, rest });
  const collect = ["homework", "collect", "01-pca", "--from", "inbox", "--from=more.zip"];
  assert.deepEqual(takeFrom(collect), { from: undefined, rest: collect });
  assert.deepEqual(takeFrom(["--from", "x.tar", ...collect]), { from: "x.tar", rest: collect });
  for (const args of [["--from"], ["--from="]]) assert.throws(() => takeFrom(args), /takes the name or the address/);
});

test("an archive of this state for this machine becomes an offer", async t => {
  const folder = emptyFolder(t);
  const manifest = { platform: ownPlatform, course: courseHash(), wheels: ["python/a-1/any.whl"], pythons: ["3.12"] };
  await archiveOf(folder, { "python/a-1/any.whl": "wheel" }, manifest);
  const offer = offerOf(await takeArchive("latent-class-linux-x64-0.0.1.tar", folder));
  assert.deepEqual(offer.wheels, manifest.wheels);
  assert.equal(offer.engine, undefined);
});

test("the digits behind the archive's name are demanded, in any case and with spaces, and others are no digits", () => {
  assert.deepEqual(pinOf("x.tar"), { place: "x.tar", pinned: "" });
  assert.deepEqual(pinOf("/C# course/x.tar"), { place: "/C# course/x.tar", pinned: "" });
  const digits = "0123456789abcdef";
  assert.deepEqual(pinOf(`http://a/x.tar#sha256=${digits}`), { place: "http://a/x.tar", pinned: digits });
  assert.deepEqual(pinOf("x.tar#sha256=0123 4567 89AB CDEF"), { place: "x.tar", pinned: digits });
  for (const bad of ["", "0123", "g".repeat(16), "0".repeat(65)])
    assert.throws(() => pinOf(`x.tar#sha256=${bad}`), /takes the 16 digits that stand on the board/);
  for (const mistyped of [`#${digits}`, `#SHA256=${digits}`, `#sha=${digits}`, `# sha256=${digits}`])
    assert.throws(() => pinOf(`http://a/x.tar${mistyped}`), /comes #sha256=, which takes the 16 digits/);
});

test("an archive with other digits than those on the board becomes no offer", async t => {
  const folder = emptyFolder(t);
  const manifest = { platform: ownPlatform, course: courseHash(), wheels: [], pythons: [] };
  const path = await archiveOf(folder, { a: "a" }, manifest);
  const sum = await checksumOf(path);
  const from = `latent-class-linux-x64-0.0.1.tar#sha256=`;
  assert.equal((await takeArchive(from + sum.slice(0, 20), folder)).path, path);
  await assert.rejects(takeArchive(from + "0".repeat(16), folder), /is not the lecturer's archive/);
});

/** `npm start -- --from archive` as it runs, up to where the archive is refused. */
function start(archive) {
  const main = join(root, "scripts", "start.mjs");
  const env = { ...process.env, INIT_CWD: dirname(archive) };
  return spawnSync(process.execPath, [main, "--from", archive], { encoding: "utf8", env });
}

test("npm start says in one sentence why an archive is of no use, and does nothing else", async t => {
  const folder = emptyFolder(t);
  const foreign = await archiveOf(folder, { a: "a" }, { platform: "aix-ppc64" });
  const short = join(folder, "short.tar");
  copyFileSync(foreign, short);
  truncateSync(short, 700);
  const sentences = [
    [foreign, /^\S+ is for aix-ppc64 and this machine is \S+: take the one that has \S+ in its name\.\n$/],
    [short, /^short\.tar is cut short after 700 bytes: copy or download it again\.\n$/],
    [join(folder, "none.tar"), /^There is no archive \S+none\.tar: check its name and folder\.\n$/],
  ];
  for (const [archive, sentence] of sentences) {
    const { status, stderr, stdout } = start(archive);
    assert.deepEqual([status, stdout], [1, ""]);
    assert.match(stderr, sentence);
  }
});

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { copyFileSync, truncateSync } from "node:fs";
import { dirname, join } from "node:path";
import test from "node:test";
import { root } from "../root.mjs";
import { courseHash, ownPlatform } from "./course.mjs";
import { archiveOf, emptyFolder } from "./fixtures.mjs";
import { offerOf, takeArchive, takeFrom } from "./from.mjs";

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

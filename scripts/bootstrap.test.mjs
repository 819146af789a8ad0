import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import test from "node:test";
import { linkOwnPackage, packagesAreCurrent, refuseOldNode, root, staleOutputs, stampPackages } from "./bootstrap.mjs";
import { withLock } from "./lock.mjs";

function folderWith(t, files) {
  const folder = mkdtempSync(join(tmpdir(), "latent-test-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

function clone(t) {
  const manifest = JSON.stringify({ scripts: { start: "a" }, dependencies: { zeromq: "6.8.0" } });
  const files = { "package.json": manifest, "package-lock.json": "{}", ".npmrc": "", "node_modules/zeromq/x": "" };
  return folderWith(t, files);
}

test("a Node that is too old is refused with what to do, and 20.19 is not too old", () => {
  for (const version of ["18.20.4", "20.18.3"]) assert.throws(() => refuseOldNode(version), /install a current Node/);
  for (const version of ["20.19.0", "22.0.0", "26.1.0"]) refuseOldNode(version);
});

test("packages without a stamp, as an interrupted npm leaves them, are installed again", t => {
  assert.equal(packagesAreCurrent(clone(t)), false);
});

test("latent lies among its own packages, where stock tslab looks, and is linked once", t => {
  const folder = clone(t);
  linkOwnPackage(folder);
  linkOwnPackage(folder);
  assert.equal(realpathSync(join(folder, "node_modules", "latent")), realpathSync(folder));
});

test("packages are installed again when what is installed changes", t => {
  for (const name of ["package-lock.json", ".npmrc"]) {
    const folder = clone(t);
    stampPackages(folder);
    assert.equal(packagesAreCurrent(folder), true);
    writeFileSync(join(folder, name), "changed");
    assert.equal(packagesAreCurrent(folder), false, name);
  }
});

test("a changed dependency is installed, a changed script installs nothing", t => {
  const folder = clone(t);
  stampPackages(folder);
  const text = readFileSync(join(folder, "package.json"), "utf8");
  writeFileSync(join(folder, "package.json"), text.replace('"a"', '"b"'));
  assert.equal(packagesAreCurrent(folder), true);
  writeFileSync(join(folder, "package.json"), text.replace("6.8.0", "6.9.0"));
  assert.equal(packagesAreCurrent(folder), false);
});

test("the stamp goes with the packages", t => {
  const folder = clone(t);
  stampPackages(folder);
  rmSync(join(folder, "node_modules"), { recursive: true });
  assert.equal(packagesAreCurrent(folder), false);
});

test("outputs whose source was deleted are found, with their maps and types", t => {
  const folder = folderWith(t, {
    "src/room/kept.ts": "",
    "dist/room/kept.js": "",
    "dist/room/gone.test.js": "",
    "dist/room/gone.test.js.map": "",
    "dist/room/.tsbuildinfo": "",
  });
  const stale = staleOutputs(join(folder, "dist"), join(folder, "src")).map(file => relative(folder, file));
  assert.deepEqual(
    stale.sort(),
    [".d.ts", ".d.ts.map", ".js", ".js.map"].map(ending => `dist/room/gone.test${ending}`),
  );
});

test("two set-ups of one clone take turns", async t => {
  const lock = join(folderWith(t, {}), ".latent", "lock");
  const log = [];
  const work = name => async () => {
    log.push(name);
    await new Promise(wake => setTimeout(wake, 50));
    log.push(name);
  };
  await Promise.all([withLock(lock, work("a")), withLock(lock, work("b"))]);
  assert.ok(log[0] === log[1] && log[2] === log[3], log.join(" "));
});

test("a lock whose holder is dead is taken", { timeout: 5000 }, async t => {
  const lock = join(folderWith(t, { lock: "99999999" }), "lock");
  assert.equal(await withLock(lock, async () => "taken"), "taken");
});

// An npm that cannot see the binaries of other platforms leaves them out of the lock, and "npm ci" then refuses it.
test("the lock names the binaries of every platform, and no address", () => {
  const { packages } = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8"));
  const absent = Object.values(packages)
    .flatMap(entry => Object.keys(entry.optionalDependencies ?? {}))
    .filter(name => packages[`node_modules/${name}`] === undefined);
  assert.deepEqual(absent, []);
  const addressed = Object.entries(packages).filter(([, entry]) => entry.resolved !== undefined);
  assert.deepEqual(addressed, []);
});

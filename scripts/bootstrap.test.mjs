import assert from "node:assert/strict";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import test from "node:test";
import { refuseOldNode, refuseReadOnlyClone, root, staleOutputs } from "./bootstrap.mjs";
import { doWithoutHome } from "./home.mjs";
import {
  countPackages,
  errorLines,
  keepingOlder,
  linkOwnPackage,
  packagesAreCurrent,
  remedyFor,
  stampPackages,
} from "./packages.mjs";

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

test("packages of an older state are put back where the new ones cannot be had", async t => {
  const folder = clone(t);
  stampPackages(folder);
  const fails = async () => {
    mkdirSync(join(folder, "node_modules", "half"), { recursive: true });
    throw new Error("no network");
  };
  await assert.rejects(keepingOlder(folder, fails), /no network/);
  assert.deepEqual(readdirSync(join(folder, "node_modules")).sort(), [".latent-stamp", "zeromq"]);
});

test("what an interrupted npm left is neither kept nor put back", async t => {
  const folder = clone(t);
  const fails = async () => {
    throw new Error("no network");
  };
  await assert.rejects(keepingOlder(folder, fails), /no network/);
  assert.equal(existsSync(join(folder, "node_modules")), false);
});

test("new packages are stamped, and nothing of the older ones stays", async t => {
  const folder = clone(t);
  stampPackages(folder);
  const install = async () => mkdirSync(join(folder, "node_modules", "new"), { recursive: true });
  await keepingOlder(folder, install);
  assert.equal(packagesAreCurrent(folder), true);
  assert.deepEqual(readdirSync(join(folder, "node_modules")).sort(), [".latent-stamp", "new"]);
  assert.deepEqual(readdirSync(join(folder, ".latent")), []);
});

test("packages are counted as the lock has them for this machine", t => {
  const packages = {
    "": {},
    "node_modules/a": {},
    "node_modules/@b/c": {},
    "node_modules/a/node_modules/d": {},
    "node_modules/e": { os: ["another"] },
  };
  const files = {
    "package-lock.json": JSON.stringify({ packages }),
    "node_modules/@b/c/package.json": "",
    "node_modules/a/x": "",
  };
  assert.deepEqual(countPackages(folderWith(t, files)), { there: 1, all: 2 });
});

test("npm's failure is told without its stack, and with what to do about it", () => {
  const output = "npm error code ENOSPC\nnpm error write\nnpm error     at x (y.js:1)\nnpm error\nnpm notice z\n";
  assert.equal(errorLines(output), "npm error code ENOSPC\nnpm error write");
  assert.match(remedyFor(output), /free some space/);
  assert.match(remedyFor("npm error code ECONNREFUSED"), /network connection/);
});

test("a home folder that cannot be written asks for LATENT_CACHE, and npm and Jupyter then write there", t => {
  // Below a file nobody can write, not even root.
  const home = join(folderWith(t, { file: "" }), "file", "home");
  assert.throws(() => doWithoutHome({}, home), /home folder .* cannot be written: set LATENT_CACHE to a folder/);
  assert.throws(() => doWithoutHome({ LATENT_CACHE: home }, home), /LATENT_CACHE names .*, which cannot be written/);
  const cache = join(folderWith(t, {}), "cache");
  const mine = folderWith(t, {});
  const env = { LATENT_CACHE: cache, JUPYTER_DATA_DIR: mine, npm_config_cache: join(home, ".npm") };
  doWithoutHome(env, home);
  assert.equal(env.npm_config_cache, join(cache, "npm"));
  assert.equal(env.JUPYTER_RUNTIME_DIR, join(cache, "jupyter", "runtime"));
  assert.equal(env.JUPYTER_DATA_DIR, mine);
  const writable = {};
  doWithoutHome(writable, folderWith(t, {}));
  assert.deepEqual(writable, {});
});

test("a clone that cannot be written is told so, and one that can is not", t => {
  const folder = folderWith(t, { file: "" });
  assert.throws(
    () => refuseReadOnlyClone(join(folder, "file")),
    /cannot be written: clone Latent into a folder of yours/,
  );
  refuseReadOnlyClone(folder);
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

// npm leaves the checksum out where it makes a lock from packages that it did not fetch; then it proves nothing.
test("the lock has a checksum for every package, also for those of other platforms", () => {
  const { packages } = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8"));
  const unproved = Object.entries(packages).filter(([path, entry]) => path !== "" && !/^sha512-/.test(entry.integrity));
  assert.deepEqual(unproved, []);
});

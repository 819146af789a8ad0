import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { runQuietly } from "../program.mjs";
import { openArchive } from "./archive.mjs";
import { withEnvironment } from "./environment.mjs";
import { archiveOf, emptyFolder, packageOf } from "./fixtures.mjs";
import { npmSettings, withRegistry } from "./registry.mjs";

const npm = spawnSync("npm", ["--version"], { encoding: "utf8" });
const skip = npm.status === 0 ? false : "npm is not on the PATH";

// Two versions of one package, a name with a scope, an alias, and what is only for another machine.
const wanted = { "@scope/one": "1.0.0", two: "2.0.0" };
const lock = {
  name: "clone",
  lockfileVersion: 3,
  requires: true,
  packages: {
    "": { name: "clone", dependencies: { "@scope/one": "1.0.0", two: "2.0.0", older: "npm:two@1.0.0" } },
    "node_modules/@scope/one": { version: "1.0.0" },
    "node_modules/two": { version: "2.0.0", optionalDependencies: { elsewhere: "1.0.0" } },
    "node_modules/older": { name: "two", version: "1.0.0" },
    "node_modules/elsewhere": { version: "1.0.0", optional: true, os: ["aix"] },
  },
};

function integrityOf(bytes) {
  return `sha512-${createHash("sha512").update(bytes).digest("base64")}`;
}

async function cloneAndArchive(t) {
  const folder = emptyFolder(t);
  const contents = {};
  const packages = [];
  for (const [name, version] of [...Object.entries(wanted), ["two", "1.0.0"]]) {
    const member = `npm/${name.replace("/", "+")}-${version}.tgz`;
    contents[member] = packageOf(name, version);
    packages.push({ name, version, integrity: integrityOf(contents[member]), member });
  }
  const archive = await openArchive(await archiveOf(folder, contents));
  const clone = join(folder, "clone");
  mkdirSync(clone);
  writeFileSync(join(clone, "package.json"), JSON.stringify(lock.packages[""]));
  writeFileSync(join(clone, "package-lock.json"), JSON.stringify(lock));
  writeFileSync(join(clone, ".npmrc"), "registry=http://127.0.0.1:9/\n");
  writeFileSync(join(clone, "user"), "@scope:registry=http://127.0.0.1:9/\n");
  return { folder, archive, packages, clone };
}

const DEAD = {
  https_proxy: "http://127.0.0.1:9",
  http_proxy: "http://127.0.0.1:9",
  npm_config_offline: "true",
  npm_config_registry: "http://127.0.0.1:9/",
  NPM_CONFIG_REGISTRY: "http://127.0.0.1:9/",
};

async function install({ folder, archive, packages, clone }) {
  return await withRegistry(archive, packages, address =>
    withEnvironment({ ...DEAD, npm_config_userconfig: join(clone, "user") }, () =>
      withEnvironment(npmSettings(address, join(folder, "cache")), () =>
        runQuietly("npm", ["ci", "--fetch-retries=0"], clone),
      ),
    ),
  );
}

test("npm installs from an archive although its registry and its proxies are dead", { skip }, async t => {
  const given = await cloneAndArchive(t);
  const { code, output } = await install(given);
  assert.equal(code, 0, output);
  const versionIn = name => JSON.parse(readFileSync(join(given.clone, "node_modules", name, "package.json"))).version;
  assert.deepEqual(["@scope/one", "two", "older"].map(versionIn), ["1.0.0", "2.0.0", "1.0.0"]);
});

test("a package that is not the one of the lock is not installed", { skip }, async t => {
  const given = await cloneAndArchive(t);
  const changed = structuredClone(lock);
  changed.packages["node_modules/two"].integrity = integrityOf("another two");
  writeFileSync(join(given.clone, "package-lock.json"), JSON.stringify(changed));
  const { code, output } = await install(given);
  assert.notEqual(code, 0);
  assert.match(output, /EINTEGRITY/);
});

test("the environment is as it was when npm has ended", async () => {
  process.env.LATENT_TEST_KEPT = "before";
  await assert.rejects(
    withEnvironment({ LATENT_TEST_KEPT: "during", LATENT_TEST_NEW: "during" }, async () => {
      assert.equal(process.env.LATENT_TEST_KEPT + process.env.LATENT_TEST_NEW, "duringduring");
      throw new Error("npm failed");
    }),
    /npm failed/,
  );
  assert.equal(process.env.LATENT_TEST_KEPT, "before");
  assert.equal("LATENT_TEST_NEW" in process.env, false);
});

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { root } from "../root.mjs";
import { packagesFor } from "./lock-file.mjs";
import { platforms } from "./python-wheels.mjs";

const lock = {
  packages: {
    "": { name: "course" },
    "node_modules/plain": { version: "1.0.0", integrity: "sha512-a" },
    "node_modules/other/node_modules/plain": { version: "1.0.0", integrity: "sha512-a" },
    "node_modules/@scope/mac": { version: "2.0.0", os: ["darwin"], cpu: ["arm64"] },
    "node_modules/not-windows": { version: "3.0.0", os: ["!win32"] },
    "node_modules/musl": { version: "4.0.0", os: ["linux"], libc: ["musl"] },
    "node_modules/alias": { name: "@real/name", version: "5.0.0" },
    "node_modules/parent/node_modules/inside": { version: "6.0.0", inBundle: true },
  },
};
const named = platform => packagesFor(lock, platform).map(({ name, version }) => `${name}@${version}`);

test("each package that npm would fetch on a platform is listed once, by the registry's name", () => {
  assert.deepEqual(named("linux-x64"), ["@real/name@5.0.0", "not-windows@3.0.0", "plain@1.0.0"]);
  assert.deepEqual(named("darwin-arm64"), ["@real/name@5.0.0", "@scope/mac@2.0.0", "not-windows@3.0.0", "plain@1.0.0"]);
});

test("every platform with a TensorFlow finds its own binaries in this project's lock", () => {
  const own = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8"));
  const binary = { "linux-x64": "linux-x64-gnu", "linux-arm64": "linux-arm64-gnu", "darwin-arm64": "darwin-arm64" };
  for (const platform of platforms) {
    const names = packagesFor(own, platform).map(({ name }) => name);
    assert.ok(names.includes(`@swc/core-${binary[platform]}`), platform);
    assert.equal(names.filter(name => name.startsWith("@swc/core-")).length, 1, platform);
  }
});

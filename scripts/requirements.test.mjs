import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { releasesOf } from "./class-archive/python-wheels.mjs";
import { root } from "./root.mjs";

const read = name => readFileSync(join(root, "scripts", name), "utf8");
/** The requirements, each with its checksums: a line ends where no backslash continues it. */
const requirements = read("requirements.txt")
  .replaceAll("\\\n", " ")
  .split("\n")
  .filter(line => line.trim() !== "" && !line.trim().startsWith("#"));

test("every Python package is pinned to one version and has a checksum", () => {
  assert.ok(requirements.length > 80, `${requirements.length} packages`);
  for (const line of requirements) assert.match(line, /^[\w.-]+==[\w.]+ .*--hash=sha256:[0-9a-f]{64}/);
});

test("what requirements.in asks for is what requirements.txt has, and neither names an address", () => {
  const pins = read("requirements.in").match(/^[\w-]+==\S+$/gm);
  assert.equal(pins.length, 7);
  for (const pin of pins) {
    const name = pin.toLowerCase().replaceAll("_", "-");
    assert.ok(
      requirements.some(line => line.startsWith(`${name} `)),
      `${pin}: make requirements.txt again, as requirements.in says`,
    );
  }
  assert.doesNotMatch(read("requirements.txt"), /:\/\//);
});

test("wheels are collected for both sides of a condition on a release of Python", () => {
  const text =
    "a==1 ; python_full_version < '3.11.5' \\\nb==2 ; python_full_version >= '3.11.5' \\\nc==1 ; python_full_version < '3.12'";
  assert.deepEqual(releasesOf("3.11", text), ["3.11.0", "3.11.5"]);
  assert.deepEqual(releasesOf("3.12", text), ["3.12.0"]);
});

import assert from "node:assert/strict";
import { cpSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { emptyFolder } from "../../../testkit/index.ts";
import { DataError } from "../errors.ts";
import { includedFiles, namesFile, penguinsFile } from "../sets/included.ts";
import { readIncluded } from "./included.ts";

const tables = new URL("../../../../src/latent/data/tables/", import.meta.url);

test("every table that comes with the library has its checksum, its licence and its source", async () => {
  const { readFile, readdir } = await import("node:fs/promises");
  const readme = await readFile(new URL("README.md", tables), "utf8");
  for (const file of includedFiles) {
    assert.ok((await readIncluded(file)).length > 10_000, file.name);
    assert.match(readme, new RegExp(`\\| \`${file.name}\` \\|.*github\\.com.*(CC0 1\\.0|CC BY 4\\.0|MIT)`));
  }
  const there = (await readdir(tables)).filter(name => name !== "README.md" && !name.startsWith("."));
  assert.deepEqual(there.sort(), includedFiles.map(({ name }) => name).sort());
});

test("a table that was changed or deleted is an error that says how to get it back", async t => {
  const copy = emptyFolder(t);
  cpSync(tables, copy, { recursive: true });
  writeFileSync(join(copy, penguinsFile.name), "species,island\r\n");
  rmSync(join(copy, namesFile.name));
  const folder = pathToFileURL(`${copy}/`);
  const restore = /git checkout HEAD -- src\/latent\/data\/tables/;
  for (const file of [penguinsFile, namesFile]) {
    await assert.rejects(readIncluded(file, folder), (error: Error) => {
      assert.ok(error instanceof DataError);
      assert.match(error.message, restore);
      return true;
    });
  }
});

test("the tables need no data folder, no cache and no network", async t => {
  const before = { ...process.env };
  t.after(() => {
    process.env = before;
  });
  process.env = { ...before, LATENT_DATA: "/nowhere", LATENT_CACHE: "/nowhere", LATENT_OFFLINE: "1" };
  t.mock.method(globalThis, "fetch", () => assert.fail("asked the network"));
  for (const file of includedFiles) await readIncluded(file);
});

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import test, { type TestContext } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { code, emptyFolder, words, writeNotebook } from "../testkit/index.ts";

const main = fileURLToPath(new URL("./main.js", import.meta.url));
const latent = (args: string[]) => promisify(execFile)(process.execPath, [main, ...args]);

/** A notebook that nobody has run, whose last cell gives `value`. */
function fresh(t: TestContext, value: string): { folder: string; notebook: string } {
  const folder = emptyFolder(t);
  const cells = [words("# Fresh"), { ...code(`const x: number = 6;\n${value}`), execution_count: null }];
  return { folder, notebook: writeNotebook(folder, "fresh.ipynb", cells) };
}

test("slides --execute runs a copy and exports that: the results are on the slides, the notebook stays as it was", async t => {
  const { folder, notebook } = fresh(t, "x * 1111");
  const before = readFileSync(notebook, "utf8");
  const { stdout } = await latent(["slides", notebook, "--execute"]);
  assert.match(stdout, /fresh\.slides\.html: 1 slides/);
  assert.ok(readFileSync(join(folder, "fresh.slides.html"), "utf8").includes("6666"));
  assert.equal(readFileSync(notebook, "utf8"), before);
});

test("slides --execute makes no deck of a notebook that ends in an error, and says so", async t => {
  const { folder, notebook } = fresh(t, "throw new Error('halfway')");
  await assert.rejects(
    latent(["slides", notebook, "--execute"]),
    /does not run to its end, so there are no slides of it/,
  );
  assert.equal(existsSync(join(folder, "fresh.slides.html")), false);
});

test("stills --check says what a notebook lacks and ends with exit code 1", async t => {
  const { notebook } = fresh(t, "x");
  assert.equal((await latent(["stills", "--check", notebook])).stdout, "");
  await assert.rejects(latent(["stills", "--check", join(notebook, "..", "none.ipynb")]), /there is no such file/);
});

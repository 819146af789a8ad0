import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { copyFileSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { emptyFolder, isRequired, whereEngine, withoutData } from "../../testkit/index.ts";
import type { Notebook } from "../pair/notebook.ts";
import { runNotebooks } from "./run.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const lesson = join(root, "notebooks", "lectures", "04-undercomplete-pca.ipynb");
const python = join(root, ".venv", "bin", "python");
const { skip: noEngine } = await whereEngine(() => import("../../latent/index.ts"));
const noPython = existsSync(python) || isRequired("python") ? false : "there is no .venv; npm start makes it";

/** What the check cells of a notebook that was run said. */
function checkLines(path: string): string[] {
  const { cells } = JSON.parse(readFileSync(path, "utf8")) as Notebook;
  const texts = cells.flatMap(({ outputs = [] }) => outputs.map(output => JSON.stringify(output)));
  return texts.join("\n").match(/[✓✗] (?:pass|FAIL)[^"\\]*/g) ?? [];
}

test("lesson 04 trains on real digits through our kernel, and its checks pass", {
  skip: noEngine || withoutData(),
}, async t => {
  const folder = emptyFolder(t);
  const lines: string[] = [];
  const code = await runNotebooks([lesson], { outputDir: folder, print: line => lines.push(line) });
  assert.equal(code, 0, lines.join("\n"));
  const checks = checkLines(join(folder, "04-undercomplete-pca.ipynb"));
  assert.ok(checks.length >= 5 && checks.every(line => line.startsWith("✓ pass")), checks.join("\n"));
  assert.match(lines.join("\n"), /principal angles/);
});

test("lesson 04 passes through nbclient, which finds our kernel by its kernelspec", {
  skip: noEngine || withoutData() || noPython,
}, async t => {
  // In the lessons' own folder, under another name: `latent` is the package that this folder belongs to.
  const folder = emptyFolder(t);
  const copy = join(folder, "lesson.ipynb");
  copyFileSync(lesson, copy);
  const program = [
    "import sys, nbformat, nbclient",
    "notebook = nbformat.read(sys.argv[1], 4)",
    "nbclient.NotebookClient(notebook, kernel_name='typescript', resources={'metadata': {'path': sys.argv[2]}}).execute()",
    "nbformat.write(notebook, sys.argv[1])",
  ].join("\n");
  await promisify(execFile)(python, ["-c", program, copy, join(root, "notebooks", "lectures")]);
  const checks = checkLines(copy);
  assert.ok(checks.length >= 5 && checks.every(line => line.startsWith("✓ pass")), checks.join("\n"));
});

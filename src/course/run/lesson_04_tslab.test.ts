import assert from "node:assert/strict";
import { copyFileSync, mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { fileURLToPath } from "node:url";
import type { KernelSpec } from "../../client/index.ts";
import { emptyFolder, whereEngine, withoutData } from "../../testkit/index.ts";
import { runNotebooks } from "./run.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const lesson = join(root, "notebooks", "lectures", "04-undercomplete-pca.ipynb");
const { skip: noEngine } = await whereEngine(() => import("../../latent/index.ts"));
const tooLong = process.env.LATENT_FULL ? false : "a minute on the stock kernel: npm run test:full";

/** tslab as its own kernelspec starts it. */
const tslab: KernelSpec = {
  argv: [
    process.execPath,
    join(root, "node_modules", "tslab", "bin", "tslab"),
    "kernel",
    "--config-path={connection_file}",
  ],
  display_name: "TypeScript",
  language: "typescript",
};

test("lesson 04 runs on the stock tslab kernel, and its checks pass", {
  skip: tooLong || noEngine || withoutData(),
}, async t => {
  // As in a folder of somebody who installed latent: tslab knows no package's reference to itself.
  const folder = emptyFolder(t);
  const modules = join(folder, "node_modules");
  mkdirSync(join(modules, "@types"), { recursive: true });
  symlinkSync(root, join(modules, "latent"));
  for (const name of ["danfojs-node", "@types/node", "@tensorflow"])
    symlinkSync(join(root, "node_modules", name), join(modules, name));
  const notebook = join(folder, "04.ipynb");
  copyFileSync(lesson, notebook);
  const lines: string[] = [];
  const code = await runNotebooks([notebook], { spec: tslab, print: line => lines.push(line) });
  assert.equal(code, 0, lines.join("\n"));
  const text = lines.join("\n");
  assert.match(text, /✓ pass/);
  assert.doesNotMatch(text, /✗ FAIL/);
});

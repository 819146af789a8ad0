import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { emptyFolder } from "../../testkit/index.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url)).replace(/\/$/, "");
const tsc = join(root, "node_modules", "@tslab", "typescript-for-tslab", "bin", "tsc");

/** As tslab compiles cells on Node 20: TypeScript 5.0, not strict, without what came after ES2022. */
const compilerOptions = {
  target: "es2022",
  module: "es2022",
  lib: ["es2022", "dom"],
  moduleResolution: "node",
  moduleDetection: "force",
  esModuleInterop: true,
  skipLibCheck: true,
  noEmit: true,
  types: ["node"],
  typeRoots: [join(root, "node_modules", "@types")],
  paths: { latent: [join(root, "dist", "latent", "index.d.ts")] },
};

test("every lesson has types that the TypeScript of stock tslab accepts", async t => {
  const project = join(emptyFolder(t), "tsconfig.json");
  const include = [join(root, "notebooks", "lectures", "*.ts")];
  writeFileSync(project, JSON.stringify({ compilerOptions, include }));
  const errors = await promisify(execFile)(process.execPath, [tsc, "-p", project], { cwd: root }).then(
    ({ stdout }) => stdout,
    (error: { stdout: string }) => error.stdout,
  );
  assert.equal(errors, "");
});

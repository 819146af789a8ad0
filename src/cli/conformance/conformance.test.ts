import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import test, { type TestContext } from "node:test";
import { fileURLToPath } from "node:url";
import { emptyFolder, isRequired } from "../../testkit/index.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const python = join(root, ".venv", "bin", "python");
const skip = existsSync(python) || isRequired("python") ? false : "there is no .venv; npm start makes it";

function run(t: TestContext): Promise<{ code: number | null; text: string }> {
  const child = spawn(python, [join(root, "src", "cli", "conformance", "kernel_test.py")], {
    cwd: root,
    env: { ...process.env, LATENT_HISTORY: emptyFolder(t) },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", piece => (text += piece));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", code => resolve({ code, text }));
  });
}

test("Jupyter's conformance suite passes: 13 of 13, none skipped", { skip }, async t => {
  const { code, text } = await run(t);
  assert.equal(code, 0, text);
  assert.match(text, /^Ran 13 tests in/m, text);
  assert.match(text, /^OK$/m, text);
});

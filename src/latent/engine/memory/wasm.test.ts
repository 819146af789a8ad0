import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

test("on WebAssembly tensors are freed by the same rules", { timeout: 280_000 }, () => {
  const file = fileURLToPath(new URL("collector.test.js", import.meta.url));
  const { NODE_TEST_CONTEXT: _, ...env } = process.env; // else it would report to this process's runner
  const { status, stdout } = spawnSync(process.execPath, ["--test-reporter=tap", file], {
    encoding: "utf8",
    env: { ...env, LATENT_ENGINE: "wasm" },
  });
  const failed = stdout.split("\n").filter(line => /^not ok/.test(line));
  assert.equal(status, 0, failed.join("\n"));
  assert.match(stdout, /^# pass 2\d$/m);
});

import assert from "node:assert/strict";
import test from "node:test";
import { resultText, startOurs } from "../testkit/index.ts";

test("the token of the notebook server is in the environment of no cell and of no program that it starts", async t => {
  const { client } = await startOurs(t, { env: { JUPYTER_TOKEN: "secret", KEPT: "kept" } });
  const code = `import { execFileSync } from "node:child_process";
    [process.env.JUPYTER_TOKEN, process.env.KEPT, execFileSync("env").includes("secret")]`;
  assert.equal(resultText(await client.execute(code)), "[ undefined, 'kept', false ]");
});

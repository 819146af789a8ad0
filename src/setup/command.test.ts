import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { emptyFolder } from "../testkit/index.ts";
import { CommandFailure, command, tryCommand, withRetries } from "./command.ts";

test("a program that is not installed is a result and not an exception", async () => {
  const result = await tryCommand("latent-has-no-such-program", []);
  assert.equal(result.ok, false);
  assert.match(result.output, /ENOENT/);
});

test("a failing program shows its last words", async () => {
  const script = "console.log('one'); console.error('two'); process.exit(3)";
  await assert.rejects(command(process.execPath, ["-e", script]), (error: Error) => {
    assert.ok(error instanceof CommandFailure);
    assert.match(error.message, /one[\s\S]*two|two[\s\S]*one/);
    return true;
  });
});

test("an interruption ends the program that is running, and the programs that it started", async t => {
  const mark = join(emptyFolder(t), "mark");
  const grandchild = `setTimeout(() => require("fs").writeFileSync(${JSON.stringify(mark)}, "lived on"), 1500)`;
  const script = `require("child_process").spawnSync(process.execPath, ["-e", ${JSON.stringify(grandchild)}])`;
  const interruption = new AbortController();
  const running = tryCommand(process.execPath, ["-e", script], { signal: interruption.signal });
  setTimeout(() => interruption.abort(), 500);
  await assert.rejects(running, { name: "AbortError" });
  await sleep(2000);
  assert.equal(existsSync(mark), false);
});

test("after an interruption no further program is started", async () => {
  const signal = AbortSignal.abort();
  await assert.rejects(tryCommand(process.execPath, ["-e", ""], { signal }), { name: "AbortError" });
});

test("what fails twice and then works is tried three times", async () => {
  let attempts = 0;
  const flaky = async (): Promise<string> => {
    if (++attempts < 3) throw new Error("lost connection");
    return "there";
  };
  assert.equal(await withRetries(3, flaky, undefined, 1), "there");
  assert.equal(attempts, 3);
});

test("what always fails ends with its own error after the last try", async () => {
  let attempts = 0;
  const broken = async (): Promise<never> => {
    throw new Error(`attempt ${++attempts}`);
  };
  await assert.rejects(withRetries(3, broken, undefined, 1), /attempt 3/);
});

test("an interruption is not answered with another try", async () => {
  let attempts = 0;
  const interruption = new AbortController();
  const broken = async (): Promise<never> => {
    attempts++;
    interruption.abort();
    throw new Error("stopped");
  };
  await assert.rejects(withRetries(3, broken, interruption.signal, 1), /stopped/);
  assert.equal(attempts, 1);
});

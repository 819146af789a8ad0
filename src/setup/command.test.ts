import assert from "node:assert/strict";
import test from "node:test";
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

test("an interruption ends the program that is running", async () => {
  const interruption = new AbortController();
  const start = performance.now();
  setTimeout(() => interruption.abort(), 50);
  const running = tryCommand(process.execPath, ["-e", "setTimeout(() => {}, 20_000)"], { signal: interruption.signal });
  await assert.rejects(running, { name: "AbortError" });
  assert.ok(performance.now() - start < 5000);
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

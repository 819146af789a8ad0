import assert from "node:assert/strict";
import test from "node:test";
import { resultText, startOurs } from "../testkit/index.ts";

const CELLS = [
  "while (true) {}",
  "await new Promise(() => {})",
  "await 1; while (true) {}",
  "await (async () => { for (;;) await null })()",
  "for (;;) await new Promise(resolve => setTimeout(resolve, 1))",
  "setTimeout(() => { for (;;); }, 2); await new Promise(() => {})",
  "for (let i = 0; i < 1e6; i++) {}",
  "await new Promise(resolve => setTimeout(resolve, 5))",
  "for (;;) console.log('x')",
  "Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)",
  "1",
];
const ROUNDS = process.env.LATENT_FULL ? 40 : 6;

test("a stop at any moment, also twice, ends that cell at most and never the kernel's own work", async t => {
  const { client } = await startOurs(t, { env: { LATENT_TYPES: "off" } });
  for (let round = 0; round < ROUNDS; round++)
    for (const [index, code] of CELLS.entries()) {
      let begun: () => void = () => {};
      const begins = new Promise<void>(resolve => {
        begun = resolve;
      });
      const cell = client.execute(code, { stop_on_error: false }, () => begun());
      await begins;
      // Every moment of the first 10 ms is met by some cell of some round.
      await new Promise(resolve => setTimeout(resolve, (round * 3 + index * 7) % 11));
      for (let stop = 0; stop <= (round + index) % 2; stop++) await client.ask("interrupt_request", {}, "control");
      const { reply } = await cell;
      if (reply.status === "error") assert.equal(reply.ename, "KeyboardInterrupt", code);
      assert.equal(resultText(await client.execute("1 + 1", { stop_on_error: false })), "2", `after ${code}`);
    }
});

test("an interrupt by signal withdraws a question as one by message does, and the variables stay", async t => {
  const { client, launched } = await startOurs(t);
  await client.execute("let kept = 'kept'");
  const asked = new Promise<void>(resolve => {
    client.onInput = () => {
      resolve();
      return new Promise(() => {});
    };
  });
  const cell = client.execute("prompt('name?')", { allow_stdin: true });
  await asked;
  launched.process.kill("SIGINT");
  const { reply } = await cell;
  assert.equal(reply.status === "error" && reply.ename, "KeyboardInterrupt");
  assert.equal(resultText(await client.execute("kept")), "'kept'");
});

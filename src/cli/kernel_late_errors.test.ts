import assert from "node:assert/strict";
import test, { type TestContext } from "node:test";
import type { Client, Executed } from "../client/index.ts";
import { contents, resultText, startOurs, streamText } from "../testkit/index.ts";

const FAIL = `const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms));
const fail = async (why = "late") => { await pause(1); throw new Error(why) };`;

const start = async (t: TestContext): Promise<Client> => {
  const { client } = await startOurs(t, { env: { LATENT_TYPES: "off" } });
  await client.execute(FAIL);
  return client;
};
const errors = (executed: Executed) => contents(executed, "error").map(({ evalue }) => evalue);

/** Each handles what has rejected a while ago. */
const HANDLED_LATE = [
  "const run = fail(); await pause(30); try { await run } catch {} ; 'done'",
  "const run = fail(); await pause(30); await run.catch(() => {}); 'done'",
  "const run = fail(); await pause(30); void run.then(null, () => {}); 'done'",
  "const run = fail(); await pause(30); await Promise.allSettled([run, 1]); 'done'",
  "const runs = [fail(), fail(), fail()]; await pause(30); for (const run of runs) { try { await run } catch {} } 'done'",
  "const run = fail(); const again = run.then(() => {}); await pause(30); try { await again } catch {} ; run.catch(() => {}); 'done'",
  "const run = Promise.reject(new Error('at once')); await pause(1); run.catch(() => {}); 'done'",
  "const run = Promise.reject(1); await pause(1); try { await run } catch {} 'done'",
  "for (let i = 0; i < 20; i++) { const run = fail(); await pause(3); try { await run } catch {} } 'done'",
  "const run = fail(); await require('node:fs/promises').readdir('/'); await pause(5); try { await run } catch {} 'done'",
  "using _ = { [Symbol.dispose]() { run.catch(() => {}) } }; const run = fail(); await pause(10); 'done'",
];

test("a promise that rejects and is handled a little later is no error and no warning", async t => {
  const client = await start(t);
  for (const code of HANDLED_LATE) {
    const executed = await client.execute(code);
    assert.equal(executed.reply.status, "ok", code);
    assert.deepEqual(errors(executed), [], code);
    assert.equal(streamText(executed, "stderr"), "", code);
    if (!code.startsWith("for") && !/\} '/.test(code)) assert.equal(resultText(executed), "'done'", code);
  }
});

test("a rejection that the cell itself ends with is its only error", async t => {
  const client = await start(t);
  const executed = await client.execute("const run = fail(); await pause(30); await run");
  assert.deepEqual(errors(executed), ["late"]);
  assert.equal(streamText(executed, "stderr"), "");
});

test("a rejection that nobody handles is shown in its cell, however the cell ends", async t => {
  const client = await start(t);
  const cells: [code: string, shown: string[]][] = [
    ["void fail(); await pause(30); console.log('on')", ["late"]],
    ["void fail('one'); void fail('two'); await pause(30)", ["one", "two"]],
    ["void fail('lost'); const run = fail(); await pause(30); try { await run } catch {}", ["lost"]],
    ["void fail('lost'); await pause(30); throw new Error('own')", ["lost", "own"]],
    ["void fail('lost'); await pause(30); process.exit(0)", ["lost", "ProcessExited"]],
  ];
  for (const [code, shown] of cells) {
    const executed = await client.execute(code, { stop_on_error: false });
    const names = contents(executed, "error").map(({ ename, evalue }) => (ename === "Error" ? evalue : ename));
    assert.deepEqual(names, shown, code);
  }
  await client.execute(FAIL);
  let begun = () => {};
  const begins = new Promise<void>(resolve => {
    begun = resolve;
  });
  const cell = client.execute(
    "void fail('lost'); await pause(30); console.log('go'); await new Promise(() => {})",
    { stop_on_error: false },
    ({ content }) => {
      if (content.text === "go\n") begun();
    },
  );
  await begins;
  await client.ask("interrupt_request", {}, "control");
  const stopped = contents(await cell, "error").map(({ ename, evalue }) => (ename === "Error" ? evalue : ename));
  assert.deepEqual(stopped, ["lost", "KeyboardInterrupt"]);
});

test("a rejection of an earlier cell is shown there at once, and to handle it in the next cell brings no warning", async t => {
  const client = await start(t);
  const failed = new Promise<unknown>(resolve => {
    client.onPublished = ({ header, content, parent_header }) => {
      if (header.msg_type === "error") resolve([content.evalue, parent_header.msg_id]);
    };
  });
  const sent = client.send("execute_request", { code: "const run = pause(30).then(() => fail('early'))" });
  await sent.reply;
  const going = await client.execute("for (let i = 0; i < 100; i++) await pause(1); try { await run } catch {} 0");
  assert.deepEqual(await failed, ["early", sent.id]);
  assert.deepEqual(errors(going), []);
  assert.equal(streamText(going, "stderr"), "");
});

test("a late error is shown, and the process lives, where a library has taken away the listeners of the process", async t => {
  const client = await start(t);
  for (const remove of [
    "process.removeAllListeners()",
    "process.removeAllListeners('uncaughtException')",
    "for (const each of process.listeners('uncaughtException')) process.off('uncaughtException', each)",
  ]) {
    const thrown = await client.execute(
      `${remove}; setTimeout(() => { throw new Error("thrown") }, 5); await pause(20); 1`,
    );
    assert.deepEqual(errors(thrown), ["thrown"], remove);
    assert.equal(resultText(thrown), "1", remove);
    const rejected = await client.execute("void fail('rejected'); await pause(20); 2");
    assert.deepEqual(errors(rejected), ["rejected"], remove);
  }
});

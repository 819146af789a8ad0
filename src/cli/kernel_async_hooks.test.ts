import assert from "node:assert/strict";
import test from "node:test";
import type { Client } from "../client/index.ts";
import { resultText, startOurs } from "../testkit/index.ts";

const SET_UP = `const { AsyncLocalStorage, AsyncResource } = require("node:async_hooks"); const storage = new AsyncLocalStorage();
  const kept = "kept"; const loop = () => { display(storage.getStore() ?? "none"); for (;;); };`;

/** Each runs a loop in a callback of another kind. */
const CALLBACKS = [
  "process.nextTick(loop)",
  "Promise.resolve().then(loop)",
  "queueMicrotask(loop)",
  "setTimeout(loop, 1)",
  "setInterval(loop, 1)",
  "setImmediate(loop)",
  "require('node:fs').stat('/', loop)",
  "require('node:fs/promises').stat('/').then(loop)",
  "require('node:child_process').spawn('echo', ['x']).stdout.on('data', loop)",
  "require('node:zlib').gzip('x', async () => { await null; loop() })",
  "require('node:fs').stat('/', AsyncResource.bind(loop))",
  "new AsyncResource('mine').runInAsyncScope(loop)",
  "void (async () => { await null; new AsyncResource('mine').runInAsyncScope(() => process.nextTick(loop)) })()",
];

test("a stop in a callback of any kind ends that cell alone where an AsyncLocalStorage is in use", async t => {
  const { client } = await startOurs(t, { env: { LATENT_TYPES: "off" } });
  await client.execute(SET_UP);
  for (const [index, callback] of CALLBACKS.entries()) {
    assert.deepEqual(await stopInside(client, `storage.run(${index}, () => { ${callback} })`), [`${index}`], callback);
    assert.equal(resultText(await client.execute("kept", { stop_on_error: false })), "'kept'", callback);
  }
  const [, second] = [await client.execute("storage.enterWith('there')"), await client.execute(WAITS)];
  assert.equal(resultText(second), "[ 'inside', 'inside', 'inside' ]");
});

/** Whether the storage is still carried along, by node's callbacks, timers and awaits. */
const WAITS = `await storage.run("inside", async () => {
  const seen = [await new Promise(done => require("node:fs").stat("/", () => done(storage.getStore())))];
  seen.push(await new Promise(done => setTimeout(() => done(storage.getStore()), 1)));
  await null;
  return [...seen, storage.getStore()];
})`;

test("what a stop left behind does not end the process once a storage is used", async t => {
  const { client } = await startOurs(t, { env: { LATENT_TYPES: "off" } });
  await client.execute(SET_UP);
  for (const callback of CALLBACKS) await stopInside(client, callback);
  assert.equal(resultText(await client.execute(WAITS)), "[ 'inside', 'inside', 'inside' ]");
  assert.equal(resultText(await client.execute("kept")), "'kept'");
});

/** Stops a cell as soon as its loop shows something; returns what it showed. */
async function stopInside(client: Client, code: string): Promise<unknown[]> {
  const shown: unknown[] = [];
  const cell = `${code}; await new Promise(() => {})`;
  const { reply } = await client.execute(cell, { stop_on_error: false }, ({ header, content }) => {
    if (header.msg_type !== "display_data") return;
    shown.push((content.data as Record<string, unknown>)["text/plain"]);
    void client.ask("interrupt_request", {}, "control");
  });
  assert.equal(reply.status === "error" && reply.ename, "KeyboardInterrupt", code);
  return shown;
}

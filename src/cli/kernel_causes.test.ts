import assert from "node:assert/strict";
import test from "node:test";
import type { Executed } from "../client/index.ts";
import { resultText, startOurs, streamText } from "../testkit/index.ts";

/** Cells that print "ended" last, long after they have ended, each by another way. */
const LATE: Record<string, string> = {
  "a loop of awaits":
    "(async () => { for (let i = 0; i < 20; i++) await new Promise(r => setTimeout(r, 10)); end() })()",
  "a chain of then": "sleep(90).then(() => console.log('first')).then(() => sleep(30)).then(end)",
  "an event of a child":
    "const c = spawn('sh', ['-c', 'sleep 0.1; echo x']); c.stdout.on('data', d => console.log('got', String(d).trim())); c.on('close', end)",
  "callbacks of files": "fs.readFile(here, () => fs.stat('/', () => setTimeout(() => fs.readFile(here, end), 100)))",
  "a callback of a library":
    "require('node:zlib').gzip('x', () => require('node:zlib').gzip('y', () => setTimeout(end, 50)))",
  "an async callback of a child": "spawn('sleep', ['0.1']).on('exit', async () => { await sleep(10); end() })",
  "a tick and a microtask": "setImmediate(() => process.nextTick(() => queueMicrotask(() => setTimeout(end, 60))))",
  "a chain of a function of another cell": "later(end)",
};

test("the cell that caused an output gets it, whatever came between and whichever cell runs meanwhile", async t => {
  const { client } = await startOurs(t, { env: { LATENT_TYPES: "off" } });
  await client.execute(`const { spawn } = require("node:child_process"); const fs = require("node:fs"); let ended = 0;
    const here = process.execPath.replace(/[^/]*$/, ""); const sleep = (ms: number) => new Promise<void>(r => setTimeout(r, ms));
    const later = async (end: () => void) => { await sleep(50); await null; end() };`);
  const executed = new Map<string, Executed>();
  for (const [name, code] of Object.entries(LATE)) {
    const cell = `{ const end = () => { console.log("ended ${name}"); ended++ }; ${code} }; 0`;
    executed.set(name, await client.execute(cell));
    // Cells in between, with work of their own behind them.
    await client.execute("Promise.resolve().then(() => null); setTimeout(() => {}, 30); await sleep(7)");
  }
  const all = `while (ended < ${executed.size}) await sleep(10); console.log("mine"); await sleep(50)`;
  const last = await client.execute(all);
  assert.equal(streamText(last), "mine\n");
  for (const [name, cell] of executed) assert.match(streamText(cell), new RegExp(`ended ${name}\n$`), name);
});

test("a server's requests belong to the cell that started it, and a promise shows no trace of its cell", async t => {
  const { client } = await startOurs(t, { env: { LATENT_TYPES: "off" } });
  const server = await client.execute(`const server = require("node:http").createServer((question, answer) => {
    console.log(question.url); setTimeout(() => { console.log("answered"); answer.end("x") }, 5) });
    await new Promise<void>(r => server.listen(0, "127.0.0.1", r));`);
  const asked = await client.execute(
    'console.log(await (await fetch("http://127.0.0.1:" + server.address().port + "/a")).text()); server.closeAllConnections(); server.close(); 0',
  );
  assert.equal(streamText(asked), "x\n");
  assert.equal(streamText(server), "/a\nanswered\n");
  assert.equal(
    resultText(await client.execute("[Promise.resolve(1), Reflect.ownKeys(Promise.resolve())]")),
    "[ Promise { 1 }, [] ]",
  );
});

test("a stop in a callback of any kind ends that cell alone, and the process lives", async t => {
  const { client } = await startOurs(t, { env: { LATENT_TYPES: "off" } });
  await client.execute("let kept = 5; const loop = () => { display('go'); for (;;); }");
  const cells = [
    "process.nextTick(loop)",
    "Promise.resolve().then(loop)",
    "require('node:fs').readFile('/', loop)",
    "require('node:child_process').spawn('echo', ['x']).stdout.on('data', loop)",
    "setImmediate(() => Promise.resolve().then(loop))",
    "require('node:zlib').gzip('x', async () => { await null; loop() })",
  ];
  for (let round = 0; round < 3; round++)
    for (const code of cells) {
      const cell = `${code}; await new Promise(() => {})`;
      const { reply } = await client.execute(cell, { stop_on_error: false }, ({ header }) => {
        if (header.msg_type === "display_data") void client.ask("interrupt_request", {}, "control");
      });
      assert.equal(reply.status === "error" && reply.ename, "KeyboardInterrupt", code);
      assert.equal(resultText(await client.execute("kept", { stop_on_error: false })), "5", code);
    }
});

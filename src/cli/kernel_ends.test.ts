import assert from "node:assert/strict";
import test from "node:test";
import type { Client, Executed } from "../client/index.ts";
import type { Message } from "../protocol/index.ts";
import { contents, resultText, startOurs } from "../testkit/index.ts";

const result = async (client: Client, code: string) => resultText(await client.execute(code, { stop_on_error: false }));
const failure = (executed: Executed) => {
  const [error] = contents(executed, "error");
  assert.ok(error, "the cell should have failed");
  return { ename: error.ename, evalue: String(error.evalue) };
};

/** Starts something that sleeps and holds the pipes of the process, each in its way, and gives its process id. */
const SLEEPERS: Record<string, string> = {
  "a child": `require("node:child_process").spawn("sleep", ["1000"], { stdio: "inherit" }).pid`,
  "a child with a group of its own": `require("node:child_process")
    .spawn("sleep", ["1000"], { stdio: "inherit", detached: true }).pid`,
  "a child of a shell that has left": `Number(require("node:child_process")
    .spawnSync("sh", ["-c", "sleep 1000 3>&- & echo $! >&3"], { stdio: ["ignore", "inherit", "inherit", "pipe"] }).output[3])`,
  "a daemon": `Number(require("node:child_process").spawnSync("sh",
    ["-c", "setsid sh -c 'sleep 1000 3>&- & echo $! >&3' &"],
    { stdio: ["ignore", "inherit", "inherit", "pipe"] }).output[3])`,
  "a child with an environment of its own": `require("node:child_process")
    .spawn("/bin/sleep", ["1000"], { stdio: "inherit", detached: true, env: {} }).pid`,
  "a child of a worker": `await new Promise(resolve => new (require("node:worker_threads").Worker)(
    'const { spawn } = require("node:child_process"); const child = spawn("sleep", ["1000"], { detached: true, stdio: "inherit" });' +
    'require("node:worker_threads").parentPort.postMessage(child.pid)', { eval: true }).on("message", resolve))`,
};

/** The kernel leaves at once, or the pipes held it: the sleepers sleep for a quarter of an hour. */
const LONG_MS = 60_000;

test("nothing that a cell has started outlives the kernel or holds up its end", async t => {
  for (const [what, start] of Object.entries(SLEEPERS)) {
    const { client, launched } = await startOurs(t);
    const pid = Number(await result(client, start));
    assert.ok(isAlive(pid), what);
    const before = performance.now();
    await client.ask("shutdown_request", { restart: false }, "control");
    assert.deepEqual(await launched.exited, { code: 0, signal: null });
    assert.ok(performance.now() - before < LONG_MS, what);
    await gone(pid);
  }
});

test("nothing that a cell has started holds up the error of a process that ended, and all of it ends", async t => {
  const { client } = await startOurs(t);
  for (const [what, start] of Object.entries(SLEEPERS)) {
    const pid = Number(await result(client, start));
    assert.ok(isAlive(pid), what);
    assert.equal(failure(await client.execute("process.exit(1)")).ename, "ProcessExited");
    await gone(pid);
  }
});

test("what was started ends also where the front process is killed", async t => {
  const { client, launched } = await startOurs(t);
  const pids = [];
  for (const start of Object.values(SLEEPERS)) pids.push(Number(await result(client, start)));
  launched.process.kill("SIGKILL");
  for (const pid of pids) await gone(pid);
});

test("an exit says so wherever the code stood, and the next cell runs in a new process", async t => {
  const { client } = await startOurs(t);
  const cells: [code: string, how: RegExp][] = [
    ["process.exit(3)", /exit code 3/],
    ["await 1; process.exit(3)", /exit code 3/],
    ["await new Promise(r => setTimeout(r, 5)); process.exit(0)", /exit code 0/],
    ["await import('data:text/javascript,process.exit(4)')", /exit code 4/],
    ["setTimeout(() => process.exit(5), 5); await new Promise(() => {})", /exit code 5/],
    ["Promise.resolve().then(() => process.exit(6)); await new Promise(() => {})", /exit code 6/],
    ["process.nextTick(() => process.exit(7)); await new Promise(() => {})", /exit code 7/],
    [
      "({ get x() { return process.exit(8) }, [Symbol.for('nodejs.util.inspect.custom')]() { return this.x } })",
      /code 8/,
    ],
    ["process.kill(process.pid); await new Promise(() => {})", /SIGTERM/],
    ["await 1; process.kill(process.pid, 'SIGSEGV'); await new Promise(() => {})", /SIGSEGV: native code crashed/],
    ["process.abort()", /SIGABRT: process.abort/],
    ["await null; process.abort()", /SIGABRT: process.abort/],
  ];
  for (const [code, how] of cells) {
    await client.execute("let gone = 1");
    const { ename, evalue } = failure(await client.execute(code));
    assert.equal(ename, "ProcessExited", code);
    assert.match(evalue, how, code);
    assert.equal(await result(client, "typeof gone"), "'undefined'", code);
  }
});

test("a process without memory says so", async t => {
  const { client } = await startOurs(t, { env: { NODE_OPTIONS: "--max-old-space-size=60" } });
  const { ename, evalue } = failure(await client.execute("const all = []; for (;;) all.push({ all: [all.length] })"));
  assert.equal(ename, "ProcessExited");
  assert.match(evalue, /out of memory.*--max-old-space-size/);
  assert.equal(await result(client, "1 + 1"), "2");
});

test("a cell in line behind an exit is aborted or runs, and none is lost", async t => {
  const { client } = await startOurs(t);
  for (const exit of [
    "await 1; process.exit(3)",
    "process.exit(3)",
    "setTimeout(() => process.exit(3)); await new Promise(() => {})",
  ]) {
    const strict = [client.execute(exit), client.execute("1"), client.execute("2")];
    assert.deepEqual(
      (await Promise.all(strict)).map(({ reply }) => reply.status),
      ["error", "aborted", "aborted"],
    );
    const free = ["1", exit, "'behind'", exit, "'last'"].map(code => client.execute(code, { stop_on_error: false }));
    const texts = (await Promise.all(free)).map(resultText);
    assert.deepEqual(texts, ["1", undefined, "'behind'", undefined, "'last'"]);
  }
});

test("a cell that meets a process about to end runs in the next one", async t => {
  const { client } = await startOurs(t);
  // The exit comes in the very turn in which the process would take the next cell.
  for (let round = 0; round < 10; round++) {
    await client.execute(
      `setTimeout(() => { const until = Date.now() + 30; while (Date.now() < until); process.exit(0) }, ${round})`,
    );
    assert.equal(await result(client, "'ran'"), "'ran'");
  }
});

test("a process that ends between two cells is reported at once, and what lived in it is closed", async t => {
  const { client } = await startOurs(t);
  const published: Message[] = [];
  let ended: () => void = () => {};
  const end = new Promise<void>(resolve => {
    ended = resolve;
  });
  client.onPublished = message => {
    published.push(message);
    if (message.header.msg_type === "comm_close") ended();
  };
  await client.execute(
    "const kept = 1; globalThis[Symbol.for('latent.kernel')].comms.open('slider', {}, { id: 'line' })",
  );
  assert.deepEqual(Object.keys(await comms(client)), ["line"]);
  const code = "globalThis[Symbol.for('latent.kernel')].comms.registerTarget('end', () => process.exit(9))";
  const { id, reply } = client.send("execute_request", { code });
  await reply;
  client.send("comm_open", { comm_id: "end", target_name: "end", data: {} });
  await end;
  const note = published.find(({ header, content }) => header.msg_type === "stream" && content.name === "stderr");
  assert.match(String(note?.content.text), /ended \(exit code 9\).*variables are gone/);
  assert.equal(note?.parent_header.msg_id, id);
  assert.deepEqual(await comms(client), {});
  const { content } = await client.ask("complete_request", { code: "kep", cursor_pos: 3 });
  assert.ok(!(content.matches as string[]).includes("kept"), "completion has forgotten the variables");
  assert.equal(await result(client, "typeof kept"), "'undefined'");
});

async function comms(client: Client): Promise<object> {
  return (await client.ask("comm_info_request", { target_name: null })).content.comms as object;
}

test("code that writes on the kernel's own descriptors, or closes them, ends its process and not the kernel", async t => {
  const { client } = await startOurs(t);
  for (const code of [
    "require('node:fs').writeSync(5, 'x')",
    "require('node:fs').writeSync(5, Buffer.alloc(100))",
    "for (const fd of [3, 4, 6]) require('node:fs').writeSync(fd, 'x'); await new Promise(() => {})",
    "require('node:fs').closeSync(5); await new Promise(() => {})",
  ]) {
    const { ename, evalue } = failure(await client.execute(`console.log('before'); ${code}`));
    assert.equal(ename, "ProcessExited", code);
    assert.match(evalue, /descriptor [3456], which belongs to the kernel/, code);
    assert.equal(await result(client, "'alive'"), "'alive'");
  }
});

const skip = process.env.LATENT_FULL ? false : "half a gigabyte of text; runs with LATENT_FULL=1";

test("a line of 300 MB neither ends the kernel nor is lost", { skip }, async t => {
  const { client } = await startOurs(t);
  for (const character of ['\\"', "é"]) {
    let length = 0;
    const { reply } = await client.execute(`console.log("${character}".repeat(280e6))`, {}, ({ content }) => {
      length += String(content.text ?? "").length;
      content.text = "";
    });
    assert.equal(reply.status, "ok");
    assert.equal(length, 280e6 + 1);
  }
});

function isAlive(pid: number): boolean {
  assert.ok(pid > 1, `${pid} is no process`);
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    assert.equal((error as NodeJS.ErrnoException).code, "ESRCH");
    return false;
  }
}

/** A process that is ended stays in the table until its parent has heard of it. */
async function gone(pid: number): Promise<void> {
  while (isAlive(pid)) await new Promise(resolve => setTimeout(resolve, 20));
}

test("a cell that changes what the language is made of for good ends, at the worst with its process", async t => {
  const { client } = await startOurs(t, { env: { LATENT_TYPES: "off" } });
  const forGood = (method: string, value: string) =>
    `Object.defineProperty(Array.prototype, "${method}", { value: ${value}, writable: false, configurable: false })`;
  for (const code of [
    `${forGood("map", "() => { throw 1 }")}; 1`,
    `${forGood("map", "null")}; throw new Error('x')`,
    `${forGood("toJSON", "() => 7")}; 1`,
    `${forGood("reduce", "() => { throw 1 }")}; console.log('x')`,
  ]) {
    const { reply } = await client.execute(code, { stop_on_error: false });
    assert.equal(reply.status === "error" && reply.ename, "ProcessExited", code);
    assert.equal(resultText(await client.execute("1 + 1")), "2", code);
  }
});

import assert from "node:assert/strict";
import test from "node:test";
import type { Client, Executed } from "../client/index.ts";
import { contents, resultText, startOurs, streamText } from "../testkit/index.ts";

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

/** Each calls `turn` for ever, in its way; `turns` is how often. */
const ENDLESS = [
  "import { setInterval as every } from 'node:timers/promises'; for await (const _ of every(2)) turn()",
  "const again = () => new Promise(r => setTimeout(r, 2)).then(() => { turn(); return again() }); await again()",
  "const chain = () => { turn(); Promise.resolve().then(chain) }; chain(); await never",
  "for (;;) { try { await Promise.reject(1) } catch { turn() } }",
  "for (;;) { try { await require('node:fs/promises').stat('./nowhere') } catch { turn() } }",
  "for (;;) { try { await require('node:fs/promises').stat('.') } finally { turn(); continue } }",
  "async function* count() { for (let n = 0; ; n++) { await null; yield n } } for await (const _ of count()) turn()",
  "async function* slow() { for (;;) { await require('node:fs/promises').stat('.'); turn(); yield } } for await (const _ of slow());",
  "const rows = new (require('node:stream').Readable)({ objectMode: true, read() { setImmediate(() => this.push(1)) } }); for await (const _ of rows) turn()",
  "const micro = () => { turn(); queueMicrotask(micro) }; micro(); await never",
  "const soon = () => { turn(); setImmediate(soon) }; soon(); await never",
  "const tick = () => { turn(); process.nextTick(tick) }; tick(); await never",
  "setInterval(turn, 2); await never",
  "require('node:timers').setInterval(turn, 2); await never",
  "import { setTimeout as later } from 'node:timers'; const timer = () => { turn(); later(timer, 2) }; timer(); await never",
  "void (async () => { for (;;) { await require('node:fs/promises').stat('.'); turn() } })(); await never",
  "const emitter = new (require('node:events'))(); emitter.on('x', () => { turn(); setImmediate(() => emitter.emit('x')) }); emitter.emit('x'); await never",
  "outer: for await (const a of [1, 2]) for (;;) { await null; turn(); if (a > 2) continue outer }",
  "const ping = async () => { turn(); await null; await pong() }; const pong = async () => { await null; return ping() }; await ping()",
  "for (;;) { try { for (;;) turn() } catch {} finally { continue } }",
  "Error.prepareStackTrace = (_, frames) => frames; for (;;) turn()",
  "Error.stackTraceLimit = 0; Object.freeze(Error); for (;;) turn()",
];

test("of a cell that was stopped nothing goes on, however it waits", async t => {
  const { client } = await startOurs(t, { env: { LATENT_TYPES: "off" } });
  await client.execute(
    "globalThis.turns = 0; globalThis.turn = () => { turns++ }; globalThis.never = new Promise(() => {})",
  );
  for (const code of ENDLESS) {
    await client.execute("turns = 0");
    assert.equal(nameOfError(await stopOnceItTurns(client, code)), "KeyboardInterrupt", code);
    const { before, after } = await turns(client);
    assert.equal(after, before, `goes on: ${code}`);
  }
});

test("a stop in the second of several callbacks that are due together leaves all queues of node working", async t => {
  const { client } = await startOurs(t, { env: { LATENT_TYPES: "off" } });
  await client.execute("globalThis.turn = () => {}; globalThis.never = new Promise(() => {})");
  for (const soon of [
    "setImmediate",
    "(work => require('node:timers').setImmediate(work))",
    "(work => setTimeout(work, 3))",
    "(work => setInterval(work, 3))",
    "process.nextTick",
    "queueMicrotask",
    "(work => Promise.resolve().then(work))",
    "(work => require('node:timers/promises').setImmediate().then(work))",
    "(work => require('node:fs').stat('.', work))",
    "(work => { const { port1, port2 } = new MessageChannel(); port1.onmessage = work; port2.postMessage(1) })",
  ]) {
    const cell = `const soon${soon.length} = ${soon}; soon${soon.length}(() => {}); soon${soon.length}(() => { turn(); for (;;); }); soon${soon.length}(() => {}); await never`;
    const executed = await stopOnceItTurns(client, cell);
    assert.equal(nameOfError(executed), "KeyboardInterrupt", soon);
    const after = await client.execute(
      `const order = [];
      await new Promise(done => {
        setImmediate(() => order.push("immediate"));
        setImmediate(() => process.nextTick(() => order.push("tick")));
        setImmediate(() => require("node:timers/promises").setImmediate().then(() => order.push("promised")));
        setTimeout(() => { order.push("timer"); done() }, 30);
      });
      order.join()`.replaceAll("order", `order${soon.length}`),
    );
    assert.equal(resultText(after), "'immediate,tick,promised,timer'", soon);
  }
});

test("a stop takes nothing along that other cells wait for", async t => {
  const { client } = await startOurs(t, { env: { LATENT_TYPES: "off" } });
  // Both cells wait for one promise: the stopped one is the first to be called back.
  await client.execute(
    "globalThis.turn = () => {}; let come; globalThis.shared = new Promise(resolve => { come = resolve })",
  );
  await stopOnceItTurns(client, "turn(); await shared; console.log('never')");
  const second = await client.execute("setTimeout(come, 5, 'came'); await shared");
  assert.equal(resultText(second), "'came'");
  assert.equal(streamText(second), "");
});

test("abort listeners that loop or throw do not hold up a stop, and are heard before the cell ends", async t => {
  const { client } = await startOurs(t, { env: { LATENT_TYPES: "off" } });
  await client.execute(
    "const kept = 'kept'; globalThis.turn = () => {}; const listen = work => globalThis[Symbol.for('latent.kernel')].signal.addEventListener('abort', work)",
  );
  for (const work of [
    "() => { for (;;); }",
    "async () => { for (;;) await null }",
    "() => { throw new Error('no') }",
    "() => { console.log('heard') }",
  ]) {
    const executed = await stopOnceItTurns(client, `listen(${work}); turn(); await new Promise(() => {})`);
    const names = contents(executed, "error").map(({ ename }) => ename);
    assert.ok(names.includes("KeyboardInterrupt"), `${work}: ${names}`);
    if (work.includes("heard")) assert.match(streamText(executed), /heard/);
    assert.equal(resultText(await client.execute("kept")), "'kept'", work);
  }
});

test("an interrupt with nothing running stops what earlier cells have left, says so, and the next cell runs", async t => {
  const { client } = await startOurs(t, { env: { LATENT_TYPES: "off" } });
  await client.execute("globalThis.turns = 0; globalThis.turn = () => { turns++ }");
  let said = "";
  client.onPublished = ({ header, content }) => {
    if (header.msg_type === "stream" && content.name === "stderr") said += content.text;
  };
  await client.execute(
    `setInterval(turn, 2); const loop = () => { turn(); setTimeout(loop, 2) }; loop();
    void (async () => { for (;;) { await require("node:fs/promises").stat("."); turn() } })(); clearTimeout(setTimeout(turn, 1e6));`,
  );
  await client.ask("interrupt_request", {}, "control");
  const { before, after } = await turns(client);
  assert.equal(after, before);
  // One of the two may be on the stack just then, and end there.
  assert.match(said, /^Stopped (?:2 timers|1 timer) of earlier cells\.\n$/);
  await client.ask("interrupt_request", {}, "control");
  const { before: one, after: more } = await turns(client, "setInterval(turn, 1);");
  assert.ok(Number(more) > Number(one), "what is begun afterwards goes on");
});

test("a callback of an ended cell that loops is stopped, and does not come back", async t => {
  const { client } = await startOurs(t, { env: { LATENT_TYPES: "off" } });
  await client.execute("globalThis.turn = () => console.log('looping'); 0");
  const looping = once(client, "looping");
  await client.execute("setInterval(() => { turn(); for (;;); }, 2)", {}).then(() => looping);
  const cell = client.execute("'free'", { stop_on_error: false });
  await client.ask("interrupt_request", {}, "control");
  const { reply } = await cell;
  // The interrupt was for the loop, or, if it met the cell in line, for both.
  if (reply.status === "error") assert.equal(reply.ename, "KeyboardInterrupt");
  assert.equal(resultText(await client.execute("await new Promise(r => setTimeout(r, 20)); 'free'")), "'free'");
});

test("a comm handler that loops is stopped and its message is idle, and those behind it are handled", async t => {
  const { client } = await startOurs(t, { env: { LATENT_TYPES: "off" } });
  await client.execute(`const comms = globalThis[Symbol.for("latent.kernel")].comms, kept = "kept";
    comms.registerTarget("line", comm => { comm.onMessage = ({ data }) => { console.log(data.text); while (data.text === "loop"); } })`);
  const idle: string[] = [];
  let error: unknown;
  const send = (msg_type: string, text: string) =>
    new Promise<void>(resolve => {
      client.send(msg_type, { comm_id: "one", target_name: "line", data: { text } }, "shell", ({ header, content }) => {
        if (header.msg_type === "error") error = content.ename;
        if (content.execution_state !== "idle") return;
        idle.push(text);
        resolve();
      });
    });
  await send("comm_open", "open");
  const looping = once(client, "loop");
  const all = [send("comm_msg", "loop"), send("comm_msg", "second"), send("comm_msg", "third")];
  await looping;
  await client.ask("interrupt_request", {}, "control");
  await Promise.all(all);
  assert.deepEqual(idle, ["open", "loop", "second", "third"]);
  assert.equal(error, "KeyboardInterrupt");
  assert.equal(resultText(await client.execute("kept")), "'kept'");
});

test("a stop reaches the child that a cell waits for, and no server of an earlier cell", async t => {
  const { client } = await startOurs(t, { env: { LATENT_TYPES: "off" } });
  await client.execute(
    "const { execSync, spawn, spawnSync } = require('node:child_process'), kept = 'kept'; globalThis.turn = () => {};",
  );
  await client.execute("const server = spawn('sleep', ['1000'])");
  for (const code of [
    "execSync('sleep 1000')",
    "execSync('sleep 1000; sleep 1000', { stdio: 'inherit' })",
    "for (;;) { try { execSync('sleep 1000') } catch {} }",
    // As a shell's copy that hears the interrupt before its program starts, which by chance happens to any child.
    `execSync("trap 'exec sleep 1000' INT; while :; do sleep 0.05; done")`,
    "spawnSync('sleep', ['1000'], { env: {} })",
    "await new Promise(resolve => child.on('exit', resolve))",
  ]) {
    const executed = await stopOnceItTurns(client, `globalThis.child = spawn('sleep', ['1000']); turn(); ${code}`);
    assert.equal(nameOfError(executed), "KeyboardInterrupt", code);
    assert.equal(resultText(await client.execute("kept")), "'kept'", code);
  }
  const signal = "if (child.signalCode === null) await new Promise(r => child.once('exit', r)); child.signalCode";
  assert.equal(resultText(await client.execute(signal)), "'SIGINT'");
  assert.equal(resultText(await client.execute("server.signalCode")), "null");
});

test("a child that ignores the interrupt is killed by the next one, and the variables stay", async t => {
  const { client } = await startOurs(t, { env: { LATENT_TYPES: "off" } });
  await client.execute("const kept = 'kept'");
  const going = once(client, "go");
  const cell = client.execute(
    "require('node:child_process').execSync(`trap '' INT; echo go; sleep 1000`, { stdio: 'inherit' })",
  );
  await going;
  const told = once(client, "Stopping: waiting for a child process");
  await client.ask("interrupt_request", {}, "control");
  await told;
  await client.ask("interrupt_request", {}, "control");
  assert.equal(nameOfError(await cell), "KeyboardInterrupt");
  assert.equal(resultText(await client.execute("kept")), "'kept'");
});

function nameOfError({ reply }: Executed): string | undefined {
  return reply.status === "error" ? reply.ename : undefined;
}

/** Settles when a line is published that begins so. */
function once(client: Client, text: string): Promise<void> {
  return new Promise(resolve => {
    client.onPublished = ({ content }) => {
      if (String(content.text ?? "").startsWith(text)) resolve();
    };
  });
}

async function stopOnceItTurns(client: Client, code: string): Promise<Executed> {
  const turning = once(client, "turns");
  const first =
    "{ const each = globalThis.turn; globalThis.turn = () => { console.log('turns'); globalThis.turn = each; each() } }";
  const cell = client.execute(`${first}\n${code}`, { stop_on_error: false });
  await turning;
  await client.ask("interrupt_request", {}, "control");
  return cell;
}

/** How often `turn` was called, and how often some time later. */
async function turns(client: Client, before = ""): Promise<{ before: string | undefined; after: string | undefined }> {
  const wait = "await new Promise(r => setTimeout(r, 25)); turns";
  return {
    before: resultText(await client.execute(`${before} ${wait}`, { stop_on_error: false })),
    after: resultText(await client.execute(wait, { stop_on_error: false })),
  };
}

test("a user expression that loops is stopped, also while its value or its error is read, and the variables stay", async t => {
  const { client } = await startOurs(t, { env: { LATENT_TYPES: "off" } });
  await client.execute("let kept = 'kept'");
  const looping = "({ [Symbol.for('nodejs.util.inspect.custom')]() { console.log('runs'); for (;;); } })";
  const calling = "(() => { console.log('runs'); while (true) {} })()";
  const message = "{ get() { console.log('runs'); for (;;); } }";
  const thrown = `(() => { throw Object.defineProperty(new Error(), "message", ${message}) })()`;
  const expressions = [calling, "await console.log('runs'); for (;;);", looping, thrown];
  for (const [code, expression] of [...expressions.map(each => ["1", each]), [thrown, "1"]] as [string, string][]) {
    const running = once(client, "runs");
    const cell = client.execute(code, { user_expressions: { a: expression, b: "kept" } });
    await running; // one stop, and not before the expression has begun: a second one ends the process or the next cell
    await client.ask("interrupt_request", {}, "control");
    const { reply } = await cell;
    assert.equal(reply.status === "error" && reply.ename, "KeyboardInterrupt", expression);
    assert.equal(resultText(await client.execute("kept")), "'kept'");
  }
});

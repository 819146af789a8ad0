import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import test from "node:test";
import type { Client, Executed } from "../client/index.ts";
import { Client as Connected, launch } from "../client/index.ts";
import { contents, emptyFolder, ourSpec, resultText, startOurs, streamText } from "../testkit/index.ts";

const fails = (executed: Executed) => {
  const [error] = contents(executed, "error");
  assert.ok(error, "the cell should have failed");
  return { ename: error.ename, evalue: String(error.evalue), traceback: (error.traceback as string[]).join("\n") };
};
const result = async (client: Client, code: string) => resultText(await client.execute(code));

test("cells share their variables, whatever kind a name was declared as before", async t => {
  const { client } = await startOurs(t);
  await client.execute("const a: number = 5; interface Point { x: number }");
  assert.equal(await result(client, "a + 1"), "6");
  await client.execute("function a(n: number): number { return n > 0 ? a(n - 1) : 42 }");
  assert.equal(await result(client, "a(3)"), "42");
  assert.equal(await result(client, "a.name"), "'a'");
  await client.execute("class a { static b = 'class' }");
  assert.equal(await result(client, "a.b"), "'class'");
  await client.execute("for (var i = 0; i < 3; i++); var a = 'var'");
  assert.equal(await result(client, "let i = 'again'; a + i"), "'varagain'");
  await client.execute("import a from 'node:path'");
  assert.equal(await result(client, "let a = a.basename('/x/y'); a"), "'y'");
  await client.execute("enum Kind { Dense = 2, Conv }");
  assert.equal(await result(client, "Kind.Conv"), "3");
});

test("the value of the last expression is the result, as text and in its rich form", async t => {
  const { client } = await startOurs(t);
  const shown: [string, string | undefined][] = [
    ["1 + 1", "2"],
    ["'text'", "'text'"],
    ["({ a: [1, 2] })", "{ a: [ 1, 2 ] }"],
    ["{ a: 1 }", "{ a: 1 }"],
    ["10n ** 20n", "100000000000000000000n"],
    ["-0", "-0"],
    ["NaN", "NaN"],
    ["null", "null"],
    ["Symbol('s')", "Symbol(s)"],
    ["await Promise.resolve('awaited')", "'awaited'"],
    ["let quiet = 1", undefined],
    ["undefined", undefined],
    ["if (true) 5", undefined],
  ];
  for (const [code, text] of shown) assert.equal(await result(client, code), text, code);
  const rich = "({ [Symbol.for('Jupyter.display')]: async () => ({ 'text/html': '<b>hi</b>' }) })";
  const [{ data }] = contents(await client.execute(rich), "execute_result") as [{ data: Record<string, string> }];
  assert.equal(data["text/html"], "<b>hi</b>");
  assert.match(data["text/plain"] ?? "", /Jupyter.display/);
});

test("stdout, stderr and the output of child processes are told apart and complete", async t => {
  const { client } = await startOurs(t);
  const mixed = await client.execute("console.log('a'); console.error('b'); process.stdout.write('c')");
  assert.equal(streamText(mixed), "a\nc");
  assert.equal(streamText(mixed, "stderr"), "b\n");
  assert.deepEqual(
    contents(mixed, "stream").map(({ name }) => name),
    ["stdout", "stderr", "stdout"],
  );
  const child = await client.execute(
    "require('node:child_process').execSync('echo out; echo err >&2', { stdio: 'inherit' })",
  );
  assert.equal(streamText(child), "out\n");
  assert.equal(streamText(child, "stderr"), "err\n");
  const many = await client.execute("for (let n = 0; n < 100_000; n++) console.log(n)");
  const numbers = Array.from({ length: 100_000 }, (_, n) => `${n}\n`).join("");
  assert.ok(streamText(many) === numbers, "100,000 lines arrive, each once, in order, before the cell is idle");
  assert.ok(contents(many, "stream").length <= 200, "in few messages");
  const split = await client.execute(
    "const euro = Buffer.from('€'); process.stdout.write(euro.subarray(0, 1)); process.stdout.write(euro.subarray(1)); 0",
  );
  assert.equal(streamText(split), "€");
});

test("what a cell prints is seen while it loops, also the second of two lines", async t => {
  const { client } = await startOurs(t);
  let text = "";
  const seen = new Promise<void>(resolve => {
    void client.execute("console.log('one'); console.log('two'); while (true) {}", {}, ({ content }) => {
      text += content.text ?? "";
      if (text === "one\ntwo\n") resolve();
    });
  });
  await seen;
  await client.ask("interrupt_request", {}, "control");
});

test("display_data and update_display_data carry their bundle and their id", async t => {
  const { client } = await startOurs(t);
  const cell = `const kernel = globalThis[Symbol.for("latent.kernel")];
    kernel.display({ "text/plain": "0 %" }, {}, { display_id: "bar" });
    kernel.update({ "text/plain": "100 %" }, {}, { display_id: "bar" });
    kernel.clear({ wait: true });
    display([1, 2], { id: "list" });`;
  const executed = await client.execute(cell);
  assert.deepEqual(executed.outputs.map(({ header }) => header.msg_type).slice(1), [
    "display_data",
    "update_display_data",
    "clear_output",
    "display_data",
  ]);
  const [bar, list] = contents(executed, "display_data");
  assert.deepEqual(bar, { data: { "text/plain": "0 %" }, metadata: {}, transient: { display_id: "bar" } });
  assert.deepEqual(list?.data, { "text/plain": "[ 1, 2 ]" });
  assert.deepEqual(contents(executed, "update_display_data")[0]?.transient, { display_id: "bar" });
});

test("an error names the author's line and column, shows it, and hides the kernel", async t => {
  const { client } = await startOurs(t);
  await client.execute(
    "interface T { x: 1 }\nfunction boom(n: number): never {\n  throw new TypeError('bad ' + n);\n}",
  );
  const { ename, evalue, traceback } = fails(await client.execute("let unused: T;\n  boom(3)"));
  assert.equal(ename, "TypeError");
  assert.equal(evalue, "bad 3");
  assert.match(traceback, /Cell \[1\], line 3, column 9/);
  assert.match(traceback, /> 3 \| {3}throw new TypeError\('bad ' \+ n\);\n {4}\| {9}\^/);
  assert.match(traceback, /at boom \(Cell \[1\]:3:9\)\n {4}at Cell \[2\]:2:3$/);
  assert.doesNotMatch(traceback, /node:|dist|src/);
});

test("errors of every kind are told, and the kernel lives", async t => {
  const { client } = await startOurs(t);
  const cases: [code: string, ename: string, evalue: RegExp, traceback: RegExp][] = [
    ["let a = 1\nlet b = = 2", "SyntaxError", /./, /line 2, column 9/],
    ["nowhere", "ReferenceError", /nowhere is not defined/, /line 1, column 1/],
    ["throw 5", "Thrown", /^5$/, /line 1/],
    ["throw null", "Thrown", /^null$/, /line 1/],
    ["await Promise.reject(new Error('later'))", "Error", /later/, /line 1, column 22/],
    ["throw new Error('outer', { cause: new RangeError('inner') })", "Error", /outer/, /Caused by: RangeError: inner/],
    ["throw Object.defineProperty(new Error(), 'message', { get() { throw 1 } })", "Error", /cannot be read/, /./],
    ["import { x } from 'no-such-package'", "Error", /npm install no-such-package/, /line 1/],
    ["enum E { A }\n\nthrow new Error('behind an enum')", "Error", /behind/, /line 3, column 7/],
  ];
  for (const [code, ename, evalue, traceback] of cases) {
    const failure = fails(await client.execute(code));
    assert.equal(failure.ename, ename, code);
    assert.match(failure.evalue, evalue);
    assert.match(failure.traceback, traceback);
  }
  assert.equal(await result(client, "'alive'"), "'alive'");
});

test("what fails after its cell has ended is shown in that cell, and the kernel lives", async t => {
  const { client } = await startOurs(t);
  const late = client.execute("setTimeout(() => { console.log('mine'); throw new Error('late') }, 30); 1");
  const first = await late;
  await client.execute("await new Promise(resolve => setTimeout(resolve, 80)); console.log('second')");
  assert.equal(streamText(first), "mine\n");
  assert.equal(fails(first).evalue, "late");
  await client.execute("void Promise.reject(new Error('unhandled')); await new Promise(r => setTimeout(r, 10))");
  assert.equal(await result(client, "'alive'"), "'alive'");
});

test("an interrupt ends loops and awaits of every kind with a KeyboardInterrupt, and keeps the variables", async t => {
  const { client } = await startOurs(t);
  await client.execute("let kept = 'kept', turns = 0");
  const cells = [
    "console.log('go'); while (true) {}",
    "console.log('go'); for (;;) { try { while (true) {} } finally { continue } }",
    "console.log('go'); await new Promise(() => {})",
    "console.log('go'); await 1; while (true) {}",
    "console.log('go'); await (async () => { for (;;) await null })()",
    "setTimeout(() => { console.log('go'); while (true) {} }, 1); await new Promise(() => {})",
    "console.log('go'); for (;;) { await new Promise(r => setTimeout(r, 5)); turns++ }",
    "console.log('go'); /^(a+)+$/.test('a'.repeat(40) + 'b')",
    "console.log('go'); Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)",
  ];
  for (const code of cells) {
    const executed = await interruptOnceItRuns(client, code);
    assert.equal(fails(executed).ename, "KeyboardInterrupt", code);
    assert.equal(await result(client, "kept"), "'kept'", code);
  }
  const before = await result(client, "turns");
  await client.execute("await new Promise(r => setTimeout(r, 50))");
  assert.equal(await result(client, "turns"), before, "the loop that was interrupted at an await does not go on");
});

async function interruptOnceItRuns(client: Client, code: string): Promise<Executed> {
  let running: () => void = () => {};
  const runs = new Promise<void>(resolve => {
    running = resolve;
  });
  const cell = client.execute(code, {}, ({ content }) => {
    if (content.text === "go\n") running();
  });
  await runs;
  await client.ask("interrupt_request", {}, "control");
  return cell;
}

test("the signal of the running cell aborts when it is interrupted", async t => {
  const { client } = await startOurs(t);
  const cell = `const signal = globalThis[Symbol.for("latent.kernel")].signal;
    signal.addEventListener("abort", () => console.log("aborted"));
    console.log("go");
    await new Promise(() => {})`;
  const executed = await interruptOnceItRuns(client, cell);
  assert.equal(streamText(executed), "go\naborted\n");
});

test("heartbeat, kernel_info and completeness are answered while a cell loops", async t => {
  const { client } = await startOurs(t);
  const looping = client.execute("while (true) {}");
  assert.ok((await client.heartbeat()) < 1000);
  assert.equal((await client.ask("kernel_info_request", {})).content.status, "ok");
  const { content } = await client.ask("is_complete_request", { code: "if (x) {" });
  assert.deepEqual(content, { status: "incomplete", indent: "  " });
  await client.ask("interrupt_request", {}, "control");
  await looping;
});

test("a cell that ends its process gets an error, and the next cell runs on the same connection", async t => {
  const { client } = await startOurs(t);
  for (const code of ["process.exit(3)", "process.abort()", "process.kill(process.pid, 'SIGKILL')"]) {
    await client.execute("let gone = 1");
    assert.equal(fails(await client.execute(code)).ename, "ProcessExited", code);
    assert.equal(await result(client, "typeof gone"), "'undefined'");
  }
});

test("imports come from the notebook's folder first, then from our own installation", async t => {
  const folder = emptyFolder(t);
  mkdirSync(`${folder}/node_modules/local-package`, { recursive: true });
  writeFileSync(
    `${folder}/node_modules/local-package/package.json`,
    '{"name":"local-package","type":"module","main":"i.js"}',
  );
  writeFileSync(`${folder}/node_modules/local-package/i.js`, "export const here = 'here'; export default 'd'");
  writeFileSync(`${folder}/own.mjs`, "export const own = 'own'");
  const { client } = await startOurs(t, { cwd: folder });
  assert.equal(await result(client, "import d, { here } from 'local-package'; d + here"), "'dhere'");
  assert.equal(await result(client, "import { own } from './own.mjs'; own"), "'own'");
  assert.equal(await result(client, "(await import('oxc-parser')).parseSync.name"), "'parseSync'");
  assert.equal(await result(client, "require('./node_modules/local-package/package.json').name"), "'local-package'");
  assert.equal(
    await result(client, "import.meta.dirname ?? import.meta.filename.replace(/.notebook.ts$/, '')"),
    `'${folder}'`,
  );
});

test("a restart request ends the process, and a new one answers in its place", async t => {
  const { client, launched } = await startOurs(t);
  await client.execute("let before = 1");
  const { content } = await client.ask("shutdown_request", { restart: true }, "control");
  assert.deepEqual(content, { status: "ok", restart: true });
  assert.deepEqual(await launched.exited, { code: 0, signal: null });
  const { client: again } = await startOurs(t);
  assert.equal(await result(again, "typeof before"), "'undefined'");
});

test("the kernel and its execution process leave when the process that started them is gone", async t => {
  // A parent that starts the kernel, tells the pid of the execution process in a looping cell, and is killed.
  const parent = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" });
  const launched = await launch(ourSpec(), { cwd: emptyFolder(t), env: { JPY_PARENT_PID: String(parent.pid) } });
  const client = new Connected(launched.connection);
  t.after(() => client.close());
  await client.connect();
  const pid = Number(await result(client, "process.pid"));
  let looping: () => void = () => {};
  const loops = new Promise<void>(resolve => {
    looping = resolve;
  });
  void client.execute("console.log('loop'); while (true) {}", {}, ({ content }) => {
    if (content.text === "loop\n") looping();
  });
  await loops;
  parent.kill("SIGKILL");
  await launched.exited;
  await gone(pid);
});

async function gone(pid: number): Promise<void> {
  for (;;) {
    try {
      process.kill(pid, 0);
    } catch {
      // ESRCH: there is no such process any more.
      return;
    }
    await new Promise(resolve => setTimeout(resolve, 20));
  }
}

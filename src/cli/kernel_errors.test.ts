import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import test, { type TestContext } from "node:test";
import type { Client } from "../client/index.ts";
import { contents, emptyFolder, resultText, startOurs, streamText } from "../testkit/index.ts";

const TYPES_OFF = { LATENT_TYPES: "off" };
const start = async (t: TestContext): Promise<Client> => (await startOurs(t, { env: TYPES_OFF })).client;
const failed = async (client: Client, code: string) => {
  const [error] = contents(await client.execute(code, { stop_on_error: false }), "error");
  assert.ok(error, `this should have failed: ${code.slice(0, 100)}`);
  return { ...error, traceback: (error.traceback as string[]).join("\n") } as { evalue: string; traceback: string };
};

test("an error that the author prints, asks for its stack or shows has the author's lines and no frame of the kernel", async t => {
  const client = await start(t);
  const cell = `enum Kind { A }
function boom(n: number): never {
    throw new TypeError('bad ' + n);
}
try { boom(3) } catch (error) { console.error(error) }
console.log(new Error('first').stack!);
console.trace('here');
new Error('shown', { cause: new Error('inner') })`;
  for (const first of ["enum Kind { A }", "// nothing"]) {
    const executed = await client.execute(cell.replace("enum Kind { A }", first));
    const count = contents(executed, "execute_input")[0]?.execution_count;
    const column = first.startsWith("enum") ? 11 : 5;
    const printed = streamText(executed, "stderr").replaceAll(`[${count}]`, "[n]");
    // The transform of an enum moves `new` to the class that is called.
    assert.match(
      printed,
      new RegExp(`^TypeError: bad 3\\n    at boom \\(Cell \\[n\\]:3:(${column}|11)\\)\\n    at Cell \\[n\\]:5:7\\n`),
    );
    assert.match(printed, /Trace: here\n {4}at Cell \[n\]:7:9\n$/);
    assert.match(streamText(executed), /^Error: first\n {4}at Cell \[\d+\]:6:13\n$/);
    assert.match(
      resultText(executed) ?? "",
      /^Error: shown\n {4}at Cell \[\d+\]:8:1 \{\n {2}\[cause\]: Error: inner\n {6}at Cell \[\d+\]:8:\d+\n\}$/,
    );
  }
});

test("errors in local files, timers, callbacks and rejections name the author's lines alone", async t => {
  const folder = emptyFolder(t);
  const file =
    "export interface A { x: 1 }\n\nexport enum Kind { A }\nexport function boom() {\n  throw new Error('in a file');\n}";
  writeFileSync(`${folder}/local.ts`, file);
  const { client } = await startOurs(t, { cwd: folder, env: TYPES_OFF });
  const printed = await client.execute(
    "import { boom } from './local.ts'; try { boom() } catch (e) { console.log(e) }",
  );
  assert.equal(streamText(printed), `Error: in a file\n    at boom (${folder}/local.ts:5:9)\n    at Cell [1]:1:42\n`);
  const cells = [
    "setTimeout(() => { throw new Error('x') }, 1); await new Promise(r => setTimeout(r, 30))",
    "const { EventEmitter } = require('node:events'); const e = new EventEmitter(); e.on('x', () => { throw new Error('x') }); e.emit('x')",
    "await new Promise((_, no) => require('node:fs').readFile('/nowhere', () => no(new Error('x'))))",
    "queueMicrotask(() => { throw new Error('x') }); await new Promise(r => setTimeout(r, 30))",
    "[3].map(() => { throw new Error('x') })",
    "new Function('throw new Error(\"x\")')()",
  ];
  for (const cell of cells) {
    const { traceback } = await failed(client, cell);
    assert.match(traceback, /^Error: x\n {2}Cell \[\d+\], line 1, column \d+\n/, cell);
    assert.doesNotMatch(traceback, /joined|dist\/|node:internal|inspector|\$\$/, cell);
  }
});

test("the reasons of an AggregateError, causes, and what is noted on an error are told", async t => {
  const client = await start(t);
  const any = "await Promise.any(['a', 'b'].map(name => Promise.reject(new Error(name, { cause: 'why' }))))";
  assert.match((await failed(client, any)).traceback, /Reason 1: Error: a\n.*Caused by: 'why'\nReason 2: Error: b\n/s);
  const nested = "throw new AggregateError([new AggregateError([new RangeError('deep')], 'inner'), 5], 'outer')";
  assert.match(
    (await failed(client, nested)).traceback,
    /Reason 1: AggregateError: inner\n.*Reason 1: RangeError: deep\n.*Reason 2: 5$/s,
  );
  const fields = "throw Object.assign(new Error('bad'), { code: 'E_BAD', status: 404, details: { rows: [1, 2] } })";
  assert.match(
    (await failed(client, fields)).traceback,
    /\{ code: 'E_BAD', status: 404, details: \{ rows: \[ 1, 2 \] \} \}$/,
  );
  assert.match((await failed(client, "require('fs').readFileSync('/nowhere')")).traceback, /code: 'ENOENT'/);
  assert.match((await failed(client, `throw new Error('x', { cause: ${fields.slice(6)} })`)).traceback, /E_BAD/);
  const getter = "throw Object.defineProperty(new Error('kept'), 'stack', { get() { throw 1 } })";
  assert.match((await failed(client, getter)).traceback, /^Error: kept(?:\n|$)/);
});

test("no report of an error grows without bound", async t => {
  const client = await start(t);
  const cells = [
    "throw new Error('x'.repeat(3e8))",
    "throw new Error('\"'.repeat(2.8e8))",
    "throw new Error('line\\n'.repeat(1e6))",
    "throw Object.assign(new Error('x'), { name: 'N'.repeat(1e6) })",
    "throw Object.assign(new Error('x'), { data: Array.from({ length: 1e6 }, (_, i) => ({ i })) })",
    "let chain: any; for (let i = 0; i < 1e5; i++) chain = new Error('c', { cause: chain }); throw chain",
    "const circle: any = new Error('c'); circle.cause = circle; throw circle",
    "throw new AggregateError(Array.from({ length: 1e5 }, (_, i) => new Error('r' + i)))",
    "const tree = (n: number): any => new AggregateError(n ? Array.from({ length: 9 }, () => tree(n - 1)) : []); throw tree(4)",
    "Error.stackTraceLimit = Infinity; const deep = (): any => deep() + 1; deep()",
    `const data = [${"1234,".repeat(10_000)}]; throw new Error('long line')`,
    "throw 'x'.repeat(1e7)",
    `let a = [${"1234,".repeat(10_000)}; let`,
  ];
  for (const cell of cells) {
    const { traceback, evalue } = await failed(client, cell);
    const name = cell.slice(0, 80);
    assert.ok(evalue.length <= 11_000, `${evalue.length} characters of ${name}`);
    assert.ok(traceback.length <= 100_000, `${traceback.length} characters of ${name}`);
  }
  assert.equal(resultText(await client.execute("'alive'")), "'alive'");
});

test("Error.prepareStackTrace that a library or a cell sets works, and neither tracebacks nor stops depend on it", async t => {
  const client = await start(t);
  const sites = "Error.prepareStackTrace = (_, sites) => sites; (new Error('x').stack as any)[0].getLineNumber()";
  assert.equal(resultText(await client.execute(sites)), "1");
  const below = "const first = 1;\n  throw new Error('theirs')";
  assert.match((await failed(client, below)).traceback, /^Error: theirs\n {2}Cell \[2\], line 2, column 9\n/);
  const loop = client.execute("display('go'); while (true) {}", { stop_on_error: false }, ({ header }) => {
    if (header.msg_type === "display_data") void client.ask("interrupt_request", {}, "control");
  });
  const { reply } = await loop;
  assert.equal(reply.status === "error" && reply.ename, "KeyboardInterrupt");
  const back = "Error.prepareStackTrace = undefined; new Error('ours').stack";
  assert.equal(resultText(await client.execute(back)), "'Error: ours\\n    at Cell [4]:1:38'");
  const throwing = "Error.prepareStackTrace = () => { throw 1 }; throw new Error('told')";
  assert.match((await failed(client, throwing)).traceback, /^Error: told\n/);
  for (const limit of ["0", "-1", "'none'", "Infinity"]) {
    await client.execute(`Error.prepareStackTrace = undefined; Error.stackTraceLimit = ${limit} as any`);
    const stopped = await client.execute("display('go'); while (true) {}", { stop_on_error: false }, ({ header }) => {
      if (header.msg_type === "display_data") void client.ask("interrupt_request", {}, "control");
    });
    assert.equal(stopped.reply.status === "error" && stopped.reply.ename, "KeyboardInterrupt", limit);
    assert.equal(resultText(await client.execute("1 + 1")), "2", "the loop is over");
    const { traceback } = await failed(client, "let below = 1;\n  throw new Error('here')");
    assert.match(traceback, /^Error: here(?:\n {2}Cell \[\d+\], line 2, column 9\n|$)/, limit);
  }
});

test("what is thrown and is no error is shown with the line that threw it, and with no line where that is not known", async t => {
  const client = await start(t);
  const thrown = async (code: string) => (await failed(client, code)).traceback.split("\n").slice(0, 2);
  for (const [code, told, place] of [
    ["let a = 1;\n  throw 'text'", "'text'", "line 2, column 9"],
    ["function f(x: unknown) {\n  if (x) throw x as number;\n}\n\nf({ y: 1 })", "{ y: 1 }", "line 2, column 16"],
    ["await null;\nthrow (await 1) + await 2", "3", "line 2, column 7"],
    ["throw await Promise.resolve(7)", "7", "line 1, column 7"],
    ["try { throw 1 } catch {}\n\nthrow (0, 2), 3", "3", ""],
    ["for (const x of [1, 2])\n  try { throw x } catch (e) { if (e === 2) throw e }", "2", "line 2, column 50"],
    ["\nawait Promise.reject(8)", "8", ""],
    [
      "class Http { constructor(public status: number) {} }\n throw new Http(404)",
      "Http { status: 404 }",
      "line 2, column 8",
    ],
    [
      "const old = Object.create(Error.prototype, { message: { value: 'm' } });\nthrow old",
      "Error: m",
      "line 2, column 7",
    ],
    [
      "const job = async (n: number) => {\n  await null; throw 'job ' + n }\nawait Promise.all([0, 1].map(job))",
      "job 0",
      "line 2, column 21",
    ],
    ["try {\n  throw 'boom' } finally { try { throw 'closed' } catch {} }", "boom", "line 2, column 9"],
    ["try { throw 'no' } catch {}\nawait Promise.reject('no')", "no", ""],
    ["try { throw 'no' } catch (e) { void e }\nawait Promise.reject('no')", "no", ""],
    ["null.x", "TypeError", "line 1"],
  ] as const) {
    const [head = "", line = ""] = await thrown(code);
    assert.ok(head.includes(told), `${code}: ${head}`);
    if (place === "") assert.doesNotMatch(line, /line/, code);
    else assert.ok(line.includes(place), `${code}: ${line}`);
  }
  // As later cells, and in a function of an earlier one.
  await client.execute("const later = () => {\n  throw [1]\n}");
  const { traceback } = await failed(client, "\n later()");
  assert.match(traceback, /^Thrown: \[ 1 \]\n {2}Cell \[\d+\], line 2, column 9\n/);
  assert.match(traceback, /at later \(Cell \[\d+\]:2:9\)\n {4}at Cell \[\d+\]:2:2$/);
});

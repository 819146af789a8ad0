import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import type { Client } from "../client/index.ts";
import { contents, emptyFolder, resultText, startOurs, streamText } from "../testkit/index.ts";

/** What these tests tell by, and the one name that no module may declare. */
const TOLD_WITH = new Set(["eval", "globalThis", "console"]);

/** All names of a fresh process that a module may declare, and some by which libraries ask where they run. */
const GLOBALS = [
  ...Object.getOwnPropertyNames(globalThis).filter(name => /^[\w$]+$/.test(name) && !TOLD_WITH.has(name)),
  ...["display", "require", "prompt", "confirm", "password", "toString", "hasOwnProperty", "constructor"],
  ...["window", "document", "self", "navigator", "define", "module", "exports", "importScripts", "Deno", "Bun"],
];

/** Types are not what these are about. */
const UNCHECKED = { env: { LATENT_TYPES: "off" } };

async function worked(client: Client, code: string): Promise<unknown> {
  const executed = await client.execute(code);
  const [failure] = contents(executed, "error");
  assert.equal(executed.reply.status, "ok", `${code.slice(0, 200)}\n${JSON.stringify(failure)}`);
  return resultText(executed);
}

/** All that a kernel does for its cells, and a library that uses most of what Node has. */
async function everythingWorks(client: Client): Promise<void> {
  const printed = await client.execute("console.log('a', 1, [2], { b: 3 }); console.error('e')");
  assert.equal(streamText(printed), "a 1 [ 2 ] { b: 3 }\n");
  assert.equal(
    await worked(client, "({ a: [1, 'b'], c: new globalThis.Map([[1, 2]]) })"),
    "{ a: [ 1, 'b' ], c: Map(1) { 1 => 2 } }",
  );
  const figure = contents(await client.execute("({ data: [{ y: [1, 2] }], layout: {} })"), "execute_result")[0];
  assert.ok(figure && "application/vnd.plotly.v1+json" in (figure.data as object));
  assert.equal(await worked(client, "await globalThis.Promise.resolve(7)"), "7");
  assert.equal(await worked(client, "import { area } from './geometry.ts'; area(3)"), "9");
  assert.equal(await worked(client, "import { sep } from 'node:path'; sep"), "'/'");
  assert.equal(await worked(client, "enum Kind { A = 1 << 3, B } Kind.B"), "9");
  assert.equal(
    await worked(client, "@((c: any) => c) class Decorated { static s = 1 } new Decorated() instanceof Decorated"),
    "true",
  );
  const failed = await client.execute("const fail = () => { throw new globalThis.TypeError('no') }\nfail()");
  assert.equal(failed.reply.status === "error" && failed.reply.ename, "TypeError");
  const { reply } = await client.execute("1", { user_expressions: { two: "1 + 1" } });
  assert.deepEqual(reply.status === "ok" && reply.user_expressions, {
    two: { status: "ok", data: { "text/plain": "2" }, metadata: {} },
  });
}

function folderWithModule(t: test.TestContext): string {
  const folder = emptyFolder(t);
  writeFileSync(
    join(folder, "geometry.ts"),
    "export const area = (side: number): number => new Set([Math.max(side * side, Array.from([0])[0])]).values().next().value",
  );
  return folder;
}

test("a cell may declare every global name at once: the kernel, a local file and a library go on with the globals", async t => {
  const { client } = await startOurs(t, { cwd: folderWithModule(t), ...UNCHECKED });
  const declared = GLOBALS.map(name => `const ${name} = 'mine';`).join("\n");
  await worked(client, `console.log('before');\n${declared}`);
  assert.equal(await worked(client, `[${GLOBALS}].every(each => each === 'mine')`), "true");
  await everythingWorks(client);
  assert.equal(
    await worked(client, "const { DataFrame } = await import('danfojs-node'); new DataFrame([[1, 2]]).shape"),
    "[ 1, 2 ]",
  );
  assert.equal(await worked(client, "typeof globalThis.performance.now"), "'function'");
});

test("a global's name that a cell has not reached yet is no dead zone for the kernel", async t => {
  const { client } = await startOurs(t, { cwd: folderWithModule(t), ...UNCHECKED });
  const code = GLOBALS.map(name => `let ${name} = 1;`).join("");
  const cell = await client.execute(`console.log('seen'); await 0; console.log('later'); throw Error('stop'); ${code}`);
  assert.equal(streamText(cell), "seen\nlater\n".slice(0, streamText(cell).length));
  assert.equal(cell.reply.status, "error");
  await everythingWorks(client);
  assert.equal(
    await worked(client, "[typeof performance.now, typeof URL, typeof Set, typeof console.log].join()"),
    "'function,function,function,function'",
  );
});

test("functions, classes, imports and vars under the names of globals are called as the author called them", async t => {
  const { client } = await startOurs(t, UNCHECKED);
  await worked(
    client,
    "function fetch() { return 'mine' }; class Buffer { size = 3 }; var process = (x: number) => x; import { URL as Event } from 'node:url'",
  );
  assert.equal(
    await worked(client, "[fetch(), fetch.name, String(fetch), Buffer.name, process.name, typeof Event]"),
    `[ 'mine', 'fetch', "function fetch() { return 'mine' }", 'Buffer', 'process', 'function' ]`,
  );
  assert.equal(await worked(client, "new Buffer()"), "Buffer { size: 3 }");
  for (const [cell, message] of [
    ["process.x.y", "Cannot read properties of undefined (reading 'y')"],
    ["process.x()", "process.x is not a function"],
    ["new fetch.prototype()", "fetch.prototype is not a constructor"],
    ["performance; const performance = 1", "performance is not defined"],
  ] as const) {
    const { reply } = await client.execute(cell);
    assert.equal(
      reply.status === "error" &&
        reply.evalue.replace("caught is not defined", "Cannot access 'caught' before initialization"),
      message,
    );
  }
});

test("a direct eval and a caught error know the cells' own names", async t => {
  const { client } = await startOurs(t, UNCHECKED);
  await worked(client, "const performance = 3, fetch = { size: 1 }");
  assert.equal(await worked(client, "eval('performance + 1')"), "4");
  assert.equal(await worked(client, "(() => { const performance = 10; return eval('performance') })()"), "10");
  assert.equal(await worked(client, "eval('const performance = 5; performance')"), "5");
  assert.equal(await worked(client, "(0, eval)('typeof performance.now')"), "'function'");
  assert.equal(
    await worked(client, "let told; try { performance() } catch (e) { told = e.message }; told"),
    "'performance is not a function'",
  );
  assert.equal(
    await worked(
      client,
      "let seen; try { fetch.x() } catch (error: unknown) { seen = (error as Error).message }; seen",
    ),
    "'fetch.x is not a function'",
  );
  assert.equal(
    await worked(
      client,
      "let odd; try { throw new Proxy({}, { get() { throw 1 } }) } catch (e) { odd = 'caught' }; odd",
    ),
    "'caught'",
  );
});

test("a console and a globalThis of the cells' own hide the kernel's from cells alone", async t => {
  const { client } = await startOurs(t, { cwd: folderWithModule(t), ...UNCHECKED });
  await worked(client, "const printer = console, realm = globalThis");
  await worked(client, "const console = 'mine', globalThis = 'mine'");
  assert.equal(await worked(client, "[console, globalThis].join()"), "'mine,mine'");
  assert.equal(streamText(await client.execute("printer.log('still', realm.Math.PI > 3)")), "still true\n");
});

test("what a cell declares is no property of the global object", async t => {
  const { client } = await startOurs(t, UNCHECKED);
  await worked(client, "const before = Object.getOwnPropertyNames(globalThis).length");
  await worked(
    client,
    "function f() { return 1 } async function* g() {} export default function h() {} var v = 1; class C {} enum E { A }",
  );
  await worked(client, "@((c: any) => c) class D { static s = 1 } namespace N { export const x = 1 }");
  assert.equal(await worked(client, "Object.getOwnPropertyNames(globalThis).length - before"), "0");
  assert.equal(await worked(client, "f = (() => 2) as any; [f(), g.name, h.name, v]"), "[ 2, 'g', 'h', 1 ]");
});

test("a name is the cells' own until the process ends", async t => {
  const { client } = await startOurs(t, UNCHECKED);
  await worked(client, "const performance = 0.9");
  assert.equal(await worked(client, "performance"), "0.9");
  await client.execute("process.exit()");
  assert.equal(await worked(client, "typeof performance.now"), "'function'");
});

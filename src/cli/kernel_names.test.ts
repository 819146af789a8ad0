import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import test, { type TestContext } from "node:test";
import type { Client } from "../client/index.ts";
import { contents, emptyFolder, resultText, startOurs, streamText } from "../testkit/index.ts";

/** Every name that the global object of a cell has and that strict code may declare, asked from the kernel itself. */
async function globalNames(client: Client): Promise<string[]> {
  const text = resultText(await client.execute("Object.getOwnPropertyNames(globalThis).join(' ')")) ?? "";
  const fixed = new Set(["Infinity", "NaN", "undefined", "eval"]);
  return text
    .slice(1, -1)
    .split(" ")
    .filter(name => /^[A-Za-z]\w*$/.test(name) && !fixed.has(name));
}

async function start(t: TestContext): Promise<Client> {
  const folder = emptyFolder(t);
  writeFileSync(`${folder}/local.ts`, "export const local: string = 'local'");
  return (await startOurs(t, { cwd: folder, env: { LATENT_TYPES: "off" } })).client;
}

/** All that a kernel does for a cell, in cells that use no global name. */
async function assertAlive(client: Client, after: string): Promise<void> {
  const shown = await client.execute("({ data: [{ type: 'bar', y: [1] }], layout: {} })", { stop_on_error: false });
  const [{ data } = { data: {} }] = contents(shown, "execute_result") as { data: object }[];
  assert.ok(
    "application/vnd.plotly.v1+json" in data,
    `a figure is shown after ${after}: ${JSON.stringify(shown.reply)}`,
  );
  const failed = await client.execute("let nothing: any = null\n nothing.x", { stop_on_error: false });
  assert.match(
    String(contents(failed, "error")[0]?.traceback),
    /^TypeError: .*line 2, column 10/s,
    `an error after ${after}`,
  );
  const printed = await client.execute("let seen = 'seen'; display(seen); seen", { stop_on_error: false });
  assert.equal(resultText(printed), "'seen'", `a result after ${after}`);
  const local = await client.execute("import { local } from './local'; local", { stop_on_error: false });
  assert.equal(resultText(local), "'local'", `a local file is imported after ${after}`);
  let running: () => void = () => {};
  const runs = new Promise<void>(resolve => {
    running = resolve;
  });
  const loop = client.execute("display('go'); for (;;) {}", { stop_on_error: false }, () => running());
  await runs;
  await client.ask("interrupt_request", {}, "control");
  const { reply } = await loop;
  assert.equal(reply.status === "error" && reply.ename, "KeyboardInterrupt", `an interrupt after ${after}`);
}

for (const declare of [
  (name: string) => `const ${name} = 0.9; ${name}`,
  (name: string) => `let ${name}: any = 0.9; ${name}`,
  (name: string) => `var ${name}: any = 0.9; ${name}`,
  (name: string) => `class ${name} { static k = 0.9 }; ${name}.k`,
  (name: string) => `function ${name}() { return 0.9 }; ${name}()`,
])
  test(`a cell may declare any global name: ${declare("name")}`, async t => {
    const client = await start(t);
    for (const name of (await globalNames(client)).filter(each => each !== "display")) {
      const declared = await client.execute(declare(name), { stop_on_error: false });
      assert.equal(resultText(declared), "0.9", `${name}: ${JSON.stringify(declared.reply)}`);
      const used = await client.execute(`${name} && 'seen'`, { stop_on_error: false });
      assert.equal(resultText(used), "'seen'", name);
    }
    await assertAlive(client, "all of them");
  });

/** Cells that take away, or replace, what the language is made of. */
const REPLACES: Record<string, string[]> = {
  "a global": [
    "JSON",
    "Object",
    "Array",
    "Promise",
    "Symbol",
    "Map",
    "Error",
    "URL",
    "Reflect",
    "Proxy",
    "process",
  ].map(name => `globalThis.${name} = 0`),
  "a function of a built-in": [
    "Object.keys = null",
    "Object.defineProperty = null",
    "Array.isArray = Array.from = null",
    "JSON.stringify = () => 'x'; JSON.parse = () => ({})",
    "Buffer.concat = Buffer.alloc = Buffer.byteLength = null",
    "Reflect.apply = Reflect.deleteProperty = Reflect.getOwnPropertyDescriptor = null",
    "Math.min = Math.max = null",
    "process.memoryUsage = process.resourceUsage = null",
  ],
  "a method of a built-in": [
    ...["pop", "push", "shift", "map", "filter", "join", "slice", "includes", "some", "sort", "reduce"].map(
      name => `Array.prototype.${name} = null`,
    ),
    "Array.prototype[Symbol.iterator] = null",
    "Array.prototype.map = () => []; Array.prototype.push = () => 0",
    ...["split", "slice", "replace", "startsWith", "padStart", "repeat"].map(name => `String.prototype.${name} = null`),
    "Map.prototype.get = Map.prototype.set = Set.prototype.has = Set.prototype.add = WeakMap.prototype.get = null",
    "RegExp.prototype.exec = RegExp.prototype.test = RegExp.prototype[Symbol.replace] = null",
    "Buffer.prototype.readUInt32LE = Buffer.prototype.writeUInt32LE = null",
    "AbortController.prototype.abort = null",
    "require('node:inspector').Session.prototype.post = null",
    "Object.getPrototypeOf(function* () {}.prototype).next = null",
    "Object.getPrototypeOf([].values()).next = () => ({ done: true })",
    "Object.getPrototypeOf(Uint8Array.prototype).subarray = null",
  ],
  "what node itself goes through": [
    "Function.prototype.apply = null",
    "require('node:events').prototype.emit = null",
    "process.emit = null",
    "process.nextTick = null",
    "process.env = null",
  ],
  "what every object has": [
    "Object.prototype.toString = null",
    "Object.prototype.get = 1",
    "Object.prototype.set = 1; Object.prototype.value = 5",
    "Object.prototype.name = 'x'; Object.prototype.id = Object.prototype.length = 5; Object.prototype.type = 'q'",
    "Object.prototype.toJSON = Array.prototype.toJSON = () => 'JSON'",
    "Object.preventExtensions(globalThis)",
  ],
};

/** The kernel sees in the pause behind a cell what the cell has replaced. */
const PAUSE_MS = 100;

for (const [what, codes] of Object.entries(REPLACES))
  test(`later cells do not feel it where a cell has replaced ${what}`, async t => {
    // Each alone takes a kernel: npm run test:full.
    for (const code of process.env.LATENT_FULL ? codes : [codes.join("; ")]) {
      const client = await start(t);
      await client.execute(`let kept = 1; void 0; ${code}`, { stop_on_error: false });
      await new Promise(resolve => setTimeout(resolve, PAUSE_MS));
      await assertAlive(client, code);
      const kept = await client.execute("kept", { stop_on_error: false });
      assert.equal(resultText(kept), "1", `the same process after ${code}`);
    }
  });

test("a cell that replaces what JSON and lists are made of is answered as every other", async t => {
  for (const code of [
    "Object.prototype.toJSON = () => 'JSON'",
    "Array.prototype.toJSON = () => 'JSON'",
    "Object.getPrototypeOf([].values()).next = () => ({ done: true })",
  ]) {
    const client = await start(t);
    await client.execute("let kept = 1");
    const own = await client.execute(`${code}; console.log("own"); "shown"`, { stop_on_error: false });
    assert.equal(streamText(own) + resultText(own), "own\n'shown'", `${code}: ${JSON.stringify(own.reply)}`);
    const next = await client.execute("kept", { stop_on_error: false });
    assert.equal(resultText(next), "1", `the same process after ${code}`);
  }
});

test("methods that a cell adds to every object or list are there for its own display methods", async t => {
  const client = await start(t);
  await client.execute("Object.prototype.bold = function () { return '<b>' + this + '</b>' }");
  await client.execute("Array.prototype.last = function () { return this[this.length - 1] }");
  await new Promise(resolve => setTimeout(resolve, PAUSE_MS));
  const shown = await client.execute(
    "({ [Symbol.for('Jupyter.display')]: () => ({ 'text/html': ['a', 'b'].last().bold() }) })",
  );
  const [{ data } = { data: {} }] = contents(shown, "execute_result") as { data: Record<string, string> }[];
  assert.equal(data["text/html"], "<b>b</b>");
});

test("a global name that is declared is not there before its line, and what is printed before it is printed", async t => {
  const client = await start(t);
  for (const name of ["performance", "process", "JSON", "Buffer", "URL", "Object", "Promise", "setTimeout", "Symbol"]) {
    const early = await client.execute(`console.log("early"); typeof ${name}; const ${name} = 1`, {
      stop_on_error: false,
    });
    assert.equal(streamText(early), "early\n", name);
    assert.equal(early.reply.status === "error" && early.reply.ename, "ReferenceError", name);
    const next = await client.execute("console.log('next'); 1 + 1", { stop_on_error: false });
    assert.equal(streamText(next) + resultText(next), "next\n2", name);
  }
});

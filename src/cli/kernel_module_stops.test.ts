import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test, { type TestContext } from "node:test";
import type { Client, Executed } from "../client/index.ts";
import { contents, emptyFolder, resultText, startOurs, streamText } from "../testkit/index.ts";

/** Each exports a `loop` that calls `turn` for ever, in its way. */
const LOOPS: Record<string, string> = {
  "awaits.ts":
    "export async function loop(): Promise<void> { for (;;) { await new Promise<void>(r => setTimeout(r, 2)); turn() } }",
  "caught.ts": "export const loop = async () => { for (;;) { try { await Promise.reject(1) } catch { turn() } } }",
  "for_await.ts": `import { setInterval as every } from "node:timers/promises"
    export async function loop() { for await (const _ of every(2)) turn() }`,
  "generator.ts": `async function* count() { for (let n = 0; ; n++) { await null; yield n } }
    export async function loop() { for await (const _ of count()) turn() }`,
  "then.ts":
    "export const loop = (): Promise<unknown> => new Promise(r => setTimeout(r, 2)).then(() => { turn(); return loop() })",
  "tick.ts":
    "export const loop = () => { const tick = () => { turn(); process.nextTick(tick) }; tick(); return never }",
  "timers.ts": "export const loop = () => { setInterval(turn, 2); return never }",
  "method.ts": `class Training { constructor(private readonly step: () => void) {}
    async run() { for (;;) { await require("node:fs/promises").stat("."); this.step() } } }
    export const loop = () => new Training(turn).run()`,
  "plain.js":
    'import { stat } from "node:fs/promises"; export const loop = async () => { for (;;) { await stat("."); turn() } }',
  "plain.mjs": "export const loop = async () => { for (;;) { await null; turn() } }",
  "common.cjs":
    '"use strict"; const { stat } = require("node:fs/promises"); exports.loop = async () => { for (;;) { await stat("."); turn() } }',
  "common.cts": "export async function loop(): Promise<never> { for (;;) { await null; turn() } }",
  "deep/er.ts": 'export { loop } from "../awaits"',
  "view.tsx": "export async function loop<T>(): Promise<T> { for (;;) { await null; turn() } }",
};

async function notebook(t: TestContext, files: Record<string, string>, name = "notebook") {
  const folder = join(emptyFolder(t), name);
  mkdirSync(join(folder, "deep"), { recursive: true });
  for (const [path, text] of Object.entries(files)) writeFileSync(join(folder, path), text);
  const { client } = await startOurs(t, { cwd: folder, env: { LATENT_TYPES: "off" } });
  await client.execute(
    "globalThis.turns = 0; globalThis.turn = () => { if (turns++ === 5) display('turning') }; globalThis.never = new Promise(() => {})",
  );
  return { folder, client };
}

/** Interrupts the cell once it has turned a few times; gives what it was, and how often it turns afterwards. */
async function stopped(client: Client, code: string) {
  await client.execute("turns = 0");
  const executed = await client.execute(code, { stop_on_error: false }, ({ header }) => {
    if (header.msg_type === "display_data") void client.ask("interrupt_request", {}, "control");
  });
  const before = resultText(await client.execute("turns"));
  const after = resultText(await client.execute("await new Promise(r => setTimeout(r, 40)); turns"));
  return { name: nameOfError(executed), goesOn: before !== after };
}

function nameOfError({ reply }: Executed): unknown {
  return reply.status === "error" ? reply.ename : undefined;
}

test("a stopped cell that awaits a loop of a local file goes on no more, however the loop waits", async t => {
  const { client } = await notebook(t, LOOPS);
  for (const file of Object.keys(LOOPS)) {
    const code = `import { loop } from "./${file}"; await loop()`;
    assert.deepEqual(await stopped(client, code), { name: "KeyboardInterrupt", goesOn: false }, file);
  }
  for (const file of ["common.cjs", "common.cts", "awaits.ts", "method.ts"]) {
    const code = `await require("./${file}").loop()`;
    assert.deepEqual(await stopped(client, code), { name: "KeyboardInterrupt", goesOn: false }, `required ${file}`);
  }
});

test("of a file that loops at its top level nothing goes on, and the next import loads it anew", async t => {
  const { client } = await notebook(t, {
    "wait.ts":
      "for (;;) { await new Promise(r => setTimeout(r, 2)); turn(); if (globalThis.enough) break } export const done: string = 'done'",
    "outer.ts": 'export { done } from "./wait"',
  });
  const code = 'import { done } from "./outer"; done';
  assert.deepEqual(await stopped(client, code), { name: "KeyboardInterrupt", goesOn: false });
  await client.execute("globalThis.enough = true");
  assert.equal(resultText(await client.execute(code)), "'done'");
});

const PLACES = `// first
export async function later(n: number) { await null; try { await null } catch {} throw new Error("later " + n) }
export const chained = () => Promise.resolve(1).then(n => n + 1).then(n => { throw new Error("chained " + n) });
export async function each() { for await (const n of [1]) { await null; throw new Error("each " + n) } }
`;

test("errors in a local file that waits name the author's line and column", async t => {
  const plain = PLACES.replace(": number", "").replace("n)", "n/**/)");
  const common = `"use strict"; ${plain.replace(/export (async function|const) (\w+)/g, "exports.$2 = $2; $1 $2")}`;
  const required = common.replace("exports.chained = chained; ", "").replace(/$/, "\nexports.chained = chained;\n");
  const { client, folder } = await notebook(
    t,
    { "a.ts": PLACES, "b.js": plain, "c.cjs": required, "d.cts": PLACES },
    "note (1)",
  );
  for (const file of ["a.ts", "b.js", "c.cjs", "d.cts"]) {
    const text = file.endsWith("ts") ? PLACES : file === "b.js" ? plain : required;
    const load = file.includes(".c") ? `const all = require("./${file}")` : `import * as all from "./${file}"`;
    await client.execute(load.replace("const all", "var all"));
    for (const name of ["later", "chained", "each"]) {
      const [error] = contents(await client.execute(`await all.${name}(7)`, { stop_on_error: false }), "error");
      const offset = text.indexOf(`new Error("${name}`);
      const line = text.slice(0, offset).split("\n").length;
      const column = offset - text.lastIndexOf("\n", offset);
      const place = `${folder}/${file}:${line}:${column}`;
      assert.ok(String(error?.traceback).includes(place), `${file} ${name}: ${place}\n${error?.traceback}`);
    }
  }
});

test("a function of a local file has the text that its author wrote", async t => {
  const text =
    "export const wait = async n => { for await (const x of n) { await x; } try { await n } finally { n.then(r => r) } }";
  const { client } = await notebook(t, {
    "a.js": text,
    "b.cjs": text.replace("export const", "exports.wait = ").replace("wait =", ""),
  });
  const wrote = text.slice(text.indexOf("async"));
  for (const load of ['(await import("./a.js")).wait', 'require("./b.cjs").wait'])
    assert.equal(streamText(await client.execute(`process.stdout.write(String(${load}))`)), wrote, load);
});

test("a local file that waits runs in a worker thread as well, and keeps its directives", async t => {
  const program =
    'import { parentPort } from "node:worker_threads"; await null; parentPort.postMessage(await Promise.resolve(41).then(n => n + 1))';
  const { client } = await notebook(t, {
    "worker.mjs": program,
    "worker.ts": program.replace("parentPort.post", "parentPort!.post"),
    "strict.cjs":
      '"use strict"; exports.self = (function () { return this })(); exports.wait = async () => { await 1 }',
    "sloppy.cjs": "exports.self = typeof (function () { return this })(); exports.wait = async () => { await 1 }",
  });
  await client.execute(
    'await import("./strict.cjs"); const run = file => new Promise((yes, no) => new (require("node:worker_threads").Worker)(new URL(file, import.meta.url)).on("message", yes).on("error", no))',
  );
  assert.equal(resultText(await client.execute("await run('./worker.mjs')")), "42");
  assert.equal(resultText(await client.execute("typeof require('./strict.cjs').self")), "'undefined'");
  assert.equal(resultText(await client.execute("require('./sloppy.cjs').self")), "'object'");
});

/** A package of one file, in the notebook's folder. */
function writePackage(folder: string, name: string, type: "commonjs" | "module", text: string): void {
  mkdirSync(join(folder, "node_modules", name), { recursive: true });
  const at = (file: string) => join(folder, "node_modules", name, file);
  writeFileSync(at("package.json"), JSON.stringify({ name, type, exports: "./main.js" }));
  writeFileSync(at("main.js"), `globalThis.loads ??= 0; loads++; turns = 5; turn(); ${text}`);
}

const BUSY = "const end = Date.now() + 300; while (Date.now() < end);";

for (const [how, type, text, code] of [
  ["import of a CommonJS package", "commonjs", "exports.part = 'part'", "import { part } from 'slow'; part"],
  ["import of a package of modules", "module", "export const part = 'part'", "import { part } from 'slow'; part"],
  ["require", "commonjs", "exports.part = 'part'", "const { part } = require('slow'); part"],
] as const) {
  test(`a stop while a package loads ends the cell, and leaves the package whole: ${how}`, async t => {
    const { folder, client } = await notebook(t, {});
    writePackage(folder, "slow", type, `${BUSY} ${text}`);
    assert.deepEqual(await stopped(client, `${code}; display("goes on")`), {
      name: "KeyboardInterrupt",
      goesOn: false,
    });
    assert.equal(resultText(await client.execute(code)), "'part'");
    assert.equal(resultText(await client.execute("loads")), "1", "it was loaded once");
  });

  test(`a package that never ends loading can be stopped, and is loaded anew: ${how}`, {
    skip: !process.env.LATENT_FULL && how === "require" ? "three seconds: npm run test:full runs it" : false,
  }, async t => {
    const { folder, client } = await notebook(t, {});
    writePackage(folder, "slow", type, `while (!globalThis.enough); ${text}`);
    assert.deepEqual(await stopped(client, code), { name: "KeyboardInterrupt", goesOn: false });
    await client.execute("globalThis.enough = true");
    assert.equal(resultText(await client.execute(code)), "'part'");
  });
}

test("a package that waits at its top level when its cell is stopped is loaded anew", async t => {
  const { folder, client } = await notebook(t, {});
  writePackage(folder, "slow", "module", "await new Promise(r => setTimeout(r, 300)); export const part = 'part'");
  for (const code of ["import { part } from 'slow'; part", "(await import('slow')).part"]) {
    assert.deepEqual(await stopped(client, code), { name: "KeyboardInterrupt", goesOn: false });
    if (code.startsWith("import")) continue;
    assert.equal(resultText(await client.execute(code)), "'part'");
    await client.execute("loads = 0");
    assert.equal(resultText(await client.execute(`${code} + loads`)), "'part0'", "what has come is not loaded again");
  }
});

test("the first local file of a kernel may be stopped at any moment, and every later one is imported and required", async t => {
  const files = { "h.ts": "export const h: number = 1", "o.ts": "export const o: string = 'fine'" };
  for (const [stop, first] of [1, 10, 30, 60].flatMap(ms =>
    ["import { h } from './h.ts'; h", "require('./h.ts').h"].map(code => [ms, code] as const),
  )) {
    const { client } = await notebook(t, files);
    const asked = client.execute(first, { stop_on_error: false });
    await new Promise(resolve => setTimeout(resolve, stop));
    await client.ask("interrupt_request", {}, "control");
    await asked;
    for (const code of ["import { o } from './o.ts'; o", "require('./o.ts').o"]) {
      const done = await client.execute(code, { stop_on_error: false });
      assert.equal(
        resultText(done),
        "'fine'",
        `${code} after ${first}, stopped at ${stop} ms: ${JSON.stringify(done.reply)}`,
      );
    }
    assert.equal(resultText(await client.execute(first)), "1");
  }
});

test("a CommonJS file that was stopped half-way is required anew", async t => {
  const { client } = await notebook(t, {
    "half.js": "exports.before = 1; turns = 5; turn(); while (!globalThis.enough); exports.after = 2",
  });
  const code = "require('./half.js').after";
  assert.deepEqual(await stopped(client, code), { name: "KeyboardInterrupt", goesOn: false });
  await client.execute("globalThis.enough = true");
  assert.equal(resultText(await client.execute(code)), "2");
});

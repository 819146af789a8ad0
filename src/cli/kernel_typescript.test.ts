// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are programs as text.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { type Options, transformSync } from "@swc/core";
import type { Client } from "../client/index.ts";
import { contents, emptyFolder, resultText, startOurs, streamText } from "../testkit/index.ts";
import { OWN_NAMES, PROGRAMS } from "./programs.ts";

const COMPILER: Options = {
  filename: "program.ts",
  isModule: true,
  configFile: false,
  swcrc: false,
  jsc: {
    parser: { syntax: "typescript", decorators: true },
    target: "es2022",
    transform: { verbatimModuleSyntax: true, decoratorVersion: "2022-03" },
  },
};
const TOLD = "{ depth: 4, maxStringLength: 20_000, breakLength: 100 }";

/** What Node says of each program's value, each as a module that a compiler made. */
function asModules(folder: string, programs: typeof PROGRAMS): string[] {
  const names = programs.map(([statements, value], at) => {
    const program = `${statements}\n;told(${value});\nimport { told } from "./told.mjs";`;
    const { code } = transformSync(program, COMPILER);
    writeFileSync(join(folder, `${at}.mjs`), code);
    return `./${at}.mjs`;
  });
  writeFileSync(
    join(folder, "told.mjs"),
    `import { inspect } from "node:util"; export const all = []; export const told = value => all.push(inspect(value, ${TOLD}));`,
  );
  const imports = names.map(name => `await import("${name}");`).join("\n");
  writeFileSync(
    join(folder, "main.mjs"),
    `${imports}\nimport { all } from "./told.mjs"; process.stdout.write(JSON.stringify(all));`,
  );
  return JSON.parse(execFileSync(process.execPath, [join(folder, "main.mjs")], { encoding: "utf8" })) as string[];
}

/** Types are not what these are about. */
const UNCHECKED = { env: { LATENT_TYPES: "off" } };

async function worked(client: Client, code: string): Promise<string | undefined> {
  const executed = await client.execute(code);
  assert.equal(executed.reply.status, "ok", `${code}\n${JSON.stringify(contents(executed, "error"))}`);
  return resultText(executed);
}

test("cells of one session have the values that a compiler's modules have in Node", async t => {
  const { client } = await startOurs(t, UNCHECKED);
  const programs = [...PROGRAMS, ...OWN_NAMES];
  const expected = asModules(emptyFolder(t), programs);
  assert.equal(expected.length, programs.length);
  for (const [at, [statements, value]] of programs.entries())
    assert.equal(await worked(client, `${statements}\n;${value}`), expected[at], statements);
});

test("the same cells have the same values again, and in the other order", async t => {
  const { client } = await startOurs(t, UNCHECKED);
  const cells = PROGRAMS.map(([statements, value]) => `${statements}\n;${value}`);
  const first: (string | undefined)[] = [];
  for (const cell of cells) first.push(await worked(client, cell));
  for (const [at, cell] of [...cells.entries()].reverse()) assert.equal(await worked(client, cell), first[at], cell);
});

const RESOURCE = `class Resource {
  constructor(readonly name: string) {}
  [Symbol.dispose]() { console.log("closed", this.name) }
}
class Failing { [Symbol.dispose]() { throw new RangeError("in dispose") } }`;

test("a cell disposes of its own using at its end, in reverse, and what it declared lives on", async t => {
  const { client } = await startOurs(t, UNCHECKED);
  await worked(client, `const env = "mine", error = 1, stack = 2, hasError = 3; ${RESOURCE}`);
  const cell = await client.execute(
    "using r = new Resource('r'), s = new Resource('s'), none = null; const { a } = { a: 1 }; console.log('in'); 'result'",
  );
  assert.equal(streamText(cell), "in\nclosed s\nclosed r\n");
  assert.equal(resultText(cell), "'result'");
  assert.equal(await worked(client, "[env, error, stack, hasError, a, r.name, none].join()"), "'mine,1,2,3,1,r,'");
  const awaited = await client.execute(
    "await using later = { async [Symbol.asyncDispose]() { await null; console.log('closed later') } }; await using now = new Resource('now'); 5",
  );
  assert.equal(streamText(awaited), "closed now\nclosed later\n");
  assert.equal(resultText(awaited), "5");
});

test("a cell that fails disposes as well, and what fails there is told with what failed before", async t => {
  const { client } = await startOurs(t, UNCHECKED);
  await worked(client, RESOURCE);
  const failed = await client.execute("using r = new Resource('r')\nthrow new Error('boom')");
  assert.equal(streamText(failed), "closed r\n");
  assert.equal(failed.reply.status === "error" && failed.reply.evalue, "boom");
  const both = await client.execute("using f = new Failing(), r = new Resource('r')\nthrow new Error('boom')");
  assert.equal(streamText(both), "closed r\n");
  const { traceback, ename } = both.reply as { traceback: string[]; ename: string };
  assert.equal(ename, "SuppressedError");
  assert.match(traceback.join("\n"), /in dispose[\s\S]*boom|boom[\s\S]*in dispose/);
  const alone = await client.execute("using f = new Failing(); 1");
  assert.equal(alone.reply.status === "error" && alone.reply.evalue, "in dispose");
  const wrong = await client.execute("using n = 5");
  assert.match(String(wrong.reply.status === "error" && wrong.reply.evalue), /must be an object/);
  assert.equal(await worked(client, "typeof f"), "'object'");
});

test("a decorated class is there in later cells, and so are the author's names that its helpers have", async t => {
  const { client } = await startOurs(t, UNCHECKED);
  const helpers = ["_identity", "_initClass", "_R", "_apply_decs_2203_r", "_initProto", "_class", "_dec"];
  await worked(
    client,
    `const ${helpers.map(name => `${name} = "${name}"`)}; const tag = (c: any) => { c.tag = c.name }`,
  );
  for (const head of ["class", "export class", "export default class", "abstract class"]) {
    const cell = await client.execute(
      `@tag ${head} R { static all = 1; static #p = 2; static get p() { return R.#p } }`,
    );
    assert.equal(resultText(cell), undefined);
    assert.equal(await worked(client, "[R.all, R.p, R.name, (R as any).tag]"), "[ 1, 2, 'R', 'R' ]");
  }
  for (const nameless of [
    "@tag export default class { static z = 4 }",
    "export default @tag /* a */ class { static z = 4 }",
  ])
    assert.match(String(await worked(client, nameless)), /^\[class \(anonymous\)\] \{\s+tag: '',\s+z: 4,/, nameless);
  assert.equal(
    await worked(client, `[${helpers}].every((name, at) => name === ${JSON.stringify(helpers)}[at])`),
    "true",
  );
  await worked(
    client,
    "const old = R; const init = (_: any, c: any) => { c.addInitializer(function (this: any) { this.n = 1 }) }",
  );
  await worked(client, "class One { @init m() {} }");
  await worked(
    client,
    "class Two { @((_: any, c: any) => { c.addInitializer(function (this: any) { this.n = 2 }) }) m() {} }",
  );
  assert.equal(await worked(client, "[(new One() as any).n, (new Two() as any).n]"), "[ 1, 2 ]");
});

test("a decorated class is there although the cell fails behind it", async t => {
  const { client } = await startOurs(t, UNCHECKED);
  await client.execute("@((c: any) => c) class R { static s = 1 }\nthrow new Error('late')");
  assert.equal(await worked(client, "R.s"), "1");
});

test("an enum goes on behind a constant of an earlier cell", async t => {
  const { client } = await startOurs(t, UNCHECKED);
  await worked(client, "const SHIFT = 2, PREFIX = 'p-'");
  assert.equal(
    await worked(client, "enum F { None = 0, Read = 1 << SHIFT, Write }\n[F.Write, F[5], 'undefined' in F]"),
    "[ 5, 'Write', false ]",
  );
  assert.equal(await worked(client, "enum K { A = PREFIX + 'a', B = `${PREFIX}b` }\nObject.keys(K)"), "[ 'A', 'B' ]");
  assert.equal(await worked(client, "enum F { Only = F2.X } enum F2 { X = 1 }\n1").catch(() => "refused"), "refused");
  assert.equal(await worked(client, "enum F { Fresh }\nObject.keys(F)"), "[ '0', 'Fresh' ]");
});

test("functions of a cell run in a worker and in another process from their source text", async t => {
  const { client } = await startOurs(t, UNCHECKED);
  await worked(
    client,
    `function fib(n: number): number { return n < 2 ? n : fib(n - 1) + fib(n - 2) }
    async function later(n: number): Promise<number> { return await Promise.resolve(fib(n)) }
    const double = async (n: number): Promise<number> => 2 * (await later(n))
    class Box<T> { constructor(private v: T) {} get() { return this.v } }`,
  );
  const program = "`${fib}; ${later}; const double = ${double}; ${Box}; new Box(double(10)).get()`";
  assert.equal(
    await worked(
      client,
      `import { Worker } from 'node:worker_threads'
    await new Promise(done => new Worker(\`const { parentPort } = require('node:worker_threads'); (async () => parentPort.postMessage(await (() => { \${${program}.replace('new Box', 'return new Box')} })()))()\`, { eval: true }).on('message', done))`,
    ),
    "110",
  );
  assert.equal(
    await worked(
      client,
      `import { execFileSync } from 'node:child_process'
    execFileSync(process.execPath, ['-e', \`(async () => console.log(await (() => { \${${program}.replace('new Box', 'return new Box')} })()))()\`], { encoding: 'utf8' })`,
    ),
    "'110\\n'",
  );
  assert.equal(
    await worked(client, "fib.toString()"),
    "'function fib(n        )         { return n < 2 ? n : fib(n - 1) + fib(n - 2) }'",
  );
  assert.match(String(await worked(client, "Function.prototype.toString.toString()")), /native code/);
});

test("a cell that nests too deep is refused, and the variables live", async t => {
  const { client } = await startOurs(t, UNCHECKED);
  await worked(client, "const kept = 1");
  for (const deep of ["[", "(", "!", "${", "a=>", "{"]) {
    const { reply } = await client.execute(deep === "${" ? "`${".repeat(20_000) : deep.repeat(20_000));
    assert.equal(reply.status === "error" && reply.ename, "SyntaxError", deep);
  }
  assert.equal(await worked(client, "kept"), "1");
});

test("a cell without a value shows none, whatever it compiles to", async t => {
  const { client } = await startOurs(t, UNCHECKED);
  for (const cell of [
    "export default class Foo {}",
    "namespace A { export const x = 1 }",
    "enum E { A }",
    "var v",
    "using u = null",
    "@((c: any) => c) class D { static s = 1 }",
    "interface I {}",
  ])
    assert.equal(await worked(client, cell), undefined, cell);
  const { reply } = await client.execute("1", { user_expressions: { declared: "let q = 1" } });
  assert.doesNotMatch(JSON.stringify(reply), /use strict/);
});

test("a var that is declared again keeps its value, as in JavaScript, and an enum begins anew", async t => {
  const { client } = await startOurs(t, UNCHECKED);
  for (const [first, second, value] of [
    ["var a = 5", "var a = a || 6; a", "5"],
    ["var o = { n: 1 }", "var o = o || {}; o.n", "1"],
    ["let b = 5", "var b; b", "5"],
    ["function f() { return 1 }", "var f = f() + 1; f", "2"],
    ["class C {}", "var C = C.name; C", "'C'"],
    ["var performance = 0.9", "var performance = performance + 0.1; performance", "1"],
    ["", "var fresh; String(fresh)", "'undefined'"],
    ["for (var i = 0; i < 3; i++);", "for (var i = i + 1; i < 10; i++); i", "10"],
    ["enum E { A, B }", "enum E { C } Object.keys(E).join()", "'0,C'"],
  ] as const) {
    await worked(client, first);
    assert.equal(await worked(client, second), value, `${first} | ${second}`);
  }
  // The cell that was to give it a value failed before its line.
  await client.execute("throw new Error('before'); let never = 1");
  assert.equal(await worked(client, "var never; String(never)"), "'undefined'");
});

test("types may be exported beside what is compiled to more than nothing", async t => {
  const { client } = await startOurs(t, UNCHECKED);
  for (const type of [
    "export interface I {}",
    "export type T = 1",
    "export declare const d: 1",
    "export namespace N {}",
  ])
    for (const program of ["enum E { A = 7 }", "export enum E { A = 7 }", "namespace M { export const v = 7 }"]) {
      const value = program.includes("enum") ? "E.A" : "M.v";
      for (const lines of [
        [program, type],
        [type, program],
      ])
        assert.equal(await worked(client, [...lines, value].join("\n")), "7", lines.join(" | "));
    }
});

test("later cells see a namespace of several names, and name its parts", async t => {
  const { client } = await startOurs(t, UNCHECKED);
  for (const [program, name] of [
    ["namespace A.B { export const x = 7 }", "A"],
    ["export namespace C.D.E { export const x = 7 }", "C"],
    ["namespace Date.B { export const x = 7 }", "Date"],
  ] as const) {
    const path = `${name}.${program.includes("D.E") ? "D.E" : "B"}`;
    await worked(client, program);
    assert.equal(await worked(client, `${path}.x`), "7", program);
    assert.equal(await worked(client, `import part = ${path}; part.x`), "7", program);
    assert.equal(await worked(client, "part.x"), "7", program);
    assert.equal(await worked(client, `${program}; ${path}.x`), "7", `${program}, run again`);
  }
});

import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test, { after, type TestContext } from "node:test";
import { Language } from "./language.ts";

const folder = mkdtempSync(join(tmpdir(), "latent-test-"));
// One server for all: each test forgets the cells of the one before.
const language = new Language(folder);
after(async () => {
  await language.stop();
  rmSync(folder, { recursive: true });
});

/** A cell, and what is wrong with it: code and the text it points at. */
type Cell = [code: string, ...problems: string[]];

async function problemsIn(code: string): Promise<string[]> {
  const found = await language.check(code);
  return found.map(problem => `${problem.code} ${code.slice(problem.start, problem.end)}`);
}

/** Runs cells one after another, as the kernel does: checked, then taken in. */
async function run(cells: readonly Cell[]): Promise<void> {
  for (const [code, ...problems] of cells) {
    assert.deepEqual(await problemsIn(code), problems, code);
    for (const each of language.learnAll([code])) {
      const again = (await language.problems(each)).map(
        ({ code: number, start, end }) => `${number} ${code.slice(start, end)}`,
      );
      assert.deepEqual(again, problems, `taken in: ${code}`);
    }
  }
}

const CASES: Record<string, readonly Cell[]> = {
  "a name declared again has its new type": [
    ["const a: number = 5"],
    ["a.toFixed(1)"],
    ['const a = "s"'],
    ["a.toUpperCase(); a.toFixed(1)", "2551 toFixed"],
  ],
  "a figure of Plotly's objects has their options, and may be changed": [
    ["import { plot } from 'latent'\nconst figure = plot.figure([{ type: 'scatter', x: [1], y: [2], mode: 'lines' }])"],
    ["figure.data[0].marker = { size: 3 }; figure.layout.xaxis = { type: 'log' }"],
    ["plot.figure([{ type: 'scatter', markr: {} }]); plot.figure([], { widht: 3 })", "2561 markr", "2561 widht"],
    ["figure.layout.hieght = 3", "2551 hieght"],
  ],
  "a closure keeps the type of the name it was written with": [
    ["const a = 1; function f() { return a }"],
    ['const a = "s"'],
    ["const n: number = f(); const s: string = a"],
  ],
  "an interface declared again is not merged with the old one": [
    ["interface P { x: number }"],
    ["interface P { y: string }"],
    ["const p: P = { y: '' }; p.x", "2339 x"],
  ],
  "an enum declared again is not merged with the old one": [
    ["enum E { A, B }"],
    ["const e: E = E.A"],
    ["enum E { C }"],
    ["E.C; E.A", "2339 A"],
  ],
  "a namespace declared again is not merged with the old one": [
    ["namespace N { export const a = 1; export type T = string }"],
    ["const t: N.T = ''; N.a"],
    ["namespace N { export const b = 2 }"],
    ["N.b; N.a", "2339 a"],
  ],
  "private members and type parameters of a class stay exact, also where it is extended later": [
    ["class C<T> { #hidden = 1; private p = 2; constructor(public value: T) {} get(): T { return this.value } }"],
    ["class D extends C<string> { shout() { return this.get().toUpperCase() } }"],
    ["new D('a').shout(); new D(1)", "2345 1"],
    ["new C(1).p", "2341 p"],
  ],
  "a type and a value of one name come from two cells": [
    ["interface P<T> { x: T }"],
    ["const P = { make: (x: number): P<number> => ({ x }) }"],
    ["const p: P<number> = P.make(1); const q: P<string> = P.make(2)", "2322 q"],
    ["P.make(3).x.toFixed()"],
  ],
  "a type that comes after a value of its name leaves the value": [
    ["const Q = 5"],
    ["interface Q { x: number }"],
    ["const q: Q = { x: Q }; const r: Q = { x: '' }", "2322 x"],
  ],
  "an imported type, and the types of an imported module, are known later": [
    ["import type { Stats } from 'node:fs'; import * as fs from 'node:fs'"],
    ["const f = (s: Stats, t: fs.Stats) => s.size + t.size"],
    ["f(fs.statSync('.'), fs.statSync('.')); f(1)", "2554 f"],
  ],
  "an import may be declared again": [
    ["import { join } from 'node:path'"],
    ["import { join } from 'node:path'"],
    ["const join = 1"],
    ["join.toFixed(); join('a')", "2349 join"],
  ],
  "await and for await stand at the top level": [
    ["const v = await Promise.resolve('x')"],
    ["for await (const x of [Promise.resolve(1)]) x.toFixed()"],
    ["v.length; v.nope", "2339 nope"],
  ],
  "a let may be assigned in later cells, by its type": [
    ["let n = 1; let total = 0"],
    ["n = 2; n += 1; n++; total = n"],
    ["n = 'two'", "2322 n"],
    ["function next() { n += 1; return n } next()"],
    ["[n, total] = [total, n]; for (n of [1, 2]) total += n"],
  ],
  "a let without a type is no error": [["let m;"], ["m = 5"], ["m"]],
  "a const cannot be assigned": [["const c = 1"], ["c = 2", "2588 c"]],
  "names of patterns are known": [
    [
      "const { a, b: { c = 2, ...rest }, ...more } = { a: 'x', b: { c: 1, d: true }, e: null }; const [f, , ...g] = [1, 2, 3]",
    ],
    ["a.length; c.toFixed(); rest.d.valueOf(); more.e; f.toFixed(); g.map(n => n.toFixed()); rest.c", "2339 c"],
  ],
  "generators keep what they yield": [
    ["function* count(): Generator<number> { yield 1 }"],
    ["for (const n of count()) n.toFixed(); for (const n of count()) n.nope", "2339 nope"],
  ],
  "a declaration may read the older name, also its own": [
    ["let x = 1; const y = x + 1"],
    ["const x = y + 1"],
    ["let x2 = x; let x = String(x2)"],
    ["let h = 1"],
    ["let h = h + 1"],
    ["x.length"],
  ],
  "a name that is not there yet is an error where it is read too early": [
    ["late; let late = 1", "2448 late", "2454 late"],
  ],
  "unused names are no errors": [["const unused = 1; import { join } from 'node:path'; function f(a: number) {}"]],
  "exports of a cell are plain declarations": [
    ["export const a = 1; export function f() { return a }; const b = 2; export { b }; export default 5"],
    ["a + b + f(); f(1)", "2554 1"],
  ],
  "an unknown name is an error": [["nowhere", "2304 nowhere"]],
  "an object alone in a cell is a value": [["{ a: 1, b: 'x' }"], ["{ a: 1, b: nowhere }", "2304 nowhere"]],
  "types that cannot be written down are kept": [
    [
      "const key: unique symbol = Symbol('k'); const make = () => { class Local { [key] = 1; own = 'x' } return new Local() }",
    ],
    ["const made = make(); made[key].toFixed(); made.own.length; made.nope", "2339 nope"],
  ],
  "decorators, accessors and abstract members are understood": [
    ["function log<T>(value: T, context: ClassMethodDecoratorContext) { return value }"],
    ["abstract class A { abstract area(): number; accessor size = 1; @log twice() { return this.size * 2 } }"],
    ["class B extends A { area() { return this.twice() } } new B().size.toFixed(); new A()", "2511 new A()"],
  ],
  "declare global reaches later cells": [
    ["declare global { var shared: number } globalThis.shared = 1"],
    ["shared.toFixed()"],
  ],
  "the kernel's own names are known": [
    ["display('x', { id: 'a' }); display.html('<b>x</b>'); display.clear({ wait: true })"],
    ["const answer: string = prompt('?'); if (confirm('sure')) alert(password('secret'))"],
    ["require('node:fs'); process.pid; Buffer.from('x'); fetch('x'); setTimeout(() => {}, 1); import.meta.url"],
    ["display.html(1)", "2345 1"],
  ],
  "what tslab exports is known": [
    ["import { display as show, newDisplay } from 'tslab'; show.html('x'); newDisplay().png(1)", "2345 1"],
  ],
  "JSX is not understood, and its names may be anything": [["const view = <b>hi</b>"], ["view.anything()"]],
};

for (const [title, cells] of Object.entries(CASES))
  test(`types: ${title}`, async () => {
    language.forget();
    await run(cells);
  });

test("a problem is placed in the author's lines and columns, after emoji and tabs", async () => {
  language.forget();
  const code = "// 😀\nif (true) {\n\tconst s: string = '😀'; const n: number = s\n}";
  const [problem] = await language.check(code);
  assert.deepEqual({ line: problem?.line, column: problem?.column }, { line: 3, column: 32 });
  assert.equal(code.slice(problem?.start, problem?.end), "n");
  assert.match(problem?.message ?? "", /not assignable/);
});

test("cells that were taken in together are checked afterwards, each against its own past", async () => {
  language.forget();
  const codes = ["const a = 1", "a.length", "const a = ''", "a.length; a.toFixed()"];
  const found = [];
  for (const cell of language.learnAll(codes))
    found.push([cell.text, (await language.problems(cell)).map(({ code }) => code)]);
  assert.deepEqual(found, [
    ["const a = 1", []],
    ["a.length", [2339]],
    ["const a = ''", []],
    ["a.length; a.toFixed()", [2551]],
  ]);
});

test("after forget no name of the cells is known", async () => {
  await run([["const gone = 1"], ["gone"]]);
  language.forget();
  assert.deepEqual(await problemsIn("gone"), ["2304 gone"]);
});

test("a module beside the notebook is read again when it was edited, made or removed", async (t: TestContext) => {
  language.forget();
  const file = join(folder, "own.ts");
  t.after(() => rmSync(file, { force: true }));
  assert.deepEqual(await problemsIn("import { x } from './own.ts'"), ["2307 './own.ts'"]);
  writeFileSync(file, "export const x = 1");
  await run([["import { x } from './own.ts'; x.toFixed()"]]);
  writeFileSync(file, "import { y } from './other.ts'; export const x = y");
  writeFileSync(join(folder, "other.ts"), "export const y = 'text'");
  assert.deepEqual(await problemsIn("x.toUpperCase(); x.toFixed()"), ["2551 toFixed"]);
  writeFileSync(join(folder, "other.ts"), "export const y = true");
  assert.deepEqual(await problemsIn("x.toUpperCase()"), ["2339 toUpperCase"]);
  rmSync(file);
  assert.deepEqual(await problemsIn("import { x } from './own.ts'"), ["2307 './own.ts'"]);
});

test("no message names a file of the mirror", async () => {
  language.forget();
  await run([["class Point { x = 1 }"], ["import * as fs from 'node:fs'"]]);
  const [problem] = await language.check("const n: number = { p: new Point(), m: await import('node:path') }");
  assert.doesNotMatch(problem?.message ?? "", /latent-types|node_modules/);
});

test("cells that run one upon the other, while others are checked, all find their project", {
  timeout: 120_000,
}, async t => {
  const said = t.mock.method(console, "error", () => {});
  const asked: Promise<unknown>[] = [];
  const found: number[] = [];
  let made = 0;
  const next = () => `const row${++made}: number = "${made}"`;
  // Without a second question this failed in half of the runs on a busy machine (seen).
  let state = 1;
  const chance = () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
  for (let round = 0; round < 60; round++) {
    const taken = language.learnAll(Array.from({ length: 1 + Math.floor(25 * chance()) }, next));
    asked.push(...taken.map(async each => void found.push((await language.problems(each)).length)));
    if (chance() < 0.5) await Promise.all(asked.splice(0));
    else await new Promise(resolve => setTimeout(resolve, 60 * chance()));
    if (chance() > 0.3) continue;
    const code = next();
    found.push((await language.check(code)).length);
    language.learn(code);
    void language.warm();
  }
  await Promise.all(asked);
  assert.deepEqual(said.mock.calls, []);
  assert.deepEqual(found, Array(made).fill(1));
});

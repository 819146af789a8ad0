// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are cells as text.
import assert from "node:assert/strict";
import test, { type TestContext } from "node:test";
import { kernelBeside } from "../testkit/index.ts";

const COUNTER = `
export let count = 0, performance = 0.9;
export const grow = (by = 1): void => { count += by; performance = by; };
export let run: () => string = () => "first";
export const change = (): void => { [run] = [function (this: unknown) { return "second " + String(this); }]; };
export default count;`;
const BARREL = `
export * from "./counter";
import { count } from "./counter";
export { count as total };`;

/** A kernel beside these files, which does not check types; gives a cell's result, or its error in a line. */
async function beside(t: TestContext, files: Record<string, string>) {
  const { result, ...rest } = await kernelBeside(t, files, { env: { LATENT_TYPES: "off" } });
  return { ...rest, told: async (code: string) => (await result(code))?.split("\n", 1)[0] };
}

test("an imported name whose module changes it has its present value, in its cell, in later ones and in their functions", async t => {
  const { told } = await beside(t, { "counter.ts": COUNTER, "barrel.ts": BARREL });
  assert.equal(await told('import { count, grow } from "./counter.ts"; grow(); grow(); count'), "2");
  assert.equal(await told("function later() { return { count } } grow(); later()"), "{ count: 3 }");
  assert.equal(await told('grow(); [later().count, `${count}`, eval("count + 1")]'), "[ 4, '4', 5 ]");
  assert.equal(await told('import { total, count as n } from "./barrel"; grow(); [total, n, count]'), "[ 5, 5, 5 ]");
  assert.equal(await told("(@((kept: any, _: unknown) => kept) class { now = total } as any, total)"), "5");
  assert.equal(await told('import first from "./counter"; grow(); first'), "0");
});

test("it may have a name of the globals, be a function, and is shown by the author's name", async t => {
  const { told } = await beside(t, { "counter.ts": COUNTER });
  assert.equal(await told('import { performance, grow } from "./counter.ts"; grow(3); performance'), "3");
  assert.equal(await told("typeof performance"), "'number'");
  assert.equal(await told('import { run, change } from "./counter.ts"; change(); run()'), "'second undefined'");
  assert.equal(
    await told("[run`x`, String(() => run(performance))]"),
    "[ 'second undefined', '() => run(performance)' ]",
  );
  assert.equal(await told("performance()"), "TypeError: performance is not a function");
  assert.match(String(await told("performance = 1")), /^TypeError: .*'performance'/);
});

test("what TypeScript has written around it hides neither an assignment in the file nor a call in the cell", async t => {
  const { told } = await beside(t, {
    "fns.ts": `export let who: any = 0;
      export function greet(): string { return "old" } export class Model { v = 1 } export let n: unknown = 1, m: any = 1;
      export const change = (): void => {
        (greet as any) = () => "new"; (Model as any) = class { v = 2 }; (n as number) = 2; m!++; [(who as any)] = [function (this: unknown) { return this }];
      };`,
  });
  const cell = 'import { greet, Model, n, m, who, change } from "./fns"; change(); [greet(), new Model().v, n, m]';
  assert.equal(await told(cell), "[ 'new', 2, 2, 2 ]");
  const calls = "[(who as any)(), who!(), (who)(), (<any>who)(), (who satisfies any)(), who?.()]";
  assert.equal(await told(`${calls}.every(each => each === undefined)`), "true");
});

test("a later cell may declare the name itself, and one whose import fails takes nothing away", async t => {
  const { told } = await beside(t, { "counter.ts": COUNTER });
  assert.equal(
    await told('import { count, grow } from "./counter.ts"; const before = () => count; grow(); count'),
    "1",
  );
  assert.match(String(await told('import { nowhere, count as other } from "./counter.ts"')), /^SyntaxError/);
  assert.equal(await told("other"), "ReferenceError: other is not defined");
  assert.match(String(await told('throw new Error("early"); let count = 7')), /early/);
  assert.equal(await told("grow(); count"), "2");
  assert.equal(await told("let count = 7; count += 1; [count, before()]"), "[ 8, 2 ]");
  assert.equal(await told("grow(); count"), "8");
  assert.equal(await told('import { count } from "./counter.ts"; count'), "3");
});

test("after an edit of its module it is the new one's, also in functions of earlier cells", async t => {
  const { save, told } = await beside(t, { "counter.ts": COUNTER });
  assert.equal(await told('import { count, grow } from "./counter.ts"; const now = () => count; grow(); now()'), "1");
  save("counter.ts", COUNTER.replace("count = 0", "count = 40"));
  assert.equal(await told('import { count, grow } from "./counter.ts"; grow(2); now()'), "42");
});

test("a package of declarations gives types to a cell that imports no more, and any other is missed", async t => {
  const { told } = await beside(t, {
    "node_modules/@types/geo/package.json": '{ "name": "@types/geo", "types": "index.d.ts" }',
    "node_modules/@types/the__scoped/package.json": '{ "name": "@types/the__scoped", "types": "index.d.ts" }',
    "node_modules/styles/package.json": '{ "name": "styles", "main": "", "types": "index.d.ts" }',
  });
  assert.equal(await told('import { Feature } from "geo"; const f: Feature = 1; f'), "1");
  assert.equal(await told('import { A } from "@the/scoped/deep"; import S, { B } from "styles"; 2'), "2");
  const missing = (name: string) =>
    `Error: Cannot find the package "${name}". In the notebook's folder run: npm install ${name}`;
  assert.equal(await told('import { Feature } from "geo"; new Feature()'), missing("geo"));
  assert.equal(await told('import * as all from "geo"'), missing("geo"));
  assert.equal(await told('import { Feature } from "nowhere"; const f: Feature = 1'), missing("nowhere"));
  assert.equal(await told('import { readFile } from "fs/promise"'), 'Error: Node has no module "fs/promise".');
});

/** Types that a cell may import without the word `type`. */
const WITH_TYPES = {
  "util.ts": `export interface Shape { x: number } export type Id = string; export default interface Main { y: 1 }
    export declare class Declared { a: 1 } export namespace Types { export type A = 1 } class Hidden {}
    export * from './more'; export { Old as New } from './more'; import { Passed } from './more'; export { Passed };
    export const mean = (all: number[]): number => all[0] ?? 0`,
  "more.ts":
    "export interface Old { a: 1 } export interface Passed { b: 1 } export type Star = 2; export type * from './less'",
  "less.ts": "export interface Less { a: 1 } export type * as All from './more'",
  "passes.ts": "export * from 'typed'; export * from 'node:fs'; export const own = 1",
  "noted.js": "/** @typedef {{ a: 1 }} Noted */\nexport const n = 1",
  "equals.ts": "declare namespace made { export interface Held { a: 1 } } const made = { e: 1 }; export = made",
  "bus.cjs": "module.exports = new (require('node:events'))(); module.exports['hid' + 'den'] = 1",
  "data.json": '{ "k": 1 }',
  "node_modules/typed/package.json": '{ "name": "typed", "type": "module", "main": "i.js", "types": "i.d.ts" }',
  "node_modules/typed/i.js": "export const v = 1",
  "node_modules/typed/i.d.ts": "export declare const v: number; export interface Kind { a: 1 } export * from 'below';",
  "node_modules/below/package.json": '{ "name": "below", "main": "i.js" }',
  "node_modules/below/i.d.ts": "export type Deep = 1",
};

test("types that a file passes on by name are no values, however long the way", async t => {
  const { result } = await kernelBeside(t, {
    "types.ts": `export interface Point { x: number } export type Id = string; interface Listed {} export { Listed };
      export class Both {} export interface Both { y: 1 } export const origin: Point = { x: 1 }`,
    "all.ts": "export * from './types'; export { Id as Name } from './types'",
    "named.ts": `import { Both, Point, origin } from './types'; export { Listed, Name } from './all'; export { Point, Both };
      export { origin, Id } from './all'; export type { Point as Dot } from './types'`,
    "circle.ts": "export { Nobody, a } from './circle2'; export { Point } from './named'",
    "circle2.ts": "export { Nobody } from './circle'; export const a = 1",
  });
  assert.equal(
    await result("import { origin, Both } from './named'; [origin, typeof Both]"),
    "[ { x: 1 }, 'function' ]",
  );
  assert.equal(await result("Object.keys(await import('./named')).join()"), "'Both,origin'");
  assert.match(await result("import './circle'"), /SyntaxError: .*'Nobody'/);
});

test("the attribute of a static import is passed on, in a cell and in a local file", async t => {
  const { result } = await kernelBeside(t, {
    "node_modules/p/package.json": '{ "name": "p", "version": "9.1", "type": "module" }',
    "data.json": '{ "k": 1 }',
    "uses.ts": `import p from 'p/package.json' with { type: 'json' };
      import d from 'data:application/json,{"q":2}' with { type: 'json' };
      import local from './data.json' with { type: 'json' }; import same from './data.json';
      export { default as passed } from 'p/package.json' with { type: 'json' };
      export const all: unknown[] = [p.version, d.q, local.k, local === same]`,
    "plain.js": "export { default } from 'p/package.json' with { type: 'json' }",
  });
  for (const [code, expected] of [
    ["import p from 'p/package.json' with { type: 'json' }; p.version", "'9.1'"],
    ['import d from \'data:application/json,{"q":2}\' with { "type": "json" }; d', "{ q: 2 }"],
    ["import * as all from 'p/package.json' with { type: 'json' }; all.default.version", "'9.1'"],
    ["1;\nimport {\n  default as late,\n} from 'p/package.json' with {\n  type: 'json',\n};\nlate.version", "'9.1'"],
    ["import 'p/package.json' with { type: 'json' }; 1", "1"],
    ["export { default as x } from 'p/package.json' with { type: 'json' }; 2", "2"],
    ["export * as y from 'p/package.json' with { type: 'json' }; 3", "3"],
    [
      "import m from 'p/package.json' with { type: 'json' }; const tag = (_: unknown) => {}; @tag class A {}\nm.version",
      "'9.1'",
    ],
    ["import { all, passed } from './uses'; [...all, passed.version]", "[ '9.1', 2, 1, true, '9.1' ]"],
    ["import plain from './plain.js'; plain.version", "'9.1'"],
  ] as const)
    assert.equal(await result(code), expected, code);
});

test("a name that a module does not export fails the import, in its line and before the cell runs", async t => {
  const { result } = await kernelBeside(t, {
    ...WITH_TYPES,
    "imports.ts": "\nimport { maen } from './util.ts'; export const m = maen",
    "imports.js": "export { maen } from './util.ts'",
  });
  const first = await result("globalThis.ran = true;\nimport { maen } from './util.ts'; maen([1])");
  assert.match(
    first,
    /^SyntaxError: The requested module '\.\/util\.ts' does not provide an export named 'maen'\n(?:.*\n)*.*line 2, column 1/,
  );
  assert.equal(await result("typeof globalThis.ran"), "'undefined'");
  for (const [code, specifier, name] of [
    ["import { maen } from './util'", "./util", "maen"],
    ["import { mean,\n 'odd name' as odd } from './util'; mean([odd])", "./util", "odd name"],
    ["import { Hidden } from './util'", "./util", "Hidden"],
    ["import { Shape } from './util'; Shape.x", "./util", "Shape"],
    ["import more from './more'; more", "./more", "default"],
    ["import more, * as all from './more'", "./more", "default"],
    ["import { k, q } from './data.json'", "./data.json", "q"],
    ["import { nix } from './bus.cjs'; nix", "./bus.cjs", "nix"],
    ["import { readFil } from 'node:fs'; readFil", "node:fs", "readFil"],
    ["import { readFil } from 'fs'; readFil()", "fs", "readFil"],
    ["import { w } from 'typed'; w", "typed", "w"],
    ["import { linalgg } from 'latent'; linalgg", "latent", "linalgg"],
    ["import { tensr } from '@tensorflow/tfjs-node'; tensr(1)", "@tensorflow/tfjs-node", "tensr"],
    ["import { displya } from 'tslab'; displya", "tslab", "displya"],
    ["import { tag } from './util'; @tag class A {}", "./util", "tag"],
  ] as const) {
    const expected = `SyntaxError: The requested module '${specifier}' does not provide an export named '${name}'`;
    assert.equal((await result(code))?.split("\n")[0], expected, code);
  }
  assert.match(await result("import './imports.ts'"), /'maen' \(.*notebook\/imports\.ts, line 2\)/);
  assert.match(await result("import './imports.js'"), /'maen' \(.*notebook\/imports\.js, line 1\)/);
});

test("types are imported without the word for them, and names that only a CommonJS object has", async t => {
  const { result } = await kernelBeside(t, WITH_TYPES);
  for (const [code, expected] of [
    ["import { Shape, Id, Declared, Types, New, Passed, Star, Less, All, mean } from './util'; 1", "1"],
    ["import { Kind, Deep, PathLike, own } from './passes'; own", "1"],
    ["import { Anything } from 'typed'; 1", "1"],
    ["import Main from './util'; 2", "2"],
    ["import { Shape as S, mean } from './util'; const s: S = { x: mean([3]) }; s.x", "3"],
    ["import { Untold } from 'typed'; class A implements Untold {}\n4", "4"],
    ["import { Kind, Deep } from 'typed'; 5", "5"],
    ["import { PathLike } from 'node:fs'; 6", "6"],
    ["import { Rank, Tensor } from '@tensorflow/tfjs-node'; 7", "7"],
    ["import { Noted } from './noted.js'; 8", "8"],
    ["import { Held, e } from './equals'; e", "1"],
    ["import { on, hidden } from './bus.cjs'; [typeof on, hidden]", "[ 'function', 1 ]"],
    ["export { nothing } from './util'; 9", "9"],
  ] as const)
    assert.equal(await result(code), expected, code);
  assert.doesNotMatch(await result("import { Shape } from './util'; export default Shape"), /SyntaxError/);
});

import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import test, { type TestContext } from "node:test";
import { Language } from "./language.ts";

/** A notebook in a folder of its own, with files beside it. */
function notebook(t: TestContext, files: Record<string, string> = {}, name = "notebook") {
  const top = mkdtempSync(join(tmpdir(), "latent-test-"));
  const folder = join(top, name);
  mkdirSync(folder);
  const language = new Language(folder);
  t.after(async () => {
    await language.stop();
    rmSync(top, { recursive: true });
  });
  let saved = 0;
  /** Saves a file at another time than before, also where a file system counts in long steps. */
  const save = (path: string, text: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
    utimesSync(join(folder, path), new Date(), new Date(Date.now() + ++saved * 5000));
  };
  for (const [path, text] of Object.entries(files)) save(path, text);
  return { language, save };
}

async function problemsIn(language: Language, code: string): Promise<string[]> {
  return (await language.check(code)).map(problem => `${problem.code} ${code.slice(problem.start, problem.end)}`);
}

/** What the cells of one batch are warned of, as after "Run All". */
async function warnings(language: Language, codes: string[]): Promise<string[][]> {
  const checked = language.learnAll(codes).map(async cell => {
    const problems = await language.problems(cell);
    return problems.map(({ code, start, end }) => `${code} ${cell.text.slice(start, end)}`);
  });
  return Promise.all(checked);
}

test("the first cells of a fresh notebook, sent together, are warned of their mistakes and of nothing else", async t => {
  for (let fresh = 0; fresh < 6; fresh++) {
    const { language } = notebook(t);
    const codes = [
      "import path from 'node:path'; path.sep; const text: string = 1",
      "display(process.pid); Buffer.from('x'); fetch('x'); text.nope",
      "using x = { [Symbol.dispose]() {} }; let open: string | undefined; open.length",
    ];
    assert.deepEqual(await warnings(language, codes), [["2322 text"], ["2339 nope"], ["18048 open"]]);
  }
});

test("cells that no later cell can see are still part of the project when they are checked", async t => {
  const { language } = notebook(t);
  const first = language.learnAll(["process.pid; display(1)", "const a = process.pid"]);
  language.learnAll(["const a = 1", "display(2)"]);
  for (const cell of first) assert.deepEqual(await language.problems(cell), []);
});

test("every global of this Node and all of import.meta are known, and by their types", async t => {
  const { language } = notebook(t);
  const names = Object.getOwnPropertyNames(globalThis).filter(name => name !== "undefined");
  const code = names.map(name => `${name}; globalThis.${name};`).join("\n");
  assert.deepEqual(await problemsIn(language, code), []);
  assert.deepEqual(
    await problemsIn(
      language,
      "import.meta.dirname.length; import.meta.filename.length; import.meta.url.length; import.meta.resolve('x').length; import.meta.main",
    ),
    [],
  );
  for (const wrong of [
    "performance.nope",
    "new URL('x').nope",
    "crypto.subtle.nope",
    "structuredClone({ a: 1 }).nope",
    "AbortSignal.timeout(1).nope",
    "WebAssembly.validate(new Uint8Array(1)).nope",
    "(await WebAssembly.instantiate(new Uint8Array(1))).nope",
    "console.nope",
    "process.nope",
  ])
    assert.deepEqual(await problemsIn(language, wrong), ["2339 nope"], wrong);
});

test("a global that no types know may be anything, once somebody uses it", async t => {
  const { language } = notebook(t);
  Object.assign(globalThis, { FromTheFuture: class {} });
  t.after(() => Reflect.deleteProperty(globalThis, "FromTheFuture"));
  assert.deepEqual(await problemsIn(language, "new FromTheFuture().anything; const f: FromTheFuture = 1; Nowhere"), [
    "2304 Nowhere",
  ]);
  assert.deepEqual(await warnings(language, ["FromTheFuture.more"]), [[]]);
});

test("what a cell puts on globalThis is known there, and as a name", async t => {
  const { language } = notebook(t);
  assert.deepEqual(await problemsIn(language, "globalThis.mine = 1; globalThis.mine; mine"), []);
  const cells = ["(globalThis as any).hers = 1; global.his = 2", "hers; his; nobodys", "globalThis.hers.anything"];
  assert.deepEqual(await warnings(language, cells), [[], ["2304 nobodys"], []]);
});

test("names that hide globals are the cells' own in later cells, in checks and completion", async t => {
  const { language } = notebook(t);
  const declaring = `const name = 1, performance = 0.9; let status = 'x'; class Buffer { items = [1] }
    const process = (x: number) => x; enum Map { A } function fetch() { return 1 } interface Error { mine: 1 }
    const require = 5, exports = 1, module = 2, display = 4, Object = { own: 1 }, URL = 'u', JSON = { x: 1 };
    class Set { mine = 1 } const Promise = 1, Symbol = 2, console = { log(x: number) {} }`;
  const using = `name.toFixed(); performance.toFixed(); status = status.trim(); new Buffer().items; process(1); Map.A;
    fetch().toFixed(); const e: Error = { mine: 1 }; require.toFixed(); exports.toFixed(); module.toFixed();
    display.toFixed(); Object.own; URL.trim(); JSON.x; new Set().mine; Promise.toFixed(); Symbol.toFixed(); console.log(1)`;
  const syntax = "async function f() { return [1].map(x => ({ ...{ a: x } })) } for (const x of await f()) x.a; `a`";
  assert.deepEqual(await warnings(language, [declaring, using, syntax, "performance.now()", "console.log('x')"]), [
    [],
    [],
    [],
    ["2339 now"],
    ["2345 'x'"],
  ]);
  const offered = async (code: string) => (await language.complete(code, code.length)).matches.map(({ text }) => text);
  assert.deepEqual(await offered("new Buffer()."), ["items"]);
  assert.ok((await offered("performance.")).includes("toFixed"));
});

test("a cell that runs again unchanged is the same cell: values of its classes, enums and symbols still fit", async t => {
  const { language } = notebook(t);
  const types = "class P { #x = 1; private y = 2 } enum E { A, B } const key: unique symbol = Symbol('k')";
  const using = "function f(p: P, e: E) { return p } const o = { [key]: 1 }";
  const calling = "f(new P(), E.A); o[key].toFixed(); f(1, E.B)";
  assert.deepEqual(await warnings(language, [types, using, types, calling]), [[], [], [], ["2345 1"]]);
  const changed = types.replace("#x = 1", "#x = 1; size = 3");
  assert.deepEqual(await warnings(language, [changed, "new P().size.toFixed(); new P().nope"]), [[], ["2339 nope"]]);
});

test("enum members behind a constant of an earlier cell have their values", async t => {
  const { language } = notebook(t);
  const found = await warnings(language, [
    "const SHIFT = 2",
    "enum F { None = 0, Read = 1 << SHIFT, Write, Both = Read | Write }",
    "F.Write.toFixed(); F.Nope",
  ]);
  assert.deepEqual(found, [[], [], ["2339 Nope"]]);
});

test("cells may run out of their order, and a cell that is gone leaves its names", async t => {
  const { language } = notebook(t);
  const found = await warnings(language, ["const f = () => later + 1", "const later = 2", "f(); later.toFixed()"]);
  assert.deepEqual(found, [["2304 later"], [], []]);
});

const MODULES = {
  "helper.ts": `import { tf } from "latent"; import { Tensor } from "@tensorflow/tfjs-node"; export const one: Tensor = tf.scalar(1);
    export default function five() { return 5 }`,
  "deep/er.ts": `import five, { one } from "../helper"; export { one }; export const lazy = async () => (await import("./lazy")).v;
    export const six = five() + 1;`,
  "deep/lazy.ts": "export const v = 'lazy'",
  "names.js": "exports.y = 3",
  "value.js": "module.exports = { y: 3, z: 's' }",
  "c.cts": "import { sep } from 'node:path'; export const c: string = sep; export enum E { A }",
  "equals.cts": "const x: number = 3; export = { x }",
  "m.mts": "export const m: number = 1",
  "m2.mjs": "export const m2 = 2",
  "c2.cjs": "exports.c2 = 2",
  "sets.ts": "module.exports = { s: 3 }",
  "x.jsx": "export const view = <b>hi</b>; export const s = 's'",
  "x2.tsx": "export const view2 = <i>hi</i>; export const n: number = 1",
  "data.json": '{ "k": 5 }',
  "lib/index.ts": "export const inside = 'lib'",
  "script.ts": "const leaked = 1",
  "typed.js": "export const t = x => x",
  "typed.d.ts": "export declare const t: (x: string) => number",
  "only.d.ts": "export interface Only { a: string }",
  "v1.2.ts": "export const dotted = 1",
  "a #1?.ts": "export const odd = 1",
};

const IMPORTS: [code: string, ...problems: string[]][] = [
  ["import five, { one } from './helper'; five().nope; one.nope", "2339 nope", "2339 nope"],
  [
    "import { one, lazy, six } from './deep/er'; one.nope; six.nope; (await lazy()).nope",
    ...Array(3).fill("2339 nope"),
  ],
  [
    "import { y } from './names'; y.nope; import o, { z } from './value.js'; o.y.nope; z.nope",
    ...Array(3).fill("2339 nope"),
  ],
  ["import { nope } from './value.js'", "2305 nope"],
  [
    "import { c, E } from './c.cts'; c.nope; E.B; import { x } from './equals.cts'; x.nope",
    "2339 nope",
    "2339 B",
    "2339 nope",
  ],
  ["import { m } from './m.mjs'; import { m as same } from './m.mts'; m.nope; same.nope", "2339 nope", "2339 nope"],
  ["import { m2 } from './m2.mjs'; import { c2 } from './c2.cjs'; m2.nope; c2.nope", "2339 nope", "2339 nope"],
  [
    "import { view, s } from './x.jsx'; import { view2, n } from './x2'; view; view2; s.nope; n.nope",
    "2339 nope",
    "2339 nope",
  ],
  ["import data, { k } from './data.json'; data.k.nope; k.nope", "2339 nope", "2339 nope"],
  [
    "import data from './data.json' with { type: 'json' }; data.nope; import { no } from './data.json'",
    "2339 nope",
    "2305 no",
  ],
  [
    "import { inside } from './lib'; import { inside as same } from './lib/index'; inside.nope; same.nope",
    "2339 nope",
    "2339 nope",
  ],
  ["import { s } from './sets'; import sets from './sets'; s; sets.s"],
  ["import './script'; leaked", "2304 leaked"],
  ["import { t } from './typed.js'; t(1)", "2345 1"],
  ["import { Only } from './only'; const o: Only = { a: 1 }", "2322 a"],
  ["import { dotted } from './v1.2'; import { odd } from './a #1?'; dotted.nope; odd.nope", "2339 nope", "2339 nope"],
  [
    "import './nowhere'; import { x } from './deep'; import 'https://example.com/x.js'",
    "2882 './nowhere'",
    "2307 './deep'",
    "2882 'https://example.com/x.js'",
  ],
  ["const { y } = require('./names'), j = require('./data.json'); __dirname.length; require.main === module; y; j"],
];

test("files beside the notebook have their types however they are imported, also in a folder with any name", async t => {
  for (const name of ["notebook", "C# course", "100% sure", "a?b", "ü und ñ"]) {
    const { language } = notebook(t, MODULES, name);
    for (const [code, ...problems] of name === "notebook" ? IMPORTS : IMPORTS.slice(0, 2))
      assert.deepEqual(await problemsIn(language, code), problems, `${name}: ${code}`);
  }
});

test("an edit is seen in a file of a file, and in one that a literal import() names", async t => {
  const { language, save } = notebook(t, MODULES);
  const code = "import { lazy, six } from './deep/er'; (await lazy()).trim(); six.toFixed()";
  assert.deepEqual(await problemsIn(language, code), []);
  save("deep/lazy.ts", "export const v = 5");
  save("helper.ts", "export const one = 1; export default () => 'text'");
  assert.deepEqual(await problemsIn(language, code), ["2339 trim", "2551 toFixed"]);
});

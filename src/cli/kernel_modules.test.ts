import assert from "node:assert/strict";
import { mkdirSync, rmSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { contents, emptyFolder, kernelBeside, resultText, startOurs } from "../testkit/index.ts";

test("TypeScript files beside the notebook are imported, with or without their ending, and again after an edit", async t => {
  const folder = emptyFolder(t);
  mkdirSync(`${folder}/deep`);
  writeFileSync(
    `${folder}/model.ts`,
    'import { k } from "./deep/size";\nexport enum Kind { Conv = 3 }\nexport const size: number = k;',
  );
  writeFileSync(`${folder}/deep/size.ts`, "export const k: number = 1");
  const { client } = await startOurs(t, { cwd: folder });
  const ask = async () => resultText(await client.execute("import { Kind, size } from './model'; [Kind.Conv, size]"));
  assert.equal(await ask(), "[ 3, 1 ]");
  writeFileSync(`${folder}/deep/size.ts`, "export const k: number = 2");
  // A file system may count time in steps longer than this test.
  utimesSync(`${folder}/deep/size.ts`, new Date(), new Date(Date.now() + 5000));
  assert.equal(await ask(), "[ 3, 2 ]");
  assert.equal(resultText(await client.execute("(await import('./model.js')).size")), "2");
});

test("an error in a local file names its line, and a file that is not there is named", async t => {
  const folder = emptyFolder(t);
  writeFileSync(`${folder}/bad.ts`, "export interface A { x: 1 }\n\nthrow new Error('in the module')");
  const { client } = await startOurs(t, { cwd: folder });
  const [error] = contents(await client.execute("import './bad.ts'"), "error");
  assert.match(String(error?.traceback), new RegExp(`at .*${folder}/bad.ts:3:7`));
  const [missing] = contents(await client.execute("import './nowhere.ts'"), "error");
  assert.match(String(missing?.evalue), /There is no file .*nowhere\.ts/);
});

test("JSON is imported as its default and by its keys, CommonJS also by names that no scan sees", async t => {
  const folder = emptyFolder(t);
  writeFileSync(`${folder}/data.json`, '{"k": 5}');
  writeFileSync(`${folder}/common.cjs`, "const made = {}; made['hid' + 'den'] = 42; module.exports = made;");
  const { client } = await startOurs(t, { cwd: folder });
  const cell = "import data, { k } from './data.json'; import { hidden } from './common.cjs'; [data, k, hidden]";
  assert.equal(resultText(await client.execute(cell)), "[ { k: 5 }, 5, 42 ]");
  const attribute = "import again from './data.json' with { type: 'json' }; again.k";
  assert.equal(resultText(await client.execute(attribute)), "5");
});

test("a local file imports what a cell may import, as static and as dynamic import, from a folder below, and through require", async t => {
  const { result } = await kernelBeside(t, {
    "helper.ts": `import { linalg } from "latent"; import { Tensor } from "@tensorflow/tfjs-node"; import { display } from "tslab";
      export const kinds = [typeof linalg, typeof Tensor, typeof display.html];`,
    "deep/er/a.ts": `import { kinds } from "../../helper"; import { DataFrame } from "danfojs-node";
      export const all = async () => [...kinds, typeof DataFrame, typeof (await import("latent")).linalg];`,
    "plain.js": 'import { linalg } from "latent"; export const kind = typeof linalg;',
    "common.cjs": 'exports.same = require("latent"); exports.tslab = require("tslab");',
  });
  assert.equal(
    await result("import { all } from './deep/er/a'; (await all()).join()"),
    "'object,function,function,function,object'",
  );
  assert.equal(await result("import { kind } from './plain.js'; kind"), "'object'");
  const same = `import * as latent from "latent"; import * as tslab from "tslab"; import common from "./common.cjs";
    [common.same.linalg === latent.linalg, common.tslab.display === tslab.display, require("tslab").display === tslab.display]`;
  assert.equal(await result(same), "[ true, true, true ]");
});

test("the notebook's own packages come before ours, also for a file outside of its folder", async t => {
  const own = (name: string, text: string) => ({
    [`notebooks/node_modules/${name}/package.json`]: JSON.stringify({ name, type: "module", exports: "./index.js" }),
    [`notebooks/node_modules/${name}/index.js`]: text,
  });
  const { folder } = await kernelBeside(t, {
    ...own("danfojs-node", "export const mine = 1"),
    ...own("only-here", "export const here = 2"),
    "shared/uses.ts":
      'import { mine } from "danfojs-node"; import { here } from "only-here"; export const got = [mine, here]',
  });
  const { client } = await startOurs(t, { cwd: join(folder, "notebooks") });
  assert.equal(resultText(await client.execute("import { got } from '../shared/uses'; got")), "[ 1, 2 ]");
});

test("files of every ending are imported and required, each as its ending and its text say", async t => {
  const element = "const React = { createElement: (tag: string) => tag };";
  const { result } = await kernelBeside(t, {
    "m.mts": "export const m: number = 1; export const at = import.meta.dirname",
    "c.cts": "import { sep } from 'node:path'; export enum E { A = 2 } export const own: string = sep + __filename",
    "equals.cts": "const x: number = 3; export = { x }",
    "m2.mjs": "export const m2 = 4",
    "c2.cjs": "exports.c2 = 5",
    "x.tsx": `${element} export const x: unknown = <b>hi</b>`,
    "x2.jsx": `${element.replace(": string", "")} export const x2 = <i>hi</i>`,
    "names.js": "exports.y = 6; exports.z = require('./value.js').w",
    "value.js": "module.exports = { w: 7, 'odd name': 8 }",
    "call.js": "module.exports = function add(a, b) { return a + b }; module.exports.extra = 9",
    "sloppy.js": "var octal = 010; exports.octal = octal",
    "waits.js": "globalThis.waited = await Promise.resolve(10)",
    "all.ts": `import value, { w } from "./value.js"; import add, { extra } from "./call"; import { z } from "./names";
      import { E } from "./c.cjs"; import { m } from "./m.mjs"; import data, { k } from "./data.json";
      const here = require("./data.json"); export const all = [value.w, w, add(1, 2), extra, z, E.A, m, data.k, k, here.k, __dirname]`,
    "data.json": '{ "k": 11, "default": 12 }',
  });
  for (const [code, expected] of [
    ["import { m, at } from './m.mts'; [m, at === __dirname]", "[ 1, true ]"],
    ["import { E, own } from './c.cts'; [E.A, own === '/' + __dirname + '/c.cts']", "[ 2, true ]"],
    ["import { x } from './equals.cts'; x", "3"],
    ["import { m2 } from './m2.mjs'; import { c2 } from './c2.cjs'; [m2, c2]", "[ 4, 5 ]"],
    ["import { x } from './x'; import { x2 } from './x2.jsx'; x + x2", "'bi'"],
    ["import { y, z } from './names'; [y, z]", "[ 6, 7 ]"],
    ["import value, { w } from './value.js'; [value, w]", "[ { w: 7, 'odd name': 8 }, 7 ]"],
    ["import add, { extra } from './call'; [add(1, 2), extra]", "[ 3, 9 ]"],
    ["import { octal } from './sloppy.js'; octal", "8"],
    ["import './waits.js'; waited", "10"],
    ["import { all } from './all'; all.slice(0, -1).join()", "'7,7,3,9,7,2,1,11,11,11'"],
    ["all.at(-1) === __dirname", "true"],
    ["[require('./m.mts').m, require('./c.cts').E.A, require('./x').x, require('./data').k]", "[ 1, 2, 'b', 11 ]"],
    ["require('./all').all.slice(0, -1).join()", "'7,7,3,9,7,2,1,11,11,11'"],
    ["require.resolve('./names') === __dirname + '/names.js' && require.main === module", "true"],
    [
      "import.meta.resolve('./names') === 'file://' + __dirname + '/names.js' && __filename === import.meta.filename",
      "true",
    ],
  ] as const)
    assert.equal(await result(code), expected, code);
});

test("folders and files may have any name that a disk allows", async t => {
  for (const name of ["C# course", "100% sure", "a?b", "ü und ñ", "b%20c", "[x] 'y'"]) {
    const { result, folder } = await kernelBeside(
      t,
      {
        "my lib.ts": "import { v } from './sub #1/50%?'; export const w: number = v + 1",
        "sub #1/50%?.ts": "export const v: number = 1; export const at = import.meta.dirname",
        "c.cjs": "exports.k = require('./sub #1/d').d",
        "sub #1/d.cjs": "exports.d = 4",
        "sub #1/d.js": "exports.d = 4",
        "bad.ts": "export const a = 1\n\nthrow new Error('in the module')",
      },
      { name },
    );
    const cell = `import { w } from './my lib'; import { at } from './sub #1/50%?'; import { k } from './c.cjs';
      [w, at === __dirname + '/sub #1', k, require('./my%20lib').w]`;
    assert.equal(await result(cell), "[ 2, true, 4, 2 ]", name);
    assert.ok((await result("import './bad'")).includes(`${folder}/bad.ts:3:7`), name);
  }
});

test("an import that runs again after an edit gives the new version of the file and of all below it, and only then", async t => {
  const { result, save } = await kernelBeside(t, {
    "a.ts":
      "import { b } from './b'; export const a = () => b + 1; export const lazy = async () => (await import('./lazy')).l",
    "b.ts":
      "import { c } from './c.cjs'; import { a } from './a'; export const b: number = c * 10; export const back = () => a",
    "c.cjs": "exports.c = require('./d.cjs').d",
    "d.cjs": "exports.d = 1",
    "lazy.ts": "export const l = 1",
    "state.ts": "export const state = { n: 0 }",
    "one.ts": "import { state } from './state'; export const inc = () => ++state.n",
    "two.ts": "import { state } from './state'; export const inc = () => ++state.n",
  });
  const cell = "import { a, lazy } from './a'; [a(), await lazy()]";
  assert.equal(await result(cell), "[ 11, 1 ]");
  save("d.cjs", "exports.d = 2");
  assert.equal(await result(cell), "[ 21, 1 ]");
  save("lazy.ts", "export const l = 2");
  save("d.cjs", "exports.d = 1");
  assert.equal(await result(cell), "[ 11, 2 ]");
  assert.equal(await result("require('./c.cjs').c"), "1");
  save("d.cjs", "exports.d = 3");
  assert.equal(await result("require('./c.cjs').c"), "3");
  assert.equal(await result("import { inc } from './one'; inc()"), "1");
  assert.equal(await result("import { inc as other } from './two'; other()"), "2");
  save("two.ts", "import { state } from './state'; export const inc = () => (state.n += 10)");
  assert.equal(
    await result("import { inc as other } from './two'; import { state } from './state'; [other(), state.n]"),
    "[ 12, 12 ]",
  );
});

test("a local file that fails at its load is imported again once it is mended, or what it lacked is there", async t => {
  const { result, save, folder } = await kernelBeside(t, {
    "a.ts": "import { n } from './b'; export { state } from './good'; export const a = n",
    "b.ts":
      "import { readFileSync } from 'node:fs'; export const n = Number(readFileSync(import.meta.dirname + '/n.txt'))",
    "good.ts": "export const state = { n: 0 }",
    "broken.ts": "export const a: number = 1;\nexport const b: = 2;",
    "uses.ts": "\nimport { b } from './broken'; export const c = b",
    "broken.cjs": "exports.a = 1;\n  exports.b = = 2",
    "broken.json": '{ "a": 1,, }',
  });
  await result("import { state } from './good'; state.n = 5");
  assert.match(await result("import { a } from './a'; a"), /ENOENT/);
  writeFileSync(join(folder, "n.txt"), "7");
  assert.equal(await result("import { a, state } from './a'; [a, state.n]"), "[ 7, 5 ]");
  const broken = new RegExp(`SyntaxError: .*${folder}/broken.ts, line 2, column 17`);
  assert.match(await result("import { c } from './uses'; c"), broken);
  assert.match(await result("require('./broken')"), broken);
  assert.match(
    await result("import './broken.cjs'"),
    new RegExp(`SyntaxError: .*${folder}/broken.cjs, line 2, column 15`),
  );
  assert.match(await result("import './broken.json'"), new RegExp(`SyntaxError: .*${folder}/broken.json`));
  save("broken.ts", "export const b = 2;");
  assert.equal(await result("import { c } from './uses'; c"), "2");
});

test("what cannot be imported is named with its importer and the way out", async t => {
  const { result } = await kernelBeside(t, {
    "folder/x.txt": "",
    "uses.ts": "import './nowhere'",
    "lacks.ts": "import 'not-installed/part'",
    "web.ts": "import 'https://example.com/x.js'",
  });
  for (const [code, expected] of [
    ["import './folder'", /notebook\/folder is a folder without an index\.ts or index\.js: let the cell import one/],
    ["import './nowhere'", /There is no file .*notebook\/nowhere, which the cell imports\./],
    ["require('./nowhere')", /There is no file .*notebook\/nowhere, which the cell imports\./],
    ["import './uses'", /There is no file .*notebook\/nowhere, which .*notebook\/uses\.ts imports\./],
    [
      "import './lacks'",
      /Cannot find the package "not-installed"\. In the notebook's folder run: npm install not-installed/,
    ],
    ["require('not-installed')", /In the notebook's folder run: npm install not-installed/],
    ["import 'https://example.com/x.js'", /modules come from this machine only: download the file beside the notebook/],
    ["require('./web')", /modules come from this machine only/],
    ["import './web'", /modules come from this machine only/],
    ["await import('npm:lodash')", /install the package with npm and import it by its name/],
  ] as const)
    assert.match(await result(code), expected, code);
});

test("files that speak CommonJS in TypeScript are CommonJS, and what waits at its top level cannot be required", async t => {
  const { result, folder } = await kernelBeside(t, {
    "equals.ts": "const made = { e: 1 }; export = made",
    "import.ts":
      "import path = require('node:path'); import made = require('./equals'); export const i = path.sep + made.e",
    "sets.ts": "module.exports = { s: 3 }",
    "named.js": "function api() {} api.put = 5; module.exports = api; exports = { none: 1 }",
    "waits.ts": "export const w: number = await Promise.resolve(4)",
    "uses.mts":
      "import { e } from './equals'; import { i } from './import'; import { s } from './sets'; import { put } from './named'; export const all = [e, i, s, put]",
  });
  assert.equal(await result("import { all } from './uses.mjs'; all"), "[ 1, '/1', 3, 5 ]");
  assert.equal(await result("import { w } from './waits'; [require('./import').i, w]"), "[ '/1', 4 ]");
  assert.match(
    await result("require('./waits')"),
    new RegExp(`${folder}/waits.ts waits .* cannot be required: import it`),
  );
});

test("a link is the file that it leads to: what lies beside that is found and read again after an edit", async t => {
  const { folder, result, save } = await kernelBeside(t, {
    "real/m.ts": "import { n } from './n.ts'; export const m: string = 'm' + n",
    "real/n.ts": "export const n = 1",
    "real/m.cts": "exports.m = 'c' + require('./n.cts').n",
    "real/n.cts": "exports.n = 1",
    "real/lacks.ts": "import './nowhere'",
    "shared/lib.ts": "import cfg from './cfg.json'; export const k: number = cfg.k; export const state = {}",
    "shared/cfg.json": '{ "k": 1 }',
    "uses.ts": "export * from './lib.ts'",
    "store/1f": "export const stored: number = 1",
    "other/m.ts": "export const m = 'other'",
    "other/m.cts": "exports.m = 'other'",
  });
  const link = (target: string, path: string) => {
    rmSync(join(folder, path), { force: true });
    symlinkSync(target, join(folder, path));
  };
  for (const file of ["m.ts", "m.cts", "lacks.ts"]) link(`real/${file}`, `to-${file}`);
  link("shared/lib.ts", "lib.ts");
  link("store/1f", "stored.ts");
  link("real", "folder");
  link("gone.ts", "broken.ts");
  const cell = `import { m } from './to-m.ts'; import { m as m2 } from './folder/m.ts'; import { k } from './uses.ts';
    import c from './to-m.cts'; [m, m2, k, c.m, require('./to-m.cts').m, require('./folder/m.cts').m].join()`;
  assert.equal(await result(cell), "'m1,m1,1,c1,c1,c1'");
  save("real/n.ts", "export const n = 2");
  save("real/n.cts", "exports.n = 2");
  save("shared/cfg.json", '{ "k": 2 }');
  assert.equal(await result(cell), "'m2,m2,2,c2,c2,c2'");
  const same = "import { state } from './uses'; import { state as same } from './shared/lib'; state === same";
  assert.equal(await result(same), "true");
  assert.equal(await result("import { stored } from './stored'; stored"), "1");
  for (const file of ["m.ts", "m.cts"]) link(`other/${file}`, `to-${file}`);
  assert.equal(await result(cell), "'other,m2,2,other,other,c2'");
  assert.match(
    await result("import './to-lacks'"),
    /no file .*real\/nowhere, which .*notebook\/real\/lacks\.ts imports/,
  );
  assert.match(await result("import './broken.ts'"), /There is no file .*notebook\/broken\.ts, which the cell imports/);
});

test("a local file that nests too deep is an error of the cell, and the variables live", async t => {
  const deep = `export const deep = ${"[".repeat(3000)}${"]".repeat(3000)};`;
  const { result } = await kernelBeside(t, {
    "deep.ts": deep,
    "open.js": "export const open = ".concat("[".repeat(20_000)),
    "common.cjs": `exports.deep = ${"(".repeat(20_000)}`,
    "above.ts": "export * from './deep'",
  });
  assert.equal(await result("const kept = 1; kept"), "1");
  for (const cell of [
    "import { deep } from './deep'; deep",
    "await import('./open.js')",
    "require('./common.cjs')",
    "import { deep } from './above'; deep",
    "require('./deep')",
  ])
    assert.match(await result(cell), /^SyntaxError: .*notebook\/\w+\.\w+ nests too deep to be read/, cell);
  assert.equal(await result("kept"), "1");
});

import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test, { after } from "node:test";
import { Language } from "./language.ts";

const folder = mkdtempSync(join(tmpdir(), "latent-test-"));
const language = new Language(folder);
after(async () => {
  await language.stop();
  rmSync(folder, { recursive: true });
});

language.learnAll([
  "import * as fs from 'node:fs'; const kept: string[] = []; interface Shape { kind: 'circle' | 'square'; size: number }",
  "/** Adds. */\nfunction addUp(a: number, b = 2): number { return a + b }",
  "const kept = new Map<string, number>(); let mutable = { inner: 1 }",
]);

/** Completes at the last bar of `marked`. Tells the matches, and the text with the first of them taken. */
async function at(marked: string) {
  const offset = marked.lastIndexOf("|");
  const code = marked.slice(0, offset) + marked.slice(offset + 1);
  const { matches, start, end } = await language.complete(code, offset);
  const taken = code.slice(0, start) + (matches[0]?.text ?? "") + code.slice(end);
  return { texts: matches.map(({ text }) => text), matches, replaced: code.slice(start, end), taken };
}

const FOUND: [title: string, marked: string, replaced: string, first: string][] = [
  ["a member", "'x'.toUpp|", "toUpp", "toUpperCase"],
  ["a member of an optional chain", "let s: string | undefined; s?.toUpp|", "toUpp", "toUpperCase"],
  ["a local name", "function f() { const innermost = 1; inner|", "inner", "innermost"],
  ["a name of an earlier cell", "add|", "add", "addUp"],
  ["a name that an earlier cell declared again, by its new type", "kept.has|", "has", "has"],
  [
    "a name that this cell declares again, by its newest type",
    "const kept = 'text'; kept.toUpp|",
    "toUpp",
    "toUpperCase",
  ],
  ["a name that this cell assigns", "mutable = { inner: 2 }; mutable.inn|", "inn", "inner"],
  ["a type of an earlier cell", "const s: Sha|", "Sha", "Shape"],
  ["a global of Node", "Buff|", "Buff", "Buffer"],
  ["a name of the kernel", "displ|", "displ", "display"],
  ["a keyword", "inter|", "inter", "interface"],
  ["a property of an object literal", "const s: Shape = { si|", "si", "size"],
  ["a value of a union", "const s: Shape = { size: 1, kind: '|' }", "", "circle"],
  ["an option of a function", "fs.readFileSync('x', { enc|", "enc", "encoding"],
  [
    "an option of a trace of Plotly, by its kind",
    "import { plot } from 'latent'; plot.figure([{ type: 'heatmap', colorsc|",
    "colorsc",
    "colorscale",
  ],
  [
    "an option inside one of Plotly's layout",
    "import { plot } from 'latent'; plot.figure([], { xaxis: { rangesl|",
    "rangesl",
    "rangeslider",
  ],
  [
    "a value of an option of Plotly",
    "import { plot } from 'latent'; plot.figure([{ type: 'scattergl', mode: '|' }])",
    "",
    "lines",
  ],
  ["a module", "import { join } from 'node:pat|'", "node:pat", "node:path"],
  ["a package of ours", "import { tf } from 'late|'", "late", "latent"],
  ["an export of a module", "import { readFileS| } from 'node:fs'", "readFileS", "readFileSync"],
  ["a file beside the notebook", "import { x } from './fil|'", "fil", "file.ts"],
  ["a file above the notebook", "import { x } from './sub/in|'", "in", "inside.ts"],
  ["a name that is no identifier", "const o = { 'a-b': 1 }; o.|", ".", '["a-b"]'],
  ["a member behind an emoji", "const s = '😀😀'; s.toUpp|", "toUpp", "toUpperCase"],
  ["a member in an unclosed bracket", "if (addUp(1)) { 'x'.toUpp|", "toUpp", "toUpperCase"],
  ["a member in an unclosed template", "`${'x'.toUpp|", "toUpp", "toUpperCase"],
  ["a member inside a half-written call, whatever its case", "console.log('a', Math.MAX|", "MAX", "max"],
  ["a name in the middle of a text", "const a = addU|;\nconst b = a.", "addU", "addUp"],
];

writeFileSync(join(folder, "file.ts"), "export const x = 1");
mkdirSync(join(folder, "sub"));
writeFileSync(join(folder, "sub", "inside.ts"), "export const x = 1");

for (const [title, marked, replaced, first] of FOUND)
  test(`completion finds ${title}`, async () => {
    const found = await at(marked);
    assert.deepEqual([found.replaced, found.texts[0]], [replaced, first]);
  });

test("a match tells what it is and its type", async () => {
  const described = async (marked: string) => (await at(marked)).matches[0];
  assert.deepEqual(await described("addU|"), {
    text: "addUp",
    type: "function",
    signature: "(a: number, b?: number): number",
  });
  assert.deepEqual(await described("mutable.in|"), { text: "inner", type: "property", signature: "number" });
  assert.deepEqual(await described("kept.siz|"), { text: "size", type: "property", signature: "number" });
  assert.equal((await described("'x'.toUpp|"))?.signature, "(): string");
  assert.equal((await described("import { j } from 'node:pat|'"))?.type, "module");
});

test("after a dot there are members only, and nowhere our own documents", async () => {
  assert.deepEqual((await at("({ b: 1, a: 2 }).|")).texts, ["a", "b"]);
  assert.deepEqual((await at("Promise.resolve(1).|")).texts, ["catch", "finally", "then"]);
  assert.deepEqual((await at("import {} from './|'")).texts.sort(), ["file.ts", "sub"]);
  const { texts } = await at("|");
  assert.ok(texts.includes("kept") && texts.includes("addUp"));
  assert.ok(
    !texts.some(text => text.startsWith("__") && text.endsWith("__")),
    texts.filter(t => t.startsWith("__")).join(),
  );
});

test("a name that is nowhere yet comes with its import", async () => {
  assert.equal(
    (await at("const text = existsSyn|")).taken,
    'import { existsSync } from "node:fs";\nconst text = existsSync',
  );
  assert.equal(
    (await at("// @strict\nexistsSyn|")).taken,
    '// @strict\nimport { existsSync } from "node:fs";\nexistsSync',
  );
  assert.equal(
    (await at("import { statSync } from 'node:fs';\nstatSync('a');\nexistsSyn|")).taken,
    "import { existsSync, statSync } from 'node:fs';\nstatSync('a');\nexistsSync",
  );
  const { matches } = await at("existsSyn|");
  assert.deepEqual(matches[0], {
    text: 'import { existsSync } from "node:fs";\nexistsSync',
    type: "function",
    signature: 'from "node:fs"',
  });
});

test("where nothing fits there is no match, and no range", async () => {
  for (const marked of ["'plain te|xt'", "// comm|", "xyzzyx|", "5.|"])
    assert.deepEqual((await at(marked)).texts, [], marked);
});

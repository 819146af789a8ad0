import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
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

const ADD = `/**
 * Adds two numbers.
 * @param a the first
 * @example
 * addUp(1)
 */
function addUp(a: number, b = 2): number {
  return a + b; // the sum
}`;
language.learnAll([`import * as fs from "node:fs";\n${ADD}\nlet point = { x: 1 };`]);

/** Inspects at the last bar of `marked`. */
async function at(marked: string, detail: 0 | 1 = 0) {
  const offset = marked.lastIndexOf("|");
  const data = await language.inspect(marked.slice(0, offset) + marked.slice(offset + 1), offset, detail);
  return data as { "text/markdown": string; "text/plain": string } | undefined;
}

test("a function of an earlier cell is shown with its parameters and its documentation", async () => {
  for (const marked of ["add|Up(1)", "|addUp(1)", "addUp|(1)", "const r = addUp|", "'😀'; addU|p"]) {
    const found = await at(marked);
    assert.match(
      found?.["text/plain"] ?? "",
      /^function addUp\(a: number, b\?: number\): number\nAdds two numbers\./,
      marked,
    );
    assert.match(found?.["text/plain"] ?? "", /@param `a` — the first/);
    assert.match(found?.["text/markdown"] ?? "", /^```typescript\nfunction addUp/);
    assert.doesNotMatch(found?.["text/plain"] ?? "", /```|\*@|the sum/);
  }
});

test("the inferred type of a value is shown", async () => {
  assert.equal((await at("const s = [1].map(String); s|"))?.["text/plain"], "const s: string[]");
  assert.match((await at("point|"))?.["text/plain"] ?? "", /point: \{\s*x: number;?\s*\}/);
  assert.match((await at("poi|nt = { x: 2 }"))?.["text/plain"] ?? "", /point: \{\s*x: number;?\s*\}/);
});

test("level 1 adds the source: of a cell, of this text, of a file of the author's, of a package", async () => {
  const source = async (marked: string) => (await at(marked, 1))?.["text/plain"] ?? "";
  assert.match(await source("addUp|"), /return a \+ b; \/\/ the sum/);
  assert.match(await source("point|"), /let point = \{ x: 1 \};/);
  assert.match(await source("function twice(n: number) { return n * 2 }\ntwi|ce(1)"), /return n \* 2/);
  writeFileSync(join(folder, "own.ts"), "export function own() {\n  return 'mine';\n}");
  assert.match(await source("import { own } from './own.ts'; ow|n"), /return 'mine'/);
  assert.match(await source("fs.existsSyn|c"), /\/\/ @types\/node\/fs\.d\.ts\n.*function existsSync/s);
});

test("inside the brackets of a call the function is shown, and the parameter whose turn it is", async () => {
  const second = (await at("addUp(1, |"))?.["text/plain"] ?? "";
  assert.match(second, /^addUp\(a: number, b\?: number\): number/);
  assert.match(second, /Now: `b\?: number`/);
  assert.match((await at("addUp(|)"))?.["text/plain"] ?? "", /Now: `a: number` — the first/);
  assert.match((await at("fs.readFileSync(|"))?.["text/plain"] ?? "", /1 of 3 signatures/);
});

test("a package says what it is, and names no file of this machine", async () => {
  const { "text/plain": plain = "" } = (await at("import * as tf from '@tensorflow/tfjs-node'; t|f")) ?? {};
  assert.match(plain, /@tensorflow\/tfjs-node/);
  assert.doesNotMatch(plain, /latent-types|node_modules/);
});

test("where nothing is known, there is no answer", async () => {
  for (const marked of ["|", "1 + |1", "nowhere|", "'te|xt'", "// com|ment"])
    assert.equal(await at(marked), undefined, marked);
});

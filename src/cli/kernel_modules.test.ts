import assert from "node:assert/strict";
import { mkdirSync, utimesSync, writeFileSync } from "node:fs";
import test from "node:test";
import { contents, emptyFolder, resultText, startOurs } from "../testkit/index.ts";

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

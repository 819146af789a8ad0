// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are cells as text.
import assert from "node:assert/strict";
import { mkdirSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import test, { type TestContext } from "node:test";
import { contents, emptyFolder, resultText, startOurs } from "../testkit/index.ts";

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

/** A kernel beside these files; gives a cell's result, or its error. */
async function beside(t: TestContext, files: Record<string, string>) {
  const folder = emptyFolder(t);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  const { client } = await startOurs(t, { cwd: folder, env: { LATENT_TYPES: "off" } });
  const told = async (code: string) => {
    const executed = await client.execute(code);
    const [error] = contents(executed, "error");
    return error ? `${error.ename}: ${error.evalue}` : resultText(executed);
  };
  return { folder, told };
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
  const { folder, told } = await beside(t, { "counter.ts": COUNTER });
  assert.equal(await told('import { count, grow } from "./counter.ts"; const now = () => count; grow(); now()'), "1");
  writeFileSync(join(folder, "counter.ts"), COUNTER.replace("count = 0", "count = 40"));
  utimesSync(join(folder, "counter.ts"), new Date(), new Date(Date.now() + 5000));
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

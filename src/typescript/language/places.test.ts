import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test, { type TestContext } from "node:test";
import { fileURLToPath } from "node:url";
import { Language } from "./language.ts";

const INSTALLATION = fileURLToPath(new URL("../../../", import.meta.url));

function notebook(t: TestContext, ...below: string[]): { folder: string; language: Language } {
  const top = mkdtempSync(join(tmpdir(), "latent-test-"));
  const folder = join(top, ...below);
  mkdirSync(folder, { recursive: true });
  const language = new Language(folder);
  t.after(async () => {
    await language.stop();
    rmSync(top, { recursive: true });
  });
  return { folder, language };
}

function addPackage(folder: string, name: string, types: string): void {
  const path = join(folder, "node_modules", name);
  mkdirSync(path, { recursive: true });
  const exports = { ".": { types: "./index.d.ts", default: "./index.js" } };
  writeFileSync(join(path, "package.json"), JSON.stringify({ name, type: "module", exports }));
  writeFileSync(join(path, "index.d.ts"), types);
}

const messages = async (language: Language, code: string) => (await language.check(code)).map(({ message }) => message);

test("a notebook outside of our installation has the types of latent, of TensorFlow and of Node", async t => {
  const { language } = notebook(t, "some", "where");
  language.learnAll([
    'import { tf, data } from "latent"; import * as node from "@tensorflow/tfjs-node"; import * as dfd from "danfojs-node"',
  ]);
  assert.deepEqual(await messages(language, "const n: number = tf.ones([2, 2])"), [
    "Type 'Tensor<Rank>' is not assignable to type 'number'.",
  ]);
  assert.deepEqual(
    await messages(
      language,
      "const t: node.Tensor = tf.ones([2]); const df = new dfd.DataFrame([[1]]); process.pid; data",
    ),
    [],
  );
  const { matches } = await language.complete("tf.layers.dense({ uni", 21);
  assert.deepEqual(
    matches.map(({ text }) => text),
    ["units"],
  );
});

test("a notebook of the course has the same types as elsewhere", async t => {
  const language = new Language(join(INSTALLATION, "notebooks", "lectures"));
  t.after(() => language.stop());
  assert.deepEqual(await messages(language, 'import { tf } from "latent"; const n: number = tf.scalar(1)'), [
    "Type 'Scalar' is not assignable to type 'number'.",
  ]);
});

test("a tsconfig.json beside the notebook changes nothing, and nothing is written beside it", async t => {
  const { folder, language } = notebook(t);
  writeFileSync(
    join(folder, "tsconfig.json"),
    '{ "compilerOptions": { "strict": false, "types": [], "lib": ["es5"] }, "files": [] }',
  );
  language.learnAll(["let text: string | undefined; const m = new Map([[1, 2]])"]);
  assert.deepEqual(await messages(language, "text.length"), ["'text' is possibly 'undefined'."]);
  assert.deepEqual(await messages(language, "m.get(1); process.pid"), []);
  assert.deepEqual(readdirSync(folder), ["tsconfig.json"]);
});

test("packages of the notebook's folder, and of the folders above it, come before ours", async t => {
  const { folder, language } = notebook(t, "a", "b");
  addPackage(folder, "near", "export const near: 1;");
  addPackage(join(folder, "..", ".."), "far", "export const far: 2;");
  addPackage(folder, "danfojs-node", "export const mine: 3;");
  writeFileSync(join(folder, "..", "up.ts"), "import { far } from 'far'; export const up = far;");
  addPackage(join(folder, "..", "shared"), "theirs", "export const theirs: 4;");
  writeFileSync(join(folder, "..", "shared", "x.ts"), "import { theirs } from 'theirs'; export const x = theirs;");
  assert.deepEqual(
    await messages(
      language,
      `import { near } from "near"; import { far } from "far"; import { mine } from "danfojs-node"; import { up } from "../up.ts";
import { x } from "../shared/x"; const a: 1 = near, b: 2 = far, c: 3 = mine, d: 2 = up, e: 4 = x`,
    ),
    [],
  );
});

test("a package that is installed after a cell missed it is found", async t => {
  const { folder, language } = notebook(t);
  const code = 'import { late } from "late"; const n: 7 = late';
  assert.match((await messages(language, code))[0] ?? "", /Cannot find module 'late'/);
  addPackage(folder, "late", "export const late: 7;");
  assert.deepEqual(await messages(language, code), []);
  assert.match((await messages(language, 'import { later } from "later"'))[0] ?? "", /Cannot find module/);
  addPackage(folder, "later", "export const later: 8;");
  assert.deepEqual(await messages(language, 'import { later } from "later"; const n: 8 = later'), []);
});

test("a server that dies is replaced, and the new one knows the cells", async t => {
  const { language } = notebook(t);
  language.learnAll(["const kept = { inner: 1 }", "let other = kept"]);
  for (let death = 0; death < 4; death++) {
    const { matches } = await language.complete("other.", 6);
    assert.deepEqual(matches, [{ text: "inner", type: "property", signature: "number" }]);
    process.kill(language.pid as number, "SIGKILL");
  }
  assert.deepEqual(await messages(language, "kept.inner.nope"), ["Property 'nope' does not exist on type 'number'."]);
});

test("where TypeScript has no program for the platform, or it does not start, there are no answers and no errors", async t => {
  for (const executable of [undefined, "/no/such/program"]) {
    const language = new Language(tmpdir(), { executable });
    t.after(() => language.stop());
    language.learnAll(["const a = 1"]);
    assert.deepEqual(await language.check("a.nope"), []);
    assert.deepEqual(await language.complete("a.", 2), { matches: [], start: 2, end: 2 });
    assert.equal(await language.inspect("a", 1, 0), undefined);
  }
});

test("after stop no process and no file is left", async () => {
  const before = readdirSync(tmpdir());
  const ours = () =>
    readdirSync(tmpdir()).filter(name => name.startsWith(`latent-types-${process.pid}-`) && !before.includes(name));
  const language = new Language(tmpdir());
  await language.check("process.pid");
  const pid = language.pid as number;
  assert.equal(ours().length, 1);
  await language.stop();
  assert.throws(() => process.kill(pid, 0), { code: "ESRCH" });
  assert.deepEqual(ours(), []);
});

import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test, { type TestContext } from "node:test";
import { Language } from "./language.ts";

/** Of one cell after others: what is said when it is checked alone, and once it was taken in. */
async function said(t: TestContext, cells: string[], code: string): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), "latent-test-"));
  const language = new Language(folder);
  t.after(async () => {
    await language.stop();
    rmSync(folder, { recursive: true });
  });
  language.learnAll(cells);
  const alone = (await language.check(code)).map(({ code, message }) => `${message} ${code}`);
  for (const each of language.learnAll([code]))
    assert.deepEqual(
      (await language.problems(each)).map(({ code, message }) => `${message} ${code}`),
      alone,
    );
  return alone;
}

test("an assignment to what an earlier cell declares is refused for what it is there", async t => {
  const declaring = [
    "const b = 1, { p, q: [r] } = { p: 1, q: [2] }; export const ex = 1",
    "function f() {} class C {} enum E { A } const enum CE { A } namespace N { export const x = 1 }",
  ];
  const of = (name: string, reason: string, code: number) =>
    `Cannot assign to '${name}' because it is ${reason} of an earlier cell. ${code}`;
  const code = "b = 2; p++; [r] = [1]; ex += 1; f = 1; C = 1; E = 1; CE = 1; N = 1; for (b of [1]);";
  assert.deepEqual(await said(t, declaring, code), [
    ...["b", "p", "r", "ex"].map(name => of(name, "a constant", 2588)),
    of("f", "a function", 2630),
    of("C", "a class", 2629),
    of("E", "an enum", 2628),
    of("CE", "an enum", 2628),
    of("N", "a namespace", 2631),
    of("b", "a constant", 2588),
  ]);
});

test("an import stays one, of an earlier cell and of the cell itself, also where a constant had its name", async t => {
  const cells = ["import { join } from 'node:path'; import * as ns from 'node:fs'; const sep = 1"];
  const code = "join = 1; ns = 1; import { sep } from 'node:path'; sep = 1";
  const of = (name: string) => `Cannot assign to '${name}' because it is an import. 2632`;
  assert.deepEqual(await said(t, cells, code), [of("join"), of("ns"), of("sep")]);
});

test("the latest declaration of a name counts, and a variable is assigned", async t => {
  const cells = [
    "const a = 1; let v = 1; import { sep } from 'node:path'",
    "function a() {}; const sep = 1; const v = 1",
  ];
  const found = await said(t, [...cells, "let v = 1"], "a = 1; sep = 2; v = 2");
  assert.deepEqual(
    found.map(message => /(?<= is an? )\w+/.exec(message)?.[0]),
    ["function", "constant"],
  );
});

test("a variable of a cell that is too long to be parsed is assigned as well", async t => {
  const long = `const text = ${JSON.stringify("x".repeat(300_000))}\nlet n = 1`;
  assert.deepEqual(await said(t, [long], "n = 2; text = 's'"), [
    "Cannot assign to 'text' because it is a constant of an earlier cell. 2588",
  ]);
});

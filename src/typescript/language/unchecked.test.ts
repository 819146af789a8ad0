import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "node:test";
import { Language } from "./language.ts";
import { isUnchecked } from "./unchecked.ts";

test("a cell asks for no check of its types wherever TypeScript hears it of a file", () => {
  const code = "let bad: number = 's'";
  for (const head of [
    "// @ts-nocheck\n",
    "//@ts-nocheck\r\n",
    "/// @ts-nocheck: it is old\n",
    "// @TS-NoCheck because\n",
    "\n\n  // why\n/* a\n b */ // @ts-nocheck\n",
    "// @strict\n// @ts-nocheck\n",
    "// @ts-check\n// @ts-nocheck\n",
    "#!/usr/bin/env node\n// @ts-nocheck\n",
  ])
    assert.ok(isUnchecked(head + code), head);
  for (const head of [
    "",
    "/* @ts-nocheck */",
    "/*\n// @ts-nocheck\n*/",
    "//// @ts-nocheck\n",
    "// not @ts-nocheck\n",
    "// @ts-nochecked\n",
    "// @ts-nocheck-foo\n",
    "// @ts-nocheck\n// @ts-check\n",
    "'use strict' // @ts-nocheck\n",
    "let a // @ts-nocheck\n",
  ])
    assert.ok(!isUnchecked(head + code), head);
});

test("a cell that asks for no check has no warnings, and its names are known to cells that are checked", async t => {
  const folder = mkdtempSync(join(tmpdir(), "latent-test-"));
  const language = new Language(folder);
  t.after(async () => {
    await language.stop();
    rmSync(folder, { recursive: true });
  });
  const cells: [code: string, ...problems: number[]][] = [
    ["let base = 1"],
    ["// @ts-nocheck\nlet bad: number = 's'; base.foo; base = 's'; nowhere"],
    ["// checked\nbase.foo; bad.toFixed()", 2339],
    ["// @ts-nocheck\n{ a: nowhere }"],
    ["// only the first token's comments count\nbase.foo\n// @ts-nocheck", 2339],
  ];
  for (const [code, ...problems] of cells) {
    assert.deepEqual(
      (await language.check(code)).map(({ code }) => code),
      problems,
      code,
    );
    for (const each of language.learnAll([code]))
      assert.deepEqual(
        (await language.problems(each)).map(({ code }) => code),
        problems,
        `taken in: ${code}`,
      );
  }
});

import assert from "node:assert/strict";
import test from "node:test";
import type { Problem } from "./diagnostics.ts";
import { strictFailure, warningOf } from "./warning.ts";

const CODE = "const a: Map<string, number> = 1;\nconst b: string = 2;";
const problem = (line: number, message = "It is <wrong>."): Problem => ({
  code: 2322,
  message,
  line,
  column: 7,
  start: 0,
  end: 1,
});

test("a warning says what is wrong and shows the line with a caret", () => {
  const data = warningOf([problem(2)], CODE);
  assert.equal(
    data["text/plain"],
    `Type warning: It is <wrong>. (TS2322, line 2, column 7)
  1 | const a: Map<string, number> = 1;
> 2 | const b: string = 2;
    |       ^`,
  );
});

test("the HTML of a warning holds no markup of the author's", () => {
  const html = String(warningOf([problem(1)], CODE)["text/html"]);
  assert.match(html, /It is &lt;wrong&gt;\./);
  assert.match(html, /Map&lt;string, number&gt;/);
  assert.deepEqual([...new Set(html.match(/<\/?\w+/g))], ["<div", "</div", "<pre", "</pre"]);
});

test("of many problems five are shown, and the others counted", () => {
  const many = Array.from({ length: 12 }, (_, n) => problem(1, `Number ${n}`));
  for (const text of Object.values(warningOf(many, CODE))) {
    assert.match(String(text), /Number 4/);
    assert.doesNotMatch(String(text), /Number 5/);
    assert.match(String(text), /and 7 more/);
  }
});

test("a strict cell fails with its first problem, and the frames of all", () => {
  const failure = strictFailure([problem(1), problem(2, "Second.")], CODE);
  assert.equal(failure.ename, "TypeScriptError");
  assert.equal(failure.evalue, "It is <wrong>. (TS2322, line 1, column 7)");
  const text = failure.traceback.join("\n");
  assert.match(text, /did not run.*> 1 \| const a.*Second\. \(TS2322, line 2.*> 2 \| const b/s);
});

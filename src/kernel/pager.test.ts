import assert from "node:assert/strict";
import test from "node:test";
import { helpQuestion } from "./pager.ts";

test("a question about a name is one in every form, and nothing else is", () => {
  assert.deepEqual(helpQuestion("a.b?"), { name: "a.b", detail: 0 });
  assert.deepEqual(helpQuestion(" ?a \n"), { name: "a", detail: 0 });
  assert.deepEqual(helpQuestion("a ??"), { name: "a", detail: 1 });
  assert.deepEqual(helpQuestion("??a"), { name: "a", detail: 1 });
  for (const code of ["a", "?", "a???", "a ? b", "a + b?", "", "a b?"])
    assert.equal(helpQuestion(code), undefined, code);
});

test("a long text is seen to be none at once, also one of spaces and names", () => {
  // Backtracking over these took minutes.
  for (const unit of ["\n", " ", "a", "a ", "?"]) {
    const long = unit.repeat(2_000_000);
    assert.equal(helpQuestion(long), undefined);
    assert.equal(helpQuestion(`${long}?`), undefined);
    assert.equal(helpQuestion(`?${long}`), undefined);
  }
});

import assert from "node:assert/strict";
import test from "node:test";
import { codeFrame } from "./code_frame.ts";

test("the line and two around it are shown, with a caret below the column", () => {
  const frame = codeFrame("one\ntwo\n\tthree four\nfive\nsix\nseven", { line: 3, column: 8 });
  assert.deepEqual(frame, [
    "  1 | one",
    "  2 | two",
    "> 3 | \tthree four",
    "    | \t      ^",
    "  4 | five",
    "  5 | six",
  ]);
});

test("of a long line the part around the position is shown, and the caret stands below the right character", () => {
  const long = Array.from({ length: 10_000 }, (_, i) => `${i},`).join("");
  for (const column of [1, 2, 79, 80, 81, 82, 500, 25_000, long.length - 100, long.length, long.length + 1]) {
    const [, line = "", caret = "", after = ""] = codeFrame(`${long}\n${long}\n${long}`, { line: 2, column });
    assert.ok(line.length < 180 && after.length < 180, `${line.length} and ${after.length} characters`);
    assert.equal(caret.at(-1), "^");
    const shown = line.slice(6);
    assert.equal(shown[caret.length - 7] ?? "", long[column - 1] ?? "", `column ${column}`);
    const rest = shown.slice(caret.length - 7).replace("…", "");
    assert.ok(long.slice(column - 1).startsWith(rest), `column ${column}`);
  }
});

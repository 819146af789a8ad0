import assert from "node:assert/strict";
import { test } from "node:test";
import { formatMarker, parseMarker } from "./marker.ts";
import { formatPercent, parsePercent } from "./percent.ts";

test("a marker holds several values of JSON, with spaces in them", () => {
  const line = '// %% [markdown] slideshow={"slide_type":"slide"} tags=["a b","c"] n=1 deep={"x":{"y":[1,2]}}';
  const marker = parseMarker(line);
  const metadata = { slideshow: { slide_type: "slide" }, tags: ["a b", "c"], n: 1, deep: { x: { y: [1, 2] } } };
  assert.deepEqual(marker, { type: "markdown", metadata });
  assert.equal(formatMarker(marker), line);
});

test("a marker alone begins a code cell", () => {
  assert.deepEqual(parseMarker("// %%"), { type: "code", metadata: {} });
});

for (const [line, message] of [
  ["// %% [latex]", /not \[latex\]/],
  ["// %% A title", /key=value, not "A title"/],
  ["// %% tags=[broken", /is not JSON/],
] as const) {
  test(`the marker "${line}" is refused`, () => assert.throws(() => parseMarker(line), message));
}

test("text before the first cell is refused, blank lines are not", () => {
  assert.throws(() => parsePercent("const a = 1;\n// %%\n"), /before the first/);
  assert.equal(parsePercent("\n\n// %%\na;\n").length, 1);
});

test("a line of a Markdown cell that is no comment is refused with the line", () => {
  assert.throws(() => parsePercent("// %% [markdown]\n// text\nconst a = 1;\n"), /begin with "\/\/": const a = 1;/);
});

test("Markdown keeps its indentation and blank lines", () => {
  const text = "- a\n  - b\n\n      code";
  const script = formatPercent([{ type: "markdown", metadata: {}, source: text }]);
  assert.equal(parsePercent(script)[0]?.source, text);
});

test("a comment that looks like a marker with more signs is code", () => {
  assert.equal(parsePercent("// %%\n// %%%\na;\n")[0]?.source, "// %%%\na;");
});

test("a code cell that would break in two is refused", () => {
  const cell = { type: "code" as const, metadata: {}, source: "a;\n// %%\nb;" };
  assert.throws(() => formatPercent([cell]), /may not hold a line that begins a cell/);
});

test("an empty cell stays a cell", () => {
  const cells = parsePercent(formatPercent([{ type: "code", metadata: {}, source: "" }]));
  assert.deepEqual(cells, [{ type: "code", metadata: {}, source: "" }]);
});

test("line ends of Windows are read", () => {
  assert.equal(parsePercent("// %%\r\na;\r\nb;\r\n")[0]?.source, "a;\nb;");
});

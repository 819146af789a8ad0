import assert from "node:assert/strict";
import test from "node:test";
import { search } from "./rank.ts";

const entry = (heading: string, text: string, lesson = "Lesson 01") => ({ at: heading, lesson, heading, text });
const found = (entries: ReturnType<typeof entry>[], query: string) =>
  search(entries, query).map(({ entry: { heading } }) => heading);

test("a search finds sections that hold every word, as wholes or beginnings, and those named so first", () => {
  const entries = [
    entry("Loss", "The evidence and its bound"),
    entry("Bound", "No evidence of it here"),
    entry("Other", "abounding evidence"),
  ];
  assert.deepEqual(found(entries, "evid BOUND"), ["Bound", "Loss"]);
  assert.deepEqual(found(entries, "  "), []);
  assert.deepEqual(found(entries, "evidence.*"), []);
});

test("accents and capitals do not matter, and the excerpt keeps the author's letters", () => {
  const [hit] = search(
    [entry("Names", `${"before ".repeat(20)}Von Mises–Fisher nach Krämer, ${"behind ".repeat(40)}`)],
    "kramer",
  );
  assert.deepEqual(
    hit?.excerpt.filter(({ isMarked }) => isMarked).map(({ text }) => text),
    ["Krämer"],
  );
  const text = hit?.excerpt.map(part => part.text).join("") ?? "";
  assert.match(text, /^… .*nach Krämer, behind .* …$/);
  assert.ok(text.length < 200);
});

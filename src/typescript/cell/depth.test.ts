// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are programs as text.
import assert from "node:assert/strict";
import test from "node:test";
import { compile } from "./compile.ts";
import { completeness } from "./completeness.ts";
import { isTooDeep } from "./depth.ts";

// What looks back from each blank over those before takes hours for these.
test("a million blanks, or lines that end in many, are read at once", { timeout: 60_000 }, () => {
  const many = 1_000_000;
  for (const text of [
    `${"\n".repeat(many)}1`,
    `1${" ".repeat(many)}`,
    `let a${"\t".repeat(many)}=${"\n".repeat(many)}1`,
    `let a = 1;${" ".repeat(500)}\n`.repeat(2000),
    `[1,${" ".repeat(many)}/x/]`,
    `f<A${" ".repeat(many)}>(1)`,
    `if (a)${"\n".repeat(many)}b`,
    `${";\n\n\n".repeat(100_000)}`,
  ]) {
    assert.equal(isTooDeep(text), false);
    compile(text);
    assert.notEqual(completeness(`${text}\nif (x) {`).status, "complete");
  }
});

test("lines without semicolons, patterns behind words and comparisons in a row are no depth, until the parser feels it", () => {
  for (const [piece, count] of [
    ["a++\n", 8000],
    ["++a\n", 8000],
    ["if (a) a++\nelse a--\n", 2000],
    ["function f() { return /[(]/.test('a') }\n", 2000],
    ["const f = () => /[{]/;\n", 2000],
  ] as const)
    assert.equal(isTooDeep(piece.repeat(count)), false, piece);
  // Each `<` behind a name may begin type arguments: 6,000 in one list ended the process.
  assert.equal(isTooDeep(`[${"a < b, ".repeat(6000)}]`), true);
  assert.equal(isTooDeep(`[${"a < b, ".repeat(1000)}]`), false);
});

// In a file 16,000 members, 8,000 calls or 40,000 operators in a row ended the process.
test("what goes on behind a value, and words that stand before types, are as deep as the parser's tree of them", () => {
  const deep = (piece: string, count: number, limit: number) => isTooDeep(`let a: ${piece.repeat(count)}b`, limit);
  for (const piece of [".m()", ".b.c", "`a`[0]", "?.b()"]) {
    assert.equal(deep(`b${piece}`, 1, 10), false, piece);
    assert.equal(isTooDeep(`a = b${piece.repeat(2000)};\n`.repeat(3), 2000), false, piece);
    assert.equal(isTooDeep(`a = b${piece.repeat(4200)}`, 2000), true, piece);
  }
  for (const piece of ["+ 1", "&& b", "| b", "** b", "< b"])
    assert.equal(isTooDeep(`a = b ${piece.repeat(20_000)}`, 2000), true, piece);
  assert.equal(isTooDeep(`a = b ${"+ 1".repeat(10_000)}`, 2000), false);
  for (const word of ["keyof ", "readonly ", "unique ", "yield "]) assert.equal(deep(word, 7000, 6000), true, word);
  assert.equal(isTooDeep("class A {\n  readonly a: B.C;\n}\n".repeat(7000)), false);
});

test("what stands between does not hide a depth, and does not make one", () => {
  const deep = (piece: string) => isTooDeep(piece.repeat(4000));
  for (const piece of [
    "(/* ) */",
    "( // )\n",
    "(')'",
    "`${",
    "[/]/,[",
    "a =>\n",
    "if (a) // b\n",
    "- - \n",
    "é => ",
    "(\u00a0",
  ])
    assert.equal(deep(piece), true, piece);
  for (const piece of [
    "/* ( */\n",
    "// (\n",
    "'('\n",
    "`(`\n",
    "a = /[(]/;\n",
    "x > y\n",
    "a\n",
    "é = -ü\n",
    "f<A>(b)\n",
    "a ?? b\n",
  ])
    assert.equal(deep(piece), false, piece);
});

import assert from "node:assert/strict";
import test from "node:test";
import { namesOf } from "./names.ts";

const declared = (text: string) =>
  namesOf(text).declared.map(
    ({ name, space, kind, exported }) =>
      `${name}:${space}${kind === "variable" ? " mutable" : ""}${exported ? " exported" : ""}`,
  );

test("every kind of declaration is known with what it stands for", () => {
  const cases: [text: string, names: string[]][] = [
    ["const a = 1, b = 2", ["a:value", "b:value"]],
    ["let c; var d", ["c:value mutable", "d:value mutable"]],
    [
      "const { a, b: { c = 1 }, ...d } = o, [e, , [f], ...g] = p",
      ["a", "c", "d", "e", "f", "g"].map(n => `${n}:value`),
    ],
    ["function f() {} async function* g() {} declare function h(): void", ["f:value", "g:value", "h:value"]],
    ["class C {} enum E {} namespace N {} namespace A.B {}", ["C:both", "E:both", "N:both", "A:both"]],
    ["interface I {} type T = 1", ["I:type", "T:type"]],
    [
      "import d, { a, type B } from 'm'; import * as n from 'm'; import type { T } from 'm'",
      ["d:both", "a:both", "B:type", "n:both", "T:type"],
    ],
    ["import fs = require('fs')", ["fs:both"]],
    [
      "export const a = 1; const b = 2, c = 3; export { b }; export default class D {}",
      ["a:value exported", "b:value exported", "c:value", "D:both"],
    ],
    ["export default 5; export * from 'm'; a = 1; { let inner }", []],
    ["declare global { var x: number } declare module 'm' {}", []],
  ];
  for (const [text, names] of cases) assert.deepEqual(declared(text), names, text);
});

test("names that are assigned are kept apart from those that are used", () => {
  const { used, assigned } = namesOf(
    "a = b; c++; [d, { e: f }] = g; for (h of i) j.k = 1; for (l in m); (n as any) += 1",
  );
  assert.deepEqual([...assigned], ["a", "c", "d", "f", "h", "l"]);
  for (const name of "abcdfghijlmn") assert.ok(used.has(name), name);
});

test("an object alone is a value, JSX and long texts are names only, what does not parse is guessed at", () => {
  assert.equal(namesOf("{ a: 1, b: 2 }").form, "object");
  assert.equal(namesOf("{ a: 1 }").form, "statements");
  assert.equal(namesOf("const a = <b/>").form, "names");
  assert.deepEqual(declared("const a = <b/>"), ["a:value"]);
  const long = `const kept = ${JSON.stringify("x".repeat(300_000))}`;
  assert.equal(namesOf(long).form, "names");
  assert.deepEqual(declared(long), ["kept:both"]);
  assert.deepEqual(declared(long.replace("const", "let")), ["kept:both mutable"]);
  const half = "const a = 1\nexport async function f() {\n  b = a.\nclass C extends ";
  assert.equal(namesOf(half).form, "half");
  assert.deepEqual(declared(half), ["a:both", "f:both", "C:both"]);
  assert.ok(namesOf(half).used.has("b") && namesOf(half).assigned.has("b"));
});

test("relative imports are found in whole and in half-written cells", () => {
  const files = ["./a.ts", "../b"];
  assert.deepEqual(namesOf("import a from './a.ts'; import '../b'; import c from 'c'; export * from 'd'").files, files);
  assert.deepEqual(namesOf("import a from './a.ts'; import b from '../b'; a.").files, files);
});

test("a text that nests deeper than the parser can go ends no process, and one that is only long is read", () => {
  const deep = [
    "(",
    "[",
    "{",
    "!",
    "- ",
    "a => ",
    "a ? b : ",
    "a = ",
    "if (a) ",
    "if (a) {} else ",
    "`${",
    "f(",
    "a: ",
  ];
  for (const piece of deep) assert.equal(namesOf(`const kept = 1;\n${piece.repeat(12_000)}`).form, "names", piece);
  const rows = `const rows = [${"[1, -2, { a: f(3) }],\n".repeat(5000)}]`;
  assert.equal(namesOf(rows).form, "statements");
  const lines = "if (a < 1) { b = -c + d; } else { b = 2; }\n".repeat(1000);
  assert.equal(namesOf(lines).form, "statements");
});

// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are programs as text.
import assert from "node:assert/strict";
import test from "node:test";
import { CELLS } from "./cells.ts";
import { completeness } from "./completeness.ts";
import { SNIPPETS } from "./snippets.ts";

function assertAll(status: string, codes: readonly string[]): void {
  for (const code of codes) assert.equal(completeness(code).status, status, code);
}

test("a finished cell is complete, also one that only a notebook takes", () => {
  assertAll("complete", ["1 + 1", "for (;;) {}", "", "// nothing", "await f()", "interface A {}", "(a, b) => a"]);
  assertAll("complete", ["{ a: 1, b: 2 }", "# was missing\nlet a = 1", "1 + 2 as number * 3"]);
  assertAll("complete", [
    "/** @jsx h */\n<div></div>",
    "const el = <p>a</p>",
    "const el = <p a={(x, y) => x}>it's</p>",
  ]);
});

test("brackets, operators and statements that are open are not finished", () => {
  assertAll("incomplete", [
    "f(",
    "if (x) {",
    "let a =",
    "/* x",
    "let a = 1 /* x",
    "class A {\n  m() {",
    "try { }",
    "[1,",
  ]);
  assertAll("incomplete", ["a ??", "a ? b :", "a.", "new", "const a", "for (const x of", "do x()", "if (a) b; else"]);
  assertAll("incomplete", [
    "a?.",
    "a?.b?.",
    "a?.b?.[",
    "a?.(",
    "f(a?.",
    "x = a?.b?. // c",
    "`${a?.",
    "import.",
    "await",
  ]);
});

test("a template is not finished before its last backtick, also behind a substitution", () => {
  assertAll("incomplete", ["`abc", "`Hello ${name} ", "const s = `a ${b} c ", "`a ${`b ${c} d", "`a ${`b ${c} d` } e"]);
  assertAll("incomplete", [
    "`a\n${b}\nc\n",
    "f(`${a} b",
    "tag`${a}${b}",
    "`a ${f({ b: `${c}",
    "`\\`",
    "`${a} \\${",
    "`${",
  ]);
  assertAll("complete", ["`a ${`b ${c} d`} e`", "`\n${a}\n`"]);
  assertAll("invalid", ["`${a b} c", "`${)}", "'a ${b}"]);
});

test("a string goes on where its line ends in a backslash", () => {
  assertAll("incomplete", ['"abc\\', "f('abc\\", '"abc\\\n  def\\']);
  assertAll("invalid", ['"abc', "f('abc"]);
});

test("a function that has no body yet is not finished, however its parameters and its type are written", () => {
  assertAll("incomplete", [
    "(a, b) =>",
    "const f = (a, b) =>",
    "xs.map((x, i) =>",
    "({a}) =>",
    "async (a, b) =>",
    "a =>",
  ]);
  assertAll("incomplete", [
    "([a]: number[]): number =>",
    "(a: number, b?",
    "({ a = 1, b",
    "(...xs",
    "(a, b): Map<string,",
  ]);
  assertAll("incomplete", ["const x = <T,>(y: T) =>", "<T extends object", "f((a, b) => (c, d) =>", "a ? (b, c) =>"]);
  assertAll("incomplete", [
    "((a: T = (b: number",
    "new Map<string, (a: number",
    "(a, b): { x: number; y: [",
    "() => ({",
  ]);
  assertAll("invalid", ["(a b) =>", "(a, b) => )", "a => => b", "(a, b) = >", "xs.map((x, i) => x y", "(1, b) => {"]);
});

test("JSX that is open is not finished", () => {
  assertAll("incomplete", [
    "<div>a b",
    "x = <div",
    "<div a=",
    "<div a={b",
    "<div>{xs.map((x, i) =>",
    "<>a</",
    "f(<p>it's",
  ]);
});

test("what no text behind it can mend is invalid", () => {
  assertAll("invalid", [
    "let 1",
    "let 1x",
    "1 +* 2",
    ")",
    "const = 5",
    "a b c",
    "f(1 2)",
    "foo(]",
    "if (x) } {",
    "a?.?.b",
  ]);
  assertAll("invalid", [
    "let a = 5 6\nf(",
    "let a = 5 6\n(a, b) =>",
    "x = = 2",
    "function 5() {",
    "({a = 1} + b",
    "}",
    "/re",
  ]);
  assertAll("invalid", [
    "let a = { b: 1 c: 2 }",
    "{ a: 1, b 2 }",
    "let a: = 5",
    "import x y",
    ") /* x",
    "enum { A",
    "f(a,,b)",
  ]);
});

test("a text that is too deep to be parsed is not judged, and one that is long and wrong is judged soon", () => {
  assert.deepEqual(completeness("(".repeat(20_000)), { status: "unknown" });
  assert.deepEqual(completeness(`${"f(1, [2, { a: 3 }])\n".repeat(20_000)}a b c (`), { status: "invalid" });
});

test("the next line begins as the last one, or deeper", () => {
  assert.deepEqual(completeness("  if (x) {"), { status: "incomplete", indent: "    " });
  assert.deepEqual(completeness("  f((a, b) =>"), { status: "incomplete", indent: "    " });
});

/** A token, roughly: what lies between two of them may be the end of a text. */
const TOKEN =
  /\/\/.*|\/\*[\s\S]*?\*\/|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|(?<=[(=,:]\s*|=>\s*)\/(?![*/])(?:\\.|\[[^\]]*\]|[^/\\\n])+\/[a-z]*|^# .*|[@#]?[\p{ID_Start}$_][\p{ID_Continue}$]*|\d[\w.]*|=>|\?\.|\?\?=?|\.\.\.|\$\{|<\/|&&=?|\|\|=?|\*\*=?|[-+*/%=!<>]=+|\+\+|--|\s+|./gsu;

function* beginnings(program: string): Generator<string> {
  let text = "";
  for (const [token] of program.matchAll(TOKEN)) {
    text += token;
    if (token.trim() !== "") yield text;
  }
}

test("no beginning of a program is invalid, wherever between two tokens it ends", () => {
  const programs = [...CELLS, ...SNIPPETS];
  assertAll("complete", programs);
  const all = programs.flatMap(program => [...beginnings(program)]);
  assert.ok(all.length > 3500, `only ${all.length} were judged`);
  assert.deepEqual(
    all.filter(text => completeness(text).status === "invalid"),
    [],
  );
});

import assert from "node:assert/strict";
import test from "node:test";
import { CellSyntaxError, compile } from "./compile.ts";
import { completeness } from "./completeness.ts";

const body = (source: string) => compile(source).code.replace(/^"use strict";/, "");

/** Source, what V8 gets. Where the lengths differ the compiler wrote something in; all else is blanked in place. */
const ERASED: [title: string, source: string, expected: string][] = [
  ["annotations", "let a: number = 1", "let a         = 1"],
  ["optional and this parameters", "(function (this: X, a?: T) {})", "(function (         a    ) {})"],
  ["generic calls", "f<string>(x)", "f        (x)"],
  ["as and satisfies", "(x as T) + (y satisfies U)", "(x     ) + (y            )"],
  ["as before a bracket on the next line", "let y = x as T\n;[1]", "let y = x     \n;[1]"],
  ["as where a semicolon was implied", "let y = x as T\n(f)()", "let y = x;    \n(f)()"],
  ["non-null and old assertions", "a!.b; <T>c", "a .b;    c"],
  ["interfaces and aliases", "interface A { x: 1 }\ntype B = 2\nlet c", ";                   \n;         \nlet c"],
  ["overloads", "function f(a: 1): 1;\nlet g", ";                   \nlet g"],
  ["declare", "declare const x: number; 1", ";                        1"],
  [
    "an abstract class",
    "abstract class A<T> extends B<T> implements C {\n abstract m(): void }",
    "         class A    extends B                 {\n ;                  }",
  ],
  [
    "members",
    "class A { private readonly x?: number = 1; y!: T; static z: 1 }",
    "class A {                  x          = 1; y    ; static z    }",
  ],
  [
    "a parameter property",
    "class A { constructor(private x: number) {} }",
    "class A { constructor(        x        ) {this.x=x;} }",
  ],
  ["a return type over two lines", "let f = (a): [\nA] => a", "let f = (a    \n ) => a"],
  ["namespaces of types only", "namespace N { export type A = 1 }", ";                                "],
];

for (const [title, source, expected] of ERASED)
  test(`types are blanked in place: ${title}`, () => assert.equal(body(source), expected));

test("const and var become let, so that a later cell may redeclare them as anything", () => {
  assert.equal(body("const a = 1\nlet b"), "let   a = 1\nlet b");
  assert.equal(body("a; var a = 1, b"), "let a,b;a;     a = 1, b");
  assert.equal(body("for (var i = 0; ;) { var [x] = y }"), "let i;for (    i = 0; ;) { let [x] = y }");
  assert.equal(body("() => { var a = 1 }"), "() => { var a = 1 }");
  assert.equal(body("{ const a = 1; a }"), "{ const a = 1; a }");
});

test("a function keeps its hoisting and its name", () => {
  assert.equal(
    body("f(); function f() {}"),
    'let f=$$fn_f;Object.defineProperty(f,"name",{value:"f"});f(); function $$fn_f() {}',
  );
});

test("imports become calls of the host, types vanish, line breaks stay", () => {
  assert.equal(body('import a, { b as c, type D } from "m"'), 'let{default:a,b:c}=await $$import("m");');
  assert.equal(body('import * as n from "m"; n'), 'let n=await $$import("m"); n');
  assert.equal(body('import x, * as n from "m"'), 'let n=await $$import("m"),{default:x}=n;');
  assert.equal(body('import "m"'), 'await $$import("m");');
  assert.equal(body('import type { A } from "m"'), ";");
  assert.equal(body('import {\n  a,\n} from "m"\na'), 'let{a}=await $$import("m");\n\n\na');
  assert.equal(body('"import(1)"; import("m"); import.meta.url'), '"import(1)"; $$import("m"); $$import.meta.url');
});

test("exports are plain declarations, and a default value is the result", () => {
  assert.equal(body("export const a = 1"), "       let   a = 1");
  assert.equal(body("export { a }"), ";           ");
  assert.equal(compile("export default 1 + 1").hasResult, true);
});

test("each await asks on its return whether it was interrupted", () => {
  assert.equal(body("await f(await g())"), "$$resumed($$paused(),await f($$resumed($$paused(),await g())))");
});

test("only an expression at the end is a result", () => {
  const results = ["1", "f();", "let a = 1", "if (a) b", "", "// nothing", "{ a: 1 }"].map(
    code => compile(code).hasResult,
  );
  assert.deepEqual(results, [true, true, false, false, false, false, true]);
});

test("declared names are those of the top level, out of patterns too", () => {
  const source =
    "import d, * as n from 'm'; let { a, b: [c = 1, ...e] } = x; class K {}; function f() { let inner }; enum E { A }";
  assert.deepEqual(compile(source).declares, ["d", "n", "a", "c", "e", "K", "f", "E"]);
});

test("positions lead back to the author's text, also behind what was written in", () => {
  const source = "function f() {}\nconst x: number = await g(); throw x";
  const { code, original } = compile(source);
  const line = code.split("\n")[1] ?? "";
  assert.deepEqual(original({ line: 2, column: line.indexOf("throw") + 1 }), { line: 2, column: 30 });
  const first = code.indexOf("function") + 1;
  assert.deepEqual(original({ line: 1, column: first }), { line: 1, column: 1 });
});

test("enum, namespace, decorator and JSX go through the transform, with positions that lead back", () => {
  const source = "enum E { A = 1, B }\nnamespace N { export const v = 2 }\n\nthrow new Error('here')";
  const { code, original } = compile(source);
  const lines = code.split("\n");
  const line = lines.findIndex(text => text.includes("throw")) + 1;
  assert.equal(original({ line, column: (lines[line - 1] ?? "").indexOf("throw") + 1 }).line, 4);
  assert.match(compile("const el = <p>hi</p>").code, /createElement/);
});

test("a syntax error says where it is in the author's text", () => {
  assert.throws(
    () => compile("let a = 1\nlet b = = 2"),
    (error: unknown) => error instanceof CellSyntaxError && error.position.line === 2 && error.position.column === 9,
  );
});

test("completeness tells a finished cell from an open one and from a wrong one", () => {
  for (const code of ["1 + 1", "for (;;) {}", "", "await f()", "interface A {}"])
    assert.equal(completeness(code).status, "complete", code);
  for (const code of ["f(", "if (x) {", "let a =", "`abc", "/* x", "class A {\n  m() {"])
    assert.equal(completeness(code).status, "incomplete", code);
  for (const code of ["let 1", "1 +* 2", ")", "const = 5"]) assert.equal(completeness(code).status, "invalid", code);
  assert.deepEqual(completeness("(".repeat(20_000)), { status: "unknown" });
  assert.deepEqual(completeness("  if (x) {"), { status: "incomplete", indent: "    " });
});

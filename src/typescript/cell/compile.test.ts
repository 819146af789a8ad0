// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are programs as text.
import assert from "node:assert/strict";
import test from "node:test";
import { runInThisContext } from "node:vm";
import { parseSync } from "oxc-parser";
import { guardAwaits, INSERTED } from "./awaits.ts";
import { compile } from "./compile.ts";
import { isTooDeep } from "./depth.ts";
import { Edits } from "./edits.ts";
import { MARK } from "./names.ts";
import { CellSyntaxError } from "./parse.ts";

/** What an earlier cell has given a `var`. */
const KEPT = /\(\(\)=>\{try\{return [^}]+\}catch\{\}\}\)\(\)/g;
const body = (source: string) =>
  compile(source)
    .code.replace(/^"use strict";void 0;/, "")
    .replaceAll(KEPT, "kept");

/** Source, what V8 gets. Where the lengths differ the compiler wrote something in; all else is blanked in place. */
const ERASED: [title: string, source: string, expected: string][] = [
  ["annotations", "let a: number = 1", "let a         = 1"],
  ["nbgrader's notice in a first line", "# was missing\nlet a = 1", "//was missing\nlet a = 1"],
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
    "class A {x; constructor(        x        ) {this.x=x;} }",
  ],
  ["a return type over two lines", "let f = (a): [\nA] => a", "let f = (a    \n ) => a"],
  ["a type in front of a value on the next line", "() => { return <T>\n  x }", "() => { return (   \n  x) }"],
  ["type parameters behind async over lines", "async <\nT,\n>(x: T) => x", "async ( \n  \n  x   ) => x"],
  ["a return type on the next line", "let f = (a)\n: T => a", "let f = (a \n  ) => a"],
  ["a this parameter with a trailing comma", "(function (\n this: T,\n) {})", "(function (\n         \n) {})"],
  ["a comment behind a type that ends a statement", "let y = x as T // c\n(f)()", "let y = x;     // c\n(f)()"],
  [
    "a comment that names what is blanked",
    "class A /* implements x */ implements D {}",
    "class A /* implements x */              {}",
  ],
  ["a mark behind a comment", "(x? /* why? */: number) => x", "(x  /* why? */        ) => x"],
  ["an object behind an old assertion", "() => <T>{ a: 1 }", "() => (   { a: 1 })"],
  ["a field that would become a modifier", "class A { get: T\n f() {} }", "class A { get;  \n f() {} }"],
  [
    "a parameter property of a subclass",
    "class A extends B { constructor(private x: T) { super(); f() } }",
    "class A extends B {x; constructor(        x   ) { super(),this.x=x; f() } }",
  ],
  ["namespaces of types only", "namespace N { export type A = 1 }", ";                                "],
];

for (const [title, source, expected] of ERASED)
  test(`types are blanked in place: ${title}`, () => assert.equal(body(source), expected));

test("const and var become let, so that a later cell may redeclare them as anything", () => {
  assert.equal(body("const a = 1\nlet b"), "let   a = 1\nlet b");
  assert.equal(body("a; var a = 1, b"), "let a=kept,b=kept;a;     a = 1, b;");
  assert.equal(body("for (var i = 0; ;) { var [x] = y }"), "let i=kept,x=kept;for (    i = 0; ;) {  0, [x] = y }");
  assert.equal(body("() => { var a = 1 }"), "() => { var a = 1 }");
  assert.equal(body("{ const a = 1; a }"), "{ const a = 1; a }");
});

test("a function keeps its hoisting and its name", () => {
  assert.equal(body("f(); function f() {}"), `let f=$$named("f",function f${MARK}${MARK}() {});f(); ;`);
});

test("the last of two functions of one name is the function, and positions inside lead back", () => {
  const source = "f()\nfunction f() {\n  one\n}\nfunction f() {\n  two(x as T, `\n`)\n}\nlast";
  const { code, original } = compile(source);
  assert.doesNotMatch(code, /one/);
  for (const word of ["two", "last", "f()\n"]) {
    const before = code.slice(0, code.indexOf(word)).split("\n");
    const at = { line: before.length, column: (before.at(-1) ?? "").length + 1 };
    const expected = source.slice(0, source.indexOf(word)).split("\n");
    assert.deepEqual(original(at), { line: expected.length, column: (expected.at(-1) ?? "").length + 1 }, word);
  }
});

test("imports become calls of the host, types vanish, line breaks stay", () => {
  assert.equal(
    body('import a, { b as c, type D } from "m"'),
    'let{default:a,b:c}=await $$import("m",{},[],["default","b"]);',
  );
  assert.equal(body('import * as n from "m"; n'), 'let n=await $$import("m"); n');
  assert.equal(body('import x, * as n from "m"'), 'let n=await $$import("m",{},[],["default"]),{default:x}=n;');
  assert.equal(body('import "m"'), 'await $$import("m");');
  assert.equal(body('import type { A } from "m"'), ";");
  assert.equal(body('import {\n  a,\n} from "m"\na'), 'let{a}=await $$import("m",{},["a"],[]);\n\n\na');
  assert.equal(body('"import(1)"; import("m"); import.meta.url'), '"import(1)"; $$import("m"); $$import.meta.url');
});

test("exports are plain declarations, and a default value is the result", () => {
  assert.equal(body("export const a = 1"), "       let   a = 1");
  assert.equal(body("export { a }"), ";           ");
  assert.equal(compile("export default 1 + 1").hasResult, true);
});

test("each await asks on its return whether it was interrupted", () => {
  const guarded = (inner: string) => `$$resumed($$alive($$paused(),await ${inner})||await $$never()/*$$*/)`;
  assert.equal(body("await f(await g())"), guarded(`f(${guarded("g()")})`));
});

test("what guards an await is taken out again without a trace, and is a program wherever it stands", () => {
  const sources = [
    "await await x; p.then(await f, y).catch(() => z).finally();",
    "a: b: for await (const x of e) console.log(x); y",
    "for await(const x of e){try{await 1}finally{await 2}}",
    "try{await 1}catch{await x;try{await 1}catch(e){await y}}finally{for await(const x of e)for await(const y of x)g(y)}",
    "l: try { f(async () => { await 1 }) } catch {}",
    "if (a) try { await 1 } catch {} else try { await 2 } finally {}",
    "let x = 1\nawait foo\nawait bar\nfor await (x of y) try { await x } catch {}",
    "class A { async *m() { for await (const x of this) yield await x } }",
    "const f = async (x) => await x, g = async () => { try { return await f() } catch { return 1 } };",
    "p?.then(...all, b)\n.then((c))\n.then(function () { return q.then(r) } /* last */);",
  ];
  for (const source of sources) {
    const edits = new Edits(source);
    guardAwaits(parseSync("cell.mjs", source).program, source, edits);
    const { text } = edits.apply();
    assert.deepEqual(parseSync("cell.mjs", text).errors, [], text);
    assert.equal(
      INSERTED.reduce((rest, inserted) => rest.replaceAll(inserted, ""), text),
      source,
    );
  }
});

test("only an expression at the end is a result", () => {
  const results = ["1", "f();", "let a = 1", "if (a) b", "", "// nothing", "{ a: 1 }"].map(
    code => compile(code).hasResult,
  );
  assert.deepEqual(results, [true, true, false, false, false, false, true]);
});

test("a value is the result whatever types stand behind it, and a declaration never is", () => {
  for (const code of ["42\ninterface I {}", "42; type T = 1", "x\nexport {}", "export = 1", "// note\n{ a: 1, b: 2 }"])
    assert.equal(compile(code).hasResult, true, code);
  for (const code of ["export default class X {}", "export default interface I {}", "42\nenum E { A }", "var x"])
    assert.equal(compile(code).hasResult, false, code);
});

test("types are no names of values", () => {
  assert.deepEqual(compile("interface A {}\ntype B = 1; import type C from 'm'; declare const d: 1").declares, []);
});

test("a var is a name of the cell from any block, pattern and loop, as often as it is declared", () => {
  assert.equal(body("for (var [k] of o) {}"), "let k=kept;for (    [k] of o) {}");
  assert.equal(body("if (a) { var { x } = o }"), "let x=kept;if (a) {  0, { x } = o }");
  assert.equal(body("var { x } = a; var { x } = b"), "let x=kept; 0, { x } = a;  0, { x } = b");
  assert.equal(body("f()\nvar [x] = a"), "let x=kept;f()\n 0, [x] = a");
  assert.equal(body("var a = 1, b\n(c)"), "let a=kept,b=kept;    a = 1, b;\n(c)");
});

test("an import is there before the first line, wherever it stands", () => {
  assert.equal(
    body('f()\nimport f from "m"'),
    `let{default:f}=await $$import("m",{},["default"],[]);f()\n;${" ".repeat(16)}`,
  );
  const { code, original } = compile('f()\nimport f from "m"');
  assert.equal(original({ line: 1, column: code.indexOf("await") + 1 }).line, 2);
});

test("an operator behind a cast takes all of the cast, as in TypeScript", () => {
  for (const [source, value] of [
    ["1 + 2 as number * 3", 9],
    ["[1 + 2 as number * 3, (2 satisfies number) ** 2][0]", 9],
    ["2 * (1 + 1 as number - 3 as number * 2)", -4],
    ["1 + 1 as number\n * 3 as number / 2", 3],
  ] as const)
    assert.equal(runInThisContext(compile(source).code), value, source);
  assert.throws(() => compile("1 as number 2"), /semicolon/);
  const { code, original } = compile("1 + 2 as number * f()");
  assert.deepEqual(original({ line: 1, column: code.indexOf("f()") + 1 }), { line: 1, column: 19 });
});

test("a line that says which program runs a script is no code", () => {
  assert.equal(body("#!/usr/bin/env node\n5"), `${" ".repeat(19)}\n5`);
});

test("an enum counts on behind any value, and a string has no way back", () => {
  const run = (source: string, prelude = "") =>
    new Function(`${prelude}${body(source).replace(/;E$/, "")};return E`)() as Record<string, unknown>;
  assert.deepEqual(run("enum E { A = 1 << n, B, C }", "const n=2;"), { A: 4, B: 5, C: 6, 4: "A", 5: "B", 6: "C" });
  assert.deepEqual(run("enum E { A = p + 'x' }", "const p='y';"), { A: "yx" });
  assert.deepEqual(run("enum E { A, 'b-c' = 3, D = A | 4 } enum E { F = D + 1 }"), {
    ...{ 0: "A", 3: "b-c", 4: "D", 5: "F" },
    ...{ A: 0, "b-c": 3, D: 4, F: 5 },
  });
});

test("what nests too deep for the parser is an error, on one line and on many", () => {
  const openings = [
    "[",
    "(",
    "{",
    "!",
    "- ",
    "a=>",
    "`${",
    "if(a)",
    "while (a)",
    "function f(){",
    "class A{static{",
    "x={a:",
  ];
  openings.push(
    "a ? b : ",
    "a = ",
    "if(a);else ",
    "if (a) {} else ",
    "new ",
    "await ",
    "f(() => {",
    "try{",
    "namespace A{",
  );
  openings.push(
    "let a: A<",
    "let a: (x: A) => ",
    "let a: A extends B ? C : ",
    "let a: A<B,",
    "<a>",
    "typeof ",
    "a ** ",
  );
  for (const opening of openings)
    for (const end of ["", "\n"]) {
      const [declared = "", rest = opening] = /^(let a: )(.*)$/s.exec(opening)?.slice(1) ?? [];
      const text = declared + (rest + end).repeat(20_000);
      // First, since the parser would end this process.
      assert.ok(isTooDeep(text), opening + end);
      assert.throws(() => compile(text), /nests too deep/);
    }
});

test("a long cell is not deep, and neither is a page of brackets in a string", () => {
  const lines = ["a = -1", "const b = x ? y : z", "f(a, b)", "if (a) b = 1\nelse c = 2", "a = b<c", "type A = B<C>"];
  lines.push("for (const a of b) c()", "while (a)\n  b()", "if (a) f(1)", "label: for (;;) {}", "return_ ? y\n : z");
  lines.push("if (a) {\n b()\n} else if (c) {\n d()\n}", "let m: Map<A, B> = new Map<A, B>()", "f(() => {\n g()\n})");
  for (const line of lines)
    assert.equal(compile(`${`${line}\n`.repeat(3000).replaceAll("let m", "m = 1 //")}1`).hasResult, true, line);
  assert.equal(compile(`a${" + b".repeat(3000)}`).hasResult, true);
  for (const text of ["'{'", '"[-"', "`-=[\n`", "/* (( */ 1", "/[({]/", "`${a}(`"])
    assert.equal(compile(`[${`${text},`.repeat(4000)}]`).hasResult, true, text);
});

test("positions count the line ends that V8 counts", () => {
  const { code, original } = compile("const a = `\u2028`\r\nthrow a");
  const at = code.split(/\r\n|\u2028/).findIndex(line => line.startsWith("throw"));
  assert.deepEqual(original({ line: at + 1, column: 1 }), { line: 2, column: 1 });
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

test("a syntax error is at the token that is wrong, not at the bracket around it", () => {
  for (const [source, column] of [
    ["f(1 2)", 5],
    ["let a = { b: 1 c: 2 }", 16],
    ["f(", 3],
  ] as const)
    assert.throws(
      () => compile(source),
      (error: unknown) => error instanceof CellSyntaxError && error.position.column === column,
      source,
    );
});

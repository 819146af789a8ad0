// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are programs as text.
import assert from "node:assert/strict";
import test from "node:test";
import { compile } from "./compile.ts";
import { evaluable } from "./evals.ts";
import { createNames, MARK, type Names } from "./names.ts";
import { authorsText } from "./source_text.ts";

/** What V8 gets, with `°` for the mark of an own name. */
const body = (source: string, names?: Names) =>
  compile(source, names)
    .code.replace(/^"use strict";void 0;/, "")
    .replaceAll(MARK, "°");

const OWN: [title: string, source: string, expected: string][] = [
  ["a variable and what uses it", "const URL = 1; f(URL)", "let   URL° = 1; f(URL°)"],
  ["a variable before its line", "f(URL); let URL = 1", "f(URL°); let URL° = 1"],
  ["patterns", "const { URL, a: { Map = 1 }, ...Set } = o", "let   { URL:URL°, a: { Map:Map° = 1 }, ...Set° } = o"],
  [
    "a key that is spelt like it",
    "let URL = 1; o = { URL, b: URL, c: { URL: 2 }, URL() {} }; o.URL",
    "let URL° = 1; o = { URL:URL°, b: URL°, c: { URL: 2 }, URL() {} }; o.URL",
  ],
  ["a label", "let URL; URL: for (;;) break URL", "let URL°; URL: for (;;) break URL"],
  [
    "parameters that shadow it",
    "let URL; f = (URL = 1) => URL; g = ({ URL }) => URL; URL",
    "let URL°; f = (URL = 1) => URL; g = ({ URL }) => URL; URL°",
  ],
  ["a default of a parameter", "let URL; f = (a = URL) => a", "let URL°; f = (a = URL°) => a"],
  ["blocks that shadow it", "let URL; { let URL = 1; URL } URL", "let URL°; { let URL = 1; URL } URL°"],
  [
    "a var of a function, from its first line",
    "let URL; function f() { URL; if (a) { var URL } }",
    'let f=$$named("f",function f°°() { URL; if (a) { var URL } });let URL°; ;',
  ],
  [
    "loops and catch",
    "let URL; for (const URL of a) URL; try {} catch (URL) { URL }",
    "let URL°; for (const URL of a) URL; try {} catch (URL) {$$caught(URL); URL }",
  ],
  [
    "a class keeps its name inside",
    "class URL { static a = URL }; new URL",
    "let URL°=class URL { static a = URL };; new URL°",
  ],
  ["a function", "function fetch() { fetch() }", 'let fetch°=$$named("fetch",function fetch°°() { fetch°() });;'],
  ["a function without a name", "const process = x => x", 'let   process° = ({"process":x => x})["process"]'],
  [
    "imports",
    'import { URL, a as Map } from "m"; URL',
    'let{URL:URL°,a:Map°}=await $$import("m",{},["URL"],["a"]); URL°',
  ],
  ["a namespace import", 'import * as process from "m"', 'let process°=await $$import("m");'],
  ["a var", "for (var URL of a) URL", "let URL°=(()=>{try{return URL°}catch{}})();for (    URL° of a) URL°"],
  [
    "fields, methods and templates",
    "let URL; class A { URL = URL; [URL]() { return `${URL}` } }",
    "let URL°; class A { URL = URL°; [URL°]() { return `${URL°}` } }",
  ],
  [
    "typeof and assignment",
    "let URL; typeof URL; URL += 1; [URL] = a; ({ URL } = a)",
    "let URL°; typeof URL°; URL° += 1; [URL°] = a; ({ URL:URL° } = a)",
  ],
  ["types stay types", "let URL: URL = x as URL; f<URL>(URL)", "let URL°      = x       ; f     (URL°)"],
  [
    "an enum",
    "enum URL { A }",
    'let URL°;;       ($$enum=>{let $$value=-1;const $$member=(k,v)=>($$enum[k]=v,typeof v==="string"||($$enum[v]=k),$$value=v); const A=$$member("A",$$value+1); })(URL°||(URL°={}));',
  ],
  ["names by which libraries look for a browser", "const window = 28; window", "let   window° = 28; window°"],
  ["a name with an escape", "let \\u0055RL = 1; URL", "let URL° = 1; URL°"],
  ["the global object's own", "let URL = 1; globalThis.URL", "let URL° = 1; globalThis.URL"],
];

for (const [title, source, expected] of OWN)
  test(`a name of a global is the cells' own: ${title}`, () => assert.equal(body(source), expected));

test("a name that no cell declares is the global's", () => {
  assert.equal(
    body("performance.now(); performance = 1; typeof URL"),
    "performance.now(); performance = 1; typeof URL",
  );
  assert.equal(
    body("f = URL => URL; class A { URL = 1 }; interface URL {}"),
    `f = URL => URL; class A { URL = 1 }; ;${" ".repeat(15)}`,
  );
});

test("later cells see the own name, other processes do not", () => {
  const names = createNames();
  compile("const URL = 1", names);
  assert.equal(body("URL", names), "URL°");
  assert.equal(body("URL"), "URL");
});

test("a cell that failed before the line of its own name gives it back", () => {
  let isSet = false;
  const names = createNames(() => isSet);
  compile("throw 1; const URL = 1", names);
  assert.equal(body("URL", names), "URL");
  compile("const URL = 1", names);
  isSet = true;
  assert.equal(body("URL", names), "URL°");
});

test("names that the transform made up are no cell's, and differ from cell to cell", () => {
  const names = createNames();
  const source = "@dec class R { static a = 1 }";
  const made = (text: string) => text.match(/\$\$\d+__initClass/)?.[0];
  const [first, second] = [body(source, names), body(source, names)];
  assert.notEqual(made(first), undefined);
  assert.notEqual(made(first), made(second));
  assert.match(first, /;let R=\$\$1__R;/);
  assert.deepEqual(compile(source).declares, ["R"]);
  assert.equal(compile(source).hasResult, false);
});

test("a decorated class under the name of a global is the cells' own", () => {
  const names = createNames();
  assert.match(body("@dec class File { static s = File }", names), /;let File°=\$\$1__File;/);
  assert.equal(body("File", names), "File°");
});

test("what the transform made up uses the globals, whatever the author calls by their names", () => {
  const names = createNames();
  compile("const Map = 1, Object = 2", names);
  const code = body("@dec class R { a = Map }", names);
  assert.match(code, /a = Map°/);
  assert.doesNotMatch(code, /new Map°|Object°/);
});

test("a direct eval is compiled where it runs, but for the names that it has around it", () => {
  const names = createNames();
  const code = body("const URL = 1; eval('URL'); ((a, { Map }) => { let URL; eval(a) })()", names);
  assert.match(code, /eval\(\$\$evaluable\(\[\],'URL'\/\*\$\$\*\/\)\)/);
  assert.match(code, /eval\(\$\$evaluable\(\["a","Map","URL"\],a\/\*\$\$\*\/\)\)/);
  assert.equal(evaluable("URL + (URL => URL)(1)", [], names), `URL${MARK} + (URL => URL)(1)`);
  for (const text of ["let URL = 1; URL", "1 +", "Map"]) assert.equal(evaluable(text, [], names), text);
  assert.equal(evaluable("URL", ["URL"], names), "URL");
  assert.equal(evaluable(7, [], names), 7);
  assert.doesNotMatch(body("const eval2 = (eval) => eval('x'); globalThis.eval('x')"), /evaluable/);
  const { code: f } = compile("function f(a) { try { return eval(a) } catch (e) { return e } }", names);
  assert.match(authorsText(f), /function f\(a\) \{ try \{ return eval\(a\) \} catch \(e\) \{ return e \} \}\);/);
});

test("the source text of a function is the author's without its types", () => {
  const source = "async function f(a: T) { for (const b of await a) { await import(b); f(await a) } }";
  const { code } = compile(source);
  assert.equal(authorsText(code.slice(code.indexOf("async"), -");;".length)), source.replace(": T", "   "));
  const own = compile("const URL = 1; function g() { return [URL] }").code;
  assert.match(authorsText(own), /function g\(\) \{ return \[URL\] \}\);/);
  const throws = "async function h(e) { throw e; throw 1 + await e; throw `a ${await e}`; throw (await e, 2), 3 }";
  const thrown = compile(throws).code;
  assert.equal(authorsText(thrown.slice(thrown.indexOf("async"), -");;".length)), throws);
});

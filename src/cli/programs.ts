// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are programs as text.
/**
 * Programs for the tests of the kernel: statements, and an expression that tells what came of them. A cell must give
 * the value that Node gives where a compiler's output runs as a module of its own.
 */
export const PROGRAMS: readonly [statements: string, value: string][] = [
  // Bindings, again and again under the same names
  ["const a = 1, b: number[] = [a]", "[a, b]"],
  ["let a; a = 'text'; var b = a.length, c", "[a, b, c]"],
  [
    "function a(): string { return b() } function b() { return 'hoisted' }",
    "[a(), a.name, a.length, typeof a.prototype]",
  ],
  ["const first = again(); function again() { return 1 } function other() { return again() }", "[first, other()]"],
  [
    "let fib = (n: number): number => (n < 2 ? n : fib(n - 1) + fib(n - 2)); const slow = fib; fib = n => slow(n)",
    "fib(10)",
  ],
  ["class a { static b = a.name; c = a.b }", "[new a(), a.b]"],
  ["const { x, y: [y0 = 5, ...ys], ...more } = { x: 1, y: [undefined, 2, 3], z: 4 } as any", "[x, y0, ys, more]"],
  ["for (var i = 0, n = 3; i < n; i++) { var { sq } = { sq: i * i } }", "[i, n, sq]"],
  ["for (var [k, v] of Object.entries({ p: 1, q: 2 })) var last = k + v", "[k, v, last]"],
  ["for (var key in { only: 1 }) {}", "key"],
  ["if (true) { var { deep: { er } } = { deep: { er: 7 } } }\nvar [er2] = [8]", "[er, er2]"],
  ["var twice = 1; var twice = 2; var { twice } = { twice: 3 }", "twice"],
  ["switch (1 as number) { case 1: var inSwitch = 'yes'; break; default: var never = 1 }", "[inSwitch, never]"],
  [
    "try { throw new Error('e') } catch (e) { var caught = (e as Error).message } finally { var fin = true }",
    "[caught, fin]",
  ],
  ["const counter = (() => { let n = 0; return () => ++n })(); counter()", "counter()"],
  ["label: for (const o of [1, 2]) { for (const p of [3]) { if (o === 2) break label; var seen = o + p } }", "seen"],
  // Types that are gone
  ["const f = () => { return <T>\n  (t: T) => t }", "f()(4)"],
  ["const f = () => { return <number>\n  5 }", "f()"],
  ["function* g() { yield <number>\n  6 }", "[...g()]"],
  ["const h = async <\n  T,\n>(t: T) => t", "await h(7)"],
  ["const p = (t: unknown)\n: t is string => true", "p(1)"],
  ["function t(\n  this: { k: number },\n) { return this.k }", "t.call({ k: 8 })"],
  ["const u = 11 as number // why\n;[1].length", "u"],
  ["let w = 1\nlet z = w as number\n`${w}`", "[w, z]"],
  ["const o = { m<T>(this: any, x?: T, ...r: T[]) { return [x, r] } } satisfies object", "o.m(1, 2)"],
  [
    "abstract class Base<T> { constructor(protected readonly v: T, public n = 2) {} abstract m(): T }\nclass Sub extends Base<number> { private own = 1; constructor() { super(3); this.own++ } m() { return this.v } }",
    "[new Sub(), new Sub().m()]",
  ],
  ["class Point { size = 0; constructor(public x: number, private y?: string) { this.size = x } }", "new Point(1)"],
  [
    "class Sub2 extends Array<number> { constructor(public extra: string) { super(2); this.fill(1) } }",
    "[new Sub2('e').extra, [...new Sub2('e')]]",
  ],
  ["class G { get: number = 1; static: string = 's'; async?: boolean; set!: number }", "new G()"],
  [
    "function over(a: string): string\nfunction over(a: number): number\nfunction over(a: any) { return a }",
    "[over(1), over('s')]",
  ],
  [
    "function check(v: unknown): asserts v is number { if (typeof v !== 'number') throw new TypeError('no') }\ncheck(1)",
    "typeof check",
  ],
  [
    "declare const nowhere: number; declare function none(): void; interface I { a: 1 } type T = I['a']",
    "typeof nowhere",
  ],
  ["const tag = <T,>(s: TemplateStringsArray, ...v: T[]) => s.raw.join('|') + v", "tag<number>`a${1}b`"],
  [
    "const chain = { a: { b: [1, 2] as number[] | null } } as { a?: { b: number[] | null } }",
    "chain!.a!.b![1]!.toFixed(1)",
  ],
  ["const lt = 1, gt = 2; const cmp = lt < gt as boolean; const amb = (lt < gt) > (0 as any)", "[cmp, amb]"],
  ["const asConst = { list: [1, 2], deep: { s: 's' } } as const", "asConst"],
  ["const satisfied = [1, 2] satisfies number[] as readonly number[]", "satisfied.length"],
  // Enums and namespaces
  ["enum E { A, B = 5, C, D = 'd', F = B << 1 }", "E"],
  ["enum Flags { None = 0, Read = 1 << 2, Write, All = Read | Write }", "[Flags, Flags[Flags.Write]]"],
  ["const enum CE { X = 'x', Y = 2 }", "[CE.X, CE.Y]"],
  ["enum M { A = 1 } enum M { B = A + 1, 'c-d' = 9 }", "M"],
  ["enum Len { S = 'abc'.length, N = -1, H = 0xff }", "[Len.S, Len.N, Len.H, Len[255]]"],
  ["function inner() { enum Local { P, Q } return Local }", "inner()"],
  [
    "namespace N { export const x = 1; export function f() { return x + hidden } const hidden = 2; export namespace O { export enum P { Q = 3 } } }",
    "[N.x, N.f(), N.O.P.Q]",
  ],
  ["namespace Q { export let v = 1 } namespace Q { export const w = v + 1; v = 5 }", "[Q.v, Q.w]"],
  [
    "class WithSpace { static s = WithSpace.t() ; static t() { return 3 } } namespace WithSpace { export const u = 4 }",
    "[WithSpace.s, (WithSpace as any).u]",
  ],
  // Decorators
  [
    "const log: string[] = []; const d = (tag: string) => (_: any, c: any) => { log.push(tag + c.kind + String(c.name)) }\n@d('1') @d('2') class D { @d('f') f = 1; @d('m') m() {} @d('a') accessor a = 2; @d('s') static s = 3; @d('p') #p = 4; static t = D.s + 1 }",
    "[log, new D().a, D.s, D.t]",
  ],
  [
    "const twice = (m: any) => function (this: any, ...r: any[]) { return 2 * m.apply(this, r) }\nclass D2 { @twice m(x: number) { return x } }",
    "new D2().m(4)",
  ],
  [
    "const swap = (C: any) => class extends C { swapped = true }\n@swap class Old { own = 1 }",
    "[new (Old as any)().swapped, new Old().own]",
  ],
  [
    "const init = (_: any, c: any) => { c.addInitializer(function (this: any) { this.born = c.name }) }\n@init class Born { static static1 = 1; #priv = 2; get priv() { return this.#priv } }",
    "[(Born as any).born, Born.static1, new Born().priv]",
  ],
  [
    "class Acc { accessor n = 1; static accessor s = 2 }\nAcc.s++; const acc = new Acc(); acc.n += 5",
    "[acc.n, Acc.s, Object.keys(acc)]",
  ],
  // Resources in functions and blocks
  [
    "const order: string[] = []; const res = (n: string) => ({ n, [Symbol.dispose]() { order.push(n) } })\nfunction uses() { using a = res('a'); using b = res('b'); return a.n + b.n } const used = uses()",
    "[used, order]",
  ],
  [
    "const seen2: string[] = []; { using block = { [Symbol.dispose]() { seen2.push('gone') } }; seen2.push('in') } seen2.push('out')",
    "seen2",
  ],
  [
    "const asyncs: number[] = []; async function run() { await using r = { async [Symbol.asyncDispose]() { await 0; asyncs.push(1) } }; asyncs.push(0) } await run()",
    "asyncs",
  ],
  // Modules and awaits
  [
    "import { basename as base, type ParsedPath } from 'node:path'; import * as os from 'node:os'; import type { Stats } from 'node:fs'",
    "[base('/a/b'), typeof os.EOL]",
  ],
  ["const early = sep.length; import { sep } from 'node:path'", "[early, sep]"],
  ["const { default: fs2, existsSync } = await import('node:fs')", "existsSync('/') && typeof fs2.readFileSync"],
  [
    "const results: number[] = []; for await (const x of (async function* () { yield 1; yield 2 })()) results.push(x)",
    "results",
  ],
  [
    "export const exported = 1; export function exportedF() { return exported } export { exported as renamed }; export type { T as U } from './nowhere.ts'",
    "exportedF()",
  ],
  ["const settled = await Promise.allSettled([Promise.reject(new Error('r')), 1])", "settled.map(s => s.status)"],
  // Source text
  [
    "const again = (f: Function) => (0, eval)(`(${f})`); function plain(x: number) { return x + 1 } const arrow = (x: number) => x * 2; class Klass<T> { constructor(private v: T) {} m() { return this.v } }",
    "[again(plain)(1), again(arrow)(2), new (again(Klass))(3).m(), again(plain).name, `${arrow}`.includes('$$')]",
  ],
  [
    "const again2 = (f: Function) => (0, eval)(`(${f})`); async function waits(p: Promise<number>[]): Promise<number> { let s = 0; for (const q of p) s += (await (await q)) as number; return s } const o = { async m(x: any) { return await x } }; async function* gen() { yield await 1 }",
    "[await again2(waits)([1, 2]), await (0, eval)(`({ ${o.m} })`).m(3), (await again2(gen)().next()).value]",
  ],
  // Odd characters
  ["const α = 1, 变量 = 2, \\u0062c = 3, $ = 4, _ = 5", "[α, 变量, bc, $, _]"],
  ["const s = `a\u2028b\\`${1}`, r = /[/\\]]`'\"/.source // '\n/* \" */", "[s, r]"],
  ["\ufeffconst bom = 1\r\nconst crlf = 2\r\n", "bom + crlf"],
];

/** The same with names of globals, which are the cells' own from then on. */
export const OWN_NAMES: typeof PROGRAMS = [
  [
    "const seenD: string[] = []; @((c: any) => { seenD.push(c.name) }) class FormData { static s = 1; me() { return FormData } } @((c: any) => c) class Iterator { a = typeof Iterator }",
    "[FormData.s, new FormData().me() === FormData, seenD, new Iterator().a, FormData.name]",
  ],
  [
    "const performance = 0.9, name = 'n', status = 1; function setTimeout(x: number) { return x } class Buffer { b = 1 }",
    "[performance, name, status, setTimeout(2), new Buffer(), { performance, Buffer: Buffer.name }]",
  ],
  [
    "const process = (x: number) => x + 1, URL = 'u', Array = [1], Map = 2; const { Set = 3, Object: Obj } = {} as any",
    "[process(1), process.name, URL, Array, Map, Set, Obj]",
  ],
  [
    "let fetch = 1; { let fetch = 2; fetch++ } const g2 = (fetch = 3) => fetch; fetch += 10",
    "[fetch, g2(), ((o: any) => { const { fetch } = o; return fetch })({ fetch: 4 })]",
  ],
  [
    "var Event = 1; for (var Response of [1, 2]) Event += Response; function Blob() { return Event }",
    "[Event, Response, Blob(), Blob.name]",
  ],
  [
    "import { URL as Headers, URLSearchParams } from 'node:url'; import process2, * as process3 from 'node:process'",
    "[Headers.name, new URLSearchParams('a=1').get('a'), process2 === process3.default]",
  ],
  [
    "enum File { A = 2 } namespace Request { export const q = 3 } const window = { File }",
    "[File.A, Request.q, window.File[2]]",
  ],
  [
    "class Response2 { static Event = class Event { x = 1 } } const Event = Response2.Event",
    "[Event.name, new Event()]",
  ],
  [
    "const module = { exports: 1 }, exports = 2, __dirname = 'd', __filename = 'f'",
    "[module, exports, __dirname, __filename]",
  ],
  [
    "const performance = 1; function usesOwn() { return [typeof performance, { performance }] }",
    "[usesOwn()[0], Object.keys(usesOwn()[1]), (0, eval)(`(${usesOwn})`)()[0]]",
  ],
];

// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are programs as text.
/** Cells of many kinds and lines, for the tests of what a console asks: each beginning of them is one of a program. */
export const CELLS: readonly string[] = [
  `const f = (a, b) => {
  return a + b;
};
xs.map((x, i) => x * i).filter(([a, b]) => a?.[0] ?? b)`,
  `const s = \`Hello \${name} and \${\`nested \${x.map(y => \`<\${y}>\`).join("")} b\`}
second \${1 + 2} line\`;
\`a \${b} c\``,
  `const el = (/** @type {x} */ a: number, b?: string, ...rest: T[]): Promise<Map<string, number>> => {
  let y: { x: number; y: [a: 1, b: 2] } = { x: 1, y: [1, 2] };
  return async (z: number = 1): Promise<{ x: number }> => ({ x: z });
}`,
  `([a]: number[]): number => a;
({ a, b: { c = 1 } = {}, ...d }: Options = {}, [e, , f = 2]: number[] = []): void => {};`,
  `async function* gen<T extends object = {}>(x: T, { a, b } = {}): AsyncGenerator<T, void, unknown> {
  for await (const y of x) yield* y;
  try { await f(); } catch (e: unknown) { throw new Error(\`x \${e}\`, { cause: e }); } finally { done(); }
}`,
  `@sealed
export abstract class A<T, in out U> extends B<T> implements C, D<U> {
  static #p: number = 1;
  private readonly x?: string;
  declare y: T;
  accessor z = 1;
  @log() async *m<V>(this: A<T, U>, @inject() a: V, b = 2): AsyncGenerator<V> { yield a; }
  get v(): number { return this.#p; }
  set v(value: number) { this.#p = value; }
  constructor(private a: number, public readonly b?: string) { super(); }
  abstract q(): void;
  static { A.#p++; }
  [key: string]: any;
  ["computed" + 1] = 5;
  f = (a: number, b: string): void => { this.v = a; };
}`,
  `enum E { A, B = 1 << 2, C = "x".length }
declare module "m" { export const x: number; }
namespace N.M { export type T = 1; export function f(): T { return 1 } }
declare global { interface Window { a: 1 } }`,
  `type F<T> = T extends (infer U)[] ? U : T extends { a: infer V extends string } ? V : never;
type G = { readonly [K in keyof T as \`x\${K}\`]?: T[K] } & ((a: number, ...b: string[]) => asserts a is 1) | (new () => X);
type H = typeof import("m");`,
  `import def, { a as b, type C, default as d } from "m";
import * as ns from 'node:fs';
import type { X } from "./x.ts";
import data from "./d.json" with { type: "json" };
export { a, b as c };
export * from "m";
export default async function () { return import.meta.url + (await import("x")).y }`,
  `if (a < b && c > d) { f<string>(x); } else if (!e) g(); else { h?.<T>(z); }
label: for (let i = 0, n = xs.length; i < n; i++) { if (i % 2) continue label; else break; }
for (const k in o) do { x-- } while (x > 0);
switch (x) { case 1: case 2: f(); break; default: g() }
while (true) ;`,
  `const o = { a, b: 1, [c]: 2, "d": 3, get e() { return 1 }, set e(v) {}, async *f() {}, ...g, h: (x, y) => ({ x, y }), i: function (a) {} };
let { p, q: [r, ...s], ...t } = o;
[p, r] = [r, p];
delete o.a, void 0, typeof o;`,
  `{ a: 1, b: { c: [1, 2, (x, y) => x] }, d: \`x \${1}\` }`,
  `const v = a ? (b, c) => d : e ? ((f)) : (g: number): string => "h";
const w = a ?? (b || c) ? x => y : async z => await z;
const u = new Map<string, (a: number, b: string) => void>([["a", (x, y) => {}]]);`,
  `const y = x as unknown as { a: number }[], z = <T>x, w = y! satisfies Z;
const q = <const T,>(x: T): x is T => true;
const g = async <T extends object, U = Map<T, number[]>>(x: T, u: U): Promise<T> => x;`,
  `/** @jsx h */
const el = <div className="a" onClick={(a, b) => { f(a) }} {...props} data-x={\`a \${b} c\`}>
  Hello, it is {name} <b>x</b> {/* c */} <>{xs.map((x, i) => <li key={i}>{x}</li>)}</>
  <N.M a />
</div>;
el`,
  `const re = /[/"'\`]\\/(x)/g, m = re.exec("a/b")?.groups?.name ?? 5 / 2 / 3;
x ||= 1; y &&= 2; z ??= 3; w **= 2; v >>>= 1;
f(/x/, a / b);`,
  `await Promise.all(urls.map(async (url, i) => { const { data } = await get(url); return data; }));
using r = open();
await using r2 = open2();
promise.then(({ a, b = 2 }) => a, (e: Error) => { throw e }).finally(() => {})`,
  `tf.tidy(async () => {
  const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [2] })] });
  model.compile({ loss: "meanSquaredError", optimizer: tf.train.adam(1e-3) });
  await model.fit(x, y, { epochs: 10, callbacks: { onEpochEnd: async (epoch, logs) => console.log(\`\${epoch}: \${logs?.loss.toFixed(3)}\`) } });
});`,
  `function f(a: 1): 1; // first
function f(a: any): any { /* why */ return (a, b as T); }
abstract class K { abstract m(): void; }
var fn = function named(a, b) { return a, b }, g = function* () { const x = yield 1; };
(function () {})(), (() => { })();`,
  `const valuesOf = ({ a }: ReturnType<typeof f>, b: Map<string, Set<string>>): Map<string, Set<B>> => a;
const map = new Map<keyof S, Set<O<never>>>();
type V = { -readonly [K in keyof T]-?: T[K] };
const sum = (list: readonly number[], by: readonly [unique: string] = ["a"]): number => 0;
const compose = (f: (a: number) => number, g: (a: number, b: (c: string) => void) => number) => (x: number) => f(g(x, (c: string): void => {}));
const curry = (a: A = (b: B) => c) => (d = (e: E = 1) => f) => g;
((a: T = ((b: U, c = (d) => 1) => 2)) => a)(1);`,
  `f((a, b: number) => (c: string, { d, e = 1 }) => [d, (x: number, y: number) => x, async (z: T) => z]);
g(x, (): void => {}, (y?) => y, (z?: number) => z, async () => {});
h({ on: (a: number, b): string => "", off(c: number) {} })`,
  `class Stack<T> {
  private items: T[] = [];
  push = (...xs: T[]): this => { this.items.push(...xs); return this; };
  map<U>(f: (x: T, i: number) => U): Stack<U> { return new Stack<U>().push(...this.items.map((x, i) => f(x, i))); }
}
new Stack<number>().push(1, 2).map((x): [number, string] => [x, \`\${x}\`]);`,
  `let b = 10n, h = 0xff, n = 1_000.5e-3;
const t = tag\`a \${x} b\`, c = a!.b![0]!.c!();
export const big: Record<string, { a: number; b?: (x: number) => void }> = { x: { a: 1 } };
if (x) y; else z`,
  `function assertIsString(val: any): asserts val is string {
  if (typeof val !== "string") throw new TypeError(\`Not a string: \${val}\`);
}
let x: string | undefined = undefined, tup: [a: string, b?: number, ...rest: boolean[]] = ["a"];
type Fn = { (a: number): string; new (b: string): Fn; method?(c: number): void; get x(): number; readonly [i: number]: string };
const u2: unique symbol = Symbol(), k: keyof typeof o = "a", n2: -1 = -1, tpl: \`a\${string}\` = "ab";`,
  `const el2 = <p>a</p>;
const C = <T,>(p: { x: T }) => <span {...p} title='x'>{p.x ? <i/> : null} don't</span>;
function App({ a, b = 1 }: Props): JSX.Element { return <App.Item<string> a={(x: number, y) => x} b /> }`,
  `const cast = 1 + 2 as number * (3 as any) + xs.reduce((a: number, b) => a + b, 0);
return_(/[(]/.test(s) ? (a, b) => /[)'"]/.test(a) : null)`,
  `# was missing: a notice of nbgrader
const notice = xs.map(([k, v]) => ({ [k]: v as T }));`,
];

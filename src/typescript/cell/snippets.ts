// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are programs as text.
/**
 * TypeScript whose types are easily blanked wrongly, for the tests of this room: every position between two tokens may
 * hold a line break or a comment, and the program must still be the one that a compiler makes of it.
 */
export const SNIPPETS: readonly string[] = [
  // Types at a value
  "const a: number = 1, b: Array<string> = []",
  "let x!: T",
  "let { a, b: [c] }: { a: 1; b: [2] } = o",
  "const a = (x as T) + (y satisfies U) - z!",
  "let y = a as unknown as Map<string, number[]>",
  "const config = { lr: 0.1 } satisfies Partial<Options>",
  "const f = <T>x",
  "const g = <T,>(x: T) => x",
  "const h = async <T extends object>(x: T): Promise<T> => x",
  "const arrow = (x: unknown): x is string => true",
  "const arrow = (): { a: number } => ({ a: 1 })",
  "const arrow = async (a?: T, ...rest: U[]): Promise<void> => {}",
  "const wide = (a: T, b = 1): [A, B] => [a, b]",
  "f<string>(x), new A<T>(y), g<A, B>`text`, h?.<T>(z)",
  "const keep = make<string>",
  "(a as any).b = 1; (<any>a).c = 2; a!.d!.e = 3",
  "a!++; b![0]!; c!()",
  "for (const x of <T[]>xs) f(x as T)",
  "for (let i: number = 0; i < n; i++) g(i!)",
  "const t = `${x as string} and ${<T>y}`",
  "const c = p ? (q as T) : (r! as U)",
  "({ a: x as T, b: <U>y, c } as V)",
  "() => <T>{ a: 1 }",
  "() => ({ a: 1 } as T)",
  "const d = (x as T)?.y ?? z!",
  "delete (a as any).b",
  "enumLike = [1, 2, 3] as const",
  // Functions
  "function f(this: Window, a?: number, b: T = 1, ...c: U[]): void {}",
  "function f(this: { k: number }) { return this.k }",
  "function* g<T>(x: T): Generator<T> { yield <T>x; yield x as T; yield* <T[]>y }",
  "function f() { return <T>(x: T) => x }",
  "function f() { return <string>x }",
  "function f() { return x as T }",
  "function f() { throw <E>x }",
  "function f(a: 1): 1; function f(a: any): any { return a }",
  "function isT(x: unknown): asserts x is T { if (!x) throw x as E }",
  "async function f<T>(x: Promise<T>): Promise<T> { return <T>(await x) }",
  "const f = function <T>(x: T): T { return x }",
  "const m = { get a(): number { return 1 }, set a(v: number) {}, async *b<T>(x: T) {}, c(this: T) {} }",
  // Classes
  "class A<T> extends B<T> implements C, D<T> {}",
  "class A implements C {}",
  "abstract class A { abstract m(): void; abstract x: number; n() {} }",
  "class A { private a = 1; public b?: T; c!: U; readonly d: V = 2; static e: W; declare f: X }",
  "class A { private static readonly a: number = 1; protected async b(): Promise<void> {} }",
  "class A { constructor(private a: number, readonly b?: string, public c = 1) {} }",
  "class A extends B { constructor(private a: number) { super(a); f() } }",
  "class A { m?(): void; n(x: 1): void; n(x: any) {} }",
  "class A { [key: string]: any; a = 1 }",
  "class A { private *gen() {} }",
  "class A { a = 1; private ['b'] = 2; c = 3; protected *d() {} }",
  "class A { get: T; set?: U; static: V; f() {} }",
  "class A { static { const x: number = 1 } #p: T = 1; override m() {} }",
  "class A { get a(): T { return 1 } set a(v: T) {} }",
  "const K = class<T> extends B<T> implements C {}",
  // Declarations of types
  "interface I extends J<T> { a: 1 } f()",
  "type T<U> = U extends V ? W : X; f()",
  "declare const x: number; declare function g(): void; f()",
  "declare module 'm' { export const x: 1 } f()",
  "declare global { interface Window { a: 1 } } f()",
  "abstract class A {} type B = 1; const c = 2",
  "type F = (x: number) => void; const f: F = x => x",
  "let u: typeof import('m')",
  // What looks like types
  "const v = a < b || c > d",
  "f(a < b, c > (d))",
  "const w = a < b > c",
  "label: for (;;) { break label }",
  "const type = 1, declare = 2, as = 3, satisfies = 4, abstract = 5",
  "const o = { private: 1, readonly: 2, type: 3, as: 4 }",
  "o.private = o?.readonly ? o.type : o.as",
  // Control flow
  "try { f() } catch (e: unknown) { g(e as Error) } finally {}",
  "switch (x as T) { case y!: type U = 1; f(); break; default: g() }",
  "if (x as T) f(); else g<T>()",
  "do x = y as T; while (z!)",
  // Enums
  "enum E { A, B = 2, C, D = 'x' } f(E.A)",
  "const enum E { A = 1 << 2, B = A | 1, 'c-d' = B } f(E.B)",
];

/** Ends of a statement that a next one must not continue. */
export const TAILS: readonly string[] = ["(1)", "[0]", "`t`", "+1", "/ 2", "last"];

/** What may stand between any two tokens. */
export const BETWEEN: readonly string[] = [
  "\n",
  "/* , ; ) ] } > ? ! : = as */",
  "// ( [ { <\n",
  "\r\n",
  "\u2028",
  "/*\n*/",
  " /* <T> */ ",
];

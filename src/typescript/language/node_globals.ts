/**
 * Globals of some Node that TypeScript's library and Node's types leave out: they have them for browsers only, or not
 * yet. The others that a Node may have are declared when a cell is the first to use them: they may be anything.
 */
const TYPES: Record<string, string> = {
  Performance: `
type Performance = import("node:perf_hooks").Performance;
declare var Performance: { prototype: Performance };`,
  Crypto: `
type Crypto = import("node:crypto").webcrypto.Crypto;
declare var Crypto: { prototype: Crypto };`,
  CryptoKey: `
type CryptoKey = import("node:crypto").webcrypto.CryptoKey;
declare var CryptoKey: { prototype: CryptoKey };`,
  SubtleCrypto: `
type SubtleCrypto = import("node:crypto").webcrypto.SubtleCrypto;
declare var SubtleCrypto: { prototype: SubtleCrypto };`,
  Navigator: `
interface Navigator {
  readonly hardwareConcurrency: number;
  readonly language: string;
  readonly languages: readonly string[];
  readonly platform: string;
  readonly userAgent: string;
}
declare var Navigator: { prototype: Navigator };`,
  navigator: `
declare var navigator: Navigator;`,
  Storage: `
interface Storage {
  readonly length: number;
  clear(): void;
  getItem(key: string): string | null;
  key(index: number): string | null;
  removeItem(key: string): void;
  setItem(key: string, value: string): void;
}
declare var Storage: { prototype: Storage };`,
  localStorage: `
declare var localStorage: Storage;`,
  sessionStorage: `
declare var sessionStorage: Storage;`,
  WebAssembly: `
declare namespace WebAssembly {
  type ValueType = "i32" | "i64" | "f32" | "f64" | "v128" | "anyfunc" | "externref";
  type Exports = Record<string, any>;
  type Imports = Record<string, Record<string, unknown>>;
  type Source = ArrayBuffer | NodeJS.ArrayBufferView;
  interface Instantiated { instance: Instance; module: Module }
  class Module {
    constructor(bytes: Source);
    static customSections(module: Module, name: string): ArrayBuffer[];
    static exports(module: Module): { kind: string; name: string }[];
    static imports(module: Module): { kind: string; module: string; name: string }[];
  }
  class Instance {
    constructor(module: Module, imports?: Imports);
    readonly exports: Exports;
  }
  class Memory {
    constructor(descriptor: { initial: number; maximum?: number; shared?: boolean });
    readonly buffer: ArrayBuffer;
    grow(pages: number): number;
  }
  class Table {
    constructor(descriptor: { element: "anyfunc" | "externref"; initial: number; maximum?: number }, value?: unknown);
    readonly length: number;
    get(index: number): any;
    grow(by: number, value?: unknown): number;
    set(index: number, value?: unknown): void;
  }
  class Global<T = any> {
    constructor(descriptor: { value: ValueType; mutable?: boolean }, value?: T);
    value: T;
    valueOf(): T;
  }
  class CompileError extends Error {}
  class LinkError extends Error {}
  class RuntimeError extends Error {}
  function compile(bytes: Source): Promise<Module>;
  function compileStreaming(response: Response | Promise<Response>): Promise<Module>;
  function instantiate(bytes: Source, imports?: Imports): Promise<Instantiated>;
  function instantiate(module: Module, imports?: Imports): Promise<Instance>;
  function instantiateStreaming(response: Response | Promise<Response>, imports?: Imports): Promise<Instantiated>;
  function validate(bytes: Source): boolean;
}`,
};

/** Declares the globals of this Node that its types leave out, as far as they are known here. */
export function nodeGlobals(): string {
  return Object.keys(TYPES)
    .filter(isGlobal)
    .map(name => TYPES[name])
    .join("");
}

/** Declares globals of this Node that nobody knows the types of. */
export function unknownGlobals(names: Iterable<string>): string {
  return [...names].map(name => `declare var ${name}: any;\ntype ${name} = any;\n`).join("");
}

/** Whether this Node, which the cells run in as well, has a global of that name. */
export function isGlobal(name: string): boolean {
  return Object.hasOwn(globalThis, name);
}

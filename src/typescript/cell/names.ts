import { realm, Set } from "../intrinsics.ts";

/**
 * V8's REPL mode keeps what a cell declares where all code of the process looks for a name that it does not know: the
 * kernel, and every library. So a name that means something there (`performance`, `URL`, `window`) is compiled to
 * another one, which only cells use.
 */

/**
 * What is put behind such a name: the combining grapheme joiner is part of an identifier and is not seen, so V8's own
 * messages (`performance is not a function`) say what the author wrote.
 */
export const MARK = "\u034f";

/** What the cells of one process have declared of the names that others use. */
export interface Names {
  readonly own: Set<string>;
  /** Own names of the cell that was compiled last. If it failed before their line they are nobody's. */
  unsettled: string[];
  /** Whether a compiled name has a value in V8. */
  isSet: (name: string) => boolean;
  /** Of the cells with names that a compiler made up. */
  made: number;
}

/** What a module of its own has in Node's CommonJS: they belong to the notebook, not to what it loads. */
export const MODULE_NAMES = ["module", "exports", "__filename", "__dirname"] as const;

export function createNames(isSet: Names["isSet"] = () => true): Names {
  return { own: new Set(MODULE_NAMES), unsettled: [], isSet, made: 0 };
}

export function marked(name: string): string {
  return name + MARK;
}

/** Gives up names that the cell before was to declare and did not. */
export function settle(names: Names): void {
  for (const name of names.unsettled) if (!names.isSet(marked(name))) names.own.delete(name);
  names.unsettled = [];
}

export function declare(names: Names, declared: readonly string[]): void {
  names.unsettled = declared.filter(isUsedElsewhere);
  for (const name of names.unsettled) names.own.add(name);
}

/** Whether cells have declared any. */
export function hasOwn({ own }: Names): boolean {
  return own.size > MODULE_NAMES.length;
}

/** Own names that a text mentions. */
export function mentioned({ own }: Names, text: string): string[] {
  return [...own].filter(name => text.includes(name));
}

/** A name of the cells' own, and what it is compiled to. */
export function ownName({ own }: Names, name: string): [string, string][] {
  return own.has(name) ? [[name, marked(name)]] : [];
}

/** How the names of one cell's top level are compiled. */
export interface Naming {
  /** All that are called otherwise. */
  renamed: ReadonlyMap<string, string>;
  /** Those of the cells' own among them, without what the transform made of them. */
  own: ReadonlyMap<string, string>;
}

/** Names by which libraries find out where they run: a cell's `window` must not make them look for a browser. */
const ELSEWHERE = new Set(
  (
    "window document self navigator location history screen name status event parent top frames opener origin length " +
    "localStorage sessionStorage indexedDB caches XMLHttpRequest XDomainRequest Image Audio HTMLElement Element Node " +
    "HTMLCanvasElement HTMLImageElement HTMLVideoElement OffscreenCanvas ImageData ImageBitmap Worker SharedWorker " +
    "WorkerGlobalScope DedicatedWorkerGlobalScope importScripts requestAnimationFrame cancelAnimationFrame alert " +
    "getComputedStyle MutationObserver FileReader File WebSocket EventSource WebGLRenderingContext define jQuery $ " +
    "Deno Bun Tone jest mocha describe it test expect EdgeRuntime HermesInternal nativeFactory msCrypto process " +
    "SuppressedError DisposableStack AsyncDisposableStack Iterator Float16Array Temporal regeneratorRuntime " +
    "__webpack_require__ __non_webpack_require__ __REACT_DEVTOOLS_GLOBAL_HOOK__ ENVIRONMENT Module setImmediate"
  ).split(" "),
);

function isUsedElsewhere(name: string): boolean {
  return name in realm || ELSEWHERE.has(name) || MODULE_NAMES.some(each => each === name);
}

import { JSON, Map, realm, Set } from "../intrinsics.ts";

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

/** What the cells of one process have declared of the names that are compiled to something else. */
export interface Names {
  /** What each is compiled to: the names that others use, and those of imports that their module changes. */
  readonly own: Map<string, string>;
  /** Names that the cell compiled last declares, and what they were compiled to before: if it fails before their line they are that again. */
  unsettled: [name: string, before: string | undefined][];
  /** Whether what a name is compiled to has a value in V8. */
  isSet: (compiled: string) => boolean;
  /** Exports of a file of the author's that it gives other values while it is used. */
  reassigned: (specifier: string) => readonly string[];
  /** Of the cells with names that a compiler made up. */
  made: number;
}

/** What a module of its own has in Node's CommonJS: they belong to the notebook, not to what it loads. */
export const MODULE_NAMES = ["module", "exports", "__filename", "__dirname"] as const;

export function createNames(isSet: Names["isSet"] = () => true): Names {
  const own = new Map<string, string>(MODULE_NAMES.map(name => [name, marked(name)]));
  return { own, unsettled: [], isSet, reassigned: () => [], made: 0 };
}

export function marked(name: string): string {
  return name + MARK;
}

/** The variable that holds the module of an import whose value changes: the name would keep what it was at first. */
export function holder(name: string): string {
  return name + MARK + MARK + MARK;
}

/** `count` of `import { n as count }`, whose value is asked of its module each time. */
export function held(name: string, key: string): string {
  return `${holder(name)}${/^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`}`;
}

export function isHeld(compiled: string): boolean {
  return compiled.includes(holder(""));
}

/** Gives up names that the cell before was to declare and did not. */
export function settle(names: Names): void {
  for (const [name, before] of names.unsettled) {
    if (names.isSet(names.own.get(name) ?? name)) continue;
    if (before === undefined) names.own.delete(name);
    else names.own.set(name, before);
  }
  names.unsettled = [];
}

/** `live` are those that are imports whose module changes them, as they are compiled. */
export function declare(names: Names, declared: readonly string[], live: ReadonlyMap<string, string>): void {
  for (const name of new Set(declared)) {
    const before = names.own.get(name);
    const now = live.get(name) ?? (isUsedElsewhere(name) ? marked(name) : undefined);
    if (now === undefined && before === undefined) continue;
    names.unsettled.push([name, before]);
    if (now === undefined) names.own.delete(name);
    else names.own.set(name, now);
  }
}

/** Whether cells have declared any. */
export function hasOwn({ own }: Names): boolean {
  return own.size > MODULE_NAMES.length;
}

/** Own names that a text mentions. */
export function mentioned({ own }: Names, text: string): string[] {
  return [...own.keys()].filter(name => text.includes(name));
}

/** A name of the cells' own, and what it is compiled to. */
export function ownName({ own }: Names, name: string): [string, string][] {
  const compiled = own.get(name);
  return compiled === undefined ? [] : [[name, compiled]];
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

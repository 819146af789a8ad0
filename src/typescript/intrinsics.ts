// biome-ignore-all lint/suspicious/noShadowRestrictedNames: these are the globals, under their own names.
/**
 * What the kernel's code in the execution process uses of the language and of Node, taken before the first cell runs. A
 * name that a cell declares (`const performance = 0.9`) hides the global one from every module of the process, and
 * `globalThis.JSON = null` takes it away: so no file here uses a free global, and Biome refuses one (`biome.json`).
 * Functions that lie on these (`Object.keys`) are taken as well; methods (`Array.prototype.map`) cannot be, and
 * `undisturbed.ts` puts them back where the kernel's own code runs.
 */
import { Buffer as NodeBuffer } from "node:buffer";
import { performance as nodePerformance } from "node:perf_hooks";
import { URL as NodeURL } from "node:url";

/** The global object, under a name that no cell declares. */
export const realm: typeof globalThis = globalThis;

const { apply, ownKeys, defineProperty, getOwnPropertyDescriptor } = realm.Reflect;

/** `JSON` and its like with the functions that they have now, whatever a cell does to the one it sees. */
function own<Namespace extends object>(namespace: Namespace): Namespace {
  return withPropertiesOf(namespace, {}) as Namespace;
}

/** As `own`, for what is called as well. Not to be constructed: `new` and `extends` are for the realm's. */
function callable<Called extends (...given: never[]) => unknown>(called: Called): Called {
  return withPropertiesOf(called, (...given: unknown[]) => apply(called, undefined, given)) as Called;
}

function withPropertiesOf(from: object, to: object): object {
  for (const key of ownKeys(from)) {
    const property = getOwnPropertyDescriptor(from, key);
    if (property !== undefined) defineProperty(to, key, property);
  }
  return to;
}

export const AbortController: typeof globalThis.AbortController = realm.AbortController;
export const AbortSignal: typeof globalThis.AbortSignal = realm.AbortSignal;
export const Array: typeof globalThis.Array = callable(realm.Array);
export const Atomics: typeof globalThis.Atomics = own(realm.Atomics);
export const BigInt: typeof globalThis.BigInt = realm.BigInt;
export const BigInt64Array: typeof globalThis.BigInt64Array = realm.BigInt64Array;
export const Buffer: typeof globalThis.Buffer = own(NodeBuffer);
export const Date: Pick<typeof globalThis.Date, "now"> = own(realm.Date);
export const Error: typeof globalThis.Error = realm.Error;
export const Function: typeof globalThis.Function = realm.Function;
export const Int32Array: typeof globalThis.Int32Array = realm.Int32Array;
export const JSON: typeof globalThis.JSON = own(realm.JSON);
export const Map: typeof globalThis.Map = realm.Map;
export const Math: typeof globalThis.Math = own(realm.Math);
export const Number: typeof globalThis.Number = callable(realm.Number);
export const Object: typeof globalThis.Object = callable(realm.Object);
export const Promise: typeof globalThis.Promise = realm.Promise;
export const Proxy: typeof globalThis.Proxy = realm.Proxy;
export const Reflect: typeof globalThis.Reflect = own(realm.Reflect);
export const RegExp: typeof globalThis.RegExp = realm.RegExp;
export const Set: typeof globalThis.Set = realm.Set;
export const SharedArrayBuffer: typeof globalThis.SharedArrayBuffer = realm.SharedArrayBuffer;
export const String: typeof globalThis.String = callable(realm.String);
export const Symbol: typeof globalThis.Symbol = callable(realm.Symbol);
export const TypeError: typeof globalThis.TypeError = realm.TypeError;
export const SyntaxError: typeof globalThis.SyntaxError = realm.SyntaxError;
export const URL: typeof globalThis.URL = NodeURL;
export const Uint32Array: typeof globalThis.Uint32Array = realm.Uint32Array;
export const Uint8Array: typeof globalThis.Uint8Array = realm.Uint8Array;
export const URIError: typeof globalThis.URIError = realm.URIError;
export const decodeURIComponent: typeof globalThis.decodeURIComponent = realm.decodeURIComponent;
export const performance: Pick<typeof globalThis.performance, "now"> = {
  now: nodePerformance.now.bind(nodePerformance),
};
// Not by an import: that reads every property of it, and stdout, stdin and stderr are made then, in 7 ms.
export const process: typeof globalThis.process = realm.process;
/** Node's own: cells see ones that know their timers. */
export const setTimeout: typeof globalThis.setTimeout = realm.setTimeout;
export const clearTimeout: typeof globalThis.clearTimeout = realm.clearTimeout;
export const ArrayBuffer: Pick<typeof globalThis.ArrayBuffer, "isView"> = own(realm.ArrayBuffer);
export const WeakSet: typeof globalThis.WeakSet = realm.WeakSet;
export const WeakMap: typeof globalThis.WeakMap = realm.WeakMap;

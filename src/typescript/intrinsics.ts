// biome-ignore-all lint/suspicious/noShadowRestrictedNames: these are the globals, under their own names.
/**
 * What the kernel's code in the execution process uses of the language and of Node, taken before the first cell runs. A
 * name that a cell declares (`const performance = 0.9`) hides the global one from every module of the process, and
 * `globalThis.JSON = null` takes it away: so no file here uses a free global, and Biome refuses one (`biome.json`).
 * What a cell changes inside of these (`Array.prototype.map = …`) is the cell's own risk, as in every kernel.
 */
import { Buffer as NodeBuffer } from "node:buffer";
import { performance as nodePerformance } from "node:perf_hooks";
import { URL as NodeURL } from "node:url";

/** The global object, under a name that no cell declares. */
export const realm: typeof globalThis = globalThis;

export const AbortController: typeof globalThis.AbortController = realm.AbortController;
export const AbortSignal: typeof globalThis.AbortSignal = realm.AbortSignal;
export const Array: typeof globalThis.Array = realm.Array;
export const Atomics: typeof globalThis.Atomics = realm.Atomics;
export const BigInt: typeof globalThis.BigInt = realm.BigInt;
export const BigInt64Array: typeof globalThis.BigInt64Array = realm.BigInt64Array;
export const Buffer: typeof globalThis.Buffer = NodeBuffer;
export const Date: typeof globalThis.Date = realm.Date;
export const Error: typeof globalThis.Error = realm.Error;
export const Function: typeof globalThis.Function = realm.Function;
export const Int32Array: typeof globalThis.Int32Array = realm.Int32Array;
export const JSON: typeof globalThis.JSON = realm.JSON;
export const Map: typeof globalThis.Map = realm.Map;
export const Math: typeof globalThis.Math = realm.Math;
export const Number: typeof globalThis.Number = realm.Number;
export const Object: typeof globalThis.Object = realm.Object;
export const Promise: typeof globalThis.Promise = realm.Promise;
export const Proxy: typeof globalThis.Proxy = realm.Proxy;
export const Reflect: typeof globalThis.Reflect = realm.Reflect;
export const RegExp: typeof globalThis.RegExp = realm.RegExp;
export const Set: typeof globalThis.Set = realm.Set;
export const SharedArrayBuffer: typeof globalThis.SharedArrayBuffer = realm.SharedArrayBuffer;
export const String: typeof globalThis.String = realm.String;
export const Symbol: typeof globalThis.Symbol = realm.Symbol;
export const TypeError: typeof globalThis.TypeError = realm.TypeError;
export const SyntaxError: typeof globalThis.SyntaxError = realm.SyntaxError;
export const URL: typeof globalThis.URL = NodeURL;
export const Uint32Array: typeof globalThis.Uint32Array = realm.Uint32Array;
export const Uint8Array: typeof globalThis.Uint8Array = realm.Uint8Array;
export const URIError: typeof globalThis.URIError = realm.URIError;
export const decodeURIComponent: typeof globalThis.decodeURIComponent = realm.decodeURIComponent;
export const performance: typeof globalThis.performance = nodePerformance;
// Not by an import: that reads every property of it, and stdout, stdin and stderr are made then, in 7 ms.
export const process: typeof globalThis.process = realm.process;
/** Node's own: cells see ones that know their timers. */
export const setTimeout: typeof globalThis.setTimeout = realm.setTimeout;
export const clearTimeout: typeof globalThis.clearTimeout = realm.clearTimeout;
export const ArrayBuffer: typeof globalThis.ArrayBuffer = realm.ArrayBuffer;
export const WeakSet: typeof globalThis.WeakSet = realm.WeakSet;
export const WeakMap: typeof globalThis.WeakMap = realm.WeakMap;

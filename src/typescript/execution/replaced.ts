import {
  Array,
  BigInt,
  Buffer,
  Error,
  Function,
  Map,
  Number,
  Object,
  Promise,
  Reflect,
  RegExp,
  realm,
  Set,
  String,
  Symbol,
  Uint8Array,
  WeakMap,
  WeakSet,
} from "../intrinsics.ts";
import { mendNode, NEEDED } from "./needed.ts";
import { type Place, valueOf } from "./place.ts";

/** Whose own functions those packages use, and node's `inspect`. */
const STATICS = ["Array", "Buffer", "JSON", "Math", "Number", "Object", "Promise", "Reflect", "String"] as const;
/** What the packages of the parser and the compiler find on the global object. */
const GLOBALS = [
  "Array",
  "Atomics",
  "BigInt",
  "Buffer",
  "Error",
  "JSON",
  "Map",
  "Object",
  "process",
  "RegExp",
  "Set",
  "SharedArrayBuffer",
  "String",
] as const;
/** What no object has of itself. One that has is another descriptor, another promise, another JSON. */
const ABSENT = ["get", "set", "value", "writable", "enumerable", "configurable", "then", "toJSON"];

const taken: Place[] = [];
/** What undisturbed.ts goes by. */
export const now: {
  /** In the place of these a cell has put something else, or has taken them away. */
  replaced: Place[];
  /** Set while all of them are back in their places. */
  isUndisturbed: boolean;
} = { replaced: [], isUndisturbed: false };
/** The keys of `Object.prototype` that are there, or looked for, anyhow. */
const ofAll: object = Object.assign(Object.create(null), Object.getOwnPropertyDescriptors(Object.prototype));

/** Takes the methods of the language that the kernel's code, node's and that of the parser use: before the first cell. */
export function takeMethods(): void {
  for (const holder of holders())
    for (const key of Reflect.ownKeys(holder)) {
      const property = Reflect.getOwnPropertyDescriptor(holder, key);
      if (typeof property?.value === "function" && property.configurable) {
        taken.push({ holder, key, value: property.value });
      }
    }
  for (const key of GLOBALS) taken.push({ holder: realm, key, value: realm[key] });
  for (const key of ABSENT) {
    taken.push({ holder: Object.prototype, key, value: undefined });
    Reflect.set(ofAll, key, true);
  }
  for (const { holder, key } of NEEDED)
    if (!taken.some(each => each.holder === holder && each.key === key))
      taken.push({ holder, key, value: valueOf({ holder, key }) });
}

function holders(): object[] {
  return [...STATICS.map(name => realm[name]), ...prototypes(), ...iterators()];
}

function prototypes(): object[] {
  const typed = Reflect.getPrototypeOf(Uint8Array.prototype) as object;
  const collections = [Map.prototype, Set.prototype, WeakMap.prototype, WeakSet.prototype];
  const texts = [String.prototype, RegExp.prototype, Number.prototype, BigInt.prototype, Symbol.prototype];
  const bytes = [typed, Uint8Array.prototype, Buffer.prototype];
  const others = [Object.prototype, Function.prototype, Array.prototype, Promise.prototype, Error.prototype];
  return [...collections, ...texts, ...bytes, ...others];
}

/** What `for` and `...` step with. */
function iterators(): object[] {
  const made = [[].values(), new Map().values(), new Set().values(), ""[Symbol.iterator](), "".matchAll(/x/g)];
  const generator = (function* () {})();
  return [...made, Reflect.getPrototypeOf(generator) as object].map(each => Reflect.getPrototypeOf(each) as object);
}

/**
 * Sees what the author's code has replaced. 0.2 ms, so it is not called on the way of a cell, but in the pause behind it
 * and where something of the kernel's has failed. Neither this nor what follows uses a method: it may be the one that is
 * gone.
 */
export function lookForReplaced(): void {
  now.isUndisturbed = false;
  if (now.replaced.length > 0) now.replaced = [];
  for (let i = 0; i < taken.length; i++) {
    const each = taken[i] as Place;
    if (valueOf(each) !== each.value) found(each);
  }
  lookForAdded();
  if (now.replaced.length > 0) mendNode(now.replaced);
}

/**
 * What every object has suddenly (`Object.prototype.name = "Ada"`): the parser's nodes have such fields, or none. Methods
 * are what authors add in earnest, for their own display methods too, which the kernel calls.
 */
function lookForAdded(): void {
  const keys = Reflect.ownKeys(Object.prototype);
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i] as string;
    const property = Reflect.getOwnPropertyDescriptor(Object.prototype, key);
    if (key in ofAll || typeof property?.value === "function") continue;
    found({ holder: Object.prototype, key, value: undefined });
  }
}

function found(place: Place): void {
  now.replaced[now.replaced.length] = place;
}

import { EventEmitter } from "node:events";
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
  process,
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
import { giveUp } from "./give_up.ts";

/** A function of the language, in the place where everybody finds it; undefined where there is none. */
interface Taken {
  holder: object;
  key: string | symbol;
  value: unknown;
}

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
/** What every object has no property of. One that has is another descriptor, another promise, another JSON. */
const ABSENT = ["get", "set", "value", "writable", "enumerable", "configurable", "then", "toJSON"];

const taken: Taken[] = [];
/** Those that a cell has put something else in the place of, or taken away. */
let replaced: Taken[] = [];
/** Set while all of them are back in their places. */
let isUndisturbed = false;

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
  for (const key of ABSENT) taken.push({ holder: Object.prototype, key, value: undefined });
  for (const { holder, key } of NEEDED)
    if (holder === process || holder === EventEmitter.prototype)
      taken.push({ holder, key, value: (holder as Record<string, unknown>)[key] });
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
  isUndisturbed = false;
  if (replaced.length > 0) replaced = [];
  for (let i = 0; i < taken.length; i++) {
    const each = taken[i] as Taken;
    if (valueOf(each) !== each.value) replaced[replaced.length] = each;
  }
  if (replaced.length > 0) mendNode();
}

/**
 * What node itself goes through behind every callback, on the way to each event and each tick: without them it would throw
 * without end, or nothing would reach the kernel. They are put back for good where what is there is of no use.
 */
function mendNode(): void {
  for (let i = 0; i < replaced.length; i++) {
    const { holder, key, value } = replaced[i] as Taken;
    const isOfUse = needOf(holder, key);
    if (isOfUse === undefined || triedOut(isOfUse)) continue;
    put(holder, key, { value, writable: true, configurable: true, enumerable: false });
  }
}

function needOf(holder: object, key: string | symbol): (() => boolean) | undefined {
  for (let i = 0; i < NEEDED.length; i++) {
    const each = NEEDED[i] as (typeof NEEDED)[number];
    if (each.holder === holder && each.key === key) return each.isOfUse;
  }
  return undefined;
}

const NEEDED: readonly { holder: object; key: string; isOfUse: () => boolean }[] = [
  {
    holder: Array.prototype,
    key: "pop",
    isOfUse: () => {
      const one = [1];
      return one.pop() === 1 && one.length === 0;
    },
  },
  { holder: Function.prototype, key: "apply", isOfUse: () => ((one: number) => one).apply(undefined, [1]) === 1 },
  { holder: EventEmitter.prototype, key: "emit", isOfUse: () => typeof EventEmitter.prototype.emit === "function" },
  { holder: process, key: "emit", isOfUse: () => typeof process.emit === "function" },
  { holder: process, key: "nextTick", isOfUse: () => typeof process.nextTick === "function" },
];

function triedOut(isOfUse: () => boolean): boolean {
  try {
    return isOfUse();
  } catch (_of_the_authors) {
    return false;
  }
}

function valueOf({ holder, key }: Taken): unknown {
  try {
    return (holder as Record<string | symbol, unknown>)[key];
  } catch (_refused) {
    // A getter of the author's.
    return undefined;
  }
}

/**
 * Runs the kernel's own code on the language as it was, whatever cells have replaced of it (`Array.prototype.map = null`).
 * What they have put there is there again behind it.
 */
export function undisturbed<Result>(work: () => Result): Result {
  if (replaced.length === 0 || isUndisturbed) return work();
  const theirs: (PropertyDescriptor | undefined)[] = [];
  for (let i = 0; i < replaced.length; i++) {
    const { holder, key, value } = replaced[i] as Taken;
    theirs[i] = Reflect.getOwnPropertyDescriptor(holder, key);
    const enumerable = theirs[i]?.enumerable ?? false;
    put(holder, key, value === undefined ? undefined : { value, writable: true, configurable: true, enumerable });
  }
  const those = replaced;
  isUndisturbed = true;
  try {
    return work();
  } finally {
    isUndisturbed = false;
    for (let i = 0; i < those.length; i++) put((those[i] as Taken).holder, (those[i] as Taken).key, theirs[i]);
  }
}

/** As `undisturbed`, for what may be done a second time, where only its failure shows that something was replaced. */
export function insisted<Result>(work: () => Result): Result {
  try {
    return undisturbed(work);
  } catch (error) {
    lookForReplaced();
    if (replaced.length === 0) throw error;
    return onceMore(work);
  }
}

/** Where a cell has put something in place for good, and what is there is of no use, the kernel cannot go on. */
function onceMore<Result>(work: () => Result): Result {
  try {
    return undisturbed(work);
  } catch (error) {
    for (let i = 0; i < replaced.length; i++) if (isForGood(replaced[i] as Taken)) giveUp();
    throw error;
  }
}

function isForGood({ holder, key }: Taken): boolean {
  return Reflect.getOwnPropertyDescriptor(holder, key)?.configurable === false;
}

/** A descriptor inherits from nobody here: `Object.prototype.set = 1` would be part of it. */
function put(holder: object, key: string | symbol, property: PropertyDescriptor | undefined): void {
  if (property === undefined) Reflect.deleteProperty(holder, key);
  else Reflect.defineProperty(holder, key, { ...property, __proto__: null } as PropertyDescriptor);
}

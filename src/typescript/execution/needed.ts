import { EventEmitter } from "node:events";
import { Array, Function, Object, process } from "../intrinsics.ts";
import { type Place, put } from "./place.ts";

/**
 * What node itself goes through behind every callback, on the way to each event and each tick: without them it would throw
 * without end, or nothing would reach the kernel.
 */
export const NEEDED: readonly { holder: object; key: string; isOfUse: () => boolean }[] = [
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
  // The inspector is asked in JSON, and V8 waits for an object with a cell's result in it.
  { holder: Object.prototype, key: "toJSON", isOfUse: () => false },
  { holder: Object.prototype, key: "then", isOfUse: () => false },
  { holder: Array.prototype, key: "toJSON", isOfUse: () => false },
  // Its console reads there whether colours are wanted.
  { holder: process, key: "env", isOfUse: () => process.env !== null && typeof process.env === "object" },
];

/** They are put back for good where what is there is of no use. */
export function mendNode(replaced: readonly Place[]): void {
  for (let i = 0; i < replaced.length; i++) {
    const { holder, key, value } = replaced[i] as Place;
    const isOfUse = needOf(holder, key);
    if (isOfUse === undefined || triedOut(isOfUse)) continue;
    put(
      holder,
      key,
      value === undefined ? undefined : { value, writable: true, configurable: true, enumerable: false },
    );
  }
}

function needOf(holder: object, key: string | symbol): (() => boolean) | undefined {
  for (let i = 0; i < NEEDED.length; i++) {
    const each = NEEDED[i] as (typeof NEEDED)[number];
    if (each.holder === holder && each.key === key) return each.isOfUse;
  }
  return undefined;
}

function triedOut(isOfUse: () => boolean): boolean {
  try {
    return isOfUse();
  } catch (_of_the_authors) {
    return false;
  }
}

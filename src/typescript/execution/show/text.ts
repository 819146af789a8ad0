import { inspect, types } from "node:util";
import { Array, Error, Math, Object, Reflect, String, WeakSet } from "../../intrinsics.ts";
import { insisted } from "../undisturbed.ts";

/** A text form of more than this is for no reader, and a front end stutters on it. */
const LONGEST_TEXT = 100_000;
const LONGEST_STRING = 20_000;
const MOST_KEYS = 1000;
/** So many values are shown in some 50 ms. */
const MOST_VALUES = 20_000;

/** How much of a value is shown, the best first; `inspect` itself cuts no object's keys, and 100⁴ numbers are too many. */
const EXTENTS = [
  { depth: 4, maxArrayLength: 100 },
  { depth: 4, maxArrayLength: 10 },
  { depth: 2, maxArrayLength: 10 },
  { depth: 1, maxArrayLength: 5 },
] as const;
const LEAST = { depth: 0, maxArrayLength: 100 };

/** The text form of any value: what `util.inspect` says, cut. Never throws. */
export function toText(value: unknown): string {
  try {
    return insisted(() => textOf(value));
  } catch (error) {
    // A getter or an inspect method of the author's that throws.
    return `[${typeof value} that cannot be shown: ${cut(reasonOf(error), 1000)}]`;
  }
}

function textOf(value: unknown): string {
  const [shown, more] = firstKeys(value);
  const large = new WeakSet<object>();
  const extent = EXTENTS.find(({ depth, maxArrayLength }) => fits(shown, depth, maxArrayLength, large)) ?? LEAST;
  return cut(inspect(shown, { ...extent, maxStringLength: LONGEST_STRING, breakLength: 100 }) + more, LONGEST_TEXT);
}

/** What a thrown value says of itself, whatever it is. */
export function reasonOf(error: unknown): string {
  try {
    return error instanceof Error ? String(error.message) : inspect(error, { maxStringLength: 1000 });
  } catch (second) {
    return second === error ? "it throws" : "it throws, and so does what it throws";
  }
}

/** A text of at most `longest` characters, with a note of what is left out. */
export function cut(text: string, longest: number): string {
  if (text.length <= longest) return text;
  // Not between the halves of a character beyond the first 65,536.
  const end = /[\ud800-\udbff]/.test(text[longest - 1] ?? "") ? longest - 1 : longest;
  return `${text.slice(0, end)}… ${text.length - end} more characters`;
}

/**
 * Whether the parts of a value that would be shown are few enough. Runs no getter and no trap of a proxy.
 *
 * @param large objects with too many keys, which are counted only once: that takes a second for a million
 */
function fits(value: unknown, depth: number, maxArrayLength: number, large: WeakSet<object>): boolean {
  let left = MOST_VALUES;
  const walk = (each: unknown, deeper: number): void => {
    left--;
    if (left < 0 || deeper < 0 || each === null || typeof each !== "object" || types.isProxy(each)) return;
    const parts = large.has(each) ? [] : partsOf(each, maxArrayLength);
    if (parts.length > MOST_VALUES) large.add(each);
    if (large.has(each) || parts.length > left) left = -1;
    for (let i = 0; i < parts.length && left >= 0; i++) walk(parts[i], deeper - 1);
  };
  walk(value, depth);
  return left >= 0;
}

function partsOf(value: object, most: number): unknown[] {
  if (types.isTypedArray(value) || types.isBoxedPrimitive(value)) return [];
  if (types.isMap(value) || types.isSet(value)) return first(value.values(), most);
  const part = (key: string | number) => Reflect.getOwnPropertyDescriptor(value, key)?.value;
  if (Array.isArray(value)) return Array.from({ length: Math.min(most, value.length) }, (_, i) => part(i));
  const keys = Object.keys(value);
  return keys.length > MOST_VALUES ? keys : keys.map(part);
}

function first(values: Iterable<unknown>, most: number): unknown[] {
  const parts: unknown[] = [];
  for (const value of values) {
    if (parts.length >= most) break;
    parts.push(value);
  }
  return parts;
}

/** An object with the first keys of a large one, and the note that stands behind it. */
function firstKeys(value: unknown): [shown: unknown, more: string] {
  if (value === null || typeof value !== "object") return [value, ""];
  if (types.isProxy(value) || Object.prototype.toString.call(value) !== "[object Object]") return [value, ""];
  const keys = Object.keys(value);
  if (keys.length <= MOST_KEYS) return [value, ""];
  const shown = Object.create(Reflect.getPrototypeOf(value)) as object;
  for (let i = 0; i < MOST_KEYS; i++) {
    const key = keys[i] as string;
    Object.defineProperty(shown, key, Reflect.getOwnPropertyDescriptor(value, key) as PropertyDescriptor);
  }
  return [shown, ` and ${keys.length - MOST_KEYS} more keys`];
}

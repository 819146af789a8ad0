import { types } from "node:util";
import { Array, ArrayBuffer, Buffer, Number, Object, Set, String, TypeError, Uint8Array } from "../../intrinsics.ts";
import { isTensor } from "./known_tensor.ts";

/**
 * A value as JSON can hold it: `JSON.stringify` writes a typed array as an object with a key a number, which draws
 * nothing, and refuses BigInt. What needs no change stays itself. Throws where a value refers to itself, and what a
 * getter of the author's throws.
 */
export function plain(value: unknown): unknown {
  return plainOf(value, new Set());
}

/** Bytes as the protocol wants them beside a MIME type that is no text. */
export function base64(bytes: ArrayBufferView | ArrayBufferLike): string {
  return Buffer.from(bytesOf(bytes)).toString("base64");
}

export function isBytes(value: unknown): value is ArrayBufferView | ArrayBufferLike {
  return ArrayBuffer.isView(value) || types.isAnyArrayBuffer(value);
}

function plainOf(value: unknown, above: Set<object>): unknown {
  if (typeof value === "bigint") return plainInteger(value);
  if (value === null || typeof value !== "object") return value;
  if (isBytes(value)) return numbers(value);
  if (above.has(value)) throw new TypeError("it refers to itself, which JSON cannot say");
  above.add(value);
  const made = plainObject(value, above);
  above.delete(value);
  return made;
}

function plainObject(value: object, above: Set<object>): unknown {
  if (Array.isArray(value)) return plainArray(value, above);
  if (types.isSet(value)) return plainArray([...value], above);
  if (types.isMap(value)) return plainRecord(Object.fromEntries(value) as object, above);
  if (typeof (value as { toJSON?: unknown }).toJSON === "function") return value;
  if (isTensor(value)) return (value as { arraySync?: () => unknown }).arraySync?.() ?? value;
  return plainRecord(value, above);
}

function plainArray(value: unknown[], above: Set<object>): unknown[] {
  let made: unknown[] | undefined;
  for (let i = 0; i < value.length; i++) {
    const each = value[i];
    if (typeof each === "number" || typeof each === "string") continue;
    const changed = plainOf(each, above);
    if (changed === each) continue;
    made ??= value.slice();
    made[i] = changed;
  }
  return made ?? value;
}

function plainRecord(value: object, above: Set<object>): object {
  let made: Record<string, unknown> | undefined;
  for (const key of Object.keys(value)) {
    const each = (value as Record<string, unknown>)[key];
    const changed = plainOf(each, above);
    if (changed === each) continue;
    made ??= { ...value };
    made[key] = changed;
  }
  return made ?? value;
}

function plainInteger(value: bigint): number | string {
  return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
}

function numbers(value: ArrayBufferView | ArrayBufferLike): unknown[] {
  if (!types.isTypedArray(value)) return Array.from(bytesOf(value));
  const all: unknown[] = Array.from(value as Iterable<number | bigint>);
  return types.isBigInt64Array(value) || types.isBigUint64Array(value)
    ? all.map(each => plainInteger(each as bigint))
    : all;
}

/** The bytes that a view, or a whole buffer, stands for; not copied. */
export function bytesOf(value: ArrayBufferView | ArrayBufferLike): Uint8Array {
  return ArrayBuffer.isView(value)
    ? new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
    : new Uint8Array(value);
}

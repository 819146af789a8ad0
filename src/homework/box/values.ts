import type { Frame } from "./frames.ts";

/**
 * Values as they cross between judge and box. Numbers, strings, lists and plain objects are copied, typed arrays and tensors
 * with their bytes; what cannot be copied (functions, instances of classes) stays where it is, and a handle crosses.
 */

/** The one form in which a side gives what only it knows: a tensor of its engine, a handle to something of its own. */
export interface Side {
  /** A tensor or handle in its sent form, or undefined where the value is none. */
  send(value: unknown, put: (values: ArrayBufferView) => Sent): Sent | undefined;
  /** The value of a form that `send` of the other side wrote. */
  receive(form: Form, values: (sent: unknown) => unknown): unknown;
}

/** JSON; an object with `$` is a form. */
export type Sent = null | boolean | number | string | readonly Sent[] | Form;
export interface Form {
  readonly $: string;
  readonly [name: string]: unknown;
}

const ARRAYS = {
  Float32Array,
  Float64Array,
  Int8Array,
  Int16Array,
  Int32Array,
  Uint8Array,
  Uint8ClampedArray,
  Uint16Array,
  Uint32Array,
};
type ArrayName = keyof typeof ARRAYS;

const { isView } = ArrayBuffer;
const { getPrototypeOf, entries, defineProperty, is } = Object;
const { stringify, parse } = JSON;
const objectPrototype = Object.prototype;

export function toFrame(message: unknown, side: Side): Frame {
  const blobs: Buffer[] = [];
  let length = 0;
  const put = (view: ArrayBufferView): Sent => {
    const bytes = Buffer.from(view.buffer, view.byteOffset, view.byteLength);
    const from = length;
    blobs.push(bytes);
    length += bytes.length;
    return { $: "array", type: nameOf(view), from, to: length };
  };
  const json = stringify(sendValue(message, side, put, new Set()));
  return { json, bytes: Buffer.concat(blobs) };
}

function sendValue(value: unknown, side: Side, put: (view: ArrayBufferView) => Sent, around: Set<object>): Sent {
  if (value === null || typeof value === "boolean" || typeof value === "string") return value;
  if (typeof value === "number")
    return Number.isFinite(value) && !is(value, -0) ? value : { $: "number", is: is(value, -0) ? "-0" : String(value) };
  if (typeof value === "bigint") return { $: "bigint", is: String(value) };
  if (typeof value !== "object" && typeof value !== "function") return { $: "undefined" };
  const own = side.send(value, put);
  if (own !== undefined) return own;
  if (around.has(value)) throw new TypeError("the value contains itself");
  if (isView(value) && nameOf(value) in ARRAYS) return put(value);
  around.add(value);
  const within = (each: unknown) => sendValue(each, side, put, around);
  const sent = Array.isArray(value)
    ? Array.from(value, within)
    : { $: "object", entries: entries(value).map(([key, each]) => [key, within(each)]) };
  around.delete(value);
  return sent;
}

/** Whether a value can be copied as a list or an object; else it stays, and a handle crosses. */
export function isPlain(value: object): boolean {
  const prototype = getPrototypeOf(value);
  return (
    prototype === objectPrototype ||
    prototype === null ||
    Array.isArray(value) ||
    (isView(value) && nameOf(value) in ARRAYS)
  );
}

/** @throws SyntaxError, RangeError or TypeError when the frame is not one that {@link toFrame} wrote */
export function fromFrame({ json, bytes }: Frame, side: Side): unknown {
  const blob: Taken = { bytes, taken: 0 };
  const receive = (sent: unknown): unknown => {
    if (sent === null || typeof sent !== "object") return sent;
    if (Array.isArray(sent)) return sent.map(receive);
    const form = sent as Form;
    return FORMS[form.$]?.(form, receive, blob) ?? (form.$ in FORMS ? undefined : side.receive(form, receive));
  };
  return receive(parse(json));
}

/** The bytes of a frame, and how many of them belong to the typed arrays so far. */
interface Taken {
  readonly bytes: Buffer;
  taken: number;
}

const FORMS: Readonly<Record<string, (form: Form, receive: (sent: unknown) => unknown, blob: Taken) => unknown>> = {
  undefined: () => undefined,
  number: form => Number(form.is),
  bigint: form => BigInt(String(form.is)),
  object: (form, receive) => {
    const object = {};
    for (const [key, each] of form.entries as [string, unknown][]) {
      const value = receive(each);
      // A plain answer is no promise: awaiting it must not call anything.
      if (key === "then" && typeof value === "function") continue;
      defineProperty(object, String(key), { value, enumerable: true, writable: true, configurable: true });
    }
    return object;
  },
  array: ({ type, from, to }, _, blob) => {
    const Values = Object.hasOwn(ARRAYS, String(type)) ? ARRAYS[type as ArrayName] : undefined;
    if (Values === undefined) throw new TypeError(`no typed array is called ${type}`);
    const [start, end] = [Number(from), Number(to)];
    // One behind the other, as they were written: bytes that are named a thousand times would be copied a thousand times.
    if (!(start === blob.taken && end >= start && end <= blob.bytes.length))
      throw new RangeError("bytes that are not there, or were taken before");
    blob.taken = end;
    return new Values(Uint8Array.from(blob.bytes.subarray(start, end)).buffer);
  },
};

function nameOf(view: ArrayBufferView): string {
  return (view as unknown as Record<symbol, unknown>)[Symbol.toStringTag] as string;
}

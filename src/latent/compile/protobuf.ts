/**
 * Protocol buffers, as much as a TensorFlow graph needs: a message is a list of fields, a field is its number and type
 * in one varint, then its content. https://protobuf.dev/programming-guides/encoding
 */
export type Field = Uint8Array;

const VARINT = 0;
const LENGTH = 2;
const FOUR_BYTES = 5;

const text = new TextEncoder();

/** A whole number of up to 53 bits; a negative one takes ten bytes, its two's complement in 64 bits. */
export function int(field: number, value: number | boolean): Field {
  return join([varint(field * 8 + VARINT), varint(Number(value))]);
}

export function float(field: number, value: number): Field {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setFloat32(0, value, true);
  return join([varint(field * 8 + FOUR_BYTES), bytes]);
}

/** A string, raw bytes, or a message inside a message: they look alike. */
export function block(field: number, content: string | Uint8Array | readonly Field[]): Field {
  const bytes =
    typeof content === "string" ? text.encode(content) : content instanceof Uint8Array ? content : join(content);
  return join([varint(field * 8 + LENGTH), varint(bytes.length), bytes]);
}

/** Many whole numbers in one field. */
export function packed(field: number, values: readonly number[]): Field {
  return block(field, values.map(varint));
}

/** One entry of a map from string to message. */
export function entry(field: number, key: string, value: readonly Field[]): Field {
  return block(field, [block(1, key), block(2, value)]);
}

export function join(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function varint(value: number): Uint8Array {
  if (value < 0) return negative(value);
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 0x7f; rest = Math.floor(rest / 0x80)) bytes.push((rest % 0x80) | 0x80);
  bytes.push(rest);
  return Uint8Array.from(bytes);
}

function negative(value: number): Uint8Array {
  const bits = BigInt.asUintN(64, BigInt(value));
  return Uint8Array.from({ length: 10 }, (_, i) => Number((bits >> BigInt(7 * i)) & 0x7fn) | (i < 9 ? 0x80 : 0));
}

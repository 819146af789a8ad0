/** A typed array as Plotly reads it: base64 of its little-endian bytes, a third of the size of JSON numbers. */
export interface EncodedArray {
  dtype: "f4" | "f8" | "i4" | "u1";
  bdata: string;
  /** `"rows, columns"`; absent for one dimension. */
  shape?: string;
}

type Numbers = Float32Array | Float64Array | Int32Array | Uint8Array;

/** Encodes numbers for Plotly, with `shape` for a matrix. */
export function encode(numbers: Numbers, shape?: [rows: number, columns: number]): EncodedArray {
  const bdata = Buffer.from(numbers.buffer, numbers.byteOffset, numbers.byteLength).toString("base64");
  return { dtype: dtypeOf(numbers), bdata, ...(shape && { shape: shape.join(", ") }) };
}

/** A copy in which typed arrays, at any depth, are as Plotly reads them: JSON alone would make records of them. */
export function encoded<T>(value: T): T {
  if (ArrayBuffer.isView(value)) return (isKnown(value) ? encode(value) : Array.from(value as never)) as T;
  if (Array.isArray(value)) return (isFlat(value) ? value : value.map(encoded)) as T;
  if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, encoded(inner)])) as T;
}

function isKnown(array: ArrayBufferView): array is Numbers {
  return [Float32Array, Float64Array, Int32Array, Uint8Array].some(kind => array instanceof kind);
}

/** A list of numbers or texts, as long ones are. */
function isFlat(list: readonly unknown[]): boolean {
  return list.every(item => typeof item !== "object" || item === null);
}

/** The inverse of {@link encode}, without the shape. */
export function decode({ dtype, bdata }: EncodedArray): Numbers {
  const { buffer, byteOffset, byteLength } = Buffer.from(bdata, "base64");
  const bytes = buffer.slice(byteOffset, byteOffset + byteLength);
  if (dtype === "f4") return new Float32Array(bytes);
  if (dtype === "f8") return new Float64Array(bytes);
  return dtype === "i4" ? new Int32Array(bytes) : new Uint8Array(bytes);
}

function dtypeOf(numbers: Numbers): EncodedArray["dtype"] {
  if (numbers instanceof Float32Array) return "f4";
  if (numbers instanceof Float64Array) return "f8";
  return numbers instanceof Int32Array ? "i4" : "u1";
}

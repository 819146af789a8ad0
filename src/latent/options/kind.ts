/** What a value is, in words for an error: "an array", "undefined", "a Float32Array". */
export function kind(value: unknown): string {
  if (value === undefined || value === null) return String(value);
  if (Array.isArray(value)) return "an array";
  if (value instanceof Promise) return "a promise";
  const name = typeof value === "object" ? (Object.getPrototypeOf(value)?.constructor?.name ?? "Object") : typeof value;
  return name === "Object" ? "an object" : `${/^(?:[AEIO]|U(?!int))/i.test(name) ? "an" : "a"} ${name}`;
}

/** How a tensor is had from what came in its place, as a sentence behind a space; empty where nobody knows. */
export function remedy(value: unknown): string {
  if (value instanceof Promise) return " Write await before it.";
  if (Array.isArray(value) || ArrayBuffer.isView(value)) return " tf.tensor(values, shape) makes one of it.";
  return "";
}

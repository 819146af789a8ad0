/**
 * The type of a value, or the parameters and the result of a function, out of the server's detail of an item:
 * `function add(a: number): number` and more overloads, `(method) Array<T>.at(i: number): T`, `const x: number`, ...
 */
export function signatureOf(name: string, detail = ""): string {
  const first = detail.split("\n(")[0] ?? "";
  const plain = first.replace(/^\((?:[a-z ]+)\) /, "");
  const at = placeOf(name, plain);
  if (at < 0) return "";
  return plain
    .slice(at + name.length)
    .replace(/^\??: /, "")
    .replace(/\s+/g, " ")
    .trim();
}

/** The name itself, and not a part of a longer one or of the type it belongs to. */
function placeOf(name: string, detail: string): number {
  for (let at = detail.indexOf(name); at >= 0; at = detail.indexOf(name, at + 1)) {
    const before = detail[at - 1] ?? " ";
    const after = detail.slice(at + name.length);
    if (/[\s."'[]/.test(before) && /^(?:[(<]|\??: |$| = )/.test(after)) return at;
  }
  return -1;
}

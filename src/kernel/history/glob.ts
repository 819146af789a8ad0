/**
 * Whether `pattern` matches the whole of `text`: `*` is any text, `?` any one character. By hand, because a regular
 * expression with ten `*` may take years for a long cell, and the kernel answers nothing meanwhile.
 */
export function globMatches(pattern: string, text: string): boolean {
  let p = 0;
  let t = 0;
  /** Where the last `*` stands, and up to where it has taken the text. */
  let star = -1;
  let taken = 0;
  while (t < text.length) {
    if (pattern[p] === "*") {
      star = p++;
      taken = t;
    } else if (pattern[p] === "?" || pattern[p] === text[t]) {
      p++;
      t++;
    } else if (star >= 0) {
      p = star + 1;
      t = ++taken;
    } else {
      return false;
    }
  }
  while (pattern[p] === "*") p++;
  return p === pattern.length;
}

import type { CellNames, Kind } from "./declarations.ts";

const NAME = "[\\p{ID_Start}$_][\\p{ID_Continue}$]*";
const DECLARATION = new RegExp(
  `^[ \\t]*(?:export\\s+)?(?:abstract\\s+|async\\s+)?(const|let|var|function\\*?|class|enum|interface|type|namespace)\\s+(${NAME})`,
  "gmu",
);
const KINDS: Readonly<Record<string, Kind>> = {
  const: "constant",
  let: "variable",
  var: "variable",
  class: "class",
  enum: "enum",
  interface: "type",
  type: "type",
  namespace: "namespace",
};
// Not from within a name: a data cell is one word of a megabyte, and each of its letters would begin a search.
const ASSIGNMENT = new RegExp(`(?<![\\p{ID_Continue}$])(${NAME})\\s*(?:=(?![=>])|[-+*/]=|\\+\\+|--)`, "gu");
const ANY = new RegExp(NAME, "gu");
const FILE = /\bfrom\s*["'](\.\.?\/[^"'\n]*)/g;

/** What a text seems to declare. Quick also for megabytes. */
export function scanDeclared(text: string): CellNames["declared"] {
  return [...text.matchAll(DECLARATION)].map(([, word = "", name = ""]) => ({
    name,
    space: "both",
    kind: KINDS[word] ?? "function",
    exported: false,
  }));
}

/** Names by their looks, for text that the parser refuses (it does not recover, a half-written cell has no tree). */
export function scan(text: string): Omit<CellNames, "form"> {
  const names = (pattern: RegExp, group: number) => [...text.matchAll(pattern)].map(match => match[group] as string);
  return {
    declared: scanDeclared(text),
    used: new Set(names(ANY, 0)),
    assigned: new Set(names(ASSIGNMENT, 1)),
    globals: new Set(),
    files: names(FILE, 1),
    augments: false,
  };
}

import type { CellNames } from "./names.ts";

const NAME = "[\\p{ID_Start}$_][\\p{ID_Continue}$]*";
const DECLARATION = new RegExp(
  `^[ \\t]*(?:export\\s+)?(?:abstract\\s+|async\\s+)?(?:const|let|var|function\\*?|class|enum|interface|type|namespace)\\s+(${NAME})`,
  "gmu",
);
const ASSIGNMENT = new RegExp(`(${NAME})\\s*(?:=(?![=>])|[-+*/]=|\\+\\+|--)`, "gu");
const ANY = new RegExp(NAME, "gu");
const FILE = /\bfrom\s*["'](\.\.?\/[^"'\n]*)/g;

/** Names by their looks, for text that the parser refuses (it does not recover, a half-written cell has no tree). */
export function scan(text: string): Omit<CellNames, "form"> {
  const names = (pattern: RegExp, group: number) => [...text.matchAll(pattern)].map(match => match[group] as string);
  return {
    declared: names(DECLARATION, 1).map(name => ({ name, space: "both", exported: false, mutable: false })),
    used: new Set(names(ANY, 0)),
    assigned: new Set(names(ASSIGNMENT, 1)),
    files: names(FILE, 1),
    augments: false,
  };
}

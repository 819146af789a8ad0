import type { CompletionItem } from "./lsp.ts";

/** By the protocol's number of the kind; JupyterLab draws an icon by the word. */
const KINDS: Record<number, string> = {
  2: "method",
  3: "function",
  4: "constructor",
  5: "property",
  6: "variable",
  7: "class",
  8: "interface",
  9: "module",
  10: "property",
  12: "value",
  13: "enum",
  14: "keyword",
  17: "path",
  19: "path",
  20: "enum",
  21: "constant",
  25: "type",
};

/** What an item is, in a word. */
export function kindOf({ kind = 0 }: CompletionItem): string {
  return KINDS[kind] ?? "text";
}

/** A name of an earlier cell is an import in our document: what it is stands in its description only. */
export function kindBehindAlias(detail = ""): string | undefined {
  const [, word] = /^\(alias\) (function|class|interface|enum|namespace|module|type)\b/.exec(detail) ?? [];
  return word === "namespace" ? "module" : word;
}

import { nextToken } from "../cell/tokens.ts";

const COMMENT = /\/\*[\s\S]*?\*\/|\/\/(?:\/?\s*@(?<asked>ts-(?:no)?check)(?![\w-]))?.*/gi;

/**
 * Whether a cell asks for no check of its types, as a file does: by `// @ts-nocheck` in a comment of one line before
 * its first token, where no `// @ts-check` comes behind it. To the server it is none: in the cell's document our imports
 * come first.
 */
export function isUnchecked(text: string): boolean {
  const start = /^#!.*/.exec(text)?.[0].length ?? 0;
  const comments = [...text.slice(start, nextToken(text, start)).matchAll(COMMENT)];
  const asked = comments.flatMap(({ groups }) => groups?.asked ?? []).at(-1);
  return asked?.toLowerCase() === "ts-nocheck";
}

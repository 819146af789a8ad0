import { parseSync } from "oxc-parser";
import type { Completeness } from "../../interpreter/index.ts";
import { Math } from "../intrinsics.ts";
import { isTooDeep } from "./depth.ts";

const OPEN = /Unterminated (template|multi-?line comment)|Unexpected end of file|but found `EOF`/i;

/** An error that begins where the text ends, or inside a token that may go on over lines, means: not finished yet. */
export function completeness(code: string): Completeness {
  // This runs in the front process, which must not die of a text.
  if (isTooDeep(code)) return { status: "unknown" };
  const [error] = parseSync("cell.ts", code, { lang: "ts", sourceType: "module" }).errors;
  if (error === undefined) return { status: "complete" };
  const text = code.trimEnd();
  const start = Math.min(...error.labels.map(label => label.start));
  const template = /Unterminated string/.test(error.message) && code[start] === "`";
  const open = OPEN.test(`${error.message} ${error.labels[0]?.message ?? ""}`) || start >= text.length || template;
  return open ? { status: "incomplete", indent: nextIndent(text) } : { status: "invalid" };
}

function nextIndent(text: string): string {
  const line = text.slice(text.lastIndexOf("\n") + 1);
  const white = /^[ \t]*/.exec(line)?.[0] ?? "";
  return /(?:[[{(]|=>)$/.test(line) ? `${white}  ` : white;
}

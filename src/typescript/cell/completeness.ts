import type { Completeness } from "../../interpreter/index.ts";
import { isTooDeep } from "./depth.ts";
import { isProgram, withoutNotice } from "./read.ts";
import { isUnfinished } from "./unfinished.ts";

/** What runs is complete; what is no program but may become one is not finished yet. */
export function completeness(code: string): Completeness {
  // This runs in the front process, which must not die of a text.
  if (isTooDeep(code)) return { status: "unknown" };
  if (isProgram(code)) return { status: "complete" };
  return isUnfinished(withoutNotice(code))
    ? { status: "incomplete", indent: nextIndent(code.trimEnd()) }
    : { status: "invalid" };
}

function nextIndent(text: string): string {
  const line = text.slice(text.lastIndexOf("\n") + 1);
  const white = /^[ \t]*/.exec(line)?.[0] ?? "";
  return /(?:[[{(]|=>)$/.test(line) ? `${white}  ` : white;
}

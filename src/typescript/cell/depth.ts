import { Math } from "../intrinsics.ts";

/** The parser is native code that calls itself for each level: between 3,000 and 10,000 of them its process dies. */
const DEEPEST = 1500;
/** So much is not deep whatever it says. */
const SHORT = 2 * DEEPEST;

const TOKEN =
  /(?<open>[([{]|\$\{)|(?<close>[)\]}])|(?<end>[;,])|(?<other>else\b)|=>|\*\*|[=?!:<~+-]|\b(?:if|for|while|do|await|new|typeof|void|delete)\b/g;

/**
 * Whether a text may nest too deep to be parsed beside the kernel's own work. An upper bound that reads no strings:
 * brackets that are open, `else` branches, and prefixes and operators in a row (`!!!a`, `a => b => c`, `if (a) if (b)`).
 */
export function isTooDeep(text: string): boolean {
  if (text.length <= SHORT) return false;
  let brackets = 0;
  let branches = 0;
  let chain = 0;
  for (const { groups = {} } of text.matchAll(TOKEN)) {
    if (groups.open) brackets++;
    else if (groups.close) brackets = Math.max(0, brackets - 1);
    else if (groups.other) branches++;
    else if (groups.end) chain = 0;
    else chain++;
    if (brackets + branches + chain > DEEPEST) return true;
  }
  return false;
}

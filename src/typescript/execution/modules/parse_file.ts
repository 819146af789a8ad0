import { type ParseResult, type ParserOptions, parseSync } from "oxc-parser";
import { isTooDeep } from "../../cell/depth.ts";
import { SyntaxError } from "../../intrinsics.ts";

/** The thread that loads modules has less room than the one of cells: some 1,400 `if` in a row end it. */
const HIGHEST = 2000;

/**
 * Parses a file of the author's.
 *
 * @throws SyntaxError where it nests so deep that the parser, which is native code, would take its process along
 */
export function parseFile(path: string, text: string, options: ParserOptions = { sourceType: "module" }): ParseResult {
  if (isTooDeep(text, HIGHEST))
    throw new SyntaxError(`${path} nests too deep to be read: split what it holds over lines of its own.`);
  return parseSync(path, text, options);
}

import { type ParseResult, type ParserOptions, parseSync } from "oxc-parser";
import { isTooDeep } from "../../cell/depth.ts";
import { SyntaxError } from "../../intrinsics.ts";

/**
 * Parses a file of the author's.
 *
 * @throws SyntaxError where it nests so deep that the parser, which is native code, would take its process along
 */
export function parseFile(path: string, text: string, options: ParserOptions = { sourceType: "module" }): ParseResult {
  if (isTooDeep(text))
    throw new SyntaxError(`${path} nests too deep to be read: split what it holds over lines of its own.`);
  return parseSync(path, text, options);
}

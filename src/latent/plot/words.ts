import type { Tensor2D } from "@tensorflow/tfjs-node";
import { expectKeys, type Keys } from "../options/keys.ts";
import { kind, remedy } from "../options/kind.ts";
import type { Words } from "./layout.ts";

/** The words that every figure takes. */
export const WORDS: Keys<Words> = { title: true, x: true, y: true };

/** What other plotting libraries call these words. */
const ELSEWHERE: Record<string, string> = {
  xlabel: "x",
  xLabel: "x",
  xaxis: "x",
  ylabel: "y",
  yLabel: "y",
  yaxis: "y",
  zlabel: "z",
  name: "title",
  color: "colour",
  colors: "colour",
  c: "colour",
  cols: "columns",
  ncols: "columns",
  names: "rows",
};

/**
 * Refuses a word that a figure does not know: misspelt, or called otherwise in another library, it would do nothing.
 *
 * @param who the function, for the error
 * @param needs words that have no default
 * @throws TypeError naming the word that is wrong or missing
 */
export function expectWords<W extends object>(
  words: W,
  who: string,
  known: Keys<W>,
  needs: readonly (keyof W & string)[] = [],
): void {
  const renamed = Object.entries(ELSEWHERE).filter(([, ours]) => Object.hasOwn(known, ours));
  expectKeys(words, who, known, Object.fromEntries(renamed));
  const missing = needs.find(key => words[key] === undefined);
  if (missing !== undefined) throw new TypeError(`${who} needs ${missing}: ${who}(…, { ${missing}: … }).`);
}

/**
 * @param what the shape as the docstring has it: "codes [n, 2]"
 * @throws TypeError when `value` is no tensor; RangeError when it is no matrix
 */
export function expectMatrix(value: unknown, who: string, what: string): asserts value is Tensor2D {
  const { shape, dataSync } = Object(value) as Partial<Tensor2D>;
  if (!Array.isArray(shape) || typeof dataSync !== "function")
    throw new TypeError(`${who} draws ${what} as a tensor; it got ${kind(value)}.${remedy(value)}`);
  if (shape.length !== 2) throw new RangeError(`${who} needs ${what}; got [${shape.join(", ")}].`);
}

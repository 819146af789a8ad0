import { contrast } from "./colours.ts";
import { encode } from "./encode.ts";
import { Figure } from "./figure.ts";
import { layout, WIDTH, type Words } from "./layout.ts";
import { range, type Series, toNumbers } from "./numbers.ts";
import { expectWords, WORDS } from "./words.ts";

/**
 * One bar for each name, in the order of the names.
 *
 * @throws RangeError when there are not as many values as names, or none
 */
export function bars(names: readonly (string | number)[], values: Series, words: Words = {}): Figure {
  expectWords(words, "plot.bars", WORDS);
  const heights = toNumbers(values);
  if (heights.length !== names.length || names.length === 0)
    throw new RangeError(
      `plot.bars needs a value for each name, and at least one: ${names.length} names, ${heights.length} values.`,
    );
  const trace = { type: "bar", x: names.map(String), y: encode(heights), marker: { color: contrast[0] } };
  const look = layout(words, WIDTH, 380, { bargap: 0.25 });
  look.xaxis = { ...(look.xaxis as object), type: "category" };
  const summary = `Bars: ${names.length}; ${words.y ?? "y"} ${range(heights)}. ${words.title ?? ""}`;
  return new Figure([trace], look, summary);
}

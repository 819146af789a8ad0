import { contrast } from "./colours.ts";
import { encode } from "./encode.ts";
import { Figure } from "./figure.ts";
import { layout, WIDTH, type Words } from "./layout.ts";
import { extent, range, type Series, toNumbers } from "./numbers.ts";
import { expectWords, WORDS } from "./words.ts";

export interface HistogramWords extends Words {
  /**
   * How many bins of the same width there are from the lowest to the highest value.
   *
   * @defaultValue 30
   */
  bins?: number;
}

/**
 * How many of some numbers lie in each bin. A value at the border of two bins counts in the upper one, the highest of all in
 * the last.
 *
 * @throws RangeError when there are no values, one is not finite, or `bins` is no whole number of 1 or more
 */
export function histogram(values: Series, words: HistogramWords = {}): Figure {
  expectWords(words, "plot.histogram", { ...WORDS, bins: true });
  const numbers = toNumbers(values);
  const { bins = 30 } = words;
  if (!Number.isInteger(bins) || bins < 1)
    throw new RangeError(`plot.histogram needs bins as a whole number of 1 or more, got ${bins}.`);
  if (numbers.length === 0 || !numbers.every(Number.isFinite))
    throw new RangeError("plot.histogram needs at least one value, and all of them finite.");
  const [low, high] = extent(numbers);
  const width = (high - low) / bins || 1;
  const counts = new Int32Array(bins);
  for (const value of numbers) {
    const bin = Math.min(bins - 1, Math.floor((value - low) / width));
    counts[bin] = (counts[bin] as number) + 1;
  }
  const trace = {
    type: "bar",
    x: encode(Float32Array.from(counts, (_, i) => low + (i + 0.5) * width)),
    y: encode(counts),
    width,
    marker: { color: contrast[0] },
  };
  const summary = `Histogram: ${numbers.length} values in ${bins} bins; ${words.x ?? "x"} ${range(numbers)}. ${words.title ?? ""}`;
  return new Figure([trace], layout({ y: "count", ...words }, WIDTH, 380, { bargap: 0 }), summary);
}

import { contrast } from "./colours.ts";
import { encode } from "./encode.ts";
import { Figure } from "./figure.ts";
import { layout, WIDTH, type Words } from "./layout.ts";
import { brief, type Series, toNumbers } from "./numbers.ts";
import { expectWords, WORDS } from "./words.ts";

/**
 * Eigenvalues as bars, largest first: the first `keep` in one colour, the tail that a code of that size loses in another.
 */
export function spectrum(eigenvalues: Series, words: Words & { keep: number }): Figure {
  expectWords(words, "plot.spectrum", { ...WORDS, keep: true }, ["keep"]);
  const values = toNumbers(eigenvalues);
  const order = Int32Array.from(values, (_, i) => i + 1);
  const { keep } = words;
  const bars = (name: string, from: number, to: number, colour: string) => ({
    type: "bar",
    name: `${name}: ${brief(values.subarray(from, to).reduce((sum, value) => sum + value, 0))}`,
    x: encode(order.subarray(from, to)),
    y: encode(values.subarray(from, to)),
    marker: { color: colour },
  });
  const traces = [bars("kept", 0, keep, contrast[0]), bars("lost", keep, values.length, contrast[1])];
  const summary = `Bars: ${values.length} eigenvalues; ${traces.map(({ name }) => name).join(", ")}. ${words.title ?? ""}`;
  return new Figure(
    traces,
    layout(words, WIDTH, 380, { bargap: 0.15, legend: { x: 0.98, xanchor: "right", y: 0.98 } }),
    summary,
  );
}

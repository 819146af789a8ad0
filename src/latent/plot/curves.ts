import { classColour } from "./colours.ts";
import { encode } from "./encode.ts";
import { Figure, type PlotlyObject } from "./figure.ts";
import { axis, layout, TOP, WIDTH, type Words } from "./layout.ts";
import { brief, extent, type Series, toNumbers } from "./numbers.ts";
import { expectWords, WORDS } from "./words.ts";

export interface CurveWords extends Words {
  /** Draws the vertical axis in powers of ten. */
  log?: boolean;
  /** Draws the horizontal axis in powers of ten: each doubling of an amount of data is as wide as the next. */
  logX?: boolean;
  /**
   * Horizontal positions shared by all curves.
   *
   * @defaultValue 1, 2, 3, …
   */
  at?: Series;
  /** Names of the curves that are drawn as points, not as lines: what was measured beside what theory says. */
  points?: readonly string[];
  /** How far a curve of this name may be off: the lower and the upper end at each position, a pale band behind the curve. */
  bands?: Record<string, readonly [low: Series, high: Series]>;
}

const KNOWN = { ...WORDS, log: true, logX: true, at: true, points: true, bands: true } as const;

/**
 * Curves over a common horizontal axis, one a named series.
 *
 * @param series the numbers of each curve, by the name in the legend
 * @throws RangeError when there is no series, one of them is empty, or a band does not fit its curve
 */
export function curves(series: Record<string, Series>, words: CurveWords = {}): Figure {
  expectWords(words, "plot.curves", KNOWN);
  const named = Object.entries(series).map(([name, numbers]) => ({ name, y: toNumbers(numbers) }));
  expectNumbers(named);
  const longest = Math.max(...named.map(({ y }) => y.length));
  const x = words.at ? toNumbers(words.at) : Float32Array.from({ length: longest }, (_, i) => i + 1);
  const traces = named.map(({ name, y }, i) => ({
    type: "scatter",
    mode: words.points?.includes(name) ? "markers" : "lines",
    name,
    x: encode(x.subarray(0, y.length)),
    y: encode(y),
    line: { color: classColour(i), width: 2 },
    marker: { color: classColour(i), size: 9, symbol: "circle-open", line: { width: 2 } },
  }));
  const bands = Object.entries(words.bands ?? {}).map(([name, ends]) => band(name, ends, named, x));
  const ends = named.map(({ name, y }) => `${name} ${brief(y[0] as number)} → ${brief(y.at(-1) as number)}`);
  const many = named.length > 1;
  const look = layout(words, WIDTH, many ? 460 : 420, {
    ...(words.logX && { xaxis: axis(words.x, { type: "log", tickvals: ticks(x), tickformat: "," }) }),
    yaxis: axis(words.y, words.log ? powersOfTen(named) : {}),
    showlegend: many,
    legend: { orientation: "h", x: 0, y: -0.24, yanchor: "top" }, // beside the plot, long names would squeeze it
    margin: { l: 64, r: 24, t: TOP, b: many ? 96 : 56 },
  });
  return new Figure([...bands, ...traces], look, `Curves: ${ends.join("; ")}. ${words.title ?? ""}`);
}

/** The area between two curves, drawn there along the one and back along the other. */
function band(
  name: string,
  [low, high]: readonly [Series, Series],
  named: readonly { name: string; y: Float32Array }[],
  x: Float32Array,
): PlotlyObject {
  const i = named.findIndex(curve => curve.name === name);
  const [lower, upper] = [toNumbers(low), toNumbers(high)];
  const length = named[i]?.y.length;
  if (length === undefined || lower.length !== length || upper.length !== length)
    throw new RangeError(
      `The band ${JSON.stringify(name)} needs two ends for each number of the curve of this name: ` +
        `${lower.length} and ${upper.length} ends, ${length ?? "no"} numbers.`,
    );
  const there = x.subarray(0, length);
  return {
    type: "scatter",
    mode: "lines",
    x: encode(Float32Array.of(...there, ...there.toReversed())),
    y: encode(Float32Array.of(...upper, ...lower.toReversed())),
    fill: "toself",
    fillcolor: `${classColour(i)}2e`,
    line: { width: 0 },
    hoverinfo: "skip",
    showlegend: false,
  };
}

function expectNumbers(named: readonly { name: string; y: Float32Array }[]): void {
  if (named.length === 0) throw new RangeError("plot.curves needs at least one series: plot.curves({ loss }, …).");
  const empty = named.find(({ y }) => y.length === 0);
  if (empty) throw new RangeError(`The curve ${JSON.stringify(empty.name)} has no numbers to draw.`);
}

/** From this ratio on, a log axis holds two powers of ten, so that they alone are enough to read it by. */
const TWO_POWERS = 100;

function powersOfTen(named: readonly { y: Float32Array }[]): PlotlyObject {
  const positive = named.flatMap(({ y }) => Array.from(y.filter(value => value > 0)));
  const [low, high] = extent(positive);
  return { type: "log", exponentformat: "power", ...(high >= TWO_POWERS * low && { dtick: 1 }) };
}

/** 1, 2 and 5 times each power of ten within the positions, so that each can be read without counting lines. */
function ticks(x: Float32Array): number[] {
  const [low, high] = extent(x);
  const decades = Array.from(
    { length: Math.ceil(Math.log10(high / low)) + 2 },
    (_, i) => Math.floor(Math.log10(low)) + i,
  );
  return decades.flatMap(k => [1, 2, 5].map(digit => digit * 10 ** k)).filter(tick => tick >= low && tick <= high);
}

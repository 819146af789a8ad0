import { decode, type EncodedArray } from "./encode.ts";
import { Figure, type PlotlyObject } from "./figure.ts";
import { expectWords } from "./words.ts";

export interface SliderWords {
  /** What the slider changes, before its value: "α =". */
  label: string;
  /**
   * Name of the figure that stands first, and in print.
   *
   * @defaultValue the first one
   */
  start?: string;
}

/** Height of the slider below the figure, in pixels. */
const SLIDER = 84;
/** Share of the range of values that is left free at either end of an axis. */
const FREE = 0.05;

/**
 * Figures of one kind as one figure with a slider: each position shows one of them with its own title. Linear axes keep the
 * range of all, so that what moves is the data.
 *
 * @param figures by what the slider shows at their position, in order
 * @throws RangeError when there is none, or none of the name `start`
 */
export function slider(figures: Record<string, Figure>, words: SliderWords): Figure {
  expectWords(words, "plot.slider", { label: true, start: true }, ["label"]);
  const { label, start } = words;
  const named = Object.entries(figures);
  const first = start === undefined ? 0 : named.findIndex(([name]) => name === start);
  const shown = named[first]?.[1];
  if (shown === undefined) throw new RangeError(`There is no figure ${start ?? ""} among ${Object.keys(figures)}.`);
  const owners = named.flatMap(([, { data }], i) => data.map(() => i));
  const traces = named.flatMap(([, { data }], i) => data.map(trace => ({ ...trace, visible: i === first })));
  const steps = named.map(([name, { layout }], i) => ({
    label: name,
    method: "update",
    args: [{ visible: owners.map(owner => owner === i) }, { "title.text": (layout.title as PlotlyObject).text }],
  }));
  const { margin, height } = shown.layout as { margin: { b: number }; height: number };
  const look = {
    ...shown.layout,
    xaxis: steady("x", shown.layout.xaxis as PlotlyObject, traces),
    yaxis: steady("y", shown.layout.yaxis as PlotlyObject, traces),
    height: height + SLIDER,
    margin: { ...margin, b: margin.b + SLIDER },
    sliders: [{ active: first, steps, currentvalue: { prefix: `${label} ` }, pad: { t: margin.b } }],
  };
  const names = named.map(([name]) => name).join(", ");
  return new Figure(traces, look, `${shown.summary} Slider: ${label} ${names}.`);
}

/** The axis with a range that holds all traces, unless it has one already or its values are no plain numbers. */
function steady(name: "x" | "y", axis: PlotlyObject, traces: readonly PlotlyObject[]): PlotlyObject {
  const values = traces.map(trace => trace[name]).filter(isEncoded);
  if ("range" in axis || axis.type === "log" || values.length < traces.length) return axis;
  const finite = values.flatMap(value => Array.from(decode(value))).filter(Number.isFinite);
  const low = finite.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  const high = finite.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  const free = FREE * (high - low);
  return { ...axis, range: [low - free, high + free] };
}

function isEncoded(value: unknown): value is EncodedArray {
  return typeof value === "object" && value !== null && "bdata" in value;
}

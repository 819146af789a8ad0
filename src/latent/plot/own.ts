import { Figure, type PlotlyObject } from "./figure.ts";
import { layout as look, WIDTH } from "./layout.ts";
import type { Data, Layout } from "./plotly.ts";

const HEIGHT = 440;

/**
 * A figure of the author's, by Plotly's own objects. What `layout` leaves out has the look of the course. Numbers may lie in typed
 * arrays.
 *
 * @example plot.figure([{ type: "scatter", x: [1, 2, 3], y: [2, 4, 9], mode: "lines" }], { title: { text: "Growth" } })
 * @param data the traces; with its `type` each is completed and checked by the options of that kind
 * @param summary the figure in words; by default its traces and its title
 * @see https://plotly.com/javascript/reference/
 */
export function figure(data: readonly Data[], layout: Layout = {}, summary: string = inWords(data, layout)): Figure {
  if (!Array.isArray(data))
    throw new TypeError("plot.figure takes a list of traces and a layout: plot.figure([{ type: … }], { title: … }).");
  const usual = look({ title: "" }, WIDTH, HEIGHT);
  return new Figure(
    data.map(trace => ({ ...trace })),
    over(usual, layout as PlotlyObject),
    summary,
  );
}

/** Plain objects are merged, anything else is replaced. */
function over(usual: PlotlyObject, given: PlotlyObject): PlotlyObject {
  const merged = Object.entries(given).map(([key, value]) => {
    const below = usual[key];
    return [key, isPlain(below) && isPlain(value) ? over(below, value) : value];
  });
  return { ...usual, ...Object.fromEntries(merged) };
}

function isPlain(value: unknown): value is PlotlyObject {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value);
}

function inWords(data: readonly Data[], { title }: Layout): string {
  const kinds = Array.isArray(data) ? data.map(nameOf) : [];
  const text = title?.text === undefined ? "" : ` ${title.text}`;
  return `Figure: ${kinds.join("; ") || "no traces"}.${text}`;
}

/** "scatter, 12 points, loss". */
function nameOf(trace: Data): string {
  const { type = "scatter", name, x, y, z } = trace as PlotlyObject & { type?: string; name?: string };
  const [values] = [y, x, z].filter(values => Array.isArray(values) || ArrayBuffer.isView(values)) as {
    length: number;
  }[];
  return [type, ...(values ? [`${values.length} points`] : []), ...(name ? [name] : [])].join(", ");
}

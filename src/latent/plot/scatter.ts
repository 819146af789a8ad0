import type { Tensor2D } from "@tensorflow/tfjs-node";
import { classColour, contrast } from "./colours.ts";
import { encode } from "./encode.ts";
import { Figure, type PlotlyObject } from "./figure.ts";
import { axis, ink, layout, WIDTH, type Words } from "./layout.ts";
import { range, type Series, toNumbers } from "./numbers.ts";
import { expectMatrix, expectWords, WORDS } from "./words.ts";

/** From here on points are drawn by WebGL: SVG gets slow in the browser. */
const MANY = 5000;

export interface LabelWords extends Words {
  /**
   * What the numbers in the legend are: a class, a digit, a group.
   *
   * @defaultValue `class`
   */
  legend?: string;
}

export interface ScatterWords extends Words {
  /** A quantity of each row, n numbers, as the colour of its point. */
  colour?: Series;
  /** What the colour stands for, with the unit. */
  z?: string;
}

const KNOWN = { ...WORDS, legend: true, colour: true, z: true } as const;

/**
 * 2-D codes as points, both axes to the same scale: distances in the figure are distances in the latent space. With labels
 * one colour a class, the class written at the median of its points; with `colour` a scale of colours for a quantity; with
 * neither all points alike.
 *
 * @param codes `[n, 2]`
 * @param labels the class of each row, n whole numbers
 * @throws RangeError when the shapes do not fit, or labels and a quantity are both given
 */
export function scatter(codes: Tensor2D, labels: ArrayLike<number>, words?: LabelWords): Figure;
export function scatter(codes: Tensor2D, words?: ScatterWords): Figure;
export function scatter(
  codes: Tensor2D,
  second: ArrayLike<number> | ScatterWords = {},
  third: LabelWords = {},
): Figure {
  const isLabelled = isList(second);
  const words: ScatterWords = isLabelled ? third : second;
  expectWords(words, "plot.scatter", KNOWN);
  expectMatrix(codes, "plot.scatter", "codes [n, 2]");
  const [n, dimensions] = codes.shape;
  const colour = words.colour === undefined ? undefined : toNumbers(words.colour);
  const beside = isLabelled ? second : colour;
  if (isLabelled && colour)
    throw new RangeError("plot.scatter colours points by labels or by a quantity, not by both.");
  if (dimensions !== 2 || (beside && beside.length !== n)) {
    const what = isLabelled ? "labels" : "colours";
    const got = beside ? ` and ${beside.length}` : "";
    throw new RangeError(
      `plot.scatter needs codes [n, 2]${beside ? ` and n ${what}` : ""}; got [${n}, ${dimensions}]${got}.`,
    );
  }
  return isLabelled ? byLabels(codes, second, words) : plain(codes, colour, words);
}

/** The labels of a scatter, not its words. */
export function isList(second: ArrayLike<number> | ScatterWords): second is ArrayLike<number> {
  return typeof second === "object" && second !== null && "length" in second;
}

function plain(codes: Tensor2D, colour: Float32Array | undefined, words: ScatterWords): Figure {
  const values = toNumbers(codes);
  const [x, y] = [0, 1].map(column => values.filter((_, i) => i % 2 === column)) as [Float32Array, Float32Array];
  const scale = { colorscale: "Viridis", showscale: true, colorbar: { title: { text: words.z ?? "" } } };
  const points = {
    type: x.length > MANY ? "scattergl" : "scatter",
    mode: "markers",
    x: encode(x),
    y: encode(y),
    marker: {
      size: x.length > MANY ? 3 : 5,
      opacity: 0.75,
      ...(colour ? { color: encode(colour), ...scale } : { color: contrast[0] }),
    },
  };
  const ranges = `${words.x ?? "x"} ${range(x)}, ${words.y ?? "y"} ${range(y)}`;
  const tones = colour ? `, colour ${words.z ?? "z"} ${range(colour)}` : "";
  const look = layout(words, WIDTH, 620, { yaxis: axis(words.y, { scaleanchor: "x", scaleratio: 1 }) });
  return new Figure([points], look, `Scatter: ${x.length} points; ${ranges}${tones}. ${words.title ?? ""}`);
}

function byLabels(codes: Tensor2D, labels: ArrayLike<number>, words: LabelWords): Figure {
  const n = labels.length;
  const classes = byClass(toNumbers(codes), labels);
  const traces = [...classes].map(([label, points]) => trace(label, points, n > MANY));
  const all = [...classes.values()];
  const summary =
    `Scatter: ${n} points in ${classes.size} classes; ${words.x ?? "x"} ${range(all.flatMap(p => p.x))}, ` +
    `${words.y ?? "y"} ${range(all.flatMap(p => p.y))}. ${words.title ?? ""}`;
  const look = layout(words, WIDTH, 620, {
    yaxis: axis(words.y, { scaleanchor: "x", scaleratio: 1 }),
    legend: { title: { text: words.legend ?? "class" }, itemsizing: "constant" },
    annotations: [...classes].map(([label, points]) => name(label, points)),
  });
  return new Figure(traces, look, summary);
}

interface Points {
  x: number[];
  y: number[];
}

function byClass(codes: Float32Array, labels: ArrayLike<number>): Map<number, Points> {
  const present = [...new Set(Array.from(labels))].sort((a, b) => a - b);
  const classes = new Map(present.map(label => [label, { x: [], y: [] } as Points]));
  for (let i = 0; i < labels.length; i++) {
    const points = classes.get(labels[i] as number) as Points;
    points.x.push(codes[2 * i] as number);
    points.y.push(codes[2 * i + 1] as number);
  }
  return classes;
}

function trace(label: number, { x, y }: Points, many: boolean): PlotlyObject {
  return {
    type: many ? "scattergl" : "scatter",
    mode: "markers",
    name: String(label),
    x: encode(Float32Array.from(x)),
    y: encode(Float32Array.from(y)),
    marker: { color: classColour(label), size: many ? 3 : 5, opacity: 0.75 },
  };
}

function name(label: number, { x, y }: Points): PlotlyObject {
  return {
    x: median(x),
    y: median(y),
    text: `<b>${label}</b>`,
    showarrow: false,
    font: { size: 15, color: ink },
    bgcolor: "rgba(255, 255, 255, 0.85)",
    bordercolor: classColour(label),
    borderwidth: 2,
    borderpad: 2,
  };
}

function median(numbers: number[]): number {
  const sorted = Float64Array.from(numbers).sort();
  return sorted[Math.floor(sorted.length / 2)] as number;
}

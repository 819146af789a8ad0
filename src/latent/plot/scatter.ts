import type { Tensor2D } from "@tensorflow/tfjs-node";
import { classColour } from "./colours.ts";
import { encode } from "./encode.ts";
import { Figure, type PlotlyObject } from "./figure.ts";
import { axis, ink, layout, WIDTH, type Words } from "./layout.ts";
import { range, toNumbers } from "./numbers.ts";

/** From here on points are drawn by WebGL: SVG gets slow in the browser. */
const MANY = 5000;

/**
 * 2-D codes as points, one colour a class, the class written at the median of its points, both axes to the same scale:
 * distances in the figure are distances in the latent space.
 *
 * @param codes `[n, 2]`
 * @param labels the class of each row, n whole numbers
 * @throws RangeError when the shapes do not fit
 */
export function scatter(codes: Tensor2D, labels: ArrayLike<number>, words: Words): Figure {
  const [n, dimensions] = codes.shape;
  if (dimensions !== 2 || labels.length !== n) {
    throw new RangeError(
      `plot.scatter needs codes [n, 2] and n labels; got [${n}, ${dimensions}] and ${labels.length}.`,
    );
  }
  const classes = byClass(toNumbers(codes), labels);
  const traces = [...classes].map(([label, points]) => trace(label, points, n > MANY));
  const all = [...classes.values()];
  const summary =
    `Scatter: ${n} points in ${classes.size} classes; ${words.x ?? "x"} ${range(all.flatMap(p => p.x))}, ` +
    `${words.y ?? "y"} ${range(all.flatMap(p => p.y))}. ${words.title}`;
  const look = layout(words, WIDTH, 620, {
    yaxis: axis(words.y, { scaleanchor: "x", scaleratio: 1 }),
    legend: { title: { text: "class" }, itemsizing: "constant" },
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

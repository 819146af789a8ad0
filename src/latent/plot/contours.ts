import type { Tensor2D } from "@tensorflow/tfjs-node";
import { classColour } from "./colours.ts";
import { encode } from "./encode.ts";
import { Figure, type PlotlyObject } from "./figure.ts";
import { axis, layout, WIDTH, type Words } from "./layout.ts";
import { range, type Series, toNumbers } from "./numbers.ts";
import { expectMatrix, expectWords, WORDS } from "./words.ts";

export interface ContourWords extends Words {
  /** Horizontal position of each column of the grid, rising. */
  columns: Series;
  /** Vertical position of each row of the grid, rising: row 0 is the lowest. */
  rows: Series;
  /** What a colour stands for, with the unit. */
  z?: string;
  /** Points drawn over the contours, `[n, 2]`. */
  points?: Tensor2D;
  /**
   * The class of each point, n whole numbers: its colour.
   *
   * @defaultValue grey
   */
  labels?: ArrayLike<number>;
}

const KNOWN = { ...WORDS, columns: true, rows: true, z: true, points: true, labels: true } as const;
/** The highest ground: light enough for points of every class to be seen on it. */
const SUMMIT = "#9a8fd0";

/**
 * Lines of equal height of a function of two variables, given on a grid `[rows, columns]`, filled from white to lilac,
 * both axes to the same scale: a density or an energy over a latent space, with the points it was made from.
 *
 * @throws RangeError when the shapes do not fit
 */
export function contours(grid: Tensor2D, words: ContourWords): Figure {
  expectWords(words, "plot.contours", KNOWN, ["columns", "rows"]);
  expectMatrix(grid, "plot.contours", "a grid [rows, columns]");
  const [height, width] = grid.shape;
  const [x, y] = [toNumbers(words.columns), toNumbers(words.rows)];
  if (x.length !== width || y.length !== height) {
    throw new RangeError(`A grid [${height}, ${width}] has as many rows and columns; got ${y.length} and ${x.length}.`);
  }
  const values = toNumbers(grid);
  const surface = {
    type: "contour",
    x: encode(x),
    y: encode(y),
    z: encode(values, [height, width]),
    contours: levels(values),
    colorscale: [
      [0, "#ffffff"],
      [1, SUMMIT],
    ],
    colorbar: { title: { text: words.z ?? "", side: "right" }, thickness: 14 },
    line: { width: 1, color: "#8a8a8a" },
    hoverinfo: "x+y+z",
  };
  const points = words.points ? overlay(words.points, words.labels) : [];
  const look = layout(words, WIDTH, 560, {
    yaxis: axis(words.y, { scaleanchor: "x", scaleratio: 1, constrain: "domain" }),
    xaxis: axis(words.x, { constrain: "domain" }),
    showlegend: false,
  });
  return new Figure(
    [surface, ...points],
    look,
    `Contours: ${height} × ${width}, ${range(values)}. ${words.title ?? ""}`,
  );
}

/** About ten levels at round heights; what lies below the lowest of them stays white. */
function levels(values: Float32Array): PlotlyObject {
  const [low, high] = [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))];
  const raw = (high - low || 1) / 10;
  const power = 10 ** Math.floor(Math.log10(raw));
  const size = power * ([1, 2, 5].find(factor => factor * power >= raw) ?? 10);
  return { start: size * (Math.floor(low / size) + 1), end: size * Math.floor(high / size), size };
}

function overlay(points: Tensor2D, labels?: ArrayLike<number>): PlotlyObject[] {
  const [n, dimensions] = points.shape;
  if (dimensions !== 2 || (labels && labels.length !== n)) {
    throw new RangeError(
      `plot.contours needs points [n, 2] and n labels; got [${n}, ${dimensions}] and ${labels?.length}.`,
    );
  }
  const numbers = toNumbers(points);
  const coordinate = (offset: 0 | 1) =>
    encode(Float32Array.from({ length: n }, (_, i) => numbers[2 * i + offset] as number));
  const color = labels ? Array.from(labels, classColour) : "#555555";
  const marker = { color, size: 5, opacity: 0.75, line: { color: "#ffffff", width: 0.5 } };
  return [{ type: "scatter", mode: "markers", x: coordinate(0), y: coordinate(1), marker, hoverinfo: "skip" }];
}

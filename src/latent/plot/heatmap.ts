import type { Tensor2D } from "@tensorflow/tfjs-node";
import { contrast } from "./colours.ts";
import { encode } from "./encode.ts";
import { Figure, type PlotlyObject } from "./figure.ts";
import { axis, layout, WIDTH, type Words } from "./layout.ts";
import { range, toNumbers } from "./numbers.ts";
import { expectMatrix, expectWords, WORDS } from "./words.ts";

export interface HeatWords extends Words {
  /** Name of each row, from the top. */
  rows?: readonly string[];
  /** Name of each column, from the left. */
  columns?: readonly string[];
  /** What a colour stands for, with the unit. */
  z?: string;
  /**
   * Ends of the colour scale.
   *
   * @defaultValue the largest magnitude, and from 0 where no value is negative
   */
  between?: readonly [low: number, high: number];
}

const KNOWN = { ...WORDS, rows: true, columns: true, z: true, between: true } as const;
/** Up to so many cells each holds its number as well, so that nothing hangs on colour. */
const READABLE = 144;
/** Side of a cell on the screen, in pixels. */
const CELL = { largest: 56, fill: 440 };

const POSITIVE = [
  [0, "#ffffff"],
  [1, contrast[0]],
];
const SIGNED = [
  [0, contrast[1]],
  [0.5, "#ffffff"],
  [1, contrast[0]],
];

/**
 * A matrix `[rows, columns]` as coloured squares, row 0 at the top: white is 0, indigo positive, rose negative.
 */
export function heatmap(matrix: Tensor2D, words: HeatWords = {}): Figure {
  expectWords(words, "plot.heatmap", KNOWN);
  expectMatrix(matrix, "plot.heatmap", "a matrix [rows, columns]");
  const [rows, columns] = matrix.shape;
  const values = toNumbers(matrix);
  const [low, high] = words.between ?? scale(values);
  const side = Math.min(CELL.largest, CELL.fill / Math.max(rows, columns));
  const trace = {
    type: "heatmap",
    z: encode(values, [rows, columns]),
    zmin: low,
    zmax: high,
    colorscale: low < 0 ? SIGNED : POSITIVE,
    colorbar: { title: { text: words.z ?? "", side: "right" }, thickness: 14 },
    xgap: 1,
    ygap: 1,
    ...(rows * columns <= READABLE && { texttemplate: "%{z:.2f}" }),
  };
  const square = { showgrid: false, zeroline: false, constrain: "domain" };
  const look = layout(words, WIDTH, rows * side + 140, {
    xaxis: axis(words.x, { ...square, ...ticks(columns, words.columns) }),
    yaxis: axis(words.y, { ...square, ...ticks(rows, words.rows), autorange: "reversed", scaleanchor: "x" }),
  });
  return new Figure([trace], look, `Heat map: ${rows} × ${columns}, ${range(values)}. ${words.title ?? ""}`);
}

/** Positions 0, 1, … under their names, or under 1, 2, …: names may repeat. */
function ticks(count: number, names?: readonly string[]): PlotlyObject {
  const tickvals = Array.from({ length: count }, (_, i) => i);
  return names || count <= 20 ? { tickvals, ticktext: names ?? tickvals.map(i => i + 1) } : {};
}

/** The ends of a colour scale that has 0 in its middle, or at its lower end where nothing is negative. */
function scale(values: Float32Array): [number, number] {
  const most = values.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
  return [values.some(value => value < 0) ? -most : 0, most];
}

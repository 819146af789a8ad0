import type { Tensor2D } from "@tensorflow/tfjs-node";
import { tf } from "../engine/tf.ts";
import { encode } from "./encode.ts";
import type { Figure, PlotlyObject } from "./figure.ts";
import { hammer, toSpherePoint } from "./hammer.ts";
import { toNumbers } from "./numbers.ts";
import { isList, type LabelWords, type ScatterWords, scatter } from "./scatter.ts";
import { expectMatrix } from "./words.ts";

/** Degrees between two meridians or parallels of the map, and between two points of one. */
const [MESH, FINE] = [30, 6];

/**
 * Codes on the unit sphere S² as points of Hammer's map, with meridians and parallels every 30 degrees: areas stay true, the
 * left and the right edge are the same line. Otherwise as {@link scatter}; a class is named at its mean direction.
 *
 * @param codes `[n, 3]`; the third coordinate points north. The length of a row does not matter
 * @param labels the class of each row, n whole numbers
 * @throws RangeError when the shapes do not fit, or labels and a quantity are both given
 */
export function sphere(codes: Tensor2D, labels: ArrayLike<number>, words?: LabelWords): Figure;
export function sphere(codes: Tensor2D, words?: ScatterWords): Figure;
export function sphere(codes: Tensor2D, second: ArrayLike<number> | ScatterWords = {}, third: LabelWords = {}): Figure {
  expectMatrix(codes, "plot.sphere", "codes [n, 3]");
  const [n, dimensions] = codes.shape;
  if (dimensions !== 3) throw new RangeError(`plot.sphere needs codes [n, 3], got [${n}, ${dimensions}].`);
  const directions = toDirections(codes);
  const places = directions.map(onMap);
  const flat = tf.tensor2d(places.flat(), [n, 2]);
  const isLabelled = isList(second);
  const figure = isLabelled ? scatter(flat, second, third) : scatter(flat, second);
  flat.dispose();
  if (isLabelled) moveNames(figure, directions, second);
  figure.data.unshift(...graticule());
  const hidden = { visible: false };
  Object.assign(figure.layout, {
    height: 420,
    showlegend: isLabelled,
    xaxis: { ...hidden, range: [-2.95, 2.95] },
    yaxis: { ...hidden, range: [-1.5, 1.5], scaleanchor: "x", scaleratio: 1 },
    margin: { ...(figure.layout.margin as object), l: 24, b: 24 },
  });
  return figure;
}

type Direction = [x: number, y: number, z: number];

function toDirections(codes: Tensor2D): Direction[] {
  const values = toNumbers(codes);
  return Array.from(
    { length: values.length / 3 },
    (_, i) => Array.from(values.subarray(3 * i, 3 * i + 3)) as Direction,
  );
}

function onMap(direction: Direction): [x: number, y: number] {
  const { x, y } = hammer(toSpherePoint(direction));
  return [x, y];
}

/** A class that lies on both sides of the map's edge has its median in the middle of the map, where none of it is. */
function moveNames(figure: Figure, directions: Direction[], labels: ArrayLike<number>): void {
  const classes = [...new Set(Array.from(labels))].sort((a, b) => a - b);
  const names = figure.layout.annotations as PlotlyObject[];
  figure.layout.annotations = names.map((name, i) => {
    const members = directions.filter((_, row) => labels[row] === classes[i]);
    const mean = [0, 1, 2].map(axis => members.reduce((sum, z) => sum + (z[axis] as number), 0)) as Direction;
    const [x, y] = onMap(mean);
    return { ...name, x, y };
  });
}

/** The edge of the map, meridians and parallels: one line, with gaps. */
function graticule(): PlotlyObject[] {
  const radians = (degrees: number) => (degrees * Math.PI) / 180;
  const place = (longitude: number, latitude: number) =>
    hammer({ longitude: radians(longitude), latitude: radians(latitude) });
  const steps = (from: number, to: number, by: number) =>
    Array.from({ length: Math.round((to - from) / by) + 1 }, (_, i) => from + i * by);
  const meridians = steps(-180, 180, MESH).map(east => steps(-90, 90, FINE).map(north => place(east, north)));
  const parallels = steps(MESH - 90, 90 - MESH, MESH).map(north =>
    steps(-180, 180, FINE).map(east => place(east, north)),
  );
  const gap = { x: Number.NaN, y: Number.NaN };
  const line = [...meridians, ...parallels].flatMap(points => [...points, gap]);
  const look = { mode: "lines", line: { color: "#cccccc", width: 1 }, hoverinfo: "skip", showlegend: false };
  const [x, y] = [line.map(point => point.x), line.map(point => point.y)].map(values =>
    encode(Float32Array.from(values)),
  );
  return [{ type: "scatter", ...look, x, y }];
}

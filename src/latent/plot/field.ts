import type { Tensor2D } from "@tensorflow/tfjs-node";
import { contrast } from "./colours.ts";
import { encode } from "./encode.ts";
import { Figure } from "./figure.ts";
import { axis, layout, WIDTH, type Words } from "./layout.ts";
import { brief, toNumbers } from "./numbers.ts";
import { expectMatrix, expectWords, WORDS } from "./words.ts";

export interface FieldWords extends Words {
  /** Where the arrows begin, `[n, 2]`. */
  at: Tensor2D;
  /** Points below the arrows, `[m, 2]`: the data. */
  over?: Tensor2D;
  /**
   * Length of a drawn arrow for each unit of a vector. The title or an axis should say it.
   *
   * @defaultValue 1
   */
  scale?: number;
}

/** A head is this share of its arrow, and its two strokes stand so far apart on either side, in radians. */
const HEAD = { share: 0.3, angle: 0.45 };
/** From here on data points are drawn by WebGL: SVG gets slow in the browser. */
const MANY = 5000;

/**
 * Vector fields as arrows, one colour a named field, both axes to the same scale: where each point is sent to.
 *
 * @param fields the vectors of each field, `[n, 2]`, by the name in the legend; two at most
 * @throws RangeError when there are more than two fields, or shapes do not fit
 */
export function field(fields: Record<string, Tensor2D>, words: FieldWords): Figure {
  expectWords(words, "plot.field", { ...WORDS, at: true, over: true, scale: true }, ["at"]);
  for (const [name, vectors] of Object.entries(fields))
    expectMatrix(vectors, "plot.field", `vectors [n, 2] for ${name}`);
  expectMatrix(words.at, "plot.field", "points [n, 2] as at");
  const named = Object.entries(fields);
  const [n, dimensions] = words.at.shape;
  if (named.length > contrast.length) throw new RangeError(`plot.field draws two fields, got ${named.length}.`);
  if (dimensions !== 2 || named.some(([, { shape }]) => shape[0] !== n || shape[1] !== 2)) {
    const shapes = named.map(([name, { shape }]) => `${name} [${shape}]`).join(", ");
    throw new RangeError(`plot.field needs vectors [n, 2] at points [n, 2]; got ${shapes} at [${words.at.shape}].`);
  }
  const from = toNumbers(words.at);
  const arrows = named.map(([name, vectors], i) => {
    const { x, y } = strokes(from, toNumbers(vectors), words.scale ?? 1);
    const line = { color: contrast[i], width: 1.5 };
    return { type: "scatter", mode: "lines", name, x: encode(x), y: encode(y), line, hoverinfo: "skip" };
  });
  const lengths = named.map(([name, vectors]) => `${name} of mean length ${brief(meanLength(toNumbers(vectors)))}`);
  const look = layout(words, WIDTH, 620, {
    yaxis: axis(words.y, { scaleanchor: "x", scaleratio: 1 }),
    legend: { orientation: "h", x: 0, y: -0.14, yanchor: "top" },
    showlegend: true,
    margin: { l: 64, r: 24, t: 72, b: 96 },
  });
  return new Figure(
    [...dots(words.over), ...arrows],
    look,
    `Vector field: ${n} arrows; ${lengths.join("; ")}. ${words.title ?? ""}`,
  );
}

function dots(points?: Tensor2D) {
  if (points === undefined) return [];
  const values = toNumbers(points);
  const marker = { color: "#bbbbbb", size: 3 };
  const [x, y] = [0, 1].map(side => encode(values.filter((_, i) => i % 2 === side)));
  return [{ type: values.length > 2 * MANY ? "scattergl" : "scatter", mode: "markers", name: "data", x, y, marker }];
}

/** Each arrow as one line: tail, tip, one side of the head, tip, the other side; NaN parts it from the next. */
function strokes(from: Float32Array, vectors: Float32Array, scale: number): { x: Float32Array; y: Float32Array } {
  const count = from.length / 2;
  const [x, y] = [new Float32Array(6 * count), new Float32Array(6 * count)];
  for (let i = 0; i < count; i++) {
    const tail = from.subarray(2 * i, 2 * i + 2) as ArrayLike<number>;
    const [dx, dy] = [scale * (vectors[2 * i] as number), scale * (vectors[2 * i + 1] as number)];
    const tip: [number, number] = [(tail[0] as number) + dx, (tail[1] as number) + dy];
    const side = (sign: number): [number, number] => {
      const [cos, sin] = [Math.cos(HEAD.angle), sign * Math.sin(HEAD.angle)];
      return [tip[0] - HEAD.share * (cos * dx - sin * dy), tip[1] - HEAD.share * (sin * dx + cos * dy)];
    };
    const path = [tail, tip, side(1), tip, side(-1), [Number.NaN, Number.NaN]];
    for (const [step, point] of path.entries()) {
      x[6 * i + step] = point[0] as number;
      y[6 * i + step] = point[1] as number;
    }
  }
  return { x, y };
}

function meanLength(vectors: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < vectors.length; i += 2) sum += Math.hypot(vectors[i] as number, vectors[i + 1] as number);
  return sum / (vectors.length / 2);
}

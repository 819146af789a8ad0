import type { Chance } from "./chance.ts";
import type { Glyph, Stroke } from "./glyphs.ts";

/** Straight pieces from point to point: x0, y0, x1, y1 of each, one after the other. */
export type Segments = number[];

/** Pieces between two points of a stroke: enough that a 20-pixel digit looks round. */
const PIECES = 4;

/** The strokes of a glyph as straight pieces, each point of it moved by chance with standard deviation `shake`. */
export function segmentsOf(glyph: Glyph, shake: number, chance: Chance): Segments {
  const segments: Segments = [];
  for (const stroke of glyph) addStroke(segments, shaken(stroke, shake, chance));
  return segments;
}

/** A stroke that ends where it began still does after the shaking. */
function shaken(stroke: Stroke, shake: number, chance: Chance): Stroke {
  const points = stroke.map(([x, y]) => [x + chance.about(shake), y + chance.about(shake)] as const);
  const [first, last] = [stroke[0], stroke.at(-1)];
  if (first?.[0] === last?.[0] && first?.[1] === last?.[1]) points[points.length - 1] = points[0] as (typeof points)[0];
  return points;
}

/** The curve of Catmull and Rom through the points: between two of them a cubic whose slopes come from the neighbours. */
function addStroke(segments: Segments, points: Stroke): void {
  const at = (i: number) => points[Math.max(0, Math.min(points.length - 1, i))] as Stroke[0];
  let [fromX, fromY] = at(0);
  for (let i = 0; i + 1 < points.length; i++) {
    const [a, b, c, d] = [at(i - 1), at(i), at(i + 1), at(i + 2)];
    for (let piece = 1; piece <= PIECES; piece++) {
      const t = piece / PIECES;
      const [x, y] = [cubic(a[0], b[0], c[0], d[0], t), cubic(a[1], b[1], c[1], d[1], t)];
      segments.push(fromX, fromY, x, y);
      [fromX, fromY] = [x, y];
    }
  }
}

function cubic(a: number, b: number, c: number, d: number, t: number): number {
  const slope = (c - a) / 2;
  const last = (d - b) / 2;
  const bend = c - b;
  return b + t * (slope + t * (3 * bend - 2 * slope - last + t * (slope + last - 2 * bend)));
}

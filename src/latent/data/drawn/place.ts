import type { Segments } from "./curve.ts";

/** Where a digit stands on its paper. */
export interface Paper {
  /** Pixels a side. */
  size: number;
  /** The longer side of a digit, pen included, in pixels. MNIST: 20 of 28. */
  box: number;
}

/**
 * Scales segments, both directions alike, until they fill the box, and moves their centre of mass to the middle of the
 * paper, as MNIST's authors did.
 */
export function place(segments: Segments, { size, box }: Paper, thickness: number): Segments {
  const [minX, maxX] = extent(segments, 0);
  const [minY, maxY] = extent(segments, 1);
  const scale = (box - thickness) / Math.max(maxX - minX, maxY - minY);
  const [x, y] = centreOfMass(segments);
  return segments.map((value, i) => size / 2 + scale * (value - (i % 2 === 0 ? x : y)));
}

function extent(segments: Segments, axis: 0 | 1): [number, number] {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = axis; i < segments.length; i += 2) {
    least = Math.min(least, segments[i] as number);
    most = Math.max(most, segments[i] as number);
  }
  return [least, most];
}

/** Of the line, each piece weighing its length. */
function centreOfMass(segments: Segments): [number, number] {
  let [x, y, total] = [0, 0, 0];
  for (let i = 0; i < segments.length; i += 4) {
    const x0 = segments[i] as number;
    const y0 = segments[i + 1] as number;
    const dx = (segments[i + 2] as number) - x0;
    const dy = (segments[i + 3] as number) - y0;
    const length = Math.sqrt(dx * dx + dy * dy);
    x += length * (x0 + dx / 2);
    y += length * (y0 + dy / 2);
    total += length;
  }
  return [x / total, y / total];
}

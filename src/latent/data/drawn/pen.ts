import type { Segments } from "./curve.ts";

/**
 * Draws straight pieces with a round pen into `pixels`, `size` × `size` grey levels 0 … 255 with the pixel (0, 0) covering
 * 0 … 1 in both directions. Ink falls off over one pixel at the pen's edge; where pieces overlap the darker one counts.
 *
 * @param thickness the pen's width in pixels
 */
export function draw(pixels: Uint8Array, size: number, segments: Segments, thickness: number): void {
  const reach = thickness / 2 + 0.5;
  for (let i = 0; i < segments.length; i += 4) {
    const x0 = segments[i] as number;
    const y0 = segments[i + 1] as number;
    const dx = (segments[i + 2] as number) - x0;
    const dy = (segments[i + 3] as number) - y0;
    const length2 = dx * dx + dy * dy || 1;
    const [left, right] = range(x0, x0 + dx, reach, size);
    const [top, bottom] = range(y0, y0 + dy, reach, size);
    for (let row = top; row <= bottom; row++) {
      for (let column = left; column <= right; column++) {
        const px = column + 0.5 - x0;
        const py = row + 0.5 - y0;
        const along = Math.max(0, Math.min(1, (px * dx + py * dy) / length2));
        const ex = px - along * dx;
        const ey = py - along * dy;
        const distance2 = ex * ex + ey * ey;
        if (distance2 >= reach * reach) continue;
        const ink = Math.round(255 * Math.min(1, reach - Math.sqrt(distance2)));
        const at = row * size + column;
        if (ink > (pixels[at] as number)) pixels[at] = ink;
      }
    }
  }
}

/** The first and last pixel that the pen touches on its way from `a` to `b`. */
function range(a: number, b: number, reach: number, size: number): [number, number] {
  return [Math.max(0, Math.floor(Math.min(a, b) - reach)), Math.min(size - 1, Math.floor(Math.max(a, b) + reach))];
}

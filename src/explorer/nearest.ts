/** The rows of `codes` `[n, 2]` that lie nearest to a place, nearest first. */
export function nearest(codes: Float32Array, x: number, y: number, count: number): { row: number; distance: number }[] {
  const rows = Array.from({ length: codes.length / 2 }, (_, row) => ({
    row,
    distance: Math.hypot((codes[2 * row] as number) - x, (codes[2 * row + 1] as number) - y),
  }));
  return rows.sort((a, b) => a.distance - b.distance).slice(0, count);
}

/** The rows of `codes` `[n, dimensions]` that lie nearest to a code, nearest first. */
export function nearest(
  codes: Float32Array,
  code: readonly number[],
  count: number,
): { row: number; distance: number }[] {
  const { length: dimensions } = code;
  const rows = Array.from({ length: codes.length / dimensions }, (_, row) => ({
    row,
    distance: Math.hypot(...code.map((value, i) => value - (codes[dimensions * row + i] as number))),
  }));
  return rows.sort((a, b) => a.distance - b.distance).slice(0, count);
}

/** MNIST's own way: the digit is scaled into 20 by 20 pixels and its centre of mass put in the middle of 28 by 28. */
const BOX = 20;
/** What counts as ink. */
const INK = 0.05;

/**
 * A drawing in the form of MNIST's digits (LeCun et al. 1998): scaled into the box, centred by its mass.
 *
 * @param drawn ink 0 … 1 of a square drawing, row by row
 * @param side of the square that comes out, 28 for MNIST
 * @returns undefined where nothing is drawn
 */
export function centred(drawn: Float32Array, side: number): Float32Array | undefined {
  const size = Math.round(Math.sqrt(drawn.length));
  const bounds = boundsOf(drawn, size);
  if (bounds === undefined) return undefined;
  const { left, top, right, bottom } = bounds;
  const scale = Math.max(right - left, bottom - top) / ((BOX * side) / 28);
  const small = (x: number, y: number, middleX: number, middleY: number): number =>
    area(drawn, size, middleX + (x - side / 2) * scale, middleY + (y - side / 2) * scale, scale);
  const mass = { ink: 0, x: 0, y: 0 };
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      const ink = drawn[y * size + x] as number;
      mass.ink += ink;
      mass.x += ink * (x + 0.5);
      mass.y += ink * (y + 0.5);
    }
  }
  const out = new Float32Array(side * side);
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++) out[y * side + x] = small(x, y, mass.x / mass.ink, mass.y / mass.ink);
  return out;
}

/** The mean ink of a square whose upper left corner is at (x, y). */
function area(drawn: Float32Array, size: number, x: number, y: number, length: number): number {
  let sum = 0;
  let count = 0;
  const step = Math.max(1, length / 8);
  for (let dy = step / 2; dy < length; dy += step) {
    for (let dx = step / 2; dx < length; dx += step) {
      const column = Math.floor(x + dx);
      const row = Math.floor(y + dy);
      count++;
      if (column >= 0 && row >= 0 && column < size && row < size) sum += drawn[row * size + column] as number;
    }
  }
  return count === 0 ? 0 : sum / count;
}

function boundsOf(
  drawn: Float32Array,
  size: number,
): { left: number; top: number; right: number; bottom: number } | undefined {
  let [left, top, right, bottom] = [size, size, 0, 0];
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      if ((drawn[y * size + x] as number) < INK) continue;
      left = Math.min(left, x);
      right = Math.max(right, x + 1);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y + 1);
    }
  }
  return right > left ? { left, top, right, bottom } : undefined;
}

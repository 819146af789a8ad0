/** A 3 × 3 convolution with stride 2 and padding "same", or its transpose. Maps lie as `[side, side, channels]`. */
export interface Convolution {
  /** Width and height of the maps that go in and come out. */
  sides: readonly [from: number, to: number];
  /** Channels that go in and come out. */
  channels: readonly [from: number, to: number];
  transposed: boolean;
}

export const FILTER = 3;
const STRIDE = 2;

/** What a convolution gives before its activation: `[side, side, channels out]` from weights `[3, 3, channels in, channels out]`. */
export function convolved(
  { sides: [from, to], channels: [inputs, outputs], transposed }: Convolution,
  maps: Float32Array,
  weights: Float32Array,
  biases: Float32Array,
): Float32Array {
  const sums = Float32Array.from({ length: to * to * outputs }, (_, i) => biases[i % outputs] as number);
  const [small, large] = transposed ? [from, to] : [to, from];
  const before = Math.floor(Math.max(0, (small - 1) * STRIDE + FILTER - large) / 2);
  // Each place of the small map touches 3 × 3 places of the large one.
  for (let y = 0; y < small; y++)
    for (let x = 0; x < small; x++)
      for (let tap = 0; tap < FILTER * FILTER; tap++) {
        const row = STRIDE * y + Math.floor(tap / FILTER) - before;
        const column = STRIDE * x + (tap % FILTER) - before;
        if (row < 0 || column < 0 || row >= large || column >= large) continue;
        const [inSmall, inLarge] = [y * small + x, row * large + column];
        const [source, target] = transposed ? [inSmall, inLarge] : [inLarge, inSmall];
        for (let c = 0; c < inputs; c++) {
          const value = maps[source * inputs + c] as number;
          if (value === 0) continue;
          const weight = (tap * inputs + c) * outputs;
          for (let d = 0; d < outputs; d++)
            sums[target * outputs + d] =
              (sums[target * outputs + d] as number) + value * (weights[weight + d] as number);
        }
      }
  return sums;
}

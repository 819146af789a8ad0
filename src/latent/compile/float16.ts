/** The largest finite number of float16. */
export const LARGEST_FLOAT16 = 65_504;

/** Bits of float32 numbers at the borders of what float16 can hold. */
const BITS = { infinity: 0x7f80_0000, overflow: 0x477f_f000, smallestNormal: 0x3880_0000, rebias: 0x3800_0000 };
/** The smallest positive number of float16. */
const QUANTUM = 2 ** -24;

/** Each number as IEEE 754 half precision (binary16): the nearest one, of two equally near the even one. */
export function toFloat16(values: Float32Array): Uint16Array {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  return Uint16Array.from(bits, all => {
    const sign = (all >>> 16) & 0x8000;
    return sign | halfOf(all & 0x7fff_ffff);
  });
}

/** @param bits of a float32 number without its sign */
function halfOf(bits: number): number {
  if (bits > BITS.infinity) return 0x7e00; // NaN
  if (bits >= BITS.overflow) return 0x7c00; // from 65,520 on the nearest is infinity
  if (bits >= BITS.smallestNormal) return (bits + 0xfff + ((bits >>> 13) & 1) - BITS.rebias) >>> 13;
  return nearestEven(floatOf(bits) / QUANTUM);
}

const scratch = new DataView(new ArrayBuffer(4));

function floatOf(bits: number): number {
  scratch.setUint32(0, bits);
  return scratch.getFloat32(0);
}

function nearestEven(value: number): number {
  const below = Math.floor(value);
  const rest = value - below;
  return rest > 0.5 || (rest === 0.5 && below % 2 === 1) ? below + 1 : below;
}

/** The numbers that half-precision ones stand for; each is a float32 number exactly. */
export function fromFloat16(halves: Uint16Array): Float32Array {
  return Float32Array.from(halves, half => {
    const magnitude = magnitudeOf((half >>> 10) & 0x1f, half & 0x3ff);
    return half & 0x8000 ? -magnitude : magnitude;
  });
}

function magnitudeOf(exponent: number, fraction: number): number {
  if (exponent === 0) return fraction * QUANTUM;
  if (exponent === 0x1f) return fraction === 0 ? Number.POSITIVE_INFINITY : Number.NaN;
  return (1024 + fraction) * 2 ** (exponent - 25);
}

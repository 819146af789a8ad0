import type { Tensor } from "@tensorflow/tfjs-node";
import { kind } from "../options/kind.ts";

/** Numbers as lessons have them: a tensor of any rank, a typed array, a plain array. */
export type Series = Tensor | Float32Array | Float64Array | Int32Array | Uint8Array | readonly number[];

/** The numbers of a series in row order, float32. Reads a tensor from the engine. */
export function toNumbers(series: Series): Float32Array {
  if (series instanceof Float32Array) return series;
  if (typeof series === "object" && series !== null) {
    if ("dataSync" in series) return Float32Array.from(series.dataSync());
    const isPlain = Array.isArray(series) && series.every(value => typeof value === "number");
    if (isPlain || ArrayBuffer.isView(series)) return Float32Array.from(series);
  }
  throw new TypeError(
    `Figures take numbers: a tensor, a typed array or an array of numbers. This is ${listed(series)}.`,
  );
}

function listed(value: unknown): string {
  if (!Array.isArray(value)) return kind(value);
  return `an array with ${kind(value.find(each => typeof each !== "number"))} in it`;
}

/** A number for people: four significant digits, a true minus sign. */
export function brief(value: number): string {
  return String(Number(value.toPrecision(4))).replace("-", "−");
}

/** Lowest and highest of any count of numbers: `Math.min(...numbers)` overflows the stack at some 100,000. */
export function extent(numbers: ArrayLike<number>): [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = 0; i < numbers.length; i++) {
    low = Math.min(low, numbers[i] as number);
    high = Math.max(high, numbers[i] as number);
  }
  return [low, high];
}

/** "lowest … highest" of some numbers. */
export function range(numbers: ArrayLike<number>): string {
  const [low, high] = extent(numbers);
  return `${brief(low)} … ${brief(high)}`;
}

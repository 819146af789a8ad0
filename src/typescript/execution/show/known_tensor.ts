import { Array, Math, Number, String } from "../../intrinsics.ts";
import { peek } from "./peek.ts";

interface Tensor {
  shape: number[];
  dtype: string;
  size: number;
  isDisposed: boolean;
  dataSync(): ArrayLike<number>;
}

const MOST_VALUES = 6;
/** Reading more than this back only to print six numbers would be felt. */
const LARGEST_READ = 10_000_000;

export function isTensor(value: object): boolean {
  const isRead = typeof peek(value, "dataSync") === "function";
  return isRead && Array.isArray(peek(value, "shape")) && typeof peek(value, "dtype") === "string";
}

/** Shape, type, range and the first values; never thousands of numbers. */
export function tensorText(value: object): string {
  const tensor = value as Tensor;
  const head = `Tensor ${tensor.dtype} [${tensor.shape.join(", ")}]`;
  if (tensor.isDisposed) return `${head} (disposed)`;
  if (tensor.dtype === "string" || tensor.size === 0 || tensor.size > LARGEST_READ) return head;
  const values = tensor.dataSync();
  const first = Array.from({ length: Math.min(MOST_VALUES, values.length) }, (_, i) => short(values[i] ?? 0));
  const list = values.length > MOST_VALUES ? `${first.join(", ")}, …` : first.join(", ");
  return values.length === 1 ? `${head}: ${first[0]}` : `${head}: ${range(values)}: ${list}`;
}

function range(values: ArrayLike<number>): string {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? 0;
    if (value < min) min = value;
    if (value > max) max = value;
    sum += value;
  }
  return `min ${short(min)}, mean ${short(sum / values.length)}, max ${short(max)}`;
}

function short(value: number): string {
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(5)));
}

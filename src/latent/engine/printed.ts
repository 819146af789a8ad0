import { inspect } from "node:util";
import type * as tfjs from "@tensorflow/tfjs-node";

const MOST_VALUES = 6;
/** Reading more than this back only to print six numbers would be felt. */
const LARGEST_READ = 1_000_000;

/**
 * `console.log` of a tensor, or of an object that has tensors in it, says shape, type and first values: Node alone lists
 * ten lines of tfjs's own fields, without a value.
 */
export function printsTensors({ Tensor }: typeof tfjs): void {
  const value = function (this: tfjs.Tensor): string {
    return textOf(this);
  };
  Object.defineProperty(Tensor.prototype, inspect.custom, { value, configurable: true, writable: true });
}

function textOf(tensor: tfjs.Tensor): string {
  const head = `${tensor.constructor.name} ${tensor.dtype} [${tensor.shape.join(", ")}]`;
  if (tensor.isDisposed) return `${head} (disposed)`;
  if (tensor.size === 0 || tensor.size > LARGEST_READ) return head;
  const values = read(tensor);
  if (values === undefined) return head;
  const first = Array.from(values.slice(0, MOST_VALUES) as ArrayLike<number | string>, short);
  return `${head}: ${first.join(", ")}${values.length > MOST_VALUES ? ", …" : ""}`;
}

let printing = false;

/** Whether values are asked for to be printed only: while a step is traced there are none, and that is no fault of it. */
export function isPrinting(): boolean {
  return printing;
}

function read(tensor: tfjs.Tensor): tfjs.TypedArray | string[] | undefined {
  printing = true;
  try {
    return tensor.dataSync() as tfjs.TypedArray | string[];
  } catch {
    return undefined; // of a traced step, or the engine failed: shape and type are still true
  } finally {
    printing = false;
  }
}

function short(value: number | string): string {
  return typeof value === "string" || Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(5)));
}

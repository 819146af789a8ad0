import type { tf } from "../engine/tf.ts";
import type { DataId } from "./native.ts";

const marked = new WeakSet<DataId>();

/**
 * Says that a tensor made outside of a compiled step never changes, so that the step may read it: a mask, a filter bank,
 * or the whole data set, which then stays in TensorFlow's graph and is not handed over at each step.
 *
 * @returns the same tensor; it must not be disposed while a step that reads it is compiled
 */
export function constant<T extends tf.Tensor>(tensor: T): T {
  marked.add(tensor.dataId);
  return tensor;
}

export function isConstant(dataId: DataId): boolean {
  return marked.has(dataId);
}

import { tf } from "../engine/tf.ts";
import { StepRefused } from "./errors.ts";

/** Puts a list of tensors into the form in which a step returned its own. */
export type Shaped = (tensors: tf.Tensor[]) => unknown;

/** The tensors in what a step returned: a tensor, an array or an object of tensors, or nothing. */
export function flatten(returned: unknown): { tensors: tf.Tensor[]; shaped: Shaped } {
  if (returned === undefined || returned === null) return { tensors: [], shaped: () => undefined };
  if (returned instanceof tf.Tensor) return { tensors: [returned as tf.Tensor], shaped: ([tensor]) => tensor };
  if (returned instanceof Promise) {
    returned.catch(() => undefined); // its own refusal, if any, says less than the one below
    throw new StepRefused("The step is an async function", "Write it without await: values are read after the call.");
  }
  if (Array.isArray(returned)) return { tensors: returned.map(onlyTensor), shaped: tensors => tensors };
  if (typeof returned !== "object") return { tensors: [onlyTensor(returned)], shaped: ([tensor]) => tensor };
  const names = Object.keys(returned);
  return {
    tensors: Object.values(returned).map(onlyTensor),
    shaped: tensors => Object.fromEntries(names.map((name, i) => [name, tensors[i]])),
  };
}

function onlyTensor(value: unknown): tf.Tensor {
  if (value instanceof tf.Tensor) return value as tf.Tensor;
  throw new StepRefused(
    `The step returns ${typeof value === "object" ? "an object inside of an object" : `a ${typeof value}`}`,
    "A step returns a tensor, an array or an object of tensors, or nothing.",
  );
}

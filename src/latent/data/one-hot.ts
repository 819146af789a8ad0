import type { Tensor2D } from "@tensorflow/tfjs-node";
import { tf } from "../engine/tf.ts";

/**
 * Class numbers as the one-hot rows that losses take: 1 at the class, else 0, float32 `[n, classes]`.
 *
 * @param labels n whole numbers 0 … classes − 1, such as `mnist.train.labels`
 * @throws RangeError when a label is none of the classes, with its place
 */
export function oneHot(labels: ArrayLike<number>, classes: number): Tensor2D {
  if (!Number.isInteger(classes) || classes < 1)
    throw new RangeError(`oneHot needs the number of classes, a whole number of 1 or more; got ${classes}.`);
  const values = new Float32Array(labels.length * classes);
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i] as number;
    if (!Number.isInteger(label) || label < 0 || label >= classes)
      throw new RangeError(`Label ${i} is ${label}; with ${classes} classes labels are 0 … ${classes - 1}.`);
    values[i * classes + label] = 1;
  }
  return tf.tensor2d(values, [labels.length, classes]);
}

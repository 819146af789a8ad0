import { tf } from "../engine/tf.ts";
import { runOps } from "./native.ts";
import { isNested } from "./nested.ts";
import { ownOperations } from "./own-operations.ts";
import { swap } from "./swap.ts";

/**
 * Cross entropy of independent bits, element by element, in nats: `labels` in [0, 1], `logits` before the sigmoid, both of
 * one shape. Its gradient is (sigmoid(logits) − labels), written down instead of derived: a third of the operations.
 */
export function bitCrossEntropy<T extends tf.Tensor>(labels: tf.Tensor, logits: T): T {
  const byOperation = ownOperations() && !isNested() && isOfOneShape(labels, logits);
  return byOperation ? byOneOperation(labels, logits) : spelledOut(labels, logits);
}

function isOfOneShape(labels: tf.Tensor, logits: tf.Tensor): boolean {
  return [labels, logits].every(({ dtype, shape }) => dtype === "float32" && String(shape) === String(logits.shape));
}

/** `LatentCrossEntropy` of `src/native`: value and slope in one pass over the memory. */
function byOneOperation<T extends tf.Tensor>(labels: tf.Tensor, logits: T): T {
  const entropy = tf.customGrad((...args) => {
    const [z, x, save] = args as unknown as [tf.Tensor, tf.Tensor, (saved: tf.Tensor[]) => void];
    const [value, slope] = runOps("LatentCrossEntropy", {}, [z, x], 2) as [tf.Tensor, tf.Tensor];
    save([x, slope]);
    const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]): tf.Tensor[] => {
      const [logit, difference] = saved as [tf.Tensor, tf.Tensor];
      return [tf.neg(tf.mul(dy, logit)), tf.mul(dy, difference)];
    };
    return { value, gradFunc };
  });
  return entropy(labels, logits) as T;
}

/** The same in operations of TensorFlow. */
export function spelledOut<T extends tf.Tensor>(labels: tf.Tensor, logits: T): T {
  const entropy = tf.customGrad((...args) => {
    const [z, x, save] = args as unknown as [tf.Tensor, tf.Tensor, (saved: tf.Tensor[]) => void];
    save([z, x]);
    const value = tf.add(tf.sub(tf.relu(x), tf.mul(x, z)), tf.softplus(tf.neg(tf.abs(x))));
    const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]): tf.Tensor[] => {
      const [labelled, logit] = saved as [tf.Tensor, tf.Tensor];
      return [tf.neg(tf.mul(dy, logit)), tf.mul(dy, tf.sub(tf.sigmoid(logit), labelled))];
    };
    return { value, gradFunc };
  });
  return entropy(labels, logits) as T;
}

/** Lets a step use the shorter gradient behind tfjs' own loss. Returns the ways back. */
export function replaceLosses(): (() => void)[] {
  const { sigmoidCrossEntropy } = tf.losses;
  const closed: typeof sigmoidCrossEntropy = (labels, logits, ...options) => {
    const plain = options.length === 0 && labels instanceof tf.Tensor && logits instanceof tf.Tensor;
    if (!plain || String(labels.shape) !== String(logits.shape)) return sigmoidCrossEntropy(labels, logits, ...options);
    return tf.tidy(() => tf.mean(bitCrossEntropy(labels, logits))) as never;
  };
  return [swap(tf.losses, "sigmoidCrossEntropy", closed)];
}

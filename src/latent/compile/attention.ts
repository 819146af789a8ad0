import { tf } from "../engine/tf.ts";
import { runOps } from "./native.ts";
import { isNested } from "./nested.ts";
import { ownOperations } from "./own-operations.ts";

/** How places attend to each other. */
export interface Heads {
  /** They divide the width. */
  heads: number;
  /** A place attends to itself and those before it only. */
  causal: boolean;
}

/**
 * Scaled dot-product attention with several heads, softmax(Q Kᵀ / √d) V: queries, keys and values `[b, t, width]`, each head
 * a stretch of columns, to `[b, t, width]`. Source: Vaswani et al. 2017, arXiv:1706.03762.
 */
export function attend(query: tf.Tensor3D, key: tf.Tensor3D, value: tf.Tensor3D, by: Heads): tf.Tensor3D {
  const byOperation = ownOperations() && !isNested() && [query, key, value].every(({ dtype }) => dtype === "float32");
  if (byOperation) return byOneOperation(by)(query, key, value) as tf.Tensor3D;
  return spelledOut(query, key, value, by);
}

/** The same in operations of TensorFlow. */
export function spelledOut(query: tf.Tensor3D, key: tf.Tensor3D, value: tf.Tensor3D, by: Heads): tf.Tensor3D {
  return tf.tidy(() => joined(tf.matMul(attentionPattern(query, key, by), apart(value, by))));
}

/** How much each place attends to each other, `[b, heads, t, t]`: the last dimension sums to 1. */
export function attentionPattern(query: tf.Tensor3D, key: tf.Tensor3D, by: Heads): tf.Tensor4D {
  return tf.tidy(() => {
    const [, places, width] = query.shape;
    const scores = tf.div(tf.matMul(apart(query, by), apart(key, by), false, true), Math.sqrt(width / by.heads));
    return tf.softmax(by.causal ? tf.add(scores, futureMask(places)) : scores) as tf.Tensor4D;
  });
}

/** `LatentAttention` and `LatentAttentionGrad` of `src/native`. */
function byOneOperation({ heads, causal }: Heads): (...inputs: tf.Tensor[]) => tf.Tensor {
  const attributes = { heads: { int: heads }, causal };
  return tf.customGrad((...args) => {
    const [query, key, value, save] = args as unknown as [
      ...[tf.Tensor, tf.Tensor, tf.Tensor],
      (saved: tf.Tensor[]) => void,
    ];
    const results = runOps("LatentAttention", attributes, [query, key, value], 2);
    const [mixed, weights] = results as [tf.Tensor, tf.Tensor];
    save([query, key, value, weights]);
    const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]) =>
      runOps("LatentAttentionGrad", attributes, [dy, ...saved], 3);
    return { value: mixed, gradFunc };
  });
}

/** `[b, t, width]` to `[b, heads, t, width / heads]`. */
function apart(x: tf.Tensor3D, { heads }: Heads): tf.Tensor4D {
  const [b, t, width] = x.shape;
  return tf.transpose(tf.reshape(x, [b, t, heads, width / heads]), [0, 2, 1, 3]);
}

function joined(x: tf.Tensor4D): tf.Tensor3D {
  const [b, heads, t, size] = x.shape;
  return tf.reshape(tf.transpose(x, [0, 2, 1, 3]), [b, t, heads * size]);
}

/** −10⁹ where the column lies after the row, else 0, `[t, t]`: after the softmax exactly 0. */
function futureMask(t: number): tf.Tensor2D {
  const [row, column] = [tf.expandDims(tf.range(0, t), 1), tf.expandDims(tf.range(0, t), 0)];
  return tf.mul(-1e9, tf.cast(tf.greater(column, row), "float32"));
}

import type { Tensor, Tensor2D, Tensor3D, Tensor4D, Variable } from "@tensorflow/tfjs-node";
import { tf } from "../engine/tf.ts";
import { dense } from "./dense.ts";
import type { Initial } from "./initial.ts";
import type { Layer } from "./layer.ts";

/** Multi-head self-attention over `[b, t, width]`. */
export interface Attention extends Layer<Tensor3D, Tensor3D> {
  /** How much each position attends to each other, `[b, heads, t, t]`: the last dimension sums to 1. */
  pattern(x: Tensor3D): Tensor4D;
}

export interface AttentionOptions {
  width: number;
  heads: number;
  /** A position attends to itself and those before it only. */
  causal?: boolean;
}

/**
 * Scaled dot-product attention with several heads: softmax(Q Kᵀ / √d) V. Vaswani et al. 2017, arXiv:1706.03762.
 *
 * @throws RangeError when the heads do not divide the width
 */
export function attention(make: Initial, { width, heads, causal = false }: AttentionOptions): Attention {
  if (width % heads !== 0) throw new RangeError(`${heads} heads do not divide a width of ${width}.`);
  const size = width / heads;
  const [query, key, value, output] = Array.from({ length: 4 }, () => onPositions(dense(make, width, width))) as Layers;
  const split = (x: Tensor3D): Tensor4D => {
    const [b, t] = x.shape;
    return tf.transpose(tf.reshape(x, [b, t, heads, size]), [0, 2, 1, 3]);
  };
  const pattern = (x: Tensor3D): Tensor4D => {
    const scores = tf.div(tf.matMul(split(query.apply(x)), split(key.apply(x)), false, true), Math.sqrt(size));
    return tf.softmax(causal ? tf.add(scores, futureMask(x.shape[1])) : scores) as Tensor4D;
  };
  return {
    pattern: x => tf.tidy(() => pattern(x)),
    apply: x => {
      const mixed = tf.transpose(tf.matMul(pattern(x), split(value.apply(x))) as Tensor4D, [0, 2, 1, 3]);
      return output.apply(tf.reshape(mixed, x.shape));
    },
    variables: [query, key, value, output].flatMap(layer => layer.variables),
  };
}

type Layers = [Positionwise, Positionwise, Positionwise, Positionwise];
type Positionwise = Layer<Tensor3D, Tensor3D>;

/** −10⁹ where the column lies after the row, else 0, `[t, t]`: after the softmax exactly 0. */
function futureMask(t: number): Tensor2D {
  const [row, column] = [tf.expandDims(tf.range(0, t), 1), tf.expandDims(tf.range(0, t), 0)];
  return tf.mul(-1e9, tf.cast(tf.greater(column, row), "float32"));
}

/** A layer of rows applied at every position: `[b, t, in]` to `[b, t, out]`. */
export function onPositions(layer: Layer<Tensor2D, Tensor2D>): Positionwise {
  const apply = (x: Tensor3D): Tensor3D => {
    const [b, t, width] = x.shape;
    const rows = layer.apply(tf.reshape(x, [b * t, width]));
    return tf.reshape(rows, [b, t, rows.shape[1]]);
  };
  return { apply, variables: layer.variables };
}

/** Layer normalisation over the last dimension (Ba, Kiros & Hinton 2016, arXiv:1607.06450), with gain and offset. */
export function layerNormalization(make: Initial, width: number): Positionwise {
  const [gain, offset]: [Variable, Variable] = [make.constant([width], 1), make.constant([width], 0)];
  const apply = (x: Tensor3D): Tensor3D => {
    const centred = tf.sub(x, tf.mean(x, -1, true));
    const scale: Tensor = tf.rsqrt(tf.add(tf.mean(tf.square(centred), -1, true), 1e-5));
    return tf.add(tf.mul(tf.mul(centred, scale), gain), offset);
  };
  return { apply, variables: [gain, offset] };
}

import type { Tensor2D, Tensor3D, Tensor4D, Variable } from "@tensorflow/tfjs-node";
import { layerNormalization as normalise } from "../compile/normalization.ts";
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
    apply: x =>
      tf.tidy(() => {
        const mixed = tf.transpose(tf.matMul(pattern(x), split(value.apply(x))) as Tensor4D, [0, 2, 1, 3]);
        return output.apply(tf.reshape(mixed, x.shape));
      }),
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
  const apply = (x: Tensor3D): Tensor3D =>
    tf.tidy(() => {
      const [b, t, width] = x.shape;
      const rows = layer.apply(tf.reshape(x, [b * t, width]));
      return tf.reshape(rows, [b, t, rows.shape[1]]);
    });
  return { apply, variables: layer.variables };
}

/** As `normalise`, with a gain and an offset of its own, over the last dimension. */
export function layerNormalization(make: Initial, width: number): Positionwise {
  const [gain, offset]: [Variable, Variable] = [make.constant([width], 1), make.constant([width], 0)];
  return { apply: x => normalise(x, gain, offset), variables: [gain, offset] };
}

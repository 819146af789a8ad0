import type { Tensor2D, Tensor3D, Tensor4D, Variable } from "@tensorflow/tfjs-node";
import { attend, attentionPattern } from "../compile/attention.ts";
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
  const [query, key, value, output] = Array.from({ length: 4 }, () => onPositions(dense(make, width, width))) as Layers;
  const by = { heads, causal };
  return {
    pattern: x => tf.tidy(() => attentionPattern(query.apply(x), key.apply(x), by)),
    apply: x => tf.tidy(() => output.apply(attend(query.apply(x), key.apply(x), value.apply(x), by))),
    variables: [query, key, value, output].flatMap(layer => layer.variables),
  };
}

type Layers = [Positionwise, Positionwise, Positionwise, Positionwise];
type Positionwise = Layer<Tensor3D, Tensor3D>;

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

import type { Scalar, Tensor2D, Tensor3D, Tensor4D, Variable } from "@tensorflow/tfjs-node";
import { tf } from "../engine/tf.ts";
import { expectKeys, type Keys } from "../options/keys.ts";
import { type Attention, attention, layerNormalization, onPositions } from "./attention.ts";
import { denseStack } from "./dense.ts";
import { type Initial, initial } from "./initial.ts";
import type { Layer } from "./layer.ts";
import { softmaxCrossEntropy } from "./losses.ts";

export interface TransformerOptions {
  /** Number of different tokens; token `vocabulary` is the mask. */
  vocabulary: number;
  /** Length of a sequence. */
  timeSteps: number;
  /**
   * @defaultValue 32
   */
  width?: number;
  /**
   * Heads of each attention.
   *
   * @defaultValue 2
   */
  heads?: number;
  /**
   * Blocks of attention and a dense layer.
   *
   * @defaultValue 2
   */
  layers?: number;
  /** A position sees itself and those before it only. */
  causal?: boolean;
  /** Fixes the first weights. */
  seed: number;
}

const KEYS: Keys<TransformerOptions> = {
  vocabulary: true,
  timeSteps: true,
  width: true,
  heads: true,
  layers: true,
  causal: true,
  seed: true,
};

/** A transformer that restores masked tokens. Tokens are whole numbers as int32 `[b, timeSteps]`. */
export interface TransformerAutoencoder {
  /** A code for each position, `[b, timeSteps, width]`. */
  encode(tokens: Tensor2D): Tensor3D;
  /** Logits of the token at each position, `[b, timeSteps, vocabulary]`. */
  decode(codes: Tensor3D): Tensor3D;
  /**
   * Mean cross-entropy in nats of the masked tokens given the others. `masked` `[b, timeSteps]`, float32: 1 where a token is
   * hidden from the encoder and asked for.
   */
  loss(tokens: Tensor2D, masked: Tensor2D): Scalar;
  /** The attention of each block, `[b, heads, timeSteps, timeSteps]`. */
  patterns(tokens: Tensor2D): Tensor4D[];
  variables: Variable[];
}

/** A block: x + attention(norm(x)), then x + dense(norm(x)) (Xiong et al. 2020, arXiv:2002.04745: norm before). */
interface Block {
  attention: Attention;
  first: Layer<Tensor3D, Tensor3D>;
  second: Layer<Tensor3D, Tensor3D>;
  dense: Layer<Tensor3D, Tensor3D>;
}

/**
 * A transformer as masked autoencoder: Vaswani et al. 2017, arXiv:1706.03762, trained as in Devlin et al. 2019,
 * arXiv:1810.04805, with all asked tokens masked.
 */
export function transformerAutoencoder(options: TransformerOptions): TransformerAutoencoder {
  expectKeys(options, "transformerAutoencoder", KEYS, { steps: "timeSteps" });
  const { vocabulary, timeSteps, width = 32, heads = 2, layers = 2, causal = false, seed } = options;
  const make = initial(seed);
  const embedding = make.normal([vocabulary + 1, width], 0.1);
  const positions = make.normal([timeSteps, width], 0.1);
  const blocks = Array.from({ length: layers }, () => block(make, width, heads, causal));
  const last = layerNormalization(make, width);
  const head = onPositions(denseStack(make, [width, vocabulary], "linear"));
  const embed = (tokens: Tensor2D): Tensor3D => {
    const rows = tf.oneHot(tf.reshape(tokens, [-1]), vocabulary + 1, 1, 0, "float32");
    const vectors = tf.matMul(rows as Tensor2D, embedding as unknown as Tensor2D);
    return tf.add(tf.reshape(vectors, [-1, timeSteps, width]), positions);
  };
  const encode = (tokens: Tensor2D): Tensor3D =>
    last.apply(
      blocks.reduce((x, { attention, first, second, dense }) => {
        const attended: Tensor3D = tf.add(x, attention.apply(first.apply(x)));
        return tf.add(attended, dense.apply(second.apply(attended)));
      }, embed(tokens)),
    );
  return {
    encode: tokens => tf.tidy(() => encode(tokens)),
    decode: codes => tf.tidy(() => head.apply(codes)),
    loss: (tokens, masked) =>
      tf.tidy(() => {
        const hidden = tf.cast(masked, "int32");
        const seen = tf.add(tf.mul(tokens, tf.sub(1, hidden)), tf.mul(hidden, vocabulary)) as Tensor2D;
        const classes = tf.oneHot(tokens as Tensor2D, vocabulary, 1, 0, "float32");
        const entropy = softmaxCrossEntropy<Tensor2D>(classes, head.apply(encode(tf.cast(seen, "int32"))));
        return tf.div(tf.sum(tf.mul(entropy, masked)), tf.maximum(tf.sum(masked), 1));
      }),
    patterns: tokens => tf.tidy(() => patterns(blocks, embed(tokens))),
    variables: [
      embedding,
      positions,
      ...[
        ...blocks.flatMap(({ attention, first, second, dense }) => [attention, first, second, dense]),
        last,
        head,
      ].flatMap(layer => layer.variables),
    ],
  };
}

function block(make: Initial, width: number, heads: number, causal: boolean): Block {
  return {
    first: layerNormalization(make, width),
    attention: attention(make, { width, heads, causal }),
    second: layerNormalization(make, width),
    dense: onPositions(denseStack(make, [width, 4 * width, width], "relu")),
  };
}

function patterns(blocks: Block[], embedded: Tensor3D): Tensor4D[] {
  let x = embedded;
  return blocks.map(({ attention, first, second, dense }) => {
    const pattern = attention.pattern(first.apply(x));
    const attended: Tensor3D = tf.add(x, attention.apply(first.apply(x)));
    x = tf.add(attended, dense.apply(second.apply(attended)));
    return pattern;
  });
}

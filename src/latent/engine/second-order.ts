import type * as tfjs from "@tensorflow/tfjs-node";

type Tf = typeof tfjs;
type Attributes = tfjs.NamedAttrMap;
type Gradient = (
  tf: Tf,
  dy: tfjs.Tensor,
  saved: tfjs.Tensor[],
  attributes: Attributes,
) => Record<string, () => tfjs.Tensor>;

/**
 * Gradients of kernels that tfjs runs in a gradient, and of which it has none: with them a gradient can be differentiated
 * again, as a gradient penalty asks for (Gulrajani et al. 2017, arXiv:1704.00028). In order the kernel's inputs, and the
 * gradient for each.
 */
const gradients: Record<string, { inputs: string[]; gradient: Gradient }> = {
  // dy where y ≥ 0, else dy (y + 1)
  EluGrad: {
    inputs: ["dy", "y"],
    gradient: (tf, g, [dy, y]) => {
      const negative = tf.cast(tf.less(y as tfjs.Tensor, 0), "float32");
      const slope = tf.add(1, tf.mul(negative, y as tfjs.Tensor));
      return { dy: () => tf.mul(g, slope), y: () => tf.mul(tf.mul(g, dy as tfjs.Tensor), negative) };
    },
  },
  // a filter's gradient is linear in both the images and the gradient behind the convolution
  Conv2DBackpropFilter: {
    inputs: ["x", "dy"],
    gradient: (tf, g, [x, dy], attributes) => {
      const { strides, pad, dataFormat, dimRoundingMode } = attributes as never as Convolution;
      const [images, behind, filter] = [x, dy, g] as [tfjs.Tensor4D, tfjs.Tensor4D, tfjs.Tensor4D];
      const back = { strides, pad, dataFormat, dimRoundingMode, inputShape: images.shape };
      return {
        x: () => run(tf, "Conv2DBackpropInput", { dy: behind, filter }, back),
        dy: () => tf.conv2d(images, filter, strides, pad, dataFormat, 1, dimRoundingMode),
      };
    },
  },
  // linear in dy
  AvgPoolGrad: {
    inputs: ["dy", "input"],
    gradient: (tf, g, [, input], attributes) => {
      const { filterSize, strides, pad } = attributes as never as Pooling;
      return {
        dy: () => tf.avgPool(g as tfjs.Tensor4D, filterSize, strides, pad),
        input: () => tf.zerosLike(input as tfjs.Tensor),
      };
    },
  },
};

/**
 * tfjs' softmax cross entropy has a gradient by hand that cannot be differentiated; under a second gradient it is made of
 * operations that can.
 */
function spellOutSoftmaxCrossEntropy(tf: Tf): void {
  const { softmaxCrossEntropy } = tf.losses;
  const { state } = tf.engine() as unknown as { state: { gradientDepth: number } };
  const spelledOut = (
    ...[labels, logits, weights, smoothing = 0, reduction]: Parameters<typeof softmaxCrossEntropy>
  ) => {
    if (state.gradientDepth < 2) return softmaxCrossEntropy(labels, logits, weights, smoothing, reduction);
    return tf.tidy(() => {
      const given = tf.cast(labels as tfjs.Tensor, "float32");
      const smooth = tf.add(tf.mul(given, 1 - smoothing), smoothing / (given.shape[1] as number));
      const losses = tf.neg(tf.sum(tf.mul(smooth, tf.logSoftmax(logits as tfjs.Tensor)), -1));
      return tf.losses.computeWeightedLoss(losses, weights, reduction);
    });
  };
  tf.losses.softmaxCrossEntropy = spelledOut as never;
}

interface Convolution {
  strides: [number, number];
  pad: "valid" | "same" | number;
  dataFormat: "NHWC" | "NCHW";
  dimRoundingMode?: "floor" | "round" | "ceil";
}

interface Pooling {
  filterSize: [number, number];
  strides: [number, number];
  pad: "valid" | "same" | number;
}

/** Registers what is missing; a later version of tfjs may have it. */
export function addSecondGradients(tf: Tf): void {
  spellOutSoftmaxCrossEntropy(tf);
  for (const [kernelName, { inputs, gradient }] of Object.entries(gradients)) {
    if (tf.getGradient(kernelName)) continue;
    tf.registerGradient({
      kernelName,
      inputsToSave: inputs,
      gradFunc: (dy, saved, attributes) => gradient(tf, dy as tfjs.Tensor, saved, attributes),
    });
  }
}

function run(tf: Tf, name: string, inputs: Record<string, tfjs.Tensor>, attributes: object): tfjs.Tensor {
  return tf.engine().runKernel(name, inputs, attributes as Attributes) as tfjs.Tensor;
}

import type * as tfjs from "@tensorflow/tfjs-node";

type Tf = typeof tfjs;
type KernelFunc = Parameters<Tf["registerKernel"]>[0]["kernelFunc"];

interface Attributes {
  strides: [number, number] | number;
  pad: "valid" | "same" | number | tfjs.backend_util.ExplicitPadding;
  dimRoundingMode?: "floor" | "round" | "ceil";
  filterShape: [number, number, number, number];
}

/**
 * The gradient of a convolution for its filter, as another convolution: with x `[n, h, w, c]` and the output's gradient
 * dy `[n, p, q, d]`, dW[a, b, c, d] = Σ x[n, a + s·i, b + s·j, c] · dy[n, i, j, d] is the convolution of x, channels as
 * images and images as channels, with dy as a filter of p × q spread s apart. WebAssembly has that one.
 */
export function convFilterGradient(tf: Tf): KernelFunc {
  return ({ inputs, attrs }) => {
    const [x, dy] = [inputs.x, inputs.dy] as [tfjs.Tensor4D, tfjs.Tensor4D];
    const { strides, pad, dimRoundingMode, filterShape } = attrs as unknown as Attributes;
    const { padInfo } = tf.backend_util.computeConv2DInfo(x.shape, filterShape, strides, 1, pad, dimRoundingMode);
    return tf.tidy(() => {
      const [around, spread] = [[0, 0] as [number, number], strides];
      const padded = tf.pad(x, [around, [padInfo.top, padInfo.bottom], [padInfo.left, padInfo.right], around]);
      const images = tf.transpose(padded, [3, 1, 2, 0]) as tfjs.Tensor4D;
      const filter = tf.transpose(dy, [1, 2, 0, 3]) as tfjs.Tensor4D;
      const all = tf.conv2d(images, filter, 1, "valid", "NHWC", spread);
      const [rows, columns, channels, depth] = filterShape;
      const used = tf.slice(all, [0, 0, 0, 0], [channels, rows, columns, depth]);
      return tf.transpose(used, [1, 2, 0, 3]);
    });
  };
}

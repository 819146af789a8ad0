import { tf } from "../engine/tf.ts";
import { runOp } from "./native.ts";

type Attributes = Record<string, unknown>;
type Gradient = (dy: tf.Tensor, saved: tf.Tensor[], attributes: Attributes) => Record<string, () => tf.Tensor>;

interface Rule {
  /** What of the forward pass the gradient needs. */
  needs: "input" | "output";
  gradient: Gradient;
}

const T = { T: { type: "float32" } } as const;

/** Whether what is computed now is on a tape: a gradient of this gradient will be asked for. */
function isTaped(): boolean {
  return (tf.engine() as unknown as { state: { gradientDepth: number } }).state.gradientDepth > 0;
}

/**
 * The gradient of an activation that TensorFlow has as one operation. tfjs' tape does not see that operation, so where the
 * gradient is to be differentiated again it is spelled out.
 *
 * @param slope the derivative from what was saved, the input or the output
 */
function fused(
  needs: Rule["needs"],
  op: string,
  order: "gradient first" | "value first",
  slope: (value: tf.Tensor) => tf.Tensor,
): Rule {
  return {
    needs,
    gradient: (dy, saved) => {
      const value = saved[0] as tf.Tensor;
      if (isTaped()) return { x: () => tf.mul(dy, slope(value)) };
      return { x: () => runOp(op, T, order === "gradient first" ? [dy, value] : [value, dy]) };
    },
  };
}

/** By `step`, whose own gradient is 0: a weight that acts through the mask alone has the gradient 0, and not none. */
const positive = (y: tf.Tensor): tf.Tensor => tf.cast(tf.step(y), "float32");

/** Sum and mean pass one number back to many places: broadcast it, where tfjs multiplies with a tensor of ones. */
function reduction(scale: (x: tf.Tensor, y: tf.Tensor) => number): Rule {
  return {
    needs: "input",
    gradient: (dy, saved, { axis }) => {
      const x = saved[0] as tf.Tensor;
      const axes = tf.util.parseAxisParam(axis as number[], x.shape);
      const kept = x.shape.map((size, i) => (axes.includes(i) ? 1 : size));
      const share = scale(x, dy);
      const small = (): tf.Tensor => (share === 1 ? tf.reshape(dy, kept) : tf.mul(tf.reshape(dy, kept), share));
      return { x: () => (x.size === 0 ? tf.zerosLike(x) : tf.broadcastTo(small(), x.shape)) };
    },
  };
}

/**
 * Gradients for which tfjs takes several operations over the whole tensor, and TensorFlow one. Those of selu and relu6 are
 * tfjs' own: TensorFlow's differ from them at 0 and at 6.
 */
const rules: Record<string, Rule> = {
  Relu: fused("output", "ReluGrad", "gradient first", positive),
  Sigmoid: fused("output", "SigmoidGrad", "value first", y => tf.mul(y, tf.sub(1, y))),
  Tanh: fused("output", "TanhGrad", "value first", y => tf.sub(1, tf.square(y))),
  Softplus: fused("input", "SoftplusGrad", "gradient first", x => tf.sigmoid(x)),
  Sqrt: fused("output", "SqrtGrad", "value first", y => tf.div(0.5, y)),
  Rsqrt: fused("output", "RsqrtGrad", "value first", y => tf.mul(-0.5, tf.mul(y, tf.square(y)))),
  Sum: reduction(() => 1),
  Mean: reduction((x, y) => y.size / x.size),
};

/** Puts the gradients in place; returns the ways back. */
export function replaceGradients(): (() => void)[] {
  return Object.entries(rules).map(([kernelName, { needs, gradient }]) => {
    const original = tf.getGradient(kernelName);
    tf.registerGradient({
      kernelName,
      ...(needs === "input" ? { inputsToSave: ["x"] } : { outputsToSave: [true] }),
      gradFunc: (dy, saved, attrs) => gradient(dy as tf.Tensor, saved, attrs as Attributes),
    });
    return () => tf.registerGradient(original);
  });
}

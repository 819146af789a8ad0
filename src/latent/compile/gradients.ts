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

/** The gradient of an activation that TensorFlow has as one operation. */
function fused(needs: Rule["needs"], op: string, order: "gradient first" | "value first"): Rule {
  return {
    needs,
    gradient: (dy, saved) => {
      const value = saved[0] as tf.Tensor;
      return { x: () => runOp(op, T, order === "gradient first" ? [dy, value] : [value, dy]) };
    },
  };
}

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
      return { x: () => tf.broadcastTo(small(), x.shape) };
    },
  };
}

/** Gradients for which tfjs takes several operations over the whole tensor, and TensorFlow one. */
const rules: Record<string, Rule> = {
  Relu: fused("output", "ReluGrad", "gradient first"),
  Relu6: fused("output", "Relu6Grad", "gradient first"),
  Selu: fused("output", "SeluGrad", "gradient first"),
  Sigmoid: fused("output", "SigmoidGrad", "value first"),
  Tanh: fused("output", "TanhGrad", "value first"),
  Softplus: fused("input", "SoftplusGrad", "gradient first"),
  Sqrt: fused("output", "SqrtGrad", "value first"),
  Rsqrt: fused("output", "RsqrtGrad", "value first"),
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

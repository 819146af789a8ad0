import { tf } from "../engine/tf.ts";
import { runOp } from "./native.ts";

type Kernel = (inputs: Record<string, tf.Tensor>, attributes: Record<string, number>) => tf.Tensor;

/** The type of elements as an attribute: tfjs' name of it. */
function elements({ dtype }: tf.Tensor): { type: "float32" | "int32" | "bool" } {
  return { type: dtype as "float32" | "int32" | "bool" };
}

/** Kernels of tfjs-node that a step should not run as they are. */
const kernels: Record<string, Kernel> = {
  // tfjs-node reads the indices in JavaScript to check them; TensorFlow checks them itself.
  GatherV2: ({ x, indices }, { axis = 0, batchDims = 0 }) =>
    gather(x as tf.Tensor, indices as tf.Tensor, axis, batchDims),
  // Six operations over the whole tensor in tfjs-node; NaN gives `alpha` here, where tfjs gives NaN.
  Step: ({ x }, { alpha = 0 }) => step(x as tf.Tensor, alpha),
};

/** Puts the kernels in place; returns the ways back. */
export function replaceKernels(): (() => void)[] {
  return Object.entries(kernels).map(([kernelName, kernel]) => {
    const backendName = tf.getBackend();
    const original = tf.getKernel(kernelName, backendName);
    tf.unregisterKernel(kernelName, backendName);
    tf.registerKernel({
      kernelName,
      backendName,
      kernelFunc: ({ inputs, attrs }) => kernel(inputs as Record<string, tf.Tensor>, attrs as Record<string, number>),
    });
    return () => {
      tf.unregisterKernel(kernelName, backendName);
      tf.registerKernel(original);
    };
  });
}

function gather(x: tf.Tensor, indices: tf.Tensor, axis: number, batchDims: number): tf.Tensor {
  const types = { Tparams: elements(x), Tindices: elements(indices), Taxis: { type: "int32" } } as const;
  const at = tf.scalar(axis, "int32");
  const rows = runOp("GatherV2", { batch_dims: { int: batchDims }, ...types }, [x, indices, at]);
  at.dispose();
  return rows;
}

function step(x: tf.Tensor, alpha: number): tf.Tensor {
  return tf.tidy(() => {
    const positive = tf.greater(x, tf.scalar(0, x.dtype));
    return runOp("SelectV2", { T: elements(x) }, [positive, tf.scalar(1, x.dtype), tf.scalar(alpha, x.dtype)]);
  });
}

import type * as tfjs from "@tensorflow/tfjs-node";
import { convFilterGradient } from "./conv-gradient.ts";
import { segmentSum } from "./segment-sum.ts";
import { replaceProducts } from "./wasm-matmul.ts";

type Tf = typeof tfjs;
type KernelFunc = Parameters<Tf["registerKernel"]>[0]["kernelFunc"];

/**
 * What the WebAssembly backend lacks and a lesson may meet, mostly inside a gradient: of convolutions, their transposes
 * and gathering. The first two are put together from what it has; the others run in plain JavaScript, as does one that it
 * has and that is wrong.
 */
export function addMissingKernels(tf: Tf): void {
  replaceProducts(tf);
  add(tf, "Conv2DBackpropFilter", convFilterGradient(tf));
  add(tf, "UnsortedSegmentSum", segmentSum(tf));
  for (const name of ["DepthwiseConv2dNativeBackpropFilter", "DepthwiseConv2dNativeBackpropInput", "Einsum"]) {
    add(tf, name, inPlainJavaScript(tf, name));
  }
  // Its own writes whole numbers into memory that is read as float32: with that dtype each 1 came out as 1.4e-45.
  tf.unregisterKernel("OneHot", "wasm");
  add(tf, "OneHot", inPlainJavaScript(tf, "OneHot"));
}

/** A later version may have it: then that one stays. */
function add(tf: Tf, kernelName: string, kernelFunc: KernelFunc): void {
  const there = tf.getKernelsForBackend("wasm").some(kernel => kernel.kernelName === kernelName);
  if (!there) tf.registerKernel({ kernelName, backendName: "wasm", kernelFunc });
}

interface Backend {
  readSync(dataId: object): tfjs.TypedArray;
  makeTensorInfo(shape: number[], dtype: tfjs.DataType, values: tfjs.TypedArray): tfjs.TensorInfo;
  disposeData(dataId: object): boolean;
}

/** Runs the CPU backend's kernel on copies of the inputs. */
function inPlainJavaScript(tf: Tf, name: string): KernelFunc {
  return ({ inputs, attrs, backend }) => {
    const [wasm, cpu] = [backend as Backend, tf.findBackend("cpu") as unknown as Backend];
    const copies = (Object.entries(inputs) as [string, tfjs.TensorInfo][]).map(([key, { shape, dtype, dataId }]) => {
      return [key, cpu.makeTensorInfo(shape, dtype, wasm.readSync(dataId))] as const;
    });
    // some kernels take their inputs as a list
    const own = Object.assign(Array.isArray(inputs) ? [] : {}, Object.fromEntries(copies));
    const { kernelFunc } = tf.getKernel(name, "cpu");
    const result = kernelFunc({
      inputs: own,
      ...(attrs ? { attrs } : {}),
      backend: cpu,
    }) as tfjs.TensorInfo;
    const values = cpu.readSync(result.dataId);
    for (const { dataId } of [result, ...copies.map(([, copy]) => copy)]) cpu.disposeData(dataId);
    return tf.tensor(values, result.shape, result.dtype);
  };
}

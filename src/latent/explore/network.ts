import type { Variable } from "@tensorflow/tfjs-node";
import { toFloat16 } from "../compile/float16.ts";
import type { Layer } from "../models/layer.ts";

/** How the numbers travel: `float16` 2 bytes each, `int8` 1 byte a weight with a scale for each output. */
export type Precision = "float16" | "int8";

/** A network as the page computes it: `src/explorer/network.ts` says how the bytes lie. */
export interface PageNetwork {
  layers: { inputs: number; outputs: number; activation: string }[];
  weights: Uint8Array;
}

/**
 * A network of fully connected layers for the page, which knows no tensors.
 *
 * @param last what follows its last sum, where that is not the layer's own activation
 * @throws TypeError when it has other layers
 */
export function pageNetwork(
  layer: Pick<Layer, "dense">,
  who: string,
  { last, precision = "float16" }: { last?: "sigmoid" | undefined; precision?: Precision | undefined } = {},
): PageNetwork {
  const { dense } = layer;
  if (dense === undefined)
    throw new TypeError(`${who} needs a model of fully connected layers; a page cannot compute the others.`);
  const layers = dense.map(({ weights, activation }, i) => {
    const [inputs, outputs] = weights.shape as [number, number];
    return { inputs, outputs, activation: i === dense.length - 1 ? (last ?? activation) : activation };
  });
  const packed = dense.flatMap(part => pack[precision](numbersOf(part.weights), numbersOf(part.bias)));
  const bytes = packed.map(({ buffer, byteOffset, byteLength }) => Buffer.from(buffer, byteOffset, byteLength));
  return { layers, weights: Uint8Array.from(Buffer.concat(bytes)) };
}

const pack: Record<
  Precision,
  (weights: Float32Array, bias: Float32Array) => (Uint16Array | Float32Array | Int8Array)[]
> = {
  float16: (weights, bias) => [toFloat16(weights), toFloat16(bias)],
  int8: (weights, bias) => {
    const outputs = bias.length;
    const scales = new Float32Array(outputs);
    for (const [i, weight] of weights.entries())
      scales[i % outputs] = Math.max(scales[i % outputs] as number, Math.abs(weight) / 127);
    const bytes = Int8Array.from(weights, (weight, i) => Math.round(weight / (scales[i % outputs] || 1)));
    return [scales, bias, bytes];
  },
};

function numbersOf(variable: Variable): Float32Array {
  return variable.dataSync() as Float32Array;
}

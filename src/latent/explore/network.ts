import type { Tensor, Tensor4D } from "@tensorflow/tfjs-node";
import { toFloat16 } from "../compile/float16.ts";
import { tf } from "../engine/tf.ts";
import type { Convolution } from "../models/conv.ts";
import type { DenseLayer } from "../models/layer.ts";

/** How the numbers travel: `float16` 2 bytes each, `int8` 1 byte a weight with a scale for each output. */
export type Precision = "float16" | "int8";

type Activation = DenseLayer["activation"];

/** A part of a model that a page can compute: layers one after the other, fully connected or convolutions of {@link convolution}. */
export interface Connected {
  dense?: readonly { weights: Tensor; bias: Tensor; activation: Activation }[];
  /** Where not all layers are fully connected: each of them, in order. */
  layers?: readonly (Connected | Convolution)[];
}

interface PageLayer {
  inputs: number;
  outputs: number;
  activation: Activation;
  convolution?: { sides: [number, number]; channels: [number, number]; transposed: boolean };
}

/** A network as the page computes it: `src/explorer/network.ts` says how the bytes lie. */
export interface PageNetwork {
  layers: PageLayer[];
  weights: Uint8Array;
}

export interface PageNetworkOptions {
  /** What follows its last sum, where that is not the layer's own activation. */
  last?: "sigmoid" | undefined;
  precision?: Precision | undefined;
}

/**
 * A network for the page, which knows no tensors: its parts one after the other.
 *
 * @throws TypeError when it has other layers
 */
export function pageNetwork(
  parts: Connected | readonly Connected[],
  who: string,
  { last, precision = "float16" }: PageNetworkOptions = {},
): PageNetwork {
  const made: Numbers[] = [];
  for (const layer of [parts].flat().flatMap(part => layersOf(part, who)))
    made.push("filter" in layer ? convolved(layer, made.at(-1)) : connected(layer));
  const final = made.at(-1);
  if (final !== undefined && last !== undefined) final.activation = last;
  const packed = made.flatMap(({ weights, bias }) => pack[precision](weights, bias));
  const bytes = packed.map(({ buffer, byteOffset, byteLength }) => Buffer.from(buffer, byteOffset, byteLength));
  return {
    layers: made.map(({ weights: _, bias: __, ...layer }) => layer),
    weights: Uint8Array.from(Buffer.concat(bytes)),
  };
}

type Numbers = PageLayer & { weights: Float32Array; bias: Float32Array };
type Affine = NonNullable<Connected["dense"]>[number];

function layersOf(part: Connected | Convolution, who: string): (Affine | Convolution)[] {
  if ("filter" in part) return [part];
  if (part.layers !== undefined) return part.layers.flatMap(layer => layersOf(layer, who));
  if (part.dense !== undefined) return [...part.dense];
  throw new TypeError(
    `${who} needs a model of fully connected layers, or of convolutions that its parts name in \`layers\`; a page cannot compute the others.`,
  );
}

function connected({ weights, bias, activation }: Affine): Numbers {
  const [inputs, outputs] = weights.shape as [number, number];
  return { inputs, outputs, activation, weights: numbersOf(weights), bias: numbersOf(bias) };
}

/** The side of its input follows from what comes before; the first layer's is that of a square image of 28 × 28. */
function convolved({ filter, bias, activation, side }: Convolution, before: PageLayer | undefined): Numbers {
  const [, , third, fourth] = filter.shape as [number, number, number, number];
  const transposed = side !== undefined;
  const channels: [number, number] = transposed ? [fourth, third] : [third, fourth];
  const from = before === undefined ? 28 : Math.sqrt(before.outputs / channels[0]);
  const to = side ?? Math.ceil(from / 2);
  const order = transposed ? tf.transpose(filter as unknown as Tensor4D, [0, 1, 3, 2]) : filter;
  return {
    ...{ inputs: from * from * channels[0], outputs: to * to * channels[1], activation },
    ...{ convolution: { sides: [from, to], channels, transposed }, weights: numbersOf(order), bias: numbersOf(bias) },
  };
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

function numbersOf(tensor: Tensor): Float32Array {
  return tensor.dataSync() as Float32Array;
}

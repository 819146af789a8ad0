import type { Tensor, Tensor2D } from "@tensorflow/tfjs-node";
import { tf } from "../engine/tf.ts";
import type { Explorable } from "./explorer.ts";
import { type Connected, type PageNetwork, type Precision, pageNetwork } from "./network.ts";

interface Options {
  /** Taken off the input, and added to the output. */
  mean: Tensor | undefined;
  precision: Precision;
  pixels: number;
}

/** A model from image to image as one network for the page. */
export function centredNetwork({ parts }: Explorable, { mean, precision, pixels }: Options, who: string): PageNetwork {
  if (parts?.encoder === undefined) throw new TypeError(`${who} needs models that have encoder and decoder as parts.`);
  const { encoder, decoder, output } = parts;
  const last = output === "bernoulli" ? "sigmoid" : undefined;
  const whole = mean === undefined ? [encoder, decoder] : [shifted(encoder, decoder, mean, who)];
  const network = pageNetwork(whole, who, { last, precision });
  const [first, final] = [network.layers.at(0), network.layers.at(-1)];
  if (first?.inputs !== pixels || final?.outputs !== pixels)
    throw new TypeError(
      `${who} has images of ${pixels} pixels; a model takes ${first?.inputs} and gives ${final?.outputs}.`,
    );
  return network;
}

/** The mean goes into the first and the last bias: (x − mean) W + b = x W + (b − mean W). */
function shifted(encoder: Connected, decoder: Connected, mean: Tensor, who: string): Connected {
  const layers = [...(encoder.dense ?? []), ...(decoder.dense ?? [])];
  const [first, last] = [layers[0], layers.at(-1)];
  if (first === undefined || last === undefined || last.activation !== "linear")
    throw new TypeError(`${who} takes a mean with models of fully connected layers that end in a linear one.`);
  const before = tf.tidy(() =>
    tf.sub(first.bias, tf.matMul(mean.expandDims(0) as Tensor2D, first.weights as Tensor2D).as1D()),
  );
  const after = tf.tidy(() => tf.add(last.bias, mean));
  const own = (layer: typeof first) =>
    layer === first ? { ...layer, bias: before } : layer === last ? { ...layer, bias: after } : layer;
  return { dense: layers.map(own) };
}

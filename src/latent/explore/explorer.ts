import type { Tensor2D } from "@tensorflow/tfjs-node";
import type { Layer } from "../models/layer.ts";
import type { Keys } from "../options/keys.ts";
import { classColours } from "../plot/colours.ts";
import { anywidget } from "../widgets/any_widget.ts";
import type { Widget } from "../widgets/widget.ts";
import { frontEnd } from "./front.ts";
import { type PageNetwork, type Precision, pageNetwork } from "./network.ts";

/** A model that a page can compute: {@link Autoencoder}, {@link VariationalAutoencoder}. */
export interface Explorable {
  parts?: { encoder: Pick<Layer, "dense">; decoder: Pick<Layer, "dense">; output: "squared" | "bernoulli" };
}

export interface ExplorerOptions {
  /** Where examples lie: `[n, 2]` in the plane, `[n, 3]` on the sphere; a few thousand at most. */
  codes: Tensor2D;
  /** The class of each example. */
  labels: ArrayLike<number>;
  /** The examples themselves `[m, side²]`, values 0 … 1, for the first m of the codes; each is 784 bytes in the notebook. */
  images?: Tensor2D;
  /** Whether the reader can draw: the encoder goes into the page as well. @defaultValue true */
  draw?: boolean;
  /**
   * `int8` is half as large, and its pictures differ by less than the eye sees; a notebook may have 1 MB.
   *
   * @defaultValue `float16`
   */
  precision?: Precision;
}

/** What the page tells: where the reader is. */
export interface ExplorerState {
  /** The code; undefined until the reader moves. */
  at: readonly number[] | undefined;
}

/** What differs between explorers. */
export interface Kind {
  name: "plane" | "sphere";
  /** Numbers of a code. */
  dimensions: number;
  words: string;
  state?: Record<string, unknown>;
}

export const KEYS: Keys<ExplorerOptions> = { codes: true, labels: true, images: true, draw: true, precision: true };
const MOST = 5000;

/** An explorer of a kind: its front end with the model's numbers and the examples. */
export function explorer(model: Explorable, options: ExplorerOptions, kind: Kind): Widget<ExplorerState> {
  const who = `explore.${kind.name}`;
  const { parts } = model;
  if (parts === undefined) throw new TypeError(`${who} needs a model that has its encoder and decoder as parts.`);
  const { codes, labels, images, draw = true, precision = "float16" } = options;
  const last = parts.output === "bernoulli" ? "sigmoid" : undefined;
  const decoder = pageNetwork(parts.decoder, who, { last, precision });
  const encoder = draw ? pageNetwork(parts.encoder, who, { precision }) : { layers: [], weights: new Uint8Array(0) };
  const side = sideOf(decoder, who, kind.dimensions);
  expectShapes(options, who, kind.dimensions, side);
  const state = {
    at: undefined,
    ...{ side, colours: classColours, precision },
    ...{ decoder_layers: decoder.layers, decoder_weights: decoder.weights },
    ...{ encoder_layers: encoder.layers, encoder_weights: encoder.weights },
    codes: Float32Array.from(codes.dataSync()),
    labels: Uint8Array.from(labels),
    images: images ? Uint8Array.from(images.dataSync(), value => Math.round(255 * value)) : new Uint8Array(0),
    ...kind.state,
  };
  const words = `${kind.words}, ${labels.length} examples.`;
  return anywidget<ExplorerState>(frontEnd(kind.name), state, { words });
}

function sideOf({ layers }: PageNetwork, who: string, dimensions: number): number {
  const [first, last] = [layers.at(0), layers.at(-1)];
  const side = Math.sqrt(last?.outputs ?? 0);
  if (first?.inputs !== dimensions)
    throw new TypeError(`${who} needs a decoder of ${dimensions} codes; this one takes ${first?.inputs ?? "none"}.`);
  if (!Number.isInteger(side) || side === 0)
    throw new TypeError(`${who} shows square images; this decoder gives ${last?.outputs} numbers.`);
  return side;
}

function expectShapes({ codes, labels, images }: ExplorerOptions, who: string, dimensions: number, side: number): void {
  const [n, width] = codes.shape;
  if (width !== dimensions || n !== labels.length || n > MOST)
    throw new RangeError(
      `${who} needs codes [n, ${dimensions}] and n labels, n up to ${MOST}; got [${codes.shape}] and ${labels.length}.`,
    );
  if (images !== undefined && (images.shape[1] !== side ** 2 || images.shape[0] > n))
    throw new RangeError(`${who} needs images [m, ${side ** 2}], m up to ${n}; got [${images.shape}].`);
}

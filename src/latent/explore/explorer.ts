import type { Tensor2D } from "@tensorflow/tfjs-node";
import type { Keys } from "../options/keys.ts";
import { classColours } from "../plot/colours.ts";
import { anywidget } from "../widgets/any_widget.ts";
import type { Widget } from "../widgets/widget.ts";
import { frontEnd } from "./front.ts";
import { pageImages, sideOf } from "./images.ts";
import { type Connected, type PageNetwork, type Precision, pageNetwork } from "./network.ts";

/** A model that a page can compute: {@link Autoencoder}, {@link VariationalAutoencoder}. */
export interface Explorable {
  parts?: { encoder?: Connected; decoder: Connected; output: "squared" | "bernoulli" };
}

export interface ExplorerOptions {
  /** Where examples lie: `[n, 2]` in the plane, `[n, 3]` on the sphere; a few thousand at most. */
  codes: Tensor2D;
  /** The class of each example. */
  labels: ArrayLike<number>;
  /** The examples themselves `[m, d]`, images with values 0 … 1, for the first m of the codes; a digit is 784 bytes in the notebook. */
  images?: Tensor2D;
  /** What the decoder gives: square images, or series of numbers, which are drawn as lines. @defaultValue `images` */
  shown?: "images" | "series";
  /** Whether the reader can draw: the encoder goes into the page as well. @defaultValue where the model has an encoder */
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

export const KEYS: Keys<ExplorerOptions> = {
  codes: true,
  labels: true,
  images: true,
  draw: true,
  precision: true,
  shown: true,
};
const MOST = 5000;

/** An explorer of a kind: its front end with the model's numbers and the examples. */
export function explorer(model: Explorable, options: ExplorerOptions, kind: Kind): Widget<ExplorerState> {
  const who = `explore.${kind.name}`;
  const { parts } = model;
  if (parts === undefined) throw new TypeError(`${who} needs a model that has its encoder and decoder as parts.`);
  const { encoder: ofDrawings } = parts;
  const { codes, labels, images, precision = "float16", shown = "images" } = options;
  const { draw = ofDrawings !== undefined && shown === "images" } = options;
  if (draw && shown === "series") throw new TypeError(`${who} has a pad for images; a series cannot be drawn on it.`);
  if (draw && ofDrawings === undefined) throw new TypeError(`${who} needs an encoder for what the reader draws.`);
  const last = parts.output === "bernoulli" ? "sigmoid" : undefined;
  const decoder = pageNetwork(parts.decoder, who, { last, precision });
  const encoder = draw ? pageNetwork(ofDrawings ?? {}, who, { precision }) : { layers: [], weights: new Uint8Array(0) };
  const size = sizeOf(decoder, who, kind.dimensions);
  const side = shown === "images" ? sideOf(size, who) : size;
  expectShapes(options, who, kind.dimensions, size);
  const state = {
    at: undefined,
    ...{ side, colours: classColours, precision },
    ...{ decoder_layers: decoder.layers, decoder_weights: decoder.weights },
    ...{ encoder_layers: encoder.layers, encoder_weights: encoder.weights },
    codes: Float32Array.from(codes.dataSync()),
    labels: Uint8Array.from(labels),
    ...(shown === "images" ? ofImages(images) : ofSeries(images, who)),
    ...kind.state,
  };
  const words = `${kind.words}, ${labels.length} examples.`;
  return anywidget<ExplorerState>(frontEnd(kind.name), state, { words });
}

function ofImages(images: Tensor2D | undefined) {
  return { images: images ? pageImages(images) : new Uint8Array(0), range: null };
}

function ofSeries(series: Tensor2D | undefined, who: string) {
  if (series === undefined) throw new RangeError(`${who} needs some series as images, to know their range.`);
  const numbers = Float32Array.from(series.dataSync());
  const [low, high] = [Math.min, Math.max].map(of => numbers.reduce((a, b) => of(a, b)));
  return { images: numbers, range: [low, high] };
}

function sizeOf({ layers }: PageNetwork, who: string, dimensions: number): number {
  const [first, last] = [layers.at(0), layers.at(-1)];
  if (first?.inputs !== dimensions)
    throw new TypeError(`${who} needs a decoder of ${dimensions} codes; this one takes ${first?.inputs ?? "none"}.`);
  return last?.outputs ?? 0;
}

function expectShapes({ codes, labels, images }: ExplorerOptions, who: string, dimensions: number, size: number): void {
  const [n, width] = codes.shape;
  if (width !== dimensions || n !== labels.length || n > MOST)
    throw new RangeError(
      `${who} needs codes [n, ${dimensions}] and n labels, n up to ${MOST}; got [${codes.shape}] and ${labels.length}.`,
    );
  if (images !== undefined && (images.shape[1] !== size || images.shape[0] > n))
    throw new RangeError(`${who} needs images [m, ${size}], m up to ${n}; got [${images.shape}].`);
}

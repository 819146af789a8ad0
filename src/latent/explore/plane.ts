import type { Tensor2D } from "@tensorflow/tfjs-node";
import type { Layer } from "../models/layer.ts";
import { expectKeys, type Keys } from "../options/keys.ts";
import { classColours } from "../plot/colours.ts";
import { anywidget } from "../widgets/any_widget.ts";
import type { Widget } from "../widgets/widget.ts";
import { frontEnd } from "./front.ts";
import { type PageNetwork, type Precision, pageNetwork } from "./network.ts";

/** A model with two codes that a page can compute: {@link Autoencoder}, {@link VariationalAutoencoder}. */
export interface Explorable {
  parts?: { encoder: Pick<Layer, "dense">; decoder: Pick<Layer, "dense">; output: "squared" | "bernoulli" };
}

export interface PlaneOptions {
  /** `[n, 2]`: where examples lie; a few thousand at most. */
  codes: Tensor2D;
  /** The class of each example. */
  labels: ArrayLike<number>;
  /** The examples themselves `[m, side²]`, values 0 … 1, for the first m of the codes; each is 784 bytes in the notebook. */
  images?: Tensor2D;
  /** Left, right, bottom and top of the plane. @defaultValue all codes, with a margin */
  extent?: readonly [number, number, number, number];
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
export interface PlaneState {
  at: readonly [number, number];
}

const KEYS: Keys<PlaneOptions> = { codes: true, labels: true, images: true, extent: true, draw: true, precision: true };
const MOST = 5000;

/**
 * An explorer of a model's plane of codes: every place that the reader points at is decoded in the page, also where no kernel
 * runs; a drawn digit is encoded. In a notebook `observe("at", …)` hears where the reader is.
 *
 * @throws TypeError when the model has no two codes, or other layers than fully connected ones
 */
export function plane(model: Explorable, options: PlaneOptions): Widget<PlaneState> {
  expectKeys(options, "explore.plane", KEYS);
  const { parts } = model;
  if (parts === undefined)
    throw new TypeError("explore.plane needs a model that has its encoder and decoder as parts.");
  const { codes, labels, images, draw = true, precision = "float16" } = options;
  const last = parts.output === "bernoulli" ? "sigmoid" : undefined;
  const decoder = pageNetwork(parts.decoder, "explore.plane", { last, precision });
  const none: PageNetwork = { layers: [], weights: new Uint8Array(0) };
  const encoder = draw ? pageNetwork(parts.encoder, "explore.plane", { precision }) : none;
  const side = sideOf(decoder);
  expectShapes(codes, labels, images, side);
  const values = codes.dataSync() as Float32Array;
  const extent = options.extent ?? extentOf(values);
  const [x0, x1, y0, y1] = extent;
  const state = {
    at: [(x0 + x1) / 2, (y0 + y1) / 2] as const,
    ...{ side, extent, colours: classColours, precision },
    ...{ decoder_layers: decoder.layers, decoder_weights: decoder.weights },
    ...{ encoder_layers: encoder.layers, encoder_weights: encoder.weights },
    codes: Float32Array.from(values),
    labels: Uint8Array.from(labels),
    images:
      images === undefined ? new Uint8Array(0) : Uint8Array.from(images.dataSync(), value => Math.round(255 * value)),
  };
  const words = `Explorer of the plane of codes from (${x0}, ${y0}) to (${x1}, ${y1}), ${labels.length} examples.`;
  return anywidget<PlaneState>(frontEnd("plane"), state, { words });
}

function sideOf({ layers }: PageNetwork): number {
  const [first, last] = [layers.at(0), layers.at(-1)];
  const side = Math.sqrt(last?.outputs ?? 0);
  if (first?.inputs !== 2)
    throw new TypeError(`explore.plane needs a decoder of 2 codes; this one takes ${first?.inputs ?? "none"}.`);
  if (!Number.isInteger(side) || side === 0)
    throw new TypeError(`explore.plane shows square images; this decoder gives ${last?.outputs} numbers.`);
  return side;
}

function expectShapes(codes: Tensor2D, labels: ArrayLike<number>, images: Tensor2D | undefined, side: number): void {
  const [n, two] = codes.shape;
  if (two !== 2 || n !== labels.length || n > MOST)
    throw new RangeError(
      `explore.plane needs codes [n, 2] and n labels, n up to ${MOST}; got [${codes.shape}] and ${labels.length}.`,
    );
  if (images !== undefined && (images.shape[1] !== side ** 2 || images.shape[0] > n))
    throw new RangeError(`explore.plane needs images [m, ${side ** 2}], m up to ${n}; got [${images.shape}].`);
}

/** All codes with a twentieth of their range on each side; numbers a reader can read. */
function extentOf(codes: Float32Array): [number, number, number, number] {
  const along = (axis: number): [number, number] => {
    const values = codes.filter((_, i) => i % 2 === axis);
    const low = values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
    const high = values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
    const margin = (high - low) / 20 || 1;
    return [Number((low - margin).toPrecision(3)), Number((high + margin).toPrecision(3))];
  };
  return [...along(0), ...along(1)];
}

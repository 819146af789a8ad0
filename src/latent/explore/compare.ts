import type { Tensor, Tensor2D } from "@tensorflow/tfjs-node";
import { expectKeys, type Keys } from "../options/keys.ts";
import { anywidget } from "../widgets/any_widget.ts";
import type { Widget } from "../widgets/widget.ts";
import { centredNetwork } from "./centred.ts";
import type { Explorable } from "./explorer.ts";
import { frontEnd } from "./front.ts";
import { expectExamples, pageImages } from "./images.ts";
import type { Precision } from "./network.ts";

export interface CompareOptions {
  /** Images to choose from, `[m, side²]` of values 0 … 1, m up to 30; the reader can draw one as well. */
  images: Tensor2D;
  labels?: ArrayLike<number>;
  /** What is done to an image first, with the levels of a slider: noise of a variance, a share of pixels masked, pixels to the right. */
  damage?: { noise: readonly number[] } | { mask: readonly number[] } | { shift: readonly number[] };
  /** What the models expect to be taken off an image, and added to their output, `[side²]`. */
  mean?: Tensor;
  /** All outputs at once, or one at a time under a slider of this name. @defaultValue all at once */
  slider?: string;
  /** `int8` is half as large. @defaultValue `float16` */
  precision?: Precision;
}

/** Where the reader is: which image (−1 is a drawing), which model, which level of damage. */
export interface CompareState {
  at: readonly [example: number, model: number, level: number];
}

const KEYS: Keys<CompareOptions> = {
  images: true,
  labels: true,
  damage: true,
  mean: true,
  slider: true,
  precision: true,
};
const WHO = "explore.compare";

/**
 * An explorer of several models: one image, chosen, damaged or drawn by the reader, is put through each of them in the page, also
 * where no kernel runs.
 *
 * @param models by the names that the page shows
 * @throws TypeError when one of them cannot be computed in a page
 */
export function compare(models: Record<string, Explorable>, options: CompareOptions): Widget<CompareState> {
  expectKeys(options, WHO, KEYS);
  const { images, labels, damage, mean, slider, precision = "float16" } = options;
  const side = expectExamples(options, WHO);
  const names = Object.keys(models);
  if (names.length === 0) throw new RangeError(`${WHO} needs at least one model.`);
  const networks = Object.values(models).map(model =>
    centredNetwork(model, { mean, precision, pixels: side ** 2 }, WHO),
  );
  const [kind, levels] = Object.entries(damage ?? { none: [0] })[0] as [string, readonly number[]];
  const state = {
    // The middle level first: what damage does is seen at once.
    at: [0, 0, Math.floor((levels.length - 1) / 2)] as const,
    ...{ side, names, precision, damage: kind, levels, beside: slider === undefined, label: slider ?? "" },
    networks: networks.map(({ layers }) => layers),
    weights: Uint8Array.from(Buffer.concat(networks.map(({ weights }) => weights))),
    images: pageImages(images),
    labels: Uint8Array.from(labels ?? []),
  };
  const words = `Explorer: one image through ${names.join(", ")}; ${images.shape[0]} images.`;
  return anywidget<CompareState>(frontEnd("compare"), state, { words });
}

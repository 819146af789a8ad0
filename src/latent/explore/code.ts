import type { Tensor2D } from "@tensorflow/tfjs-node";
import { expectKeys, type Keys } from "../options/keys.ts";
import { anywidget } from "../widgets/any_widget.ts";
import type { Widget } from "../widgets/widget.ts";
import type { Explorable, ExplorerState } from "./explorer.ts";
import { frontEnd } from "./front.ts";
import { expectExamples, pageImages } from "./images.ts";
import { type Precision, pageNetwork } from "./network.ts";

export interface CodeOptions {
  /** Images to choose from, `[m, side²]` of values 0 … 1, m up to 30; the reader can draw one as well. */
  images: Tensor2D;
  labels?: ArrayLike<number>;
  /** Codes of many examples, `[n, k]`: how far each number can be moved. */
  codes: Tensor2D;
  /** `int8` is half as large. @defaultValue `float16` */
  precision?: Precision;
}

const KEYS: Keys<CodeOptions> = { images: true, labels: true, codes: true, precision: true };
const WHO = "explore.code";

/**
 * An explorer of single numbers of a code: the code of an image, chosen or drawn by the reader, stands as bars that can be moved,
 * and is decoded in the page, also where no kernel runs.
 *
 * @throws TypeError when a page cannot compute the model
 */
export function code(model: Explorable, options: CodeOptions): Widget<ExplorerState> {
  expectKeys(options, WHO, KEYS);
  const { parts } = model;
  if (parts?.encoder === undefined)
    throw new TypeError(`${WHO} needs a model that has its encoder and decoder as parts.`);
  const { images, labels, codes, precision = "float16" } = options;
  const side = expectExamples(options, WHO);
  const last = parts.output === "bernoulli" ? "sigmoid" : undefined;
  const [encoder, decoder] = [
    pageNetwork(parts.encoder, WHO, { precision }),
    pageNetwork(parts.decoder, WHO, { precision, last }),
  ];
  const k = codes.shape[1];
  if (decoder.layers[0]?.inputs !== k)
    throw new RangeError(`${WHO} needs codes [n, ${decoder.layers[0]?.inputs}]; got [${codes.shape}].`);
  const state = {
    at: undefined,
    ...{ side, precision, images: pageImages(images), labels: Uint8Array.from(labels ?? []) },
    ...{ decoder_layers: decoder.layers, decoder_weights: decoder.weights },
    ...{ encoder_layers: encoder.layers, encoder_weights: encoder.weights },
    lowest: Float32Array.from(codes.min(0).dataSync()),
    highest: Float32Array.from(codes.max(0).dataSync()),
  };
  const words = `Explorer of a code of ${k} numbers; ${images.shape[0]} images.`;
  return anywidget<ExplorerState>(frontEnd("code"), state, { words });
}

import type { Tensor2D } from "@tensorflow/tfjs-node";
import { toFloat16 } from "../compile/float16.ts";
import type { Rbm } from "../models/rbm.ts";
import { expectKeys, type Keys } from "../options/keys.ts";
import { anywidget } from "../widgets/any_widget.ts";
import type { Widget } from "../widgets/widget.ts";
import { frontEnd } from "./front.ts";
import { expectExamples } from "./images.ts";

export interface GibbsOptions {
  /** Where one row of chains begins: `[m, n]` of zeros and ones, square images, m up to 20. As many begin at noise. */
  starts: Tensor2D;
}

export interface GibbsState {
  /** How many steps the chains have taken. */
  step: number;
}

const KEYS: Keys<GibbsOptions> = { starts: true };
const WHO = "explore.gibbs";

/**
 * Gibbs chains of a restricted Boltzmann machine that run in the page, also where no kernel runs: from examples or the reader's
 * drawing, and from the visible units drawn by their biases alone.
 *
 * @throws RangeError when the machine's visible units are no square image, or `starts` has others
 */
export function gibbs(
  machine: Pick<Rbm, "weights" | "visibleBias" | "hiddenBias">,
  options: GibbsOptions,
): Widget<GibbsState> {
  expectKeys(options, WHO, KEYS);
  const { starts } = options;
  const side = expectExamples({ images: starts }, WHO, 20);
  const [visible, hidden] = machine.weights.shape;
  if (starts.shape[1] !== visible) throw new RangeError(`${WHO} needs starts [m, ${visible}]; got [${starts.shape}].`);
  const numbers = [machine.weights, machine.hiddenBias, machine.visibleBias].map(part =>
    toFloat16(part.dataSync() as Float32Array),
  );
  const bytes = numbers.map(({ buffer, byteOffset, byteLength }) => Buffer.from(buffer, byteOffset, byteLength));
  const state = {
    ...{ step: 0, side, hidden, weights: Uint8Array.from(Buffer.concat(bytes)) },
    images: Uint8Array.from(starts.dataSync(), value => (value >= 0.5 ? 1 : 0)),
  };
  const words = `Explorer: ${2 * starts.shape[0]} Gibbs chains of a machine of ${visible} visible and ${hidden} hidden units.`;
  return anywidget<GibbsState>(frontEnd("gibbs"), state, { words });
}

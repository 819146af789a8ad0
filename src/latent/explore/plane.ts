import { expectKeys, type Keys } from "../options/keys.ts";
import type { Widget } from "../widgets/widget.ts";
import { type Explorable, type ExplorerOptions, type ExplorerState, explorer, KEYS } from "./explorer.ts";

export interface PlaneOptions extends ExplorerOptions {
  /** Left, right, bottom and top of the plane. @defaultValue all codes, with a margin */
  extent?: readonly [number, number, number, number];
}

const PLANE_KEYS: Keys<PlaneOptions> = { ...KEYS, extent: true };

/**
 * An explorer of a model's plane of codes: every place that the reader points at is decoded in the page, also where no kernel
 * runs; a drawn digit is encoded. In a notebook `observe("at", …)` hears where the reader is.
 *
 * @throws TypeError when the model has no two codes, or other layers than fully connected ones
 */
export function plane(model: Explorable, options: PlaneOptions): Widget<ExplorerState> {
  expectKeys(options, "explore.plane", PLANE_KEYS);
  const extent = options.extent ?? extentOf(options.codes.dataSync() as Float32Array);
  const [x0, x1, y0, y1] = extent.map(end => Number(end.toPrecision(3)));
  const words = `Explorer of the plane of codes from (${x0}, ${y0}) to (${x1}, ${y1})`;
  return explorer(model, options, { name: "plane", dimensions: 2, words, state: { extent } });
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

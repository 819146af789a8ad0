import type { ReadableBundle } from "../display/show.ts";
import { contrast } from "../plot/colours.ts";
import { brief, extent } from "../plot/numbers.ts";

const WIDTH = 680;
const HEIGHT = 160;
/** Points of a picture: more than this are not told apart at its width. */
const POINTS = 340;

interface Watched {
  steps: number;
  y: string;
  log?: boolean;
  /** Since the loop began. */
  seconds: number;
}

/** A picture of a running loop: bar, words, and the curve so far. */
export function frame(values: readonly number[], { steps, y, log = false, seconds }: Watched): ReadableBundle {
  const done = values.length;
  const left = Math.ceil((seconds / done) * Math.max(0, steps - done));
  const words = `step ${done} of ${steps} · ${y} ${brief(values.at(-1) as number)} · ${left} s left`;
  const bar = `<progress style="width: ${WIDTH}px" max="${steps}" value="${done}"></progress>`;
  const picture = Buffer.from(svg(values, steps, log)).toString("base64");
  const image = `<img alt="${words}" src="data:image/svg+xml;base64,${picture}">`;
  return { "text/html": `${bar}<br>${words}<br>${image}`, "text/plain": words };
}

function svg(values: readonly number[], steps: number, log: boolean): string {
  const heights = values.map(value => (log ? Math.log10(value) : value));
  const finite = heights.filter(Number.isFinite);
  const [low, high] = extent(finite);
  const stride = Math.max(1, Math.ceil(values.length / POINTS));
  const points = heights.flatMap((height, i) => {
    if (i % stride !== 0 || !Number.isFinite(height)) return [];
    const x = (WIDTH * i) / Math.max(1, steps - 1);
    const y = HEIGHT - 4 - ((HEIGHT - 8) * (height - low)) / (high - low || 1);
    return [`${x.toFixed(1)},${y.toFixed(1)}`];
  });
  const line = `<polyline fill="none" stroke="${contrast[0]}" stroke-width="2" points="${points.join(" ")}"/>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}">${line}</svg>`;
}

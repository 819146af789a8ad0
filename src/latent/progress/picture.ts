import { contrast } from "../plot/colours.ts";
import { extent } from "../plot/numbers.ts";

/** What has been measured so far, drawn small. */
export interface Curve {
  /** One value a step. */
  values: readonly number[];
  /** Steps in all. */
  total: number;
  /** Values of something else, now and then: dots. */
  marks?: readonly { step: number; value: number }[];
  /** In powers of ten. */
  log?: boolean | undefined;
  /** What is drawn, for a reader who does not see it. */
  words: string;
}

const WIDTH = 340;
const HEIGHT = 110;
/** More points than this cannot be told apart at this width. */
const POINTS = 170;

/** An `<img>`, because an inline `<svg>` vanishes from an untrusted notebook; white, so that it is read in a dark theme too. */
export function picture({ values, total, marks = [], log = false, words }: Curve): string {
  const height = log ? Math.log10 : (value: number) => value;
  const points = thinned(values, total).map(({ step, value }) => ({ step, value: height(value) }));
  const dots = marks.map(({ step, value }) => ({ step, value: height(value) }));
  const isDrawn = ({ value }: { value: number }): boolean => Number.isFinite(value);
  const finite = [...points, ...dots].filter(isDrawn);
  if (finite.length < 2) return "";
  const [low, high] = extent(finite.map(({ value }) => value));
  const x = (step: number): string => ((step / total) * WIDTH).toFixed(1);
  const y = (value: number): string => (HEIGHT - 4 - ((value - low) / (high - low || 1)) * (HEIGHT - 8)).toFixed(1);
  const line = points.filter(isDrawn).map(({ step, value }) => `${x(step)},${y(value)}`);
  const circles = dots
    .filter(isDrawn)
    .map(({ step, value }) => `<circle cx="${x(step)}" cy="${y(value)}" r="3" fill="${contrast[1]}"/>`);
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}"><rect width="100%" height="100%" fill="white"/>` +
    `<polyline points="${line.join(" ")}" fill="none" stroke="${contrast[0]}" stroke-width="1.5"/>${circles.join("")}</svg>`;
  return `<br><img alt="${words}" src="data:image/svg+xml;base64,${Buffer.from(svg).toString("base64")}">`;
}

/** Means of equal stretches of the steps. */
function thinned(values: readonly number[], total: number): { step: number; value: number }[] {
  const stretch = Math.max(1, Math.ceil(total / POINTS));
  const points: { step: number; value: number }[] = [];
  for (let from = 0; from < values.length; from += stretch) {
    const part = values.slice(from, from + stretch).filter(Number.isFinite);
    if (part.length > 0)
      points.push({ step: from + stretch, value: part.reduce((sum, value) => sum + value, 0) / part.length });
  }
  return points;
}

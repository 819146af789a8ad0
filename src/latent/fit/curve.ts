import { extent } from "../plot/numbers.ts";

const WIDTH = 340;
const HEIGHT = 110;
/** More points than this cannot be told apart at this width. */
const POINTS = 170;

interface Losses {
  readonly losses: readonly number[];
  readonly validations: readonly { step: number; loss: number }[];
  readonly steps: number;
}

/**
 * The loss so far as a small picture for the cell, validation as dots; an `<img>`, because an inline `<svg>` vanishes from
 * an untrusted notebook.
 */
export function curve({ losses, validations, steps }: Losses): string {
  const points = thinned(losses, steps);
  const all = [...points.map(({ loss }) => loss), ...validations.map(({ loss }) => loss)].filter(Number.isFinite);
  if (all.length < 2) return "";
  const [low, high] = extent(all);
  const span = high - low || 1;
  const place = ({ step, loss }: { step: number; loss: number }): string =>
    `${((step / steps) * WIDTH).toFixed(1)},${(HEIGHT - 4 - ((loss - low) / span) * (HEIGHT - 8)).toFixed(1)}`;
  const line = points
    .filter(({ loss }) => Number.isFinite(loss))
    .map(place)
    .join(" ");
  const dots = validations
    .map(point => place(point).split(","))
    .map(([x, y]) => `<circle cx="${x}" cy="${y}" r="3" fill="#d95f02"/>`);
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}">` +
    `<rect width="100%" height="100%" fill="white"/><polyline points="${line}" fill="none" stroke="#1f77b4" stroke-width="1.5"/>` +
    `${dots.join("")}</svg>`;
  const words = `Loss over ${losses.length} steps`;
  return `<br><img alt="${words}" src="data:image/svg+xml;base64,${Buffer.from(svg).toString("base64")}">`;
}

/** Means of equal stretches of the steps. */
function thinned(losses: readonly number[], steps: number): { step: number; loss: number }[] {
  const stretch = Math.max(1, Math.ceil(steps / POINTS));
  const points: { step: number; loss: number }[] = [];
  for (let from = 0; from < losses.length; from += stretch) {
    const part = losses.slice(from, from + stretch);
    points.push({ step: from + part.length, loss: part.reduce((sum, loss) => sum + loss, 0) / part.length });
  }
  return points;
}

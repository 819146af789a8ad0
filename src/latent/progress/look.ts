import { escapeHtml } from "../display/escape.ts";
import type { ReadableBundle } from "../display/show.ts";
import { type Curve, picture } from "./picture.ts";

/** Where one piece of work stands. */
export interface Standing {
  /** "epoch 2 of 10", "step 30 of 90", "loss 0.21". */
  words: readonly string[];
  done: number;
  /** Undefined where nobody knows. */
  total: number | undefined;
  /** Per second, and of what: "steps". Absent at the end, so that the same numbers make the same notebook. */
  rate?: { perSecond: number; unit: string };
  curve?: Curve | undefined;
}

const WIDTH = 340;

/** Work below work: a bar for each, outermost first, with rate and time left. In a log it is a line for each. */
export function look(standings: readonly Standing[]): ReadableBundle {
  const lines = standings.map((standing, depth) => `${"  ".repeat(depth)}${sentence(standing)}`);
  const html = standings.map(standing => {
    const { done, total, rate, curve } = standing;
    const value = total === undefined ? "" : ` max="${total}" value="${Math.min(done, total)}"`;
    const bar = rate === undefined ? "" : `<progress${value} style="width: ${WIDTH}px"></progress> `;
    return `<div>${bar}<code>${escapeHtml(sentence(standing))}</code>${curve ? picture(curve) : ""}</div>`;
  });
  return { "text/html": html.join(""), "text/plain": lines.join("\n") };
}

function sentence({ words, done, total, rate }: Standing): string {
  if (rate === undefined || !(rate.perSecond > 0)) return words.join(" · ");
  const said = [...words, `${brief(rate.perSecond)} ${rate.unit}/s`];
  if (total !== undefined) said.push(`${duration(Math.max(0, total - done) / rate.perSecond)} left`);
  return said.join(" · ");
}

/** Four digits. */
export function brief(value: number): string {
  return String(Number(value.toPrecision(4)));
}

function duration(seconds: number): string {
  const whole = Math.ceil(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}

/** A figure as a notebook stores it. */
export interface FigureData {
  data?: unknown;
  layout?: unknown;
  frames?: unknown;
  config?: unknown;
}

const PAPER = "#111111";
const INK = "#e4e4e4";
const LINE = "#3c3c3c";

/** What Plotly draws white or black where a figure names no colour. */
const AXIS = { gridcolor: LINE, zerolinecolor: LINE, linecolor: INK };
const TEMPLATE = {
  layout: {
    ...{ paper_bgcolor: PAPER, plot_bgcolor: PAPER, font: { color: INK }, xaxis: AXIS, yaxis: AXIS },
    scene: { xaxis: { ...AXIS, backgroundcolor: PAPER }, yaxis: { ...AXIS, backgroundcolor: PAPER } },
  },
};

/** Keys below which colours belong to data: a scale of them says what a number is. */
const KEPT = new Set(["colorscale", "source", "z", "x", "y", "text", "template"]);
/** Colours on dark paper are at least so light, 0 … 1. */
const LIGHT = 0.62;

/**
 * A figure for dark paper, with nothing of the one that it is made from: greys are turned round, other colours keep their hue
 * and are light enough to be told from the paper. Pictures and scales of colours stay, because they are data.
 */
export function darkened({ data, layout, ...more }: FigureData): FigureData {
  const own = turned(layout ?? {}) as Record<string, unknown>;
  return { ...more, data: turned(data ?? []), layout: { template: TEMPLATE, ...own } };
}

function turned(value: unknown): unknown {
  if (typeof value === "string") return colourOf(value) ?? value;
  if (Array.isArray(value)) return typeof value[0] === "number" ? value : value.map(turned);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, KEPT.has(key) ? inner : turned(inner)]));
}

const NAMED: Record<string, string> = { white: "#ffffff", black: "#000000" };

/** The colour for dark paper; undefined of a text that is none. */
function colourOf(text: string): string | undefined {
  const parsed = parse(NAMED[text] ?? text);
  if (parsed === undefined) return undefined;
  const { rgb, alpha } = parsed;
  const [r, g, b] = lightened(rgb).map(channel => Math.round(channel));
  return alpha === undefined ? `rgb(${r}, ${g}, ${b})` : `rgba(${r}, ${g}, ${b}, ${alpha})`;
}

type Rgb = readonly [number, number, number];

function parse(text: string): { rgb: Rgb; alpha?: number } | undefined {
  const hex = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})?$/i.exec(text);
  if (hex !== null) {
    const [r = 0, g = 0, b = 0, a] = hex
      .slice(1)
      .map(part => (part === undefined ? undefined : Number.parseInt(part, 16)));
    return { rgb: [r, g, b], ...(a !== undefined && { alpha: Number((a / 255).toFixed(2)) }) };
  }
  const list = /^rgba?\(([\d.]+),\s*([\d.]+),\s*([\d.]+)(?:,\s*([\d.]+))?\)$/.exec(text);
  if (list === null) return undefined;
  const [r = 0, g = 0, b = 0] = list.slice(1, 4).map(Number);
  return { rgb: [r, g, b], ...(list[4] !== undefined && { alpha: Number(list[4]) }) };
}

/** Between paper and ink for a grey; for others mixed with white until they are light enough. */
function lightened(rgb: Rgb): Rgb {
  const [low, high] = [Math.min(...rgb), Math.max(...rgb)];
  if (high - low < 20) {
    const share = 1 - (high + low) / 510;
    return [0, 0, 0].map(() => 0x11 + share * (0xe4 - 0x11)) as unknown as Rgb;
  }
  const middle = (high + low) / 510;
  if (middle >= LIGHT) return rgb;
  // The same hue and saturation with more lightness: what is paler would be harder to tell apart.
  const [from, to] = [1 - Math.abs(2 * middle - 1), 1 - Math.abs(2 * LIGHT - 1)];
  return rgb.map(channel => 255 * (LIGHT + ((channel / 255 - middle) * to) / from)) as unknown as Rgb;
}

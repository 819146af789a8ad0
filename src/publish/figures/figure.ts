/** A figure of a notebook, on its way to a page. */
export interface Figure {
  data: Trace[];
  layout: Record<string, unknown>;
  config?: Record<string, unknown>;
  frames?: unknown[];
}

export type Trace = Record<string, unknown> & { type?: string };

/** How a figure looks where nothing runs. */
export interface Still {
  svg?: string;
  /** In base64. */
  png?: string;
}

/** Beyond this many points a figure is a still: a browser could not turn it, nor a mail carry it. */
export const MOST_POINTS = 100_000;

/** The figure of an output. One without data, or with a layout missing, is an empty figure. */
export function figureOf(value: unknown): Figure {
  const { data, layout, config, frames } = (value ?? {}) as Partial<Figure>;
  return {
    data: Array.isArray(data) ? data : [],
    layout: layout ?? {},
    ...(config && { config }),
    ...(frames && frames.length > 0 && { frames }),
  };
}

/** How many numbers the largest trace holds along one of its axes. */
export function pointsOf({ data }: Figure): number {
  const lengths = data.flatMap(trace => [trace.x, trace.y, trace.z, trace.lat, trace.values].map(lengthOf));
  return Math.max(0, ...lengths);
}

function lengthOf(values: unknown): number {
  if (Array.isArray(values)) return Array.isArray(values[0]) ? values.length * values[0].length : values.length;
  // Numbers as bytes in base64: eight of them or fewer a number.
  const { bdata } = (values ?? {}) as { bdata?: unknown };
  return typeof bdata === "string" ? Math.floor((bdata.length * 3) / 4 / 8) : 0;
}

/** The figure in words: what the notebook says, or what the figure is called. */
export function wordsOf({ data, layout }: Figure, text: string): string {
  if (text !== "" && !/^Figure\(|^<.*>$/.test(text)) return text;
  const title = typeof layout.title === "string" ? layout.title : (layout.title as { text?: string } | undefined)?.text;
  const kinds = [...new Set(data.map(trace => trace.type ?? "scatter"))].join(", ");
  if (data.length === 0) return `${title ? `${title}. ` : ""}An empty figure.`;
  return `${title ?? "A figure without a title"} (${kinds}).`;
}

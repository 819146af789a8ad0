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

/** The figure in words: what the notebook says, or what the figure is called. */
export function wordsOf({ data, layout }: Figure, text: string): string {
  if (text !== "" && !/^Figure\(|^<.*>$/.test(text)) return text;
  const title = typeof layout.title === "string" ? layout.title : (layout.title as { text?: string } | undefined)?.text;
  const kinds = [...new Set(data.map(trace => trace.type ?? "scatter"))].join(", ");
  if (data.length === 0) return `${title ? `${title}. ` : ""}An empty figure.`;
  return `${title ?? "A figure without a title"} (${kinds}).`;
}

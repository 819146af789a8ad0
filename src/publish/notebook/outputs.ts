/** The outputs of a cell as nbformat 4 stores them. */
export interface Output {
  output_type: "stream" | "display_data" | "execute_result" | "error";
  name?: string;
  text?: string | string[];
  data?: Record<string, unknown>;
  metadata?: Record<string, unknown>;
  ename?: string;
  evalue?: string;
  traceback?: string[];
}

export const PLOTLY = "application/vnd.plotly.v1+json";
export const WIDGET_VIEW = "application/vnd.jupyter.widget-view+json";
export const WIDGET_STATE = "application/vnd.jupyter.widget-state+json";

/** Text as notebooks keep it: lines, or one string. */
export function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.join("");
  return typeof value === "string" ? value : "";
}

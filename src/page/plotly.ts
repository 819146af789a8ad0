import { loadScript } from "./script.ts";
import { unpack } from "./unpack.ts";

/** A figure as a notebook stores it. */
export interface FigureData {
  data: Record<string, unknown>[];
  layout?: Record<string, unknown>;
  config?: Record<string, unknown>;
  frames?: unknown[];
}

/** What we use of Plotly. */
export interface Plotly {
  newPlot(element: HTMLElement, figure: FigureData): Promise<unknown>;
  purge(element: HTMLElement): void;
}

let loading: Promise<Plotly> | undefined;

/** Plotly: unpacked from the page, or fetched from the file beside it that `<html data-plotly>` names. At the first call only. */
export function loadPlotly(): Promise<Plotly> {
  loading ??= fromScript();
  return loading;
}

async function fromScript(): Promise<Plotly> {
  const beside = document.documentElement.dataset.plotly;
  const code = beside === undefined ? await unpack("latent-plotly") : undefined;
  if (beside === undefined && code === undefined) throw new Error("This page carries no Plotly.");
  const address = beside ?? URL.createObjectURL(new Blob([code as string], { type: "text/javascript" }));
  await loadScript(address, "Plotly");
  return (globalThis as unknown as { Plotly: Plotly }).Plotly;
}

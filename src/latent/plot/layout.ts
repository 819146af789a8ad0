import type { PlotlyObject } from "./figure.ts";

/** What every figure says in words: its title states the finding; axes carry their units. */
export interface Words {
  /** @defaultValue none */
  title?: string;
  /** Label of the horizontal axis, with the unit. */
  x?: string;
  /** Label of the vertical axis, with the unit. */
  y?: string;
}

/** Every figure is this wide on the screen, in pixels: it fits a notebook's column and half a slide. */
export const WIDTH = 680;

export const ink = "#222222";
const grid = "#e4e4e4";
const font = { size: 16 };
/** Height above the plot, in pixels. */
export const TOP = 72;

/** The look of the course: white paper, a left-aligned title, quiet grid. `more` overrides it by Plotly's own names. */
export function layout({ title, x, y }: Words, width: number, height: number, more: PlotlyObject = {}): PlotlyObject {
  return {
    // Just above the plot: the front end's tool bar has the 30 pixels at the top.
    title: {
      text: title ?? "",
      x: 0.02,
      xanchor: "left",
      y: 1,
      yref: "paper",
      yanchor: "bottom",
      pad: { b: 14 },
      font,
    },
    font: { family: "Helvetica, Arial, sans-serif", size: 13, color: ink },
    paper_bgcolor: "white",
    plot_bgcolor: "white",
    width,
    height,
    margin: { l: 64, r: 24, t: TOP, b: 56 },
    xaxis: axis(x),
    yaxis: axis(y),
    ...more,
  };
}

export function axis(label: string | undefined, more: PlotlyObject = {}): PlotlyObject {
  return { title: { text: label ?? "" }, gridcolor: grid, zerolinecolor: "#bbbbbb", linecolor: ink, ...more };
}

import { Figure, type PlotlyObject } from "./figure.ts";
import { layout, TOP, WIDTH } from "./layout.ts";
import { expectWords } from "./words.ts";

export interface BesideWords {
  /** @defaultValue none */
  title?: string;
  /**
   * Widths of the panels, as shares of the whole.
   *
   * @defaultValue all alike
   */
  widths?: readonly number[];
}

/** Pixels of a panel's margins: the axis on its left, and room below for the axis. */
const [LEFT, RIGHT, BOTTOM] = [64, 16, 56];
const LEGEND = 76;
const HEIGHT = 440;
/** Of the width of a single figure: two panels fit a slide. */
const PER_PANEL = 0.63;

/**
 * Figures beside each other as the panels of one figure, each with its own axes and its name above it: two latent spaces of
 * the same data. A legend entry that several panels have stands once, and switches the points of all of them.
 *
 * @param figures by the name of the panel, from the left
 * @throws RangeError when there is none, or when there is not one width for each
 */
export function beside(figures: Record<string, Figure>, words: BesideWords = {}): Figure {
  expectWords(words, "plot.beside", { title: true, widths: true });
  const { title = "", widths } = words;
  const panels = Object.entries(figures);
  const shares = widths ?? panels.map(() => 1);
  if (panels.length === 0 || shares.length !== panels.length)
    throw new RangeError(`plot.beside needs figures, and a width for each; got ${panels.length} and ${shares.length}.`);
  const width = Math.round(WIDTH * PER_PANEL * panels.length);
  const domains = domainsOf(shares, width);
  const known = new Set<string>();
  const data = panels.flatMap(([, figure], i) => figure.data.map(trace => inPanel(trace, i, known)));
  const axes = panels.map(([, figure], i) => axesOf(figure.layout as PlotlyObject, i, domains[i] as Domain));
  const names = panels.map(([name], i) => nameAbove(name, domains[i] as Domain));
  const written = panels.flatMap(([, figure], i) => annotationsOf(figure.layout as PlotlyObject, i));
  const legends = panels.flatMap(([, figure]) => (figure.layout.legend ? [figure.layout.legend] : []));
  const look = layout({ title }, width, HEIGHT, {
    margin: { l: 0, r: LEGEND, t: TOP + 24, b: BOTTOM },
    ...Object.assign({}, ...axes),
    // Each entry is a group of its own; the gap between groups would hide the tenth digit.
    ...(legends[0] ? { legend: { ...(legends[0] as object), tracegroupgap: 0 } } : {}),
    annotations: [...names, ...written],
  });
  (look.title as { pad: object }).pad = { b: 38 }; // above the names of the panels
  const summary = panels.map(([name, figure]) => `${name}: ${figure.summary}`).join(" ");
  return new Figure(data, look, `${title} ${summary}`);
}

type Domain = [from: number, to: number];

/** The parts of the width, without the legend, that the plots take. */
function domainsOf(shares: readonly number[], width: number): Domain[] {
  const total = shares.reduce((sum, share) => sum + share, 0);
  const [left, right] = [LEFT / (width - LEGEND), RIGHT / (width - LEGEND)];
  let start = 0;
  return shares.map(share => {
    const end = start + share / total;
    const domain: Domain = [start + left, end - right];
    start = end;
    return domain;
  });
}

/** Plotly's name of an axis: x, x2, x3 … */
const named = (axis: string, panel: number): string => (panel === 0 ? axis : `${axis}${panel + 1}`);

function inPanel(trace: PlotlyObject, panel: number, known: Set<string>): PlotlyObject {
  const placed = { ...trace, xaxis: named("x", panel), yaxis: named("y", panel) };
  if (trace.name === undefined) return placed;
  const name = String(trace.name);
  const isNew = !known.has(name);
  known.add(name);
  return { ...placed, legendgroup: name, showlegend: isNew && trace.showlegend !== false };
}

function axesOf(look: PlotlyObject, panel: number, domain: Domain): PlotlyObject {
  const [x, y] = [look.xaxis, look.yaxis] as [PlotlyObject, PlotlyObject];
  const anchored = y.scaleanchor ? { scaleanchor: named("x", panel) } : {};
  return {
    [named("xaxis", panel)]: { constrain: "domain", ...x, domain, anchor: named("y", panel) },
    [named("yaxis", panel)]: { constrain: "domain", ...y, ...anchored, anchor: named("x", panel) },
  };
}

function nameAbove(text: string, [from, to]: Domain): PlotlyObject {
  const place = {
    xref: "paper",
    yref: "paper",
    x: (from + to) / 2,
    y: 1,
    xanchor: "center",
    yanchor: "bottom",
    yshift: 8,
  };
  return { text, ...place, showarrow: false, font: { size: 13 } };
}

function annotationsOf(look: PlotlyObject, panel: number): PlotlyObject[] {
  const annotations = (look.annotations ?? []) as PlotlyObject[];
  return annotations.map(each => ({ ...each, xref: named("x", panel), yref: named("y", panel) }));
}

import { showsItself } from "../display/self.ts";
import { type ReadableBundle, show } from "../display/show.ts";
import { encoded } from "./encode.ts";
import type { Layout, Trace } from "./plotly.ts";

/** A part of a figure as this room writes it. */
export type PlotlyObject = Record<string, unknown>;

/**
 * A Plotly figure. It shows itself when it is the last expression of a cell; anywhere else `show()` does. `data` and
 * `layout` are plain objects in Plotly's own vocabulary and may be changed before that.
 */
export class Figure {
  readonly data: Trace[];
  readonly layout: Layout;
  /** The figure in words, for readers without a renderer and for screen readers. */
  readonly summary: string;

  static {
    showsItself(Figure.prototype);
  }

  constructor(data: PlotlyObject[], layout: PlotlyObject, summary: string) {
    this.data = data as Trace[];
    this.layout = layout as Layout;
    this.summary = summary.trim(); // without a title it ends in a space
  }

  /** Shows the figure now, also from inside a loop or a function. */
  show(): void {
    show(this.bundle());
  }

  /** What a notebook stores: the figure for Plotly's renderer, and its words. */
  bundle(): ReadableBundle {
    const { layout } = this;
    const config = { displaylogo: false };
    return {
      "application/vnd.plotly.v1+json": { data: encoded(this.data), layout, config },
      "text/plain": this.summary,
    };
  }
}

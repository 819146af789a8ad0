import type { Figure, Still } from "../figures/figure.ts";
import { pack } from "../figures/plotly.ts";
import type { StoredWidget } from "../figures/widgets.ts";
import type { Source } from "../notebook/read.ts";

/** What a page gathers while its cells are rendered. */
export interface Page {
  readonly source: Source;
  /** The figures that are drawn live, by their number on the page. */
  readonly figures: Figure[];
  readonly widgets: Record<string, StoredWidget>;
  /** Stills that were made for figures which the notebook stores without one. */
  readonly stills: ReadonlyMap<unknown, Still>;
  /** What the author should know. */
  readonly warnings: string[];
}

export function newPage(source: Source, stills: ReadonlyMap<unknown, Still> = new Map()): Page {
  return { source, figures: [], widgets: {}, stills, warnings: [] };
}

/** The figures and widgets of a page under the names by which its script unpacks them. */
export function packedContent({ figures, widgets }: Page): Record<string, string> {
  return {
    ...(figures.length > 0 && { "latent-figures": pack(JSON.stringify(figures)) }),
    ...(Object.keys(widgets).length > 0 && { "latent-widgets": pack(JSON.stringify(widgets)) }),
  };
}

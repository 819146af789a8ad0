import { darkened, type FigureData } from "./dark.ts";

/** What JupyterLab gives a renderer to draw. */
export interface MimeModel {
  data: Record<string, unknown>;
  metadata: unknown;
  trusted: boolean;
  setData(change: { data?: Record<string, unknown> }): void;
}

/** As much of Plotly's own renderer as is used; `createGraph` draws again what stands already. */
export interface Renderer {
  node: HTMLElement;
  isDisposed: boolean;
  renderModel(model: MimeModel): Promise<void>;
  createGraph?(model: MimeModel): unknown;
}

export interface RendererFactory {
  safe: boolean;
  mimeTypes: string[];
  createRenderer(options: unknown): Renderer;
}

const MIME = "application/vnd.plotly.v1+json";

/**
 * Plotly's renderer, in front of it two things. A figure is dark where the page is. And what the renderer writes back, a picture of
 * each figure that it draws, does not reach the notebook: opening one is no change, and it stays as large as it was.
 */
export function figuresOf(theirs: RendererFactory): RendererFactory {
  const drawn = new Set<() => boolean>();
  new MutationObserver(() => {
    for (const again of drawn) if (!again()) drawn.delete(again);
  }).observe(document.body, { attributeFilter: ["data-jp-theme-light"] });
  return {
    ...theirs,
    createRenderer(options) {
      const renderer = theirs.createRenderer(options);
      const render = renderer.renderModel.bind(renderer);
      let shown: MimeModel | undefined;
      drawn.add(() => {
        if (renderer.isDisposed) return false;
        if (shown !== undefined) renderer.createGraph?.(copyOf(shown));
        return true;
      });
      renderer.renderModel = async model => {
        // Plotly's own draws a figure once; one that was changed has to be drawn by the method below.
        const isFirst = shown === undefined;
        shown = model;
        if (isFirst || renderer.createGraph === undefined) await render(copyOf(model));
        else await renderer.createGraph(copyOf(model));
      };
      return renderer;
    },
  };
}

/** The figure in the page's theme, in a model of its own. */
function copyOf({ data, metadata, trusted }: MimeModel): MimeModel {
  const figure = data[MIME] as FigureData;
  const isDark = document.body.dataset.jpThemeLight === "false";
  const copy = isDark ? darkened(figure) : { ...figure, layout: { ...(figure.layout as object) } };
  return {
    data: { [MIME]: copy },
    metadata,
    trusted,
    setData({ data }) {
      Object.assign(this.data, data);
    },
  };
}

/** A front-end extension of JupyterLab and Notebook 7, in the form that they load from `share/jupyter/labextensions`. */
import { figuresOf, type RendererFactory } from "./figures.ts";

interface Container {
  init(): void;
  get(module: string): Promise<() => unknown>;
}

const page = globalThis as { _JUPYTERLAB?: Record<string, Container> };
page._JUPYTERLAB ??= {};
const { _JUPYTERLAB: containers } = page;

containers["@latent/figures"] = {
  init() {},
  async get() {
    const theirs = await containers["jupyterlab-plotly"]?.get("./mimeExtension");
    if (theirs === undefined) throw new Error("Plotly's renderer is not installed.");
    const { rendererFactory } = theirs() as { rendererFactory: RendererFactory };
    // The renderer that is added last for a kind of output draws it; a name with a scope comes behind those without.
    const extension = {
      id: "@latent/figures:factory",
      rendererFactory: figuresOf(rendererFactory),
      rank: 1,
      dataType: "json",
    };
    return () => ({ __esModule: true, default: extension });
  },
};

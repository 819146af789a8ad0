import { randomUUID } from "node:crypto";
import { box, type Layout, named } from "./control.ts";
import { Widget } from "./widget.ts";

export interface AnyWidgetOptions {
  css?: string;
  layout?: Layout;
  /** The widget in words, for readers who have no page. */
  words?: string;
  /** The widget as HTML, for pages that show no widgets: GitHub, a print, a notebook whose widgets were not saved. */
  html?: () => string;
}

/** Any version: JupyterLab takes the one that is installed (0.11 tried). */
const ANYWIDGET = { module: "anywidget", version: "*" };

/**
 * A widget with a front end of the author's.
 *
 * @param esm an ES module whose default export has `render({ model, el })`, as anywidget has it: `model.get("key")`,
 *   `model.set("key", value)`, `model.save_changes()`, `model.on("change:key", …)`, `model.send(content)`
 * @param state what both sides share; typed arrays travel as bytes
 */
export function anywidget<State extends object>(
  esm: string,
  state: State,
  { css = "", layout, words = "An interactive figure; it needs a page with anywidget.", html }: AnyWidgetOptions = {},
): Widget<State> {
  if (typeof esm !== "string" || !/export\s+default|export\s*\{/.test(esm))
    throw new TypeError("widgets.anywidget takes the text of an ES module that has a default export with render().");
  const own = { _esm: esm, _css: css, _anywidget_id: `latent.${randomUUID()}`, layout: box(layout) };
  return new Widget<State>({ ...named(ANYWIDGET, "AnyModel", "AnyView"), ...own, ...state }, () => words, html);
}

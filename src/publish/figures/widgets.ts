import { WIDGET_STATE } from "../notebook/outputs.ts";
import type { Source } from "../notebook/read.ts";

/** A widget with a module of its own, as `src/page/explorers.ts` reads it. */
export interface StoredWidget {
  module: string;
  style?: string;
  state: Record<string, unknown>;
  /** In base64. */
  bytes: Record<string, string>;
}

interface StoredModel {
  state?: Record<string, unknown>;
  buffers?: { path: (string | number)[]; data: string; encoding: string }[];
}

const OWN = new Set(["_esm", "_css", "_anywidget_id", "_view_name", "_view_module", "_view_module_version"]);

/** The widget that a page can run without a kernel: an anywidget, whose module the notebook stores. */
export function widgetOf({ metadata }: Source, id: string): StoredWidget | undefined {
  const widgets = metadata.widgets as Record<string, { state?: Record<string, StoredModel> }> | undefined;
  const model = widgets?.[WIDGET_STATE]?.state?.[id];
  const { _esm, _css } = model?.state ?? {};
  if (typeof _esm !== "string") return undefined;
  const state = Object.fromEntries(
    Object.entries(model?.state ?? {}).filter(([key]) => !OWN.has(key) && !key.startsWith("_model")),
  );
  const buffers = (model?.buffers ?? []).filter(({ path, encoding }) => path.length === 1 && encoding === "base64");
  return {
    module: _esm,
    ...(typeof _css === "string" && { style: _css }),
    state,
    bytes: Object.fromEntries(buffers.map(({ path, data }) => [String(path[0]), data])),
  };
}

import type { Json, Message } from "../../protocol/index.ts";
import { CellOutputs } from "./outputs.ts";

type Path = (string | number)[];

interface Model {
  state: Json;
  buffers: Map<string, { path: Path; data: Uint8Array }>;
  /** What a widget of outputs has captured so far. */
  captured: CellOutputs;
}

/** Where a notebook keeps the states of its widgets, so that they show again without a kernel. */
export const WIDGET_STATE = "application/vnd.jupyter.widget-state+json";

/**
 * Follows the widgets of a run as a page would: their states, and the outputs that some of them take.
 *
 * Format: https://ipywidgets.readthedocs.io, "Widget state JSON schema".
 */
export class Widgets {
  readonly #models = new Map<string, Model>();

  /** Takes a message about a widget, or an output that a widget captures. Returns whether it is dealt with. */
  take(message: Message): boolean {
    const { msg_type } = message.header;
    const { comm_id, target_name, data } = message.content as { comm_id: string; target_name?: string; data: Change };
    if (msg_type === "comm_open") {
      if (target_name === "jupyter.widget") this.#open(comm_id, data, message.buffers);
      return true;
    }
    if (msg_type === "comm_msg") {
      if (data.method === "update") this.#update(comm_id, data, message.buffers);
      return true;
    }
    if (msg_type === "comm_close") return this.#models.delete(comm_id) || true;
    return this.#capture(message);
  }

  /** What the notebook's metadata keep; undefined where there are no widgets. */
  block(): Json | undefined {
    if (this.#models.size === 0) return undefined;
    const state = Object.fromEntries([...this.#models].map(([id, model]) => [id, stored(model)]));
    return { [WIDGET_STATE]: { version_major: 2, version_minor: 0, state } };
  }

  #open(id: string, data: Change, buffers: readonly Uint8Array[]): void {
    this.#models.set(id, { state: {}, buffers: new Map(), captured: new CellOutputs() });
    this.#update(id, data, buffers);
  }

  #update(id: string, { state = {}, buffer_paths = [] }: Change, buffers: readonly Uint8Array[]): void {
    const model = this.#models.get(id);
    if (model === undefined) return;
    for (const key of Object.keys(state)) forget(model, key);
    Object.assign(model.state, state);
    for (const [i, path] of buffer_paths.entries()) {
      // A value that is bytes is not in the state: what was there before is over.
      if (path.length === 1) delete model.state[String(path[0])];
      model.buffers.set(JSON.stringify(path), { path, data: buffers[i] as Uint8Array });
    }
    if (Array.isArray(state.outputs)) model.captured.list.splice(0, Infinity, ...(state.outputs as never[]));
  }

  #capture(message: Message): boolean {
    const parent = (message.parent_header as { msg_id?: string }).msg_id;
    const taker = [...this.#models.values()].find(({ state }) => state.msg_id !== "" && state.msg_id === parent);
    if (taker === undefined) return false;
    taker.captured.take(message);
    taker.state.outputs = taker.captured.list;
    return true;
  }
}

interface Change {
  method?: string;
  state?: Json;
  buffer_paths?: Path[];
}

function forget({ buffers }: Model, key: string): void {
  for (const [name, { path }] of buffers) if (path[0] === key) buffers.delete(name);
}

function stored({ state, buffers }: Model): Json {
  const { _model_name, _model_module, _model_module_version } = state;
  const encoded = [...buffers.values()].map(({ path, data }) => ({
    encoding: "base64",
    path,
    data: Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString("base64"),
  }));
  return {
    model_name: _model_name,
    model_module: _model_module,
    model_module_version: _model_module_version,
    state,
    ...(encoded.length > 0 && { buffers: encoded }),
  };
}

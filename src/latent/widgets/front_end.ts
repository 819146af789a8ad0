import { type Comm, type Comms, hostKernel } from "../display/host.ts";
import { type Incoming, toWire } from "./wire.ts";

/** What a widget lets this room do with it. */
export interface Inside {
  state(): Record<string, unknown>;
  receive(data: Incoming, buffers: readonly Uint8Array[]): unknown;
}

interface Living {
  readonly inside: Inside;
  readonly id: string;
  /** Undefined where no kernel has comms, and after the page or the author closed it. */
  line: Comm | undefined;
}

const PROTOCOL = "2.1.0";
const living = new Map<string, Living>();
const byWidget = new WeakMap<object, Living>();
let reloads: Comms | undefined;
let unnamed = 0;

/** Opens the line of a new widget; the page makes its model from the state. */
export function connect(widget: object, inside: Inside): void {
  const comms = hostKernel()?.comms;
  if (comms === undefined) {
    byWidget.set(widget, { inside, id: `unseen-${++unnamed}`, line: undefined });
    return;
  }
  answerReloads(comms);
  const { state, buffer_paths, buffers } = toWire(inside.state(), idOf);
  const line = comms.open("jupyter.widget", { state, buffer_paths }, { metadata: { version: PROTOCOL }, buffers });
  const entry: Living = { inside, id: line.id, line };
  line.onMessage = ({ data, buffers }) => inside.receive(data as Incoming, buffers);
  line.onClose = () => forget(entry);
  living.set(entry.id, entry);
  byWidget.set(widget, entry);
}

export function disconnect(widget: object): void {
  const entry = byWidget.get(widget);
  entry?.line?.close();
  if (entry !== undefined) forget(entry);
}

export function lineOf(widget: object): Comm | undefined {
  return byWidget.get(widget)?.line;
}

/** The id of a value that is a widget. */
export function idOf(value: object): string | undefined {
  return byWidget.get(value)?.id;
}

function forget(entry: Living): void {
  entry.line = undefined;
  living.delete(entry.id);
}

/** A page that was loaded again asks for all that lives, on a comm of its own. */
function answerReloads(comms: Comms): void {
  if (reloads === comms) return;
  reloads = comms;
  comms.registerTarget("jupyter.widget.control", control => {
    control.onMessage = ({ data }) => {
      if ((data as Incoming).method === "request_states") control.send(...allStates());
    };
  });
}

function allStates(): [data: object, options: { buffers: ArrayBufferView[] }] {
  const states: Record<string, object> = {};
  const buffer_paths: (string | number)[][] = [];
  const buffers: ArrayBufferView[] = [];
  for (const [id, { inside }] of living) {
    const wire = toWire(inside.state(), idOf);
    const { _model_name, _model_module, _model_module_version } = wire.state;
    states[id] = {
      model_name: _model_name,
      model_module: _model_module,
      model_module_version: _model_module_version,
      state: wire.state,
    };
    // Without "state" in the path, binary values are undefined after a reload (seen in JupyterLab 4.6).
    buffer_paths.push(...wire.buffer_paths.map(path => [id, "state", ...path]));
    buffers.push(...wire.buffers);
  }
  return [{ method: "update_states", states, buffer_paths }, { buffers }];
}

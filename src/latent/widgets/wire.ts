/** A state as it travels: bytes apart from the JSON, at the places that `buffer_paths` names. */
export interface Wire {
  state: Record<string, unknown>;
  buffer_paths: Path[];
  buffers: ArrayBufferView[];
}

export type Path = (string | number)[];

/** What the page sends to a widget. */
export interface Incoming {
  method?: string;
  state?: Record<string, unknown>;
  buffer_paths?: Path[];
  content?: unknown;
}

/** What stands for a widget inside the state of another, by the protocol of Jupyter widgets. */
export const REFERENCE = "IPY_MODEL_";

/**
 * Takes bytes out of a state, and puts references in the place of widgets.
 *
 * @param idOf the comm's id of a value that is a widget, undefined of any other
 */
export function toWire(state: Record<string, unknown>, idOf: (value: object) => string | undefined): Wire {
  const wire: Wire = { state: {}, buffer_paths: [], buffers: [] };
  const walk = (value: unknown, path: Path): unknown => {
    if (typeof value === "bigint") return Number(value);
    if (typeof value !== "object" || value === null) return value;
    const bytes = bytesOf(value);
    if (bytes !== undefined) {
      wire.buffer_paths.push(path);
      wire.buffers.push(bytes);
      // Objects lose the key, lists keep their length: so ipywidgets does it.
      return undefined;
    }
    const id = idOf(value);
    if (id !== undefined) return REFERENCE + id;
    if (Array.isArray(value)) return value.map((item, i) => walk(item, [...path, i]) ?? null);
    const entries = Object.entries(value).map(([key, item]) => [key, walk(item, [...path, key])] as const);
    return Object.fromEntries(entries.filter(([, item]) => item !== undefined));
  };
  wire.state = walk(state, []) as Record<string, unknown>;
  return wire;
}

/** Puts the bytes of a message back where `paths` says. */
export function fromWire(
  state: Record<string, unknown>,
  paths: readonly Path[] = [],
  buffers: readonly Uint8Array[] = [],
): Record<string, unknown> {
  const whole = structuredClone(state);
  for (const [i, path] of paths.entries()) put(whole, path, buffers[i]);
  return whole;
}

function put(into: Record<string, unknown>, path: Path, value: unknown): void {
  const key = path.at(-1);
  if (key === undefined) return;
  let place = into as Record<string | number, unknown>;
  for (const step of path.slice(0, -1)) place = place[step] as typeof place;
  place[key] = value;
}

function bytesOf(value: object): ArrayBufferView | undefined {
  if (ArrayBuffer.isView(value)) return value;
  if (value instanceof ArrayBuffer || value instanceof SharedArrayBuffer) return new Uint8Array(value);
  return undefined;
}
